//! A message by what it is about.

use super::trimmed;
use crate::words::{Subject, lower_first};
use hotwash_engine::exercise::MessageId;
use hotwash_engine::record::{MessageKind, Origin};
use hotwash_engine::situation::messages::Messages;

/// A message by what it is about, within a sentence.
pub(in crate::words) fn message(subject: &Subject, message: MessageId) -> String {
    let Some((kind, origin, to)) = Messages::sent(&subject.record.entries, message) else {
        return "a message".to_owned();
    };
    let names = &subject.names;
    let to = names.the_role(to);
    match (kind, origin) {
        (_, Origin::Inject { inject, .. }) => {
            format!(
                "the message to {to} (\"{}\")",
                trimmed(&names.inject(*inject))
            )
        }
        (_, Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. }) => {
            format!(
                "an alert of {} to {to}",
                lower_first(&names.source(*source))
            )
        }
        (_, Origin::Staff { .. }) => format!("a report of staff to {to}"),
        (_, Origin::Outage { asset, .. }) => {
            format!("word to {to} that {} does not serve", names.asset(*asset))
        }
        (MessageKind::CallOut, Origin::CallOut { instance }) => {
            format!("the call to {to} for \"{}\"", names.task(instance.task))
        }
        (_, Origin::Approval { instance }) => {
            format!(
                "the request to {to} to approve \"{}\"",
                names.task(instance.task)
            )
        }
        (_, Origin::HandOn { instance } | Origin::CallOut { instance }) => {
            format!("word to {to} after \"{}\"", names.task(instance.task))
        }
        (_, Origin::Duty { obligation, .. }) => {
            format!(
                "what {to} has to know for {}",
                names.obligation(*obligation)
            )
        }
        (_, Origin::Own { person, .. }) => {
            format!("a message of {} to {to}", names.person(*person))
        }
        (_, Origin::Facilitator { .. }) => format!("a message of the facilitator to {to}"),
    }
}
