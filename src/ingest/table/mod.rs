//! Tables to rows with roles, through profiles that are data.
//!
//! `decode` makes text of bytes, `recognise` finds the header and the profile that fits (`profiles/*.toml`, or the user's
//! mapping in the same form), `layout` binds the profile to the columns, `rows` reads record by record, `clash` sees to it
//! that every cell has one value. Codes stay text; a row that cannot be read is kept with its reason.

mod case;
mod clash;
mod columns;
mod decode;
mod describe;
mod emit;
mod flow;
mod frame;
mod given;
mod guess;
mod hash;
mod hints;
mod known;
mod layout;
mod list;
mod load;
mod looks;
mod makers;
mod names;
mod number;
mod plan;
mod preview;
mod profile;
mod recognise;
mod rows;
#[cfg(test)]
mod sample_tests;
mod star;
mod stream;
mod suggest;
mod tally;
mod template;
#[cfg(test)]
mod tests;
mod tsv;
mod units;
mod what;
mod when;
mod who;
mod wide;
mod words;

pub use looks::looks_like_table;
pub use preview::preview;
pub use stream::TableStream;

use crate::error::{Error, Result};
use crate::model::{Basis, Dataset, Period, Reject, Subject, TableHead, TableReading};
use emit::Emitter;
use frame::Records;
use profile::Profile;
use recognise::Shape;
use rows::RowReader;
use std::path::Path;

/// What a caller may say about a table that does not say it itself.
#[derive(Debug, Default)]
pub struct TableOptions {
    /// Columns, units and roles of a table of an unknown shape.
    pub mapping: Option<Mapping>,
    /// Text encoding, by its WHATWG label.
    pub encoding: Option<String>,
    /// Market, where no column names it.
    pub market: Option<Subject>,
    /// Product key, where no column names it.
    pub product: Option<String>,
    /// Period, where no column names it.
    pub period: Option<Period>,
    /// Flow or other basis, where no column names it.
    pub basis: Option<Basis>,
    /// Dataset key to file the rows under.
    pub dataset: Option<String>,
}

/// A mapping file: which column is what.
#[derive(Debug)]
pub struct Mapping {
    profile: Profile,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`Error::Line`] for a wrong key or value.
    pub fn from_toml(path: &Path, text: &str) -> Result<Self> {
        load::parse_mapping(path, text).map(|profile| Self { profile })
    }
}

/// Reads a table; gzip and zstd are unpacked.
///
/// # Errors
/// [`Error::Input`] when it is empty or binary, or when it does not say whose market, product or period it holds and `options`
/// do not either; [`Error::UnknownShape`] when no profile and no mapping fits it.
pub fn read(name: &Path, bytes: &[u8], options: &TableOptions) -> Result<TableReading> {
    read_beside(name, bytes, options, None)
}

/// Reads a table as [`read`] does; lists of names that a star schema keeps in files of its own are read from `folder`.
///
/// # Errors
/// As [`read`], and [`Error::Input`] when such a list is missing.
pub fn read_beside(
    name: &Path,
    bytes: &[u8],
    options: &TableOptions,
    folder: Option<&Path>,
) -> Result<TableReading> {
    let bytes = decode::unpack(name, bytes)?;
    let mapped = options.mapping.as_ref().map(|mapping| &mapping.profile);
    let decoded =
        decode::decode(name, &bytes, options, mapped.and_then(|profile| profile.read.encoding.as_deref()))?;
    if let Some((line, length)) = frame::overlong_line(&decoded.text) {
        let reason = format!(
            "line {line} is {} MB long: the file is damaged or no table, and nothing of it is read",
            length / 1_000_000
        );
        return Err(Error::Input { path: name.to_owned(), reason });
    }
    let joined = star::join(name, &decoded.text, folder, options)?;
    let spread = tsv::spread(name, &decoded.text);
    let text: &str = match (&joined, &spread) {
        (Some(joined), _) => &joined.text,
        (None, Some(spread)) => spread,
        (None, None) => &decoded.text,
    };
    let shape = shape_of(name, text, mapped)?;
    let mut reading = read_shape(name, text, &shape, options)?;
    reading.encoding = decoded.encoding;
    reading.notes.extend(joined.into_iter().flat_map(|joined| joined.notes));
    Ok(reading)
}

/// Finds the profile, or the place of the mapping's columns.
fn shape_of<'p>(name: &Path, text: &str, mapped: Option<&'p Profile>) -> Result<Shape<'p>> {
    match mapped {
        Some(profile) => mapped_shape(name, text, profile),
        None => {
            let profiles: Vec<&Profile> = load::built_in().iter().collect();
            recognise::find(name, text, &profiles, None).ok_or_else(|| unknown_shape(name, text))
        }
    }
}

/// A table of which everything above the rows was read.
struct Begun<'p> {
    reader: RowReader<'p>,
    head: TableHead,
    notes: Vec<String>,
}

/// Binds the profile to the columns; `text` is the table or its beginning.
fn begin<'p>(name: &Path, text: &str, shape: &Shape<'p>, options: &TableOptions) -> Result<Begun<'p>> {
    let mut entities = who::Entities::default();
    let mut commodities = what::Commodities::default();
    let sample = |at: usize| {
        let mut records = Records::new(text, shape.body, shape.delimiter);
        let mut cells = Vec::new();
        while cells.len() < 200 && records.advance() {
            cells.push(records.text_of(at).to_owned());
        }
        cells
    };
    let layout = layout::bind(name, shape, &sample, options, &mut entities, &mut commodities)?;
    let (mut columns, mut notes) = (layout.described.clone(), layout.notes.clone());
    if !shape.profile.about.is_empty() {
        columns.insert(0, format!("recognised: {}", shape.profile.about));
    }
    if shape.preamble > 0 {
        let stands = if shape.preamble == 1 { "stands" } else { "stand" };
        notes.push(format!("{} {stands} before the header", tally::many(shape.preamble, "line")));
    }
    let dataset = dataset(shape, options);
    let emitter = Emitter {
        document: name.display().to_string(),
        attribution: Some(dataset.name.clone()).filter(|name| !name.is_empty()),
        rule: format!("table:{}", shape.profile.name),
    };
    let head = TableHead {
        profile: shape.profile.name.clone(),
        encoding: String::new(),
        delimiter: char::from(shape.delimiter),
        columns,
        dataset,
        adds: shape.profile.dataset.adds,
    };
    Ok(Begun { reader: RowReader::new(layout, entities, commodities, emitter), head, notes })
}

fn read_shape(name: &Path, text: &str, shape: &Shape<'_>, options: &TableOptions) -> Result<TableReading> {
    if let Some(spec) = &shape.profile.list {
        return Ok(list::read(text, shape, spec, options));
    }
    let Begun { reader, head, mut notes } = begin(name, text, shape, options)?;
    let records = || Records::new(text, shape.body, shape.delimiter);
    let (reader, mut read) = reader.read(records(), shape.preamble + 1);
    refuse_hopeless(name, read.records, &read.rejects)?;
    let mut clashes = clash::settle(&mut read.observations, &reader.lost, head.adds);
    let in_figures = clash::settle_figures(&mut read.figures);
    clashes.lines.extend(in_figures.lines);
    clashes.notes.extend(in_figures.notes);
    if !clashes.lines.is_empty() {
        read.rejects.extend(clash::rejects(records(), &clashes.lines));
        read.rejects.sort_by_key(|reject| reject.line);
    }
    notes.extend(read.notes);
    notes.extend(clashes.notes);
    notes.extend(reader.entities.remarks.iter().cloned());
    notes.extend(unknown_names(&reader.entities));
    Ok(TableReading {
        profile: head.profile,
        encoding: head.encoding,
        delimiter: head.delimiter,
        columns: head.columns,
        dataset: head.dataset,
        records: read.records,
        entities: reader.entities.list,
        commodities: reader.commodities.list,
        observations: read.observations,
        figures: read.figures,
        rejects: read.rejects,
        notes,
    })
}

/// Refuses a table of which not one row could be read: the shape was mistaken, and a thousand rejects say no more than one.
fn refuse_hopeless(name: &Path, records: u64, rejects: &[Reject]) -> Result<()> {
    if records == 0 {
        let reason = "there is a header and no row below it".to_owned();
        return Err(Error::Input { path: name.to_owned(), reason });
    }
    let Some(first) = rejects.first().filter(|_| rejects.len() as u64 == records) else {
        return Ok(());
    };
    let column = if first.column.is_empty() {
        String::new()
    } else {
        format!("column `{}`: ", layout::short(&first.column))
    };
    let reason = format!(
        "not one of the {} could be read; line {}: {column}{}",
        tally::many(records, "row"),
        first.line,
        first.reason
    );
    Err(Error::Input { path: name.to_owned(), reason })
}

fn dataset(shape: &Shape<'_>, options: &TableOptions) -> Dataset {
    let profile = shape.profile;
    let spec = &profile.dataset;
    let mut key = if spec.key.is_empty() { profile.name.clone() } else { spec.key.clone() };
    let mut currency = spec.currency.clone();
    if let Some(other) = currency_of_column(shape) {
        // Amounts in two currencies are two datasets.
        key = format!("{key}-{}", other.to_lowercase());
        currency = other;
    }
    let or = |text: &String, other: &str| if text.is_empty() { other.to_owned() } else { text.clone() };
    Dataset {
        // Rows that a person files under a name of their own are shown under it: they are not the agency's any more.
        name: options.dataset.clone().unwrap_or_else(|| or(&spec.name, &key)),
        key: options.dataset.clone().unwrap_or(key),
        source: spec.source.clone(),
        currency,
        valuation: or(&spec.valuation, "unknown"),
        exhaustive: spec.exhaustive,
        reconciled: spec.reconciled,
        selection: spec.selection,
    }
}

/// Returns the currency that the name of the value's column says, where it is not the profile's own.
fn currency_of_column(shape: &Shape<'_>) -> Option<String> {
    let value = shape.profile.value.as_ref()?;
    let (at, _) = shape.header.find(value.column.as_ref()?)?;
    let name = recognise::fold(&shape.header.cells[at]);
    value.currencies.iter().find(|(word, _)| recognise::fold(word) == name).map(|(_, code)| code.clone())
}

/// Finds the header that a mapping means: the first line with all columns it names.
fn mapped_shape<'p>(name: &Path, text: &str, profile: &'p Profile) -> Result<Shape<'p>> {
    let delimiter = profile.read.delimiter.and_then(|c| u8::try_from(c).ok());
    recognise::find(name, text, &[profile], delimiter).ok_or_else(|| {
        let header = best_header(text, delimiter);
        let cells: Vec<&str> = header.iter().map(String::as_str).collect();
        let reason = format!(
            "no line of the first 20 has the columns that mapping `{}` asks for: {}; the table has {}",
            profile.name,
            layout::quoted(&profile.recognise.required.iter().map(String::as_str).collect::<Vec<_>>()),
            layout::quoted(&cells),
        );
        Error::Input { path: name.to_owned(), reason }
    })
}

fn best_header(text: &str, delimiter: Option<u8>) -> Vec<String> {
    let Some(delimiter) = delimiter.or_else(|| frame::delimiters(text).first().copied()) else {
        return Vec::new();
    };
    frame::likely_header(text, delimiter).map(|(cells, _)| cells).unwrap_or_default()
}

fn unknown_shape(name: &Path, text: &str) -> Error {
    let header = best_header(text, None);
    let cells: Vec<&str> = header.iter().map(String::as_str).collect();
    if cells.len() < 2 {
        let reason = "this is not a table: no delimiter cuts its lines into columns".to_owned();
        return Error::Input { path: name.to_owned(), reason };
    }
    let reason = format!(
        "no known format has these columns: {}; `ingest --suggest-map` writes a mapping to look through, `--map` reads with it",
        layout::quoted(&cells)
    );
    Error::UnknownShape { path: name.to_owned(), reason }
}

fn unknown_names(entities: &who::Entities) -> Option<String> {
    if entities.unknown.is_empty() {
        return None;
    }
    let names: Vec<&str> = entities.unknown.keys().map(String::as_str).collect();
    let are = if names.len() == 1 { "is in no table and stays" } else { "are in no table and stay" };
    let many = tally::many(names.len() as u64, "name");
    Some(format!("{many} {are} as written: {}", layout::quoted(&names)))
}

/// Writes a mapping for a table of an unknown shape, with what could be guessed and comments on the rest.
///
/// # Errors
/// [`Error::Input`] when the bytes are not a table.
pub fn suggest_mapping(name: &Path, bytes: &[u8]) -> Result<String> {
    let bytes = decode::unpack(name, bytes)?;
    let decoded = decode::decode(name, &bytes, &TableOptions::default(), None)?;
    suggest::guess(&name.display().to_string(), &decoded.text)
        .map(|guess| guess.mapping())
        .ok_or_else(|| unknown_shape(name, &decoded.text))
}

/// Describes a table of an unknown shape: what each column is taken for, how sure that is and why, what is missing, and the
/// rows that the suggested mapping would give together with `options`.
///
/// # Errors
/// [`Error::Input`] when the bytes are not a table.
pub fn describe_unknown(name: &Path, bytes: &[u8], options: &TableOptions) -> Result<Vec<String>> {
    let bytes = decode::unpack(name, bytes)?;
    let decoded = decode::decode(name, &bytes, options, None)?;
    let guess = suggest::guess(&name.display().to_string(), &decoded.text)
        .ok_or_else(|| unknown_shape(name, &decoded.text))?;
    let mut lines = vec![format!("no known format; a guess: {}", decoded.encoding)];
    lines[0] = format!("{}, {}", lines[0], guess.lines()[0]);
    lines.extend(guess.lines().into_iter().skip(1));
    let given = |flag: &str| match flag.split(' ').next() {
        Some("--table-market") => options.market.is_some(),
        Some("--table-product") => options.product.is_some(),
        Some("--table-period") => options.period.is_some(),
        Some("--table-flow") => options.basis.is_some(),
        _ => false,
    };
    let missing: Vec<suggest::Missing> = guess.missing().into_iter().filter(|one| !given(one.flag)).collect();
    for one in &missing {
        let flag = if one.flag.is_empty() { String::new() } else { format!(": `{}`", one.flag) };
        lines.push(format!("nothing says {}{flag}", one.what));
    }
    if missing.is_empty() {
        let profile = load::parse_mapping(Path::new("guess"), &guess.mapping())?;
        let read = mapped_shape(name, &decoded.text, &profile)
            .and_then(|shape| read_shape(name, &decoded.text, &shape, options));
        match read {
            Ok(reading) => {
                lines.extend(preview(&reading));
                lines.extend(reading.figures.iter().take(10).map(|(_, figure)| figure.to_string()));
                lines.extend(reading.notes.iter().map(|note| format!("note: {note}")));
                if !reading.rejects.is_empty() {
                    lines.push(format!(
                        "{} of {} would be left out:",
                        reading.rejects.len(),
                        tally::many(reading.records, "row")
                    ));
                }
                let rejects = reading.rejects.iter().take(5);
                lines.extend(rejects.map(|one| format!("  line {}: {}", one.line, one.reason)));
            }
            Err(error) => lines.push(format!("read so it fails: {error}")),
        }
    }
    Ok(lines)
}
