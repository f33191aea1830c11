//! A text as the extractor receives it.

use jiff::civil::Date;

/// One article: its plain text and what its page says of itself.
///
/// Figures point into `text` by byte offsets, so nothing may rewrite it after this was built.
/// Paragraphs are separated by newlines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Stable name: the `id` of a JSON line, else the path.
    pub id: String,
    /// Headline, where known; not part of `text`.
    pub title: Option<String>,
    /// Day of publication, the anchor of relative dates.
    pub published: Option<Date>,
    /// Where it was read.
    pub url: Option<String>,
    /// ISO 639-1 language code; `None` when neither the page nor a detector says.
    pub lang: Option<String>,
    /// Publisher or site, as the page names it.
    pub publisher: Option<String>,
    /// Plain text, UTF-8, newline between paragraphs.
    pub text: String,
}
