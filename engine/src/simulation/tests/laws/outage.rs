//! What can travel over one channel only does not arrive while that channel is down.

use super::runner::{
    Runner, Verdict, holds_and_can_fail, known_from_startex, made, plain, time_of,
};
use crate::exercise::{
    Addressee, AssetId, AssetKind, AssetState, ChannelId, ChannelKind, Condition, Exercise,
    ExerciseTime, Function, Law, Measure, Object, PersonId, Phase, Span, StakeholderKind, Task,
    TaskId,
};
use crate::generator::Numbers;
use crate::record::{Action, Edit, Event, HumanAct, Record};
use crate::simulation::{Provenance, Setup, fixture, simulate};
use std::sync::Arc;

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

/// An analyst whose triage makes it the officer's turn to tell the authority; the two have mail only,
/// by a server.
fn apart(seed: u64) -> Arc<Exercise> {
    let n = &mut Numbers::new(seed);
    let mut parts = fixture::parts();
    let organisation = &mut parts.organisation;
    organisation.assets = vec![fixture::asset("server", AssetKind::MailServer)];
    organisation.channels = vec![fixture::channel("mail", ChannelKind::Mail)];
    organisation.channels[0].depends_on = vec![AssetId::new(0)];
    organisation.people = ["analyst", "officer"].map(fixture::person).to_vec();
    organisation.roles = vec![fixture::role("analyst"), fixture::role("officer")];
    organisation.roles[1].functions = vec![Function::DataProtection];
    organisation.roles[0]
        .functions
        .retain(|function| *function != Function::DataProtection);
    organisation.roles[1].holders = vec![PersonId::new(1)];
    organisation.stakeholders = vec![fixture::stakeholder("authority", AUTHORITY)];
    // Nobody but the officer is told in the end.
    parts.plan.escalation.to.clear();
    known_from_startex(&mut parts);
    let triage = Task {
        takes: Law::Fixed(n.minutes(300)),
        when: Some(Condition::All(vec![])),
        ..fixture::task("a-triage", Phase::Assessment, Measure::Triage)
    };
    let tell = Task {
        by: Addressee::Function(Function::DataProtection),
        after: vec![TaskId::new(0)],
        via: Some(ChannelId::new(0)),
        does: vec![fixture::act(
            Measure::Notify,
            Object::Stakeholder(AUTHORITY),
        )],
        ..fixture::task("b-tell", Phase::Response, Measure::Notify)
    };
    parts.plan.tasks = vec![triage, tell];
    parts.plan.obligations = vec![fixture::obligation("tell", AUTHORITY)];
    made(parts)
}

/// The facilitator takes the server down and brings it back.
fn with_outage(
    exercise: &Arc<Exercise>,
    seed: u64,
    (down, up): (ExerciseTime, ExerciseTime),
) -> Record {
    let act = |at, on| Action {
        at,
        person: None,
        does: HumanAct::Overrule {
            change: Edit {
                asset: AssetId::new(0),
                state: AssetState::Off,
                on,
            },
        },
        hand: None,
    };
    let mut setup = Setup::of(seed, 0);
    setup.actions = vec![act(down, true), act(up, false)];
    simulate(exercise, &setup, Provenance::default())
}

/// Runs an exercise of a seed in which the server is down from one time to another.
type Outage<'a> = &'a dyn Fn(&Arc<Exercise>, u64, (ExerciseTime, ExerciseTime)) -> Record;

fn met(record: &Record) -> ExerciseTime {
    time_of(record, |event| matches!(event, Event::ObligationMet { .. }))
}

/// When what is behind a run is `run`, and an outage is an outage.
fn met_after_the_outage(run: Runner<'_>, outage: Outage<'_>) -> Verdict {
    let (mut after, mut would) = (0, 0);
    for seed in 0..40 {
        let exercise = apart(seed);
        let free = run(&exercise, seed, 0);
        // The outage begins before triage is done, and with it before anything is sent.
        let done = time_of(
            &free,
            |event| matches!(event, Event::TaskEnded { instance, .. } if instance.task == TaskId::new(0)),
        );
        let n = &mut Numbers::new(seed + 77);
        let down = ExerciseTime(done.0 * (1 + n.below(99) as i64) / 100);
        let up = done + n.minutes(600);
        let told = met(&outage(&exercise, seed, (down, up)));
        if told < up {
            return Err(format!("exercise {seed}: met at {told:?}, before {up:?}"));
        }
        after += usize::from(told < ExerciseTime(i64::MAX));
        would += usize::from(met(&free) < up);
    }
    if after < 5 || would < 5 {
        return Err(format!(
            "met {after} times, and {would} times sooner without outage"
        ));
    }
    Ok(())
}

#[test]
fn a_notification_that_only_a_dead_channel_can_bring_is_met_once_it_is_back_or_never() {
    holds_and_can_fail(|run| met_after_the_outage(run, &with_outage), &[]);
    let by_hand = |exercise: &Arc<Exercise>, seed, outage| {
        let mut parts = exercise.parts().clone();
        parts.organisation.channels[0].depends_on.clear();
        with_outage(&made(parts), seed, outage)
    };
    assert!(
        met_after_the_outage(&plain, &by_hand).is_err(),
        "another way is open"
    );
    let never = |exercise: &Arc<Exercise>, seed, (down, _)| {
        let end = ExerciseTime(Span::days(31).0);
        with_outage(exercise, seed, (down, end))
    };
    assert!(
        met_after_the_outage(&plain, &never).is_err(),
        "it never comes back"
    );
}
