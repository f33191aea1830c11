//! Ranked bars with their values at the end.

use super::fonts::Fonts;
use super::layout::Page;
use super::plot::{Frame, Plot, fill_style};
use super::scene::{Anchor, Scene, Stroke};
use super::shape::{shorten, width};
use super::spec::{Bar, ChartSpec};
use super::style::{
    AXIS, CAP_HEIGHT, GRID, INK, LABEL, LEAST_HEIGHT, MUTED, STRONG_LABEL, TICK, Type, WIDEST_BAR_NAME,
};
use super::ticks::{percent_ticks, tick_text};
use super::words::period;
use crate::model::Period;
use plotters::element::Rectangle;

/// Room of the axis above the bars.
const AXIS_HEIGHT: f64 = 24.0;
/// Height of a row with its blank: roomy for few bars, tighter for many.
const ROW: f64 = 31.0;
const TIGHT_ROW: f64 = 24.0;
const MANY: usize = 16;
/// A bar is this part of its row.
const BAR_PART: f64 = 0.72;

/// Blank between the bars' values and the column of earlier ones.
const COLUMN_BLANK: f64 = 30.0;

/// Draws the chart.
pub(super) fn draw(spec: &ChartSpec, bars: &[Bar], before: Option<&Period>, fonts: &Fonts<'_>) -> Scene {
    let row = if bars.len() > MANY { TIGHT_ROW } else { ROW };
    let (mut scene, inside) =
        Page::new(spec, fonts, None).open(AXIS_HEIGHT + row * bars.len() as f64, LEAST_HEIGHT);
    let heading = before.map(period);
    let column = heading.as_ref().map_or(0.0, |heading| column_width(bars, heading, fonts));
    let beside = Frame { right: inside.right - column, ..inside };
    let plot = BarsPlot::new(bars, beside, row, fonts);
    plot.draw(&mut scene, bars);
    if let Some(heading) = heading {
        plot.earlier(&mut scene, bars, &heading, inside.right);
    }
    scene
}

/// Width of the column of earlier values, with the blank before it.
fn column_width(bars: &[Bar], heading: &str, fonts: &Fonts<'_>) -> f64 {
    let values = bars.iter().filter_map(|bar| bar.before.as_deref()).map(|value| width(fonts, value, LABEL));
    values.fold(width(fonts, heading, TICK), f64::max) + COLUMN_BLANK
}

struct BarsPlot<'f, 'b> {
    fonts: &'f Fonts<'b>,
    frame: Frame,
    plot: Plot,
    row: f64,
    ticks: Vec<f64>,
}

fn kind(bar: &Bar) -> Type {
    if bar.strong { STRONG_LABEL } else { LABEL }
}

fn far_end(bar: &Bar) -> f64 {
    bar.range_pct.map_or(bar.share_pct, |(_, high)| high.max(bar.share_pct))
}

impl<'f, 'b> BarsPlot<'f, 'b> {
    fn new(bars: &[Bar], inside: Frame, row: f64, fonts: &'f Fonts<'b>) -> Self {
        let names = bars.iter().map(|bar| width(fonts, &name(bar, fonts), kind(bar))).fold(0.0, f64::max);
        let left = inside.left + names + 12.0;
        let largest = bars.iter().map(far_end).fold(0.0, f64::max);
        // Every value stands right of its bar: the axis ends where the tightest of them still fits.
        let value_room = |bar: &Bar| width(fonts, &bar.value, kind(bar)) + 12.0;
        let unit = bars
            .iter()
            .filter(|bar| far_end(bar) > 0.0)
            .map(|bar| (inside.right - left - value_room(bar)) / far_end(bar))
            .fold(f64::INFINITY, f64::min);
        let unit = if unit.is_finite() { unit } else { inside.right - left };
        let ticks = percent_ticks(largest, largest * unit * 0.6);
        let end = (inside.right - left) / unit;
        // A few bars do not have to fill the page: they keep their row and the rest stays white.
        let rows = (inside.bottom - inside.top - AXIS_HEIGHT) / bars.len() as f64;
        let row = rows.clamp(row, ROW * 1.25);
        let top = inside.top + AXIS_HEIGHT;
        let frame = Frame { left, top, right: inside.right, bottom: top + row * bars.len() as f64 };
        let plot = Plot::new(frame, (0.0, end), (0.0, bars.len() as f64));
        Self { fonts, frame, plot, row, ticks: ticks.into_iter().filter(|tick| *tick <= end).collect() }
    }

    fn draw(&self, scene: &mut Scene, bars: &[Bar]) {
        self.axis(scene);
        for (i, bar) in bars.iter().enumerate() {
            self.bar(scene, bar, (bars.len() - i) as f64);
        }
        scene.down(self.frame.left, self.frame.top, self.frame.bottom, AXIS);
    }

    /// Writes the earlier values in a column that ends at `right`.
    fn earlier(&self, scene: &mut Scene, bars: &[Bar], heading: &str, right: f64) {
        scene.text((right, self.frame.top - 10.0), heading, TICK, MUTED, Anchor::End);
        for (i, bar) in bars.iter().enumerate() {
            let y = self.frame.top + (i as f64 + 0.5) * self.row + LABEL.size * CAP_HEIGHT / 2.0;
            scene.text((right, y), bar.before.as_deref().unwrap_or_default(), LABEL, MUTED, Anchor::End);
        }
    }

    fn axis(&self, scene: &mut Scene) {
        for (i, tick) in self.ticks.iter().enumerate().skip(1) {
            let x = self.plot.at(*tick, 0.0).0;
            scene.down(x, self.frame.top - 4.0, self.frame.bottom, GRID);
            let text = tick_text(*tick, i + 1 == self.ticks.len());
            scene.text((x, self.frame.top - 10.0), &text, TICK, MUTED, Anchor::Middle);
        }
    }

    /// Draws a bar whose row ends at `top` from below.
    fn bar(&self, scene: &mut Scene, bar: &Bar, top: f64) {
        let blank = (1.0 - BAR_PART) / 2.0;
        let corners = [(0.0, top - blank), (bar.share_pct, top - 1.0 + blank)];
        self.plot.draw(scene, self.fonts, [Rectangle::new(corners, fill_style(bar.ink.fill()))]);
        let y = self.plot.at(0.0, top).1 + self.row / 2.0;
        if let Some((low, high)) = bar.range_pct {
            let (from, to) = (self.plot.at(low, top).0, self.plot.at(high, top).0);
            let pen = Stroke::solid(INK, 1.1);
            scene.line(&[(from, y), (to, y)], pen.clone());
            for x in [from, to] {
                scene.line(&[(x, y - 3.5), (x, y + 3.5)], pen.clone());
            }
        }
        let colour = if bar.strong { bar.ink.text() } else { INK };
        let base = y + LABEL.size * CAP_HEIGHT / 2.0;
        scene.text((self.frame.left - 10.0, base), &name(bar, self.fonts), kind(bar), colour, Anchor::End);
        let end = self.plot.at(far_end(bar), top).0;
        scene.label((end + 8.0, y), &bar.value, kind(bar), colour, Anchor::Start);
    }
}

fn name(bar: &Bar, fonts: &Fonts<'_>) -> String {
    shorten(fonts, &bar.label, kind(bar), WIDEST_BAR_NAME)
}
