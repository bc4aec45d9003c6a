//! Gates, and ratings as far as expectations and harm decide them, from the text of the rules.

use super::expected::Came;
use super::{Oracle, wanted};
use hotwash_engine::evaluation::Rating;
use hotwash_engine::exercise::{
    AssetKind, AssetState, Clause, Condition, ExpectationId, Fact, IncidentId, Object, Objective,
    ObligationId, Selector, StakeholderKind, StepId,
};
use hotwash_engine::record::{Event, Verdict};
use std::collections::BTreeSet;

/// When a harm came, by which entry, and by which step.
type Harm = (i64, u32, StepId);

/// What a gate rests on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Basis {
    /// Clocks of one law to one recipient for one incident.
    Duty(String, StakeholderKind, IncidentId),
    /// One that the plan does not speak of.
    NotInPlan(ObligationId, IncidentId),
    Expectation(ExpectationId),
    /// The act that answered first.
    Act(u32),
    /// What an objective asks to be true at the end.
    Success(String),
    OwnHarm,
}

impl Oracle<'_> {
    /// What the gates rest on, one after another.
    pub(super) fn gates(&self) -> Vec<Basis> {
        let mut gates = Vec::new();
        let mut used = Vec::new();
        for (basis, _) in self.broken() {
            if !used.contains(&basis) {
                used.push(basis.clone());
                gates.push(basis);
            }
        }
        for objective in &self.exercise.scenario().objectives {
            let rests_on = self.rests_on(objective);
            let fresh = |bases: &&Vec<Basis>| !bases.iter().any(|basis| used.contains(basis));
            if let Some(first) = rests_on.iter().find(fresh) {
                gates.push(first[0].clone());
                used.extend(rests_on.into_iter().flatten());
            }
        }
        let out = self.own_harm().is_some_and(|of| of.is_out());
        gates.extend(out.then_some(Basis::OwnHarm));
        gates
    }

    /// Every duty of law that was broken, or that the plan does not speak of and that still ran when the team ended
    /// the exercise, with whom it names.
    fn broken(&self) -> Vec<(Basis, (StakeholderKind, IncidentId))> {
        let broken = [
            Verdict::Late,
            Verdict::Breached,
            Verdict::WrongRecipient,
            Verdict::NotRecognised,
        ];
        let all = self.verdicts().into_iter();
        let all = all.filter(|(of, _, verdict)| {
            let left = self.exercise.obligation(*of).clause == Clause::Missing;
            let running = *verdict == Verdict::Running;
            broken.contains(verdict) || (running && left && !self.was_cut_short())
        });
        let of_law = all.filter_map(|(of, incident, _)| {
            let duty = self.exercise.obligation(of);
            let law = duty.law.clone()?;
            let basis = if duty.clause == Clause::Missing {
                Basis::NotInPlan(of, incident)
            } else {
                Basis::Duty(law, duty.to, incident)
            };
            Some((basis, (duty.to, incident)))
        });
        of_law.collect()
    }

    /// For each reason for which an objective could not be performed, what that rests on. Empty: it could.
    fn rests_on(&self, of: &Objective) -> Vec<Vec<Basis>> {
        let Some(failed) = self.failed(of) else {
            return Vec::new();
        };
        if failed.is_empty() {
            return vec![vec![Basis::Success(of.slug.to_string())]];
        }
        let rests_on = |id: ExpectationId| {
            let expected = &self.exercise.scenario().expectations[id.index()];
            let duty = self.broken().into_iter().find(|(_, (to, incident))| {
                wanted(expected).on == Object::Stakeholder(*to) && expected.incident == *incident
            });
            if let Some((duty, _)) = duty {
                return vec![duty];
            }
            let acts = self.answers(id).into_iter().flatten();
            let first = acts.map(|(_, number)| number).min();
            let mut rests_on = vec![Basis::Expectation(id)];
            rests_on.extend(first.map(Basis::Act));
            rests_on
        };
        failed.into_iter().map(rests_on).collect()
    }

    /// The best and the worst rating that expectations and harm leave open: what is found otherwise can
    /// make one that was performed worse, down to M.
    pub(super) fn rating(&self, of: &Objective) -> (Rating, Rating) {
        let all = of.critical.iter().chain(&of.supporting);
        let shares: Vec<Came> = all.map(|id| self.came(*id)).collect();
        let critical = &shares[..of.critical.len()];
        assert!(!critical.is_empty(), "of what ships");
        let short = |came: &Came| matches!(came, Came::Share(share) if *share < 1.0);
        if critical.iter().all(|came| *came == Came::NotExercised) {
            return (Rating::N, Rating::N);
        }
        if self.failed(of).is_some() {
            return (Rating::U, Rating::U);
        }
        let harmed = of
            .harm
            .as_ref()
            .is_some_and(|harm| self.first(harm).is_some());
        if harmed || critical.iter().any(short) {
            return (Rating::M, Rating::M);
        }
        let best = if shares.iter().any(short) {
            Rating::S
        } else {
            Rating::P
        };
        (Rating::M, best)
    }

    /// The critical items with which an objective failed; `None`: it did not.
    fn failed(&self, of: &Objective) -> Option<Vec<ExpectationId>> {
        let harm = of.harm.as_ref().and_then(|harm| self.first(harm));
        let came: Vec<_> = of.critical.iter().map(|id| (*id, self.came(*id))).collect();
        if came.iter().all(|(_, came)| *came == Came::NotExercised) {
            return None;
        }
        let failed = came.into_iter().filter(|(id, came)| match came {
            Came::Share(share) => *share < 0.5 || harm.is_some_and(|harm| self.open_at(*id, harm)),
            Came::NotExercised => false,
        });
        let failed: Vec<ExpectationId> = failed.map(|(id, _)| id).collect();
        let (end, limit) = (self.end_at(), of.limit.map(|limit| limit.0));
        let looked_at = limit.filter(|limit| *limit <= end || self.was_cut_short());
        let looked_at = looked_at.unwrap_or(end);
        let unsuccessful = of
            .success
            .as_ref()
            .is_some_and(|success| looked_at <= end && !self.true_at(success, looked_at));
        (unsuccessful || !failed.is_empty()).then_some(failed)
    }

    /// Whether the score says less than it seems: people are without friction, or all that was hit is
    /// run by others.
    pub(super) fn is_partial(&self) -> bool {
        let hits = self.entries.iter().filter_map(|entry| match entry.event {
            Event::StepTookEffect { asset, .. } => Some(self.exercise.asset(asset)),
            _ => None,
        });
        let mut ours = hits.map(|of| of.kind != AssetKind::Supplier && of.run_by.is_none());
        self.exercise.organisation().tireless || !ours.any(|ours| ours)
    }

    /// When a harm first came about, and by which step.
    fn first(&self, harm: &Condition) -> Option<Harm> {
        match harm {
            Condition::Is(Fact::Reached(wanted)) => {
                let first = self.entries.iter().find(
                    |entry| matches!(&entry.event, Event::StepTookEffect { step, .. } if step == wanted),
                )?;
                Some((first.at.0, first.number, *wanted))
            }
            Condition::Any(all) => all.iter().filter_map(|one| self.first(one)).min(),
            other => panic!("what ships names steps as harm, and not {other:?}"),
        }
    }

    fn true_at(&self, condition: &Condition, at: i64) -> bool {
        match condition {
            Condition::Not(one) => !self.true_at(one, at),
            Condition::Any(all) => all.iter().any(|one| self.true_at(one, at)),
            Condition::Is(Fact::Reached(wanted)) => self
                .at(|event| matches!(event, Event::StepTookEffect { step, .. } if step == wanted))
                .is_some_and(|reached| reached <= at),
            Condition::Is(Fact::InState(Selector::Kind(kind), wanted)) => {
                self.is_any(*kind, *wanted, at)
            }
            other => panic!("what ships does not ask for {other:?}"),
        }
    }

    fn is_any(&self, kind: AssetKind, wanted: AssetState, at: i64) -> bool {
        let mut there = BTreeSet::new();
        for entry in self.entries.iter().filter(|entry| entry.at.0 <= at) {
            if let Event::AssetChanged {
                asset, state, on, ..
            } = entry.event
                && state == wanted
                && self.exercise.asset(asset).kind == kind
            {
                if on {
                    there.insert(asset);
                } else {
                    there.remove(&asset);
                }
            }
        }
        !there.is_empty()
    }
}
