//! The faces charts are drawn with: embedded ones, and one more that the caller may add.
//!
//! No system font is ever looked for: the same chart has the same bytes on every machine.

use super::style::Weight;
use crate::error::{Error, Result};
use harfrust::ShaperData;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use std::cell::OnceCell;
use std::io::Read;
use std::sync::LazyLock;

static REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.ttf");
static WIDE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut face = Vec::with_capacity(1_600_000);
    flate2::read::ZlibDecoder::new(&include_bytes!("fonts/DroidSansFallback-wide.ttf.zlib")[..])
        .read_to_end(&mut face)
        .expect("the embedded face inflates");
    face
});

/// First character that makes it worth inflating the Han, Kana and Hangul face.
const FIRST_WIDE: char = '\u{2e80}';

/// A face ready to shape and draw.
pub(super) struct Face<'a> {
    pub font: FontRef<'a>,
    pub shaper: ShaperData,
    pub units_per_em: f64,
}

impl<'a> Face<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let font = FontRef::from_index(bytes, 0).ok()?;
        let units_per_em = f64::from(font.head().ok()?.units_per_em());
        (units_per_em > 0.0).then(|| Self { shaper: ShaperData::new(&font), font, units_per_em })
    }

    fn has(&self, c: char) -> bool {
        self.font.charmap().map(c).is_some()
    }
}

/// Which face a run of text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaceId {
    Latin(Weight),
    Added,
    Wide,
}

/// All faces of one chart.
pub(super) struct Fonts<'a> {
    regular: Face<'a>,
    semibold: Face<'a>,
    added: Option<Face<'a>>,
    wide: OnceCell<Face<'a>>,
}

impl<'a> Fonts<'a> {
    /// Takes the embedded faces and the caller's, if any.
    pub(super) fn new(added: Option<&'a [u8]>) -> Result<Self> {
        let embedded = |bytes| Face::new(bytes).expect("the embedded face is a font");
        let added = match added {
            Some(bytes) => Some(Face::new(bytes).ok_or_else(|| Error::Chart {
                reason: "expected a TrueType or OpenType font, found something else".to_owned(),
            })?),
            None => None,
        };
        Ok(Self { regular: embedded(REGULAR), semibold: embedded(SEMIBOLD), added, wide: OnceCell::new() })
    }

    /// Returns the face.
    pub(super) fn face(&self, id: FaceId) -> &Face<'a> {
        match id {
            FaceId::Latin(Weight::Regular) => &self.regular,
            FaceId::Latin(Weight::SemiBold) => &self.semibold,
            FaceId::Added => self.added.as_ref().unwrap_or(&self.regular),
            FaceId::Wide => {
                self.wide.get_or_init(|| Face::new(WIDE.as_slice()).expect("the embedded face is a font"))
            }
        }
    }

    /// Returns the first face that has the character; `None` when none has.
    pub(super) fn face_for(&self, c: char, weight: Weight) -> Option<FaceId> {
        let latin = FaceId::Latin(weight);
        // A Han face's blank is a full em wide.
        if c == ' ' || self.face(latin).has(c) {
            return Some(latin);
        }
        if self.added.as_ref().is_some_and(|face| face.has(c)) {
            return Some(FaceId::Added);
        }
        (c >= FIRST_WIDE && self.face(FaceId::Wide).has(c)).then_some(FaceId::Wide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_have_the_writing_systems_they_promise() {
        let fonts = Fonts::new(None).expect("embedded");
        for c in "Türkiye Việt Nam Қазақстан Россия Ελλάδα ₽ ₺ ₸ → ● ≈ – “”".chars()
        {
            assert!(matches!(fonts.face_for(c, Weight::SemiBold), Some(FaceId::Latin(_))), "{c}");
        }
        assert!(fonts.wide.get().is_none(), "Latin text does not inflate the wide face");
        for c in "中国日本한국台灣香港比亚迪".chars() {
            assert_eq!(fonts.face_for(c, Weight::Regular), Some(FaceId::Wide), "{c}");
        }
        assert_eq!(fonts.face_for('ต', Weight::Regular), None);
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        assert!(Fonts::new(Some(b"no font")).is_err());
        assert!(Fonts::new(Some(REGULAR)).is_ok());
    }
}
