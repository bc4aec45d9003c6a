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
    failure::calmly(|| commands::run(commands::CommandLine::parse()))
}
