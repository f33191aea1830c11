//! Computed shares: counted rows of one market, product and period, divided by their total.

use super::codes::{self, Code, Wanted};
use super::cut;
use super::db::{self, Data, Names};
use super::fitting::fitting;
use super::markets::{Markets, read};
use super::notes::{Notes, list};
use super::series::{Cutter, Found, Made, Outcome, Series};
use super::share::{NoShare, Terms, split, units};
use super::told::Told;
use crate::error::{Error, Result};
use crate::model::{AnswerRow, Basis, Denominator, Period, Question, Role, SubjectKind};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Most codes of a market that are answered when the question names no product.
const MOST_CODES: usize = 40;

/// What computing found.
#[derive(Debug, Default)]
pub(super) struct Computed {
    /// Shares.
    pub(super) rows: Vec<AnswerRow>,
    /// Guards that refused a part of the answer.
    pub(super) refused: Vec<Refusal>,
}

/// A part of the answer that a rule forbids.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What the reader is told.
    pub(super) error: Error,
    /// Key of the market, basis and period it is about.
    pub(super) cell: Option<(String, Basis, Period)>,
}

/// Computes every share a question asks for from the counted rows.
pub(super) fn computed(
    store: &Store,
    question: &Question,
    names: &Names,
    notes: &mut Notes,
) -> Result<Computed> {
    let mut answering = Answering::new(question, names);
    let markets = Markets::of(question.market.as_ref(), names);
    for data in db::datasets(store)? {
        if !question.source.as_deref().is_none_or(|source| is_source(source, &data)) {
            continue;
        }
        for (wanted, codes) in products_of(store, question, &data, &markets, notes)? {
            let found = read(store, &data, &markets, names, &codes, question.period.as_ref())?;
            for series in fitting(question, names, &found) {
                if question.basis.is_none_or(|basis| basis == series.basis) {
                    answering.series(&data, series, &wanted, &codes, notes);
                }
            }
        }
    }
    answering.tell_memos(notes);
    answering.told.into_notes(notes);
    Ok(Computed { rows: answering.rows, refused: answering.refused })
}

/// Returns whether a dataset is the one a question names.
pub(super) fn is_source(source: &str, data: &Data) -> bool {
    super::stated::same_source(source, &[&data.key, &data.name, &data.source])
}

/// Returns the products of a question with their codes: the one it names, else each of the market's.
fn products_of(
    store: &Store,
    question: &Question,
    data: &Data,
    markets: &Markets,
    notes: &mut Notes,
) -> Result<Vec<(Wanted, Vec<Code>)>> {
    if let Some(wanted) = codes::wanted(question) {
        let codes = db::codes_in(store, &wanted)?;
        return Ok(if codes.is_empty() { Vec::new() } else { vec![(wanted, codes)] });
    }
    let (Markets::One(ids) | Markets::World(ids) | Markets::Group(_, ids)) = markets else {
        return Ok(Vec::new());
    };
    let mut found: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for id in ids {
        for code in db::codes_of(store, data, *id)? {
            found.entry(codes::label(&code)).or_default().push(code);
        }
    }
    if found.len() > MOST_CODES {
        notes.add(
            "R5",
            format!(
                "{} holds {} products of this market: name one, such as `of hs:8703`",
                data.name,
                found.len()
            ),
        );
        found.retain(|label, _| label == "hs:TOTAL" || !label.starts_with("hs:"));
    }
    Ok(found.into_iter().map(|(label, codes)| (codes::only(label, &codes), codes)).collect())
}

/// The answer while it grows.
pub(super) struct Answering<'q> {
    pub(super) question: &'q Question,
    pub(super) names: &'q Names,
    /// Numbers of the asked subject; `None` asks for all.
    pub(super) subjects: Option<BTreeSet<i64>>,
    /// Measures that are no parts of a sum, where no product was named.
    pub(super) memos: BTreeSet<String>,
    /// Numbers of the asked make's plants, where the file lists them one by one.
    pub(super) plants: BTreeSet<i64>,
    pub(super) rows: Vec<AnswerRow>,
    pub(super) refused: Vec<Refusal>,
    pub(super) told: Told,
}

/// One period of a series, ready to be divided.
pub(super) struct Cell<'c, 'a> {
    pub(super) data: &'c Data,
    pub(super) series: &'c Series,
    pub(super) wanted: &'c Wanted,
    pub(super) found: &'c Found<'a>,
    pub(super) period: Period,
    pub(super) partial: bool,
}

impl<'q> Answering<'q> {
    fn new(question: &'q Question, names: &'q Names) -> Self {
        let subjects = question.subject.as_ref().map(|subject| names.ids(subject).into_iter().collect());
        let plants = question.subject.as_ref().map(|subject| names.plants(subject)).unwrap_or_default();
        Self {
            question,
            names,
            subjects,
            memos: BTreeSet::new(),
            plants,
            rows: Vec::new(),
            refused: Vec::new(),
            told: Told::default(),
        }
    }

    fn series(&mut self, data: &Data, series: &Series, wanted: &Wanted, codes: &[Code], notes: &mut Notes) {
        let available = series.available();
        let net = self.question.net_of_reexports && series.basis == Basis::Exports;
        if net && !series.rows.iter().any(|row| row.role == Role::Memo) {
            let reason = format!("{} reports no re-exports of {}", data.name, series.market.name);
            self.refuse("R8", reason, &["without --net-of-reexports"]);
            return;
        }
        let cutter = Cutter { wanted, codes, names: self.names, net };
        if available.is_empty() {
            self.refuse_memo(data, series, wanted);
            return;
        }
        let targets = cut::targets(self.question.period.as_ref(), self.question.by, &available);
        if targets.is_empty() {
            let have: Vec<String> = available.iter().map(ToString::to_string).collect();
            let text = format!(
                "{} has {} of {} only, which cannot be cut finer",
                data.name,
                list(&have, 5),
                series.market.name
            );
            notes.add("R15", text);
        }
        for target in targets {
            let (found, partial) = match series.at(&target, cutter) {
                Outcome::Empty => continue,
                Outcome::Whole(found) => (found, false),
                Outcome::Part(_, Some(found)) if self.question.allow_partial => (found, true),
                Outcome::Part(..) if !self.concerns(series, &target) => continue,
                Outcome::Part(pieces, _) => {
                    self.refuse_partial(data, series, wanted, &target, &pieces);
                    continue;
                }
            };
            // A total alone says nothing of its parts, but answers who asks for the whole or for everything.
            if found.block.additive().next().is_none() && self.subjects.is_some() && !self.asks_whole(&found)
            {
                continue;
            }
            let period = found.period.unwrap_or(target);
            let cell = Cell { data, series, wanted, found: &found, period, partial };
            if self.may_stand(&cell, notes) {
                self.cell(&cell, notes);
            }
        }
    }

    fn cell(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) {
        if self.subjects.is_some() && !self.has_subject(cell) && !self.may_be_zero(cell) {
            return;
        }
        self.tell_codes(cell, notes);
        let terms = Terms {
            // Shares among those listed are shares of the selection, and say so.
            selection: cell.data.selection && cell.series.market_word != "l",
            min_coverage_pct: self.question.min_coverage_pct.unwrap_or(95.0),
        };
        for counted in units(&cell.found.block) {
            if self.question.unit.is_some_and(|unit| unit != counted.unit()) {
                continue;
            }
            match split(&cell.found.block, &counted, terms) {
                Ok(mut split) => {
                    if split.denominator == Denominator::PartnerSum
                        && matches!(cell.series.made, Made::AllMarkets | Made::Reporters)
                    {
                        split.denominator = Denominator::ReporterSum;
                    }
                    if let Some(coverage) = split.coverage_pct
                        && cell.series.made == Made::Members
                        && coverage < terms.min_coverage_pct
                    {
                        // What the listed partners leave out may be trade between members.
                        self.no_share(cell, &counted, &NoShare::Coverage(coverage));
                        continue;
                    }
                    self.told.split(cell.data, cell.series, &counted, &split, notes);
                    self.shares(cell, &counted, &split, notes);
                }
                Err(reason) => self.no_share(cell, &counted, &reason),
            }
        }
    }

    /// Returns whether a series names the asked subject at all; of others nothing needs to be refused.
    fn concerns(&self, series: &Series, period: &Period) -> bool {
        let Some(subjects) = &self.subjects else { return true };
        let members = self.group_members(period).unwrap_or_default();
        let asked = |id: &i64| subjects.contains(id) || self.plants.contains(id) || members.contains(id);
        series.rows.iter().any(|row| asked(&row.subject))
    }

    /// Returns whether the asked subject is the whole itself, of which there is a row.
    fn asks_whole(&self, found: &Found<'_>) -> bool {
        let world = |ids: &BTreeSet<i64>| ids.iter().any(|id| self.names.get(*id).is_world());
        found.block.total.is_some() && self.subjects.as_ref().is_some_and(world)
    }

    fn has_subject(&self, cell: &Cell<'_, '_>) -> bool {
        let Some(subjects) = &self.subjects else { return true };
        let block = &cell.found.block;
        let listed = |id: &i64| block.parts.contains_key(id) || block.residuals.contains_key(id);
        let grouped = |id: &i64| block.groups.contains_key(id);
        self.asks_whole(cell.found)
            || subjects.iter().chain(&self.plants).any(|id| listed(id) || grouped(id))
            || self.group_members(&cell.period).is_some_and(|members| members.iter().any(listed))
    }

    /// Returns whether the asked subject is absent from a block in which absence means zero (R28).
    fn may_be_zero(&self, cell: &Cell<'_, '_>) -> bool {
        let Some(subject) = &self.question.subject else { return false };
        let like = |id: &i64| self.names.kind(*id) == Some(subject.kind);
        cell.series.exhaustive
            && self.question.product.is_some()
            && self.question.market.is_some()
            && subject.kind != SubjectKind::Region
            && self.subjects.as_ref().is_some_and(|ids| !ids.is_empty())
            && cell.found.block.parts.keys().any(like)
    }

    /// Returns the members of the asked subject when it is a group.
    pub(super) fn group_members(&self, period: &Period) -> Option<BTreeSet<i64>> {
        let subject =
            self.question.subject.as_ref().filter(|s| s.kind == SubjectKind::Region && !s.is_world())?;
        let places = db::members(subject.id.as_deref()?, period);
        let keys: BTreeSet<&str> = places.iter().map(|place| place.id.as_str()).collect();
        (!keys.is_empty()).then(|| self.names.places(&keys))
    }
}
