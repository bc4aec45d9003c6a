//! Jobs as the engines meet them for which they are emitted: a real Slurm plays parts, and a validator of
//! Kubernetes reads the Job.
//!
//! `./test` installs what these tests need. They never skip: without it they fail, and say what to do.

mod kubernetes;
mod slurm;

use assert_cmd::cargo::cargo_bin;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A whole exercise on one screen, whose runs are short.
const SMALL: &str = "harbour-street-clinic";

/// What a program printed that ended well.
fn printed(command: &mut Command) -> String {
    let output = command.output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?}: {}: {said}",
        output.status
    );
    String::from_utf8(output.stdout).expect("output is text")
}

/// The binary in a folder, with an environment of its own.
fn hotwash(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(cargo_bin("hotwash"));
    command
        .current_dir(folder)
        .env_clear()
        .env("COLUMNS", "80")
        .args(arguments.split_whitespace());
    command
}

/// A program that has to be installed, wherever it is.
fn installed(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let mut all = folders.map(|folder: PathBuf| folder.join(program));
    all.find(|path| path.is_file()).unwrap_or_else(|| {
        panic!(
            "`{program}` is not installed, and this test needs it. `./test` installs it as root or with sudo; by \
             hand: apt-get install --no-install-recommends slurmctld slurmd slurm-client munge"
        )
    })
}
