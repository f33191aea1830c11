//! Builds a report: reads its inputs, asks its questions, draws its charts, writes its page.

use super::ingest::{Dated, IngestOptions, Ingested};
use super::many::{Input, ingest_many};
use crate::chart::{self, ChartKind, ChartOptions, ChartSpec};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::ingest::walk;
use crate::model::{Answer, Proof, Question};
use crate::query;
use crate::report::{self, ChartWish, DescribedInput, InputSpec, Picture, SectionAnswer, SectionSpec, Spec};
use crate::store::Store;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Where a report goes and when it is made.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// Folder to write to, instead of the spec's.
    pub output: Option<PathBuf>,
    /// Database file, instead of the spec's.
    pub database: Option<PathBuf>,
    /// Moment and program.
    pub dated: Dated,
}

/// What was built.
#[derive(Debug)]
pub struct BuiltReport {
    /// The inputs, as ingested.
    pub inputs: Vec<Ingested>,
    /// Inputs that could not be read.
    pub failed: Vec<(String, Error)>,
    /// Missing glyphs, questions without an answer.
    pub warnings: Vec<String>,
    /// The database file.
    pub database: PathBuf,
    /// Batches in it.
    pub held: u64,
    /// Files written.
    pub files: Vec<PathBuf>,
}

/// Builds the report of a spec.
///
/// # Errors
/// [`Error::Line`] for a wrong key in the spec, name errors of its questions, and those of the stages. An input
/// that cannot be read and a question that is refused do not stop the rest: they are named in the result.
pub fn build_report(path: &Path, options: &ReportOptions) -> Result<BuiltReport> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let spec = Spec::from_toml(path, &text)?;
    // Wrong names in a spec are found before the long work.
    let questions =
        spec.sections.iter().map(|section| question(path, section)).collect::<Result<Vec<_>>>()?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let output = options
        .output
        .clone()
        .or_else(|| spec.output.as_ref().map(|p| folder.join(p)))
        .unwrap_or_else(|| path.with_extension(""));
    std::fs::create_dir_all(&output).map_err(Error::io("make the folder", &output))?;
    let database = options
        .database
        .clone()
        .or_else(|| spec.database.as_ref().map(|p| folder.join(p)))
        .unwrap_or_else(|| output.join("tradeshare.db"));

    let mut store = Store::open(&database)?;
    let mut built = BuiltReport {
        inputs: Vec::new(),
        failed: Vec::new(),
        warnings: Vec::new(),
        database,
        held: 0,
        files: Vec::new(),
    };
    read_inputs(&mut store, &spec, folder, options, &mut built)?;
    built.held = store.batches()?.iter().filter(|batch| batch.status == "done").count() as u64;

    let mut answers = Vec::new();
    let mut proofs = BTreeMap::new();
    for (at, (section, question)) in spec.sections.iter().zip(&questions).enumerate() {
        let answer = answer(&store, section, question, &mut built.warnings)?;
        for row in &answer.rows {
            if !proofs.contains_key(&row.id) {
                proofs.insert(row.id.clone(), query::proof(&store, &row.id)?);
            }
        }
        answers.push(section_answer(at, section, answer, &output, &mut built)?);
    }
    write_pages(&spec, answers, &proofs, options, &output, &mut built)?;
    Ok(built)
}

fn read_inputs(
    store: &mut Store,
    spec: &Spec,
    folder: &Path,
    options: &ReportOptions,
    built: &mut BuiltReport,
) -> Result<()> {
    let extractor = Extractor::new();
    for input in spec.inputs.iter().map(InputSpec::described) {
        let found = walk(&[tidy(&folder.join(&input.path))]);
        built
            .failed
            .extend(found.problems.into_iter().map(|error| (input.path.display().to_string(), error)));
        let options_of_input = input_options(&input);
        let inputs = found.files.into_iter().map(Input::File);
        ingest_many(Some(store), &extractor, inputs, &options_of_input, &options.dated, |name, _, done| {
            match done {
                Ok(done) => built.inputs.push(done),
                Err(error @ (Error::Database { .. } | Error::Store { .. })) => return Err(error),
                Err(error) => built.failed.push((name.display().to_string(), error)),
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn input_options(input: &DescribedInput) -> IngestOptions {
    let mut options = IngestOptions { released: input.released, ..IngestOptions::default() };
    options.article.published = input.published;
    options.article.source.clone_from(&input.publisher);
    options.table.dataset.clone_from(&input.dataset);
    options
}

fn question(path: &Path, section: &SectionSpec) -> Result<Question> {
    let words: Vec<String> = section.question.split_whitespace().map(str::to_owned).collect();
    let parsed = query::parse(&words).map_err(|error| match error {
        Error::Value { expected, found } => Error::Input {
            path: path.to_owned(),
            reason: format!("section `{}`: expected {expected}, found `{found}`", section.heading),
        },
        other => other,
    })?;
    Ok(Question {
        basis: section.basis.or(parsed.basis),
        unit: section.unit,
        period: section.period,
        by: section.by,
        evidence: section.from.evidence(),
        source: section.source.clone(),
        top: section.top,
        allow_partial: section.allow_partial,
        approx_mean: section.approx_mean,
        accepted_only: section.accepted,
        ..parsed
    })
}

/// Answers a section's question; a refusal is an empty answer that says why.
fn answer(
    store: &Store,
    section: &SectionSpec,
    question: &Question,
    warnings: &mut Vec<String>,
) -> Result<Answer> {
    let answer = match query::answer(store, question) {
        Ok(answer) => answer,
        Err(error @ (Error::Refused { .. } | Error::Unknown { .. })) => {
            Answer { rows: Vec::new(), notes: vec![error.to_string()] }
        }
        Err(error) => return Err(error),
    };
    if answer.rows.is_empty() {
        warnings.push(format!(
            "section `{}`: {}",
            section.heading,
            answer.notes.first().map_or("nothing found", String::as_str)
        ));
    }
    Ok(answer)
}

fn section_answer(
    at: usize,
    section: &SectionSpec,
    answer: Answer,
    output: &Path,
    built: &mut BuiltReport,
) -> Result<SectionAnswer> {
    let name = format!("{}-{}", at + 1, slug(&section.heading));
    let csv = format!("{name}.csv");
    write(output, &csv, &report::csv(&answer)?, built)?;
    let mut remarks = Vec::new();
    if answer.rows.is_empty() {
        remarks.push(
            answer
                .notes
                .first()
                .map_or("Nothing was found.".to_owned(), |note| format!("No answer: {note}.")),
        );
    }
    let picture = match chart_spec(section, &answer) {
        None => None,
        Some(Ok(spec)) => Some(draw(&spec, &format!("{name}.png"), output, built)?),
        Some(Err(error)) => {
            if !answer.rows.is_empty() {
                remarks.push(format!("No picture: {error}."));
            }
            None
        }
    };
    Ok(SectionAnswer { command: command(section), answer, picture, remarks, csv })
}

fn chart_spec(section: &SectionSpec, answer: &Answer) -> Option<Result<ChartSpec>> {
    let kind = match section.chart {
        ChartWish::None => return None,
        ChartWish::Auto => ChartKind::Auto,
        ChartWish::Lines => ChartKind::Lines,
        ChartWish::Bars => ChartKind::Bars,
    };
    let options = ChartOptions { kind, title: section.chart_title.clone(), ..ChartOptions::default() };
    Some(chart::from_answer(answer, &options))
}

fn draw(spec: &ChartSpec, file: &str, output: &Path, built: &mut BuiltReport) -> Result<Picture> {
    let png = chart::png(spec)?;
    let svg = chart::svg(spec)?;
    built.warnings.extend(png.warnings);
    write(output, file, &png.bytes, built)?;
    let svg = String::from_utf8_lossy(&svg.bytes);
    // Inside a page the XML declaration has no place.
    let svg = svg.find("<svg").map_or_else(|| svg.to_string(), |at| svg[at..].to_owned());
    Ok(Picture { file: file.to_owned(), alt: spec.alt.clone(), svg })
}

fn write_pages(
    spec: &Spec,
    answers: Vec<SectionAnswer>,
    proofs: &BTreeMap<String, Proof>,
    options: &ReportOptions,
    output: &Path,
    built: &mut BuiltReport,
) -> Result<()> {
    let page = report::page(spec, answers, proofs, &options.dated.tool_version);
    write(output, "index.html", report::html(&page).as_bytes(), built)?;
    write(output, "report.md", report::markdown(&page).as_bytes(), built)
}

fn write(folder: &Path, name: &str, bytes: &[u8], built: &mut BuiltReport) -> Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(Error::io("write", &path))?;
    built.files.push(path);
    Ok(())
}

/// Returns the command that asks the same question.
fn command(section: &SectionSpec) -> String {
    let mut words = vec!["tradeshare query".to_owned(), section.question.clone()];
    let mut flag = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            words.push(format!("--{name} {value}"));
        }
    };
    flag("basis", section.basis.map(|basis| basis.to_string()));
    flag("unit", section.unit.map(|unit| unit.to_string()));
    flag("period", section.period.map(|period| period.to_string()));
    flag("by", section.by.map(|by| format!("{by:?}").to_lowercase()));
    flag("from", section.from.evidence().map(|_| format!("{:?}", section.from).to_lowercase()));
    flag("source", section.source.clone());
    flag("top", section.top.map(|top| top.to_string()));
    for (name, set) in [
        ("allow-partial", section.allow_partial),
        ("approx-mean", section.approx_mean),
        ("accepted", section.accepted),
    ] {
        if set {
            words.push(format!("--{name}"));
        }
    }
    words.join(" ")
}

/// Turns a heading into a file name: lower-case ASCII words joined by hyphens.
fn slug(heading: &str) -> String {
    let words: Vec<String> = heading
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() { "section".to_owned() } else { words.join("-") }
}

/// Resolves `..` by name, so that `reports/../fixtures` reads `fixtures`.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_names_are_tidy() {
        assert_eq!(tidy(Path::new("reports/../fixtures/./a.txt")), PathBuf::from("fixtures/a.txt"));
        assert_eq!(tidy(Path::new("../../x")), PathBuf::from("../../x"));
        assert_eq!(slug("Imports of cars: China's part"), "imports-of-cars-china-s-part");
        assert_eq!(slug("中国"), "section");
    }
}
