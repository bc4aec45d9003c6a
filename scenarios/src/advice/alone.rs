//! The attack played alone, to see whether what is told of it has happened by then.

use crate::bind::Bound;
use crate::definition::{Reveal, Scenario, spelled};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Definitions;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Identified, Span, StepId};
use hotwash_engine::record::{Entry, Event, StepOutcome};
use hotwash_engine::simulation::{Policy, Setup, Simulation};
use std::sync::Arc;

/// How many runs the attack is played alone.
const RUNS: u32 = 100;
/// An inject may reveal what has not happened yet in so many of them: in one of twenty.
const EARLY: u32 = 5;

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
    /// How long each run lasted.
    ends: Vec<ExerciseTime>,
}

/// Plays the attack of an exercise alone, a hundred times with nobody who responds, and says where an
/// inject tells of a step that has often not happened yet, and which steps never find a target.
pub fn rehearse(definitions: &Definitions, bound: &Bound) -> Vec<Diagnostic> {
    let (Some(scenario), exercise) = (definitions.scenario(), &bound.exercise) else {
        return Vec::new();
    };
    if exercise.scenario().steps.is_empty() {
        return Vec::new();
    }
    let traces = play(exercise);
    let mut found = early(scenario, exercise, &traces);
    found.extend(lost(scenario, exercise, &traces));
    found
}

fn play(exercise: &Exercise) -> Traces {
    let exercise = Arc::new(exercise.clone());
    let steps = exercise.scenario().steps.len();
    let mut traces = Traces {
        steps: vec![Trace::default(); steps],
        ends: Vec::new(),
    };
    let setup = |run| Setup::of(0, run).with_policy(Policy::NoResponse);
    let mut simulation = Simulation::new(exercise, &[setup(0)]);
    for run in 0..u64::from(RUNS) {
        simulation.reset(0, &setup(run));
        simulation.finish();
        traces.take(&simulation.take_entries(0));
    }
    traces
}

impl Traces {
    /// Notes one run.
    fn take(&mut self, entries: &[Entry]) {
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
        let end = entries.last().map_or(ExerciseTime(0), |entry| entry.at);
        self.ends.push(end);
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
fn early(scenario: &Scenario, exercise: &Exercise, traces: &Traces) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for inject in &scenario.injects {
        let Some(written) = inject.at.filter(|_| inject.when.is_none()) else {
            continue;
        };
        let parts = exercise.parts();
        let zone = &parts.organisation.zone;
        let at = written.value.from_startex(zone, parts.startex);
        for reveal in &inject.reveals {
            let Reveal::Step(name) = &reveal.value else {
                continue;
            };
            let Some(step) = StepId::find(exercise.names(), name.as_str()) else {
                continue;
            };
            let (late, runs) = traces.late(step, at);
            if late * 100 <= EARLY * runs {
                continue;
            }
            let message = format!(
                "`{}` has not happened by {} in {late} of {runs} runs",
                **name,
                spelled(Span(at.0.max(0)))
            );
            found.push(
                Diagnostic::new(Code::RevealedEarly, message, name.place)
                    .context(written.place, "the inject comes at this time")
                    .note("the attack was played alone; the inject then waits for the step")
                    .help(format!(
                        "let it come later, or with the step: `when: Reached(\"{}\")`",
                        **name
                    )),
            );
        }
    }
    found
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
