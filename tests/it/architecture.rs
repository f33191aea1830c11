//! The order of the stages, kept by reading the source.

use std::path::{Path, PathBuf};

/// Stages in the order of the work; each may use those before it and the shared modules.
const STAGES: [&str; 6] = ["ingest", "extract", "store", "query", "chart", "report"];

/// Modules below all stages, in order: each may use those before it.
const SHARED: [&str; 4] = ["error", "model", "reference", "sql"];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns every module named by `crate::NAME` in the text.
fn used(text: &str) -> Vec<String> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn a_stage_uses_only_the_stages_before_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let order: Vec<&str> = SHARED.iter().chain(&STAGES).copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in rust_files(&src) {
        let path = file.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
        let module = path.split(['/', '.']).next().expect("a first part").to_owned();
        let Some(place) = order.iter().position(|name| *name == module) else { continue };
        seen += 1;
        for name in used(&std::fs::read_to_string(&file).expect("readable")) {
            let allowed = order.iter().position(|known| *known == name).is_none_or(|other| other <= place);
            if !allowed || name == "pipeline" || name == "cli" {
                wrong.push(format!("{path} uses {name}"));
            }
        }
    }
    assert!(seen > 20, "the test reads the source: {seen} files");
    assert!(wrong.is_empty(), "backward uses: {wrong:#?}");
}
