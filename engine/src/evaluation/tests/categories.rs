//! For each category of time a record with a trace that was worked by hand.

use crate::evaluation::Category::{
    self, Asleep, DelayOfPlan, DeliveryAndNotice, FalseAlarms, HandingOver, HoursOfOthers,
    NothingCouldHappen, Reading, Redoing, WaitingForApproval, WaitingForDetection,
    WaitingForInject, WaitingForPerson, Watching, Working,
};
use crate::evaluation::fixture::{
    DECLARE, ISOLATE, NOTHING, RESTORE, Story, TRIAGE, incident, plan_and_attack, work,
};
use crate::exercise::{
    AssetState, Knowable, Mark, MessageId, PersonId, Phase, RoleId, SourceId, Span,
};
use crate::record::{EndKind, Event, MessageKind, Origin, Outcome, PauseReason};

/// A signal at 5 min, noticed at 12, read from 15 to 18; a triage ready at 18.
fn alerted() -> (Story, u32) {
    let mut story = Story::started(plan_and_attack());
    let hit = story.hit(0, 0);
    let sent = story.signal(5, hit, 1);
    let noticed = story.noticed(12, sent, 1);
    let reading = story.reading(15, noticed, 1);
    let read = story.read(18, reading, 1);
    story.mark(18, read, Mark::Seen);
    story.reached(18, read, Phase::Identification);
    (story, read)
}

/// As [`alerted`], with a triage until 30 that registers it, and a declaration until 40.
fn declared() -> (Story, u32) {
    let (mut story, read) = alerted();
    let triaged = story.done(18, 30, read, TRIAGE);
    story.mark(30, triaged, Mark::Reported);
    story.completed(30, triaged, Phase::Identification);
    let declared = story.done(30, 40, triaged, DECLARE);
    story.mark(40, declared, Mark::Declared);
    story.completed(40, declared, Phase::Assessment);
    (story, declared)
}

fn sum(parts: &[(Category, i64)]) -> i64 {
    parts.iter().map(|(_, minutes)| minutes).sum()
}

#[test]
fn the_way_from_a_signal_to_its_registration() {
    let (mut story, read) = alerted();
    let ready = story.ready(18, read, TRIAGE);
    let start = story.start(30, ready, TRIAGE, 1);
    let end = story.ended(45, start, TRIAGE, Outcome::Done);
    story.completed(45, end, Phase::Identification);
    let made_of = story.made_of(Phase::Identification);
    let by_hand = [
        (DeliveryAndNotice, 7),
        (WaitingForPerson, 3),
        (Reading, 3),
        (WaitingForPerson, 12),
        (Working, 15),
    ];
    assert_eq!(made_of, by_hand);
    assert_eq!(sum(&made_of), 40);
}

#[test]
fn containment_that_follows_a_later_signal_waited_for_detection() {
    let (mut story, _) = declared();
    let hit = story.hit(60, 1);
    let sent = story.signal(90, hit, 2);
    let noticed = story.noticed(95, sent, 2);
    let read = story.read(100, noticed, 2);
    let end = story.done(100, 120, read, ISOLATE);
    story.completed(120, end, Phase::Response);
    let by_hand = [
        (WaitingForDetection, 50),
        (DeliveryAndNotice, 5),
        (Reading, 5),
        (Working, 20),
    ];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn the_whole_of_a_request_is_waiting_for_approval() {
    let (mut story, declared) = declared();
    let instance = work(ISOLATE);
    let ready = story.ready(40, declared, ISOLATE);
    let of = RoleId::new(0);
    let asked = story.add(40, ready, Event::ApprovalAsked { instance, of });
    let origin = Origin::Approval { instance };
    let sent = story.sent(40, asked, 7, MessageKind::ApprovalRequest, origin);
    let noticed = story.noticed(60, sent, 7);
    let reading = story.reading(70, noticed, 7);
    let read = story.read(75, reading, 7);
    let person = PersonId::new(0);
    let given = story.add(80, read, Event::ApprovalGiven { instance, person });
    let start = story.start(85, given, ISOLATE, 1);
    let end = story.ended(100, start, ISOLATE, Outcome::Done);
    story.completed(100, end, Phase::Response);
    // Declared at 40: 40 minutes for the answer, then 5 for a person and 15 of work.
    let made_of = story.made_of(Phase::Response);
    let waited: i64 = made_of
        .iter()
        .filter(|(category, _)| *category == WaitingForApproval)
        .map(|(_, minutes)| minutes)
        .sum();
    assert_eq!(waited, 40);
    assert_eq!(
        made_of[made_of.len() - 2..],
        [(WaitingForPerson, 5), (Working, 15)]
    );
    assert_eq!(sum(&made_of), 60);
}

#[test]
fn a_call_out_is_waiting_for_a_person() {
    let (mut story, declared) = declared();
    let instance = work(ISOLATE);
    let ready = story.ready(40, declared, ISOLATE);
    let sent = story.sent(
        42,
        ready,
        7,
        MessageKind::CallOut,
        Origin::CallOut { instance },
    );
    let noticed = story.noticed(60, sent, 7);
    let (person, until) = (PersonId::new(0), crate::exercise::ExerciseTime::NEVER);
    let reached = story.add(60, noticed, Event::PersonReached { person, until });
    let start = story.start(65, reached, ISOLATE, 1);
    let end = story.ended(70, start, ISOLATE, Outcome::Done);
    story.completed(70, end, Phase::Response);
    let made_of = story.made_of(Phase::Response);
    let waited: i64 = made_of
        .iter()
        .filter(|(category, _)| *category == WaitingForPerson)
        .map(|(_, minutes)| minutes)
        .sum();
    assert_eq!((waited, sum(&made_of)), (25, 30));
}

#[test]
fn an_attempt_that_was_noticed_as_wrong_is_work_and_then_redoing() {
    let (mut story, declared) = declared();
    let ready = story.ready(40, declared, ISOLATE);
    let first = story.start(40, ready, ISOLATE, 1);
    let redo = story.ended(60, first, ISOLATE, Outcome::Redo);
    let second = story.start(60, redo, ISOLATE, 2);
    let end = story.ended(70, second, ISOLATE, Outcome::Done);
    story.completed(70, end, Phase::Response);
    let by_hand = [(Working, 20), (Redoing, 10)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn work_that_is_taken_over_waits_and_is_handed_over() {
    let (mut story, declared) = declared();
    let instance = work(ISOLATE);
    let ready = story.ready(40, declared, ISOLATE);
    let start = story.start(40, ready, ISOLATE, 1);
    let paused = story.add(
        60,
        start,
        Event::TaskPaused {
            instance,
            reason: PauseReason::ShiftEnd,
            done: Span::minutes(20),
        },
    );
    let resumed = story.add(
        90,
        paused,
        Event::TaskResumed {
            instance,
            people: vec![PersonId::new(0)].into(),
            role: RoleId::new(0),
            handover: Span::minutes(5),
        },
    );
    let over = story.add(95, resumed, Event::HandoverEnded { instance });
    let end = story.ended(110, over, ISOLATE, Outcome::Done);
    story.completed(110, end, Phase::Response);
    let by_hand = [
        (Working, 20),
        (WaitingForPerson, 30),
        (HandingOver, 5),
        (Working, 15),
    ];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn the_sleep_of_who_does_the_work_is_no_other_wait_for_them() {
    let (mut story, declared) = declared();
    let ready = story.ready(40, declared, ISOLATE);
    let bed = Event::RestBegan {
        person: PersonId::new(0),
        until: crate::exercise::ExerciseTime(Span::minutes(90).0),
    };
    story.add(50, NOTHING, bed);
    let start = story.start(100, ready, ISOLATE, 1);
    let end = story.ended(110, start, ISOLATE, Outcome::Done);
    story.completed(110, end, Phase::Response);
    let by_hand = [
        (WaitingForPerson, 10),
        (Asleep, 40),
        (WaitingForPerson, 10),
        (Working, 10),
    ];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn a_wait_that_the_plan_sets_is_its_delay() {
    let (mut story, declared) = declared();
    let end = story.done(55, 60, declared, ISOLATE);
    story.completed(60, end, Phase::Response);
    let by_hand = [(DelayOfPlan, 15), (Working, 5)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn a_wait_for_those_who_are_to_be_told_is_for_their_hours() {
    let (mut story, declared) = declared();
    let waits = Event::TaskAwaitsHours {
        task: work(ISOLATE).task,
        incident: incident(),
        until: crate::exercise::ExerciseTime(Span::minutes(55).0),
    };
    let waits = story.add(45, declared, waits);
    let end = story.done(55, 60, waits, ISOLATE);
    story.completed(60, end, Phase::Response);
    // What the plan's own delay took comes before it.
    let by_hand = [(DelayOfPlan, 5), (HoursOfOthers, 10), (Working, 5)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn the_time_before_an_inject_is_waiting_for_it() {
    let (mut story, _) = declared();
    let inject = story.inject(100, NOTHING);
    let origin = Origin::Inject {
        inject: crate::exercise::InjectId::new(0),
        ordinal: 1,
    };
    let sent = story.sent(100, inject, 2, MessageKind::Inject, origin);
    let read = story.read(110, sent, 2);
    let end = story.done(110, 120, read, ISOLATE);
    story.completed(120, end, Phase::Response);
    let by_hand = [(WaitingForInject, 60), (Reading, 10), (Working, 10)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn the_time_before_an_inject_during_which_a_signal_lay_unnoticed_is_that_signals() {
    let (mut story, _) = declared();
    let hit = story.hit(60, 1);
    let sent = story.signal(70, hit, 2);
    let inject = story.inject(100, NOTHING);
    let origin = Origin::Inject {
        inject: crate::exercise::InjectId::new(0),
        ordinal: 1,
    };
    let call = story.sent(100, inject, 3, MessageKind::Inject, origin);
    story.noticed(105, sent, 2);
    let read = story.read(110, call, 3);
    let end = story.done(110, 120, read, ISOLATE);
    story.completed(120, end, Phase::Response);
    let by_hand = [
        (WaitingForInject, 30),
        (DeliveryAndNotice, 30),
        (Reading, 10),
        (Working, 10),
    ];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn the_watch_over_what_was_restored_is_watching() {
    let (mut story, declared) = declared();
    let fact = Knowable::Asset(
        incident(),
        crate::exercise::AssetId::new(0),
        AssetState::Compromised,
    );
    story.learned(40, declared, fact);
    let end = story.done(40, 90, declared, RESTORE);
    story.completed(90 + 24 * 60, end, Phase::Recovery);
    let by_hand = [(Working, 50), (Watching, 24 * 60)];
    assert_eq!(story.made_of(Phase::Recovery), by_hand);
}

#[test]
fn a_run_that_came_to_a_stand_had_nothing_that_could_happen() {
    let (mut story, declared) = declared();
    story.done(40, 50, declared, ISOLATE);
    story.end(200, EndKind::Stalled);
    let by_hand = [(Working, 10), (NothingCouldHappen, 150)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}

#[test]
fn open_work_is_traced_from_the_end_by_what_it_waited_for() {
    let open = |event: Option<Event>| {
        let (mut story, declared) = declared();
        let ready = story.ready(40, declared, ISOLATE);
        if let Some(event) = event {
            story.add(50, ready, event);
        }
        story.end(100, EndKind::Limit);
        story.made_of(Phase::Response).last().copied()
    };
    let instance = work(ISOLATE);
    let of = RoleId::new(0);
    assert_eq!(open(None), Some((DeliveryAndNotice, 60)));
    let told = open(Some(Event::TaskTold { instance }));
    assert_eq!(told, Some((WaitingForPerson, 50)));
    let asked = open(Some(Event::ApprovalAsked { instance, of }));
    // It was asked for late, and that counts as well.
    assert_eq!(asked, Some((WaitingForApproval, 60)));
    let started = open(Some(Event::TaskStarted {
        instance,
        people: vec![PersonId::new(0)].into(),
        role: of,
        attempt: 1,
    }));
    assert_eq!(started, Some((Working, 50)));
}

#[test]
fn time_in_which_somebody_looked_into_a_false_alarm_is_a_category_of_its_own() {
    let (mut story, read) = alerted();
    let ready = story.ready(18, read, TRIAGE);
    let origin = Origin::FalseAlarm {
        source: SourceId::new(0),
        ordinal: 1,
    };
    let sent = story.sent(18, NOTHING, 2, MessageKind::Alert, origin);
    let noticed = story.noticed(19, sent, 2);
    let reading = story.reading(20, noticed, 2);
    story.read(28, reading, 2);
    let start = story.start(30, ready, TRIAGE, 1);
    let end = story.ended(45, start, TRIAGE, Outcome::Done);
    story.completed(45, end, Phase::Identification);
    let made_of = story.made_of(Phase::Identification);
    let by_hand = [
        (DeliveryAndNotice, 7),
        (WaitingForPerson, 3),
        (Reading, 3),
        (WaitingForPerson, 2),
        (FalseAlarms, 8),
        (WaitingForPerson, 2),
        (Working, 15),
    ];
    assert_eq!(made_of, by_hand);
}

#[test]
fn the_first_sign_is_not_before_startex_unless_people_began_early() {
    for (early, minute) in [(false, 0), (true, -30)] {
        let mut story = Story::of(plan_and_attack());
        let hit = story.hit(-40, 0);
        let sent = story.signal(-30, hit, 1);
        if early {
            let (message, person) = (MessageId(1), PersonId::new(0));
            story.add(-20, sent, Event::BeganEarly { message, person });
        }
        story.end(10, EndKind::Limit);
        let evaluation = story.evaluation();
        let began = evaluation.began_early.is_some();
        assert_eq!(began, early);
        let sign = evaluation.main().first_sign(began).map(|sign| sign.at);
        let minute = Span::minutes(minute);
        assert_eq!(sign, Some(crate::exercise::ExerciseTime(minute.0)));
    }
}

#[test]
fn a_trace_is_clipped_at_its_origin() {
    let (story, _) = {
        let (mut story, declared) = declared();
        // Containment started before the declaration: its wait from then on is all that counts.
        let message = MessageId(1);
        let read = story.read(40, declared, message.0);
        let end = story.done(40, 70, read, ISOLATE);
        story.completed(70, end, Phase::Response);
        (story, end)
    };
    assert_eq!(story.made_of(Phase::Response), [(Working, 30)]);
    let assessment = story.made_of(Phase::Assessment);
    assert_eq!(assessment, [(Working, 10)]);
}

#[test]
fn what_a_human_started_waited_for_that_human_from_when_it_was_ready() {
    let (mut story, declared) = declared();
    let ready = story.ready(40, declared, ISOLATE);
    let act = crate::record::HumanAct::Start {
        task: crate::record::Which::of(work(ISOLATE).task),
        with: Vec::new(),
    };
    let acted = story.add(70, NOTHING, Event::ActionTaken { act });
    let start = story.start(70, acted, ISOLATE, 1);
    let end = story.ended(80, start, ISOLATE, Outcome::Done);
    story.completed(80, end, Phase::Response);
    assert!(ready < acted);
    let by_hand = [(WaitingForPerson, 30), (Working, 10)];
    assert_eq!(story.made_of(Phase::Response), by_hand);
}
