//! What single fields of definitions do, in whole runs of a small exercise.

use super::{clinic, exercise};
use crate::exercise::{
    Act, Addressee, AssetId, AssetState, ChannelId, ChannelKind, ExerciseTime, Knowable, Measure,
    Object, Parts, Phase, Reveal, RoleId, Span, StakeholderKind, TaskId, Team,
};
use crate::record::{Entry, Event, Origin, Record, Resend};
use crate::simulation::fixture::{channel, inject, slug, stakeholder, task, with_channels};
use crate::simulation::{Provenance, Setup, simulate};

fn records() -> AssetId {
    AssetId::new(1)
}

fn run(parts: Parts, index: u64) -> Record {
    simulate(
        &exercise(parts),
        &Setup::of(1, index),
        Provenance::default(),
    )
}

fn first(record: &Record, wanted: impl Fn(&Event) -> bool) -> Option<&Entry> {
    record.entries.iter().find(|entry| wanted(&entry.event))
}

/// How long the call was read.
fn reading(parts: Parts, index: u64) -> Span {
    let record = run(parts, index);
    let sent = record.entries.iter().find_map(|entry| match entry.event {
        Event::MessageSent {
            message,
            origin: Origin::Inject { .. },
            ..
        } => Some(message),
        _ => None,
    });
    let sent = sent.expect("the call is made");
    let begun = first(
        &record,
        |event| matches!(event, Event::ReadingStarted { message, .. } if *message == sent),
    );
    let read = first(
        &record,
        |event| matches!(event, Event::MessageRead { message, .. } if *message == sent),
    );
    read.expect("it is read").at - begun.expect("reading begins").at
}

#[test]
fn each_attachment_takes_as_long_again_as_the_message() {
    let mut parts = clinic();
    assert_eq!(reading(parts.clone(), 0), Span::minutes(3));
    parts.scenario.injects[0].attachments = vec!["note.jpg".to_owned(), "list.txt".to_owned()];
    assert_eq!(reading(parts, 0), Span::minutes(9));
}

#[test]
fn a_false_lead_takes_as_long_as_a_false_alarm() {
    let mut parts = clinic();
    parts.scenario.injects[0].false_lead = true;
    let mut spans: Vec<Span> = (0..41).map(|index| reading(parts.clone(), index)).collect();
    spans.sort_unstable();
    assert!(spans[0] > Span::minutes(3));
    assert!(
        (Span::minutes(15)..Span::minutes(40)).contains(&spans[20]),
        "{:?}",
        spans[20]
    );
}

/// When the records serve again.
fn back(record: &Record) -> ExerciseTime {
    let back = first(record, |event| {
        matches!(
            event,
            Event::AssetChanged { asset, state: AssetState::OutOfService, on: false, .. } if *asset == records()
        )
    });
    back.expect("they are restored").at
}

#[test]
fn a_stakeholder_is_told_only_once_a_channel_to_it_works() {
    let told = |depends_on: Vec<AssetId>| {
        let mut parts = clinic();
        let mut line = channel("line", ChannelKind::MobilePhone);
        line.depends_on = depends_on;
        with_channels(&mut parts, vec![line, channel("pager", ChannelKind::Pager)]);
        let mut bank = stakeholder("bank", StakeholderKind::Bank);
        bank.channels = vec![ChannelId::new(0)];
        parts.organisation.stakeholders = vec![bank];
        let mut tell = task("vouch", Phase::Response, Measure::Notify);
        tell.does = vec![Act {
            measure: Measure::Notify,
            on: Object::Stakeholder(StakeholderKind::Bank),
        }];
        tell.after = vec![TaskId::new(0)];
        parts.plan.tasks.push(tell);
        let record = run(parts, 0);
        let told = first(&record, |event| {
            matches!(event, Event::StakeholderNotified { .. })
        });
        (told.expect("it is told").at, back(&record))
    };
    let (at, served) = told(Vec::new());
    assert!(at < served);
    let (at, served) = told(vec![records()]);
    assert!(
        at >= served,
        "told at {at:?}, and the line was down until {served:?}"
    );
}

/// A run in which lead and analyst meet in a room, and the analyst is told something there.
fn met(quorum: u16, bridge: Option<ChannelId>) -> Record {
    let mut parts = clinic();
    // That the records are locked is to say nothing of persons.
    for asset in &mut parts.organisation.assets {
        asset.data.clear();
    }
    let mut line = channel("line", ChannelKind::ConferenceBridge);
    line.depends_on = vec![records()];
    with_channels(&mut parts, vec![line, channel("pager", ChannelKind::Pager)]);
    parts.organisation.teams = vec![Team {
        slug: slug("team"),
        roles: vec![RoleId::new(0), RoleId::new(1)],
        quorum,
        bridge,
    }];
    let mut whose = inject("whose");
    whose.to = Addressee::Role(RoleId::new(0));
    whose.at = Some(ExerciseTime(Span::hours(3).0));
    whose.reveals = vec![Reveal::PersonalData];
    parts.scenario.injects.push(whose);
    run(parts, 0)
}

#[test]
fn a_room_shares_nothing_below_its_quorum_nor_while_its_bridge_is_down() {
    let lead_learns = |record: &Record| {
        let learned = first(record, |event| {
            matches!(event, Event::FactLearned { role, fact: Knowable::PersonalData(_) }
                if *role == RoleId::new(1))
        });
        learned.map(|entry| entry.at)
    };
    let shared = met(2, None);
    let read = first(&shared, |event| {
        matches!(event, Event::FactLearned { role, fact: Knowable::PersonalData(_) }
            if *role == RoleId::new(0))
    });
    let read = read.expect("the analyst is told").at;
    assert_eq!(lead_learns(&shared), Some(read + Span::minutes(2)));
    for silent in [met(3, None), met(1, Some(ChannelId::new(0)))] {
        assert!(lead_learns(&silent).is_none_or(|at| at > read + Span::minutes(2)));
    }
}

#[test]
fn what_nobody_noticed_is_sent_again_where_its_arrival_is_seen() {
    let again = |seen: usize| {
        let mut parts = clinic();
        let mut mail = channel("mail", ChannelKind::Mail);
        mail.depends_on = vec![records()];
        let mut channels = vec![
            mail,
            channel("mobile-a", ChannelKind::MobilePhone),
            channel("mobile-b", ChannelKind::MobilePhone),
        ];
        for (i, channel) in channels.iter_mut().enumerate() {
            channel.acknowledgeable = i == seen;
        }
        with_channels(&mut parts, channels);
        parts.scenario.injects[0].via = Some(ChannelKind::Mail);
        parts.scenario.injects[0].again = true;
        let record = run(parts, 0);
        record.entries.iter().find_map(|entry| match entry.event {
            Event::MessageResent {
                stage: Resend::OtherChannel,
                channel,
                ..
            } => channel,
            _ => None,
        })
    };
    assert_eq!(again(1), Some(ChannelId::new(1)));
    assert_eq!(again(2), Some(ChannelId::new(2)));
    // Where no arrival is seen anywhere, the first that reaches people does.
    assert_eq!(again(9), Some(ChannelId::new(1)));
}
