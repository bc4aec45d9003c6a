//! Assets, channels and monitoring.

use super::{
    AssetId, AssetKind, BasisPoints, ChannelId, ChannelKind, Data, Dimension, ExerciseTime,
    Function, Law, Measure, Money, RoleId, Severity, Slug, SourceKind, Span,
};
use serde::{Deserialize, Serialize};

/// Something the organisation depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asset {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// Its kind.
    pub kind: AssetKind,
    /// Harm if it is read by others.
    pub confidentiality: Severity,
    /// Harm if it is changed.
    pub integrity: Severity,
    /// Harm if it is not there.
    pub availability: Severity,
    /// Who answers for it.
    pub owner: Option<RoleId>,
    /// Assets without which it does not serve; sorted; without cycles.
    pub depends_on: Vec<AssetId>,
    /// The longest outage that is accepted: its recovery time objective.
    pub rto: Option<Span>,
    /// The greatest loss of data that is accepted: its recovery point objective.
    pub rpo: Option<Span>,
    /// Loss per hour of outage.
    pub loss_per_hour: Money,
    /// What an hour of outage counts for where harm of one's own is weighed: the loss, where the
    /// organisation names it, else by availability.
    pub worth_per_hour: Money,
    /// How many records it holds.
    pub holds: u64,
    /// Which kinds of data these are; sorted.
    pub data: Vec<Data>,
    /// The backups that hold it; sorted. `None`: every backup asset; empty: there is no copy of it.
    pub backed_up_by: Option<Vec<AssetId>>,
    /// How often it is backed up.
    pub backed_up_every: Option<Span>,
    /// Whether a spare or a standby is at hand, for rebuilding and failing over.
    pub standby: bool,
    /// How long its logs are kept; `None`: longer than any exercise.
    pub logs_kept: Option<Span>,
    /// Who runs it, where that is somebody else.
    pub run_by: Option<String>,
    /// Of what is not ours: how long whoever runs it takes to restore it, from when it was first hit.
    /// `None`: it is ours, or nobody restores it in the exercise.
    pub restores_in: Option<Law>,
}

impl Asset {
    /// Whether our own people run it. What a supplier or somebody else runs, they cannot work on.
    pub fn is_ours(&self) -> bool {
        self.kind != AssetKind::Supplier && self.run_by.is_none()
    }

    /// Whether our people can take a measure on it: on what is not ours only those for which nobody has to
    /// have it in hand.
    pub fn allows(&self, measure: Measure) -> bool {
        !measure.needs_it_in_hand() || self.is_ours()
    }

    /// The backups that are named for it.
    pub fn named_backups(&self) -> &[AssetId] {
        self.backed_up_by.as_deref().unwrap_or_default()
    }

    /// The value in a dimension.
    pub const fn value(&self, dimension: Dimension) -> Severity {
        match dimension {
            Dimension::Confidentiality => self.confidentiality,
            Dimension::Integrity => self.integrity,
            Dimension::Availability => self.availability,
        }
    }

    /// Whether it holds records of a kind.
    pub fn holds(&self, data: Data) -> bool {
        self.holds > 0 && (data == Data::Records || self.data.binary_search(&data).is_ok())
    }
}

impl Asset {
    /// Whether it holds records about persons.
    pub fn is_about_persons(&self) -> bool {
        self.holds(Data::PersonalData) || self.holds(Data::SpecialCategory)
    }
}

/// A way for messages to travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its id.
    pub slug: Slug,
    /// Its kind.
    pub kind: ChannelKind,
    /// Assets without which it does not work; sorted.
    pub depends_on: Vec<AssetId>,
    /// Whether it is meant for when the other channels cannot be used or trusted.
    pub out_of_band: bool,
    /// Whether the sender sees that it arrived.
    pub acknowledgeable: bool,
    /// Days since its contacts were last verified, where they ever were.
    pub verified_days_ago: Option<u32>,
}

/// Something that notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id.
    pub slug: Slug,
    /// Its title, for people.
    pub title: String,
    /// Its kind.
    pub kind: SourceKind,
    /// What it can see.
    pub sees: Vec<Sight>,
    /// The asset on which it runs, without which it is blind.
    pub runs_on: Option<AssetId>,
    /// Whom it tells.
    pub tells: Addressee,
    /// The channel by which it tells; `None`: the best that works.
    pub via: Option<ChannelId>,
    /// Whether an alert that nobody notices is sent again.
    pub escalates: bool,
    /// Time between false alarms, where it has any.
    pub false_alarms: Option<Law>,
    /// Why it has none, where its author says that it has none.
    pub quiet: Option<String>,
    /// For a periodic source, when it looks.
    pub schedule: Option<Schedule>,
    /// For threat intelligence: what is added to the chance of the other sources.
    pub raises: BasisPoints,
}

/// What a source can see, how likely and how late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sight {
    /// ATT&CK techniques; `T1021` covers its sub-techniques; empty: any; sorted.
    pub techniques: Vec<String>,
    /// Kinds of assets; empty: any; sorted.
    pub kinds: Vec<AssetKind>,
    /// Assets by name; empty: any; sorted.
    pub assets: Vec<AssetId>,
    /// How likely it sees a step there.
    pub chance: BasisPoints,
    /// How long after the step took effect.
    pub after: Law,
}

/// When a periodic source looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The first look at or after the onset.
    pub first: ExerciseTime,
    /// The time from one look to the next.
    pub every: Span,
}

/// To whom something is addressed, or who is to do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Addressee {
    /// Whoever has this function.
    Function(Function),
    /// A role of this organisation.
    Role(RoleId),
}
