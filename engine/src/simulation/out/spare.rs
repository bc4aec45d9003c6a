//! Lists of events that nobody needs any more: their memory is used again.

use crate::exercise::{AssetId, Few, Knowable, MessageId};
use crate::record::Event;

/// Lists that are empty and have room: of what messages reveal, and of assets and messages where they are many.
#[derive(Debug, Default)]
pub(super) struct Spare {
    facts: Vec<Vec<Knowable>>,
    assets: Vec<Few<AssetId>>,
    /// The messages that were dealt with before people act.
    messages: Few<MessageId>,
}

impl Spare {
    /// An empty list of facts.
    pub(super) fn facts(&mut self) -> Vec<Knowable> {
        self.facts.pop().unwrap_or_default()
    }

    /// Keeps a list of facts.
    pub(super) fn keep(&mut self, mut facts: Vec<Knowable>) {
        if facts.capacity() > 0 {
            facts.clear();
            self.facts.push(facts);
        }
    }

    /// An empty list of assets.
    pub(super) fn assets(&mut self) -> Few<AssetId> {
        self.assets.pop().unwrap_or_default()
    }

    /// An empty list of messages.
    pub(super) fn messages(&mut self) -> Few<MessageId> {
        std::mem::take(&mut self.messages)
    }

    /// Keeps the lists of an event that nobody needs any more.
    #[expect(
        clippy::inline_always,
        reason = "most kinds of events have none, which whoever states one knows"
    )]
    #[inline(always)]
    pub(super) fn keep_of(&mut self, event: Event) {
        match event {
            Event::MessageSent { reveals, .. } => self.keep(reveals),
            Event::StepStarted {
                targets: mut assets,
                ..
            }
            | Event::ScopeStated { mut assets, .. }
                if assets.spilled() =>
            {
                assets.clear();
                self.assets.push(assets);
            }
            Event::BacklogDealtWith { mut messages } => {
                messages.clear();
                self.messages = messages;
            }
            other if other.may_own_memory() => drop(other),
            // There is nothing to give back, and nothing to look through for that.
            other => std::mem::forget(other),
        }
    }
}
