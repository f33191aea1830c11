//! Prose to figures: triggers, sentences, mentions, gate, roles, periods, merge, confidence.
//!
//! A text is read once by an automaton of trigger words. Only sentences with one, and a few around them, are cut into
//! words, values, times and mentions. A linear model then decides for each value whether it is a share or rank of a
//! market (the gate), who holds it and whose total it is (the roles), what is counted and when.
//! `docs/extraction.md` describes the stages and how the weights are learnt.

mod attribution;
mod by_patterns;
mod confidence;
mod context;
mod decode;
mod encoder;
mod explain;
mod gate;
#[cfg(test)]
mod gold;
mod goods;
pub mod learn;
mod lexicon;
mod linear;
mod mentions;
mod merge;
mod names;
mod opinions;
mod own_lessons;
mod paths;
mod patterns;
mod phrases;
mod product;
mod reading;
mod resolve;
mod roles;
mod sentences;
mod spread;
mod status;
#[cfg(test)]
mod tests;
mod times;
mod tokens;
mod triggers;
mod unit;
mod values;
mod when;

pub use confidence::{Calibration, Judged};
pub use encoder::Encoder;
pub use linear::{Twice, Weights};
pub use opinions::Opinions;

use crate::model::{Article, Figure, SubjectKind};
use context::Context;
use decode::{Reading1, Roles, read_twice};
use reading::{Reader, Reading};

/// The reader of figures; built once, used for many articles.
#[derive(Debug)]
pub struct Extractor {
    reader: Reader,
    weights: Twice,
    calibration: Calibration,
    encoder: Encoder,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

/// A figure with the marks its confidence rests on.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The figure.
    pub figure: Figure,
    /// What [`Calibration`] is fitted on.
    pub marks: Vec<f64>,
}

impl Extractor {
    /// Builds the automata and loads the tables: the linear models with the encoder's opinions.
    pub fn new() -> Self {
        let weights = Twice::from_bytes(
            include_bytes!("data/full/weights-first.bin"),
            include_bytes!("data/full/weights-second.bin"),
        );
        Self::with(weights, Calibration::built_in(), Encoder::Own)
    }

    /// Builds the extractor without the encoder: many times faster, and less often right.
    pub fn fast() -> Self {
        let weights = Twice::from_bytes(
            include_bytes!("data/fast/weights-first.bin"),
            include_bytes!("data/fast/weights-second.bin"),
        );
        let calibration = Calibration::from_text(include_str!("data/fast/calibration.csv"));
        Self::with(weights, calibration, Encoder::Off)
    }

    /// Returns the confidence, product and period included, from which a figure needs no person to look at it.
    pub fn acceptance(&self) -> f64 {
        self.calibration.accept
    }

    /// Builds an extractor with weights of one's own.
    pub fn with(weights: Twice, calibration: Calibration, encoder: Encoder) -> Self {
        Self { reader: Reader::new(), weights, calibration, encoder }
    }

    /// Returns the figures of an article, in the order of the text.
    pub fn figures(&self, article: &Article) -> Vec<Figure> {
        self.marked(article).into_iter().map(|m| m.figure).collect()
    }

    /// Returns the figures with the marks of their confidence.
    pub fn marked(&self, article: &Article) -> Vec<Marked> {
        if self.note(article).is_some() {
            return Vec::new();
        }
        self.reader.parts(article).iter().flat_map(|part| self.part(article, part)).collect()
    }

    /// Decides the values of one part of an article.
    fn part(&self, article: &Article, reading: &Reading<'_>) -> Vec<Marked> {
        let plain = Context::new(article, reading);
        let opinions = self.encoder.opinions(&plain);
        let ctx = Context { opinions: opinions.as_ref(), ..plain };
        let mut all: Vec<Marked> = Vec::new();
        let readings = read_twice(&ctx, &self.weights);
        for decided in &readings {
            let Some(roles) = &decided.roles else { continue };
            all.extend(self.build(&ctx, decided, roles, &readings));
        }
        all.retain(|m| m.figure.confidence >= self.calibration.threshold);
        if all.iter().all(|m| m.figure.confidence < self.calibration.opening) {
            return Vec::new();
        }
        let mut figures = merge::merge(all.iter().map(|m| m.figure.clone()).collect());
        merge::check_sums(&mut figures);
        merge::check_conflicts(&mut figures);
        figures
            .into_iter()
            .filter_map(|figure| {
                let marks = all.iter().find(|m| m.figure.span == figure.span)?;
                Some(Marked { figure, marks: marks.marks.clone() })
            })
            .collect()
    }

    /// Makes the figures of one value: one, or several for `A and B had 9% each`.
    fn build(&self, ctx: &Context<'_>, decided: &Reading1, roles: &Roles, all: &[Reading1]) -> Vec<Marked> {
        let sent = &ctx.reading.sents[decided.sent];
        let value = &sent.values[decided.value];
        let marks = confidence::marks(ctx, decided, roles, all);
        let span = value.span;
        let figure = Figure {
            document: ctx.article.id.clone(),
            measure: value.measure,
            value: value.value,
            value_max: value.value_max,
            qualifier: value.qualifier,
            subject: roles.subject.subject.clone(),
            market: roles.market.subject.clone(),
            product: roles.product.clone(),
            basis: roles.basis,
            unit: unit::unit(sent, &roles.product, roles.basis),
            period: roles.period,
            attribution: attribution::attribution(ctx, decided.sent),
            status: status::status(&sent.words, value),
            quote: ctx.article.text[span.0..span.1].to_owned(),
            span,
            rule: rule(sent, decided, roles),
            confidence: self.calibration.confidence(&marks),
            confidence_full: self.calibration.confidence_full(&marks),
        };
        let figures = match spread::spread(sent, decided.value, roles) {
            Some(told) => told
                .into_iter()
                .map(|(subject, market, further)| {
                    let value = figure.value + further;
                    Figure { subject, market, value, ..figure.clone() }
                })
                .collect(),
            None => vec![figure],
        };
        figures.into_iter().map(|figure| Marked { figure, marks: marks.clone() }).collect()
    }

    /// Says why an article gives no figures when the reason is its language: the one it states, or, where it may hold
    /// figures, the one its text shows.
    pub fn note(&self, article: &Article) -> Option<String> {
        let code = match &article.lang {
            Some(lang) => lang.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase(),
            None if self.reader.may_hold_figures(&article.text) => detected(&article.text)?.to_owned(),
            None => return None,
        };
        (code != "en").then(|| format!("{}: only English is read, this is `{code}`", article.id))
    }

    /// Shows sentence, mentions, gate, rule and role candidates behind each figure, as text of several lines each.
    pub fn explain(&self, article: &Article) -> Vec<String> {
        self.reader.parts(article).iter().flat_map(|part| self.explain_part(article, part)).collect()
    }

    fn explain_part(&self, article: &Article, reading: &Reading<'_>) -> Vec<String> {
        let plain = Context::new(article, reading);
        let opinions = self.encoder.opinions(&plain);
        let ctx = Context { opinions: opinions.as_ref(), ..plain };
        let readings = read_twice(&ctx, &self.weights);
        readings
            .iter()
            .map(|decided| {
                let roles = decided.roles.iter();
                let built: Vec<Figure> = roles
                    .flat_map(|roles| self.build(&ctx, decided, roles, &readings))
                    .map(|marked| marked.figure)
                    .collect();
                explain::explain(&ctx, decided, &built, self.calibration.threshold)
            })
            .collect()
    }
}

/// Returns the figure as the output contract wants it: only countries, groups of countries and continents have an id
/// that others know; states, cities and lesser regions go by their names.
pub fn published(mut figure: Figure) -> Figure {
    for place in [&mut figure.subject, &mut figure.market] {
        let ours = match place.kind {
            SubjectKind::Subnational => true,
            SubjectKind::Region => !SHARED_REGIONS.contains(&place.id.as_deref().unwrap_or("")),
            _ => false,
        };
        if ours {
            place.id = None;
        }
    }
    figure
}

/// Keys of regions that are in common use.
const SHARED_REGIONS: &[&str] = &[
    "WLD", "WLD-CHN", "EU", "EUR", "AFR", "ASI", "OCE", "APAC", "ASEAN", "BRICS", "CIS", "EAEU", "EMEA",
    "EUEFTA", "G7", "GCC", "LATAM", "MEA", "MEAF", "NAM", "SAM", "NORD", "SCAN", "OPEC", "OPEC+", "SEA",
    "SAS", "EAS", "CAS", "CEU", "EEU", "WEU", "SSA",
];

/// Returns the language a detector is sure of; short texts and doubts say nothing.
fn detected(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(2000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    let english = info.lang() == whatlang::Lang::Eng;
    (end > 100 && info.is_reliable() && !english).then(|| info.lang().code())
}

/// Names the pattern that says the same as the reading; without one, the wording: value, subject and market in their order with what stands between.
fn rule(sent: &reading::Sent<'_>, decided: &Reading1, roles: &Roles) -> String {
    let Some(vi) = sent.value_item(decided.value) else { return "carried".to_owned() };
    let named = roles::firings(sent, vi).iter().find(|firing| {
        Some(firing.subject) == roles.subject.item
            && match firing.market {
                Some(item) => Some(item) == roles.market.item,
                None => !firing.world || roles.market.subject.is_world(),
            }
    });
    if let Some(firing) = named {
        return firing.name.to_owned();
    }
    let mut marks = vec![(vi, "V")];
    marks.extend(roles.subject.item.map(|i| (i, "S")));
    marks.extend(roles.market.item.map(|i| (i, "M")));
    marks.sort_unstable();
    marks.dedup_by_key(|m| m.0);
    let mut out = vec![marks[0].1.to_owned()];
    for pair in marks.windows(2) {
        let path = paths::bones(&paths::between(sent, pair[0].0, pair[1].0));
        out.extend(path.iter().filter(|l| l.len() > 1).take(4).map(|l| (*l).to_owned()));
        out.push(pair[1].1.to_owned());
    }
    if roles.subject.item.is_none() {
        out.push("subject:carried".to_owned());
    }
    if roles.market.item.is_none() {
        out.push(format!("market:{}", roles.market.origin));
    }
    out.join(" ")
}
