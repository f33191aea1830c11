//! Everything a chart says, as plain data. Drawing measures and places; it decides nothing else.

use super::style::Ink;
use crate::model::{Evidence, Period, Status};
use serde::Serialize;

/// A chart before it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartSpec {
    /// Bold first line: the finding, computed from the data unless the caller gives one.
    pub title: String,
    /// Second line: measure, place, unit, period, denominator.
    pub subtitle: String,
    /// Text alternative: type, data and finding.
    pub alt: String,
    /// Remarks under the plot, each a sentence.
    pub notes: Vec<String>,
    /// Who counted, how many figures, what the total is.
    pub source: String,
    /// The marks.
    pub marks: Marks,
    /// Ids of the rows that are drawn, in the order of the answer; for `explain`.
    pub point_ids: Vec<String>,
    /// Pixels a logical pixel.
    pub scale: u32,
    /// The caller's face for more writing systems.
    #[serde(skip)]
    pub font: Option<Vec<u8>>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Marks {
    /// Shares over time; the series that stands out first, then by latest value. `gaps` are spans without any figure.
    Lines {
        /// The series.
        series: Vec<Series>,
        /// First and last period that is missing.
        gaps: Vec<(Period, Period)>,
    },
    /// Shares of one period, largest first, residuals last.
    Bars {
        /// The bars.
        bars: Vec<Bar>,
        /// The earlier period of the column of comparison, if there is one.
        before: Option<Period>,
    },
}

/// A line or a set of points of one holder, market, product, basis, unit, evidence, status and counter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Name at the end of the line.
    pub label: String,
    /// Colour.
    pub ink: Ink,
    /// Whether it stands out.
    pub strong: bool,
    /// Computed shares are lines, stated ones dots.
    pub evidence: Evidence,
    /// Forecasts and targets are dashed and hollow.
    pub status: Status,
    /// In the order of time, at least one; the last one's value stands at the end of the line.
    pub points: Vec<Point>,
    /// Index of the highest point, when it is worth a word, and the word.
    pub peak: Option<(usize, String)>,
}

/// One figure on a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// When; drawn at its middle.
    pub period: Period,
    /// As text: `80.6%`, `≈78%`, `25–28%`.
    pub value: String,
    /// Where it is drawn, in percent: the share, or the middle of a range.
    pub share_pct: f64,
    /// Both ends of a range.
    pub range_pct: Option<(f64, f64)>,
    /// Drawn hollow: about, over, under, a range, provisional or estimated.
    pub hollow: bool,
    /// Whether the line runs on from the point before. Only neighbours in time of the same length are joined.
    pub joined: bool,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Name before the bar.
    pub label: String,
    /// Value at its end: `58.3%`.
    pub value: String,
    /// Value of the earlier period; `–` when there is no figure for it.
    pub before: Option<String>,
    /// Length in percent: the share, or the middle of a range.
    pub share_pct: f64,
    /// Whiskers: lowest and highest figure, or both ends of a range.
    pub range_pct: Option<(f64, f64)>,
    /// Colour.
    pub ink: Ink,
    /// Whether it stands out.
    pub strong: bool,
}
