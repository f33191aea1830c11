//! Any text at all: no panic, figures that prove themselves, the same twice, in bounded memory.

use crate::desk::Desk;
use crate::makes::{MAKES, PAGES, again};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;
use tradeshare::extract::Extractor;
use tradeshare::ingest::Kind;
use tradeshare::ingest::article::{ArticleOptions, read_articles};
use tradeshare::model::{Article, Figure};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fn article(title: Option<String>, published: Option<&str>, text: String) -> Article {
    Article {
        id: "any".to_owned(),
        title,
        published: published.and_then(|day| day.parse().ok()),
        lang: Some("en".to_owned()),
        text,
        ..Article::default()
    }
}

/// Says what is wrong with the figures of an article, if anything.
fn wrong(article: &Article, figures: &[Figure]) -> Option<String> {
    figures.iter().find_map(|figure| {
        let (start, end) = figure.span;
        let borders = article.text.is_char_boundary(start) && article.text.is_char_boundary(end);
        let told = format!("{figure} at {start}..{end}");
        match () {
            () if start >= end || !borders => Some(format!("{told}: not on borders of characters")),
            () if article.text[start..end] != figure.quote => Some(format!("{told}: not the quote")),
            () if !(0.0..=1.0).contains(&figure.confidence) => {
                Some(format!("{told}: confidence {}", figure.confidence))
            }
            () if figure.subject.name.trim().is_empty() || figure.market.name.trim().is_empty() => {
                Some(format!("{told}: without a name"))
            }
            () if !figure.value.is_finite() || figure.value < 0.0 => {
                Some(format!("{told}: value {}", figure.value))
            }
            () => None,
        }
    })
}

/// Pieces that make readers of values, names and times work, between anything else.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "81 percent",
        "81%",
        "12,5 %",
        "％",
        "per cent",
        "one in four",
        "two-thirds",
        "25-30%",
        "between 25 and 30 percent",
        "No. 1",
        "second-largest",
        "the most popular",
        "share of",
        "accounted for",
        "came from",
        "imports",
        "exports to",
        "market",
        "China",
        "Chinese-built",
        "Russia's",
        "the EU",
        "São Paulo",
        "Côte d’Ivoire",
        "Xiaomi",
        "Lixiang",
        "Samsung and Apple",
        "electric cars",
        "smartphones",
        "respectively",
        "each",
        "in the second quarter",
        "a year earlier",
        "H1 2023",
        "FY2022-23",
        "by 2030",
        "respectively.",
        "according to IDC",
        "\n",
        "\t",
        "\u{a0}",
        "\u{ad}",
        "\u{202e}",
        "\u{200d}",
        "\u{feff}",
        "“",
        "’s",
        "...",
        "?!",
        "(",
        ")",
        "|",
        "حصة",
        "中国占",
        "Доля",
        "🚗",
        "e\u{301}",
    ]);
    prop_oneof![
        4 => words.prop_map(|word| format!("{word} ")),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9.,%+\\-–]{1,12}",
        1 => "\\PC{0,12}",
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(pieces(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_gives_figures_that_prove_themselves_and_the_same_twice(
        text in texts(), title in prop::option::of(texts()), dated in any::<bool>()
    ) {
        let article = article(title, dated.then_some("2024-02-29"), text);
        let figures = EXTRACTOR.figures(&article);
        prop_assert_eq!(wrong(&article, &figures), None);
        prop_assert_eq!(&figures, &EXTRACTOR.figures(&article));
        EXTRACTOR.explain(&article);
        EXTRACTOR.note(&article);
    }

    #[test]
    fn any_bytes_are_read_as_any_kind_without_panic(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            texts().prop_map(String::into_bytes),
            "(<(p|table|tr|td|th|div|time|meta|script|!--|/)[ a-z='0-9]{0,9}>?|81%|[|]|\\n|# |\\{|\\}|\"text\":){0,60}".prop_map(String::into_bytes),
        ],
        kind in prop::sample::select(vec![Kind::Text, Kind::Markdown, Kind::Html, Kind::JsonLines])
    ) {
        if let Ok(reading) = read_articles(Path::new("any"), &bytes, kind, &ArticleOptions::default()) {
            let again = read_articles(Path::new("any"), &bytes, kind, &ArticleOptions::default()).expect("as before");
            prop_assert_eq!(&reading.articles, &again.articles);
            for article in &reading.articles {
                prop_assert_eq!(wrong(article, &EXTRACTOR.figures(article)), None);
            }
        }
    }
}

/// Reads and extracts; what is told must prove itself.
fn read(bytes: &[u8], kind: Kind) {
    if let Ok(reading) = read_articles(Path::new("any"), bytes, kind, &ArticleOptions::default()) {
        for article in &reading.articles {
            let english = Article { lang: Some("en".to_owned()), ..article.clone() };
            assert_eq!(wrong(&english, &EXTRACTOR.figures(&english)), None);
        }
    }
}

// How long these take, and that it grows with their size and no faster, is measured by `cargo bench --bench stages any`.

#[test]
fn text_of_any_make_is_read() {
    MAKES.iter().for_each(|(_, make)| read(&make(6_000), Kind::Text));
}

#[test]
fn pages_of_any_depth_and_width_are_read() {
    PAGES.iter().for_each(|(_, make)| read(&make(10_000), Kind::Html));
}

/// Most memory, in KiB, that the program may ask for.
#[cfg(target_os = "linux")]
const MOST_KIB: u32 = 1_000_000;

/// Megabytes of each make that need no reading, and some that do, within bounded memory.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded() {
    let desk = Desk::new();
    let calm: &[(&str, &[u8])] = &[
        ("letters", b"abcdefgh ijkl "),
        ("no-blank", b"abcdefghijklmn"),
        ("stops", b"Yes. No? A! B... "),
        ("lines", b"a\n"),
        ("rtl", "حصة الصين من واردات روسيا ".as_bytes()),
        ("control", b"\x01\x02\x1b\x7f "),
        ("names", b"Apple Samsung Toyota China Russia "),
    ];
    for (name, unit) in calm {
        bounded(&desk, name, &again(unit, 4 << 20));
    }
    for (name, make) in MAKES {
        bounded(&desk, name, &make(3_000));
    }
    let deep = format!("<html><body>{}81% of imports", "<div>".repeat(100_000));
    bounded(&desk, "deep page.html", deep.as_bytes());
}

#[cfg(target_os = "linux")]
fn bounded(desk: &Desk, name: &str, bytes: &[u8]) {
    let file = desk.file(name, bytes);
    let program = assert_cmd::cargo::cargo_bin("tradeshare");
    let mut shell = std::process::Command::new("sh");
    let script = format!("ulimit -v {MOST_KIB} && exec \"$0\" extract -q -f jsonl --lang en \"$1\"");
    let output = shell.args(["-c", &script]).arg(program).arg(file).output().expect("runs");
    let code = output.status.code();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(code, Some(0 | 5)), "{name}: {code:?} {err}");
}
