//! The time axis: months as numbers, ticks at the borders of periods, names under their spans.

use crate::model::Period;

/// Returns first and last moment of a period in months since the year 0.
pub(super) fn span(period: &Period) -> (f64, f64) {
    if let Some((first, count)) = period.month_run() {
        return (f64::from(first), f64::from(first) + f64::from(count));
    }
    let day = period.first_day();
    let month = f64::from(day.year()) * 12.0 + f64::from(day.month()) - 1.0;
    let length = f64::from(day.days_in_month());
    (month + f64::from(day.day() - 1) / length, month + f64::from(day.day()) / length)
}

/// Returns the middle of a period, where its point stands.
pub(super) fn middle(period: &Period) -> f64 {
    let (from, to) = span(period);
    f64::midpoint(from, to)
}

/// A name under the axis, centred on `at`; row 0 is next to the axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub at: f64,
    pub text: String,
    pub row: usize,
}

/// The time axis of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Calendar {
    pub from: f64,
    pub to: f64,
    /// Months between short ticks.
    grain: f64,
}

impl Calendar {
    /// Makes the axis that shows all periods; less than a year is widened to the whole year.
    pub(super) fn of<'p>(periods: impl Iterator<Item = &'p Period> + Clone) -> Self {
        let spans = periods.clone().map(span);
        let (mut from, mut to) = spans.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (from, to)| {
            (low.min(from), high.max(to))
        });
        let months = periods.map(|p| p.month_run().map_or(1, |(_, count)| count)).min().unwrap_or(12);
        let grain = match months {
            0..=2 => 1.0,
            3..=5 => 3.0,
            6..=11 => 6.0,
            _ => 12.0,
        };
        (from, to) = ((from / grain).floor() * grain, (to / grain).ceil() * grain);
        if to - from < 12.0 {
            let year = (from / 12.0).floor() * 12.0;
            (from, to) = (year, ((to - 1e-6) / 12.0).floor() * 12.0 + 12.0);
        }
        Self { from, to, grain }
    }

    /// Returns where the ticks stand and whether they are long (1 January).
    pub(super) fn ticks(&self, pixels_per_month: f64) -> Vec<(f64, bool)> {
        // Ticks nearer than 5 pixels are a smear: then only years, then every fifth or tenth.
        let step = [self.grain, 12.0, 60.0, 120.0, 600.0]
            .into_iter()
            .find(|step| *step >= self.grain && step * pixels_per_month >= 5.0)
            .unwrap_or(1200.0);
        let mut ticks = Vec::new();
        let mut at = (self.from / step).ceil() * step;
        while at <= self.to + 1e-9 {
            ticks.push((at, at.rem_euclid(12.0) == 0.0));
            at += step;
        }
        ticks
    }

    /// Returns the names; `width` measures text.
    pub(super) fn names(&self, pixels_per_month: f64, width: impl Fn(&str) -> f64) -> Vec<Name> {
        let mut names = self.part_names(pixels_per_month, &width);
        let row = usize::from(!names.is_empty());
        names.extend(self.year_names(pixels_per_month, row, &width));
        names
    }

    /// Names of months, quarters or halves, when they fit and are what the figures are about.
    fn part_names(&self, pixels_per_month: f64, width: &impl Fn(&str) -> f64) -> Vec<Name> {
        let widest = |texts: &[&str]| texts.iter().map(|text| width(text)).fold(0.0, f64::max);
        let pixels = pixels_per_month * self.grain;
        let texts: &[&str] = match self.grain as u32 {
            1 if widest(&MONTHS) + 6.0 <= pixels => &MONTHS,
            1 if widest(&LETTERS) + 3.0 <= pixels => &LETTERS,
            3 if widest(&QUARTERS) + 8.0 <= pixels => &QUARTERS,
            6 if widest(&HALVES) + 8.0 <= pixels => &HALVES,
            _ => return Vec::new(),
        };
        let mut names = Vec::new();
        let mut at = self.from;
        while at < self.to - 1e-9 {
            let part = (at.rem_euclid(12.0) / self.grain) as usize;
            names.push(Name { at: at + self.grain / 2.0, text: texts[part].to_owned(), row: 0 });
            at += self.grain;
        }
        names
    }

    /// Names of years, each centred under the part of its span that the axis shows.
    fn year_names(&self, pixels_per_month: f64, row: usize, width: &impl Fn(&str) -> f64) -> Vec<Name> {
        let year_pixels = 12.0 * pixels_per_month;
        let every = if width("’00") + 8.0 <= year_pixels {
            1
        } else {
            let room = |n: &i32| f64::from(*n) * year_pixels >= width("2000") + 12.0;
            [2, 5, 10, 20, 50, 100].into_iter().find(room).unwrap_or(200)
        };
        let short = every == 1 && width("2000") + 8.0 > year_pixels;
        let (first, last) = ((self.from / 12.0).floor() as i32, ((self.to - 1e-6) / 12.0).floor() as i32);
        (first..=last)
            .filter(|year| year % every == 0)
            .filter_map(|year| {
                let start = f64::from(year) * 12.0;
                let (from, to) = (start.max(self.from), (start + 12.0).min(self.to));
                let text = if short { format!("’{:02}", year.rem_euclid(100)) } else { year.to_string() };
                let room = if every == 1 { (to - from) * pixels_per_month } else { f64::INFINITY };
                (width(&text) <= room).then(|| Name { at: f64::midpoint(from, to), text, row })
            })
            .collect()
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LETTERS: [&str; 12] = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];
const QUARTERS: [&str; 4] = ["Q1", "Q2", "Q3", "Q4"];
const HALVES: [&str; 2] = ["H1", "H2"];

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(periods: &[&str]) -> Calendar {
        let periods: Vec<Period> = periods.iter().map(|p| p.parse().expect("a period")).collect();
        Calendar::of(periods.iter())
    }

    fn texts(axis: &Calendar, pixels: f64) -> String {
        let names = axis.names(pixels / (axis.to - axis.from), |text| text.chars().count() as f64 * 8.0);
        names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_period_stands_at_its_middle() {
        let middle_of = |p: &str| middle(&p.parse().expect("a period"));
        assert_eq!(middle_of("2022"), 2022.0 * 12.0 + 6.0);
        assert_eq!(middle_of("2022-Q2"), 2022.0 * 12.0 + 4.5);
        assert_eq!(middle_of("2022-06-15"), 2022.0 * 12.0 + 5.0 + 14.5 / 30.0);
    }

    #[test]
    fn part_of_a_year_is_shown_in_the_whole_year() {
        assert_eq!(texts(&axis(&["2022-Q1", "2022-Q2"]), 600.0), "Q1 Q2 Q3 Q4 2022");
        assert_eq!(texts(&axis(&["2022-06"]), 600.0), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec 2022");
    }

    #[test]
    fn names_shrink_and_then_thin_out_with_the_room() {
        let years = axis(&["1995", "2022"]);
        assert!(texts(&years, 1200.0).starts_with("1995 1996"));
        assert!(texts(&years, 950.0).starts_with("’95 ’96"));
        assert_eq!(
            texts(&years, 620.0),
            "1996 1998 2000 2002 2004 2006 2008 2010 2012 2014 2016 2018 2020 2022"
        );
        assert_eq!(texts(&years, 300.0), "1995 2000 2005 2010 2015 2020");
        assert_eq!(texts(&axis(&["2020-Q1", "2025-Q2"]), 400.0), "2020 2021 2022 2023 2024 2025");
    }

    #[test]
    fn long_ticks_are_the_first_of_january() {
        let ticks = axis(&["2022-Q1", "2022-Q4"]).ticks(50.0);
        let months: Vec<f64> = ticks.iter().map(|(at, _)| at - 2022.0 * 12.0).collect();
        assert_eq!(months, [0.0, 3.0, 6.0, 9.0, 12.0]);
        assert_eq!(ticks.iter().filter(|(_, long)| *long).count(), 2);
    }
}
