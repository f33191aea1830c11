//! Phrases and what the reader of values must make of them, and what it must not.

use super::*;

/// Writes values as `25-30% range`, `#2`, `3 points`, bare numbers in brackets.
fn read(text: &str) -> String {
    let words = Words::read(text, 0..text.len());
    let show = |value: &Value| {
        let number = match value.value_max {
            Some(max) => format!("{}-{max}", value.value),
            None => value.value.to_string(),
        };
        let qualifier = match value.qualifier {
            Qualifier::Exact | Qualifier::Range => String::new(),
            other => format!("{other} "),
        };
        match value.form {
            ValueForm::RankWord | ValueForm::Ordinal => format!("#{number}"),
            ValueForm::Points => format!("{number} points"),
            ValueForm::Signed => format!("{number}% signed"),
            ValueForm::BareNumber => format!("{qualifier}({number})"),
            ValueForm::LooseNumber => format!("{qualifier}[{number}]"),
            ValueForm::Percent | ValueForm::PercentWord | ValueForm::Fraction => {
                format!("{qualifier}{number}%")
            }
        }
    };
    values(&words).iter().map(show).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn reads(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn a_day_before_its_month_is_no_loose_number() {
    reads(&[("30 percent on 1 May 2000", "30%"), ("30 percent, 20 may follow", "30%; [20]")]);
}

#[test]
fn percents_in_every_spelling() {
    reads(&[
        ("a share of 81%", "81%"),
        ("a share of 18.3\u{202f}%", "18.3%"),
        ("with 17,1 % of sales", "17.1%"),
        ("1,234 percent more", "1234%"),
        ("a 34.5-percent share", "34.5%"),
        ("it took 71.8pc", "71.8%"),
        ("9.6 per cent, 4 pct", "9.6%; 4%"),
        ("９ and 12％", "12%"),
        ("eighty-one percent of cars", "81%"),
        ("Nineteen per cent, one hundred percent", "19%; 100%"),
        ("two and a half percent", "2.5%"),
        ("half a percent", "0.5%"),
        ("zero percent", "0%"),
        ("(+7%), -8.4%", "7% signed; 8.4% signed"),
        ("Samsung – 12%", "12%"),
    ]);
}

#[test]
fn ranges_and_lists() {
    reads(&[
        ("some 25-30% of it", "25-30%"),
        ("25–28 percent", "25-28%"),
        ("25% – 28%", "25-28%"),
        ("between 25 and 30 percent", "25-30%"),
        ("between 65% and 70%", "65-70%"),
        ("accounted for 35 to 40 per cent", "35-40%"),
        ("four or five percent", "4-5%"),
        ("20, 18 and 14 percent", "(20); (18); 14%"),
        // Two levels, not a range.
        ("rose from 24 to 32 percent", "(24); 32%"),
        ("rose from 24% to 32%", "24%; 32%"),
        ("fell from 40% to 30%", "40%; 30%"),
        ("Iraq at 22 per cent, Saudi Arabia with 16.", "22%; [16]"),
    ]);
}

#[test]
fn parts_in_words() {
    reads(&[
        ("a third of imports", "33.3%"),
        ("one-third", "33.3%"),
        ("two-thirds, three quarters, four fifths", "66.7%; 75%; 80%"),
        ("some nine-tenths of it", "about 90%"),
        ("more than half of sales", "over 50%"),
        ("nearly a quarter of the market", "under 25%"),
        ("half of it, half the cars, half China's output", "50%; 50%; 50%"),
        ("one in four cars, 1 in 5 phones", "25%; 20%"),
        ("nine out of ten", "90%"),
        ("seven in every ten", "70%"),
        ("Eight of every ten tonnes", "80%"),
        ("four chips in five are theirs", "80%"),
        ("nine rides out of ten", "90%"),
        ("Every third phone", "33.3%"),
        ("a one-in-five share, 2/3 of it", "20%; 66.7%"),
    ]);
}

#[test]
fn what_only_looks_like_a_part() {
    reads(&[
        ("in the third quarter", ""),
        ("in the first half of the year", ""),
        ("first-half profit, half-year results", ""),
        ("half a million cars", ""),
        ("a quarter of a century", ""),
        ("three and a half years", ""),
        ("cut in half", ""),
        ("a quarter earlier", ""),
        ("a third plant, a third time", ""),
        ("a third more", ""),
        ("after three quarters", "75%"),
        ("in the first three quarters of 2024", ""),
        ("four phones in five months", ""),
        ("every second year", ""),
        ("a majority of cars, a double-digit share", ""),
        ("one of three", ""),
        ("on 3/4 it won 2/3", ""),
    ]);
}

#[test]
fn points_are_not_percents() {
    reads(&[
        ("gained 3 percentage points", "3 points"),
        ("3.2 points, 1.5pp, 40 bps, 25 basis points", "3.2 points; 1.5 points; 40 points; 25 points"),
        ("two percentage points to 13%", "2 points; 13%"),
        ("up 0.5 percentage point", "0.5 points"),
    ]);
}

#[test]
fn qualifiers_before_and_after() {
    reads(&[
        ("just over 40%", "over 40%"),
        ("a little under 3%", "under 3%"),
        ("no less than 30%", "over 30%"),
        ("no more than 30%", "under 30%"),
        ("up to 90% of the market", "under 90%"),
        ("went up to 12% from 3%", "12%; 3%"),
        ("70% or more", "over 70%"),
        ("30% or so", "about 30%"),
        ("close to half, around 8%", "about 50%; about 8%"),
        ("it topped 20%", "over 20%"),
        ("it had not even been 3%", "under 3%"),
        ("an estimated 40%", "about 40%"),
        ("only 5%", "5%"),
        ("a 40%-plus share, 90%+", "over 40%; over 90%"),
    ]);
}

#[test]
fn positions() {
    reads(&[
        ("is No. 1 in Poland", "#1"),
        ("the number two, the No 3", "#2; #3"),
        ("the second-largest market", "#2"),
        ("the third most popular brand", "#3"),
        ("the fourth- and fifth-largest brands", "#4; #5"),
        ("ranked third despite it", "#3"),
        ("in second place with 12%", "#2; 12%"),
        ("third-placed Sharp", "#3"),
        ("from second to fourth", "#2; #4"),
        ("Vivo third with 17%", "#3; 17%"),
        ("it came 11th", "#11"),
        ("the largest supplier", "#1"),
        ("the best-selling brand", "#1"),
        ("Samsung led the market", "#1"),
        ("the market leader", "#1"),
        ("kept the top spot", "#1"),
        ("Runner-up Lenovo", "#2"),
        ("overtook Iraq to become the largest", "#1"),
        ("No country sold India more crude than Russia", "#1"),
    ]);
}

#[test]
fn what_only_looks_like_a_position() {
    reads(&[
        ("for the first time", ""),
        ("the second quarter, the third month", ""),
        ("one of the largest suppliers", ""),
        ("among the biggest makers", ""),
        ("the three largest makers, the top five", ""),
        ("the biggest rise since 2009", ""),
        ("the largest ever", ""),
        ("leading to losses, led to a fall", ""),
        ("second-hand cars, third parties", ""),
        ("First, the market fell", ""),
        ("the number of cars, no one", ""),
        ("ahead of Sony with 11%", "11%"),
        ("on the 9th of May", ""),
    ]);
}

#[test]
fn numbers_that_count_something_are_not_values() {
    reads(&[
        ("sold 40 cars in 12 months", ""),
        ("$40, RM1,000, 2022", ""),
        ("on Jan. 29, May 5,", ""),
        ("a 12-year-old, 3-nanometre chips", ""),
    ]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_lie_on_borders(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn texts_of_our_own_words_too(picks in proptest::collection::vec(0usize..WORDS.len(), 0..60)) {
        let text: String = picks.iter().map(|at| WORDS[*at]).collect();
        check(&text)?;
    }
}

const WORDS: [&str; 48] = [
    " ", " ", " ", " ", "-", "–", "’s", "'", ".", ",", "%", "％", "percent", "per cent", "half", "a",
    "third", "quarter", "in", "of", "every", "ten", "out", "25", "30.5", "1,000", "2022", "Q2", "2Q23",
    "May", "March", "last", "year", "the", "same", "period", "No", "first", "largest", "to", "months", "é",
    "\u{200b}", "FY23", "U.S.", "and", "(", "fiscal",
];

fn check(text: &str) -> Result<(), proptest::test_runner::TestCaseError> {
    use crate::extract::{sentences::sentences, status::status, times::times};
    let mut at = 0;
    for sentence in sentences(text) {
        proptest::prop_assert!(at <= sentence.start && text.get(sentence.range()).is_some());
        at = sentence.end;
        let words = Words::read(text, sentence.range());
        for value in values(&words) {
            proptest::prop_assert!(
                text.get(value.span.0..value.span.1).is_some_and(|quote| !quote.is_empty())
            );
            proptest::prop_assert!(
                value.span.0 <= value.number_span.0 && value.number_span.1 <= value.span.1
            );
            proptest::prop_assert!(value.value.is_finite());
            status(&words, &value);
        }
        for time in times(&words) {
            proptest::prop_assert!(text.get(time.span.0..time.span.1).is_some());
            let published = Some(jiff::civil::date(2023, 5, 9));
            let anchors = crate::extract::resolve::Anchors { published, ..Default::default() };
            crate::extract::resolve::resolve(&time.expr, &anchors);
        }
    }
    Ok(())
}
