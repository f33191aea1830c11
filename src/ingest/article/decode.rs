//! Bytes to text: byte order mark, then what the page declares, then UTF-8, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Returns the text, the encoding's name, and whether bytes had to be replaced.
///
/// Line ends become `\n`; a byte order mark is dropped.
pub(in crate::ingest) fn decode(
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> (String, &'static str, bool) {
    let (text, encoding, broken) = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes),
        None if std::str::from_utf8(bytes).is_ok() => UTF_8.decode(bytes),
        None => declared.filter(|e| *e != UTF_8).unwrap_or_else(|| guess(bytes)).decode(bytes),
    };
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    (text, encoding.name(), broken)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_decides_in_its_turn() {
        assert_eq!(decode("\u{feff}Türkiye\r\n".as_bytes(), None), ("Türkiye\n".to_owned(), "UTF-8", false));
        let (wide, _, _) = (b"\xff\xfeA\0\n\0", 0, 0);
        assert_eq!(decode(wide, None).0, "A\n");
        assert_eq!(decode(b"T\xfcrkiye verkauft mehr Autos", None).0, "Türkiye verkauft mehr Autos");
        let russian = encoding_rs::WINDOWS_1251.encode("Россия").0.into_owned();
        assert_eq!(decode(&russian, Some(encoding_rs::WINDOWS_1251)).0, "Россия");
    }
}
