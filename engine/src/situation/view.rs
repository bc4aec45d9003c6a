//! What somebody may see of a situation, by where they sit.
//!
//! Who runs the exercise or judges it sees all of it. A player sees what the people whom they play noticed,
//! learned, do or decide, and nothing else: what is not copied here stays unseen. The wall shows the clock.

mod player;
#[cfg(test)]
mod tests;

use super::Situation;
use super::control::Control;
use crate::exercise::{
    AssetId, ChannelId, DecisionId, ExerciseTime, Few, GroupId, IncidentId, InjectId, Instance,
    Knowable, MessageId, ObligationId, OptionId, PersonId, Phase, RoleId, SourceId,
};
use crate::record::{MessageKind, PauseReason, Presence, Seat};
use serde::Serialize;

/// Who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who plays these people.
    Player(Few<PersonId>),
    /// Somebody who watches and judges.
    Evaluator,
    /// Somebody who runs the exercise.
    Facilitator,
    /// Somebody who watches.
    Observer,
    /// A screen that everybody in the room sees.
    Wall,
}

impl Viewer {
    /// Whoever sits there.
    pub fn at(seat: &Seat) -> Self {
        match seat {
            Seat::Plays { person } => Self::Player(Few::from_slice(&[*person])),
            Seat::Evaluator {} => Self::Evaluator,
            Seat::Facilitator {} => Self::Facilitator,
            Seat::Observer {} => Self::Observer,
        }
    }
}

/// What somebody may see.
#[derive(Debug)]
pub enum View<'s> {
    /// All of it.
    All(&'s Situation),
    /// What a player may see.
    Player(Box<PlayerView>),
    /// What the wall shows.
    Wall(ClockView),
}

impl Situation {
    /// What somebody may see of this.
    pub fn view_for(&self, viewer: &Viewer) -> View<'_> {
        match viewer {
            Viewer::Evaluator | Viewer::Facilitator | Viewer::Observer => View::All(self),
            Viewer::Player(people) => View::Player(Box::new(self.player_view(people))),
            Viewer::Wall => View::Wall(ClockView::of(self.now(), self.control())),
        }
    }
}

/// The clock of the exercise.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another thing to show of the clock"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockView {
    /// When the last entry was.
    pub now: ExerciseTime,
    /// Whether STARTEX has come.
    pub started: bool,
    /// Whether ENDEX has come.
    pub ended: bool,
    /// Whether the clock stands.
    pub paused: bool,
    /// Thousandths of the speed of the clock on the wall.
    pub pace: u32,
    /// Whether the stop word was said and the clock stands since.
    pub stopped: bool,
    /// Until when the clock is moved on, where it is.
    pub moved_until: Option<ExerciseTime>,
}

impl ClockView {
    fn of(now: ExerciseTime, control: &Control) -> Self {
        let paused = control.paused();
        let said = control.stop_word();
        Self {
            now,
            started: control.started().is_some(),
            ended: control.ended().is_some(),
            paused: paused.is_some(),
            pace: control.pace(),
            stopped: paused
                .zip(said)
                .is_some_and(|(paused, said)| said <= paused),
            moved_until: control.moved_until().filter(|until| now < *until),
        }
    }
}

/// What a player may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlayerView {
    /// The clock of the exercise.
    pub clock: ClockView,
    /// The people whom they play, and how each stands.
    pub people: Vec<PersonView>,
    /// The roles that these hold, in order.
    pub roles: Vec<RoleId>,
    /// What these noticed, in the order of sending: read or not.
    pub letters: Vec<Letter>,
    /// What their roles know, in the order in which they learned it.
    pub known: Vec<Fact>,
    /// Work of their roles that somebody of the role knows of, and work that they have or had in hand.
    pub work: Vec<Job>,
    /// Requests for approval that they read and that nobody answered.
    pub approvals: Vec<Instance>,
    /// Clocks that their roles see to, once these started.
    pub clocks: Vec<Duty>,
    /// Decisions that are theirs to take, or were.
    pub decisions: Vec<Question>,
    /// What they asked whoever runs the exercise, and the answers.
    pub asked: Vec<AskedView>,
    /// Rooms in which they are.
    pub rooms: Vec<RoomView>,
    /// What the team says of incidents of which they know that they were declared.
    pub incidents: Vec<IncidentView>,
}

/// How a person whom one plays stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// Who.
    pub person: PersonId,
    /// How they can be reached.
    pub presence: Presence,
    /// Until when they rest.
    pub rests_until: Option<ExerciseTime>,
    /// Whether a stand-in acts for them.
    pub stand_in: bool,
}

/// A message, as who got it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Its number.
    pub message: MessageId,
    /// What kind of message it is.
    pub kind: MessageKind,
    /// Who it is from, as it seems.
    pub from: From,
    /// To which role.
    pub to: RoleId,
    /// Over which channel it came.
    pub channel: Option<ChannelId>,
    /// The person whom they play who noticed it.
    pub by: PersonId,
    /// When it was noticed.
    pub noticed: Option<ExerciseTime>,
    /// How far they are with it.
    pub stage: Stage,
    /// The inject whose text it is, from when they begin to read.
    pub inject: Option<InjectId>,
    /// Its text, from when they begin to read; empty where the exercise has no words for it.
    pub text: String,
    /// The work that it is about, from when they begin to read.
    pub about: Option<Instance>,
    /// What they learned by it.
    pub reveals: Vec<Knowable>,
}

/// Who a message is from, as it seems to who gets it. A false alarm looks like a true one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum From {
    /// A source of alarms.
    Source(SourceId),
    /// Somebody of the staff.
    Staff(GroupId),
    /// The watch over what serves.
    Watch,
    /// A person.
    Person(PersonId),
    /// Whoever the scenario, or the facilitator, says.
    Named(String),
    /// Nobody in particular.
    Nobody,
}

/// How far somebody is with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Stage {
    /// It lies in the inbox.
    Unread,
    /// It is being read.
    BeingRead,
    /// It was read.
    Read,
    /// It is no longer needed.
    Withdrawn,
}

/// Something that a role knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Which role.
    pub role: RoleId,
    /// What.
    pub fact: Knowable,
    /// Since when.
    pub since: ExerciseTime,
    /// From whom.
    pub source: Told,
}

/// From whom a role knows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Told {
    /// From this message, which one has.
    Message(MessageId),
    /// From somebody else who holds the role.
    Colleague,
    /// From another role, in the room.
    Role(RoleId),
    /// From what was known before.
    Itself,
    /// From work.
    Work(Instance),
    /// It is not known.
    Unknown,
}

/// A piece of work, as who has to do with it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Which.
    pub instance: Instance,
    /// How it stands.
    pub stage: JobStage,
    /// Since when.
    pub since: ExerciseTime,
    /// The asset for which it is done, where it is done once for each.
    pub on: Option<AssetId>,
    /// Who works on it, or did last, the doer first.
    pub people: Vec<PersonId>,
    /// In which role.
    pub role: Option<RoleId>,
    /// Of which role approval is asked.
    pub asked: Option<RoleId>,
    /// Whether it was approved.
    pub approved: bool,
}

/// How a piece of work stands, as far as people know: whether what they claim is so they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum JobStage {
    /// It waits for somebody to begin.
    Waiting,
    /// It was laid aside.
    Paused(PauseReason),
    /// Somebody takes it over.
    TakingOver,
    /// Somebody works on it.
    Running,
    /// Whoever works on it is on a call.
    Interrupted,
    /// It was claimed done.
    Claimed,
    /// An error came to light: it is to be done anew.
    Reopened,
    /// It was given up.
    GivenUp,
    /// There was nothing to do it on.
    NothingToDo,
    /// It was left out.
    LeftOut,
}

/// A clock, as who sees to it knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// The obligation.
    pub obligation: ObligationId,
    /// The incident.
    pub incident: IncidentId,
    /// When it is due.
    pub due: ExerciseTime,
    /// When it was met.
    pub met: Option<ExerciseTime>,
    /// When it was decided that it is not required; whether that is sound is for the judges.
    pub not_required: Option<ExerciseTime>,
}

/// A decision, as who takes it knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Which.
    pub decision: DecisionId,
    /// Since when it is open, or when it was taken.
    pub since: ExerciseTime,
    /// The option that was taken.
    pub taken: Option<OptionId>,
}

/// A question to whoever runs the exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedView {
    /// The entry in which it was asked.
    pub entry: u32,
    /// Who asked.
    pub by: PersonId,
    /// When.
    pub at: ExerciseTime,
    /// The question.
    pub text: String,
    /// The answer; `None`: it waits.
    pub answer: Option<String>,
}

/// A room, as who is there sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomView {
    /// Of which incident.
    pub incident: IncidentId,
    /// Who is there.
    pub present: Vec<PersonId>,
}

/// An incident, as the team speaks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentView {
    /// Which.
    pub incident: IncidentId,
    /// How it is classified.
    pub severity: Option<crate::exercise::Severity>,
    /// As what.
    pub category: Option<crate::exercise::Category>,
    /// Who leads it.
    pub manager: Option<PersonId>,
    /// The assets of which it was stated that they are affected.
    pub scope: Vec<AssetId>,
    /// The phases of which the team says that they are complete, and since when.
    pub declared: Vec<(Phase, ExerciseTime)>,
    /// Whether it was decided that it is none.
    pub rejected: bool,
}
