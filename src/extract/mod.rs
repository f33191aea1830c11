//! Prose to figures: triggers, sentences, mentions, gate, roles, periods, merge, confidence.

#![allow(dead_code)] // until the stages above use what is below

#[cfg(test)]
mod gold;
mod phrases;
mod resolve;
mod sentences;
mod status;
mod times;
mod tokens;
mod triggers;
mod values;

use crate::model::{Article, Figure};

/// The reader of figures; built once, used for many articles.
#[derive(Debug, Default)]
pub struct Extractor {}

impl Extractor {
    /// Builds the automata and loads the tables.
    pub fn new() -> Self {
        Self {}
    }

    /// Returns the figures of an article, in the order of the text.
    pub fn figures(&self, _article: &Article) -> Vec<Figure> {
        Vec::new()
    }

    /// Says why an article gives no figures when the reason is its language.
    pub fn note(&self, _article: &Article) -> Option<String> {
        None
    }

    /// Shows sentence, mentions, gate, rule and role candidates behind each figure, as text of several lines each.
    pub fn explain(&self, _article: &Article) -> Vec<String> {
        Vec::new()
    }
}
