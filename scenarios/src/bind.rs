//! From checked definitions to an exercise that the engine runs.
//!
//! Any scenario binds with any organisation and any plan: what is asked for and not there becomes a
//! named gap, and the run goes on without it. What no author said gets its documented default, and
//! is reported as one. Lists are sorted by id, so that their order in a file means nothing, except
//! where an order is what is meant: options, deputies, stages, the main incident.

mod binder;
mod condition;
mod cover;
mod decisions;
mod dues;
mod expectations;
mod hash;
mod injects;
mod ledger;
mod names;
mod obligations;
mod organisation;
mod people;
mod plan;
mod ready;
mod scenario;
mod surroundings;
mod tasks;
#[cfg(test)]
mod tests;
mod yardstick;
mod zone;

pub(crate) use cover::{answers, candidates, is_answer, may_be};
pub(crate) use expectations::ExpectationNames;
pub use hash::{definition_hashes, exercise_hash};
pub(crate) use ledger::Written;
pub use ready::{Ready, ready};

use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, Start as StartTime};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Definitions;
use crate::source::{Place, Spanned};
use binder::Binder;
use decisions::AllDecisions;
use hotwash_engine::exercise::{Day, Exercise, ExerciseError, ExerciseTime, Parts, Slug, Span};
use names::Names;
pub(crate) use zone::{Twist, twist};

/// What is said about one rehearsal beside its definitions. Whatever is not said here is as the
/// definitions say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// When it starts.
    pub at: Option<StartTime>,
    /// The day on or after which a weekday as start is looked for.
    pub date: Option<Day>,
    /// The latest ENDEX.
    pub limit: Option<Span>,
}

/// An exercise, and what is worth saying about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The exercise.
    pub exercise: Exercise,
    /// What weakens it.
    pub warnings: Vec<Diagnostic>,
    /// The seed that the definitions ask for.
    pub seed: Option<u64>,
}

/// The three definitions of one exercise.
#[derive(Debug, Clone, Copy)]
pub struct Given<'d> {
    /// The organisation.
    pub organisation: &'d definition::Organisation,
    /// Its plan.
    pub plan: &'d definition::Plan,
    /// The scenario.
    pub scenario: &'d definition::Scenario,
    /// The exercise that holds them, where one does: it may say when it starts and ends.
    pub whole: Option<&'d definition::Exercise>,
    /// The name of the scenario's file, for a scenario without an id.
    pub file: &'d str,
}

/// Binds definitions that were loaded together.
///
/// # Errors
///
/// If one of the three is missing, something names what does not exist, or the whole is not an
/// exercise.
pub fn bind(definitions: &Definitions, start: &Start) -> Result<Bound, Vec<Diagnostic>> {
    let parts = (
        definitions.organisation(),
        definitions.plan(),
        definitions.scenario(),
    );
    let (Some(organisation), Some(plan), Some(scenario)) = parts else {
        return Err(vec![incomplete(definitions)]);
    };
    let whole = definitions.exercise();
    let given = Given {
        organisation,
        plan,
        scenario,
        whole: whole.filter(|whole| std::ptr::eq(&raw const whole.scenario, scenario)),
        file: definitions.file_of(scenario.place),
    };
    bind_given(&given, start)
}

fn incomplete(definitions: &Definitions) -> Diagnostic {
    let missing = [
        ("an organisation", definitions.organisation().is_none()),
        ("a plan", definitions.plan().is_none()),
        ("a scenario", definitions.scenario().is_none()),
    ];
    let missing = missing.into_iter().filter(|(_, missing)| *missing);
    let missing: Vec<&str> = missing.map(|(what, _)| what).collect();
    let message = format!("an exercise needs {} as well", missing.join(" and "));
    Diagnostic::new(Code::MissingPart, message, Place::default())
        .help("give the missing files, or name definitions of `hotwash library`")
}

/// Binds three definitions.
///
/// # Errors
///
/// If something names what does not exist, or the whole is not an exercise.
pub fn bind_given(given: &Given<'_>, start: &Start) -> Result<Bound, Vec<Diagnostic>> {
    let mut binder = binder(given, start);
    let decisions = AllDecisions::of(given.plan, given.scenario);
    let slug = slug(given);
    let limit = binder.limit(given, start);
    let organisation = binder.organisation(given.organisation);
    let yardstick = given.organisation.yardstick.as_ref();
    let (yardstick, softer) = binder.yardstick(yardstick, &organisation, &decisions.of_plan);
    let clauses = given.plan.communication.iter();
    binder
        .problems
        .extend(clauses.flat_map(crate::check::law::incomplete));
    let dues = dues::dues(given.organisation, given.plan);
    binder.names.obligations = dues::index(&dues);
    let mut plan = binder.plan(given.plan, &dues, &organisation, &decisions.of_plan);
    let mut scenario = binder.scenario(given.scenario, slug, &decisions);
    let kinds: Vec<_> = organisation.channels.iter().map(|it| it.kind).collect();
    binder.channels_of_injects(&mut scenario.injects, &kinds);
    plan.decisions = binder.decisions(given.plan, given.scenario, &decisions);
    let stand_ins = binder.stand_ins(&organisation);
    binder.gaps_of(&organisation, &plan, &scenario, given);
    let (defaults, inputs) = binder.ledger.finish();
    let parts = Parts {
        startex: binder.startex,
        onset: binder.onset,
        limit,
        organisation,
        yardstick,
        softer,
        plan,
        scenario,
        stand_ins,
        gaps: binder.gaps.into_iter().collect(),
        law_is_unknown: binder.law_is_unknown
            || crate::regimes::is_silent(given.organisation, given.plan),
        defaults,
        inputs,
    };
    let mut problems = binder.problems;
    if !problems.is_empty() {
        problems.sort_by_key(|problem| (problem.place(), problem.code));
        problems.dedup();
        return Err(problems);
    }
    let exercise = Exercise::new(parts).map_err(|error| vec![no_exercise(&error, given)])?;
    let warnings = crate::advice::advice(&exercise, given);
    let seed = given.whole.and_then(|whole| whole.seed);
    Ok(Bound {
        exercise,
        warnings,
        seed: seed.map(|seed| seed.value),
    })
}

/// When an exercise starts of which nobody says so.
const START: StartTime = StartTime {
    weekday: Some(defaults::START_WEEKDAY),
    date: None,
    minute: defaults::START_MINUTE,
};

/// When the definitions say that it starts, and the day on or after which.
fn scripted(given: &Given<'_>) -> (Option<StartTime>, Option<Day>) {
    let (whole, scenario) = (given.whole, given.scenario);
    let at = whole.and_then(|whole| whole.start).or(scenario.start);
    let date = whole.and_then(|whole| whole.date).or(scenario.date);
    (at.map(|at| at.value), date.map(|day| day.value))
}

/// When an exercise begins as its definitions say.
pub(crate) struct Begins {
    /// The day of STARTEX.
    pub(crate) day: Day,
    /// Minutes after local midnight.
    pub(crate) minute: u16,
    /// Where it is written.
    pub(crate) place: Option<Place>,
}

/// When an exercise begins as its definitions say.
pub(crate) fn begins(given: &Given<'_>) -> Begins {
    let (at, date) = scripted(given);
    let at = at.unwrap_or(START);
    let written = given.whole.and_then(|whole| whole.start);
    let written = written.or(given.scenario.start);
    Begins {
        day: first_day(at, date),
        minute: at.minute,
        place: written.map(|start| start.place),
    }
}

/// The day on which an exercise starts.
fn first_day(at: StartTime, date: Option<Day>) -> Day {
    let from = date.unwrap_or(defaults::FIRST_DAY);
    at.date
        .unwrap_or_else(|| zone::first(at.weekday.unwrap_or(from.weekday()), from))
}

/// A binder that knows the names and when the exercise starts.
fn binder(given: &Given<'_>, start: &Start) -> Binder {
    const PLACE: &str = "scenario";
    let mut ledger = ledger::Ledger::default();
    let scenario = given.scenario;
    let (scripted, scripted_date) = scripted(given);
    let at = if let Some(at) = start.at.or(scripted) {
        ledger.given(1);
        at
    } else {
        ledger.assume(PLACE, "start", "Tue 10:00".to_owned(), ILLUSTRATIVE);
        START
    };
    let date = start.date.or(scripted_date);
    let today = first_day(at, date);
    if at.date.is_none() && date.is_none() {
        let (year, month, of_month) = today.civil();
        let written = format!("{year:04}-{month:02}-{of_month:02}");
        ledger.assume(PLACE, "date", written, ILLUSTRATIVE);
    }
    let own = scripted.unwrap_or(START);
    let own_startex = zone::startex(
        organisation::zone_of(given.organisation),
        first_day(own, scripted_date),
        own.minute,
    );
    let began = scenario.attack_began.as_ref();
    let onset = ledger.or(began, PLACE, "attack_began", defaults::ONSET, LANGUAGE);
    let name = organisation::zone_of(given.organisation);
    Binder {
        names: Names::of(given.organisation, given.plan, scenario),
        ledger,
        gaps: std::collections::BTreeSet::new(),
        problems: Vec::new(),
        law_is_unknown: crate::regimes::is_unknown(given.organisation),
        wanted: std::collections::BTreeMap::new(),
        today,
        startex: zone::startex(name, today, at.minute),
        scripted: (own_startex, name.to_owned()),
        onset,
    }
}

impl Binder {
    fn limit(&mut self, given: &Given<'_>, start: &Start) -> ExerciseTime {
        let said = start
            .limit
            .or(given.whole.and_then(|whole| whole.limit).map(|it| it.value))
            .or(given.scenario.limit.map(|limit| limit.value))
            .or(scenario::limit_in(given.scenario.ends.as_ref()));
        let place = given.scenario.place;
        let said = said.map(|limit| Spanned::new(limit, place));
        let default = defaults::LIMIT;
        let limit = self
            .ledger
            .or(said.as_ref(), "scenario", "limit", default, ILLUSTRATIVE);
        ExerciseTime(limit.0)
    }
}

/// The id of the scenario: its own, else the name of its file, else of its title.
fn slug(given: &Given<'_>) -> Slug {
    if let Some(id) = &given.scenario.id {
        return id.value.clone();
    }
    let name = given.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let spelled = |text: &str| {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        let plain: String = text.chars().take(Slug::MAX_LEN).map(plain).collect();
        Slug::new(plain.trim_matches('-'))
    };
    Slug::new(stem)
        .or_else(|| spelled(stem))
        .or_else(|| spelled(&given.scenario.title.value))
        .unwrap_or_else(|| Slug::new("scenario").expect("it keeps to the alphabet"))
}

/// What the engine does not accept, said at the definition that it is about.
fn no_exercise(error: &ExerciseError, given: &Given<'_>) -> Diagnostic {
    let place = match error {
        ExerciseError::Cycle {
            what: "tasks" | "clocks",
            ..
        } => given.plan.place,
        ExerciseError::Cycle {
            what: "asset dependencies",
            ..
        }
        | ExerciseError::Empty { what: "role" } => given.organisation.place,
        _ => given.scenario.place,
    };
    let place = Place {
        end: place.start.min(place.end),
        ..place
    };
    let message = format!("the definitions do not make an exercise: {error}");
    Diagnostic::new(Code::NoExercise, message, place)
}
