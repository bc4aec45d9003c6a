//! Who is called to work for which nobody is there, and when.

use super::super::fixture::{channel, inject, person, role, slug};
use super::presence::{office, play};
use crate::exercise::{
    Addressee, ChannelId, ChannelKind, Day, ExerciseTime, Function, Law, Notice, Parts, PersonId,
    Reveal, Severity, Span, WeeklyHours,
};
use crate::record::{Event, MessageKind, Record, Resend};

fn ada() -> PersonId {
    PersonId::new(0)
}

fn bob() -> PersonId {
    PersonId::new(1)
}

fn cleo() -> PersonId {
    PersonId::new(2)
}

fn dana() -> PersonId {
    PersonId::new(3)
}

const MIDNIGHT: Span = Span::hours(15);

/// Ada hears of it and works on one task until she has to rest at midnight; Bob holds her role in the
/// team as well, Cleo is a deputy, and Dana holds that of the escalation target. They have no shifts.
fn urgent(severity: Severity) -> Parts {
    let mut parts = office(Span::hours(40), severity);
    let organisation = &mut parts.organisation;
    for name in ["bob", "cleo", "dana"] {
        let mut person = person(name);
        person.shift = WeeklyHours::default();
        organisation.people.push(person);
    }
    let (mut board, mut desk, mut team) = (role("board"), role("desk"), role("team"));
    board.functions = vec![Function::Executive];
    board.holders = vec![dana()];
    desk.functions = vec![Function::PointOfContact];
    team.functions = vec![Function::Analyst];
    team.holders.push(bob());
    team.deputies = vec![cleo()];
    organisation.roles = vec![board, desk, team];
    parts.scenario.injects[0].to = Addressee::Function(Function::PointOfContact);
    parts
}

fn away(parts: &mut Parts, person: PersonId) {
    let tuesday = Day::from_civil(2026, 3, 3);
    parts.organisation.people[person.index()].leave = vec![(tuesday, Day(tuesday.0 + 9))];
}

/// When each call went to whom.
fn calls(record: &Record) -> Vec<(Span, Vec<PersonId>)> {
    let calls = record
        .entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::MessageSent {
                kind: MessageKind::CallOut,
                people,
                ..
            } => Some((Span(entry.at.0), people.to_vec())),
            _ => None,
        });
    calls.collect()
}

#[test]
fn who_is_on_call_is_called_at_once_and_who_is_at_home_after_the_escalation_time() {
    let mut on_call = urgent(Severity::High);
    on_call.organisation.people[1].on_call = WeeklyHours::always();
    // Somebody on call could take the work over at the end of the shift: he is called only then.
    let first = calls(&play(on_call)).remove(0);
    assert_eq!(first, (MIDNIGHT, vec![bob()]));
    let first = calls(&play(urgent(Severity::High))).remove(0);
    assert_eq!(first, (MIDNIGHT + Span::minutes(15), vec![bob()]));
}

#[test]
fn deputies_at_home_are_called_where_no_holder_can_be() {
    let mut parts = urgent(Severity::High);
    away(&mut parts, bob());
    let first = calls(&play(parts)).remove(0);
    assert_eq!(first, (MIDNIGHT + Span::minutes(15), vec![cleo()]));
    let mut parts = urgent(Severity::High);
    parts.organisation.people[1].channels.clear();
    let first = calls(&play(parts)).remove(0);
    assert_eq!(first, (MIDNIGHT + Span::minutes(15), vec![cleo()]));
}

#[test]
fn below_high_nobody_is_called_at_home() {
    let calls = calls(&play(urgent(Severity::Medium)));
    assert!(calls.is_empty(), "{calls:?}");
}

#[test]
fn who_comes_on_call_later_is_called_then() {
    let mut parts = urgent(Severity::Medium);
    let mut evening = parts.organisation.people[0].shift.clone();
    for hours in &mut evening.0 {
        (hours.from, hours.until) = (20 * 60, 22 * 60);
    }
    parts.organisation.people[1].on_call = evening;
    assert_eq!(calls(&play(parts))[0], (Span::hours(11), vec![bob()]));
}

#[test]
fn where_nobody_can_come_before_the_next_shift_the_escalation_target_is_called_without_more_waiting()
 {
    let soon = MIDNIGHT + Span::minutes(15);
    // Ada is back when her rest is over, an hour before her shift: she is waited for once more.
    let mut waits = urgent(Severity::High);
    for person in [bob(), cleo()] {
        away(&mut waits, person);
    }
    let mut cannot = waits.clone();
    assert_eq!(
        calls(&play(waits))[0],
        (soon + Span::minutes(15), vec![dana()])
    );
    // Now Cleo's shift begins before Ada is back.
    away(&mut cannot, bob());
    cannot.organisation.people[2].leave.clear();
    cannot.organisation.people[2].channels.clear();
    let mut early = cannot.organisation.people[0].shift.clone();
    for hours in &mut early.0 {
        (hours.from, hours.until) = (7 * 60, 8 * 60);
    }
    early.0.retain(|hours| hours.weekday != 1);
    cannot.organisation.people[2].shift = early;
    // What Dana is called to is hands-on work, which she can take on.
    cannot.organisation.people[dana().index()].also = Function::ALL.to_vec();
    let record = play(cannot);
    assert_eq!(calls(&record)[0], (soon, vec![dana()]));
    let acts = record.entries.iter().any(
        |entry| matches!(&entry.event, Event::TaskResumed { people, .. } if people[..] == [dana()]),
    );
    assert!(acts, "the target acts with the role's authority");
}

#[test]
fn each_holder_is_told_on_a_channel_of_their_own() {
    let mut parts = urgent(Severity::High);
    parts.organisation.channels = vec![
        channel("a-phone", ChannelKind::MobilePhone),
        channel("b-pager", ChannelKind::Pager),
    ];
    parts.organisation.people[1].channels = vec![ChannelId::new(1)];
    parts.scenario.injects[0].to = Addressee::Function(Function::Analyst);
    let record = play(parts);
    let first = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageCopied {
            people, channel, ..
        } => Some((people.to_vec(), *channel)),
        _ => None,
    });
    assert_eq!(first, Some((vec![bob()], Some(ChannelId::new(1)))));
}

#[test]
fn a_stage_in_which_nobody_has_a_channel_that_works_is_passed_over() {
    let mut parts = urgent(Severity::High);
    let mut again = inject("again");
    again.at = Some(ExerciseTime(Span::hours(12).0));
    again.reveals = vec![Reveal::Real];
    again.again = true;
    again.to = Addressee::Function(Function::Analyst);
    parts.scenario.injects = vec![again];
    for person in [ada(), bob()] {
        parts.organisation.people[person.index()].channels.clear();
    }
    let record = play(parts);
    let resent = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageResent { stage, people, .. } => Some((*stage, people.to_vec())),
        _ => None,
    });
    assert_eq!(resent, Some((Resend::Deputies, vec![cleo()])));
}

/// Nobody at home notices a phone in the night.
fn sound_asleep(mut parts: Parts) -> Parts {
    parts.organisation.tireless = false;
    for person in &mut parts.organisation.people[1..] {
        person.notice = vec![Notice {
            channel: ChannelKind::MobilePhone,
            on_duty: Span::minutes(5),
            off_duty: Some(Span::days(400)),
        }];
    }
    parts
}

/// Whom the calls of the night went to, before somebody took the work up again.
fn called_in_the_night(record: &Record) -> Vec<PersonId> {
    let taken = record.entries.iter().find_map(|entry| match entry.event {
        Event::TaskResumed { .. } if entry.at.0 > MIDNIGHT.0 => Some(Span(entry.at.0)),
        _ => None,
    });
    let taken = taken.expect("somebody takes it up in the end");
    assert!(taken > MIDNIGHT + Span::hours(4), "{taken:?}");
    let calls = calls(record).into_iter().filter(|(at, _)| *at < taken);
    calls.flat_map(|(_, people)| people).collect()
}

#[test]
fn nobody_is_called_twice_for_a_piece_until_somebody_has_taken_it() {
    let record = play(sound_asleep(urgent(Severity::High)));
    // Ada is called once she has rested.
    assert_eq!(called_in_the_night(&record), [bob(), dana(), ada()]);
}

/// When the call to somebody was withdrawn unread, if it was.
fn withdrawn(record: &Record, person: PersonId) -> Option<Span> {
    let call = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageSent {
            kind: MessageKind::CallOut,
            message,
            people,
            ..
        } if people.contains(&person) => Some(*message),
        _ => None,
    });
    let call = call.expect("there is a call");
    record.entries.iter().find_map(|entry| match entry.event {
        Event::MessageWithdrawn { message } if message == call => Some(Span(entry.at.0)),
        _ => None,
    })
}

#[test]
fn who_has_a_call_unread_learns_of_further_work_by_that_one() {
    let one = sound_asleep(urgent(Severity::High));
    let mut two = one.clone();
    let mut later = two.plan.tasks[0].clone();
    later.slug = slug("work-later");
    later.delay = Some(Law::Fixed(MIDNIGHT + Span::HOUR));
    two.plan.tasks.push(later);
    let (one, two) = (play(one), play(two));
    // Work that comes up at one in the morning causes no call beside those of midnight.
    assert_eq!(called_in_the_night(&two), called_in_the_night(&one));
    // With the work for which it was sent taken up in the morning, the call lies there for the other.
    let taken = withdrawn(&one, bob()).expect("nobody needs it any more");
    assert!(taken > MIDNIGHT + Span::hours(4), "{taken:?}");
    assert_ne!(withdrawn(&two, bob()), Some(taken));
}
