//! Questions to small hand-made files, through the database.

mod beside;
mod computed;
mod stated;

use super::{answer, explain, parse, proof};
use crate::error::{Error, Result};
use crate::model::{
    Answer, Article, Basis, Commodity, Dataset, Denominator, Evidence, Figure, Granularity, Measure,
    Observation, Period, Proof, Qualifier, Question, Role, Status, Subject, SubjectKind, TableReading, Unit,
};
use crate::reference::{Place, places};
use crate::store::{BatchMeta, Outcome, Store};

/// A file that grows row by row.
struct File {
    reading: TableReading,
}

fn subject(name: &str) -> Subject {
    match name {
        "nes" => Subject::new(SubjectKind::Residual, "Areas not specified", "X-NES"),
        _ => places().find(name).map_or_else(|_| Subject::new(SubjectKind::Brand, name, ""), Place::subject),
    }
}

impl File {
    fn new(key: &str) -> Self {
        let dataset = Dataset {
            key: key.to_owned(),
            name: format!("{key} office"),
            source: key.to_owned(),
            currency: "USD".to_owned(),
            valuation: "CIF".to_owned(),
            exhaustive: true,
            reconciled: false,
            selection: false,
        };
        let reading = TableReading {
            profile: "test".to_owned(),
            encoding: "UTF-8".to_owned(),
            delimiter: ',',
            columns: Vec::new(),
            dataset,
            records: 0,
            entities: Vec::new(),
            commodities: Vec::new(),
            observations: Vec::new(),
            figures: Vec::new(),
            rejects: Vec::new(),
            notes: Vec::new(),
        };
        Self { reading }
    }

    fn with(mut self, change: impl FnOnce(&mut Dataset)) -> Self {
        change(&mut self.reading.dataset);
        self
    }

    fn entity(&mut self, name: &str) -> u32 {
        let subject = subject(name);
        let list = &mut self.reading.entities;
        let at = list.iter().position(|known| *known == subject).unwrap_or_else(|| {
            list.push(subject);
            list.len() - 1
        });
        at as u32
    }

    fn commodity(&mut self, text: &str) -> u32 {
        let (scheme, code) = text.split_once(' ').unwrap_or(("product", text));
        let list = &mut self.reading.commodities;
        let at =
            list.iter().position(|known| known.scheme == scheme && known.code == code).unwrap_or_else(|| {
                list.push(Commodity {
                    scheme: scheme.to_owned(),
                    code: code.to_owned(),
                    title: String::new(),
                });
                list.len() - 1
            });
        at as u32
    }

    /// Adds rows of one market, code, basis and period; `World` is the total, `nes` a residual, `re-` before a name a memo.
    fn rows(mut self, market: &str, code: &str, basis: Basis, period: &str, values: &[(&str, f64)]) -> Self {
        let (market, commodity) = (self.entity(market), self.commodity(code));
        for (name, value) in values {
            let (name, memo) = name.strip_prefix("re-").map_or((*name, false), |name| (name, true));
            let holder = self.entity(name);
            let role = match self.reading.entities[holder as usize].kind {
                _ if memo => Role::Memo,
                SubjectKind::Residual => Role::Residual,
                SubjectKind::Region if name == "World" => Role::Total,
                SubjectKind::Region => Role::Subtotal,
                _ => Role::Part,
            };
            let line = self.reading.observations.len() as u64 + 2;
            self.reading.observations.push(Observation {
                market,
                subject: holder,
                commodity,
                basis,
                period: period.parse().expect("a period"),
                role,
                value: Some(*value),
                weight_kg: None,
                quantity: None,
                quantity_unit: String::new(),
                flags: String::new(),
                line,
            });
        }
        self
    }

    fn figure(mut self, name: &str, market: &str, product: &str, period: &str, value: f64) -> Self {
        let line = self.reading.figures.len() as u64 + 2;
        let figure = Figure {
            document: "file".to_owned(),
            measure: Measure::Share,
            value,
            value_max: None,
            qualifier: Qualifier::Exact,
            subject: subject(name),
            market: subject(market),
            product: product.to_owned(),
            basis: Basis::Sales,
            unit: Unit::Units,
            period: Some(period.parse().expect("a period")),
            attribution: None,
            status: Status::Actual,
            quote: format!("{name} {value}"),
            span: (0, 1),
            rule: "table".to_owned(),
            confidence: 1.0,
            confidence_full: 1.0,
        };
        self.reading.figures.push((line, figure));
        self
    }

    fn store(self) -> Store {
        let mut store = Store::in_memory().expect("a store");
        self.into(&mut store);
        store
    }

    fn into(self, store: &mut Store) {
        let key = &self.reading.dataset.key;
        store.ingest_table(&meta(&format!("{key}.csv"), key), &self.reading).expect("the file is kept");
    }
}

fn meta(path: &str, hash: &str) -> BatchMeta {
    BatchMeta {
        path: path.to_owned(),
        sha256: hash.repeat(4),
        bytes: 1,
        kind: "test".to_owned(),
        recorded_at: "2026-01-01T00:00:00Z".to_owned(),
        released: None,
        tool_version: "test".to_owned(),
        accept: 0.5,
    }
}

fn ask(store: &Store, words: &str, change: impl FnOnce(&mut Question)) -> Result<Answer> {
    let mut question = parse(&[words.to_owned()])?;
    change(&mut question);
    answer(store, &question)
}

fn year(text: &str) -> impl FnOnce(&mut Question) {
    let period: Period = text.parse().expect("a period");
    move |question| question.period = Some(period)
}

/// Shows rows as `subject share`, a decimal each.
fn shown(answer: &Answer) -> Vec<String> {
    let share = |share: Option<f64>| share.map_or("?".to_owned(), |share| format!("{share:.1}"));
    answer.rows.iter().map(|row| format!("{} {}", row.subject.name, share(row.share_pct))).collect()
}

fn refused(result: Result<Answer>) -> String {
    match result {
        Err(Error::Refused { rule, reason, .. }) => format!("{rule} {reason}"),
        other => panic!("not refused: {other:?}"),
    }
}

fn has_note(answer: &Answer, rule: &str) -> bool {
    answer.notes.iter().any(|note| note.ends_with(&format!("({rule})")))
}

const CARS: &str = "HS2022 8703";

fn russia(period: &str, china: f64, japan: f64) -> File {
    File::new("sample").rows(
        "Russia",
        CARS,
        Basis::Imports,
        period,
        &[("World", china + japan + 10.0), ("China", china), ("Japan", japan), ("nes", 10.0)],
    )
}
