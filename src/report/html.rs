//! A page as one HTML file: charts inside as SVG, no script, prints on A4.

use super::escape::{html as text, link};
use super::page::{Footnote, Page, Section};
use std::fmt::Write;

const STYLE: &str = include_str!("templates/page.css");

/// Prints a page. Same page, same bytes.
pub fn html(page: &Page) -> String {
    let mut out = String::new();
    head(page, &mut out);
    if !page.findings.is_empty() {
        out.push_str("<section class=\"findings\" aria-label=\"Findings\">\n");
        for (sentence, note) in &page.findings {
            line(&mut out, format_args!("<p>{}{}</p>", text(sentence), mark(*note)));
        }
        out.push_str("</section>\n");
    }
    for (at, part) in page.sections.iter().enumerate() {
        section(part, at + 1, &mut out);
    }
    footnotes(&page.footnotes, &mut out);
    if !page.notes.is_empty() {
        out.push_str("<h2>How the numbers were made</h2>\n<ul>\n");
        for note in &page.notes {
            line(&mut out, format_args!("<li>{}</li>", text(note)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn head(page: &Page, out: &mut String) {
    line(out, format_args!("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"));
    line(out, format_args!("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"));
    line(out, format_args!("<meta name=\"generator\" content=\"tradeshare {}\">", text(&page.version)));
    line(
        out,
        format_args!("<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", text(&page.title)),
    );
    line(out, format_args!("<h1>{}</h1>", text(&page.title)));
    if !page.scope.is_empty() {
        line(out, format_args!("<p class=\"scope\">{}</p>", text(&page.scope)));
    }
    line(out, format_args!("<p class=\"stamp\">{}</p>", text(&stamp(page))));
}

/// Says how new the evidence is and what made the page.
pub(super) fn stamp(page: &Page) -> String {
    let as_of = page.as_of.map_or(String::new(), |day| format!("Newest document of {day}. "));
    format!("{as_of}Made with tradeshare {}; every number leads to its proof below.", page.version)
}

fn section(part: &Section, number: usize, out: &mut String) {
    let id = &part.id;
    line(out, format_args!("<section id=\"{id}\">\n<h2>{}</h2>", text(&part.heading)));
    for paragraph in part.text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        line(out, format_args!("<p>{}</p>", text(paragraph)));
    }
    if let Some(picture) = &part.picture {
        // The SVG is our own drawing with its texts escaped, so it goes in as it is.
        line(out, format_args!("<figure id=\"{id}-figure\">\n{}", picture.svg.trim()));
        line(
            out,
            format_args!(
                "<figcaption>Figure {number}. <a href=\"{}\">PNG</a>, <a href=\"{}\">numbers as CSV</a></figcaption>\n</figure>",
                text(&picture.file),
                text(&part.csv)
            ),
        );
    }
    for remark in &part.remarks {
        line(out, format_args!("<p class=\"remark\">{}</p>", text(remark)));
    }
    table(part, out);
    line(
        out,
        format_args!(
            "<details><summary>The question</summary><code>{}</code></details>",
            text(&part.command)
        ),
    );
    out.push_str("</section>\n");
}

fn table(part: &Section, out: &mut String) {
    let table = &part.table;
    if table.rows.is_empty() {
        return;
    }
    let caption =
        if table.caption.is_empty() { String::new() } else { format!("{}. ", text(&table.caption)) };
    out.push_str("<div class=\"table\"><table>\n");
    line(out, format_args!("<caption>{caption}<a href=\"{}\">CSV</a></caption>", text(&part.csv)));
    out.push_str("<thead><tr>");
    for (head, numeric) in &table.heads {
        let class = if *numeric { " class=\"n\"" } else { "" };
        write!(out, "<th scope=\"col\"{class}>{}</th>", text(head)).expect("writing to a string cannot fail");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (cells, footnote) in &table.rows {
        row(&table.heads, cells, *footnote, out);
    }
    out.push_str("</tbody>\n</table></div>\n");
}

/// Writes a row; the last cell carries the mark of the footnote.
fn row(heads: &[(&str, bool)], cells: &[String], footnote: usize, out: &mut String) {
    out.push_str("<tr>");
    for (at, ((head, numeric), cell)) in heads.iter().zip(cells).enumerate() {
        let class = match (*head, *numeric) {
            (_, true) => " class=\"n\"",
            ("Period" | "Rank", _) => " class=\"p\"",
            _ => "",
        };
        let mark = if at + 1 == cells.len() { mark(footnote) } else { String::new() };
        write!(out, "<td{class}>{}{mark}</td>", text(cell)).expect("writing to a string cannot fail");
    }
    out.push_str("</tr>\n");
}

fn footnotes(notes: &[Footnote], out: &mut String) {
    if notes.is_empty() {
        return;
    }
    out.push_str("<h2>Where each number comes from</h2>\n<ol class=\"notes\">\n");
    for (at, note) in notes.iter().enumerate() {
        line(out, format_args!("<li id=\"n{}\">{}", at + 1, text(&note.claim)));
        if !note.quote.is_empty() {
            line(out, format_args!("<blockquote>{}</blockquote>", text(&note.quote)));
        }
        line(out, format_args!("<div class=\"source\">{}", text(&note.source.join(". "))));
        if let Some(url) = note.url.as_deref().and_then(link) {
            line(
                out,
                format_args!(
                    " <a class=\"link\" href=\"{}\" rel=\"noopener noreferrer\">document</a>",
                    text(url)
                ),
            );
        }
        out.push_str("</div></li>\n");
    }
    out.push_str("</ol>\n");
}

fn mark(note: usize) -> String {
    format!("<sup><a href=\"#n{note}\" aria-label=\"proof {note}\">{note}</a></sup>")
}

fn line(out: &mut String, piece: std::fmt::Arguments<'_>) {
    writeln!(out, "{piece}").expect("writing to a string cannot fail");
}
