//! A file of human acts, with which people are played.

use super::{Act, Name, Text};
use crate::source::Spanned;
use hotwash_engine::exercise::{AssetState, Category, ExerciseTime, Phase, Severity};

record! {
    /// What humans do in an exercise, in any order.
    Actions, "a file of actions" {
        /// The acts.
        acts: Vec<HumanEntry>,
    }
}

record! {
    /// One act of a human.
    HumanEntry, "an act" {
        /// When it takes effect, from STARTEX.
        at: Spanned<ExerciseTime>,
        /// Who acts. Where nobody is named: the facilitator.
        person: Option<Name>,
        /// What they do.
        does: Spanned<Deed>,
    }
}

choice! {
    /// What a human does.
    Deed, "what a human does" {
        /// Confirms that a message was noticed and read: the number of the message.
        Acknowledge(Spanned<u64>),
        /// Reads a message that was noticed, which takes its handling time: its number.
        Read(Spanned<u64>),
        /// Registers the event with the point of contact.
        Report,
        /// Starts a task of the plan.
        Start(Name),
        /// Takes a measure of one's own, outside the plan.
        Take(Spanned<Act>),
        /// Declares the incident.
        Declare,
        /// Classifies the incident: severity, category.
        Classify(Spanned<Severity>, Spanned<Category>),
        /// Asks for approval of a task.
        AskApproval(Name),
        /// Approves a task.
        Approve(Name),
        /// Refuses a task.
        Refuse(Name),
        /// Chooses an option: decision, option.
        Decide(Name, Name),
        /// States that an obligation's clock has started.
        StateAware(Name),
        /// Says that a phase is complete.
        DeclareComplete(Spanned<Phase>),
        /// Hands one's work on a task over: task, role.
        HandOver(Name, Name),
        /// Writes into the team's own incident log.
        Log(Text),
        /// Leaves a note for the debrief.
        Note(Text),
        /// Moves the clock on to a time. Facilitator.
        MoveClock(Spanned<ExerciseTime>),
        /// Delivers an inject now. Facilitator.
        Fire(Name),
        /// Holds an inject back until it is fired. Facilitator.
        Hold(Name),
        /// Leaves an inject out. Facilitator.
        Skip(Name),
        /// Changes the text of an inject: inject, text. Facilitator.
        Edit(Name, Text),
        /// Sends a message that the scenario does not hold: from whom, to which role, text.
        /// Facilitator.
        Add(Text, Name, Text),
        /// Overrules a computed state of an asset: asset, state, whether it holds. Facilitator.
        Overrule(Name, Spanned<AssetState>, Spanned<bool>),
    }
}
