//! What is known while an article is read: its sentences, what it is about, and what was decided so far.

use super::lexicon::Lexicon;
use super::reading::Reading;
use super::resolve::{FiscalStart, fiscal_start};
use crate::model::{Article, Basis, Measure, Period, Subject};

/// The article under work.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub article: &'a Article,
    pub reading: &'a Reading<'a>,
    pub lexicon: &'a Lexicon,
    /// What the article has in it, for features: `share`, `stock`, `rate` …
    pub flags: Vec<&'static str>,
    /// Words of the article that tell what sort of news it is: `inflation`, `stake`, `profit`, `shipments`.
    pub telling: Vec<String>,
    /// When the financial year of the article begins.
    pub fiscal: Option<FiscalStart>,
}

impl<'a> Context<'a> {
    pub fn new(article: &'a Article, reading: &'a Reading<'a>, lexicon: &'a Lexicon) -> Self {
        let mut flags = Vec::new();
        let labels = ["share", "rate", "stock", "market", "price", "PROD", "MAKER", "PLACE", "WORLD"];
        for label in labels {
            let has = reading.sents.iter().any(|s| s.items.iter().any(|i| i.label == label));
            if has {
                flags.push(label);
            }
        }
        let mut telling: Vec<String> = Vec::new();
        for sent in &reading.sents {
            for item in &sent.items {
                let told = matches!(item.label, "rate" | "own" | "stock" | "price" | "share" | "market" | "lead");
                if told || item.label.starts_with("basis") {
                    let word = sent.words.lower(item.first);
                    if !telling.iter().any(|w| w == word) {
                        telling.push(word.to_owned());
                    }
                }
            }
        }
        Self { article, reading, lexicon, flags, telling, fiscal: fiscal_start(&article.text) }
    }
}

/// What was decided about a value, kept for the values after it.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    pub sent: usize,
    /// Item of the value in its sentence.
    pub item: usize,
    pub measure: Measure,
    /// Whether it is a figure; the rest means nothing otherwise.
    pub taken: bool,
    pub subject: Subject,
    /// Item of the subject where it stands in the sentence of the value.
    pub subject_item: Option<usize>,
    pub market: Subject,
    pub product: String,
    pub basis: Basis,
    pub period: Option<Period>,
}

impl Decided {
    /// A value that is no figure.
    pub fn refused(sent: usize, item: usize, measure: Measure) -> Self {
        Self {
            sent,
            item,
            measure,
            taken: false,
            subject: Subject::world(),
            subject_item: None,
            market: Subject::world(),
            product: String::new(),
            basis: Basis::Unspecified,
            period: None,
        }
    }
}

/// Returns the last figure decided.
pub(crate) fn last_taken(history: &[Decided]) -> Option<&Decided> {
    history.iter().rev().find(|d| d.taken)
}
