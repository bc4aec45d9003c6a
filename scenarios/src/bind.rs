//! Binding: a portable scenario, an organisation and a plan become one exercise.
//!
//! Names become positions in sorted lists, functions and kinds are matched with what the
//! organisation has, and what an author left out gets its documented default. Each default is
//! listed with its source; what cannot be bound is a named gap, and the exercise is played without
//! it.

mod clock;
mod expression;
mod gaps;
mod ledger;
mod names;
mod organisation;
mod people;
mod plan;
mod scenario;
mod surroundings;
mod tables;
mod tasks;

use crate::check;
use crate::definition;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::load::Definitions;
use crate::source::{Place, Source};
use hotwash_engine::exercise::{Day, Exercise, ExerciseTime, Parts, Slug, Span};
use ledger::Ledger;
use names::Lists;

/// Binds one organisation, one plan and one scenario. `Err`: what keeps them from being played.
///
/// The sources are those that were loaded; an unnamed definition is named after its file.
pub fn bind(definitions: &Definitions, sources: &[Source]) -> Result<Exercise, Vec<Diagnostic>> {
    let mut errors = check(definitions);
    errors.retain(|problem| problem.level == Level::Error);
    if !errors.is_empty() {
        return Err(errors);
    }
    let organisation = definitions.organisation();
    let (Some(organisation), Some(plan), Some(scenario)) =
        (organisation, definitions.plan(), definitions.scenario())
    else {
        return Err(vec![incomplete(definitions)]);
    };
    let whole = definitions.exercise();
    let opening = clock::opening(organisation, scenario, whole);
    let mut binder = Binder {
        organisation,
        plan,
        scenario,
        lists: Lists::of(organisation, plan, scenario),
        ledger: Ledger::default(),
        startex: opening.startex,
        first_day: opening.day,
        onset: opening.onset,
        limit: opening.limit,
    };
    binder.ledger.all(opening.defaults);
    let parts = binder.parts(sources);
    let mut problems = binder.ledger.into_problems();
    if problems.is_empty() {
        match Exercise::new(parts) {
            Ok(exercise) => return Ok(exercise),
            Err(error) => problems.push(Diagnostic::new(
                Code::TimeOrder,
                format!("the exercise cannot be played: {error}"),
                scenario.place,
            )),
        }
    }
    Err(problems)
}

fn incomplete(definitions: &Definitions) -> Diagnostic {
    let missing: Vec<&str> = [
        ("an organisation", definitions.organisation().is_none()),
        ("a plan", definitions.plan().is_none()),
        ("a scenario", definitions.scenario().is_none()),
    ]
    .into_iter()
    .filter_map(|(what, missing)| missing.then_some(what))
    .collect();
    let message = format!("an exercise needs {} as well", missing.join(" and "));
    Diagnostic::new(Code::WrongFile, message, Place::default())
        .help("give the missing files, or name definitions of `hotwash library`")
}

/// What is bound, and what was learned on the way.
struct Binder<'d> {
    organisation: &'d definition::Organisation,
    plan: &'d definition::Plan,
    scenario: &'d definition::Scenario,
    lists: Lists<'d>,
    ledger: Ledger,
    /// STARTEX in ms since 1970 UTC.
    startex: i64,
    /// The local day of STARTEX, from which ages are counted.
    first_day: Day,
    onset: ExerciseTime,
    limit: ExerciseTime,
}

impl Binder<'_> {
    fn parts(&mut self, sources: &[Source]) -> Parts {
        let organisation = self.organisation();
        let plan = self.plan(&organisation);
        let scenario = self.scenario(sources);
        let mut parts = Parts {
            startex: self.startex,
            onset: self.onset,
            limit: self.limit,
            organisation,
            plan,
            scenario,
            stand_ins: Vec::new(),
            gaps: Vec::new(),
            defaults: Vec::new(),
            inputs: 0,
        };
        gaps::fill(&mut parts);
        (parts.defaults, parts.inputs) = self.ledger.defaults();
        parts
    }
}

/// The id of a definition: its own, else the name of its file, else what it is.
fn id_of(id: Option<&definition::Id>, place: Place, sources: &[Source], what: &str) -> Slug {
    if let Some(id) = id {
        return id.value.clone();
    }
    let source = sources.get(usize::from(place.file));
    let file = source.map_or("", |source| {
        source.name.rsplit(['/', '\\']).next().unwrap_or("")
    });
    let stem = file.split('.').next().unwrap_or("");
    Slug::new(stem)
        .or_else(|| Slug::new(what))
        .expect("what it is can be an id")
}

/// Sorted, and nothing twice.
fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// The span until which nothing of an exercise lasts.
const DEFAULT_LIMIT: Span = Span::days(30);
