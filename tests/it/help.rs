//! `docs/cli.md` is the program's own help; `UPDATE_DOCS=1 cargo test --test it help` writes it anew.

use assert_cmd::Command;
use std::path::Path;

const COMMANDS: [&str; 12] = [
    "report",
    "ingest",
    "extract",
    "query",
    "explain",
    "review",
    "chart",
    "batch",
    "ref",
    "db",
    "completions",
    "man",
];

const HEAD: &str = "# Commands

Made from the program's own help by a test. Results go to standard output, everything else to standard error.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | the answer is \"no\": nothing found with `--fail-empty` |
| 2 | the command line is wrong |
| 3 | a name is unknown or ambiguous |
| 4 | refused by a rule of the method, see [method.md](method.md) |
| 5 | an input could not be read; the others were |
| 6 | the database is locked, newer, foreign, damaged or read-only |
";

fn help(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("tradeshare").expect("built").args(arguments).output().expect("runs");
    assert!(output.status.success(), "{arguments:?}");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[test]
fn the_page_of_commands_is_the_help() {
    let mut page = HEAD.to_owned();
    page.push_str(&format!("\n## tradeshare\n\n```text\n{}```\n", help(&["--help"])));
    for command in COMMANDS {
        page.push_str(&format!("\n## tradeshare {command}\n\n```text\n{}```\n", help(&[command, "--help"])));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/cli.md is not the help; run `UPDATE_DOCS=1 cargo test --test it help`");
}

#[test]
fn every_help_begins_with_examples() {
    for command in COMMANDS {
        let text = help(&[command, "--help"]);
        assert!(text.starts_with("Examples:\n"), "{command}: {text}");
    }
}
