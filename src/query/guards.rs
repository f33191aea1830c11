//! What guards say of a cell: refusals, and remarks on how it is made.

use super::beside;
use super::codes::Wanted;
use super::computed::{Answering, Cell, Refusal};
use super::cut;
use super::db::{self, Data};
use super::notes::{Notes, list};
use super::row::{Counted, Row};
use super::series::{Made, Series};
use super::share::NoShare;
use crate::error::Error;
use crate::model::{Basis, Period, Role};
use crate::reference::HsFit;
use std::collections::BTreeSet;

/// Fewest reporters whose sum may stand for the world (R44).
const FEWEST_REPORTERS: usize = 20;

impl Answering<'_> {
    pub(super) fn refuse(&mut self, rule: &'static str, reason: String, try_instead: &[&str]) {
        let try_instead = try_instead.iter().map(|text| (*text).to_owned()).collect();
        self.refused.push(Refusal { error: Error::Refused { rule, reason, try_instead }, cell: None });
    }

    /// Refuses to divide per-head values, indices and rates, and tells the one that was asked for (R3).
    pub(super) fn refuse_memo(&mut self, data: &Data, series: &Series, wanted: &Wanted) {
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
    pub(super) fn tell_memos(&mut self, notes: &mut Notes) {
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

    pub(super) fn refuse_partial(
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
    pub(super) fn may_stand(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) -> bool {
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
        let inside =
            if beside::trade(cell.series.basis) { ", what they trade with each other included" } else { "" };
        let text = format!(
            "{market} is the sum over {} members of that time beside each other{inside}",
            found.markets
        );
        notes.add("R12", text);
        true
    }

    pub(super) fn members_may_stand(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) -> bool {
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
        let trade = matches!(cell.series.basis, Basis::Imports | Basis::Exports);
        let inside = if trade { ", trade with each other left out" } else { "" };
        let text = format!("{market} is the sum over {} members of that time{inside}", found.markets);
        notes.add("R12", text);
        true
    }

    /// Refuses a unit of a cell; where other units or cells answer, the refusal becomes a note.
    pub(super) fn no_share(&mut self, cell: &Cell<'_, '_>, counted: &Counted, reason: &NoShare) {
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
                format!("{place}: rows with {} cover {pct:.1} % of the total", unit_words(counted)),
                &["--min-coverage", "--unit value"],
            ),
            NoShare::MixedUnits(found) => (
                "R39",
                format!("{place}: quantities are in {}, which cannot be added", list(found, 5)),
                &["--unit value", "--unit weight"],
            ),
        };
        self.refuse(rule, text, ways);
    }

    pub(super) fn tell_codes(&mut self, cell: &Cell<'_, '_>, notes: &mut Notes) {
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
                notes.add("R7", format!("the customs code holds more than {}", wanted.label));
            }
            Some(HsFit::Narrower) => {
                notes.add("R7", format!("the customs code holds only a part of {}", wanted.label));
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
}

fn unit_words(counted: &Counted) -> String {
    match counted {
        Counted::Value => "a value".to_owned(),
        Counted::Weight => "a weight".to_owned(),
        Counted::Quantity(unit) => format!("a quantity in {unit}"),
    }
}
