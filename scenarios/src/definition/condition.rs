//! Conditions: one small expression language, used by plans and scenarios alike.

use super::{Name, Selector, Sender};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    AssetState, Mark, Measure, Money, Phase, Severity, Span, StakeholderKind,
};

choice! {
    /// A condition over facts. A scenario's condition sees the truth; a plan's condition sees what
    /// the responsible role knows and what is claimed.
    Condition, "a condition" {
        /// Every one of these holds.
        All(Vec<Spanned<Condition>>),
        /// At least one of these holds.
        Any(Vec<Spanned<Condition>>),
        /// This does not hold.
        Not(Box<Spanned<Condition>>),
        /// The task's function has read an alert: a signal or a revealing message. Plans only.
        AlertRaised,
        /// The task's function has read a message from this sender. Plans only.
        MessageRead(Spanned<Sender>),
        /// A task was claimed done. Plans only.
        Done(Name),
        /// An option of a decision was chosen: decision, option.
        Decided(Name, Name),
        /// A measure is in effect on some asset of the selection; anywhere, where none is said.
        Taken(Spanned<Measure>, Option<Spanned<Selector>>),
        /// A step of the attack took effect.
        Reached(Name),
        /// Some asset of the selection is in this state.
        InState(Spanned<Selector>, Spanned<AssetState>),
        /// The severity is at least this.
        SeverityAtLeast(Spanned<Severity>),
        /// A phase was reached.
        PhaseReached(Spanned<Phase>),
        /// A phase is complete.
        PhaseCompleted(Spanned<Phase>),
        /// The thing is true; in a plan, known to the role.
        Known(Spanned<About>),
        /// Personal data is affected: short for `Known(PersonalData)`.
        PersonalDataInvolved,
        /// Some asset does not serve: short for `InState(Everything, OutOfService)`.
        Impact,
        /// What is affected was stated: short for `Known(Scope)`.
        Scope,
        /// At least so many records left the organisation or lie open.
        RecordsExposed(Spanned<u64>),
        /// At least so much money is lost.
        MoneyLost(Spanned<Money>),
        /// A stakeholder of this kind was told.
        Notified(Spanned<StakeholderKind>),
        /// An inject was delivered. Scenarios only.
        InjectDelivered(Name),
        /// So long since STARTEX.
        Elapsed(Spanned<Span>),
        /// So long since a mark of the incident.
        Since(Spanned<Mark>, Spanned<Span>),
    }
}

choice! {
    /// Something that can be known about an incident. In brackets: of which incident, where it is
    /// not the one that the condition belongs to.
    About, "something that can be known" {
        /// Something may be wrong: an alert was read.
        Alerted(Option<Name>),
        /// It is real.
        Real(Option<Name>),
        /// It was declared an incident.
        Declared(Option<Name>),
        /// Personal data is probably affected.
        PersonalData(Option<Name>),
        /// What is affected was stated.
        Scope(Option<Name>),
        /// How it got in, and why.
        Cause(Option<Name>),
        /// A step of the attack happened.
        Step(Name),
        /// An asset is, or was, in a state because of the incident: asset, state.
        Asset(Name, Spanned<AssetState>),
    }
}
