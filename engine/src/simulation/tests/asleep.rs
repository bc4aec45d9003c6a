//! What people do not do: notice in their sleep, or go on for ever.

use super::super::fixture::{asset, channel, inject, step};
use super::presence::{office, play};
use crate::exercise::{
    AssetId, AssetKind, ChannelId, ChannelKind, Effect, ExerciseTime, Notice, PersonId, Severity,
    Span,
};
use crate::record::{Event, Record};

/// From when to when somebody first rests.
fn rest(record: &Record, of: PersonId) -> (ExerciseTime, ExerciseTime) {
    let rest = record.entries.iter().find_map(|entry| match entry.event {
        Event::RestBegan { person, until } if person == of => Some((entry.at, until)),
        _ => None,
    });
    rest.expect("they rest")
}

#[test]
fn who_goes_to_rest_while_a_channel_is_down_notices_in_their_sleep_nothing_that_came_before() {
    let ada = PersonId::new(0);
    let mut noticed_at_all = 0;
    for minutes in (1..=12).map(|i| 30_i64 << i) {
        // Ada works until midnight, the fifteenth hour, and rests then. Mail comes an hour before, and the server goes
        // down half an hour before; how soon she notices mail differs.
        let mut parts = office(Span::hours(40), Severity::High);
        parts.organisation.tireless = false;
        parts.organisation.assets = vec![asset("server", AssetKind::MailServer)];
        let mut mail = channel("z-mail", ChannelKind::Mail);
        mail.depends_on = vec![AssetId::new(0)];
        parts.organisation.channels.push(mail);
        let described = &mut parts.organisation.people[0];
        described.channels.push(ChannelId::new(1));
        described.notice = vec![Notice {
            channel: ChannelKind::Mail,
            on_duty: Span::minutes(minutes),
            off_duty: Some(Span::minutes(minutes)),
        }];
        let mut letter = inject("letter");
        letter.via = Some(ChannelKind::Mail);
        letter.at = Some(ExerciseTime(Span::hours(14).0));
        parts.scenario.injects.push(letter);
        let mut outage = step("outage", Effect::Disrupt);
        outage.at = Some(ExerciseTime(Span::minutes(13 * 60 + 30).0));
        parts.scenario.steps = vec![outage];
        let record = play(parts);
        let (from, until) = rest(&record, ada);
        let down = record.entries.iter().any(|entry| {
            matches!(entry.event, Event::AssetChanged { on: true, .. }) && entry.at < from
        });
        assert!(down, "the channel is down when she goes to rest");
        for entry in &record.entries {
            if matches!(entry.event, Event::MessageNoticed { person, .. } if person == ada) {
                let asleep = from < entry.at && entry.at < until;
                assert!(!asleep, "median {minutes} min: noticed at {:?}", entry.at);
                noticed_at_all += u32::from(entry.at >= until);
            }
        }
    }
    assert!(noticed_at_all > 0, "no letter lay until the rest was over");
}
