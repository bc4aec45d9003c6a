//! The command line: one file per command.

pub(crate) mod campaign;
mod check;
mod compare;
mod drill;
mod evaluate;
mod explain;
mod improve;
mod key;
mod library;
mod new;
mod replay;
mod report;
mod schema;
mod selftest;
mod simulate;
mod verify;
mod why;

use crate::failure::{Failure, Outcome};
use clap::{Parser, Subcommand, ValueEnum};
use std::ffi::OsString;

/// Rehearse an organisation's response to information-security incidents.
///
/// Hotwash plays a scripted incident against an incident response plan and says how long each phase
/// took, what was covered and missed, why, and what would help most.
#[derive(Debug, Parser)]
#[command(
    name = "hotwash",
    version,
    max_term_width = 100,
    after_help = EXIT_CODES,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    simulate: simulate::Args,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 problems found or a required level missed, 2 usage, \
    3 input could not be used, 4 internal error, 130 interrupted.";

#[derive(Debug, Subcommand)]
enum Command {
    Simulate(simulate::Args),
    Drill(Box<drill::Args>),
    Campaign(Box<campaign::Args>),
    Compare(Box<compare::Args>),
    Improve(Box<improve::Args>),
    Check(check::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    New(new::Args),
    Library(library::Args),
    Evaluate(evaluate::Args),
    Report(report::Args),
    Why(why::Args),
    Replay(replay::Args),
    Verify(verify::Args),
    Key(key::Args),
    Selftest(selftest::Args),
}

/// In which form a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl Format {
    /// The form that a command line asks for, also one that cannot be read.
    pub(crate) fn asked(arguments: &[OsString]) -> Self {
        let said = arguments.iter().take_while(|one| *one != "--");
        let said: Vec<&OsString> = said.collect();
        let apart = said
            .windows(2)
            .any(|two| two[0] == "--format" && two[1] == "json");
        if apart || said.iter().any(|one| *one == "--format=json") {
            Self::Json
        } else {
            Self::Text
        }
    }

    /// The option as it is typed, after a space; empty: nobody need type it.
    pub(crate) const fn typed(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Json => " --format json",
        }
    }
}

/// Runs the command of a command line.
pub(crate) fn run(line: CommandLine) -> Result<Outcome, Failure> {
    match line.command.unwrap_or(Command::Simulate(line.simulate)) {
        Command::Simulate(args) => simulate::run(&args),
        Command::Drill(args) => drill::run(&args),
        Command::Campaign(args) => campaign::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Improve(args) => improve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::New(args) => new::run(&args),
        Command::Library(args) => library::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Key(args) => key::run(&args),
        Command::Selftest(args) => selftest::run(&args),
    }
}
