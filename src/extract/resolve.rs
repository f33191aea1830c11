//! Time expressions to periods, against what the article is anchored to.
//!
//! Counting runs on a month index (`year * 12 + month`, January 0), so no quarter or month falls off the end of a year.

use super::times::{TimeExpr, TimeUnit, YearHint};
use crate::model::Period;
use jiff::civil::Date;

/// What relative times may lean on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Anchors {
    pub published: Option<Date>,
    /// Period of the figure before, in reading order.
    pub previous: Option<Period>,
    /// Period the article as a whole is about: its first one that was stated or resolved.
    pub document: Option<Period>,
    /// When the financial year begins where the article is at home; see [`fiscal_start`].
    pub fiscal: Option<FiscalStart>,
}

/// The first month of a financial year, 0 for January, and whether `FY2023` ends in 2023 or starts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FiscalStart {
    pub month: u8,
    pub named_by_end: bool,
}

/// What settled a period; the looser it is, the less it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnchorKind {
    Stated,
    Previous,
    Published,
    Document,
}

/// A period and what settled it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub period: Period,
    pub kind: AnchorKind,
}

/// Returns the period an expression means, or `None` when words and anchors do not settle it.
pub(crate) fn resolve(expr: &TimeExpr, anchors: &Anchors) -> Option<Resolved> {
    let from = |kind| move |period| Resolved { period, kind };
    match *expr {
        TimeExpr::Stated(period) => Some(Resolved { period, kind: AnchorKind::Stated }),
        TimeExpr::Part { first, count, year } => part(i32::from(first), u16::from(count), year, anchors),
        TimeExpr::FromPublished { unit: TimeUnit::Year, offset: 0 }
            if started_last_year(anchors).is_some() =>
        {
            started_last_year(anchors)
        }
        TimeExpr::FromPublished { unit, offset } => {
            from_published(unit, offset, anchors.published?).map(from(AnchorKind::Published))
        }
        TimeExpr::YearToDate { years } => {
            let published = anchors.published?;
            let year = i32::from(published.year());
            // `10.6% since January` beside a figure of June runs to June.
            let spoken_of = lean(anchors).and_then(|r| r.period.month_run()).and_then(|(first, count)| {
                let to_date = count == 1 || first % 12 == 0 && count < 12;
                (to_date && first.div_euclid(12) == year).then(|| first % 12 + i32::from(count))
            });
            let before = i32::from(published.month()) - 1;
            let months = u16::try_from(spoken_of.unwrap_or(before)).ok().filter(|n| *n > 0)?;
            Some(Resolved {
                period: Period::months((year + years) * 12, months),
                kind: AnchorKind::Published,
            })
        }
        TimeExpr::SameShifted { years } => lean(anchors).map(|r| r.with(r.period.shift_years(years))),
        TimeExpr::SameIn { year } => {
            lean(anchors).map(|r| r.with(r.period.shift_years(year - i32::from(r.period.first_day().year()))))
        }
        TimeExpr::SameOfPublished { years } => {
            let lean = lean(anchors)?;
            let year =
                anchors.published.map_or(i32::from(lean.period.first_day().year()), |d| i32::from(d.year()));
            // `the same period last year` beside a figure of last year means the year before that one.
            let shift = (year + years - i32::from(lean.period.first_day().year())).min(years);
            Some(lean.with(lean.period.shift_years(shift)))
        }
        TimeExpr::ShiftPrevious { months } => {
            let lean = lean(anchors)?;
            let (first, count) = lean.period.month_run()?;
            Some(lean.with(Period::months(first + months, count)))
        }
        TimeExpr::FromPrevious { unit, offset } => {
            let lean = lean(anchors)?;
            from_previous(unit, offset, lean.period).map(|period| lean.with(period))
        }
        TimeExpr::Fiscal { year, both } => fiscal(year, both, anchors.fiscal?).map(from(AnchorKind::Stated)),
        TimeExpr::MonthDay { month, day } => {
            let published = anchors.published?;
            let this_year = Date::new(published.year(), month as i8 + 1, day as i8).ok();
            let last_year = Date::new(published.year() - 1, month as i8 + 1, day as i8).ok();
            let date = this_year.filter(|date| *date <= published).or(last_year)?;
            Some(Resolved { period: Period::Day(date), kind: AnchorKind::Published })
        }
        TimeExpr::Weekday(day) => {
            let published = anchors.published?;
            let back =
                (i64::from(published.weekday().to_monday_zero_offset()) - i64::from(day)).rem_euclid(7);
            let date = published.checked_sub(jiff::Span::new().days(back)).ok()?;
            Some(Resolved { period: Period::Day(date), kind: AnchorKind::Published })
        }
        TimeExpr::Unsettled => None,
    }
}

impl Resolved {
    fn with(self, period: Period) -> Self {
        Self { period, ..self }
    }
}

/// Returns the period that "the same" leans on: the previous figure's, else the article's.
fn lean(anchors: &Anchors) -> Option<Resolved> {
    let previous = anchors.previous.map(|period| Resolved { period, kind: AnchorKind::Previous });
    previous.or_else(|| anchors.document.map(|period| Resolved { period, kind: AnchorKind::Document }))
}

/// `47 percent in the first ten months of 2024 … 44 this year`: this year's first ten months.
fn started_last_year(anchors: &Anchors) -> Option<Resolved> {
    let (published, previous) = (anchors.published?, anchors.previous?);
    let (first, count) = previous.month_run()?;
    let this_year = i32::from(published.year()) * 12;
    let odd = !matches!(count, 1 | 3 | 6 | 12);
    let over = this_year + i32::from(count) <= month_index(published);
    (first == this_year - 12 && odd && over)
        .then(|| Resolved { period: previous.shift_years(1), kind: AnchorKind::Previous })
}

fn month_index(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// Resolves months whose year is open.
fn part(first: i32, count: u16, hint: YearHint, anchors: &Anchors) -> Option<Resolved> {
    let in_year = |year: i32, kind| Resolved { period: Period::months(year * 12 + first, count), kind };
    match hint {
        YearHint::FromPublished(years) => {
            Some(in_year(i32::from(anchors.published?.year()) + years, AnchorKind::Published))
        }
        YearHint::FromPrevious(years) => {
            let lean = lean(anchors)?;
            Some(in_year(i32::from(lean.period.last_day().year()) + years, lean.kind))
        }
        YearHint::Ahead => {
            let published = month_index(anchors.published?);
            let year = published.div_euclid(12);
            let next = if year * 12 + first + i32::from(count) > published { year } else { year + 1 };
            Some(in_year(next, AnchorKind::Published))
        }
        YearHint::None => open_part(first, count, anchors, in_year),
    }
}

/// The most recent one at publication; an article that looks far back keeps the year it speaks of.
fn open_part(
    first: i32,
    count: u16,
    anchors: &Anchors,
    in_year: impl Fn(i32, AnchorKind) -> Resolved,
) -> Option<Resolved> {
    let spoken_of = lean(anchors).map(|r| (i32::from(r.period.first_day().year()), r.kind));
    let Some(published) = anchors.published else {
        return spoken_of.map(|(year, kind)| in_year(year, kind));
    };
    let now = month_index(published);
    let last = first + i32::from(count) - 1;
    // Quarters and halves must be over; a month or a run of months may be the current one.
    let whole = matches!((count, first % 3), (3 | 6, 0));
    let newest = if whole { now - 1 } else { now };
    let recent = (newest - last).div_euclid(12);
    match spoken_of {
        Some((year, kind)) if year + 1 < recent => Some(in_year(year, kind)),
        _ => Some(in_year(recent, AnchorKind::Published)),
    }
}

fn from_published(unit: TimeUnit, offset: i32, published: Date) -> Option<Period> {
    let now = month_index(published);
    let run = |months: i32| Period::months((now.div_euclid(months) + offset) * months, months as u16);
    Some(match unit {
        TimeUnit::Day => Period::Day(published.checked_add(jiff::Span::new().days(i64::from(offset))).ok()?),
        TimeUnit::Month => run(1),
        TimeUnit::Quarter => run(3),
        TimeUnit::Half => run(6),
        TimeUnit::Year => run(12),
    })
}

/// A unit counted from the end of a period that is no longer than the unit.
fn from_previous(unit: TimeUnit, offset: i32, previous: Period) -> Option<Period> {
    let (first, count) = previous.month_run().unwrap_or((month_index(previous.first_day()), 1));
    let months = match unit {
        TimeUnit::Day => return None,
        TimeUnit::Month => 1,
        TimeUnit::Quarter => 3,
        TimeUnit::Half => 6,
        TimeUnit::Year => 12,
    };
    let last = first + i32::from(count) - 1;
    if i32::from(count) == months {
        return Some(Period::months(first + offset * months, count));
    }
    // The month before a year is nothing anybody would say; the end of a quarter's last month is.
    (i32::from(count) < months || offset == 0 && unit == TimeUnit::Month)
        .then(|| Period::months((last.div_euclid(months) + offset) * months, months as u16))
}

fn fiscal(year: i32, both: bool, start: FiscalStart) -> Option<Period> {
    let begins = if both || !start.named_by_end || start.month == 0 { year } else { year - 1 };
    Some(Period::months(begins * 12 + i32::from(start.month), 12))
}

/// Returns the financial year of the country that a text names first, of those the table knows.
pub(crate) fn fiscal_start(text: &str) -> Option<FiscalStart> {
    let table = include_str!("data/fiscal_years.csv");
    let rows: Vec<(&str, u8, bool)> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.next()?.parse::<u8>().ok()?, cells.next()? == "ends"))
        })
        .collect();
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.starts_with(char::is_uppercase)).find_map(
        |word| {
            let row = rows.iter().find(|row| row.0.eq_ignore_ascii_case(word))?;
            Some(FiscalStart { month: row.1 - 1, named_by_end: row.2 })
        },
    )
}
