//! Words caught in file names and header cells by templates such as `{stat}-{region}-monthly-{from}-{to}`.

use super::profile::Variable;
use super::when;
use crate::reference::{Scheme, places};
use std::collections::BTreeMap;

/// Caught words by name.
pub(super) type Caught = BTreeMap<String, String>;

/// Matches the whole text, whatever its case; each braced name takes as little as it can, at least one character.
pub(super) fn catch(template: &str, text: &str, allowed: &BTreeMap<String, Variable>) -> Option<Caught> {
    // File names are no longer, and a cell that is would take for ever.
    if text.len() > 300 {
        return None;
    }
    let mut caught = Caught::new();
    fits(template, text, allowed, &mut caught).then_some(caught)
}

fn fits(template: &str, text: &str, allowed: &BTreeMap<String, Variable>, caught: &mut Caught) -> bool {
    let Some(open) = template.find('{') else { return template.eq_ignore_ascii_case(text) };
    let Some(close) = template.find('}').filter(|close| *close > open) else { return false };
    let (literal, name, rest) = (&template[..open], &template[open + 1..close], &template[close + 1..]);
    let Some(text) = strip_prefix(text, literal) else { return false };
    for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
        let word = &text[..end];
        if valid(name, word, allowed) && fits(rest, &text[end..], allowed, caught) {
            caught.insert(name.to_owned(), word.to_owned());
            return true;
        }
    }
    false
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Names that say what they are must hold it: a template that catches `oil` as a month has not matched.
fn valid(name: &str, word: &str, allowed: &BTreeMap<String, Variable>) -> bool {
    if let Some(variable) = allowed.get(name) {
        return variable.meaning(word).is_some() || (variable.iso2 && is_iso2(word));
    }
    match name {
        "year" => word.len() == 4 && when::read(word, None).is_some(),
        "from" | "to" | "period" => when::read(word, None).is_some(),
        "month" | "month_from" | "month_to" => when::month_of(word).is_some(),
        _ => true,
    }
}

fn is_iso2(word: &str) -> bool {
    word.len() == 2
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && places().by_code(Scheme::Iso2, word, None).is_some()
}

/// Says whether a name fits a glob of `*` and `?`, whatever its case.
pub(super) fn glob(pattern: &str, name: &str) -> bool {
    fn fits(pattern: &[char], name: &[char]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some(('*', rest)) => (0..=name.len()).any(|skip| fits(rest, &name[skip..])),
            Some((p, rest)) => name.split_first().is_some_and(|(n, tail)| {
                (*p == '?' || p.to_lowercase().eq(n.to_lowercase())) && fits(rest, tail)
            }),
        }
    }
    // Patterns come from mapping files too: many stars on a long name would take for ever.
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().take(300).collect();
    pattern.iter().filter(|c| **c == '*').count() <= 3 && fits(&pattern, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(template: &str, text: &str) -> String {
        let mut allowed = BTreeMap::new();
        let mut region = Variable::default();
        region.values.insert("ww".to_owned(), "World".to_owned());
        allowed.insert("region".to_owned(), region);
        format!("{:?}", catch(template, text, &allowed).unwrap_or_default())
    }

    #[test]
    fn words_are_caught_between_the_literals() {
        assert_eq!(
            caught("{stat}-{region}-monthly-{from}-{to}", "vendor-ww-monthly-201003-202405"),
            r#"{"from": "201003", "region": "ww", "stat": "vendor", "to": "202405"}"#
        );
        assert_eq!(
            caught("market share perc. ({period})", "Market Share Perc. (Nov 2013)"),
            r#"{"period": "Nov 2013"}"#
        );
        assert_eq!(
            caught("{stat}_share_{month_from}_{month_to}_{year}", "mobile_os_share_feb_apr_2025"),
            r#"{"month_from": "feb", "month_to": "apr", "stat": "mobile_os", "year": "2025"}"#
        );
    }

    #[test]
    fn what_is_no_month_and_no_region_is_not_caught() {
        assert_eq!(caught("{stat}_{month}_{year}", "crude_oil_2021"), "{}");
        assert_eq!(caught("{region}-{name}", "my-table"), "{}");
    }

    #[test]
    fn globs_know_star_and_question_mark() {
        assert!(glob("baci*", "BACI_HS92_Y2019"));
        assert!(glob("?-lists", "A-lists"));
        assert!(!glob("baci*", "my-baci"));
    }
}
