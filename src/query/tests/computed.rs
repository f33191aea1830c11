//! Shares computed from hand-made files.

use super::*;

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
fn a_union_needs_its_members_partners() {
    let members = places().members("EU", "2022-07-02".parse().expect("a day"));
    let file = |rows: &[(&str, f64)]| {
        let file = File::new("union");
        members
            .iter()
            .fold(file, |file, place| file.rows(&place.id, CARS, Basis::Imports, "2022", rows))
            .store()
    };
    let totals = file(&[("World", 100.0)]);
    assert!(ask(&totals, "China in EU of passenger-cars", year("2022")).expect("no rows").rows.is_empty());
    // Half of each total is not listed: it may be trade between members.
    let half = file(&[("World", 100.0), ("China", 50.0)]);
    let text = refused(ask(&half, "China in EU of passenger-cars", |question| {
        question.period = Some(Period::year(2022));
        question.unit = Some(Unit::Value);
    }));
    assert!(text.starts_with("R2 ") && text.contains("50.0 %"), "{text}");
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

#[test]
fn a_cell_is_explained_by_its_rows() {
    let store = russia("2022", 70.0, 20.0).store();
    let answer = ask(&store, "China in Russia of passenger-cars", year("2022")).expect("rows");
    let text = explain(&store, &answer.rows[0].id).expect("a cell");
    assert!(text.contains("70 of 100 USD is 70.000000 %"), "{text}");
    assert!(text.contains("sample.csv:3") && text.contains("sample.csv:2"), "{text}");
    assert!(text.contains("sha256 samplesamplesamplesample"), "{text}");
}
