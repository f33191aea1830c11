//! What a drawn chart looks like to a critical reader: nothing overlaps, nothing is cut.

use super::*;
use crate::chart::{ChartKind, png, svg};

fn clean(what: &str, rows: Vec<AnswerRow>, kind: ChartKind) -> ChartSpec {
    let spec = from_answer(&answer(rows), &ChartOptions { kind, ..ChartOptions::default() }).expect("a spec");
    let drawn = svg(&spec).expect("a picture");
    assert_eq!(drawn.warnings, Vec::<String>::new(), "{what}");
    spec
}

fn years(name: &str, from: i32, shares: &[f64]) -> Vec<AnswerRow> {
    shares.iter().zip(from..).map(|(share, year)| computed(name, &year.to_string(), *share)).collect()
}

#[test]
fn charts_of_every_kind_and_size_are_clean() {
    let names = [
        "Федеральная таможенная служба Российской Федерации и её отделения",
        "中华人民共和国香港特别行政区政府统计处",
        "대한민국",
        "日本",
        "Қазақстан",
        "Ελλάδα",
        "Việt Nam",
        "Côte d’Ivoire",
        "Łódź",
        "Türkiye",
        "São Tomé and Príncipe",
        "Bosnia and Herzegovina",
        "United Arab Emirates",
        "Papua New Guinea",
        "Czechia",
        "Iceland",
    ];
    let sixteen = |spread: f64| {
        let line = |(i, name): (usize, &&str)| years(name, 2015, &[4.0 + spread * i as f64; 8]);
        names.iter().enumerate().flat_map(line).collect::<Vec<_>>()
    };
    clean("16 near-equal lines with long names", sixteen(0.001), ChartKind::Lines);
    clean("16 spread lines", sixteen(2.0), ChartKind::Lines);
    clean("one point", years("China", 2022, &[80.6]), ChartKind::Lines);
    clean("two points", years("China", 2021, &[21.7, 80.6]), ChartKind::Lines);
    clean("all of it", years("China", 2019, &[100.0, 100.0, 100.0]), ChartKind::Lines);
    clean("a peak at the top", years("China", 2019, &[90.0, 100.0, 91.0]), ChartKind::Lines);
    clean("tiny shares", years("China", 2019, &[0.01, 0.02, 0.015]), ChartKind::Lines);
    clean("nothing at all", years("China", 2019, &[0.0, 0.0]), ChartKind::Lines);
    clean("sixty years", years("China", 1962, &[50.0; 60]), ChartKind::Lines);
    let months = (0..30).map(|n| computed("China", &Period::month(2022, n + 1).to_string(), 40.0)).collect();
    clean("months", months, ChartKind::Lines);
    let days = (1..29).map(|n| computed("China", &format!("2022-02-{n:02}"), 40.0)).collect();
    clean("days", days, ChartKind::Lines);

    let bars = |count: usize| {
        let share = |n: usize| 60.0 / (n + 1) as f64;
        (0..count).map(|n| computed(&format!("{} {n}", names[n % 16]), "2022", share(n))).collect::<Vec<_>>()
    };
    for count in [1, 2, 10, 24, 40] {
        clean("bars", bars(count), ChartKind::Bars);
    }
    let mut compared = bars(12);
    compared.extend(
        compared
            .clone()
            .into_iter()
            .take(7)
            .map(|row| AnswerRow { period: Some("2021".parse().expect("a period")), ..row }),
    );
    clean("bars beside the year before", compared, ChartKind::Bars);
    clean("all of it", vec![computed("China", "2022", 100.0)], ChartKind::Bars);
    clean("nothing", vec![computed("China", "2022", 0.0)], ChartKind::Bars);
    clean("tiny", vec![computed("China", "2022", 0.03), computed("Japan", "2022", 0.01)], ChartKind::Bars);
}

#[test]
fn more_names_than_room_are_counted_and_the_largest_stay() {
    let rows =
        (0..24).flat_map(|n| years(&format!("Land {n:02}"), 2019, &[3.0 + f64::from(n) * 0.01; 4])).collect();
    let spec = from_answer(&answer(rows), &ChartOptions::default()).expect("lines");
    let drawn = svg(&spec).expect("a picture");
    let text = String::from_utf8(drawn.bytes).expect("text");
    let shown = (0..24).filter(|n| text.contains(&format!("Land {n:02} "))).count();
    assert!((12..24).contains(&shown), "{shown}");
    assert!(text.contains(&format!(">{} more not labelled.<", 24 - shown)), "{}", drawn.warnings.join("\n"));
    assert!(text.contains("Land 23 ") && !text.contains("Land 00 "));
    assert_eq!(drawn.warnings.len(), 1, "{:?}", drawn.warnings);
}

#[test]
fn measures_gaps_ranges_and_forecasts_stay_clean_together() {
    let mut rows = year();
    for (month, share) in [(1, 9.0), (2, 10.0), (6, 18.0), (11, 31.0)] {
        let period = Period::month(2022, month).to_string();
        rows.push(AnswerRow { basis: Basis::Sales, ..stated("China", &period, share, "AEB") });
    }
    rows.push(AnswerRow { share_max_pct: Some(40.0), ..stated("China", "2022-12", 33.0, "AEB") });
    rows.push(AnswerRow { status: Status::Forecast, ..stated("China", "2023", 35.0, "AEB") });
    rows.retain(|row| row.subject.name == "China");
    clean("measures", rows, ChartKind::Lines);
}

#[test]
fn a_character_without_a_glyph_is_named_with_the_way_out() {
    let drawn = png(&spec(years("ประเทศไทย", 2021, &[5.0, 6.0]))).expect("a picture");
    assert!(
        drawn.warnings.iter().any(|w| w.contains("no glyph for `ป` (U+0E1B)") && w.contains("--font FILE")),
        "{:?}",
        drawn.warnings
    );
}
