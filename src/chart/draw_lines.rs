//! Lines over time with their names at the end.

use super::calendar::{Calendar, Name, middle, span};
use super::end_labels::{self, EndLabel};
use super::fonts::Fonts;
use super::layout::Page;
use super::plot::{Frame, Plot, fill_style, line_style};
use super::scene::{Anchor, Op, Scene, Stroke};
use super::shape::width;
use super::spec::{ChartSpec, Series};
use super::style::{
    AXIS, CAP_HEIGHT, GRID, HEIGHT, LEAST_PLOT, MUTED, PAPER, SHADE, SMALL_TICK, STRONG_LABEL, TICK,
};
use super::ticks::{percent_ticks, tick_text};
use crate::model::{Evidence, Period, Status};
use plotters::element::Circle;
use plotters::series::LineSeries;

/// Height of the time axis: ticks and years, with or without a row of months or quarters.
const AXIS_HEIGHT: f64 = 46.0;
const YEARS_HEIGHT: f64 = 32.0;
const DASH: [f64; 2] = [6.0, 4.0];

/// Draws the chart; the second value is what could not be labelled.
pub(super) fn draw(
    spec: &ChartSpec,
    series: &[Series],
    gaps: &[(Period, Period)],
    fonts: &Fonts<'_>,
) -> (Scene, Vec<String>) {
    let wanted = end_labels::of(series, fonts);
    let open = |more: Option<&str>| {
        let (scene, inside) = Page::new(spec, fonts, more).open(LEAST_PLOT + AXIS_HEIGHT, HEIGHT);
        let room = end_labels::fits(inside.top, inside.bottom - AXIS_HEIGHT).min(wanted.len());
        (scene, inside, room)
    };
    let note = |room: usize| {
        let hidden = wanted.len() - room;
        (hidden > 0).then(|| format!("{hidden} more not labelled."))
    };
    let mut said = None;
    let (mut scene, mut inside, mut room) = open(None);
    // The note takes a line and with it perhaps the room of another label: look again until it is true.
    for _ in 0..3 {
        let now = note(room);
        if now == said {
            break;
        }
        said = now;
        (scene, inside, room) = open(said.as_deref());
    }
    let labels = &wanted[..room];
    LinesPlot::new(series, labels, inside, fonts).draw(&mut scene, series, gaps, labels);
    (
        scene,
        note(room).map(|note| format!("the chart is too low for all names: {note}")).into_iter().collect(),
    )
}

struct LinesPlot<'f, 'b> {
    fonts: &'f Fonts<'b>,
    calendar: Calendar,
    names: Vec<Name>,
    ticks: Vec<f64>,
    frame: Frame,
    plot: Plot,
    /// Where the names begin: right of the last point of all.
    labels_at: f64,
}

impl<'f, 'b> LinesPlot<'f, 'b> {
    fn new(series: &[Series], labels: &[EndLabel], inside: Frame, fonts: &'f Fonts<'b>) -> Self {
        let points = || series.iter().flat_map(|series| &series.points);
        let calendar = Calendar::of(points().map(|point| &point.period));
        let largest = points()
            .map(|point| point.range_pct.map_or(point.share_pct, |(_, high)| high.max(point.share_pct)))
            .fold(0.0, f64::max);
        let ticks = percent_ticks(largest, inside.bottom - AXIS_HEIGHT - inside.top);
        let most = ticks.last().copied().unwrap_or(1.0);
        let gutter = ticks.iter().map(|t| width(fonts, &tick_text(*t, *t == most), TICK)).fold(0.0, f64::max);
        let left = inside.left + gutter + 10.0;
        // The names stand right of the last point, so the axis may reach below them.
        let last = points().map(|point| middle(&point.period)).fold(f64::NEG_INFINITY, f64::max);
        let months = calendar.to - calendar.from;
        let part = (last - calendar.from) / months;
        let room = end_labels::room(labels, fonts);
        let right = (left + (inside.right - room - left) / part).min(inside.right);
        let names = calendar.names((right - left) / months, |text| width(fonts, text, TICK));
        let below = if names.iter().any(|name| name.row == 1) { AXIS_HEIGHT } else { YEARS_HEIGHT };
        let frame = Frame { left, top: inside.top, right, bottom: inside.bottom - below };
        let plot = Plot::new(frame, (calendar.from, calendar.to), (0.0, most));
        let labels_at = plot.at(last, 0.0).0;
        Self { fonts, calendar, names, ticks, frame, plot, labels_at }
    }

    fn draw(&self, scene: &mut Scene, series: &[Series], gaps: &[(Period, Period)], labels: &[EndLabel]) {
        self.shade(scene, gaps);
        self.percent_axis(scene);
        self.time_axis(scene);
        // The first series stands out: it comes last, on top.
        for series in series.iter().rev() {
            self.lines(scene, series);
            self.ranges(scene, series);
        }
        // Dots above all lines: where a stated figure meets a computed line both are seen.
        let mixed = series.iter().any(|series| series.evidence == Evidence::Stated);
        for series in series.iter().rev() {
            self.dots(scene, series, !mixed);
        }
        for series in series {
            self.peak(scene, series);
        }
        let ends: Vec<(f64, f64)> = labels
            .iter()
            .map(|label| {
                let point = &series[label.series].points[series[label.series].points.len() - 1];
                self.plot.at(middle(&point.period), point.share_pct)
            })
            .collect();
        end_labels::draw(scene, labels, &ends, self.labels_at, self.frame);
    }

    fn shade(&self, scene: &mut Scene, gaps: &[(Period, Period)]) {
        for (first, last) in gaps {
            let (left, right) = (self.plot.at(span(first).0, 0.0).0, self.plot.at(span(last).1, 0.0).0);
            let Frame { top, bottom, .. } = self.frame;
            scene.area(vec![(left, top), (right, top), (right, bottom), (left, bottom)], SHADE, 1.0);
        }
    }

    fn percent_axis(&self, scene: &mut Scene) {
        let Frame { left, right, .. } = self.frame;
        for (i, tick) in self.ticks.iter().enumerate() {
            let y = self.plot.at(self.calendar.from, *tick).1;
            scene.across(y, left, right, if i == 0 { AXIS } else { GRID });
            let text = tick_text(*tick, i + 1 == self.ticks.len());
            scene.text((left - 10.0, y + TICK.size * CAP_HEIGHT / 2.0), &text, TICK, MUTED, Anchor::End);
        }
    }

    fn time_axis(&self, scene: &mut Scene) {
        let base = self.frame.bottom;
        let per_month = (self.frame.right - self.frame.left) / (self.calendar.to - self.calendar.from);
        for (at, long) in self.calendar.ticks(per_month) {
            let x = self.plot.at(at, 0.0).0;
            scene.down(x, base, base + if long { 9.0 } else { 5.0 }, AXIS);
        }
        let parts = self.names.iter().any(|name| name.row == 1);
        for name in &self.names {
            let (kind, drop) = match (parts, name.row) {
                (true, 0) => (SMALL_TICK, 19.0),
                (true, _) => (TICK, 38.0),
                (false, _) => (TICK, 25.0),
            };
            scene.text((self.plot.at(name.at, 0.0).0, base + drop), &name.text, kind, MUTED, Anchor::Middle);
        }
    }

    /// Draws each unbroken run of joined points.
    fn lines(&self, scene: &mut Scene, series: &Series) {
        let stated = series.evidence == Evidence::Stated;
        let thick = match (series.strong, stated) {
            (true, false) => 3.0,
            (false, false) => 1.8,
            (_, true) => 1.4,
        };
        let colour = series.ink.mark();
        for run in runs(series) {
            let values = run.iter().map(|point| (middle(&point.period), point.share_pct));
            if run.len() < 2 {
                continue;
            }
            if series.status == Status::Actual {
                self.plot.draw(scene, self.fonts, LineSeries::new(values, line_style(colour, thick)));
            } else {
                // Plotters' styles know no dash.
                let points: Vec<(f64, f64)> = values.map(|(x, y)| self.plot.at(x, y)).collect();
                scene.line(&points, Stroke::solid(colour, thick).dashed(&DASH));
            }
        }
    }

    /// Draws ranges as thin bars between their ends.
    fn ranges(&self, scene: &mut Scene, series: &Series) {
        for point in &series.points {
            let Some((low, high)) = point.range_pct else { continue };
            let x = middle(&point.period);
            let (from, to) = (self.plot.at(x, low), self.plot.at(x, high));
            let pen = Stroke::solid(series.ink.mark(), 1.4);
            scene.line(&[from, to], pen.clone());
            for (x, y) in [from, to] {
                scene.line(&[(x - 3.5, y), (x + 3.5, y)], pen.clone());
            }
        }
    }

    /// Draws stated figures, lone and hollow points, and, if `all`, every point of the line that stands out.
    fn dots(&self, scene: &mut Scene, series: &Series, all: bool) {
        let stated = series.evidence == Evidence::Stated;
        let span = self.frame.right - self.frame.left;
        let airy = span / series.points.len() as f64 >= 12.0;
        for (i, point) in series.points.iter().enumerate() {
            let lone = !point.joined && series.points.get(i + 1).is_none_or(|next| !next.joined);
            let hollow = point.hollow || series.status != Status::Actual;
            if !(stated || lone || hollow || all && series.strong && airy) {
                continue;
            }
            let radius = if series.strong { 3.8 } else { 3.0 };
            let at = (middle(&point.period), point.share_pct);
            if hollow {
                let (x, y) = self.plot.at(at.0, at.1);
                let ring = Stroke::solid(series.ink.mark(), if series.strong { 2.0 } else { 1.5 });
                scene.ops.push(Op::Circle {
                    centre: (x, y),
                    radius,
                    fill: Some((PAPER, 1.0)),
                    stroke: Some(ring),
                });
            } else {
                // A white rim keeps dots apart from lines that they stand on.
                let disc =
                    |radius: f64, colour| Circle::new(at, super::backend::fine(radius), fill_style(colour));
                let discs = [disc(radius + 1.0, PAPER), disc(radius, series.ink.mark())];
                self.plot.draw(scene, self.fonts, discs);
            }
        }
    }

    /// Names the highest point, where the text stays inside the plot.
    fn peak(&self, scene: &mut Scene, series: &Series) {
        let Some((index, text)) = &series.peak else { return };
        let Some(point) = series.points.get(*index) else { return };
        let (x, y) = self.plot.at(middle(&point.period), point.share_pct);
        let half = width(self.fonts, text, STRONG_LABEL) / 2.0;
        let above = y - 15.0 - STRONG_LABEL.size / 2.0 < self.frame.top - 4.0;
        if above || 2.0 * half > self.frame.right.min(self.labels_at) - self.frame.left {
            return;
        }
        let x = x.clamp(self.frame.left + half, self.frame.right.min(self.labels_at) - half);
        scene.label((x, y - 15.0), text, STRONG_LABEL, series.ink.text(), Anchor::Middle);
    }
}

/// Cuts a series where it is not joined.
fn runs(series: &Series) -> Vec<&[super::spec::Point]> {
    let starts: Vec<usize> =
        (0..series.points.len()).filter(|i| !series.points[*i].joined).chain([series.points.len()]).collect();
    starts.windows(2).map(|pair| &series.points[pair[0]..pair[1]]).collect()
}
