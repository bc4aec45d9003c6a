//! Expectations, from the text of the rules: what each asked for, who answered, and when.

use super::{Oracle, wanted};
use hotwash_engine::exercise::{
    Act, Addressee, AssetId, AssetState, Condition, Effect, ExerciseTime, ExpectationId, Fact,
    Instance, Knowable, Measure, Object, RoleId, Selector, StepId,
};
use hotwash_engine::record::{EndKind, Entry, Event};
use std::collections::BTreeSet;

/// An act that answered: when, and the number of its entry.
pub(super) type Answer = (i64, u32);

/// Measures by which an affected asset is contained.
pub(super) const CONTAINS: &[Measure] = &[
    Measure::Isolate,
    Measure::Disconnect,
    Measure::Shutdown,
    Measure::WipeRemotely,
    Measure::Evict,
    Measure::DisableAccount,
    Measure::Revoke,
    Measure::Block,
    Measure::Filter,
    Measure::Takedown,
    Measure::RecallPayment,
];

/// How an expectation came out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Came {
    /// So much of it was done; late counts half.
    Share(f64),
    /// It counts neither for nor against.
    NotExercised,
}

impl Oracle<'_> {
    /// How an expectation came out.
    pub(super) fn came(&self, id: ExpectationId) -> Came {
        let due = self.due_of(id);
        let answers = self.answers(id);
        let asked = self.delivered(id).is_some();
        let points: f64 = answers.iter().map(|answer| worth(*answer, due)).sum();
        let all = super::coverage::count(answers.len());
        let nobody = answers.iter().all(Option::is_none);
        if !answers.is_empty() && points >= all {
            return Came::Share(1.0);
        }
        let short = due.is_some_and(|due| due > self.end_at()) && self.was_cut_short();
        if answers.is_empty() || (nobody && !asked) || short {
            return Came::NotExercised;
        }
        Came::Share(points / all)
    }

    /// Whether something asked for was open when a harm came, by a step of its own.
    pub(super) fn open_at(
        &self,
        id: ExpectationId,
        (harm, number, by): (i64, u32, StepId),
    ) -> bool {
        let expected = &self.exercise.scenario().expectations[id.index()];
        let until = self.due_of(id).map_or(harm, |due| due.min(harm));
        let before = |answer: Option<Answer>| answer.is_some_and(|(_, entry)| entry < number);
        match on_assets(wanted(expected)) {
            None => !before(self.answered(id, None)),
            Some(_) => self
                .asked_for(id, until, Some(by))
                .into_iter()
                .any(|asset| {
                    !before(self.answered(id, Some(asset))) && !self.needless(id, asset, harm)
                }),
        }
    }

    fn delivered(&self, id: ExpectationId) -> Option<i64> {
        let wanted = self.exercise.scenario().expectations[id.index()].inject;
        self.at(|event| matches!(event, Event::InjectDelivered { inject } if *inject == wanted))
    }

    fn due_of(&self, id: ExpectationId) -> Option<i64> {
        let expected = &self.exercise.scenario().expectations[id.index()];
        let delivered = self.delivered(id)?;
        let from = expected.since.and_then(|mark| self.mark(mark));
        Some(from.unwrap_or(delivered).max(0) + expected.within.0)
    }

    pub(super) fn end_at(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.at.0)
    }

    /// Of each thing asked for, when it was answered.
    pub(super) fn answers(&self, id: ExpectationId) -> Vec<Option<Answer>> {
        let until = self.due_of(id).unwrap_or(self.end_at());
        let expected = &self.exercise.scenario().expectations[id.index()];
        if on_assets(wanted(expected)).is_none() {
            return vec![self.answered(id, None)];
        }
        let due = self.due_of(id);
        let answered = |asset: AssetId| (asset, self.answered(id, Some(asset)));
        let asked = self.asked_for(id, until, None).into_iter().map(answered);
        let needed: Vec<Option<Answer>> = asked
            .filter(|(asset, answer)| {
                let in_time = answer.is_some_and(|(at, _)| due.is_none_or(|due| at <= due));
                in_time || !self.needless(id, *asset, until)
            })
            .map(|(_, answer)| answer)
            .collect();
        if needed.is_empty() {
            let all = self.assets();
            let acts = all.filter_map(|asset| self.answered(id, Some(asset)));
            return acts.map(Some).collect();
        }
        needed
    }

    /// The first act that answers, on an asset or as such; none where something had to be first and was not.
    fn answered(&self, id: ExpectationId, on: Option<AssetId>) -> Option<Answer> {
        let expected = &self.exercise.scenario().expectations[id.index()];
        let first = self.first_act(wanted(expected), on, |entry| self.is_of(id, entry))?;
        let before = expected.before.as_ref().and_then(|before| {
            let on = on.filter(|_| on_assets(before).is_some());
            self.first_act(before, on, |_| true)
        });
        let overtaken = before.is_some_and(|before| before.number < first.number);
        (!overtaken).then_some((first.at.0, first.number))
    }

    fn first_act(
        &self,
        act: &Act,
        on: Option<AssetId>,
        by: impl Fn(&Entry) -> bool,
    ) -> Option<&Entry> {
        let back = super::coverage::BACK;
        let wanted_back = back.contains(&act.measure) || act.measure == Measure::Correct;
        self.entries.iter().find(|entry| {
            let (instance, is_it, asset) = match &entry.event {
                Event::MeasureTaken {
                    instance,
                    measure,
                    asset,
                    effect: true,
                    ..
                } => {
                    let same = *measure == act.measure
                        || on.is_some() && back.contains(measure) && wanted_back;
                    (
                        instance,
                        same && !matches!(act.on, Object::Evidence(..)),
                        *asset,
                    )
                }
                Event::EvidencePreserved {
                    instance,
                    asset,
                    item,
                    ..
                } => {
                    let wanted = match &act.on {
                        Object::Evidence(wanted, _) => wanted.is_none_or(|of| of == *item),
                        _ => false,
                    };
                    (instance, wanted, Some(*asset))
                }
                Event::StakeholderNotified {
                    instance,
                    stakeholder,
                    ..
                } => (instance, act.on == Object::Stakeholder(*stakeholder), None),
                _ => return false,
            };
            let there = on.is_none() || asset == on;
            let took = || match (on_assets(act), on) {
                (Some(selector), Some(asset)) => {
                    self.took(act.measure, selector, asset, entry.at.0)
                }
                _ => true,
            };
            is_it && instance.incident == self.incident && there && took() && by(entry)
        })
    }

    /// Whether an act was done by somebody who has the function.
    fn is_of(&self, id: ExpectationId, entry: &Entry) -> bool {
        let of = self.exercise.scenario().expectations[id.index()].of;
        let (instance, role): (Instance, RoleId) = match entry.event {
            Event::MeasureTaken { instance, role, .. }
            | Event::EvidencePreserved { instance, role, .. }
            | Event::StakeholderNotified { instance, role, .. } => (instance, role),
            _ => return false,
        };
        let wanted = self.exercise.roles(of);
        let owners = self.exercise.roles(self.exercise.task(instance.task).by);
        let to = self.exercise.plan().escalation.to.iter();
        let targets: BTreeSet<RoleId> = to
            .flat_map(|to| self.exercise.roles(*to).iter().copied())
            .collect();
        let escalated = targets.contains(&role)
            && !owners.contains(&role)
            && owners.iter().any(|owner| wanted.contains(owner));
        let also = match (of, entry.actor.person()) {
            (Addressee::Function(function), Some(person)) => {
                let person = &self.exercise.organisation().people[person.index()];
                person.also.contains(&function)
            }
            _ => false,
        };
        wanted.contains(&role) || escalated || also
    }

    /// The assets that an expectation asks for at an instant.
    fn asked_for(&self, id: ExpectationId, until: i64, apart: Option<StepId>) -> Vec<AssetId> {
        let act = wanted(&self.exercise.scenario().expectations[id.index()]);
        let Some(selector) = on_assets(act) else {
            return Vec::new();
        };
        let can = |asset: &AssetId| match &act.on {
            Object::Evidence(item, _) => {
                let has = super::coverage::holds(self.exercise.asset(*asset).kind);
                item.map_or(!has.is_empty(), |item| has.contains(&item))
            }
            _ => true,
        };
        let described = self.assets().filter(can);
        let described = described.filter(|asset| self.describes(selector, *asset));
        if !super::coverage::by_state(selector) {
            return described.collect();
        }
        let found = self.found(until);
        described
            .filter(|asset| {
                found.contains(asset)
                    && self.calls(act.measure, *asset, until, apart)
                    && self.was_so(selector, *asset, until)
            })
            .collect()
    }

    fn describes(&self, selector: &Selector, of: AssetId) -> bool {
        match selector {
            Selector::Affected | Selector::InState(_) => true,
            Selector::Both(all) => all.iter().all(|one| self.describes(one, of)),
            other => self.takes(other, of, true),
        }
    }

    /// Whether an asset had been in the states that a selector names.
    fn was_so(&self, selector: &Selector, of: AssetId, until: i64) -> bool {
        match selector {
            Selector::InState(state) => self.was(of, *state, until),
            Selector::Both(all) => all.iter().all(|one| self.was_so(one, of, until)),
            _ => true,
        }
    }

    fn was(&self, of: AssetId, wanted: AssetState, until: i64) -> bool {
        let since = self.at(|event| matches!(event, Event::AssetChanged { asset, state, on: true, .. } if *asset == of && *state == wanted));
        since.is_some_and(|since| since <= until)
    }

    fn effects(&self, of: AssetId, until: i64, apart: Option<StepId>) -> Vec<Effect> {
        let before = self.entries.iter().filter(|entry| entry.at.0 <= until);
        let hits = before.filter_map(|entry| match entry.event {
            Event::StepTookEffect { step, asset, .. } if asset == of && Some(step) != apart => {
                Some(self.exercise.step(step))
            }
            _ => None,
        });
        let hits = hits.filter(|step| step.incident == self.incident);
        hits.map(|step| step.effect).collect()
    }

    /// Whether what had happened to an asset calls for a measure.
    fn calls(&self, measure: Measure, of: AssetId, until: i64, apart: Option<StepId>) -> bool {
        let effects = self.effects(of, until, apart);
        let one_of = |wanted: &[Effect]| effects.iter().any(|effect| wanted.contains(effect));
        let affected = [
            Effect::Compromise,
            Effect::Encrypt,
            Effect::Disrupt,
            Effect::Alter,
        ];
        match measure {
            Measure::Evict => one_of(&[Effect::Compromise]),
            Measure::Correct => one_of(&[Effect::Alter]),
            Measure::RecallPayment => one_of(&[Effect::Steal]),
            Measure::Takedown => one_of(&[Effect::Expose]),
            Measure::Restore | Measure::Rebuild | Measure::Failover => {
                one_of(&affected[1..]) || self.was(of, AssetState::Wiped, until)
            }
            Measure::Verify | Measure::Accept | Measure::Reconnect => {
                one_of(&affected) || self.was_down(of, until)
            }
            _ => one_of(&affected),
        }
    }

    fn was_down(&self, of: AssetId, until: i64) -> bool {
        let since = self.at(|event| matches!(event, Event::AssetChanged { asset, state: AssetState::OutOfService, on: true, incident } if *asset == of && *incident == Some(self.incident)));
        since.is_some_and(|since| since <= until)
    }

    /// Whether a selector took an asset at an instant.
    fn took(&self, measure: Measure, selector: &Selector, of: AssetId, at: i64) -> bool {
        match selector {
            Selector::Affected => {
                let back = [Measure::Verify, Measure::Accept, Measure::Reconnect];
                self.calls(Measure::Isolate, of, at, None)
                    || back.contains(&measure) && self.was_down(of, at)
            }
            Selector::InState(state) => self.is_at(of, *state, at),
            Selector::Both(all) => all.iter().all(|one| self.took(measure, one, of, at)),
            other => self.takes(other, of, true),
        }
    }

    /// Whether an asset was in a state in some moment of an instant.
    fn is_at(&self, of: AssetId, wanted: AssetState, at: i64) -> bool {
        let (mut is, mut was) = (false, false);
        for entry in self.entries.iter().filter(|entry| entry.at.0 <= at) {
            if let Event::AssetChanged {
                asset, state, on, ..
            } = entry.event
                && (asset, state) == (of, wanted)
            {
                was |= entry.at.0 == at;
                is = on;
            }
        }
        is || was
    }

    /// Whether what an act is for was seen to in another way.
    fn needless(&self, id: ExpectationId, of: AssetId, until: i64) -> bool {
        let wanted = wanted(&self.exercise.scenario().expectations[id.index()]).measure;
        let over = |state| self.was(of, state, until) && !self.is_after(of, state, until);
        match wanted {
            Measure::Isolate | Measure::Disconnect => self.entries.iter().any(|entry| {
                matches!(entry.event, Event::MeasureTaken { instance, measure, asset, effect: true, .. }
                    if entry.at.0 <= until && asset == Some(of) && instance.incident == self.incident
                        && CONTAINS.contains(&measure) && measure != Measure::Shutdown && measure != wanted)
            }),
            Measure::Restore | Measure::Rebuild | Measure::Failover => {
                let effects = self.effects(of, until, None);
                let worse = [Effect::Encrypt, Effect::Disrupt];
                !effects.iter().any(|effect| worse.contains(effect))
                    && self.entries.iter().any(|entry| {
                        matches!(entry.event, Event::MeasureTaken { measure: Measure::Correct, asset, effect: true, .. }
                            if entry.at.0 <= until && asset == Some(of))
                    })
            }
            Measure::Evict => over(AssetState::Compromised),
            Measure::Takedown => over(AssetState::Exposed),
            _ => false,
        }
    }

    /// Whether an asset is in a state once an instant is over.
    fn is_after(&self, of: AssetId, wanted: AssetState, at: i64) -> bool {
        let changes = self.entries.iter().filter(|entry| entry.at.0 <= at);
        let mut last = changes.filter_map(|entry| match entry.event {
            Event::AssetChanged {
                asset, state, on, ..
            } if (asset, state) == (of, wanted) => Some(on),
            _ => None,
        });
        last.next_back().unwrap_or(false)
    }

    /// What an investigation would have found by an instant: everything that links and dependencies
    /// connect, one after another, to what anybody knew or was told to be affected.
    fn found(&self, until: i64) -> BTreeSet<AssetId> {
        let affects = |fact: &Knowable| match fact {
            Knowable::Asset(incident, asset, state) if *incident == self.incident => matches!(
                state,
                AssetState::Compromised
                    | AssetState::Encrypted
                    | AssetState::Altered
                    | AssetState::OutOfService
            )
            .then_some(*asset),
            _ => None,
        };
        let mut found = BTreeSet::new();
        for entry in self.entries.iter().filter(|entry| entry.at.0 <= until) {
            match &entry.event {
                Event::FactLearned { fact, .. } => found.extend(affects(fact)),
                Event::MessageSent { reveals, .. } => {
                    found.extend(reveals.iter().filter_map(affects));
                }
                _ => {}
            }
        }
        let Some(links) = &self.exercise.organisation().network else {
            let any = found.is_empty();
            return self.assets().filter(|_| !any).collect();
        };
        let mut links: Vec<(AssetId, AssetId)> = links.clone();
        for asset in self.assets() {
            let below = &self.exercise.asset(asset).depends_on;
            links.extend(below.iter().map(|below| (asset, *below)));
        }
        loop {
            let before = found.len();
            for (a, b) in &links {
                if found.contains(a) || found.contains(b) {
                    found.extend([*a, *b]);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// Whether something else than the team ended the exercise.
    pub(super) fn was_cut_short(&self) -> bool {
        let last = self.entries.last().expect("a run has entries");
        let Event::ExerciseEnded { end } = last.event else {
            panic!("every run ends");
        };
        match end {
            EndKind::Limit | EndKind::LimitBroken | EndKind::Facilitator => true,
            EndKind::Stalled => false,
            EndKind::Condition => by_itself(&self.exercise.scenario().ends, last.at),
        }
    }
}

/// Whether what ends an exercise came by time alone.
fn by_itself(ends: &Condition, at: ExerciseTime) -> bool {
    match ends {
        Condition::Any(all) => all.iter().any(|one| by_itself(one, at)),
        Condition::Is(Fact::Elapsed(span)) => at.0 >= span.0,
        Condition::Is(Fact::PhaseCompleted(_)) => false,
        other => panic!("what ships does not end by {other:?}"),
    }
}

fn worth(answer: Option<Answer>, due: Option<i64>) -> f64 {
    match (answer, due) {
        (None, _) => 0.0,
        (Some((at, _)), Some(due)) if at > due => 0.5,
        _ => 1.0,
    }
}

const fn on_assets(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(selector) | Object::Evidence(_, selector) => Some(selector),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}
