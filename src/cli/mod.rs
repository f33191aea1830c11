//! The command line: arguments in, library calls, text out.

mod commands;
mod database;
mod failure;
mod inputs;
mod output;
mod progress;
mod question;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  tradeshare report reports/russia-2022.toml
  tradeshare ingest articles/ customs.csv
  tradeshare query China in Russia of passenger-cars --by quarter --period 2022

";

/// Who holds what part of which market, where and when, with the proof of every number
#[derive(Debug, Parser)]
#[command(version, before_help = EXAMPLES, propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,

    #[command(subcommand)]
    command: Command,
}

/// Flags every command has.
#[derive(Debug, clap::Args)]
struct Common {
    /// Database file; without it `tradeshare.db` in this folder, else the one in the data folder of your account
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "TRADESHARE_DB",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    db: Option<PathBuf>,

    /// Say nothing but results and errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    quiet: bool,

    /// Print errors as one line of JSON
    #[arg(long = "json", global = true, help_heading = "Everywhere")]
    json_errors: bool,

    /// Print without colours (as the variable NO_COLOR does)
    #[arg(long, global = true, help_heading = "Everywhere")]
    no_color: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Report(commands::report::ReportArgs),
    Ingest(commands::ingest::IngestArgs),
    Extract(commands::extract::ExtractArgs),
    Query(commands::query::QueryArgs),
    Explain(commands::explain::ExplainArgs),
    Review(commands::review::ReviewArgs),
    Chart(commands::chart::ChartArgs),
    Batch(commands::batch::BatchArgs),
    Ref(commands::reference::RefArgs),
    Db(commands::db::DbArgs),
    Completions(commands::generate::CompletionsArgs),
    Man(commands::generate::ManArgs),
}

/// Runs the program and returns the exit code of `docs/cli.md`.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Report(args) => commands::report::run(&args, &cli.common),
        Command::Ingest(args) => commands::ingest::run(&args, &cli.common),
        Command::Extract(args) => commands::extract::run(&args, &cli.common),
        Command::Query(args) => commands::query::run(&args, &cli.common),
        Command::Explain(args) => commands::explain::run(&args, &cli.common),
        Command::Review(args) => commands::review::run(&args, &cli.common),
        Command::Chart(args) => commands::chart::run(&args, &cli.common),
        Command::Batch(args) => commands::batch::run(&args, &cli.common),
        Command::Ref(args) => commands::reference::run(&args, &cli.common),
        Command::Db(args) => commands::db::run(&args, &cli.common),
        Command::Completions(args) => commands::generate::completions(&args),
        Command::Man(args) => commands::generate::man(&args),
    };
    match result {
        Ok(code) => code,
        Err(error) => failure::report(&error, &cli.common),
    }
}
