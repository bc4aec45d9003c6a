//! Every fact that a condition may ask for: what makes it true in a scenario, and what a plan sees.

use super::{clinic, exercise};
use crate::exercise::{
    Act, AssetState, Condition, Consequence, Criterion, DecisionId, Effect, ExerciseTime, Fact,
    Function, IncidentId, InjectId, Knowable, Mark, Measure, Money, Object, OptionId, Parts,
    PersonId, Phase, Reveal, RoleId, Selector, Sender, Severity, SeverityRule, SourceKind, Span,
    StakeholderKind, StepId, TaskId, Trigger, WeeklyHours,
};
use crate::record::{EndKind, Event, Record};
use crate::simulation::fixture::{choice, decision, inject, obligation, person, role, step, task};
use crate::simulation::{Provenance, Setup, simulate};

const BANK: StakeholderKind = StakeholderKind::Bank;

fn incident() -> IncidentId {
    IncidentId::new(0)
}

/// The clinic, where records and money leave as well, a decision is asked for and a bank is told.
fn eventful() -> Parts {
    let mut parts = clinic();
    parts.organisation.tireless = true;
    // Whoever owns the records is never there, and tells nobody that they do not serve.
    let mut away = person("owner");
    away.shift = WeeklyHours::default();
    parts.organisation.people.push(away);
    let mut owner = role("owner");
    owner.functions = vec![Function::AssetOwner];
    owner.holders = vec![PersonId::new(2)];
    parts.organisation.roles.push(owner);
    parts.organisation.assets[1].owner = Some(RoleId::new(2));
    parts.scenario.incidents[0].personal_data = true;
    let mut leak = step("leak", Effect::Exfiltrate);
    leak.takes = crate::exercise::Law::Fixed(Span::hours(2));
    leak.targets = parts.scenario.steps[0].targets.clone();
    let mut steal = step("steal", Effect::Steal);
    (steal.takes, steal.money) = (crate::exercise::Law::Fixed(Span::hours(3)), Money(500));
    steal.targets = leak.targets.clone();
    parts.scenario.steps.extend([leak, steal]);
    let call = &mut parts.scenario.injects[0];
    call.sender = Some(Sender::Source(SourceKind::Customer));
    let mut ask = inject("pay");
    ask.at = Some(ExerciseTime(Span::minutes(70).0));
    ask.decide = Some(DecisionId::new(0));
    ask.reveals = vec![Reveal::PersonalData];
    parts.scenario.injects.push(ask);
    let mut no = choice("no");
    no.then = vec![Consequence::Start(TaskId::new(4))];
    parts.plan.decisions = vec![decision("pay", vec![no])];
    let mut tell = task("vouch", Phase::Response, Measure::Notify);
    tell.does = vec![Act {
        measure: Measure::Notify,
        on: Object::Stakeholder(BANK),
    }];
    tell.after = vec![TaskId::new(1)];
    parts.plan.tasks.push(tell);
    parts.plan.classification.rules = vec![SeverityRule {
        level: Severity::High,
        impact: None,
        when: Condition::All(Vec::new()),
    }];
    parts
}

/// The run with a further inject that comes when a fact is true, and when it came.
fn told(fact: Fact) -> (Record, Option<ExerciseTime>) {
    let mut parts = eventful();
    let mut told = inject("zz-told");
    (told.at, told.when, told.noise) = (None, Some(Condition::Is(fact)), true);
    parts.scenario.injects.push(told);
    let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
    let came = when(
        &record,
        &|event| matches!(event, Event::InjectDelivered { inject } if *inject == InjectId::new(2)),
    );
    (record, came)
}

/// When the same exercise is over that ends with a fact.
fn over(fact: Fact) -> Option<ExerciseTime> {
    let mut parts = eventful();
    parts.scenario.ends = Condition::Is(fact);
    let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
    let end = EndKind::Condition;
    when(&record, &|event| *event == Event::ExerciseEnded { end })
}

fn when(record: &Record, is: &dyn Fn(&Event) -> bool) -> Option<ExerciseTime> {
    let mut entries = record.entries.iter();
    entries.find(|entry| is(&entry.event)).map(|entry| entry.at)
}

type Happens = fn(&Event) -> bool;

/// Facts of words and of the world, each with what makes it true.
fn truths_of_the_world() -> Vec<(Fact, Happens)> {
    let isolated = |event: &Event| {
        matches!(
            event,
            Event::MeasureTaken {
                measure: Measure::Isolate,
                effect: true,
                ..
            }
        )
    };
    let everything = || Selector::Everything;
    vec![
        (Fact::AlertRaised, |e| {
            matches!(
                e,
                Event::MarkReached {
                    mark: Mark::Seen,
                    ..
                }
            )
        }),
        (
            Fact::MessageRead(Sender::Source(SourceKind::Customer)),
            |e| matches!(e, Event::MessageRead { .. }),
        ),
        (Fact::Decided(DecisionId::new(0), OptionId::new(0)), |e| {
            matches!(e, Event::Decided { .. })
        }),
        (Fact::Taken(Measure::Isolate, everything()), isolated),
        (
            Fact::Reached(StepId::new(0)),
            |e| matches!(e, Event::StepTookEffect { step, .. } if step.index() == 0),
        ),
        (Fact::InState(everything(), AssetState::Encrypted), |e| {
            matches!(
                e,
                Event::AssetChanged {
                    state: AssetState::Encrypted,
                    ..
                }
            )
        }),
    ]
}

/// The same of what the team does, and of time.
fn truths_of_the_team() -> Vec<(Fact, Happens)> {
    vec![
        (Fact::SeverityAtLeast(Severity::High), |e| {
            matches!(e, Event::ExerciseStarted {})
        }),
        (Fact::PhaseReached(Phase::Response), |e| {
            matches!(
                e,
                Event::PhaseReached {
                    phase: Phase::Response,
                    ..
                }
            )
        }),
        (Fact::PhaseCompleted(Phase::Assessment), |e| {
            matches!(
                e,
                Event::PhaseCompleted {
                    phase: Phase::Assessment,
                    ..
                }
            )
        }),
        (Fact::Known(Knowable::Declared(incident())), |e| {
            matches!(
                e,
                Event::MarkReached {
                    mark: Mark::Declared,
                    ..
                }
            )
        }),
        (Fact::RecordsExposed(42_000), |e| {
            matches!(
                e,
                Event::StepTookEffect {
                    records: 42_000,
                    ..
                }
            )
        }),
        (Fact::MoneyLost(Money(500)), |e| {
            matches!(
                e,
                Event::StepTookEffect {
                    money: Money(500),
                    ..
                }
            )
        }),
        (Fact::Notified(BANK), |e| {
            matches!(e, Event::StakeholderNotified { .. })
        }),
        (
            Fact::InjectDelivered(InjectId::new(0)),
            |e| matches!(e, Event::InjectDelivered { inject } if inject.index() == 0),
        ),
        (Fact::Elapsed(Span::ZERO), |e| {
            matches!(e, Event::ExerciseStarted {})
        }),
        (Fact::Since(Mark::Observable, Span::ZERO), |e| {
            matches!(
                e,
                Event::MarkReached {
                    mark: Mark::Observable,
                    ..
                }
            )
        }),
    ]
}

#[test]
fn a_fact_of_a_scenario_is_true_from_the_instant_at_which_it_comes_to_pass() {
    for (fact, happens) in truths_of_the_world()
        .into_iter()
        .chain(truths_of_the_team())
    {
        let (record, came) = told(fact.clone());
        let passed = when(&record, &happens);
        assert!(passed.is_some(), "{fact:?} comes to pass");
        assert_eq!(came, passed, "{fact:?}");
        assert_eq!(over(fact.clone()), passed, "{fact:?}");
    }
    let never = [
        Fact::Taken(Measure::Shutdown, Selector::Everything),
        Fact::InState(Selector::Everything, AssetState::Wiped),
        Fact::SeverityAtLeast(Severity::Critical),
        Fact::RecordsExposed(42_001),
        Fact::MoneyLost(Money(501)),
        Fact::Notified(StakeholderKind::Media),
    ];
    for fact in never {
        assert_eq!(told(fact.clone()).1, None, "{fact:?}");
    }
}

#[test]
fn what_counts_from_the_onset_comes_to_pass_though_no_entry_says_when_that_was() {
    let late = Span::hours(10);
    let (_, came) = told(Fact::Since(Mark::Onset, late));
    assert_eq!(came, Some(eventful().onset + late));
}

/// When a task of the analyst was ready whose condition is a fact, in a run in which the call comes
/// late.
fn ready(fact: Fact) -> (Record, Option<ExerciseTime>) {
    ready_when(Condition::Is(fact))
}

/// The same of any condition.
fn ready_when(condition: Condition) -> (Record, Option<ExerciseTime>) {
    let mut parts = eventful();
    parts.scenario.injects[0].at = Some(ExerciseTime(Span::hours(5).0));
    parts.scenario.injects[1].at = Some(ExerciseTime(Span::hours(6).0));
    let mut asks = task("zz-asks", Phase::Assessment, Measure::Log);
    asks.when = Some(condition);
    parts.plan.tasks.push(asks);
    let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
    let ready = when(
        &record,
        &|event| matches!(event, Event::TaskReady { instance, .. } if instance.task == TaskId::new(5)),
    );
    (record, ready)
}

#[test]
fn who_knows_of_no_alert_begins_nothing_whatever_the_plan_goes_by() {
    for condition in [
        Condition::Is(Fact::Elapsed(Span::minutes(1))),
        Condition::Is(Fact::Since(Mark::Onset, Span::ZERO)),
        Condition::Is(Fact::Since(Mark::Observable, Span::ZERO)),
        Condition::Not(Box::new(Condition::Is(Fact::Known(Knowable::Cause(
            incident(),
        ))))),
    ] {
        let (record, ready) = ready_when(condition.clone());
        let read = when(&record, &|event| matches!(event, Event::MessageRead { .. }));
        assert!(read.is_some());
        assert_eq!(ready, read, "{condition:?}");
    }
    let (_, ready) = ready(Fact::Elapsed(Span::hours(9)));
    assert_eq!(ready, Some(ExerciseTime(Span::hours(9).0)));
}

#[test]
fn a_fact_of_a_plan_is_seen_when_its_role_knows_it_or_the_team_claims_it() {
    let call = ExerciseTime(Span::hours(5).0);
    // All of these are true at one, two or three hours, and known from the call on.
    for fact in [
        Fact::AlertRaised,
        Fact::MessageRead(Sender::Source(SourceKind::Customer)),
        Fact::Reached(StepId::new(0)),
        Fact::InState(Selector::Everything, AssetState::Encrypted),
        Fact::InState(Selector::Everything, AssetState::OutOfService),
    ] {
        let (record, ready) = ready(fact.clone());
        let read = when(&record, &|event| matches!(event, Event::MessageRead { .. }));
        assert!(read > Some(call));
        assert_eq!(ready, read, "{fact:?}");
    }
    let claims: [(Fact, Happens); 6] = [
        (
            Fact::Done(TaskId::new(3)),
            |e| matches!(e, Event::TaskEnded { instance, .. } if instance.task.index() == 3),
        ),
        (
            Fact::Taken(Measure::Isolate, Selector::Everything),
            |e| matches!(e, Event::TaskEnded { instance, .. } if instance.task.index() == 1),
        ),
        (Fact::SeverityAtLeast(Severity::High), |e| {
            matches!(e, Event::Classified { .. })
        }),
        (Fact::Decided(DecisionId::new(0), OptionId::new(0)), |e| {
            matches!(e, Event::Decided { .. })
        }),
        (Fact::Notified(BANK), |e| {
            matches!(e, Event::StakeholderNotified { .. })
        }),
        (Fact::Known(Knowable::PersonalData(incident())), |e| {
            matches!(
                e,
                Event::FactLearned {
                    fact: Knowable::PersonalData(_),
                    ..
                }
            )
        }),
    ];
    for (fact, happens) in claims {
        let (record, ready) = ready(fact.clone());
        let claimed = when(&record, &happens);
        assert!(claimed.is_some(), "{fact:?} is claimed");
        assert_eq!(ready, claimed, "{fact:?}");
    }
}

/// A letter that says nothing comes when all is quiet: nothing but reading it makes this true.
#[test]
fn a_criterion_of_the_yardstick_that_asks_for_a_message_is_met_when_somebody_has_read_it() {
    let mut parts = eventful();
    let sender = Sender::Source(SourceKind::Supplier);
    let mut letter = inject("zz-letter");
    (letter.sender, letter.noise) = (Some(sender), true);
    letter.at = Some(ExerciseTime(Span::hours(30).0));
    parts.scenario.injects.push(letter);
    parts.scenario.ends = Condition::Is(Fact::Elapsed(Span::hours(60)));
    parts.yardstick.criteria = vec![Criterion {
        phase: Phase::Resolution,
        entry: Some(Condition::Is(Fact::MessageRead(sender))),
        exit: None,
    }];
    let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
    let reached = when(&record, &|event| {
        let Event::PhaseReached { phase, .. } = event else {
            return false;
        };
        *phase == Phase::Resolution
    });
    let read = record.entries.iter().rfind(|entry| {
        matches!(entry.event, Event::MessageRead { .. }) && entry.at.0 >= Span::hours(30).0
    });
    assert!(read.is_some());
    assert_eq!(reached, read.map(|entry| entry.at));
}

#[test]
fn the_clock_of_a_breach_runs_from_when_it_is_known_that_data_of_persons_cannot_be_used() {
    for (about_persons, runs) in [(true, true), (false, false)] {
        let mut parts = clinic();
        if !about_persons {
            parts.organisation.assets[1].data.clear();
        }
        // Nobody says that personal data is affected: neither the scenario nor a message.
        assert!(!parts.scenario.incidents[0].personal_data);
        let mut duty = obligation("breach", StakeholderKind::DataProtectionAuthority);
        let breach = Knowable::PersonalData(incident());
        duty.from = Trigger::Aware {
            who: vec![Function::Analyst],
            what: Condition::Is(Fact::Known(breach)),
        };
        parts.plan.obligations = vec![duty];
        let record = simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default());
        let locked = when(&record, &|event| {
            matches!(event, Event::FactLearned { fact: Knowable::Asset(_, _, state), .. }
                if *state == AssetState::Encrypted)
        });
        let started = when(&record, &|event| {
            matches!(event, Event::ClockStarted { .. })
        });
        assert!(locked.is_some());
        assert_eq!(started, locked.filter(|_| runs));
    }
}
