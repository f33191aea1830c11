//! Learning the weights from annotated passages.
//!
//! A passage is an article with its figures, one JSON object a line. Each head (gate, roles, product, basis, period)
//! is learnt by itself, with the right answers of the values before as its past.

use super::confidence::Judged;
use super::context::{Context, Decided};
use super::decode::{beliefs, decode, order};
use super::encoder::Encoder;
use super::gate::gate_features;
use super::linear::{Choice, Rates, Twice, Weights, learn};
use super::opinions::Opinions;
use super::own_lessons::own_lessons;
use super::product::{basis_candidates, basis_cues, product_candidates};
use super::reading::{Reader, Reading};
use super::roles::pairs;
use super::values::ValueForm;
use super::when::{Figured, period_candidates};
use crate::model::{Article, Basis, Figure, Measure, Period, Subject, SubjectKind};
use crate::reference::{fold, places};
use serde::Deserialize;

/// A figure as a reader annotated it.
#[derive(Debug, Clone, Deserialize)]
pub struct Answer {
    pub(super) measure: Measure,
    pub(super) value: f64,
    pub(super) value_max: Option<f64>,
    pub(super) subject: Name,
    pub(super) market: String,
    pub(super) product: String,
    pub(super) basis: Basis,
    pub(super) period: Option<String>,
    pub(super) quote: String,
    #[serde(default)]
    pub(super) optional: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Name {
    pub kind: SubjectKind,
    pub name: String,
}

/// An article with its right figures.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The article.
    pub article: Article,
    /// Its figures.
    pub figures: Vec<Answer>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    title: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    text: String,
    #[serde(default)]
    figures: Vec<Answer>,
}

impl Passage {
    /// Reads one JSON line.
    ///
    /// # Errors
    /// When the line is not an annotated passage.
    pub fn from_json(line: &str) -> Result<Self, serde_json::Error> {
        let line: Line = serde_json::from_str(line)?;
        let article = Article {
            id: line.id,
            title: line.title,
            published: line.published.and_then(|day| day.parse().ok()),
            url: None,
            lang: line.lang,
            publisher: None,
            text: line.text,
        };
        Ok(Self { article, figures: line.figures })
    }
}

/// Returns the name without the words that companies add to theirs.
fn bare(name: &str) -> String {
    const SUFFIXES: &[&str] = &[
        "group",
        "inc",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "plc",
        "ag",
        "se",
        "sa",
        "nv",
        "holding",
        "holdings",
        "technologies",
        "electronics",
        "mobile",
        "motor",
        "motors",
        "auto",
        "automobile",
    ];
    let folded = fold(name);
    let kept: Vec<&str> = folded.split(' ').filter(|word| !SUFFIXES.contains(word)).collect();
    if kept.is_empty() { folded } else { kept.join(" ") }
}

fn place_key(name: &str) -> String {
    places().find(name).map_or_else(|_| fold(name), |place| place.id.clone())
}

/// Returns whether a candidate is the annotated subject.
pub(super) fn same_subject(answer: &Name, candidate: &Subject) -> bool {
    match answer.kind {
        SubjectKind::Country | SubjectKind::Region => {
            let id = candidate.id.clone().unwrap_or_default();
            !id.is_empty() && place_key(&answer.name) == id || fold(&answer.name) == fold(&candidate.name)
        }
        SubjectKind::Group => {
            let parts = |name: &str| {
                let mut parts: Vec<String> = name
                    .replace(" and ", ",")
                    .replace('&', ",")
                    .split(',')
                    .map(bare)
                    .filter(|p| !p.is_empty())
                    .collect();
                parts.sort();
                parts
            };
            parts(&answer.name) == parts(&candidate.name)
        }
        _ => bare(&answer.name) == bare(&candidate.name),
    }
}

pub(super) fn same_market(answer: &str, candidate: &Subject) -> bool {
    let id = candidate.id.clone().unwrap_or_default();
    !id.is_empty() && place_key(answer) == id || fold(answer) == fold(&candidate.name)
}

/// Answers found at the values of a reading.
pub(super) struct Aligned {
    /// Answers per (sentence, value): `at[s][v]`.
    pub at: Vec<Vec<Vec<usize>>>,
    /// Values that repeat an answered one and teach the gate nothing.
    pub twins: Vec<Vec<bool>>,
    pub found: Vec<bool>,
}

pub(super) fn align(passage: &Passage, reading: &Reading<'_>) -> Aligned {
    let mut at: Vec<Vec<Vec<usize>>> =
        reading.sents.iter().map(|s| vec![Vec::new(); s.values.len()]).collect();
    let mut twins: Vec<Vec<bool>> = reading.sents.iter().map(|s| vec![false; s.values.len()]).collect();
    let mut found = vec![false; passage.figures.len()];
    for (n, answer) in passage.figures.iter().enumerate() {
        let Some(start) = passage.article.text.find(&answer.quote) else { continue };
        let end = start + answer.quote.len();
        let digits = answer.quote.bytes().any(|b| b.is_ascii_digit());
        let tolerance = if digits || answer.measure == Measure::Rank { 0.051 } else { 0.51 };
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        for (s, sent) in reading.sents.iter().enumerate() {
            if sent.number.is_none() || !sent.triggered {
                continue;
            }
            for (v, value) in sent.values.iter().enumerate() {
                let inside = value.number_span.0 < end && value.number_span.1 > start;
                let same = value.measure == answer.measure
                    && !matches!(value.form, ValueForm::Points | ValueForm::Signed)
                    && (value.value - answer.value).abs() <= tolerance
                    && match (answer.value_max, value.value_max) {
                        (Some(a), Some(b)) => (a - b).abs() <= tolerance,
                        (Some(_), None) => false,
                        _ => true,
                    };
                if inside && same && sent.value_item(v).is_some() {
                    places.push((at[s][v].len(), s, v));
                }
            }
        }
        places.sort_unstable();
        let Some(&(_, s, v)) = places.first() else { continue };
        found[n] = true;
        at[s][v].push(n);
        for &(_, s, v) in &places[1..] {
            twins[s][v] = true;
        }
    }
    Aligned { at, twins, found }
}

#[derive(Default)]
struct Lessons {
    gate: Vec<Choice>,
    pairs: Vec<Choice>,
    product: Vec<Choice>,
    basis: Vec<Choice>,
    period: Vec<Choice>,
}

impl Lessons {
    fn append(&mut self, other: Self) {
        self.gate.extend(other.gate);
        self.pairs.extend(other.pairs);
        self.product.extend(other.product);
        self.basis.extend(other.basis);
        self.period.extend(other.period);
    }
}

/// Returns how far the answers can be reached at all, per passage: answers, found as a value, pair among the candidates.
pub fn reach(reader: &Trainer, passage: &Passage) -> (usize, usize, usize, Vec<String>) {
    let reading = reader.reader.read(&passage.article);
    let aligned = align(passage, &reading);
    let ctx = Context::new(&passage.article, &reading);
    let wanted = passage.figures.iter().filter(|a| !a.optional).count();
    let mut notes = Vec::new();
    let mut found = 0;
    let mut paired = 0;
    for (n, answer) in passage.figures.iter().enumerate() {
        if answer.optional {
            continue;
        }
        if !aligned.found[n] {
            notes.push(format!("value {:?} {} {}", answer.measure, answer.value, answer.quote));
            continue;
        }
        found += 1;
        for (s, row) in aligned.at.iter().enumerate() {
            for (v, list) in row.iter().enumerate() {
                if !list.contains(&n) {
                    continue;
                }
                let p = pairs(&ctx, s, v, &[]);
                let subject = p.subjects.iter().any(|c| same_subject(&answer.subject, &c.subject));
                let market = p.markets.iter().any(|c| same_market(&answer.market, &c.subject));
                match (subject, market) {
                    (true, true) => paired += 1,
                    (false, _) => notes.push(format!(
                        "subject {:?} {} | {}",
                        answer.subject.kind, answer.subject.name, answer.quote
                    )),
                    _ => notes.push(format!("market {} | {}", answer.market, answer.quote)),
                }
            }
        }
    }
    (wanted, found, paired, notes)
}

/// Collects the choices of a passage. With `guide` the past is what those weights decide, not the right answers, so
/// that the heads learn to live with mistakes.
fn lessons(
    passage: &Passage,
    reader: &Reader,
    encoder: &Encoder,
    guide: Option<&Weights>,
    belief: Option<&Weights>,
    out: &mut Lessons,
) {
    let reading = reader.read(&passage.article);
    let aligned = align(passage, &reading);
    let plain = Context::new(&passage.article, &reading);
    let opinions = encoder.opinions(&plain);
    let ctx = Context { opinions: opinions.as_ref(), ..plain };
    let believed = belief.map(|weights| beliefs(&ctx, &decode(&ctx, weights)));
    let ctx = Context { beliefs: believed.as_ref(), ..ctx };
    let mut history: Vec<Decided> = Vec::new();
    let guided = guide.map(|weights| decode(&ctx, weights));
    for (s, sent) in reading.sents.iter().enumerate() {
        for v in order(sent.values.len(), |v| sent.value_item(v)) {
            let value = &sent.values[v];
            let Some(item) = sent.asked(v) else { continue };
            let own = guided.as_ref().and_then(|all| all.iter().find(|d| d.sent == s && d.value == v));
            let own = own.map(|d| d.decided(&ctx));
            let answers: Vec<&Answer> = aligned.at[s][v].iter().map(|&n| &passage.figures[n]).collect();
            let firm = answers.iter().any(|a| !a.optional);
            if firm || (answers.is_empty() && !aligned.twins[s][v]) {
                out.gate.push(Choice::yes_no(gate_features(&ctx, s, v, &history), firm));
            }
            let Some(answer) = answers.iter().find(|a| !a.optional).or(answers.first()) else {
                history.push(own.unwrap_or_else(|| Decided::refused(s, item, value.measure)));
                continue;
            };
            let weight = if answer.optional { 0.4 } else { 1.0 };
            let decided = teach(&ctx, s, v, answer, &answers, weight, &history, out);
            history.push(own.unwrap_or(decided));
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one call site")]
fn teach(
    ctx: &Context<'_>,
    s: usize,
    v: usize,
    answer: &Answer,
    answers: &[&Answer],
    weight: f64,
    history: &[Decided],
    out: &mut Lessons,
) -> Decided {
    let sent = &ctx.reading.sents[s];
    let item = sent.value_item(v).unwrap_or(0);
    let p = pairs(ctx, s, v, history);
    let mut right = Vec::with_capacity(p.pairs.len());
    for subject in &p.subjects {
        for market in &p.markets {
            let fits = |a: &&Answer| {
                same_subject(&a.subject, &subject.subject) && same_market(&a.market, &market.subject)
            };
            right.push(answers.iter().any(fits));
        }
    }
    let subject = p.subjects.iter().find(|c| same_subject(&answer.subject, &c.subject)).cloned();
    let market = p.markets.iter().find(|c| same_market(&answer.market, &c.subject)).cloned();
    out.pairs.push(Choice {
        first: p.subjects.iter().map(|c| c.features.clone()).collect(),
        second: p.markets.iter().map(|c| c.features.clone()).collect(),
        pairs: p.pairs,
        right,
        weight,
    });
    let period: Option<Period> = answer.period.as_deref().and_then(|p| p.parse().ok());
    let mut decided = Decided {
        sent: s,
        item,
        measure: answer.measure,
        taken: true,
        subject: subject.as_ref().map_or_else(|| named(&answer.subject), |c| c.subject.clone()),
        market: market.as_ref().map_or_else(|| market_named(&answer.market), |c| c.subject.clone()),
        product: answer.product.clone(),
        basis: answer.basis,
        period,
    };
    if let (Some(subject), Some(market)) = (&subject, &market) {
        let candidates = product_candidates(ctx, s, v, subject, &market.subject, history);
        let right = candidates.iter().map(|c| c.key == answer.product).collect();
        let mut choice = Choice::single(candidates.into_iter().map(|c| c.features).collect(), right);
        choice.weight = weight;
        out.product.push(choice);
        let cues = basis_cues(ctx, s, v, subject, market, &answer.product, history);
        let right = Basis::ALL.iter().map(|b| *b == answer.basis).collect();
        let chances = ctx.opinions.and_then(|o| o.of(s, v)).map(|o| o.basis.as_slice());
        out.basis.push(Choice::single(basis_candidates(&cues, chances), right));
    }
    let figure = Figured {
        measure: answer.measure,
        subject: &decided.subject,
        market: &decided.market,
        product: &decided.product,
    };
    let candidates = period_candidates(ctx, s, v, figure, history);
    if period.is_some() {
        let right = candidates.iter().map(|c| c.period == period).collect();
        let mut choice = Choice::single(candidates.into_iter().map(|c| c.features).collect(), right);
        choice.weight = weight;
        out.period.push(choice);
    } else {
        // What was not settled may be read as the figure before.
        decided.period = history.iter().rev().find(|d| d.taken).and_then(|d| d.period);
    }
    decided
}

pub(super) fn named(name: &Name) -> Subject {
    match name.kind {
        SubjectKind::Country | SubjectKind::Region => market_named(&name.name),
        kind => Subject::new(kind, &name.name, ""),
    }
}

pub(super) fn market_named(name: &str) -> Subject {
    if name == "World" {
        return Subject::world();
    }
    places()
        .find(name)
        .map_or_else(|_| Subject::new(SubjectKind::Subnational, name, ""), crate::reference::Place::subject)
}

/// Learns from passages; built once, as it holds the tables.
#[derive(Debug)]
pub struct Trainer {
    reader: Reader,
    encoder: Encoder,
    rates: Rates,
}

impl Default for Trainer {
    fn default() -> Self {
        Self::new()
    }
}

impl Trainer {
    /// Builds the automata and loads the tables.
    pub fn new() -> Self {
        Self {
            reader: Reader::new(),
            encoder: Encoder::Off,
            rates: Rates { rounds: 25, step: 0.035, decay: 5e-3, least: 2, blind: 0.4 },
        }
    }

    pub(super) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Sets where the opinions of the encoder come from.
    pub fn encoder(&mut self, encoder: Encoder) {
        self.encoder = encoder;
    }

    /// Sets how long, how fast and how cautiously to learn.
    pub fn rates(&mut self, rounds: usize, step: f64, decay: f64, least: usize, blind: f64) {
        self.rates = Rates { rounds, step, decay, least, blind };
    }

    /// Learns all heads of both readings, from the passages and from sentences of our own. Equal passages in equal order give equal weights.
    ///
    /// Each half of the passages is first read with weights learnt from the other half. What comes out is the past, and
    /// for the second reading the beliefs, that the heads learn to live with, beside the right past.
    pub fn train(&self, passages: &[&Passage]) -> Twice {
        let own = own_lessons();
        let passages: Vec<&Passage> = passages.iter().copied().chain(&own).collect();
        let half =
            |keep: usize| passages.iter().enumerate().filter(move |(i, _)| i % 2 == keep).map(|(_, p)| *p);
        let mut all = self.collect(half(0), None, None);
        let even = Self::heads(&all, self.rates);
        let rest = self.collect(half(1), None, None);
        let odd = Self::heads(&rest, self.rates);
        all.append(rest);
        let first = Self::heads(&all, self.rates);
        let mut again = self.collect(half(0), None, Some(&odd));
        let even_again = Self::heads(&again, self.rates);
        let rest = self.collect(half(1), None, Some(&even));
        let odd_again = Self::heads(&rest, self.rates);
        again.append(rest);
        again.append(self.collect(half(0), Some(&odd_again), Some(&odd)));
        again.append(self.collect(half(1), Some(&even_again), Some(&even)));
        Twice { first, second: Self::heads(&again, self.rates) }
    }

    fn collect<'p>(
        &self,
        passages: impl Iterator<Item = &'p Passage>,
        guide: Option<&Weights>,
        belief: Option<&Weights>,
    ) -> Lessons {
        let mut all = Lessons::default();
        for passage in passages {
            lessons(passage, &self.reader, &self.encoder, guide, belief, &mut all);
        }
        all
    }

    fn heads(all: &Lessons, rates: Rates) -> Weights {
        let mut weights = learn(&all.gate, rates);
        for choices in [&all.pairs, &all.product, &all.basis, &all.period] {
            weights.extend(learn(choices, rates));
        }
        weights
    }

    /// Returns what the encoder thinks of the values of a passage.
    pub fn opinions(&self, passage: &Passage) -> Option<Opinions> {
        let reading = self.reader.read(&passage.article);
        self.encoder.opinions(&Context::new(&passage.article, &reading))
    }

    /// Returns what the encoder learns from a passage, as JSON: its sentences with their pieces, and the right pieces of each value.
    pub fn encoder_lesson(&self, passage: &Passage) -> serde_json::Value {
        super::encoder::lessons::encoder_lesson(passage, &self.reader)
    }

    /// Returns for each figure read whether it is right: what the calibration learns from. Nothing is said of optional figures.
    pub fn judged(&self, passage: &Passage, figures: &[Figure]) -> Vec<Option<Judged>> {
        let mut used = vec![false; passage.figures.len()];
        figures
            .iter()
            .map(|figure| {
                let hit = passage.figures.iter().enumerate().find(|(n, a)| {
                    !used[*n]
                        && a.measure == figure.measure
                        && (a.value - figure.value).abs() <= 0.51
                        && same_subject(&a.subject, &figure.subject)
                        && same_market(&a.market, &figure.market)
                });
                let Some((n, answer)) = hit else { return Some(Judged { core: false, full: false }) };
                used[n] = true;
                let dated = answer
                    .period
                    .as_deref()
                    .is_none_or(|period| figure.period.is_some_and(|found| found.to_string() == period));
                let full = dated && answer.product == figure.product;
                (!answer.optional).then_some(Judged { core: true, full })
            })
            .collect()
    }
}
