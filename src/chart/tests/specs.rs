//! What a spec says, before anything is drawn.

use super::*;
use crate::chart::{ChartKind, Ink};
use crate::error::Error;
use crate::model::share_text;

fn labels(spec: &ChartSpec) -> Vec<&str> {
    series(spec).iter().map(|series| series.label.as_str()).collect()
}

fn joined(series: &Series) -> Vec<bool> {
    series.points.iter().map(|point| point.joined).collect()
}

/// Returns every percentage of a text: `80.6%` gives `80.6`.
fn percents(text: &str) -> Vec<String> {
    let number = |before: &str| {
        let digits: String = before.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        digits.chars().rev().collect::<String>()
    };
    text.match_indices('%').map(|(at, _)| number(&text[..at])).filter(|n| !n.is_empty()).collect()
}

#[test]
fn lines_say_where_the_largest_came_from() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&spec(year())).expect("plain data"));
}

#[test]
fn bars_rank_the_holders_and_put_the_rest_last() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&spec(origins())).expect("plain data"));
}

#[test]
fn every_number_of_title_note_and_text_alternative_is_a_rounded_share_of_the_answer() {
    for rows in [year(), origins()] {
        let known: Vec<String> =
            rows.iter().filter_map(|row| row.share_pct).map(|share| share_text(share, 1)).collect();
        let drawn = spec(rows.clone());
        let found = [percents(&drawn.title), percents(&drawn.alt)].concat();
        assert!(found.len() >= 4, "{found:?}");
        for number in found {
            assert!(known.contains(&number), "{number} of `{}` is no share of {known:?}", drawn.title);
        }
    }
    let sum: f64 = origins().iter().filter_map(|row| row.share_pct).sum();
    let wanted = format!(
        "The bars add up to {sum:.1}% of the reported total; the other {:.1}% is not shown.",
        100.0 - sum
    );
    assert_eq!(spec(origins()).notes, [wanted]);
}

#[test]
fn titles_are_as_firm_as_the_figure() {
    let title = |qualifier, share, max| {
        let mut row = stated("China", "2022-Q2", share, "Autostat");
        (row.qualifier, row.share_max_pct) = (qualifier, max);
        let mut before = stated("China", "2022-Q1", 30.0, "Autostat");
        before.status = Status::Actual;
        spec(vec![before, row]).title
    };
    let of = "of Russia’s imports of passenger cars in Q2 2022";
    assert_eq!(
        title(Qualifier::Exact, 81.0, None),
        format!("China supplied 81% {of}, up from 30% in Q1 2022")
    );
    assert_eq!(
        title(Qualifier::About, 30.0, None),
        format!("China supplied about 30% {of}, the same as in Q1 2022")
    );
    // More than 20 may be 40: nothing can be said about the way from 30.
    assert_eq!(title(Qualifier::Over, 20.0, None), format!("China supplied more than 20% {of}"));
    assert_eq!(title(Qualifier::Range, 25.0, Some(28.0)), format!("China supplied 25% to 28% {of}"));
}

#[test]
fn values_that_print_alike_are_not_called_up_or_down() {
    let title = spec(vec![computed("China", "2022-Q1", 21.72), computed("China", "2022-Q2", 21.68)]).title;
    assert!(title.ends_with("the same as in Q1 2022"), "{title}");
}

#[test]
fn exports_are_taken_and_world_exports_supplied() {
    let title = |market: Subject, basis| {
        spec(vec![AnswerRow { market, basis, ..computed("China", "2022", 30.0) }]).title
    };
    let russia = || Subject::new(SubjectKind::Country, "Russia", "RUS");
    assert!(title(russia(), Basis::Exports).starts_with("China took 30.0% of Russia’s exports of"));
    assert!(title(Subject::world(), Basis::Exports).starts_with("China supplied 30.0% of world exports of"));
    assert!(title(Subject::world(), Basis::Imports).starts_with("China took 30.0% of world imports of"));
    assert!(title(russia(), Basis::Sales).starts_with("China held 30.0% of Russia’s sales of"));
}

#[test]
fn missing_periods_are_never_joined() {
    let rows = ["2022-Q1", "2022-Q2", "2022-Q4", "2023-Q1"].map(|p| computed("China", p, 20.0)).to_vec();
    let spec = spec(rows);
    assert_eq!(joined(&series(&spec)[0]), [false, true, false, true]);
    let Marks::Lines { gaps, .. } = &spec.marks else { panic!("lines") };
    let gap: Vec<String> = gaps.iter().map(|(a, b)| format!("{a} {b}")).collect();
    assert_eq!(gap, ["2022-Q3 2022-Q3"]);
    assert!(
        spec.notes.iter().any(|note| note.contains("no computed share for Q3 2022.")),
        "{:?}",
        spec.notes
    );
}

#[test]
fn an_unknown_sum_breaks_the_line_and_is_not_a_zero() {
    let mut rows = year();
    rows[1].share_pct = None;
    let spec = spec(rows);
    let china = series(&spec).iter().find(|s| s.label == "China").expect("drawn");
    assert_eq!(joined(china), [false, false, true]);
    assert!(!spec.point_ids.contains(&"c:China/2022-Q2".to_owned()));
    assert!(spec.notes.iter().any(|note| note.contains("A break in a line")), "{:?}", spec.notes);
}

#[test]
fn a_year_and_a_quarter_are_not_joined() {
    let rows =
        [("2021", 20.0), ("2022-Q1", 21.0), ("2022-Q2", 22.0)].map(|(p, s)| computed("China", p, s)).to_vec();
    assert_eq!(joined(&series(&spec(rows))[0]), [false, false, true]);
}

#[test]
fn what_is_measured_otherwise_is_another_line_with_another_name() {
    let mut rows = year().into_iter().filter(|row| row.subject.name == "China").collect::<Vec<_>>();
    let sales = |period, share| AnswerRow { basis: Basis::Sales, ..stated("China", period, share, "AEB") };
    rows.extend([sales("2022-01", 9.2), sales("2022-02", 10.0)]);
    rows.push(stated("China", "2022-Q2", 81.0, "Autostat"));
    let spec = spec(rows);
    assert_eq!(labels(&spec), ["customs, imports", "stated, imports", "stated, sales"]);
    let lines = series(&spec);
    assert!(lines[0].ink == lines[1].ink && lines[1].ink != lines[2].ink, "one colour a basis");
    assert!(spec.subtitle.contains("of imports and of sales"), "{}", spec.subtitle);
    assert_eq!(
        spec.title,
        "China supplied 66.0% of Russia’s imports of passenger cars in Q4 2022, up from 21.7% in Q1 2022"
    );
}

#[test]
fn figures_of_two_counters_are_two_series_and_unnamed_ones_stay_points() {
    let rows = vec![
        stated("China", "2022-01", 9.0, "AEB"),
        stated("China", "2022-02", 10.0, "AEB"),
        stated("China", "2022-02", 12.0, "Autostat"),
        stated("China", "2022-03", 15.0, ""),
        stated("China", "2022-04", 16.0, ""),
    ];
    let spec = spec(rows);
    let mut names = labels(&spec);
    names.sort_unstable();
    assert_eq!(names, ["AEB", "Autostat", "counter not named"]);
    for series in series(&spec) {
        assert_eq!(joined(series).iter().any(|j| *j), series.label == "AEB", "{}", series.label);
    }
}

#[test]
fn one_number_of_one_counter_in_two_articles_is_one_point() {
    let again = AnswerRow { id: "other article".to_owned(), ..stated("China", "2022-02", 10.0, "AEB") };
    let rows = vec![stated("China", "2022-01", 9.0, "AEB"), stated("China", "2022-02", 10.0, "AEB"), again];
    let spec = spec(rows);
    assert_eq!(joined(&series(&spec)[0]), [false, true]);
    assert_eq!(spec.point_ids.len(), 3);
    assert!(spec.source.contains("3 figures stated"), "{}", spec.source);
}

#[test]
fn a_forecast_is_never_joined_with_what_happened_nor_called_the_latest() {
    let forecast = AnswerRow { status: Status::Forecast, ..stated("China", "2022-03", 35.0, "AEB") };
    let rows =
        vec![stated("China", "2022-01", 9.0, "AEB"), stated("China", "2022-02", 10.0, "AEB"), forecast];
    let spec = spec(rows);
    assert_eq!(labels(&spec), ["China", "China, forecast"]);
    assert!(spec.title.contains("10%") && !spec.title.contains("35%"), "{}", spec.title);
}

#[test]
fn one_unit_is_drawn_and_the_others_are_counted_in_the_note() {
    let mut rows = year();
    rows.extend(year().into_iter().take(3).map(|row| AnswerRow {
        unit: Unit::Value,
        id: format!("v{}", row.id),
        ..row
    }));
    let spec = spec(rows);
    assert_eq!(spec.point_ids.len(), 8);
    assert!(spec.notes.contains(&"Not drawn: 3 shares by value.".to_owned()), "{:?}", spec.notes);
    // As many by value as by units: units come first.
    let pair = |unit| AnswerRow { unit, ..computed("China", "2022", 10.0) };
    let spec = super::spec(vec![pair(Unit::Value), pair(Unit::Units)]);
    assert!(spec.subtitle.contains("% of units"), "{}", spec.subtitle);
}

#[test]
fn bars_show_one_period_and_say_which_are_left_out() {
    let options = ChartOptions { kind: ChartKind::Bars, ..ChartOptions::default() };
    let spec = from_answer(&answer(year()), &options).expect("bars");
    assert!(spec.title.ends_with("in Q4 2022, ahead of Japan with 6.0%"), "{}", spec.title);
    let note = "Not drawn: 4 shares of other periods.";
    assert!(spec.notes.contains(&note.to_owned()), "{:?}", spec.notes);
    assert!(spec.subtitle.ends_with("Q4 2022") && !spec.subtitle.contains("Q3"), "{}", spec.subtitle);
}

#[test]
fn bars_stand_beside_the_year_before_or_the_period_before() {
    let bars = |rows: Vec<AnswerRow>| {
        let options = ChartOptions { kind: ChartKind::Bars, ..ChartOptions::default() };
        let spec = from_answer(&answer(rows), &options).expect("bars");
        let Marks::Bars { bars, before } = spec.marks else { panic!("bars") };
        let column: Vec<Option<String>> = bars.into_iter().map(|bar| bar.before).collect();
        (before.map(|p| p.to_string()), column, spec.point_ids.len())
    };
    let text = |value: &str| Some(value.to_owned());
    assert_eq!(bars(year()), (text("2022-Q3"), vec![text("71.4%"), text("6.0%")], 4));
    let mut rows = year();
    rows.extend([computed("China", "2021-Q4", 14.84), computed("China", "2021-Q3", 13.0)]);
    // Nobody says what Japan had: that is not zero.
    assert_eq!(bars(rows), (text("2021-Q4"), vec![text("14.8%"), text("–")], 3));
    assert_eq!(bars(origins()).0, None);
}

#[test]
fn conflicting_figures_are_whiskers_not_an_average() {
    let rows = vec![
        AnswerRow { qualifier: Qualifier::About, ..stated("China", "2022", 35.0, "AEB") },
        stated("China", "2022", 31.3, "Autostat"),
        stated("Japan", "2022", 8.0, "AEB"),
    ];
    let spec = spec(rows);
    let Marks::Bars { bars, .. } = &spec.marks else { panic!("bars") };
    assert_eq!((bars[0].share_pct, bars[0].range_pct), (31.3, Some((31.3, 35.0))));
    assert!(spec.notes[0].contains("lowest and highest figure"), "{:?}", spec.notes);
    assert_eq!(spec.point_ids.len(), 3);
    let agreed =
        super::spec(vec![stated("China", "2022", 31.3, "AEB"), stated("China", "2022", 31.3, "Autostat")]);
    assert!(agreed.notes.is_empty(), "{:?}", agreed.notes);
}

#[test]
fn the_caller_chooses_what_stands_out_and_how_it_is_called() {
    let options = |name: &str| ChartOptions { highlight: Some(name.to_owned()), ..ChartOptions::default() };
    let spec = from_answer(&answer(year()), &options("japan")).expect("a series");
    assert_eq!(labels(&spec), ["Japan", "China"]);
    assert_eq!(series(&spec)[1].ink, Ink::Grey);
    assert!(spec.title.starts_with("Japan supplied 6.0%"), "{}", spec.title);
    let err = from_answer(&answer(year()), &options("Atlantis")).expect_err("no such series");
    assert!(matches!(err, Error::Unknown { what: "series", .. }), "{err}");

    let given = ChartOptions {
        title: Some("Cars\u{202e}\n from China".to_owned()),
        note: Some("A remark.".to_owned()),
        ..ChartOptions::default()
    };
    let spec = from_answer(&answer(year()), &given).expect("lines");
    assert_eq!(spec.title, "Cars from China");
    assert_eq!(spec.notes[0], "A remark.");
}

#[test]
fn one_holder_in_several_markets_is_named_by_market() {
    let row = |market: &str, share| AnswerRow {
        market: Subject::new(SubjectKind::Country, market, market),
        ..computed("China", "2022", share)
    };
    let spec = spec(vec![row("Russia", 80.6), row("Kazakhstan", 40.1)]);
    assert_eq!(
        spec.title,
        "Of the markets shown, China had its largest share in Russia: 80.6% of imports of passenger cars in 2022, \
         ahead of Kazakhstan with 40.1%"
    );
    assert!(
        spec.subtitle.starts_with("China’s share of each market’s imports of passenger cars"),
        "{}",
        spec.subtitle
    );
}

#[test]
fn nothing_to_draw_is_an_error_with_its_reason() {
    let reason = |rows| spec_of(rows).expect_err("nothing to draw").to_string();
    assert!(reason(Vec::new()).contains("no rows"));
    let rank = AnswerRow { share_pct: None, rank: Some(1), ..stated("China", "2022", 0.0, "AEB") };
    assert!(reason(vec![rank]).contains("ranks without shares"));
    let unknown = AnswerRow { share_pct: None, ..computed("China", "2022", 0.0) };
    assert!(reason(vec![unknown]).contains("no row of the answer has a known share"));
    let timeless = AnswerRow { period: None, ..computed("China", "2022", 10.0) };
    let lines = ChartOptions { kind: ChartKind::Lines, ..ChartOptions::default() };
    assert!(from_answer(&answer(vec![timeless]), &lines).is_err());
}

#[test]
fn what_is_no_part_of_a_whole_is_not_drawn() {
    for share in [f64::NAN, f64::INFINITY, -3.0, 250.0] {
        assert!(spec_of(vec![computed("China", "2022", share)]).is_err(), "{share}");
    }
}

#[test]
fn the_source_line_counts_the_evidence_and_names_the_denominator() {
    let mut rows = year();
    rows[0].coverage_pct = Some(97.16);
    rows.push(stated("China", "2022-Q2", 81.0, "Autostat"));
    assert_eq!(
        spec(rows).source,
        "Source: Autostat, UN Comtrade; 1 figure stated, 8 shares computed as part of the reported total \
         (listed partners: 97.2–100.0% of it). Chart: tradeshare."
    );
}

#[test]
fn grey_is_the_rule_and_at_most_six_hues_are_used() {
    let rows =
        (0..12).flat_map(|n| ["2021", "2022"].map(|p| computed(&format!("Land {n}"), p, 5.0 + f64::from(n))));
    let spec = spec(rows.collect());
    assert_eq!(series(&spec).iter().filter(|s| s.ink != Ink::Grey).count(), 1);
    assert!(series(&spec)[0].strong && series(&spec)[0].label == "Land 11");
    let period: Period = "2022".parse().expect("a period");
    assert!(series(&spec).iter().all(|s| s.points.len() == 2 && s.points[1].period == period));
}
