//! The binary `hotwash`.
//!
//! It reads a command line, opens files, calls the libraries and prints. It holds no rule of the
//! exercise.

mod commands;
mod diagnostics;
mod exercise;
mod failure;
mod input;
mod judged;
mod key;
mod output;
mod package;
mod record;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    failure::calmly(|| commands::run(commands::CommandLine::parse()))
}
