//! Text to records: delimiter, line numbers, byte spans, and records cut off by the end of the file.

use csv::ByteRecord;

/// Delimiters that are looked for, most usual first.
pub(super) const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Records of a text, one at a time.
pub(super) struct Records<'a> {
    text: &'a str,
    offset: usize,
    reader: csv::Reader<&'a [u8]>,
    delimiter: u8,
    record: ByteRecord,
    counted: usize,
    line: u64,
    span: (usize, usize),
    /// Whether a quote opened on the record's line is never closed.
    unclosed: bool,
    /// How many such lines were met.
    rewound: u32,
    /// Bytes of the table before the text.
    before: usize,
    /// Whether the last record may be cut off: else the text ends where a record does.
    open: bool,
}

/// Lines with a quote that is never closed that are passed over one by one; after more of them the rest is one record.
const REWINDS: u32 = 20;

impl<'a> Records<'a> {
    /// Reads from the byte `offset`, which begins a line.
    pub(super) fn new(text: &'a str, offset: usize, delimiter: u8) -> Self {
        Self {
            text,
            offset,
            reader: reader(&text.as_bytes()[offset..], delimiter),
            delimiter,
            record: ByteRecord::new(),
            counted: 0,
            line: 1,
            span: (0, 0),
            unclosed: false,
            rewound: 0,
            before: 0,
            open: true,
        }
    }

    /// Reads a piece of a table, whose first byte is the byte `before` on this line of it; with `open` it may end inside a
    /// record.
    pub(super) fn piece(self, line: u64, before: usize, open: bool) -> Self {
        Self { line, before, open, ..self }
    }

    /// Moves to the next record; `false` at the end.
    pub(super) fn advance(&mut self) -> bool {
        let from = self.offset + self.reader.position().byte() as usize;
        if !self.reader.read_byte_record(&mut self.record).expect("a reader over memory cannot fail") {
            return false;
        }
        let bytes = self.text.as_bytes();
        let to = self.offset + self.reader.position().byte() as usize;
        // The reader's position stands before the line end of the record before, and before blank lines.
        let start = from + bytes[from..to].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let end = to - bytes[start..to].iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        self.line += memchr::memchr_iter(b'\n', &bytes[self.counted..start]).count() as u64;
        self.counted = start;
        self.span = (start, end.max(start));
        self.unclosed = false;
        if to == bytes.len() && self.rewound < REWINDS && self.is_cut_off() {
            self.pass_over_line();
        }
        true
    }

    /// A quote that is never closed takes every line to the end for one cell: only its own line is bad, and reading goes
    /// on below it.
    fn pass_over_line(&mut self) {
        let (start, end) = self.span;
        let bytes = self.text.as_bytes();
        let Some(length) = memchr::memchr(b'\n', &bytes[start..end]) else { return };
        self.rewound += 1;
        self.unclosed = true;
        self.span = (start, start + length);
        self.record = ByteRecord::from(vec![&bytes[start..start + length]]);
        self.offset = start + length + 1;
        self.reader = reader(&bytes[self.offset..], self.delimiter);
    }

    /// Says whether a quote opened on the record's line is never closed.
    pub(super) fn is_unclosed(&self) -> bool {
        self.unclosed
    }

    /// Returns the cells.
    pub(super) fn cells(&self) -> &ByteRecord {
        &self.record
    }

    /// Returns the cell as text; blanks at its ends are off.
    pub(super) fn text_of(&self, at: usize) -> &str {
        std::str::from_utf8(self.record.get(at).unwrap_or_default()).unwrap_or_default().trim()
    }

    /// Returns the line, from 1, where the record begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Returns the byte range of the record in the text, without its line end.
    pub(super) fn span(&self) -> (usize, usize) {
        (self.before + self.span.0, self.before + self.span.1)
    }

    /// Returns the byte after the record and its line end.
    pub(super) fn next_byte(&self) -> usize {
        self.offset + self.reader.position().byte() as usize
    }

    /// Returns the record as it stands in the text, at most 1,000 characters.
    pub(super) fn raw(&self) -> String {
        self.text[self.span.0..self.span.1].chars().take(1000).collect()
    }

    /// Says whether the record ends the text inside a quoted cell: the file was cut off there.
    pub(super) fn is_cut_off(&self) -> bool {
        if self.unclosed || !self.open {
            return self.unclosed;
        }
        let raw = &self.text.as_bytes()[self.span.0..self.span.1];
        // Only the last record can be; line ends after the quote are inside it.
        self.text.as_bytes()[self.span.1..].iter().all(|b| matches!(b, b'\r' | b'\n'))
            && memchr::memchr_iter(b'"', raw).count() % 2 == 1
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(bytes)
}

/// Returns the line, from 1, and the length of the first line that is longer than a table's lines are.
pub(super) fn overlong_line(text: &str) -> Option<(u64, usize)> {
    let mut start = 0;
    let mut line = 1;
    while text.len() - start > LONGEST_LINE {
        let length = memchr::memchr(b'\n', &text.as_bytes()[start..]).unwrap_or(text.len() - start);
        if length > LONGEST_LINE {
            return Some((line, length));
        }
        start += length + 1;
        line += 1;
    }
    None
}

/// Longest line of a table, in bytes: the widest real ones have some hundred thousand.
pub(super) const LONGEST_LINE: usize = 4 << 20;

/// Returns delimiters by how evenly they cut the first lines; those that cut nothing are left out.
pub(super) fn delimiters(text: &str) -> Vec<u8> {
    let mut scored: Vec<(f64, u8)> = DELIMITERS
        .into_iter()
        .filter_map(|delimiter| {
            evenness(head(text), delimiter).map(|(even, width)| (even * (width as f64).ln_1p(), delimiter))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, delimiter)| delimiter).collect()
}

/// Returns the share of records with the most frequent width, and that width, when it is 2 or more.
pub(super) fn evenness(head: &str, delimiter: u8) -> Option<(f64, usize)> {
    let mut records = Records::new(head, 0, delimiter);
    let mut widths = Vec::new();
    while widths.len() < 60 && records.advance() {
        widths.push(records.cells().len());
    }
    let best = widths
        .iter()
        .copied()
        .filter(|width| *width > 1)
        .max_by_key(|width| (widths.iter().filter(|w| *w == width).count(), *width))?;
    let even = widths.iter().filter(|w| **w == best).count() as f64 / widths.len() as f64;
    Some((even, best))
}

/// Guesses the header: the first of the first 20 records that has as many filled cells as any of them, less one for an
/// index column without a name. Returns its cells and the byte after it.
pub(super) fn likely_header(text: &str, delimiter: u8) -> Option<(Vec<String>, usize)> {
    let mut records = Records::new(head(text), 0, delimiter);
    let mut all = Vec::new();
    while all.len() < 20 && records.advance() {
        let cells: Vec<String> =
            (0..records.cells().len()).map(|at| records.text_of(at).to_owned()).collect();
        all.push((cells, records.next_byte()));
    }
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let most = all.iter().map(|(cells, _)| filled(cells)).max()?;
    all.into_iter().find(|(cells, _)| filled(cells) + 1 >= most)
}

/// Returns the first 64 KiB, whole lines.
pub(super) fn head(text: &str) -> &str {
    const HEAD: usize = 64 << 10;
    if text.len() <= HEAD {
        return text;
    }
    let cut = memchr::memrchr(b'\n', &text.as_bytes()[..HEAD]).map_or(0, |at| at + 1);
    &text[..cut]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String, Vec<String>)> {
        let mut records = Records::new(text, 0, b',');
        let mut all = Vec::new();
        while records.advance() {
            let cells = (0..records.cells().len()).map(|at| records.text_of(at).to_owned()).collect();
            all.push((records.line(), records.raw(), cells));
        }
        all
    }

    #[test]
    fn lines_and_spans_are_right_with_every_line_end() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "", "\"x", "y\",2", "3,4"].join(end);
            let read = lines(&text);
            let starts: Vec<u64> = read.iter().map(|(line, ..)| *line).collect();
            assert_eq!(starts, [1, 3, 5], "{end:?}");
            assert_eq!(read[1].1, format!("\"x{end}y\",2"));
            assert_eq!(read[2].2, ["3", "4"]);
        }
    }

    #[test]
    fn a_record_cut_inside_quotes_is_known() {
        let cut = |text: &str| {
            let mut records = Records::new(text, 0, b',');
            while records.advance() {
                if records.is_cut_off() {
                    return Some(records.line());
                }
            }
            None
        };
        assert_eq!(cut("a,b\n1,\"tw"), Some(2));
        assert_eq!(cut("a,b\n1,\"tw\n"), Some(2));
        assert_eq!(cut("a,b\n1,\"t\"\"w\""), None);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line() {
        let text = "a,b\n1,\"two\n3,4\n5,\"six\"\n";
        let read = lines(text);
        let starts: Vec<u64> = read.iter().map(|(line, ..)| *line).collect();
        assert_eq!(starts, [1, 2, 3, 4]);
        assert_eq!((read[1].1.as_str(), &read[2].2), ("1,\"two", &vec!["3".to_owned(), "4".to_owned()]));
        assert_eq!(read[3].2, ["5", "six"]);
    }

    #[test]
    fn a_line_of_megabytes_is_found() {
        assert_eq!(overlong_line("a,b\n1,2\n"), None);
        let text = format!("a,b\n1,{}\n", "x".repeat(LONGEST_LINE));
        assert_eq!(overlong_line(&text), Some((2, LONGEST_LINE + 2)));
    }

    #[test]
    fn the_delimiter_that_cuts_evenly_is_first() {
        assert_eq!(delimiters("a;b\n\"1,5\";2\n3;4,5,6\n")[0], b';');
        assert_eq!(delimiters("a\tb\n1\tx, y\n2\tz\n")[0], b'\t');
        assert!(delimiters("one word\nanother\n").is_empty());
    }
}
