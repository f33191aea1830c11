//! The files: what they carry, and that they are the same every time.

use super::*;
use crate::chart::{png, point_ids, svg};
use std::io::Cursor;

#[test]
fn the_same_answer_gives_the_same_bytes() {
    for rows in [year(), origins()] {
        assert_eq!(
            png(&spec(rows.clone())).expect("drawn").bytes,
            png(&spec(rows.clone())).expect("drawn").bytes
        );
        assert_eq!(svg(&spec(rows.clone())).expect("drawn").bytes, svg(&spec(rows)).expect("drawn").bytes);
    }
}

#[test]
fn the_png_has_its_size_its_density_and_says_what_it_shows() {
    let spec = spec(year());
    let bytes = png(&spec).expect("drawn").bytes;
    let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("whole");
    let info = reader.info();
    assert_eq!((info.width, info.height), (1600, 1000));
    // 192 dots an inch.
    assert_eq!(info.pixel_dims.map(|d| (d.xppu, d.unit)), Some((7559, png::Unit::Meter)));
    let text = |keyword: &str| {
        let chunk = info.utf8_text.iter().find(|chunk| chunk.keyword == keyword).expect("the chunk");
        chunk.get_text().expect("text")
    };
    assert_eq!(text("Title"), spec.title);
    assert_eq!(text("Description"), spec.alt);
    assert_eq!(text("Source"), spec.source);
    assert!(text("Software").starts_with("tradeshare "));
    // White paper, and the red of the line that stands out.
    assert_eq!(pixels[..3], [255, 255, 255]);
    assert!(pixels.chunks_exact(3).filter(|p| *p == [0xa7, 0x27, 0x17]).count() > 1000);
}

#[test]
fn the_ids_come_back_in_the_order_of_the_answer() {
    let bytes = png(&spec(origins())).expect("drawn").bytes;
    let wanted: Vec<String> = origins().into_iter().map(|row| row.id).collect();
    assert_eq!(point_ids(&bytes).expect("ids"), wanted);
}

#[test]
fn files_without_ids_are_refused() {
    assert!(point_ids(b"GIF89a").is_err());
    let mut plain = Vec::new();
    let mut writer = png::Encoder::new(&mut plain, 1, 1).write_header().expect("a header");
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("an end");
    let err = point_ids(&plain).expect_err("no ids");
    assert!(err.to_string().contains("carries no ids"), "{err}");
    let whole = png(&spec(origins())).expect("drawn").bytes;
    assert!(point_ids(&whole[..60]).is_err());
}

#[test]
fn a_scale_that_would_fill_the_memory_is_refused() {
    let options = ChartOptions { scale: 1000, ..ChartOptions::default() };
    let spec = from_answer(&answer(year()), &options).expect("a spec");
    assert!(png(&spec).is_err());
}

#[test]
fn the_svg_runs_nothing_and_its_ids_are_its_own() {
    let mut rows = origins();
    rows[1].subject.name = "<script>alert(1)</script>\"'&]]>".to_owned();
    rows[1].counted_by = Some("<img onerror=x>".to_owned());
    let text = |rows| String::from_utf8(svg(&spec(rows)).expect("drawn").bytes).expect("text");
    let (first, second) = (text(rows), text(year()));
    assert!(!first.contains("<script") && !first.contains("<img"));
    assert!(first.contains("&lt;script&gt;alert(1)"));
    for element in first.split('<').skip(1) {
        let name = element.split([' ', '>', '/']).find(|part| !part.is_empty()).expect("a name");
        assert!(["svg", "title", "desc", "rect", "path", "circle", "text"].contains(&name), "{name}");
    }
    let id =
        |text: &str| text.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    assert!(id(&first).is_some() && id(&first) != id(&second));
    assert!(second.contains("<title id=") && second.contains("<desc id=") && second.contains("textLength="));
}
