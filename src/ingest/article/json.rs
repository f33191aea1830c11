//! Articles as JSON: an object a line, or one object or array over several lines.

use super::{day, language};
use crate::model::{Article, Reject};
use serde::Deserialize;
use serde_json::Value;

/// One article as the output contract names its fields; all but `text` may be missing.
#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    #[serde(alias = "source")]
    publisher: Option<String>,
    text: String,
}

/// Bytes of a piece of a long input.
const PIECE: usize = 256 << 10;

/// Cuts an input of an object a line behind lines, each piece with the number of its first line. Everything else is one piece.
pub(super) fn pieces(bytes: &[u8]) -> Vec<(u64, &[u8])> {
    let head = &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())];
    let by_line = serde_json::from_slice::<Value>(head).is_ok_and(|value| value.is_object());
    let lone_return = || memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
    if bytes.len() < 2 * PIECE || !by_line || std::str::from_utf8(bytes).is_err() || lone_return() {
        return vec![(1, bytes)];
    }
    let (mut pieces, mut rest, mut line) = (Vec::new(), bytes, 1);
    while !rest.is_empty() {
        let after = PIECE.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[after..]).map_or(rest.len(), |at| after + at + 1);
        let (piece, later) = rest.split_at(end);
        pieces.push((line, piece));
        line += memchr::memchr_iter(b'\n', piece).count() as u64;
        rest = later;
    }
    pieces
}

/// Reads the articles of an input or of a piece that begins at a line; lines that cannot be read come back with their reason.
pub(super) fn read(name: &str, text: &str, first_line: u64) -> (Vec<Article>, Vec<Reject>) {
    if first_line == 1
        && let Some(whole) = one_document(text)
    {
        let mut read = (Vec::new(), Vec::new());
        for (at, value) in whole.into_iter().enumerate() {
            let raw: String = value.to_string().chars().take(1000).collect();
            keep(serde_json::from_value(value), name, at as u64 + 1, &raw, &mut read);
        }
        return read;
    }
    let mut read = (Vec::new(), Vec::new());
    for (at, line) in text.split('\n').enumerate() {
        if !line.trim().is_empty() {
            keep(serde_json::from_str(line), name, at as u64 + first_line, line, &mut read);
        }
    }
    read
}

/// Returns the objects of a document that is not an object a line: a pretty-printed object, or an array.
fn one_document(text: &str) -> Option<Vec<Value>> {
    let first = text.trim_start().lines().next()?;
    if first.starts_with('{') && serde_json::from_str::<Value>(first).is_ok() {
        return None;
    }
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => Some(items),
        Ok(object @ Value::Object(_)) => Some(vec![object]),
        _ => None,
    }
}

fn keep(
    parsed: serde_json::Result<Line>,
    name: &str,
    line: u64,
    raw: &str,
    (articles, rejects): &mut (Vec<Article>, Vec<Reject>),
) {
    let mut reject = |column: &str, reason: String| {
        let raw = raw.chars().take(1000).collect();
        rejects.push(Reject { line, column: column.to_owned(), reason, raw });
    };
    match parsed {
        Ok(parsed) => {
            let published = parsed.published.as_deref().filter(|text| !text.trim().is_empty());
            if let Some(text) = published
                && day(text).is_none()
            {
                // Without its date the article would be read with wrong periods.
                return reject("published", format!("expected a date as 2022-09-13, found `{text}`"));
            }
            articles.push(Article {
                id: id(parsed.id.as_ref(), name, line),
                title: parsed.title,
                published: published.and_then(day),
                url: parsed.url,
                lang: parsed.lang.as_deref().and_then(language),
                publisher: parsed.publisher,
                text: parsed.text,
            });
        }
        Err(error) => reject("", format!("expected an object with `text`: {error}")),
    }
}

fn id(given: Option<&Value>, name: &str, line: u64) -> String {
    match given {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => format!("{name}:{line}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_lines_go_in_and_bad_ones_keep_their_reason() {
        let (articles, rejects) = read(
            "f",
            "{\"id\":\"a\",\"text\":\"One.\",\"published\":\"2022-09-13\",\"more\":1}\n\n{\"title\":\"x\"}\n{broken\n{\"text\":\"Two.\",\"published\":null,\"lang\":\"en-GB\"}\n",
            1,
        );
        let ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["a", "f:5"]);
        assert_eq!(articles[0].published, day("2022-09-13"));
        assert_eq!(articles[1].lang.as_deref(), Some("en"));
        let lines: Vec<u64> = rejects.iter().map(|r| r.line).collect();
        assert_eq!(lines, [3, 4]);
        assert!(rejects[0].reason.contains("text"));
    }

    #[test]
    fn an_impossible_date_is_a_reject_not_a_guess() {
        let (articles, rejects) = read("f", "{\"text\":\"x\",\"published\":\"2022-02-31\"}\n", 1);
        assert!(articles.is_empty());
        assert_eq!(rejects[0].column, "published");
    }

    #[test]
    fn one_object_or_an_array_is_read_too() {
        assert_eq!(read("f", "{\n \"text\": \"x\"\n}\n", 1).0.len(), 1);
        assert_eq!(read("f", "[{\"text\": \"x\"}, {\"text\": \"y\"}]", 1).0.len(), 2);
    }

    #[test]
    fn pieces_of_a_long_input_are_read_as_the_whole() {
        let lines: String = (0..30_000)
            .map(|n| match n % 1000 {
                7 => "{broken\n".to_owned(),
                8 => "\n".to_owned(),
                _ => format!("{{\"text\": \"Text number {n}, of some length.\"}}\n"),
            })
            .collect();
        let whole = read("f", &lines, 1);
        let pieces = pieces(lines.as_bytes());
        assert!(pieces.len() > 2 && pieces[0].0 == 1, "{}", pieces.len());
        let mut joined = (Vec::new(), Vec::new());
        for (line, piece) in pieces {
            let (articles, rejects) = read("f", std::str::from_utf8(piece).expect("text"), line);
            joined.0.extend(articles);
            joined.1.extend(rejects);
        }
        assert_eq!(joined.0, whole.0);
        let places =
            |rejects: &[Reject]| rejects.iter().map(|r| (r.line, r.reason.clone())).collect::<Vec<_>>();
        assert_eq!(places(&joined.1), places(&whole.1));
    }

    #[test]
    fn what_is_no_object_a_line_stays_whole() {
        let object = format!("{{\n\"text\": \"{}\"\n}}", "x".repeat(3 * PIECE));
        assert_eq!(pieces(object.as_bytes()).len(), 1);
        assert_eq!(pieces(b"").len(), 1);
        let latin = "{\"text\": \"\"}\n".repeat(PIECE) + "x";
        let mut latin = latin.into_bytes();
        assert!(pieces(&latin).len() > 1);
        latin.extend(b"\xe9\n");
        assert_eq!(pieces(&latin).len(), 1, "its encoding must be guessed from all of it");
    }
}
