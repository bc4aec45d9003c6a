//! A message by what it is about.

use super::trimmed;
use crate::words::{Subject, upper_first};
use hotwash_engine::exercise::MessageId;
use hotwash_engine::record::{MessageKind, Origin};
use hotwash_engine::situation::messages::Messages;

/// A message by what it is about and to whom it goes, within a sentence.
pub(in crate::words) fn message(subject: &Subject, message: MessageId) -> String {
    match parts(subject, message) {
        Some((what, to, rest)) => format!("{what} to {to}{rest}"),
        None => "a message".to_owned(),
    }
}

/// A message by what it is about alone, for a sentence that says whose it is.
pub(in crate::words) fn received(subject: &Subject, message: MessageId) -> String {
    match parts(subject, message) {
        Some((what, _, rest)) => what + &rest,
        None => "a message".to_owned(),
    }
}

/// That somebody never got a message, as a sentence without its full stop.
pub(in crate::words) fn unreached(subject: &Subject, message: MessageId) -> String {
    match parts(subject, message) {
        Some((what, to, rest)) => format!("{} never got {what}{rest}", upper_first(&to)),
        None => "Nobody ever got a message".to_owned(),
    }
}

/// What a message is, to whom it goes, and what it is about, with its space.
fn parts(subject: &Subject, message: MessageId) -> Option<(String, String, String)> {
    let (kind, origin, to) = Messages::sent(&subject.record.entries, message)?;
    let names = &subject.names;
    let to = names.the_role(to);
    let (what, rest) = match (kind, origin) {
        (_, Origin::Inject { inject, .. }) => {
            let said = format!(" (\"{}\")", trimmed(&names.inject(*inject)));
            ("the message".to_owned(), said)
        }
        (_, Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. }) => (
            format!("an alert of {}", names.source(*source)),
            String::new(),
        ),
        (_, Origin::Staff { .. }) => ("a report of staff".to_owned(), String::new()),
        (_, Origin::Outage { asset, .. }) => {
            let said = format!(" that {} is out of service", names.asset(*asset));
            ("the message".to_owned(), said)
        }
        (MessageKind::CallOut, Origin::CallOut { instance }) => (
            "the call".to_owned(),
            format!(" for \"{}\"", names.task(instance.task)),
        ),
        (_, Origin::Approval { instance }) => {
            let said = format!(" to approve \"{}\"", names.task(instance.task));
            ("the request".to_owned(), said)
        }
        (_, Origin::HandOn { instance } | Origin::CallOut { instance }) => {
            let said = format!(" that follows \"{}\"", names.task(instance.task));
            ("the message".to_owned(), said)
        }
        (_, Origin::Duty { obligation, .. }) => {
            let said = format!(
                " that starts the clock of \"{}\"",
                names.obligation(*obligation)
            );
            ("the message".to_owned(), said)
        }
        (_, Origin::Own { person, .. }) => {
            let said = format!("a message of {}", names.person(*person));
            (said, String::new())
        }
        (_, Origin::Facilitator { .. }) => {
            ("a message of the facilitator".to_owned(), String::new())
        }
    };
    Some((what, to, rest))
}
