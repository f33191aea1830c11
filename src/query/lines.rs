//! Shares of a cell to rows of the answer.

use super::block::Pile;
use super::computed::{Answering, Cell};
use super::db;
use super::notes::{Notes, list};
use super::row::Counted;
use super::series::Made;
use super::share::{Share, Split, part};
use crate::model::{AnswerRow, Basis, Evidence, Qualifier, Status, Subject};
use crate::reference::HsFit;
use std::collections::BTreeSet;

impl Answering<'_> {
    pub(super) fn shares(
        &mut self,
        cell: &Cell<'_, '_>,
        counted: &Counted,
        split: &Split,
        notes: &mut Notes,
    ) {
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
    pub(super) fn group(
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

    #[expect(clippy::too_many_arguments, reason = "a row has that many sources")]
    pub(super) fn push_as(
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

    pub(super) fn push(
        &mut self,
        cell: &Cell<'_, '_>,
        counted: &Counted,
        split: &Split,
        id: i64,
        share: &Share,
    ) {
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
