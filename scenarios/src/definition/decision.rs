//! Decisions with options, asked by a plan or by an inject.

use super::{Addressee, Condition, Id, Name, Text};
use crate::read::Weight;
use crate::source::Spanned;
use hotwash_engine::exercise::{Content, Law, Measure, Phase};

record! {
    /// A decision with its options.
    Decision, "a decision" {
        /// Its id.
        id: Id,
        /// The question.
        question: Text,
        /// Who decides; of an inject: whom the inject is addressed to, where not said.
        by: Option<Addressee>,
        /// When it comes up, as far as the decider knows. Plans only: an inject asks when it is read.
        when: Option<Spanned<Condition>>,
        /// The options; at least two.
        options: Vec<Choice>,
        /// What should be known before.
        needs: Vec<Spanned<Content>>,
        /// How long deciding takes. Default: `5m to 20m`.
        takes: Option<Spanned<Law>>,
        /// Its weight in judgement. Default: 1.
        weight: Option<Spanned<Weight>>,
        /// The phase in which it is judged. Default: `Response`.
        phase: Option<Spanned<Phase>>,
    }
}

record! {
    /// One option of a decision.
    Choice, "an option" {
        /// Its id within the decision.
        id: Id,
        /// Its text.
        text: Text,
        /// Whether it is sound on what is known; not judged where not said.
        judged: Option<Spanned<Judged>>,
        /// What follows from it.
        then: Vec<Spanned<Consequence>>,
    }
}

choice! {
    /// Whether an option is sound.
    Judged, "a judgement" {
        /// Sound.
        Sound,
        /// Not sound, and why.
        Unsound(Reason),
    }
}

record! {
    /// Why something is so.
    Reason, "the reason" {
        /// The reason.
        because: Text,
    }
}

choice! {
    /// What follows from an option.
    Consequence, "a consequence" {
        /// A measure is lifted wherever it is in effect.
        Undo(Spanned<Measure>),
        /// A task becomes ready. Plans only.
        Start(Name),
        /// A task no longer applies. Plans only.
        Omit(Name),
        /// An inject is delivered. Scenarios only.
        Fire(Name),
        /// An inject is skipped. Scenarios only.
        Skip(Name),
        /// A duty to notify is documented as not required: its clock stops, unless the option is
        /// judged unsound, and its task is left out. Plans only.
        NotRequired(Name),
    }
}
