//! `hotwash new`.

use crate::failure::{Failure, Outcome};
use crate::output;
use clap::ValueEnum;
use hotwash_app::{EXAMPLE, MANIFEST, quoted};
use hotwash_scenarios::{Kind, TEMPLATES, find};
use std::fs;
use std::path::PathBuf;

/// Make a package to edit
///
/// Writes an organisation, a plan and a scenario that you can change, and a `hotwash.toml` that names
/// them. In the folder, or below it, every command works on the package. Files that exist are left
/// alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to make
    dir: PathBuf,
    /// What to start from
    #[arg(long, value_enum, default_value_t)]
    from: Start,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Start {
    /// A short organisation, plan and scenario with comments
    #[default]
    Template,
    /// The built-in example: a clinic, its plan and a ransomware evening
    Example,
    /// A whole exercise on one screen
    Small,
}

/// The built-in exercise that fits on one screen.
const SMALL: &str = "harbour-street-clinic";

const SMALL_MANIFEST: &str = "\
# This folder is a Hotwash package: commands run inside it use this exercise.
scenario = \"exercise.ron\"
";

impl Start {
    /// The files to write, with their texts.
    fn files(self) -> Vec<(&'static str, &'static str)> {
        let text = |kind, id| {
            find(kind, id)
                .expect("a test holds that the example ships")
                .text
        };
        match self {
            Self::Template => TEMPLATES
                .iter()
                .map(|file| (file.file, file.text))
                .collect(),
            Self::Example => {
                let manifest = TEMPLATES.iter().find(|file| file.file == MANIFEST);
                let manifest = manifest.expect("a test holds that the template is a package");
                vec![
                    (MANIFEST, manifest.text),
                    (
                        "organisation.ron",
                        text(Kind::Organisation, EXAMPLE.organisation),
                    ),
                    ("plan.ron", text(Kind::Plan, EXAMPLE.plan)),
                    ("scenario.ron", text(Kind::Scenario, EXAMPLE.scenario)),
                ]
            }
            Self::Small => vec![
                (MANIFEST, SMALL_MANIFEST),
                ("exercise.ron", text(Kind::Exercise, SMALL)),
            ],
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    let files = args.from.files();
    let shown = args.dir.display();
    fs::create_dir_all(&args.dir)
        .map_err(|error| Failure::input(format!("`{shown}` cannot be made: {error}")))?;
    if let Some((name, _)) = files.iter().find(|(name, _)| args.dir.join(name).exists()) {
        return Err(Failure::input(format!("`{shown}` already has a {name}"))
            .hint("Nothing was written. Name a folder that does not exist yet."));
    }
    for (name, text) in &files {
        output::create(&args.dir.join(name), text)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    output::say(&format!(
        "Made {shown} with {}.\nNext: cd {} && hotwash\n",
        names.join(", "),
        quoted(&args.dir.to_string_lossy()),
    ))?;
    Ok(Outcome::Done)
}
