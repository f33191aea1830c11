//! The same page as Markdown, with the pictures beside it: for a forge, a wiki, or pandoc.

use super::escape::{link, markdown as text};
use super::html::stamp;
use super::page::{Footnote, Page, Section};
use std::fmt::Write;

/// Prints a page. Same page, same bytes.
pub fn markdown(page: &Page) -> String {
    let mut out = String::new();
    line(&mut out, format_args!("# {}\n", text(&page.title)));
    if !page.scope.is_empty() {
        line(&mut out, format_args!("{}\n", text(&page.scope)));
    }
    line(&mut out, format_args!("{}\n", text(&stamp(page))));
    for (sentence, note) in &page.findings {
        line(&mut out, format_args!("- {}[^{note}]", text(sentence)));
    }
    for part in &page.sections {
        section(part, &mut out);
    }
    if !page.notes.is_empty() {
        out.push_str("\n## How the numbers were made\n\n");
        for note in &page.notes {
            line(&mut out, format_args!("- {}", text(note)));
        }
    }
    if !page.footnotes.is_empty() {
        out.push_str("\n## Where each number comes from\n\n");
    }
    for (at, note) in page.footnotes.iter().enumerate() {
        footnote(at + 1, note, &mut out);
    }
    out
}

fn section(part: &Section, out: &mut String) {
    line(out, format_args!("\n## {}\n", text(&part.heading)));
    for paragraph in part.text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        line(out, format_args!("{}\n", text(paragraph)));
    }
    if let Some(picture) = &part.picture {
        line(out, format_args!("![{}]({})\n", text(&picture.alt), picture.file));
    }
    for remark in &part.remarks {
        line(out, format_args!("> {}\n", text(remark)));
    }
    if !part.rows.is_empty() {
        out.push_str("| period | who | in | share, % | rank | of what | evidence |\n");
        out.push_str("| --- | --- | --- | ---: | --- | --- | --- |\n");
    }
    for row in &part.rows {
        let amounts = if row.amounts.is_empty() { String::new() } else { format!("; {}", row.amounts) };
        let cells = [&row.period, &row.subject, &row.market, &row.share, &row.rank, &row.of_what]
            .map(|cell| text(cell));
        line(
            out,
            format_args!(
                "| {} | {}{}[^{}] |",
                cells.join(" | "),
                text(&row.evidence),
                text(&amounts),
                row.footnote
            ),
        );
    }
    line(
        out,
        format_args!(
            "\nThe rows: [{}]({}). The question: `{}`",
            text(&part.csv),
            part.csv,
            part.command.replace('`', "'")
        ),
    );
}

fn footnote(number: usize, note: &Footnote, out: &mut String) {
    let quote = if note.quote.is_empty() { String::new() } else { format!(" “{}”", text(&note.quote)) };
    let url = note.url.as_deref().and_then(link).map_or(String::new(), |url| format!(" <{url}>"));
    line(
        out,
        format_args!("[^{number}]: {}{quote} {}{url}\n", text(&note.claim), text(&note.source.join(". "))),
    );
}

fn line(out: &mut String, piece: std::fmt::Arguments<'_>) {
    writeln!(out, "{piece}").expect("writing to a string cannot fail");
}
