//! Small inputs for the tests of this module.

use super::{BatchMeta, Outcome, Store};
use crate::error::Result;
use crate::model::{
    Article, Basis, Commodity, Dataset, Figure, Measure, Observation, Qualifier, Role, Status, Subject,
    SubjectKind, TableReading, Unit,
};
use std::path::Path;

/// An input of this name; its hash follows the name.
pub(super) fn meta(path: &str) -> BatchMeta {
    BatchMeta {
        path: path.to_owned(),
        sha256: format!("hash of {path}"),
        bytes: 1,
        kind: "table".to_owned(),
        recorded_at: "2022-12-01T00:00:00Z".to_owned(),
        released: None,
        tool_version: "0.0.0".to_owned(),
        accept: 0.5,
    }
}

/// Russia's imports of cars from a country in June 2022, for this value.
pub(super) fn row(subject: &str, value: f64) -> (String, Observation) {
    let row = Observation {
        market: 0,
        subject: 0,
        commodity: 0,
        basis: Basis::Imports,
        period: "2022-06".parse().expect("a period"),
        role: Role::Part,
        value: Some(value),
        weight_kg: None,
        quantity: None,
        quantity_unit: String::new(),
        flags: String::new(),
        line: 0,
    };
    (subject.to_owned(), row)
}

/// A table of these rows, from line 2 on.
pub(super) fn table(rows: Vec<(String, Observation)>) -> TableReading {
    let mut entities = vec![Subject::new(SubjectKind::Country, "Russia", "RUS")];
    let mut observations = Vec::new();
    for (index, (subject, mut row)) in rows.into_iter().enumerate() {
        let known = entities.iter().position(|e| e.name == subject);
        row.subject = known.unwrap_or(entities.len()) as u32;
        row.line = index as u64 + 2;
        if known.is_none() {
            entities.push(Subject::new(SubjectKind::Country, &subject, &subject));
        }
        observations.push(row);
    }
    TableReading {
        profile: "test".to_owned(),
        encoding: "UTF-8".to_owned(),
        delimiter: ',',
        columns: Vec::new(),
        dataset: Dataset {
            key: "test".to_owned(),
            name: "Test".to_owned(),
            source: "test".to_owned(),
            currency: "USD".to_owned(),
            valuation: "CIF".to_owned(),
            exhaustive: false,
            reconciled: false,
            selection: false,
        },
        records: observations.len() as u64,
        entities,
        commodities: vec![Commodity {
            scheme: "HS2022".to_owned(),
            code: "8703".to_owned(),
            title: "Cars".to_owned(),
        }],
        observations,
        figures: Vec::new(),
        rejects: Vec::new(),
        notes: Vec::new(),
    }
}

/// Apple's share in Russia's phones, as a table states it.
pub(super) fn figure(value: f64, period: &str) -> Figure {
    Figure {
        document: "a.csv".to_owned(),
        measure: Measure::Share,
        value,
        value_max: None,
        qualifier: Qualifier::Exact,
        subject: Subject::new(SubjectKind::Brand, "Apple", "apple"),
        market: Subject::new(SubjectKind::Country, "Russia", "RUS"),
        product: "mobile-phones".to_owned(),
        basis: Basis::Usage,
        unit: Unit::Units,
        period: Some(period.parse().expect("a period")),
        attribution: None,
        status: Status::Actual,
        quote: format!("Apple {value}"),
        span: (0, 1),
        rule: "table".to_owned(),
        confidence: 1.0,
        confidence_full: 1.0,
    }
}

/// An article with one figure.
pub(super) fn article(id: &str, percent: u8) -> (Article, Vec<Figure>) {
    let quote = format!("{percent} percent of new cars");
    let text = format!("In Russia, the share was «high»: {quote} were Chinese.");
    let start = text.find(&quote).expect("it is there");
    let figure = Figure {
        document: id.to_owned(),
        value: f64::from(percent),
        subject: Subject::new(SubjectKind::Country, "China", "CHN"),
        product: "passenger-cars".to_owned(),
        basis: Basis::Sales,
        span: (start, start + quote.len()),
        quote,
        ..figure(1.0, "2022-Q2")
    };
    let article = Article {
        id: id.to_owned(),
        published: Some(jiff::civil::date(2022, 9, 13)),
        text,
        ..Article::default()
    };
    (article, vec![figure])
}

/// Makes a file with one input.
pub(super) fn filled(path: &Path) {
    let mut store = Store::open(path).expect("opens");
    store.ingest_table(&meta("a.csv"), &table(vec![row("CHN", 1.0)])).expect("kept");
}

/// Returns figures, added, changed and same of an input that was kept.
#[track_caller]
pub(super) fn stored(outcome: Result<Outcome>) -> (u64, u64, u64, u64) {
    match outcome.expect("kept") {
        Outcome::Stored { figures, added, changed, same, .. } => (figures, added, changed, same),
        Outcome::AlreadyHeld { batch } => panic!("batch {batch} holds it"),
    }
}

/// Returns subject and value of every cell.
pub(super) fn cells(store: &Store) -> Vec<(String, Option<f64>)> {
    let mut rows =
        store.connection().prepare("SELECT subject, value FROM trade ORDER BY subject").expect("valid");
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("runs")
        .collect::<rusqlite::Result<_>>()
        .expect("text and numbers")
}
