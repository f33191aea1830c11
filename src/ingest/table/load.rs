//! Profiles and mappings from their text, and what must be in them.

use super::flow;
use super::profile::{Amount, Profile};
use crate::error::{Error, Result};
use crate::model::Period;
use crate::reference::products;
use std::path::Path;
use std::sync::LazyLock;

impl Profile {
    /// Every column the profile names, `*` apart.
    fn columns(&self) -> Vec<&String> {
        let who =
            [&self.market, &self.subject].into_iter().flat_map(|who| [&who.column, &who.name, &who.iso3]);
        let what = &self.commodity;
        let joined = what.join.iter();
        let what = [&what.column, &what.title, &what.edition, &what.digits_column, &self.flow.column];
        let when = [
            &self.period.column,
            &self.period.month,
            &self.period.quarter,
            &self.flags.column,
            &self.flags.estimates_after,
        ];
        let amounts =
            self.amounts().into_iter().flatten().flat_map(|amount| [&amount.column, &amount.unit_column]);
        let keep =
            self.keep.iter().map(|keep| &keep.column).chain(self.count.iter().map(|count| &count.column));
        let named = who.chain(what).chain(when).chain(amounts).flatten().chain(keep).chain(joined);
        named.filter(|column| *column != "*").collect()
    }

    /// Every product key the profile names.
    fn products(&self) -> Vec<&String> {
        let indicators = self.indicator.iter().flat_map(|indicator| [&indicator.subject, &indicator.product]);
        let cases = self.case.iter().flat_map(|case| [&case.subject, &case.product]).flatten();
        self.commodity.words.values().chain(&self.commodity.product).chain(indicators).chain(cases).collect()
    }

    pub(super) fn amounts(&self) -> [Option<&Amount>; 4] {
        [self.value.as_ref(), self.weight.as_ref(), self.quantity.as_ref(), self.share.as_ref()]
    }

    /// Says what is missing or cannot be together, with the word of the file that is to blame.
    fn check(&self) -> std::result::Result<(), (String, String)> {
        if self.list.is_some() {
            return Ok(());
        }
        let amounts: Vec<&Amount> = self.amounts().into_iter().flatten().collect();
        let fail = |word: &str, reason: String| Err((word.to_owned(), reason));
        if amounts.is_empty() {
            return fail(
                "",
                "expected one of [value], [weight], [quantity] and [share], found none".to_owned(),
            );
        }
        let without = amounts.iter().filter(|amount| amount.column.is_none()).count();
        if without != usize::from(self.wide.is_some()) {
            return fail("", match self.wide {
                Some(_) => "[wide] needs exactly one of [value], [weight], [quantity] and [share] without `column`: its columns hold that".to_owned(),
                None => "each of [value], [weight], [quantity] and [share] needs a `column`".to_owned(),
            });
        }
        if self.share.is_some() && amounts.len() > 1 {
            return fail(
                "[share]",
                "[share] stands alone: published shares and counted amounts are two tables".to_owned(),
            );
        }
        for amount in amounts {
            if amount.factor.is_some_and(|factor| !(factor.is_finite() && factor > 0.0)) {
                return fail("factor", "expected a factor above 0".to_owned());
            }
        }
        for product in self.products() {
            if products().get(product).is_none() {
                return fail(
                    product,
                    format!("unknown product `{product}`; `tradeshare ref product` lists the keys"),
                );
            }
        }
        if self.flow.basis.is_some() && self.flow.column.is_some() {
            return fail(
                "basis",
                "[flow] has a `basis` for all rows or a `column` with `words`, not both".to_owned(),
            );
        }
        for (word, meaning) in &self.flow.words {
            if flow::meaning_of(meaning).is_none() {
                return fail(
                    meaning,
                    format!(
                        "flow word `{word}`: expected a basis such as imports, `memo` and a basis, or skip, found `{meaning}`"
                    ),
                );
            }
        }
        if let Some(value) = &self.period.value
            && let Err(error) = value.parse::<Period>()
        {
            return fail(value, error.to_string());
        }
        if let Some(order) =
            self.period.order.as_ref().filter(|order| !matches!(order.as_str(), "dmy" | "mdy"))
        {
            return fail(order, format!("expected dmy or mdy, found `{order}`"));
        }
        if !matches!(self.dataset.valuation.as_str(), "" | "CIF" | "FOB" | "mixed" | "unknown") {
            let found = &self.dataset.valuation;
            return fail(found, format!("expected CIF, FOB, mixed or unknown, found `{found}`"));
        }
        for mark in [self.read.delimiter, self.read.thousands, Some(self.read.decimal)].into_iter().flatten()
        {
            if !mark.is_ascii() || mark == '"' {
                return fail(&mark.to_string(), format!("expected an ASCII mark, found `{mark}`"));
            }
        }
        if self.read.thousands == Some(self.read.decimal) {
            return fail("thousands", "the thousands mark and the decimal mark are the same".to_owned());
        }
        Ok(())
    }
}

/// Reads a user's mapping: a profile whose columns must all be there.
///
/// # Errors
/// [`Error::Line`] with the line of the wrong key or value.
pub(super) fn parse_mapping(path: &Path, text: &str) -> Result<Profile> {
    let mut profile = parse(path, text)?;
    if profile.recognise.required.is_empty() {
        let named: Vec<String> = profile.columns().into_iter().cloned().collect();
        profile.recognise.required = named;
        // Places fit any line: then the header is the one that has the wide columns.
        if profile.recognise.required.iter().all(|column| column.starts_with('#'))
            && let Some(wide) = &profile.wide
        {
            let named = wide.columns.iter().filter(|name| !name.contains(['*', '?'])).cloned();
            profile.recognise.required.extend(named.chain(wide.header.clone()));
        }
    }
    profile.check().map_err(|(word, reason)| {
        let at = if word.is_empty() { None } else { text.find(&word) };
        Error::Line { path: path.to_owned(), line: line_of(text, at.unwrap_or(0)), reason }
    })?;
    Ok(profile)
}

/// Reads a profile or mapping.
///
/// # Errors
/// [`Error::Line`] with the line of the wrong key or value.
pub(super) fn parse(path: &Path, text: &str) -> Result<Profile> {
    let mut profile: Profile = toml::from_str(text).map_err(|error| Error::Line {
        path: path.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        reason: error.message().to_owned(),
    })?;
    if profile.name.is_empty() {
        profile.name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    }
    Ok(profile)
}

/// Returns the line, from 1, of a byte offset.
pub(super) fn line_of(text: &str, byte: usize) -> u64 {
    let before = &text.as_bytes()[..byte.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() as u64 + 1
}

/// The profiles that are compiled in; where two fit equally, the earlier is taken.
pub(super) fn built_in() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        SOURCES
            .iter()
            .map(|(name, text)| parse(Path::new(name), text).expect("compiled-in profiles are tested"))
            .collect()
    });
    &PROFILES
}

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("profiles/", $name, ".toml")))),+]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "comtrade-new",
    "comtrade-old",
    "baci",
    "baci-renamed",
    "owid-grapher",
    "statcounter-bar",
    "statcounter-map",
    "statcounter-wide",
    "wits-partner",
    "world-bank-wdi",
    "wto-series",
    "iea-ev",
    "faostat",
    "eurostat-rd",
    "eurostat-sdmx",
    "imf-weo",
    "oecd-stat",
    "registrations-top",
    "registrations-total",
    "austria-cars",
    "austria-list",
    "baci-countries",
    "baci-products",
    "comexstat-countries",
    "comexstat-products",
    "comexstat-states",
    "sdmx-csv-2",
    "comexstat-flows",
    "russia-fcs",
    "comext-sdmx",
    "eurostat-tsv",
    "oecd-data",
    "imf-dots",
    "wits-query",
    "china-customs",
    "japan-customs",
    "comext-bulk",
    "wto-long",
    "imf-dots-panel",
    "faostat-matrix",
    "wits-product",
    "eurostat-other",
    "world-bank-countries",
    "world-bank-indicators",
    "comexstat-site",
    "comexstat-wide",
    "destatis-flat",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::sources;

    #[test]
    fn every_built_in_profile_parses_and_says_what_it_is() {
        for profile in built_in() {
            assert!(!profile.about.is_empty(), "{}", profile.name);
            assert!(!profile.recognise.required.is_empty(), "{}", profile.name);
            assert!(!profile.dataset.key.is_empty(), "{}", profile.name);
            assert_eq!(profile.check(), Ok(()), "{}", profile.name);
            assert!(
                profile.dataset.source.is_empty() || sources().get(&profile.dataset.source).is_some(),
                "{}",
                profile.name
            );
            for product in profile.products() {
                assert!(crate::reference::products().get(product).is_some(), "{}: {product}", profile.name);
            }
        }
    }

    #[test]
    fn a_wrong_key_is_named_with_its_line() {
        let text = "name = \"x\"\n\n[market]\ncolum = \"a\"\n";
        let error = parse_mapping(Path::new("m.toml"), text).expect_err("a typing error").to_string();
        assert!(error.starts_with("m.toml:4: unknown field `colum`"), "{error}");
    }

    #[test]
    fn what_a_mapping_lacks_is_said() {
        let error = |text: &str| parse_mapping(Path::new("m.toml"), text).expect_err(text).to_string();
        assert_eq!(
            error(""),
            "m.toml:1: expected one of [value], [weight], [quantity] and [share], found none"
        );
        assert_eq!(
            error("[value]\ncolumn = \"v\"\n[flow.words]\nin = \"inwards\"\n"),
            "m.toml:4: flow word `in`: expected a basis such as imports, `memo` and a basis, or skip, found `inwards`"
        );
        assert!(error("[value]\n").contains("needs a `column`"));
        assert!(error("[value]\ncolumn = \"v\"\n[wide]\nof = \"period\"\n").contains("exactly one"));
        assert!(error("[value]\ncolumn = \"v\"\nfactor = 0\n").starts_with("m.toml:3: expected a factor"));
        assert!(error("[flow]\nbasis = \"inports\"\n").starts_with("m.toml:2: unknown variant `inports`"));
    }
}
