//! Results to standard output or a file: a table for people, exact columns for programs.

use anyhow::{Context, Result};
use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::{Map, Value};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned columns for a terminal
    Table,
    /// Comma-separated, with a header
    Csv,
    /// Tab-separated, with a header
    Tsv,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// A Markdown table
    Markdown,
}

/// Rows under named columns. Numbers stay exact in every format but `table` and `markdown`, where `shown` rounds them.
#[derive(Debug, Default)]
pub(super) struct Grid {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// One cell: the value for programs, the text for people.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    value: Value,
    shown: String,
}

impl Cell {
    /// A cell whose text differs from its value: `80.6` for 80.60000000000001.
    pub(super) fn shown(value: impl Into<Value>, shown: impl Into<String>) -> Self {
        Self { value: value.into(), shown: shown.into() }
    }
}

impl<T: Into<Value>> From<T> for Cell {
    fn from(value: T) -> Self {
        let value = value.into();
        let shown = match &value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Self { value, shown }
    }
}

impl Grid {
    pub(super) fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a cell for each column");
        self.rows.push(row);
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Prints to `out` (or standard output): as `format` says, else by the file's extension, else a table on a
    /// terminal and CSV in a pipe.
    pub(super) fn print(&self, format: Option<Format>, out: Option<&Path>) -> Result<()> {
        let format = format.or_else(|| out.and_then(by_extension)).unwrap_or_else(|| {
            if out.is_none() && std::io::stdout().is_terminal() { Format::Table } else { Format::Csv }
        });
        let text = self.text(format)?;
        match out {
            Some(path) => {
                std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
            }
            None => {
                let mut stdout = std::io::stdout().lock();
                stdout.write_all(text.as_bytes())?;
                Ok(stdout.flush()?)
            }
        }
    }

    fn text(&self, format: Format) -> Result<String> {
        match format {
            Format::Table => Ok(self.table()),
            Format::Markdown => Ok(self.markdown()),
            Format::Csv => self.separated(b','),
            Format::Tsv => self.separated(b'\t'),
            Format::Json => Ok(serde_json::to_string_pretty(&self.objects())? + "\n"),
            Format::Jsonl => self
                .objects()
                .iter()
                .map(|object| Ok(serde_json::to_string(object)? + "\n"))
                .collect::<Result<String>>(),
        }
    }

    fn objects(&self) -> Vec<Map<String, Value>> {
        let object = |row: &Vec<Cell>| {
            self.columns
                .iter()
                .zip(row)
                .map(|(name, cell)| ((*name).to_owned(), cell.value.clone()))
                .collect()
        };
        self.rows.iter().map(object).collect()
    }

    fn separated(&self, delimiter: u8) -> Result<String> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| match &cell.value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            }))?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }

    /// Aligned columns. What is the same in all rows stands once, in a line above; empty columns are left out.
    fn table(&self) -> String {
        let mut table = Table::new();
        // On a terminal long cells wrap; in a pipe or file a row stays a line.
        let fit = if std::io::stdout().is_terminal() {
            ContentArrangement::Dynamic
        } else {
            ContentArrangement::Disabled
        };
        table.load_preset(presets::NOTHING).set_content_arrangement(fit);
        let same = |column: usize| {
            self.rows.len() > 1 && self.rows.iter().all(|row| row[column].shown == self.rows[0][column].shown)
        };
        let (shared, own): (Vec<usize>, Vec<usize>) =
            (0..self.columns.len()).partition(|column| same(*column));
        let used: Vec<usize> = own
            .into_iter()
            .filter(|column| self.rows.iter().any(|row| !row[*column].shown.is_empty()))
            .collect();
        table.set_header(used.iter().map(|column| self.columns[*column].replace('_', " ")));
        for row in &self.rows {
            table.add_row(used.iter().map(|column| {
                let cell = &row[*column];
                let shown = comfy_table::Cell::new(printable(&cell.shown));
                if cell.value.is_number() { shown.set_alignment(CellAlignment::Right) } else { shown }
            }));
        }
        let common: Vec<String> = shared
            .into_iter()
            .filter(|column| !self.rows[0][*column].shown.is_empty())
            .map(|column| {
                format!(
                    "{} {}",
                    self.columns[column].replace('_', " "),
                    printable(&self.rows[0][column].shown)
                )
            })
            .collect();
        let above = if common.is_empty() { String::new() } else { format!("{}\n", common.join(" · ")) };
        let text = table.to_string();
        above + &text.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>()
    }

    fn markdown(&self) -> String {
        let escape =
            |text: &str| printable(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<");
        let mut text = format!("| {} |\n|", self.columns.join(" | "));
        text.push_str(&" --- |".repeat(self.columns.len()));
        text.push('\n');
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| escape(&cell.shown)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        text
    }
}

fn by_extension(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "csv" => Some(Format::Csv),
        "tsv" => Some(Format::Tsv),
        "json" => Some(Format::Json),
        "jsonl" => Some(Format::Jsonl),
        "md" => Some(Format::Markdown),
        _ => None,
    }
}

/// Makes text from outside safe for a terminal: control characters and line breaks become blanks.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new(&["subject", "share_pct"]);
        grid.push(vec!["A|B\u{1b}[31m".into(), Cell::shown(80.625, "80.6")]);
        grid.push(vec!["C, D".into(), Value::Null.into()]);
        grid
    }

    #[test]
    fn programs_get_exact_values_and_people_rounded_ones() {
        let grid = grid();
        assert!(grid.text(Format::Csv).expect("text").contains("80.625"));
        assert!(grid.text(Format::Csv).expect("text").contains("\"C, D\",\n"));
        assert!(grid.text(Format::Table).expect("text").contains("80.6\n"));
        assert!(grid.text(Format::Jsonl).expect("text").contains("\"share_pct\":null"));
    }

    #[test]
    fn a_table_says_once_what_all_rows_share_and_leaves_out_empty_columns() {
        let mut grid = Grid::new(&["market", "subject", "flags"]);
        grid.push(vec!["Russia".into(), "China".into(), "".into()]);
        grid.push(vec!["Russia".into(), "Japan".into(), "".into()]);
        let text = grid.text(Format::Table).expect("text");
        assert!(text.starts_with("market Russia\n"), "{text}");
        assert_eq!(text.matches("Russia").count(), 1);
        assert!(!text.contains("flags"));
        assert!(grid.text(Format::Csv).expect("text").starts_with("market,subject,flags\n"));
    }

    #[test]
    fn a_terminal_never_gets_control_codes_from_outside() {
        assert!(!grid().text(Format::Table).expect("text").contains('\u{1b}'));
        assert!(grid().text(Format::Markdown).expect("text").contains("A\\|B"));
    }
}
