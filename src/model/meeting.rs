//! Two rows of one cell: what each says, and what that makes of them.

/// The amounts of a row; `None` is unknown, not zero.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amounts {
    /// Money.
    pub value: Option<f64>,
    /// Net weight in kilograms.
    pub weight_kg: Option<f64>,
    /// Supplementary quantity.
    pub quantity: Option<f64>,
}

/// What two rows of one market, subject, commodity, basis, period and role are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// The second says nothing new.
    Same,
    /// Both are details of the cell, by state or port: their sum is meant.
    Detail,
    /// Both are of holders whose code is lost: their sum is meant.
    Lost,
    /// They give different measures of one cell: its value and its weight.
    Joined,
    /// They count in two units: each is a row of its own.
    Apart,
    /// They contradict each other: neither can be kept.
    Clash,
}

impl Amounts {
    /// Returns what two rows of one cell are to each other. `adds`: the table's rows are details; `lost`: both holders are
    /// nameless.
    pub fn meet(&self, other: &Self, same_unit: bool, adds: bool, lost: bool) -> Meeting {
        if adds && same_unit {
            Meeting::Detail
        } else if self == other && same_unit {
            Meeting::Same
        } else if lost && same_unit {
            Meeting::Lost
        } else if self.complements(other) {
            Meeting::Joined
        } else if !same_unit && self.value.is_none() && other.value.is_none() {
            Meeting::Apart
        } else {
            Meeting::Clash
        }
    }

    fn complements(&self, other: &Self) -> bool {
        [(self.value, other.value), (self.weight_kg, other.weight_kg), (self.quantity, other.quantity)]
            .iter()
            .all(|(a, b)| a.is_none() || b.is_none())
    }

    /// Adds amount by amount; a sum with an unknown is unknown (R28).
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let sum = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
        Self {
            value: sum(self.value, other.value),
            weight_kg: sum(self.weight_kg, other.weight_kg),
            quantity: sum(self.quantity, other.quantity),
        }
    }

    /// Fills what is unknown from the other row.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            value: self.value.or(other.value),
            weight_kg: self.weight_kg.or(other.weight_kg),
            quantity: self.quantity.or(other.quantity),
        }
    }
}

/// What was found out about rows of one cell while a table was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Rows that an earlier row says already.
    pub same: u64,
    /// Rows added to an earlier row of their cell, of which they are details.
    pub details: u64,
    /// Rows joined to an earlier row of their cell, of which they give another measure.
    pub joined: u64,
    /// Rows of nameless holders, added to an earlier row of their cell.
    pub lost: u64,
    /// Lines of two rows that contradict each other, the earlier first; neither is kept.
    pub clashes: Vec<(u64, u64)>,
}

impl Settled {
    /// Counts a meeting of two rows with these lines.
    pub fn count(&mut self, meeting: Meeting, first: u64, second: u64) {
        match meeting {
            Meeting::Same => self.same += 1,
            Meeting::Detail => self.details += 1,
            Meeting::Joined => self.joined += 1,
            Meeting::Lost => self.lost += 1,
            Meeting::Apart => {}
            Meeting::Clash => self.clashes.push((first, second)),
        }
    }
}
