//! The same page as Markdown, with the pictures beside it: for a forge, a wiki, or pandoc.

use super::escape::{link, markdown as text};
use super::html::stamp;
use super::page::{Footnote, Page, Section};
use super::table::Table;
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
    table(&part.table, out);
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

fn table(table: &Table, out: &mut String) {
    if table.rows.is_empty() {
        return;
    }
    if !table.caption.is_empty() {
        line(out, format_args!("{}:\n", text(&table.caption)));
    }
    let heads: Vec<&str> = table.heads.iter().map(|(head, _)| *head).collect();
    let rules: Vec<&str> =
        table.heads.iter().map(|(_, numeric)| if *numeric { "---:" } else { "---" }).collect();
    line(out, format_args!("| {} |\n| {} |", heads.join(" | "), rules.join(" | ")));
    for (cells, footnote) in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| text(cell)).collect();
        line(out, format_args!("| {}[^{footnote}] |", cells.join(" | ")));
    }
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
