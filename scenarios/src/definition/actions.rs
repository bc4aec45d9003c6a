//! A file of human acts, with which people are played.

use super::{Act, Name, Text};
use crate::read::{Decode, Reader, words};
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use hotwash_engine::exercise::{
    AssetState, Category, Day, ExerciseTime, Phase, Severity, StakeholderKind,
};
use hotwash_engine::record::{Rating, Tick};
use schemars::{Schema, SchemaGenerator, json_schema};

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
        /// Who enters it, where a scribe does.
        scribe: Option<Text>,
        /// As of when, where a scribe enters it: at most an hour before it takes effect. Where nothing is said,
        /// then.
        as_of: Option<Spanned<ExerciseTime>>,
        /// What they do.
        does: Spanned<Deed>,
    }
}

record! {
    /// A piece of work of a task.
    PieceOfWork, "a piece of work" {
        /// The task.
        task: Name,
        /// Of which incident; any, where none is named.
        incident: Option<Name>,
        /// Which piece of it, from 1; the first that fits, where none is named.
        piece: Option<Spanned<u64>>,
    }
}

record! {
    /// A piece of work that is started.
    StartOfWork, "what is started" {
        /// The task.
        task: Name,
        /// Of which incident; any, where none is named.
        incident: Option<Name>,
        /// Which piece of it, from 1; the first that fits, where none is named.
        piece: Option<Spanned<u64>>,
        /// Who helps, where the task takes several people; the best who are free and not played, where
        /// nobody is named.
        with: Vec<Name>,
    }
}

/// A task, by its id where nothing more has to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnTask<T> {
    /// By its id: `Approve("isolate")`.
    Task(Name),
    /// With more about it: `Approve(task: "isolate", piece: 2)`.
    More(T),
}

impl<T: Decode> Decode for OnTask<T> {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::Group(_) => T::decode(node, reader).map(Self::More),
            _ => Name::decode(node, reader).map(Self::Task),
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (task, more) = (Name::schema(generator), T::schema(generator));
        json_schema!({ "anyOf": [task, more] })
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
        /// Starts a task of the plan, or goes on with it.
        Start(OnTask<StartOfWork>),
        /// Takes a measure of one's own, outside the plan.
        Take(Spanned<Act>),
        /// Declares the incident.
        Declare,
        /// Classifies the incident: severity, category.
        Classify(Spanned<Severity>, Spanned<Category>),
        /// Asks for approval of a task.
        AskApproval(OnTask<PieceOfWork>),
        /// Approves a task.
        Approve(OnTask<PieceOfWork>),
        /// Refuses a task.
        Refuse(OnTask<PieceOfWork>),
        /// Chooses an option: decision, option.
        Decide(Name, Name),
        /// States that an obligation's clock has started.
        StateAware(Name),
        /// Says that a phase is complete: phase, and of which incident where there are several.
        DeclareComplete(Spanned<Phase>, Option<Name>),
        /// Hands one's work on a task over: task, role.
        HandOver(OnTask<PieceOfWork>, Name),
        /// Tells a role something in one's own words: role, text. What the writer knows of the incident goes with it.
        Tell(Name, Text),
        /// Gives the words in which somebody outside is told: whom, text. That they are told is work of its own.
        Inform(Spanned<StakeholderKind>, Text),
        /// Says why one chose as one did: decision, option, reason, and how sure one is in percent.
        Explain(Name, Name, Text, Option<Spanned<u64>>),
        /// Asks the facilitator something.
        Ask(Text),
        /// Writes into the team's own incident log.
        Log(Text),
        /// Leaves a note for the debrief.
        Note(Text),
        /// Moves the clock on to a time; stand-ins act until then. Facilitator.
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
        /// Answers a question: the number of the entry in which it was asked, the answer. Facilitator.
        Answer(Spanned<u64>, Text),
        /// Overrules a computed state of an asset: asset, state, whether it holds. Facilitator.
        Overrule(Name, Spanned<AssetState>, Spanned<bool>),
        /// Excuses an expectation in whose way the exercise itself stood: expectation, reason.
        /// Facilitator.
        Excuse(Name, Text),
        /// Stops the clock of the exercise. Facilitator.
        Pause,
        /// Lets the clock of the exercise go on. Facilitator.
        Resume,
        /// Sets how fast the clock goes, in thousandths of the speed of that on the wall. Facilitator.
        Pace(Spanned<u64>),
        /// Says the stop word: something real came up. Anybody.
        StopWord,
        /// Calls ENDEX. Facilitator.
        End,
        /// Somebody comes to take part: name, seat. Facilitator.
        Join(Text, Spanned<SeatTaken>),
        /// Somebody no longer takes part: name. Facilitator.
        Leave(Text),
        /// Somebody who takes part sits elsewhere: name, seat. Facilitator.
        ChangeSeat(Text, Spanned<SeatTaken>),
        /// A stand-in acts for a person, or no longer does: person, whether it acts. Facilitator.
        StandIn(Name, Spanned<bool>),
        /// Rates an objective: objective, rating, who says so. Evaluator.
        Rate(Name, Spanned<Rating>, RemarkMade),
        /// Ticks an expectation: expectation, how far it was done, who says so. Evaluator.
        Tick(Name, Spanned<Tick>, RemarkMade),
        /// Ticks a key point of an evaluation guide by its id: id, how far it was done, who says so. Evaluator.
        TickKeyPoint(Text, Spanned<Tick>, RemarkMade),
        /// Pins an observation to an entry of the record: its number, who says what. Evaluator.
        Observe(Spanned<u64>, RemarkMade),
        /// Votes in the hot wash for what matters most: what, whose vote. Anybody.
        Vote(Text, RemarkMade),
        /// Commits somebody to do something: what, who sees to it, by when, who notes it. Anybody.
        Commit(Text, Name, Spanned<Day>, RemarkMade),
    }
}

choice! {
    /// Where somebody sits who takes part.
    SeatTaken, "a seat" {
        /// Plays a person of the organisation.
        Plays(Name),
        /// Watches, and judges what is seen.
        Evaluator,
        /// Runs the exercise.
        Facilitator,
        /// Watches.
        Observer,
    }
}

record! {
    /// Who says something about the exercise, and what goes with it.
    RemarkMade, "a remark" {
        /// Who says it.
        by: Text,
        /// When it was seen, from STARTEX; when it is said, where nothing else is.
        seen: Option<Spanned<ExerciseTime>>,
        /// What there is to say about it.
        note: Option<Text>,
        /// The number of the entry that this takes the place of.
        corrects: Option<Spanned<u64>>,
    }
}

words! {
    Rating, "a rating" { P S M U N }
    Tick, "a tick" { Met Partly Not NotSeen }
}
