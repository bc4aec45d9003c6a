//! Replay: a record is enough to play its exercise again, entry for entry.

use crate::exercise::{ExerciseTime, IncidentId, Instance, PersonId, RoleId, Span, TaskId};
use crate::record::{
    Action, Actor, Attendance, Entry, Event, Hand, HumanAct, PauseReason, Record, Which,
};
use crate::simulation::{Setup, Simulation};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Plays the exercise of a record again with its seed, its run and its human acts.
///
/// Wall times are an input: they are copied from the record, entry by entry.
pub fn replay(record: &Record) -> Record {
    let setup = setup_of(record);
    let exercise = Arc::clone(&record.header.exercise);
    let mut simulation = Simulation::new(exercise, std::slice::from_ref(&setup));
    simulation.finish();
    let mut entries = simulation.take_entries(0);
    for (new, old) in entries.iter_mut().zip(&record.entries) {
        new.wall = old.wall;
    }
    Record {
        header: record.header.clone(),
        entries,
    }
}

/// What distinguishes the run of a record from others of its exercise.
pub fn setup_of(record: &Record) -> Setup {
    let header = &record.header;
    let who = |how: Attendance| {
        let invited = header.attendance.iter().filter(|(_, of)| *of == how);
        invited.map(|(person, _)| *person).collect()
    };
    Setup {
        seed: header.seed,
        run: header.run,
        played: who(Attendance::Played),
        absent: who(Attendance::Absent),
        actions: human_acts(record),
        recording: true,
        mode: header.mode,
        assisted: header.assisted,
        ..Setup::default()
    }
}

/// The number of the first entry in which a replay differs from its record; `None`: they agree.
pub fn first_difference(record: &Record, replayed: &Record) -> Option<u32> {
    let pairs = record.entries.iter().zip(&replayed.entries);
    let differing = pairs
        .clone()
        .find(|(old, new)| old != new)
        .map(|(old, _)| old.number);
    let (old, new) = (record.entries.len(), replayed.entries.len());
    differing.or_else(|| (old != new).then(|| old.min(new) as u32 + 1))
}

/// Where the stories of two records part: in their nth event the same does not happen at the same time.
/// `None`: they tell the same story, whoever acted in it.
///
/// A story is time and event, in their order, without the acts themselves and the numbers of entries,
/// which these shift.
pub fn first_parting(one: &Record, other: &Record) -> Option<usize> {
    let (mut one, mut other) = (story(one), story(other));
    (0..).find_map(|n| match (one.next(), other.next()) {
        (None, None) => Some(None),
        (one, other) if one == other => None,
        _ => Some(Some(n)),
    })?
}

fn story(record: &Record) -> impl Iterator<Item = (ExerciseTime, Event)> {
    record.entries.iter().filter_map(|entry| {
        let event = match &entry.event {
            Event::ActionTaken { .. } => return None,
            Event::LogWritten { incident, .. } => Event::LogWritten {
                incident: *incident,
                about: 0,
            },
            other => other.clone(),
        };
        Some((entry.at, event))
    })
}

/// The acts of humans in a record, in its order.
pub fn human_acts(record: &Record) -> Vec<Action> {
    let next = record.entries.iter().skip(1).map(Some).chain([None]);
    let acts = record
        .entries
        .iter()
        .zip(next)
        .filter_map(|(entry, next)| match &entry.event {
            Event::ActionTaken { act } | Event::ActionRejected { act, .. } => Some(Action {
                at: entry.at,
                person: entry.actor.person(),
                does: act.clone(),
                hand: hand_of(entry, next),
            }),
            _ => None,
        });
    acts.collect()
}

/// By whose hand an act was entered, where the entry behind it says so.
fn hand_of(entry: &Entry, next: Option<&Entry>) -> Option<Hand> {
    let next = next.filter(|next| next.cause == Some(entry.number))?;
    match &next.event {
        Event::EnteredByHand { scribe, said } => Some(Hand {
            scribe: scribe.clone(),
            said: *said,
        }),
        _ => None,
    }
}

/// What the people of a record did, as acts that a human could play: each carries the time at which
/// its effect began. Together with the same exercise, seed and run they give the same story
/// (`docs/semantics.md`, humans). What stand-ins did is not among them: a clock that is moved on
/// brings it about again.
pub fn acts_of_everybody(record: &Record) -> Vec<Action> {
    acts_of(record, &everybody(record))
}

/// The acts of some of the people of a record, and those of the facilitator: the others are simulated
/// when they are played.
pub fn acts_of(record: &Record, played: &[PersonId]) -> Vec<Action> {
    let export = Export {
        played,
        incidents: record.header.exercise.scenario().incidents.len(),
        repeated: repeated(record),
    };
    let entries = record.entries.iter().enumerate();
    let entries = entries.map(|(place, entry)| (entry, &record.entries[place + 1..]));
    let shown = entries.filter(|(entry, later)| {
        !is_shown_by(entry, later.first()) && !export.is_taken_anyway(entry, later)
    });
    let acts = shown.filter_map(|(entry, later)| {
        let act = export.act(entry, later)?;
        let hand = hand_of(entry, later.first());
        Some(Action { hand, ..act })
    });
    acts.collect()
}

/// Whether the next entry shows the act of this one: somebody who is simulated comes first among those
/// who start work that a human asked for.
fn is_shown_by(entry: &Entry, next: Option<&Entry>) -> bool {
    let starts =
        |event: &Event| matches!(event, Event::TaskStarted { .. } | Event::TaskResumed { .. });
    let asked = matches!(
        entry.event,
        Event::ActionTaken {
            act: HumanAct::Start { .. }
        }
    );
    asked
        && next.is_some_and(|next| {
            starts(&next.event) && matches!(next.actor, Actor::Simulated { .. })
        })
}

/// Who goes on, and in which role, with work that an entry takes from lesser hands.
fn taken_back(entry: &Entry, later: &[Entry]) -> Option<(PersonId, RoleId)> {
    let Event::TaskPaused {
        instance: of,
        reason: PauseReason::BetterHands,
        ..
    } = entry.event
    else {
        return None;
    };
    later.iter().find_map(|entry| match &entry.event {
        Event::TaskResumed {
            instance,
            people,
            role,
            ..
        } if *instance == of => Some((*people.first()?, *role)),
        _ => None,
    })
}

/// The tasks that came up more than once for an incident, so that a piece of them is told by number.
fn repeated(record: &Record) -> BTreeSet<(TaskId, IncidentId)> {
    let entries = record.entries.iter();
    let repeated = entries.filter_map(|entry| match entry.event {
        Event::TaskReady { instance, .. } if instance.ordinal > 1 => {
            Some((instance.task, instance.incident))
        }
        _ => None,
    });
    repeated.collect()
}

/// What is needed to say what somebody did as an act, in no more words than it takes.
struct Export<'r> {
    played: &'r [PersonId],
    incidents: usize,
    repeated: BTreeSet<(TaskId, IncidentId)>,
}

impl Export<'_> {
    /// The act that an entry shows, if it shows one of somebody who is to be played. What comes later says to whom
    /// work went.
    fn act(&self, entry: &Entry, later: &[Entry]) -> Option<Action> {
        let mut person = entry.actor.person();
        let does = match (&entry.event, &entry.actor) {
            (Event::ActionTaken { act }, _) => act.clone(),
            (
                Event::TaskStarted {
                    instance,
                    people,
                    attempt: 1,
                    ..
                },
                Actor::Simulated { .. },
            ) => {
                person = self.first_played(people);
                self.start(*instance, people, person)
            }
            (
                Event::TaskResumed {
                    instance,
                    people,
                    handover,
                    ..
                },
                Actor::Simulated { .. },
            ) if *handover > Span::ZERO => {
                person = self.first_played(people);
                self.start(*instance, people, person)
            }
            (Event::TaskPaused { instance, .. }, Actor::Simulated { .. }) => {
                let (taker, to) = taken_back(entry, later)?;
                let task = self.which(*instance);
                // Who is to be played takes it by an act of their own.
                let hands_over = !self.played.contains(&taker);
                hands_over.then_some(HumanAct::HandOver { task, to })?
            }
            // What follows from an act of a human is exported with the act itself.
            (event, Actor::Simulated { .. }) => self.choice(event)?,
            _ => return None,
        };
        let is_wanted = match person {
            Some(person) => self.played.contains(&person),
            None => matches!(entry.actor, Actor::Facilitator {} | Actor::Evaluator {}),
        };
        is_wanted.then_some(Action {
            at: entry.at.max(ExerciseTime::STARTEX),
            person,
            does,
            hand: None,
        })
    }

    /// Whether a human hands over in this entry what somebody takes back who is to be played, and so does by an act of
    /// their own.
    fn is_taken_anyway(&self, entry: &Entry, later: &[Entry]) -> bool {
        let hands_over = matches!(
            entry.event,
            Event::ActionTaken {
                act: HumanAct::HandOver { .. }
            }
        );
        let is_behind = |entry: &&Entry| matches!(entry.event, Event::EnteredByHand { .. });
        let at = later.iter().take_while(is_behind).count();
        let taken = || taken_back(later.get(at)?, &later[at + 1..]);
        hands_over && taken().is_some_and(|(taker, _)| self.played.contains(&taker))
    }

    fn choice(&self, event: &Event) -> Option<HumanAct> {
        Some(match event {
            Event::ReadingStarted { message, .. } => HumanAct::Read { message: *message },
            Event::ApprovalGiven { instance, .. } => HumanAct::Approve {
                task: self.which(*instance),
                granted: true,
            },
            Event::Decided { choice, .. } => HumanAct::Decide { choice: *choice },
            Event::PhaseDeclaredComplete { phase, incident } => HumanAct::DeclareComplete {
                phase: *phase,
                incident: (self.incidents > 1).then_some(*incident),
            },
            _ => return None,
        })
    }

    fn start(&self, instance: Instance, people: &[PersonId], by: Option<PersonId>) -> HumanAct {
        let others = people.iter().copied().filter(|of| Some(*of) != by);
        HumanAct::Start {
            task: self.which(instance),
            with: others.collect(),
        }
    }

    /// Who says for several that they start: the first of them who is to be played.
    fn first_played(&self, people: &[PersonId]) -> Option<PersonId> {
        let mut played = people.iter().filter(|of| self.played.contains(of));
        played.next().copied()
    }

    fn which(&self, instance: Instance) -> Which {
        let Instance {
            task,
            incident,
            ordinal,
        } = instance;
        Which {
            task,
            incident: (self.incidents > 1).then_some(incident),
            piece: self.repeated.contains(&(task, incident)).then_some(ordinal),
        }
    }
}

fn everybody(record: &Record) -> Vec<PersonId> {
    let people = record.header.exercise.organisation().people.len();
    (0..people).map(PersonId::new).collect()
}

/// A run in which everybody is played from the acts that a record shows.
pub fn played_by_everybody(record: &Record) -> Setup {
    played_by(record, everybody(record))
}

/// A run in which some are played from the acts that a record shows, and the others are simulated.
pub fn played_by(record: &Record, played: Vec<PersonId>) -> Setup {
    Setup {
        seed: record.header.seed,
        run: record.header.run,
        actions: acts_of(record, &played),
        played,
        recording: true,
        ..Setup::default()
    }
}
