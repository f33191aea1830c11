//! The page of the method names every rule that the program names.

use std::collections::BTreeSet;
use std::path::Path;

fn rules(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| {
            word.strip_prefix('R').is_some_and(|number| {
                (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
            })
        })
        .map(str::to_owned)
        .collect()
}

fn named_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            named_in(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.extend(rules(&std::fs::read_to_string(&path).expect("text")));
        }
    }
}

#[test]
fn every_rule_the_program_names_is_on_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/method.md")).expect("the page is there");
    let explained: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| **")?.split("**").next())
        .map(str::to_owned)
        .collect();
    let mut named = BTreeSet::new();
    named_in(&root.join("src"), &mut named);
    assert!(named.len() > 15, "the test reads the source: {named:?}");
    let missing: Vec<&String> = named.difference(&explained).collect();
    assert!(missing.is_empty(), "not in docs/method.md: {missing:?}");
}

#[test]
fn rules_are_whole_words() {
    let found = rules("refused (R16), R2; not RU, R, R123 or HR5");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["R16", "R2"]);
}
