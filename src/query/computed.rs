//! Computed shares: counted rows of one market, product and period, divided by their total.

use super::block::Pile;
use super::codes::{self, Code, Wanted};
use super::cut;
use super::db::{self, Data, Names};
use super::notes::{Notes, list};
use super::row::{Counted, Row};
use super::series::{Cutter, Found, Made, Markets, Outcome, Series, read};
use super::share::{NoShare, Share, Split, Terms, part, split, units};
use super::told::Told;
use crate::error::{Error, Result};
use crate::model::{
    AnswerRow, Basis, Denominator, Evidence, Period, Qualifier, Question, Role, Status, Subject, SubjectKind,
};
use crate::reference::HsFit;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Most codes of a market that are answered when the question names no product.
const MOST_CODES: usize = 40;

/// Fewest reporters whose sum may stand for the world (R44).
const FEWEST_REPORTERS: usize = 20;

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

/// Leaves out the ways of making a market that do not hold the asked subject.
///
/// `BEV in World` is a row of the world's own market, `China in World` of markets beside each other; `China in EU` is
/// what the members got from it, `Germany in EU` its part beside the other members.
fn fitting<'s>(question: &Question, names: &Names, found: &'s [Series]) -> Vec<&'s Series> {
    let ids: BTreeSet<i64> =
        question.subject.as_ref().map(|subject| names.ids(subject).into_iter().collect()).unwrap_or_default();
    let place = question.subject.as_ref().is_some_and(|subject| {
        matches!(subject.kind, SubjectKind::Country | SubjectKind::Region) && !subject.is_world()
    });
    let parts =
        |series: &Series| series.rows.iter().any(|row| matches!(row.role, Role::Part | Role::Residual));
    let holds =
        |series: &Series| series.rows.iter().any(|row| ids.contains(&row.subject) && row.role != Role::Total);
    let fits = |series: &&Series| {
        let others = || found.iter().filter(|other| other.basis == series.basis && other.made != series.made);
        match series.made {
            Made::Reporters => {
                let better = |other: &Series| match question.subject {
                    Some(_) => holds(other) || (!place && parts(other)),
                    None => parts(other),
                };
                let group = series.market_word.starts_with("b=");
                !others().any(better) && (!group || question.subject.is_none() || holds(series))
            }
            Made::Direct if !parts(series) && !question.subject.as_ref().is_some_and(Subject::is_world) => {
                !others().any(|other| other.made == Made::Reporters && (parts(other) || holds(other)))
            }
            Made::Members | Made::Direct => {
                let beside = |other: &Series| other.made == Made::Reporters && place && holds(other);
                !others().any(|other| beside(other) && !holds(series))
                    && (series.made == Made::Direct || parts(series) || question.subject.is_some())
            }
            _ => true,
        }
    };
    found.iter().filter(fits).collect()
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
struct Answering<'q> {
    question: &'q Question,
    names: &'q Names,
    /// Numbers of the asked subject; `None` asks for all.
    subjects: Option<BTreeSet<i64>>,
    /// Measures that are no parts of a sum, where no product was named.
    memos: BTreeSet<String>,
    /// Numbers of the asked make's plants, where the file lists them one by one.
    plants: BTreeSet<i64>,
    rows: Vec<AnswerRow>,
    refused: Vec<Refusal>,
    told: Told,
}

/// One period of a series, ready to be divided.
struct Cell<'c, 'a> {
    data: &'c Data,
    series: &'c Series,
    wanted: &'c Wanted,
    found: &'c Found<'a>,
    period: Period,
    partial: bool,
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

    fn refuse(&mut self, rule: &'static str, reason: String, try_instead: &[&str]) {
        let try_instead = try_instead.iter().map(|text| (*text).to_owned()).collect();
        self.refused.push(Refusal { error: Error::Refused { rule, reason, try_instead }, cell: None });
    }

    fn series(&mut self, data: &Data, series: &Series, wanted: &Wanted, codes: &[Code], notes: &mut Notes) {
        let available = series.available();
        let net = self.question.net_of_reexports && series.basis == Basis::Exports;
        if net && !series.rows.iter().any(|row| row.role == crate::model::Role::Memo) {
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
        if targets.is_empty() && !available.is_empty() {
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
                Outcome::Part(pieces, _) => {
                    self.refuse_partial(data, series, wanted, &target, &pieces);
                    continue;
                }
            };
            let period = found.period.unwrap_or(target);
            let cell = Cell { data, series, wanted, found: &found, period, partial };
            if self.may_stand(&cell, notes) {
                self.cell(&cell, notes);
            }
        }
    }

    /// Refuses to divide per-head values, indices and rates, and tells the one that was asked for (R3).
    fn refuse_memo(&mut self, data: &Data, series: &Series, wanted: &Wanted) {
        if self.question.product.is_none() {
            self.memos.insert(wanted.label.clone());
            return;
        }
        let beside = series.made == Made::Reporters;
        let asked = |row: &&Row| {
            !beside || self.subjects.as_ref().is_none_or(|subjects| subjects.contains(&row.subject))
        };
        let memos: Vec<&Row> =
            series.rows.iter().filter(|row| row.role == Role::Memo).filter(asked).collect();
        let Some(first) = memos.first() else { return };
        let amount = first.value.or(first.quantity).or(first.weight_kg);
        let holder = if beside { self.names.get(first.subject).name } else { series.market.name.clone() };
        let number = amount.map_or_else(|| "not known".to_owned(), |amount| amount.to_string());
        let unit = if first.quantity.is_some() { &first.quantity_unit } else { &data.currency };
        let more =
            if memos.len() > 1 { format!(", with {} more values", memos.len() - 1) } else { String::new() };
        let reason = format!(
            "{}: {} of {holder} in {} is {number} {unit}{more}; such values (per head, indices, rates, or of a measure nobody here knows) are no parts of a sum, so there is no share",
            data.name, wanted.label, first.period
        );
        self.refuse("R3", reason, &[]);
    }

    /// Tells which measures were passed over, for nobody named one; alone they are a refusal.
    fn tell_memos(&mut self, notes: &mut Notes) {
        let memos: Vec<String> = std::mem::take(&mut self.memos).into_iter().collect();
        if memos.is_empty() {
            return;
        }
        let reason = format!("no parts of a sum, so that there is no share of them: {}", list(&memos, 6));
        if self.rows.is_empty() && self.refused.is_empty() {
            self.refuse("R3", reason, &["`of` one of them, which tells its value"]);
        } else {
            notes.add("R3", format!("left out: {reason}"));
        }
    }

    fn refuse_partial(
        &mut self,
        data: &Data,
        series: &Series,
        wanted: &Wanted,
        target: &Period,
        pieces: &[Period],
    ) {
        let have: Vec<String> = pieces.iter().map(ToString::to_string).collect();
        let have = match cut::run(pieces) {
            Some(run) => run.to_string(),
            None => list(&have, 12),
        };
        let reason = format!(
            "{}: {} {} of {} in {target} has {have} only; a part of a period cannot stand for it",
            data.name, series.market.name, series.basis, wanted.label
        );
        let period = format!("--period {have}");
        let mut ways = vec!["--by month", "--allow-partial"];
        if cut::run(pieces).is_some() {
            ways.insert(0, &period);
        }
        self.refuse("R16", reason, &ways);
        if let Some(last) = self.refused.last_mut() {
            last.cell = Some((series.market.key(), series.basis, *target));
        }
    }

    /// Tells what the reader must know of a cell's making, and refuses sums that are not the market asked for.
    fn may_stand(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) -> bool {
        let (found, series) = (cell.found, cell.series);
        let market = &series.market.name;
        match series.made {
            Made::Direct => {}
            Made::Derived => notes.add(
                "R10",
                format!("{}: exports of {market} are the imports that others got from it", cell.data.name),
            ),
            Made::AllMarkets => notes.add(
                "R44",
                format!("{}: the world is the sum over all markets of a reconciled dataset", cell.data.name),
            ),
            Made::Reporters if series.market_word != "w" => return self.beside_may_stand(cell, notes),
            Made::Reporters if found.block.total.is_some() => {
                notes.add(
                    "R44",
                    format!("{}: markets beside each other in the file's own world", cell.data.name),
                );
            }
            Made::Reporters => {
                if found.markets < FEWEST_REPORTERS {
                    let reason = format!(
                        "{}: only {} reporters have a total for {}; their sum is not the world",
                        cell.data.name, found.markets, cell.period
                    );
                    let ways =
                        ["a market of its own, such as `in Germany`", "`in those listed`: shares among them"];
                    self.refuse("R44", reason, &ways);
                    return false;
                }
                let text =
                    format!("the world of {} is the sum over {} reporters", cell.period, found.markets);
                notes.add("R44", text);
                if !found.missing.is_empty() {
                    let text = format!(
                        "left out, for they have only a part of {}: {}",
                        cell.period,
                        list(&found.missing, 5)
                    );
                    notes.add("R44", text);
                }
            }
            Made::Members => return self.members_may_stand(cell, notes),
        }
        true
    }

    /// Guards the sum over a group's members, or over whoever is listed.
    fn beside_may_stand(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) -> bool {
        let (found, market) = (cell.found, &cell.series.market.name);
        if cell.series.market_word == "l" {
            let text = format!(
                "{}: shares among the {} that the file lists for {}, not of the world",
                cell.data.name, found.markets, cell.period
            );
            notes.add("R44", text);
            return true;
        }
        if found.block.total.is_some() {
            notes.add("R12", format!("{}: members beside each other in {market}'s own row", cell.data.name));
            return true;
        }
        if !found.missing.is_empty() {
            let reason =
                format!("{}: {market} in {} lacks {}", cell.data.name, cell.period, list(&found.missing, 5));
            if !self.question.allow_partial {
                self.refuse("R12", reason, &["--allow-partial"]);
                return false;
            }
            notes.add("R12", format!("partial: {reason}"));
        }
        let text =
            format!("{market} is the sum over {} members of that time beside each other", found.markets);
        notes.add("R12", text);
        true
    }

    fn members_may_stand(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) -> bool {
        let (found, market) = (cell.found, &cell.series.market.name);
        if !found.missing.is_empty() && !cell.data.reconciled {
            let missing = list(&found.missing, 5);
            let reason = format!("{}: {market} in {} lacks {missing}", cell.data.name, cell.period);
            if !self.question.allow_partial || found.markets == 0 {
                self.refuse("R12", reason, &["--allow-partial", "a member of its own"]);
                return false;
            }
            notes.add("R12", format!("partial: {reason}"));
        } else if !found.missing.is_empty() {
            notes.add("R28", format!("without rows, so nothing traded: {}", list(&found.missing, 5)));
        }
        let id = cell.series.market.id.as_deref().unwrap_or_default();
        let names = |day: Period| -> BTreeSet<&str> {
            db::members(id, &day).iter().map(|place| place.id.as_str()).collect()
        };
        let (first, last) =
            (names(Period::Day(cell.period.first_day())), names(Period::Day(cell.period.last_day())));
        if first != last {
            let text = format!(
                "{market} changed its members in {}: those in for more than half of it count",
                cell.period
            );
            notes.add("R12", text);
        }
        let text = format!(
            "{market} is the sum over {} members of that time, trade with each other left out",
            found.markets
        );
        notes.add("R12", text);
        true
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
                    self.told.split(cell.data, cell.series, &counted, &split, notes);
                    self.shares(cell, &counted, &split, notes);
                }
                Err(reason) => self.no_share(cell, &counted, &reason, notes),
            }
        }
    }

    fn no_share(&mut self, cell: &Cell<'_, '_>, counted: &Counted, reason: &NoShare, notes: &mut Notes) {
        let place = format!(
            "{}: {} {} of {} in {}",
            cell.data.name, cell.series.market.name, cell.series.basis, cell.wanted.label, cell.period
        );
        let (rule, text, ways): (_, _, &[&str]) = match reason {
            NoShare::Selection => (
                "R2",
                format!("{place}: the file is a selection without a total; its sum is not the market"),
                &[],
            ),
            NoShare::Coverage(pct) => (
                "R2",
                format!("{place}: rows with {} cover {pct:.1} % of the value", unit_words(counted)),
                &["--min-coverage", "--unit value"],
            ),
            NoShare::MixedUnits(found) => (
                "R39",
                format!("{place}: quantities are in {}, which cannot be added", list(found, 5)),
                &["--unit value", "--unit weight"],
            ),
        };
        // A unit nobody asked for is left out with a remark; the selection has no market in any unit.
        if self.question.unit.is_none() && *reason != NoShare::Selection {
            notes.add(rule, format!("left out: {text}"));
        } else {
            self.refuse(rule, text, ways);
        }
    }

    fn tell_codes(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) {
        let (found, wanted) = (cell.found, cell.wanted);
        if found.from_finer {
            let text = format!(
                "{} is not in {} as such: the sum of the finer codes the file has, which may not be all",
                wanted.label, cell.data.name
            );
            notes.add("R5", text);
        }
        if !found.missing_codes.is_empty() {
            let codes: Vec<String> = found.missing_codes.iter().cloned().collect();
            let text =
                format!("{} has nothing of {} under {}", cell.data.name, wanted.label, list(&codes, 8));
            notes.add("R5", text);
        }
        match found.fit {
            Some(HsFit::Broader) => {
                notes.add("R7", format!("the customs code holds more than {}", wanted.label))
            }
            Some(HsFit::Narrower) => {
                notes.add("R7", format!("the customs code holds only a part of {}", wanted.label))
            }
            Some(HsFit::Exact) | None => {}
        }
        let used = list(&found.editions.iter().cloned().collect::<Vec<_>>(), 8);
        if !found.other_editions.is_empty() {
            let other = list(&found.other_editions.iter().cloned().collect::<Vec<_>>(), 8);
            notes.add("R7", format!("{}: {used} was taken, {other} left aside", cell.period));
        }
        if found.editions.len() > 1 {
            notes.add("R7", format!("{} holds codes of {used}", cell.period));
        }
        if found.pieces > 1 {
            notes.add("R15", "longer periods are totals over totals of the periods reported");
        }
    }

    fn has_subject(&self, cell: &Cell<'_, '_>) -> bool {
        let Some(subjects) = &self.subjects else { return true };
        let block = &cell.found.block;
        let listed = |id: &i64| block.parts.contains_key(id) || block.residuals.contains_key(id);
        let whole = |id: &i64| block.total.is_some() && self.names.get(*id).is_world();
        subjects.iter().chain(&self.plants).any(|id| listed(id) || whole(id) || block.groups.contains_key(id))
            || self.group_members(&cell.period).is_some_and(|members| members.iter().any(listed))
    }

    /// Returns whether the asked subject is absent from a block in which absence means zero (R28).
    fn may_be_zero(&self, cell: &Cell<'_, '_>) -> bool {
        let Some(subject) = &self.question.subject else { return false };
        let like = |id: &i64| self.names.kind(*id) == Some(subject.kind);
        cell.series.exhaustive
            && self.question.product.is_some()
            && subject.kind != SubjectKind::Region
            && self.subjects.as_ref().is_some_and(|ids| !ids.is_empty())
            && cell.found.block.parts.keys().any(like)
    }

    /// Returns the members of the asked subject when it is a group.
    fn group_members(&self, period: &Period) -> Option<BTreeSet<i64>> {
        let subject =
            self.question.subject.as_ref().filter(|s| s.kind == SubjectKind::Region && !s.is_world())?;
        let places = db::members(subject.id.as_deref()?, period);
        let keys: BTreeSet<&str> = places.iter().map(|place| place.id.as_str()).collect();
        (!keys.is_empty()).then(|| self.names.places(&keys))
    }

    fn shares(&mut self, cell: &Cell<'_, '_>, counted: &Counted, split: &Split, notes: &mut Notes) {
        let Some(subjects) = self.subjects.clone() else {
            // A file of totals alone has no parts to list, but it does say the total.
            let whole = cell.found.block.total.as_ref().filter(|_| split.shares.is_empty());
            if let (Some(whole), Some(world)) = (whole, self.names.ids(&Subject::world()).first()) {
                self.push(cell, counted, split, *world, &part(whole, counted, split));
            }
            for (id, share) in &split.shares {
                self.push(cell, counted, split, *id, share);
            }
            return;
        };
        if let Some(members) = self.group_members(&cell.period) {
            return self.group(cell, counted, split, &members, &subjects, notes);
        }
        if self.plants.iter().any(|id| split.shares.contains_key(id)) {
            return self.plants_together(cell, counted, split, notes);
        }
        let mut any = false;
        for id in &subjects {
            if let Some(whole) = cell.found.block.total.as_ref().filter(|_| self.names.get(*id).is_world()) {
                self.push(cell, counted, split, *id, &part(whole, counted, split));
                any = true;
            } else if let Some(share) = split.shares.get(id) {
                self.push(cell, counted, split, *id, share);
                any = true;
            } else if let Some(pile) = cell.found.block.groups.get(id) {
                self.push(cell, counted, split, *id, &part(pile, counted, split));
                any = true;
            }
        }
        let covered =
            split.coverage_pct.is_none_or(|pct| pct >= self.question.min_coverage_pct.unwrap_or(95.0));
        if !any
            && covered
            && split.total.is_some()
            && let Some(id) = subjects.first()
        {
            let name = self.names.get(*id).name;
            notes.add(
                "R28",
                format!("{name} is not among the partners of an exhaustive block: it traded nothing there"),
            );
            let zero = Share { amount: Some(0.0), share_pct: Some(0.0), rank: None, incomplete: false };
            self.push(cell, counted, split, *id, &zero);
        }
    }

    /// Gives a group's part: the members together, else the file's own row of the group.
    fn group(
        &mut self,
        cell: &Cell<'_, '_>,
        counted: &Counted,
        split: &Split,
        members: &BTreeSet<i64>,
        own: &BTreeSet<i64>,
        notes: &mut Notes,
    ) {
        let block = &cell.found.block;
        let Some(subject) = self.question.subject.clone() else { return };
        let count = subject.id.as_deref().map_or(0, |id| db::members(id, &cell.period).len());
        let listed = members.iter().filter(|id| block.parts.contains_key(id)).count();
        let all = listed >= count || cell.series.exhaustive;
        let own_row = own.iter().any(|id| block.groups.contains_key(id));
        if members.iter().any(|id| block.parts.contains_key(id)) && (all || !own_row) {
            let pile: Pile<'_> = block.together(members, cell.series.exhaustive);
            let text =
                format!("{} is the sum of its members of that time, not a row of its own", subject.name);
            notes.add("R12", text);
            let word = format!("g={}", subject.id.as_deref().unwrap_or_default());
            let share = part(&pile, counted, split);
            self.push_as(cell, counted, split, subject, &word, &share, letters(&pile));
        } else if let Some((id, pile)) =
            own.iter().find_map(|id| block.groups.get(id).map(|pile| (*id, pile)))
        {
            notes.add(
                "R3",
                format!("{}: the file's own row, for it does not list every member", subject.name),
            );
            self.push(cell, counted, split, id, &part(pile, counted, split));
        }
    }

    /// Gives the part of a make whose plants the file lists one by one.
    fn plants_together(&mut self, cell: &Cell<'_, '_>, counted: &Counted, split: &Split, notes: &mut Notes) {
        let Some(subject) = self.question.subject.clone() else { return };
        let block = &cell.found.block;
        let listed: Vec<i64> =
            self.plants.iter().filter(|id| block.parts.contains_key(id)).copied().collect();
        let pile = block.together(&listed.iter().copied().collect(), cell.series.exhaustive);
        let names: Vec<String> = listed.iter().map(|id| self.names.get(*id).name).collect();
        notes.add("R12", format!("{} is the sum of {}", subject.name, list(&names, 8)));
        let word = format!("p={}", subject.id.as_deref().unwrap_or(&subject.name));
        let share = part(&pile, counted, split);
        let flags = letters(&pile);
        self.push_as(cell, counted, split, subject, &word, &share, flags);
    }

    fn push(&mut self, cell: &Cell<'_, '_>, counted: &Counted, split: &Split, id: i64, share: &Share) {
        let block = &cell.found.block;
        let pile =
            block.parts.get(&id).or_else(|| block.residuals.get(&id)).or_else(|| block.groups.get(&id));
        let whole = block.total.as_ref().filter(|_| self.names.get(id).is_world());
        let mut flags = pile.or(whole).map(letters).unwrap_or_default();
        let subject = self.names.get(id);
        if cell.series.basis == Basis::Imports && subject.id.is_some() && subject == cell.series.market {
            flags.push("re-imports".to_owned());
            self.told.reimports(&subject.name);
        }
        self.push_as(cell, counted, split, subject, &id.to_string(), share, flags);
    }

    #[expect(clippy::too_many_arguments, reason = "a row has that many sources")]
    fn push_as(
        &mut self,
        cell: &Cell<'_, '_>,
        counted: &Counted,
        split: &Split,
        subject: Subject,
        word: &str,
        share: &Share,
        mut flags: Vec<String>,
    ) {
        let net = self.question.net_of_reexports && cell.series.basis == Basis::Exports;
        for (mark, applies) in [
            (
                "partial",
                cell.partial
                    || (cell.series.made == Made::Members
                        && !cell.found.missing.is_empty()
                        && !cell.data.reconciled),
            ),
            ("finer codes", cell.found.from_finer || !cell.found.missing_codes.is_empty()),
            ("broader code", cell.found.fit == Some(HsFit::Broader)),
            ("narrower code", cell.found.fit == Some(HsFit::Narrower)),
            ("net of re-exports", net),
            ("rows left out", share.incomplete),
        ] {
            if applies {
                flags.push(mark.to_owned());
            }
        }
        let codes: Vec<String> = cell.found.block.codes.iter().map(ToString::to_string).collect();
        let mut id = format!(
            "c:{}:{}:{}:{}:{}:{word}:{}",
            cell.data.id,
            cell.series.market_word,
            codes.join("+"),
            cell.series.basis,
            cell.period,
            counted.word()
        );
        if net {
            id.push_str(":net");
        }
        self.rows.push(AnswerRow {
            period: Some(cell.period),
            market: cell.series.market.clone(),
            subject,
            product: cell.wanted.label.clone(),
            basis: cell.series.basis,
            unit: counted.unit(),
            evidence: Evidence::Computed,
            share_pct: share.share_pct,
            share_max_pct: None,
            qualifier: Qualifier::Exact,
            rank: share.rank,
            of: share.rank.map(|_| split.of),
            amount: share.amount,
            total: split.total,
            amount_unit: counted.amount_unit(&cell.data.currency),
            denominator: split.denominator,
            coverage_pct: split.coverage_pct.filter(|_| split.rows > 0),
            status: Status::Actual,
            counted_by: Some(cell.data.name.clone()),
            id,
            flags,
        });
    }
}

/// Returns the status letters of a pile's rows, each once.
fn letters(pile: &Pile<'_>) -> Vec<String> {
    let found: BTreeSet<char> = pile
        .plus
        .iter()
        .chain(&pile.minus)
        .flat_map(|row| row.flags.chars())
        .filter(|c| c.is_alphanumeric())
        .collect();
    found.into_iter().map(String::from).collect()
}

fn unit_words(counted: &Counted) -> String {
    match counted {
        Counted::Value => "a value".to_owned(),
        Counted::Weight => "a weight".to_owned(),
        Counted::Quantity(unit) => format!("a quantity in {unit}"),
    }
}
