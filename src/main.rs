//! The command-line program: exit code, nothing else.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
