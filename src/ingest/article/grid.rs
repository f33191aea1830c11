//! Tables inside articles: each cell beside the name of its row and the head of its column.
//!
//! A row of a table is no sentence: what a cell means stands at its edges. So percentages of a table are written a cell a line,
//! `Samsung | 24% | Q2 2023 market share`, column after column, as they would be read aloud, and ranks as `Samsung | No. 1`.
//! What else the table holds, and other tables, keep their rows, with tabs between the cells.

/// Most cells of a table that is written so; a dump of rows stays as it is.
const MOST_CELLS: usize = 5_000;

/// Longest text of a cell, in characters; more is prose in a table that only lays out the page.
const LONGEST: usize = 120;

/// Between the parts of a line.
const BAR: &str = " | ";

/// A table as a page shows it.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// What stands above it: its caption, or the line before.
    pub(super) caption: String,
    /// Rows that hold heads only.
    pub(super) heads: Vec<Vec<String>>,
    /// All other rows.
    pub(super) body: Vec<Vec<String>>,
}

impl Grid {
    /// Returns the lines of a table with percentages; `None` for any other.
    pub(super) fn lines(mut self) -> Option<Vec<String>> {
        if self.heads.is_empty() && self.body.len() > 1 && self.first_row_is_head() {
            self.heads.push(self.body.remove(0));
        }
        let width = self.body.iter().map(Vec::len).max().unwrap_or_default();
        let cells = || self.body.iter().flatten();
        let fits = width > 1
            && width * self.body.len() <= MOST_CELLS
            && cells().chain(self.heads.iter().flatten()).all(|cell| cell.chars().count() <= LONGEST);
        if !fits {
            return None;
        }
        let heads: Vec<String> = (0..width).map(|column| self.head(column)).collect();
        let percents: Vec<bool> = (0..width).map(|column| self.is_percent(column, &heads[column])).collect();
        if !percents.contains(&true) {
            return None;
        }
        let names = self.names(width, &percents)?;
        // The sign goes to the cells; a head with a sign would look like another value.
        let heads: Vec<String> = heads
            .iter()
            .zip(&percents)
            .map(|(head, is)| if *is { without_sign(head) } else { head.clone() })
            .collect();
        let ranks: Vec<bool> =
            (0..width).map(|column| !percents[column] && is_rank(&heads[column])).collect();
        let rest: Vec<usize> = (0..width).filter(|column| !percents[*column] && !ranks[*column]).collect();
        let mut lines = Vec::new();
        if rest.iter().any(|column| *column != names) {
            lines.extend([&heads].into_iter().chain(&self.body).filter_map(|row| tabbed(row, &rest)));
        }
        for column in (0..width).filter(|column| ranks[*column] && *column != names) {
            lines.extend(self.cells(names, column, |cell| {
                let bare = number(cell).is_some_and(|rank| rank >= 1.0 && rank.fract() == 0.0);
                (if bare { format!("No. {cell}") } else { cell.to_owned() }, "")
            }));
        }
        for column in (0..width).filter(|column| percents[*column]) {
            lines.extend(self.cells(names, column, |cell| {
                let bare = number(cell).is_some();
                (if bare { format!("{cell}%") } else { cell.to_owned() }, heads[column].as_str())
            }));
        }
        Some(lines)
    }

    /// Returns the cells of a column, a line each: the name of the row, the cell and its head as `shown` gives them.
    fn cells<'s>(
        &self,
        names: usize,
        column: usize,
        shown: impl Fn(&str) -> (String, &'s str),
    ) -> Vec<String> {
        let cell = |row: &Vec<String>| {
            let cell = row.get(column).filter(|cell| !cell.is_empty())?;
            let (cell, head) = shown(cell);
            let parts = [row.get(names).map_or("", String::as_str), &cell, head];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Some(parts.join(BAR))
        };
        self.body.iter().filter_map(cell).collect()
    }

    /// Returns whether the first row names the columns: no number with a sign in it, but some below.
    fn first_row_is_head(&self) -> bool {
        let signed = |row: &Vec<String>| row.iter().any(|cell| is_signed(cell));
        let numbers =
            |row: &Vec<String>| row.iter().filter(|cell| number(cell).is_some() && !is_year(cell)).count();
        !signed(&self.body[0]) && numbers(&self.body[0]) == 0
    }

    /// Returns the head of a column; of several rows of heads all that differ, the nearest to the cells first.
    fn head(&self, column: usize) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for row in self.heads.iter().rev() {
            let part = row.get(column).map_or("", String::as_str);
            if !part.is_empty() && !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }

    /// Returns whether a column holds percentages: by the sign in its cells, or by its head or the caption.
    fn is_percent(&self, column: usize, head: &str) -> bool {
        let mut cells = self.body.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
        if cells.clone().any(|cell| is_signed(cell)) {
            return true;
        }
        let numbers = || self.body.iter().filter_map(|row| number(row.get(column)?));
        says_percent(head) && numbers().next().is_some()
            || says_percent(&self.caption)
                && cells.all(|cell| number(cell).is_some_and(|value| (0.0..=100.0).contains(&value)))
                && numbers().any(|value| value.fract() != 0.0)
    }

    /// Returns the column with the names of the rows: the first one of words, else the first.
    fn names(&self, width: usize, percents: &[bool]) -> Option<usize> {
        let words = |column: &usize| {
            let cells = self.body.iter().filter_map(|row| row.get(*column)).filter(|cell| !cell.is_empty());
            let (all, words) = cells.fold((0, 0), |(all, words), cell| {
                (all + 1, words + usize::from(cell.chars().any(char::is_alphabetic)))
            });
            all > 0 && 2 * words > all
        };
        let mut open = (0..width).filter(|column| !percents[*column]);
        open.clone().find(words).or_else(|| open.next())
    }
}

/// Returns some cells of a row with tabs between them, unless all are empty.
fn tabbed(row: &[String], columns: &[usize]) -> Option<String> {
    let cells: Vec<&str> = columns.iter().filter_map(|column| row.get(*column)).map(String::as_str).collect();
    cells.iter().any(|cell| !cell.is_empty()).then(|| cells.join("\t").trim_end().to_owned())
}

/// Returns whether a column holds positions, by its head.
fn is_rank(head: &str) -> bool {
    let head = head.to_lowercase();
    matches!(head.trim_end_matches('.'), "rank" | "ranking" | "#" | "no" | "pos" | "position" | "place")
}

/// Returns whether a cell is a percentage by itself.
fn is_signed(cell: &str) -> bool {
    let bare = cell.trim_end_matches(['%', ' ', '\u{a0}']);
    (bare.len() < cell.len() && cell.contains('%') && number(bare).is_some())
        || cell
            .strip_suffix("percent")
            .or_else(|| cell.strip_suffix("per cent"))
            .is_some_and(|b| number(b).is_some())
}

/// Reads a number of at most three digits before the point, with or without a sign: `8.9`, `-31`, `+2,5`.
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let bare = cell.trim_start_matches(['+', '-', '−', '–']);
    let (whole, rest) = bare.split_once(['.', ',']).unwrap_or((bare, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() > 4 || !digits(whole) || !digits(rest) || (rest.len() == 3 && bare.contains(',')) {
        return None;
    }
    let value: f64 = format!("{whole}.{rest}").parse().ok()?;
    Some(if bare.len() == cell.len() || cell.starts_with('+') { value } else { -value })
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && number(cell).is_some_and(|value| (1900.0..2100.0).contains(&value))
}

/// Takes the sign out of a head: `Share, %` and `Share (%)` are `Share`.
fn without_sign(head: &str) -> String {
    let bare =
        ["(%)", "[%]", ", %", "in %", "%"].iter().fold(head.to_owned(), |text, sign| text.replace(sign, ""));
    bare.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" ,", ",")
        .trim_end_matches([',', ' '])
        .to_owned()
}

fn says_percent(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains('%') || text.contains("percent") || text.contains("per cent") || text.contains("pct")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let row = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
        text.lines().map(row).collect()
    }

    fn told(caption: &str, heads: &str, body: &str) -> Vec<String> {
        let grid = Grid { caption: caption.to_owned(), heads: rows(heads), body: rows(body) };
        grid.lines().unwrap_or_default()
    }

    #[test]
    fn each_cell_stands_beside_its_name_and_head() {
        assert_eq!(
            told("", "Rank|Vendor|Q2 2023|Q2 2022", "1|Samsung|24%|27%\n2|Tecno|19%|18%"),
            [
                "Samsung | No. 1",
                "Tecno | No. 2",
                "Samsung | 24% | Q2 2023",
                "Tecno | 19% | Q2 2023",
                "Samsung | 27% | Q2 2022",
                "Tecno | 18% | Q2 2022"
            ]
        );
    }

    #[test]
    fn heads_of_two_rows_are_joined_and_a_first_row_of_words_is_a_head() {
        let lines = told("", "Brand|Share|Share\nBrand|2022|2023", "Kia|7%|8%");
        assert_eq!(lines, ["Kia | 7% | 2022, Share", "Kia | 8% | 2023, Share"]);
        assert_eq!(told("", "", "Brand|2022\nKia|7%"), ["Kia | 7% | 2022"]);
        assert_eq!(told("", "", "Kia|7%\nAudi|2%"), ["Kia | 7%", "Audi | 2%"]);
        assert_eq!(told("", "Year|Kia|Audi", "2022|7%|2%"), ["2022 | 7% | Kia", "2022 | 2% | Audi"]);
    }

    #[test]
    fn a_number_under_a_head_that_says_percent_gets_its_sign() {
        let lines = told("", "Brand|Units|Share, %|Change, %", "Kia|1,234|7.5|-3\nAudi|567|n/a|+12");
        assert!(lines.contains(&"Kia | 7.5% | Share".to_owned()), "{lines:?}");
        assert_eq!(lines[..3], ["Brand\tUnits", "Kia\t1,234", "Audi\t567"]);
        assert!(lines.contains(&"Audi | n/a | Share".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Kia | -3% | Change".to_owned()), "{lines:?}");
        let lines = told("Market share, percent", "Brand|2022|2023|Units", "Kia|7.5|8|812345");
        assert_eq!(lines, ["Brand\t2023\tUnits", "Kia\t8\t812345", "Kia | 7.5% | 2022"]);
    }

    #[test]
    fn other_tables_are_left_as_they_are() {
        assert!(told("", "Team|Points", "A|12\nB|9").is_empty());
        assert!(told("", "", "50%").is_empty(), "one column");
        let prose = format!("Kia|{} 7%", "long ".repeat(40));
        assert!(told("", "Brand|Text", &prose).is_empty());
        assert!(told("", "a|b", &vec!["x|1%"; 4000].join("\n")).is_empty(), "a dump of rows");
        assert!(Grid::default().lines().is_none());
    }

    #[test]
    fn numbers_are_told_from_names_and_thousands() {
        for (cell, value) in
            [("8.9", Some(8.9)), ("-31", Some(-31.0)), ("+2,5", Some(2.5)), ("−4", Some(-4.0))]
        {
            assert_eq!(number(cell), value, "{cell}");
        }
        for cell in ["", "1,234", "27,911", "A4", "1.2.3", "-", "12345"] {
            assert_eq!(number(cell), None, "{cell}");
        }
    }
}
