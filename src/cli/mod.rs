//! The command line: arguments in, library calls, text out.

/// Runs the program.
pub(crate) fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
