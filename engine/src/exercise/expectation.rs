//! What is expected after an inject: that something is done, that it is not done, or what only a person can see.
//!
//! Loaders make it, the evaluation judges it. A record holds it as it was written before there were three kinds: the
//! act with what more is said of it.

use super::{Act, Addressee, Condition, IncidentId, InjectId, Mark, Measure, Object, Slug, Span};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What players should do, or leave, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Its id.
    pub slug: Slug,
    /// The inject that gives rise to it.
    pub inject: InjectId,
    /// Its incident.
    pub incident: IncidentId,
    /// Who should.
    pub of: Addressee,
    /// What is expected.
    #[serde(rename = "act")]
    pub asks: Asks,
    /// By when, counted from delivery or `since`; of what must not be done: for how long it must not.
    pub within: Span,
    /// Counted from this mark instead of the delivery.
    pub since: Option<Mark>,
    /// Before this is done.
    pub before: Option<Act>,
    /// Its weight in coverage, in hundredths.
    pub weight: u32,
    /// What it asks for, for people.
    pub text: String,
}

/// What is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// That this is done.
    Does(Act),
    /// That this is not done, until a condition of the scenario holds, where one is given.
    Refrains(Act, Option<Condition>),
    /// What somebody who watches sees or does not see: no entry of a record says it by itself.
    Observed,
}

impl Asks {
    /// What is to be done, where that is asked.
    pub const fn done(&self) -> Option<&Act> {
        match self {
            Self::Does(act) => Some(act),
            Self::Refrains(..) | Self::Observed => None,
        }
    }

    /// What it speaks of: what is to be done, or must not be.
    pub const fn act(&self) -> Option<&Act> {
        match self {
            Self::Does(act) | Self::Refrains(act, _) => Some(act),
            Self::Observed => None,
        }
    }
}

/// It as a record holds it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measure: Option<Measure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Object>,
    /// Whether the measure must not be taken.
    #[serde(default, skip_serializing_if = "is_false")]
    not: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Condition>,
    /// Whether only a person can judge it.
    #[serde(default, skip_serializing_if = "is_false")]
    observed: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(super) const fn is_false(value: &bool) -> bool {
    !*value
}

impl Serialize for Asks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let act = self.act().cloned();
        let (measure, on) = act.map(|act| (act.measure, act.on)).unzip();
        let until = match self {
            Self::Refrains(_, until) => until.clone(),
            Self::Does(_) | Self::Observed => None,
        };
        let written = Written {
            measure,
            on,
            not: matches!(self, Self::Refrains(..)),
            until,
            observed: matches!(self, Self::Observed),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Asks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let written = Written::deserialize(deserializer)?;
        let act = written.measure.zip(written.on);
        let act = act.map(|(measure, on)| Act { measure, on });
        match (act, written.not, written.observed, written.until) {
            (Some(act), false, false, None) => Ok(Self::Does(act)),
            (Some(act), true, false, until) => Ok(Self::Refrains(act, until)),
            (None, false, true, None) => Ok(Self::Observed),
            _ => Err(D::Error::custom(
                "an expectation asks for an act, or that none is done, or for what somebody sees",
            )),
        }
    }
}
