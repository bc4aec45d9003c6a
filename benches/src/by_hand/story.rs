//! The injects.

use super::Game;
use super::agenda::Rank;
use super::deeds::RESPONSE;
use super::layout::{
    CALLER, COPY, HOUR, INJECT, INJECTS, MANAGER, MINUTE, NEWS, NEWS_DELAY, PRINTER, SERVERS,
    VENDOR,
};
use super::milestone::{Log, Milestone};
use super::word::{ALERTED, Draft, Kind, asset_facts};
use hotwash_engine::exercise::InjectId;
use hotwash_engine::simulation::Purpose;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Waiting,
    Armed,
    Held,
    Over,
}

#[derive(Debug, Default)]
pub(super) struct Story([State; INJECTS]);

impl<L: Log> Game<'_, L> {
    pub(super) fn open_story(&mut self) {
        self.s.story = Story::default();
        let times = [(CALLER, 50 * MINUTE), (PRINTER, HOUR), (VENDOR, 5 * HOUR)];
        for (inject, at) in times {
            self.arm(inject, at);
        }
    }

    fn arm(&mut self, inject: usize, at: i64) {
        self.s.story.0[inject] = State::Armed;
        self.s.agenda.schedule(Rank::Inject, inject, at);
    }

    pub(super) fn consider_story(&mut self) {
        if self.s.standing.declared && self.s.story.0[MANAGER] == State::Waiting {
            self.arm(MANAGER, self.s.now + 20 * MINUTE);
        }
        let struck = self.s.attack.steps[SERVERS].hit != 0;
        if struck && self.s.story.0[NEWS] == State::Waiting {
            let subject = self.lay.injects[NEWS];
            let delay = self.draw(&NEWS_DELAY, subject, Purpose::InjectDelay, 0);
            self.arm(NEWS, self.s.now + delay);
        }
        for inject in 0..INJECTS {
            if self.s.story.0[inject] == State::Held && self.is_revealed(inject) {
                self.arm(inject, self.s.now);
            }
        }
    }

    /// An inject that tells of a step waits for it.
    fn is_revealed(&self, inject: usize) -> bool {
        let step = INJECT[inject].1;
        step.is_none_or(|step| self.s.attack.steps[step].hit != 0)
    }

    pub(super) fn inject_due(&mut self, inject: usize) {
        let id = InjectId::new(inject);
        if inject == NEWS && self.s.standing.completed[RESPONSE] {
            self.s.story.0[inject] = State::Over;
            self.note(Milestone::Skipped(id));
            return;
        }
        if !self.is_revealed(inject) {
            self.s.story.0[inject] = State::Held;
            return;
        }
        self.s.story.0[inject] = State::Over;
        self.note(Milestone::Delivered(id));
        let (to, step, again) = INJECT[inject];
        let facts = step.map_or(0, |step| {
            debug_assert_ne!(step, COPY);
            ALERTED | asset_facts(self.s.attack.steps[step].hit)
        });
        self.send(Draft {
            kind: Kind::Mail,
            subject: self.lay.injects[inject].nth(1),
            to,
            facts,
            about: 0,
            again,
        });
    }
}
