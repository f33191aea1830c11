//! Whether bytes look like a table, from their first kilobytes.

use super::frame::{self, Records};
use super::load::built_in;
use super::number::NumberForm;
use super::profile::{Cells, Profile};
use super::{TableOptions, decode, recognise, when};
use crate::ingest::packed;
use std::path::Path;

/// Says whether the first bytes of an input look like a table: a known header, or several lines cut evenly into columns
/// of which one holds numbers or periods. Prose with commas is no table; gzip and zstd are looked into.
///
/// `head` may be cut anywhere; some 64 KiB are enough.
pub fn looks_like_table(name: &Path, head: &[u8]) -> bool {
    let unpacked = packed::peek(head, 64 << 10);
    let head = unpacked.as_deref().unwrap_or(head);
    // A cut through a letter would make the head invalid as UTF-8.
    let whole =
        memchr::memrchr(b'\n', head).filter(|_| head.len() >= 4096).map_or(head, |at| &head[..at + 1]);
    let Ok(decoded) = decode::decode(name, whole, &TableOptions::default(), None) else { return false };
    let text: &str = &decoded.text;
    if text.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    let profiles: Vec<&Profile> = built_in().iter().collect();
    if recognise::find(name, text, &profiles, None).is_some() {
        return true;
    }
    let called = name.to_string_lossy().to_ascii_lowercase();
    let called = called.strip_suffix(".gz").or_else(|| called.strip_suffix(".zst")).unwrap_or(&called);
    let named = [".csv", ".tsv", ".tab"].iter().any(|ending| called.ends_with(ending));
    frame::delimiters(text).into_iter().any(|delimiter| even_columns(text, delimiter, named))
}

fn even_columns(text: &str, delimiter: u8, named: bool) -> bool {
    let Some((even, width)) = frame::evenness(frame::head(text), delimiter) else { return false };
    let mut records = Records::new(frame::head(text), 0, delimiter);
    let form = NumberForm::new(&Cells::default());
    let (mut rows, mut first) = (0_u32, true);
    let mut numeric = vec![0_u32; width];
    while rows < 60 && records.advance() {
        if records.cells().len() != width || std::mem::take(&mut first) {
            continue;
        }
        rows += 1;
        for (at, count) in numeric.iter_mut().enumerate() {
            let cell = records.text_of(at);
            // Decimal commas and thousands marks are numbers too here.
            let plain = cell.replace([',', ' '], "");
            let number =
                matches!(form.read(plain.as_bytes(), 1.0), Ok(Some(_))) || when::read(cell, None).is_some();
            *count += u32::from(number);
        }
    }
    let numbers = numeric.iter().any(|count| count * 10 >= rows * 8);
    if named { rows >= 1 && even >= 0.5 } else { rows >= 2 && even >= 0.9 && numbers }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(name: &str, text: &str) -> bool {
        looks_like_table(Path::new(name), text.as_bytes())
    }

    #[test]
    fn even_columns_with_numbers_are_a_table() {
        assert!(looks("x", "Make;Units\nLada;5\nHaval;7\nOmoda;9\n"));
        assert!(looks("x.txt", "Make\tUnits\nLada\t5\nHaval\t1,007\n"));
        assert!(looks("makes.csv", "Make,Home\nLada,Russia\n"));
        assert!(looks("x", "t,i,j,k,v,q\n"));
    }

    #[test]
    fn prose_and_other_formats_are_not() {
        for text in [
            "Chinese cars, mostly SUVs, took 81 percent.\nIn June, however, sales fell.\nAnd then, nothing.\n",
            "First, a line.\nSecond, a line.\nThird, a line.\nFourth, a line.\n",
            "{\"text\": \"a, b\"}\n{\"text\": \"c, d\"}\n",
            "<html><body>1,2\n3,4\n5,6</body>",
            "One line only",
            "",
        ] {
            assert!(!looks("x.txt", text), "{text}");
        }
        assert!(!looks("notes.csv", "just one column\nof words\n"));
    }

    #[test]
    fn a_head_cut_in_a_letter_is_still_a_table() {
        let mut text = String::from("Name;Units\n");
        for n in 0..500 {
            text.push_str(&format!("Škoda;{n}\n"));
        }
        let cut = text.len() - 6;
        let bytes = &text.as_bytes()[..cut - usize::from(text.is_char_boundary(cut))];
        assert!(looks_like_table(Path::new("x"), bytes));
    }
}
