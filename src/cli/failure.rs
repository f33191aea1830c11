//! What a person sees when something went wrong: message, causes, hints, exit code.

use super::Common;
use anyhow::Error as AnyError;
use std::process::ExitCode;
use tradeshare::Error;

/// The answer is "no": nothing found, a conflict, a claim that disagrees.
pub(super) const NO: u8 = 1;
/// The command line is wrong.
pub(super) const USAGE: u8 = 2;
/// A name is unknown or ambiguous.
pub(super) const NAME: u8 = 3;
/// A rule of the method refuses.
pub(super) const REFUSED: u8 = 4;
/// An input could not be read.
pub(super) const INPUT: u8 = 5;
/// The database is locked, newer, foreign, damaged or read-only.
pub(super) const DATABASE: u8 = 6;

/// Prints the error and returns its exit code; a closed pipe is success.
pub(super) fn report(error: &AnyError, common: &Common) -> ExitCode {
    if closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let code = code(error);
    let hints = hints(error);
    if common.json_errors {
        let line = serde_json::json!({ "error": message(error), "code": code, "hint": hints.join("; ") });
        eprintln!("{line}");
    } else {
        eprintln!("error: {}", message(error));
        for hint in hints {
            eprintln!("  {hint}");
        }
    }
    ExitCode::from(code)
}

/// Joins the message and its causes to one line.
pub(super) fn message(error: &AnyError) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    super::output::printable(&text)
}

fn closed_pipe(error: &AnyError) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Returns the exit code of the first cause that has one.
pub(super) fn code(error: &AnyError) -> u8 {
    for cause in error.chain() {
        if let Some(error) = cause.downcast_ref::<Error>() {
            return match error {
                Error::Unknown { .. } | Error::Ambiguous { .. } => NAME,
                Error::Refused { .. } | Error::Chart { .. } => REFUSED,
                Error::Input { .. } | Error::UnknownShape { .. } | Error::Line { .. } | Error::Io { .. } => {
                    INPUT
                }
                Error::Store { .. } | Error::Database { .. } => DATABASE,
                _ => USAGE,
            };
        }
    }
    USAGE
}

fn hints(error: &AnyError) -> Vec<String> {
    match error.chain().find_map(|cause| cause.downcast_ref::<Error>()) {
        Some(Error::Unknown { closest, .. }) if !closest.is_empty() => {
            vec![format!("did you mean {}?", either(closest))]
        }
        Some(Error::Unknown { what: "id", .. }) => {
            vec!["`tradeshare query` prints the id of each number in its last column".to_owned()]
        }
        Some(Error::Unknown { what: "batch", .. }) => {
            vec!["`tradeshare batch list` shows them all".to_owned()]
        }
        Some(Error::Unknown { what: what @ ("place" | "product" | "brand" | "source"), .. }) => {
            vec![format!("`tradeshare ref {what}` lists what is known")]
        }
        Some(Error::Ambiguous { candidates, .. }) => vec![format!("say {}", either(candidates))],
        Some(Error::Refused { try_instead, .. }) => try_instead.iter().map(|t| format!("try  {t}")).collect(),
        Some(Error::Database { .. } | Error::Store { .. }) => {
            vec!["`--db FILE` names another database, `tradeshare db verify` looks into this one".to_owned()]
        }
        _ => Vec::new(),
    }
}

fn either(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}
