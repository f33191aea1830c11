//! A folder with a database in it, and the program run there.

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

/// A folder with a database in it.
pub struct Desk(TempDir);

/// What a command printed and how it ended.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.answer(arguments, "")
    }

    /// Runs the program with these lines on its standard input.
    pub fn answer(&self, arguments: &[&str], lines: &str) -> Said {
        let mut command = Command::cargo_bin("tradeshare").expect("built");
        command.env_remove("TRADESHARE_DB").current_dir(self.0.path()).args(["--db", "t.db"]).args(arguments);
        let output = command.write_stdin(lines).output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Said {
            code: output.status.code().expect("ended by itself"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Runs a command that must succeed and returns what it printed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
        said.out
    }
}

pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).display().to_string()
}
