//! Star schemas: a table of codes whose names stand in sister files beside it.
//!
//! Austria's open data come so: `X.csv` holds codes (`C-…`) and numbers (`F-…`), `X_C-….csv` the names of one column's codes,
//! `X_HEADER.csv` what the columns are. The sisters are read, never written, and only from the table's own folder.

use super::decode::{self, Decoded};
use super::frame::Records;
use super::recognise::stem;
use super::{TableOptions, tally::many};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::path::Path;

/// Largest sister file, in bytes: a list of names is small.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A table with names in place of its codes.
#[derive(Debug)]
pub(super) struct Joined {
    pub text: String,
    pub notes: Vec<String>,
}

/// Says whether the first line is that of a star schema.
pub(super) fn is_star(text: &str) -> bool {
    header(text).is_some()
}

fn header(text: &str) -> Option<Vec<String>> {
    let mut records = Records::new(text, 0, b';');
    if !records.advance() {
        return None;
    }
    let header: Vec<String> = (0..records.cells().len()).map(|at| records.text_of(at).to_owned()).collect();
    let is = |mark: &str| header.iter().any(|cell| cell.starts_with(mark));
    let star = header.iter().all(|cell| cell.starts_with("C-") || cell.starts_with("F-"));
    (star && is("C-") && is("F-")).then_some(header)
}

/// Puts names in place of codes; `None` when the table is no star.
///
/// # Errors
/// [`Error::Input`] when a sister file is missing or cannot be read.
pub(super) fn join(
    name: &Path,
    text: &str,
    folder: Option<&Path>,
    options: &TableOptions,
) -> Result<Option<Joined>> {
    let Some(header) = header(text) else { return Ok(None) };
    let mut records = Records::new(text, 0, b';');
    records.advance();
    let stem = stem(name);
    let sister = |cell: &str| -> Result<HashMap<String, String>> {
        let file = format!("{stem}_{cell}.csv");
        let missing = |why: String| Error::Input {
            path: name.to_owned(),
            reason: format!("the names of its codes stand in `{file}`, which must lie beside it: {why}"),
        };
        let path =
            folder.ok_or_else(|| missing("the table is not read from a folder".to_owned()))?.join(&file);
        let size = std::fs::metadata(&path).map_err(|error| missing(error.to_string()))?.len();
        if size > LARGEST {
            return Err(missing(format!("it is too large for a list of names ({size} bytes)")));
        }
        let bytes = std::fs::read(&path).map_err(|error| missing(error.to_string()))?;
        names(&decode::decode(&path, &bytes, options, None)?)
    };
    let columns = sister("HEADER")?;
    let lists: Vec<Option<HashMap<String, String>>> = header
        .iter()
        .map(|cell| if cell.starts_with("C-") { sister(cell).map(Some) } else { Ok(None) })
        .collect::<Result<_>>()?;
    let line = |cells: Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";");
    let mut joined = line(header.iter().map(|cell| columns.get(cell).unwrap_or(cell).clone()).collect());
    let mut unknown = 0_u64;
    while records.advance() {
        let mut cells = Vec::with_capacity(header.len());
        for at in 0..records.cells().len() {
            let cell = records.text_of(at);
            let known = lists.get(at).and_then(Option::as_ref).map(|list| list.get(cell));
            unknown += u64::from(known == Some(None));
            cells.push(known.flatten().map_or(cell, String::as_str).to_owned());
        }
        joined.push('\n');
        joined.push_str(&line(cells));
    }
    joined.push('\n');
    let codes: usize = lists.iter().flatten().map(HashMap::len).sum();
    let mut notes = vec![format!(
        "names of {codes} codes are taken from {} beside it, `{stem}_…`",
        many(lists.iter().flatten().count() as u64 + 1, "file")
    )];
    if unknown > 0 {
        notes.push(format!("{} no list names stay as they are", many(unknown, "code")));
    }
    Ok(Some(Joined { text: joined, notes }))
}

/// Reads code and name of a list: the name in the list's own language, which is the one that is kept up (in English
/// `MG (RC)` is plain `MG`), without the number behind it.
fn names(list: &Decoded<'_>) -> Result<HashMap<String, String>> {
    let mut records = Records::new(&list.text, 0, b';');
    let mut found = HashMap::new();
    let header: Vec<String> = match records.advance() {
        true => (0..records.cells().len()).map(|at| records.text_of(at).to_owned()).collect(),
        false => Vec::new(),
    };
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let (code, name, english) = (column("code"), column("name"), column("en_name"));
    while records.advance() {
        let text = |at: Option<usize>| at.map_or("", |at| records.text_of(at));
        let full = if text(name).is_empty() { text(english) } else { text(name) };
        // `VW (D) <049400>`: the number is a code of another list.
        let bare = full
            .trim_matches(['"', '\''])
            .split(" <")
            .next()
            .unwrap_or(full)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if !text(code).is_empty() && !bare.is_empty() {
            found.insert(text(code).to_owned(), bare);
        }
    }
    Ok(found)
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
