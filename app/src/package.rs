//! Which definitions are worked on: those of a package, of the library, or of a path.
//!
//! A package is a folder with a `hotwash.toml` that says where its definitions are. Without one, the
//! built-in example is played.

use crate::fault::Fault;
use crate::file;
use hotwash_scenarios::{Kind, Source, find, library, limits};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file that makes a folder a package.
pub const MANIFEST: &str = "hotwash.toml";
/// The longest manifest, in bytes.
const MAX_MANIFEST: usize = 64 * 1024;

/// What is to be worked on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The scenario, or a whole exercise in one file: a name of the library, or a path with a `/` or an
    /// extension. `None`: the package's.
    pub scenario: Option<String>,
    /// What it is played with.
    pub beside: Beside,
}

/// What a scenario is played with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The organisation, likewise.
    pub organisation: Option<String>,
    /// The plan, likewise.
    pub plan: Option<String>,
    /// The folder of the package to take what is not given from; `None`: the nearest folder upwards with a
    /// [`MANIFEST`], else the built-in example.
    pub package: Option<PathBuf>,
}

/// A word as a shell reads it back.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// One of two things that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// The folder of a package.
    Package(PathBuf),
    /// An organisation, by its name or path.
    Organisation(String),
    /// A plan.
    Plan(String),
    /// A scenario, or a whole exercise.
    Scenario(String),
}

impl Side {
    /// What it is, with its article.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Package(_) => "a package",
            Self::Organisation(_) => "an organisation",
            Self::Plan(_) => "a plan",
            Self::Scenario(_) => "a scenario",
        }
    }
}

/// Finds out what a name or a path stands for.
///
/// # Errors
///
/// If it is nothing that can be compared, or cannot be read.
pub fn side(name: &str) -> Result<Side, Fault> {
    let path = Path::new(name);
    if path.is_dir() {
        return Ok(Side::Package(path.to_owned()));
    }
    let kinds = [
        Kind::Organisation,
        Kind::Plan,
        Kind::Scenario,
        Kind::Exercise,
    ];
    let kind = if name.contains('/') || path.extension().is_some() {
        outer(&read(path)?)
    } else {
        kinds.into_iter().find(|kind| find(*kind, name).is_some())
    };
    match kind {
        Some(Kind::Organisation) => Ok(Side::Organisation(name.to_owned())),
        Some(Kind::Plan) => Ok(Side::Plan(name.to_owned())),
        Some(Kind::Scenario | Kind::Exercise) => Ok(Side::Scenario(name.to_owned())),
        None => Err(Fault::new(format!(
            "`{name}` is no organisation, plan, scenario or package"
        ))
        .hint("Name one of `hotwash library`, a file with a `/` or an extension, or a folder.")),
    }
}

/// What a manifest says. Each is a path from the manifest's folder, or a name of the library.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default = "organisation_file")]
    organisation: String,
    #[serde(default = "plan_file")]
    plan: String,
    #[serde(default = "scenario_file")]
    scenario: String,
}

fn organisation_file() -> String {
    "organisation.ron".to_owned()
}

fn plan_file() -> String {
    "plan.ron".to_owned()
}

fn scenario_file() -> String {
    "scenario.ron".to_owned()
}

/// The built-in example, by names of the library.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The organisation.
    pub organisation: &'static str,
    /// The plan.
    pub plan: &'static str,
    /// The scenario.
    pub scenario: &'static str,
}

/// What is played where nothing else is said.
pub const EXAMPLE: Example = Example {
    organisation: "marram-street-clinic",
    plan: "clinic-response-plan",
    scenario: "ransomware-friday-evening",
};

fn example() -> Manifest {
    Manifest {
        organisation: EXAMPLE.organisation.to_owned(),
        plan: EXAMPLE.plan.to_owned(),
        scenario: EXAMPLE.scenario.to_owned(),
    }
}

/// The texts that a command works on.
#[derive(Debug)]
pub struct Chosen {
    /// In the order organisation, plan, scenario; or one whole exercise, with what replaces its
    /// parts before it.
    pub sources: Vec<Source>,
    /// The package that they come from, as people know it.
    pub package: String,
    /// The folder of that package; `None`: it is the built-in example.
    pub folder: Option<PathBuf>,
}

/// Finds and reads what was chosen, by somebody who is in this folder.
///
/// # Errors
///
/// If something that was named is not there, cannot be read, or is of another kind.
pub fn choose(choice: &Choice, here: &Path) -> Result<Chosen, Fault> {
    let folder = match &choice.beside.package {
        Some(folder) => Some(named(folder)?),
        None => nearest(here),
    };
    let manifest = folder.as_deref().map_or_else(|| Ok(example()), manifest)?;
    let base = folder.as_deref();
    let pick = |given: &Option<String>, default: &str, kind| match given {
        Some(name) => definition(name, None, kind),
        None => definition(default, base, kind),
    };
    let scenario = pick(&choice.scenario, &manifest.scenario, Kind::Scenario)?;
    let whole = is_whole(&scenario);
    let mut sources = Vec::new();
    if choice.beside.organisation.is_some() || !whole {
        let kind = Kind::Organisation;
        sources.push(pick(
            &choice.beside.organisation,
            &manifest.organisation,
            kind,
        )?);
    }
    if choice.beside.plan.is_some() || !whole {
        sources.push(pick(&choice.beside.plan, &manifest.plan, Kind::Plan)?);
    }
    sources.push(scenario);
    let package = folder.as_deref().map_or_else(
        || "the built-in example".to_owned(),
        |folder| {
            let here = folder.as_os_str().is_empty();
            let path = folder.display().to_string();
            if here { "this folder".to_owned() } else { path }
        },
    );
    Ok(Chosen {
        sources,
        package,
        folder,
    })
}

/// Reads the definition at a path.
///
/// # Errors
///
/// If it cannot be read, or is too long.
pub fn read(path: &Path) -> Result<Source, Fault> {
    let text = file::read_text(path, limits::FILE_BYTES)?;
    Ok(Source::new(path.display().to_string(), text))
}

/// A definition by its path, from `base` if it is a package's own, or by its name in the library.
fn definition(name: &str, base: Option<&Path>, kind: Kind) -> Result<Source, Fault> {
    let path = Path::new(name);
    if name.contains('/') || path.extension().is_some() {
        let path = base.map_or_else(|| path.to_owned(), |base| base.join(path));
        let source = read(&path)?;
        return match outer(&source) {
            Some(found) if !serves(found, kind) => Err(other_kind(name, found, kind)),
            _ => Ok(source),
        };
    }
    let whole = || find(Kind::Exercise, name).filter(|_| kind == Kind::Scenario);
    match find(kind, name).or_else(whole) {
        Some(item) => Ok(Source::new(item.file, item.text)),
        None => Err(not_in_library(name, kind)),
    }
}

/// Whether what a file defines can be what is asked for: a whole exercise is asked for as a scenario.
fn serves(found: Kind, asked: Kind) -> bool {
    found == asked || found == Kind::Exercise
}

/// What is asked for, in words.
const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Organisation => "organisation",
        Kind::Plan => "plan",
        Kind::Scenario | Kind::Exercise => "scenario",
    }
}

/// A file of another kind than is asked for, and how it is given.
fn other_kind(name: &str, found: Kind, asked: Kind) -> Fault {
    let typed = quoted(name);
    let hint = match found {
        Kind::Organisation => format!("Give it with `--organisation {typed}`."),
        Kind::Plan => format!("Give it with `--plan {typed}`."),
        Kind::Scenario | Kind::Exercise => {
            "Name a scenario where no option is asked for.".to_owned()
        }
    };
    let (found, asked) = (noun(found), noun(asked));
    let article = if found == "organisation" { "an" } else { "a" };
    Fault::new(format!("`{name}` is {article} {found}, and no {asked}")).hint(hint)
}

fn not_in_library(name: &str, kind: Kind) -> Fault {
    let what = noun(kind);
    let of_kind = library().iter().filter(|item| item.kind == kind);
    let ids: Vec<String> = of_kind.map(|item| format!("`{}`", item.id)).collect();
    Fault::new(format!("the library has no {what} `{name}`"))
        .hint(format!("It has {}.", ids.join(", ")))
        .hint(format!(
            "A file is named with a `/` or its extension, such as `./{name}` or `{name}.ron`."
        ))
}

/// Whether a text is a whole exercise: its outer name says so.
fn is_whole(source: &Source) -> bool {
    outer(source) == Some(Kind::Exercise)
}

/// What a text defines, by its outer name.
fn outer(source: &Source) -> Option<Kind> {
    let mut rest = source.text.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment
            .split_once('\n')
            .map_or("", |(_, after)| after)
            .trim_start();
    }
    if source.is_json() {
        rest = rest.trim_start_matches(['{', '"', ' ', '\n', '\r', '\t']);
    }
    let kinds = [
        Kind::Organisation,
        Kind::Plan,
        Kind::Scenario,
        Kind::Exercise,
    ];
    kinds.into_iter().find(|kind| rest.starts_with(kind.name()))
}

/// The package in a folder that was named.
fn named(folder: &Path) -> Result<PathBuf, Fault> {
    if folder.join(MANIFEST).is_file() {
        return Ok(folder.to_owned());
    }
    let shown = folder.display();
    Err(
        Fault::new(format!("`{shown}` is no package: it holds no {MANIFEST}"))
            .hint(format!("`hotwash new {shown}` makes one.")),
    )
}

/// The nearest package at or above a folder, by the way up to it.
fn nearest(here: &Path) -> Option<PathBuf> {
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(MANIFEST).is_file() {
            return Some(up);
        }
        up.push("..");
    }
    None
}

fn manifest(folder: &Path) -> Result<Manifest, Fault> {
    let path = folder.join(MANIFEST);
    let text = file::read_text(&path, MAX_MANIFEST)?;
    toml::from_str(&text).map_err(|error| {
        let reason = error.to_string();
        Fault::new(format!(
            "`{}` cannot be used:\n{}",
            path.display(),
            reason.trim_end()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_exercise_is_known_by_its_outer_name() {
        let ron = |text: &str| is_whole(&Source::new("a.ron", text));
        assert!(ron("// One screen.\n\n// More.\nExercise(\n"));
        assert!(!ron("// Exercise(\nScenario("));
        assert!(!ron(""));
        assert!(is_whole(&Source::new("a.json", "{ \"Exercise\": {}}")));
    }

    #[test]
    fn the_built_in_example_ships() {
        let example = example();
        assert!(find(Kind::Organisation, &example.organisation).is_some());
        assert!(find(Kind::Plan, &example.plan).is_some());
        assert!(find(Kind::Scenario, &example.scenario).is_some());
    }
}
