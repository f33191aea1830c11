//! The guess at a table of an unknown shape, as lines for a terminal.

use super::guess;
use super::plan::{Spread, Told};
use super::profile::Cells;
use super::suggest::{Guess, shown};
use std::fmt::Display;

impl Guess {
    /// Describes the guess: how the text is cut, what each column is taken for, how sure that is and why.
    pub(super) fn lines(&self) -> Vec<String> {
        let look = &self.look;
        let mut lines = vec![format!(
            "`{}` between columns, numbers like {}, the header on line {}",
            if look.delimiter == b'\t' { "tab".to_owned() } else { char::from(look.delimiter).to_string() },
            like(&look.cells),
            look.header_line,
        )];
        if let Some(number) = &look.two_ways {
            lines.push(format!(
                "`{number}` may be {} or a fraction: look at it",
                number.replace(['.', ','], "")
            ));
        }
        if let Some(doubled) = self.doubled() {
            lines.push(format!(
                "several columns are called `{}`; if the line above is a part of the header, join the two: `{} 2022`",
                shown(doubled),
                shown(doubled)
            ));
        }
        for title in look.titles.iter().take(5) {
            lines.push(format!("above the header: {}", shown(title)));
        }
        let mut rows: Vec<[String; 4]> = Vec::new();
        for (at, column) in look.columns.iter().enumerate() {
            if column.header.is_empty() && column.values.is_empty() {
                continue;
            }
            let (role, sure) = self.role(at);
            let header =
                if column.header.is_empty() { format!("column {}", at + 1) } else { shown(&column.header) };
            let sure = if sure > 0.0 { guess::percent(sure) } else { String::new() };
            rows.push([header, role, sure, column.reason.clone()]);
        }
        let mut told = |what: &str, told: Option<(String, &str)>| {
            if let Some((value, why)) = told {
                rows.push([String::new(), format!("{what}: {value}"), guess::percent(0.6), why.to_owned()]);
            }
        };
        let plan = &self.plan;
        told("market", plain(plan.told_market.as_ref()));
        told("product", plain(plan.told_product.as_ref()));
        told("total", plain(plan.told_basis.as_ref().filter(|_| plan.flow.is_none())));
        told("period", plain(plan.told_year.as_ref()));
        let headers = ["column", "taken for", "sure", "because"].map(str::to_owned);
        let width = |at: usize| {
            let cells = rows.iter().chain([&headers]).map(|row| row[at].chars().count());
            cells.max().unwrap_or(0).min(44)
        };
        let widths = [width(0), width(1), width(2)];
        for row in [&headers].into_iter().chain(&rows) {
            let line =
                format!("{:<3$}  {:<4$}  {:>5$}  ", row[0], row[1], row[2], widths[0], widths[1], widths[2]);
            lines.push(format!("{line}{}", row[3]).trim_end().to_owned());
        }
        lines
    }

    /// Returns the first header cell that two columns have.
    fn doubled(&self) -> Option<&str> {
        let columns = &self.look.columns;
        let twice = |at: &usize| columns[..*at].iter().any(|other| other.header == columns[*at].header);
        let found = (0..columns.len()).filter(|at| !columns[*at].header.is_empty()).find(twice)?;
        Some(&columns[found].header)
    }

    /// Says what a column is taken for and how sure that is.
    fn role(&self, at: usize) -> (String, f64) {
        let plan = &self.plan;
        let columns = [
            (&plan.market, "market"),
            (&plan.subject, "subject"),
            (&plan.commodity, "commodity"),
            (&plan.title, "commodity's title"),
            (&plan.flow, "flow"),
            (&plan.period, "period"),
            (&plan.month, "month"),
            (&plan.quarter, "quarter"),
            (&plan.unit, "unit"),
        ];
        let taken = columns.iter().find_map(|(taken, role)| {
            taken.as_ref().filter(|taken| taken.at == at).map(|taken| (taken.sure, (*role).to_owned()))
        });
        if let Some((sure, role)) = taken {
            return (role, sure);
        }
        if let Some(number) = plan.numbers.iter().find(|number| number.column.at == at) {
            let times =
                if number.factor == 1.0 { String::new() } else { format!(", times {}", number.factor) };
            let money = plan.currency.filter(|_| number.measure == "value");
            let money = money.map_or_else(String::new, |currency| format!(" in {currency}"));
            return (format!("{}{money}{times}", number.measure), number.column.sure);
        }
        match &plan.spread {
            Some((of, all)) if all.contains(&at) => {
                let of = match of {
                    Spread::Periods => "of a period",
                    Spread::Brands => "of a brand",
                    Spread::Places => "of a place",
                };
                let measure = if plan.spread_measure.is_empty() { "number" } else { plan.spread_measure };
                let sure = if plan.spread_measure.is_empty() { 0.5 } else { 0.8 };
                (format!("{measure} {of}"), sure)
            }
            _ => ("not used".to_owned(), 0.0),
        }
    }
}

fn plain<T: Display>(told: Option<&Told<T>>) -> Option<(String, &str)> {
    told.map(|told| (told.value.to_string(), told.why.as_str()))
}

/// Shows how numbers are written: `1.234,5`.
fn like(cells: &Cells) -> String {
    let thousands = cells.thousands.map_or_else(String::new, |mark| mark.to_string());
    format!("`1{thousands}234{}5`", cells.decimal)
}
