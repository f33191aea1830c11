//! Questions to small hand-made files, through the database.

use super::{answer, explain, parse, proof};
use crate::error::{Error, Result};
use crate::model::{
    Answer, Basis, Commodity, Dataset, Denominator, Evidence, Figure, Granularity, Measure, Observation,
    Period, Proof, Qualifier, Question, Role, Status, Subject, SubjectKind, TableReading, Unit,
};
use crate::reference::{Place, places};
use crate::store::{BatchMeta, Store};

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
        let meta = BatchMeta {
            path: format!("{}.csv", self.reading.dataset.key),
            sha256: self.reading.dataset.key.repeat(4),
            bytes: 1,
            kind: "table".to_owned(),
            recorded_at: "2026-01-01T00:00:00Z".to_owned(),
            released: None,
            tool_version: "test".to_owned(),
        };
        store.ingest_table(&meta, &self.reading).expect("the file is kept");
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

#[test]
fn a_market_is_listed_with_ranks_and_residuals_without() {
    let answer =
        ask(&russia("2022", 70.0, 20.0).store(), "in Russia of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["China 70.0", "Japan 20.0", "Areas not specified 10.0"]);
    let ranks: Vec<_> = answer.rows.iter().map(|row| (row.rank, row.of)).collect();
    assert_eq!(ranks, [(Some(1), Some(2)), (Some(2), Some(2)), (None, None)]);
    assert_eq!(answer.rows[0].denominator, Denominator::World);
    assert!(answer.notes.contains(&"denominator: reported World row, coverage 100.0 % (R2)".to_owned()));
}

#[test]
fn a_partial_year_is_refused_unless_allowed() {
    let file = ["2023-01", "2023-02"].iter().fold(russia("2022", 70.0, 20.0), |file, month| {
        let rows = [("World", 100.0), ("China", 60.0), ("Japan", 40.0)];
        file.rows("Russia", CARS, Basis::Imports, month, &rows)
    });
    let store = file.store();
    let by_year = |question: &mut Question| {
        question.period = Some("2022..2023".parse().expect("a period"));
        question.by = Some(Granularity::Year);
    };
    let text = refused(ask(&store, "China in Russia of passenger-cars", by_year));
    assert!(text.starts_with("R16") && text.contains("2023-01/2023-02 only"), "{text}");
    let answer = ask(&store, "China in Russia of passenger-cars", |question| {
        by_year(question);
        question.allow_partial = true;
    })
    .expect("rows");
    let periods: Vec<String> =
        answer.rows.iter().filter_map(|row| row.period.map(|period| period.to_string())).collect();
    assert_eq!(
        (shown(&answer), periods),
        (
            vec!["China 70.0".to_owned(), "China 60.0".to_owned()],
            vec!["2022".to_owned(), "2023-01/2023-02".to_owned()]
        )
    );
    assert!(answer.rows[1].flags.contains(&"partial".to_owned()));
    let answer = ask(&store, "China in Russia of passenger-cars", |_| {}).expect("2022 stands");
    assert_eq!(shown(&answer), ["China 70.0"]);
    assert!(has_note(&answer, "R16"));
}

#[test]
fn months_add_up_and_the_reported_year_goes_first() {
    let months = (4..=6).fold(File::new("sample"), |file, month| {
        let china = [70.0, 160.0, 210.0][month - 4];
        let rows = [("World", 100.0 * (month - 3) as f64), ("China", china)];
        file.rows("Russia", CARS, Basis::Imports, &format!("2022-{month:02}"), &rows)
    });
    let store =
        months.rows("Russia", CARS, Basis::Imports, "2021", &[("World", 10.0), ("China", 1.0)]).store();
    let answer = ask(&store, "China in Russia of passenger-cars", year("2022-Q2")).expect("rows");
    assert_eq!((answer.rows[0].amount, answer.rows[0].total), (Some(440.0), Some(600.0)));
    assert!(has_note(&answer, "R15"));
    let text = refused(ask(&store, "China in Russia of passenger-cars", year("2022")));
    assert!(text.starts_with("R16"), "{text}");
}

#[test]
fn an_absent_partner_traded_nothing_only_in_an_exhaustive_file() {
    let file = || russia("2022", 70.0, 20.0).rows("Japan", CARS, Basis::Imports, "2022", &[("Germany", 5.0)]);
    let answer = ask(&file().store(), "Germany in Russia of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["Germany 0.0"]);
    assert!(has_note(&answer, "R28"));
    let sample = file().with(|dataset| dataset.exhaustive = false).store();
    assert!(
        ask(&sample, "Germany in Russia of passenger-cars", year("2022")).expect("no rows").rows.is_empty()
    );
}

#[test]
fn a_selection_without_a_total_is_refused() {
    let rows = [("China", 70.0), ("Japan", 30.0)];
    let store = File::new("ten")
        .with(|dataset| dataset.selection = true)
        .rows("Russia", CARS, Basis::Imports, "2022", &rows)
        .store();
    assert!(refused(ask(&store, "China in Russia of passenger-cars", year("2022"))).starts_with("R2 "));
}

#[test]
fn re_exports_leave_exports_when_asked() {
    let rows =
        [("World", 1000.0), ("Russia", 500.0), ("China", 500.0), ("re-Russia", 450.0), ("re-World", 450.0)];
    let store = File::new("sample").rows("Germany", CARS, Basis::Exports, "2022", &rows).store();
    let net = |question: &mut Question| {
        question.period = Some(Period::year(2022));
        question.net_of_reexports = true;
    };
    let answer = ask(&store, "Russia in Germany of passenger-cars", net).expect("rows");
    assert_eq!((shown(&answer), answer.rows[0].total), (vec!["Russia 9.1".to_owned()], Some(550.0)));
    let gross = ask(&store, "Russia in Germany of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&gross), ["Russia 50.0"]);
    let text = explain(&store, &answer.rows[0].id).expect("a cell");
    assert!(text.contains("-450 USD") && text.contains("50 of 550 USD"), "{text}");
    let store =
        russia("2022", 1.0, 1.0).rows("Russia", CARS, Basis::Exports, "2022", &[("China", 1.0)]).store();
    let text = refused(ask(&store, "China in Russia of passenger-cars", |question| {
        net(question);
        question.basis = Some(Basis::Exports);
    }));
    assert!(text.starts_with("R8 "), "{text}");
}

#[test]
fn the_world_of_a_reconciled_file_is_every_flow_once() {
    let store = File::new("baci")
        .with(|dataset| dataset.reconciled = true)
        .rows("Russia", CARS, Basis::Imports, "2022", &[("China", 60.0), ("Japan", 20.0)])
        .rows("Germany", CARS, Basis::Imports, "2022", &[("China", 20.0)])
        .store();
    let exports = |question: &mut Question| {
        question.period = Some(Period::year(2022));
        question.basis = Some(Basis::Exports);
    };
    let answer = ask(&store, "in World of passenger-cars", exports).expect("rows");
    assert_eq!(shown(&answer), ["China 80.0", "Japan 20.0"]);
    assert_eq!(answer.rows[0].denominator, Denominator::ReporterSum);
    let answer = ask(&store, "in China of passenger-cars", exports).expect("rows");
    assert_eq!(shown(&answer), ["Russia 75.0", "Germany 25.0"]);
    // Germany exported nothing; a file with every flow knows that.
    let answer = ask(&store, "Germany in World of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["Germany 20.0", "Germany 0.0"]);
    assert_eq!(answer.rows[0].basis, Basis::Imports);
    let text = explain(&store, &answer.rows[0].id).expect("a cell");
    assert!(text.contains("20 of 100 USD is 20.000000 %"), "{text}");
}

#[test]
fn a_few_reporters_are_not_the_world() {
    let few = russia("2022", 70.0, 20.0).store();
    assert!(refused(ask(&few, "Russia in World of passenger-cars", year("2022"))).starts_with("R44 "));
    let countries: Vec<&str> = places()
        .all()
        .iter()
        .filter(|p| p.kind == SubjectKind::Country)
        .map(|p| p.name.as_str())
        .take(40)
        .collect();
    let many = countries.iter().fold(File::new("all"), |file, name| {
        file.rows(name, CARS, Basis::Exports, "2022", &[("World", 10.0), ("re-World", 9.0)])
    });
    let words = format!("{} in World of passenger-cars", countries[7]);
    let answer = ask(&many.store(), &words, year("2022")).expect("rows");
    assert_eq!((answer.rows[0].share_pct, answer.rows[0].total), (Some(2.5), Some(400.0)));
    assert!(answer.notes.iter().any(|note| note.contains("sum over 40 reporters")), "{:?}", answer.notes);
}

fn union(without: &[&str], reconciled: bool) -> Store {
    let members = places().members("EU", "2022-07-02".parse().expect("a day"));
    members
        .iter()
        .filter(|place| !without.contains(&place.id.as_str()))
        .fold(File::new("union").with(|dataset| dataset.reconciled = reconciled), |file, place| {
            let neighbour = if place.id == "DEU" { "France" } else { "Germany" };
            let rows = [("World", 100.0), ("China", 8.0), ("Japan", 12.0), (neighbour, 80.0)];
            file.rows(&place.id, CARS, Basis::Imports, "2022", &rows)
        })
        .store()
}

#[test]
fn a_union_as_market_is_its_trade_with_others() {
    let answer = ask(&union(&[], false), "China in EU of passenger-cars", year("2022")).expect("rows");
    assert_eq!((shown(&answer), answer.rows[0].total), (vec!["China 40.0".to_owned()], Some(540.0)));
    assert!(has_note(&answer, "R12"));
    let lacking = union(&["MLT"], false);
    let text = refused(ask(&lacking, "China in EU of passenger-cars", year("2022")));
    assert!(text.starts_with("R12") && text.contains("lacks Malta"), "{text}");
    let answer = ask(&union(&["MLT"], true), "China in EU of passenger-cars", year("2022")).expect("rows");
    assert_eq!(answer.rows[0].total, Some(520.0));
    let text = explain(&union(&[], false), &answer.rows[0].id).expect("a cell");
    assert!(text.contains("and "), "{text}");
}

#[test]
fn a_union_as_subject_is_the_sum_of_its_members() {
    let rows = [("World", 1000.0), ("EU", 300.0), ("Germany", 200.0), ("France", 100.0), ("China", 700.0)];
    let store = File::new("sample").rows("Russia", CARS, Basis::Imports, "2022", &rows).store();
    let answer = ask(&store, "EU in Russia of passenger-cars", year("2022")).expect("rows");
    assert_eq!((shown(&answer), answer.rows[0].rank), (vec!["European Union 30.0".to_owned()], None));
    let all = ask(&store, "in Russia of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&all), ["China 70.0", "Germany 20.0", "France 10.0"]);
    let rows = [("World", 1000.0), ("EU", 300.0), ("China", 700.0)];
    let store = File::new("sample").rows("Russia", CARS, Basis::Imports, "2022", &rows).store();
    let answer = ask(&store, "EU in Russia of passenger-cars", year("2022")).expect("rows");
    assert_eq!(shown(&answer), ["European Union 30.0"]);
    assert!(has_note(&answer, "R3"));
}

#[test]
fn top_and_latest_cut_the_answer() {
    let store = russia("2021", 10.0, 80.0)
        .rows("Russia", CARS, Basis::Imports, "2022", &[("World", 100.0), ("China", 70.0), ("Japan", 30.0)])
        .store();
    let answer = ask(&store, "in Russia of passenger-cars", |question| question.top = Some(1)).expect("rows");
    assert_eq!(shown(&answer), ["Japan 80.0", "China 70.0"]);
    let answer =
        ask(&store, "China in Russia of passenger-cars", |question| question.latest = true).expect("rows");
    assert_eq!(shown(&answer), ["China 70.0"]);
}

#[test]
fn two_datasets_stand_beside_each_other() {
    let mut store = russia("2022", 70.0, 20.0).store();
    let rows = [("China", 50.0), ("Japan", 50.0)];
    File::new("other").rows("Russia", CARS, Basis::Imports, "2022", &rows).into(&mut store);
    let answer = ask(&store, "China in Russia of passenger-cars", year("2022")).expect("rows");
    let by: Vec<_> = answer.rows.iter().map(|row| row.counted_by.clone().unwrap_or_default()).collect();
    assert_eq!(
        (shown(&answer), by),
        (
            vec!["China 50.0".to_owned(), "China 70.0".to_owned()],
            vec!["other office".to_owned(), "sample office".to_owned()]
        )
    );
    let one = ask(&store, "China in Russia of passenger-cars", |question| {
        question.source = Some("OTHER".to_owned());
    });
    assert_eq!(shown(&one.expect("rows")), ["China 50.0"]);
}

#[test]
fn without_a_product_every_code_of_the_market_is_listed() {
    let store = russia("2022", 70.0, 20.0)
        .rows("Russia", "HS2022 87", Basis::Imports, "2022", &[("World", 200.0), ("China", 100.0)])
        .store();
    let answer = ask(&store, "China in Russia", year("2022")).expect("rows");
    let products: Vec<&str> = answer.rows.iter().map(|row| row.product.as_str()).collect();
    assert_eq!(
        (products, shown(&answer)),
        (vec!["hs:87", "hs:8703"], vec!["China 50.0".to_owned(), "China 70.0".to_owned()])
    );
}

fn phones() -> Store {
    (1..=12)
        .fold(File::new("shares"), |file, month| {
            let value = if month == 1 { 40.0 } else { 28.0 };
            file.figure("Zorgauto", "Russia", "passenger-cars", &format!("2022-{month:02}"), value)
        })
        .figure("Zorgauto", "Russia", "passenger-cars", "2023-01", 31.0)
        .store()
}

#[test]
fn percentages_of_months_make_no_year_unless_asked() {
    let store = phones();
    let by_year = |question: &mut Question| question.by = Some(Granularity::Year);
    let text = refused(ask(&store, "zorgauto in Russia of passenger-cars", by_year));
    assert!(text.starts_with("R15 "), "{text}");
    let answer = ask(&store, "Zorgauto in Russia", |question| {
        by_year(question);
        question.approx_mean = true;
    })
    .expect("rows");
    assert_eq!(shown(&answer), ["Zorgauto 29.0"]);
    assert_eq!((answer.rows[0].flags.join(""), answer.rows.len()), ("mean of shares".to_owned(), 1));
    assert!(answer.notes.iter().any(|note| note.starts_with("no mean for 2023")), "{:?}", answer.notes);
    assert!(explain(&store, &answer.rows[0].id).expect("a mean").contains("shares.csv:2"));
    let listed = ask(&store, "Zorgauto in Russia", year("2022")).expect("rows");
    assert_eq!(listed.rows.len(), 12);
    let months = ask(&store, "Zorgauto in Russia", |question| question.by = Some(Granularity::Month));
    assert_eq!(months.expect("rows").rows.len(), 13);
}

#[test]
fn stated_and_computed_stand_side_by_side() {
    let store = russia("2022", 70.0, 20.0).figure("China", "Russia", "passenger-cars", "2022", 31.3).store();
    let answer = ask(&store, "China in Russia of passenger-cars", year("2022")).expect("rows");
    let evidence: Vec<Evidence> = answer.rows.iter().map(|row| row.evidence).collect();
    assert_eq!(
        (shown(&answer), evidence),
        (vec!["China 70.0".to_owned(), "China 31.3".to_owned()], vec![Evidence::Computed, Evidence::Stated])
    );
    assert!(has_note(&answer, "R35"));
    let stated = answer.rows.iter().find(|row| row.evidence == Evidence::Stated).expect("a figure");
    let Proof::Stated(proof) = proof(&store, &stated.id).expect("a proof") else { panic!("it is stated") };
    assert_eq!((proof.line, proof.file.path.as_str()), (Some(2), "sample.csv"));
    let text = explain(&store, &stated.id).expect("a figure");
    assert!(text.contains("31.3 %: China in Russia") && text.contains("sample.csv:2"), "{text}");
}

#[test]
fn a_name_nobody_knows_is_an_error_with_suggestions() {
    let error = ask(&phones(), "Zorgauta in Russia", |_| {}).expect_err("unknown");
    let Error::Unknown { what, closest, .. } = error else { panic!("{error}") };
    assert_eq!((what, closest.first().map(String::as_str)), ("subject", Some("Zorgauto")));
    assert!(matches!(explain(&phones(), "999"), Err(Error::Unknown { what: "id", .. })));
    assert!(explain(&phones(), "c:1:2:3:imports:2022:4:value").is_err());
}

#[test]
fn a_cell_is_explained_by_its_rows() {
    let store = russia("2022", 70.0, 20.0).store();
    let answer = ask(&store, "China in Russia of passenger-cars", year("2022")).expect("rows");
    let text = explain(&store, &answer.rows[0].id).expect("a cell");
    assert!(text.contains("70 of 100 USD is 70.000000 %"), "{text}");
    assert!(text.contains("sample.csv:3") && text.contains("sample.csv:2"), "{text}");
    assert!(text.contains("sha256 samplesamplesamplesample"), "{text}");
}
