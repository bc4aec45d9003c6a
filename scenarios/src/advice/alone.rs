//! The attack played alone, to see whether what is told of it has happened by then.

use crate::bind::Bound;
use crate::definition::{Name, Reveal, Scenario, spelled};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::REHEARSAL_ENTRIES;
use crate::load::Definitions;
use crate::source::Place;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Identified, Span, StepId};
use hotwash_engine::record::{Entry, Event, StepOutcome};
use hotwash_engine::simulation::{Policy, Setup, Simulation};
use std::sync::Arc;

/// How many runs the attack is played alone.
const RUNS: u32 = 100;
/// An inject may reveal what has not happened yet in so many of them: in one of twenty.
const EARLY: u32 = 5;
/// How much is played before it is looked at what came of it.
const AT_A_TIME: Span = Span::MINUTE;

/// What became of a step in the runs.
#[derive(Debug, Clone, Default)]
struct Trace {
    /// When it first took effect, run by run.
    effects: Vec<Option<ExerciseTime>>,
    /// In how many runs it started.
    started: u32,
    /// In how many it found no target.
    lost: u32,
}

/// All steps in all runs.
struct Traces {
    steps: Vec<Trace>,
    /// To when each run is known.
    ends: Vec<ExerciseTime>,
    /// Where the first run was cut short that made its share of entries.
    cut_short: Option<ExerciseTime>,
}

/// Plays the attack of an exercise alone, a hundred times with nobody who responds, and says where an
/// inject tells of a step that has often not happened yet, and which steps never find a target.
///
/// A run goes no further than to where every step is over and the last such inject has come. All runs together
/// make no more than [`REHEARSAL_ENTRIES`], so that a check takes about a second whatever it reads.
pub fn rehearse(definitions: &Definitions, bound: &Bound) -> Vec<Diagnostic> {
    rehearse_within(definitions, bound, REHEARSAL_ENTRIES)
}

/// The same with another bound on the entries of all runs together.
pub fn rehearse_within(definitions: &Definitions, bound: &Bound, entries: u32) -> Vec<Diagnostic> {
    let (Some(scenario), exercise) = (definitions.scenario(), &bound.exercise) else {
        return Vec::new();
    };
    if exercise.scenario().steps.is_empty() {
        return Vec::new();
    }
    let told = told(scenario, exercise);
    let traces = play(exercise, &told, entries / RUNS);
    let mut found = early(&told, &traces);
    found.extend(lost(scenario, exercise, &traces));
    found.extend(traces.cut_short.map(|at| in_part(scenario, at)));
    found
}

/// An inject at a fixed time that reveals a step.
struct Told<'d> {
    step: StepId,
    name: &'d Name,
    at: ExerciseTime,
    /// Where the time is written.
    place: Place,
}

/// What injects at fixed times tell of steps.
fn told<'d>(scenario: &'d Scenario, exercise: &Exercise) -> Vec<Told<'d>> {
    let parts = exercise.parts();
    let mut all = Vec::new();
    for inject in &scenario.injects {
        let Some(written) = inject.at.filter(|_| inject.when.is_none()) else {
            continue;
        };
        let at = written
            .value
            .from_startex(&parts.organisation.zone, parts.startex);
        for reveal in &inject.reveals {
            let Reveal::Step(name) = &reveal.value else {
                continue;
            };
            let step = StepId::find(exercise.names(), name.as_str());
            all.extend(step.map(|step| Told {
                step,
                name,
                at,
                place: written.place,
            }));
        }
    }
    all
}

fn play(exercise: &Exercise, told: &[Told<'_>], share: u32) -> Traces {
    let exercise = Arc::new(exercise.clone());
    let steps = exercise.scenario().steps.len();
    let mut traces = Traces {
        steps: vec![Trace::default(); steps],
        ends: Vec::new(),
        cut_short: None,
    };
    let limit = exercise.parts().limit;
    let last = told.iter().map(|told| told.at).max();
    let onset = exercise.parts().onset;
    let needed = last.unwrap_or(onset).min(limit);
    let setup = |run| Setup::of(0, run).with_policy(Policy::NoResponse);
    let mut simulation = Simulation::new(exercise, &[setup(0)]);
    for run in 0..RUNS {
        if run > 0 {
            simulation.reset(0, &setup(u64::from(run)));
        }
        let end = play_one(&mut simulation, steps, (onset, needed), share);
        let until = match end {
            Played::Enough(until) => until.min(limit),
            Played::CutShort(at) => {
                let first = traces.cut_short.map_or(at, |first| first.min(at));
                traces.cut_short = Some(first);
                at
            }
        };
        simulation.with_entries(0, |entries| traces.take(entries, until));
    }
    traces
}

/// How far a run was played.
enum Played {
    /// As far as anything is asked of it.
    Enough(ExerciseTime),
    /// To here, where it had made its share of entries.
    CutShort(ExerciseTime),
}

/// Plays a run until every step is over and a time has come, or to its end.
fn play_one(
    simulation: &mut Simulation,
    steps: usize,
    (onset, needed): (ExerciseTime, ExerciseTime),
    share: u32,
) -> Played {
    let (mut over, mut seen) = (0, 0);
    let mut until = onset;
    simulation.advance_to(until);
    loop {
        simulation.with_entries(0, |entries| {
            let new = entries.get(seen..).unwrap_or_default();
            let ended = |entry: &&Entry| matches!(entry.event, Event::StepEnded { .. });
            over += new.iter().filter(ended).count();
            seen = entries.len();
        });
        let Some(due) = simulation.next_due(0) else {
            // It ended by itself: it lasts as long as its entries say.
            let last = |entries: &[Entry]| entries.last().map(|entry| entry.at);
            let end = simulation.with_entries(0, last);
            return Played::Enough(end.unwrap_or(ExerciseTime::STARTEX));
        };
        if over >= steps && until >= needed {
            return Played::Enough(until);
        }
        if simulation.events(0) >= share {
            return Played::CutShort(until);
        }
        until = due.max(until) + AT_A_TIME;
        simulation.advance_to(until);
    }
}

impl Traces {
    /// Notes one run.
    fn take(&mut self, entries: &[Entry], until: ExerciseTime) {
        for step in &mut self.steps {
            step.effects.push(None);
        }
        for entry in entries {
            match &entry.event {
                Event::StepStarted { step, .. } => self.steps[step.index()].started += 1,
                Event::StepTookEffect { step, .. } => {
                    let last = self.steps[step.index()].effects.last_mut();
                    last.expect("one for each run").get_or_insert(entry.at);
                }
                Event::StepEnded {
                    step,
                    outcome: StepOutcome::NoTarget,
                } => self.steps[step.index()].lost += 1,
                _ => {}
            }
        }
        self.ends.push(until);
    }

    /// In how many of the runs that last so long a step has not happened at a time, and their number.
    fn late(&self, step: StepId, at: ExerciseTime) -> (u32, u32) {
        let effects = &self.steps[step.index()].effects;
        let runs = effects
            .iter()
            .zip(&self.ends)
            .filter(|(_, end)| **end >= at);
        let mut counted = (0, 0);
        for (effect, _) in runs {
            counted.0 += u32::from(effect.is_none_or(|effect| effect > at));
            counted.1 += 1;
        }
        counted
    }
}

/// What: an inject at a fixed time that reveals a step which by then has often not happened.
/// Why: it then waits for the step, and comes later than its author thinks, or never.
/// Example: `at: "25m", reveals: [Step("encrypt")]`, where `encrypt` takes `5m to 4h`.
fn early(told: &[Told<'_>], traces: &Traces) -> Vec<Diagnostic> {
    let too_early = |told: &Told<'_>| {
        let (late, runs) = traces.late(told.step, told.at);
        if late * 100 <= EARLY * runs {
            return None;
        }
        let name = &**told.name;
        let message = format!(
            "`{name}` has not happened by {} in {late} of {runs} runs",
            spelled(Span(told.at.0.max(0)))
        );
        let problem = Diagnostic::new(Code::RevealedEarly, message, told.name.place)
            .context(told.place, "the inject comes at this time")
            .note("the attack was played alone; the inject then waits for the step");
        Some(problem.help(format!(
            "let it come later, or with the step: `when: Reached(\"{name}\")`"
        )))
    };
    told.iter().filter_map(too_early).collect()
}

/// What: an attack that makes more entries than a check takes the time for.
/// Why: what comes later was not looked at, so that nothing said of it is no praise.
/// Example: a thousand steps on four thousand assets.
fn in_part(scenario: &Scenario, at: ExerciseTime) -> Diagnostic {
    let message = format!(
        "the attack was played alone to {} only: its runs make too many entries",
        spelled(super::minutes(Span(at.0.max(0))))
    );
    let place = scenario.title.place;
    Diagnostic::new(Code::PlayedInPart, message, place)
        .note("what is told too early, and steps without a target, were looked for until then")
}

/// What: a step that finds no target in any run in which it comes up.
/// Why: it ends without effect, and what comes after it never happens.
/// Example: `targets: One(All([Kind(FileServer), Encrypted]))` before anything is encrypted.
fn lost(scenario: &Scenario, exercise: &Exercise, traces: &Traces) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for step in &scenario.attack {
        let Some(id) = StepId::find(exercise.names(), step.id.as_str()) else {
            continue;
        };
        let trace = &traces.steps[id.index()];
        if trace.started > 0 || trace.lost == 0 {
            continue;
        }
        let message = format!(
            "`{}` finds no target in {} of {RUNS} runs",
            *step.id, trace.lost
        );
        found.push(
            Diagnostic::new(Code::NoTargets, message, step.targets.place)
                .note("the attack was played alone, against this organisation")
                .help("choose other targets, let what makes them come before, or connect them in `network`"),
        );
    }
    found
}
