//! What an author may write: the four kinds of definition, field by field.
//!
//! Every type here is public data that keeps its places. Nothing is resolved: names are names, a
//! field that was not given is `None` or an empty list, and what it stands for then is said in its
//! documentation and decided when the definitions are bound.

#[macro_use]
mod declare;

mod act;
mod actions;
mod calendar;
mod condition;
mod country;
mod currency;
mod decision;
mod duration;
mod exercise;
mod id;
mod mend;
mod organisation;
mod people;
mod plan;
mod regime;
mod response;
mod scenario;
mod selector;
mod surroundings;
mod yardstick;

pub use crate::read::{Factor, Map, OneOrMore, PerYear, Reasoned, Weight};
pub use act::{Act, Addressee, Evidence, Sender};
pub use actions::{
    Actions, Deed, HumanEntry, OnTask, PieceOfWork, RemarkMade, SeatTaken, StartOfWork,
};
pub use calendar::{Age, Every, Hours, Start, ZoneName, always};
pub use condition::{About, Condition};
pub use country::Country;
pub use currency::Currency;
pub use decision::{Choice, Consequence, Decision, Judged, Reason};
pub use duration::{Takes, spelled, spelled_law};
pub use exercise::Exercise;
pub use id::{Control, Technique};
pub(crate) use mend::digits_for_letters;
pub use organisation::{Organisation, Risk, Stakeholder, sorted_days};
pub use people::{ByPhase, Leave, Notice, OnCall, Person, Role, StaffGroup, Team};
pub use plan::{
    Awareness, Classification, Escalation, Obligation, Plan, Programme, Scoring, SeverityRule,
    Stage, Target, TargetEntry,
};
pub use regime::{Duty, Regime, RegimeName};
pub use response::{BySeverity, Task};
pub use scenario::{
    Amount, Expectation, Incident, Inject, Objective, Prompt, Reveal, Scenario, Step, StepEffect,
    Sum, Truth,
};
pub use selector::{Pick, Selector, Targets};
pub use surroundings::{Asset, Channel, FalseAlarms, Sight, Source};
pub use yardstick::{Criterion, Yardstick};

use crate::source::Spanned;
use hotwash_engine::exercise::Slug;

/// The id of a thing, where the thing is defined.
pub type Id = Spanned<Slug>;
/// The id of a thing, where it is referred to.
pub type Name = Spanned<Slug>;
/// A text for people.
pub type Text = Spanned<String>;
