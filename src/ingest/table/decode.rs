//! Bytes to text: unpacked, decoded by rule and never by statistics.

use super::TableOptions;
use crate::error::{Error, Result};
use crate::ingest::packed;
use encoding_rs::{EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::path::Path;

/// Text with the name of its encoding.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: String,
}

/// Header words by which Chinese, Korean and Japanese customs files are known; guessing by letter counts takes
/// Latin-1 for Big5.
const CJK_WORDS: &[(&Encoding, &[&str])] = &[
    (GB18030, &["数据年月", "商品编码", "商品名称", "贸易伙伴", "国家", "人民币", "美元", "年份", "月份"]),
    (EUC_KR, &["기간", "국가", "품목", "금액", "중량", "연도", "수출", "수입"]),
    (SHIFT_JIS, &["品目", "国名", "数量", "金額", "年月", "品名", "概況品"]),
];

/// Unpacks gzip and zstd.
///
/// # Errors
/// [`Error::Input`] when the packed data are broken or too large.
pub(super) fn unpack<'a>(name: &Path, bytes: &'a [u8]) -> Result<Cow<'a, [u8]>> {
    if bytes.starts_with(&[0x1F, 0x8B]) || bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return packed::unpack_one(name, bytes.to_vec()).map(Cow::Owned);
    }
    Ok(Cow::Borrowed(bytes))
}

/// Decodes by byte order mark, else as UTF-8, else by known Chinese or Japanese header words, else as Windows-1252.
///
/// # Errors
/// [`Error::Input`] for an empty or binary input and an encoding nobody knows.
pub(super) fn decode<'a>(
    name: &Path,
    bytes: &'a [u8],
    options: &TableOptions,
    profile: Option<&str>,
) -> Result<Decoded<'a>> {
    let bad = |reason: String| Error::Input { path: name.to_owned(), reason };
    if bytes.trim_ascii().is_empty() {
        return Err(bad("the input is empty".to_owned()));
    }
    if let Some(label) = options.encoding.as_deref().or(profile) {
        let encoding = Encoding::for_label(label.as_bytes())
            .ok_or_else(|| bad(format!("unknown encoding `{label}`; WHATWG labels such as `utf-8`, `windows-1252` or `gb18030` are known")))?;
        let (text, used, broken) = encoding.decode(bytes);
        if broken {
            return Err(bad(format!("it does not decode as {}", used.name())));
        }
        return Ok(Decoded { text, encoding: used.name().to_owned() });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if broken {
            return Err(bad(format!(
                "it has the byte order mark of {} but does not decode so",
                encoding.name()
            )));
        }
        return Ok(Decoded { text, encoding: encoding.name().to_owned() });
    }
    if let Some(encoding) = wide_without_mark(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        if !broken {
            return Ok(Decoded { text, encoding: encoding.name().to_owned() });
        }
    }
    if is_binary(bytes) {
        return Err(bad("this is binary data, not a table of text".to_owned()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name().to_owned() });
    }
    for (encoding, words) in CJK_WORDS {
        let (head, _, _) = encoding.decode(&bytes[..bytes.len().min(4096)]);
        let header: &str = head.lines().next().unwrap_or_default();
        if words.iter().any(|word| header.contains(word)) {
            let (text, _, broken) = encoding.decode(bytes);
            if !broken {
                return Ok(Decoded { text, encoding: encoding.name().to_owned() });
            }
        }
    }
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    Ok(Decoded { text, encoding: WINDOWS_1252.name().to_owned() })
}

/// Says whether every other byte is zero, as in UTF-16 of Latin letters.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 2;
    if head.len() < 8 {
        None
    } else if zeros(1) >= head.len() * 9 / 10 && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) >= head.len() * 9 / 10 && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control =
        head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    // A stray NUL is damage, which the row that holds it is left out for.
    let zeros = memchr::memchr_iter(0, head).count();
    (zeros > 2 && zeros * 100 > head.len()) || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        match decode(Path::new("t.csv"), bytes, &TableOptions::default(), None) {
            Ok(decoded) => format!("{}: {}", decoded.encoding, decoded.text),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_mark_decides_and_is_taken_off() {
        assert_eq!(decoded(b"\xEF\xBB\xBFa,b"), "UTF-8: a,b");
        assert_eq!(decoded(b"\xFF\xFEa\0,\0b\0"), "UTF-16LE: a,b");
        assert_eq!(decoded(b"\xFE\xFF\0a\0,\0b"), "UTF-16BE: a,b");
    }

    #[test]
    fn utf_8_is_tried_before_windows_1252() {
        assert_eq!(decoded("Türkiye,1".as_bytes()), "UTF-8: Türkiye,1");
        assert_eq!(decoded(b"T\xFCrkiye, C\xF4te d\x92Ivoire"), "windows-1252: Türkiye, Côte d’Ivoire");
    }

    #[test]
    fn known_header_words_decide_for_chinese_and_japanese() {
        let (chinese, _, _) = GB18030.encode("数据年月,商品编码,美元\n202201,8703,5");
        assert!(decoded(&chinese).starts_with("gb18030: 数据年月"), "{}", decoded(&chinese));
        let (japanese, _, _) = SHIFT_JIS.encode("品名,国名,金額\n車,ロシア,5");
        let (korean, _, _) = EUC_KR.encode("기간,국가,품목\n2023.01,중국,8703");
        assert!(decoded(&korean).starts_with("EUC-KR: 기간"), "{}", decoded(&korean));
        assert!(decoded(&japanese).starts_with("Shift_JIS: 品名"), "{}", decoded(&japanese));
    }

    #[test]
    fn empty_and_binary_inputs_are_refused() {
        assert_eq!(decoded(b" \n"), "t.csv: the input is empty");
        assert_eq!(
            decoded(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "t.csv: this is binary data, not a table of text"
        );
    }

    #[test]
    fn the_caller_may_name_the_encoding() {
        let options =
            |label: &str| TableOptions { encoding: Some(label.to_owned()), ..TableOptions::default() };
        let read = decode(Path::new("t.csv"), b"T\xFCrkiye", &options("latin1"), None).expect("decodes");
        assert_eq!(read.text, "Türkiye");
        let error =
            decode(Path::new("t.csv"), b"T\xFCrkiye", &options("utf-8"), None).expect_err("not UTF-8");
        assert_eq!(error.to_string(), "t.csv: it does not decode as UTF-8");
        assert!(decode(Path::new("t.csv"), b"a", &options("klingon"), None).is_err());
    }

    #[test]
    fn gzip_is_unpacked_and_broken_gzip_is_an_error() {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(b"a,b\n1,2\n").expect("in memory");
        let packed = packer.finish().expect("in memory");
        assert_eq!(unpack(Path::new("t.csv.gz"), &packed).expect("unpacks").as_ref(), b"a,b\n1,2\n");
        assert!(unpack(Path::new("t.csv.gz"), &packed[..packed.len() - 9]).is_err());
    }
}
