//! Prose of any form to [`Article`]s: bytes to text once, then nothing rewrites it.

mod decode;
mod grid;
mod html;
mod json;
mod markdown;
mod plain;

pub(in crate::ingest) use decode::decode;

use super::Kind;
use crate::error::{Error, Result};
use crate::model::{Article, Reject};
use jiff::civil::Date;
use std::path::Path;

/// What a caller may say about articles that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub struct ArticleOptions {
    /// Day of publication, for articles that carry none.
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// Language, ISO 639-1.
    pub lang: Option<String>,
}

/// The articles of one input.
#[derive(Debug, Default)]
pub struct ArticleReading {
    /// Articles in the order of the input.
    pub articles: Vec<Article>,
    /// Lines of a JSON Lines input that could not be read.
    pub rejects: Vec<Reject>,
    /// Remarks for the reader.
    pub notes: Vec<String>,
    /// Text encoding used.
    pub encoding: String,
}

/// Reads the articles of an input.
///
/// # Errors
/// [`Error::Input`] when no article can be made of it.
pub fn read_articles(
    name: &Path,
    bytes: &[u8],
    kind: Kind,
    options: &ArticleOptions,
) -> Result<ArticleReading> {
    let reading = read_piece(name, bytes, kind, options, 1)?;
    if reading.articles.is_empty() && reading.rejects.is_empty() {
        return Err(Error::Input { path: name.to_owned(), reason: "no text found in it".to_owned() });
    }
    Ok(reading)
}

/// Cuts a long input of articles into pieces for [`read_piece`], each with the number of its first line; a short one, and one
/// that is not an object a line, is one piece.
pub fn pieces(bytes: &[u8], kind: Kind) -> Vec<(u64, &[u8])> {
    if kind == Kind::JsonLines { json::pieces(bytes) } else { vec![(1, bytes)] }
}

/// Reads the articles of a piece that begins at a line; all pieces together give what [`read_articles`] gives, and there
/// may be none in one.
///
/// # Errors
/// As [`read_articles`].
pub fn read_piece(
    name: &Path,
    bytes: &[u8],
    kind: Kind,
    options: &ArticleOptions,
    first_line: u64,
) -> Result<ArticleReading> {
    let declared = if kind == Kind::Html { html::declared_charset(bytes) } else { None };
    let (text, encoding, broken) = decode(bytes, declared);
    let id = name.display().to_string();
    let mut reading = ArticleReading { encoding: encoding.to_owned(), ..ArticleReading::default() };
    if broken {
        reading.notes.push(format!("{id}: some bytes are not {encoding}; they are shown as \u{fffd}"));
    }
    match kind {
        Kind::Text => reading.articles.push(plain::read(id, &text)),
        Kind::Markdown => reading.articles.push(markdown::read(id, &text)),
        Kind::Html => reading.articles.push(html::read(id, &text)),
        Kind::JsonLines => (reading.articles, reading.rejects) = json::read(&id, &text, first_line),
        Kind::Table => {
            return Err(Error::Input {
                path: name.to_owned(),
                reason: "this is a table, not prose".to_owned(),
            });
        }
    }
    for article in &mut reading.articles {
        fill(article, options);
    }
    reading.articles.retain(|article| {
        let empty = article.text.trim().is_empty();
        if empty {
            reading.notes.push(format!("{}: no text found in it", article.id));
        }
        !empty
    });
    Ok(reading)
}

/// Adds what the caller knows where the article itself says nothing.
fn fill(article: &mut Article, options: &ArticleOptions) {
    article.published = article.published.or(options.published);
    let or = |own: &mut Option<String>, given: &Option<String>| {
        if own.is_none() {
            own.clone_from(given);
        }
    };
    or(&mut article.url, &options.url);
    or(&mut article.title, &options.title);
    or(&mut article.publisher, &options.source);
    or(&mut article.lang, &options.lang);
}

/// Reads the day out of a date or time as pages and files write it: `2022-09-13`, `2022-09-13T08:00:00Z`, `13 September 2022`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let head: String = text.chars().take(10).collect();
    if let Ok(date) = head.parse() {
        return Some(date);
    }
    if text.len() > 64 {
        return None;
    }
    let plain = plain_date(text);
    const FORMS: &[&str] =
        &["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y"];
    if let Some(date) = FORMS.iter().find_map(|form| Date::strptime(form, &plain).ok()) {
        return Some(date);
    }
    // Mail and RSS form: `Tue, 13 Sep 2022 08:00:00 GMT`.
    jiff::fmt::rfc2822::parse(text).ok().map(|time| time.date())
}

/// Writes a date without what only readers need: `Friday, Sept. 13th, 2022` is `Sep 13, 2022`.
fn plain_date(text: &str) -> String {
    let text = text.split_once(", ").filter(|(day, _)| day.ends_with("day")).map_or(text, |(_, rest)| rest);
    let word = |word: &str| {
        let (bare, comma) = word.strip_suffix(',').map_or((word, ""), |bare| (bare, ","));
        let bare = bare.trim_end_matches('.');
        let bare = if bare == "Sept" { "Sep" } else { bare };
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| bare.strip_suffix(end));
        let number = number.filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        format!("{}{comma}", number.unwrap_or(bare))
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns the two letters of a language tag: `en-GB` is `en`.
fn language(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_pages_use() {
        for text in [
            "2022-09-13",
            "2022-09-13T08:00:00+03:00",
            "13 September 2022",
            "September 13, 2022",
            "Tue, 13 Sep 2022 08:00:00 GMT",
            "20220913",
            "Sept. 13, 2022",
            "Tuesday, 13th September 2022",
            "September 13th, 2022",
        ] {
            assert_eq!(day(text).map(|d| d.to_string()).as_deref(), Some("2022-09-13"), "{text}");
        }
        for text in ["", "yesterday", "2022-13-40", "13"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_page_goes_before_what_the_caller_says() {
        let options = ArticleOptions { published: day("2020-01-01"), ..ArticleOptions::default() };
        let bytes = b"---\npublished: 2022-09-13\n---\nText.\n";
        let reading = read_articles(Path::new("a.txt"), bytes, Kind::Text, &options).expect("read");
        assert_eq!(reading.articles[0].published, day("2022-09-13"));
        let reading = read_articles(Path::new("a.txt"), b"Text.\n", Kind::Text, &options).expect("read");
        assert_eq!(reading.articles[0].published, day("2020-01-01"));
    }

    #[test]
    fn an_input_without_text_is_an_error() {
        let page = b"<html><head><title>x</title></head><body><script>1</script></body></html>";
        let options = ArticleOptions::default();
        assert!(read_articles(Path::new("a.html"), page, Kind::Html, &options).is_err());
    }
}
