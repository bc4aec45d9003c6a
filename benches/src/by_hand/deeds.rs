//! What finished work does, and which marks and phases are reached by it.

use super::Game;
use super::bits;
use super::layout::{ASSETS, COPY, Does, ENTER, HOP, SERVERS, STEPS};
use super::milestone::{Log, Milestone};
use super::word::{ALERTED, asset_facts};
use super::work::State;
use hotwash_engine::exercise::{Mark, Phase};

/// How the response stands.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Standing {
    marks: [bool; 5],
    started: [bool; 4],
    reached: [bool; 4],
    pub(super) completed: [bool; 4],
    contained: bool,
    /// Whether work of Resolution was started before anything was contained.
    resolved_early: bool,
    scope: bool,
    found_cause: bool,
    evicted: bool,
    hardened: bool,
    pub(super) declared: bool,
}

const IDENTIFICATION: usize = 0;
const ASSESSMENT: usize = 1;
pub(super) const RESPONSE: usize = 2;
pub(super) const RESOLUTION: usize = 3;
const PHASES: [Phase; 4] = [
    Phase::Identification,
    Phase::Assessment,
    Phase::Response,
    Phase::Resolution,
];

impl<L: Log> Game<'_, L> {
    pub(super) fn mark(&mut self, mark: Mark) {
        let place = mark.index();
        if !self.s.standing.marks[place] {
            self.s.standing.marks[place] = true;
            self.note(Milestone::Marked(mark));
            self.s.dirty.phases = true;
        }
    }

    /// The first attempt at work may start a phase.
    pub(super) fn phase_started(&mut self, does: Does) {
        let standing = &mut self.s.standing;
        let contains = matches!(does, Does::Block | Does::Evict);
        let assesses = matches!(does, Does::Triage | Does::Investigate | Does::Declare);
        let resolves = matches!(does, Does::Evict | Does::Harden | Does::FindCause);
        standing.started[ASSESSMENT] |= assesses;
        standing.started[RESPONSE] |= contains;
        standing.started[RESOLUTION] |= resolves && (standing.contained || contains);
        standing.resolved_early |= resolves;
        self.s.dirty.phases = true;
    }

    pub(super) fn finished(&mut self, index: usize, does: Does, sound: bool) {
        let role = self.s.work.pieces[index].role;
        self.seat(role);
        if let Some(measure) = does.on_assets() {
            self.take_on_assets(index, does, measure, sound);
            return;
        }
        if !sound {
            return;
        }
        match does {
            Does::Register => self.register(role),
            Does::Triage => {
                self.register(role);
                self.s.standing.scope = true;
            }
            Does::Declare => {
                self.mark(Mark::Declared);
                self.s.standing.declared = true;
                self.s.dirty.story = true;
            }
            Does::Investigate | Does::Scope => self.investigate(index),
            Does::FindCause => self.s.standing.found_cause = true,
            _ => {}
        }
    }

    fn register(&mut self, role: usize) {
        if Self::registers(role) {
            self.mark(Mark::Reported);
        }
    }

    fn take_on_assets(&mut self, index: usize, does: Does, measure: usize, sound: bool) {
        let targets = self.targets(measure);
        let entry = self.s.work.pieces[index].ended;
        for asset in bits(targets) {
            self.s.work.claim(measure, asset, entry);
        }
        if !sound || targets == 0 {
            return;
        }
        let (attack, standing) = (&mut self.s.attack, &mut self.s.standing);
        match does {
            Does::Block => {
                attack.blocked |= targets;
                standing.contained = true;
                standing.started[RESOLUTION] |= standing.resolved_early;
            }
            Does::Evict => {
                attack.evicted |= attack.compromised & targets;
                attack.compromised &= !targets;
                standing.contained = true;
                standing.started[RESOLUTION] |= standing.resolved_early;
                standing.evicted = true;
            }
            _ => standing.hardened = true,
        }
    }

    /// Everything that the attack did comes to light, and what went wrong unnoticed.
    fn investigate(&mut self, index: usize) {
        let hit = (0..STEPS).filter(|step| *step != COPY);
        let hit = hit.fold(0, |all, step| all | self.s.attack.steps[step].hit);
        let facts = ALERTED | asset_facts(hit);
        let piece = &self.s.work.pieces[index];
        let (role, person) = (piece.role, piece.person);
        self.learn(role, facts);
        self.tell(person.expect("work that ended had a doer"), None, facts);
        for other in 0..self.s.work.pieces.len() {
            if self.s.work.pieces[other].state == State::Done(false) {
                self.s.work.set(other, State::Failed);
                self.s.work.forget(other);
                self.s.work.again(self.s.work.pieces[other].task);
                self.s.dirty.work = true;
            }
        }
        self.s.standing.scope = true;
    }

    pub(super) fn consider_phases(&mut self) {
        if !self.s.standing.marks[Mark::Observable.index()] {
            return;
        }
        for phase in [IDENTIFICATION, ASSESSMENT, RESPONSE, RESOLUTION] {
            if self.s.standing.completed[phase] {
                continue;
            }
            if !self.s.standing.reached[phase] && self.is_reached(phase) {
                self.s.standing.reached[phase] = true;
                self.note(Milestone::Reached(PHASES[phase]));
            }
            if self.s.standing.reached[phase] && self.is_complete(phase) {
                self.s.standing.completed[phase] = true;
                self.note(Milestone::Completed(PHASES[phase]));
            }
        }
    }

    fn is_reached(&self, phase: usize) -> bool {
        let standing = &self.s.standing;
        match phase {
            IDENTIFICATION => standing.marks[Mark::Seen.index()],
            RESPONSE => standing.started[RESPONSE] || self.is_complete(RESPONSE),
            _ => standing.started[phase],
        }
    }

    fn is_complete(&self, phase: usize) -> bool {
        let (standing, attack) = (&self.s.standing, &self.s.attack);
        match phase {
            IDENTIFICATION => standing.marks[Mark::Reported.index()],
            ASSESSMENT => standing.declared && standing.scope,
            RESPONSE => {
                let contained = attack.compromised & !(attack.blocked | attack.evicted) == 0;
                standing.declared && contained && !attack.can_still_harm()
            }
            _ => {
                let all = [ENTER, HOP, SERVERS].map(|step| attack.steps[step].hit != 0);
                let cured = standing.evicted || all == [false; 3];
                let clean = attack.compromised == 0;
                standing.found_cause && cured && standing.hardened && clean
            }
        }
    }

    /// Assets that fell, for whoever looks at the end of a run.
    pub(super) fn fallen(&self) -> u32 {
        let hit = self
            .s
            .attack
            .steps
            .iter()
            .fold(0, |all, step| all | step.hit);
        debug_assert!(u32::from(hit) < 1 << ASSETS);
        u32::from(hit).count_ones()
    }
}
