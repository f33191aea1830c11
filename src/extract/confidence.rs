//! How likely a figure is right, and how likely with product and period: two logistic curves over the scores of its
//! stages, fitted on passages the weights have not seen.

use super::context::Context;
use super::decode::{Reading1, Roles};
use crate::model::Measure;

/// Number of marks a figure gets.
const MARKS: usize = 18;

/// Whether a figure that was read is right, and whether product and period are right too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Value, subject and market are right.
    pub core: bool,
    /// Product and period are right too.
    pub full: bool,
}

/// The curves, the point below which a figure is not told, and the point from which it is accepted without a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    slopes: [f64; MARKS],
    slopes_full: [f64; MARKS],
    /// Figures less likely than this are dropped.
    pub threshold: f64,
    /// Figures at least this likely with product and period are accepted; those between wait for review. Above 1 nothing is.
    pub accept: f64,
    /// An article whose surest figure is less likely than this tells none: most such articles have none.
    pub opening: f64,
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

/// Returns what the confidence of a reading rests on; `all` are the readings of the article.
pub(crate) fn marks(ctx: &Context<'_>, reading: &Reading1, roles: &Roles, all: &[Reading1]) -> Vec<f64> {
    let opinion = ctx.opinions.and_then(|o| o.of(reading.sent, reading.value));
    let believed = |p: Option<f64>| p.map_or(0.0, logit);
    let rank = ctx.reading.sents[reading.sent].values[reading.value].measure == Measure::Rank;
    let yes = |b: bool| f64::from(u8::from(b));
    let others: Vec<f64> = all
        .iter()
        .filter(|r| (r.sent, r.value) != (reading.sent, reading.value))
        .map(|r| logit(r.gate))
        .collect();
    let mean = if others.is_empty() { 0.0 } else { others.iter().sum::<f64>() / others.len() as f64 };
    let best = others.iter().copied().fold(-4.0, f64::max);
    let other = roles.others.first().map_or(0.0, |(_, _, p)| *p);
    vec![
        1.0,
        logit(reading.gate),
        logit(roles.pair),
        logit(roles.product_chance),
        yes(rank),
        yes(roles.subject.item.is_none()),
        yes(roles.subject.kind == super::mentions::Kind::Name),
        mean,
        best,
        yes(others.is_empty()),
        roles.pair - other,
        yes(roles.market.item.is_none() && !roles.market.subject.is_world()),
        believed(opinion.map(|o| o.gate)),
        believed(roles.subject.chance),
        believed(roles.market.chance),
        believed(roles.subject.chance).min(believed(roles.market.chance)),
        logit(roles.period_chance),
        yes(roles.period.is_none()),
    ]
}

impl Calibration {
    /// Returns the curve that fits the weights inside the program.
    pub fn built_in() -> Self {
        Self::from_text(include_str!("data/full/calibration.csv"))
    }

    /// Reads the numbers of `data/calibration.csv`: the slopes of both curves in order, then the three thresholds.
    pub fn from_text(text: &str) -> Self {
        let mut numbers =
            text.lines().skip(1).filter_map(|line| line.split(',').nth(1)?.trim().parse::<f64>().ok());
        let slopes = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        let slopes_full = std::array::from_fn(|_| numbers.next().unwrap_or(0.0));
        let threshold = numbers.next().unwrap_or(0.5);
        let accept = numbers.next().unwrap_or(NEVER);
        Self { slopes, slopes_full, threshold, accept, opening: numbers.next().unwrap_or(0.0) }
    }

    /// Returns the text of `data/calibration.csv`.
    pub fn to_text(&self) -> String {
        let names = [
            "bias",
            "gate",
            "pair",
            "product",
            "rank",
            "carried",
            "unknown",
            "others",
            "best-other",
            "alone",
            "lead",
            "market-carried",
            "encoder-gate",
            "encoder-subject",
            "encoder-market",
            "encoder-least",
            "period",
            "undated",
        ];
        let mut out = String::from("name,value\n");
        for (head, slopes) in [("", self.slopes), ("full-", self.slopes_full)] {
            for (name, slope) in names.iter().zip(slopes) {
                out.push_str(&format!("{head}{name},{slope:.4}\n"));
            }
        }
        out.push_str(&format!(
            "threshold,{:.3}\naccept,{:.3}\nopening,{:.3}\n",
            self.threshold, self.accept, self.opening
        ));
        out
    }

    /// Returns the probability for the marks of a figure that value, subject and market are right.
    pub fn confidence(&self, marks: &[f64]) -> f64 {
        on_curve(&self.slopes, marks)
    }

    /// Returns the probability that product and period are right too; never more than that without them.
    pub fn confidence_full(&self, marks: &[f64]) -> f64 {
        on_curve(&self.slopes_full, marks).min(self.confidence(marks))
    }

    /// Fits both curves; the threshold stays at `threshold`, and what is accepted is fitted too.
    pub fn fit(judged: &[(Vec<f64>, Judged)], threshold: f64) -> Self {
        let core: Vec<(&[f64], bool)> = judged.iter().map(|(m, j)| (m.as_slice(), j.core)).collect();
        let full: Vec<(&[f64], bool)> = judged.iter().map(|(m, j)| (m.as_slice(), j.full)).collect();
        let mut curve = Self {
            slopes: fit_curve(&core),
            slopes_full: fit_curve(&full),
            threshold,
            accept: NEVER,
            opening: OPENING,
        };
        let told = judged.iter().filter(|(marks, _)| curve.confidence(marks) >= threshold);
        curve.accept = acceptance(told.map(|(marks, j)| (curve.confidence_full(marks), j.full)).collect());
        curve
    }
}

fn on_curve(slopes: &[f64; MARKS], marks: &[f64]) -> f64 {
    let sum: f64 = slopes.iter().zip(marks).map(|(s, m)| s * m).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Fits a curve by plain gradient steps.
fn fit_curve(judged: &[(&[f64], bool)]) -> [f64; MARKS] {
    let mut slopes = [0.0; MARKS];
    if judged.is_empty() {
        return slopes;
    }
    for _ in 0..4000 {
        let mut gradient = [0.0; MARKS];
        for (marks, right) in judged {
            let miss = f64::from(u8::from(*right)) - on_curve(&slopes, marks);
            for (g, m) in gradient.iter_mut().zip(*marks) {
                *g += miss * m;
            }
        }
        for (slope, g) in slopes.iter_mut().zip(gradient) {
            *slope += 0.05 * (g / judged.len() as f64 - 1e-4 * *slope);
        }
    }
    slopes
}

/// The least confidence of the surest figure of an article. Measured once on out-of-fold readings: up to here the articles
/// that are left out whole are mostly those without figures, above it the others.
const OPENING: f64 = 0.66;

/// An acceptance that no confidence reaches.
const NEVER: f64 = 2.0;

/// Least precision of what is accepted, of which 95 % certainty is wanted.
const WANTED: f64 = 0.95;

/// Returns the lowest confidence from which the lower bound of the precision is high enough, rounded up to thousandths.
fn acceptance(mut judged: Vec<(f64, bool)>) -> f64 {
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut accept = NEVER;
    let mut right = 0.0;
    for (at, (confidence, good)) in judged.iter().enumerate() {
        right += f64::from(u8::from(*good));
        // Equals stand or fall together.
        let last = judged.get(at + 1).is_none_or(|next| next.0 < *confidence);
        if last && lower_bound(right, at as f64 + 1.0) >= WANTED {
            accept = (confidence * 1000.0).ceil() / 1000.0;
        }
    }
    accept
}

/// Returns the lower end of Wilson's 95 % interval for `right` of `all`.
fn lower_bound(right: f64, all: f64) -> f64 {
    const Z: f64 = 1.959_964;
    let (p, z2) = (right / all, Z * Z);
    let spread = Z * (p * (1.0 - p) / all + z2 / (4.0 * all * all)).sqrt();
    (p + z2 / (2.0 * all) - spread) / (1.0 + z2 / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_follows_the_marks_and_survives_its_text() {
        let marks = |x: f64| {
            let mut marks = vec![0.0; MARKS];
            (marks[0], marks[1]) = (1.0, x);
            marks
        };
        // The whole figure is right where the mark is twice as high.
        let judged: Vec<_> =
            (-10..=10).map(|i| (marks(f64::from(i)), Judged { core: i > 0, full: i > 4 })).collect();
        let curve = Calibration::fit(&judged, 0.4);
        assert!(curve.confidence(&marks(8.0)) > 0.8);
        assert!(curve.confidence(&marks(-8.0)) < 0.2);
        assert!(curve.confidence_full(&marks(2.0)) < 0.5 && curve.confidence_full(&marks(9.0)) > 0.5);
        let again = Calibration::from_text(&curve.to_text());
        assert!((again.confidence_full(&marks(3.0)) - curve.confidence_full(&marks(3.0))).abs() < 1e-3);
        assert!((again.confidence(&marks(3.0)) - curve.confidence(&marks(3.0))).abs() < 1e-3);
        assert!((again.threshold - 0.4).abs() < 1e-9);
        assert!((again.accept - curve.accept).abs() < 1e-3);
    }

    #[test]
    fn what_is_accepted_is_right_with_certainty() {
        // By the published formula 73 of 73 have a lower bound of .9500, 72 of 72 one of .9493.
        let all_right = |count: usize| acceptance(vec![(0.9, true); count]);
        assert_eq!((all_right(73), all_right(72)), (0.9, NEVER));
        let mut judged = vec![(0.9, true); 200];
        judged.extend([(0.8, true), (0.8, false), (0.7, true)]);
        judged.extend([(0.6, false); 30]);
        assert_eq!(acceptance(judged), 0.7, "201 and 202 right of 203 are enough, 202 of 233 are not");
        assert_eq!(acceptance(Vec::new()), NEVER);
    }
}
