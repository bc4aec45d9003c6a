//! What humans do: the acts of players and facilitators.
//!
//! They are queued, and consumed at a step boundary. A file of actions, a record's own human
//! entries and a browser all speak these words.

use crate::exercise::{
    Act, AssetId, AssetState, Category, Day, DecisionId, ExerciseTime, ExpectationId, Identified,
    IncidentId, InjectId, Instance, MessageId, Names, ObjectiveId, ObligationId, OptionId,
    PersonId, Phase, RoleId, Severity, Span, StakeholderKind, TaskId,
};
use crate::record::wire::{Named, UnknownName, wire_words};
use crate::record::{Rating, Remark, Seat, Tick, Ticked};

/// One act of a human at an instant. What it names is of the exercise in which it is played; only
/// messages and pieces of work, which are born in a run, may be such that never come to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// When it takes effect.
    pub at: ExerciseTime,
    /// Who acts; `None`: the facilitator.
    pub person: Option<PersonId>,
    /// What they do.
    pub does: HumanAct,
    /// By whose hand it is entered, where that is not their own.
    pub hand: Option<Hand>,
}

/// By whose hand an act is entered that somebody else did, and as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Who enters it.
    pub scribe: String,
    /// When it was done, as the scribe says: at most [`Hand::BACK`] before it is entered.
    pub said: ExerciseTime,
}

impl Hand {
    /// How far back an act can be entered. Illustrative.
    pub const BACK: Span = Span::hours(1);
}

wire_words! {
    /// What a human does.
    pub enum HumanAct / WireHumanAct {
        /// Confirms that a message was noticed and read. It takes no exercise time.
        Acknowledge { /** The message. */ message: MessageId },
        /// Reads a message that was noticed, which takes its handling time.
        Read { /** The message. */ message: MessageId },
        /// Registers the event with the point of contact.
        Report {},
        /// Starts a task of the plan, or goes on with it.
        Start {
            /** The task, and which piece of it. */ task: Which,
            /** Who helps, where the task takes several people; the best who are free, where nobody is
            named. */ with: Vec<PersonId>,
        },
        /// Takes a measure of one's own, outside the plan.
        Take { /** The measure and its object, as in a plan. */ act: Act },
        /// Declares the incident.
        Declare {},
        /// Classifies the incident.
        Classify {
            /** The severity. */ severity: Severity,
            /** The category. */ category: Category,
        },
        /// Asks for approval of a task.
        AskApproval { /** The task, and which piece of it. */ task: Which },
        /// Approves a task, or refuses it.
        Approve {
            /** The task, and which piece of it. */ task: Which,
            /** Whether it is approved. */ granted: bool,
        },
        /// Chooses an option of a decision.
        Decide { /** The option. */ choice: Chosen },
        /// States that an obligation's clock has started.
        StateAware { /** The obligation. */ obligation: ObligationId },
        /// Says that a phase is complete.
        DeclareComplete {
            /** The phase. */ phase: Phase,
            /** Of which incident; of the one that is worked on, where none is named. */
            incident: Option<IncidentId>,
        },
        /// Hands one's work on a task over to a role.
        HandOver {
            /** The task, and which piece of it. */ task: Which,
            /** The role that takes it. */ to: RoleId,
        },
        /// Tells a role something in one's own words; what the writer knows of the incident goes with it.
        Tell { /** Which. */ to: RoleId, /** The words. */ text: String },
        /// The words in which somebody outside is told. That they are told is work of its own.
        Inform { /** Whom. */ whom: StakeholderKind, /** The words. */ text: String },
        /// Says why one chose as one did.
        Explain {
            /** What was chosen. */ choice: Chosen,
            /** Why. */ reason: String,
            /** How sure one is, in percent. */ sure: Option<u16>,
        },
        /// Asks the facilitator something. It has no effect in the world.
        Ask { /** The question. */ text: String },
        /// Writes into the team's own incident log.
        Log { /** The text. */ text: String },
        /// Leaves a note for the debrief. It has no effect in the world.
        Note { /** The text. */ text: String },
        /// Moves the clock on: until then stand-ins act for everybody who is played. Facilitator.
        MoveClock { /** To when. */ to: ExerciseTime },
        /// Delivers an inject now. Facilitator.
        Fire { /** The inject. */ inject: InjectId },
        /// Holds an inject back until it is fired. Facilitator.
        Hold { /** The inject. */ inject: InjectId },
        /// Leaves an inject out. Facilitator.
        Skip { /** The inject. */ inject: InjectId },
        /// Changes the text of an inject for its next deliveries. Facilitator.
        Edit {
            /** The inject. */ inject: InjectId,
            /** Its new text. */ text: String,
        },
        /// Sends a message that the scenario does not hold. Facilitator.
        Add {
            /** Who it is from. */ from: String,
            /** To whom. */ to: RoleId,
            /** Its text. */ text: String,
        },
        /// Answers a question. Facilitator.
        Answer { /** The entry in which it was asked. */ entry: u32, /** The answer. */ text: String },
        /// Overrules a computed state of an asset. Facilitator.
        Overrule {
            /** The change. */ change: Edit,
        },
        /// Excuses an expectation in whose way the exercise itself stood. Facilitator.
        Excuse {
            /** The expectation. */ expectation: ExpectationId,
            /** Why. */ reason: String,
        },

        /// Stops the clock of the exercise; that on the wall goes on. Facilitator.
        Pause {},
        /// Lets the clock of the exercise go on. Facilitator.
        Resume {},
        /// Sets how fast the clock of the exercise goes. Facilitator.
        Pace {
            /** Thousandths of the speed of the clock on the wall. */ thousandths: u32,
        },
        /// Says the stop word: something real came up, and the exercise pauses at once. Anybody.
        StopWord {},
        /// Calls ENDEX. Facilitator.
        End {},

        /// Somebody comes to take part. Facilitator.
        Join { /** Their name. */ who: String, /** Where they sit. */ seat: Seat },
        /// Somebody no longer takes part. Facilitator.
        Leave { /** Their name. */ who: String },
        /// Somebody who takes part sits elsewhere from now on. Facilitator.
        ChangeSeat { /** Their name. */ who: String, /** Where they sit. */ seat: Seat },
        /// Puts a stand-in in the place of the human who plays a person, or gives the place back. Facilitator.
        StandIn { /** For whom. */ person: PersonId, /** Whether it acts from now on. */ on: bool },

        /// Rates an objective. Evaluator.
        Rate {
            /** The objective. */ objective: ObjectiveId,
            /** The rating. */ rating: Rating,
            /** Who says so. */ remark: Box<Remark>,
        },
        /// Ticks an expectation or a key point. Evaluator.
        Tick {
            /** What is ticked. */ what: Ticked,
            /** How far it was done. */ how: Tick,
            /** Who says so. */ remark: Box<Remark>,
        },
        /// Pins an observation to an entry. Evaluator.
        Observe {
            /** The entry it is about. */ entry: u32,
            /** Who says what. */ remark: Box<Remark>,
        },
        /// Votes in the hot wash for what matters most. Anybody.
        Vote {
            /** A finding, or any text. */ what: String,
            /** Whose vote it is. */ remark: Box<Remark>,
        },
        /// Commits somebody to do something about what was found. Anybody.
        Commit {
            /** What is to be done. */ text: String,
            /** Who sees to it. */ owner: PersonId,
            /** By when. */ due: Day,
            /** Who notes it. */ remark: Box<Remark>,
        },
    }
}

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A person who is played.
    Player,
    /// The facilitator.
    Facilitator,
    /// A person who is played, or the facilitator.
    Anybody,
    /// Somebody who watches and judges.
    Evaluator,
}

impl HumanAct {
    /// Whether this is about the clock of the exercise and its end, and not about the incident.
    pub const fn is_control(&self) -> bool {
        matches!(
            self,
            Self::Pause {} | Self::Resume {} | Self::Pace { .. } | Self::StopWord {} | Self::End {}
        )
    }

    /// Whether this is about who takes part.
    pub const fn is_attendance(&self) -> bool {
        matches!(
            self,
            Self::Join { .. } | Self::Leave { .. } | Self::ChangeSeat { .. } | Self::StandIn { .. }
        )
    }

    /// The remark of what is said about an exercise; `None`: it is done in it.
    pub const fn remark(&self) -> Option<&Remark> {
        match self {
            Self::Rate { remark, .. }
            | Self::Tick { remark, .. }
            | Self::Observe { remark, .. }
            | Self::Vote { remark, .. }
            | Self::Commit { remark, .. } => Some(remark),
            _ => None,
        }
    }

    /// Whether this may follow ENDEX: it is about an exercise that is over.
    pub const fn may_follow_end(&self) -> bool {
        matches!(self, Self::Note { .. }) || self.remark().is_some()
    }

    /// Who may do this.
    pub const fn whose(&self) -> Whose {
        match self {
            Self::Acknowledge { .. }
            | Self::Read { .. }
            | Self::Report {}
            | Self::Start { .. }
            | Self::Take { .. }
            | Self::Declare {}
            | Self::Classify { .. }
            | Self::AskApproval { .. }
            | Self::Approve { .. }
            | Self::Decide { .. }
            | Self::StateAware { .. }
            | Self::DeclareComplete { .. }
            | Self::HandOver { .. }
            | Self::Tell { .. }
            | Self::Inform { .. }
            | Self::Explain { .. }
            | Self::Ask { .. }
            | Self::Log { .. } => Whose::Player,
            Self::MoveClock { .. }
            | Self::Fire { .. }
            | Self::Hold { .. }
            | Self::Skip { .. }
            | Self::Edit { .. }
            | Self::Add { .. }
            | Self::Answer { .. }
            | Self::Overrule { .. }
            | Self::Excuse { .. }
            | Self::Pause {}
            | Self::Resume {}
            | Self::Pace { .. }
            | Self::End {}
            | Self::Join { .. }
            | Self::Leave { .. }
            | Self::ChangeSeat { .. }
            | Self::StandIn { .. } => Whose::Facilitator,
            Self::StopWord {} | Self::Note { .. } | Self::Vote { .. } | Self::Commit { .. } => {
                Whose::Anybody
            }
            Self::Rate { .. } | Self::Tick { .. } | Self::Observe { .. } => Whose::Evaluator,
        }
    }
}

/// A task of the plan, and as far as it matters which piece of work of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// The task.
    pub task: TaskId,
    /// Of which incident; any, where none is named.
    pub incident: Option<IncidentId>,
    /// Which piece of it, from 1; the first that fits, where none is named.
    pub piece: Option<u16>,
}

impl Which {
    /// Any piece of a task.
    pub const fn of(task: TaskId) -> Self {
        Self {
            task,
            incident: None,
            piece: None,
        }
    }

    /// Exactly this piece of work.
    pub const fn exactly(instance: Instance) -> Self {
        Self {
            task: instance.task,
            incident: Some(instance.incident),
            piece: Some(instance.ordinal),
        }
    }

    /// Whether it may mean a piece of work.
    pub fn fits(self, instance: Instance) -> bool {
        self.task == instance.task
            && self.incident.is_none_or(|of| of == instance.incident)
            && self.piece.is_none_or(|of| of == instance.ordinal)
    }
}

/// Written as `task`, `task@incident`, `task#piece` or `task@incident#piece`.
impl Named for Which {
    type Wire = String;
    fn write(&self, names: &Names) -> String {
        let mut text = self.task.write(names);
        if let Some(incident) = self.incident {
            text.push('@');
            text.push_str(&incident.write(names));
        }
        if let Some(piece) = self.piece {
            text.push('#');
            text.push_str(&piece.to_string());
        }
        text
    }
    fn read(wire: String, names: &Names) -> Result<Self, UnknownName> {
        let parsed = || {
            let (rest, piece) = match wire.split_once('#') {
                Some((rest, piece)) => (rest, Some(piece.parse().ok()?)),
                None => (wire.as_str(), None),
            };
            let (task, incident) = match rest.split_once('@') {
                Some((task, incident)) => (task, Some(IncidentId::find(names, incident)?)),
                None => (rest, None),
            };
            Some(Self {
                task: TaskId::find(names, task)?,
                incident,
                piece,
            })
        };
        parsed().ok_or_else(|| UnknownName {
            kind: "piece of work",
            name: wire.clone(),
        })
    }
}

/// A change of an asset, by the facilitator's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// The asset.
    pub asset: AssetId,
    /// The state.
    pub state: AssetState,
    /// Whether it holds from now on.
    pub on: bool,
}

impl Named for Edit {
    type Wire = (String, AssetState, bool);
    fn write(&self, names: &Names) -> Self::Wire {
        (self.asset.write(names), self.state, self.on)
    }
    fn read((asset, state, on): Self::Wire, names: &Names) -> Result<Self, UnknownName> {
        Ok(Self {
            asset: AssetId::read(asset, names)?,
            state,
            on,
        })
    }
}

/// An option of a decision; written as `decision/option`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chosen {
    /// The decision.
    pub decision: DecisionId,
    /// The option.
    pub option: OptionId,
}

impl Named for Chosen {
    type Wire = String;
    fn write(&self, names: &Names) -> String {
        let decision = self.decision.write(names);
        format!("{decision}/{}", names.option(self.decision, self.option))
    }
    fn read(wire: String, names: &Names) -> Result<Self, UnknownName> {
        let parsed = wire.split_once('/').and_then(|(decision, option)| {
            let decision = DecisionId::read(decision.to_owned(), names).ok()?;
            let option = names.find_option(decision, option)?;
            Some(Self { decision, option })
        });
        parsed.ok_or(UnknownName {
            kind: "option",
            name: wire,
        })
    }
}
