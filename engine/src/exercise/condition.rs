//! Conditions: one small expression language, used by plans and scenarios alike.
//!
//! A scenario's condition sees the truth. A plan's condition sees what the responsible role knows
//! and what is claimed. The words are the same; who asks decides what they read.

use super::{
    AssetId, AssetKind, DecisionId, Function, IncidentId, InjectId, Mark, Measure, Money, OptionId,
    Phase, Severity, SourceKind, Span, StakeholderKind, StepId, TaskId,
};
use serde::{Deserialize, Serialize};

/// A condition over facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Condition {
    /// Every one of these holds; with none, it holds.
    All(Vec<Condition>),
    /// At least one of these holds; with none, it does not.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A fact.
    Is(Fact),
}

impl Condition {
    /// Whether it holds, given what says whether a fact does.
    pub fn holds<F: FnMut(&Fact) -> bool>(&self, fact: &mut F) -> bool {
        match self {
            Self::All(of) => of.iter().all(|one| one.holds(fact)),
            Self::Any(of) => of.iter().any(|one| one.holds(fact)),
            Self::Not(of) => !of.holds(fact),
            Self::Is(asked) => fact(asked),
        }
    }

    /// Shows every fact it asks for, in order.
    pub fn each_fact<'a>(&'a self, see: &mut impl FnMut(&'a Fact)) {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().for_each(|one| one.each_fact(see)),
            Self::Not(of) => of.each_fact(see),
            Self::Is(fact) => see(fact),
        }
    }

    /// Every fact it asks for, in order.
    pub fn facts(&self) -> Vec<&Fact> {
        match self {
            Self::All(of) | Self::Any(of) => of.iter().flat_map(Self::facts).collect(),
            Self::Not(of) => of.facts(),
            Self::Is(fact) => vec![fact],
        }
    }
}

/// A fact that a condition can ask for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Fact {
    /// The task's function has read an alert: a signal or a revealing message. Plans only.
    AlertRaised,
    /// The task's function has read a message from this sender. Plans only.
    MessageRead(Sender),
    /// A task was claimed done. Plans only.
    Done(TaskId),
    /// An option of a decision was chosen.
    Decided(DecisionId, OptionId),
    /// A measure is in effect (truth), or was taken as far as known (plan).
    Taken(Measure, Selector),
    /// A step took effect (truth), or is known to have (plan).
    Reached(StepId),
    /// Some asset of the selection is in this state; in a plan, is known to be.
    InState(Selector, AssetState),
    /// True severity, or in a plan the classified one, is at least this.
    SeverityAtLeast(Severity),
    /// A phase was reached; in a plan, declared reached.
    PhaseReached(Phase),
    /// A phase is complete; in a plan, declared complete.
    PhaseCompleted(Phase),
    /// The thing is true; in a plan, known to the role.
    Known(Knowable),
    /// At least so many records left the organisation or lie open, as far as the asker sees.
    RecordsExposed(u64),
    /// At least so much money is lost, as far as the asker sees.
    MoneyLost(Money),
    /// A stakeholder of this kind was told.
    Notified(StakeholderKind),
    /// An inject was delivered. Scenarios only.
    InjectDelivered(InjectId),
    /// So long since STARTEX.
    Elapsed(Span),
    /// So long since a mark of the incident.
    Since(Mark, Span),
}

impl Fact {
    /// Whether it names something of one exercise by its id. The incident of a plan's condition is
    /// whichever it is looked at for.
    pub fn names(&self) -> bool {
        match self {
            Self::Done(_) | Self::Decided(..) | Self::Reached(_) | Self::InjectDelivered(_) => true,
            Self::Taken(_, of) | Self::InState(of, _) => of.names(),
            Self::Known(what) => matches!(what, Knowable::Step(_) | Knowable::Asset(..)),
            _ => false,
        }
    }

    /// Whether it counts time since STARTEX or a mark.
    pub const fn counts_time(&self) -> bool {
        matches!(self, Self::Elapsed(_) | Self::Since(..))
    }
}

/// Who a message came from, in words of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Sender {
    /// Somebody inside.
    Function(Function),
    /// A stakeholder.
    Stakeholder(StakeholderKind),
    /// A monitoring source.
    Source(SourceKind),
}

/// A choice of assets, read against the truth or against what is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Selector {
    /// All assets.
    Everything,
    /// Assets of a kind.
    Kind(AssetKind),
    /// One asset by name. Plans and organisations only: a scenario is portable.
    Asset(AssetId),
    /// Assets that hold such data.
    Holding(Data),
    /// Assets whose value in this dimension is at least so high.
    Valued(Dimension, Severity),
    /// Assets in this state, in truth or as known.
    InState(AssetState),
    /// Assets affected by the incident, in truth or as known.
    Affected,
    /// Assets that every one of these selects.
    Both(Vec<Selector>),
}

impl Selector {
    /// Whether it names an asset by its id.
    pub fn names(&self) -> bool {
        match self {
            Self::Asset(_) => true,
            Self::Both(all) => all.iter().any(Self::names),
            _ => false,
        }
    }

    /// Whether what it selects changes by time alone.
    pub(crate) fn ages(&self) -> bool {
        match self {
            Self::InState(state) => *state == AssetState::PastRto,
            Self::Both(all) => all.iter().any(Self::ages),
            _ => false,
        }
    }

    /// The one asset that it can select at most, where it names one.
    pub fn named(&self) -> Option<AssetId> {
        match self {
            Self::Asset(named) => Some(*named),
            Self::Both(all) => all.iter().find_map(Self::named),
            _ => None,
        }
    }
}

/// A kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Data {
    /// Data about persons.
    PersonalData,
    /// Data about persons that law protects more strongly, such as health data.
    SpecialCategory,
    /// Any records.
    Records,
}

impl Data {
    /// Every kind of data, the most protected last.
    pub const ALL: [Self; 3] = [Self::Records, Self::PersonalData, Self::SpecialCategory];
}

/// A dimension of an asset's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Dimension {
    /// Harm if it is read by others.
    Confidentiality,
    /// Harm if it is changed.
    Integrity,
    /// Harm if it is not there.
    Availability,
}

/// A state of an asset. The flags are independent; an asset may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AssetState {
    /// The attacker has a foothold on it.
    Compromised,
    /// Its data is encrypted.
    Encrypted,
    /// Records left it.
    Exfiltrated,
    /// Its data was changed.
    Altered,
    /// Its records can be read by others where they are.
    Exposed,
    /// It does not serve, for whatever reason.
    OutOfService,
    /// It has not served for longer than its recovery time objective.
    PastRto,
    /// It is cut off from its paths.
    Isolated,
    /// It is switched off.
    Off,
    /// Its footholds were removed.
    Evicted,
    /// Its data was deleted.
    Wiped,
    /// It serves again, checked and clean.
    Verified,
}

impl AssetState {
    /// Every state, in order.
    pub const ALL: [Self; 12] = [
        Self::Compromised,
        Self::Encrypted,
        Self::Exfiltrated,
        Self::Altered,
        Self::Exposed,
        Self::OutOfService,
        Self::PastRto,
        Self::Isolated,
        Self::Off,
        Self::Evicted,
        Self::Wiped,
        Self::Verified,
    ];
}

/// Something that can be known about an incident.
///
/// What a role knows is a set of these. Reading, triage, investigation and verification add to it
/// (`docs/semantics.md`, truth and knowledge).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Knowable {
    /// Something may be wrong: an alert was read.
    Alerted(IncidentId),
    /// It is real.
    Real(IncidentId),
    /// It was declared an incident.
    Declared(IncidentId),
    /// Personal data is probably affected.
    PersonalData(IncidentId),
    /// What is affected was stated.
    Scope(IncidentId),
    /// How it got in, and why.
    Cause(IncidentId),
    /// A step of the attack happened.
    Step(StepId),
    /// An asset is, or was, in a state because of an incident.
    Asset(IncidentId, AssetId, AssetState),
}

impl Knowable {
    /// The incident this is about; `None` for a step, whose incident the scenario tells.
    pub const fn incident(self) -> Option<IncidentId> {
        match self {
            Self::Alerted(i)
            | Self::Real(i)
            | Self::Declared(i)
            | Self::PersonalData(i)
            | Self::Scope(i)
            | Self::Cause(i)
            | Self::Asset(i, _, _) => Some(i),
            Self::Step(_) => None,
        }
    }
}
