//! What was asked for as it is typed, so that a reader can be told what to type next.

use super::start::Start;
use crate::choice::Beside;
use hotwash_app::quoted;

/// What was asked for, each part after a space.
pub(crate) struct Typed {
    /// The scenario; empty: the one that is played where none is named.
    pub(crate) scenario: String,
    /// The options for what it is played with.
    beside: String,
    /// The option for when runs start.
    pub(crate) start: String,
}

impl Typed {
    /// A scenario with what it is played with, and when.
    pub(crate) fn of(scenario: Option<&str>, beside: &Beside, start: &Start) -> Self {
        let named = |name| format!(" {}", quoted(name));
        Self {
            scenario: scenario.map_or_else(String::new, named),
            beside: beside.typed(),
            start: start.typed.clone(),
        }
    }

    /// The same in several scenarios, each after a space.
    pub(crate) fn in_all(&self, scenario: String) -> Self {
        Self {
            scenario,
            beside: self.beside.clone(),
            start: self.start.clone(),
        }
    }

    /// A command on what was asked for, with more options.
    pub(crate) fn again(&self, command: &str, more: &str) -> String {
        format!("hotwash {}", self.arguments(command, more))
    }

    /// The arguments of that command.
    pub(crate) fn arguments(&self, command: &str, more: &str) -> String {
        let Self {
            scenario,
            beside,
            start,
        } = self;
        format!("{command}{scenario}{beside}{start}{more}")
    }

    /// The options for what it is played with.
    pub(crate) fn beside(&self) -> &str {
        &self.beside
    }

    /// The command that lists which defaults and gaps it stands on.
    pub(crate) fn lists(&self) -> String {
        format!("hotwash simulate{}{} --explain", self.scenario, self.beside)
    }
}
