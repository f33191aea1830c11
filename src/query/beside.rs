//! Markets set beside each other as the holders of a larger one: the world, a group, whoever is listed (R44).
//!
//! A file of countries' own totals (exports, output, registrations) answers "Germany in EU" so: the total is the larger
//! market's own row where the file has one, else the sum over the markets.

use super::block::Block;
use super::db::{self, Names};
use super::markets::{as_holder, grouped};
use super::row::Row;
use super::series::{Cutter, Found, Made, Outcome, Series, counts, cut_rows, periods_of};
use super::words;
use crate::model::{Basis, Period, Role, Subject, SubjectKind};
use std::collections::{BTreeMap, BTreeSet};

/// The market that is larger than those of the file.
pub(super) enum Larger<'m> {
    /// The world, with the numbers of its own rows.
    World(&'m [i64]),
    /// A group, with the numbers of its own rows.
    Group(&'m Subject, &'m [i64]),
    /// Whoever is listed.
    Listed,
}

impl Larger<'_> {
    fn own(&self) -> &[i64] {
        match self {
            Self::World(ids) | Self::Group(_, ids) => ids,
            Self::Listed => &[],
        }
    }

    fn market(&self) -> Subject {
        match self {
            Self::World(_) => Subject::world(),
            Self::Group(group, _) => (*group).clone(),
            Self::Listed => words::listed(),
        }
    }

    /// The market in a cell id.
    fn word(&self) -> String {
        match self {
            Self::World(_) => "w".to_owned(),
            Self::Group(group, _) => format!("b={}", group.id.as_deref().unwrap_or_default()),
            Self::Listed => "l".to_owned(),
        }
    }
}

/// Turns rows into series of markets beside each other.
pub(super) fn series(names: &Names, rows: &[Row], larger: &Larger<'_>) -> Vec<Series> {
    let own = larger.own();
    let of_world =
        |row: &Row| matches!(row.role, Role::Total | Role::Memo) && names.get(row.subject).is_world();
    let key = |row: &Row| (row.market, row.commodity, row.basis, row.period);
    let totalled: BTreeSet<_> =
        rows.iter().filter(|row| of_world(row) && row.role == Role::Total).map(key).collect();
    // Without own totals the parts of each market stand for it, but only where the larger one is there the same way:
    // else a file of one country's makes would pass for a world.
    let by_parts: BTreeSet<Basis> = rows
        .iter()
        .filter(|row| own.contains(&row.market) && matches!(row.role, Role::Part | Role::Residual))
        .map(|row| row.basis)
        .collect();
    let stands = |row: &&Row| {
        let part = matches!(row.role, Role::Part | Role::Residual);
        of_world(row) || (part && by_parts.contains(&row.basis) && !totalled.contains(&key(row)))
    };
    let group = matches!(larger, Larger::Group(..));
    let turned = rows.iter().filter(stands).filter_map(|row| {
        let kind = names.kind(row.market);
        let role = match row.role {
            Role::Memo => Role::Memo,
            // A union's own trade leaves out what its members trade with each other, their own totals do not.
            _ if own.contains(&row.market) && group && trade(row.basis) => return None,
            _ if own.contains(&row.market) => Role::Total,
            _ if kind == Some(SubjectKind::Subnational) => return None,
            _ => as_holder(names, row.market),
        };
        Some(Row { subject: row.market, role, ..row.clone() })
    });
    grouped(turned.collect(), |row| row.basis)
        .into_iter()
        .map(|(basis, rows)| Series {
            market: larger.market(),
            market_word: larger.word(),
            basis,
            made: Made::Reporters,
            exhaustive: false,
            rows,
        })
        .collect()
}

/// Sets the markets' totals beside each other; a market without the whole period is left out.
pub(super) fn at<'a>(series: &'a Series, wanted: &Period, cutter: Cutter<'_>) -> Outcome<'a> {
    let group = series
        .market
        .id
        .as_deref()
        .filter(|_| series.market.kind == SubjectKind::Region && !series.market.is_world());
    let members = group.map(|group| db::members(group, wanted));
    let ids: Option<BTreeSet<i64>> = members
        .as_ref()
        .map(|members| cutter.names.places(&members.iter().map(|place| place.id.as_str()).collect()));
    let mut by_market: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    let mut own: Vec<&Row> = Vec::new();
    for row in &series.rows {
        match row.role {
            Role::Total => own.push(row),
            Role::Memo => {}
            _ if ids.as_ref().is_some_and(|ids| !ids.contains(&row.subject)) => {}
            _ => by_market.entry(row.subject).or_default().push(row),
        }
    }
    let mut whole = Found { period: Some(*wanted), ..Found::default() };
    let mut blocks = Vec::new();
    for (market, rows) in &by_market {
        // A region's own row is a sub-total here, which alone makes no period.
        let region = rows.iter().all(|row| !counts(row));
        let as_parts: Vec<&Row> = rows.clone();
        let outcome = if region {
            regional(&as_parts, wanted)
        } else {
            cut_rows(&periods_of(rows), wanted, cutter, false)
        };
        match outcome {
            Outcome::Whole(found) => {
                whole.markets += usize::from(!region);
                blocks.push(whole.absorb(found));
            }
            Outcome::Empty => {}
            Outcome::Part(..) => whole.missing.push(cutter.names.get(*market).name),
        }
    }
    if whole.markets == 0 {
        return Outcome::Empty;
    }
    if let Some(members) = members {
        let have: BTreeSet<String> = by_market.keys().filter_map(|id| cutter.names.get(*id).id).collect();
        let absent = members.iter().filter(|place| !have.contains(&place.id));
        whole.missing.extend(absent.map(|place| place.name.clone()));
    }
    let total = match cut_rows(&periods_of(&own), wanted, cutter, false) {
        Outcome::Whole(found) => whole.absorb(found).total,
        _ => None,
    };
    // Each block holds one market, so that the others are absent from it by nature.
    whole.block = Block::join(blocks, true);
    whole.block.total = total;
    Outcome::Whole(whole)
}

/// Returns whether holders of one market may also be each other's partners.
pub(super) fn trade(basis: Basis) -> bool {
    matches!(basis, Basis::Imports | Basis::Exports)
}

/// Takes a region's own rows of exactly the period.
fn regional<'a>(rows: &[&'a Row], wanted: &Period) -> Outcome<'a> {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.period == *wanted).copied().collect();
    if rows.is_empty() {
        return Outcome::Empty;
    }
    Outcome::Whole(Found { block: Block::of(&rows, false), ..Found::default() })
}
