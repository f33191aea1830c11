//! Markdown: marks off, blocks apart, the first heading is the title.

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
            Event::End(TagEnd::TableCell) => self.text.push('\t'),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead,
            ) => self.end_line(),
            _ => {}
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
}
