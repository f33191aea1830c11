//! Amounts to shares and ranks: one block, one unit, one denominator.

use super::block::{Block, Pile, Sum};
use super::row::Counted;
use crate::model::Denominator;
use std::collections::BTreeMap;

/// What holds for the data of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The file is a selection: a sum over it is not a market (R2).
    pub(super) selection: bool,
    /// Least part of the known total that listed parts must cover, in percent (R2).
    pub(super) min_coverage_pct: f64,
}

/// One holder's part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Share {
    /// Amount; `None` when not known.
    pub(super) amount: Option<f64>,
    /// Percent of the total, unrounded; `None` when one of both is not known.
    pub(super) share_pct: Option<f64>,
    /// Position among named holders; `None` for residuals and unknown or zero amounts.
    pub(super) rank: Option<u32>,
    /// Whether some of its rows state no amount and were left out on both sides (R39).
    pub(super) incomplete: bool,
}

/// A block's shares in one unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Split {
    /// Named holders, then residuals.
    pub(super) shares: BTreeMap<i64, Share>,
    /// What was divided by.
    pub(super) total: Option<f64>,
    /// What that is.
    pub(super) denominator: Denominator,
    /// Listed parts as percent of the known total.
    pub(super) coverage_pct: Option<f64>,
    /// Named holders with a known amount above zero.
    pub(super) of: u32,
    /// Rows that state no amount in this unit and were left out on both sides (R39).
    pub(super) left_out: usize,
    /// Rows that count in the total.
    pub(super) rows: usize,
}

/// Why a block gives no shares in a unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NoShare {
    /// The file is a selection without a reported total.
    Selection,
    /// The listed parts cover too little of the known total, in percent.
    Coverage(f64),
    /// Quantities are in these units, which cannot be added.
    MixedUnits(Vec<String>),
}

/// Returns the units in which a block states amounts, quantities first.
pub(super) fn units(block: &Block<'_>) -> Vec<Counted> {
    let rows = || {
        block.additive().chain(&block.total).chain(block.groups.values()).flat_map(|pile| pile.plus.iter())
    };
    let mut found = Vec::new();
    for row in rows() {
        if row.quantity.is_some() && !row.quantity_unit.is_empty() && row.quantity_unit != "kg" {
            let counted = Counted::Quantity(row.quantity_unit.clone());
            if !found.contains(&counted) {
                found.push(counted);
            }
        }
    }
    found.extend(
        [Counted::Value, Counted::Weight].into_iter().filter(|c| rows().any(|row| c.of(row).is_some())),
    );
    found.sort();
    found
}

/// Computes the shares of a block in one unit.
///
/// The denominator is the reported total where every piece has one, else the sum over all parts and residuals (R2).
/// In that sum an unknown amount of money makes the total unknown (R28); rows without weight or quantity leave both
/// sides, and the part of the money that stays is the coverage (R39).
pub(super) fn split(block: &Block<'_>, counted: &Counted, terms: Terms) -> Result<Split, NoShare> {
    if let Counted::Quantity(_) = counted {
        let mixed: Vec<String> = units(block)
            .into_iter()
            .filter_map(|unit| match unit {
                Counted::Quantity(unit) => Some(unit),
                _ => None,
            })
            .collect();
        if mixed.len() > 1 {
            return Err(NoShare::MixedUnits(mixed));
        }
    }
    let sums: BTreeMap<i64, Sum> =
        block.parts.iter().chain(&block.residuals).map(|(id, pile)| (*id, pile.sum(counted))).collect();
    let known: f64 = sums.values().map(|sum| sum.known).sum();
    let unknown: usize = sums.values().map(|sum| sum.unknown).sum();
    let rows = sums.values().map(|sum| sum.stated + sum.unknown).sum();
    let reported =
        block.total.as_ref().and_then(|pile| pile.sum(counted).whole()).filter(|total| *total > 0.0);
    let mut split = Split {
        shares: BTreeMap::new(),
        total: reported,
        denominator: Denominator::World,
        coverage_pct: None,
        of: 0,
        left_out: 0,
        rows,
    };
    let lenient = reported.is_none() && *counted != Counted::Value;
    if let Some(total) = reported {
        split.coverage_pct = Some(100.0 * known / total);
    } else {
        if terms.selection {
            return Err(NoShare::Selection);
        }
        split.denominator = Denominator::PartnerSum;
        split.coverage_pct = money_covered(block, counted);
        if let Some(coverage) = split.coverage_pct
            && coverage < terms.min_coverage_pct
        {
            return Err(NoShare::Coverage(coverage));
        }
        let gaps = block.additive().any(|pile| pile.gap);
        let sure = if lenient { !gaps } else { unknown == 0 };
        split.total = (sure && known > 0.0).then_some(known);
        split.left_out = if lenient { unknown } else { 0 };
    }
    for (id, sum) in &sums {
        let stated = lenient && sum.stated > 0 && !pile_of(block, *id).is_some_and(|pile| pile.gap);
        let amount = if stated { Some(sum.known) } else { sum.whole() };
        let share_pct = amount.zip(split.total).map(|(amount, total)| 100.0 * amount / total);
        let incomplete = stated && sum.unknown > 0;
        split.shares.insert(*id, Share { amount, share_pct, rank: None, incomplete });
    }
    rank(&mut split, block);
    Ok(split)
}

/// Returns the share of some rows in a split total: a group's members together, or a group's own row.
pub(super) fn part(pile: &Pile<'_>, counted: &Counted, split: &Split) -> Share {
    let amount = pile.sum(counted).whole();
    let share_pct = amount.zip(split.total).map(|(amount, total)| 100.0 * amount / total);
    Share { amount, share_pct, rank: None, incomplete: false }
}

fn pile_of<'b, 'a>(block: &'b Block<'a>, id: i64) -> Option<&'b Pile<'a>> {
    block.parts.get(&id).or_else(|| block.residuals.get(&id))
}

/// Returns how much of the known money belongs to rows that state the amount, in percent.
fn money_covered(block: &Block<'_>, counted: &Counted) -> Option<f64> {
    let (mut with, mut all, mut sure) = (0.0, 0.0, true);
    for row in block.additive().flat_map(|pile| &pile.plus) {
        match row.value {
            Some(value) => {
                all += value;
                with += if counted.of(row).is_some() { value } else { 0.0 };
            }
            None => sure = false,
        }
    }
    let reported = block.total.as_ref().and_then(|pile| pile.sum(&Counted::Value).whole());
    let total = reported.or((sure && *counted != Counted::Value).then_some(all))?;
    (total > 0.0).then_some(100.0 * with / total)
}

/// Gives ranks to named holders, from unrounded amounts; equal amounts share a rank and the next is skipped (R26).
fn rank(split: &mut Split, block: &Block<'_>) {
    let mut order: Vec<(i64, f64)> = split
        .shares
        .iter()
        .filter(|(id, _)| block.parts.contains_key(id))
        .filter_map(|(id, share)| share.amount.filter(|amount| *amount > 0.0).map(|amount| (*id, amount)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    split.of = order.len() as u32;
    let mut before = (f64::NAN, 0);
    for (position, (id, amount)) in order.iter().enumerate() {
        let rank = if *amount == before.0 { before.1 } else { position as u32 + 1 };
        before = (*amount, rank);
        if let Some(share) = split.shares.get_mut(id) {
            share.rank = Some(rank);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::Row;
    use super::super::row::tests::row;
    use super::*;
    use crate::model::Role::{Memo, Part, Residual, Subtotal, Total};

    const TERMS: Terms = Terms { selection: false, min_coverage_pct: 95.0 };
    const WORLD: i64 = 0;
    const CN: i64 = 156;
    const DE: i64 = 276;
    const NES: i64 = 899;

    fn shares(rows: &[Row], counted: &Counted) -> Result<Split, NoShare> {
        split(&Block::of(&rows.iter().collect::<Vec<_>>(), false), counted, TERMS)
    }

    fn pct(split: &Split, id: i64) -> f64 {
        split.shares[&id].share_pct.expect("a share")
    }

    fn items(subject: i64, role: crate::model::Role, value: f64, quantity: f64, unit: &str) -> Row {
        Row { quantity: Some(quantity), quantity_unit: unit.to_owned(), ..row(subject, role, value) }
    }

    #[test]
    fn units_and_value_give_different_shares() {
        // R1: 60 cars for 900, 20 for 1,000, 20 for 100.
        let rows = [
            items(CN, Part, 900.0, 60.0, "items"),
            items(DE, Part, 1000.0, 20.0, "items"),
            items(392, Part, 100.0, 20.0, "items"),
        ];
        assert_eq!(pct(&shares(&rows, &Counted::Value).expect("shares"), CN), 45.0);
        assert_eq!(pct(&shares(&rows, &Counted::Quantity("items".to_owned())).expect("shares"), CN), 60.0);
    }

    #[test]
    fn the_reported_total_is_the_denominator_and_coverage_is_told() {
        // R2: World 1,000; 400, 250 and 50 not attributed.
        let mut rows = vec![
            row(WORLD, Total, 1000.0),
            row(CN, Part, 400.0),
            row(DE, Part, 250.0),
            row(NES, Residual, 50.0),
        ];
        let with = shares(&rows, &Counted::Value).expect("shares");
        assert_eq!(
            (pct(&with, CN), with.coverage_pct, with.denominator),
            (40.0, Some(70.0), Denominator::World)
        );
        rows.remove(0);
        let without = shares(&rows, &Counted::Value).expect("shares");
        assert!((pct(&without, CN) - 57.142_857).abs() < 1e-6);
        assert_eq!(without.denominator, Denominator::PartnerSum);
    }

    #[test]
    fn groups_are_not_added_and_residuals_are() {
        // R3: the eight rows add up to 2,300; the market is 1,000.
        let rows = [
            row(97, Subtotal, 300.0),
            row(DE, Part, 200.0),
            row(250, Part, 100.0),
            row(CN, Part, 400.0),
            row(490, Residual, 150.0),
            row(NES, Residual, 100.0),
            row(837, Residual, 50.0),
        ];
        let split = shares(&rows, &Counted::Value).expect("shares");
        assert_eq!((split.total, pct(&split, CN)), (Some(1000.0), 40.0));
        assert_eq!((split.shares[&NES].rank, split.of), (None, 3));
        assert!(!split.shares.contains_key(&97));
    }

    #[test]
    fn re_exports_are_taken_off_only_when_asked() {
        // R8: 500 of which 450 re-exported, of 1,000: 50 % gross, 50 of 550 net.
        let rows =
            [row(WORLD, Total, 1000.0), row(CN, Part, 500.0), row(DE, Part, 500.0), row(CN, Memo, 450.0)];
        let refs: Vec<&Row> = rows.iter().collect();
        let gross = split(&Block::of(&refs, false), &Counted::Value, TERMS).expect("shares");
        assert_eq!(pct(&gross, CN), 50.0);
        let net = split(&Block::of(&refs, true), &Counted::Value, TERMS).expect("shares");
        assert_eq!(net.total, Some(550.0));
        assert!((pct(&net, CN) - 9.090_909).abs() < 1e-6);
    }

    #[test]
    fn equal_amounts_share_a_rank_and_near_ones_do_not() {
        // R26.
        let near = [row(1, Part, 22.04), row(2, Part, 21.96), row(3, Part, 18.0), row(NES, Residual, 38.0)];
        let split = shares(&near, &Counted::Value).expect("shares");
        let ranks: Vec<Option<u32>> = split.shares.values().map(|share| share.rank).collect();
        assert_eq!(ranks, [Some(1), Some(2), Some(3), None]);
        let tied = [row(1, Part, 22.0), row(2, Part, 22.0), row(3, Part, 18.0), row(4, Part, 0.0)];
        let split = shares(&tied, &Counted::Value).expect("shares");
        let ranks: Vec<Option<u32>> = split.shares.values().map(|share| share.rank).collect();
        assert_eq!((ranks, split.of), (vec![Some(1), Some(1), Some(3), None], 3));
    }

    #[test]
    fn an_unknown_amount_of_money_makes_the_sum_unknown() {
        // R28: 30, ?, 50.
        let rows = [row(1, Part, 30.0), row(2, Part, None), row(3, Part, 50.0)];
        let split = shares(&rows, &Counted::Value).expect("no refusal");
        assert_eq!((split.total, split.shares[&1].share_pct), (None, None));
        let mut with_total = rows.to_vec();
        with_total.push(row(WORLD, Total, 100.0));
        let split = shares(&with_total, &Counted::Value).expect("shares");
        assert_eq!((pct(&split, 1), split.shares[&2].share_pct), (30.0, None));
    }

    #[test]
    fn rows_without_weight_leave_both_sides_while_little_money_is_behind_them() {
        let mut rows = vec![row(1, Part, 60.0), row(2, Part, 39.0), row(3, Part, 1.0)];
        rows[0].weight_kg = Some(3.0);
        rows[1].weight_kg = Some(1.0);
        let split = shares(&rows, &Counted::Weight).expect("shares");
        assert_eq!((pct(&split, 1), split.left_out, split.coverage_pct), (75.0, 1, Some(99.0)));
        assert_eq!(split.shares[&3].share_pct, None);
        rows[1].weight_kg = None;
        assert_eq!(shares(&rows, &Counted::Weight), Err(NoShare::Coverage(60.0)));
    }

    #[test]
    fn quantities_of_two_units_give_no_share() {
        // R39: pairs and items cannot be added.
        let rows = [items(1, Part, 1.0, 15.0, "items"), items(2, Part, 1.0, 5.0, "pairs")];
        let refused = shares(&rows, &Counted::Quantity("items".to_owned()));
        assert_eq!(refused, Err(NoShare::MixedUnits(vec!["items".to_owned(), "pairs".to_owned()])));
        assert!(shares(&rows, &Counted::Value).is_ok());
    }

    #[test]
    fn a_selection_is_no_market() {
        let rows = [row(1, Part, 30.0), row(2, Part, 50.0)];
        let block = Block::of(&rows.iter().collect::<Vec<_>>(), false);
        let terms = Terms { selection: true, ..TERMS };
        assert_eq!(split(&block, &Counted::Value, terms), Err(NoShare::Selection));
        let rows = [row(WORLD, Total, 100.0), row(1, Part, 30.0)];
        let block = Block::of(&rows.iter().collect::<Vec<_>>(), false);
        assert_eq!(pct(&split(&block, &Counted::Value, terms).expect("shares"), 1), 30.0);
    }

    #[test]
    fn longer_periods_are_totals_over_totals() {
        // R15: 50, 60 and 90 % of 100, 200 and 700 are 80 %, not the mean of 66.7 %.
        let months: Vec<Vec<Row>> = [(100.0, 50.0), (200.0, 120.0), (700.0, 630.0)]
            .into_iter()
            .map(|(total, china)| vec![row(WORLD, Total, total), row(CN, Part, china)])
            .collect();
        let pieces = months.iter().map(|rows| Block::of(&rows.iter().collect::<Vec<_>>(), false)).collect();
        let joined = split(&Block::join(pieces, true), &Counted::Value, TERMS).expect("shares");
        assert_eq!(pct(&joined, CN), 80.0);
    }
}
