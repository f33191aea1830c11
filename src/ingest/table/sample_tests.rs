//! Sums over the sample files, which are not part of the project; without them the tests say so and pass.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use super::{TableOptions, read};
use crate::model::{Basis, Observation, Role, TableReading};
use std::path::{Path, PathBuf};

/// Reads a sample; `None` when the samples are not here.
fn sample(file: &str) -> Option<TableReading> {
    let path = ["../shared/data", "../../shared/data"]
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(file))
        .into_iter()
        .find(|path: &PathBuf| path.exists());
    let Some(path) = path else {
        println!("skipped: the sample files are not here");
        return None;
    };
    let bytes = std::fs::read(&path).expect("readable");
    Some(read(&path, &bytes, &TableOptions::default()).unwrap_or_else(|error| panic!("{error}")))
}

fn sum(
    reading: &TableReading,
    wanted: impl Fn(&Observation) -> bool,
    amount: impl Fn(&Observation) -> Option<f64>,
) -> f64 {
    reading.observations.iter().filter(|row| wanted(row)).filter_map(amount).sum()
}

fn adds(row: &Observation) -> bool {
    matches!(row.role, Role::Part | Role::Residual)
}

fn near(found: f64, right: f64, within: f64) {
    assert!((found - right).abs() <= within, "{found}, right is {right}");
}

fn market<'a>(reading: &'a TableReading, id: &'a str) -> impl Fn(&Observation) -> bool + 'a {
    move |row| reading.entities[row.market as usize].id.as_deref() == Some(id)
}

#[test]
fn comtrade_of_the_new_site() {
    let Some(reading) = sample("comtrade-new/TradeData.csv") else { return };
    assert_eq!((reading.profile.as_str(), reading.encoding.as_str()), ("comtrade-new", "windows-1252"));
    assert_eq!((reading.records, reading.rejects.len()), (1178, 0), "{:?}", reading.rejects.first());
    for year in 2014..=2024 {
        let of_year = |row: &Observation| row.period.to_string() == year.to_string();
        let total = sum(&reading, |row| of_year(row) && row.role == Role::Total, |row| row.value);
        let parts = sum(&reading, |row| of_year(row) && adds(row), |row| row.value);
        near(parts, total, 3.0);
    }
    let of_2022 = |row: &Observation| row.role == Role::Total && row.period.to_string() == "2022";
    near(sum(&reading, of_2022, |row| row.value), 19_039_358_936.845, 0.001);
    let parts_2024 =
        reading.observations.iter().filter(|row| adds(row) && row.period.to_string() == "2024").count();
    assert_eq!(parts_2024, 105);
    let editions: Vec<&str> = reading.commodities.iter().map(|commodity| commodity.scheme.as_str()).collect();
    assert_eq!(editions.len(), 3, "{editions:?}");
    assert!(
        reading.notes.iter().any(|note| note.ends_with("passed over: 1178 records")),
        "{:#?}",
        reading.notes
    );
}

#[test]
fn comtrade_of_the_old_site_by_month() {
    let Some(reading) = sample("comtrade-legacy/palm-oil.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (456, 0), "{:?}", reading.rejects.first());
    let imports = |row: &Observation| row.basis == Basis::Imports;
    near(sum(&reading, |row| imports(row) && row.role == Role::Total, |row| row.value), 380_916_524.0, 0.0);
    near(
        sum(&reading, |row| imports(row) && row.role == Role::Total, |row| row.weight_kg),
        393_654_937.0,
        0.0,
    );
    near(sum(&reading, |row| imports(row) && adds(row), |row| row.value), 380_916_524.0, 30.0);
    let exports = |row: &Observation| row.basis == Basis::Exports && row.role == Role::Total;
    near(sum(&reading, exports, |row| row.value), 36_222_275.0, 0.0);
    assert_eq!(reading.observations.iter().filter(|row| row.role == Role::Memo).count(), 2);
    assert!(
        reading.observations.iter().all(|row| row.period.month_run().is_some_and(|(_, months)| months == 1))
    );
}

#[test]
fn comtrade_of_the_old_site_with_reporters_as_competitors() {
    let Some(reading) = sample("comtrade-legacy/comtrade.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (1302, 0), "{:?}", reading.rejects.first());
    let total = |basis, year: &'static str| {
        move |row: &Observation| {
            row.role == Role::Total && row.basis == basis && row.period.to_string() == year
        }
    };
    near(sum(&reading, total(Basis::Exports, "2017"), |row| row.value), 8_870_101_062.0, 0.0);
    near(sum(&reading, total(Basis::Exports, "2018"), |row| row.value), 9_071_335_385.0, 0.0);
    near(sum(&reading, total(Basis::Imports, "2017"), |row| row.value), 7_907_787_064.0, 0.0);
    let memo = sum(
        &reading,
        |row| row.role == Role::Memo && row.basis == Basis::Exports && row.period.to_string() == "2017",
        |row| row.value,
    );
    near(memo, 8_952_457_395.0 - 8_870_101_062.0, 0.0);
    for (year, reporters) in [("2016", 136), ("2017", 142), ("2018", 137), ("2019", 115)] {
        assert_eq!(
            reading.observations.iter().filter(|row| total(Basis::Exports, year)(row)).count(),
            reporters
        );
    }
    // "No Quantity" and 0 are no quantity.
    assert!(
        reading
            .observations
            .iter()
            .all(|row| row.quantity != Some(0.0) && row.quantity.is_some() != row.quantity_unit.is_empty())
    );
}

#[test]
fn baci_rows_of_a_user() {
    let Some(reading) = sample("baci/crude-oil-270900-2021.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (1445, 0), "{:?}", reading.rejects.first());
    assert!(reading.dataset.reconciled && reading.dataset.exhaustive);
    near(sum(&reading, |_| true, |row| row.value), 951_395_473_259.0, 0.01);
    let nameless: Vec<u32> = (0..reading.entities.len() as u32)
        .filter(|at| reading.entities[*at as usize].name == "Unspecified")
        .collect();
    let [nameless] = nameless[..] else { panic!("one entity for all lost codes: {nameless:?}") };
    near(sum(&reading, |row| row.market == nameless, |row| row.value), 24_563_463_505.0, 0.01);
    assert_eq!(
        reading
            .observations
            .iter()
            .filter(|row| row.subject == nameless && row.role == Role::Residual)
            .count(),
        5
    );
    assert_eq!(reading.observations.iter().filter(|row| row.weight_kg.is_none()).count(), 45);
    if crate::reference::places().all().is_empty() {
        return;
    }
    for (id, right) in [
        ("CHN", 207_934_097_919.0),
        ("DEU", 29_153_286_663.0),
        ("USA", 120_270_410_435.0),
        ("ITA", 31_046_060_448.0),
        ("IND", 93_503_549_642.0),
    ] {
        near(sum(&reading, market(&reading, id), |row| row.value), right, 0.01);
    }
    near(sum(&reading, market(&reading, "DEU"), |row| row.weight_kg), 58_211_186_303.0, 0.5);
}

fn share(reading: &TableReading, subject: &str, market: &str, period: &str) -> Option<f64> {
    let mut found = reading.figures.iter().filter(|(_, figure)| {
        figure.subject.name == subject
            && figure.market.name == market
            && figure.period.is_some_and(|found| found.to_string() == period)
    });
    let first = found.next().map(|(_, figure)| figure.value);
    assert!(found.next().is_none(), "{subject} {market} {period} twice");
    first
}

#[test]
fn statcounter_by_month() {
    let Some(reading) = sample("statcounter/vendor-ww-monthly-201003-202405.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (171, 0), "{:?}", reading.rejects.first());
    assert_eq!(share(&reading, "Apple", "World", "2024-05"), Some(27.42));
    assert_eq!(share(&reading, "Nokia", "World", "2012-01"), Some(37.67));
    assert_eq!(share(&reading, "Xiaomi", "World", "2020-12"), Some(10.02));
    assert_eq!(share(&reading, "Samsung", "World", "2010-03"), None, "a month of zeros says nothing");
    assert!(
        reading.notes.contains(&"line 172: every column is 0: no data".to_owned()),
        "{:#?}",
        reading.notes
    );
    let (line, apple) = &reading.figures[1];
    assert_eq!((*line, apple.quote.as_str(), apple.product.as_str()), (2, "Apple 33.15", "mobile-phones"));
    assert!(reading.figures.iter().all(|(_, figure)| figure.value > 0.0 && figure.basis == Basis::Usage));
}

#[test]
fn statcounter_with_the_market_in_a_changed_name() {
    let Some(world) = sample("statcounter/ww-Worldwide.csv") else { return };
    assert_eq!(share(&world, "Chrome", "World", "2022-12"), Some(64.68));
    assert_eq!(world.figures[0].1.product, "browsers");
    let Some(europe) = sample("statcounter/eu-Europe.csv") else { return };
    assert_eq!(share(&europe, "Firefox", "Europe", "2022-01"), Some(5.95));
    assert_eq!(share(&europe, "Safari", "Europe", "2022-12"), Some(21.66));
}

#[test]
fn statcounter_with_versions_and_the_period_in_the_header() {
    let Some(reading) = sample("statcounter/browsers_nov_2013.csv") else { return };
    assert_eq!(reading.records, 118);
    assert_eq!(share(&reading, "Chrome 30.0", "World", "2013-11"), Some(18.51));
    let sum = |start: &str| {
        reading.figures.iter().filter(|(_, f)| f.quote.starts_with(start)).map(|(_, f)| f.value).sum::<f64>()
    };
    near(sum("Chrome "), 41.81, 1e-9);
    near(sum("IE "), 27.29, 1e-9);
    assert_eq!(reading.figures[0].1.product, "browsers");
}

#[test]
fn statcounter_by_country() {
    let Some(reading) = sample("statcounter/mobile_os_share_feb_apr_2025.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (236, 0), "{:?}", reading.rejects.first());
    let at = |subject, market| share(&reading, subject, market, "2025-02/2025-04");
    assert_eq!(at("Android", "India"), Some(94.74));
    assert_eq!(at("iOS", "Japan"), Some(61.01));
    assert_eq!(at("KaiOS", "India"), None, "0 is what is left of less than 1 %");
    assert!(
        reading.notes.iter().any(|note| note.starts_with("nameless rows are left out: line 101")),
        "{:#?}",
        reading.notes
    );
    let markets: std::collections::BTreeSet<String> =
        reading.figures.iter().map(|(_, f)| f.market.key()).collect();
    assert_eq!(markets.len(), 235);
    assert_eq!(reading.figures[0].1.product, "mobile-os");
}

#[test]
fn our_world_in_data() {
    let Some(reading) = sample("owid/electric-car-sales-share.csv") else { return };
    assert_eq!((reading.records, reading.rejects.len()), (522, 0), "{:?}", reading.rejects.first());
    assert_eq!(reading.figures.len(), 522);
    for (market, year, right) in [
        ("Norway", "2023", 90.0),
        ("China", "2024", 48.0),
        ("Germany", "2023", 24.0),
        ("World", "2025", 25.0),
    ] {
        assert_eq!(share(&reading, "Electric cars", market, year), Some(right));
    }
    let (_, figure) = &reading.figures[0];
    assert_eq!(
        (figure.subject.key().as_str(), figure.product.as_str()),
        ("product/electric-cars", "passenger-cars")
    );
    assert_eq!(
        (figure.basis, figure.quote.as_str()),
        (Basis::Sales, "Share of new cars that are electric 0.0061")
    );
}

#[test]
fn a_table_that_does_not_say_whose_market_it_is_asks() {
    let file = "ireland-registrations/UnitsByMakeAndYear.csv";
    let Some(path) = ["../shared/data", "../../shared/data"]
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(file))
        .into_iter()
        .find(|path| path.exists())
    else {
        return;
    };
    let bytes = std::fs::read(&path).expect("readable");
    let error = read(&path, &bytes, &TableOptions::default()).expect_err("no market").to_string();
    assert!(error.contains("--table-market"), "{error}");
}
