//! Names and values at the ends of lines, moved apart, with leaders where they moved.

use super::fonts::Fonts;
use super::labels::{dodge, fits as count_that_fits};
use super::plot::Frame;
use super::scene::{Anchor, Scene, Stroke, Xy};
use super::shape::{shorten, width};
use super::spec::Series;
use super::style::{AXIS, LABEL, LABEL_HEIGHT, Rgb, STRONG_LABEL, Type, WIDEST_END_LABEL};

/// Distance of the names from the last point, without and with leaders.
const NEAR: f64 = 10.0;
const FAR: f64 = 26.0;
/// How far labels may stand above the plot, and below it where no axis runs beneath them.
const ABOVE: f64 = 6.0;
const BELOW: f64 = 10.0;
/// A label that moved less needs no leader.
const UNNOTICED: f64 = 3.0;

/// A name to place.
#[derive(Debug, Clone)]
pub(super) struct EndLabel {
    /// Index of its series.
    pub series: usize,
    text: String,
    kind: Type,
    mark: Rgb,
    colour: Rgb,
}

/// Makes the labels of all series, in their order: when room is short, the last are left out.
pub(super) fn of(series: &[Series], fonts: &Fonts<'_>) -> Vec<EndLabel> {
    let one = |(index, series): (usize, &Series)| {
        let kind = if series.strong { STRONG_LABEL } else { LABEL };
        let value = format!(" {}", series.points.last().map_or("", |point| point.value.as_str()));
        let room = WIDEST_END_LABEL - width(fonts, &value, kind);
        let text = shorten(fonts, &series.label, kind, room) + &value;
        EndLabel { series: index, text, kind, mark: series.ink.mark(), colour: series.ink.text() }
    };
    series.iter().enumerate().map(one).collect()
}

fn height() -> f64 {
    LABEL.size * LABEL_HEIGHT
}

/// Returns how many labels fit beside a plot.
pub(super) fn fits(top: f64, bottom: f64) -> usize {
    count_that_fits(height(), top - ABOVE, bottom)
}

/// Returns the room the labels need right of the last point.
pub(super) fn room(labels: &[EndLabel], fonts: &Fonts<'_>) -> f64 {
    FAR + labels.iter().map(|label| width(fonts, &label.text, label.kind)).fold(0.0, f64::max)
}

/// Draws the labels right of `x`; `ends` are the last points of their series.
pub(super) fn draw(scene: &mut Scene, labels: &[EndLabel], ends: &[Xy], x: f64, frame: Frame) {
    let below = if frame.right > x + FAR { 0.0 } else { BELOW };
    let (low, high) = (frame.top - ABOVE, frame.bottom + below);
    let wanted: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
    let places = dodge(&wanted, height(), low, high);
    let moved = wanted.iter().zip(&places).any(|(a, b)| (a - b).abs() > UNNOTICED);
    let gap = if moved { FAR } else { NEAR };
    for ((label, end), y) in labels.iter().zip(ends).zip(&places) {
        if end.0 < x - 12.0 {
            // The line ended earlier: dots lead to its name without looking like data.
            let dots = Stroke::solid(AXIS, 0.9).dashed(&[1.2, 3.2]);
            scene.line(&[(end.0 + 6.0, end.1), (x + 5.0, end.1)], dots);
        }
        if moved {
            let elbow = [(x + 6.0, end.1), (x + 10.0, end.1), (x + gap - 8.0, *y), (x + gap - 4.0, *y)];
            scene.line(&elbow, Stroke::solid(label.mark, 0.8));
        }
        scene.label((x + gap, *y), &label.text, label.kind, label.colour, Anchor::Start);
    }
}
