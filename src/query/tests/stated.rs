//! Figures of hand-made tables and articles.

use super::*;

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

const TEXT: &str = "Cars again.\nIn the second quarter 81 percent of new car imports in Russia were Chinese-built. \
                    Nobody was surprised.";

fn said(value: f64, quote: &str, change: impl FnOnce(&mut Figure)) -> Figure {
    let start = TEXT.find(quote).expect("the quote is there");
    let mut figure = Figure {
        document: "story".to_owned(),
        measure: Measure::Share,
        value,
        value_max: None,
        qualifier: Qualifier::Exact,
        subject: subject("China"),
        market: subject("Russia"),
        product: "passenger-cars".to_owned(),
        basis: Basis::Imports,
        unit: Unit::Unspecified,
        period: Some("2022-Q2".parse().expect("a period")),
        attribution: Some("Customs".to_owned()),
        status: Status::Actual,
        quote: quote.to_owned(),
        span: (start, start + quote.len()),
        rule: "percent-of".to_owned(),
        confidence: 0.9,
        confidence_full: 0.9,
    };
    change(&mut figure);
    figure
}

/// Keeps an article with these figures; returns the number of its batch.
fn publish(store: &mut Store, figures: Vec<Figure>) -> i64 {
    let article = Article {
        id: "story".to_owned(),
        title: Some("Cars".to_owned()),
        published: "2022-09-13".parse().ok(),
        url: Some("https://example.org/cars".to_owned()),
        lang: Some("en".to_owned()),
        publisher: Some("The Paper".to_owned()),
        text: TEXT.to_owned(),
    };
    match store.ingest_articles(&meta("story.txt", "beef"), &[(article, figures)], &[]).expect("kept") {
        Outcome::Stored { batch, .. } => batch,
        Outcome::AlreadyHeld { .. } => panic!("it is new"),
    }
}

#[test]
fn a_sentence_is_the_proof_of_its_figure() {
    let mut store = Store::in_memory().expect("a store");
    let quote = "81 percent of new car imports";
    publish(
        &mut store,
        vec![said(81.0, quote, |_| {}), said(80.0, quote, |figure| figure.attribution = None)],
    );
    let answer = ask(&store, "Chinese in Russia of passenger-cars", year("2022")).expect("rows");
    let by: Vec<_> = answer.rows.iter().map(|row| row.counted_by.clone().unwrap_or_default()).collect();
    assert_eq!(
        (shown(&answer), by),
        (
            vec!["China 81.0".to_owned(), "China 80.0".to_owned()],
            vec!["Customs".to_owned(), "The Paper".to_owned()]
        )
    );
    assert!(has_note(&answer, "R33"));
    let text = explain(&store, &answer.rows[0].id).expect("a figure");
    for part in [
        "81 %: China in Russia, imports of passenger-cars, 2022-Q2",
        "In the second quarter 81 percent of new car imports in Russia were Chinese-built.",
        "Cars, 2022-09-13, The Paper, https://example.org/cars",
        "story.txt",
        "rule percent-of, confidence 0.90, 0.90 with product and period",
        "80 % (figure 2, The Paper)",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    assert!(!text.contains("Nobody was surprised"), "one sentence only: {text}");
    let Proof::Stated(proof) = proof(&store, &answer.rows[0].id).expect("a proof") else {
        panic!("it is stated")
    };
    assert_eq!((proof.figure.document.as_str(), proof.others), ("story", vec!["2".to_owned()]));
    assert_eq!(&TEXT[proof.figure.span.0..proof.figure.span.1], quote);
}

#[test]
fn what_was_undone_is_not_answered_and_still_explained() {
    let mut store = Store::in_memory().expect("a store");
    let batch = publish(&mut store, vec![said(81.0, "81 percent", |_| {})]);
    store.undo(batch).expect("undone");
    let answer = ask(&store, "China in Russia", |_| {}).expect("no rows");
    assert!(answer.rows.is_empty());
}

#[test]
fn forecasts_are_never_the_latest() {
    let mut store = Store::in_memory().expect("a store");
    publish(
        &mut store,
        vec![
            said(81.0, "81 percent", |_| {}),
            said(35.0, "81", |figure| {
                figure.status = Status::Forecast;
                figure.period = Some(Period::year(2025));
            }),
            said(30.0, "81 p", |figure| figure.period = Some("2022-Q1".parse().expect("a period"))),
        ],
    );
    let latest = ask(&store, "China in Russia", |question| question.latest = true).expect("rows");
    assert_eq!(shown(&latest), ["China 81.0"]);
    let all = ask(&store, "China in Russia", |_| {}).expect("rows");
    assert_eq!(shown(&all), ["China 30.0", "China 81.0", "China 35.0"]);
}

#[test]
fn ranks_ranges_and_doubtful_figures_are_told_as_they_are() {
    let mut store = Store::in_memory().expect("a store");
    publish(
        &mut store,
        vec![
            said(2.0, "81 percent", |figure| figure.measure = Measure::Rank),
            said(25.0, "81", |figure| {
                figure.qualifier = Qualifier::Range;
                figure.value_max = Some(28.0);
                figure.confidence = 0.3;
            }),
        ],
    );
    let answer = ask(&store, "China in Russia", |_| {}).expect("rows");
    let rank = answer.rows.iter().find(|row| row.rank.is_some()).expect("a rank");
    assert_eq!((rank.rank, rank.share_pct, rank.of), (Some(2), None, None));
    let range = answer.rows.iter().find(|row| row.share_pct.is_some()).expect("a share");
    assert_eq!((range.share_pct, range.share_max_pct), (Some(25.0), Some(28.0)));
    assert!(explain(&store, &range.id).expect("a figure").contains("25 to 28 %"));
    let sure = ask(&store, "China in Russia", |question| question.min_confidence = Some(0.5)).expect("rows");
    assert_eq!(sure.rows.len(), 1);
    let units =
        ask(&store, "China in Russia", |question| question.unit = Some(Unit::Units)).expect("no rows");
    assert!(units.rows.is_empty() && has_note(&units, "R1"));
}

#[test]
fn a_figure_belongs_to_a_cut_only_with_its_very_period() {
    let mut store = Store::in_memory().expect("a store");
    publish(
        &mut store,
        vec![
            said(81.0, "81 percent", |_| {}),
            said(31.0, "81", |figure| figure.period = Some("2022-06".parse().expect("a period"))),
            said(50.0, "81 p", |figure| figure.period = None),
        ],
    );
    let by = |cut| move |question: &mut Question| question.by = Some(cut);
    let months = ask(&store, "China in Russia", by(Granularity::Month)).expect("rows");
    assert_eq!(shown(&months), ["China 31.0"]);
    assert!(has_note(&months, "R15") && has_note(&months, "R28"));
    let quarters = ask(&store, "China in Russia", by(Granularity::Quarter)).expect("rows");
    assert_eq!(shown(&quarters), ["China 81.0"]);
    let year = ask(&store, "China in Russia", year("2022")).expect("rows");
    assert_eq!(shown(&year), ["China 81.0", "China 31.0"]);
}
