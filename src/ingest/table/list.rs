//! Code lists: tables of codes and names without amounts, as BACI and ComexStat publish them beside their data.
//!
//! Nothing of a list is added to the reference tables. It is read so that a person sees how it agrees with them, and
//! what went wrong with it: zeros lost, an `NA` of Namibia taken for a missing value, one code for two places.

use super::frame::Records;
use super::profile::Profile;
use super::recognise::Shape;
use super::tally::many;
use super::template::Caught;
use super::{TableOptions, dataset, layout};
use crate::model::{Commodity, Reject, Subject, SubjectKind, TableReading};
use crate::reference::{Scheme, places};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Columns of a code list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ListSpec {
    /// What the codes are codes of: `places of BACI`, `HS2017`, or `{hs}` for the word in the file's name.
    pub scheme: String,
    pub code: String,
    pub name: Option<String>,
    pub iso2: Option<String>,
    pub iso3: Option<String>,
    /// Number of digits every code has.
    pub digits: Option<usize>,
    /// Column with the HS code, which must be how the code begins.
    pub hs: Option<String>,
}

/// What was noticed in the rows.
#[derive(Default)]
struct Noticed {
    padded: u64,
    agree: u64,
    differ: Vec<String>,
    without: Vec<String>,
    emptied: Vec<String>,
    by_iso3: BTreeMap<String, Vec<String>>,
    iso3_order: Vec<String>,
    hs_fits: u64,
    hs_differs: Vec<String>,
}

/// Reads a code list. `commodities` are its codes and names; `entities`, for lists of places, whom each code means.
pub(super) fn read(text: &str, shape: &Shape<'_>, spec: &ListSpec, options: &TableOptions) -> TableReading {
    let mut records = Records::new(text, shape.body, shape.delimiter);
    let at = |column: &Option<String>| column.as_ref().and_then(|name| Some(shape.header.find(name)?.0));
    let code_at = shape.header.find(&spec.code).map(|(at, _)| at);
    let (name_at, iso2_at, iso3_at, hs_at) = (at(&spec.name), at(&spec.iso2), at(&spec.iso3), at(&spec.hs));
    let scheme = scheme(shape.profile, spec, &shape.caught);
    let mut noticed = Noticed::default();
    let (mut entities, mut commodities, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = 0;
    while records.advance() {
        if records.cells().iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        seen += 1;
        let cell = |at: Option<usize>| at.map_or("", |at| records.text_of(at));
        let mut code = cell(code_at).to_owned();
        if code.is_empty() {
            let reason = "expected a code, found nothing".to_owned();
            rejects.push(Reject {
                line: records.line(),
                column: spec.code.clone(),
                reason,
                raw: records.raw(),
            });
            continue;
        }
        if let Some(digits) = spec.digits.filter(|digits| code.len() < *digits)
            && code.bytes().all(|b| b.is_ascii_digit())
        {
            code = format!("{code:0>digits$}");
            noticed.padded += 1;
        }
        let name = cell(name_at);
        if iso3_at.is_some() {
            entities.push(noticed.place(&code, name, cell(iso2_at), cell(iso3_at), iso2_at.is_some()));
        }
        if hs_at.is_some() {
            let hs = cell(hs_at);
            if !hs.is_empty() && code.starts_with(hs) {
                noticed.hs_fits += 1;
            } else {
                noticed.hs_differs.push(code.clone());
            }
        }
        commodities.push(Commodity { scheme: scheme.clone(), code, title: name.to_owned() });
    }
    let mut notes =
        vec![format!("a code list: {} of {scheme}; there are no amounts to keep", many(seen, "code"))];
    notes.extend(noticed.notes(hs_at.is_some()));
    TableReading {
        profile: shape.profile.name.clone(),
        encoding: String::new(),
        delimiter: char::from(shape.delimiter),
        columns: vec![format!("{} = code of {scheme}", spec.code)],
        dataset: dataset(shape, options),
        records: seen,
        entities,
        commodities,
        observations: Vec::new(),
        figures: Vec::new(),
        rejects,
        notes,
    }
}

fn scheme(profile: &Profile, spec: &ListSpec, caught: &Caught) -> String {
    let Some(name) = spec.scheme.strip_prefix('{').and_then(|name| name.strip_suffix('}')) else {
        return spec.scheme.clone();
    };
    let known = caught.get(name).and_then(|word| layout::meaning(profile, name, word));
    known.unwrap_or_else(|| "HS".to_owned())
}

impl Noticed {
    /// Compares a place with the reference table and returns whom the list means.
    fn place(&mut self, code: &str, name: &str, iso2: &str, iso3: &str, has_iso2: bool) -> Subject {
        let missing = |cell: &str| cell.is_empty() || cell.eq_ignore_ascii_case("N/A");
        let known = places().by_code(Scheme::Iso3, iso3, None);
        if missing(iso3) {
            self.without.push(format!("{code} ({name})"));
        } else {
            let codes = self.by_iso3.entry(iso3.to_owned()).or_default();
            if codes.is_empty() {
                self.iso3_order.push(iso3.to_owned());
            }
            codes.push(code.to_owned());
        }
        let Some(place) = known else { return Subject::new(SubjectKind::Residual, name, "") };
        let here = place.iso2.as_deref().unwrap_or_default();
        if has_iso2 && missing(iso2) && here == "NA" {
            self.emptied.push(format!("{code} ({name})"));
        } else if has_iso2 && !here.is_empty() && iso2 != here {
            self.differ.push(format!("{code} ({name}): `{iso2}`, here `{here}`"));
        } else {
            self.agree += 1;
        }
        place.subject()
    }

    fn notes(&self, has_hs: bool) -> Vec<String> {
        let mut notes = Vec::new();
        let names = |list: &[String]| layout::quoted(&list.iter().map(String::as_str).collect::<Vec<_>>());
        if self.padded > 0 {
            notes.push(format!("zeros lost at the front are put back: {}", many(self.padded, "code")));
        }
        if self.agree > 0 {
            notes.push(format!("as the places known here: {}", many(self.agree, "code")));
        }
        for (list, text) in [
            (&self.differ, "alpha-2 codes are others than here"),
            (&self.without, "codes without an alpha-3 code"),
            (&self.emptied, "alpha-2 code `NA` was taken for a missing value"),
            (&self.hs_differs, "codes do not begin with their HS code"),
        ] {
            if !list.is_empty() {
                notes.push(format!("{text}: {}", names(list)));
            }
        }
        if has_hs && self.hs_differs.is_empty() {
            notes.push("each code begins with its HS code".to_owned());
        }
        let twice = self.iso3_order.iter().filter(|iso3| self.by_iso3[*iso3].len() > 1 && *iso3 != "ZZZ");
        let twice: Vec<String> =
            twice.map(|iso3| format!("{iso3} {}", self.by_iso3[iso3].join(","))).collect();
        if !twice.is_empty() {
            notes.push(format!("alpha-3 codes given to several codes: {}", twice.join("; ")));
        }
        notes
    }
}
