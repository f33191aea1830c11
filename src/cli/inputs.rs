//! The flags that say what an input does not say itself, and the inputs: files, folders, `-`.

use super::Common;
use super::commands::remark;
use super::failure;
use anyhow::Result;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use tradeshare::ingest::article::ArticleOptions;
use tradeshare::ingest::table::{Mapping, TableOptions};
use tradeshare::ingest::{Kind, Unpacked, open, read_all, unpack, walk};
use tradeshare::model::{Basis, Period};
use tradeshare::pipeline::IngestOptions;
use tradeshare::reference::{places, products};

/// What an input does not say itself
#[derive(Debug, clap::Args)]
pub(super) struct InputArgs {
    /// Read as: text, markdown, html, jsonl or table (without it the content decides)
    #[arg(long = "as", value_name = "KIND", help_heading = "Input", value_parser = kind)]
    kind: Option<Kind>,

    /// Day of publication of articles that carry none: `2022-09-13`
    #[arg(long, value_name = "DATE", help_heading = "Input")]
    published: Option<Date>,

    /// Publisher of the articles
    #[arg(long = "publisher", value_name = "NAME", help_heading = "Input")]
    publisher: Option<String>,

    /// Address the article was read at
    #[arg(long, value_name = "URL", help_heading = "Input")]
    url: Option<String>,

    /// Language of the articles, as `en`
    #[arg(long, value_name = "CODE", help_heading = "Input")]
    lang: Option<String>,

    /// Mapping of columns for a table of an unknown shape
    #[arg(long, value_name = "TOML", help_heading = "Input")]
    map: Option<PathBuf>,

    /// Text encoding of tables, where the rule gets it wrong: `windows-1252`, `gb18030`
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    encoding: Option<String>,

    /// Dataset key to file the rows under
    #[arg(long, value_name = "KEY", help_heading = "Input")]
    dataset: Option<String>,

    /// Market of a table that does not name it
    #[arg(long = "table-market", value_name = "NAME", help_heading = "Input")]
    market: Option<String>,

    /// Product of a table that does not name it
    #[arg(long = "table-product", value_name = "KEY", help_heading = "Input")]
    product: Option<String>,

    /// Period of a table that does not name it
    #[arg(long = "table-period", value_name = "PERIOD", help_heading = "Input")]
    period: Option<Period>,

    /// Flow or other basis of a table that does not name it: imports, exports, sales, registrations …
    #[arg(long = "table-flow", value_name = "BASIS", help_heading = "Input")]
    basis: Option<Basis>,
}

fn kind(word: &str) -> Result<Kind, String> {
    match word {
        "text" => Ok(Kind::Text),
        "markdown" => Ok(Kind::Markdown),
        "html" => Ok(Kind::Html),
        "jsonl" => Ok(Kind::JsonLines),
        "table" => Ok(Kind::Table),
        _ => Err("expected text, markdown, html, jsonl or table".to_owned()),
    }
}

impl InputArgs {
    /// Resolves names and reads the mapping file.
    pub(super) fn options(&self) -> Result<IngestOptions> {
        let mapping = match &self.map {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|source| tradeshare::Error::Io {
                    action: "read",
                    path: path.clone(),
                    source,
                })?;
                Some(Mapping::from_toml(path, &text)?)
            }
            None => None,
        };
        let market = self.market.as_deref().map(|name| places().find(name)).transpose()?;
        let product = self.product.as_deref().map(|name| products().find(name)).transpose()?;
        Ok(IngestOptions {
            article: ArticleOptions {
                published: self.published,
                url: self.url.clone(),
                title: None,
                source: self.publisher.clone(),
                lang: self.lang.clone(),
            },
            table: TableOptions {
                mapping,
                encoding: self.encoding.clone(),
                market: market.map(tradeshare::reference::Place::subject),
                product: product.map(|product| product.key.clone()),
                period: self.period,
                basis: self.basis,
                dataset: self.dataset.clone(),
            },
            kind: self.kind,
            released: None,
            max_rejects: None,
            dry_run: false,
            progress: None,
        })
    }
}

/// An input that could be read: its name and its bytes.
pub(super) struct Input {
    pub(super) name: PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// Reads the inputs one by one and hands them to `each`; what cannot be read is reported and the rest goes on.
///
/// Returns how many inputs failed.
pub(super) fn for_each(
    paths: &[PathBuf],
    common: &Common,
    each: impl FnMut(Input) -> Result<()>,
) -> Result<usize> {
    for_each_or(paths, common, |_| Ok(false), each)
}

/// As [`for_each`], but asks `unread` first: what it has taken as a file is not read into memory.
pub(super) fn for_each_or(
    paths: &[PathBuf],
    common: &Common,
    mut unread: impl FnMut(&Path) -> Result<bool>,
    mut each: impl FnMut(Input) -> Result<()>,
) -> Result<usize> {
    let mut failed = 0;
    let mut fail = |error: &anyhow::Error| {
        eprintln!("error: {}", failure::message(error));
        failed += 1;
    };
    let (streams, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.as_os_str() == "-");
    if !streams.is_empty() {
        let name = Path::new("-");
        let unpacked = read_all(std::io::stdin().lock(), name).and_then(|bytes| unpack(name, bytes));
        each_inside(PathBuf::from("-"), unpacked, common, &mut each, &mut |error| stop_or(error, &mut fail))?;
    }
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let found = walk(&paths);
    for problem in found.problems {
        fail(&problem.into());
    }
    if !found.skipped.is_empty() {
        let some: Vec<String> = found.skipped.iter().take(3).map(|path| shown(path)).collect();
        let more = if found.skipped.len() > 3 { " …" } else { "" };
        let text =
            format!("{} files of other kinds left alone: {}{more}", found.skipped.len(), some.join(", "));
        remark(common, &text);
    }
    let found_count = found.files.len() + usize::from(!streams.is_empty());
    let progress = progress(found.files.len(), common);
    for path in found.files {
        progress.set_message(path.display().to_string());
        match unread(&path) {
            Ok(true) => {}
            Ok(false) => {
                let unpacked = open(&path);
                each_inside(path, unpacked, common, &mut each, &mut |error| {
                    progress.suspend(|| stop_or(error, &mut fail))
                })?;
            }
            Err(error) => progress.suspend(|| stop_or(error, &mut fail))?,
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    if failed > 0 && (found_count > 1 || failed > 1) {
        remark(common, &format!("{failed} of the inputs could not be read; the others were"));
    }
    Ok(failed)
}

/// Hands on an input, or each file of an archive.
fn each_inside(
    name: PathBuf,
    unpacked: tradeshare::Result<Unpacked>,
    common: &Common,
    each: &mut impl FnMut(Input) -> Result<()>,
    failed: &mut impl FnMut(anyhow::Error) -> Result<()>,
) -> Result<()> {
    match unpacked {
        Err(error) => failed(error.into()),
        Ok(Unpacked::One(bytes)) => each(Input { name, bytes }).or_else(failed),
        Ok(Unpacked::Archive(archive)) => {
            if !archive.skipped.is_empty() {
                let some = archive.skipped.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
                let more = if archive.skipped.len() > 3 { " …" } else { "" };
                remark(common, &format!("{}: left alone: {some}{more}", shown(&name)));
            }
            for (name, bytes) in archive {
                let result = bytes.map_err(Into::into).and_then(|bytes| each(Input { name, bytes }));
                result.or_else(&mut *failed)?;
            }
            Ok(())
        }
    }
}

/// A closed pipe or a database that fails ends the run; anything else concerns one input only.
fn stop_or(error: anyhow::Error, fail: &mut impl FnMut(&anyhow::Error)) -> Result<()> {
    let fatal =
        failure::code(&error) == failure::DATABASE || error.downcast_ref::<std::io::Error>().is_some();
    if fatal {
        return Err(error);
    }
    fail(&error);
    Ok(())
}

fn progress(files: usize, common: &Common) -> indicatif::ProgressBar {
    if common.quiet || files < 3 {
        return indicatif::ProgressBar::hidden();
    }
    let style = indicatif::ProgressStyle::with_template("{pos}/{len} {bar:30} {eta} left  {wide_msg}")
        .expect("the template is constant and valid");
    indicatif::ProgressBar::new(files as u64).with_style(style)
}

/// Returns the paths, or standard input when there are none and something is piped in.
pub(super) fn or_stdin(paths: &[PathBuf]) -> Vec<PathBuf> {
    use std::io::IsTerminal;
    if paths.is_empty() && !std::io::stdin().is_terminal() {
        return vec![PathBuf::from("-")];
    }
    paths.to_vec()
}

/// Shows a path without leaving its folder out: the form messages use.
pub(super) fn shown(path: &Path) -> String {
    super::output::printable(&path.display().to_string())
}
