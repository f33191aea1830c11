//! An article cut up for extraction: its sentences worth reading, with values, times and mentions.

use super::goods::drive_fuels;
use super::lexicon::Lexicon;
use super::mentions::{Kind, Mention, Mentioner, Seen, join_short_forms};
use super::patterns::{Firing, Patterns};
use super::sentences::{sentences, worth_reading};
use super::times::{TimeMention, times};
use super::tokens::{TokenKind, Words};
use super::triggers::Triggers;
use super::values::{Value, ValueForm, values};
use crate::model::{Article, Measure};
use std::collections::{HashMap, VecDeque};

/// Sentences that are decided together; real articles have fewer.
const PART: usize = 120;

/// Values read in one sentence; more is a table, not a sentence.
const MOST_VALUES: usize = 40;

/// Pieces of a sentence within which a name and a value can belong together.
pub(crate) const REACH: usize = 80;

/// What stands at a place of a sentence once values, times and mentions are read as one piece each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    Value(usize),
    Time(usize),
    Mention(usize),
    /// A word or mark, by its token.
    Word(usize),
}

/// One piece with its label for patterns.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub piece: Piece,
    /// Type of a mention, class of a word, the mark itself; `w` for any other word.
    pub label: &'static str,
    pub first: usize,
    pub last: usize,
}

/// A sentence that is read.
#[derive(Debug)]
pub(crate) struct Sent<'a> {
    pub words: Words<'a>,
    pub values: Vec<Value>,
    pub times: Vec<TimeMention>,
    pub mentions: Vec<Mention>,
    pub items: Vec<Item>,
    /// Number of the sentence in the text; the title has none.
    pub number: Option<usize>,
    pub paragraph: usize,
    /// Whether its values are asked for.
    pub triggered: bool,
    /// The patterns that fire at each value.
    pub firings: Vec<Vec<Firing>>,
    /// Item of each value, time and mention.
    value_items: Vec<Option<usize>>,
    mention_items: Vec<Option<usize>>,
    time_items: Vec<Option<usize>>,
}

impl Sent<'_> {
    /// Returns the bytes of the text it covers, from its first token to its last.
    pub fn range(&self) -> std::ops::Range<usize> {
        match (self.words.tokens.first(), self.words.tokens.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
    /// Returns the item of a value that is decided: of a sentence with a trigger, no change given alone, no part above
    /// the whole.
    pub fn asked(&self, value: usize) -> Option<usize> {
        let found = &self.values[value];
        let change = matches!(found.form, ValueForm::Points | ValueForm::Signed);
        let part = found.measure == Measure::Rank || found.value_max.unwrap_or(found.value) <= 100.0;
        self.value_item(value).filter(|_| self.triggered && self.number.is_some() && !change && part)
    }
    /// Returns the item of a value.
    pub fn value_item(&self, at: usize) -> Option<usize> {
        self.value_items[at]
    }
    /// Returns the item of a mention.
    pub fn mention_item(&self, at: usize) -> Option<usize> {
        self.mention_items[at]
    }
    /// Returns the item of a time.
    pub fn time_item(&self, at: usize) -> Option<usize> {
        self.time_items[at]
    }
    /// Returns the lower-case word of an item, or its label.
    pub fn word(&self, item: usize) -> &str {
        match self.items.get(item) {
            Some(Item { piece: Piece::Word(token), .. }) => self.words.lower(*token),
            Some(item) => item.label,
            None => "</s>",
        }
    }
    /// Returns the label of an item.
    pub fn label(&self, item: usize) -> &'static str {
        self.items.get(item).map_or("</s>", |item| item.label)
    }
}

/// The sentences of an article that are read, the title first where there is one.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub sents: Vec<Sent<'a>>,
    /// How often each subject is named, by key.
    counts: HashMap<String, usize>,
}

impl<'a> Reading<'a> {
    fn new(sents: Vec<Sent<'a>>) -> Self {
        let mut counts = HashMap::new();
        for mention in sents.iter().flat_map(|sent| &sent.mentions).filter(|m| m.kind != Kind::Source) {
            *counts.entry(mention.subject.key()).or_insert(0) += 1;
        }
        Self { sents, counts }
    }
}

/// Tools that reading needs; built once.
#[derive(Debug)]
pub(crate) struct Reader {
    triggers: Triggers,
    mentioner: Mentioner,
    lexicon: Lexicon,
    patterns: Patterns,
}

impl Reader {
    pub fn new() -> Self {
        Self {
            triggers: Triggers::new(),
            mentioner: Mentioner::new(),
            lexicon: Lexicon::new(),
            patterns: Patterns::new(),
        }
    }

    /// Says whether a text holds what every figure needs; without it there is nothing to read.
    pub fn may_hold_figures(&self, text: &str) -> bool {
        self.triggers.any(text)
    }

    /// Reads an article as one piece.
    pub fn read<'a>(&self, article: &'a Article) -> Reading<'a> {
        Reading::new(self.sents(article))
    }

    /// Reads the sentences with triggers, up to three before each, the first paragraph and the title.
    fn sents<'a>(&self, article: &'a Article) -> Vec<Sent<'a>> {
        let hits = self.triggers.hits(&article.text);
        if hits.is_empty() {
            return Vec::new();
        }
        let all = sentences(&article.text);
        let wanted = worth_reading(&article.text, &all, &hits);
        let mut state = vec![0_u8; all.len()];
        for &at in &wanted {
            for earlier in &mut state[at.saturating_sub(3)..at] {
                *earlier = (*earlier).max(1);
            }
            state[at] = 2;
        }
        for (at, sentence) in all.iter().enumerate() {
            if sentence.paragraph == 0 && sentence.index_in_paragraph < 4 {
                state[at] = state[at].max(1);
            }
        }
        let mut seen = Seen::default();
        let mut parts: Vec<(Words<'a>, Option<usize>, usize, bool)> = Vec::new();
        if let Some(title) = &article.title {
            parts.push((Words::read(title, 0..title.len()), None, 0, false));
        }
        for (at, sentence) in all.iter().enumerate() {
            if state[at] > 0 {
                let words = Words::read(&article.text, sentence.range());
                seen.note(&words);
                parts.push((words, Some(at), sentence.paragraph, state[at] == 2));
            }
        }
        let mut sents = Vec::with_capacity(parts.len());
        for (words, number, paragraph, triggered) in parts {
            seen.title = number.is_none();
            sents.push(self.sent(words, number, paragraph, triggered, &seen));
        }
        join_short_forms(&mut sents);
        drive_fuels(&mut sents);
        sents
    }

    /// Reads an article in parts that are each decided on their own, so that work stays linear: an ordinary article is
    /// one part, a book or a dump of numbers many.
    pub fn parts<'a>(&self, article: &'a Article) -> Vec<Reading<'a>> {
        let mut rest = VecDeque::from(self.sents(article));
        let mut parts = Vec::new();
        while !rest.is_empty() {
            parts.push(Reading::new(rest.drain(..rest.len().min(PART)).collect()));
        }
        parts
    }

    fn sent<'a>(
        &self,
        words: Words<'a>,
        number: Option<usize>,
        paragraph: usize,
        triggered: bool,
        seen: &Seen,
    ) -> Sent<'a> {
        let mut values = values(&words);
        if values.iter().any(|value| value.form == ValueForm::LooseNumber) {
            let named = self.mentioner.numbered(&words);
            values.retain(|value| {
                let (first, last) = value.tokens;
                value.form != ValueForm::LooseNumber || !named.iter().any(|(a, b)| *a <= last && first <= *b)
            });
        }
        values.truncate(MOST_VALUES);
        let times = times(&words);
        let mut taken = vec![false; words.len()];
        for value in &values {
            fill(&mut taken, value.tokens);
        }
        for time in &times {
            fill(&mut taken, time.tokens);
        }
        let mentions = self.mentioner.mentions(&words, &values, &taken, &self.lexicon, seen);
        let mut sent = Sent {
            value_items: vec![None; values.len()],
            mention_items: vec![None; mentions.len()],
            time_items: vec![None; times.len()],
            words,
            values,
            times,
            mentions,
            items: Vec::new(),
            firings: Vec::new(),
            number,
            paragraph,
            triggered,
        };
        self.itemise(&mut sent);
        if sent.triggered && sent.number.is_some() {
            sent.firings = (0..sent.values.len())
                .map(|v| sent.value_items[v].map_or_else(Vec::new, |item| self.patterns.fire(&sent, item)))
                .collect();
        }
        sent
    }

    /// Lays values, times, mentions and words in one row.
    fn itemise(&self, sent: &mut Sent<'_>) {
        let mut at = 0;
        while at < sent.words.len() {
            let value = sent.values.iter().position(|v| v.tokens.0 == at);
            let time = sent.times.iter().position(|t| t.tokens.0 == at);
            let mention = sent.mentions.iter().position(|m| m.first == at);
            let here = sent.items.len();
            let (piece, label, last) = if let Some(v) = value {
                sent.value_items[v] = Some(here);
                (Piece::Value(v), value_label(&sent.values[v]), sent.values[v].tokens.1)
            } else if let Some(t) = time {
                sent.time_items[t] = Some(here);
                (Piece::Time(t), "TIME", sent.times[t].tokens.1)
            } else if let Some(m) = mention {
                sent.mention_items[m] = Some(here);
                (Piece::Mention(m), sent.mentions[m].kind.label(), sent.mentions[m].last)
            } else {
                (Piece::Word(at), self.word_label(&sent.words, at), at)
            };
            sent.items.push(Item { piece, label, first: at, last: last.max(at) });
            at = last.max(at) + 1;
        }
    }

    fn word_label(&self, words: &Words<'_>, at: usize) -> &'static str {
        match words.kind(at) {
            Some(TokenKind::Number) => "NUM",
            Some(TokenKind::Percent) => "%",
            Some(TokenKind::Possessive) => "POSS",
            Some(TokenKind::Dash) => "-",
            Some(TokenKind::Quote) => "QUOTE",
            Some(TokenKind::Mark) => match words.lower(at) {
                "," => ",",
                ";" => ";",
                "(" => "(",
                ")" => ")",
                ":" => ":",
                "." => ".",
                _ => "MARK",
            },
            _ => self.lexicon.classes(words.lower(at)).first().copied().unwrap_or("w"),
        }
    }
}

fn fill(taken: &mut [bool], (first, last): (usize, usize)) {
    for slot in taken.iter_mut().take(last + 1).skip(first) {
        *slot = true;
    }
}

/// Returns the label of a value: what it is, not how much.
pub(crate) fn value_label(value: &Value) -> &'static str {
    match (value.measure, value.form) {
        (_, ValueForm::Points | ValueForm::Signed) => "POINTS",
        (_, ValueForm::LooseNumber) => "LOOSE",
        (Measure::Share, _) => "VAL",
        (Measure::Rank, _) => "RANK",
    }
}

impl Reading<'_> {
    /// Returns how often a subject is named in all that is read.
    pub fn count(&self, key: &str) -> usize {
        self.counts.get(key).copied().unwrap_or(0)
    }
}
