//! The compiled-in CSV tables: rows by column name, cells with several values, and the index that look-ups use.
//!
//! The tables are part of the program, so a broken one is a broken build and not an error of the user: reading
//! them panics with the row that is wrong, and the tests read every table.

use super::fold;
use csv::StringRecord;
use std::collections::HashMap;

/// Between several values of one cell.
const BETWEEN: char = ';';

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    columns: &'t StringRecord,
    cells: &'t StringRecord,
}

impl<'t> Row<'t> {
    /// Returns the cell of a column, without blanks around it; empty when the table leaves it empty.
    pub(super) fn cell(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|name| name == column).expect("the table has this column");
        self.cells[at].trim()
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

/// Reads a compiled-in table, making something of each row.
///
/// One record serves all rows: the tables have thousands, and every command that names a place waits for them.
pub(super) fn read<T>(csv: &str, mut make: impl FnMut(Row<'_>) -> T) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().expect("the table has a header").clone();
    let mut cells = StringRecord::new();
    let mut made = Vec::new();
    while reader.read_record(&mut cells).expect("the table is well-formed CSV") {
        made.push(make(Row { columns: &columns, cells: &cells }));
    }
    made
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
        let made = read("key,aliases,flag\na, x ; y;,1\nb,,\n", |row| {
            (row.list("aliases"), row.optional("aliases"), row.flag("flag"))
        });
        assert_eq!(made[0].0, ["x", "y"]);
        assert!(made[0].2);
        assert_eq!(made[1], (Vec::new(), None, false));
    }

    #[test]
    #[should_panic(expected = "expected 0 or 1")]
    fn a_flag_that_is_no_flag_is_found() {
        read("flag\nyes\n", |row| row.flag("flag"));
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
