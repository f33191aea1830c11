//! What a person looks at to decide about a figure, and what was decided.

use super::db::{self, Names};
use super::figure::{Stated, read_of_document, read_one, read_waiting};
use super::proof::{as_figure, no_such, words_around};
use super::stated::same_cell;
use crate::error::Result;
use crate::extract::Calibration;
use crate::model::{Figure, FigureState, Measure};
use crate::sql;
use crate::store::Store;
use rusqlite::named_params;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A figure of an article with its words and doubts.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderReview {
    /// Number of the figure.
    pub id: i64,
    /// The figure; its `document` is the article's own id.
    pub figure: Figure,
    /// Where it stands.
    pub state: FigureState,
    /// Its sentence: before the quote, the quote, after it.
    pub sentence: [String; 3],
    /// Headline of the article.
    pub title: Option<String>,
    /// Day of publication, as the article's page says it.
    pub published: Option<String>,
    /// Why it is not accepted by itself.
    pub why: Vec<String>,
}

/// Returns the figures that wait for a person, the surest first.
///
/// # Errors
/// [`crate::Error::Store`] from the file.
pub fn waiting(store: &Store) -> Result<Vec<UnderReview>> {
    let names = Names::read(store)?;
    read_waiting(store)?.iter().map(|figure| look(store, &names, figure)).collect()
}

/// Returns one figure of an article, whether it waits or not, with what else is said of its cell.
///
/// # Errors
/// [`crate::Error::Unknown`] when there is no such figure; [`crate::Error::Store`] from the file.
pub fn under_review(store: &Store, id: i64) -> Result<UnderReview> {
    let names = Names::read(store)?;
    let figure = read_one(store, id)?.ok_or_else(|| no_such(&id.to_string()))?;
    let mut found = look(store, &names, &figure)?;
    for other in same_cell(store, &figure)? {
        if other.value != figure.value {
            found.why.push(format!("figure {} says {} of the same cell", other.id, other.value));
        }
    }
    Ok(found)
}

fn look(store: &Store, names: &Names, figure: &Stated) -> Result<UnderReview> {
    let (document, sentence) = words_around(store, figure)?;
    let read = as_figure(names, figure, document);
    Ok(UnderReview {
        id: figure.id,
        why: doubts(&read, figure),
        figure: read,
        state: figure.state,
        sentence,
        title: figure.title.clone(),
        published: figure.published.clone(),
    })
}

fn sureness(figure: &Figure) -> String {
    format!(
        "confidence {:.2} with product and period, {:.2} without",
        figure.confidence_full, figure.confidence
    )
}

/// Says what makes a figure unsure, as far as the figure itself shows it.
pub(super) fn doubts(figure: &Figure, stated: &Stated) -> Vec<String> {
    let accept = Calibration::built_in().accept;
    let mut why = Vec::new();
    if figure.confidence_full < accept {
        why.push(format!("{}, accepted from {accept:.2}", sureness(figure)));
    } else if stated.state == FigureState::Review {
        why.push(format!("{}, and the import asked for more", sureness(figure)));
    }
    for (role, subject) in [("subject", &figure.subject), ("market", &figure.market)] {
        if subject.id.is_none() {
            why.push(format!("no table knows the {role} {}", subject.name));
        }
    }
    if figure.rule.contains("subject:carried") {
        why.push("the subject stands in another sentence".to_owned());
    }
    match figure.rule.split(' ').find_map(|word| word.strip_prefix("market:")) {
        Some("world") => why.push("no market is named: the world is taken".to_owned()),
        Some(_) => why.push("the market stands elsewhere".to_owned()),
        None => {}
    }
    if figure.period.is_none() {
        why.push("the period is not settled".to_owned());
    } else if stated.published.is_none() {
        why.push("the article has no date".to_owned());
    }
    why
}

/// A decision about a figure as the file keeps it.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) figure: Option<i64>,
    pub(super) replaced_by: Option<i64>,
    pub(super) verdict: String,
    pub(super) reason: Option<String>,
    pub(super) reviewer: Option<String>,
    pub(super) decided_at: String,
    pub(super) undone_at: Option<String>,
    pub(super) as_read: Option<Figure>,
    pub(super) corrected: Option<Figure>,
}

/// Reads what was decided about a figure, and what made it, oldest first.
pub(super) fn decided(store: &Store, figure: i64) -> Result<Vec<Decided>> {
    let parsed = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    db::load(store, sql::DECISIONS_ABOUT, named_params! { ":figure_id": figure }, |row| {
        Ok(Decided {
            figure: row.get("figure_id")?,
            replaced_by: row.get("replaced_by")?,
            verdict: row.get("verdict")?,
            reason: row.get("reason")?,
            reviewer: row.get("reviewer")?,
            decided_at: row.get("decided_at")?,
            undone_at: row.get("undone_at")?,
            as_read: parsed(row.get("as_read")?),
            corrected: parsed(row.get("corrected")?),
        })
    })
}

impl Decided {
    /// Says it in a line, as seen from a figure.
    pub(super) fn line(&self, from: i64) -> String {
        let own = self.figure == Some(from);
        let id =
            |figure: Option<i64>| figure.map_or("another reading".to_owned(), |id| format!("figure {id}"));
        let mut text = match self.verdict.as_str() {
            "accept" => "accepted".to_owned(),
            "reject" => "rejected".to_owned(),
            _ if own => format!("corrected by {}", id(self.replaced_by)),
            _ => format!("corrects {}", id(self.figure)),
        };
        if let (Some(old), Some(new)) = (&self.as_read, &self.corrected) {
            text = format!("{text} ({})", changes(old, new).join(", "));
        }
        text = format!("{text}, {}", self.decided_at);
        if let Some(reviewer) = &self.reviewer {
            text = format!("{text}, by {reviewer}");
        }
        if let Some(reason) = &self.reason {
            text = format!("{text}: {reason}");
        }
        if let Some(undone) = &self.undone_at {
            text = format!("{text}; taken back {undone}");
        }
        text
    }
}

/// Says what a correction changed: `market Belarus → Russia`.
fn changes(old: &Figure, new: &Figure) -> Vec<String> {
    let (Ok(Value::Object(old)), Ok(Value::Object(new))) =
        (serde_json::to_value(old), serde_json::to_value(new))
    else {
        return Vec::new();
    };
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        Value::Object(subject) => subject.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.to_string(),
    };
    let differs = |(field, value): (&String, &Value)| {
        let before = old.get(field)?;
        (before != value && super::correct::FIELDS.contains(&field.as_str()))
            .then(|| format!("{field} {} → {}", shown(before), shown(value)))
    };
    new.iter().filter_map(differs).collect()
}

/// Passages with their right figures, for training.
#[derive(Debug, Default)]
pub struct Exported {
    /// One JSON object an article: the article and its figures, as the trainer reads them.
    pub passages: Vec<Value>,
    /// Ids of articles left out because figures of theirs still wait.
    pub waiting: Vec<String>,
}

/// Returns the articles about which a person has decided and in which nothing waits.
///
/// Figures that nobody looked at, because they were sure enough, are marked `optional`: the trainer neither demands nor
/// punishes them.
///
/// # Errors
/// [`crate::Error::Store`] from the file.
pub fn decided_passages(store: &Store) -> Result<Exported> {
    let names = Names::read(store)?;
    let mut out = Exported::default();
    let documents = db::load(store, sql::DECIDED_DOCUMENTS, [], |row| {
        let text = |column: &str| row.get::<_, Option<String>>(column);
        let head = json!({
            "id": text("key")?, "title": text("title")?, "published": text("published")?, "url": text("url")?,
            "lang": text("lang")?, "text": text("text")?,
        });
        Ok((row.get::<_, i64>("document_id")?, row.get::<_, i64>("waiting")?, head))
    })?;
    let mut seen = BTreeSet::new();
    for (id, waiting, mut passage) in documents {
        let key = passage["id"].as_str().unwrap_or_default().to_owned();
        if waiting > 0 {
            out.waiting.push(key);
            continue;
        }
        if !seen.insert(passage["text"].to_string()) {
            continue;
        }
        let mut figures = Vec::new();
        for stated in read_of_document(store, id)? {
            let looked_at = decided(store, stated.id)?.iter().any(|d| d.undone_at.is_none());
            figures.push(answer(&as_figure(&names, &stated, key.clone()), !looked_at));
        }
        passage["figures"] = figures.into();
        out.passages.push(passage);
    }
    Ok(out)
}

/// Returns a figure as an annotator would write it.
fn answer(figure: &Figure, optional: bool) -> Value {
    let value = match figure.measure {
        Measure::Rank => json!(figure.value as i64),
        Measure::Share => json!(figure.value),
    };
    json!({
        "measure": figure.measure, "value": value, "value_max": figure.value_max, "qualifier": figure.qualifier,
        "subject": { "kind": figure.subject.kind, "name": figure.subject.name }, "market": figure.market.name,
        "product": figure.product, "basis": figure.basis, "period": figure.period, "attribution": figure.attribution,
        "status": figure.status, "quote": figure.quote, "optional": optional,
    })
}
