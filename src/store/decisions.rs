//! What people decide about figures of articles: kept as data, taken back, and in force again when the text comes again.
//!
//! A decision names the text by its hash and the figure by what it says, so that it outlives the figure's row: an import
//! that is undone and repeated, by whatever version of the program, finds its decisions again.

use super::Store;
use super::intern::Entities;
use super::log::Tally;
use super::write_figures::{Place, keep_figure};
use crate::error::{Error, Result};
use crate::model::{Figure, FigureState};
use crate::sql;
use rusqlite::{Connection, OptionalExtension, named_params};

const DECIDE: &str = "keep the decision";

/// Rule of figures that a person corrected.
const BY_HAND: &str = "corrected by hand";

/// What a person says of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is right.
    Accept,
    /// It is wrong, or no figure at all.
    Reject,
    /// This is right instead; quote and span stay.
    Correct(Box<Figure>),
}

impl Verdict {
    fn word(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Correct(_) => "correct",
        }
    }

    fn state(&self) -> FigureState {
        match self {
            Self::Accept => FigureState::Accepted,
            Self::Reject => FigureState::Rejected,
            Self::Correct(_) => FigureState::Corrected,
        }
    }
}

/// A decision about a figure of the database.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Number of the figure.
    pub figure: i64,
    /// The figure as the database has it.
    pub as_read: Figure,
    /// What is said of it.
    pub verdict: Verdict,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// Who decides.
    pub reviewer: Option<String>,
    /// Time of the decision, ISO 8601 in UTC.
    pub decided_at: String,
}

/// An article whose figures are kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home<'a> {
    pub(super) batch: i64,
    pub(super) document: i64,
    pub(super) text_sha256: &'a str,
}

impl Home<'_> {
    fn keep(
        &self,
        db: &Connection,
        figure: &Figure,
        state: FigureState,
        entities: &mut Entities,
    ) -> Result<i64> {
        let (batch, document) = (self.batch, Some(self.document));
        keep_figure(db, Place { batch, document, line: None, state, superseded_by: None }, figure, entities)
    }
}

impl Store {
    /// Keeps a decision about a figure of an article. Returns the number of the correction, when it is one.
    ///
    /// # Errors
    /// [`Error::Unknown`] when there is no such figure; [`Error::Value`] when it is a table's cell, its import is undone,
    /// or it is decided already; as [`Store::held`].
    pub fn decide(&mut self, decision: &Decision) -> Result<Option<i64>> {
        self.write(DECIDE, |db| {
            let judged = judged(db, decision.figure)?;
            if about(db, decision.figure)?.is_some() {
                return Err(wrong(
                    "a figure that nobody has decided about yet",
                    format!("figure {}, which is {}", decision.figure, judged.state),
                ));
            }
            let replaced_by = match &decision.verdict {
                Verdict::Correct(figure) => {
                    let mut figure = (**figure).clone();
                    figure.rule = BY_HAND.to_owned();
                    (figure.confidence, figure.confidence_full) = (1.0, 1.0);
                    Some(judged.home().keep(db, &figure, FigureState::Accepted, &mut Entities::default())?)
                }
                _ => None,
            };
            set_state(db, decision.figure, decision.verdict.state())?;
            add(db, decision, &judged, replaced_by).map_err(Error::store(DECIDE))?;
            Ok(replaced_by)
        })
    }

    /// Takes back the decision about a figure, or the one that made it. Returns the figure that stands again.
    ///
    /// # Errors
    /// [`Error::Unknown`] when there is no such figure, [`Error::Value`] when nobody has decided about it; as [`Store::held`].
    pub fn undo_decision(&mut self, figure: i64, at: &str) -> Result<Option<i64>> {
        self.write(DECIDE, |db| {
            judged(db, figure)?;
            let Some(past) = about(db, figure)? else {
                let found = format!("figure {figure}, about which nobody has");
                return Err(wrong("a figure about which somebody has decided", found));
            };
            if let Some(figure) = past.figure {
                set_state(db, figure, past.was)?;
            }
            if let Some(correction) = past.replaced_by {
                // What the program reads so by itself is its reading still.
                let by_hand = judged(db, correction)?.rule == BY_HAND;
                let state = if by_hand { FigureState::Withdrawn } else { FigureState::Review };
                set_state(db, correction, state)?;
            }
            let undo = || {
                db.prepare_cached(sql::DECISION_UNDO)?
                    .execute(named_params! { ":decision": past.decision, ":undone_at": at })
            };
            undo().map_err(Error::store(DECIDE))?;
            Ok(past.figure)
        })
    }
}

fn wrong(expected: &'static str, found: String) -> Error {
    Error::Value { expected, found }
}

/// A figure as far as a decision needs it.
#[derive(Debug)]
struct Judged {
    batch: i64,
    document: i64,
    text_sha256: String,
    state: FigureState,
    rule: String,
}

impl Judged {
    fn home(&self) -> Home<'_> {
        Home { batch: self.batch, document: self.document, text_sha256: &self.text_sha256 }
    }
}

fn judged(db: &Connection, figure: i64) -> Result<Judged> {
    type Row = (i64, Option<i64>, String, String, String, Option<String>);
    let get = || -> rusqlite::Result<Option<Row>> {
        db.prepare_cached(sql::FIGURE_JUDGED)?
            .query_row(named_params! { ":figure": figure }, |row| {
                Ok((
                    row.get("batch_id")?,
                    row.get("document_id")?,
                    row.get("state")?,
                    row.get("rule")?,
                    row.get("batch_status")?,
                    row.get("text_sha256")?,
                ))
            })
            .optional()
    };
    let found = get().map_err(Error::store(DECIDE))?;
    let (batch, document, state, rule, status, text) =
        found.ok_or_else(|| Error::Unknown { what: "id", name: figure.to_string(), closest: Vec::new() })?;
    let expected = "a figure of an article that is in the file";
    match (document, text) {
        (Some(document), Some(text_sha256)) if status == "done" => {
            Ok(Judged { batch, document, text_sha256, state: state.parse()?, rule })
        }
        (None, _) => {
            Err(wrong(expected, format!("figure {figure}, a table's cell: correct the table or its mapping")))
        }
        _ => Err(wrong(expected, format!("figure {figure}, whose import was undone"))),
    }
}

/// A decision in force.
#[derive(Debug)]
struct Past {
    decision: i64,
    figure: Option<i64>,
    replaced_by: Option<i64>,
    was: FigureState,
}

fn about(db: &Connection, figure: i64) -> Result<Option<Past>> {
    let get = || {
        db.prepare_cached(sql::DECISION_ABOUT)?
            .query_row(named_params! { ":figure": figure }, |row| {
                let was: String = row.get("was")?;
                Ok(Past {
                    decision: row.get("decision_id")?,
                    figure: row.get("figure_id")?,
                    replaced_by: row.get("replaced_by")?,
                    was: if was == FigureState::Review.as_str() {
                        FigureState::Review
                    } else {
                        FigureState::Accepted
                    },
                })
            })
            .optional()
    };
    get().map_err(Error::store(DECIDE))
}

fn set_state(db: &Connection, figure: i64, state: FigureState) -> Result<()> {
    let set = || {
        db.prepare_cached(sql::FIGURE_STATE)?
            .execute(named_params! { ":figure": figure, ":state": state.as_str() })
    };
    set().map(|_| ()).map_err(Error::store(DECIDE))
}

fn add(
    db: &Connection,
    decision: &Decision,
    judged: &Judged,
    replaced_by: Option<i64>,
) -> rusqlite::Result<()> {
    let corrected = match &decision.verdict {
        Verdict::Correct(figure) => Some(json(figure)?),
        _ => None,
    };
    db.prepare_cached(sql::DECISION_ADD)?.execute(named_params! {
        ":text_sha256": judged.text_sha256,
        ":figure": decision.figure,
        ":replaced_by": replaced_by,
        ":verdict": decision.verdict.word(),
        ":was": judged.state.as_str(),
        ":reason": decision.reason,
        ":reviewer": decision.reviewer,
        ":decided_at": decision.decided_at,
        ":as_read": json(&decision.as_read)?,
        ":corrected": corrected,
    })?;
    Ok(())
}

fn json(figure: &Figure) -> rusqlite::Result<String> {
    serde_json::to_string(figure).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A decision made when the text was in the file before.
#[derive(Debug)]
struct Earlier {
    decision: i64,
    verdict: Verdict,
    as_read: Figure,
}

impl Earlier {
    /// Returns the figure that is right, if one is.
    fn right(&self) -> Option<&Figure> {
        match &self.verdict {
            Verdict::Accept => Some(&self.as_read),
            Verdict::Reject => None,
            Verdict::Correct(figure) => Some(figure),
        }
    }

    /// Returns where a figure stands by this decision; `None` when it says nothing of it. `doubt`: another reading of what
    /// was decided about must be looked at.
    fn state_of(&self, figure: &Figure, doubt: bool) -> Option<FigureState> {
        if self.right().is_some_and(|right| same(right, figure)) {
            return Some(FigureState::Accepted);
        }
        if same(&self.as_read, figure) {
            return Some(self.verdict.state());
        }
        (doubt && same_place(&self.as_read, figure)).then_some(FigureState::Review)
    }
}

/// Returns whether two figures say the same with the same words.
fn same(a: &Figure, b: &Figure) -> bool {
    let near = match (a.value_max, b.value_max) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (a, b) => a.is_none() && b.is_none(),
    };
    near && same_place(a, b)
        && (a.qualifier, a.basis, a.unit, a.status) == (b.qualifier, b.basis, b.unit, b.status)
        && (a.subject.key(), a.market.key(), &a.product, a.period)
            == (b.subject.key(), b.market.key(), &b.product, b.period)
}

/// Returns whether two figures are readings of the same number.
fn same_place(a: &Figure, b: &Figure) -> bool {
    (a.span, a.measure) == (b.span, b.measure) && (a.value - b.value).abs() < 1e-9
}

/// Keeps the figures of an article that is new in the file: accepted when sure enough, else to be reviewed; decisions that
/// were made about this text before hold again.
pub(super) fn keep_figures(
    db: &Connection,
    home: Home<'_>,
    figures: &[Figure],
    accept: f64,
    entities: &mut Entities,
    tally: &mut Tally,
) -> Result<()> {
    let earlier = earlier(db, home.text_sha256)?;
    let by_itself = |figure: &Figure| {
        if figure.confidence_full >= accept { FigureState::Accepted } else { FigureState::Review }
    };
    let known = |decision: &Earlier| {
        let is = |figure: &Figure| decision.state_of(figure, false).is_some();
        figures.iter().any(is)
    };
    let doubts: Vec<bool> = earlier.iter().map(|e| e.right().is_some() && !known(e)).collect();
    let mut kept: Vec<(i64, &Figure)> = Vec::new();
    for figure in figures {
        let decided = earlier.iter().zip(&doubts).find_map(|(e, doubt)| e.state_of(figure, *doubt));
        let state = decided.unwrap_or_else(|| by_itself(figure));
        kept.push((home.keep(db, figure, state, entities)?, figure));
        tally.figures += 1;
        tally.waiting += u64::from(state == FigureState::Review);
    }
    for decision in &earlier {
        let row_of = |wanted: &Figure| kept.iter().find(|(_, figure)| same(wanted, figure));
        let mut was = FigureState::Review;
        let mut figure = row_of(&decision.as_read).map(|(id, figure)| {
            was = by_itself(figure);
            *id
        });
        let mut replaced_by = None;
        if let Some(right) = decision.right() {
            let mut id = row_of(right).map(|(id, _)| *id);
            if id.is_none() {
                tally.figures += 1;
                id = Some(home.keep(db, right, FigureState::Accepted, entities)?);
            }
            match decision.verdict {
                Verdict::Correct(_) => replaced_by = id,
                _ => figure = id,
            }
        }
        bind(db, decision.decision, figure, replaced_by, was).map_err(Error::store(DECIDE))?;
    }
    Ok(())
}

fn bind(
    db: &Connection,
    decision: i64,
    figure: Option<i64>,
    replaced_by: Option<i64>,
    was: FigureState,
) -> rusqlite::Result<()> {
    db.prepare_cached(sql::DECISION_BIND)?.execute(named_params! {
        ":decision": decision, ":figure": figure, ":replaced_by": replaced_by, ":was": was.as_str(),
    })?;
    Ok(())
}

fn earlier(db: &Connection, sha256: &str) -> Result<Vec<Earlier>> {
    let read = || -> rusqlite::Result<Vec<Earlier>> {
        let mut statement = db.prepare_cached(sql::DECISIONS_OF_TEXT)?;
        let rows = statement.query_map(named_params! { ":sha256": sha256 }, |row| {
            let verdict: String = row.get("verdict")?;
            let corrected: Option<String> = row.get("corrected")?;
            Ok(Earlier {
                decision: row.get("decision_id")?,
                verdict: match (verdict.as_str(), corrected) {
                    ("correct", Some(text)) => {
                        let mut figure = figure(&text)?;
                        figure.rule = BY_HAND.to_owned();
                        (figure.confidence, figure.confidence_full) = (1.0, 1.0);
                        Verdict::Correct(Box::new(figure))
                    }
                    ("accept", _) => Verdict::Accept,
                    _ => Verdict::Reject,
                },
                as_read: figure(&row.get::<_, String>("as_read")?)?,
            })
        })?;
        rows.collect()
    };
    read().map_err(Error::store(DECIDE))
}

fn figure(text: &str) -> rusqlite::Result<Figure> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{article, meta};
    use crate::store::{BatchMeta, Outcome};

    fn strict(path: &str, accept: f64) -> BatchMeta {
        BatchMeta { accept, ..meta(path) }
    }

    fn decision(figure: i64, as_read: &Figure, verdict: Verdict) -> Decision {
        Decision {
            figure,
            as_read: as_read.clone(),
            verdict,
            reason: Some("because".to_owned()),
            reviewer: None,
            decided_at: "2022-12-02T00:00:00Z".to_owned(),
        }
    }

    fn states(store: &Store) -> Vec<(i64, String)> {
        let mut rows = store
            .connection()
            .prepare("SELECT figure_id, state || ' ' || value FROM figure ORDER BY figure_id")
            .expect("valid");
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("runs")
            .collect::<rusqlite::Result<_>>()
            .expect("text")
    }

    fn is(figure: i64, text: &str) -> (i64, String) {
        (figure, text.to_owned())
    }

    /// An article with one figure of this confidence.
    fn unsure(confidence: f64) -> (crate::model::Article, Vec<Figure>) {
        let (text, mut figures) = article("a", 81);
        (figures[0].confidence, figures[0].confidence_full) = (confidence, confidence);
        (text, figures)
    }

    #[test]
    fn what_is_sure_enough_is_accepted_and_the_rest_waits() {
        let mut store = Store::in_memory().expect("opens");
        let (text, figures) = unsure(0.9);
        let outcome = store.ingest_articles(&strict("a", 0.9), &[(text, figures)], &[]).expect("kept");
        assert!(matches!(outcome, Outcome::Stored { figures: 1, waiting: 0, .. }), "{outcome:?}");
        let (mut text, figures) = unsure(0.89);
        text.text.push_str(" Again.");
        let outcome = store.ingest_articles(&strict("b", 0.9), &[(text, figures)], &[]).expect("kept");
        assert!(matches!(outcome, Outcome::Stored { figures: 1, waiting: 1, .. }), "{outcome:?}");
        assert_eq!(states(&store), [is(1, "accepted 81.0"), is(2, "review 81.0")]);
    }

    #[test]
    fn a_decision_is_made_once_and_taken_back_once() {
        let mut store = Store::in_memory().expect("opens");
        let (text, figures) = unsure(0.5);
        let read = figures[0].clone();
        store.ingest_articles(&strict("a", 0.9), &[(text, figures)], &[]).expect("kept");
        assert_eq!(store.decide(&decision(1, &read, Verdict::Reject)).expect("kept"), None);
        assert_eq!(states(&store), [is(1, "rejected 81.0")]);
        assert!(store.decide(&decision(1, &read, Verdict::Accept)).is_err(), "it is decided");
        store.undo_decision(1, "2022-12-03T00:00:00Z").expect("taken back");
        assert_eq!(states(&store), [is(1, "review 81.0")]);
        assert!(store.undo_decision(1, "2022-12-03T00:00:00Z").is_err(), "nothing to take back");
        let right = Box::new(Figure { value: 18.0, ..read.clone() });
        assert_eq!(store.decide(&decision(1, &read, Verdict::Correct(right))).expect("kept"), Some(2));
        assert_eq!(states(&store), [is(1, "corrected 81.0"), is(2, "accepted 18.0")]);
        assert!(
            store.decide(&decision(2, &read, Verdict::Reject)).is_err(),
            "a correction is decided already"
        );
        store.verify().expect("whole");
        assert_eq!(store.undo_decision(2, "2022-12-03T00:00:00Z").expect("taken back"), Some(1));
        assert_eq!(states(&store), [is(1, "review 81.0"), is(2, "withdrawn 18.0")]);
        assert!(matches!(store.undo_decision(7, ""), Err(Error::Unknown { .. })));
    }

    /// Decides about the figure, takes the import back and reads the text again as `again`.
    fn read_again(verdict: Verdict, again: Vec<Figure>) -> Store {
        let mut store = Store::in_memory().expect("opens");
        let (text, figures) = unsure(0.5);
        let read = figures[0].clone();
        store.ingest_articles(&strict("a", 0.9), &[(text.clone(), figures)], &[]).expect("kept");
        store.decide(&decision(1, &read, verdict)).expect("kept");
        store.undo(1).expect("undone");
        assert!(states(&store).is_empty());
        store.ingest_articles(&strict("b", 0.9), &[(text, again)], &[]).expect("kept");
        store.verify().expect("whole");
        store
    }

    fn figure_in(market: &str, id: &str, confidence: f64) -> Figure {
        let mut figure = unsure(confidence).1.remove(0);
        figure.market = crate::model::Subject::new(crate::model::SubjectKind::Country, market, id);
        figure
    }

    #[test]
    fn the_same_reading_meets_its_decision_again() {
        let read = unsure(0.5).1.remove(0);
        let right = Verdict::Correct(Box::new(figure_in("Peru", "PER", 0.5)));
        for (verdict, expected) in [
            (Verdict::Accept, vec!["accepted 81.0"]),
            (Verdict::Reject, vec!["rejected 81.0"]),
            (right, vec!["corrected 81.0", "accepted 81.0"]),
        ] {
            let mut store = read_again(verdict, vec![read.clone()]);
            let found: Vec<String> = states(&store).into_iter().map(|(_, state)| state).collect();
            assert_eq!(found, expected);
            let first = states(&store)[0].0;
            store.undo_decision(first, "2022-12-03T00:00:00Z").expect("it can still be taken back");
            assert_eq!(states(&store)[0].1, "review 81.0");
        }
    }

    #[test]
    fn another_reading_does_not_override_a_person() {
        // The person accepted Russia; the program now reads Chile and is sure of it.
        let store = read_again(Verdict::Accept, vec![figure_in("Chile", "CHL", 0.99)]);
        let found: Vec<String> = states(&store).into_iter().map(|(_, state)| state).collect();
        assert_eq!(found, ["review 81.0", "accepted 81.0"]);
        // The person rejected Russia; Chile is another claim, judged by itself.
        let store = read_again(Verdict::Reject, vec![figure_in("Chile", "CHL", 0.99)]);
        assert_eq!(states(&store)[0].1, "accepted 81.0");
        // The person corrected to Peru; the program has learnt to read Peru.
        let right = Verdict::Correct(Box::new(figure_in("Peru", "PER", 0.5)));
        let mut store = read_again(right, vec![figure_in("Peru", "PER", 0.6)]);
        assert_eq!(states(&store).len(), 1);
        assert_eq!(states(&store)[0].1, "accepted 81.0");
        let id = states(&store)[0].0;
        store.undo_decision(id, "2022-12-03T00:00:00Z").expect("taken back");
        assert_eq!(states(&store)[0].1, "review 81.0", "a reading of the program, not a correction");
    }
}
