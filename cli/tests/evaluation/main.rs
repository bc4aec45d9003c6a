//! The scores of real runs of what ships, against a plain re-implementation that was written from the
//! text of the rules (`docs/scoring.md`) and shares no code with the engine. Floats are allowed here.

mod coverage;
mod judgement;
mod severity;

use hotwash_engine::evaluation::{
    Baselines, CoverageStatus, Evaluation, ItemKind, NotScored, PhaseEvaluation, evaluate,
};
use hotwash_engine::exercise::{
    Condition, Day, Exercise, ExerciseTime, Fact, IncidentId, Limit, Mark, Object, Phase, Severity,
    Span,
};
use hotwash_engine::record::{EndKind, Entry, Event, Outcome, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::{Kind, Source, Start, find, ready};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

const SCENARIOS: [&str; 3] = [
    "invoice-fraud",
    "ransomware-friday-evening",
    "supplier-data-leak",
];

/// How many runs of each scenario are looked at.
const RUNS: u64 = 40;

fn clinic(scenario: &str) -> Arc<Exercise> {
    let source = |kind, id| {
        let item = find(kind, id).expect("it ships");
        Source::new(item.file, item.text)
    };
    let sources = [
        source(Kind::Organisation, "marram-street-clinic"),
        source(Kind::Plan, "clinic-response-plan"),
        source(Kind::Scenario, scenario),
    ];
    let ready = ready(&sources, &Start::default()).expect("what ships binds");
    Arc::new(ready.bound.exercise)
}

type Run = (Arc<Exercise>, Record, Evaluation);

/// The runs, made once for all tests.
static ALL: LazyLock<Vec<Run>> = LazyLock::new(|| {
    let of = |scenario| {
        let exercise = clinic(scenario);
        (0..RUNS).map(move |run| {
            let record = simulate(&exercise, &Setup::of(1, run), Provenance::default());
            let evaluation = evaluate(&exercise, &record, Baselines::default());
            (Arc::clone(&exercise), record, evaluation)
        })
    };
    SCENARIOS.into_iter().flat_map(of).collect()
});

fn each(look: impl Fn(&Exercise, &Record, &Evaluation)) {
    for (exercise, record, evaluation) in ALL.iter() {
        look(exercise, record, evaluation);
    }
}

/// The rules, in words that a spreadsheet could follow.
struct Oracle<'a> {
    exercise: &'a Exercise,
    entries: &'a [Entry],
    incident: IncidentId,
    severity: Severity,
}

impl Oracle<'_> {
    fn at(&self, wanted: impl Fn(&Event) -> bool) -> Option<i64> {
        let first = self.entries.iter().find(|entry| wanted(&entry.event));
        first.map(|entry| entry.at.0)
    }

    fn mark(&self, wanted: Mark) -> Option<i64> {
        self.at(|event| {
            matches!(event, Event::MarkReached { incident, mark }
                if *incident == self.incident && *mark == wanted)
        })
    }

    fn reached(&self, wanted: Phase) -> Option<i64> {
        self.at(|event| {
            matches!(event, Event::PhaseReached { incident, phase }
                if *incident == self.incident && *phase == wanted)
        })
    }

    /// The last completion that nothing undid; for Recovery without the watch before it.
    fn completed(&self, wanted: Phase) -> Option<i64> {
        let mut last: Option<&Entry> = None;
        for entry in self.entries {
            match entry.event {
                Event::PhaseCompleted { incident, phase }
                    if incident == self.incident && phase == wanted =>
                {
                    last = Some(entry);
                }
                Event::PhaseReopened { incident, phase }
                    if incident == self.incident && phase == wanted =>
                {
                    last = None;
                }
                _ => {}
            }
        }
        let entry = last?;
        let before = entry
            .cause
            .map(|cause| self.entries[cause as usize - 1].at.0);
        match wanted {
            Phase::Recovery => before.or(Some(entry.at.0)),
            _ => Some(entry.at.0),
        }
    }

    fn truly_completed(&self, wanted: Phase) -> Option<i64> {
        let mut last = None;
        for entry in self.entries {
            if matches!(entry.event, Event::PhaseCompleted { incident, phase }
                if incident == self.incident && phase == wanted)
            {
                last = Some(entry.at.0);
            }
        }
        self.completed(wanted).and(last)
    }

    fn does_not_apply(&self, wanted: Phase) -> bool {
        let found = self.at(|event| {
            matches!(event, Event::PhaseNotApplicable { incident, phase }
                if *incident == self.incident && *phase == wanted)
        });
        found.is_some()
    }

    /// The end of a limit, walking day by day and minute by minute where it counts days.
    fn due(&self, from: i64, limit: Limit) -> i64 {
        let day = |at: i64| self.exercise.local(ExerciseTime(at)).0;
        let next_midnight = |at: i64| {
            let (today, time) = self.exercise.local(ExerciseTime(at));
            let mut then = at + Span::DAY.0 - time.0;
            while day(then) > Day(today.0 + 1) || self.exercise.local(ExerciseTime(then)).1.0 > 0 {
                then -= 60_000;
            }
            then
        };
        let holidays: BTreeSet<Day> = self
            .exercise
            .organisation()
            .holidays
            .iter()
            .copied()
            .collect();
        let (mut left, business) = match limit {
            Limit::Elapsed(span) => return from + span.0,
            Limit::Days(days) => (days, false),
            Limit::BusinessDays(days) => (days, true),
            Limit::Months(_) => panic!("no target of a phase counts months"),
        };
        let mut at = next_midnight(from);
        let weekend = &self.exercise.organisation().weekend;
        let rests = |day: Day| {
            weekend
                .iter()
                .any(|one| one.index() == usize::from(day.weekday()))
        };
        while left > 0 {
            let works = !rests(day(at)) && !holidays.contains(&day(at));
            left -= u16::from(works || !business);
            at = next_midnight(at);
        }
        at
    }

    fn limits(&self, phase: Phase) -> [Option<Limit>; 2] {
        let target = self.exercise.plan().target(phase, self.severity);
        target.map_or([None, None], |target| [target.reached, target.completed])
    }

    fn add(&self, from: i64, phase: Phase) -> i64 {
        let [reached, completed] = self.limits(phase);
        completed
            .or(reached)
            .map_or(from, |limit| self.due(from, limit))
    }

    /// From when a phase is scored, and from when the time that it had is.
    fn origins(&self, phase: Phase) -> Option<(i64, i64)> {
        let observable = self.mark(Mark::Observable).map(|at| at.max(0));
        let seen = self.mark(Mark::Seen).map(|at| at.max(0)).or(observable)?;
        let observable = observable.unwrap_or(seen);
        let [reached, completed] = self.limits(Phase::Identification);
        let limit = reached.or(completed);
        let seen_by = seen.min(limit.map_or(observable, |limit| self.due(observable, limit)));
        let chain = |from| {
            let identified = self.add(from, Phase::Identification);
            (identified, self.add(identified, Phase::Assessment))
        };
        let (by_team, in_time) = (chain(seen), chain(seen_by));
        Some(match phase {
            Phase::Identification => (observable, observable),
            Phase::Assessment => (by_team.0, in_time.0),
            Phase::Response | Phase::Resolution | Phase::Recovery => (by_team.1, in_time.1),
            Phase::Closure => {
                let before = [Phase::Recovery, Phase::Resolution, Phase::Response];
                let last = before
                    .into_iter()
                    .find(|phase| !self.does_not_apply(*phase));
                let planned = last.map_or(in_time.1, |phase| self.add(in_time.1, phase));
                let ended = last.and_then(|phase| self.truly_completed(phase));
                let origin = ended.unwrap_or(planned);
                (origin, origin.min(planned))
            }
        })
    }

    fn ended_by_limit(&self) -> (bool, i64) {
        let last = self.entries.last().expect("a run has entries");
        let Event::ExerciseEnded { end } = last.event else {
            panic!("every run ends");
        };
        let elapsed = |ends: &Condition| {
            ends.facts()
                .iter()
                .any(|fact| matches!(fact, Fact::Elapsed(span) if span.0 == last.at.0))
        };
        let by_limit = match end {
            EndKind::Limit | EndKind::LimitBroken => true,
            EndKind::Stalled => false,
            EndKind::Condition => elapsed(&self.exercise.scenario().ends),
        };
        (by_limit, last.at.0)
    }

    /// The score of a mark: none where it is left out.
    fn score(&self, phase: Phase, mark: usize) -> Option<f64> {
        let limit = self.limits(phase)[mark]?;
        let (from, available) = self.origins(phase)?;
        let at = [self.reached(phase), self.completed(phase)][mark];
        let (by_limit, end) = self.ended_by_limit();
        let Some(at) = at else {
            let time_is_up = !by_limit || end > self.due(available, limit);
            return time_is_up.then_some(0.0);
        };
        let ratio = float((at - from).max(0)) / float(self.due(from, limit) - from);
        Some((10_000.0 - 5_000.0 * ratio.max(1.0).log2()).max(0.0))
    }

    /// Whether the exercise ended by its limit before a phase that is not over had the time of its
    /// target.
    fn had_no_time(&self, phase: Phase) -> bool {
        let (limit, origins) = (self.limits(phase)[1], self.origins(phase));
        let (by_limit, end) = self.ended_by_limit();
        let short = limit
            .zip(origins)
            .is_some_and(|(limit, (_, available))| end <= self.due(available, limit));
        by_limit && short && self.completed(phase).is_none()
    }

    fn timeliness(&self, phase: Phase) -> Option<f64> {
        let share = f64::from(self.exercise.plan().scoring.reached_share.0) / 10_000.0;
        match (self.score(phase, 0), self.score(phase, 1)) {
            (Some(reached), Some(completed)) => Some(share * reached + (1.0 - share) * completed),
            (one, other) => one.or(other),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an exercise is far shorter than 2^53 ms"
)]
const fn float(ms: i64) -> f64 {
    ms as f64
}

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, weights) = weighted.fold((0.0, 0.0), |(sum, all), (w, x)| (sum + w * x, all + w));
    (weights > 0.0).then(|| sum / weights)
}

/// The same up to one basis point: the engine rounds once, and floats do not round at all.
fn assert_close(found: Option<u16>, wanted: Option<f64>, what: &str) {
    match (found, wanted) {
        (None, None) => {}
        (Some(found), Some(wanted)) => {
            let off = (f64::from(found) - wanted).abs();
            assert!(off <= 1.0, "{what}: {found} should be {wanted}");
        }
        other => panic!("{what}: {other:?}"),
    }
}

/// What should have been done and what was judged, of the whole incident.
type All = (Vec<coverage::Item>, Vec<judgement::Judged>);

fn phase_score(oracle: &Oracle<'_>, (items, judged): &All, phase: &PhaseEvaluation) -> Option<f64> {
    let exercise = oracle.exercise;
    let timeliness = oracle.timeliness(phase.phase);
    let what = format!("{} of {}", phase.phase, exercise.scenario().slug);
    assert_close(
        phase.timeliness.map(|share| share.0),
        timeliness,
        &format!("timeliness of {what}"),
    );
    if oracle.does_not_apply(phase.phase) {
        assert_eq!(phase.not_scored, Some(NotScored::NotApplicable), "{what}");
        return None;
    }
    let of_phase = items.iter().filter(|item| item.phase == phase.phase);
    let coverage = mean(
        of_phase
            .clone()
            .map(|item| (item.weight, 10_000.0 * item.done)),
    );
    let told: Vec<_> = of_phase
        .map(|item| (&item.what, item.weight, item.done))
        .collect();
    let found: Vec<String> = phase
        .coverage_items
        .iter()
        .map(|item| {
            let name = match item.kind {
                ItemKind::Task(task) => exercise.task(task).slug.to_string(),
                ItemKind::Expectation(id) => exercise.scenario().expectations[id.index()]
                    .slug
                    .to_string(),
                ItemKind::Missing(measure) => format!("missing {measure}"),
            };
            format!("{name} {} {}", item.weight, item.done.0)
        })
        .collect();
    assert_close(
        phase.coverage.map(|share| share.0),
        coverage,
        &format!("coverage of {what}: {found:?} should be {told:?}"),
    );
    let told: Vec<_> = judged
        .iter()
        .filter(|(of, ..)| *of == phase.phase)
        .collect();
    let judged = mean(
        told.iter()
            .map(|(_, weight, sound)| (*weight, if *sound { 10_000.0 } else { 0.0 })),
    );
    assert_close(
        phase.judgement.map(|share| share.0),
        judged,
        &format!(
            "judgement of {what}: {:?} should be {:?}",
            phase.judged_items, told
        ),
    );
    if oracle.had_no_time(phase.phase) {
        assert_eq!(phase.not_scored, Some(NotScored::NoTime), "{what}");
        return None;
    }
    let weights = exercise.plan().scoring.parts;
    let parts = [timeliness, coverage, judged];
    mean((0..3).filter_map(|i| Some((f64::from(weights[i].0), parts[i]?))))
}

#[test]
fn scores_are_what_the_text_of_the_rules_gives() {
    each(|exercise, record, evaluation| {
        let main = evaluation.main();
        let oracle = Oracle {
            exercise,
            entries: &record.entries,
            incident: evaluation.main,
            severity: main.scored_severity,
        };
        assert_eq!(main.scored_severity, oracle.knowable());
        let weights = exercise.plan().scoring.phases;
        let all = (oracle.items(), oracle.judged());
        let mut scores = Vec::new();
        for (phase, weight) in main.phases.iter().zip(weights) {
            let score = phase_score(&oracle, &all, phase);
            assert_close(
                phase.score.map(|share| share.0),
                score,
                "the score of a phase",
            );
            scores.extend(score.map(|score| (f64::from(weight.0), score)));
        }
        let score = evaluation.score.as_ref();
        assert_close(
            score.map(|of| of.before_gates.0),
            mean(scores.into_iter()),
            "the score",
        );
    });
}

#[test]
fn gates_are_broken_duties_of_law_and_critical_objectives_that_failed() {
    each(|exercise, record, evaluation| {
        let oracle = Oracle {
            exercise,
            entries: &record.entries,
            incident: evaluation.main,
            severity: evaluation.main().scored_severity,
        };
        let score = evaluation.score.as_ref().expect("it is scored");
        assert_eq!(score.gates.len(), oracle.gates(), "{:?}", score.gates);
        let cap = match score.gates.len() {
            0 => 10_000,
            1 => 5_900,
            _ => 4_900,
        };
        assert_eq!(score.after_gates.0, score.before_gates.0.min(cap));
    });
}

#[test]
fn a_task_of_the_incident_is_covered_if_and_only_if_it_was_truly_done() {
    each(|exercise, record, evaluation| {
        for phase in &evaluation.main().phases {
            for item in &phase.coverage_items {
                let ItemKind::Task(id) = item.kind else {
                    continue;
                };
                let task = exercise.task(id);
                let on_assets = task
                    .does
                    .iter()
                    .any(|act| matches!(act.on, Object::Assets(_) | Object::Evidence(..)));
                let each = task.each != hotwash_engine::exercise::Each::Incident;
                if on_assets || each {
                    continue;
                }
                let done = record.entries.iter().any(|entry| {
                    matches!(entry.event, Event::TaskEnded { instance, outcome: Outcome::Done }
                        if instance.task == id && instance.incident == evaluation.main)
                });
                let covered = matches!(item.status, CoverageStatus::Done | CoverageStatus::Late);
                assert_eq!(covered, done, "{}", task.slug);
            }
        }
    });
}

#[test]
fn every_shipped_scenario_ends_with_one_rating_per_objective_and_traces_that_sum() {
    each(|exercise, _, evaluation| {
        let objectives = exercise.scenario().objectives.len();
        assert_eq!(evaluation.objectives.len(), objectives);
        for phase in evaluation.incidents.iter().flat_map(|of| &of.phases) {
            let Some((_, origin)) = phase.origin.filter(|_| !phase.made_of.is_empty()) else {
                continue;
            };
            let until = phase
                .completed
                .map_or(evaluation.ended_at, |timed| timed.at);
            let sum: Span = phase
                .made_of
                .iter()
                .map(|part| part.until - part.from)
                .sum();
            assert_eq!(sum, until - origin.at, "{}", phase.phase);
        }
    });
}
