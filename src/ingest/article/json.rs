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

/// Reads the articles; lines that cannot be read come back with their reason.
pub(super) fn read(name: &str, text: &str) -> (Vec<Article>, Vec<Reject>) {
    if let Some(whole) = one_document(text) {
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
            keep(serde_json::from_str(line), name, at as u64 + 1, line, &mut read);
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
        let (articles, rejects) = read("f", "{\"text\":\"x\",\"published\":\"2022-02-31\"}\n");
        assert!(articles.is_empty());
        assert_eq!(rejects[0].column, "published");
    }

    #[test]
    fn one_object_or_an_array_is_read_too() {
        assert_eq!(read("f", "{\n \"text\": \"x\"\n}\n").0.len(), 1);
        assert_eq!(read("f", "[{\"text\": \"x\"}, {\"text\": \"y\"}]").0.len(), 2);
    }
}
