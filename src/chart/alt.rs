//! The text alternative: type, data and finding, for who cannot see the picture.

use super::bars::UNKNOWN;
use super::spec::{Bar, Marks, Series};
use super::words;

/// How many series or bars are read out.
const READ_OUT: usize = 6;

/// Describes a chart: first and last value of the lines, or the largest bars.
pub(super) fn describe(marks: &Marks, title: &str, subtitle: &str) -> String {
    let (kind, read): (String, Vec<String>) = match marks {
        Marks::Lines { series, .. } => {
            (format!("Line chart, {} series", series.len()), series.iter().map(line).collect())
        }
        Marks::Bars { bars, before } => {
            let s = if bars.len() == 1 { "" } else { "s" };
            let when = before.as_ref().map(words::period);
            let earlier = |bar: &Bar| match (&bar.before, &when) {
                (Some(value), Some(when)) if value != UNKNOWN => format!(" ({value} in {when})"),
                _ => String::new(),
            };
            let read =
                bars.iter().map(|bar| format!("{} {}{}", bar.label, bar.value, earlier(bar))).collect();
            (format!("Bar chart, {} bar{s}", bars.len()), read)
        }
    };
    let more = read.len().saturating_sub(READ_OUT);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let read = read.into_iter().take(READ_OUT).collect::<Vec<_>>().join("; ");
    format!("{kind}. {title}. {subtitle}. {read}{more}.")
}

fn line(series: &Series) -> String {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else {
        return series.label.clone();
    };
    let end = format!("{} in {}", last.value, words::period(&last.period));
    if series.points.len() == 1 {
        return format!("{}: {end}", series.label);
    }
    format!("{}: {} in {} to {end}", series.label, first.value, words::period(&first.period))
}
