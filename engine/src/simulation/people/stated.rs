//! What the record says of who is there.
//!
//! `step` asks for it at the start of each instant, once people act: whoever stands otherwise than the
//! record says is stated anew. That somebody was reached, or goes to rest, has events of its own, which
//! say how they stand from then on. Nothing here decides how somebody stands.

use super::{People, Someone};
use crate::exercise::{ExerciseTime, PersonId};
use crate::record::{Event, Presence};
use crate::simulation::calendar::Turn;
use crate::simulation::out::Out;
use crate::simulation::scene::{Policy, Scene};

/// What the record says of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) presence: Presence,
    pub(super) rests: bool,
    /// Whether they may stand otherwise by now.
    pub(super) asked_for: bool,
}

impl Default for Stated {
    fn default() -> Self {
        Self {
            presence: Presence::Off,
            rests: false,
            asked_for: false,
        }
    }
}

impl People {
    /// Somebody may stand otherwise than the record says.
    pub(super) fn ask_for(&mut self, person: PersonId) {
        let stated = &mut self.all[person.index()].stated;
        if !stated.asked_for {
            stated.asked_for = true;
            self.to_state.push(person);
        }
    }

    /// States who came, went, has rested, or can be reached otherwise than the record says.
    pub(crate) fn state(&mut self, out: &mut Out, scene: Scene<'_>) {
        if self.to_state.is_empty() || !self.acting || scene.policy != Policy::People {
            return;
        }
        self.to_state.sort_unstable();
        for place in 0..self.to_state.len() {
            self.state_one(out, scene, self.to_state[place]);
        }
        self.to_state.clear();
    }

    fn state_one(&mut self, out: &mut Out, scene: Scene<'_>, person: PersonId) {
        let presence = self.presence_to_state(scene, person);
        let rests = self.rests(scene, person);
        let someone = &mut self.all[person.index()];
        let before = someone.stated;
        someone.stated = Stated {
            presence,
            rests,
            asked_for: false,
        };
        if before.rests && !rests {
            out.rule(None, Event::RestEnded { person });
        }
        if before.presence != presence {
            let since = since(scene, &self.all[person.index()], person);
            let event = Event::PresenceChanged {
                person,
                presence,
                since,
            };
            out.rule(None, event);
        }
    }

    /// How somebody can be reached, in the words of the record.
    fn presence_to_state(&self, scene: Scene<'_>, person: PersonId) -> Presence {
        match self.presence(scene, person) {
            Presence::Off if self.is_on_leave(scene, person) => Presence::OnLeave,
            presence => presence,
        }
    }

    /// Whether the record says how somebody stands, or will at the start of the next instant.
    pub(crate) fn is_stated(&self, scene: Scene<'_>, person: PersonId) -> bool {
        let stated = self.get(person).stated;
        if stated.asked_for {
            return true;
        }
        let rests = self.rests(scene, person);
        stated.rests == rests && (rests || stated.presence == self.presence_to_state(scene, person))
    }
}

/// Since when somebody has stood as they do now: since the last turn of their calendar, or the end of
/// what stood in its way.
fn since(scene: Scene<'_>, someone: &Someone, person: PersonId) -> ExerciseTime {
    let calendar = scene.calendar();
    let turns = calendar.turns(person);
    let mut place = someone.standing.place();
    let held = |place| turns.before(place).map(|turn: &Turn| turn.presence);
    // Where one time on call follows another nobody came or went.
    while place > 1 && held(place) == held(place - 1) {
        place -= 1;
    }
    let turn = turns.before(place).map(|turn| turn.from);
    let leave = calendar.leave(person);
    let left = leave.last(scene.now).map(|of| {
        if of.until <= scene.now {
            of.until
        } else {
            of.from
        }
    });
    let reached = someone.reached.iter().map(|of| of.until);
    let others = reached.chain(someone.rests_until).chain(left);
    let ended = others.filter(|at| *at <= scene.now);
    // What was before the attack began is no matter of the exercise.
    let onset = scene.exercise().parts().onset;
    ended.chain(turn).fold(onset, ExerciseTime::max)
}
