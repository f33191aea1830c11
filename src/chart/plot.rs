//! The plot's coordinates, kept by plotters, and the drawing of plotters' elements at them.

use super::backend::{SceneBackend, fine, logical};
use super::fonts::Fonts;
use super::scene::{Scene, Xy};
use super::style::Rgb;
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters::style::{RGBColor, ShapeStyle};

/// A rectangle of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// A frame with a range of values along both sides, y upwards.
pub(super) struct Plot {
    coordinates: Cartesian2d<RangedCoordf64, RangedCoordf64>,
}

impl Plot {
    pub(super) fn new(frame: Frame, x: (f64, f64), y: (f64, f64)) -> Self {
        let pixels = (fine(frame.left)..fine(frame.right), fine(frame.bottom)..fine(frame.top));
        Self { coordinates: Cartesian2d::new(x.0..x.1, y.0..y.1, pixels) }
    }

    /// Returns where a pair of values is.
    pub(super) fn at(&self, x: f64, y: f64) -> Xy {
        logical(self.coordinates.translate(&(x, y)))
    }

    /// Draws plotters' elements, such as a series.
    pub(super) fn draw<'s, 'f, E, I>(&self, scene: &'s mut Scene, fonts: &'s Fonts<'f>, elements: I)
    where
        I: IntoIterator<Item = E>,
        for<'e> &'e E: PointCollection<'e, (f64, f64)>,
        E: Drawable<SceneBackend<'s, 'f>>,
    {
        let backend = SceneBackend { scene, fonts };
        let area = backend.into_drawing_area().apply_coord_spec(self.coordinates.clone());
        for element in elements {
            area.draw(&element).expect("recording into a scene cannot fail");
        }
    }
}

/// Plotters' style of a line.
pub(super) fn line_style((r, g, b): Rgb, width: f64) -> ShapeStyle {
    ShapeStyle::from(RGBColor(r, g, b)).stroke_width(fine(width).unsigned_abs())
}

/// Plotters' style of a filled shape.
pub(super) fn fill_style((r, g, b): Rgb) -> ShapeStyle {
    ShapeStyle::from(RGBColor(r, g, b)).filled()
}
