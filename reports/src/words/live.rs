//! Words of pages that people act on while an exercise runs.

use super::{Naming, asset_state, duration, spaced, upper_first};
use hotwash_engine::exercise::{Knowable, Law, Span};
use hotwash_engine::record::{HumanAct, MessageKind, PauseReason, Presence};

/// Something that a role knows, as a sentence without its full stop.
pub fn known(names: &Naming<'_>, fact: Knowable) -> String {
    match fact {
        Knowable::Alerted(_) => "Something may be wrong".to_owned(),
        Knowable::Real(_) => "It is real".to_owned(),
        Knowable::Declared(_) => "An incident is declared".to_owned(),
        Knowable::PersonalData(_) => "Personal data is probably affected".to_owned(),
        Knowable::Scope(_) => "What is affected was stated".to_owned(),
        Knowable::Cause(_) => "How they came in, and why".to_owned(),
        Knowable::Step(step) => format!("Of the attack: {}", names.step(step)),
        Knowable::Asset(_, asset, state) => {
            format!("{} is {}", names.asset(asset), asset_state(state))
        }
    }
}

/// What kind of message it is.
pub const fn message_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Alert => "Alert",
        MessageKind::Inject => "Message",
        MessageKind::HandOn => "Handed on",
        MessageKind::Consultation => "Advice asked for",
        MessageKind::Information => "For information",
        MessageKind::CallOut => "Called to work",
        MessageKind::ApprovalRequest => "Approval asked for",
    }
}

/// How somebody can be reached, within a sentence.
pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::OnDuty => "on duty",
        Presence::OnCall => "on call",
        Presence::Off => "off duty",
        Presence::OnLeave => "on leave",
    }
}

/// Why work was laid aside, within a sentence.
pub const fn laid_aside(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::ShiftEnd => "the shift ended",
        PauseReason::Rest => "whoever had it rests",
        PauseReason::HigherPriority => "something more urgent came up",
        PauseReason::Interrupted => "a call interrupted it",
        PauseReason::HandedOver => "it was handed over",
        PauseReason::BetterHands => "somebody who does it better is free again",
    }
}

/// How long work is expected to take, as it follows "takes".
pub fn expected(law: &Law) -> String {
    let about = |span: &Span| format!("about {}", duration(*span));
    let between = |from: &Span, to: &Span| format!("{} to {}", duration(*from), duration(*to));
    match law {
        Law::Fixed(span) | Law::About(span) => about(span),
        Law::Range { low, high } => between(low, high),
        Law::Triangle { least, most, .. } => between(least, most),
        Law::Observed(spans) => match (spans.iter().min(), spans.iter().max()) {
            (Some(least), Some(most)) => between(least, most),
            _ => "a time that nobody knows".to_owned(),
        },
    }
}

/// What is written on the button of an act that stands beside what it is about.
pub fn button(act: &HumanAct) -> String {
    let word = match act {
        HumanAct::Acknowledge { .. } => "Noted, without reading",
        HumanAct::Read { .. } => "Read",
        HumanAct::Report {} => "Report the event",
        HumanAct::Start { .. } => "Start",
        HumanAct::Declare {} => "Declare an incident",
        HumanAct::AskApproval { .. } => "Ask for approval",
        HumanAct::Approve { granted: true, .. } => "Approve",
        HumanAct::Approve { granted: false, .. } => "Refuse",
        HumanAct::Fire { .. } => "Fire",
        HumanAct::Hold { .. } => "Hold",
        HumanAct::Skip { .. } => "Skip",
        HumanAct::Pause {} => "Pause",
        HumanAct::Resume {} => "Go on",
        HumanAct::StopWord {} => "Stop word: something real has happened",
        HumanAct::End {} => "ENDEX",
        HumanAct::StandIn { on: true, .. } => "Let a stand-in act",
        HumanAct::StandIn { on: false, .. } => "Give the place back",
        other => return upper_first(&spaced(other.name())),
    };
    word.to_owned()
}

/// A word of the vocabulary as it stands in a list to choose from.
pub fn choice(word: &str) -> String {
    upper_first(&spaced(word))
}
