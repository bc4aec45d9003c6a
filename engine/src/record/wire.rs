//! The form in which events are written: things are named by their slugs.
//!
//! Each event has a twin whose ids are texts. [`Named`] translates between the two with the names of
//! the record's own exercise, so a record is complete in itself.

use crate::exercise::{
    Act, AssetId, AssetKind, AssetState, Category, ChannelId, Content, Data, Day, DecisionId,
    Dimension, EvidenceItem, ExerciseTime, ExpectationId, Few, GroupId, Identified, IncidentId,
    InjectId, Instance, Knowable, Mark, Measure, MessageId, Money, Names, Object, ObjectiveId,
    ObligationId, PersonId, Phase, Priority, RoleId, Selector, Severity, SourceId, Span,
    StakeholderKind, StepId, TaskId, TeamId,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A name in a record that its exercise does not know.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the exercise of this record has no {kind} `{name}`")]
pub struct UnknownName {
    /// What it should be.
    pub kind: &'static str,
    /// The name.
    pub name: String,
}

/// A value that is written with names instead of ids.
pub trait Named: Sized {
    /// The written form.
    type Wire: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug;
    /// The written form of a value.
    fn write(&self, names: &Names) -> Self::Wire;
    /// The value of a written form.
    fn read(wire: Self::Wire, names: &Names) -> Result<Self, UnknownName>;
}

macro_rules! named_by_slug {
    ($($id:ty),+ $(,)?) => {
        $(impl Named for $id {
            type Wire = String;
            fn write(&self, names: &Names) -> String {
                self.slug(names).to_string()
            }
            fn read(wire: String, names: &Names) -> Result<Self, UnknownName> {
                <$id>::find(names, &wire)
                    .ok_or(UnknownName { kind: <$id as Identified>::KIND, name: wire })
            }
        })+
    };
}

named_by_slug!(
    PersonId,
    RoleId,
    TeamId,
    GroupId,
    AssetId,
    ChannelId,
    SourceId,
    TaskId,
    DecisionId,
    ObligationId,
    IncidentId,
    StepId,
    InjectId,
    ExpectationId,
    ObjectiveId,
);

macro_rules! named_as_it_is {
    ($($plain:ty),+ $(,)?) => {
        $(impl Named for $plain {
            type Wire = Self;
            fn write(&self, _: &Names) -> Self {
                self.clone()
            }
            fn read(wire: Self, _: &Names) -> Result<Self, UnknownName> {
                Ok(wire)
            }
        })+
    };
}

named_as_it_is!(
    bool,
    u16,
    u32,
    u64,
    String,
    ExerciseTime,
    Span,
    Money,
    MessageId,
    Measure,
    EvidenceItem,
    AssetState,
    Severity,
    Category,
    Priority,
    Phase,
    Mark,
    Content,
    StakeholderKind,
    Day,
);

impl<T: Named> Named for Vec<T> {
    type Wire = Vec<T::Wire>;
    fn write(&self, names: &Names) -> Self::Wire {
        self.iter().map(|item| item.write(names)).collect()
    }
    fn read(wire: Self::Wire, names: &Names) -> Result<Self, UnknownName> {
        wire.into_iter().map(|item| T::read(item, names)).collect()
    }
}

impl<T: Named> Named for Few<T> {
    type Wire = Vec<T::Wire>;
    fn write(&self, names: &Names) -> Self::Wire {
        self.iter().map(|item| item.write(names)).collect()
    }
    fn read(wire: Self::Wire, names: &Names) -> Result<Self, UnknownName> {
        wire.into_iter().map(|item| T::read(item, names)).collect()
    }
}

impl<T: Named> Named for Box<T> {
    type Wire = Box<T::Wire>;
    fn write(&self, names: &Names) -> Self::Wire {
        Box::new(self.as_ref().write(names))
    }
    fn read(wire: Self::Wire, names: &Names) -> Result<Self, UnknownName> {
        T::read(*wire, names).map(Self::new)
    }
}

impl<T: Named> Named for Option<T> {
    type Wire = Option<T::Wire>;
    fn write(&self, names: &Names) -> Self::Wire {
        self.as_ref().map(|item| item.write(names))
    }
    fn read(wire: Self::Wire, names: &Names) -> Result<Self, UnknownName> {
        wire.map(|item| T::read(item, names)).transpose()
    }
}

/// `task@incident#ordinal`.
impl Named for Instance {
    type Wire = String;
    fn write(&self, names: &Names) -> String {
        let (task, incident) = (self.task.slug(names), self.incident.slug(names));
        format!("{task}@{incident}#{}", self.ordinal)
    }
    fn read(wire: String, names: &Names) -> Result<Self, UnknownName> {
        let parsed = || {
            let (task, rest) = wire.split_once('@')?;
            let (incident, ordinal) = rest.split_once('#')?;
            Some(Self {
                task: TaskId::find(names, task)?,
                incident: IncidentId::find(names, incident)?,
                ordinal: ordinal.parse().ok()?,
            })
        };
        parsed().ok_or_else(|| UnknownName {
            kind: "piece of work",
            name: wire.clone(),
        })
    }
}

/// Declares an enum of struct-like variants together with its written twin.
macro_rules! wire_words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident / $wire:ident {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? },
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant { $($(#[$field_meta])* $field: $type),* },
            )+
        }

        /// The same, with names instead of ids, as it is written.
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub enum $wire {
            $(
                $(#[$variant_meta])*
                $variant { $($(#[$field_meta])* $field: <$type as crate::record::wire::Named>::Wire),* },
            )+
        }

        impl $name {
            /// Every kind, with the name and the type of each of its fields.
            #[cfg(test)]
            pub(crate) const KINDS: &[(&str, &[(&str, &str)])] = &[
                $((stringify!($variant), &[$((stringify!($field), stringify!($type))),*])),+
            ];

            /// The word for it, as it is written.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($variant),)+
                }
            }

            /// Whether a value of this kind may own memory: whether it has a list or a text.
            pub const fn may_own_memory(&self) -> bool {
                match self {
                    $(Self::$variant { .. } => {
                        false $(|| std::mem::needs_drop::<$type>())*
                    })+
                }
            }
        }

        impl crate::record::wire::Named for $name {
            type Wire = $wire;
            fn write(&self, names: &crate::exercise::Names) -> $wire {
                let _ = names;
                match self {
                    $(Self::$variant { $($field),* } => $wire::$variant {
                        $($field: crate::record::wire::Named::write($field, names)),*
                    },)+
                }
            }
            fn read(
                wire: $wire,
                names: &crate::exercise::Names,
            ) -> Result<Self, crate::record::wire::UnknownName> {
                let _ = names;
                Ok(match wire {
                    $($wire::$variant { $($field),* } => Self::$variant {
                        $($field: crate::record::wire::Named::read($field, names)?),*
                    },)+
                })
            }
        }
    };
}
pub(crate) use wire_words;

/// What can be known, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum WireKnowable {
    /// Something may be wrong.
    Alerted(String),
    /// It is real.
    Real(String),
    /// It was declared.
    Declared(String),
    /// Personal data is probably affected.
    PersonalData(String),
    /// What is affected was stated.
    Scope(String),
    /// How it got in, and why.
    Cause(String),
    /// A step happened.
    Step(String),
    /// An asset is in a state because of an incident.
    Asset(String, String, AssetState),
}

impl Named for Knowable {
    type Wire = WireKnowable;
    fn write(&self, names: &Names) -> WireKnowable {
        let of = |incident: &IncidentId| incident.write(names);
        match self {
            Self::Alerted(i) => WireKnowable::Alerted(of(i)),
            Self::Real(i) => WireKnowable::Real(of(i)),
            Self::Declared(i) => WireKnowable::Declared(of(i)),
            Self::PersonalData(i) => WireKnowable::PersonalData(of(i)),
            Self::Scope(i) => WireKnowable::Scope(of(i)),
            Self::Cause(i) => WireKnowable::Cause(of(i)),
            Self::Step(step) => WireKnowable::Step(step.write(names)),
            Self::Asset(i, asset, state) => WireKnowable::Asset(of(i), asset.write(names), *state),
        }
    }
    fn read(wire: WireKnowable, names: &Names) -> Result<Self, UnknownName> {
        let of = |incident: String| IncidentId::read(incident, names);
        Ok(match wire {
            WireKnowable::Alerted(i) => Self::Alerted(of(i)?),
            WireKnowable::Real(i) => Self::Real(of(i)?),
            WireKnowable::Declared(i) => Self::Declared(of(i)?),
            WireKnowable::PersonalData(i) => Self::PersonalData(of(i)?),
            WireKnowable::Scope(i) => Self::Scope(of(i)?),
            WireKnowable::Cause(i) => Self::Cause(of(i)?),
            WireKnowable::Step(step) => Self::Step(StepId::read(step, names)?),
            WireKnowable::Asset(i, asset, state) => {
                Self::Asset(of(i)?, AssetId::read(asset, names)?, state)
            }
        })
    }
}

/// A choice of assets, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum WireSelector {
    /// All assets.
    Everything,
    /// Assets of a kind.
    Kind(AssetKind),
    /// One asset.
    Asset(String),
    /// Assets that hold such data.
    Holding(Data),
    /// Assets of at least such a value.
    Valued(Dimension, Severity),
    /// Assets in a state.
    InState(AssetState),
    /// Affected assets.
    Affected,
    /// Assets that all of these select.
    Both(Vec<WireSelector>),
}

impl Named for Selector {
    type Wire = WireSelector;
    fn write(&self, names: &Names) -> WireSelector {
        match self {
            Self::Everything => WireSelector::Everything,
            Self::Kind(kind) => WireSelector::Kind(*kind),
            Self::Asset(asset) => WireSelector::Asset(asset.write(names)),
            Self::Holding(data) => WireSelector::Holding(*data),
            Self::Valued(dimension, level) => WireSelector::Valued(*dimension, *level),
            Self::InState(state) => WireSelector::InState(*state),
            Self::Affected => WireSelector::Affected,
            Self::Both(of) => WireSelector::Both(of.write(names)),
        }
    }
    fn read(wire: WireSelector, names: &Names) -> Result<Self, UnknownName> {
        Ok(match wire {
            WireSelector::Everything => Self::Everything,
            WireSelector::Kind(kind) => Self::Kind(kind),
            WireSelector::Asset(asset) => Self::Asset(AssetId::read(asset, names)?),
            WireSelector::Holding(data) => Self::Holding(data),
            WireSelector::Valued(dimension, level) => Self::Valued(dimension, level),
            WireSelector::InState(state) => Self::InState(state),
            WireSelector::Affected => Self::Affected,
            WireSelector::Both(of) => Self::Both(Vec::read(of, names)?),
        })
    }
}

/// A measure and its object, as they are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireAct {
    /// The measure.
    pub measure: Measure,
    /// What it is taken on.
    pub on: WireObject,
}

/// What a measure is taken on, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum WireObject {
    /// The incident as such.
    Incident,
    /// Assets.
    Assets(WireSelector),
    /// Evidence on assets.
    Evidence(Option<EvidenceItem>, WireSelector),
    /// A stakeholder.
    Stakeholder(StakeholderKind),
}

impl Named for Act {
    type Wire = WireAct;
    fn write(&self, names: &Names) -> WireAct {
        let on = match &self.on {
            Object::Incident => WireObject::Incident,
            Object::Assets(selector) => WireObject::Assets(selector.write(names)),
            Object::Evidence(item, of) => WireObject::Evidence(*item, of.write(names)),
            Object::Stakeholder(kind) => WireObject::Stakeholder(*kind),
        };
        WireAct {
            measure: self.measure,
            on,
        }
    }
    fn read(wire: WireAct, names: &Names) -> Result<Self, UnknownName> {
        let on = match wire.on {
            WireObject::Incident => Object::Incident,
            WireObject::Assets(of) => Object::Assets(Selector::read(of, names)?),
            WireObject::Evidence(item, of) => Object::Evidence(item, Selector::read(of, names)?),
            WireObject::Stakeholder(kind) => Object::Stakeholder(kind),
        };
        Ok(Self {
            measure: wire.measure,
            on,
        })
    }
}
