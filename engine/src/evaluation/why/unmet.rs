//! What of a condition did not stand at the end of a record.
//!
//! A condition of the plan is read on what its role knows and the team claims, one of the scenario on the
//! truth, by the table of `docs/semantics.md`. Both are folded from the entries alone.

use super::model::Missing;
use crate::evaluation::facts::Facts;
use crate::evaluation::truth::Truth;
use crate::exercise::{
    Condition, Exercise, Fact, IncidentId, Knowable, RoleId, Sender, SourceKind, TaskId,
};
use crate::knowledge::{Belief, Claims, Known};
use crate::record::{Entry, Event, Header, Origin};
use crate::situation::Situation;
use crate::situation::messages::{Message, Standing};
use crate::situation::story::Decision;
use crate::situation::work::State;

/// How things stood when a record ended.
pub(super) struct End<'a> {
    exercise: &'a Exercise,
    situation: Situation,
}

impl<'a> End<'a> {
    /// After the last entry, or after ENDEX where the record has it.
    pub(super) fn of(exercise: &'a Exercise, header: &Header, entries: &[Entry]) -> Self {
        let ended = |entry: &&Entry| matches!(entry.event, Event::ExerciseEnded { .. });
        let last = entries.iter().find(ended).map_or(u32::MAX, |it| it.number);
        let during = entries.iter().filter(|entry| entry.number <= last);
        Self {
            exercise,
            situation: Situation::after(header, during),
        }
    }

    /// How everything stood.
    pub(super) const fn situation(&self) -> &Situation {
        &self.situation
    }

    /// What some roles knew together.
    pub(super) fn known_by(&self, roles: &[RoleId]) -> Known {
        self.situation.knowledge().together(roles.iter().copied())
    }

    /// What a plan's task goes by that is about assets: what was known on the board, and to those whose work
    /// it is.
    pub(super) fn board_for(&self, incident: IncidentId, roles: &[RoleId]) -> Known {
        let mut known = self.situation.board(incident);
        known.learn_all(&self.known_by(roles));
        known
    }

    /// What a party believed.
    pub(super) fn belief<'k>(&'k self, known: &'k Known, incident: IncidentId) -> Belief<'k> {
        Belief {
            exercise: self.exercise,
            incident,
            known,
            now: self.situation.now(),
        }
    }

    /// Whether a fact stood for some roles.
    pub(super) fn stood(&self, fact: &Fact, roles: &[RoleId], incident: IncidentId) -> bool {
        let known = self.known_by(roles);
        let claimed = Claimed {
            end: self,
            roles,
            incident,
        };
        let condition = Condition::Is(fact.clone());
        self.belief(&known, incident).holds(&condition, &claimed)
    }

    /// Whether a task counted as claimed done.
    pub(super) fn is_done(&self, task: TaskId, incident: IncidentId) -> bool {
        let mut pieces = self.situation.work().of_task(task, incident);
        pieces.any(|piece| matches!(piece.state, State::Done | State::Flawed))
    }
}

/// What some roles could say beyond what they knew.
struct Claimed<'e> {
    end: &'e End<'e>,
    roles: &'e [RoleId],
    incident: IncidentId,
}

impl Claims for Claimed<'_> {
    fn claims(&self, fact: &Fact) -> bool {
        let situation = &self.end.situation;
        let course = situation.courses().get(self.incident);
        match fact {
            Fact::MessageRead(sender) => {
                let mut all = situation.messages().all().iter();
                all.any(|message| {
                    matches!(message.standing, Standing::Read(_))
                        && self.roles.contains(&message.to)
                        && is_from(self.end.exercise, message, *sender)
                })
            }
            Fact::Done(task) => self.end.is_done(*task, self.incident),
            Fact::Decided(decision, option) => {
                matches!(situation.story().decision(*decision), Decision::Taken(_, of) if of == *option)
            }
            Fact::Notified(kind) => situation.story().first_told(*kind).is_some(),
            Fact::Taken(measure, _) => (0..self.end.exercise.task_count()).any(|i| {
                let task = TaskId::new(i);
                self.end.exercise.task(task).takes_measure(*measure)
                    && self.end.is_done(task, self.incident)
            }),
            Fact::SeverityAtLeast(least) => course
                .and_then(|course| course.classified)
                .is_some_and(|classified| classified.severity >= *least),
            Fact::PhaseReached(phase) => {
                course.is_some_and(|course| course.phase(*phase).reached.is_some())
            }
            Fact::PhaseCompleted(phase) => course.is_some_and(|course| {
                let phase = course.phase(*phase);
                phase.declared.or(phase.completed).is_some()
            }),
            Fact::Since(mark, span) => course
                .and_then(|course| course.mark(*mark))
                .is_some_and(|since| situation.now() - since.at >= *span),
            _ => false,
        }
    }
}

/// Whether a message came from somebody, in words of the vocabulary.
fn is_from(exercise: &Exercise, message: &Message, sender: Sender) -> bool {
    match message.origin {
        Origin::Inject { inject, .. } => exercise.inject(inject).sender == Some(sender),
        Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. } => {
            let kind = exercise.organisation().sources[source.index()].kind;
            sender == Sender::Source(kind)
        }
        Origin::Staff { .. } => sender == Sender::Source(SourceKind::UserReport),
        _ => false,
    }
}

/// The first fact of a condition that does not stand as it should, with whether it should have held.
fn first_unmet<'c>(
    condition: &'c Condition,
    wanted: bool,
    holds: &mut dyn FnMut(&Fact) -> bool,
) -> Option<(&'c Fact, bool)> {
    let (all, of) = match condition {
        Condition::All(of) => (wanted, of),
        Condition::Any(of) => (!wanted, of),
        Condition::Not(of) => return first_unmet(of, !wanted, holds),
        Condition::Is(fact) => return (holds(fact) != wanted).then_some((fact, wanted)),
    };
    let mut first = None;
    for one in of {
        match first_unmet(one, wanted, holds) {
            Some(unmet) if all => return Some(unmet),
            Some(unmet) => first = first.or(Some(unmet)),
            None if !all => return None,
            None => {}
        }
    }
    first
}

/// What of a task's condition was not known to those whose work it is.
pub(super) fn of_plan(
    facts: &Facts<'_>,
    end: &End<'_>,
    condition: &Condition,
    roles: &[RoleId],
    incident: IncidentId,
) -> Option<Missing> {
    let (fact, wanted) = first_unmet(condition, true, &mut |fact| {
        end.stood(fact, roles, incident)
    })?;
    let mine = about_this(fact, incident);
    Some(Missing::Fact {
        true_since: since(facts, incident, &mine, wanted),
        fact: mine,
        wanted,
        role: roles.first().copied(),
    })
}

/// What of a scenario's condition was not true.
pub(super) fn of_truth(
    facts: &Facts<'_>,
    condition: &Condition,
    wanted: bool,
    incident: IncidentId,
) -> Option<Missing> {
    let mut truth = Truth::new(facts.exercise, incident);
    for entry in facts.entries {
        truth.apply(facts, entry);
    }
    truth.pass(facts.ended_at);
    let holds = |fact: &Fact| truth.holds(&Condition::Is(fact.clone()));
    let (fact, wanted) = first_unmet(condition, wanted, &mut { holds })?;
    Some(Missing::Fact {
        fact: fact.clone(),
        wanted,
        role: None,
        true_since: since(facts, incident, fact, wanted),
    })
}

/// The entry since when a fact was first as it should be, in truth.
fn since(facts: &Facts<'_>, incident: IncidentId, fact: &Fact, wanted: bool) -> Option<u32> {
    // What was not so before anything happened is true of every "not".
    if !wanted {
        return None;
    }
    let condition = Condition::Is(fact.clone());
    let mut truth = Truth::new(facts.exercise, incident);
    facts
        .entries
        .iter()
        .find(|entry| {
            truth.apply(facts, entry);
            truth.holds(&condition)
        })
        .map(|entry| entry.number)
}

/// A fact of a plan speaks of the incident for which it is looked at.
fn about_this(fact: &Fact, incident: IncidentId) -> Fact {
    let Fact::Known(what) = fact else {
        return fact.clone();
    };
    Fact::Known(match *what {
        Knowable::Alerted(_) => Knowable::Alerted(incident),
        Knowable::Real(_) => Knowable::Real(incident),
        Knowable::Declared(_) => Knowable::Declared(incident),
        Knowable::PersonalData(_) => Knowable::PersonalData(incident),
        Knowable::Scope(_) => Knowable::Scope(incident),
        Knowable::Cause(_) => Knowable::Cause(incident),
        Knowable::Asset(_, asset, state) => Knowable::Asset(incident, asset, state),
        Knowable::Step(step) => Knowable::Step(step),
    })
}
