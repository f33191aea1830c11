//! Prose of any form to [`Article`]s.

use super::Kind;
use crate::error::Result;
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
/// [`crate::Error::Input`] when no article can be made of it.
pub fn read_articles(
    _name: &Path,
    _bytes: &[u8],
    _kind: Kind,
    _options: &ArticleOptions,
) -> Result<ArticleReading> {
    Ok(ArticleReading::default())
}
