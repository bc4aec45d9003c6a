//! Who can be reached on which channel.

use super::super::fixture::{channel, inject, parts};
use super::exercise;
use crate::exercise::{ChannelId, ChannelKind, Notice, Parts, PersonId, Span};
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
        } => Some((people.clone(), *channel)),
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
