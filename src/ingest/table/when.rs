//! Periods as tables write them.

use crate::model::Period;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months in German, French, Spanish, Portuguese, Italian and Russian, where they are not written as in English; and
/// a spelling of Japan's customs.
const ELSEWHERE: &[(&str, u32)] = &[
    ("januar", 1),
    ("jänner", 1),
    ("janvier", 1),
    ("enero", 1),
    ("janeiro", 1),
    ("gennaio", 1),
    ("январь", 1),
    ("februar", 2),
    ("feber", 2),
    ("février", 2),
    ("febrero", 2),
    ("fevereiro", 2),
    ("febbraio", 2),
    ("февраль", 2),
    ("märz", 3),
    ("mars", 3),
    ("marzo", 3),
    ("março", 3),
    ("март", 3),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("апрель", 4),
    ("apl", 4),
    ("mai", 5),
    ("mayo", 5),
    ("maio", 5),
    ("maggio", 5),
    ("май", 5),
    ("juni", 6),
    ("juin", 6),
    ("junio", 6),
    ("junho", 6),
    ("giugno", 6),
    ("июнь", 6),
    ("juli", 7),
    ("juillet", 7),
    ("julio", 7),
    ("julho", 7),
    ("luglio", 7),
    ("июль", 7),
    ("août", 8),
    ("agosto", 8),
    ("август", 8),
    ("septembre", 9),
    ("septiembre", 9),
    ("setembro", 9),
    ("settembre", 9),
    ("сентябрь", 9),
    ("oktober", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("outubro", 10),
    ("ottobre", 10),
    ("октябрь", 10),
    ("novembre", 11),
    ("noviembre", 11),
    ("novembro", 11),
    ("ноябрь", 11),
    ("dezember", 12),
    ("décembre", 12),
    ("diciembre", 12),
    ("dezembro", 12),
    ("dicembre", 12),
    ("декабрь", 12),
];

/// Reads a period: `2014`, `201401`, `2014-01`, `2014M01`, `2022-Q1`, `2022Q1`, `01/2015`, `Nov 2013`, `20140131`, `2014-01-31`;
/// with an order (`dmy`, `mdy`) also `31/01/2014`. Years are 1800 to 2200.
pub(super) fn read(text: &str, order: Option<&str>) -> Option<Period> {
    let text = text.trim();
    // Midnight says no more than its day.
    let text = text.strip_suffix("T00:00:00").unwrap_or(text);
    if let Some((year, rest)) = text.split_once('年') {
        return month(year, rest.strip_suffix('月')?);
    }
    let period = if text.bytes().all(|b| b.is_ascii_digit()) {
        match text.len() {
            4 => Some(Period::year(text.parse().ok()?)),
            6 => month(&text[..4], &text[4..]),
            8 => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok(),
            _ => None,
        }
    } else {
        text.parse().ok().or_else(|| other(text, order))
    };
    period.filter(|period| (1800..=2200).contains(&period.first_day().year()))
}

fn other(text: &str, order: Option<&str>) -> Option<Period> {
    let parts: Vec<&str> = text.split(['/', '.', '-', ' ']).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [joined] => {
            let (year, rest) = joined.split_at_checked(4)?;
            match rest.split_at_checked(1)? {
                ("M" | "m", digits) => month(year, digits),
                ("Q" | "q" | "S" | "s" | "H" | "h", _) => format!("{year}-{rest}").parse().ok(),
                _ => None,
            }
        }
        [first, year] if year.len() == 4 => match month_of(first) {
            Some(number) => month(year, &number.to_string()),
            None if text.contains('/') || text.contains('.') => month(year, first),
            None => quarter(year, first),
        },
        // SDMX: `2014-A1` is the year, `2014-M07` a month.
        [year, "A1"] if text.contains('-') => year.parse().ok(),
        [year, second] if year.len() == 4 && second.starts_with(['M', 'm']) && second.len() == 3 => {
            month(year, &second[1..]).or_else(|| month(year, &month_of(second)?.to_string()))
        }
        // `Jan-23`, a spreadsheet's month.
        [name, year] if year.len() == 2 && name.chars().all(char::is_alphabetic) => {
            let year: u32 = year.parse().ok()?;
            month(&(2000 + year - if year < 70 { 0 } else { 100 }).to_string(), &month_of(name)?.to_string())
        }
        [year, second] if year.len() == 4 => match month_of(second) {
            Some(number) => month(year, &number.to_string()),
            None if text.contains('/') || (text.contains('.') && second.len() == 2) => month(year, second),
            None => quarter(year, second),
        },
        [a, b, year] if year.len() == 4 => {
            // With dots the day always comes first.
            let dots = text.contains('.').then_some("dmy");
            let (day, month) = match order.or(dots)? {
                "dmy" => (a, b),
                "mdy" => (b, a),
                _ => return None,
            };
            let month = month_of(month).or_else(|| month.parse().ok())?;
            format!("{year}-{month:02}-{day:0>2}").parse().ok()
        }
        _ => None,
    }
}

fn quarter(year: &str, text: &str) -> Option<Period> {
    let digit = text.strip_prefix(['Q', 'q', 'K', 'k'])?;
    format!("{year}-Q{digit}").parse().ok()
}

fn month(year: &str, month: &str) -> Option<Period> {
    (year.len() == 4 && (1..=2).contains(&month.len())).then(|| format!("{year}-{month:0>2}").parse().ok())?
}

/// Joins a year cell and a month cell; the month is a number or a name.
pub(super) fn year_month(year: &str, month_cell: &str) -> Option<Period> {
    let number = month_of(month_cell).map(|number| number.to_string());
    month(year.trim(), number.as_deref().unwrap_or_else(|| month_cell.trim()))
}

/// Joins a year cell and a quarter cell: `3`, `Q3`.
pub(super) fn year_quarter(year: &str, quarter_cell: &str) -> Option<Period> {
    let digit = quarter_cell.trim().trim_start_matches(['Q', 'q']);
    format!("{}-Q{digit}", year.trim()).parse().ok()
}

/// Returns the number of a month's English name, whole or its first three letters, or of its name in another language.
/// A number before the name, as in `04. Abril`, is passed over.
pub(super) fn month_of(name: &str) -> Option<u32> {
    let name = name.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
    let name = name.trim_end_matches('.').to_lowercase();
    if let Some((_, number)) = ELSEWHERE.iter().find(|(word, _)| *word == name) {
        return Some(*number);
    }
    let place = MONTHS.iter().position(|month| {
        *month == name || month[..3] == name || (name == "sept" && *month == "september")
    })?;
    Some(place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &str) -> String {
        read(cell, None).map_or_else(|| "-".to_owned(), |period| period.to_string())
    }

    #[test]
    fn periods_read_in_the_forms_of_the_files() {
        for (cell, right) in [
            ("2014", "2014"),
            ("201401", "2014-01"),
            (" 2010-03 ", "2010-03"),
            ("2022-Q1", "2022-Q1"),
            ("2022Q3", "2022-Q3"),
            ("2007-S1", "2007-H1"),
            ("Jan-23", "2023-01"),
            ("Dec 99", "1999-12"),
            ("2014.07", "2014-07"),
            ("2014M07", "2014-07"),
            ("2014-M07", "2014-07"),
            ("2014-Mar", "2014-03"),
            ("2014-A1", "2014"),
            ("2014-01-31T00:00:00", "2014-01-31"),
            ("01/2015", "2015-01"),
            ("Nov 2013", "2013-11"),
            ("January 2014", "2014-01"),
            ("Jänner 2014", "2014-01"),
            ("März 2014", "2014-03"),
            ("août 2014", "2014-08"),
            ("2024年3月", "2024-03"),
            ("31.12.2022", "2022-12-31"),
            ("20140131", "2014-01-31"),
            ("2014-01-31", "2014-01-31"),
            ("Q2 2021", "2021-Q2"),
        ] {
            assert_eq!(text(cell), right, "{cell}");
        }
    }

    #[test]
    fn impossible_and_unclear_dates_are_not_read() {
        for cell in [
            "201413",
            "201452",
            "20140230",
            "2014-02-30",
            "13/2014",
            "0999",
            "31/01/2014",
            "14",
            "June",
            "",
            "2014-13",
            "9999",
        ] {
            assert_eq!(text(cell), "-", "{cell}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_must_be_told() {
        assert_eq!(read("03/04/2014", Some("dmy")).map(|p| p.to_string()).as_deref(), Some("2014-04-03"));
        assert_eq!(read("03/04/2014", Some("mdy")).map(|p| p.to_string()).as_deref(), Some("2014-03-04"));
    }

    #[test]
    fn year_and_month_may_stand_in_two_columns() {
        assert_eq!(year_month("2022", "4").map(|p| p.to_string()).as_deref(), Some("2022-04"));
        assert_eq!(year_month("2022", "April").map(|p| p.to_string()).as_deref(), Some("2022-04"));
        assert_eq!(year_month("2022", "52"), None);
        assert_eq!(year_quarter("2022", "Q4").map(|p| p.to_string()).as_deref(), Some("2022-Q4"));
    }
}
