//! `hotwash key`.

use crate::failure::{Failure, Outcome};
use crate::output;
use clap::Subcommand;
use hotwash_archive::{Key, KeyError};
use std::io::ErrorKind;
use std::path::PathBuf;

/// Make a key that seals records
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
}

/// Make a new key file
///
/// Keep the file secret: whoever holds it can seal records in your name. Give the public key, which
/// this command prints, to those who are to check your records.
#[derive(Debug, clap::Args)]
struct New {
    /// The file to write; it must not exist
    file: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let Command::New(args) = &args.command;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Failure::internal(format!("the system gives no randomness: {error}")))?;
    let key = Key::from_seed(&seed);
    key.create_file(&args.file).map_err(|error| {
        let shown = args.file.display();
        match error {
            KeyError::Io(error) if error.kind() == ErrorKind::AlreadyExists => {
                Failure::input(format!("`{shown}` exists, and a key is never overwritten"))
            }
            other => Failure::input(format!("`{shown}` cannot be written: {other}")),
        }
    })?;
    let public = key.public();
    output::say(&format!(
        "Key written to {}. Keep it secret.\n\
         Public key   {public}\n\
         Fingerprint  {}\n",
        args.file.display(),
        public.fingerprint(),
    ))?;
    Ok(Outcome::Done)
}
