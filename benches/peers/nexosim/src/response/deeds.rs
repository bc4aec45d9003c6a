//! What finished work does, and how far the response is.

use super::{Delay, Response, State};
use crate::attack::Taken;
use crate::plan::{ALERTED, ANALYST, BRIEF, DESK, Does, LEAD, TASK, asset_facts, bits};
use crate::post::Draft;
use crate::run::note;
use nexosim::model::Context;

impl Response {
    pub(super) async fn take(&mut self, index: usize, person: usize, sound: bool) {
        let (task, role) = (self.pieces[index].job.task, self.pieces[index].role);
        let does = TASK[task].does;
        if let Some(measure) = does.on_assets() {
            let targets = self.targets(measure);
            for asset in bits(targets) {
                self.claims[measure][asset] = self.pieces[index].ended;
            }
            if sound && targets != 0 {
                self.standing.contained |= does != Does::Harden;
                self.standing.evicted |= does == Does::Evict;
                self.standing.hardened |= does == Does::Harden;
                if let Some(taken) = Taken::of(does, targets) {
                    self.taken.send(taken).await;
                }
            }
            return;
        }
        if !sound {
            return;
        }
        let registers = matches!(does, Does::Register | Does::Triage);
        if registers && matches!(role, ANALYST | DESK | LEAD) {
            let known = std::mem::replace(&mut self.standing.reported, true);
            (!known).then(note);
        }
        match does {
            Does::Triage => self.standing.scope = true,
            Does::Declare if !self.standing.declared => {
                note();
                self.standing.declared = true;
                self.declared.send(()).await;
            }
            Does::FindCause => self.standing.cause = true,
            Does::Investigate => self.investigate(role, person),
            _ => {}
        }
    }

    pub(super) fn investigate(&mut self, role: usize, person: usize) {
        let facts = ALERTED | asset_facts(self.outlook.hit);
        self.learn(role, facts);
        self.tell(person, None, facts);
        for piece in &mut self.pieces {
            if piece.state != State::Done(false) {
                continue;
            }
            piece.state = State::Failed;
            if let Some(measure) = TASK[piece.job.task].does.on_assets() {
                let claims = self.claims[measure].iter_mut();
                claims
                    .filter(|entry| **entry == piece.ended)
                    .for_each(|entry| *entry = 0);
            }
            self.again[piece.job.task] = true;
            if piece.job.task == BRIEF {
                self.brief = Delay::NotYet;
            }
        }
        self.standing.scope = true;
    }

    pub(super) async fn inform(&mut self, index: usize) {
        let role = self.pieces[index].role;
        for to in TASK[self.pieces[index].job.task].informs {
            if *to != role {
                let draft = Draft {
                    to: *to,
                    facts: self.known[role],
                    about: 0,
                    again: false,
                    false_alarm: false,
                };
                self.send.send(draft).await;
            }
        }
    }

    // How far the response is.

    pub(super) fn phase_started(&mut self, does: Does) {
        let contains = matches!(does, Does::Block | Does::Evict);
        let assesses = matches!(does, Does::Triage | Does::Investigate | Does::Declare);
        let resolves = matches!(does, Does::Evict | Does::Harden | Does::FindCause);
        self.standing.started[1] |= assesses;
        self.standing.started[2] |= contains;
        self.standing.started[3] |= resolves && (contains || self.standing.contained);
    }

    pub(super) fn is_complete(&self, phase: usize) -> bool {
        let (standing, outlook) = (&self.standing, &self.outlook);
        match phase {
            0 => standing.reported,
            1 => standing.declared && standing.scope,
            2 => standing.declared && outlook.contained && outlook.harmless,
            _ => standing.cause && standing.evicted && standing.hardened && outlook.clean,
        }
    }

    pub(super) async fn consider_phases(&mut self, cx: &Context<Self>) {
        for phase in 0..4 {
            if self.phases[phase] >= 0 {
                continue;
            }
            let begun = match phase {
                0 => self.standing.seen,
                2 => self.standing.started[2] || self.is_complete(2),
                _ => self.standing.started[phase],
            };
            if begun && !std::mem::replace(&mut self.standing.reached[phase], true) {
                note();
            }
            if begun && self.is_complete(phase) {
                note();
                self.phases[phase] = self.run.now(cx.time());
                if phase == 2 {
                    self.contained.send(()).await;
                }
            }
        }
        if self.phases[3] >= 0 && !self.over {
            self.end().await;
        }
    }
}
