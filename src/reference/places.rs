//! Countries, areas, groups, regions and statistical residuals.

use super::unknown;
use crate::error::Result;
use crate::model::{Subject, SubjectKind};
use jiff::civil::Date;
use std::sync::LazyLock;

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameForm {
    /// Full or official name: `Russian Federation`.
    Name,
    /// The usual name: `Russia`.
    Short,
    /// Spelling variants, former names, names of other agencies: `Viet Nam`.
    Variant,
    /// `Russian`.
    Adjective,
    /// `Russians`.
    Demonym,
    /// `UK`, `U.S.`.
    Abbreviation,
}

/// A code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// ISO 3166-1 alpha-2.
    Iso2,
    /// ISO 3166-1 alpha-3, and our keys of groups and regions.
    Iso3,
    /// UN M49 / ISO numeric, three digits.
    M49,
    /// UN Comtrade and BACI numeric codes.
    Comtrade,
    /// Eurostat's Geonomenclature letters (`EL`, `UK`, `XK`, `EU27_2020`).
    Eurostat,
}

/// One spelling of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// The spelling.
    pub text: String,
    /// How it is used.
    pub form: NameForm,
    /// Whether other things bear it too (`Georgia`, `Jordan`, `Turkey`), so that prose needs context.
    pub ambiguous: bool,
}

/// A country, area, group, region or residual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-3, or the key of a group or region (`EU`, `WLD`, `SEA`), or of a residual (`X-NES`, `X-BUNKERS`).
    pub id: String,
    /// Country, Region, Subnational or Residual.
    pub kind: SubjectKind,
    /// Plain English name, as figures print it.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// UN M49 / ISO numeric, three digits.
    pub m49: Option<String>,
    /// Every spelling, the plain name included.
    pub names: Vec<PlaceName>,
}

impl Place {
    /// Returns the place as subject or market of a figure.
    pub fn subject(&self) -> Subject {
        Subject::new(self.kind, &self.name, &self.id)
    }
}

/// The table of places.
#[derive(Debug)]
pub struct Places {
    all: Vec<Place>,
}

/// Returns the table, loaded once.
pub fn places() -> &'static Places {
    static PLACES: LazyLock<Places> = LazyLock::new(|| Places { all: Vec::new() });
    &PLACES
}

impl Places {
    /// Returns all places in table order.
    pub fn all(&self) -> &[Place] {
        &self.all
    }

    /// Returns the place with this id.
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.all.iter().find(|place| place.id == id)
    }

    /// Finds what a person typed: a name, adjective, demonym, variant or code, whatever its case.
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names, [`crate::Error::Ambiguous`] with the candidates (`Congo`, `Georgia`).
    pub fn find(&self, name: &str) -> Result<&Place> {
        Err(unknown("place", name, self.all.iter().map(|place| place.name.as_str())))
    }

    /// Returns the place a code list means by `code` in `year` (`None`: today); codes are text as printed, leading zeros optional for numeric lists.
    pub fn by_code(&self, _scheme: Scheme, _code: &str, _year: Option<i32>) -> Option<&Place> {
        None
    }

    /// Returns the members of a group or region on a day, by id; empty for a country.
    pub fn members(&self, _id: &str, _on: Date) -> Vec<&Place> {
        Vec::new()
    }
}
