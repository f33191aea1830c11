//! The flags that say what an input does not say itself, and the inputs: files, folders, `-`.

use super::Common;
use super::commands::remark;
use super::failure;
use anyhow::Result;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tradeshare::extract::Extractor;
use tradeshare::ingest::article::ArticleOptions;
use tradeshare::ingest::table::{Mapping, TableOptions};
use tradeshare::ingest::{Archive, Kind, Unpacked, is_archive, open, read_all, unpack, walk};
use tradeshare::model::{Basis, Period};
use tradeshare::pipeline::{IngestOptions, Input};
use tradeshare::reference::{places, products};

/// What an input does not say itself
#[derive(Debug, clap::Args)]
pub(super) struct InputArgs {
    /// Read articles with the encoder, or many times faster and less often right without
    #[arg(long, value_enum, default_value_t = Engine::Full, help_heading = "Input")]
    engine: Engine,

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

/// How articles are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Engine {
    /// Linear models with the opinions of the encoder.
    Full,
    /// Linear models alone.
    Fast,
}

impl InputArgs {
    /// Builds the extractor that was asked for.
    pub(super) fn extractor(&self) -> Extractor {
        match self.engine {
            Engine::Full => Extractor::new(),
            Engine::Fast => Extractor::fast(),
        }
    }

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
            accept: None,
            dry_run: false,
            progress: None,
        })
    }
}

/// The inputs that the arguments name, and those among them that could not be read.
pub(super) struct Inputs<'a> {
    common: &'a Common,
    found: Vec<PathBuf>,
    count: usize,
    failed: usize,
    progress: indicatif::ProgressBar,
}

impl<'a> Inputs<'a> {
    /// Finds the inputs, standard input first; paths that are not there are reported.
    pub(super) fn find(paths: &[PathBuf], common: &'a Common) -> Self {
        let (streams, paths): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| path.as_os_str() == "-");
        let below = walk(&paths);
        let found: Vec<PathBuf> = streams.into_iter().take(1).chain(below.files).collect();
        let progress = progress(found.len(), common);
        let mut inputs = Self { common, count: found.len(), found, failed: 0, progress };
        for problem in below.problems {
            inputs.fail(&problem.into());
        }
        if !below.skipped.is_empty() {
            let some: Vec<String> = below.skipped.iter().take(3).map(|path| shown(path)).collect();
            let more = if below.skipped.len() > 3 { " …" } else { "" };
            let text =
                format!("{} files of other kinds left alone: {}{more}", below.skipped.len(), some.join(", "));
            remark(common, &text);
        }
        inputs
    }

    /// Hands out the inputs, once; an archive gives its files one by one.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Input> + use<'a> {
        let (progress, common) = (self.progress.clone(), self.common);
        std::mem::take(&mut self.found).into_iter().flat_map(move |path| {
            progress.set_message(path.display().to_string());
            progress.inc(1);
            let (one, inside) = match expand(path) {
                Expanded::One(input) => (Some(input), None),
                Expanded::Archive(path, archive) => {
                    progress.suspend(|| name_skipped(&path, &archive.skipped, common));
                    (None, Some(archive))
                }
            };
            let inside = inside.into_iter().flatten().map(|(name, bytes)| held(name, bytes));
            one.into_iter().chain(inside)
        })
    }

    /// Deals with what became of an input: a closed pipe or a database that fails ends the run, anything else is
    /// reported and the rest goes on.
    pub(super) fn settle(&mut self, result: Result<()>) -> Result<()> {
        let Err(error) = result else { return Ok(()) };
        let fatal =
            failure::code(&error) == failure::DATABASE || error.downcast_ref::<std::io::Error>().is_some();
        if fatal {
            return Err(error);
        }
        self.fail(&error);
        Ok(())
    }

    fn fail(&mut self, error: &anyhow::Error) {
        self.progress.suspend(|| eprintln!("error: {}", failure::message(error)));
        self.failed += 1;
    }

    /// Sums up and returns the exit code.
    pub(super) fn finish(self) -> ExitCode {
        self.progress.finish_and_clear();
        if self.failed == 0 {
            return ExitCode::SUCCESS;
        }
        if self.count > 1 || self.failed > 1 {
            let text = format!("{} of the inputs could not be read; the others were", self.failed);
            remark(self.common, &text);
        }
        ExitCode::from(failure::INPUT)
    }
}

/// An input that was named: itself, or an archive of several.
enum Expanded {
    One(Input),
    Archive(PathBuf, Archive),
}

/// Opens archives, standard input and pipes; a plain file is read when its turn comes.
fn expand(path: PathBuf) -> Expanded {
    let unpacked = if path.as_os_str() == "-" {
        read_all(std::io::stdin().lock(), &path).and_then(|bytes| unpack(&path, bytes))
    } else if path.is_file() && !is_archive(&path) {
        return Expanded::One(Input::File(path));
    } else {
        open(&path)
    };
    match unpacked {
        Ok(Unpacked::Archive(archive)) => Expanded::Archive(path, archive),
        Ok(Unpacked::One(bytes)) => Expanded::One(Input::Bytes(path, bytes)),
        Err(error) => Expanded::One(Input::Unread(path, error)),
    }
}

fn held(name: PathBuf, bytes: tradeshare::Result<Vec<u8>>) -> Input {
    match bytes {
        Ok(bytes) => Input::Bytes(name, bytes),
        Err(error) => Input::Unread(name, error),
    }
}

fn name_skipped(archive: &Path, skipped: &[String], common: &Common) {
    if !skipped.is_empty() {
        let some = skipped.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = if skipped.len() > 3 { " …" } else { "" };
        remark(common, &format!("{}: left alone: {some}{more}", shown(archive)));
    }
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
