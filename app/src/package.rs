//! Which definitions are worked on: those of a package, of the library, or of a path.
//!
//! A package is a folder with a `hotwash.toml` that says where its definitions are. Without one, the
//! built-in example is played.

use crate::fault::Fault;
use crate::file;
use hotwash_scenarios::{Held, Kind, LibraryItem, Source, find_short, held, library, limits};
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
/// If it is nothing that can be compared, stands for several things, or cannot be read.
pub fn side(name: &str) -> Result<Side, Fault> {
    let path = Path::new(name);
    if path.is_dir() {
        return Ok(Side::Package(path.to_owned()));
    }
    let (kind, given) = if is_path(name) {
        match held(&read(path)?) {
            Some(Held::Definition(kind)) => (Some(kind), name.to_owned()),
            Some(Held::Actions) => return Err(other_kind(name, Held::Actions, Kind::Scenario)),
            None => (None, name.to_owned()),
        }
    } else {
        let found: Vec<_> = Kind::ALL
            .iter()
            .flat_map(|kind| find_short(*kind, name))
            .collect();
        let exact = found.iter().find(|item| item.id == name);
        match (exact, &found[..]) {
            (Some(item), _) | (None, [item]) => (Some(item.kind), item.id.to_owned()),
            (None, []) => (None, name.to_owned()),
            (None, several) => return Err(several_things(name, several)),
        }
    };
    match kind {
        Some(Kind::Organisation) => Ok(Side::Organisation(given)),
        Some(Kind::Plan) => Ok(Side::Plan(given)),
        Some(Kind::Scenario | Kind::Exercise) => Ok(Side::Scenario(given)),
        None => Err(Fault::new(format!(
            "`{name}` is no organisation, plan, scenario or package"
        ))
        .hint("Name one of `hotwash library`, a file with a `/` or an extension, or a folder.")),
    }
}

/// Whether a name is a path: it has a `/` or an extension.
fn is_path(name: &str) -> bool {
    name.contains('/') || Path::new(name).extension().is_some()
}

/// A name that is cut too short.
fn several_things(name: &str, several: &[&LibraryItem]) -> Fault {
    let ids: Vec<String> = several
        .iter()
        .map(|item| format!("`{}`", item.id))
        .collect();
    Fault::new(format!(
        "`{name}` stands for several definitions of the library"
    ))
    .hint(format!("Say which one: {}.", ids.join(", ")))
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
    /// What is played, as people know it: the package, if there is one, and each file or name of the library;
    /// "the built-in example" where nothing was chosen.
    pub origin: String,
    /// The folder of the package; `None`: it is the built-in example, or single files.
    pub folder: Option<PathBuf>,
}

/// Finds and reads what was chosen, by somebody who is in this folder.
///
/// # Errors
///
/// If something that was named is not there, cannot be read, or is of another kind.
pub fn choose(choice: &Choice, here: &Path) -> Result<Chosen, Fault> {
    let (scenario_given, folder) = chosen_folder(choice, here)?;
    let manifest = folder.as_deref().map_or_else(|| Ok(example()), manifest)?;
    let base = folder.as_deref();
    let pick = |given: Option<&str>, default: &str, kind| match given {
        Some(name) => definition(name, None, kind),
        None => definition(default, base, kind),
    };
    let scenario = pick(scenario_given, &manifest.scenario, Kind::Scenario)?;
    let whole = held(&scenario) == Some(Held::Definition(Kind::Exercise));
    let (organisation, plan) = (&choice.beside.organisation, &choice.beside.plan);
    let mut sources = Vec::new();
    if organisation.is_some() || !whole {
        let kind = Kind::Organisation;
        sources.push(pick(organisation.as_deref(), &manifest.organisation, kind)?);
    }
    if plan.is_some() || !whole {
        sources.push(pick(plan.as_deref(), &manifest.plan, Kind::Plan)?);
    }
    sources.push(scenario);
    let asked = scenario_given.is_some() || organisation.is_some() || plan.is_some();
    let origin = if asked || folder.is_some() {
        origin(&sources)
    } else {
        "the built-in example".to_owned()
    };
    Ok(Chosen {
        sources,
        origin,
        folder,
    })
}

/// The scenario that was named, and the folder of the package; a folder in place of a scenario is a package.
fn chosen_folder<'c>(
    choice: &'c Choice,
    here: &Path,
) -> Result<(Option<&'c str>, Option<PathBuf>), Fault> {
    let scenario = choice.scenario.as_deref();
    let folder = scenario.filter(|name| Path::new(name).is_dir());
    match (folder, &choice.beside.package) {
        (Some(name), Some(_)) => Err(Fault::new(format!(
            "`{name}` is a folder, and `--package` names another"
        ))
        .hint("Name the package once.")),
        // A name of the library stays one, whatever folder is called alike.
        (Some(name), None)
            if is_path(name)
                || find_short(Kind::Scenario, name).is_empty()
                || Path::new(name).join(MANIFEST).is_file() =>
        {
            Ok((None, Some(named(Path::new(name))?)))
        }
        (_, Some(package)) => Ok((scenario, Some(named(package)?))),
        (_, None) => Ok((scenario, nearest(here))),
    }
}

/// Each of the files and names of the library that are played, the scenario first.
fn origin(sources: &[Source]) -> String {
    let known = |source: &Source| match library().iter().find(|item| item.file == source.name) {
        Some(item) => format!("{} (library)", item.id),
        None => source.name.clone(),
    };
    let all: Vec<String> = sources.iter().rev().map(known).collect();
    match &all[..] {
        [only] => only.clone(),
        [scenario, with @ ..] => {
            let mut with = with.to_vec();
            with.reverse();
            format!("{scenario} with {}", with.join(" and "))
        }
        [] => String::new(),
    }
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

/// A definition by its path, from `base` if it is a package's own, or by its name in the library, which may be cut
/// short where it stands for one thing.
fn definition(name: &str, base: Option<&Path>, kind: Kind) -> Result<Source, Fault> {
    let path = Path::new(name);
    if is_path(name) {
        let path = base.map_or_else(|| path.to_owned(), |base| base.join(path));
        let source = read(&path)?;
        return match held(&source) {
            Some(found) if !serves(found, kind) => Err(other_kind(name, found, kind)),
            None if is_record(&source) => Err(record_given(name)),
            _ => Ok(source),
        };
    }
    let mut found = find_short(kind, name);
    if kind == Kind::Scenario {
        found.extend(find_short(Kind::Exercise, name));
    }
    if let Some(exact) = found.iter().position(|item| item.id == name) {
        found = vec![found[exact]];
    }
    match found[..] {
        [item] => Ok(Source::new(item.file, item.text)),
        [] => Err(not_in_library(name, kind)),
        _ => Err(several_things(name, &found)),
    }
}

/// Whether what a file holds can be what is asked for: a whole exercise is asked for as a scenario.
fn serves(found: Held, asked: Kind) -> bool {
    found == Held::Definition(asked)
        || (found == Held::Definition(Kind::Exercise) && asked == Kind::Scenario)
}

/// What is asked for, in words.
const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Organisation => "organisation",
        Kind::Plan => "plan",
        Kind::Scenario => "scenario",
        Kind::Exercise => "whole exercise",
    }
}

/// A file of another kind than is asked for, and how it is given.
fn other_kind(name: &str, found: Held, asked: Kind) -> Fault {
    let typed = quoted(name);
    let (what, hint) = match found {
        Held::Definition(Kind::Organisation) => (
            "an organisation",
            format!("Give it with `--organisation {typed}`."),
        ),
        Held::Definition(Kind::Plan) => ("a plan", format!("Give it with `--plan {typed}`.")),
        Held::Definition(Kind::Scenario) => (
            "a scenario",
            format!("Name it without an option: `hotwash simulate {typed}`."),
        ),
        Held::Definition(Kind::Exercise) => (
            "a whole exercise",
            format!("Name it without an option: `hotwash simulate {typed}`."),
        ),
        Held::Actions => (
            "a file of acts",
            format!("Play it with `hotwash simulate SCENARIO --actions {typed}`."),
        ),
    };
    Fault::new(format!("`{name}` is {what}, and no {}", noun(asked))).hint(hint)
}

/// Whether a text is a record of an exercise: lines of JSON, the first its header.
fn is_record(source: &Source) -> bool {
    let first = source.text.lines().next().unwrap_or_default();
    first.starts_with('{') && first.contains("\"header\"") && first.trim_end().ends_with('}')
}

fn record_given(name: &str) -> Fault {
    let typed = quoted(name);
    Fault::new(format!(
        "`{name}` is the record of an exercise, and no definition"
    ))
    .hint(format!(
        "`hotwash report {typed}` shows what happened in it."
    ))
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
    fn a_file_serves_as_what_it_is() {
        let whole = Held::Definition(Kind::Exercise);
        assert!(serves(whole, Kind::Scenario) && !serves(whole, Kind::Plan));
        assert!(serves(Held::Definition(Kind::Plan), Kind::Plan));
        assert!(!serves(Held::Actions, Kind::Scenario));
    }

    #[test]
    fn the_built_in_example_ships() {
        let example = example();
        let ships = |kind, id: &str| find_short(kind, id).iter().any(|item| item.id == id);
        assert!(ships(Kind::Organisation, &example.organisation));
        assert!(ships(Kind::Plan, &example.plan));
        assert!(ships(Kind::Scenario, &example.scenario));
    }
}
