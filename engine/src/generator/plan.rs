//! The plan of an exercise at random.

use super::{AUTHORITY, Numbers, is_on_assets};
use crate::exercise::{
    Addressee, AssetKind, AssetState, Choice, Condition, Consequence, Content, Decision,
    DecisionId, Each, Fact, Function, ImpactDimension, IncidentId, InjectId, Knowable, Limit,
    Measure, Object, Obligation, ObligationId, OptionId, Phase, Plan, Selector, Severity,
    SeverityRule, Soundness, Span, Target, Task, TaskId, Trigger,
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

/// Assets by a kind, whether they are affected or not.
fn somewhere() -> Selector {
    Selector::Kind(AssetKind::FileServer)
}

/// An option from which something follows.
fn option(n: &mut Numbers, name: &str, tasks: usize) -> Choice {
    let task = TaskId::new(n.below(tasks));
    let consequences = [
        Consequence::Undo(Measure::Isolate),
        Consequence::Start(task),
        Consequence::Omit(task),
        Consequence::Fire(InjectId::new(2)),
        Consequence::Skip(InjectId::new(1)),
    ];
    Choice {
        then: n.some(&consequences, 30),
        judged: n.percent(50).then_some(Soundness::Sound),
        ..fixture::choice(name)
    }
}

pub(super) fn plan(n: &mut Numbers) -> Plan {
    let approvals = n.percent(70);
    let kept: Vec<_> = TASKS.iter().filter(|of| n.percent(keep(of.0))).collect();
    let tasks: Vec<Task> = kept
        .iter()
        .enumerate()
        .map(|(i, of)| task(n, (i, approvals), **of))
        .collect();
    let mut plan = fixture::plan();
    plan.classification.rules = rules(n);
    plan.targets = targets(n);
    plan.decisions = vec![Decision {
        takes: n.law(60),
        when: n
            .percent(30)
            .then_some(Condition::Is(Fact::Known(Knowable::Real(IncidentId::new(
                0,
            ))))),
        needs: n.some(&[Content::Scope, Content::Cause], 40),
        ..fixture::decision(
            "go",
            vec![option(n, "no", tasks.len()), option(n, "yes", tasks.len())],
        )
    }];
    plan.obligations = obligations(n, &tasks);
    plan.tasks = tasks;
    plan
}

/// Severities by what is known: the more rules, the likelier new facts change the class.
fn rules(n: &mut Numbers) -> Vec<SeverityRule> {
    let rule = |level, when| SeverityRule {
        level,
        impact: Some(ImpactDimension::Information),
        when: Condition::Is(when),
    };
    let mut rules = vec![
        rule(Severity::High, Fact::RecordsExposed(100)),
        rule(
            Severity::Medium,
            Fact::InState(Selector::Everything, AssetState::Encrypted),
        ),
    ];
    if n.percent(50) {
        let database = Selector::Kind(AssetKind::Database);
        rules.push(rule(
            Severity::High,
            Fact::InState(database.clone(), AssetState::Compromised),
        ));
        rules.push(rule(
            Severity::Critical,
            Fact::InState(database, AssetState::OutOfService),
        ));
    }
    rules
}

fn targets(n: &mut Numbers) -> Vec<Target> {
    if n.percent(20) {
        return Vec::new();
    }
    let pairs = Phase::ALL.iter().flat_map(|phase| {
        Severity::ALL
            .iter()
            .map(move |severity| (*phase, *severity))
    });
    let target = |(phase, severity)| Target {
        phase,
        severity,
        reached: n.percent(60).then(|| Limit::Elapsed(n.minutes(600))),
        completed: n.percent(80).then(|| Limit::Elapsed(n.minutes(4_000))),
        origin: None,
    };
    pairs.map(target).collect()
}

/// A duty to the authority, perhaps met by the plan's own task, and perhaps one that follows it.
fn obligations(n: &mut Numbers, tasks: &[Task]) -> Vec<Obligation> {
    let tells = tasks
        .iter()
        .position(|task| task.takes_measure(Measure::Notify));
    let mut all = vec![Obligation {
        law: n.percent(50).then(|| "Act".to_owned()),
        task: tells.filter(|_| n.percent(40)).map(TaskId::new),
        content: n.some(&[Content::Nature, Content::Scope], 30),
        within: n.pick(&[
            Limit::Elapsed(Span::DAY),
            Limit::Days(2),
            Limit::BusinessDays(1),
        ]),
        ..fixture::obligation("o0", AUTHORITY)
    }];
    if n.percent(60) {
        all.push(Obligation {
            from: Trigger::After(ObligationId::new(0)),
            within: n.pick(&[Limit::Months(1), Limit::Elapsed(Span::DAY)]),
            ..fixture::obligation("o1", AUTHORITY)
        });
    }
    all
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

/// What a few tasks wait for, beside what comes before them.
fn condition(n: &mut Numbers) -> Option<Condition> {
    let conditions = [
        Fact::SeverityAtLeast(Severity::Medium),
        Fact::Elapsed(Span::hours(8)),
        Fact::InState(Selector::Affected, AssetState::OutOfService),
        Fact::Known(Knowable::Declared(IncidentId::new(0))),
        Fact::Decided(DecisionId::new(0), OptionId::new(1)),
    ];
    let fact = n.pick(&conditions);
    n.percent(6)
        .then(|| Condition::All(vec![Condition::Is(fact)]))
}

fn task(
    n: &mut Numbers,
    (i, approvals): (usize, bool),
    (measure, by): (Measure, Function),
) -> Task {
    let approved = approvals && n.percent(20);
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
        when: condition(n),
        approval: approved.then(|| n.pick(&[lead, Addressee::Function(Function::Legal)])),
        people: if n.percent(4) { 2 } else { 1 },
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
        even_if_skipped: n.percent(15),
        keeps_log: n.percent(30),
        ..fixture::task(
            &format!("t{i:02}"),
            measure.home().unwrap_or(Phase::Response),
            measure,
        )
    }
}
