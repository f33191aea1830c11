//! What an input is, from its bytes first and its name second.

use super::table;
use crate::error::{Error, Result};
use std::fmt;
use std::path::Path;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain prose.
    Text,
    /// Prose in Markdown.
    Markdown,
    /// A web page.
    Html,
    /// An article a line, as JSON objects; also one object or array over several lines.
    JsonLines,
    /// Rows and columns.
    Table,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Html => "web page",
            Self::JsonLines => "JSON Lines",
            Self::Table => "table",
        })
    }
}

/// First bytes of files that are neither text nor a table, and what a person can do about them.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF; save its text (`pdftotext FILE`) and read that"),
    (b"PK\x03\x04", "a ZIP archive inside the input; unpack it, or save the sheet as CSV"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document; save it as CSV or text"),
    (b"SQLite format 3\0", "an SQLite database, not an input; name it with `--db`"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
];

/// How much of an input is looked at.
const HEAD: usize = 64 << 10;

/// Says what the bytes are.
///
/// # Errors
/// [`Error::Input`] for an empty or binary input.
pub fn detect(name: &Path, bytes: &[u8]) -> Result<Kind> {
    let refuse = |reason: String| Err(Error::Input { path: name.to_owned(), reason });
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refuse("the input is empty".to_owned());
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return refuse(format!("expected text or a table, found {what}"));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let damaged_table = |zeros: usize| {
        (zeros < 3 || zeros * 100 <= head.len())
            && (is_named_table(name) || table::looks_like_table(name, head))
    };
    if !wide && head.contains(&0) && !damaged_table(memchr::memchr_iter(0, head).count()) {
        return refuse("expected text or a table, found binary data (a zero byte)".to_owned());
    }
    let ending = name.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    if is_named_table(name) {
        return Ok(Kind::Table);
    }
    let start = super::article::decode(&head[..head.len().min(2 << 10)], None).0;
    let start = start.trim_start().to_ascii_lowercase();
    Ok(match ending.as_str() {
        "jsonl" | "ndjson" => Kind::JsonLines,
        _ if start.starts_with('{') || start.starts_with("[{") || start.starts_with("[\n") => Kind::JsonLines,
        "html" | "htm" | "xhtml" => Kind::Html,
        _ if is_page(&start) => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        "txt" | "text" if !wide && !table::looks_like_table(name, head) => Kind::Text,
        _ if table::looks_like_table(name, head) => Kind::Table,
        _ => Kind::Text,
    })
}

fn is_named_table(name: &Path) -> bool {
    let plain = name.extension().is_some_and(|e| e == "gz" || e == "zst").then(|| name.with_extension(""));
    let name = plain.as_deref().unwrap_or(name);
    let ending = name.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["csv", "tsv", "tab"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_page(start: &str) -> bool {
    let start =
        start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(start, |(_, rest)| rest);
    let start = start.trim_start();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<')
            && ["<head", "<body", "<article", "<p>", "<div"].iter().any(|tag| start.contains(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> String {
        detect(Path::new(name), bytes).map_or_else(|e| e.to_string(), |kind| kind.to_string())
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(kind("page.txt", b"<!DOCTYPE html><html><body>x</body></html>"), "web page");
        assert_eq!(kind("-", b"{\"text\": \"x\"}\n"), "JSON Lines");
        assert_eq!(kind("news", b"Sales rose, he said, and so did hopes.\n"), "text");
        assert_eq!(kind("notes.md", b"# Title\n\ntext"), "Markdown");
        assert_eq!(kind("x.csv", b"a;b\n1;2\n"), "table");
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        assert!(kind("x.txt", b" \n").contains("empty"));
        assert!(kind("x.txt", b"abc\0def").contains("binary"));
        assert!(kind("x.pdf", b"%PDF-1.7 ...").contains("PDF"));
        assert!(kind("x.csv", b"PK\x03\x04...").contains("save the sheet as CSV"));
    }
}
