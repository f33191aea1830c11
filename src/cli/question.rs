//! The flags of a question, shared by `query` and `chart`.

use anyhow::Result;
use tradeshare::model::{Basis, Evidence, Granularity, Period, Question, Unit};
use tradeshare::query;

/// Question: who, where, what, when
#[derive(Debug, clap::Args)]
pub(super) struct QuestionArgs {
    /// `SUBJECT in MARKET of PRODUCT`, any part of it: names, adjectives, codes (`China`, `Chinese`, `CN`, `hs:8703`)
    #[arg(value_name = "QUESTION")]
    words: Vec<String>,

    /// Who holds the part: a country, brand, company or product
    #[arg(long, value_name = "NAME", help_heading = "Question")]
    subject: Option<String>,

    /// Whose total: a country, group or `World`
    #[arg(long, value_name = "NAME", help_heading = "Question")]
    market: Option<String>,

    /// What: a product or customs code
    #[arg(long, value_name = "PRODUCT", help_heading = "Question")]
    product: Option<String>,

    /// When: `2022`, `2022-H1`, `2022-Q2`, `2022-06`, `2023-01/2023-08`, `2019..2023`, `FY2022@04`
    #[arg(long, value_name = "PERIOD", help_heading = "Question")]
    period: Option<Period>,

    /// Cut time into months, quarters, halves or years
    #[arg(long, value_name = "CUT", help_heading = "Question", value_parser = granularity)]
    by: Option<Granularity>,

    /// Which total: imports, exports, sales, registrations, shipments, production, revenue, usage …
    #[arg(long, value_name = "BASIS", help_heading = "Question")]
    basis: Option<Basis>,

    /// What is counted: units, value, weight, energy, brands
    #[arg(long, value_name = "UNIT", help_heading = "Question")]
    unit: Option<Unit>,

    /// Evidence: figures (stated), observations (computed) or both
    #[arg(long, value_name = "WHICH", help_heading = "Question", default_value = "both", value_parser = ["figures", "observations", "both"])]
    from: String,

    /// Only what this source or dataset counted
    #[arg(long, value_name = "NAME", help_heading = "Question")]
    source: Option<String>,

    /// Only the largest N of each market and period
    #[arg(long, value_name = "N", help_heading = "Question")]
    top: Option<usize>,

    /// Only the latest period of each series
    #[arg(long, help_heading = "Question")]
    latest: bool,

    /// Only stated figures at least this sure, 0 to 1
    #[arg(long, value_name = "P", help_heading = "Question")]
    min_confidence: Option<f64>,

    /// Only stated figures that are sure enough or that a person accepted; without it others are marked `unreviewed`
    #[arg(long, help_heading = "Question")]
    accepted: bool,

    /// Let a partial year stand, marked with its months (R16)
    #[arg(long, help_heading = "Method")]
    allow_partial: bool,

    /// Let an unweighted mean of percentages stand, marked (R15)
    #[arg(long, help_heading = "Method")]
    approx_mean: bool,

    /// Least part of the known total that listed partners must cover (R2)
    #[arg(long, value_name = "PERCENT", help_heading = "Method")]
    min_coverage: Option<f64>,

    /// Leave re-exports out of exports (R8)
    #[arg(long, help_heading = "Method")]
    net_of_reexports: bool,
}

fn granularity(word: &str) -> Result<Granularity, String> {
    match word {
        "month" => Ok(Granularity::Month),
        "quarter" => Ok(Granularity::Quarter),
        "half" => Ok(Granularity::Half),
        "year" => Ok(Granularity::Year),
        _ => Err("expected month, quarter, half or year".to_owned()),
    }
}

impl QuestionArgs {
    /// Turns words and flags into one question.
    pub(super) fn question(&self) -> Result<Question> {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.subject.iter().cloned());
        words.extend(self.words.iter().cloned());
        for (link, name) in [("in", &self.market), ("of", &self.product)] {
            if let Some(name) = name {
                words.extend([link.to_owned(), name.clone()]);
            }
        }
        let mut question = query::parse(&words)?;
        question.period = self.period;
        question.by = self.by;
        question.basis = self.basis.or(question.basis);
        question.unit = self.unit;
        question.evidence = match self.from.as_str() {
            "figures" => Some(Evidence::Stated),
            "observations" => Some(Evidence::Computed),
            _ => None,
        };
        question.source.clone_from(&self.source);
        question.top = self.top;
        question.latest = self.latest;
        question.min_confidence = self.min_confidence;
        question.accepted_only = self.accepted;
        question.allow_partial = self.allow_partial;
        question.approx_mean = self.approx_mean;
        question.min_coverage_pct = self.min_coverage;
        question.net_of_reexports = self.net_of_reexports;
        Ok(question)
    }
}
