//! Who can be reached on which channel.

use super::super::fixture::{channel, inject, office_hours, parts, role};
use super::exercise;
use crate::exercise::{
    Addressee, ChannelId, ChannelKind, Function, Notice, Parts, PersonId, Reveal, RoleId, Span,
};
use crate::record::{Event, Record, Resend};
use crate::simulation::{Provenance, Setup, simulate};

/// An organisation with mail, a mobile phone and a pager, and an inject by phone to its one person,
/// who has some of them.
fn office(has: &[usize]) -> Parts {
    let mut parts = parts();
    parts.organisation.channels = vec![
        channel("a-mail", ChannelKind::Mail),
        channel("b-mobile", ChannelKind::MobilePhone),
        channel("c-pager", ChannelKind::Pager),
    ];
    parts.organisation.people[0].channels = has.iter().map(|i| ChannelId::new(*i)).collect();
    let mut call = inject("call");
    call.via = Some(ChannelKind::MobilePhone);
    call.again = true;
    parts.scenario.injects = vec![call];
    parts
}

fn play(parts: Parts) -> Record {
    simulate(&exercise(parts), &Setup::of(1, 0), Provenance::default())
}

/// To whom the first message went, and over which channel.
fn sent(record: &Record) -> (Vec<PersonId>, Option<ChannelId>) {
    let sent = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageSent {
            people, channel, ..
        } => Some((people.to_vec(), *channel)),
        _ => None,
    });
    sent.expect("a message was sent")
}

fn was_read(record: &Record) -> bool {
    let read = |event: &Event| matches!(event, Event::MessageRead { .. });
    record.entries.iter().any(|entry| read(&entry.event))
}

#[test]
fn a_channel_that_a_person_does_not_have_cannot_reach_them() {
    let (ada, mail, mobile) = (PersonId::new(0), ChannelId::new(0), ChannelId::new(1));
    let by_phone = play(office(&[0, 1]));
    assert_eq!(sent(&by_phone), (vec![ada], Some(mobile)));
    assert!(was_read(&by_phone));
    let by_mail = play(office(&[0]));
    assert_eq!(sent(&by_mail), (vec![ada], Some(mail)));
    assert!(was_read(&by_mail));
    let by_nothing = play(office(&[]));
    assert_eq!(sent(&by_nothing), (Vec::new(), None));
    assert!(!was_read(&by_nothing));
}

#[test]
fn of_two_people_in_a_role_only_the_one_with_the_channel_gets_the_message() {
    let mut parts = office(&[0]);
    let mut bob = super::person("bob");
    bob.channels = vec![ChannelId::new(1)];
    parts.organisation.people.push(bob);
    parts.organisation.roles[0].holders = vec![PersonId::new(0), PersonId::new(1)];
    let record = play(parts);
    let (bob, mobile) = (PersonId::new(1), ChannelId::new(1));
    assert_eq!(sent(&record), (vec![bob], Some(mobile)));
}

#[test]
fn what_nobody_notices_is_sent_again_over_the_next_channel_and_not_over_the_same() {
    let mut parts = office(&[0, 1, 2]);
    let never = Span::days(4_000);
    let notice = |channel, on_duty| Notice {
        channel,
        on_duty,
        off_duty: None,
    };
    parts.organisation.people[0].notice = vec![
        notice(ChannelKind::MobilePhone, never),
        notice(ChannelKind::Pager, Span::MINUTE),
    ];
    let record = play(parts);
    let resent = record.entries.iter().find_map(|entry| match &entry.event {
        Event::MessageResent { stage, channel, .. } => Some((*stage, *channel)),
        _ => None,
    });
    let pager = ChannelId::new(2);
    assert_eq!(resent, Some((Resend::OtherChannel, Some(pager))));
    assert!(was_read(&record));
}

/// On a Tuesday evening: Ada of the day shift, who has mail and a desk phone, and a point of contact.
fn evening(via: Option<ChannelKind>) -> Record {
    let mut parts = office(&[]);
    parts.startex += Span::hours(10).0;
    parts.organisation.channels = vec![
        channel("a-mail", ChannelKind::Mail),
        channel("b-desk", ChannelKind::DeskPhone),
    ];
    let both = vec![ChannelId::new(0), ChannelId::new(1)];
    parts.organisation.people.push(super::person("bob"));
    for person in &mut parts.organisation.people {
        person.channels.clone_from(&both);
    }
    parts.organisation.people[0].shift = office_hours();
    parts.organisation.roles = vec![role("contact"), role("expert")];
    parts.organisation.roles[0].functions = vec![Function::PointOfContact];
    parts.organisation.roles[0].holders = vec![PersonId::new(1)];
    parts.organisation.roles[1].functions = vec![Function::Analyst];
    let call = &mut parts.scenario.injects[0];
    (call.via, call.to) = (via, Addressee::Function(Function::Analyst));
    call.reveals = vec![Reveal::Real];
    play(parts)
}

#[test]
fn a_desk_phone_is_no_choice_for_somebody_who_went_home() {
    let (ada, mail) = (PersonId::new(0), ChannelId::new(0));
    assert_eq!(sent(&evening(None)), (vec![ada], Some(mail)));
}

#[test]
fn who_takes_a_diverted_call_learns_what_it_says_for_the_role_that_was_called() {
    let record = evening(Some(ChannelKind::DeskPhone));
    let (bob, desk) = (PersonId::new(1), ChannelId::new(1));
    assert_eq!(sent(&record), (vec![bob], Some(desk)));
    for role in [RoleId::new(0), RoleId::new(1)] {
        let learns = record.entries.iter().any(
            |entry| matches!(&entry.event, Event::FactLearned { role: of, .. } if *of == role),
        );
        assert!(learns, "{role:?}");
    }
}
