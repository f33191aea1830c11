//! One value a cell: doubles are dropped, clashes are rejected, amounts of nameless holders are added.

use super::frame::Records;
use crate::model::{Figure, Observation, Reject};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

/// Lines to be rejected with reasons, and how many doubles were dropped.
#[derive(Debug, Default)]
pub(super) struct Clashes {
    pub lines: BTreeMap<u64, String>,
    pub notes: Vec<String>,
}

/// Finds observations that claim one cell; `lost` are the lines of holders without a code, which may be many.
pub(super) fn settle(observations: &mut Vec<Observation>, lost: &HashSet<u64>) -> Clashes {
    let mut seen: HashMap<Key, u32> = HashMap::with_capacity(observations.len());
    let mut doubles: Vec<(usize, usize)> = Vec::new();
    for (at, observation) in observations.iter().enumerate() {
        match seen.entry(key(observation)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(at as u32);
            }
            std::collections::hash_map::Entry::Occupied(entry) => doubles.push((*entry.get() as usize, at)),
        }
    }
    if doubles.is_empty() {
        return Clashes::default();
    }
    let mut clashes = Clashes::default();
    let (mut same, mut added) = (0_u64, 0_u64);
    let mut gone = vec![false; observations.len()];
    for (first, second) in doubles {
        let (one, other) = (&observations[first], &observations[second]);
        if amounts(one) == amounts(other) {
            same += 1;
            gone[second] = true;
        } else if lost.contains(&one.line)
            && lost.contains(&other.line)
            && one.quantity_unit == other.quantity_unit
        {
            added += 1;
            let sum = add(one, other);
            observations[first] = sum;
            gone[second] = true;
        } else if one.quantity_unit != other.quantity_unit && one.value.is_none() && other.value.is_none() {
            // Two units of one thing, each in its own row.
        } else {
            let (a, b) = (one.line, other.line);
            clashes.lines.entry(a).or_insert_with(|| clash(b));
            clashes.lines.entry(b).or_insert_with(|| clash(a));
            gone[first] = true;
            gone[second] = true;
        }
    }
    let mut at = 0;
    observations.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    if same > 0 {
        clashes.notes.push(format!("{same} rows say again what an earlier row says and are dropped"));
    }
    if added > 0 {
        clashes.notes.push(format!(
            "{added} rows of holders whose code is lost are added to an earlier row of the same cell"
        ));
    }
    clashes
}

/// Finds figures that claim one cell.
pub(super) fn settle_figures(figures: &mut Vec<(u64, Figure)>) -> Clashes {
    let mut seen: HashMap<(String, String, String, Option<crate::model::Period>), usize> = HashMap::new();
    let mut clashes = Clashes::default();
    let mut gone = vec![false; figures.len()];
    let mut same = 0_u64;
    for (at, (line, figure)) in figures.iter().enumerate() {
        let key = (figure.market.key(), figure.subject.key(), figure.product.clone(), figure.period);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, at);
            continue;
        };
        let (other_line, other) = &figures[*first];
        gone[at] = true;
        if other.value == figure.value {
            same += 1;
        } else {
            gone[*first] = true;
            clashes.lines.entry(*line).or_insert_with(|| clash(*other_line));
            clashes.lines.entry(*other_line).or_insert_with(|| clash(*line));
        }
    }
    let mut at = 0;
    figures.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    if same > 0 {
        clashes.notes.push(format!("{same} cells say again what an earlier cell says and are dropped"));
    }
    clashes
}

/// Turns clashing lines into rejects; the records are read once more for their raw text.
pub(super) fn rejects(mut records: Records<'_>, lines: &BTreeMap<u64, String>) -> Vec<Reject> {
    let mut rejects = Vec::new();
    while rejects.len() < lines.len() && records.advance() {
        if let Some(reason) = lines.get(&records.line()) {
            rejects.push(Reject {
                line: records.line(),
                column: String::new(),
                reason: reason.clone(),
                raw: records.raw(),
            });
        }
    }
    rejects
}

fn clash(line: u64) -> String {
    format!(
        "line {line} gives another number for the same market, subject, commodity, flow and period: a dimension is missed, or the rows are parts"
    )
}

#[derive(PartialEq, Eq)]
struct Key(u32, u32, u32, i32, u32);

impl Hash for Key {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (u64::from(self.0) << 32 | u64::from(self.1)).hash(state);
        (u64::from(self.2) << 32 | u64::from(self.4)).hash(state);
        self.3.hash(state);
    }
}

fn key(o: &Observation) -> Key {
    let (first, count) = o.period.month_run().unwrap_or_else(|| {
        let day = o.period.first_day();
        (i32::from(day.year()) * 12 + i32::from(day.month()) - 1, 100 + day.day() as u16)
    });
    Key(
        o.market,
        o.subject,
        o.commodity,
        first,
        u32::from(count) << 16 | (o.basis as u32) << 8 | o.role as u32,
    )
}

fn amounts(o: &Observation) -> (Option<f64>, Option<f64>, Option<f64>, &str) {
    (o.value, o.weight_kg, o.quantity, &o.quantity_unit)
}

fn add(one: &Observation, other: &Observation) -> Observation {
    // A sum with an unknown is unknown (R28).
    let sum = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
    Observation {
        value: sum(one.value, other.value),
        weight_kg: sum(one.weight_kg, other.weight_kg),
        quantity: sum(one.quantity, other.quantity),
        ..one.clone()
    }
}
