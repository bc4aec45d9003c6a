//! The attack: its steps, their targets, and what stops them.

mod course;
mod prospect;
#[cfg(test)]
mod tests;

pub(crate) use course::Course;

use super::agenda::{Agenda, Rank};
use super::assets::{Assets, Reach};
use super::draw::{Purpose, Subject};
use super::out::{Changed, Out};
use super::scene::Scene;
use crate::exercise::{
    AssetId, Condition, ExerciseTime, Few, IncidentId, Measure, Pick, Step, StepId,
};
use crate::record::{Actor, Event, StepOutcome};
use bevy_ecs::component::Component;
use smallvec::smallvec;

/// How far the attack has come.
#[derive(Debug, Clone, Component, Default)]
pub(crate) struct Attack {
    steps: Vec<Progress>,
    assets: usize,
    /// The steps that may start since that was last taken: what they waited for, beside their
    /// conditions, has come to pass. Kept where a step succeeds and where a time or a delay is over.
    opened: Vec<StepId>,
    /// The steps that are not over, in order.
    left: Vec<StepId>,
    /// The assets that a step could choose, each with its draw, while it does.
    racing: Vec<(u64, AssetId)>,
}

/// How far a step has come.
#[derive(Debug, Clone, Default)]
struct Progress {
    state: State,
    /// Whether the attacker takes it from a foothold: some step before it gains one.
    needs_foothold: bool,
    targets: Vec<Target>,
    /// Footholds from which a path led to a target when it started, where a measure can stop it.
    sources: Vec<AssetId>,
    /// Assets on which it took effect, in order.
    affected: Vec<AssetId>,
    /// When it first took effect, and the entry that says so.
    first: Option<(ExerciseTime, u32)>,
    /// The entry that says that it started, and later that it ended.
    entry: Option<u32>,
}

impl Progress {
    /// Waits, and did nothing yet.
    fn clear(&mut self) {
        self.state = State::Waiting;
        self.targets.clear();
        self.sources.clear();
        self.affected.clear();
        (self.first, self.entry) = (None, None);
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    /// Its predecessors, its time or its condition are not there yet.
    #[default]
    Waiting,
    /// It could have started, and waits out its delay.
    Delayed,
    /// Its delay is over: at this instant what it waited for is read again.
    Due(ExerciseTime),
    /// It is under way on some target.
    Running,
    /// It is over.
    Ended(StepOutcome),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    asset: AssetId,
    open: bool,
}

impl State {
    /// Whether a step has not started and could.
    const fn waits(self) -> bool {
        matches!(self, Self::Waiting | Self::Delayed | Self::Due(_))
    }
}

impl Attack {
    /// Lets every step wait.
    pub(crate) fn reset(&mut self, scene: Scene) {
        let steps = &scene.exercise().scenario().steps;
        self.assets = scene.exercise().organisation().assets.len();
        self.steps.iter_mut().for_each(Progress::clear);
        self.steps.resize_with(steps.len(), Progress::default);
        self.left.clear();
        self.left.extend(self.ids());
        self.opened.clear();
        for (i, step) in steps.iter().enumerate() {
            let id = StepId::new(i);
            self.steps[i].needs_foothold = scene.stage.course.needs_foothold(id);
            if step.after.is_empty() && step.after_any.is_empty() && has_come(step, scene) {
                self.opened.push(id);
            }
        }
    }

    /// Whether there are steps that may start.
    pub(crate) const fn has_opened(&self) -> bool {
        !self.opened.is_empty()
    }

    /// Takes the steps that may start since this was last asked, in no order. The list is to be given
    /// back empty, for its memory.
    pub(crate) fn take_opened(&mut self) -> Vec<StepId> {
        std::mem::take(&mut self.opened)
    }

    /// Gives a list back that was taken and is empty.
    pub(crate) fn give_back(&mut self, mut list: Vec<StepId>) {
        list.append(&mut self.opened);
        self.opened = list;
    }

    fn of(&self, step: StepId) -> &Progress {
        &self.steps[step.index()]
    }

    fn ids(&self) -> impl Iterator<Item = StepId> + use<> {
        (0..self.steps.len()).map(StepId::new)
    }

    fn slot(&self, step: StepId, asset: AssetId) -> usize {
        step.index() * self.assets + asset.index()
    }

    /// The entry of the first effect of a step; `None` while it had none.
    pub(crate) fn took_effect(&self, step: StepId) -> Option<u32> {
        self.of(step).first.map(|(_, entry)| entry)
    }

    /// When a step first took effect.
    #[cfg(test)]
    pub(crate) fn first_effect(&self, step: StepId) -> Option<ExerciseTime> {
        self.of(step).first.map(|(at, _)| at)
    }

    /// The assets on which a step took effect, in order.
    pub(crate) fn affected_by(&self, step: StepId) -> &[AssetId] {
        &self.of(step).affected
    }

    /// Whether a step ended with some effect, so that its successors may run.
    fn succeeded(&self, step: StepId) -> bool {
        self.of(step).state == State::Ended(StepOutcome::TookEffect)
    }

    /// Whether the steps that must come before a step have succeeded.
    fn is_unlocked(&self, step: &Step) -> bool {
        let any = &step.after_any;
        step.after.iter().all(|before| self.succeeded(*before))
            && (any.is_empty() || any.iter().any(|before| self.succeeded(*before)))
    }

    /// Whether the steps that must come before a step can no longer succeed.
    fn is_locked_for_good(&self, step: &Step) -> bool {
        let failed = |before: &StepId| {
            matches!(self.of(*before).state, State::Ended(_)) && !self.succeeded(*before)
        };
        let any = &step.after_any;
        step.after.iter().any(failed) || (!any.is_empty() && any.iter().all(failed))
    }

    /// Whether a step is to go on: what it waits for has come to pass. Asked on a settled state. A step
    /// whose delay is over, but for which a condition no longer holds, waits on, and for its delay once
    /// more.
    pub(crate) fn is_startable(
        &self,
        scene: Scene,
        id: StepId,
        holds: &mut dyn FnMut(&Condition, IncidentId) -> bool,
    ) -> bool {
        let step = scene.exercise().step(id);
        let state = self.of(id).state;
        let mut holds = |condition| holds(condition, step.incident);
        state.waits()
            && state != State::Delayed
            && self.is_unlocked(step)
            && has_come(step, scene)
            && step.when.as_ref().is_none_or(&mut holds)
            && !step.unless.as_ref().is_some_and(&mut holds)
    }

    /// Every step that is startable, in order.
    pub(crate) fn startable(
        &self,
        scene: Scene,
        holds: &mut dyn FnMut(&Condition, IncidentId) -> bool,
    ) -> Vec<StepId> {
        let steps = self.ids();
        steps
            .filter(|id| self.is_startable(scene, *id, holds))
            .collect()
    }

    /// The entry on which a step waited longest: the end of its last predecessor to succeed.
    fn cause(&self, step: &Step) -> Option<u32> {
        let ended = |before: &StepId| {
            self.succeeded(*before)
                .then_some(self.of(*before).entry)
                .flatten()
        };
        let all = step.after.iter().filter_map(ended).max();
        let any = step.after_any.iter().filter_map(ended).min();
        all.max(any)
    }

    /// Whether a step that is under way on an asset is stopped there, and by what: a measure that
    /// stops it is in effect on the asset, or cuts it off from every foothold.
    fn stopped(
        &self,
        assets: &Assets,
        scene: Scene,
        step: StepId,
        asset: AssetId,
    ) -> Option<Measure> {
        let described = scene.exercise().step(step);
        let by = &described.stopped_by;
        let progress = self.of(step);
        if let Some(measure) = assets.first_in_effect(by, asset) {
            return Some(measure);
        }
        if by.is_empty() || !progress.needs_foothold {
            return None;
        }
        let from = || {
            let sources = progress.sources.iter().copied();
            sources.chain(assets.footholds(described.incident))
        };
        let free = |at: AssetId| assets.first_in_effect(by, at).is_none();
        if assets.leads(from(), asset, &free) {
            return None;
        }
        let on_source = from().find_map(|at| assets.first_in_effect(by, at));
        on_source.or_else(|| {
            (0..self.assets).find_map(|at| assets.first_in_effect(by, AssetId::new(at)))
        })
    }
}

/// Wakes every step that must not start before a time, at that time.
pub(crate) fn open(attack: &mut Attack, agenda: &mut Agenda, scene: Scene) {
    for step in attack.ids() {
        if let Some(at) = scene.exercise().step(step).at
            && at > scene.now
        {
            agenda.schedule(Rank::StepDelay, step.index(), at);
        }
    }
}

/// Whether the time from which a step may start has come.
fn has_come(step: &Step, scene: Scene) -> bool {
    step.at.is_none_or(|at| at <= scene.now)
}

/// The time, or the delay, for which a step waited is over. Whether it is startable is to be asked again.
pub(crate) fn delay_over(attack: &mut Attack, out: &mut Out, scene: Scene, slot: usize) {
    let progress = &mut attack.steps[slot];
    if progress.state == State::Delayed {
        progress.state = State::Due(scene.now);
    }
    attack.opened.push(StepId::new(slot));
    out.mark(Changed::WORLD);
}

/// Goes on with a step that is startable: waits out its delay first, where it has one, then
/// chooses its targets and starts on each.
pub(crate) fn start(
    attack: &mut Attack,
    assets: &Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    id: StepId,
) {
    let step = scene.exercise().step(id);
    if let Some(delay) = &step.delay
        && attack.of(id).state != State::Due(scene.now)
    {
        let subject = scene.step(id);
        let delay = scene.dice.duration(delay, subject, Purpose::StepDelay, 0);
        attack.steps[id.index()].state = State::Delayed;
        agenda.after(Rank::StepDelay, id.index(), scene.now, delay);
        return;
    }
    let cause = attack.cause(step);
    let reached = attack
        .of(id)
        .needs_foothold
        .then(|| assets.within_reach(step.incident));
    let targets = choose(attack, assets, out, scene, id, reached.as_ref());
    if targets.is_empty() {
        end(attack, out, scene, id, StepOutcome::NoTarget, cause);
        return;
    }
    for asset in &targets {
        let subject = subject(scene, id, *asset);
        let purpose = Purpose::StepDuration;
        let takes = scene.dice.duration(&step.takes, subject, purpose, 0);
        agenda.after(Rank::StepEffect, attack.slot(id, *asset), scene.now, takes);
    }
    let progress = &mut attack.steps[id.index()];
    progress.state = State::Running;
    if progress.needs_foothold && !step.stopped_by.is_empty() {
        let open = assets
            .footholds(step.incident)
            .filter(|at| assets.is_open(*at));
        progress.sources.clear();
        progress.sources.extend(open);
    }
    let open = |asset: &AssetId| Target {
        asset: *asset,
        open: true,
    };
    progress.targets.clear();
    progress.targets.extend(targets.iter().map(open));
    let started = Event::StepStarted { step: id, targets };
    progress.entry = Some(out.emit(Actor::Attacker {}, cause, started));
    out.mark(Changed::WORLD);
}

fn subject(scene: Scene, step: StepId, asset: AssetId) -> Subject {
    scene.step(step).with(scene.asset(asset))
}

/// The targets of a step: those within reach that win an exponential race. With equal rates the
/// smallest draws win, and a further candidate changes the choice only if it wins.
fn choose(
    attack: &mut Attack,
    assets: &Assets,
    out: &mut Out,
    scene: Scene,
    id: StepId,
    reached: Option<&Reach<'_>>,
) -> Few<AssetId> {
    let step = scene.exercise().step(id);
    let within = |asset: AssetId| reached.is_none_or(|reached| reached.leads_to(asset));
    let candidates = match step.targets.named() {
        Some(one) => one.index()..one.index() + 1,
        None => 0..attack.assets,
    };
    let racing = &mut attack.racing;
    racing.clear();
    let all = candidates
        .map(AssetId::new)
        .filter(|asset| assets.selects(scene, &step.targets, *asset, Some(step.incident)))
        .filter(|asset| within(*asset))
        .map(|asset| {
            let draw = scene
                .dice
                .bits(subject(scene, id, asset), Purpose::StepPick, 0);
            (draw, asset)
        });
    racing.extend(all);
    if racing.is_empty() {
        return Few::new();
    }
    let most = match step.pick {
        Pick::One => 1,
        Pick::AtMost(most) => usize::from(most),
        Pick::Each => racing.len(),
    };
    racing.sort_unstable();
    racing.truncate(most);
    let mut chosen = out.assets(racing.iter().map(|(_, asset)| *asset));
    chosen.sort_unstable();
    chosen
}

/// A step is through on a target: it is stopped, or fails, or takes effect there.
pub(crate) fn effect_due(
    attack: &mut Attack,
    assets: &Assets,
    out: &mut Out,
    scene: Scene,
    slot: usize,
) {
    let (id, asset) = (
        StepId::new(slot / attack.assets),
        AssetId::new(slot % attack.assets),
    );
    let chance = scene.exercise().step(id).chance;
    let stopped = attack.stopped(assets, scene, id, asset);
    let subject = subject(scene, id, asset);
    let succeeds = scene.dice.happens(subject, Purpose::StepChance, 0, chance);
    let event = match stopped {
        Some(by) => Event::StepStopped {
            step: id,
            asset,
            by,
        },
        None if succeeds => {
            let (records, money) = Assets::haul(scene, id, asset);
            Event::StepTookEffect {
                step: id,
                asset,
                records,
                money,
            }
        }
        None => Event::StepFailed { step: id, asset },
    };
    let effect = matches!(event, Event::StepTookEffect { .. });
    let cause = attack.of(id).entry;
    let entry = out.emit(Actor::Attacker {}, cause, event);
    out.mark(Changed::WORLD);
    let progress = &mut attack.steps[id.index()];
    if effect {
        progress.first.get_or_insert((scene.now, entry));
        let place = progress.affected.partition_point(|other| *other < asset);
        progress.affected.insert(place, asset);
    }
    for target in &mut progress.targets {
        target.open &= target.asset != asset;
    }
    if progress.targets.iter().any(|target| target.open) {
        return;
    }
    let outcome = if progress.affected.is_empty() {
        StepOutcome::Stopped
    } else {
        StepOutcome::TookEffect
    };
    end(attack, out, scene, id, outcome, Some(entry));
}

/// A step is over; those that can now never start are over with it.
fn end(
    attack: &mut Attack,
    out: &mut Out,
    scene: Scene,
    step: StepId,
    outcome: StepOutcome,
    cause: Option<u32>,
) {
    let mut over: Few<_> = smallvec![(step, outcome, cause)];
    while let Some((step, outcome, cause)) = over.pop() {
        let ended = Event::StepEnded { step, outcome };
        let entry = out.emit(Actor::Attacker {}, cause, ended);
        let progress = &mut attack.steps[step.index()];
        progress.state = State::Ended(outcome);
        progress.entry = Some(entry);
        if let Ok(place) = attack.left.binary_search(&step) {
            attack.left.remove(place);
        }
        let follow = scene.stage.course.follow(step).iter().copied();
        if outcome == StepOutcome::TookEffect {
            attack.opened.extend(follow);
            continue;
        }
        let locked = follow.filter(|next| {
            let waits = attack.of(*next).state.waits();
            let listed = over.iter().any(|(listed, _, _)| listed == next);
            waits && !listed && attack.is_locked_for_good(scene.exercise().step(*next))
        });
        let locked: Few<StepId> = locked.collect();
        over.extend(
            locked
                .into_iter()
                .rev()
                .map(|next| (next, StepOutcome::Called, Some(entry))),
        );
    }
    out.mark(Changed::WORLD);
}

/// Closes every step that is not over, at ENDEX.
pub(crate) fn close(attack: &mut Attack, out: &mut Out) {
    for id in attack.ids() {
        let progress = attack.of(id);
        if matches!(progress.state, State::Ended(_)) {
            continue;
        }
        let outcome = if progress.affected.is_empty() {
            StepOutcome::Called
        } else {
            StepOutcome::TookEffect
        };
        let cause = progress.entry;
        let ended = Event::StepEnded { step: id, outcome };
        let entry = out.emit(Actor::Rules {}, cause, ended);
        let progress = &mut attack.steps[id.index()];
        progress.state = State::Ended(outcome);
        progress.entry = Some(entry);
    }
}
