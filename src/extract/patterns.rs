//! Wordings with a direction: which of two names holds the part, and whose total it is.
//!
//! A pattern is a row of `data/patterns.csv`. `V` is the value (`RANK` for a position), `S` the subject, `M` the
//! market, `~` up to six other pieces (but no `to` or `from`), `a|b` either label; all else are labels of `data/lexicon.csv`. Articles and
//! quotation marks do not count. A pattern that fires is a feature of the pair it names, not a decision.

use super::reading::{Piece, REACH, Sent};

/// How many pieces `~` may pass over.
const GAP: usize = 6;

#[derive(Debug)]
enum Step {
    Value,
    Subject,
    Market,
    Gap,
    Labels(Vec<&'static str>),
}

#[derive(Debug)]
struct Pattern {
    name: &'static str,
    steps: Vec<Step>,
    rank: bool,
}

/// A pattern that fired: the items of subject and market where it names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Firing {
    pub name: &'static str,
    pub subject: usize,
    pub market: Option<usize>,
    /// Whether the market is the world.
    pub world: bool,
}

/// The table of patterns.
#[derive(Debug)]
pub(crate) struct Patterns {
    all: Vec<Pattern>,
}

impl Patterns {
    pub fn new() -> Self {
        let all = include_str!("data/patterns.csv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .map(|(name, text)| Pattern {
                name,
                rank: text.split(' ').any(|word| word == "RANK"),
                steps: text.split(' ').map(step).collect(),
            })
            .collect();
        Self { all }
    }

    /// Returns the patterns that fire at a value, each with the first names it fits.
    pub fn fire(&self, sent: &Sent<'_>, value: usize) -> Vec<Firing> {
        let near = value.saturating_sub(REACH)..sent.items.len().min(value + REACH);
        let row: Vec<usize> = near.filter(|&i| !matches!(sent.label(i), "det" | "QUOTE" | "-")).collect();
        let rank = sent.label(value) == "RANK";
        let mut out = Vec::new();
        for pattern in self.all.iter().filter(|p| p.rank == rank) {
            for start in 0..row.len() {
                let mut found = Found::default();
                if fits(&pattern.steps, sent, &row, start, value, &mut found)
                    && let Some(subject) = found.subject
                {
                    let firing =
                        Firing { name: pattern.name, subject, market: found.market, world: found.world };
                    if !out.contains(&firing) {
                        out.push(firing);
                    }
                }
            }
        }
        out
    }
}

fn step(word: &'static str) -> Step {
    match word {
        "V" | "RANK" => Step::Value,
        "S" => Step::Subject,
        "M" => Step::Market,
        "~" => Step::Gap,
        labels => Step::Labels(labels.split('|').collect()),
    }
}

#[derive(Debug, Default, Clone)]
struct Found {
    subject: Option<usize>,
    market: Option<usize>,
    world: bool,
}

fn fits(steps: &[Step], sent: &Sent<'_>, row: &[usize], at: usize, value: usize, found: &mut Found) -> bool {
    let Some((first, rest)) = steps.split_first() else { return true };
    if let Step::Gap = first {
        for skip in 0..=GAP {
            if at + skip > row.len() {
                return false;
            }
            if row[at..at + skip].iter().any(|&i| i == value || matches!(sent.label(i), ";" | "to" | "from."))
            {
                return false;
            }
            let mut tried = found.clone();
            if fits(rest, sent, row, at + skip, value, &mut tried) {
                *found = tried;
                return true;
            }
        }
        return false;
    }
    let Some(&item) = row.get(at) else { return false };
    let named = |places_only: bool| match sent.items[item].piece {
        Piece::Mention(m) => {
            let mention = &sent.mentions[m];
            !mention.bound && (!places_only || mention.is_place())
        }
        _ => false,
    };
    let holds = match first {
        Step::Value => item == value,
        Step::Subject => named(false) && sent.label(item) != "WORLD",
        Step::Market => named(true),
        Step::Gap => false,
        Step::Labels(labels) => labels.contains(&sent.label(item)),
    };
    if !holds {
        return false;
    }
    match first {
        Step::Subject => found.subject = Some(item),
        Step::Market => found.market = Some(item),
        Step::Labels(labels) if labels.contains(&"WORLD") => found.world = true,
        _ => {}
    }
    fits(rest, sent, row, at + 1, value, found)
}
