//! Coverage, from the text of the rules: what should have been done, and the share that was.

use super::Oracle;
use super::expected::Came;
use hotwash_engine::exercise::{
    Act, AssetId, AssetKind, AssetState, Condition, Dimension, Each, Effect, EvidenceItem,
    ExpectationId, Fact, Knowable, Mark, Measure, Object, Phase, Selector, TaskId,
};
use hotwash_engine::record::{Event, Outcome, SkipReason};

/// What an act was due on.
enum Due {
    /// The incident or a stakeholder: done or not done.
    Whole,
    /// These assets.
    On(Vec<AssetId>),
    /// Nothing: it was not called for.
    Nothing,
    /// Assets that are named as such, and of which the attack hit none.
    Named,
}

/// One thing that should have been done.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) phase: Phase,
    pub(super) weight: f64,
    pub(super) done: f64,
    pub(super) what: String,
}

impl Oracle<'_> {
    pub(super) fn assets(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.exercise.organisation().assets.len()).map(AssetId::new)
    }

    fn ever(&self, of: AssetId, wanted: AssetState) -> bool {
        let was = |event: &Event| matches!(event, Event::AssetChanged { asset, state, on: true, .. } if *asset == of && *state == wanted);
        self.at(was).is_some()
    }

    /// Whether the attack hit it: with a foothold, encrypted, altered or out of order.
    pub(super) fn hit(&self, of: AssetId) -> bool {
        let disrupted = |event: &Event| {
            matches!(event, Event::StepTookEffect { step, asset, .. }
                if *asset == of && self.exercise.step(*step).effect == Effect::Disrupt)
        };
        let states = [
            AssetState::Compromised,
            AssetState::Encrypted,
            AssetState::Altered,
        ];
        states.iter().any(|state| self.ever(of, *state)) || self.at(disrupted).is_some()
    }

    fn has_foothold(&self, of: AssetId) -> bool {
        let mut has = false;
        for entry in self.entries {
            if let Event::AssetChanged {
                asset,
                state: AssetState::Compromised,
                on,
                ..
            } = entry.event
                && asset == of
            {
                has = on;
            }
        }
        has
    }

    /// Whether a selection takes an asset, of which `affected` says whether the act is due on it.
    pub(super) fn takes(&self, selector: &Selector, of: AssetId, affected: bool) -> bool {
        let asset = self.exercise.asset(of);
        match selector {
            Selector::Everything => true,
            Selector::Kind(kind) => asset.kind == *kind,
            Selector::Asset(one) => *one == of,
            Selector::Holding(data) => asset.holds(*data),
            Selector::Valued(Dimension::Confidentiality, least) => asset.confidentiality >= *least,
            Selector::Valued(Dimension::Integrity, least) => asset.integrity >= *least,
            Selector::Valued(Dimension::Availability, least) => asset.availability >= *least,
            Selector::InState(state) => self.ever(of, *state),
            Selector::Affected => affected,
            Selector::Both(all) => all.iter().all(|one| self.takes(one, of, affected)),
        }
    }

    fn due_on(&self, act: &Act) -> Due {
        let (item, selector) = match &act.on {
            Object::Incident | Object::Stakeholder(_) => return Due::Whole,
            Object::Assets(selector) => (None, selector),
            Object::Evidence(item, selector) => (*item, selector),
        };
        let due = |asset: &AssetId| {
            let affected = match act.measure {
                Measure::Evict => self.ever(*asset, AssetState::Compromised),
                Measure::Verify | Measure::Accept | Measure::Reconnect => {
                    self.hit(*asset) || self.ever(*asset, AssetState::OutOfService)
                }
                _ => self.hit(*asset),
            };
            let kind = self.exercise.asset(*asset).kind;
            let can = item.is_none_or(|item| holds(kind).contains(&item));
            affected && can && self.takes(selector, *asset, affected)
        };
        let assets: Vec<AssetId> = self.assets().filter(due).collect();
        match assets.is_empty() {
            false => Due::On(assets),
            true if by_state(selector) => Due::Nothing,
            true => Due::Named,
        }
    }

    /// Whether an act truly took effect on an asset, by whichever task.
    fn took_effect(&self, act: &Act, of: Option<AssetId>) -> bool {
        let back = [Measure::Restore, Measure::Rebuild, Measure::Failover];
        let same = |measure: Measure| {
            measure == act.measure || back.contains(&measure) && back.contains(&act.measure)
        };
        let wanted = match &act.on {
            Object::Evidence(item, _) => *item,
            _ => None,
        };
        let took = |event: &Event| match event {
            Event::MeasureTaken {
                measure,
                asset,
                effect: true,
                ..
            } => {
                act.measure != Measure::Preserve && same(*measure) && (of.is_none() || *asset == of)
            }
            Event::EvidencePreserved { asset, item, .. } => {
                act.measure == Measure::Preserve
                    && of.is_none_or(|of| of == *asset)
                    && wanted.is_none_or(|wanted| wanted == *item)
            }
            _ => false,
        };
        let gone = act.measure == Measure::Evict && of.is_some_and(|of| !self.has_foothold(of));
        gone || self.at(took).is_some()
    }

    fn share(&self, act: &Act, assets: &[AssetId]) -> f64 {
        let done = assets
            .iter()
            .filter(|asset| self.took_effect(act, Some(**asset)));
        count(done.count()) / count(assets.len())
    }

    /// Whether a condition of the plan held at some time in truth.
    fn held(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(all) => all.iter().all(|one| self.held(one)),
            Condition::Any(all) => all.iter().any(|one| self.held(one)),
            Condition::Not(one) => !self.held(one),
            Condition::Is(fact) => self.fact(fact),
        }
    }

    fn fact(&self, fact: &Fact) -> bool {
        match fact {
            Fact::AlertRaised | Fact::Known(Knowable::Alerted(_)) => {
                self.mark(Mark::Seen).is_some()
            }
            Fact::Known(Knowable::PersonalData(_)) => {
                self.exercise.scenario().incidents[self.incident.index()].personal_data
            }
            Fact::InState(selector, state) => self.assets().any(|asset| {
                self.ever(asset, *state) && self.takes(selector, asset, self.hit(asset))
            }),
            Fact::MoneyLost(least) => {
                let stolen = self.entries.iter().map(|entry| match entry.event {
                    Event::StepTookEffect { money, .. } => money.0,
                    _ => 0,
                });
                stolen.sum::<i64>() >= least.0
            }
            other => panic!("no task of the clinic asks for {other:?}"),
        }
    }

    /// The tasks that an act asks for: those with the very same act, else those with one alike.
    fn tasks_for(&self, act: &Act) -> Vec<TaskId> {
        let with = |same: &dyn Fn(&Act) -> bool| -> Vec<TaskId> {
            let tasks = self.exercise.plan().tasks.iter().enumerate();
            let found = tasks.filter(|(_, task)| task.does.iter().any(same));
            found.map(|(i, _)| TaskId::new(i)).collect()
        };
        let exact = with(&|one| one == act);
        if exact.is_empty() {
            with(&|one| alike(one, act))
        } else {
            exact
        }
    }

    fn expectation(&self, id: ExpectationId) -> Option<Item> {
        let expected = &self.exercise.scenario().expectations[id.index()];
        let named = self.tasks_for(&expected.act);
        let phase = named
            .iter()
            .map(|task| self.exercise.task(*task).phase)
            .min();
        let phase = phase
            .or(expected.act.measure.home())
            .unwrap_or(Phase::Response);
        let Came::Share(done) = self.came(id) else {
            return None;
        };
        Some(Item {
            phase,
            weight: f64::from(expected.weight),
            done,
            what: expected.slug.to_string(),
        })
    }

    fn task(&self, id: TaskId) -> Option<Item> {
        let task = self.exercise.task(id);
        assert!(
            task.each == Each::Incident && task.does.len() <= 1,
            "of the clinic's plan"
        );
        let left_out = self.at(|event| {
            matches!(event, Event::TaskSkipped { instance, reason }
                if instance.task == id && matches!(reason, SkipReason::Decided | SkipReason::Facilitator | SkipReason::Prevented))
        });
        let applies = !task.optional
            && left_out.is_none()
            && task.from_severity.is_none_or(|from| {
                from <= self.exercise.scenario().incidents[self.incident.index()].severity
            })
            && !task.takes_measure(Measure::Reject)
            && task.when.as_ref().is_none_or(|when| self.held(when));
        let act = task.does.first().filter(|_| applies)?;
        let done = match self.due_on(act) {
            Due::Nothing => return None,
            Due::On(assets) => self.share(act, &assets),
            Due::Named => f64::from(u8::from(self.took_effect(act, None))),
            Due::Whole => f64::from(u8::from(
                self.at(|event| {
                    matches!(event, Event::TaskEnded { instance, outcome: Outcome::Done }
                    if instance.task == id && instance.incident == self.incident)
                })
                .is_some(),
            )),
        };
        Some(Item {
            phase: task.phase,
            weight: f64::from(task.weight),
            done,
            what: task.slug.to_string(),
        })
    }

    /// Everything that should have been done for the incident.
    pub(super) fn items(&self) -> Vec<Item> {
        let scenario = self.exercise.scenario();
        let expected = (0..scenario.expectations.len()).map(ExpectationId::new);
        let asked = expected.filter_map(|id| Some((id, self.expectation(id)?)));
        let mut named = Vec::new();
        let mut items = Vec::new();
        for (id, item) in asked {
            named.extend(self.tasks_for(&scenario.expectations[id.index()].act));
            items.push(item);
        }
        let tasks = (0..self.exercise.plan().tasks.len()).map(TaskId::new);
        items.extend(
            tasks
                .filter(|task| !named.contains(task))
                .filter_map(|task| self.task(task)),
        );
        items
    }
}

/// The evidence that an asset of a kind can hold.
pub(super) fn holds(kind: AssetKind) -> &'static [EvidenceItem] {
    use EvidenceItem::{Disk, Logs, Mailbox, Memory};
    match kind {
        AssetKind::MailServer => &[Memory, Disk, Logs, Mailbox],
        AssetKind::Account => &[Logs, Mailbox],
        AssetKind::BackupOffline => &[Disk],
        AssetKind::Network | AssetKind::Supplier | AssetKind::BankAccount => &[Logs],
        _ => &[Memory, Disk, Logs],
    }
}

pub(super) fn by_state(selector: &Selector) -> bool {
    match selector {
        Selector::Affected | Selector::InState(_) => true,
        Selector::Both(all) => all.iter().any(by_state),
        _ => false,
    }
}

/// The same measure on the same kind of object: stakeholder and item agree, the assets need not.
fn alike(one: &Act, other: &Act) -> bool {
    one.measure == other.measure
        && match (&one.on, &other.on) {
            (Object::Stakeholder(one), Object::Stakeholder(other)) => one == other,
            (Object::Evidence(Some(one), _), Object::Evidence(Some(other), _)) => one == other,
            _ => true,
        }
}

pub(super) fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).expect("a count is small"))
}
