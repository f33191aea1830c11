//! What a reading would store, for people: how many rows of which role, and the first rows.

use super::tally::many;
use crate::model::{Observation, Role, TableReading};

/// Rows that are shown.
const ROWS: usize = 10;

/// Longest name shown, in characters.
const LONGEST: usize = 32;

/// Writes the roles found and the first rows as they would be stored, one line each; nothing for a table without amounts.
///
/// ```
/// use std::path::Path;
/// use tradeshare::ingest::table;
///
/// let text = "t,i,j,k,v,q\n2021,643,156,270900,100.25,5\n";
/// let reading = table::read(Path::new("BACI_HS17_Y2021_V202301.csv"), text.as_bytes(), &Default::default())?;
/// let lines = table::preview(&reading);
/// assert_eq!(lines[0], "roles: 1 part");
/// assert!(lines[3].starts_with("China   Russia"), "{lines:?}");
/// # Ok::<(), tradeshare::Error>(())
/// ```
pub fn preview(reading: &TableReading) -> Vec<String> {
    let rows = &reading.observations;
    if rows.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("roles: {}", roles(rows))];
    lines.push(match rows.len() {
        1 => "the row as it would be stored:".to_owned(),
        n if n > ROWS => format!("the first {ROWS} of {n} rows as they would be stored:"),
        n => format!("the {n} rows as they would be stored:"),
    });
    let cells: Vec<[String; 10]> = rows.iter().take(ROWS).map(|row| shown(reading, row)).collect();
    let headers =
        ["market", "subject", "commodity", "period", "basis", "role", "value", "kg", "quantity", "line"];
    let used: Vec<usize> =
        (0..headers.len()).filter(|at| cells.iter().any(|row| !row[*at].is_empty())).collect();
    let width =
        |at: usize| cells.iter().map(|row| row[at].chars().count()).max().unwrap_or(0).max(headers[at].len());
    let line = |row: &dyn Fn(usize) -> String| {
        let padded: Vec<String> = used
            .iter()
            .map(|at| match at {
                6.. => format!("{:>1$}", row(*at), width(*at)),
                _ => format!("{:<1$}", row(*at), width(*at)),
            })
            .collect();
        padded.join("  ").trim_end().to_owned()
    };
    lines.push(line(&|at| headers[at].to_owned()));
    lines.extend(cells.iter().map(|row| line(&|at| row[at].clone())));
    lines
}

fn roles(rows: &[Observation]) -> String {
    let named = [
        (Role::Part, "part"),
        (Role::Residual, "residual"),
        (Role::Total, "total"),
        (Role::Subtotal, "sub-total"),
        (Role::Memo, "memo"),
    ];
    let count = |role| rows.iter().filter(|row| row.role == role).count() as u64;
    let counts = named.map(|(role, name)| (count(role), name));
    counts.iter().filter(|(n, _)| *n > 0).map(|(n, name)| many(*n, name)).collect::<Vec<_>>().join(", ")
}

fn shown(reading: &TableReading, row: &Observation) -> [String; 10] {
    let entity = |at: u32| short(reading.entities.get(at as usize).map_or("", |subject| &subject.name));
    let commodity = reading.commodities.get(row.commodity as usize);
    let commodity = commodity.map_or_else(String::new, |what| match what.scheme.as_str() {
        "product" => what.code.clone(),
        scheme => format!("{scheme} {}", what.code),
    });
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    let money = match (row.value, reading.dataset.currency.as_str()) {
        (Some(value), "") => value.to_string(),
        (Some(value), currency) => format!("{value} {currency}"),
        (None, _) => String::new(),
    };
    let counted = match row.quantity {
        Some(quantity) => format!("{quantity} {}", row.quantity_unit),
        None => String::new(),
    };
    let role = format!("{:?}", row.role).to_lowercase();
    let more = if row.flags.contains('+') { "+" } else { "" };
    let flags = row.flags.replace('+', "");
    let role = if flags.is_empty() { role } else { format!("{role} ({flags})") };
    [
        entity(row.market),
        entity(row.subject),
        short(&commodity),
        row.period.to_string(),
        row.basis.to_string(),
        role,
        money,
        number(row.weight_kg),
        counted,
        format!("{}{more}", row.line),
    ]
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
