//! The events of an exercise.

use crate::exercise::{
    AssetId, AssetState, Category, ChannelId, Content, DecisionId, EvidenceItem, ExerciseTime,
    ExpectationId, Few, GroupId, IncidentId, InjectId, Instance, Knowable, Mark, Measure,
    MessageId, Money, Names, ObligationId, PersonId, Phase, Priority, RoleId, Severity, SourceId,
    Span, StakeholderKind, StepId, TaskId, TeamId,
};
use crate::record::wire::{Named, UnknownName, wire_words};
use crate::record::{
    Chosen, EndKind, HumanAct, MessageKind, Outcome, PauseReason, Presence, Reach, Refusal, Resend,
    Seat, SkipReason, StepOutcome, Verdict,
};
use serde::{Deserialize, Serialize};

/// One numbered line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub number: u32,
    /// When it happened in the exercise.
    pub at: ExerciseTime,
    /// When it happened in the world, in ms since 1970 UTC; only where people took part live.
    pub wall: Option<i64>,
    /// Who acted.
    pub actor: Actor,
    /// The entry that brought this one about last: the demand for it, never the freeing of a person.
    pub cause: Option<u32>,
    /// What happened.
    pub event: Event,
}

/// An entry as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireEntry {
    /// See [`Entry::number`].
    pub number: u32,
    /// See [`Entry::at`].
    pub at: ExerciseTime,
    /// See [`Entry::wall`].
    pub wall: Option<i64>,
    /// See [`Entry::actor`].
    pub actor: WireActor,
    /// See [`Entry::cause`].
    pub cause: Option<u32>,
    /// See [`Entry::event`].
    pub event: WireEvent,
}

impl Named for Entry {
    type Wire = WireEntry;
    fn write(&self, names: &Names) -> WireEntry {
        WireEntry {
            number: self.number,
            at: self.at,
            wall: self.wall,
            actor: self.actor.write(names),
            cause: self.cause,
            event: self.event.write(names),
        }
    }
    fn read(wire: WireEntry, names: &Names) -> Result<Self, UnknownName> {
        Ok(Self {
            number: wire.number,
            at: wire.at,
            wall: wire.wall,
            actor: Actor::read(wire.actor, names)?,
            cause: wire.cause,
            event: Event::read(wire.event, names)?,
        })
    }
}

wire_words! {
    /// Who acted.
    pub enum Actor / WireActor {
        /// The rules of the exercise.
        Rules {},
        /// The attacker.
        Attacker {},
        /// A person whom the engine plays.
        Simulated { /** Who. */ person: PersonId },
        /// A person whom a human plays.
        Played { /** Who. */ person: PersonId },
        /// The engine in place of a human who is absent or skipped over.
        StandIn { /** For whom. */ person: PersonId },
        /// The facilitator.
        Facilitator {},
        /// Somebody who watches and judges.
        Evaluator {},
    }
}

impl Actor {
    /// The person who acted, if a person did.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Simulated { person } | Self::Played { person } | Self::StandIn { person } => {
                Some(*person)
            }
            Self::Rules {} | Self::Attacker {} | Self::Facilitator {} | Self::Evaluator {} => None,
        }
    }
}

wire_words! {
    /// Where a message comes from. With its recipient it identifies the message for all chance.
    pub enum Origin / WireOrigin {
        /// An inject, delivered for the nth time.
        Inject { /** The inject. */ inject: InjectId, /** From 1. */ ordinal: u32 },
        /// A source that saw a step on an asset.
        Signal {
            /** The source. */ source: SourceId,
            /** The step. */ step: StepId,
            /** The asset. */ asset: AssetId,
        },
        /// A false alarm of a source, the nth.
        FalseAlarm { /** The source. */ source: SourceId, /** From 1. */ ordinal: u32 },
        /// Staff who saw an asset in trouble.
        Staff { /** The group. */ group: GroupId, /** The step behind it. */ step: StepId, /** The asset. */ asset: AssetId },
        /// The organisation's own watch over an asset that does not serve.
        Outage { /** The asset. */ asset: AssetId, /** The outage of this asset, from 1. */ ordinal: u32 },
        /// A finished piece of work that is handed on.
        HandOn { /** The work. */ instance: Instance },
        /// Work for which nobody is there: somebody is called.
        CallOut { /** The work. */ instance: Instance },
        /// Work that needs approval.
        Approval { /** The work. */ instance: Instance },
        /// Facts that an obligation needs are passed on.
        Duty { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// A person in their own words, the nth time that anybody writes so.
        Own { /** Who. */ person: PersonId, /** From 1. */ ordinal: u32 },
        /// The facilitator, the nth message.
        Facilitator { /** From 1. */ ordinal: u32 },
    }
}

wire_words! {
    /// Something that happened.
    pub enum Event / WireEvent {
        /// STARTEX.
        ExerciseStarted {},
        /// ENDEX.
        ExerciseEnded { /** How. */ end: EndKind },

        /// A step of the attack began.
        StepStarted { /** The step. */ step: StepId, /** Its targets. */ targets: Few<AssetId> },
        /// A step took effect on an asset.
        StepTookEffect {
            /** The step. */ step: StepId,
            /** The asset. */ asset: AssetId,
            /** Records that left or lie open. */ records: u64,
            /** Money that was taken. */ money: Money,
        },
        /// A measure stopped a step on an asset.
        StepStopped {
            /** The step. */ step: StepId,
            /** The asset. */ asset: AssetId,
            /** What stopped it. */ by: Measure,
        },
        /// A step did not succeed on an asset.
        StepFailed { /** The step. */ step: StepId, /** The asset. */ asset: AssetId },
        /// A step ended on all its targets.
        StepEnded { /** The step. */ step: StepId, /** How. */ outcome: StepOutcome },
        /// An asset came into a state, or left it.
        AssetChanged {
            /** The asset. */ asset: AssetId,
            /** The incident behind it, where there is one. */ incident: Option<IncidentId>,
            /** The state. */ state: AssetState,
            /** Whether it holds from now on. */ on: bool,
        },
        /// Whoever runs an asset that is not ours has restored it.
        TheirsRestored { /** The asset. */ asset: AssetId },
        /// Evidence was destroyed or expired.
        EvidenceLost { /** The asset. */ asset: AssetId, /** The item. */ item: EvidenceItem },

        /// A source saw a step on an asset.
        SignalRaised {
            /** The source. */ source: SourceId,
            /** The step. */ step: StepId,
            /** The asset. */ asset: AssetId,
        },
        /// A source raised an alarm about nothing.
        FalseAlarmRaised { /** The source. */ source: SourceId },
        /// Somebody of the staff saw what happened to an asset and reports it.
        StaffReported {
            /** The group. */ group: GroupId,
            /** The step behind it. */ step: StepId,
            /** The asset. */ asset: AssetId,
        },

        /// An inject was delivered.
        InjectDelivered { /** The inject. */ inject: InjectId },
        /// What was delivered had this text, which the facilitator had put in place of the scenario's.
        InjectReworded { /** The inject. */ inject: InjectId, /** Its text. */ text: String },
        /// An inject was left out.
        InjectSkipped { /** The inject. */ inject: InjectId, /** Why. */ reason: SkipReason },
        /// The facilitator excused an expectation: the exercise itself stood in its way.
        ExpectationExcused { /** The expectation. */ expectation: ExpectationId, /** Why. */ reason: String },

        /// A message was sent.
        MessageSent {
            /** The message. */ message: MessageId,
            /** Its kind. */ kind: MessageKind,
            /** Where it comes from. */ origin: Origin,
            /** To which role. */ to: RoleId,
            /** To which people; nobody, where nobody can be reached. */ people: Few<PersonId>,
            /** Over which channel; none, where none works. */ channel: Option<ChannelId>,
            /** What who reads it learns. */ reveals: Vec<Knowable>,
        },
        /// A message that was sent went to further people over a channel of their own.
        MessageCopied {
            /** The message. */ message: MessageId,
            /** To which people. */ people: Few<PersonId>,
            /** Over which channel. */ channel: Option<ChannelId>,
        },
        /// A message was sent again because nobody noticed it.
        MessageResent {
            /** The message. */ message: MessageId,
            /** At which stage. */ stage: Resend,
            /** To which people. */ people: Few<PersonId>,
            /** Over which channel. */ channel: Option<ChannelId>,
        },
        /// A person noticed a message.
        MessageNoticed { /** The message. */ message: MessageId, /** Who. */ person: PersonId },
        /// What was read before people act, and revealed nothing: it is dealt with.
        BacklogDealtWith { /** The messages. */ messages: Few<MessageId> },
        /// Somebody had read a message before people act, and not understood it.
        MessageMisread { /** The message. */ message: MessageId, /** Who. */ person: PersonId },
        /// Before STARTEX somebody understood a message, and people began to act.
        BeganEarly { /** The message. */ message: MessageId, /** Who. */ person: PersonId },
        /// A person began to read a message.
        ReadingStarted { /** The message. */ message: MessageId, /** Who. */ person: PersonId },
        /// A person has read and understood a message.
        MessageRead { /** The message. */ message: MessageId, /** Who. */ person: PersonId },
        /// A message is no longer needed; nobody will read it.
        MessageWithdrawn { /** The message. */ message: MessageId },
        /// A message has gone through every stage and lies unread.
        MessageUnreachable { /** The message. */ message: MessageId },
        /// A role came to know something.
        FactLearned { /** The role. */ role: RoleId, /** What. */ fact: Knowable },
        /// Somebody came, went, or can be reached otherwise than before. It is stated from when people
        /// begin to act, at the next instant at which anything happens.
        PresenceChanged {
            /** Who. */ person: PersonId,
            /** How they can be reached from now on. */ presence: Presence,
            /** Since when that is so. */ since: ExerciseTime,
        },
        /// Somebody off duty was reached, and counts as on duty until then.
        PersonReached { /** Who. */ person: PersonId, /** Until. */ until: ExerciseTime },
        /// Somebody goes to rest who worked for as long as anybody can: nobody reaches them until then.
        RestBegan { /** Who. */ person: PersonId, /** Until. */ until: ExerciseTime },
        /// Somebody has rested, and can be reached as their calendar has it.
        RestEnded { /** Who. */ person: PersonId },
        /// The room of an incident opened.
        RoomOpened { /** The incident. */ incident: IncidentId, /** The team. */ team: Option<TeamId> },
        /// A person joined the room.
        RoomJoined { /** The incident. */ incident: IncidentId, /** Who. */ person: PersonId },
        /// A person left the room.
        RoomLeft { /** The incident. */ incident: IncidentId, /** Who. */ person: PersonId },

        /// A task that tells somebody waits for their hours: it could be started but for that.
        TaskAwaitsHours {
            /** The task. */ task: TaskId,
            /** The incident. */ incident: IncidentId,
            /** When the hours begin. */ until: ExerciseTime,
        },
        /// A piece of work could start.
        TaskReady { /** The work. */ instance: Instance, /** Its place in the queue. */ priority: Priority },
        /// A piece of work is done for this asset: the plan does it once for each.
        TaskAimed { /** The work. */ instance: Instance, /** The asset. */ asset: AssetId },
        /// A piece of work has somebody who knows of it.
        TaskTold { /** The work. */ instance: Instance },
        /// A piece of work waited so long that others may take it as well.
        TaskEscalated { /** The work. */ instance: Instance, /** Who may take it. */ reach: Reach },
        /// Approval was asked for.
        ApprovalAsked { /** The work. */ instance: Instance, /** Of whom. */ of: RoleId },
        /// Approval was given.
        ApprovalGiven { /** The work. */ instance: Instance, /** By whom. */ person: PersonId },
        /// Approval was refused.
        ApprovalRefused { /** The work. */ instance: Instance, /** By whom. */ person: PersonId },
        /// Work started.
        TaskStarted {
            /** The work. */ instance: Instance,
            /** Who does it. */ people: Few<PersonId>,
            /** In which role. */ role: RoleId,
            /** From 1. */ attempt: u16,
        },
        /// Work was laid aside.
        TaskPaused {
            /** The work. */ instance: Instance,
            /** Why. */ reason: PauseReason,
            /** The work done so far. */ done: Span,
        },
        /// Work that was laid aside is the work of this role from now on, which is still to hear of it.
        TaskHandedOver { /** The work. */ instance: Instance, /** The role. */ to: RoleId },
        /// Work that was laid aside goes on.
        TaskResumed {
            /** The work. */ instance: Instance,
            /** Who does it now. */ people: Few<PersonId>,
            /** In which role. */ role: RoleId,
            /** The time to take it over, before the work itself goes on. */ handover: Span,
        },
        /// The take-over of work ended; the work itself goes on.
        HandoverEnded { /** The work. */ instance: Instance },
        /// An attempt at a piece of work ended.
        TaskEnded { /** The work. */ instance: Instance, /** How. */ outcome: Outcome },
        /// A piece of work was left out.
        TaskSkipped { /** The work. */ instance: Instance, /** Why. */ reason: SkipReason },
        /// An error that nobody had noticed was found: the work is to be done again.
        TaskReopened { /** The work. */ instance: Instance },
        /// A piece of work was open at ENDEX.
        TaskClosed { /** The work. */ instance: Instance },

        /// A measure was taken on an asset, or on the incident.
        MeasureTaken {
            /** By which work. */ instance: Instance,
            /** The role in which that work ended. */ role: RoleId,
            /** The measure. */ measure: Measure,
            /** The asset; none: the incident as such. */ asset: Option<AssetId>,
            /** Whether it truly has an effect. */ effect: bool,
        },
        /// A measure is in effect on an asset by the facilitator's word.
        MeasureImposed { /** The measure. */ measure: Measure, /** The asset. */ asset: AssetId },
        /// A measure is no longer in effect on an asset.
        MeasureLifted { /** The measure. */ measure: Measure, /** The asset. */ asset: AssetId },
        /// Evidence was secured.
        EvidencePreserved {
            /** By which work. */ instance: Instance,
            /** The role in which that work ended. */ role: RoleId,
            /** The asset. */ asset: AssetId,
            /** The item. */ item: EvidenceItem,
        },
        /// An asset was restored or built anew, losing the data of so long.
        DataLost { /** The asset. */ asset: AssetId, /** Of how long. */ span: Span },
        /// Money was called back.
        MoneyReturned { /** How much. */ money: Money },
        /// A stakeholder was told.
        StakeholderNotified {
            /** By which work. */ instance: Instance,
            /** The role in which that work ended. */ role: RoleId,
            /** Who was told. */ stakeholder: StakeholderKind,
            /** What was said. */ content: Few<Content>,
        },
        /// The team wrote into its incident log about something that happened then.
        LogWritten { /** The incident. */ incident: IncidentId, /** The entry it is about. */ about: u32 },

        /// An incident came to a mark.
        MarkReached { /** The incident. */ incident: IncidentId, /** The mark. */ mark: Mark },
        /// An incident was classified.
        Classified {
            /** The incident. */ incident: IncidentId,
            /** In which role. */ role: RoleId,
            /** Its severity, as judged. */ severity: Severity,
            /** Its category, as judged. */ category: Category,
            /** The priority of its work. */ priority: Priority,
        },
        /// It was stated what is affected.
        ScopeStated { /** The incident. */ incident: IncidentId, /** The assets. */ assets: Few<AssetId> },
        /// Somebody leads the incident.
        ManagerAssigned { /** The incident. */ incident: IncidentId, /** Who. */ person: PersonId },
        /// It was decided that it is not an incident.
        IncidentRejected { /** The incident. */ incident: IncidentId, /** By whom. */ person: PersonId },
        /// A phase was reached.
        PhaseReached { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },
        /// A phase is complete.
        PhaseCompleted { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },
        /// A phase that was complete no longer is.
        PhaseReopened { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },
        /// The team says that a phase is complete.
        PhaseDeclaredComplete { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },
        /// The team heard that a phase is open again: what it said of it stands no longer.
        DeclarationFell { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },
        /// A phase does not apply: there was nothing to do in it.
        PhaseNotApplicable { /** The incident. */ incident: IncidentId, /** The phase. */ phase: Phase },

        /// An incident is contained: it can do no further harm, and every affected asset is cut off.
        Contained { /** The incident. */ incident: IncidentId },
        /// An incident that was contained no longer is.
        ContainmentLost { /** The incident. */ incident: IncidentId },

        /// A function that an obligation names knows enough for its clock to start, or says so.
        ObligationAware {
            /** The obligation. */ obligation: ObligationId,
            /** The incident. */ incident: IncidentId,
            /** Whether a player said so. */ stated: bool,
        },
        /// A clock started.
        ClockStarted {
            /** The obligation. */ obligation: ObligationId,
            /** The incident. */ incident: IncidentId,
            /** When it is due. */ due: ExerciseTime,
        },
        /// What an obligation asks for was told.
        ObligationMet { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// The task of an obligation told somebody, and not the one whom the obligation names.
        ObligationMisdirected {
            /** The obligation. */ obligation: ObligationId,
            /** The incident. */ incident: IncidentId,
            /** Who was told instead. */ stakeholder: StakeholderKind,
        },
        /// All that an obligation asks for has been said, after a first notification that left some out.
        ObligationCompleted { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// It was decided that an obligation is not required.
        ObligationNotRequired {
            /** The obligation. */ obligation: ObligationId,
            /** The incident. */ incident: IncidentId,
            /** Whether the decision is sound: an unsound one stops no clock. */ sound: bool,
        },
        /// Truth calls for a duty of law of which it had been decided that it is not required: that stands no
        /// longer.
        ObligationRequiredAfterAll { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// An obligation was due and nobody was told.
        ObligationBreached { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// Truth called for a clock, in which nobody who should know enough did.
        ObligationCalledFor { /** The obligation. */ obligation: ObligationId, /** The incident. */ incident: IncidentId },
        /// A clock at ENDEX.
        ObligationClosed {
            /** The obligation. */ obligation: ObligationId,
            /** The incident. */ incident: IncidentId,
            /** How it stands. */ verdict: Verdict,
        },

        /// A decision came up.
        DecisionOpened { /** The decision. */ decision: DecisionId, /** The incident. */ incident: IncidentId },
        /// A decision was taken.
        Decided { /** The option. */ choice: Chosen, /** The incident. */ incident: IncidentId },

        /// A human acted. What follows from it has this entry as its cause.
        ActionTaken { /** What they did. */ act: HumanAct },
        /// What a human wanted was not possible.
        ActionRejected { /** What they wanted. */ act: HumanAct, /** Why not. */ reason: Refusal },
        /// The act of the entry before was entered by a scribe, as of a time before. What follows from it at
        /// once counts as of then, but for what it does to assets.
        EnteredByHand { /** Who entered it. */ scribe: String, /** As of when. */ said: ExerciseTime },
        /// A limit of the engine was hit.
        LimitHit { /** Which. */ limit: String },

        /// An entry of an older format from which nothing follows any more. It keeps its number.
        Retired { /** What it was. */ kind: String },

        /// The clock of the exercise was stopped; that on the wall goes on.
        ExercisePaused {},
        /// The clock of the exercise goes on.
        ExerciseResumed {},
        /// The clock of the exercise goes at another speed.
        PaceChanged { /** Thousandths of the speed of the clock on the wall. */ thousandths: u32 },
        /// Somebody said the stop word: something real came up.
        StopWordSaid {},

        /// Somebody came to take part.
        Joined { /** Their name. */ who: String, /** Where they sit. */ seat: Seat },
        /// Somebody no longer takes part.
        Left { /** Their name. */ who: String, /** Where they sat. */ seat: Seat },
        /// Somebody who takes part sits elsewhere.
        SeatChanged {
            /** Their name. */ who: String,
            /** Where they sat. */ from: Seat,
            /** Where they sit. */ to: Seat,
        },
        /// A stand-in acts for a person from now on, or no longer does.
        StandInChanged { /** For whom. */ person: PersonId, /** Whether it acts. */ on: bool },
    }
}

impl Event {
    /// Whether this may follow ENDEX: what is said about an exercise that is over, and what came too late. What
    /// belongs to the exercise may not.
    pub const fn may_follow_end(&self) -> bool {
        match self {
            Self::ActionTaken { act } => act.may_follow_end(),
            Self::ActionRejected { .. } | Self::EnteredByHand { .. } => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_move_through_a_run_and_stay_small() {
        assert_eq!(size_of::<Event>(), 72);
        assert_eq!(size_of::<Entry>(), 112);
    }
}
