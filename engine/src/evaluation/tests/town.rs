//! A small town's office, for records of real runs: enough people, work and harm that every part of
//! an evaluation has something to say.

use crate::exercise::{
    Act, Addressee, AssetId, AssetKind, Capability, ChannelKind, Choice, Condition, Effect,
    Exercise, Expectation, ExpectationId, Fact, Function, ImpactDimension, Law, Limit, Mark,
    Measure, Money, Object, ObligationId, Parts, PersonId, Phase, Reveal, Risk, Selector, Severity,
    SeverityRule, Soundness, Span, StakeholderKind, StepId, Target, Task, TaskId,
};
use crate::exercise::{AssetState, ExerciseTime};
use crate::record::Record;
use crate::simulation::fixture::{
    act, asset, channel, choice, decision, expectation, inject, objective, obligation,
    office_hours, parts, person, records, role, slug, source, stakeholder, step, task,
    task_on_affected,
};
use crate::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::Arc;

/// The office, checked.
pub(super) fn town() -> Arc<Exercise> {
    let mut town = parts();
    // Friday, 17:40: twenty minutes before the office closes.
    town.startex += Span::days(3).0 + Span::hours(8).0 - Span::minutes(20).0;
    town.onset = ExerciseTime(-Span::hours(2).0);
    town.limit = ExerciseTime(Span::days(25).0);
    people(&mut town);
    assets(&mut town);
    plan(&mut town);
    story(&mut town);
    Arc::new(Exercise::new(town).unwrap())
}

/// A run of it.
pub(super) fn run(exercise: &Arc<Exercise>, index: u64, policy: Policy) -> Record {
    let setup = Setup::of(5, index).with_policy(policy);
    simulate(exercise, &setup, Provenance::default())
}

fn people(town: &mut Parts) {
    let o = &mut town.organisation;
    o.channels = vec![
        channel("mail", ChannelKind::Mail),
        channel("phone", ChannelKind::MobilePhone),
    ];
    o.people = ["ada", "ben", "cem", "dov"].map(person).to_vec();
    for (i, person) in o.people.iter_mut().enumerate() {
        person.channels = (0..2).map(crate::exercise::ChannelId::new).collect();
        person.shift = office_hours();
        if i == 1 {
            person.on_call = crate::exercise::WeeklyHours::always();
        }
    }
    let of = |name: &str, who: usize, functions: &[Function], may: &[Measure]| {
        let mut role = role(name);
        role.holders = vec![PersonId::new(who)];
        role.functions = functions.to_vec();
        role.functions.sort_unstable();
        role.may = may.to_vec();
        role.may.sort_unstable();
        role
    };
    let technical: Vec<Measure> = Measure::ALL
        .iter()
        .copied()
        .filter(|m| !matches!(m, Measure::Isolate | Measure::Declare))
        .collect();
    o.roles = vec![
        of(
            "analyst",
            1,
            &[Function::PointOfContact, Function::Analyst],
            &technical,
        ),
        of(
            "clerk",
            3,
            &[
                Function::Legal,
                Function::DataProtection,
                Function::Communications,
            ],
            &technical,
        ),
        of(
            "lead",
            0,
            &[
                Function::IncidentManager,
                Function::Ciso,
                Function::Executive,
            ],
            Measure::ALL,
        ),
        of(
            "technician",
            2,
            &[
                Function::Handler,
                Function::ItOperations,
                Function::BackupOperator,
            ],
            &technical,
        ),
    ];
    o.roles[0].deputies = vec![PersonId::new(2)];
    o.stakeholders = vec![
        stakeholder("authority", StakeholderKind::DataProtectionAuthority),
        stakeholder("press", StakeholderKind::Media),
    ];
    o.risks = vec![Risk {
        slug: slug("ransom"),
        title: String::new(),
        owner: None,
        per_thousand_years: 50,
        scenario: Some("fixture".to_owned()),
        treatment: String::new(),
        appetite: Some(Money(100_000)),
        accepted_outage: Some(Span::hours(8)),
    }];
}

fn assets(town: &mut Parts) {
    let o = &mut town.organisation;
    let mut files = records("files", AssetKind::FileServer, 9_000);
    files.rto = Some(Span::hours(8));
    files.rpo = Some(Span::hours(4));
    files.loss_per_hour = Money(10_000);
    files.backed_up_every = Some(Span::DAY);
    let mut desk = asset("desk", AssetKind::Workstation);
    desk.depends_on = vec![AssetId::new(2)];
    o.assets = vec![
        asset("backup", AssetKind::BackupOffline),
        desk,
        files,
        asset("mail", AssetKind::MailServer),
    ];
    let mut siem = source("siem", crate::exercise::SourceKind::Siem);
    siem.sees[0].chance = crate::exercise::BasisPoints(6_000);
    siem.sees[0].after = Law::About(Span::hours(1));
    siem.false_alarms = Some(Law::About(Span::days(2)));
    o.sources = vec![siem];
}

fn range(low: i64, high: i64) -> Law {
    Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    }
}

fn plan(town: &mut Parts) {
    town.plan.tasks = tasks();
    town.plan.classification.rules = vec![
        SeverityRule {
            level: Severity::High,
            impact: Some(ImpactDimension::Operations),
            when: Condition::Is(Fact::InState(
                Selector::Kind(AssetKind::FileServer),
                AssetState::OutOfService,
            )),
        },
        SeverityRule {
            level: Severity::Critical,
            impact: Some(ImpactDimension::Information),
            when: Condition::Is(Fact::RecordsExposed(1_000)),
        },
    ];
    let days = |n| Some(Limit::BusinessDays(n));
    let limits = [
        (None, Some(Limit::Elapsed(Span::hours(1)))),
        (None, Some(Limit::Elapsed(Span::hours(1)))),
        (
            Some(Limit::Elapsed(Span::hours(1))),
            Some(Limit::Elapsed(Span::hours(8))),
        ),
        (None, days(5)),
        (None, days(7)),
        (None, days(15)),
    ];
    let of = |severity| {
        let by_phase = Phase::ALL.iter().zip(limits);
        by_phase.map(move |(phase, (reached, completed))| Target {
            phase: *phase,
            severity,
            reached,
            completed,
            origin: None,
        })
    };
    town.yardstick.targets = Severity::ALL
        .iter()
        .flat_map(|severity| of(*severity))
        .collect();
    town.yardstick.targets.sort_unstable();
    town.yardstick.rules = town.plan.classification.rules.clone();
    town.plan.decisions = vec![pay()];
    let mut duty = obligation("gdpr", StakeholderKind::DataProtectionAuthority);
    duty.law = Some("GDPR".to_owned());
    duty.task = Some(TaskId::new(9));
    town.plan.obligations = vec![duty];
}

fn pay() -> crate::exercise::Decision {
    let judged = |name: &str, soundness| Choice {
        judged: Some(soundness),
        ..choice(name)
    };
    decision(
        "pay",
        vec![
            judged("no", Soundness::Sound),
            judged(
                "yes",
                Soundness::Unsound("it pays for the next one".to_owned()),
            ),
        ],
    )
}

/// A task in a row: its name, phase and measure, who does it, how long it takes in minutes nine times
/// in ten, what comes before it, and whether it is taken on the affected assets.
type Row = (
    &'static str,
    Phase,
    Measure,
    Function,
    [i64; 2],
    &'static [usize],
    bool,
);

const LEAD: Function = Function::IncidentManager;
const HANDLER: Function = Function::Handler;
const ANALYST: Function = Function::Analyst;

/// Sorted by name; predecessors by position.
#[rustfmt::skip]
const ROWS: [Row; 16] = [
    ("accept", Phase::Recovery, Measure::Accept, LEAD, [10, 60], &[12], true),
    ("assign", Phase::Closure, Measure::AssignAction, LEAD, [20, 60], &[13], false),
    ("cause", Phase::Resolution, Measure::FindCause, HANDLER, [60, 600], &[5], false),
    ("classify", Phase::Assessment, Measure::Classify, LEAD, [5, 30], &[5], false),
    ("close", Phase::Closure, Measure::Close, LEAD, [5, 20], &[1, 11], false),
    ("declare", Phase::Assessment, Measure::Declare, LEAD, [2, 20], &[15], false),
    ("evict", Phase::Resolution, Measure::Evict, HANDLER, [60, 300], &[8], true),
    ("harden", Phase::Resolution, Measure::Harden, HANDLER, [30, 120], &[2], true),
    ("isolate", Phase::Response, Measure::Isolate, HANDLER, [15, 90], &[5], true),
    ("notify", Phase::Response, Measure::Notify, Function::Legal, [30, 120], &[5], false),
    ("preserve", Phase::Response, Measure::Preserve, HANDLER, [20, 60], &[5], false),
    ("report", Phase::Closure, Measure::IssueReport, LEAD, [60, 240], &[13], false),
    ("restore", Phase::Recovery, Measure::Restore, HANDLER, [240, 1_500], &[6, 10], true),
    ("review", Phase::Closure, Measure::Review, LEAD, [60, 120], &[0], false),
    ("scope", Phase::Assessment, Measure::Scope, ANALYST, [20, 90], &[5], false),
    ("triage", Phase::Assessment, Measure::Triage, ANALYST, [5, 40], &[], false),
];

fn tasks() -> Vec<Task> {
    let mut tasks: Vec<Task> = ROWS.iter().map(of_row).collect();
    tasks[8].approval = Some(Addressee::Function(LEAD));
    let authority = Object::Stakeholder(StakeholderKind::DataProtectionAuthority);
    tasks[9].does = vec![act(Measure::Notify, authority)];
    tasks[9].notifies_for = Some(ObligationId::new(0));
    let evidence = Object::Evidence(None, Selector::Affected);
    tasks[10].does = vec![act(Measure::Preserve, evidence)];
    tasks[15].when = Some(Condition::Is(Fact::AlertRaised));
    tasks[15].keeps_log = true;
    tasks
}

fn of_row(&(name, phase, measure, by, [low, high], after, on_affected): &Row) -> Task {
    let make = if on_affected { task_on_affected } else { task };
    Task {
        by: Addressee::Function(by),
        takes: range(low, high),
        after: after.iter().map(|task| TaskId::new(*task)).collect(),
        ..make(name, phase, measure)
    }
}

fn story(town: &mut Parts) {
    let scenario = &mut town.scenario;
    scenario.incidents[0].personal_data = true;
    scenario.incidents[0].severity = Severity::Critical;
    let mut enter = step("a-enter", Effect::Compromise);
    enter.targets = Selector::Kind(AssetKind::MailServer);
    let mut spread = step("b-spread", Effect::Compromise);
    spread.after = vec![StepId::new(0)];
    spread.targets = Selector::Kind(AssetKind::FileServer);
    spread.takes = range(40, 300);
    spread.stopped_by = vec![Measure::Isolate];
    let mut steal = step("c-steal", Effect::Exfiltrate);
    steal.after = vec![StepId::new(1)];
    steal.targets = Selector::Kind(AssetKind::FileServer);
    steal.takes = range(30, 200);
    steal.stopped_by = vec![Measure::Isolate];
    let mut encrypt = step("d-encrypt", Effect::Encrypt);
    encrypt.after = vec![StepId::new(1)];
    encrypt.targets = Selector::InState(AssetState::Compromised);
    encrypt.takes = range(20, 120);
    encrypt.stopped_by = vec![Measure::Isolate, Measure::Evict];
    encrypt.stopped_by.sort_unstable();
    scenario.steps = vec![enter, spread, steal, encrypt];
    let mut leak = inject("leak");
    leak.at = Some(ExerciseTime(Span::hours(30).0));
    leak.to = Addressee::Function(Function::IncidentManager);
    leak.reveals = vec![Reveal::PersonalData, Reveal::Step(StepId::new(2))];
    let mut locked = inject("locked");
    locked.at = Some(ExerciseTime(Span::minutes(25).0));
    locked.reveals = vec![Reveal::Impact, Reveal::Step(StepId::new(3))];
    let mut press = inject("press");
    press.at = Some(ExerciseTime(Span::hours(40).0));
    press.to = Addressee::Function(Function::Communications);
    let mut ransom = inject("ransom");
    ransom.at = Some(ExerciseTime(Span::hours(5).0));
    ransom.to = Addressee::Function(Function::IncidentManager);
    ransom.decide = Some(crate::exercise::DecisionId::new(0));
    scenario.injects = vec![leak, locked, press, ransom];
    scenario.expectations = expectations();
    scenario.objectives = objectives();
}

fn expectations() -> Vec<Expectation> {
    use crate::exercise::InjectId;
    let of = |name: &str, inject: usize, act: Act, within, since| Expectation {
        inject: InjectId::new(inject),
        within,
        since,
        ..expectation(name, act)
    };
    let incident = |measure| act(measure, Object::Incident);
    let tell = |who| act(Measure::Notify, Object::Stakeholder(who));
    vec![
        of(
            "contain",
            1,
            act(Measure::Isolate, Object::Assets(Selector::Affected)),
            Span::hours(6),
            None,
        ),
        of(
            "declared",
            1,
            incident(Measure::Declare),
            Span::hours(1),
            None,
        ),
        of(
            "holding",
            2,
            tell(StakeholderKind::Media),
            Span::hours(4),
            None,
        ),
        of(
            "tell",
            0,
            tell(StakeholderKind::DataProtectionAuthority),
            Span::hours(72),
            Some(Mark::Reported),
        ),
    ]
}

fn objectives() -> Vec<crate::exercise::Objective> {
    let id = ExpectationId::new;
    let mut contain = objective("o1", Capability::Contain);
    contain.critical = vec![id(0)];
    contain.harm = Some(Condition::Is(Fact::RecordsExposed(5_000)));
    let mut tell = objective("o2", Capability::Communicate);
    tell.critical = vec![id(3)];
    tell.supporting = vec![id(2)];
    let mut recover = objective("o3", Capability::Recover);
    recover.success = Some(Condition::Is(Fact::PhaseCompleted(Phase::Recovery)));
    let mut lead = objective("o4", Capability::Activate);
    lead.critical = vec![id(1)];
    vec![contain, tell, recover, lead]
}
