//! Answers to pictures: a spec (plain data), a scene (positions), pixels or SVG.
//!
//! [`from_answer`] decides everything: which rows go into one chart, what is joined, named, coloured and said. Drawing measures text,
//! moves labels apart and places marks. Plotters keeps coordinates and series and draws into our own backend, which records a list of
//! things on a grid of 1/16 pixel; `raster` and `svg` write that list. Faces are embedded and no other is looked for, so the same
//! answer gives the same bytes everywhere. `docs/charts.md` tells the rules.

mod alt;
mod backend;
mod bars;
mod calendar;
mod draw_bars;
mod draw_lines;
mod encode;
mod end_labels;
mod focus;
mod fonts;
mod labels;
mod layout;
mod lint;
mod naming;
mod notes;
mod plot;
mod raster;
mod scene;
mod select;
mod series;
mod shape;
mod spec;
mod style;
mod svg;
#[cfg(test)]
mod tests;
mod ticks;
mod title;
mod value;
pub(crate) mod words;

pub use spec::{Bar, ChartSpec, Marks, Point, Series};
pub use style::Ink;

use crate::error::{Error, Result};
use crate::model::{Answer, AnswerRow};
use fonts::Fonts;
use scene::Scene;
use select::{Selection, select};

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
    /// The series that stands out: its name or code.
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
/// [`Error::Chart`] when nothing can be drawn, such as ranks without shares; [`Error::Unknown`] when no series has the name to highlight.
pub fn from_answer(answer: &Answer, options: &ChartOptions) -> Result<ChartSpec> {
    let chosen = select(&answer.rows, options.kind)?;
    let highlight = options.highlight.as_deref();
    let given = |text: &Option<String>| text.as_deref().map(words::clean).filter(|text| !text.is_empty());
    let drawn: Vec<&AnswerRow>;
    let (mut title, mut notes, marks);
    if chosen.lines {
        let lines = series::lines(&chosen, highlight)?;
        drawn =
            lines.groups.iter().flat_map(|group| group.rows.iter().chain(&group.repeats).copied()).collect();
        title = title::of_lines(&lines);
        notes = notes::of_lines(&lines, &chosen);
        marks = Marks::Lines { series: lines.series, gaps: lines.gaps };
    } else {
        let bars = bars::bars(&chosen, highlight)?;
        let main = bars.bars.iter().position(|bar| bar.strong).unwrap_or(0);
        title = title::of_bars(&bars.rows, main, chosen.entity);
        notes = notes::of_bars(&bars, &chosen);
        // Where figures conflict the whiskers show them all, so all are named as points.
        drawn = chosen.rows.iter().chain(&chosen.earlier).copied().collect();
        let before = chosen.earlier.first().and_then(|row| row.period);
        marks = Marks::Bars { bars: bars.bars, before };
    }
    title = given(&options.title).unwrap_or(title);
    let subtitle = given(&options.subtitle)
        .unwrap_or_else(|| title::subtitle(main_rows(&chosen, &drawn), chosen.entity, chosen.lines));
    if let Some(note) = given(&options.note) {
        notes.insert(0, note);
    }
    Ok(ChartSpec {
        alt: alt::describe(&marks, &title, &subtitle),
        title,
        subtitle,
        notes,
        source: notes::source(&drawn),
        marks,
        point_ids: ids(&answer.rows, &drawn),
        scale: options.scale.max(1),
        font: options.font.clone(),
    })
}

/// Returns the rows the subtitle is about: bars are of one period, their comparison has its own heading.
fn main_rows<'s, 'a>(chosen: &'s Selection<'a>, drawn: &'s [&'a AnswerRow]) -> &'s [&'a AnswerRow] {
    if chosen.lines { drawn } else { &chosen.rows }
}

/// Returns the ids of the drawn rows in the order of the answer, each once.
fn ids(rows: &[AnswerRow], drawn: &[&AnswerRow]) -> Vec<String> {
    let drawn: std::collections::BTreeSet<&str> = drawn.iter().map(|row| row.id.as_str()).collect();
    let mut seen = std::collections::BTreeSet::new();
    rows.iter()
        .map(|row| row.id.as_str())
        .filter(|id| drawn.contains(id) && seen.insert(*id))
        .map(str::to_owned)
        .collect()
}

/// Draws a PNG.
///
/// # Errors
/// [`Error::Chart`] when the added font cannot be read or the picture is too large.
pub fn png(spec: &ChartSpec) -> Result<Rendered> {
    let fonts = Fonts::new(spec.font.as_deref())?;
    let (scene, warnings) = draw(spec, &fonts)?;
    let pixels = raster::raster(&scene, &fonts, spec.scale)?;
    Ok(Rendered { bytes: encode::encode(spec, &pixels)?, warnings })
}

/// Draws an SVG, with text as text and no script.
///
/// # Errors
/// As [`png()`].
pub fn svg(spec: &ChartSpec) -> Result<Rendered> {
    let fonts = Fonts::new(spec.font.as_deref())?;
    let (scene, warnings) = draw(spec, &fonts)?;
    Ok(Rendered { bytes: svg::svg(spec, &scene, &fonts).into_bytes(), warnings })
}

/// Places everything and looks at the result.
fn draw(spec: &ChartSpec, fonts: &Fonts<'_>) -> Result<(Scene, Vec<String>)> {
    let nothing = || Error::Chart { reason: "the spec has no marks".to_owned() };
    let (scene, mut warnings) = match &spec.marks {
        Marks::Lines { series, gaps } => {
            if series.is_empty() || series.iter().any(|series| series.points.is_empty()) {
                return Err(nothing());
            }
            draw_lines::draw(spec, series, gaps, fonts)
        }
        Marks::Bars { bars, .. } if bars.is_empty() => return Err(nothing()),
        Marks::Bars { bars, before } => (draw_bars::draw(spec, bars, before.as_ref(), fonts), Vec::new()),
    };
    warnings.extend(lint::lint(&scene, fonts));
    Ok((scene, warnings))
}

/// Reads the ids of a chart's points out of a PNG that [`png()`] wrote.
///
/// # Errors
/// [`Error::Chart`] when the file is not such a PNG.
pub fn point_ids(bytes: &[u8]) -> Result<Vec<String>> {
    encode::point_ids(bytes)
}
