//! Counts of what was passed over, for the remarks at the end.

use super::layout::Layout;
use std::collections::{BTreeMap, BTreeSet};

/// Counts for remarks.
#[derive(Default)]
pub(super) struct Tally {
    pub surplus: u64,
    /// Lines that are remarks themselves.
    pub remarks: Vec<(u64, String)>,
    pub nameless: Vec<u64>,
    pub empty: u64,
    /// Flags of rows without a number.
    pub empty_flags: BTreeMap<String, u64>,
    /// Remarks of the profile's cases, with their rows.
    pub of_cases: BTreeMap<String, u64>,
    /// Measures that are no parts of a sum, with their rows.
    pub memos: BTreeMap<String, u64>,
    /// By column: rows left out and the line of the first.
    pub kept_out: BTreeMap<usize, (u64, u64)>,
    /// By the place of the profile's `count` entries.
    pub counted: Vec<u64>,
    /// By flow word.
    pub skipped: BTreeMap<String, u64>,
    pub zeros: u64,
    pub all_zero: Vec<u64>,
    pub totals_of_shares: u64,
    pub odd_units: BTreeSet<String>,
}

impl Tally {
    /// Turns the counts into remarks; `padded` codes got their zeros back.
    pub(super) fn notes(&self, layout: &Layout<'_>, padded: u64) -> Vec<String> {
        let mut notes = Vec::new();
        let profile = layout.profile;
        if self.surplus > 0 {
            let names = layout.header.cells.len();
            let records = many(self.surplus, "record");
            notes.push(format!(
                "empty cells beyond the {names} names of the header are passed over: {records}"
            ));
        }
        for (at, keep) in &layout.keep {
            if let Some((rows, line)) = self.kept_out.get(at) {
                notes.push(format!("left out from line {line} on: {}: {}", many(*rows, "row"), keep.why));
            }
        }
        for (word, rows) in &self.skipped {
            notes.push(format!("left out: {} of flow `{word}`, inside other rows", many(*rows, "row")));
        }
        for (line, text) in self.remarks.iter().take(5) {
            notes.push(format!("line {line} is a remark, not a row: {text}"));
        }
        if self.remarks.len() > 5 {
            notes.push(format!("{} more lines are remarks, not rows", self.remarks.len() - 5));
        }
        if !self.nameless.is_empty() {
            notes.push(format!("nameless rows are left out: {}", lines(&self.nameless)));
        }
        if !self.all_zero.is_empty() {
            let why = profile.wide.as_ref().and_then(|wide| wide.all_zero.clone()).unwrap_or_default();
            notes.push(format!("{}: {why}", lines(&self.all_zero)));
        }
        let zero = profile.share.as_ref().and_then(|share| share.zero.as_ref());
        if let Some(zero) = zero.filter(|_| self.zeros > 0) {
            notes.push(zero.replace("{n}", &self.zeros.to_string()));
        }
        if self.totals_of_shares > 0 {
            notes.push(format!(
                "{} cells are the total of the shares and are left out",
                self.totals_of_shares
            ));
        }
        if self.empty > 0 {
            let mut note =
                format!("left out: {} without a number: missing is not zero", many(self.empty, "row"));
            for (flag, rows) in &self.empty_flags {
                note.push_str(&format!("; flag `{flag}`: {rows}"));
            }
            notes.push(note);
        }
        for (note, rows) in &self.of_cases {
            notes.push(format!("{}: {note}", many(*rows, "row")));
        }
        if !self.memos.is_empty() {
            let rows = self.memos.values().sum();
            let names: Vec<&str> = self.memos.keys().map(String::as_str).collect();
            notes.push(format!(
                "{} are no parts of a sum (per head, an index, a rate, or of a measure nobody here knows) and are never divided: {}",
                many(rows, "number"),
                super::layout::quoted(&names)
            ));
        }
        for ((_, count), rows) in layout.count.iter().zip(&self.counted) {
            if *rows > 0 {
                notes.push(count.remark.replace("{n}", &rows.to_string()));
            }
        }
        for word in &self.odd_units {
            notes.push(format!("unit `{word}` is not known and is kept as it stands"));
        }
        if padded > 0 {
            notes.push(format!("zeros lost at the front are put back: {}", many(padded, "code")));
        }
        notes
    }
}

fn lines(lines: &[u64]) -> String {
    let mut text = lines.iter().take(5).map(|line| format!("line {line}")).collect::<Vec<_>>().join(", ");
    if lines.len() > 5 {
        text.push_str(&format!(" and {} more", lines.len() - 5));
    }
    text
}

/// Writes a number and its noun: `1 row`, `2 rows`.
pub(super) fn many(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
