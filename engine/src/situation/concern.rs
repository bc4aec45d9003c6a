//! Which parts of a situation an event is about.

use crate::record::Event;

/// Sorts events by their kind: a kind that is in no row does not compile.
macro_rules! sorted {
    ($event:expr; $($($kind:ident)+ => $of:expr;)+) => {
        match $event {
            $($(Event::$kind { .. })|+ => $of,)+
        }
    };
}

pub(super) use sorted;

/// The part, or the parts, that an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Concern {
    /// The clock of the exercise.
    Control,
    /// People begin early, by a message that they understood.
    Beginning,
    /// Who takes part.
    Participants,
    /// Who is there.
    Presences,
    /// The rooms.
    Rooms,
    /// Messages.
    Messages,
    /// A message was read: who read it may learn from it.
    Reading,
    /// What roles know.
    Knowledge,
    /// Work.
    Work,
    /// Work ended: who did it may learn from it.
    Finishing,
    /// Assets.
    Assets,
    /// A measure was taken.
    Deed,
    /// The attack.
    Attack,
    /// The attack hit an asset.
    Hit,
    /// Clocks of obligations.
    Clocks,
    /// Incidents.
    Courses,
    /// Injects and decisions.
    Story,
    /// The words of an inject, for this time.
    Wording,
    /// What a human did: of the clock, an inject or a message.
    Act,
    /// Nothing is otherwise by it: what was not possible, what is waited for, or something about the engine or a
    /// format.
    Nothing,
}

impl Concern {
    /// What an event is about.
    pub(super) const fn of(event: &Event) -> Self {
        sorted! { event;
            ExerciseStarted ExerciseEnded ExercisePaused ExerciseResumed PaceChanged StopWordSaid => Self::Control;
            BeganEarly => Self::Beginning;
            Joined Left SeatChanged StandInChanged => Self::Participants;
            PresenceChanged PersonReached RestBegan RestEnded => Self::Presences;
            RoomOpened RoomJoined RoomLeft => Self::Rooms;
            MessageSent MessageCopied MessageResent MessageNoticed BacklogDealtWith MessageMisread
            ReadingStarted MessageWithdrawn MessageUnreachable => Self::Messages;
            MessageRead => Self::Reading;
            FactLearned => Self::Knowledge;
            TaskReady TaskAimed TaskTold TaskEscalated ApprovalAsked ApprovalGiven ApprovalRefused TaskStarted
            TaskPaused TaskHandedOver TaskResumed HandoverEnded TaskSkipped TaskReopened TaskClosed => Self::Work;
            TaskEnded => Self::Finishing;
            AssetChanged TheirsRestored EvidenceLost EvidencePreserved MeasureImposed
            MeasureLifted DataLost MoneyReturned => Self::Assets;
            MeasureTaken => Self::Deed;
            StepStarted StepStopped StepFailed StepEnded SignalRaised FalseAlarmRaised StaffReported =>
                Self::Attack;
            StepTookEffect => Self::Hit;
            ObligationAware ClockStarted ObligationMet ObligationMisdirected ObligationCompleted
            ObligationNotRequired ObligationRequiredAfterAll ObligationBreached ObligationCalledFor
            ObligationClosed => Self::Clocks;
            MarkReached Classified ScopeStated ManagerAssigned IncidentRejected PhaseReached PhaseCompleted
            PhaseReopened PhaseDeclaredComplete DeclarationFell PhaseNotApplicable Contained ContainmentLost
            LogWritten => Self::Courses;
            InjectReworded => Self::Wording;
            InjectDelivered InjectSkipped ExpectationExcused DecisionOpened Decided
            StakeholderNotified => Self::Story;
            ActionTaken => Self::Act;
            ActionRejected EnteredByHand LimitHit Retired TaskAwaitsHours => Self::Nothing;
        }
    }
}
