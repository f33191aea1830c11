//! Countries, areas, groups, regions and statistical residuals.
//!
//! A name is found however it is cased, accented or abbreviated. One name of several places (`Congo`, `Georgia`) is an
//! error with the candidates; tables, whose conventions settle it, ask [`Places::find_in_table`]. Codes are not names:
//! [`Places::by_code`] knows that 842 is the United States to UN Comtrade and `EL` is Greece to Eurostat.

mod key;
mod load;
#[cfg(test)]
mod tests;

use super::closest;
use crate::error::{Error, Result};
use crate::model::{Subject, SubjectKind};
use jiff::civil::Date;
use std::collections::HashMap;
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
    /// ISO 3166-1 alpha-3, our keys of groups and regions, and what Comtrade, WITS and the World Bank print beside them
    /// (`W00`, `S19`, `_X`).
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
    /// Whether statistical tables mean this place by it, though others bear the name too (`Congo`, `Georgia`, `Korea`).
    pub in_tables: bool,
}

/// A country, area, group, region or residual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// ISO 3166-1 alpha-3, or the key of a group or region (`EU`, `WLD`, `SEA`), of a residual (`X-NES`, `X-BUNKERS`), or
    /// ISO 3166-2 of a subnational place (`US-CA`).
    pub id: String,
    /// Country, Region, Subnational or Residual.
    pub kind: SubjectKind,
    /// Plain English name, as figures print it.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// UN M49 / ISO numeric, three digits.
    pub m49: Option<String>,
    /// The country a subnational place lies in, alpha-3.
    pub within: Option<String>,
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
    /// Ids in upper case.
    ids: HashMap<String, usize>,
    /// Keys of names; each place once.
    names: HashMap<String, Vec<usize>>,
    codes: HashMap<(Scheme, String), Vec<Coded>>,
    members: HashMap<String, Vec<Member>>,
}

/// What a code means in some years.
#[derive(Debug)]
struct Coded {
    place: usize,
    from: Option<i32>,
    to: Option<i32>,
}

/// A membership; open where there is no date, both days in.
#[derive(Debug)]
struct Member {
    place: usize,
    from: Option<Date>,
    to: Option<Date>,
}

/// Returns the table, loaded once.
pub fn places() -> &'static Places {
    static PLACES: LazyLock<Places> = LazyLock::new(load::load);
    &PLACES
}

impl Places {
    /// Returns all places in table order: countries and areas by alpha-3, ended ones, residuals, groups and regions,
    /// subnational places.
    pub fn all(&self) -> &[Place] {
        &self.all
    }

    /// Returns the place with this id.
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.ids.get(id).map(|&at| &self.all[at])
    }

    /// Finds what a person typed: a name, adjective, demonym, variant or code, whatever its case.
    ///
    /// An id comes before a name, a name before a code.
    ///
    /// ```
    /// use tradeshare::reference::places;
    ///
    /// assert_eq!(places().find("viet nam")?.id, "VNM");
    /// assert_eq!(places().find("Chinese")?.id, "CHN");
    /// assert!(places().find("Congo").is_err(), "there are two");
    /// # Ok::<(), tradeshare::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::Error::Unknown`] with close names, [`crate::Error::Ambiguous`] with the candidates (`Congo`, `Georgia`).
    pub fn find(&self, name: &str) -> Result<&Place> {
        match self.bearers(name).as_slice() {
            [place] => Ok(place),
            [] => Err(self.unknown(name)),
            several => Err(ambiguous(name, several)),
        }
    }

    /// Finds what a statistical table prints, where countries come before their namesakes: `Georgia` is the country,
    /// `Congo` the republic whose short name it is, `Korea` the south.
    ///
    /// # Errors
    /// As [`Places::find`].
    pub fn find_in_table(&self, name: &str) -> Result<&Place> {
        let mut found = self.bearers(name);
        if found.len() > 1 {
            let wanted = key::key(name);
            let meant =
                |place: &&Place| place.names.iter().any(|n| n.in_tables && key::key(&n.text) == wanted);
            if let Some(&place) = found.iter().find(|place| meant(place)) {
                return Ok(place);
            }
            found.retain(|place| place.kind != SubjectKind::Subnational);
        }
        match found.as_slice() {
            [place] => Ok(place),
            [] => self.find(name),
            several => Err(ambiguous(name, several)),
        }
    }

    /// Returns every place with this id, name or code.
    fn bearers(&self, name: &str) -> Vec<&Place> {
        let typed = name.trim();
        if let Some(place) = self.get(&typed.to_uppercase()) {
            return vec![place];
        }
        if let Some(found) = self.names.get(&key::key(typed)) {
            return found.iter().map(|&at| &self.all[at]).collect();
        }
        let schemes = [Scheme::Iso2, Scheme::Iso3, Scheme::Eurostat, Scheme::M49, Scheme::Comtrade];
        schemes.into_iter().find_map(|scheme| self.by_code(scheme, typed, None)).into_iter().collect()
    }

    fn unknown(&self, name: &str) -> Error {
        // One suggestion a place: its plain name if that is close, else the spelling that is.
        let spellings =
            self.all.iter().flat_map(|place| place.names.iter().map(move |name| (place, name.text.as_str())));
        let wanted = key::key(name);
        let mut close =
            closest(&wanted, spellings.map(|(place, text)| ((place.id.as_str(), text), key::key(text))));
        let mut seen: Vec<&str> = Vec::new();
        close.retain(|&(id, text)| {
            let first = !seen.contains(&id) && !seen.contains(&text);
            seen.extend([id, text]);
            first
        });
        let closest = close.into_iter().take(3).map(|(_, text)| text.to_owned()).collect();
        Error::Unknown { what: "place", name: name.to_owned(), closest }
    }

    /// Returns the place a code list means by `code` in `year` (`None`: today); codes are text as printed, leading zeros
    /// optional for numeric lists, blanks around them dropped.
    ///
    /// A code that only ever meant one place means it in every year, since files go on using it: 736 is the Sudan before
    /// 2012. Where Comtrade has no such code, the M49 number is taken.
    pub fn by_code(&self, scheme: Scheme, code: &str, year: Option<i32>) -> Option<&Place> {
        let code = load::code(scheme, code);
        let found = |scheme| self.codes.get(&(scheme, code.clone()));
        let coded = match scheme {
            Scheme::Comtrade => found(scheme).or_else(|| found(Scheme::M49)),
            _ => found(scheme),
        };
        let Some(coded) = coded else {
            return if scheme == Scheme::Iso3 { self.get(&code) } else { None };
        };
        let then = coded.iter().find(|coded| match year {
            Some(year) => coded.from.is_none_or(|from| from <= year) && coded.to.is_none_or(|to| year <= to),
            None => coded.to.is_none(),
        });
        let only = || coded.iter().all(|other| other.place == coded[0].place).then(|| &coded[0]);
        then.or_else(only).map(|coded| &self.all[coded.place])
    }

    /// Returns the members of a group or region on a day, in table order; empty for a country.
    ///
    /// The first and the last day of a membership are in. Members are countries, never groups.
    pub fn members(&self, id: &str, on: Date) -> Vec<&Place> {
        let Some(members) = self.members.get(id) else { return Vec::new() };
        let mut at: Vec<usize> = members
            .iter()
            .filter(|m| m.from.is_none_or(|from| from <= on) && m.to.is_none_or(|to| on <= to))
            .map(|m| m.place)
            .collect();
        at.sort_unstable();
        at.dedup();
        at.into_iter().map(|at| &self.all[at]).collect()
    }
}

fn ambiguous(name: &str, bearers: &[&Place]) -> Error {
    let candidates = bearers.iter().map(|place| place.id.clone()).collect();
    Error::Ambiguous { what: "place", name: name.to_owned(), candidates }
}
