//! The compiled-in CSV tables: rows by column name, cells with several values, and the index that look-ups use.
//!
//! The tables are part of the program, so a broken one is a broken build and not an error of the user: reading
//! them panics with the row that is wrong, and the tests read every table.

use super::fold;
use std::collections::HashMap;

/// Between several values of one cell.
const BETWEEN: char = ';';

/// One row of a table.
pub(super) struct Row {
    cells: HashMap<String, String>,
}

impl Row {
    /// Returns the cell of a column, without blanks around it; empty when the table leaves it empty.
    pub(super) fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map(|cell| cell.trim()).expect("the table has this column")
    }

    /// Returns the cell, or `None` when it is empty.
    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// Returns the values of a cell that may hold several, in the order written.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        let values = self.cell(column).split(BETWEEN).map(str::trim);
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// Returns whether the cell is `1`; empty and `0` are no.
    pub(super) fn flag(&self, column: &str) -> bool {
        match self.cell(column) {
            "1" => true,
            "" | "0" => false,
            other => panic!("column `{column}`: expected 0 or 1, found `{other}`"),
        }
    }
}

/// Reads a compiled-in table.
pub(super) fn rows(csv: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().expect("the table has a header").clone();
    let record = |record: csv::Result<csv::StringRecord>| {
        let record = record.expect("the table is well-formed CSV");
        let cells =
            columns.iter().zip(record.iter()).map(|(column, cell)| (column.to_owned(), cell.to_owned()));
        Row { cells: cells.collect() }
    };
    reader.records().map(record).collect()
}

/// Positions of a table's rows by folded name; one name may lead to several rows.
#[derive(Debug, Default)]
pub(super) struct Index {
    positions: HashMap<String, Vec<usize>>,
}

impl Index {
    /// Lets `name` lead to the row at `position`.
    pub(super) fn add(&mut self, name: &str, position: usize) {
        let positions = self.positions.entry(fold(name)).or_default();
        if !positions.contains(&position) {
            positions.push(position);
        }
    }

    /// Returns the positions that a name leads to, whatever its case and diacritics; empty when nobody has it.
    pub(super) fn get(&self, name: &str) -> &[usize] {
        self.positions.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// Returns the names that lead to several rows.
    #[cfg(test)]
    pub(super) fn shared(&self) -> Vec<&str> {
        let shared = self.positions.iter().filter(|(_, positions)| positions.len() > 1);
        shared.map(|(name, _)| name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_by_column_and_split_at_semicolons() {
        let read = rows("key,aliases,flag\na, x ; y;,1\nb,,\n");
        assert_eq!(read[0].list("aliases"), ["x", "y"]);
        assert!(read[0].flag("flag"));
        assert_eq!(read[1].optional("aliases"), None);
        assert!(!read[1].flag("flag"));
    }

    #[test]
    #[should_panic(expected = "expected 0 or 1")]
    fn a_flag_that_is_no_flag_is_found() {
        rows("flag\nyes\n")[0].flag("flag");
    }

    #[test]
    fn names_lead_to_rows_whatever_their_case_and_diacritics() {
        let mut index = Index::default();
        index.add("Škoda", 3);
        index.add("SKODA", 3);
        assert_eq!(index.get("skoda"), [3]);
        assert!(index.get("seat").is_empty());
        assert!(index.shared().is_empty());
        index.add("skoda", 4);
        assert_eq!(index.shared(), ["skoda"]);
    }
}
