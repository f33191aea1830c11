//! The backend plotters draws to: it records into a [`Scene`] on a grid of 1/16 logical pixel.
//!
//! Plotters' own backends round corners and stroke widths to whole pixels and cannot dash, kern or embed a face.
//! Here plotters keeps what it is good at, coordinates, series and elements, and 1.5-pixel lines exist.

use super::fonts::Fonts;
use super::scene::{Anchor, Op, Scene, Stroke, Text, Xy};
use super::shape;
use super::style::{CAP_HEIGHT, Type, Weight};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};
use std::convert::Infallible;

/// Plotters pixels a logical pixel.
pub(super) const GRID: f64 = 16.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Records plotters' drawing into a scene.
pub(super) struct SceneBackend<'s, 'f> {
    pub scene: &'s mut Scene,
    pub fonts: &'s Fonts<'f>,
}

/// Returns the logical position of a plotters pixel.
pub(super) fn logical((x, y): BackendCoord) -> Xy {
    (f64::from(x) / GRID, f64::from(y) / GRID)
}

/// Returns the plotters pixel of a logical length.
pub(super) fn fine(length: f64) -> i32 {
    (length * GRID).round() as i32
}

fn paint(colour: BackendColor) -> ((u8, u8, u8), f64) {
    (colour.rgb, colour.alpha)
}

fn stroke(style: &impl BackendStyle) -> Stroke {
    let (colour, alpha) = paint(style.color());
    Stroke { colour, alpha, width: f64::from(style.stroke_width()) / GRID, dash: Vec::new() }
}

fn kind(style: &impl BackendTextStyle) -> Type {
    let weight = if matches!(style.style(), FontStyle::Bold) { Weight::SemiBold } else { Weight::Regular };
    Type { size: style.size() / GRID, weight }
}

impl SceneBackend<'_, '_> {
    fn shape_op(&mut self, points: Vec<Xy>, closed: bool, style: &impl BackendStyle, fill: bool) -> Drawn {
        if style.color().alpha > 0.0 {
            let (fill, stroke) =
                if fill { (Some(paint(style.color())), None) } else { (None, Some(stroke(style))) };
            self.scene.ops.push(Op::Path { points, closed, fill, stroke });
        }
        Ok(())
    }
}

impl DrawingBackend for SceneBackend<'_, '_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (fine(self.scene.width).unsigned_abs(), fine(self.scene.height).unsigned_abs())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = logical(at);
        let side = 1.0 / GRID;
        let (colour, alpha) = paint(colour);
        self.scene.area(vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)], colour, alpha);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((x0, y0), (x1, y1)) = (logical(a), logical(b));
        self.shape_op(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)], true, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.shape_op(path.into_iter().map(logical).collect(), false, style, false)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (fill, stroke) =
            if fill { (Some(paint(style.color())), None) } else { (None, Some(stroke(style))) };
        let radius = f64::from(radius) / GRID;
        self.scene.ops.push(Op::Circle { centre: logical(at), radius, fill, stroke });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.shape_op(path.into_iter().map(logical).collect(), true, style, true)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let kind = kind(style);
        let (x, y) = logical(at);
        let drop = match style.anchor().v_pos {
            VPos::Top => CAP_HEIGHT * kind.size,
            VPos::Center => CAP_HEIGHT * kind.size / 2.0,
            VPos::Bottom => 0.0,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let (text, colour) = (text.to_owned(), style.color().rgb);
        self.scene.ops.push(Op::Text(Text { at: (x, y + drop), text, kind, colour, anchor, halo: 0.0 }));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let kind = kind(style);
        let up = |length: f64| (length * GRID).ceil() as u32;
        Ok((up(shape::width(self.fonts, text, kind)), up(kind.size * CAP_HEIGHT)))
    }
}
