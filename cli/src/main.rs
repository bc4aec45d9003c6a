//! The binary `hotwash`.
//!
//! It reads a command line, opens files, calls the libraries and prints. It holds no rule of the
//! exercise.

mod advice;
mod choice;
mod commands;
mod diagnostics;
mod failure;
mod key;
mod output;
mod parts;
mod record;
mod shown;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if commands::Format::asked(&arguments) == commands::Format::Json {
        output::answer_in_json();
    }
    failure::calmly(|| {
        let line = commands::CommandLine::try_parse_from(&arguments);
        commands::run(line.map_err(|refused| failure::refused(&refused))?)
    })
}
