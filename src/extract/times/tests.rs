//! Phrases and the periods they mean, for an article of one day and a figure before.

use crate::extract::resolve::{AnchorKind, Anchors, fiscal_start, resolve};
use crate::extract::times::{looks_ahead, times};
use crate::extract::tokens::Words;
use jiff::civil::date;

/// Reads the periods of a text published on 9 May 2023; the figure before was about `previous`.
fn read(text: &str, previous: &str) -> String {
    let words = Words::read(text, 0..text.len());
    let fiscal = fiscal_start(text);
    let anchors = Anchors {
        published: Some(date(2023, 5, 9)),
        previous: previous.parse().ok(),
        document: None,
        fiscal,
    };
    let show = |expr| resolve(expr, &anchors).map_or("-".to_owned(), |resolved| resolved.period.to_string());
    times(&words).iter().map(|time| show(&time.expr)).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn reads(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(read(text, ""), *expected, "{text}");
    }
}

#[test]
fn stated_periods() {
    reads(&[
        ("in 2022", "2022"),
        ("the second quarter of 2022", "2022-Q2"),
        ("in Q2 2022, 2Q22, Q2'22, Q2 of 2022, 2022-Q2", "2022-Q2; 2022-Q2; 2022-Q2; 2022-Q2; 2022-Q2"),
        ("first-half 2022, H1 2022, 1H22, the first half of 2022", "2022-H1; 2022-H1; 2022-H1; 2022-H1"),
        ("in June 2022, Jun. 2022, June of 2022", "2022-06; 2022-06; 2022-06"),
        ("on 15 June 2022, June 15, 2022, 2022-06-15", "2022-06-15; 2022-06-15; 2022-06-15"),
        ("on 1 May 2000, 1 May 2000", "2000-05-01; 2000-05-01"),
        ("14th July 1988, the 14th of July 1988", "1988-07-14; 1988-07-14"),
        ("april 7, on april 7, 2021, 8th of May", "2023-04-07; 2021-04-07; 2023-05-08"),
        ("it may 7 and march 8", ""),
        ("the first eight months of 2021", "2021-01/2021-08"),
        ("January-August 2021, from January to August 2021", "2021-01/2021-08; 2021-01/2021-08"),
        ("between April and June 2021", "2021-Q2"),
        ("nine months to September 2021", "2021-01/2021-09"),
        ("the year to March 2022", "2021-04/2022-03"),
        ("the three months ended June 30, 2021", "2021-Q2"),
        ("April 2020 to March 2021", "2020-04/2021-03"),
        (
            "between 2019 and 2022, from 2019 to 2022, 2019-22",
            "2019-01/2022-12; 2019-01/2022-12; 2019-01/2022-12",
        ),
        ("the closing quarter of 2019, the last quarter of 2019", "2019-Q4; 2019-Q4"),
        ("in the third and fourth quarters of 2021", "2021-H2"),
        ("the September quarter of 2021", "2021-Q3"),
        ("in the 1990s", "1990-01/1999-12"),
        ("at the end of April 2021", "2021-04"),
    ]);
}

#[test]
fn financial_years_need_a_country() {
    reads(&[
        ("India's exports in FY23", "2022-04/2023-03"),
        ("India's exports in 2021-22", "2021-04/2022-03"),
        ("Japan sold most in fiscal 2022", "2022-04/2023-03"),
        ("in fiscal year 2021-22 (July-June)", "2021-07/2022-06"),
        ("in FY22", "-"),
        ("the 2021/22 season", "-"),
        ("the first half of the fiscal year", "-"),
    ]);
}

#[test]
fn periods_without_a_year_are_the_last_ones_at_publication() {
    reads(&[
        ("in the first quarter", "2023-Q1"),
        ("in the second quarter", "2022-Q2"),
        ("in April, in May, in June", "2023-04; 2023-05; 2022-06"),
        ("in Q4, in H2", "2022-Q4; 2022-H2"),
        ("January-April", "2023-01/2023-04"),
        ("from November to March", "2022-11/2023-03"),
        ("in May last year, this April", "2022-05; 2023-04"),
        ("the first two months", "2023-01/2023-02"),
        ("the year to March", "2022-04/2023-03"),
        ("It could fall by December", "2023-12"),
    ]);
}

#[test]
fn periods_counted_from_publication() {
    reads(&[
        ("last year, this year, next year", "2022; 2023; 2024"),
        ("last month, last quarter", "2023-04; 2023-Q1"),
        ("so far this year", "2023-01/2023-04"),
        ("yesterday, today", "2023-05-08; 2023-05-09"),
        ("on Monday", "2023-05-08"),
        ("on April 13", "2023-04-13"),
    ]);
}

#[test]
fn periods_that_lean_on_the_figure_before() {
    for (text, previous, expected) in [
        ("a year earlier", "2022-Q4", "2021-Q4"),
        ("in the same period of 2020", "2022-Q4", "2020-Q4"),
        ("the same quarter a year ago", "2023-Q1", "2022-Q1"),
        ("in the same period last year", "2023-01/2023-04", "2022-01/2022-04"),
        ("during the same period the previous year", "2022-01/2022-09", "2021-01/2021-09"),
        ("in the previous quarter", "2023-Q1", "2022-Q4"),
        ("the quarter before", "2023-Q1", "2022-Q4"),
        ("the month before", "2023-01", "2022-12"),
        ("three months earlier", "2023-Q1", "2022-Q4"),
        ("over the same stretch", "2022-Q3", "2022-Q3"),
        ("the year before", "2022", "2021"),
        ("over the whole of that year", "2019-Q4", "2019"),
        ("a year earlier", "", "-"),
        // Far back, the text's own year counts; else publication.
        ("in the third quarter", "2018", "2018-Q3"),
        ("in the third quarter", "2022", "2022-Q3"),
    ] {
        assert_eq!(read(text, previous), expected, "{text} after {previous}");
    }
}

#[test]
fn what_is_not_settled_or_no_time_at_all() {
    reads(&[
        ("in early 2017, mid-2020, so far, now", "-; -; -; -"),
        ("five years ago, a decade ago", "-; -"),
        ("the largest partner since 2009", "-"),
        ("2022 cars, $2022", ""),
        ("it may march on", ""),
        ("a second quarter running", ""),
        ("a quarter of the market, half of it", ""),
    ]);
}

#[test]
fn years_by_their_last_and_may_the_month() {
    reads(&[
        ("in the five years to 2022, the decade to 2020", "2018-01/2022-12; 2011-01/2020-12"),
        ("the three years ended 2019", "2017-01/2019-12"),
    ]);
    let words = |text: &'static str| Words::read(text, 0..text.len());
    assert!(!looks_ahead(&words("It took until May for them to pass four percent.")));
    assert!(looks_ahead(&words("It may take until June.")));
}

#[test]
fn the_anchor_tells_what_settled_it() {
    let anchors = Anchors {
        published: Some(date(2023, 5, 9)),
        previous: "2022".parse().ok(),
        document: None,
        fiscal: None,
    };
    for (text, kind) in [
        ("in 2022", AnchorKind::Stated),
        ("a year earlier", AnchorKind::Previous),
        ("last year", AnchorKind::Published),
    ] {
        let words = Words::read(text, 0..text.len());
        let found = times(&words);
        assert_eq!(resolve(&found[0].expr, &anchors).map(|r| r.kind), Some(kind), "{text}");
    }
}
