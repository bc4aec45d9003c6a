//! Assets, channels and monitoring.

use super::{Addressee, Age, Id, Name, Technique, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Decode, Reader, Reasonable, Reasoned, needless};
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{
    AssetKind, BasisPoints, ChannelKind, Data, ExerciseTime, Law, Money, Severity, SourceKind, Span,
};
use schemars::{Schema, SchemaGenerator, json_schema};

record! {
    /// Something the organisation depends on.
    Asset, "an asset" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// Its kind.
        kind: Spanned<AssetKind>,
        /// Harm if it is read by others. Default: `Medium`.
        confidentiality: Option<Spanned<Severity>>,
        /// Harm if it is changed. Default: `Medium`.
        integrity: Option<Spanned<Severity>>,
        /// Harm if it is not there. Default: `Medium`.
        availability: Option<Spanned<Severity>>,
        /// The role that answers for it.
        owner: Option<Name>,
        /// Assets without which it does not serve.
        depends_on: Vec<Name>,
        /// The longest outage that is accepted: its recovery time objective.
        rto: Option<Spanned<Span>>,
        /// The greatest loss of data that is accepted: its recovery point objective.
        rpo: Option<Spanned<Span>>,
        /// Loss per hour of outage; 0, or less than a hundredth of the default by availability, with the reason:
        /// `(0, because: "..")`. Default: 0; where harm of one's own is weighed, 0, 500, 3000 or 10000 by
        /// availability, Low first.
        loss_per_hour: Option<Reasoned<Money>>,
        /// How many records it holds. Default: 0.
        holds: Option<Spanned<u64>>,
        /// Which kinds of data these are.
        data: Vec<Spanned<Data>>,
        /// The backups that hold it. Where not given: every backup asset. `[]`: there is no copy of it.
        backed_up_by: Option<Vec<Name>>,
        /// How often it is backed up. Default: 1d.
        backed_up_every: Option<Spanned<Span>>,
        /// Whether a spare or a standby is at hand, for rebuilding and failing over. Default: false.
        standby: Option<Spanned<bool>>,
        /// How long its logs are kept. Where not given: longer than any exercise.
        logs_kept: Option<Spanned<Span>>,
        /// Who runs it, where that is somebody else. Our people do not work on it then, nor on a `Supplier`.
        run_by: Option<Text>,
        /// Of what is not ours: how long whoever runs it takes to restore it, from when it was first hit.
        /// Default: 3d; at least 4h.
        restores_in: Option<Spanned<Law>>,
    }
}

record! {
    /// A way for messages to travel.
    Channel, "a channel" {
        /// Its id.
        id: Id,
        /// Its kind.
        kind: Spanned<ChannelKind>,
        /// Assets without which it does not work.
        depends_on: Vec<Name>,
        /// Whether it is meant for when the other channels cannot be used or trusted. Default: false.
        out_of_band: Option<Spanned<bool>>,
        /// Whether the sender sees that it arrived. Default: by its kind.
        acknowledgeable: Option<Spanned<bool>>,
        /// When its contacts were last verified.
        verified_on: Option<Spanned<Age>>,
    }
}

record! {
    /// Something that notices.
    Source, "a monitoring source" {
        /// Its id.
        id: Id,
        /// Its title, for people. Default: its id.
        title: Option<Text>,
        /// Its kind.
        kind: Spanned<SourceKind>,
        /// What it can see. Where nothing is said: any technique, by the default of its kind.
        sees: Vec<Sight>,
        /// The asset on which it runs, without which it is blind.
        runs_on: Option<Name>,
        /// Whom it tells. Default: `Analyst`.
        tells: Option<Addressee>,
        /// The channel by which it tells. Default: the best that works.
        via: Option<Name>,
        /// Whether an alert that nobody notices is sent again. Default: false.
        escalates: Option<Spanned<bool>>,
        /// Time between false alarms, or that there are none and why: `(none, because: "..")`. Default: by its
        /// kind.
        false_alarms: Option<Spanned<FalseAlarms>>,
        /// For a periodic source: the time from one look to the next.
        every: Option<Spanned<Span>>,
        /// For a periodic source: the first look, from STARTEX. Default: one interval after the onset.
        first: Option<Spanned<ExerciseTime>>,
        /// For threat intelligence: what is added to the chance of the other sources. Default: 0.
        raises: Option<Spanned<BasisPoints>>,
    }
}

/// How often a source raises a false alarm: a time, or `(none, because: "..")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FalseAlarms {
    /// So long from one to the next.
    Every(Law),
    /// It raises none, for this reason.
    Never(Text),
}

/// The time between false alarms, or the word for none at all.
struct Alarms(Option<Law>);

impl Alarms {
    const NONE: &str = "none";
}

impl Reasonable for Alarms {
    const TITLE: &'static str = "a rate of false alarms with its reason";
}

impl Decode for Alarms {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let is_none = match &node.kind {
            NodeKind::Word(word) if !reader.json() => *word == Self::NONE,
            NodeKind::Text(text) if reader.json() => text == Self::NONE,
            _ => false,
        };
        if is_none {
            return Some(Self(None));
        }
        Decode::decode(node, reader).map(|law| Self(Some(law)))
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let law = <Law as Decode>::schema(generator);
        json_schema!({ "anyOf": [law, { "const": Self::NONE }] })
    }
}

impl Decode for FalseAlarms {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Reasoned { value, because } = Reasoned::<Alarms>::decode(node, reader)?;
        match (value.value.0, because) {
            (None, Some(because)) => Some(Self::Never(because)),
            (Some(law), None) => Some(Self::Every(law)),
            (Some(_), Some(because)) => {
                needless(reader, &because, "a time between false alarms");
                None
            }
            (None, None) => {
                let message = "no false alarms at all need a reason";
                reader.report(
                    Diagnostic::new(Code::MissingField, message, value.place)
                        .help("write `(none, because: \"..\")`, or the time between two of them"),
                );
                None
            }
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Reasoned::<Alarms>::schema(generator)
    }
}

impl Reasonable for Money {
    const TITLE: &'static str = "a rate with its reason";
}

record! {
    /// What a source can see, how likely and how late.
    Sight, "a sight" {
        /// ATT&CK techniques; `T1021` covers its sub-techniques. Where none are named: any.
        techniques: Vec<Spanned<Technique>>,
        /// Kinds of assets. Where none are named: any.
        kinds: Vec<Spanned<AssetKind>>,
        /// Assets by id. Where none are named: any.
        assets: Vec<Name>,
        /// How likely it sees a step there. Default: by the kind of the source.
        chance: Option<Spanned<BasisPoints>>,
        /// How long after the step took effect. Default: by the kind of the source.
        after: Option<Spanned<Law>>,
    }
}
