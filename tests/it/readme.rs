//! The README's session runs as it stands there.

use assert_cmd::Command;
use std::path::Path;

/// Returns the commands of the README's session, without their remarks.
fn session() -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("there");
    let part =
        readme.split("## A session").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a session");
    part.lines()
        .filter_map(|line| line.strip_prefix("    tradeshare "))
        .map(|line| {
            line.split('#').next().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
        })
        .collect()
}

#[test]
fn the_session_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = tempfile::tempdir().expect("a folder");
    let commands = session();
    assert!(commands.len() >= 5, "the session is found: {commands:?}");
    for command in commands {
        // Inputs are named as from the repository, outputs belong into the temporary folder.
        let arguments = command.iter().map(|word| {
            if word.starts_with("fixtures/") { root.join(word).display().to_string() } else { word.clone() }
        });
        let mut program = Command::cargo_bin("tradeshare").expect("built");
        let output = program
            .env_remove("TRADESHARE_DB")
            .current_dir(desk.path())
            .args(arguments)
            .output()
            .expect("runs");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{command:?}: {err}");
        assert!(!out.trim().is_empty(), "{command:?} prints nothing: {err}");
    }
    assert!(desk.path().join("share.png").exists(), "the chart is written");
}
