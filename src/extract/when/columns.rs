//! Tables typed into the text: a line of times, and below it lines with one number for each of them.

use crate::extract::reading::{Reading, Sent};

/// How many lines below its head a row may stand.
const ROWS: usize = 40;
/// Most words besides times and numbers that a line of a table has.
const WORDS: usize = 6;

/// Returns the sentence and place of the time that heads the column of value `v` in sentence `s`.
///
/// The head is the nearest line above that has at least two times, no value and hardly a word; a row is a line with
/// exactly as many values.
pub(super) fn column(reading: &Reading<'_>, s: usize, v: usize) -> Option<(usize, usize)> {
    let row = reading.sents.get(s)?;
    let cells = row.values.len();
    if cells < 2 || !is_line(row) {
        return None;
    }
    let mut order: Vec<usize> = (0..cells).collect();
    order.sort_by_key(|&at| row.value_item(at));
    let nth = order.iter().position(|&at| at == v)?;
    for at in (s.saturating_sub(ROWS)..s).rev() {
        let above = &reading.sents[at];
        if above.paragraph == row.paragraph || !is_line(above) {
            return None;
        }
        if above.values.is_empty() && above.times.len() >= 2 {
            return (above.times.len() == cells).then_some((at, nth));
        }
        if above.values.len() != cells {
            return None;
        }
    }
    None
}

/// Returns whether a sentence reads as a line of a table: names and numbers, no full stop.
fn is_line(sent: &Sent<'_>) -> bool {
    let taken = |token: usize| {
        let inside = |(first, last): (usize, usize)| (first..=last).contains(&token);
        sent.times.iter().any(|t| inside(t.tokens)) || sent.values.iter().any(|v| inside(v.tokens))
    };
    let text = &sent.words.text[sent.range()];
    let words = (0..sent.words.len())
        .filter(|&at| !taken(at) && sent.words.lower(at).chars().any(char::is_alphabetic))
        .count();
    words <= WORDS && !text.ends_with(['.', '!', '?'])
}
