//! Plain text, with an optional block of facts in front.

use super::{day, language};
use crate::model::Article;

/// Reads an article; the facts in front leave the text.
pub(super) fn read(id: String, text: &str) -> Article {
    let mut article = Article { id, ..Article::default() };
    article.text = front_matter(text, &mut article).to_owned();
    article
}

/// Takes `title`, `published`, `url`, `lang` and `publisher` from a block between two lines of `---` and returns the rest.
///
/// A first block that holds anything but `key: value` lines is text.
pub(super) fn front_matter<'t>(text: &'t str, article: &mut Article) -> &'t str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    let Some((block, body)) = rest.split_once("\n---\n") else { return text };
    let pairs: Option<Vec<(&str, &str)>> =
        block.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split_once(':')).collect();
    let Some(pairs) = pairs else { return text };
    for (key, value) in pairs {
        let value = value.trim().trim_matches(['"', '\'']);
        if value.is_empty() {
            continue;
        }
        match key.trim() {
            "title" => article.title = Some(value.to_owned()),
            "published" | "date" => article.published = day(value),
            "url" | "link" => article.url = Some(value.to_owned()),
            "lang" | "language" => article.lang = language(value),
            "publisher" | "source" => article.publisher = Some(value.to_owned()),
            _ => {}
        }
    }
    body.trim_start_matches('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_in_front_are_read_and_leave_the_text() {
        let article =
            read("a".into(), "---\ntitle: \"Cars: a view\"\ndate: 2022-09-13\nlang: en-GB\n---\n\nText.\n");
        assert_eq!(article.title.as_deref(), Some("Cars: a view"));
        assert_eq!(article.published, day("2022-09-13"));
        assert_eq!(article.lang.as_deref(), Some("en"));
        assert_eq!(article.text, "Text.\n");
    }

    #[test]
    fn a_rule_line_in_prose_is_prose() {
        for text in ["---\nJust a line\n---\nText", "--- \nText", "---\nno end: 1\n"] {
            assert_eq!(read("a".into(), text).text, text);
        }
    }
}
