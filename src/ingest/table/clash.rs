//! One value a cell: doubles are dropped, clashes are rejected, amounts of nameless holders are added.

use super::frame::Records;
use super::hash::{QuickHasher, QuickMap};
use super::tally::many;
use crate::model::{Amounts, Basis, Figure, Meeting, Observation, Reject, Settled};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{Hash, Hasher};

/// Lines to be rejected with reasons, and how many doubles were dropped.
#[derive(Debug, Default)]
pub(super) struct Clashes {
    pub lines: BTreeMap<u64, String>,
    pub notes: Vec<String>,
}

/// Finds observations that claim one cell; `lost` are the lines of holders without a code, which may be many;
/// with `adds` rows of one cell are details of it.
pub(super) fn settle(observations: &mut Vec<Observation>, lost: &HashSet<u64>, adds: bool) -> Clashes {
    let doubles = doubles(observations);
    if doubles.is_empty() {
        return Clashes::default();
    }
    let mut settled = Settled::default();
    let mut gone = vec![false; observations.len()];
    for (first, second) in doubles {
        let (one, other) = (&observations[first], &observations[second]);
        let nameless = lost.contains(&one.line) && lost.contains(&other.line);
        let same_unit = one.quantity_unit == other.quantity_unit;
        let meeting = amounts(one).meet(&amounts(other), same_unit, adds, nameless);
        settled.count(meeting, one.line, other.line);
        match meeting {
            Meeting::Apart => continue,
            Meeting::Same => {}
            Meeting::Detail | Meeting::Lost => observations[first] = add(one, other),
            Meeting::Joined => observations[first] = join(one, other),
            Meeting::Clash => gone[first] = true,
        }
        gone[second] = true;
    }
    let mut at = 0;
    observations.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    told(&settled)
}

/// Says what was found out about rows of one cell: lines to be left out with their reasons, and remarks.
pub(super) fn told(settled: &Settled) -> Clashes {
    let mut clashes = Clashes::default();
    for (a, b) in &settled.clashes {
        clashes.lines.entry(*a).or_insert_with(|| clash(*b));
        clashes.lines.entry(*b).or_insert_with(|| clash(*a));
    }
    for (rows, what) in [
        (settled.same, None),
        (
            settled.details,
            Some("details (by state, port or region) are added to an earlier row of their cell"),
        ),
        (settled.joined, Some("joined to an earlier row of their cell, of which they give another measure")),
        (settled.lost, Some("holders whose code is lost are added to an earlier row of their cell")),
    ] {
        if rows > 0 {
            clashes.notes.push(what.map_or_else(
                || format!("dropped: {} that an earlier row says already", many(rows, "row")),
                |what| format!("{what}: {}", many(rows, "row")),
            ));
        }
    }
    clashes
}

/// Returns pairs of rows with one key, the first of the key first.
///
/// Sorted hashes tell whether there is any pair at all; for millions of rows that is quicker and smaller than a map.
fn doubles(observations: &[Observation]) -> Vec<(usize, usize)> {
    let print = |row: &Observation| {
        let mut hasher = QuickHasher::default();
        key(row).hash(&mut hasher);
        hasher.finish()
    };
    let mut prints: Vec<u64> = observations.iter().map(print).collect();
    prints.sort_unstable();
    let twice: HashSet<u64> =
        prints.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if twice.is_empty() {
        return Vec::new();
    }
    let mut seen: QuickMap<Key, usize> = QuickMap::default();
    let mut doubles = Vec::new();
    for (at, row) in observations.iter().enumerate().filter(|(_, row)| twice.contains(&print(row))) {
        match seen.entry(key(row)) {
            Entry::Vacant(entry) => {
                entry.insert(at);
            }
            Entry::Occupied(entry) => doubles.push((*entry.get(), at)),
        }
    }
    doubles
}

/// Finds figures that claim one cell.
pub(super) fn settle_figures(figures: &mut Vec<(u64, Figure)>) -> Clashes {
    let mut seen: HashMap<(String, String, String, Basis, Option<crate::model::Period>), usize> =
        HashMap::new();
    let mut clashes = Clashes::default();
    let mut gone = vec![false; figures.len()];
    let mut same = 0_u64;
    for (at, (line, figure)) in figures.iter().enumerate() {
        let key =
            (figure.market.key(), figure.subject.key(), figure.product.clone(), figure.basis, figure.period);
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
        clashes.notes.push(format!("dropped: {} that an earlier cell says already", many(same, "cell")));
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
        u64::from(self.3 as u32).hash(state);
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

fn amounts(o: &Observation) -> Amounts {
    Amounts { value: o.value, weight_kg: o.weight_kg, quantity: o.quantity }
}

fn join(one: &Observation, other: &Observation) -> Observation {
    let mut flags = one.flags.clone();
    flags.extend(other.flags.chars().filter(|flag| !one.flags.contains(*flag)));
    let unit = if one.quantity.is_some() { &one.quantity_unit } else { &other.quantity_unit };
    with(Observation { quantity_unit: unit.clone(), flags, ..one.clone() }, amounts(one).or(&amounts(other)))
}

/// Marks a row that several lines were added up to, of which it names the first.
fn with_mark(flags: &str) -> String {
    if flags.contains('+') { flags.to_owned() } else { format!("{flags}+") }
}

fn add(one: &Observation, other: &Observation) -> Observation {
    let row = Observation { flags: with_mark(&one.flags), ..one.clone() };
    with(row, amounts(one).plus(&amounts(other)))
}

fn with(row: Observation, amounts: Amounts) -> Observation {
    Observation { value: amounts.value, weight_kg: amounts.weight_kg, quantity: amounts.quantity, ..row }
}
