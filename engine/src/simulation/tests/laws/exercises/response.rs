//! The plan and the scenario of an exercise at random.

use super::{AUTHORITY, Numbers};
use crate::exercise::{
    Addressee, AssetKind, BasisPoints, Condition, Consequence, DecisionId, Each, Effect,
    ExerciseTime, Fact, Function, IncidentId, InjectId, Limit, Measure, Object, Obligation,
    ObligationId, Phase, Pick, Plan, Reveal, Scenario, Selector, Severity, SeverityRule, Soundness,
    Span, Step, StepId, Task, TaskId, Trigger,
};
use crate::simulation::fixture;

/// What the plan's tasks do, in a sensible order. The phase and whether it is done on the affected
/// assets follow from the measure.
const TASKS: [(Measure, Function); 29] = [
    (Measure::Report, Function::PointOfContact),
    (Measure::Triage, Function::Analyst),
    (Measure::Investigate, Function::Analyst),
    (Measure::Declare, Function::IncidentManager),
    (Measure::Classify, Function::IncidentManager),
    (Measure::Scope, Function::Analyst),
    (Measure::Activate, Function::IncidentManager),
    (Measure::Preserve, Function::Handler),
    (Measure::Isolate, Function::Handler),
    (Measure::Block, Function::Handler),
    (Measure::Shutdown, Function::Handler),
    (Measure::DisableAccount, Function::Handler),
    (Measure::Notify, Function::DataProtection),
    (Measure::Brief, Function::Communications),
    (Measure::FindCause, Function::Analyst),
    (Measure::Evict, Function::Handler),
    (Measure::Harden, Function::Handler),
    (Measure::RotateCredentials, Function::Handler),
    (Measure::Restore, Function::BackupOperator),
    (Measure::Rebuild, Function::Handler),
    (Measure::Failover, Function::Handler),
    (Measure::Reconnect, Function::Handler),
    (Measure::Verify, Function::Analyst),
    (Measure::Watch, Function::Analyst),
    (Measure::Accept, Function::AssetOwner),
    (Measure::Review, Function::IncidentManager),
    (Measure::IssueReport, Function::IncidentManager),
    (Measure::AssignAction, Function::IncidentManager),
    (Measure::Close, Function::IncidentManager),
];

/// Whether a measure is taken on assets.
fn is_on_assets(measure: Measure) -> bool {
    use Measure as M;
    matches!(
        measure,
        M::Isolate
            | M::Block
            | M::Shutdown
            | M::DisableAccount
            | M::Evict
            | M::Harden
            | M::RotateCredentials
            | M::Restore
            | M::Rebuild
            | M::Failover
            | M::Reconnect
            | M::Verify
            | M::Accept
    )
}

/// Assets by a kind, whether they are affected or not.
fn somewhere() -> Selector {
    Selector::Kind(AssetKind::FileServer)
}

/// An option from which something follows.
fn option(n: &mut Numbers, name: &str, tasks: usize) -> crate::exercise::Choice {
    let task = TaskId::new(n.below(tasks));
    let consequences = [
        Consequence::Undo(Measure::Isolate),
        Consequence::Start(task),
        Consequence::Omit(task),
        Consequence::Fire(InjectId::new(2)),
        Consequence::Skip(InjectId::new(1)),
    ];
    crate::exercise::Choice {
        then: n.some(&consequences, 30),
        judged: n.percent(50).then_some(Soundness::Sound),
        ..fixture::choice(name)
    }
}

pub(super) fn plan(n: &mut Numbers) -> Plan {
    let kept: Vec<_> = TASKS.iter().filter(|of| n.percent(keep(of.0))).collect();
    let tasks: Vec<Task> = kept
        .iter()
        .enumerate()
        .map(|(i, of)| task(n, i, **of))
        .collect();
    let rule = |level, when| SeverityRule {
        level,
        dimension: "information".to_owned(),
        when,
    };
    let mut plan = fixture::plan();
    plan.classification.rules = vec![
        rule(Severity::High, Condition::Is(Fact::RecordsExposed(100))),
        rule(
            Severity::Medium,
            Condition::Is(Fact::InState(
                Selector::Everything,
                crate::exercise::AssetState::Encrypted,
            )),
        ),
    ];
    plan.decisions = vec![crate::exercise::Decision {
        takes: n.law(60),
        ..fixture::decision(
            "go",
            vec![option(n, "no", tasks.len()), option(n, "yes", tasks.len())],
        )
    }];
    plan.obligations = vec![
        Obligation {
            within: n.pick(&[
                Limit::Elapsed(Span::DAY),
                Limit::Days(2),
                Limit::BusinessDays(1),
            ]),
            ..fixture::obligation("o0", AUTHORITY)
        },
        Obligation {
            from: Trigger::After(ObligationId::new(0)),
            within: n.pick(&[Limit::Months(1), Limit::Elapsed(Span::DAY)]),
            ..fixture::obligation("o1", AUTHORITY)
        },
    ];
    plan.tasks = tasks;
    plan
}

/// How likely a plan has a task for a measure.
fn keep(measure: Measure) -> usize {
    use Measure as M;
    match measure {
        M::Block | M::Shutdown | M::DisableAccount | M::Rebuild | M::Failover | M::Reconnect => 25,
        M::Report | M::Scope | M::Brief | M::Harden | M::Watch => 50,
        _ => 88,
    }
}

fn task(n: &mut Numbers, i: usize, (measure, by): (Measure, Function)) -> Task {
    let on = match measure {
        Measure::Preserve => Object::Evidence(None, Selector::Affected),
        Measure::Notify => Object::Stakeholder(AUTHORITY),
        _ if is_on_assets(measure) => {
            Object::Assets(n.pick(&[Selector::Affected, Selector::Affected, somewhere()]))
        }
        _ => Object::Incident,
    };
    let before: Vec<TaskId> = (i.saturating_sub(3)..i).map(TaskId::new).collect();
    let lead = Addressee::Function(Function::IncidentManager);
    Task {
        by: Addressee::Function(by),
        after: if i == 0 { vec![] } else { n.some(&before, 45) },
        after_any: if i > 1 { n.some(&before, 15) } else { vec![] },
        takes: n.law(240),
        delay: n.percent(10).then(|| n.law(60)),
        does: vec![fixture::act(measure, on)],
        approval: n.percent(20).then_some(lead),
        people: if n.percent(10) { 2 } else { 1 },
        from_severity: n.percent(10).then_some(Severity::High),
        each: n.pick(&[
            Each::Incident,
            Each::Incident,
            Each::Incident,
            Each::Incident,
            Each::Incident,
            Each::Incident,
            Each::Alert,
            Each::Message,
            Each::Asset,
        ]),
        informed: if n.percent(20) { vec![lead] } else { vec![] },
        optional: n.percent(15),
        keeps_log: n.percent(30),
        ..fixture::task(
            &format!("t{i:02}"),
            measure.home().unwrap_or(Phase::Response),
            measure,
        )
    }
}

pub(super) fn scenario(n: &mut Numbers) -> Scenario {
    let two = n.percent(30);
    let mut steps: Vec<Step> = (0..2 + n.below(4)).map(|i| step(n, i)).collect();
    let mut incidents = vec![fixture::incident("first")];
    if two {
        incidents.push(fixture::incident("second"));
        let other = Step {
            incident: IncidentId::new(1),
            ..step(n, 0)
        };
        steps.push(Step {
            slug: fixture::slug("z-other"),
            ..other
        });
    }
    let injects = injects(n, steps.len());
    let declare = fixture::act(Measure::Declare, Object::Incident);
    let isolate = fixture::act(Measure::Isolate, Object::Assets(Selector::Affected));
    let expectations = vec![
        crate::exercise::Expectation {
            within: n.minutes(600),
            ..fixture::expectation("e0", declare)
        },
        crate::exercise::Expectation {
            inject: InjectId::new(injects.len() - 1),
            within: n.minutes(600),
            ..fixture::expectation("e1", isolate)
        },
    ];
    Scenario {
        incidents,
        steps,
        injects,
        expectations,
        ..fixture::scenario()
    }
}

fn step(n: &mut Numbers, i: usize) -> Step {
    let before: Vec<StepId> = (0..i).map(StepId::new).collect();
    let (after, after_any) = match n.below(3) {
        _ if i == 0 => (vec![], vec![]),
        0 => (n.some(&before, 30), vec![]),
        1 => (vec![], n.some(&before, 60)),
        _ => (vec![StepId::new(i - 1)], vec![]),
    };
    let effects = [
        Effect::Compromise,
        Effect::Compromise,
        Effect::Encrypt,
        Effect::Exfiltrate,
        Effect::Disrupt,
        Effect::Alter,
    ];
    let targets = [
        Selector::Everything,
        Selector::Kind(AssetKind::FileServer),
        Selector::Kind(AssetKind::Database),
        Selector::InState(crate::exercise::AssetState::Compromised),
    ];
    let stops = [Measure::Isolate, Measure::Harden, Measure::Evict];
    let mut stopped_by = n.some(&stops, 50);
    stopped_by.sort_unstable();
    Step {
        after,
        after_any,
        at: n.percent(20).then(|| ExerciseTime(n.minutes(300).0)),
        delay: n.percent(20).then(|| n.law(300)),
        takes: n.law(2_000),
        pick: n.pick(&[Pick::One, Pick::AtMost(2), Pick::Each]),
        targets: if i == 0 {
            Selector::Everything
        } else {
            n.pick(&targets)
        },
        chance: n.pick(&[BasisPoints::ONE, BasisPoints::ONE, BasisPoints(7_000)]),
        stopped_by,
        ..fixture::step(
            &format!("x{i}"),
            if i == 0 {
                Effect::Compromise
            } else {
                n.pick(&effects)
            },
        )
    }
}

fn injects(n: &mut Numbers, steps: usize) -> Vec<crate::exercise::Inject> {
    let at = |n: &mut Numbers| Some(ExerciseTime(n.minutes(900).0));
    let step = StepId::new(n.below(steps));
    vec![
        crate::exercise::Inject {
            at: at(n),
            reveals: vec![Reveal::Real, Reveal::Impact],
            again: n.percent(50),
            ..fixture::inject("i0-real")
        },
        crate::exercise::Inject {
            at: None,
            when: Some(Condition::Is(Fact::Reached(step))),
            delay: n.percent(50).then(|| n.law(90)),
            reveals: vec![Reveal::Step(step)],
            ..fixture::inject("i1-step")
        },
        crate::exercise::Inject {
            at: at(n),
            noise: true,
            repeats: n.percent(50).then(|| n.law(1_500)),
            ..fixture::inject("i2-noise")
        },
        crate::exercise::Inject {
            at: at(n),
            decide: Some(DecisionId::new(0)),
            to: Addressee::Function(Function::IncidentManager),
            ..fixture::inject("i3-decide")
        },
    ]
}
