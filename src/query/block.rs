//! The rows behind one total: parts, residuals, the reported total, and how blocks of rows are joined.

use super::row::{Counted, Row};
use crate::model::{Period, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are added up, and rows that are taken off again.
#[derive(Debug, Clone, Default)]
pub(super) struct Pile<'a> {
    /// Added.
    pub(super) plus: Vec<&'a Row>,
    /// Taken off: re-exports (R8), trade inside a group (R12).
    pub(super) minus: Vec<&'a Row>,
    /// Whether a piece of the period says nothing about it and absence is not zero (R28).
    pub(super) gap: bool,
}

/// A sum and what is not known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sum {
    /// Sum of what is stated.
    pub(super) known: f64,
    /// Rows that state an amount.
    pub(super) stated: usize,
    /// Rows, or gaps, that state none.
    pub(super) unknown: usize,
}

impl Sum {
    /// Returns the sum when every row states its amount (R28).
    pub(super) fn whole(&self) -> Option<f64> {
        (self.unknown == 0 && self.stated > 0).then_some(self.known)
    }
}

impl<'a> Pile<'a> {
    /// Adds up the amounts.
    pub(super) fn sum(&self, counted: &Counted) -> Sum {
        let mut sum = Sum { known: 0.0, stated: 0, unknown: usize::from(self.gap) };
        for (rows, sign) in [(&self.plus, 1.0), (&self.minus, -1.0)] {
            for row in rows {
                match counted.of(row) {
                    Some(amount) => {
                        sum.known += sign * amount;
                        sum.stated += 1;
                    }
                    None => sum.unknown += 1,
                }
            }
        }
        sum
    }

    fn take(&mut self, other: Self) {
        self.plus.extend(other.plus);
        self.minus.extend(other.minus);
        self.gap |= other.gap;
    }
}

/// Everything known of one market, basis and period.
#[derive(Debug, Clone, Default)]
pub(super) struct Block<'a> {
    /// Named holders.
    pub(super) parts: BTreeMap<i64, Pile<'a>>,
    /// Amounts of nobody in particular: in the total, never ranked (R3).
    pub(super) residuals: BTreeMap<i64, Pile<'a>>,
    /// Groups and regions as the file reports them: never added (R3).
    pub(super) groups: BTreeMap<i64, Pile<'a>>,
    /// The reported total; `None` when the file has none or not for every piece.
    pub(super) total: Option<Pile<'a>>,
    /// Codes whose rows are in it.
    pub(super) codes: BTreeSet<i64>,
}

impl<'a> Block<'a> {
    /// Sorts the rows of one market, basis and period by their role; `net` takes memo rows off (R8).
    ///
    /// With several codes the total is known only when each code has its own.
    pub(super) fn of(rows: &[&'a Row], net: bool) -> Self {
        let mut block = Self { codes: rows.iter().map(|row| row.commodity).collect(), ..Self::default() };
        let mut total = Pile::default();
        let mut totalled = BTreeSet::new();
        for row in rows {
            match row.role {
                Role::Part => block.parts.entry(row.subject).or_default().plus.push(row),
                Role::Residual => block.residuals.entry(row.subject).or_default().plus.push(row),
                Role::Subtotal => block.groups.entry(row.subject).or_default().plus.push(row),
                Role::Total => {
                    totalled.insert(row.commodity);
                    total.plus.push(row);
                }
                Role::Memo => {}
            }
        }
        let whole = !totalled.is_empty() && totalled == block.codes;
        if net {
            block.take_off(rows, &mut total);
        }
        block.total = whole.then_some(total);
        block
    }

    fn take_off(&mut self, rows: &[&'a Row], total: &mut Pile<'a>) {
        let whole: BTreeSet<i64> = total.plus.iter().map(|row| row.subject).collect();
        let (of_total, of_parts): (Vec<&Row>, Vec<&Row>) =
            rows.iter().filter(|row| row.role == Role::Memo).partition(|row| whole.contains(&row.subject));
        for row in &of_parts {
            for piles in [&mut self.parts, &mut self.residuals, &mut self.groups] {
                if let Some(pile) = piles.get_mut(&row.subject) {
                    pile.minus.push(row);
                }
            }
        }
        total.minus = if of_total.is_empty() { of_parts } else { of_total };
    }

    /// Joins the blocks of the periods that make up a longer one (R15).
    ///
    /// A holder that one of them does not name had nothing there when the data are `exhaustive`, else it is not known (R28).
    pub(super) fn join(pieces: Vec<Self>, exhaustive: bool) -> Self {
        let count = pieces.len();
        let totals = pieces.iter().filter(|piece| piece.total.is_some()).count();
        let mut whole = Self::default();
        let mut seen: BTreeMap<(u8, i64), usize> = BTreeMap::new();
        let mut total = Pile::default();
        for piece in pieces {
            whole.codes.extend(piece.codes);
            for (kind, from) in [(0, piece.parts), (1, piece.residuals), (2, piece.groups)] {
                let into = whole.piles(kind);
                for (holder, pile) in from {
                    into.entry(holder).or_default().take(pile);
                    *seen.entry((kind, holder)).or_default() += 1;
                }
            }
            if let Some(more) = piece.total {
                total.take(more);
            }
        }
        if !exhaustive {
            for ((kind, holder), times) in seen {
                if times < count
                    && let Some(pile) = whole.piles(kind).get_mut(&holder)
                {
                    pile.gap = true;
                }
            }
        }
        whole.total = (count > 0 && totals == count).then_some(total);
        whole
    }

    /// Joins the blocks of a group's members, without their trade with each other (R12).
    pub(super) fn outside(members: &BTreeSet<i64>, blocks: Vec<Self>, exhaustive: bool) -> Self {
        let pieces = blocks
            .into_iter()
            .map(|mut block| {
                let inside: Vec<i64> =
                    block.parts.keys().filter(|holder| members.contains(holder)).copied().collect();
                for holder in inside {
                    let Some(pile) = block.parts.remove(&holder) else { continue };
                    if let Some(total) = &mut block.total {
                        total.minus.extend(pile.plus);
                        total.plus.extend(pile.minus);
                        total.gap |= pile.gap;
                    }
                }
                // A region's own row may hold members: it cannot be cut at the border.
                block.groups.clear();
                block
            })
            .collect();
        Self::join(pieces, exhaustive)
    }

    /// Returns the members' rows as one pile; absent members hold nothing when the data are `exhaustive` (R28).
    pub(super) fn together(&self, members: &BTreeSet<i64>, exhaustive: bool) -> Pile<'a> {
        let mut pile = Pile::default();
        for member in members {
            match self.parts.get(member) {
                Some(part) => pile.take(part.clone()),
                None => pile.gap |= !exhaustive,
            }
        }
        pile
    }

    /// Returns every row that counts in the total: parts and residuals.
    pub(super) fn additive(&self) -> impl Iterator<Item = &Pile<'a>> {
        self.parts.values().chain(self.residuals.values())
    }

    fn piles(&mut self, kind: u8) -> &mut BTreeMap<i64, Pile<'a>> {
        match kind {
            0 => &mut self.parts,
            1 => &mut self.residuals,
            _ => &mut self.groups,
        }
    }
}

/// Sorts rows into one list for each period.
pub(super) fn by_period(rows: &[Row]) -> BTreeMap<Period, Vec<&Row>> {
    let mut periods: BTreeMap<Period, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        periods.entry(row.period).or_default().push(row);
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::super::row::tests::row;
    use super::*;

    fn of(rows: &[Row]) -> Block<'_> {
        Block::of(&rows.iter().collect::<Vec<_>>(), false)
    }

    #[test]
    fn several_codes_need_a_total_each() {
        let mut other = row(2, Role::Part, 5.0);
        other.commodity = 2;
        let mut rows = vec![row(0, Role::Total, 10.0), row(2, Role::Part, 10.0), other];
        assert!(of(&rows).total.is_none());
        let mut total = row(0, Role::Total, 5.0);
        total.commodity = 2;
        rows.push(total);
        let block = of(&rows);
        assert_eq!(block.total.expect("a total").sum(&Counted::Value).whole(), Some(15.0));
    }

    #[test]
    fn absence_is_zero_only_in_an_exhaustive_block() {
        let rows = [row(1, Role::Part, 30.0), row(2, Role::Part, 50.0)];
        let other = [row(2, Role::Part, 50.0)];
        let join = |exhaustive| Block::join(vec![of(&rows), of(&other)], exhaustive);
        assert_eq!(join(true).parts[&1].sum(&Counted::Value).whole(), Some(30.0));
        assert_eq!(join(false).parts[&1].sum(&Counted::Value).whole(), None);
        assert_eq!(join(false).parts[&2].sum(&Counted::Value).whole(), Some(100.0));
    }

    #[test]
    fn a_sum_with_an_unknown_is_unknown() {
        let rows = [row(1, Role::Part, 30.0), row(1, Role::Part, None), row(1, Role::Part, 50.0)];
        let sum = of(&rows).parts[&1].sum(&Counted::Value);
        assert_eq!((sum.whole(), sum.known, sum.unknown), (None, 80.0, 1));
    }

    #[test]
    fn trade_inside_a_group_leaves_its_market() {
        // R12: China's 200 are 40 % of the 500 from outside, not 10 % of 2,000.
        let germany = [
            row(0, Role::Total, 1200.0),
            row(156, Role::Part, 120.0),
            row(250, Role::Part, 900.0),
            row(840, Role::Part, 180.0),
        ];
        let france = [
            row(0, Role::Total, 800.0),
            row(156, Role::Part, 80.0),
            row(276, Role::Part, 600.0),
            row(840, Role::Part, 120.0),
        ];
        let members = BTreeSet::from([250, 276]);
        let block = Block::outside(&members, vec![of(&germany), of(&france)], true);
        assert_eq!(block.total.as_ref().expect("a total").sum(&Counted::Value).whole(), Some(500.0));
        assert_eq!(block.parts[&156].sum(&Counted::Value).whole(), Some(200.0));
        assert!(!block.parts.contains_key(&276));
    }
}
