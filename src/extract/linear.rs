//! Linear scores over hashed features: how they are named, kept, added up and learnt.
//!
//! A feature is a list of words that is hashed to 32 bits. A weight file is the sorted list of the hashes with their
//! weights, so that equal weights are equal bytes. Sums are taken in the order of the features: no machine differs.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The hashed name of a feature.
pub(crate) type Feature = u32;

/// The features of one candidate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Features(pub Vec<Feature>);

impl Features {
    /// Adds the feature whose name is `parts`, in this order.
    pub fn add(&mut self, parts: &[&str]) {
        self.0.push(hash(parts));
    }
}

/// Hashes the parts, eight bytes at a time; the length of each part is its border to the next.
fn hash(parts: &[&str]) -> Feature {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut mix = |word: u64| state = (state.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for part in parts {
        let mut eights = part.as_bytes().chunks_exact(8);
        for eight in eights.by_ref() {
            mix(eight.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        let rest = eights.remainder();
        let tail = rest.iter().rev().fold(0, |word: u64, byte| word << 8 | u64::from(*byte));
        // Seven bytes leave room for the length.
        mix(tail | (part.len() as u64) << 56);
    }
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (state >> 32) as u32
}

/// Features are hashes already; the map need not hash them again.
#[derive(Debug, Default, Clone)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 << 8) | u64::from(byte);
        }
    }
    fn write_u32(&mut self, value: u32) {
        // Spread over the whole word: the map takes its bits from both ends.
        self.0 = u64::from(value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

type Table = HashMap<Feature, f32, BuildHasherDefault<Identity>>;

/// The weight of each feature; a feature that was never seen weighs nothing.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    table: Table,
}

impl Weights {
    /// Reads a weight file; bytes beyond the last whole entry are ignored.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let table = bytes
            .chunks_exact(6)
            .map(|entry| {
                let feature = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
                let weight = f32::from(i16::from_le_bytes([entry[4], entry[5]])) / SCALE;
                (feature, weight)
            })
            .collect();
        Self { table }
    }

    /// Returns the weight file: per feature its hash and the weight in 1/1000, little-endian, sorted by hash.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sorted: BTreeMap<Feature, f32> = self.table.iter().map(|(&f, &w)| (f, w)).collect();
        let mut bytes = Vec::with_capacity(sorted.len() * 6);
        for (feature, weight) in sorted {
            let scaled = (weight * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
            if scaled != 0 {
                bytes.extend(feature.to_le_bytes());
                bytes.extend(scaled.to_le_bytes());
            }
        }
        bytes
    }

    /// Returns the number of features that weigh something.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Returns whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Adds up the weights of the features.
    pub(crate) fn score(&self, features: &Features) -> f64 {
        features.0.iter().map(|f| f64::from(self.table.get(f).copied().unwrap_or(0.0))).sum()
    }

    /// Takes over the weights of another head; features of different heads have different names.
    pub(crate) fn extend(&mut self, other: Self) {
        self.table.extend(other.table);
    }
}

/// The weights of the first and of the second reading.
#[derive(Debug, Clone, Default)]
pub struct Twice {
    /// Of the reading that knows nothing yet.
    pub first: Weights,
    /// Of the reading that leans on the first.
    pub second: Weights,
}

impl Twice {
    /// Reads the weight files of both readings.
    pub fn from_bytes(first: &[u8], second: &[u8]) -> Self {
        Self { first: Weights::from_bytes(first), second: Weights::from_bytes(second) }
    }
}

/// Weights are kept in thousandths.
const SCALE: f32 = 1000.0;

/// A choice to learn from: candidates of two roles, every pair of them, and which pairs are right.
///
/// A choice of one role has one empty candidate in `second`. A yes-no question has an empty first candidate for no.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    pub first: Vec<Features>,
    pub second: Vec<Features>,
    /// Features of the pair (i, j) at `i * second.len() + j`; empty when pairs have none.
    pub pairs: Vec<Features>,
    /// Which pairs are right, in the order of `pairs`.
    pub right: Vec<bool>,
    pub weight: f64,
}

impl Choice {
    /// Creates a choice among the candidates of one role.
    pub fn single(candidates: Vec<Features>, right: Vec<bool>) -> Self {
        Self { first: candidates, second: vec![Features::default()], pairs: Vec::new(), right, weight: 1.0 }
    }

    /// Creates a yes-no question.
    pub fn yes_no(features: Features, yes: bool) -> Self {
        Self::single(vec![Features::default(), features], vec![!yes, yes])
    }
}

/// Returns the scores of all pairs, in the order of [`Choice::pairs`].
pub(crate) fn pair_scores(
    weigh: impl Fn(&Features) -> f64,
    first: &[Features],
    second: &[Features],
    pairs: &[Features],
) -> Vec<f64> {
    let a: Vec<f64> = first.iter().map(&weigh).collect();
    let b: Vec<f64> = second.iter().map(&weigh).collect();
    let mut scores = Vec::with_capacity(a.len() * b.len());
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let own = pairs.get(i * b.len() + j).map_or(0.0, &weigh);
            scores.push(x + y + own);
        }
    }
    scores
}

/// Turns scores into probabilities.
pub(crate) fn softmax(scores: &[f64]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|p| p / sum).collect()
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rates {
    pub rounds: usize,
    pub step: f64,
    /// Pull towards nothing, per round.
    pub decay: f64,
    /// Features in fewer choices are left out.
    pub least: usize,
    /// Part of the features that each step closes its eyes to, so that none is leant on alone.
    pub blind: f64,
}

/// Learns the weights under which the right pairs are likely: stochastic gradients with one step size a feature,
/// in a fixed order that a small generator shuffles, so that equal input gives equal weights.
pub(crate) fn learn(choices: &[Choice], rates: Rates) -> Weights {
    let mut index: HashMap<Feature, u32, BuildHasherDefault<Identity>> = HashMap::default();
    let mut names: Vec<Feature> = Vec::new();
    let mut seen: HashMap<Feature, (u32, u32), BuildHasherDefault<Identity>> = HashMap::default();
    for (at, choice) in choices.iter().enumerate() {
        for f in choice.first.iter().chain(&choice.second).chain(&choice.pairs).flat_map(|list| &list.0) {
            let entry = seen.entry(*f).or_insert((u32::MAX, 0));
            if entry.0 != at as u32 {
                *entry = (at as u32, entry.1 + 1);
            }
        }
    }
    let common = |f: &Feature| seen.get(f).is_some_and(|(_, n)| *n as usize >= rates.least);
    let mut number = |list: &[Features]| -> Vec<Vec<u32>> {
        list.iter()
            .map(|features| {
                features
                    .0
                    .iter()
                    .filter(|f| common(f))
                    .map(|&f| {
                        *index.entry(f).or_insert_with(|| {
                            names.push(f);
                            names.len() as u32 - 1
                        })
                    })
                    .collect()
            })
            .collect()
    };
    let numbered: Vec<[Vec<Vec<u32>>; 3]> =
        choices.iter().map(|c| [number(&c.first), number(&c.second), number(&c.pairs)]).collect();
    let mut state = Ascent {
        weights: vec![0.0; names.len()],
        squares: vec![1e-6; names.len()],
        salt: 0,
        blind: (rates.blind * 65536.0) as u64,
    };
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    // The mean over the later rounds sways less than any one of them.
    let mut sums = vec![0.0; names.len()];
    let (mut summed, settled) = (0.0, rates.rounds / 3);
    for round in 0..rates.rounds {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        for &at in &order {
            random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            state.salt = random;
            state.step(&numbered[at], &choices[at], rates.step, rates.decay);
        }
        if round >= settled {
            summed += 1.0;
            for (sum, weight) in sums.iter_mut().zip(&state.weights) {
                *sum += weight;
            }
        }
    }
    let table = names
        .into_iter()
        .zip(sums)
        .map(|(f, sum): (Feature, f64)| (f, sum / f64::max(summed, 1.0) * (1.0 - rates.blind)))
        .filter(|(_, w)| (w * f64::from(SCALE)).abs() >= 0.5)
        .map(|(f, w)| (f, w as f32))
        .collect();
    Weights { table }
}

struct Ascent {
    weights: Vec<f64>,
    squares: Vec<f64>,
    /// Chooses which features a step does not see.
    salt: u64,
    blind: u64,
}

impl Ascent {
    fn sees(&self, f: u32) -> bool {
        let mixed = (u64::from(f) ^ self.salt).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 48) >= self.blind
    }

    fn step(&mut self, numbered: &[Vec<Vec<u32>>; 3], choice: &Choice, step: f64, decay: f64) {
        if !choice.right.contains(&true) || choice.right.iter().all(|&r| r) {
            return;
        }
        let weigh = |list: &Vec<u32>| -> f64 {
            list.iter().filter(|&&f| self.sees(f)).map(|&f| self.weights[f as usize]).sum()
        };
        let [first, second, pairs] = numbered;
        let a: Vec<f64> = first.iter().map(weigh).collect();
        let b: Vec<f64> = second.iter().map(weigh).collect();
        let mut scores = Vec::with_capacity(choice.right.len());
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                scores.push(x + y + pairs.get(i * b.len() + j).map_or(0.0, weigh));
            }
        }
        let chance = softmax(&scores);
        let sure: f64 = chance.iter().zip(&choice.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
        let sure = sure.max(1e-12);
        let slope: Vec<f64> = chance
            .iter()
            .zip(&choice.right)
            .map(|(p, &r)| choice.weight * (if r { p / sure } else { 0.0 } - p))
            .collect();
        let width = b.len();
        for (i, list) in first.iter().enumerate() {
            let total: f64 = slope[i * width..(i + 1) * width].iter().sum();
            self.move_by(list, total, step, decay);
        }
        for (j, list) in second.iter().enumerate() {
            let total: f64 = slope.iter().skip(j).step_by(width).sum();
            self.move_by(list, total, step, decay);
        }
        for (list, &total) in pairs.iter().zip(&slope) {
            self.move_by(list, total, step, decay);
        }
    }

    fn move_by(&mut self, list: &[u32], slope: f64, step: f64, decay: f64) {
        if slope.abs() < 1e-9 {
            return;
        }
        for &f in list {
            if !self.sees(f) {
                continue;
            }
            let f = f as usize;
            let gradient = slope - decay * self.weights[f];
            self.squares[f] += gradient * gradient;
            self.weights[f] += step * gradient / self.squares[f].sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(names: &[&str]) -> Features {
        let mut out = Features::default();
        for name in names {
            out.add(&[name]);
        }
        out
    }

    #[test]
    fn a_choice_is_learnt_and_learnt_alike_twice() {
        let choices: Vec<Choice> = (0..20)
            .map(|i| {
                let flip = i % 2 == 0;
                let (good, bad) = (features(&["good"]), features(&["bad"]));
                let list = if flip { vec![good, bad] } else { vec![bad, good] };
                Choice::single(list, vec![flip, !flip])
            })
            .collect();
        let rates = Rates { rounds: 5, step: 0.3, decay: 1e-3, least: 1, blind: 0.0 };
        let weights = learn(&choices, rates);
        assert!(weights.score(&features(&["good"])) > weights.score(&features(&["bad"])));
        assert_eq!(weights.to_bytes(), learn(&choices, rates).to_bytes());
    }

    #[test]
    fn weights_survive_their_file() {
        let choices =
            [Choice::yes_no(features(&["share", "of"]), true), Choice::yes_no(features(&["rate"]), false)];
        let weights = learn(&choices, Rates { rounds: 9, step: 0.3, decay: 0.0, least: 1, blind: 0.0 });
        let again = Weights::from_bytes(&weights.to_bytes());
        assert_eq!(again.to_bytes(), weights.to_bytes());
        assert!(again.score(&features(&["share"])) > 0.1);
        assert!(again.score(&features(&["rate"])) < -0.1);
    }

    #[test]
    fn parts_of_a_feature_do_not_run_together() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
