//! Counts of what was passed over, for the remarks at the end.

use super::layout::Layout;
use super::what::Commodities;
use std::collections::{BTreeMap, BTreeSet};

/// Counts for remarks.
#[derive(Default)]
pub(super) struct Tally {
    pub surplus: u64,
    /// Lines that are remarks themselves.
    pub remarks: Vec<(u64, String)>,
    pub nameless: Vec<u64>,
    /// Lines that sum up the table.
    pub sums: Vec<u64>,
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
    /// Numbers whose last digits a spreadsheet rounded away.
    pub rounded: u64,
    /// The first of them: its column, line and text.
    pub first_rounded: Option<(usize, u64, String)>,
}

impl Tally {
    /// Counts a number such as `1.11E+13`, of which a spreadsheet kept three digits.
    pub(super) fn look_for_lost_digits(&mut self, cell: &[u8], column: usize, line: u64) {
        let Some(at) = memchr::memchr2(b'e', b'E', cell) else { return };
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default().trim();
        let (mantissa, exponent) = (text(&cell[..at]), text(&cell[at + 1..]));
        let Ok(exponent) = exponent.parse::<usize>() else { return };
        if !mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return;
        }
        let kept = mantissa.split_once(['.', ',']).map_or(0, |(_, digits)| digits.len());
        if kept < exponent && exponent > 2 {
            self.rounded += 1;
            self.first_rounded.get_or_insert_with(|| (column, line, text(cell).to_owned()));
        }
    }

    /// Turns the counts into remarks.
    pub(super) fn notes(&self, layout: &Layout<'_>, commodities: &Commodities) -> Vec<String> {
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
        if !self.sums.is_empty() {
            notes.push(format!("sums over rows of several kinds are left out: {}", lines(&self.sums)));
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
                "{} {} no part of a sum (per head, an index, a rate, or of a measure nobody here knows) and are never divided: {}",
                many(rows, "number"),
                if rows == 1 { "is" } else { "are" },
                super::layout::quoted(&names)
            ));
        }
        for ((_, count), rows) in layout.count.iter().zip(&self.counted) {
            if *rows > 0 {
                notes.push(count.remark.replace("{n}", &rows.to_string()));
            }
        }
        for word in &self.odd_units {
            notes.push(format!("unit `{word}` is not known: such quantities are kept as they stand or, beside a value, left out"));
        }
        if let Some((line, code)) = &commodities.first_padded {
            let column = layout.what.code.map_or("", |at| layout.header.cells[at].as_str());
            notes.push(format!(
                "zeros lost at the front are put back: {}, the first is `{code}` on line {line}, column `{column}`",
                many(commodities.padded, "code")
            ));
        }
        if let Some((at, line, text)) = &self.first_rounded {
            let column = layout.header.cells.get(*at).map_or("", String::as_str);
            notes.push(format!(
                "a spreadsheet rounded {} and the digits it cut off are lost: the first is `{text}` on line {line}, column `{column}`",
                many(self.rounded, "number")
            ));
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
