//! Which entries concern somebody, by where they sit.
//!
//! Entries hold the truth, so nobody but those who run the exercise or judge it is handed one. Whoever else
//! looks is told of what an entry is, and looks at their view again. What is not allowed by kind is denied, and
//! a kind of which nobody decided does not compile.

use super::concern::sorted;
use super::view::Viewer;
use super::{Situation, clocks::Clocks, courses::Courses, work::Work};
use crate::exercise::{
    DecisionId, ExerciseTime, IncidentId, Instance, MessageId, ObligationId, PersonId, RoleId,
};
use crate::record::{Entry, Event, HumanAct, Whose};

/// That something happened which somebody may know of: no more than what of their view is otherwise by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The number of the entry.
    pub entry: u32,
    /// When.
    pub at: ExerciseTime,
    /// What is otherwise.
    pub what: Topic,
}

/// What of a view is otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The clock of the exercise.
    Clock,
    /// Who takes part.
    Participants,
    /// How a person stands whom they play.
    Person(PersonId),
    /// A message that one of them has.
    Message(MessageId),
    /// What one of their roles knows.
    Knowledge(RoleId),
    /// A piece of work.
    Work(Instance),
    /// A clock that they see to.
    Duty(ObligationId),
    /// A decision of theirs.
    Decision(DecisionId),
    /// A room in which they are.
    Room(IncidentId),
    /// What the team says of an incident.
    Incident(IncidentId),
    /// What they did, or could not do.
    Act(PersonId),
    /// Anything, for who sees all of it.
    Anything,
}

/// Who may know that an event of a kind happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// Everybody, and the wall.
    Everybody,
    /// Everybody who takes part.
    TakingPart,
    /// Players whom it concerns, and who sees all.
    Concerned,
    /// Only who sees all: it is the truth, or a matter of those who run the exercise or judge it.
    Staff,
}

impl Sight {
    /// Who may know of an event of this kind.
    const fn of(event: &Event) -> Self {
        sorted! { event;
            ExerciseStarted ExerciseEnded ExercisePaused ExerciseResumed PaceChanged StopWordSaid =>
                Self::Everybody;
            Joined Left SeatChanged => Self::TakingPart;
            StandInChanged PresenceChanged PersonReached RestBegan RestEnded RoomOpened RoomJoined RoomLeft
            MessageNoticed ReadingStarted MessageRead MessageWithdrawn FactLearned TaskAimed TaskTold
            TaskEscalated ApprovalAsked ApprovalGiven ApprovalRefused TaskStarted TaskPaused TaskHandedOver TaskResumed
            HandoverEnded TaskEnded TaskSkipped TaskReopened StakeholderNotified Classified ScopeStated
            ManagerAssigned IncidentRejected PhaseDeclaredComplete DeclarationFell LogWritten ClockStarted
            ObligationMet ObligationNotRequired DecisionOpened Decided ActionTaken ActionRejected =>
                Self::Concerned;
            // The truth about the attack and about assets.
            StepStarted StepTookEffect StepStopped StepFailed StepEnded AssetChanged TheirsRestored EvidenceLost
            SignalRaised FalseAlarmRaised StaffReported MeasureTaken MeasureImposed MeasureLifted
            EvidencePreserved DataLost MoneyReturned Contained ContainmentLost MarkReached PhaseReached
            PhaseCompleted PhaseReopened PhaseNotApplicable => Self::Staff;
            // The story, and what is still on its way.
            InjectDelivered InjectReworded InjectSkipped ExpectationExcused MessageSent MessageCopied
            MessageResent MessageUnreachable BacklogDealtWith MessageMisread BeganEarly TaskReady TaskAwaitsHours
            TaskClosed => Self::Staff;
            // What is judged of duties, and the engine's own.
            ObligationAware ObligationMisdirected ObligationCompleted ObligationRequiredAfterAll
            ObligationBreached ObligationCalledFor ObligationClosed EnteredByHand LimitHit Retired => Self::Staff;
        }
    }
}

/// Whether the clock is moved on by an act, which everybody sees.
const fn moves_clock(event: &Event) -> bool {
    let Event::ActionTaken { act } = event else {
        return false;
    };
    matches!(act, HumanAct::MoveClock { .. })
}

impl Situation {
    /// Whether somebody may be handed an entry as it is: who runs the exercise or judges it. What the
    /// facilitator notes is for facilitators, what evaluators say is not for who only watches.
    pub fn may_read(viewer: &Viewer, entry: &Entry) -> bool {
        let (noted, judged) = match &entry.event {
            Event::ActionTaken { act } | Event::ActionRejected { act, .. } => {
                let note = matches!(act, HumanAct::Note { .. }) && entry.actor.person().is_none();
                (note, act.whose() == Whose::Evaluator)
            }
            _ => (false, false),
        };
        match viewer {
            Viewer::Facilitator => true,
            Viewer::Evaluator => !noted,
            Viewer::Observer => !noted && !judged,
            Viewer::Player(_) | Viewer::Wall => false,
        }
    }

    /// What an entry is to somebody, once it happened; `None`: they may not know of it.
    pub fn notice(&self, viewer: &Viewer, entry: &Entry) -> Option<Notice> {
        let what = match (viewer, Sight::of(&entry.event)) {
            (Viewer::Facilitator | Viewer::Evaluator | Viewer::Observer, _) => {
                Self::may_read(viewer, entry).then_some(Topic::Anything)?
            }
            (_, Sight::Everybody) => Topic::Clock,
            _ if moves_clock(&entry.event) => Topic::Clock,
            (Viewer::Player(_), Sight::TakingPart) => Topic::Participants,
            (Viewer::Player(people), Sight::Concerned) => self.concerns(people, entry)?,
            (Viewer::Player(_), Sight::Staff) | (Viewer::Wall, _) => return None,
        };
        Some(Notice {
            entry: entry.number,
            at: entry.at,
            what,
        })
    }

    /// What of the view of a player is otherwise by an entry.
    fn concerns(&self, people: &[PersonId], entry: &Entry) -> Option<Topic> {
        let looking = self.looking(people);
        let own = |person: &PersonId| people.contains(person);
        match &entry.event {
            Event::StandInChanged { person, .. }
            | Event::PresenceChanged { person, .. }
            | Event::PersonReached { person, .. }
            | Event::RestBegan { person, .. }
            | Event::RestEnded { person } => own(person).then_some(Topic::Person(*person)),
            Event::RoomLeft { incident, person } if own(person) => Some(Topic::Room(*incident)),
            Event::RoomOpened { incident, .. }
            | Event::RoomJoined { incident, .. }
            | Event::RoomLeft { incident, .. } => {
                let there = looking.is_in_room(*incident);
                there.then_some(Topic::Room(*incident))
            }
            Event::MessageNoticed { message, .. }
            | Event::ReadingStarted { message, .. }
            | Event::MessageRead { message, .. }
            | Event::MessageWithdrawn { message } => {
                let has = looking.reader(self.messages.get(*message)?).is_some();
                has.then_some(Topic::Message(*message))
            }
            Event::FactLearned { role, .. } => {
                let knows = looking.roles.contains(role);
                knows.then_some(Topic::Knowledge(*role))
            }
            Event::StakeholderNotified { instance, .. } => {
                let theirs = looking.has(self.work.get(*instance)?);
                theirs.then_some(Topic::Work(*instance))
            }
            Event::DecisionOpened { decision, .. } => self.decides(people, *decision),
            Event::Decided { choice, .. } => self.decides(people, choice.decision),
            Event::ActionTaken {
                act: HumanAct::Answer { entry: about, .. },
            } => self.talk.asker(*about).filter(own).map(Topic::Act),
            Event::ActionTaken { act } | Event::ActionRejected { act, .. } => {
                let person = entry.actor.person().filter(own)?;
                let played = matches!(act.whose(), Whose::Player | Whose::Anybody);
                played.then_some(Topic::Act(person))
            }
            other => self.concerns_matter(people, other),
        }
    }

    /// The same of work, duties and incidents.
    fn concerns_matter(&self, people: &[PersonId], event: &Event) -> Option<Topic> {
        let looking = self.looking(people);
        if let Some(instance) = Work::about(event) {
            let piece = self.work.get(instance)?;
            let theirs = looking.has(piece) || looking.had(piece);
            let concerned = theirs || looking.was_asked_about(instance);
            return concerned.then_some(Topic::Work(instance));
        }
        if let Some((obligation, _)) = Clocks::about(event) {
            return looking
                .sees_to(obligation)
                .then_some(Topic::Duty(obligation));
        }
        let incident = Courses::about(event)?;
        looking
            .speaks_of(incident)
            .then_some(Topic::Incident(incident))
    }

    fn decides(&self, people: &[PersonId], decision: DecisionId) -> Option<Topic> {
        let described = self.exercise.plan().decisions.get(decision.index())?;
        let theirs = self.looking(people).is_one_of(described.by);
        theirs.then_some(Topic::Decision(decision))
    }
}
