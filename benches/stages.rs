//! How fast the stages are, on named inputs from plain to dense. `cargo bench` prints throughput; numbers belong into notes
//! with the machine they were measured on, never into tests.

#[path = "../tests/it/makes.rs"]
mod makes;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use makes::{MAKES, PAGES};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use tradeshare::chart::{self, ChartOptions};
use tradeshare::extract::Extractor;
use tradeshare::extract::learn::Passage;
use tradeshare::ingest::Kind;
use tradeshare::ingest::article::{ArticleOptions, read_articles};
use tradeshare::ingest::table::{self, TableOptions};
use tradeshare::model::Article;
use tradeshare::pipeline::{Dated, IngestOptions, ingest_bytes};
use tradeshare::query;
use tradeshare::store::Store;

/// Sentences as news has them; `every` one in so many states a share.
fn news(sentences: usize, every: usize) -> Article {
    let plain = [
        "The minister met the dealers on Monday and spoke of long waiting lists. ",
        "Nobody in the port could say when the next ship would come in. ",
        "Prices have gone up since the winter, and buyers look for older models. ",
        "A spokesman for the company would not comment on the plans. ",
    ];
    let mut text = String::new();
    for at in 0..sentences {
        if (at + 1) % every == 0 {
            // Each share is another number, for a fact that is told twice is one figure.
            let percent = at as f64 % 900.0 / 10.0 + 1.0;
            write!(
                text,
                "Chinese brands took {percent:.1} percent of new car sales in Russia in June, Autostat said. "
            )
            .expect("a string");
        } else {
            text.push_str(plain[at % plain.len()]);
        }
        if at % 5 == 4 {
            text.push('\n');
        }
    }
    Article {
        id: "bench".to_owned(),
        published: Some(jiff::civil::date(2022, 7, 5)),
        text,
        ..Article::default()
    }
}

/// Whole articles of the annotated passages, as they stand.
fn written(count: usize) -> Vec<Article> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/passages/articles.jsonl");
    let lines = std::fs::read_to_string(path).expect("the fixture");
    lines.lines().take(count).map(|line| Passage::from_json(line).expect("a passage").article).collect()
}

fn extract(c: &mut Criterion) {
    let mut group = c.benchmark_group("extract");
    let mut run = |name: &str, extractor: &Extractor, articles: &[Article], least: usize| {
        let read = || articles.iter().map(|a| extractor.figures(black_box(a)).len()).sum::<usize>();
        let found = read();
        assert!(found >= least, "{name}: {found} figures are found, not {least}");
        group.throughput(Throughput::Bytes(articles.iter().map(|a| a.text.len() as u64).sum()));
        group.bench_function(name, |b| b.iter(read));
    };
    let fast = Extractor::fast();
    run("fast: no share at all", &fast, &[news(20_000, usize::MAX)], 0);
    run("fast: ordinary news", &fast, &[news(20_000, 30)], 500);
    run("fast: a share a sentence", &fast, &[news(1_000, 1)], 800);
    run("fast: written articles", &fast, &written(40), 100);
    let full = Extractor::new();
    run("full: ordinary news", &full, &[news(1_200, 30)], 30);
    run("full: a share a sentence", &full, &[news(40, 1)], 30);
    run("full: written articles", &full, &written(4), 5);
    group.finish();
}

/// Texts and pages that nobody would write, in two sizes: the throughput of both must be about the same.
fn any_text(c: &mut Criterion) {
    let extractor = Extractor::new();
    let mut group = c.benchmark_group("any");
    group.sample_size(10);
    let texts = MAKES.iter().map(|(name, make)| (name, make, Kind::Text, [1_200, 6_000]));
    let pages = PAGES.iter().map(|(name, make)| (name, make, Kind::Html, [1_250, 10_000]));
    for (name, make, kind, sizes) in texts.chain(pages) {
        for size in sizes {
            let bytes = make(size);
            group.throughput(Throughput::Bytes(bytes.len() as u64));
            group.bench_function(format!("{name}, {size}"), |b| {
                b.iter(|| {
                    let options = ArticleOptions::default();
                    let reading = read_articles(Path::new("any"), black_box(&bytes), kind, &options);
                    let articles = reading.map(|reading| reading.articles).unwrap_or_default();
                    let english = |a: Article| Article { lang: Some("en".to_owned()), ..a };
                    articles.into_iter().map(|a| extractor.figures(&english(a)).len()).sum::<usize>()
                });
            });
        }
    }
    group.finish();
}

/// A file of the real BACI header with invented rows.
fn baci(rows: usize) -> Vec<u8> {
    const COUNTRIES: [u32; 12] = [156, 276, 392, 410, 842, 251, 380, 699, 76, 36, 124, 826];
    let mut text = String::from("t,i,j,k,v,q\n");
    for row in 0..rows {
        let (i, j) = (COUNTRIES[row % 12], COUNTRIES[(row / 12 + row % 12 + 1) % 12]);
        if i != j {
            let code = 10_000 + row / 132;
            writeln!(text, "2021,{i},{j},{code:06},{}.5,{}.25", row % 997 + 1, row % 89 + 1)
                .expect("a string");
        }
    }
    text.into_bytes()
}

fn tables(c: &mut Criterion) {
    let bytes = baci(20_000);
    let dated = Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "bench".to_owned() };
    let extractor = Extractor::new();
    let path = Path::new("BACI_HS17_Y2021_V202301.csv");
    let mut group = c.benchmark_group("table");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("read BACI rows", |b| {
        b.iter(|| {
            table::read(path, black_box(&bytes), &TableOptions::default()).expect("read").observations.len()
        });
    });
    group.sample_size(10);
    group.bench_function("ingest BACI rows", |b| {
        b.iter_batched(
            || Store::in_memory().expect("a store"),
            |mut store| {
                ingest_bytes(Some(&mut store), &extractor, path, &bytes, &IngestOptions::default(), &dated)
                    .expect("kept")
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn answers(c: &mut Criterion) {
    let mut store = Store::in_memory().expect("a store");
    let dated = Dated { recorded_at: "2026-01-01T00:00:00Z".to_owned(), tool_version: "bench".to_owned() };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tables/russia-cars.csv");
    let bytes = std::fs::read(&path).expect("the fixture");
    ingest_bytes(Some(&mut store), &Extractor::new(), &path, &bytes, &IngestOptions::default(), &dated)
        .expect("kept");
    let words: Vec<String> = "in Russia of passenger-cars".split(' ').map(str::to_owned).collect();
    let mut question = query::parse(&words).expect("known names");
    question.period = Some("2022-Q2".parse().expect("a period"));
    question.unit = Some(tradeshare::model::Unit::Units);
    question.by = Some(tradeshare::model::Granularity::Quarter);
    let answer = query::answer(&store, &question).expect("an answer");
    assert_eq!(answer.rows.len(), 5, "four partners and a residual");
    c.bench_function("query a market", |b| {
        b.iter(|| query::answer(&store, black_box(&question)).expect("an answer"));
    });
    let spec = chart::from_answer(&answer, &ChartOptions::default()).expect("a spec");
    c.bench_function("draw ranked bars", |b| {
        b.iter(|| chart::png(black_box(&spec)).expect("a picture").bytes.len());
    });
}

criterion_group!(benches, extract, any_text, tables, answers);
criterion_main!(benches);
