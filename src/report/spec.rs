//! What a person writes to get a report: a TOML file.

use crate::error::{Error, Result};
use crate::model::{Basis, Evidence, Granularity, Period, Unit};
use jiff::civil::Date;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A report as its author describes it. Paths are relative to the spec's folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Headline.
    pub title: String,
    /// One line: which markets, which time, what is left out.
    #[serde(default)]
    pub scope: String,
    /// Articles and tables, files and folders, to read before anything is asked.
    #[serde(default)]
    pub inputs: Vec<InputSpec>,
    /// Folder to write to; without it a folder beside the spec with its name.
    pub output: Option<PathBuf>,
    /// Database file; without it `tradeshare.db` in the output folder.
    pub database: Option<PathBuf>,
    /// The questions, in the order of the page.
    #[serde(rename = "section", default)]
    pub sections: Vec<SectionSpec>,
}

/// One input: its path alone, or with what it does not say itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a path, or a table with `path` and what the input does not say itself"
)]
pub enum InputSpec {
    /// The path.
    Path(PathBuf),
    /// The path and more.
    Described(DescribedInput),
}

/// An input with what it does not say itself; the words are those of the flags of `ingest`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DescribedInput {
    /// The path.
    pub path: PathBuf,
    /// Name to file a table's rows under.
    pub dataset: Option<String>,
    /// Day the publisher put a table out.
    pub released: Option<Date>,
    /// Day of publication of articles that carry none.
    pub published: Option<Date>,
    /// Publisher of articles that name none.
    pub publisher: Option<String>,
}

impl InputSpec {
    /// Returns the input with all its fields.
    pub fn described(&self) -> DescribedInput {
        match self {
            Self::Described(input) => input.clone(),
            Self::Path(path) => DescribedInput {
                path: path.clone(),
                dataset: None,
                released: None,
                published: None,
                publisher: None,
            },
        }
    }
}

/// One question and how its answer is shown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Heading of the section.
    pub heading: String,
    /// Words of the author under the heading.
    #[serde(default)]
    pub text: String,
    /// `SUBJECT in MARKET of PRODUCT`, any part of it.
    pub question: String,
    /// Which total.
    pub basis: Option<Basis>,
    /// What is counted.
    pub unit: Option<Unit>,
    /// When.
    pub period: Option<Period>,
    /// Cut of time.
    pub by: Option<Granularity>,
    /// `figures` (stated), `observations` (computed) or `both`.
    #[serde(default)]
    pub from: Source,
    /// Key or name of a source or dataset.
    pub source: Option<String>,
    /// The largest N of each period.
    pub top: Option<usize>,
    /// Lets a partial year stand, marked (R16).
    #[serde(default)]
    pub allow_partial: bool,
    /// Lets an unweighted mean of percentages stand, marked (R15).
    #[serde(default)]
    pub approx_mean: bool,
    /// Leaves out stated figures that wait for review.
    #[serde(default)]
    pub accepted: bool,
    /// The picture.
    #[serde(default)]
    pub chart: ChartWish,
    /// Title of the picture instead of the computed one.
    pub chart_title: Option<String>,
}

/// Which evidence a section asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Stated figures.
    Figures,
    /// Computed shares.
    Observations,
    /// Both, side by side.
    #[default]
    Both,
}

impl Source {
    /// Returns the evidence of a question; `None` for both.
    pub fn evidence(self) -> Option<Evidence> {
        match self {
            Self::Figures => Some(Evidence::Stated),
            Self::Observations => Some(Evidence::Computed),
            Self::Both => None,
        }
    }
}

/// Which picture a section wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChartWish {
    /// No picture, the table only.
    #[default]
    None,
    /// Lines for several periods, bars for one.
    Auto,
    /// Lines over time.
    Lines,
    /// Ranked bars.
    Bars,
}

impl Spec {
    /// Reads a spec.
    ///
    /// # Errors
    /// [`Error::Line`] with the line of a wrong key or value; [`Error::Input`] when it has no section.
    pub fn from_toml(path: &Path, text: &str) -> Result<Self> {
        let spec: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
            Error::Line {
                path: path.to_owned(),
                line: before.matches('\n').count() as u64 + 1,
                reason: error.message().to_owned(),
            }
        })?;
        if spec.sections.is_empty() {
            let reason = "expected at least one [[section]] with a question".to_owned();
            return Err(Error::Input { path: path.to_owned(), reason });
        }
        Ok(spec)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Spec> {
        Spec::from_toml(Path::new("r.toml"), text)
    }

    #[test]
    fn a_small_spec_is_read() {
        let spec = read(
            "title = \"T\"\n[[section]]\nheading = \"H\"\nquestion = \"China in Russia\"\nperiod = \"2022-Q2\"\nby = \"month\"\nbasis = \"imports\"\nfrom = \"figures\"\nchart = \"bars\"\n",
        )
        .expect("valid");
        let section = &spec.sections[0];
        assert_eq!(section.period.map(|p| p.to_string()).as_deref(), Some("2022-Q2"));
        assert_eq!(section.by, Some(Granularity::Month));
        assert_eq!(section.from.evidence(), Some(Evidence::Stated));
        assert_eq!(section.chart, ChartWish::Bars);
    }

    #[test]
    fn an_input_is_a_path_or_says_more() {
        let spec = read(
            "title = \"T\"\ninputs = [\"a\", { path = \"b.csv\", dataset = \"mine\", released = \"2022-10-20\" }]\n[[section]]\nheading = \"H\"\nquestion = \"x\"\n",
        )
        .expect("valid");
        let inputs: Vec<DescribedInput> = spec.inputs.iter().map(InputSpec::described).collect();
        assert_eq!((inputs[0].path.to_str(), inputs[0].dataset.as_deref()), (Some("a"), None));
        assert_eq!(inputs[1].dataset.as_deref(), Some("mine"));
        assert_eq!(inputs[1].released.map(|day| day.to_string()).as_deref(), Some("2022-10-20"));
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line() {
        let error =
            read("title = \"T\"\n[[section]]\nheading = \"H\"\nquestion = \"x\"\nperoid = \"2022\"\n");
        let text = error.expect_err("refused").to_string();
        assert!(text.starts_with("r.toml:5: ") && text.contains("peroid"), "{text}");
        assert!(read("title = \"T\"\n").expect_err("refused").to_string().contains("[[section]]"));
    }
}
