//! Reads the tables of places. They are compiled in, so a broken row is a bug that the tests catch.

use super::key::key;
use super::{Coded, Member, NameForm, Place, PlaceName, Places, Scheme};
use crate::model::SubjectKind;
use crate::reference::table;
use jiff::civil::Date;
use std::collections::HashMap;

const PLACES: &str = include_str!("../data/places.csv");
const SUBNATIONAL: &str = include_str!("../data/subnational.csv");
const NAMES: &str = include_str!("../data/place_names.csv");
const CODES: &str = include_str!("../data/place_codes.csv");
const MEMBERSHIPS: &str = include_str!("../data/memberships.csv");

pub(super) fn load() -> Places {
    let mut all = rows();
    let ids: HashMap<String, usize> =
        all.iter().enumerate().map(|(at, place)| (place.id.to_uppercase(), at)).collect();
    let names = names(&mut all, &ids);
    let codes = codes(&all, &ids);
    let members = members(&ids);
    Places { all, ids, names, codes, members }
}

fn rows() -> Vec<Place> {
    let mut all = Vec::new();
    for row in table(PLACES) {
        let kind = match &row[1] {
            "country" => SubjectKind::Country,
            "residual" => SubjectKind::Residual,
            "region" => SubjectKind::Region,
            other => unreachable!("places.csv: kind {other}"),
        };
        all.push(place(&row[0], kind, &row[2], text(&row[3]), text(&row[4]), None));
    }
    for row in table(SUBNATIONAL) {
        all.push(place(&row[0], SubjectKind::Subnational, &row[1], None, None, text(&row[2])));
    }
    all
}

fn place(
    id: &str,
    kind: SubjectKind,
    name: &str,
    iso2: Option<String>,
    m49: Option<String>,
    within: Option<String>,
) -> Place {
    Place { id: id.to_owned(), kind, name: name.to_owned(), iso2, m49, within, names: Vec::new() }
}

fn text(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn names(all: &mut [Place], ids: &HashMap<String, usize>) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for row in table(NAMES) {
        let at = ids[&row[0]];
        let form = match &row[2] {
            "name" => NameForm::Name,
            "short" => NameForm::Short,
            "variant" => NameForm::Variant,
            "adjective" => NameForm::Adjective,
            "demonym" => NameForm::Demonym,
            "abbreviation" => NameForm::Abbreviation,
            other => unreachable!("place_names.csv: form {other}"),
        };
        let bearers = index.entry(key(&row[1])).or_default();
        if !bearers.contains(&at) {
            bearers.push(at);
        }
        let (ambiguous, in_tables) = (&row[3] == "1", &row[4] == "1");
        all[at].names.push(PlaceName { text: row[1].to_owned(), form, ambiguous, in_tables });
    }
    index
}

/// Returns the code as the index keeps it: blanks off, upper case, no leading zeros where the list is numeric.
pub(super) fn code(scheme: Scheme, printed: &str) -> String {
    let code = printed.trim().to_uppercase();
    if !matches!(scheme, Scheme::M49 | Scheme::Comtrade) {
        return code;
    }
    match code.trim_start_matches('0') {
        "" if !code.is_empty() => "0".to_owned(),
        significant => significant.to_owned(),
    }
}

fn codes(all: &[Place], ids: &HashMap<String, usize>) -> HashMap<(Scheme, String), Vec<Coded>> {
    let mut index: HashMap<(Scheme, String), Vec<Coded>> = HashMap::new();
    let mut put = |scheme, printed: &str, coded| {
        index.entry((scheme, code(scheme, printed))).or_default().push(coded);
    };
    for (place, found) in all.iter().enumerate() {
        for (scheme, printed) in [(Scheme::Iso2, &found.iso2), (Scheme::M49, &found.m49)] {
            if let Some(printed) = printed {
                put(scheme, printed, Coded { place, from: None, to: None });
            }
        }
    }
    for row in table(CODES) {
        let scheme = match &row[0] {
            "iso2" => Scheme::Iso2,
            "iso3" => Scheme::Iso3,
            "comtrade" => Scheme::Comtrade,
            "eurostat" => Scheme::Eurostat,
            other => unreachable!("place_codes.csv: scheme {other}"),
        };
        let year = |cell: &str| cell.parse().ok();
        put(scheme, &row[1], Coded { place: ids[&row[2]], from: year(&row[3]), to: year(&row[4]) });
    }
    index
}

fn members(ids: &HashMap<String, usize>) -> HashMap<String, Vec<Member>> {
    let mut index: HashMap<String, Vec<Member>> = HashMap::new();
    for row in table(MEMBERSHIPS) {
        let day = |cell: &str| -> Option<Date> {
            (!cell.is_empty()).then(|| cell.parse().expect("memberships.csv has plain dates"))
        };
        let member = Member { place: ids[&row[1]], from: day(&row[2]), to: day(&row[3]) };
        index.entry(row[0].to_owned()).or_default().push(member);
    }
    index
}
