//! Duties and expectations through whole runs: decided away, told in phases, excused.

use super::super::fixture::{act, choice, decision, expectation, objective, obligation, task};
use super::{clinic, exercise};
use crate::evaluation::{Baselines, Evaluation, FindingKind, ItemKind, Rating, evaluate};
use crate::exercise::{
    Addressee, Asks, Capability, Condition, Consequence, Content, ExerciseTime, ExpectationId,
    Fact, Function, IncidentId, Knowable, Law, Limit, Measure, Object, ObligationId, Parts, Phase,
    Soundness, Span, StakeholderKind, TaskId,
};
use crate::record::{Action, Event, HumanAct, Record, Verdict};
use crate::replay;
use crate::simulation::{Provenance, Setup, simulate};

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;
const TELL: usize = 4;

/// The clinic with a duty to tell an authority, whose task comes after isolating.
fn dutiful() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    let mut tell = task("zz-tell", Phase::Response, Measure::Notify);
    tell.by = Addressee::Function(Function::IncidentManager);
    tell.after = vec![TaskId::new(1)];
    tell.does = vec![act(Measure::Notify, Object::Stakeholder(AUTHORITY))];
    parts.plan.tasks.push(tell);
    let mut duty = obligation("duty", AUTHORITY);
    duty.law = Some("A law".to_owned());
    duty.task = Some(TaskId::new(TELL));
    parts.plan.obligations = vec![duty];
    parts
}

fn play(parts: Parts) -> (Record, Evaluation) {
    play_with(parts, Vec::new())
}

fn play_with(parts: Parts, actions: Vec<Action>) -> (Record, Evaluation) {
    let mut setup = Setup::of(1, 0);
    setup.actions = actions;
    let exercise = exercise(parts);
    let record = simulate(&exercise, &setup, Provenance::default());
    let evaluation = evaluate(&exercise, &record, Baselines::default());
    (record, evaluation)
}

fn count(record: &Record, is: impl Fn(&Event) -> bool) -> usize {
    let entries = record.entries.iter();
    entries.filter(|entry| is(&entry.event)).count()
}

fn told(record: &Record) -> usize {
    count(record, |event| {
        matches!(event, Event::StakeholderNotified { .. })
    })
}

/// The plan's own decision that the duty is not required, as soon as the incident is known to be real.
fn decided(judged: Option<Soundness>) -> Parts {
    let mut parts = dutiful();
    let mut no = choice("no");
    (no.then, no.judged) = (vec![Consequence::NotRequired(ObligationId::new(0))], judged);
    let mut ask = decision("must-we-tell", vec![no]);
    let real = Knowable::Real(IncidentId::new(0));
    ask.when = Some(Condition::Is(Fact::Known(real)));
    ask.takes = Law::Fixed(Span::MINUTE);
    parts.plan.decisions = vec![ask];
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::days(10)));
    parts
}

#[test]
fn a_documented_decision_that_a_duty_is_not_required_stops_its_clock_and_its_task() {
    let (record, evaluation) = play(decided(Some(Soundness::Sound)));
    assert_eq!(told(&record), 0);
    assert_eq!(evaluation.obligations[0].verdict, Verdict::NotRequired);
    assert!(evaluation.score.expect("it is scored").gates.is_empty());
    let breached = count(&record, |e| matches!(e, Event::ObligationBreached { .. }));
    assert_eq!(breached, 0);
    // The same is read off a record that was cut off before its clocks were closed.
    let mut cut = record.clone();
    let closing = |event: &Event| matches!(event, Event::ObligationClosed { .. });
    cut.entries.retain(|entry| !closing(&entry.event));
    let again = evaluate(&record.header.exercise, &cut, Baselines::default());
    assert_eq!(again.obligations[0].verdict, Verdict::NotRequired);
}

#[test]
fn an_unsound_decision_leaves_the_duty_to_be_breached() {
    let unsound = Soundness::Unsound("the law says otherwise".to_owned());
    let (record, evaluation) = play(decided(Some(unsound)));
    assert_eq!(told(&record), 0);
    assert_eq!(evaluation.obligations[0].verdict, Verdict::Breached);
    let score = evaluation.score.expect("it is scored");
    assert_eq!(score.gates.len(), 1);
}

#[test]
fn the_rest_of_a_notification_follows_when_it_can_be_said() {
    let mut parts = dutiful();
    let mut find = task("zy-find", Phase::Resolution, Measure::FindCause);
    find.after = vec![TaskId::new(1)];
    find.takes = Law::Fixed(Span::hours(20));
    // In the order of ids the cause comes before telling.
    parts.plan.tasks.insert(TELL, find);
    let duty = &mut parts.plan.obligations[0];
    duty.task = Some(TaskId::new(TELL + 1));
    duty.content = vec![Content::Nature, Content::Cause];
    duty.within = Limit::Elapsed(Span::hours(12));
    let at_once = parts.clone();
    parts.plan.obligations[0].rest_within = Some(Limit::Elapsed(Span::days(5)));
    let (record, evaluation) = play(parts);
    assert_eq!(told(&record), 2);
    assert_eq!(evaluation.obligations[0].verdict, Verdict::Phased);
    let kept = |of: &Evaluation| {
        let mut kinds = of.every_finding().map(|finding| finding.kind);
        kinds.any(|kind| kind == FindingKind::ClockKept)
    };
    assert!(kept(&evaluation));
    let (record, evaluation) = play(at_once);
    assert_eq!(told(&record), 1);
    assert_eq!(evaluation.obligations[0].verdict, Verdict::Incomplete);
    assert!(!kept(&evaluation));
}

#[test]
fn a_duty_whose_task_tells_somebody_else_is_broken() {
    let mut parts = dutiful();
    let media = Object::Stakeholder(StakeholderKind::Media);
    parts.plan.tasks[TELL].does = vec![act(Measure::Notify, media)];
    let (record, evaluation) = play(parts);
    assert_eq!(told(&record), 1);
    assert_eq!(evaluation.obligations[0].verdict, Verdict::WrongRecipient);
    let found = evaluation.every_finding().map(|finding| finding.kind);
    let wrong = FindingKind::ClockNotKept(Verdict::WrongRecipient);
    assert_eq!(found.filter(|kind| *kind == wrong).count(), 1);
    assert_eq!(evaluation.score.expect("it is scored").gates.len(), 1);
}

/// The clinic in which somebody is to hand over within a minute, which no task can do.
fn expectant() -> Parts {
    let mut parts = clinic();
    let mut hopeless = expectation("hopeless", act(Measure::HandOver, Object::Incident));
    hopeless.within = Span::MINUTE;
    parts.scenario.expectations = vec![hopeless];
    let mut goal = objective("goal", Capability::Respond);
    goal.critical = vec![ExpectationId::new(0)];
    parts.scenario.objectives = vec![goal];
    parts
}

fn excuse(at: Span) -> Action {
    Action {
        at: ExerciseTime(at.0),
        person: None,
        does: HumanAct::Excuse {
            expectation: ExpectationId::new(0),
            reason: "the phone of the exercise was dead".to_owned(),
        },
        hand: None,
    }
}

#[test]
fn an_excused_expectation_is_shown_and_leaves_the_score() {
    let counts = |of: &Evaluation| {
        let phases = of.main().phases.iter();
        let mut items = phases.flat_map(|phase| &phase.coverage_items);
        items.any(|item| item.kind == ItemKind::Expectation(ExpectationId::new(0)))
    };
    let (_, strict) = play(expectant());
    assert!(counts(&strict));
    assert_eq!(strict.objectives[0].rating, Rating::U);
    let acts = vec![excuse(Span::hours(2)), excuse(Span::hours(3))];
    let (record, evaluation) = play_with(expectant(), acts);
    assert!(!counts(&evaluation));
    assert_eq!(evaluation.objectives[0].rating, Rating::N);
    assert_eq!(evaluation.objectives[0].excused, [ExpectationId::new(0)]);
    let [excused] = &evaluation.excused[..] else {
        panic!("one expectation is excused: {:?}", evaluation.excused)
    };
    assert_eq!(excused.reason, "the phone of the exercise was dead");
    let bears = |of: &Evaluation| {
        let named = |expectation| crate::evaluation::FindingSubject::Expectation(expectation);
        let subject = named(ExpectationId::new(0));
        of.every_finding().any(|finding| finding.subject == subject)
    };
    assert!(bears(&strict) && !bears(&evaluation));
    let rejected = |event: &Event| matches!(event, Event::ActionRejected { .. });
    assert_eq!(count(&record, rejected), 1, "it is excused once");
    let again = replay::replay(&record);
    assert_eq!(replay::first_difference(&record, &again), None);
}

#[test]
fn an_expectation_that_was_met_counts_as_met_though_it_is_excused() {
    let mut parts = expectant();
    parts.scenario.expectations[0].asks = Asks::Does(act(Measure::Declare, Object::Incident));
    parts.scenario.expectations[0].within = Span::days(2);
    let (_, evaluation) = play_with(parts, vec![excuse(Span::days(1))]);
    assert!(evaluation.excused.is_empty());
    assert_eq!(evaluation.objectives[0].met, [ExpectationId::new(0)]);
}
