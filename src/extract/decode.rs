//! Values to readings: the gate, then roles, product, basis and period of each, in the order of the text.

use super::context::{Belief, Beliefs, Context, Decided};
use super::gate::gate_features;
use super::linear::{Twice, Weights, pair_scores, softmax};
use super::product::{basis_candidates, basis_cues, product_candidates};
use super::roles::{Candidate, Pairs, pairs};
use super::when::{Figured, period_candidates};
use crate::model::{Basis, Period, Subject, SubjectKind};

/// What was made of one value.
#[derive(Debug, Clone)]
pub(crate) struct Reading1 {
    pub sent: usize,
    pub value: usize,
    pub item: usize,
    /// Probability that the value belongs to a figure.
    pub gate: f64,
    /// The roles; `None` when the gate is shut or no candidate stands.
    pub roles: Option<Roles>,
}

impl Reading1 {
    /// Returns what the values after this one know of it.
    pub fn decided(&self, ctx: &Context<'_>) -> Decided {
        let measure = ctx.reading.sents[self.sent].values[self.value].measure;
        match &self.roles {
            Some(r) if self.gate >= TAKEN => Decided {
                sent: self.sent,
                item: self.item,
                measure,
                taken: true,
                subject: r.subject.subject.clone(),
                market: r.market.subject.clone(),
                product: r.product.clone(),
                basis: r.basis,
                period: r.period,
            },
            _ => Decided::refused(self.sent, self.item, measure),
        }
    }
}

/// The roles of a figure.
#[derive(Debug, Clone)]
pub(crate) struct Roles {
    pub subject: Candidate,
    pub market: Candidate,
    pub product: String,
    pub basis: Basis,
    pub period: Option<Period>,
    /// Probability of the pair of subject and market among all pairs.
    pub pair: f64,
    pub product_chance: f64,
    pub period_chance: f64,
    /// Other pairs with their probability, best first.
    pub others: Vec<(Subject, Subject, f64)>,
}

/// The gate lets values through from this probability on; the confidence decides later what is told.
const GATE: f64 = 0.15;
/// From this probability on a value counts as a figure for the values after it.
const TAKEN: f64 = 0.5;

/// Reads the article twice: the second reading leans on what the first made of it.
pub(crate) fn read_twice(ctx: &Context<'_>, weights: &Twice) -> Vec<Reading1> {
    let beliefs = beliefs(ctx, &decode(ctx, &weights.first));
    let again = Context { beliefs: Some(&beliefs), ..ctx.clone() };
    decode(&again, &weights.second)
}

/// Keeps what a second reading needs of a first.
pub(crate) fn beliefs(ctx: &Context<'_>, readings: &[Reading1]) -> Beliefs {
    let all = readings
        .iter()
        .map(|r| {
            let decided = r.decided(ctx);
            let chance = r.roles.as_ref().filter(|_| decided.taken).map_or(0.0, |roles| roles.pair);
            Belief {
                sent: r.sent,
                item: r.item,
                paragraph: ctx.reading.sents[r.sent].paragraph,
                measure: decided.measure,
                gate: r.gate,
                weight: if decided.taken { r.gate * (0.2 + chance) } else { 0.0 },
                subject: decided.subject,
                market: decided.market,
                product: decided.product,
                period: decided.period,
            }
        })
        .collect();
    Beliefs { all }
}

/// How many decided values a later one looks back on.
const REMEMBERED: usize = 60;

/// Reads every value of the article.
pub(crate) fn decode(ctx: &Context<'_>, weights: &Weights) -> Vec<Reading1> {
    let mut history: Vec<Decided> = Vec::new();
    let mut out = Vec::new();
    for (s, sent) in ctx.reading.sents.iter().enumerate() {
        for v in order(sent.values.len(), |v| sent.value_item(v)) {
            let Some(item) = sent.asked(v) else { continue };
            let before = &history[history.len().saturating_sub(REMEMBERED)..];
            let score = weights.score(&gate_features(ctx, s, v, before));
            let gate = 1.0 / (1.0 + (-score).exp());
            let roles = (gate >= GATE).then(|| roles(ctx, s, v, before, weights)).flatten();
            let reading = Reading1 { sent: s, value: v, item, gate, roles };
            history.push(reading.decided(ctx));
            out.push(reading);
        }
    }
    out
}

/// Returns the values in the order of the text.
pub(crate) fn order(count: usize, item: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut all: Vec<usize> = (0..count).collect();
    all.sort_by_key(|&v| item(v));
    all
}

/// Returns whether imports or exports could only come from a figure about another kind of subject.
fn trade_is_carried(ctx: &Context<'_>, s: usize, subject: &Candidate, history: &[Decided]) -> bool {
    let country = |s: &Subject| {
        matches!(
            s.kind,
            SubjectKind::Country | SubjectKind::Region | SubjectKind::Subnational | SubjectKind::Group
        )
    };
    let said = ctx.reading.sents[s].items.iter().any(|item| {
        matches!(item.label, "basis.imports" | "basis.exports" | "receive" | "supply" | "go" | "from")
    });
    let last = history.iter().rev().find(|d| d.taken);
    !said && !country(&subject.subject) && last.is_some_and(|d| country(&d.subject))
}

fn best(scores: &[f64]) -> Option<usize> {
    // The first of equals, whatever the machine.
    scores
        .iter()
        .enumerate()
        .fold(None, |top: Option<(usize, f64)>, (i, &s)| match top {
            Some((_, t)) if t >= s => top,
            _ => Some((i, s)),
        })
        .map(|(i, _)| i)
}

fn roles(ctx: &Context<'_>, s: usize, v: usize, history: &[Decided], weights: &Weights) -> Option<Roles> {
    let Pairs { subjects, markets, pairs } = pairs(ctx, s, v, history);
    let first: Vec<_> = subjects.iter().map(|c| c.features.clone()).collect();
    let second: Vec<_> = markets.iter().map(|c| c.features.clone()).collect();
    let scores = pair_scores(|f| weights.score(f), &first, &second, &pairs);
    let chances = softmax(&scores);
    // The same pair of names may stand at several places: their chances add up.
    let mut sums: Vec<(usize, f64)> = Vec::new();
    for (at, chance) in chances.iter().enumerate() {
        let (i, j) = (at / markets.len(), at % markets.len());
        let twin = sums.iter_mut().find(|(other, _)| {
            let (a, b) = (other / markets.len(), other % markets.len());
            subjects[a].subject == subjects[i].subject && markets[b].subject == markets[j].subject
        });
        match twin {
            Some((_, sum)) => *sum += chance,
            None => sums.push((at, *chance)),
        }
    }
    let top = best(&sums.iter().map(|(_, p)| *p).collect::<Vec<_>>())?;
    let (chosen, pair) = sums[top];
    // Of the places of the chosen pair take the likeliest.
    let same: Vec<usize> = (0..chances.len())
        .filter(|at| {
            subjects[at / markets.len()].subject == subjects[chosen / markets.len()].subject
                && markets[at % markets.len()].subject == markets[chosen % markets.len()].subject
        })
        .collect();
    let place = same[best(&same.iter().map(|&at| chances[at]).collect::<Vec<_>>())?];
    let subject = subjects[place / markets.len()].clone();
    let market = markets[place % markets.len()].clone();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let others = sums
        .iter()
        .filter(|(at, _)| *at != chosen)
        .take(3)
        .map(|(at, p)| {
            (subjects[at / markets.len()].subject.clone(), markets[at % markets.len()].subject.clone(), *p)
        })
        .collect();
    let products = product_candidates(ctx, s, v, &subject, &market.subject, history);
    let scores: Vec<f64> = products.iter().map(|c| weights.score(&c.features)).collect();
    let product_at = best(&scores)?;
    let product_chance = softmax(&scores)[product_at];
    let product = products[product_at].key.clone();
    let opinion = ctx.opinions.and_then(|o| o.of(s, v));
    let cues = basis_cues(ctx, s, v, &subject, &market, &product, history);
    let mut scores: Vec<f64> = basis_candidates(&cues, opinion.map(|o| o.basis.as_slice()))
        .iter()
        .map(|f| weights.score(f))
        .collect();
    if trade_is_carried(ctx, s, &subject, history) {
        // A brand is not imported because the figure before was of imports from a country.
        for (score, basis) in scores.iter_mut().zip(Basis::ALL) {
            if matches!(basis, Basis::Imports | Basis::Exports) {
                *score = f64::NEG_INFINITY;
            }
        }
    }
    let basis = Basis::ALL[best(&scores)?];
    let figure = Figured {
        measure: ctx.reading.sents[s].values[v].measure,
        subject: &subject.subject,
        market: &market.subject,
        product: &product,
    };
    let periods = period_candidates(ctx, s, v, figure, history);
    let scores: Vec<f64> = periods.iter().map(|c| weights.score(&c.features)).collect();
    let chances = softmax(&scores);
    let mut sums: Vec<(Option<Period>, f64)> = Vec::new();
    for (candidate, chance) in periods.iter().zip(chances) {
        match sums.iter_mut().find(|(p, _)| *p == candidate.period) {
            Some((_, sum)) => *sum += chance,
            None => sums.push((candidate.period, chance)),
        }
    }
    let at = best(&sums.iter().map(|(_, p)| *p).collect::<Vec<_>>())?;
    let (period, period_chance) = sums[at];
    Some(Roles { subject, market, product, basis, period, pair, product_chance, period_chance, others })
}
