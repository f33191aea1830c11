//! Text to glyphs with exact widths: the same numbers serve layout and drawing.

use super::fonts::{FaceId, Fonts};
use super::style::Type;
use harfrust::{Feature, ShapeOptions, Tag, UnicodeBuffer};

/// A glyph and where its origin stands, from the start of the text, y down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub face: FaceId,
    pub id: u32,
    pub x: f64,
    pub y: f64,
}

/// A line of text, set.
#[derive(Debug, Clone)]
pub(super) struct Shaped {
    pub width: f64,
    pub glyphs: Vec<Glyph>,
    /// Characters that no face has.
    pub missing: Vec<char>,
}

/// Sets a line of text; digits are equally wide, so that columns of numbers stand and `Q1 2020` keeps its blank.
pub(super) fn shape(fonts: &Fonts<'_>, text: &str, kind: Type) -> Shaped {
    let mut out = Shaped { width: 0.0, glyphs: Vec::new(), missing: Vec::new() };
    for (face, run) in runs(fonts, text, kind, &mut out.missing) {
        set_run(fonts, face, &run, kind, &mut out);
    }
    out
}

/// Returns the width of a line of text.
pub(super) fn width(fonts: &Fonts<'_>, text: &str, kind: Type) -> f64 {
    shape(fonts, text, kind).width
}

/// Cuts the text where the face changes.
fn runs(fonts: &Fonts<'_>, text: &str, kind: Type, missing: &mut Vec<char>) -> Vec<(FaceId, String)> {
    let mut runs: Vec<(FaceId, String)> = Vec::new();
    for c in text.chars() {
        let face = fonts.face_for(c, kind.weight).unwrap_or_else(|| {
            missing.push(c);
            FaceId::Latin(kind.weight)
        });
        match runs.last_mut() {
            Some((last, run)) if *last == face => run.push(c),
            _ => runs.push((face, c.to_string())),
        }
    }
    runs
}

fn set_run(fonts: &Fonts<'_>, id: FaceId, run: &str, kind: Type, out: &mut Shaped) {
    let face = fonts.face(id);
    let scale = kind.size / face.units_per_em;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(run);
    buffer.guess_segment_properties();
    let tabular = [Feature::new(Tag::new(b"tnum"), 1, ..)];
    let set = face.shaper.shaper(&face.font).build().shape(buffer, ShapeOptions::new().features(&tabular));
    for (glyph, at) in set.glyph_infos().iter().zip(set.glyph_positions()) {
        out.glyphs.push(Glyph {
            face: id,
            id: glyph.glyph_id,
            x: out.width + f64::from(at.x_offset) * scale,
            y: -f64::from(at.y_offset) * scale,
        });
        out.width += f64::from(at.x_advance) * scale;
    }
}

/// Breaks text into lines no wider than `room`, at blanks that may break, between Han characters, and inside a word only when it alone is wider.
pub(super) fn wrap(fonts: &Fonts<'_>, text: &str, kind: Type, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(fonts, &longer, kind) <= room {
            line = longer;
            continue;
        }
        if width(fonts, word, kind) <= room {
            lines.extend((!line.is_empty()).then(|| std::mem::replace(&mut line, word.to_owned())));
            continue;
        }
        // Too wide for any line, as Chinese sentences are: fill by character.
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            line.push(c);
            if width(fonts, &line, kind) > room && line.chars().count() > 1 {
                line.pop();
                lines.push(line.trim_end().to_owned());
                line = c.to_string();
            }
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

/// Breaks text into the fewest lines, then as narrow as that number allows, so that no last word stands alone.
pub(super) fn balance(fonts: &Fonts<'_>, text: &str, kind: Type, room: f64) -> Vec<String> {
    let lines = wrap(fonts, text, kind, room);
    if lines.len() < 2 {
        return lines;
    }
    let (mut low, mut high) = (room * 0.4, room);
    for _ in 0..10 {
        let middle = f64::midpoint(low, high);
        if wrap(fonts, text, kind, middle).len() <= lines.len() { high = middle } else { low = middle }
    }
    wrap(fonts, text, kind, high)
}

/// Cuts text with `…` so that it is no wider than `room`.
pub(super) fn shorten(fonts: &Fonts<'_>, text: &str, kind: Type, room: f64) -> String {
    if width(fonts, text, kind) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let cut = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width(fonts, &cut, kind) <= room {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::{LABEL, STRONG_LABEL, TITLE};

    #[test]
    fn kerning_counts_and_digits_are_equally_wide() {
        let fonts = Fonts::new(None).expect("embedded");
        let apart = width(&fonts, "A", LABEL) + width(&fonts, "V", LABEL);
        assert!(width(&fonts, "AV", LABEL) < apart - 0.3);
        assert_eq!(width(&fonts, "111", LABEL), width(&fonts, "808", LABEL));
        assert!(width(&fonts, "China", STRONG_LABEL) > width(&fonts, "China", LABEL));
    }

    #[test]
    fn unknown_characters_are_reported_not_swallowed() {
        let fonts = Fonts::new(None).expect("embedded");
        assert_eq!(shape(&fonts, "Bangkok กรุง", LABEL).missing, ['ก', 'ร', 'ุ', 'ง']);
        assert!(shape(&fonts, "Қытай 中国 한국", LABEL).missing.is_empty());
    }

    #[test]
    fn lines_fit_the_room_and_lose_nothing() {
        let fonts = Fonts::new(None).expect("embedded");
        for text in [
            "China supplied 80.6% of Russia’s imports of passenger cars, up from 21.7%",
            "中国在俄罗斯乘用车进口中的份额从百分之二十一点七上升到百分之八十点六并且继续上升",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        ] {
            for lines in [wrap(&fonts, text, TITLE, 300.0), balance(&fonts, text, TITLE, 300.0)] {
                assert!(lines.len() > 1);
                assert!(lines.iter().all(|line| width(&fonts, line, TITLE) <= 300.0), "{lines:?}");
                let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
        assert_eq!(shorten(&fonts, "Germany", LABEL, 300.0), "Germany");
        let cut = shorten(&fonts, "Belarus (assembled from kits)", LABEL, 100.0);
        assert!(cut.ends_with('…') && width(&fonts, &cut, LABEL) <= 100.0);
    }
}
