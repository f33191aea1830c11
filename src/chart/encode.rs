//! Pixels as a PNG that says what it shows: title, description, source, and the ids of its points.

use super::spec::ChartSpec;
use crate::error::{Error, Result};
use png::{BitDepth, ColorType, Compression, Filter, PixelDimensions, Unit};
use std::io::Cursor;
use tiny_skia::Pixmap;

/// Keyword of the ids, one a line.
const IDS: &str = "Tradeshare Points";

/// Pixels a metre of a picture at scale 1 (96 a logical inch).
const PIXELS_PER_METRE: f64 = 96.0 / 0.0254;

/// Encodes the picture.
///
/// # Errors
/// [`Error::Chart`] with the encoder's reason.
pub(super) fn encode(spec: &ChartSpec, map: &Pixmap) -> Result<Vec<u8>> {
    let failed =
        |err: png::EncodingError| Error::Chart { reason: format!("the PNG cannot be written: {err}") };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, map.width(), map.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    // Flat colours: filters cost time and make the file larger.
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let density = (PIXELS_PER_METRE * f64::from(spec.scale)).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
    for (keyword, text) in words(spec) {
        encoder.add_itxt_chunk(keyword.to_owned(), text).map_err(failed)?;
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    // The paper is opaque, so that alpha says nothing and colours are not premultiplied by it.
    let colours: Vec<u8> = map.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    writer.write_image_data(&colours).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// Returns keywords and texts; a NUL would end a text early.
fn words(spec: &ChartSpec) -> [(&'static str, String); 5] {
    [
        ("Title", spec.title.clone()),
        ("Description", spec.alt.clone()),
        ("Source", spec.source.clone()),
        ("Software", concat!("tradeshare ", env!("CARGO_PKG_VERSION")).to_owned()),
        (IDS, spec.point_ids.join("\n")),
    ]
    .map(|(keyword, text)| (keyword, text.replace('\0', "")))
}

/// Reads the ids out of a PNG that [`encode`] wrote.
pub(super) fn point_ids(bytes: &[u8]) -> Result<Vec<String>> {
    let limits = png::Limits { bytes: 64 << 20 };
    let reader = png::Decoder::new_with_limits(Cursor::new(bytes), limits)
        .read_info()
        .map_err(|err| Error::Chart { reason: format!("expected a PNG file: {err}") })?;
    let chunk = reader.info().utf8_text.iter().find(|chunk| chunk.keyword == IDS);
    let text = chunk.and_then(|chunk| chunk.get_text().ok()).ok_or_else(|| Error::Chart {
        reason: "the picture carries no ids of points; a chart of tradeshare does".to_owned(),
    })?;
    Ok(text.lines().map(str::to_owned).collect())
}
