//! Sizes and colours of every chart, in one place.
//!
//! Lengths are logical pixels; the file has `scale` times as many.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Red, green, blue.
pub(super) type Rgb = (u8, u8, u8);

/// Weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// A size and a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    pub size: f64,
    pub weight: Weight,
}

const fn face(size: f64, weight: Weight) -> Type {
    Type { size, weight }
}

pub(super) const TITLE: Type = face(23.0, Weight::SemiBold);
pub(super) const SUBTITLE: Type = face(15.5, Weight::Regular);
pub(super) const LABEL: Type = face(14.0, Weight::Regular);
pub(super) const STRONG_LABEL: Type = face(14.0, Weight::SemiBold);
pub(super) const TICK: Type = face(14.0, Weight::Regular);
pub(super) const SMALL_TICK: Type = face(12.5, Weight::Regular);
pub(super) const FOOTER: Type = face(13.5, Weight::Regular);

/// Height of capitals as part of the size, in Inter.
pub(super) const CAP_HEIGHT: f64 = 0.727;
/// Room a line of labels takes, as part of the size.
pub(super) const LABEL_HEIGHT: f64 = 1.18;
/// White outline of text that may cross a mark.
pub(super) const HALO: f64 = 3.5;

pub(super) const WIDTH: f64 = 800.0;
pub(super) const HEIGHT: f64 = 500.0;
/// A few bars do not need the whole height.
pub(super) const LEAST_HEIGHT: f64 = 260.0;
pub(super) const MARGIN: f64 = 24.0;
/// A plot is never lower than this; the picture grows instead.
pub(super) const LEAST_PLOT: f64 = 250.0;
/// The widest label beside a line or a bar; longer names are cut with `…`.
pub(super) const WIDEST_END_LABEL: f64 = 250.0;
pub(super) const WIDEST_BAR_NAME: f64 = 300.0;

pub(super) const PAPER: Rgb = (0xff, 0xff, 0xff);
pub(super) const INK: Rgb = (0x22, 0x26, 0x2b);
pub(super) const MUTED: Rgb = (0x5c, 0x63, 0x6d);
pub(super) const GRID: Rgb = (0xe2, 0xe5, 0xe9);
pub(super) const AXIS: Rgb = (0x8a, 0x91, 0x9a);
pub(super) const SHADE: Rgb = (0xf1, 0xf2, 0xf4);

/// The colours of marks. Six hues are the ceiling; what does not stand out is grey.
///
/// Each has at least 3:1 contrast on white, its text form at least 4.5:1, and they stay apart under the three colour-vision losses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ink {
    /// Red.
    Red,
    /// Blue.
    Blue,
    /// Teal.
    Teal,
    /// Amber.
    Amber,
    /// Plum.
    Plum,
    /// Slate.
    Slate,
    /// Context: drawn, named, not stressed.
    Grey,
    /// The rest that nobody holds by name.
    Pale,
}

/// Hues in the order in which they are given to what has none of its own.
pub(super) const HUES: [Ink; 6] = [Ink::Red, Ink::Blue, Ink::Teal, Ink::Amber, Ink::Plum, Ink::Slate];

impl Ink {
    /// Colour of lines and dots.
    pub(super) fn mark(self) -> Rgb {
        match self {
            Self::Red => (0xa7, 0x27, 0x17),
            Self::Blue => (0x59, 0x91, 0xde),
            Self::Teal => (0x2d, 0x5c, 0x60),
            Self::Amber => (0xc9, 0x84, 0x22),
            Self::Plum => (0x71, 0x09, 0xb7),
            Self::Slate => (0x92, 0x90, 0x94),
            Self::Grey | Self::Pale => (0x8e, 0x95, 0x9e),
        }
    }

    /// Colour of bars; grey bars are lighter than grey lines, the residual lighter still.
    pub(super) fn fill(self) -> Rgb {
        match self {
            Self::Grey => (0xa9, 0xb0, 0xb9),
            Self::Pale => (0xce, 0xd2, 0xd8),
            hue => hue.mark(),
        }
    }

    /// Colour of text that belongs to the mark.
    pub(super) fn text(self) -> Rgb {
        match self {
            Self::Blue => (0x2c, 0x66, 0xb8),
            Self::Amber => (0x94, 0x5c, 0x0c),
            Self::Slate | Self::Grey | Self::Pale => (0x5f, 0x63, 0x69),
            hue => hue.mark(),
        }
    }

    /// The colour an entity keeps in all charts: the table's, else one chosen by its key.
    pub(super) fn of(key: &str) -> Self {
        static TABLE: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
            include_str!("hues.csv").lines().filter_map(|line| line.split_once(',')).collect()
        });
        let named = TABLE.get(key).and_then(|hue| HUES.into_iter().find(|ink| ink.word() == *hue));
        // Slate looks like context, so that no entity gets it by chance.
        named.unwrap_or_else(|| HUES[fnv(key) as usize % (HUES.len() - 1)])
    }

    fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Amber => "amber",
            Self::Plum => "plum",
            Self::Slate => "slate",
            Self::Grey => "grey",
            Self::Pale => "pale",
        }
    }
}

/// FNV-1a: the same on every machine and in every version, unlike the standard hasher.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast of WCAG 2.
    fn contrast(a: Rgb) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        1.05 / (0.2126 * channel(a.0) + 0.7152 * channel(a.1) + 0.0722 * channel(a.2) + 0.05)
    }

    #[test]
    fn marks_have_three_to_one_and_text_four_and_a_half_to_one_on_paper() {
        for ink in HUES.into_iter().chain([Ink::Grey]) {
            assert!(contrast(ink.mark()) >= 2.95, "{ink:?} {}", contrast(ink.mark()));
            assert!(contrast(ink.text()) >= 4.5, "{ink:?} {}", contrast(ink.text()));
        }
        for text in [INK, MUTED] {
            assert!(contrast(text) >= 4.5);
        }
    }

    #[test]
    fn an_entity_keeps_its_colour_and_every_line_of_the_table_is_read() {
        assert_eq!(Ink::of("country/CHN"), Ink::Red);
        assert_eq!(Ink::of("brand/?Lixiang"), Ink::of("brand/?Lixiang"));
        for line in include_str!("hues.csv").lines().skip(1) {
            let (key, hue) = line.split_once(',').expect("two columns");
            assert_eq!(Ink::of(key).word(), hue, "{key}");
        }
    }
}
