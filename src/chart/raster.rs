//! A scene as pixels.

use super::fonts::Fonts;
use super::scene::{Op, Scene, Stroke, Text};
use super::shape::shape;
use super::style::{PAPER, Rgb};
use crate::error::{Error, Result};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform,
};

/// More is a mistake in the scale; it would take more than 400 MB.
const MOST_PIXELS: f64 = 1e8;

/// Draws the scene with `scale` pixels a logical pixel.
///
/// # Errors
/// When the picture has no pixel or too many.
pub(super) fn raster(scene: &Scene, fonts: &Fonts<'_>, scale: u32) -> Result<Pixmap> {
    let pixels = |length: f64| (length * f64::from(scale)).round();
    let (width, height) = (pixels(scene.width), pixels(scene.height));
    let held = width * height <= MOST_PIXELS;
    let map = if held { Pixmap::new(width as u32, height as u32) } else { None };
    let mut map = map.ok_or_else(|| Error::Chart {
        reason: format!("a scale of {scale} makes {width} by {height} pixels"),
    })?;
    map.fill(Color::from_rgba8(PAPER.0, PAPER.1, PAPER.2, 255));
    let mut canvas = Canvas { map, transform: Transform::from_scale(scale as f32, scale as f32) };
    for op in &scene.ops {
        canvas.draw(op, fonts);
    }
    Ok(canvas.map)
}

struct Canvas {
    map: Pixmap,
    transform: Transform,
}

impl Canvas {
    fn draw(&mut self, op: &Op, fonts: &Fonts<'_>) {
        match op {
            Op::Path { points, closed, fill, stroke } => {
                self.paint(polyline(points, *closed), *fill, stroke.as_ref());
            }
            Op::Circle { centre, radius, fill, stroke } => {
                let path = PathBuilder::from_circle(centre.0 as f32, centre.1 as f32, *radius as f32);
                self.paint(path, *fill, stroke.as_ref());
            }
            Op::Text(text) => {
                let path = outlines(text, fonts);
                let halo = (text.halo > 0.0).then(|| Stroke::solid(PAPER, text.halo));
                self.paint(path.clone(), None, halo.as_ref());
                self.paint(path, Some((text.colour, 1.0)), None);
            }
        }
    }

    fn paint(&mut self, path: Option<Path>, fill: Option<(Rgb, f64)>, stroke: Option<&Stroke>) {
        let Some(path) = path else { return };
        if let Some((colour, alpha)) = fill {
            self.map.fill_path(&path, &paint(colour, alpha), FillRule::Winding, self.transform, None);
        }
        if let Some(stroke) = stroke {
            let colour = paint(stroke.colour, stroke.alpha);
            self.map.stroke_path(&path, &colour, &pen(stroke), self.transform, None);
        }
    }
}

fn paint((r, g, b): Rgb, alpha: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (alpha * 255.0).round() as u8);
    paint.anti_alias = true;
    paint
}

fn pen(stroke: &Stroke) -> tiny_skia::Stroke {
    let dash = stroke.dash.iter().map(|length| *length as f32).collect::<Vec<f32>>();
    tiny_skia::Stroke {
        width: stroke.width as f32,
        // Round caps would close the blanks of a dashed line.
        line_cap: if dash.is_empty() { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: if dash.is_empty() { None } else { StrokeDash::new(dash, 0.0) },
        ..tiny_skia::Stroke::default()
    }
}

fn polyline(points: &[(f64, f64)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// Returns the outlines of a line of text; `None` when nothing is visible.
fn outlines(text: &Text, fonts: &Fonts<'_>) -> Option<Path> {
    let shaped = shape(fonts, &text.text, text.kind);
    let left = text.at.0 - shaped.width * text.anchor.before();
    let mut path = PathBuilder::new();
    for glyph in &shaped.glyphs {
        let face = fonts.face(glyph.face);
        let Some(outline) = face.font.outline_glyphs().get(GlyphId::new(glyph.id)) else { continue };
        let mut pen = Pen {
            path: &mut path,
            scale: (text.kind.size / face.units_per_em) as f32,
            x: (left + glyph.x) as f32,
            y: (text.at.1 + glyph.y) as f32,
        };
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        // A damaged outline of a face the caller added is left out; its width stays.
        let _ = outline.draw(settings, &mut pen);
    }
    path.finish()
}

/// Takes outlines in font units, y up, to logical pixels, y down.
struct Pen<'p> {
    path: &'p mut PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
