//! A display list: what is where, before anything is a pixel or an SVG element.
//!
//! Lengths are logical pixels, y grows downwards.

use super::style::{CAP_HEIGHT, HALO, Rgb, Type};

/// A point.
pub(super) type Xy = (f64, f64);

/// A line's paint.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stroke {
    pub colour: Rgb,
    pub alpha: f64,
    pub width: f64,
    /// Lengths of dash and blank; empty for a solid line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A solid, opaque line.
    pub(super) fn solid(colour: Rgb, width: f64) -> Self {
        Self { colour, alpha: 1.0, width, dash: Vec::new() }
    }

    /// The same line, dashed.
    pub(super) fn dashed(self, dash: &[f64]) -> Self {
        Self { dash: dash.to_vec(), ..self }
    }
}

/// Where text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Part of the width that lies before the point.
    pub(super) fn before(self) -> f64 {
        match self {
            Self::Start => 0.0,
            Self::Middle => 0.5,
            Self::End => 1.0,
        }
    }
}

/// A line of text; `at` is on the baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub at: Xy,
    pub text: String,
    pub kind: Type,
    pub colour: Rgb,
    pub anchor: Anchor,
    /// Width of the white outline below it, 0 for none.
    pub halo: f64,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Op {
    Path { points: Vec<Xy>, closed: bool, fill: Option<(Rgb, f64)>, stroke: Option<Stroke> },
    Circle { centre: Xy, radius: f64, fill: Option<(Rgb, f64)>, stroke: Option<Stroke> },
    Text(Text),
}

/// A picture as a list of things, later ones on top.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub width: f64,
    pub height: f64,
    pub ops: Vec<Op>,
}

impl Scene {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, ops: Vec::new() }
    }

    /// Adds an open line.
    pub(super) fn line(&mut self, points: &[Xy], stroke: Stroke) {
        let points = points.to_vec();
        self.ops.push(Op::Path { points, closed: false, fill: None, stroke: Some(stroke) });
    }

    /// Adds a horizontal rule of one logical pixel, on the pixel grid so that it is sharp.
    pub(super) fn across(&mut self, y: f64, left: f64, right: f64, colour: Rgb) {
        let y = y.floor() + 0.5;
        self.line(&[(left, y), (right, y)], Stroke::solid(colour, 1.0));
    }

    /// Adds a vertical rule likewise.
    pub(super) fn down(&mut self, x: f64, top: f64, bottom: f64, colour: Rgb) {
        let x = x.floor() + 0.5;
        self.line(&[(x, top), (x, bottom)], Stroke::solid(colour, 1.0));
    }

    /// Adds text on a baseline.
    pub(super) fn text(&mut self, at: Xy, text: &str, kind: Type, colour: Rgb, anchor: Anchor) {
        self.ops.push(Op::Text(Text { at, text: text.to_owned(), kind, colour, anchor, halo: 0.0 }));
    }

    /// Adds text whose capitals are centred on `at`, with a white outline.
    pub(super) fn label(&mut self, at: Xy, text: &str, kind: Type, colour: Rgb, anchor: Anchor) {
        let at = (at.0, at.1 + kind.size * CAP_HEIGHT / 2.0);
        self.ops.push(Op::Text(Text { at, text: text.to_owned(), kind, colour, anchor, halo: HALO }));
    }

    /// Adds a filled area.
    pub(super) fn area(&mut self, points: Vec<Xy>, colour: Rgb, alpha: f64) {
        self.ops.push(Op::Path { points, closed: true, fill: Some((colour, alpha)), stroke: None });
    }

    /// Returns every line of text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.ops.iter().filter_map(|op| match op {
            Op::Text(text) => Some(text),
            _ => None,
        })
    }
}
