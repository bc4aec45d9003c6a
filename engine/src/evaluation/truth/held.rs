//! When conditions first held, and whether they held at an instant.

use super::{Topics, Truth, Turn};
use crate::evaluation::facts::Facts;
use crate::exercise::{Condition, ExerciseTime, IncidentId};
use crate::record::Entry;

/// Conditions of which it is still open whether they ever held.
struct Open<'a, 'c> {
    /// Each with its place and what it asks for.
    left: Vec<(usize, &'c Condition, Topics)>,
    /// What they ask for together.
    asked: Topics,
    /// By place: the first entry at which it held.
    held: Vec<Option<&'a Entry>>,
}

impl<'a, 'c> Open<'a, 'c> {
    fn new(conditions: &[&'c Condition]) -> Self {
        let left = conditions.iter().enumerate();
        let mut open = Self {
            left: left
                .map(|(i, condition)| (i, *condition, Topics::of_condition(condition)))
                .collect(),
            asked: Topics::NONE,
            held: vec![None; conditions.len()],
        };
        open.ask();
        open
    }

    fn ask(&mut self) {
        let topics = self.left.iter().map(|(_, _, topics)| *topics);
        self.asked = topics.fold(Topics::NONE, Topics::and);
    }

    /// Looks at those that ask for something that turned by an entry, or at all.
    fn look(
        &mut self,
        entry: &'a Entry,
        turned: Option<Topics>,
        holds: impl Fn(&Condition) -> bool,
    ) {
        let before = self.left.len();
        let held = &mut self.held;
        self.left.retain(|(i, condition, topics)| {
            let looked = turned.is_none_or(|turned| topics.meet(turned));
            let found = looked && holds(condition);
            if found {
                held[*i] = Some(entry);
            }
            !found
        });
        // What nobody asks for any more need not be kept up.
        if self.left.len() < before {
            self.ask();
        }
    }
}

/// The first entries at which conditions held, each for its own incident's sight of the truth. Time
/// is let pass before an entry happens, so that what an instant brings by itself comes first.
pub(in crate::evaluation) fn first_held<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
    conditions: &[&Condition],
    holds: impl Fn(&Truth<'a>, &Condition) -> bool,
) -> Vec<Option<&'a Entry>> {
    let mut truth = Truth::new(facts.exercise, incident);
    let mut open = Open::new(conditions);
    // What held from the first did so at the first change.
    let mut begun = false;
    for Turn { entry, changes } in facts.turns.iter().copied() {
        if open.left.is_empty() {
            break;
        }
        if open.asked.meet(Topics::TIME) && entry.at > truth.now {
            truth.pass(entry.at);
            let turned = begun.then_some(Topics::TIME);
            open.look(entry, turned, |condition| holds(&truth, condition));
            begun = true;
        }
        if changes.meet(open.asked) || (!begun && changes != Topics::NONE) {
            truth.apply(facts, entry);
            let turned = begun.then_some(changes);
            open.look(entry, turned, |condition| holds(&truth, condition));
            begun = true;
        }
    }
    open.held
}

/// The first entry from one on as of which a condition held, in an incident's sight of the truth: that one itself where
/// it held already. Time passes before an entry happens, as everywhere.
pub(in crate::evaluation) fn first_held_from(
    facts: &Facts<'_>,
    incident: IncidentId,
    condition: &Condition,
    from: u32,
) -> Option<u32> {
    let mut truth = Truth::new(facts.exercise, incident);
    let asked = Topics::of_condition(condition);
    let mut begun = false;
    for Turn { entry, changes } in facts.turns.iter().copied() {
        if entry.number > from && !begun {
            begun = true;
            if truth.holds(condition) {
                return Some(from);
            }
        }
        truth.pass(entry.at);
        if begun && truth.holds(condition) {
            return Some(entry.number);
        }
        if changes.meet(asked) {
            truth.apply(facts, entry);
            if begun && truth.holds(condition) {
                return Some(entry.number);
            }
        }
    }
    (!begun && truth.holds(condition)).then_some(from)
}

/// Whether a condition held at the end of an instant.
pub(in crate::evaluation) fn held_at(
    facts: &Facts<'_>,
    incident: IncidentId,
    condition: &Condition,
    at: ExerciseTime,
) -> bool {
    let mut truth = Truth::new(facts.exercise, incident);
    let asked = Topics::of_condition(condition);
    let turns = facts.turns.iter().take_while(|turn| turn.entry.at <= at);
    for turn in turns.filter(|turn| turn.changes.meet(asked)) {
        truth.apply(facts, turn.entry);
    }
    truth.pass(at);
    truth.holds(condition)
}

/// Whether an end condition holds at the end of a run by what the attack and time brought about alone.
/// No other rule asks for what ends an exercise, so it is not among the turns.
pub(in crate::evaluation) fn ended_by_itself(
    facts: &Facts<'_>,
    incident: IncidentId,
    ends: &Condition,
) -> bool {
    let mut truth = Truth::new(facts.exercise, incident);
    let asked = Topics::of_condition(ends);
    for entry in facts.entries {
        if Topics::of_event(&entry.event).meet(asked) {
            truth.apply(facts, entry);
        }
    }
    truth.pass(facts.ended_at);
    truth.came_by_itself(ends, true)
}
