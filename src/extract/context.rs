//! What is known while an article is read: its sentences, what it is about, and what was decided so far.

use super::opinions::Opinions;
use super::reading::Reading;
use super::resolve::{FiscalStart, fiscal_start};
use crate::model::{Article, Basis, Measure, Period, Subject};

/// The article under work.
#[derive(Debug, Clone)]
pub(crate) struct Context<'a> {
    pub article: &'a Article,
    pub reading: &'a Reading<'a>,
    /// What the article has in it, for features: `share`, `stock`, `rate` …
    pub flags: Vec<&'static str>,
    /// Words of the article that tell what sort of news it is: `inflation`, `stake`, `profit`, `shipments`.
    pub telling: Vec<String>,
    /// Keys of the goods the article names.
    pub goods: Vec<String>,
    /// The words it names them by, with their keys.
    pub wordings: Vec<(String, String)>,
    /// What a first reading made of the article; the second leans on it.
    pub beliefs: Option<&'a Beliefs>,
    /// What the encoder thinks of the values, where there is one.
    pub opinions: Option<&'a Opinions>,
    /// When the financial year of the article begins.
    pub fiscal: Option<FiscalStart>,
}

impl<'a> Context<'a> {
    pub fn new(article: &'a Article, reading: &'a Reading<'a>) -> Self {
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
                let told =
                    matches!(item.label, "rate" | "own" | "stock" | "price" | "share" | "market" | "lead");
                if told || item.label.starts_with("basis") {
                    let word = sent.words.lower(item.first);
                    if !telling.iter().any(|w| w == word) {
                        telling.push(word.to_owned());
                    }
                }
            }
        }
        let mut goods: Vec<String> =
            reading.sents.iter().flat_map(|s| &s.mentions).filter_map(|m| m.product.clone()).collect();
        goods.sort_unstable();
        goods.dedup();
        goods.truncate(GOODS);
        let mut wordings: Vec<(String, String)> = Vec::new();
        for sent in &reading.sents {
            for mention in &sent.mentions {
                let Some(key) = &mention.product else { continue };
                let text = sent.words.text[mention.span.0..mention.span.1].to_lowercase().replace('-', " ");
                let wording = (text, key.clone());
                if wordings.len() < GOODS && !wordings.contains(&wording) {
                    wordings.push(wording);
                }
            }
        }
        Self {
            goods,
            wordings,
            article,
            reading,
            flags,
            telling,
            beliefs: None,
            opinions: None,
            fiscal: fiscal_start(&article.text),
        }
    }
}

/// Most goods of an article that serve as features.
const GOODS: usize = 12;

/// What a first reading made of every value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beliefs {
    pub all: Vec<Belief>,
}

/// What a first reading made of one value.
#[derive(Debug, Clone)]
pub(crate) struct Belief {
    pub sent: usize,
    pub item: usize,
    pub paragraph: usize,
    pub measure: Measure,
    pub gate: f64,
    /// Gate times the chance of the roles; nothing where there are none.
    pub weight: f64,
    pub subject: Subject,
    pub market: Subject,
    pub product: String,
    pub period: Option<Period>,
}

/// How many beliefs before and after a value bear on it.
const NEAR: usize = 64;

impl Beliefs {
    /// Returns the beliefs about the values around one; they stand in the order of the text.
    fn near(&self, s: usize, item: usize) -> &[Belief] {
        let at = self.all.partition_point(|b| (b.sent, b.item) < (s, item));
        &self.all[at.saturating_sub(NEAR)..self.all.len().min(at + NEAR)]
    }

    /// Returns which part of the other figures is so, as a word.
    pub fn part(&self, s: usize, item: usize, so: impl Fn(&Belief) -> bool) -> &'static str {
        Self::among(self.near(s, item).iter().filter(|b| (b.sent, b.item) != (s, item)), so)
    }

    /// As [`Self::part`], among the figures of the paragraph.
    pub fn part_of(
        &self,
        ctx: &Context<'_>,
        s: usize,
        item: usize,
        so: impl Fn(&Belief) -> bool,
    ) -> &'static str {
        let paragraph = ctx.reading.sents[s].paragraph;
        let near = self.near(s, item).iter();
        Self::among(near.filter(|b| (b.sent, b.item) != (s, item) && b.paragraph == paragraph), so)
    }

    fn among<'b>(others: impl Iterator<Item = &'b Belief>, so: impl Fn(&Belief) -> bool) -> &'static str {
        let (mut all, mut part) = (0.0, 0.0);
        for belief in others {
            all += belief.weight;
            if so(belief) {
                part += belief.weight;
            }
        }
        match part / all {
            _ if all < 0.3 => "unknown",
            x if x < 0.02 => "none",
            x if x < 0.15 => "few",
            x if x < 0.4 => "some",
            x if x < 0.7 => "half",
            x if x < 0.95 => "most",
            _ => "all",
        }
    }

    /// Returns how sure the gate was of a value, as a word.
    pub fn gate(&self, s: usize, item: usize) -> &'static str {
        let Some(belief) = self.near(s, item).iter().find(|b| (b.sent, b.item) == (s, item)) else {
            return "none";
        };
        sure(belief.gate)
    }

    /// Returns how sure the gate was of the other values on the whole, as a word.
    pub fn mood(&self, s: usize, item: usize) -> &'static str {
        let others: Vec<f64> =
            self.near(s, item).iter().filter(|b| (b.sent, b.item) != (s, item)).map(|b| b.gate).collect();
        if others.is_empty() {
            return "alone";
        }
        sure(others.iter().sum::<f64>() / others.len() as f64)
    }
}

fn sure(p: f64) -> &'static str {
    match p {
        x if x < 0.05 => "no",
        x if x < 0.2 => "hardly",
        x if x < 0.5 => "maybe-not",
        x if x < 0.8 => "maybe",
        x if x < 0.95 => "likely",
        _ => "yes",
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
