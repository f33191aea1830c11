//! Markdown: marks off, blocks apart, the first heading is the title.

use super::grid::Grid;
use super::plain::front_matter;
use crate::model::Article;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads an article.
pub(super) fn read(id: String, source: &str) -> Article {
    let mut article = Article { id, ..Article::default() };
    let body = front_matter(source, &mut article);
    let mut writer = Writer::default();
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        writer.take(event);
    }
    if article.title.is_none() {
        article.title = writer.title;
    }
    article.text = writer.text;
    article
}

/// Writes blocks a line each; the first heading of level one is kept apart.
#[derive(Default)]
struct Writer {
    text: String,
    title: Option<String>,
    heading_from: Option<usize>,
    /// Where the table begins that is being read, and its rows.
    table: Option<(usize, Grid)>,
    cell_from: usize,
    skip: u32,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. })
                if self.title.is_none() =>
            {
                self.heading_from = Some(self.text.len());
            }
            Event::End(TagEnd::Heading(_)) if self.heading_from.is_some() => {
                let from = self.heading_from.take().unwrap_or_default();
                self.title = Some(self.text.split_off(from).trim().to_owned());
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => self.skip += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => self.skip = self.skip.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if self.skip == 0 => self.text.push_str(&text),
            Event::SoftBreak if self.skip == 0 => self.text.push(' '),
            Event::HardBreak => self.end_line(),
            Event::Start(Tag::Table(_)) => self.table = Some((self.text.len(), Grid::default())),
            Event::Start(Tag::TableHead) => self.row(|grid| grid.heads.push(Vec::new())),
            Event::Start(Tag::TableRow) => self.row(|grid| grid.body.push(Vec::new())),
            Event::Start(Tag::TableCell) => self.cell_from = self.text.len(),
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::End(TagEnd::Table) => self.end_table(),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead,
            ) => self.end_line(),
            _ => {}
        }
    }

    fn row(&mut self, begin: impl FnOnce(&mut Grid)) {
        if let Some((_, grid)) = &mut self.table {
            begin(grid);
        }
    }

    fn end_cell(&mut self) {
        let cell = self.text[self.cell_from..].trim().to_owned();
        self.row(|grid| {
            let row = if grid.body.is_empty() { grid.heads.last_mut() } else { grid.body.last_mut() };
            if let Some(row) = row {
                row.push(cell);
            }
        });
        self.text.push('\t');
    }

    /// Writes a table with percentages anew, a cell a line.
    fn end_table(&mut self) {
        let Some((from, grid)) = self.table.take() else { return };
        if let Some(lines) = grid.lines() {
            self.text.truncate(from);
            self.text.extend(lines.iter().flat_map(|line| [line.as_str(), "\n"]));
        }
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(['\t', ' ']).len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_off_and_blocks_apart() {
        let article = read(
            "a".into(),
            "# The **market**\n\nChina had *81 %*\nof [imports](http://x).\n\n- Xiaomi led\n- others not\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(article.title.as_deref(), Some("The market"));
        assert_eq!(article.text, "China had 81 % of imports.\nXiaomi led\nothers not\na\tb\n1\t2\n");
    }

    #[test]
    fn a_table_with_percentages_is_read_cell_by_cell() {
        let table = "Sales:\n\n| Brand | Units | 2022 | 2023 |\n|---|---|---|---|\n| Kia | 1,234 | 7 % | **8 %** |\n| Audi | 99 | | 2 % |\n\nEnd.\n";
        let article = read("a".into(), table);
        let expected = "Sales:\nBrand\tUnits\nKia\t1,234\nAudi\t99\nKia | 7 % | 2022\nKia | 8 % | 2023\nAudi | 2 % | 2023\nEnd.\n";
        assert_eq!(article.text, expected);
    }
}
