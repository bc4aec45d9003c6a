//! What single entries come to, told one by one.

use super::super::work::State;
use super::super::{Situation, Stamp};
use crate::exercise::{
    AssetId, AssetKind, AssetState, ChannelId, ChannelKind, Condition, Effect, Exercise,
    ExerciseTime, Fact, IncidentId, Instance, MessageId, ObligationId, PersonId, Phase, RoleId,
    Span, StakeholderKind, StepId, TaskId,
};
use crate::record::{
    Actor, EndKind, Entry, Event, MessageKind, Origin, Outcome, PauseReason, Presence, Resend,
};
use crate::simulation::fixture;
use std::sync::Arc;

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bo() -> PersonId {
    PersonId::new(1)
}

fn incident() -> IncidentId {
    IncidentId::new(0)
}

const fn at(minutes: i64) -> ExerciseTime {
    ExerciseTime(Span::minutes(minutes).0)
}

/// A task, two people, two channels, two assets, two injects, a source and a duty.
fn small() -> Situation {
    let mut parts = fixture::parts();
    let organisation = &mut parts.organisation;
    organisation.people.push(fixture::person("bo"));
    organisation.assets = vec![
        fixture::asset("files", AssetKind::FileServer),
        fixture::asset("mail", AssetKind::MailServer),
    ];
    organisation
        .channels
        .push(fixture::channel("radio", ChannelKind::Radio));
    organisation.sources = vec![fixture::source("siem", crate::exercise::SourceKind::Siem)];
    parts.scenario.steps = vec![fixture::step("spread", Effect::Compromise)];
    let (mut timed, mut waits) = (fixture::inject("timed"), fixture::inject("waits"));
    timed.at = Some(at(30));
    (waits.at, waits.when) = (Some(at(20)), Some(Condition::Is(Fact::AlertRaised)));
    parts.scenario.injects = vec![timed, waits];
    let work = fixture::task("work", Phase::Response, crate::exercise::Measure::Log);
    parts.plan.tasks = vec![work];
    let duty = fixture::obligation("tell", StakeholderKind::Bank);
    parts.plan.obligations = vec![duty];
    let exercise = Exercise::new(parts).expect("the fixture is an exercise");
    Situation::new(&Arc::new(exercise))
}

/// What is so after these events, one a minute.
fn after(events: Vec<Event>) -> Situation {
    let mut situation = small();
    for (number, event) in (1..).zip(events) {
        let entry = Entry {
            number,
            at: at(i64::from(number)),
            wall: None,
            actor: Actor::Rules {},
            cause: None,
            event,
        };
        situation.apply(&entry);
    }
    situation
}

fn stamp(number: u32) -> Stamp {
    Stamp {
        at: at(i64::from(number)),
        entry: number,
    }
}

fn work() -> Instance {
    Instance {
        task: TaskId::new(0),
        incident: incident(),
        ordinal: 1,
    }
}

fn started(person: PersonId) -> Event {
    Event::TaskStarted {
        instance: work(),
        people: vec![person].into(),
        role: RoleId::new(0),
        attempt: 1,
    }
}

fn ended(outcome: Outcome) -> Event {
    Event::TaskEnded {
        instance: work(),
        outcome,
    }
}

#[test]
fn who_asks_for_approval_again_waits_on() {
    let asked = || Event::ApprovalAsked {
        instance: work(),
        of: RoleId::new(0),
    };
    let given = Event::ApprovalGiven {
        instance: work(),
        person: ada(),
    };
    let situation = after(vec![asked(), asked(), given]);
    let piece = situation.work().get(work()).expect("it is known");
    let requests: Vec<_> = piece.requests.iter().collect();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].asked, stamp(1));
    assert_eq!(requests[0].answered, Some(stamp(3)));
}

#[test]
fn everybody_who_ever_worked_on_a_piece_is_known() {
    let paused = Event::TaskPaused {
        instance: work(),
        reason: PauseReason::ShiftEnd,
        done: Span::MINUTE,
    };
    let resumed = Event::TaskResumed {
        instance: work(),
        people: vec![bo()].into(),
        role: RoleId::new(0),
        handover: Span::MINUTE,
    };
    let situation = after(vec![started(ada()), paused, resumed]);
    let piece = situation.work().get(work()).expect("it is known");
    assert_eq!(piece.hands.to_vec(), [ada(), bo()]);
    assert_eq!(piece.people.to_vec(), [bo()]);
    assert_eq!(piece.state, State::TakingOver);
}

#[test]
fn only_work_that_claims_to_be_done_puts_its_role_on_the_board() {
    for (outcome, on) in [
        (Outcome::Done, true),
        (Outcome::Flawed, true),
        (Outcome::Failed, false),
        (Outcome::NoTarget, false),
    ] {
        let situation = after(vec![started(ada()), ended(outcome)]);
        assert_eq!(
            situation.is_on_board(incident(), RoleId::new(0)),
            on,
            "{outcome:?}"
        );
    }
}

#[test]
fn somebody_stands_as_the_last_turn_says_that_had_come_by_then() {
    let turn = |minutes, presence| Event::PresenceChanged {
        person: ada(),
        presence,
        since: at(minutes),
    };
    let situation = after(vec![turn(0, Presence::OnDuty), turn(10, Presence::OnCall)]);
    let stood = |minutes| situation.presences().presence_at(ada(), at(minutes));
    assert_eq!(stood(-1), Presence::Off);
    assert_eq!(stood(9), Presence::OnDuty);
    assert_eq!(stood(10), Presence::OnCall);
}

#[test]
fn who_has_rested_rests_no_longer() {
    let began = Event::RestBegan {
        person: ada(),
        until: at(400),
    };
    let rests = after(vec![began.clone()]);
    assert_eq!(rests.presences().rests_until(ada()), Some(at(400)));
    let rested = after(vec![began, Event::RestEnded { person: ada() }]);
    assert_eq!(rested.presences().rests_until(ada()), None);
}

fn sent(channel: usize) -> Event {
    Event::MessageSent {
        message: MessageId(1),
        kind: MessageKind::Information,
        origin: Origin::HandOn { instance: work() },
        to: RoleId::new(0),
        people: vec![ada()].into(),
        channel: Some(ChannelId::new(channel)),
        reveals: Vec::new(),
    }
}

fn noticed(person: PersonId) -> Event {
    Event::MessageNoticed {
        message: MessageId(1),
        person,
    }
}

#[test]
fn what_was_read_or_withdrawn_is_noticed_by_nobody() {
    let read = Event::MessageRead {
        message: MessageId(1),
        person: ada(),
    };
    let withdrawn = Event::MessageWithdrawn {
        message: MessageId(1),
    };
    for over in [read, withdrawn] {
        let situation = after(vec![sent(0), noticed(ada()), over, noticed(bo())]);
        assert!(situation.messages().inbox(bo()).is_empty());
    }
    let situation = after(vec![sent(0), noticed(ada()), noticed(bo())]);
    assert_eq!(situation.messages().inbox(bo()), [MessageId(1)]);
    assert!(situation.messages().inbox(ada()).is_empty());
}

#[test]
fn a_message_came_over_the_channel_on_which_it_was_sent_last() {
    let again = Event::MessageResent {
        message: MessageId(1),
        stage: Resend::OtherChannel,
        people: vec![ada()].into(),
        channel: Some(ChannelId::new(1)),
    };
    let situation = after(vec![sent(0), again]);
    let message = situation.messages().get(MessageId(1)).expect("it was sent");
    assert_eq!(message.channel_to(ada()), Some(ChannelId::new(1)));
    assert_eq!(message.channel_to(bo()), None);
}

#[test]
fn a_clock_that_is_soundly_waived_does_not_run() {
    let obligation = ObligationId::new(0);
    let clock = || Event::ClockStarted {
        obligation,
        incident: incident(),
        due: at(60),
    };
    let waived = |sound| Event::ObligationNotRequired {
        obligation,
        incident: incident(),
        sound,
    };
    let fell = Event::ObligationRequiredAfterAll {
        obligation,
        incident: incident(),
    };
    let met = Event::ObligationMet {
        obligation,
        incident: incident(),
    };
    let running = |events| after(events).clocks().running().len();
    assert_eq!(running(vec![clock()]), 1);
    assert_eq!(running(vec![clock(), waived(true)]), 0);
    assert_eq!(running(vec![clock(), waived(false)]), 1);
    assert_eq!(running(vec![clock(), waived(true), fell]), 1);
    assert_eq!(running(vec![clock(), met]), 0);
}

#[test]
fn the_attackers_hold_something_until_they_have_lost_the_last_foothold() {
    let foothold = |asset, on| Event::AssetChanged {
        asset: AssetId::new(asset),
        incident: Some(incident()),
        state: AssetState::Compromised,
        on,
    };
    let gains = || vec![foothold(0, true), foothold(1, true), foothold(0, false)];
    assert_eq!(after(gains()).assets().footholds(), [(stamp(1), None)]);
    let mut all = gains();
    all.extend([foothold(1, false), foothold(1, true)]);
    assert_eq!(
        after(all).assets().footholds(),
        [(stamp(1), Some(stamp(4))), (stamp(5), None)]
    );
}

#[test]
fn what_waits_for_a_condition_is_not_due_by_its_time() {
    let situation = small();
    let due = situation.story().due(situation.exercise());
    assert_eq!(due, [(at(30), crate::exercise::InjectId::new(0))]);
}

#[test]
fn a_step_is_seen_from_the_first_sight_of_it() {
    let seen = || Event::SignalRaised {
        source: crate::exercise::SourceId::new(0),
        step: StepId::new(0),
        asset: AssetId::new(0),
    };
    let situation = after(vec![seen(), seen()]);
    let step = situation.attack().step(StepId::new(0));
    assert_eq!(step.and_then(|step| step.seen), Some(stamp(1)));
    assert_eq!(
        situation.attack().alarms(crate::exercise::SourceId::new(0)),
        (2, 0)
    );
}

#[test]
fn an_exercise_ends_once_and_goes_on_after_a_pause() {
    let end = |end| Event::ExerciseEnded { end };
    let situation = after(vec![end(EndKind::Facilitator), end(EndKind::Limit)]);
    let ended = situation.control().ended();
    assert_eq!(ended, Some((stamp(1), EndKind::Facilitator)));
    let paused = vec![Event::ExercisePaused {}, Event::ExercisePaused {}];
    assert_eq!(after(paused.clone()).control().paused(), Some(stamp(1)));
    let mut resumed = paused;
    resumed.push(Event::ExerciseResumed {});
    assert_eq!(after(resumed).control().paused(), None);
}

#[test]
fn who_was_in_the_room_before_an_entry_does_not_go_by_it() {
    let joined = |person| Event::RoomJoined {
        incident: incident(),
        person,
    };
    let left = Event::RoomLeft {
        incident: incident(),
        person: ada(),
    };
    let opened = Event::RoomOpened {
        incident: incident(),
        team: None,
    };
    let situation = after(vec![opened, joined(ada()), joined(bo()), left]);
    let before = |entry| situation.rooms().present_before(incident(), entry);
    assert_eq!(before(2), []);
    assert_eq!(before(3), [ada()]);
    assert_eq!(before(4), [ada(), bo()]);
    assert_eq!(before(5), [bo()]);
    let open = |entry| situation.rooms().was_open_before(incident(), entry);
    assert_eq!((open(1), open(2)), (false, true));
}
