//! `hotwash new`.

use crate::failure::{Failure, Outcome};
use crate::output;
use crate::package::MANIFEST;
use hotwash_scenarios::{Kind, find};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Make a package to edit
///
/// Writes an organisation, a plan and a scenario that you can change, and a `hotwash.toml` that names
/// them. In the folder, or below it, every command works on the package. Files that exist are left
/// alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to make
    dir: PathBuf,
    /// Start from an exercise that fits on one screen, in one file
    #[arg(long)]
    small: bool,
}

const MANIFEST_TEXT: &str = "\
# What `hotwash` plays in this folder: paths from here, or names of `hotwash library`.
organisation = \"organisation.ron\"
plan = \"plan.ron\"
scenario = \"scenario.ron\"
";

const SMALL_MANIFEST_TEXT: &str = "\
# What `hotwash` plays in this folder: a path from here, or a name of `hotwash library`.
scenario = \"exercise.ron\"
";

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let files: Vec<(&str, &str)> = if args.small {
        let exercise = text(Kind::Exercise, "harbour-street-clinic");
        vec![(MANIFEST, SMALL_MANIFEST_TEXT), ("exercise.ron", exercise)]
    } else {
        let organisation = text(Kind::Organisation, "marram-street-clinic");
        let plan = text(Kind::Plan, "clinic-response-plan");
        let scenario = text(Kind::Scenario, "ransomware-friday-evening");
        vec![
            (MANIFEST, MANIFEST_TEXT),
            ("organisation.ron", organisation),
            ("plan.ron", plan),
            ("scenario.ron", scenario),
        ]
    };
    let shown = args.dir.display();
    fs::create_dir_all(&args.dir)
        .map_err(|error| Failure::input(format!("`{shown}` cannot be made: {error}")))?;
    if let Some((name, _)) = files.iter().find(|(name, _)| args.dir.join(name).exists()) {
        return Err(Failure::input(format!("`{shown}` already has a {name}"))
            .hint("Nothing was written. Name a folder that does not exist yet."));
    }
    for (name, text) in &files {
        write(&args.dir.join(name), text)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    output::print(&format!(
        "Made {shown} with {}.\nNext: cd {shown} && hotwash\n",
        names.join(", ")
    ))?;
    Ok(Outcome::Done)
}

fn text(kind: Kind, id: &str) -> &'static str {
    find(kind, id)
        .expect("a test holds that the example ships")
        .text
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| {
            let shown = path.display();
            if error.kind() == ErrorKind::AlreadyExists {
                Failure::input(format!("`{shown}` exists, and is left alone"))
            } else {
                Failure::input(format!("`{shown}` cannot be written: {error}"))
            }
        })
}
