//! Cuts of time: which periods an answer has, and which reported periods make up each of them.

use crate::model::{Granularity, Period};
use std::collections::BTreeSet;

/// How reported periods make up a wanted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tiling {
    /// Nothing was reported inside it.
    Empty,
    /// These cover it without gap or overlap; one that is the wanted period itself comes alone (R15).
    Whole(Vec<Period>),
    /// These lie inside and leave gaps (R16).
    Part(Vec<Period>),
}

/// Returns the month indices a period covers; `None` for a day.
fn span(period: &Period) -> Option<(i32, i32)> {
    period.month_run().map(|(first, count)| (first, first + i32::from(count)))
}

/// Returns how many months a cut has.
fn months_of(by: Granularity) -> i32 {
    match by {
        Granularity::Month => 1,
        Granularity::Quarter => 3,
        Granularity::Half => 6,
        Granularity::Year => 12,
    }
}

/// Returns whether the period is exactly one month, quarter, half or year of the calendar.
pub(super) fn is_of(by: Granularity, period: &Period) -> bool {
    let length = months_of(by);
    span(period).is_some_and(|(first, end)| end - first == length && first.rem_euclid(length) == 0)
}

/// Returns the periods an answer has, in order.
///
/// A question with a period and no cut has that period alone. A cut has its calendar periods inside the asked
/// one, those without any evidence left out. Without period and cut the answer goes by year; what no calendar
/// year holds, such as a fiscal year, stands as it is (R18).
pub(super) fn targets(
    asked: Option<&Period>,
    by: Option<Granularity>,
    available: &BTreeSet<Period>,
) -> Vec<Period> {
    if let (Some(asked), None) = (asked, by) {
        return vec![*asked];
    }
    let length = months_of(by.unwrap_or(Granularity::Year));
    let mut found = BTreeSet::new();
    for period in available {
        let Some((first, end)) = span(period) else { continue };
        let start = first - first.rem_euclid(length);
        let cut = Period::months(start, length as u16);
        if asked.is_some_and(|asked| !asked.contains(&cut)) {
            continue;
        }
        if end <= start + length {
            found.insert(cut);
        } else if by.is_none() {
            found.insert(*period);
        }
    }
    found.into_iter().collect()
}

/// Finds the reported periods that make up a wanted one: itself first, else the fewest that tile it.
pub(super) fn tile(wanted: &Period, available: &BTreeSet<Period>) -> Tiling {
    if available.contains(wanted) {
        return Tiling::Whole(vec![*wanted]);
    }
    let Some((start, end)) = span(wanted) else { return Tiling::Empty };
    let inside: Vec<Period> = available.iter().filter(|p| wanted.contains(p)).copied().collect();
    if inside.is_empty() {
        return Tiling::Empty;
    }
    if let Some(tiles) = cover(start, end, &inside) {
        return Tiling::Whole(tiles);
    }
    let mut part = Vec::new();
    let mut reached = start;
    for period in &inside {
        let Some((first, next)) = span(period) else { continue };
        if first >= reached {
            part.push(*period);
            reached = next;
        }
    }
    Tiling::Part(part)
}

/// Finds the fewest periods that cover `start..end` exactly, walking back from the end.
fn cover(start: i32, end: i32, inside: &[Period]) -> Option<Vec<Period>> {
    let months = usize::try_from(end - start).ok()?;
    // best[i]: fewest tiles that cover the first i months, and the last of them.
    let mut best: Vec<Option<(usize, Period)>> = vec![None; months + 1];
    for to in 1..=months {
        for period in inside {
            let Some((first, next)) = span(period) else { continue };
            if next - start != to as i32 {
                continue;
            }
            let from = (first - start) as usize;
            let before = if from == 0 { Some(0) } else { best[from].map(|(count, _)| count) };
            if let Some(count) = before
                && best[to].is_none_or(|(fewest, _)| count + 1 < fewest)
            {
                best[to] = Some((count + 1, *period));
            }
        }
    }
    let mut tiles = Vec::new();
    let mut at = months;
    while at > 0 {
        let (_, period) = best[at]?;
        tiles.push(period);
        at = (span(&period)?.0 - start) as usize;
    }
    tiles.reverse();
    Some(tiles)
}

/// Returns the one period from the first to the last of these, when nothing is missing between them.
pub(super) fn run(parts: &[Period]) -> Option<Period> {
    let (first, mut reached) = span(parts.first()?)?;
    for part in &parts[1..] {
        let (next, end) = span(part)?;
        if next != reached {
            return None;
        }
        reached = end;
    }
    u16::try_from(reached - first).ok().map(|count| Period::months(first, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(texts: &[&str]) -> BTreeSet<Period> {
        texts.iter().map(|text| text.parse().expect("valid")).collect()
    }

    fn shown(periods: &[Period]) -> Vec<String> {
        periods.iter().map(ToString::to_string).collect()
    }

    fn tiles(wanted: &str, available: &[&str]) -> (&'static str, Vec<String>) {
        match tile(&wanted.parse().expect("valid"), &periods(available)) {
            Tiling::Empty => ("empty", Vec::new()),
            Tiling::Whole(tiles) => ("whole", shown(&tiles)),
            Tiling::Part(tiles) => ("part", shown(&tiles)),
        }
    }

    #[test]
    fn a_reported_year_goes_before_its_months() {
        assert_eq!(tiles("2022", &["2022", "2022-01", "2022-02"]), ("whole", vec!["2022".to_owned()]));
    }

    #[test]
    fn a_quarter_is_its_three_months() {
        let (kind, found) = tiles("2022-Q2", &["2022-03", "2022-04", "2022-05", "2022-06"]);
        assert_eq!((kind, found.len()), ("whole", 3));
        assert_eq!(tiles("2022-Q2", &["2022-04", "2022-06"]).0, "part");
        assert_eq!(tiles("2022-Q2", &["2022-03", "2022"]).0, "empty");
    }

    #[test]
    fn january_and_february_together_are_one_tile() {
        let (kind, found) = tiles("2022-Q1", &["2022-01/2022-02", "2022-03"]);
        assert_eq!((kind, found), ("whole", vec!["2022-01/2022-02".to_owned(), "2022-03".to_owned()]));
        assert_eq!(tiles("2022-01", &["2022-01/2022-02"]).0, "empty");
    }

    #[test]
    fn overlapping_reports_are_never_both_taken() {
        let all = ["2022-H1", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"];
        assert_eq!(tiles("2022", &all).1, ["2022-H1", "2022-Q3", "2022-Q4"]);
        assert_eq!(
            tiles("2022", &["2022-01/2022-03", "2022-03/2022-05"]),
            ("part", vec!["2022-Q1".to_owned()])
        );
    }

    #[test]
    fn a_fiscal_year_is_not_the_calendar_year() {
        let available = periods(&["FY2022@04"]);
        assert_eq!(tile(&"2022".parse().expect("valid"), &available), Tiling::Empty);
        assert_eq!(shown(&targets(None, None, &available)), ["2022-04/2023-03"]);
        assert!(targets(None, Some(Granularity::Year), &available).is_empty());
    }

    #[test]
    fn cuts_keep_inside_the_asked_period() {
        let available = periods(&["2021-12", "2022-01", "2022-02", "2022-05"]);
        let year: Period = "2022".parse().expect("valid");
        assert_eq!(
            shown(&targets(Some(&year), Some(Granularity::Quarter), &available)),
            ["2022-Q1", "2022-Q2"]
        );
        assert_eq!(shown(&targets(Some(&year), None, &available)), ["2022"]);
        assert_eq!(shown(&targets(None, None, &available)), ["2021", "2022"]);
        let quarter: Period = "2022-Q1".parse().expect("valid");
        assert!(targets(Some(&quarter), Some(Granularity::Year), &available).is_empty());
    }

    #[test]
    fn a_calendar_cut_starts_where_the_calendar_says() {
        assert!(is_of(Granularity::Quarter, &"2022-Q3".parse().expect("valid")));
        assert!(!is_of(Granularity::Quarter, &"2022-02/2022-04".parse().expect("valid")));
        assert!(!is_of(Granularity::Month, &"2022-06-15".parse().expect("valid")));
    }

    #[test]
    fn a_run_has_no_gap() {
        let list = |texts: &[&str]| periods(texts).into_iter().collect::<Vec<_>>();
        assert_eq!(run(&list(&["2023-01", "2023-02", "2023-Q2"])), None);
        assert_eq!(
            run(&list(&["2023-01", "2023-02"])).map(|p| p.to_string()).as_deref(),
            Some("2023-01/2023-02")
        );
    }
}
