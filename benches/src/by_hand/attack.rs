//! The attack, what sees it, and what it could still do.

use super::agenda::Rank;
use super::layout::{
    AFTER, ASSETS, BEFORE, CHANCE, COPY, EDR, ENTER, FALSE_ALARMS, HOUR, ORDER, SEES, SERVERS,
    SERVERS_DELAY, SIEM, SOURCES, STEPS, TAKES, TARGETS,
};
use super::milestone::{Log, Milestone};
use super::word::{ALERTED, Draft, Kind, asset_facts};
use super::{Game, bits};
use hotwash_engine::exercise::{AssetId, BasisPoints, Mark, SourceId};
use hotwash_engine::simulation::Purpose;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Waiting,
    Delayed,
    Due,
    Running,
    /// Whether it took effect anywhere.
    Ended(bool),
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    pub(super) state: State,
    open: u16,
    sources: u16,
    pub(super) hit: u16,
}

#[derive(Debug, Default)]
pub(super) struct Attack {
    pub(super) steps: [Step; STEPS],
    pub(super) compromised: u16,
    pub(super) evicted: u16,
    pub(super) blocked: u16,
    sightings: Vec<(usize, usize, usize)>,
    alarms: [u64; SOURCES],
}

impl Attack {
    pub(super) fn reset(&mut self) {
        self.sightings.clear();
        *self = Self {
            sightings: std::mem::take(&mut self.sightings),
            ..Self::default()
        };
    }

    fn succeeded(&self, step: usize) -> bool {
        self.steps[step].state == State::Ended(true)
    }

    /// Whether a step under way comes to nothing on an asset.
    fn stopped(&self, step: usize, asset: usize) -> bool {
        let from = self.steps[step].sources | self.compromised;
        step != ENTER && (self.blocked & (1 << asset) != 0 || from & !self.blocked == 0)
    }

    /// The assets that can be reached from a foothold: where no network is drawn, all that are open,
    /// as long as one foothold is.
    const fn reach(&self, step: usize) -> u16 {
        if step == ENTER {
            u16::MAX
        } else if self.compromised & !self.blocked != 0 {
            !self.blocked
        } else {
            0
        }
    }

    /// Whether the attack could still do something that is not done.
    pub(super) fn can_still_harm(&self) -> bool {
        let mut possible = true;
        for step in ORDER {
            let state = self.steps[step].state;
            if let State::Ended(effect) = state {
                possible = effect;
                continue;
            }
            let targets = if state == State::Running {
                let open = bits(self.steps[step].open);
                open.filter(|asset| !self.stopped(step, *asset))
                    .fold(0, |all, asset| all | 1 << asset)
            } else if possible {
                self.reach(step) & TARGETS[step].0
            } else {
                0
            };
            if targets & !self.compromised != 0 {
                return true;
            }
            possible = targets != 0;
        }
        false
    }
}

impl<L: Log> Game<'_, L> {
    pub(super) fn open_attack(&mut self) {
        self.next_false_alarm(EDR);
    }

    /// Starts every step whose predecessor took effect.
    pub(super) fn consider_attack(&mut self) {
        for (step, before) in BEFORE.iter().enumerate() {
            let state = self.s.attack.steps[step].state;
            let unlocked = before.is_none_or(|before| self.s.attack.succeeded(before));
            if unlocked && matches!(state, State::Waiting | State::Due) {
                self.start_step(step);
            }
        }
    }

    fn start_step(&mut self, step: usize) {
        let subject = self.lay.steps[step];
        if step == SERVERS && self.s.attack.steps[step].state == State::Waiting {
            let delay = self.draw(&SERVERS_DELAY, subject, Purpose::StepDelay, 0);
            self.s.attack.steps[step].state = State::Delayed;
            let at = self.s.now + delay;
            self.s.agenda.schedule(Rank::StepDelay, step, at);
            return;
        }
        let targets = self.choose(step);
        if targets == 0 {
            self.end_step(step, false);
            return;
        }
        for asset in bits(targets) {
            let subject = subject.with(self.lay.assets[asset]);
            let takes = self.draw(&TAKES[step], subject, Purpose::StepDuration, 0);
            let at = self.s.now + takes;
            let slot = step * ASSETS + asset;
            self.s.agenda.schedule(Rank::StepEffect, slot, at);
        }
        let sources = self.s.attack.compromised & !self.s.attack.blocked;
        let progress = &mut self.s.attack.steps[step];
        (progress.state, progress.open, progress.sources) = (State::Running, targets, sources);
        self.s.dirty.phases = true;
    }

    /// The targets of a step: a race of all that it may take.
    fn choose(&self, step: usize) -> u16 {
        let (kind, most) = TARGETS[step];
        let able = kind & self.s.attack.reach(step);
        let mut racing = [(0, 0); ASSETS];
        let mut len = 0;
        for asset in bits(able) {
            let subject = self.lay.steps[step].with(self.lay.assets[asset]);
            racing[len] = (self.s.dice.bits(subject, Purpose::StepPick, 0), asset);
            len += 1;
        }
        let racing = &mut racing[..len];
        racing.sort_unstable();
        let chosen = racing.iter().take(most);
        chosen.fold(0, |all, (_, asset)| all | 1 << asset)
    }

    pub(super) fn step_delay_over(&mut self, step: usize) {
        self.s.attack.steps[step].state = State::Due;
        self.s.dirty.attack = true;
    }

    pub(super) fn effect_due(&mut self, slot: usize) {
        let (step, asset) = (slot / ASSETS, slot % ASSETS);
        let id = AssetId::new(asset);
        let subject = self.lay.steps[step].with(self.lay.assets[asset]);
        let chance = BasisPoints(CHANCE[step]);
        let effect = if self.s.attack.stopped(step, asset) {
            self.note(Milestone::Stopped(id));
            false
        } else if self.s.dice.happens(subject, Purpose::StepChance, 0, chance) {
            self.note(Milestone::Struck(id));
            true
        } else {
            self.note(Milestone::Failed(id));
            false
        };
        let attack = &mut self.s.attack;
        let progress = &mut attack.steps[step];
        progress.open &= !(1 << asset);
        if effect {
            progress.hit |= 1 << asset;
            if step != COPY {
                attack.compromised |= 1 << asset;
            }
        }
        let progress = attack.steps[step];
        if progress.open == 0 {
            self.end_step(step, progress.hit != 0);
        }
        if effect {
            self.look(step, asset);
        }
        self.s.dirty.story = true;
        self.s.dirty.phases = true;
    }

    /// A step ends; what waits for one that failed is called off.
    fn end_step(&mut self, step: usize, effect: bool) {
        self.s.attack.steps[step].state = State::Ended(effect);
        self.s.dirty.attack = true;
        self.s.dirty.phases = true;
        if let Some(next) = AFTER[step].filter(|_| !effect) {
            self.end_step(next, false);
        }
    }

    fn look(&mut self, step: usize, asset: usize) {
        for (source, (kinds, chance, after)) in SEES.iter().enumerate() {
            let subject = self.lay.sources[source]
                .with(self.lay.steps[step])
                .with(self.lay.assets[asset]);
            let chance = BasisPoints(*chance);
            let sees = kinds & (1 << asset) != 0
                && self.s.dice.happens(subject, Purpose::Sight, 0, chance);
            if sees {
                let now = self.s.now;
                let looks = if source == SIEM {
                    (now / HOUR + 1) * HOUR
                } else {
                    now
                };
                let at = looks + self.draw(after, subject, Purpose::SightDelay, 0);
                let slot = self.s.attack.sightings.len();
                self.s.attack.sightings.push((source, step, asset));
                self.s.agenda.schedule(Rank::Sighting, slot, at);
            }
        }
    }

    pub(super) fn sighting_due(&mut self, slot: usize) {
        let (source, step, asset) = self.s.attack.sightings[slot];
        self.note(Milestone::Seen(SourceId::new(source), AssetId::new(asset)));
        self.mark(Mark::Observable);
        let subject = self.lay.sources[source]
            .with(self.lay.steps[step])
            .with(self.lay.assets[asset]);
        let struck = if step == COPY { 0 } else { 1 << asset };
        self.alert(source, subject, ALERTED | asset_facts(struck));
    }

    fn next_false_alarm(&mut self, source: usize) {
        let ordinal = self.s.attack.alarms[source] + 1;
        let subject = self.lay.sources[source];
        let after = self.draw(&FALSE_ALARMS, subject, Purpose::Noise, ordinal);
        let at = self.s.now + after;
        self.s.agenda.schedule(Rank::FalseAlarm, source, at);
    }

    pub(super) fn false_alarm_due(&mut self, source: usize) {
        self.s.attack.alarms[source] += 1;
        self.note(Milestone::FalseAlarm(SourceId::new(source)));
        // The engine schedules the next before word of this one is sent.
        self.next_false_alarm(source);
        let subject = self.lay.sources[source].nth(self.s.attack.alarms[source]);
        self.alert(source, subject, 0);
    }

    fn alert(&mut self, source: usize, subject: hotwash_engine::simulation::Subject, facts: u32) {
        let to = super::layout::ANALYST;
        self.send(Draft {
            kind: if facts == 0 {
                Kind::FalseAlarm
            } else {
                Kind::Alarm
            },
            subject,
            to,
            facts,
            about: 0,
            again: source == EDR,
        });
    }
}
