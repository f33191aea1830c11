//! Reads the tables of places. They are compiled in, so a broken row is a bug that the tests catch.

use super::key::key;
use super::{Coded, Member, NameForm, Place, PlaceName, Places, Scheme};
use crate::model::SubjectKind;
use crate::reference::table::{Row, read};
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
    let mut all = read(PLACES, |row| {
        let kind = match row.cell("kind") {
            "country" => SubjectKind::Country,
            "residual" => SubjectKind::Residual,
            "region" => SubjectKind::Region,
            other => unreachable!("places.csv: kind {other}"),
        };
        Place { iso2: row.optional("iso2"), m49: row.optional("m49"), ..place(row, kind) }
    });
    all.extend(read(SUBNATIONAL, |row| Place {
        within: row.optional("country"),
        ..place(row, SubjectKind::Subnational)
    }));
    all
}

fn place(row: Row, kind: SubjectKind) -> Place {
    let (id, name) = (row.cell("id").to_owned(), row.cell("name").to_owned());
    Place { id, kind, name, iso2: None, m49: None, within: None, names: Vec::new() }
}

fn names(all: &mut [Place], ids: &HashMap<String, usize>) -> HashMap<String, Vec<usize>> {
    // A row takes some thirty bytes; growing the index would hash every name again.
    let mut index: HashMap<String, Vec<usize>> = HashMap::with_capacity(NAMES.len() / 30);
    read(NAMES, |row| {
        let at = ids[row.cell("id")];
        let form = match row.cell("form") {
            "name" => NameForm::Name,
            "short" => NameForm::Short,
            "variant" => NameForm::Variant,
            "adjective" => NameForm::Adjective,
            "demonym" => NameForm::Demonym,
            "abbreviation" => NameForm::Abbreviation,
            other => unreachable!("place_names.csv: form {other}"),
        };
        let text = row.cell("text");
        let bearers = index.entry(key(text)).or_default();
        if !bearers.contains(&at) {
            bearers.push(at);
        }
        let (ambiguous, in_tables) = (row.flag("ambiguous"), row.flag("in_tables"));
        all[at].names.push(PlaceName { text: text.to_owned(), form, ambiguous, in_tables });
    });
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
    read(CODES, |row| {
        let scheme = match row.cell("scheme") {
            "iso2" => Scheme::Iso2,
            "iso3" => Scheme::Iso3,
            "comtrade" => Scheme::Comtrade,
            "eurostat" => Scheme::Eurostat,
            other => unreachable!("place_codes.csv: scheme {other}"),
        };
        let year = |column| row.cell(column).parse().ok();
        let coded = Coded { place: ids[row.cell("id")], from: year("from_year"), to: year("to_year") };
        put(scheme, row.cell("code"), coded);
    });
    index
}

fn members(ids: &HashMap<String, usize>) -> HashMap<String, Vec<Member>> {
    let mut index: HashMap<String, Vec<Member>> = HashMap::new();
    read(MEMBERSHIPS, |row| {
        let day = |column| -> Option<Date> {
            let cell = row.cell(column);
            (!cell.is_empty()).then(|| cell.parse().expect("memberships.csv has plain dates"))
        };
        let member = Member { place: ids[row.cell("member")], from: day("from"), to: day("to") };
        index.entry(row.cell("group").to_owned()).or_default().push(member);
    });
    index
}
