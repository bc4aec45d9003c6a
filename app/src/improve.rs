//! Changes that are tried on what somebody has, and written into copies of it.
//!
//! Front ends call it with the exercises that they made and the texts these came from. It plays, ranks and
//! writes; it says nothing in words and overwrites nothing.

use crate::fault::Fault;
use crate::record::{check_free, unwritable};
use hotwash_engine::campaign::{
    Allowed, Change, Ground, Order, Plays, Size, Trials, Tried, together, try_changes,
};
use hotwash_engine::exercise::{Exercise, Slug};
use hotwash_scenarios::{Amended, Source, Start, amended, rewritten};
use std::fs;
use std::path::{Path, PathBuf};

/// How many changes are tried on all shared runs, and how many of these again on fresh ones.
const SCREENED: usize = 30;
const KEPT: usize = 10;

/// A scenario with the texts that it was made of.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The texts.
    pub sources: Vec<Source>,
    /// For which start.
    pub start: Start,
    /// What is played, on the runs that all changes share.
    pub order: Order,
    /// Its weight among the others.
    pub weight: u64,
}

/// How far a search goes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many changes are put together at most.
    pub changes: usize,
    /// What they may cost together at most; `None`: anything.
    pub cost: Option<u64>,
    /// What each kind of change costs, by its name; what is not named costs one.
    pub costs: Vec<(String, u64)>,
}

impl Limits {
    /// What changes cost together.
    pub fn cost_of(&self, changes: &[Change]) -> u64 {
        let one = |change: &Change| {
            let named = self.costs.iter().find(|(name, _)| *name == change.name());
            named.map_or(1, |(_, cost)| *cost)
        };
        changes.iter().map(one).sum()
    }

    fn allow(&self, changes: &[Change]) -> bool {
        self.cost.is_none_or(|most| self.cost_of(changes) <= most)
    }
}

/// What helps.
#[derive(Debug, Clone)]
pub struct Improvements {
    /// What single changes do.
    pub trials: Trials,
    /// What the best of them do together, one more each; empty where that was stopped.
    pub together: Vec<Tried>,
    /// Whether it was stopped before combinations were tried.
    pub cut_short: bool,
}

/// Where changes are tried: several scenes of one organisation and one plan.
///
/// # Errors
///
/// If the scenes are of several organisations or plans, or there is none.
pub fn grounds(scenes: &[Scene]) -> Result<Vec<Ground>, Fault> {
    let Some(first) = scenes.first() else {
        return Err(Fault::new("there is no scenario to try changes in"));
    };
    let base = &first.order.exercise;
    if scenes
        .iter()
        .any(|scene| !is_alike(base, &scene.order.exercise))
    {
        return Err(
            Fault::new("the scenarios are not of one organisation and one plan")
                .hint("Name the organisation and the plan with `--organisation` and `--plan`."),
        );
    }
    let ground = |scene: &Scene| Ground {
        order: scene.order.clone(),
        weight: scene.weight,
    };
    Ok(scenes.iter().map(ground).collect())
}

/// The most batches that a search plays: three in which changes are tried alone, one for the best on fresh
/// runs, one for each change that is put together, and one for the combinations on fresh runs.
pub const fn batches(limits: &Limits) -> usize {
    5 + limits.changes
}

/// Tries every improvement on grounds of one organisation and one plan. `None` where nobody played what has to
/// be played before anything is sure.
pub fn improve(grounds: &[Ground], limits: &Limits, plays: &mut dyn Plays) -> Option<Improvements> {
    let order = &grounds.first()?.order;
    let (base, runs) = (&order.exercise, &order.runs);
    let size = Size {
        screened: SCREENED,
        kept: KEPT,
        fresh: runs.end..runs.end + 2 * (runs.end - runs.start),
    };
    let candidates = Change::improvements(base).into_iter();
    let candidates = candidates
        .filter(|change| limits.allow(&[*change]))
        .collect();
    let trials = try_changes(grounds, candidates, &size, plays)?;
    let allowed = |changes: &[Change]| limits.allow(changes);
    let both = (limits.changes, &allowed as Allowed<'_>);
    let together = together(grounds, &trials, both, &size, plays);
    Some(Improvements {
        trials,
        cut_short: together.is_none(),
        together: together.unwrap_or_default(),
    })
}

/// Whether what changes name is the same in two exercises.
fn is_alike(one: &Exercise, other: &Exercise) -> bool {
    fn slugs(of: &Exercise) -> Vec<Vec<&Slug>> {
        let (o, p) = (of.organisation(), of.plan());
        vec![
            o.people.iter().map(|of| &of.slug).collect(),
            o.roles.iter().map(|of| &of.slug).collect(),
            o.channels.iter().map(|of| &of.slug).collect(),
            o.sources.iter().map(|of| &of.slug).collect(),
            o.groups.iter().map(|of| &of.slug).collect(),
            o.assets.iter().map(|of| &of.slug).collect(),
            o.stakeholders.iter().map(|of| &of.slug).collect(),
            p.tasks.iter().map(|of| &of.slug).collect(),
        ]
    }
    slugs(one) == slugs(other)
}

/// Where changes stand in the texts of a scene; empty where they stand in none.
pub fn places(scene: &Scene, changes: &[Change]) -> Vec<Amended> {
    let before = &scene.order.exercise;
    let after = Change::all_made(changes, before);
    let places = after.and_then(|after| amended(&scene.sources, &scene.start, before, &after).ok());
    places.unwrap_or_default()
}

/// Writes copies of a scene's texts with changes in them, and a summary beside them, into a folder. Returns the
/// paths of what was written.
///
/// # Errors
///
/// If the changes cannot be written, or one of the files is there already.
pub fn write(
    folder: &Path,
    scene: &Scene,
    changes: &[Change],
    (summary, manifest): (&str, &str),
) -> Result<Vec<PathBuf>, Fault> {
    let before = &scene.order.exercise;
    let unwritten = |why: String| {
        Fault::new(format!("these changes cannot be written: {why}"))
            .hint("What it stands on is a default or follows from a clause: write it out first.")
    };
    let after = Change::all_made(changes, before);
    let after = after.ok_or_else(|| unwritten("they make no exercise".to_owned()))?;
    let texts = rewritten(&scene.sources, &scene.start, before, &after)
        .map_err(|error| unwritten(error.to_string()))?;
    let named = |source: &Source| {
        let name = Path::new(&source.name).file_name();
        folder.join(name.unwrap_or_else(|| source.name.as_ref()))
    };
    let mut files: Vec<(PathBuf, &str)> = texts
        .iter()
        .map(|source| (named(source), source.text.as_str()))
        .collect();
    for (i, (path, _)) in files.iter().enumerate() {
        if files[..i].iter().any(|(other, _)| other == path) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let said =
                format!("two of the files are called `{name}`, and copies lie in one folder");
            return Err(Fault::new(said).hint("Give one of them another name."));
        }
    }
    files.push((folder.join("SUMMARY.md"), summary));
    files.push((folder.join(crate::MANIFEST), manifest));
    for (path, _) in &files {
        check_free(path)?;
    }
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for (path, text) in &files {
        fs::write(path, text).map_err(|error| unwritable(path, &error))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The manifest of a package of these texts, in the order organisation, plan, scenario; or of one whole
/// exercise.
pub fn manifest(sources: &[Source]) -> String {
    let name = |source: &Source| {
        let path = Path::new(&source.name);
        path.file_name().map_or_else(
            || source.name.clone(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let fields: &[&str] = match sources.len() {
        1 => &["scenario"],
        _ => &["organisation", "plan", "scenario"],
    };
    let lines = fields
        .iter()
        .zip(sources)
        .map(|(field, source)| format!("{field} = {:?}\n", name(source)));
    lines.collect()
}
