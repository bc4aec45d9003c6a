//! The options by which a command is told what to work on.

use crate::failure::Failure;
use hotwash_app::{self as app, quoted};
use std::env;
use std::path::{Path, PathBuf};

/// What to work on.
#[derive(Debug, clap::Args)]
pub(crate) struct Choice {
    /// The scenario, or a whole exercise in one file: a name of the library, which may be cut short where it is
    /// unique, or a path with a `/` or an extension; or the folder of a package
    pub(crate) scenario: Option<String>,
    #[command(flatten)]
    pub(crate) beside: Beside,
}

/// What a scenario is played with.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Beside {
    /// The organisation, likewise
    #[arg(short, long, value_name = "ORGANISATION")]
    organisation: Option<String>,
    /// The plan, likewise
    #[arg(short, long, value_name = "PLAN")]
    plan: Option<String>,
    /// The package to take what is not given from; else the nearest folder upwards with a
    /// `hotwash.toml`, else the built-in example
    #[arg(long, value_name = "DIR")]
    package: Option<PathBuf>,
}

impl Choice {
    /// Finds and reads what was chosen.
    pub(crate) fn find(&self) -> Result<app::Chosen, Failure> {
        find(self.scenario.clone(), &self.beside)
    }
}

/// Finds and reads a scenario, or the package's, with what it is played with.
pub(crate) fn find(scenario: Option<String>, beside: &Beside) -> Result<app::Chosen, Failure> {
    let here = env::current_dir()
        .map_err(|error| Failure::input(format!("the working folder cannot be read: {error}")))?;
    let choice = app::Choice {
        scenario,
        beside: app::Beside {
            organisation: beside.organisation.clone(),
            plan: beside.plan.clone(),
            package: beside.package.clone(),
        },
    };
    Ok(app::choose(&choice, &here)?)
}

impl Beside {
    /// The same with another organisation.
    #[must_use]
    pub(crate) fn with_organisation(mut self, name: &str) -> Self {
        self.organisation = Some(name.to_owned());
        self
    }

    /// The same with another plan.
    #[must_use]
    pub(crate) fn with_plan(mut self, name: &str) -> Self {
        self.plan = Some(name.to_owned());
        self
    }

    /// The same from another package.
    #[must_use]
    pub(crate) fn with_package(mut self, folder: &Path) -> Self {
        self.package = Some(folder.to_owned());
        self
    }

    /// Its options as they are typed, each after a space.
    pub(crate) fn typed(&self) -> String {
        let package = self.package.as_deref().map(Path::to_string_lossy);
        let options = [
            ("--organisation", self.organisation.as_deref()),
            ("--plan", self.plan.as_deref()),
            ("--package", package.as_deref()),
        ];
        let given = options.into_iter().filter_map(|(option, value)| {
            value.map(|value| format!(" {option} {}", quoted(value)))
        });
        given.collect()
    }
}
