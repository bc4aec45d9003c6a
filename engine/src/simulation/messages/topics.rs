//! What messages are about: a list of pieces of work for each, which grows while the message is unread.

use super::Messages;
use crate::exercise::{Instance, MessageId};

/// The lists of all messages, one item behind the other as they came.
#[derive(Debug, Default)]
pub(super) struct Topics(Vec<Topic>);

/// A piece of work that a message is about.
#[derive(Debug, Clone, Copy)]
struct Topic {
    instance: Instance,
    /// The next one of the same message.
    next: Option<usize>,
}

impl Topics {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Messages {
    /// The pieces of work that a message is about.
    pub(crate) fn about(&self, id: MessageId) -> impl Iterator<Item = Instance> + '_ {
        let topics = &self.topics.0;
        let first = self.get(id).topics.map(|(first, _)| &topics[first]);
        let all = std::iter::successors(first, |topic| topic.next.map(|next| &topics[next]));
        all.map(|topic| topic.instance)
    }

    /// A message is about this piece of work as well, from now on.
    pub(crate) fn add_topic(&mut self, id: MessageId, instance: Instance) {
        let place = self.topics.0.len();
        let next = None;
        self.topics.0.push(Topic { instance, next });
        let message = self.get_mut(id);
        let ends = message.topics.replace((place, place));
        if let Some((first, last)) = ends {
            message.topics = Some((first, place));
            self.topics.0[last].next = Some(place);
        }
    }
}
