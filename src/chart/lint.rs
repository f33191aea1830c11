//! Looks at a scene as a critical reader would: text on text, text off the picture, characters without a glyph.

use super::fonts::Fonts;
use super::scene::{Scene, Text};
use super::shape::shape;
use std::collections::BTreeSet;

/// The box of a line of text.
struct Placed<'s> {
    text: &'s Text,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Returns what is wrong, in words for the caller; empty when all is well.
pub(super) fn lint(scene: &Scene, fonts: &Fonts<'_>) -> Vec<String> {
    let mut missing = BTreeSet::new();
    let placed: Vec<Placed<'_>> = scene
        .texts()
        .map(|text| {
            let shaped = shape(fonts, &text.text, text.kind);
            missing.extend(shaped.missing);
            let left = text.at.0 - shaped.width * text.anchor.before();
            let (top, bottom) = (text.at.1 - text.kind.size * 0.74, text.at.1 + text.kind.size * 0.2);
            Placed { text, left, right: left + shaped.width, top, bottom }
        })
        .collect();
    let mut found: Vec<String> = missing
        .into_iter()
        .map(|c| format!("no glyph for `{c}` (U+{:04X}); add a font that has it with --font FILE", c as u32))
        .collect();
    for (i, a) in placed.iter().enumerate() {
        if a.left < 0.0 || a.top < 0.0 || a.right > scene.width || a.bottom > scene.height {
            found.push(format!("the text `{}` leaves the picture", a.text.text));
        }
        found.extend(
            placed[i + 1..]
                .iter()
                .filter(|b| overlap(a, b))
                .map(|b| format!("the texts `{}` and `{}` overlap", a.text.text, b.text.text)),
        );
    }
    found
}

fn overlap(a: &Placed<'_>, b: &Placed<'_>) -> bool {
    // Half a pixel is anti-aliasing, not a collision.
    a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::scene::Anchor;
    use crate::chart::style::{INK, LABEL};

    #[test]
    fn overlaps_clipped_text_and_missing_glyphs_are_found() {
        let fonts = Fonts::new(None).expect("embedded");
        let mut scene = Scene::new(200.0, 100.0);
        scene.text((20.0, 30.0), "Japan 7%", LABEL, INK, Anchor::Start);
        scene.text((20.0, 60.0), "Korea 5%", LABEL, INK, Anchor::Start);
        assert!(lint(&scene, &fonts).is_empty());
        scene.text((20.0, 36.0), "Germany", LABEL, INK, Anchor::Start);
        scene.text((20.0, 90.0), "Türkiye", LABEL, INK, Anchor::End);
        scene.text((150.0, 90.0), "ไทย", LABEL, INK, Anchor::Start);
        let found = lint(&scene, &fonts).join("\n");
        for part in ["`Japan 7%` and `Germany` overlap", "`Türkiye` leaves the picture", "U+0E44"] {
            assert!(found.contains(part), "{found}");
        }
    }
}
