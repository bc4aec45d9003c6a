//! Exercises at random, small and valid: people with and without shifts, assets that depend on each
//! other, an attack of a few steps, a plan that lacks some of what it should have.

use crate::exercise::{
    Addressee, Asset, AssetId, AssetKind, BasisPoints, ChannelId, ChannelKind, Condition,
    DecisionId, Effect, ExerciseTime, Fact, Function, InjectId, Law, Limit, Measure, Money, Object,
    Obligation, ObligationId, Organisation, Parts, Person, PersonId, Phase, Pick, Plan, Reveal,
    Role, RoleId, Scenario, Schedule, Selector, Severity, SeverityRule, Sight, Source, SourceKind,
    Span, StaffGroup, StakeholderKind, Step, StepId, Task, TaskId, Trigger, WeeklyHours,
};
use crate::simulation::draw::{Dice, Purpose, Subject};
use crate::simulation::fixture;

/// Numbers for properties, from a generator that has nothing to do with that of any run.
pub(super) struct Numbers {
    dice: Dice,
    drawn: u64,
}

impl Numbers {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed, u64::MAX),
            drawn: 0,
        }
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.drawn += 1;
        let subject = Subject(self.drawn);
        self.dice.part(subject, Purpose::Choice, 0, n as u64) as usize
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Each with a chance, in order.
    fn some<T: Clone>(&mut self, from: &[T], chance: usize) -> Vec<T> {
        let kept = from.iter().filter(|_| self.percent(chance));
        kept.cloned().collect()
    }

    fn minutes(&mut self, most: usize) -> Span {
        Span::minutes(1 + self.below(most) as i64)
    }

    fn law(&mut self, most: usize) -> Law {
        let low = self.minutes(most);
        match self.below(4) {
            0 => Law::Fixed(low),
            1 => Law::About(low),
            2 => Law::Triangle {
                least: Span::ZERO,
                likely: low,
                most: low + low,
            },
            _ => Law::Range {
                low,
                high: low + low + low,
            },
        }
    }
}

/// An exercise at random.
pub(super) fn any(seed: u64) -> Parts {
    let mut numbers = Numbers::new(seed);
    let n = &mut numbers;
    let day = Span::days(n.below(400) as i64).0;
    let organisation = organisation(n);
    let plan = plan(n);
    let scenario = scenario(n);
    Parts {
        startex: fixture::TUESDAY_MORNING + day + n.minutes(1_440).0,
        onset: ExerciseTime(-n.minutes(600).0),
        limit: ExerciseTime(Span::days(12).0),
        organisation,
        plan,
        scenario,
        ..fixture::parts()
    }
}

const KINDS: [AssetKind; 8] = [
    AssetKind::FileServer,
    AssetKind::Database,
    AssetKind::MailServer,
    AssetKind::RemoteAccess,
    AssetKind::BackupServer,
    AssetKind::BackupOffline,
    AssetKind::Workstation,
    AssetKind::Account,
];

fn organisation(n: &mut Numbers) -> Organisation {
    let assets: Vec<Asset> = (0..3 + n.below(6)).map(|i| asset(n, i)).collect();
    let ids: Vec<AssetId> = (0..assets.len()).map(AssetId::new).collect();
    let network = n.percent(50).then(|| links(n, &ids));
    let channels = vec![
        crate::exercise::Channel {
            depends_on: n.some(&ids, 20),
            ..fixture::channel("mail", ChannelKind::Mail)
        },
        fixture::channel("mobile", ChannelKind::MobilePhone),
        fixture::channel("phone", ChannelKind::DeskPhone),
    ];
    let people: Vec<Person> = (0..2 + n.below(4)).map(|i| person(n, i)).collect();
    let everybody: Vec<PersonId> = (0..people.len()).map(PersonId::new).collect();
    let sources = (0..n.below(4)).map(|i| source(n, i, &ids)).collect();
    let groups = (0..n.below(2)).map(|_| StaffGroup {
        hours: fixture::office_hours(),
        reports: BasisPoints(n.below(3_000) as u16),
        uses: n.some(&ids, 50),
        ..fixture::group("staff")
    });
    let groups = groups.collect();
    Organisation {
        hours: fixture::office_hours(),
        people,
        roles: roles(n, &everybody),
        groups,
        assets,
        network,
        channels,
        sources,
        stakeholders: vec![fixture::stakeholder("authority", AUTHORITY)],
        ..fixture::organisation()
    }
}

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

fn asset(n: &mut Numbers, i: usize) -> Asset {
    let before: Vec<AssetId> = (0..i).map(AssetId::new).collect();
    let span = |n: &mut Numbers| n.percent(50).then(|| n.minutes(3_000));
    Asset {
        depends_on: n.some(&before, 15),
        rto: span(n),
        backed_up_every: span(n),
        logs_kept: span(n),
        standby: n.percent(30),
        owner: n.percent(50).then(|| RoleId::new(n.below(4))),
        loss_per_hour: Money(n.below(1_000) as i64),
        ..fixture::records(&format!("a{i}"), n.pick(&KINDS), n.below(5_000) as u64)
    }
}

fn links(n: &mut Numbers, ids: &[AssetId]) -> Vec<(AssetId, AssetId)> {
    let pairs = ids
        .iter()
        .flat_map(|one| ids.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| one < other);
    let pairs: Vec<(AssetId, AssetId)> = pairs.collect();
    n.some(&pairs, 50)
}

fn person(n: &mut Numbers, i: usize) -> Person {
    let office = n.percent(60);
    let on_call = n.percent(50);
    Person {
        shift: if office {
            fixture::office_hours()
        } else {
            WeeklyHours::always()
        },
        on_call: if on_call {
            WeeklyHours::always()
        } else {
            WeeklyHours::default()
        },
        channels: [0, 1, 2].map(ChannelId::new).to_vec(),
        ..fixture::person(&format!("p{i}"))
    }
}

/// Four roles with what a response needs; holders and deputies by chance.
fn roles(n: &mut Numbers, everybody: &[PersonId]) -> Vec<Role> {
    use Function as F;
    let functions: [(&str, Vec<F>); 4] = [
        ("analyst", vec![F::PointOfContact, F::Analyst]),
        (
            "comms",
            vec![F::Legal, F::DataProtection, F::Communications],
        ),
        ("handler", vec![F::Handler, F::BackupOperator]),
        (
            "lead",
            vec![F::IncidentManager, F::AssetOwner, F::Executive, F::Ciso],
        ),
    ];
    let role = |(name, mut functions): (&str, Vec<F>)| {
        functions.sort_unstable();
        let holder = n.pick(everybody);
        let others: Vec<PersonId> = everybody.iter().copied().filter(|p| *p != holder).collect();
        Role {
            functions,
            holders: vec![holder],
            deputies: n.some(&others, 40),
            may: n.some(Measure::ALL, 70),
            ..fixture::role(name)
        }
    };
    functions.map(role).to_vec()
}

fn source(n: &mut Numbers, i: usize, assets: &[AssetId]) -> Source {
    let kinds = [
        SourceKind::Edr,
        SourceKind::AvailabilityMonitor,
        SourceKind::ThreatIntelligence,
        SourceKind::LogReview,
    ];
    let kind = n.pick(&kinds);
    Source {
        sees: vec![Sight {
            chance: BasisPoints(n.below(10_001) as u16),
            after: n.law(120),
            ..fixture::sight()
        }],
        runs_on: n.percent(20).then(|| n.pick(assets)),
        false_alarms: n.percent(40).then(|| n.law(2_000)),
        escalates: n.percent(50),
        raises: BasisPoints(n.below(2_000) as u16),
        schedule: (kind == SourceKind::LogReview).then(|| Schedule {
            first: ExerciseTime(0),
            every: n.minutes(2_000),
        }),
        ..fixture::source(&format!("s{i}"), kind)
    }
}

/// What the plan's tasks do, in a sensible order.
const TASKS: [(Phase, Measure, Function, bool); 18] = [
    (Phase::Assessment, Measure::Triage, Function::Analyst, false),
    (
        Phase::Assessment,
        Measure::Investigate,
        Function::Analyst,
        false,
    ),
    (
        Phase::Assessment,
        Measure::Declare,
        Function::IncidentManager,
        false,
    ),
    (
        Phase::Assessment,
        Measure::Classify,
        Function::IncidentManager,
        false,
    ),
    (
        Phase::Response,
        Measure::Activate,
        Function::IncidentManager,
        false,
    ),
    (Phase::Response, Measure::Preserve, Function::Handler, true),
    (Phase::Response, Measure::Isolate, Function::Handler, true),
    (
        Phase::Response,
        Measure::Notify,
        Function::DataProtection,
        false,
    ),
    (
        Phase::Resolution,
        Measure::FindCause,
        Function::Analyst,
        false,
    ),
    (Phase::Resolution, Measure::Evict, Function::Handler, true),
    (
        Phase::Resolution,
        Measure::RotateCredentials,
        Function::Handler,
        true,
    ),
    (
        Phase::Recovery,
        Measure::Restore,
        Function::BackupOperator,
        true,
    ),
    (Phase::Recovery, Measure::Verify, Function::Analyst, true),
    (Phase::Recovery, Measure::Accept, Function::AssetOwner, true),
    (
        Phase::Closure,
        Measure::Review,
        Function::IncidentManager,
        false,
    ),
    (
        Phase::Closure,
        Measure::IssueReport,
        Function::IncidentManager,
        false,
    ),
    (
        Phase::Closure,
        Measure::AssignAction,
        Function::IncidentManager,
        false,
    ),
    (
        Phase::Closure,
        Measure::Close,
        Function::IncidentManager,
        false,
    ),
];

fn plan(n: &mut Numbers) -> Plan {
    let kept: Vec<_> = TASKS.iter().filter(|_| n.percent(88)).collect();
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
        ..fixture::decision("go", vec![fixture::choice("no"), fixture::choice("yes")])
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

fn task(
    n: &mut Numbers,
    i: usize,
    (phase, measure, by, on_assets): (Phase, Measure, Function, bool),
) -> Task {
    let on = match measure {
        Measure::Preserve => Object::Evidence(None, Selector::Affected),
        Measure::Notify => Object::Stakeholder(AUTHORITY),
        _ if on_assets => Object::Assets(Selector::Affected),
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
        informed: if n.percent(20) { vec![lead] } else { vec![] },
        optional: n.percent(15),
        keeps_log: n.percent(30),
        ..fixture::task(&format!("t{i:02}"), phase, measure)
    }
}

fn scenario(n: &mut Numbers) -> Scenario {
    let steps: Vec<Step> = (0..2 + n.below(4)).map(|i| step(n, i)).collect();
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
        takes: n.law(400),
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
