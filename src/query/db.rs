//! What the questions read from the database, as values.

use super::codes::{Code, Wanted};
use super::row::Row;
use crate::error::{Error, Result};
use crate::model::{Basis, Period, Role, Subject, SubjectKind};
use crate::reference::{Place, brands, fold, places};
use crate::sql;
use crate::store::Store;
use jiff::civil::Date;
use rusqlite::{Params, named_params};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the rows of a statement as values.
pub(super) fn load<T>(
    store: &Store,
    sql: &str,
    parameters: impl Params,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let fail = || Error::store("answer the question");
    let mut statement = store.connection().prepare_cached(sql).map_err(fail())?;
    let rows = statement.query_map(parameters, read).map_err(fail())?;
    rows.collect::<rusqlite::Result<Vec<T>>>().map_err(fail())
}

/// Everything the file has a number about, by its number there.
#[derive(Debug, Default)]
pub(super) struct Names {
    all: BTreeMap<i64, Subject>,
}

impl Names {
    /// Reads all of them.
    pub(super) fn read(store: &Store) -> Result<Self> {
        let all = load(store, sql::ENTITIES, [], |row| {
            let kind: String = row.get("kind")?;
            let subject = Subject {
                kind: kind_of(&kind).unwrap_or(SubjectKind::Group),
                name: row.get("name")?,
                id: row.get("ref_id")?,
            };
            Ok((row.get::<_, i64>("entity_id")?, subject))
        })?;
        Ok(Self { all: all.into_iter().collect() })
    }

    /// Returns a name; the world for the number no entity has.
    pub(super) fn get(&self, id: i64) -> Subject {
        self.all.get(&id).cloned().unwrap_or_else(Subject::world)
    }

    /// Returns the kind of an entity.
    pub(super) fn kind(&self, id: i64) -> Option<SubjectKind> {
        self.all.get(&id).map(|subject| subject.kind)
    }

    /// Returns the numbers that mean this subject: the same key of the same table, or the same name where one of both has no key.
    pub(super) fn ids(&self, wanted: &Subject) -> Vec<i64> {
        let name = fold(&wanted.name);
        let same = |subject: &Subject| match (&wanted.id, &subject.id) {
            (Some(a), Some(b)) => a == b && family(wanted.kind) == family(subject.kind),
            (Some(_), None) => family(wanted.kind) == family(subject.kind) && fold(&subject.name) == name,
            (None, _) => fold(&subject.name) == name,
        };
        self.all.iter().filter(|(_, subject)| same(subject)).map(|(id, _)| *id).collect()
    }

    /// Returns the numbers of a make's plants, which a file lists one by one: `Tesla` is `Tesla (D)`, `Tesla (USA)` and what
    /// bears its name alone; `(D)` is every make built there. Empty when the file names no plant of it.
    pub(super) fn plants(&self, subject: &Subject) -> BTreeSet<i64> {
        let of = |held: &Subject| {
            if held.id.is_some() || family(held.kind) != 1 {
                return false;
            }
            let Some((make, plant)) = held.name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("))
            else {
                return false;
            };
            let own =
                brands().find(make).is_ok_and(|brand| Some(brand.key.as_str()) == subject.id.as_deref());
            match subject.id {
                Some(_) => family(subject.kind) == 1 && own,
                None => subject.name.eq_ignore_ascii_case(&format!("({plant})")),
            }
        };
        let mut found: BTreeSet<i64> =
            self.all.iter().filter(|(_, held)| of(held)).map(|(id, _)| *id).collect();
        if !found.is_empty() {
            found.extend(self.ids(subject));
        }
        found
    }

    /// Returns the number of every place with one of these keys.
    pub(super) fn places(&self, keys: &BTreeSet<&str>) -> BTreeSet<i64> {
        let is = |subject: &Subject| {
            family(subject.kind) == 0 && subject.id.as_deref().is_some_and(|id| keys.contains(id))
        };
        self.all.iter().filter(|(_, subject)| is(subject)).map(|(id, _)| *id).collect()
    }

    /// Returns names that are spelled like this one.
    pub(super) fn close(&self, text: &str) -> Vec<String> {
        let wanted = fold(text);
        let mut scored: Vec<(f64, &str)> = self
            .all
            .values()
            .map(|subject| (strsim::jaro_winkler(&wanted, &fold(&subject.name)), subject.name.as_str()))
            .filter(|(score, _)| *score >= 0.85)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
    }
}

fn kind_of(word: &str) -> Option<SubjectKind> {
    use SubjectKind::{Brand, Company, Country, Group, Platform, Product, Region, Residual, Subnational};
    [Country, Region, Subnational, Brand, Company, Platform, Product, Group, Residual]
        .into_iter()
        .find(|kind| kind.as_str() == word)
}

/// Keys are unique within a family: places, makers, products.
fn family(kind: SubjectKind) -> u8 {
    match kind {
        SubjectKind::Country | SubjectKind::Region | SubjectKind::Subnational | SubjectKind::Residual => 0,
        SubjectKind::Brand | SubjectKind::Company | SubjectKind::Platform => 1,
        SubjectKind::Product => 2,
        SubjectKind::Group => 3,
    }
}

/// Returns the members of a group over a period: those that were in it for more than half of it (R12).
///
/// A membership is one run of days, so it fills more than half exactly when it holds the day in the middle.
pub(super) fn members(group: &str, period: &Period) -> Vec<&'static Place> {
    places().members(group, middle(period))
}

fn middle(period: &Period) -> Date {
    let (first, last) = (period.first_day(), period.last_day());
    let days = first.until(last).map_or(0, |span| span.get_days());
    first.saturating_add(jiff::Span::new().days(days / 2))
}

/// A dataset of the file.
#[derive(Debug, Clone)]
pub(super) struct Data {
    pub(super) id: i64,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) currency: String,
    pub(super) valuation: String,
    pub(super) exhaustive: bool,
    pub(super) reconciled: bool,
    pub(super) selection: bool,
}

/// Reads all datasets.
pub(super) fn datasets(store: &Store) -> Result<Vec<Data>> {
    load(store, sql::DATASETS, [], |row| {
        Ok(Data {
            id: row.get("dataset_id")?,
            key: row.get("key")?,
            name: row.get("name")?,
            source: row.get("source")?,
            currency: row.get("currency")?,
            valuation: row.get("valuation")?,
            exhaustive: row.get("exhaustive")?,
            reconciled: row.get("reconciled")?,
            selection: row.get("selection")?,
        })
    })
}

fn code(row: &rusqlite::Row<'_>) -> rusqlite::Result<Code> {
    Ok(Code { id: row.get("commodity_id")?, scheme: row.get("scheme")?, code: row.get("code")? })
}

/// Reads the codes of the file that are a product or a part of it.
pub(super) fn codes_in(store: &Store, wanted: &Wanted) -> Result<Vec<Code>> {
    let mut found = BTreeSet::new();
    for (scheme, from, to) in wanted.look_ups() {
        let parameters = named_params! { ":scheme": scheme, ":from_code": from, ":to_code": to };
        let codes = load(store, sql::COMMODITIES_BETWEEN, parameters, code)?;
        found.extend(codes.into_iter().filter(|code| wanted.holds(code)));
    }
    Ok(found.into_iter().collect())
}

/// Reads the codes for which a dataset has rows of a market.
pub(super) fn codes_of(store: &Store, data: &Data, market: i64) -> Result<Vec<Code>> {
    let parameters = named_params! { ":dataset_id": data.id, ":market_id": market };
    load(store, sql::COMMODITIES_OF_MARKET, parameters, code)
}

/// Reads one code.
pub(super) fn code_with(store: &Store, id: i64) -> Result<Option<Code>> {
    Ok(load(store, sql::COMMODITY, named_params! { ":commodity_id": id }, code)?.pop())
}

/// Bounds of the period codes inside a period.
fn bounds(period: Option<&Period>) -> (i64, i64) {
    let Some(period) = period else { return (0, i64::MAX) };
    let Some((first, count)) = period.month_run() else { return (1, 0) };
    let at =
        |month: i32| i64::from(month.div_euclid(12)) * 10_000 + i64::from(month.rem_euclid(12) + 1) * 100;
    (at(first), at(first + i32::from(count) - 1) + 99)
}

fn counted_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Row>> {
    let basis = usize::try_from(row.get::<_, i64>("basis")?).ok().and_then(|code| Basis::ALL.get(code));
    let period = Period::from_code(row.get("period_code")?).ok();
    let (Some(basis), Some(period), Some(role)) = (basis, period, Role::from_code(row.get("role")?)) else {
        return Ok(None);
    };
    Ok(Some(Row {
        market: row.get("market_id")?,
        subject: row.get("subject_id")?,
        commodity: row.get("commodity_id")?,
        basis: *basis,
        period,
        role,
        value: row.get("value")?,
        weight_kg: row.get("weight_kg")?,
        quantity: row.get("quantity")?,
        quantity_unit: row.get("quantity_unit")?,
        flags: row.get("flags")?,
        batch: row.get("batch_id")?,
        line: row.get("line")?,
    }))
}

/// Which rows of a dataset are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    /// Those of one market.
    Market(i64),
    /// Those of every market.
    AllMarkets,
    /// Imports from one origin, in every market.
    Subject(i64),
}

/// Reads the rows of some codes inside a period.
pub(super) fn rows(
    store: &Store,
    data: &Data,
    which: Which,
    codes: &[Code],
    period: Option<&Period>,
) -> Result<Vec<Row>> {
    let (from, to) = bounds(period);
    let mut found = Vec::new();
    for code in codes {
        let base =
            [(":dataset_id", data.id), (":commodity_id", code.id), (":from_code", from), (":to_code", to)];
        let (sql, more) = match which {
            Which::Market(market) => (sql::ROWS_OF_MARKET, Some((":market_id", market))),
            Which::AllMarkets => (sql::ROWS_OF_COMMODITY, None),
            Which::Subject(subject) => (sql::ROWS_OF_SUBJECT, Some((":subject_id", subject))),
        };
        let parameters: Vec<(&str, &dyn rusqlite::ToSql)> =
            base.iter().chain(&more).map(|(name, value)| (*name, value as &dyn rusqlite::ToSql)).collect();
        let read = load(store, sql, parameters.as_slice(), counted_row)?;
        found.extend(read.into_iter().flatten().filter(|row| period.is_none_or(|p| p.contains(&row.period))));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(subjects: &[Subject]) -> Names {
        Names { all: (1..).zip(subjects.iter().cloned()).collect() }
    }

    #[test]
    fn an_unknown_name_is_found_whatever_its_case() {
        let names = names(&[
            Subject::new(SubjectKind::Brand, "Chrome 30.0", ""),
            Subject::new(SubjectKind::Platform, "Chrome", "chrome"),
        ]);
        assert_eq!(names.ids(&Subject::new(SubjectKind::Brand, "chrome 30.0", "")), [1]);
        assert_eq!(names.ids(&Subject::new(SubjectKind::Brand, "Chrome", "chrome")), [2]);
        assert!(names.ids(&Subject::new(SubjectKind::Brand, "Firefox", "firefox")).is_empty());
    }

    #[test]
    fn a_key_means_one_thing_in_its_table_only() {
        let names = names(&[
            Subject::new(SubjectKind::Country, "Chile", "CHL"),
            Subject::new(SubjectKind::Product, "Chile", "CHL"),
        ]);
        assert_eq!(names.ids(&Subject::new(SubjectKind::Country, "Chile", "CHL")), [1]);
    }

    #[test]
    fn bounds_hold_every_period_that_begins_inside() {
        let q2: Period = "2022-Q2".parse().expect("valid");
        let (from, to) = bounds(Some(&q2));
        for (text, inside) in [("2022-Q2", true), ("2022-06", true), ("2022-03", false), ("2022-07", false)] {
            let code = text.parse::<Period>().ok().and_then(|p| p.code()).expect("a code");
            assert_eq!((from..=to).contains(&code), inside, "{text}");
        }
    }

    #[test]
    fn the_middle_of_a_year_tells_who_was_in_for_more_than_half() {
        assert_eq!(middle(&Period::year(2013)).to_string(), "2013-07-02");
        assert_eq!(middle(&Period::month(2020, 1)).to_string(), "2020-01-16");
    }
}
