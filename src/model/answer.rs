//! A market-share question and its answer.

use super::{Basis, Period, Qualifier, Status, Subject, Unit};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How an answer cuts time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar half years.
    Half,
    /// Calendar years.
    Year,
}

/// Which evidence is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A share or rank somebody states.
    Stated,
    /// A share computed from counted amounts.
    Computed,
}

impl Evidence {
    /// Returns the word of the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Computed => "computed",
        }
    }
}

/// A question: the part of `subject` in `market`'s `basis` of `product` in `period`.
///
/// An empty field does not restrict. `market` empty means every market.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// Who holds the part.
    pub subject: Option<Subject>,
    /// Whose total.
    pub market: Option<Subject>,
    /// A product key, or a commodity as `hs:8703`.
    pub product: Option<String>,
    /// Which total.
    pub basis: Option<Basis>,
    /// What is counted.
    pub unit: Option<Unit>,
    /// When; the answer keeps to evidence inside it.
    pub period: Option<Period>,
    /// Cut of time; `None` keeps each figure's own period and sums observations over `period` (or by year without one).
    pub by: Option<Granularity>,
    /// Stated, computed, or both.
    pub evidence: Option<Evidence>,
    /// Key or name of a source or dataset.
    pub source: Option<String>,
    /// The largest N subjects of each market and period.
    pub top: Option<usize>,
    /// Only the latest period of each series.
    pub latest: bool,
    /// Lets a partial year stand, marked (R16).
    pub allow_partial: bool,
    /// Lets an unweighted mean of percentages stand, marked (R15).
    pub approx_mean: bool,
    /// Least part of the known total, in percent, that the listed partners must cover (R2); default 95.
    pub min_coverage_pct: Option<f64>,
    /// Leaves re-exports out of exports (R8).
    pub net_of_reexports: bool,
    /// Lowest confidence of stated figures.
    pub min_confidence: Option<f64>,
    /// Leaves out stated figures that wait for review.
    pub accepted_only: bool,
}

/// What a computed share was divided by (R2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The reported World row of the same cell.
    World,
    /// The sum over the listed partners.
    PartnerSum,
    /// The sum over the reporters (world market of exports or imports).
    ReporterSum,
    /// The share was published as such.
    Published,
}

impl Denominator {
    /// Returns the words of the output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::World => "reported world",
            Self::PartnerSum => "sum of partners",
            Self::ReporterSum => "sum of reporters",
            Self::Published => "published",
        }
    }
}

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerRow {
    /// When.
    pub period: Option<Period>,
    /// Whose total.
    pub market: Subject,
    /// Who holds the part.
    pub subject: Subject,
    /// Product key or `hs:CODE`.
    pub product: String,
    /// Which total.
    pub basis: Basis,
    /// What is counted.
    pub unit: Unit,
    /// Stated or computed.
    pub evidence: Evidence,
    /// Share in percent, unrounded; `None` for a rank without share and for an unknown sum (R28).
    pub share_pct: Option<f64>,
    /// Upper end when stated as a range.
    pub share_max_pct: Option<f64>,
    /// How firmly it is stated.
    pub qualifier: Qualifier,
    /// Position among the named subjects, from unrounded values (R26).
    pub rank: Option<u32>,
    /// Number of ranked subjects.
    pub of: Option<u32>,
    /// The amount behind a computed share (currency units, kilograms or items as `unit` says).
    pub amount: Option<f64>,
    /// The total it was divided by.
    pub total: Option<f64>,
    /// Unit of `amount` and `total`: `USD`, `kg`, `items`.
    pub amount_unit: String,
    /// What the total is.
    pub denominator: Denominator,
    /// Listed partners as percent of the reported total.
    pub coverage_pct: Option<f64>,
    /// Come to pass or not.
    pub status: Status,
    /// Who counted: the attribution, else the dataset or publisher.
    pub counted_by: Option<String>,
    /// Where to go on with `explain`: figure id (`12`) or cell id (`c:…`).
    pub id: String,
    /// Status letters and marks: `P`, `estimated`, `mean of shares`, `unreviewed`.
    pub flags: Vec<String>,
}

impl AnswerRow {
    /// Names of the columns in which every output prints a row; columns are only ever added.
    pub const COLUMNS: [&'static str; 21] = [
        "period",
        "market",
        "subject",
        "product",
        "basis",
        "unit",
        "evidence",
        "share_pct",
        "share_max_pct",
        "qualifier",
        "rank",
        "of",
        "amount",
        "total",
        "amount_unit",
        "denominator",
        "coverage_pct",
        "status",
        "counted_by",
        "flags",
        "id",
    ];

    /// Returns the exact values under [`AnswerRow::COLUMNS`]; what the row does not know is null.
    pub fn values(&self) -> [Value; 21] {
        [
            self.period.map(|period| period.to_string()).into(),
            self.market.name.as_str().into(),
            self.subject.name.as_str().into(),
            self.product.as_str().into(),
            self.basis.as_str().into(),
            self.unit.as_str().into(),
            self.evidence.as_str().into(),
            self.share_pct.into(),
            self.share_max_pct.into(),
            self.qualifier.as_str().into(),
            self.rank.into(),
            self.of.into(),
            self.amount.into(),
            self.total.into(),
            self.amount_unit.as_str().into(),
            self.denominator.as_str().into(),
            self.coverage_pct.into(),
            self.status.as_str().into(),
            self.counted_by.clone().into(),
            self.flags.join(" ").into(),
            self.id.as_str().into(),
        ]
    }

    /// Returns the key of the line this row belongs to in a chart: rows of different keys are never joined (R1, R35).
    pub fn series_key(&self) -> (Evidence, Basis, Unit, String, String, String) {
        (self.evidence, self.basis, self.unit, self.market.key(), self.product.clone(), self.subject.key())
    }
}

/// The answer to a [`Question`].
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Answer {
    /// Ordered by market, product, basis, unit, evidence, period, then rank or share.
    pub rows: Vec<AnswerRow>,
    /// What the reader must know: denominators, gaps, rules applied, each with its rule number.
    pub notes: Vec<String>,
}
