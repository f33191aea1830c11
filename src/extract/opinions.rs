//! What the encoder thinks of each value, in a form that the linear models lean on.

use super::linear::Features;
use serde::Deserialize;
use std::collections::HashMap;

/// What the encoder thinks of the values of an article.
#[derive(Debug, Clone, Default)]
pub struct Opinions {
    by_value: HashMap<(usize, usize), Opinion>,
}

/// What the encoder thinks of one value. Chances are between 0 and 1; what is not listed is next to impossible.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Opinion {
    /// Sentence and place of the value in it.
    pub at: (usize, usize),
    /// Chance that the value belongs to a figure.
    pub gate: f64,
    /// Chance of each subject and market, by key.
    pub subject: HashMap<String, f64>,
    pub market: HashMap<String, f64>,
    /// Chance of each product, by key.
    pub product: HashMap<String, f64>,
    /// Chance of each time: sentence, place in it, chance.
    pub time: Vec<(usize, usize, f64)>,
    /// Chance that no time of the text is meant.
    pub no_time: f64,
    /// Chance of each basis, in the order of `Basis::ALL`.
    pub basis: Vec<f64>,
}

impl Opinions {
    /// Reads opinions written one a line, with the `id` of the article they belong to.
    ///
    /// # Errors
    /// When a line is not an opinion.
    pub fn read_lines(text: &str) -> Result<HashMap<String, Self>, serde_json::Error> {
        #[derive(Deserialize)]
        struct Line {
            id: String,
            #[serde(flatten)]
            opinion: Opinion,
        }
        let mut all: HashMap<String, Self> = HashMap::new();
        for line in text.lines() {
            let line: Line = serde_json::from_str(line)?;
            all.entry(line.id).or_default().add(line.opinion);
        }
        Ok(all)
    }

    pub(crate) fn add(&mut self, opinion: Opinion) {
        self.by_value.insert(opinion.at, opinion);
    }

    pub(crate) fn of(&self, sent: usize, value: usize) -> Option<&Opinion> {
        self.by_value.get(&(sent, value))
    }
}

impl Opinion {
    /// Returns the chance of a time of the text.
    pub fn time(&self, sent: usize, time: usize) -> f64 {
        self.time.iter().filter(|(s, t, _)| (*s, *t) == (sent, time)).map(|(_, _, p)| p).sum()
    }
}

/// Returns the chance of a key; what is not listed has none.
pub(crate) fn chance(of: &HashMap<String, f64>, key: &str) -> f64 {
    of.get(key).copied().unwrap_or(0.0)
}

const STEPS: [(f64, &str); 12] = [
    (0.01, "1"),
    (0.03, "3"),
    (0.07, "7"),
    (0.15, "15"),
    (0.27, "27"),
    (0.42, "42"),
    (0.58, "58"),
    (0.73, "73"),
    (0.85, "85"),
    (0.93, "93"),
    (0.97, "97"),
    (0.99, "99"),
];

/// Returns a chance as a word.
pub(crate) fn level(chance: f64) -> &'static str {
    STEPS.iter().rev().find(|(least, _)| chance >= *least).map_or("0", |(_, word)| *word)
}

/// Returns a chance as one of four words.
pub(crate) fn coarse(chance: f64) -> &'static str {
    match chance {
        x if x < 0.05 => "no",
        x if x < 0.35 => "maybe",
        x if x < 0.8 => "likely",
        _ => "yes",
    }
}

/// Adds a chance as steps: each that it reaches is a feature, so that weights add up to a curve.
pub(crate) fn steps(f: &mut Features, head: &[&str], chance: f64) {
    let mut name = head.to_vec();
    name.push("");
    let at = name.len() - 1;
    for (least, word) in STEPS {
        if chance < least {
            break;
        }
        name[at] = word;
        f.add(&name);
    }
    name[at] = "=";
    name.push(level(chance));
    f.add(&name);
}
