//! `tradeshare completions` and `tradeshare man`: made from the same definition as the help.

use crate::cli::Cli;
use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare completions bash > ~/.local/share/bash-completion/completions/tradeshare
")]
pub(in crate::cli) struct CompletionsArgs {
    /// Shell to complete in
    shell: Shell,
}

/// Write the manual pages into a folder
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  tradeshare man man/
")]
pub(in crate::cli) struct ManArgs {
    /// Folder to write to; made when it is not there
    folder: PathBuf,
}

pub(in crate::cli) fn completions(args: &CompletionsArgs) -> Result<ExitCode> {
    clap_complete::generate(args.shell, &mut Cli::command(), "tradeshare", &mut std::io::stdout());
    Ok(ExitCode::SUCCESS)
}

pub(in crate::cli) fn man(args: &ManArgs) -> Result<ExitCode> {
    std::fs::create_dir_all(&args.folder)?;
    clap_mangen::generate_to(Cli::command(), &args.folder)?;
    Ok(ExitCode::SUCCESS)
}
