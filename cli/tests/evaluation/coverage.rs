//! Coverage, from the text of the rules: what should have been done, and the share that was.

use super::expected::Came;
use super::{Oracle, mean, wanted};
use hotwash_engine::exercise::{
    Act, AssetId, AssetKind, AssetState, Dimension, Each, Effect, EvidenceItem, ExpectationId,
    Instance, Measure, Object, Phase, Selector, TaskId,
};
use hotwash_engine::record::{Event, Outcome};
use std::collections::BTreeMap;

/// What an act was due on.
#[derive(PartialEq)]
pub(super) enum Due {
    /// It is not counted by assets, or names assets as such of which none was hit: the task was done, or not.
    AsSuch,
    /// These assets.
    On(Vec<AssetId>),
    /// Nothing: it was not called for.
    Nothing,
}

/// One thing that should have been done, in its half of a phase.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) phase: Phase,
    /// Whether it stands among the expectations, and not among the tasks.
    pub(super) expected: bool,
    /// With what it counts as one.
    pub(super) unit: String,
    pub(super) weight: f64,
    pub(super) done: f64,
    pub(super) what: String,
}

/// Measures that have to be done with an asset in hand, which nobody has who does not run it.
const IN_HAND: [Measure; 11] = [
    Measure::Preserve,
    Measure::Evict,
    Measure::Patch,
    Measure::Shutdown,
    Measure::WipeRemotely,
    Measure::Restore,
    Measure::Rebuild,
    Measure::Failover,
    Measure::Correct,
    Measure::Verify,
    Measure::RotateCredentials,
];

/// Those by which an asset is brought back with its data.
pub(super) const BACK: [Measure; 3] = [Measure::Restore, Measure::Rebuild, Measure::Failover];

/// The share of what a phase asked for that was done: the mean of its halves.
pub(super) fn share(items: &[Item], phase: Phase) -> Option<f64> {
    let halves = [true, false].map(|expected| half(items, phase, expected));
    mean(halves.into_iter().flatten().map(|half| (1.0, half)))
}

fn half(items: &[Item], phase: Phase, expected: bool) -> Option<f64> {
    let mut units: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    let of_half = items.iter();
    for item in of_half.filter(|item| item.phase == phase && item.expected == expected) {
        let unit = units.entry(&item.unit).or_default();
        unit.push((item.weight, item.done));
    }
    let counted = units.into_values().filter_map(|unit| {
        let weight = unit
            .iter()
            .fold(0.0, |most: f64, (weight, _)| most.max(*weight));
        Some((weight, mean(unit.into_iter())?))
    });
    mean(counted)
}

impl Oracle<'_> {
    pub(super) fn assets(&self) -> impl Iterator<Item = AssetId> + use<> {
        (0..self.exercise.organisation().assets.len()).map(AssetId::new)
    }

    pub(super) fn ever(&self, of: AssetId, wanted: AssetState) -> bool {
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

    /// Whether it was out of service in the incident, and not only with something on which it depends.
    fn was_out(&self, of: AssetId) -> bool {
        self.entries.iter().any(|entry| {
            let Event::AssetChanged { asset, state: AssetState::OutOfService, on: true, incident } = entry.event else {
                return false;
            };
            let cause = entry.cause.map(|cause| &self.entries[cause as usize - 1].event);
            let with_another = matches!(cause, Some(Event::AssetChanged { asset, state: AssetState::OutOfService, on: true, .. })
                if *asset != of);
            asset == of && incident == Some(self.incident) && !with_another
        })
    }

    fn was_struck_by(&self, of: AssetId, wanted: &[Effect]) -> bool {
        let by = |event: &Event| {
            matches!(event, Event::StepTookEffect { step, asset, .. }
                if *asset == of && wanted.contains(&self.exercise.step(*step).effect))
        };
        self.at(by).is_some()
    }

    /// Whether what happened to an asset makes a measure due there.
    fn is_for(&self, measure: Measure, of: AssetId) -> bool {
        let struck = |effects: &[Effect]| self.was_struck_by(of, effects);
        match measure {
            Measure::Evict => struck(&[Effect::Compromise]),
            Measure::Correct => struck(&[Effect::Alter]),
            Measure::RecallPayment => struck(&[Effect::Steal]),
            Measure::Takedown => struck(&[Effect::Expose]),
            Measure::Restore | Measure::Rebuild | Measure::Failover => {
                struck(&[Effect::Encrypt, Effect::Alter, Effect::Disrupt])
            }
            Measure::Verify | Measure::Accept | Measure::Reconnect => {
                self.hit(of) || self.was_out(of)
            }
            _ => self.hit(of),
        }
    }

    pub(super) fn due_on(&self, act: &Act) -> Due {
        let (item, selector) = match &act.on {
            Object::Incident | Object::Stakeholder(_) => return Due::AsSuch,
            Object::Assets(selector) => (None, selector),
            Object::Evidence(item, selector) => (*item, selector),
        };
        let due = |asset: &AssetId| {
            let described = self.exercise.asset(*asset);
            let ours = described.kind != AssetKind::Supplier && described.run_by.is_none();
            let can = item.is_none_or(|item| holds(described.kind).contains(&item));
            self.is_for(act.measure, *asset)
                && can
                && (ours || !IN_HAND.contains(&act.measure))
                && self.takes(selector, *asset, true)
                && (self.took_effect(act, *asset) || !self.is_needless(act.measure, *asset))
        };
        let assets: Vec<AssetId> = self.assets().filter(due).collect();
        match assets.is_empty() {
            false => Due::On(assets),
            true if by_state(selector) => Due::Nothing,
            true => Due::AsSuch,
        }
    }

    fn was_taken(&self, of: AssetId, wanted: &[Measure]) -> bool {
        let took = |event: &Event| {
            matches!(event, Event::MeasureTaken { measure, asset, effect: true, .. }
                if *asset == Some(of) && wanted.contains(measure))
        };
        self.at(took).is_some()
    }

    /// Whether something else that was done made a measure needless on an asset.
    fn is_needless(&self, measure: Measure, of: AssetId) -> bool {
        let is_account = self.exercise.asset(of).kind == AssetKind::Account;
        match measure {
            Measure::Isolate | Measure::Disconnect => {
                is_account && self.was_taken(of, &[Measure::DisableAccount, Measure::Revoke])
            }
            back if BACK.contains(&back) => {
                let worse = self.was_struck_by(of, &[Effect::Encrypt, Effect::Disrupt]);
                !worse && self.was_taken(of, &[Measure::Correct])
            }
            _ => false,
        }
    }

    /// Whether an act truly took effect on an asset, by whichever task.
    fn took_effect(&self, act: &Act, of: AssetId) -> bool {
        let wanted = match &act.on {
            Object::Evidence(item, _) => *item,
            _ => None,
        };
        let secured = |event: &Event| {
            matches!(event, Event::EvidencePreserved { asset, item, .. }
                if *asset == of && wanted.is_none_or(|wanted| wanted == *item))
        };
        match act.measure {
            Measure::Preserve => self.at(secured).is_some(),
            Measure::Evict => self.was_taken(of, &[Measure::Evict]) || !self.has_foothold(of),
            Measure::Correct => {
                self.was_taken(of, &[Measure::Correct]) || self.was_taken(of, &BACK)
            }
            back if BACK.contains(&back) => self.was_taken(of, &BACK),
            other => self.was_taken(of, &[other]),
        }
    }

    fn done_on(&self, act: &Act, assets: &[AssetId]) -> f64 {
        let done = assets.iter().filter(|asset| self.took_effect(act, **asset));
        count(done.count()) / count(assets.len())
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
        let named = self.tasks_for(wanted(expected));
        let phase = named
            .iter()
            .map(|task| self.exercise.task(*task).phase)
            .min();
        let phase = phase
            .or(wanted(expected).measure.home())
            .unwrap_or(Phase::Response);
        let Came::Share(done) = self.came(id) else {
            return None;
        };
        let mut all = self.exercise.scenario().expectations.iter();
        let first = all.find(|of| of.asks == expected.asks && of.incident == expected.incident)?;
        Some(Item {
            phase,
            expected: true,
            unit: first.slug.to_string(),
            weight: f64::from(expected.weight),
            done,
            what: expected.slug.to_string(),
        })
    }

    /// The pieces of work of a task that were done, and those that were not left out.
    fn pieces(&self, id: TaskId) -> (usize, usize) {
        let mut pieces: BTreeMap<Instance, (bool, bool)> = BTreeMap::new();
        for entry in self.entries {
            let (instance, done, out) = match &entry.event {
                Event::TaskReady { instance, .. } | Event::TaskStarted { instance, .. } => {
                    (instance, false, false)
                }
                Event::TaskEnded { instance, outcome } => {
                    (instance, *outcome == Outcome::Done, false)
                }
                Event::TaskSkipped { instance, .. } => (instance, false, true),
                _ => continue,
            };
            if instance.task == id && instance.incident == self.incident {
                let piece = pieces.entry(*instance).or_default();
                *piece = (piece.0 || done, piece.1 || out);
            }
        }
        let done = pieces.values().filter(|(done, _)| *done).count();
        let due = pieces.values().filter(|(_, out)| !out).count();
        (done, due)
    }

    /// The share of a task as such: done or not, or that of its pieces of work.
    fn done_as_such(&self, id: TaskId) -> f64 {
        let (done, due) = self.pieces(id);
        match self.exercise.task(id).each {
            Each::Incident => f64::from(u8::from(done > 0)),
            _ => (count(done) / count(due.max(1))).min(1.0),
        }
    }

    /// The acts of a task that were called for, each with the share that was done.
    fn acts(&self, id: TaskId) -> Vec<(&Act, f64)> {
        let acts = self.exercise.task(id).does.iter();
        let called = acts.filter_map(|act| match self.due_on(act) {
            Due::Nothing => None,
            Due::On(assets) => Some((act, self.done_on(act, &assets))),
            Due::AsSuch => Some((act, self.done_as_such(id))),
        });
        called.collect()
    }

    /// The half of the tasks: one measure on one object counts in the first task of a phase that takes it,
    /// as well as any of them did it.
    fn planned(&self) -> Vec<Item> {
        let due = self.due_tasks().into_iter();
        let with_acts: Vec<(TaskId, Vec<(&Act, f64)>)> =
            due.map(|task| (task, self.acts(task))).collect();
        let phase = |task: TaskId| self.exercise.task(task).phase;
        let mut items = Vec::new();
        let mut counted: Vec<(Phase, &Act)> = Vec::new();
        for (id, acts) in &with_acts {
            let task = self.exercise.task(*id);
            let mut fresh = Vec::new();
            for (act, _) in acts {
                if counted.contains(&(task.phase, *act)) {
                    continue;
                }
                counted.push((task.phase, *act));
                let any = with_acts.iter().filter(|(of, _)| phase(*of) == task.phase);
                let shares = any.flat_map(|(_, acts)| acts).filter(|(of, _)| of == act);
                fresh.push((
                    1.0,
                    shares.fold(0.0, |best: f64, (_, share)| best.max(*share)),
                ));
            }
            let (unit, done) = match mean(fresh.into_iter()) {
                Some(done) => (task.slug.to_string(), done),
                None if task.does.is_empty() => {
                    ("without a measure".to_owned(), self.done_as_such(*id))
                }
                None => continue,
            };
            items.push(Item {
                phase: task.phase,
                expected: false,
                unit,
                weight: 1.0,
                done,
                what: task.slug.to_string(),
            });
        }
        items
    }

    /// Everything that should have been done for the incident. The clinic's plan has a task for every part
    /// of every criterion.
    pub(super) fn items(&self) -> Vec<Item> {
        let expected = 0..self.exercise.scenario().expectations.len();
        let expected = expected.map(ExpectationId::new);
        let mut items: Vec<Item> = expected.filter_map(|id| self.expectation(id)).collect();
        items.extend(self.planned());
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
