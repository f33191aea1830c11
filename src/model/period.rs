//! Calendar periods, spelled as figures and questions spell them.

use crate::error::{Error, Result};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A day, or a run of whole calendar months.
///
/// Spellings: `2022`, `2022-H1`, `2022-Q2`, `2022-06`, `2022-06-15`, `2023-01/2023-08`. On input also
/// `2022-S1` (SDMX half year), `2019..2023` (whole years, both ends in) and `FY2022@04` (the twelve months from
/// April 2022, R18). A run that is exactly a calendar year, half or quarter is that year, half or quarter.
/// Order: by first day, then the longer one first.
///
/// ```
/// use tradeshare::model::Period;
///
/// let q2: Period = "2022-Q2".parse()?;
/// assert_eq!(q2, "2022-04/2022-06".parse()?);
/// assert_eq!("FY2022@04".parse::<Period>()?.to_string(), "2022-04/2023-03");
/// assert!("2022".parse::<Period>()?.contains(&q2));
/// assert!("2022-13".parse::<Period>().is_err());
/// # Ok::<(), tradeshare::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// One day.
    Day(Date),
    /// Whole months: index of the first (`year * 12 + month - 1`) and their number, at least 1.
    #[doc(hidden)]
    Months { first: i32, count: u16 },
}

const EXPECTED: &str =
    "a period such as 2022, 2022-H1, 2022-Q2, 2022-06, 2022-06-15, 2023-01/2023-08 or FY2022@04";

impl Period {
    /// Creates the calendar year.
    pub fn year(year: i32) -> Self {
        Self::Months { first: year * 12, count: 12 }
    }

    /// Creates the half year; `half` is 1 or 2.
    pub fn half(year: i32, half: i32) -> Self {
        Self::Months { first: year * 12 + (half - 1) * 6, count: 6 }
    }

    /// Creates the quarter; `quarter` is 1 to 4, other numbers count on from there (0 is the last of the year before).
    pub fn quarter(year: i32, quarter: i32) -> Self {
        Self::Months { first: year * 12 + (quarter - 1) * 3, count: 3 }
    }

    /// Creates the month; `month` is 1 to 12, other numbers count on from there (0 is December before).
    pub fn month(year: i32, month: i32) -> Self {
        Self::Months { first: year * 12 + month - 1, count: 1 }
    }

    /// Creates a run of `count` months (at least 1) from the month index `first` (`year * 12 + month - 1`).
    pub fn months(first: i32, count: u16) -> Self {
        Self::Months { first, count: count.max(1) }
    }

    /// Returns index and number of the months; `None` for a day.
    pub fn month_run(&self) -> Option<(i32, u16)> {
        match *self {
            Self::Day(_) => None,
            Self::Months { first, count } => Some((first, count)),
        }
    }

    /// Returns the first day.
    pub fn first_day(&self) -> Date {
        match *self {
            Self::Day(day) => day,
            Self::Months { first, .. } => first_of_month(first),
        }
    }

    /// Returns the last day.
    pub fn last_day(&self) -> Date {
        match *self {
            Self::Day(day) => day,
            Self::Months { first, count } => first_of_month(first + i32::from(count) - 1).last_of_month(),
        }
    }

    /// Returns whether `other` lies wholly inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    /// Returns the period of equal length `years` later (negative: earlier).
    #[must_use]
    pub fn shift_years(&self, years: i32) -> Self {
        match *self {
            Self::Day(day) => Self::Day(
                Date::new(day.year().saturating_add(years as i16), day.month(), 1).map_or(day, |first| {
                    first.with().day(day.day().min(first.days_in_month())).build().unwrap_or(first)
                }),
            ),
            Self::Months { first, count } => Self::Months { first: first + 12 * years, count },
        }
    }

    /// Returns the code of the database: `yyyymm * 100 + months`, so `20220403` is 2022-Q2; `None` for a day.
    pub fn code(&self) -> Option<i64> {
        let (first, count) = self.month_run()?;
        let (year, month) = (first.div_euclid(12), first.rem_euclid(12) + 1);
        (count <= 99).then(|| (i64::from(year) * 100 + i64::from(month)) * 100 + i64::from(count))
    }

    /// Returns the period of a database code.
    ///
    /// # Errors
    /// When the code has no valid month or no length.
    pub fn from_code(code: i64) -> Result<Self> {
        let (year, month, count) = (code / 10_000, code / 100 % 100, code % 100);
        if (1..=12).contains(&month) && count >= 1 && (0..=9999).contains(&year) {
            Ok(Self::months(year as i32 * 12 + month as i32 - 1, count as u16))
        } else {
            Err(Error::Value { expected: "a period code such as 20220403", found: code.to_string() })
        }
    }
}

fn first_of_month(index: i32) -> Date {
    let year = index.div_euclid(12).clamp(-9999, 9999) as i16;
    jiff::civil::date(year, (index.rem_euclid(12) + 1) as i8, 1)
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.first_day().cmp(&other.first_day()).then_with(|| other.last_day().cmp(&self.last_day()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Self::Day(day) => day.to_string(),
            Self::Months { first, count } => {
                let (year, month) = (first.div_euclid(12), first.rem_euclid(12) + 1);
                match (count, month) {
                    (12, 1) => format!("{year:04}"),
                    (6, 1 | 7) => format!("{year:04}-H{}", 1 + month / 7),
                    (3, 1 | 4 | 7 | 10) => format!("{year:04}-Q{}", (month + 2) / 3),
                    (1, _) => format!("{year:04}-{month:02}"),
                    _ => {
                        let last = first + i32::from(count) - 1;
                        format!(
                            "{year:04}-{month:02}/{:04}-{:02}",
                            last.div_euclid(12),
                            last.rem_euclid(12) + 1
                        )
                    }
                }
            }
        };
        f.pad(&text)
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::Value { expected: EXPECTED, found: text.to_owned() };
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..").or_else(|| text.split_once('/')) {
            let (from, to): (Self, Self) = (from.parse()?, to.parse()?);
            let ((first, _), (last, count)) =
                (from.month_run().ok_or_else(bad)?, to.month_run().ok_or_else(bad)?);
            let count = last + i32::from(count) - first;
            return u16::try_from(count)
                .ok()
                .filter(|n| *n >= 1)
                .map(|n| Self::months(first, n))
                .ok_or_else(bad);
        }
        if let Some((year, month)) = text.strip_prefix("FY").and_then(|rest| rest.split_once('@')) {
            let (year, month) = (number(year, 4).ok_or_else(bad)?, number(month, 2).ok_or_else(bad)?);
            return (1..=12)
                .contains(&month)
                .then(|| Self::months(year * 12 + month - 1, 12))
                .ok_or_else(bad);
        }
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| number(part, 4)).ok_or_else(bad)?;
        let Some(part) = parts.next() else { return Ok(Self::year(year)) };
        let day = parts.next();
        if parts.next().is_some() {
            return Err(bad());
        }
        let (kind, digits) = match part.strip_prefix(['Q', 'q']) {
            Some(rest) => ('Q', rest),
            None => part.strip_prefix(['H', 'h', 'S', 's']).map_or((' ', part), |rest| ('H', rest)),
        };
        let period = match (kind, day) {
            ('Q', None) => number(digits, 1).filter(|q| (1..=4).contains(q)).map(|q| Self::quarter(year, q)),
            ('H', None) => number(digits, 1).filter(|h| (1..=2).contains(h)).map(|h| Self::half(year, h)),
            (' ', None) => number(digits, 2).filter(|m| (1..=12).contains(m)).map(|m| Self::month(year, m)),
            (' ', Some(day)) => number(digits, 2)
                .zip(number(day, 2))
                .and_then(|(month, day)| Date::new(year as i16, month as i8, day as i8).ok().map(Self::Day)),
            _ => None,
        };
        period.ok_or_else(bad)
    }
}

fn number(text: &str, digits: usize) -> Option<i32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        text.parse::<Period>().map_or_else(|e| e.to_string(), |p| p.to_string())
    }

    #[test]
    fn every_spelling_round_trips() {
        for text in
            ["2022", "2022-H1", "2022-H2", "2022-Q1", "2022-Q4", "2022-06", "2022-06-15", "2023-01/2023-08"]
        {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn input_spellings_become_the_canonical_one() {
        assert_eq!(read("2022-S2"), "2022-H2");
        assert_eq!(read("2022-01/2022-12"), "2022");
        assert_eq!(read("2019..2023"), "2019-01/2023-12");
        assert_eq!(read("FY2022@04"), "2022-04/2023-03");
        assert_eq!(read("2022-Q2/2022-Q3"), "2022-04/2022-09");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "22",
            "2022-13",
            "2022-Q5",
            "2022-H3",
            "2022-02-30",
            "2022-6",
            "2022-06/2022-05",
            "June",
            "+202",
            "2022-Q2-01",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn codes_round_trip() {
        let q2: Period = "2022-Q2".parse().expect("valid");
        assert_eq!(q2.code(), Some(20_220_403));
        assert_eq!(Period::from_code(20_220_403).expect("valid"), q2);
        assert!(Period::from_code(20_221_301).is_err());
    }

    #[test]
    fn quarters_count_over_the_year_border() {
        assert_eq!(Period::quarter(2022, 0).to_string(), "2021-Q4");
        assert_eq!(Period::quarter(2022, 5).to_string(), "2023-Q1");
        assert_eq!(Period::month(2022, 0).to_string(), "2021-12");
    }

    #[test]
    fn a_leap_day_a_year_later_is_the_last_of_february() {
        let day: Period = "2024-02-29".parse().expect("valid");
        assert_eq!(day.shift_years(1).to_string(), "2025-02-28");
    }

    #[test]
    fn longer_periods_sort_before_their_parts() {
        let mut periods: Vec<Period> =
            ["2022-01", "2022", "2021-12", "2022-Q1"].iter().map(|t| t.parse().expect("valid")).collect();
        periods.sort();
        let text: Vec<String> = periods.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["2021-12", "2022", "2022-Q1", "2022-01"]);
    }
}
