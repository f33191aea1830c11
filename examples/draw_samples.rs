//! Draws sample charts of invented figures into a folder, to be looked at:
//! `cargo run --release --example draw_samples -- FOLDER`.

use std::path::PathBuf;
use std::time::Instant;
use tradeshare::chart::{self, ChartKind, ChartOptions};
use tradeshare::model::{
    Answer, AnswerRow, Basis, Denominator, Evidence, Period, Qualifier, Status, Subject, SubjectKind, Unit,
};

fn computed(subject: &str, id: &str, period: Period, share: f64) -> AnswerRow {
    AnswerRow {
        period: Some(period),
        market: Subject::new(SubjectKind::Country, "Russia", "RUS"),
        subject: Subject::new(SubjectKind::Country, subject, id),
        product: "passenger-cars".to_owned(),
        basis: Basis::Imports,
        unit: Unit::Units,
        evidence: Evidence::Computed,
        share_pct: Some(share),
        share_max_pct: None,
        qualifier: Qualifier::Exact,
        rank: None,
        of: None,
        amount: Some(share * 1000.0),
        total: Some(100_000.0),
        amount_unit: "items".to_owned(),
        denominator: Denominator::World,
        coverage_pct: Some(99.2),
        status: Status::Actual,
        counted_by: Some("Federal Customs Service (invented)".to_owned()),
        id: format!("c:{subject}/{period}"),
        flags: Vec::new(),
    }
}

fn stated(subject: &str, id: &str, period: Period, share: f64, basis: Basis, by: &str) -> AnswerRow {
    AnswerRow {
        evidence: Evidence::Stated,
        basis,
        denominator: Denominator::Published,
        coverage_pct: None,
        amount: None,
        total: None,
        amount_unit: String::new(),
        counted_by: Some(by.to_owned()),
        id: format!("{period}{share}"),
        ..computed(subject, id, period, share)
    }
}

fn answer(rows: Vec<AnswerRow>) -> Answer {
    Answer { rows, notes: Vec::new() }
}

/// A holder's quarters from 2020, with the two that nobody published left out.
fn quarters(subject: &str, id: &str, shares: &[f64]) -> Vec<AnswerRow> {
    let published = |quarter: &i32| !(9..=10).contains(quarter);
    (0..shares.len() as i32)
        .filter(published)
        .map(|n| computed(subject, id, Period::quarter(2020, n + 1), shares[n as usize]))
        .collect()
}

fn origins() -> Answer {
    let mut rows = quarters(
        "China",
        "CHN",
        &[
            9.8, 10.4, 11.0, 11.6, 11.9, 12.6, 13.1, 14.8, 18.0, 38.4, 47.9, 55.2, 70.1, 77.3, 78.6, 79.9,
            80.8, 81.3, 81.1, 78.0, 74.5, 71.2,
        ],
    );
    rows.extend(quarters(
        "Japan",
        "JPN",
        &[
            24.0, 24.8, 25.5, 25.0, 25.9, 25.2, 24.8, 24.4, 21.0, 14.0, 10.5, 9.2, 7.1, 5.6, 5.2, 4.9, 4.8,
            4.6, 4.7, 5.8, 6.6, 7.4,
        ],
    ));
    rows.extend(quarters(
        "South Korea",
        "KOR",
        &[
            15.2, 15.0, 14.7, 15.1, 14.8, 15.3, 14.9, 15.1, 13.5, 11.9, 9.2, 7.9, 5.4, 4.6, 4.4, 4.2, 4.1,
            4.0, 4.1, 4.5, 5.0, 5.3,
        ],
    ));
    rows.extend(quarters(
        "Germany",
        "DEU",
        &[
            21.4, 20.9, 20.5, 20.0, 19.6, 19.1, 19.4, 18.8, 16.1, 11.2, 9.0, 7.5, 5.0, 3.9, 3.6, 3.4, 3.1,
            3.0, 3.1, 3.3, 3.6, 4.1,
        ],
    ));
    rows.extend(quarters(
        "Türkiye",
        "TUR",
        &[
            2.1, 2.2, 2.0, 2.3, 2.2, 2.4, 2.3, 2.2, 2.6, 3.4, 3.6, 3.3, 2.6, 2.1, 1.9, 1.8, 1.7, 1.6, 1.6,
            1.9, 2.2, 2.4,
        ],
    ));
    answer(rows)
}

fn suppliers() -> Answer {
    let period: Period = "2024-07/2025-06".parse().expect("a period");
    let mut rows: Vec<AnswerRow> = [
        ("China 中国", "CHN", 58.3),
        ("Belarus (assembled from Chinese kits)", "BLR", 9.6),
        ("Japan 日本 (used cars)", "JPN", 8.8),
        ("South Korea 한국", "KOR", 6.4),
        ("Germany", "DEU", 4.1),
        ("Türkiye", "TUR", 2.4),
        ("Kyrgyzstan (transit)", "KGZ", 1.9),
        ("United States", "USA", 1.2),
        ("Czechia", "CZE", 0.7),
        ("Қазақстан", "KAZ", 0.02),
    ]
    .into_iter()
    .map(|(name, id, share)| computed(name, id, period, share))
    .collect();
    let mut rest = computed("Areas not specified", "X-NES", period, 4.4);
    rest.subject.kind = SubjectKind::Residual;
    rows.push(rest);
    answer(rows)
}

fn measures() -> Answer {
    let mut rows: Vec<AnswerRow> = [21.7, 80.6, 71.4, 66.0]
        .iter()
        .zip(1..)
        .map(|(share, quarter)| computed("China", "CHN", Period::quarter(2022, quarter), *share))
        .collect();
    for (period, share, qualifier) in [
        ("2022-Q2", 81.0, Qualifier::Exact),
        ("2022-08", 75.0, Qualifier::Over),
        ("2022-12", 78.0, Qualifier::About),
    ] {
        let period = period.parse().expect("a period");
        let mut row = stated("China", "CHN", period, share, Basis::Imports, "Autostat (invented)");
        row.qualifier = qualifier;
        rows.push(row);
    }
    for (month, share) in
        [(1, 9.2), (2, 10.0), (3, 10.4), (6, 18.1), (7, 20.4), (8, 24.6), (9, 27.9), (11, 31.3)]
    {
        rows.push(stated("China", "CHN", Period::month(2022, month), share, Basis::Sales, "AEB (invented)"));
    }
    let mut range = stated("China", "CHN", Period::month(2022, 10), 25.0, Basis::Sales, "AEB (invented)");
    (range.share_max_pct, range.qualifier) = (Some(28.0), Qualifier::Range);
    rows.push(range);
    let mut forecast = stated("China", "CHN", Period::quarter(2023, 1), 35.0, Basis::Sales, "AEB (invented)");
    forecast.status = Status::Forecast;
    rows.push(forecast);
    let by_value = [19.0, 70.2, 64.1];
    rows.extend(by_value.iter().zip(1..).map(|(share, quarter)| AnswerRow {
        unit: Unit::Value,
        ..computed("China", "CHN", Period::quarter(2022, quarter), *share)
    }));
    answer(rows)
}

fn thicket() -> Answer {
    let names = [
        "Federal Republic of Germany",
        "Российская Федерация",
        "中华人民共和国和香港特别行政区",
        "Việt Nam",
        "Côte d’Ivoire",
        "Bosnia and Herzegovina",
        "Ελλάδα",
        "Қазақстан Республикасы",
        "United Arab Emirates",
        "Czechia",
        "日本国",
        "대한민국",
        "Türkiye",
        "São Tomé and Príncipe",
        "Papua New Guinea",
        "Łódź",
    ];
    let rows = names.iter().enumerate().flat_map(|(i, name)| {
        (0..28).map(move |year| {
            let share = 3.0 + i as f64 * 0.21 + ((year * 7 + i * 13) % 11) as f64 * 0.1;
            computed(name, &format!("T{i:02}"), Period::year(1995 + year as i32), share)
        })
    });
    answer(rows.collect())
}

fn months() -> Answer {
    let lines =
        [("Xiaomi", "xiaomi", 25.0, 1.3), ("Samsung", "samsung", 28.0, -0.8), ("Apple", "apple", 17.0, -0.3)];
    let rows = lines.iter().flat_map(|(name, id, start, slope)| {
        (0..14).map(move |n| {
            let wave = f64::from((n * 5) % 7) * 0.3;
            let share = (start + slope * f64::from(n) + wave) * 10.0;
            let mut row = stated(
                name,
                id,
                Period::month(2022, n + 1),
                share.round() / 10.0,
                Basis::Usage,
                "StatCounter (invented)",
            );
            row.subject.kind = SubjectKind::Brand;
            row.product = "smartphones".to_owned();
            row
        })
    });
    answer(rows.collect())
}

fn many_bars() -> Answer {
    let rows = (0..24).map(|n| {
        computed(
            &format!("Country number {n}"),
            &format!("N{n:02}"),
            Period::year(2024),
            20.0 / f64::from(n + 1),
        )
    });
    answer(rows.collect())
}

fn main() {
    let folder: PathBuf = std::env::args_os().nth(1).expect("expected a folder").into();
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let bars = ChartOptions { kind: ChartKind::Bars, ..ChartOptions::default() };
    let lines = ChartOptions::default();
    let one = answer(vec![computed("China", "CHN", Period::quarter(2022, 2), 80.6)]);
    let two = answer(vec![
        computed("China", "CHN", Period::quarter(2022, 1), 21.7),
        computed("China", "CHN", Period::quarter(2022, 2), 80.6),
    ]);
    let samples = [
        ("lines", origins(), &lines),
        ("bars", suppliers(), &lines),
        ("measures", measures(), &lines),
        ("thicket", thicket(), &lines),
        ("months", months(), &lines),
        ("many-bars", many_bars(), &bars),
        ("compared", origins(), &bars),
        ("one", one, &lines),
        ("two", two, &lines),
    ];
    for (name, answer, options) in samples {
        let start = Instant::now();
        let spec = chart::from_answer(&answer, options).expect("a spec");
        let png = chart::png(&spec).expect("a picture");
        let took = start.elapsed();
        let svg = chart::svg(&spec).expect("a picture");
        std::fs::write(folder.join(name).with_extension("png"), &png.bytes).expect("writable");
        std::fs::write(folder.join(name).with_extension("svg"), &svg.bytes).expect("writable");
        println!("{name}: {took:?}, {} bytes; {}", png.bytes.len(), spec.alt);
        for warning in png.warnings {
            println!("  warning: {warning}");
        }
    }
}
