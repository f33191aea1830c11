//! The rows of one market, cut into periods.

use super::beside;
use super::block::{Block, by_period};
use super::codes::{self, Code, Wanted};
use super::cut::{self, Tiling};
use super::db::{self, Names};
use super::row::Row;
use crate::model::{Basis, Period, Role, Subject};
use crate::reference::HsFit;
use std::collections::{BTreeMap, BTreeSet};

/// How the rows of a market are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// As the dataset reports them.
    Direct,
    /// Exports read from the importers' side of a reconciled dataset.
    Derived,
    /// Sums over all importers or exporters of a reconciled dataset.
    AllMarkets,
    /// The reporters' own totals beside each other (R44).
    Reporters,
    /// Members of a group, without their trade with each other (R12).
    Members,
}

/// One market, basis and product of one dataset.
#[derive(Debug)]
pub(super) struct Series {
    /// Whose total.
    pub(super) market: Subject,
    /// The market in a cell id: its number, `w` for the world, `g=EU` for a group.
    pub(super) market_word: String,
    /// Which total.
    pub(super) basis: Basis,
    /// How it is made.
    pub(super) made: Made,
    /// Whether an absent holder held nothing (R28).
    pub(super) exhaustive: bool,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// The block of one period and what was done to get it.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    /// The rows.
    pub(super) block: Block<'a>,
    /// The period they cover; shorter than the wanted one when partial.
    pub(super) period: Option<Period>,
    /// Whether finer codes stand for the wanted one (R5).
    pub(super) from_finer: bool,
    /// Wanted codes of which nothing is there (R5).
    pub(super) missing_codes: BTreeSet<String>,
    /// How badly the codes fit the product (R7).
    pub(super) fit: Option<HsFit>,
    /// Editions left aside (R7).
    pub(super) other_editions: BTreeSet<String>,
    /// Schemes of the codes used.
    pub(super) editions: BTreeSet<String>,
    /// Number of reported periods added up.
    pub(super) pieces: usize,
    /// Names of markets without the whole period, which are not in it.
    pub(super) missing: Vec<String>,
    /// Markets in it.
    pub(super) markets: usize,
}

/// What a period has.
#[derive(Debug)]
pub(super) enum Outcome<'a> {
    /// Nothing.
    Empty,
    /// Everything.
    Whole(Found<'a>),
    /// Only these pieces (R16); the block is there when they follow each other.
    Part(Vec<Period>, Option<Found<'a>>),
}

/// What a series is cut with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cutter<'c> {
    /// The product.
    pub(super) wanted: &'c Wanted,
    /// Its codes in the file.
    pub(super) codes: &'c [Code],
    /// Names of the file.
    pub(super) names: &'c Names,
    /// Whether re-exports are taken off (R8).
    pub(super) net: bool,
}

impl Series {
    /// Returns the reported periods.
    pub(super) fn available(&self) -> BTreeSet<Period> {
        self.rows.iter().filter(|row| counts(row)).map(|row| row.period).collect()
    }

    /// Gathers the rows of a period.
    pub(super) fn at<'a>(&'a self, wanted: &Period, cutter: Cutter<'_>) -> Outcome<'a> {
        match self.made {
            Made::Members => self.of_members(wanted, cutter),
            Made::Reporters => beside::at(self, wanted, cutter),
            _ => cut_rows(&by_period(&self.rows), wanted, cutter, self.exhaustive),
        }
    }

    /// Joins the members' blocks; a member without the period is missing, unless the dataset states every flow there is.
    fn of_members<'a>(&'a self, wanted: &Period, cutter: Cutter<'_>) -> Outcome<'a> {
        let Some(group) = self.market.id.as_deref() else { return Outcome::Empty };
        let group = db::members(group, wanted);
        let keys: BTreeSet<&str> = group.iter().map(|place| place.id.as_str()).collect();
        let members = cutter.names.places(&keys);
        let periods = group.iter().map(|place| {
            let ids = cutter.names.places(&BTreeSet::from([place.id.as_str()]));
            (place, self.rows.iter().filter(|row| ids.contains(&row.market)).collect::<Vec<_>>())
        });
        let mut whole = Found { period: Some(*wanted), ..Found::default() };
        let mut blocks = Vec::new();
        let mut partly = false;
        for (place, rows) in periods {
            match cut_rows(&periods_of(&rows), wanted, cutter, self.exhaustive) {
                // Trade with other members cannot be taken off a total without partners.
                Outcome::Whole(found) if found.block.additive().next().is_some() => {
                    blocks.push(whole.absorb(found));
                }
                other => {
                    partly |= matches!(other, Outcome::Part(..));
                    whole.missing.push(place.name.clone());
                }
            }
        }
        if blocks.is_empty() && !partly {
            return Outcome::Empty;
        }
        whole.markets = blocks.len();
        whole.block = Block::outside(&members, blocks, self.exhaustive);
        Outcome::Whole(whole)
    }
}

impl<'a> Found<'a> {
    /// Takes over the remarks of a part and returns its block.
    pub(super) fn absorb(&mut self, part: Self) -> Block<'a> {
        self.from_finer |= part.from_finer;
        self.missing_codes.extend(part.missing_codes);
        self.fit = self.fit.max(part.fit);
        self.other_editions.extend(part.other_editions);
        self.editions.extend(part.editions);
        self.pieces = self.pieces.max(part.pieces);
        part.block
    }
}

/// Returns whether a row is a part, a residual or a total: a block of sub-totals alone says nothing of its sum.
pub(super) fn counts(row: &Row) -> bool {
    matches!(row.role, Role::Part | Role::Residual | Role::Total)
}

pub(super) fn periods_of<'a>(rows: &[&'a Row]) -> BTreeMap<Period, Vec<&'a Row>> {
    let mut periods: BTreeMap<Period, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        periods.entry(row.period).or_default().push(row);
    }
    periods
}

/// Gathers the rows of a period from the reported periods that make it up.
pub(super) fn cut_rows<'a>(
    periods: &BTreeMap<Period, Vec<&'a Row>>,
    wanted: &Period,
    cutter: Cutter<'_>,
    exhaustive: bool,
) -> Outcome<'a> {
    let available: BTreeSet<Period> = periods
        .iter()
        .filter(|(_, rows)| rows.iter().any(|row| counts(row)))
        .map(|(period, _)| *period)
        .collect();
    let gather = |tiles: &[Period], period: Period| {
        let mut found = Found { period: Some(period), pieces: tiles.len(), markets: 1, ..Found::default() };
        let blocks = tiles.iter().map(|tile| one_period(&periods[tile], cutter, &mut found)).collect();
        found.block = Block::join(blocks, exhaustive);
        found
    };
    match cut::tile(wanted, &available) {
        Tiling::Empty => Outcome::Empty,
        Tiling::Whole(tiles) => Outcome::Whole(gather(&tiles, *wanted)),
        Tiling::Part(tiles) => {
            let found = cut::run(&tiles).map(|period| gather(&tiles, period));
            Outcome::Part(tiles, found)
        }
    }
}

fn one_period<'a>(rows: &[&'a Row], cutter: Cutter<'_>, found: &mut Found<'a>) -> Block<'a> {
    let with_rows: BTreeSet<i64> = rows.iter().filter(|row| counts(row)).map(|row| row.commodity).collect();
    let present: Vec<&Code> = cutter.codes.iter().filter(|code| with_rows.contains(&code.id)).collect();
    let Some(chosen) = codes::choose(cutter.wanted, &present) else { return Block::default() };
    found.from_finer |= chosen.from_finer;
    found.missing_codes.extend(chosen.missing);
    found.fit = found.fit.max(Some(chosen.fit));
    found.other_editions.extend(chosen.other_editions);
    found.editions.extend(chosen.codes.iter().map(|code| code.scheme.clone()));
    let ids: BTreeSet<i64> = chosen.codes.iter().map(|code| code.id).collect();
    let rows: Vec<&Row> = rows.iter().filter(|row| ids.contains(&row.commodity)).copied().collect();
    Block::of(&rows, cutter.net)
}
