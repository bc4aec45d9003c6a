//! On which assets the acts of the plan may be done: what of that is the same in all runs is found once, and
//! what was told and done stands in bits, so that only the assets are looked at on which something may be
//! wanted.

use super::belief::{goes_by_state, means_affected};
use super::down_with::is_cut;
use super::{Aim, View};
use crate::exercise::{
    Act, AssetId, CalledBy, Exercise, IncidentId, Measure, Object, Phase, Selector, TaskId,
};
use crate::knowledge::Known;
use crate::simulation::assets::items as evidence_items;
use crate::simulation::set::Set;

/// By task, then act: on which assets it may be done, where it is done on assets.
#[derive(Debug, Default)]
pub(crate) struct Reaches(Vec<Vec<Option<Reach>>>);

/// On which assets an act of the plan may be done.
#[derive(Debug)]
struct Reach {
    aim: Aim,
    /// Every asset for which the act may be, whatever comes to be known.
    assets: Set,
}

impl Reaches {
    /// Finds on which assets the acts of a plan may be done.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let of_act = |act: &Act| Reach::of(exercise, act);
        let tasks = exercise.plan().tasks.iter();
        let tasks = tasks.map(|task| task.does.iter().map(of_act).collect());
        Self(tasks.collect())
    }

    fn of_task(&self, task: TaskId) -> &[Option<Reach>] {
        &self.0[task.index()]
    }
}

impl Reach {
    fn of(exercise: &Exercise, act: &Act) -> Option<Self> {
        let selector = selector_of(act)?;
        let aim = Aim::of_act(act, selector);
        let len = exercise.organisation().assets.len();
        let mut assets = Set::none(len);
        for asset in (0..len).map(AssetId::new) {
            let chosen = aim.brings_back || may_choose(exercise, selector, asset);
            if chosen && may_be_done(exercise, act, asset) {
                assets.insert(asset.index());
            }
        }
        Some(Self { aim, assets })
    }
}

/// The selector of an act that is done on assets.
pub(super) const fn selector_of(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(selector) | Object::Evidence(_, selector) => Some(selector),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}

/// Whether an act can be done on an asset at all: it can hold the evidence, and our people have it in hand.
pub(super) fn may_be_done(exercise: &Exercise, act: &Act, asset: AssetId) -> bool {
    let holds = match act.on {
        Object::Evidence(Some(item), _) => {
            evidence_items(exercise.asset(asset).kind).contains(&item)
        }
        _ => true,
    };
    holds && exercise.allows(act.measure, asset)
}

/// Whether a selector may choose an asset, in whatever state that is.
fn may_choose(exercise: &Exercise, selector: &Selector, asset: AssetId) -> bool {
    let described = exercise.asset(asset);
    match selector {
        Selector::Everything | Selector::InState(_) | Selector::Affected => true,
        Selector::Kind(kind) => described.kind == *kind,
        Selector::Asset(named) => *named == asset,
        Selector::Holding(data) => described.holds(*data),
        Selector::Valued(dimension, least) => described.value(*dimension) >= *least,
        Selector::Both(all) => all.iter().all(|one| may_choose(exercise, one, asset)),
    }
}

impl Aim {
    /// What a measure of the plan is for; where that is evidence, nothing is restored or cut off for it.
    pub(super) fn of(measure: Measure, selector: &Selector, evidence: bool) -> Self {
        let recovers = measure.home() == Some(Phase::Recovery)
            && !matches!(measure, Measure::Restore | Measure::Correct);
        let by_state = goes_by_state(selector);
        let brings_back = recovers && means_affected(selector);
        let restores = measure.brings_back_whole();
        Self {
            by_state,
            brings_back,
            unknown_too: !by_state || brings_back,
            restores: restores && by_state && !evidence,
            cuts: is_cut(measure) && by_state && !evidence,
            checks: measure.row().called_by == CalledBy::HarmOrOutage,
            spares: restores || measure == Measure::Correct,
        }
    }

    /// What an act of the plan is for.
    pub(super) fn of_act(act: &Act, selector: &Selector) -> Self {
        Self::of(
            act.measure,
            selector,
            matches!(act.on, Object::Evidence(..)),
        )
    }
}

impl View<'_> {
    /// Whether one of the assets for which an act of a task may be passes a test; `on`: of this asset alone.
    pub(super) fn any_in_reach(
        &self,
        task: TaskId,
        incident: IncidentId,
        known: &Known,
        on: Option<AssetId>,
        test: impl Fn(Aim, &Act, AssetId) -> bool,
    ) -> bool {
        let reaches = self.scene.stage.reaches.of_task(task);
        let does = &self.scene.exercise().task(task).does;
        let asked = on.map(|on| (on.index() / 64, 1_u64 << (on.index() % 64)));
        let mut acts = does.iter().zip(reaches);
        acts.any(|(act, reach)| {
            let Some(reach) = reach else {
                return false;
            };
            let test = |asset| test(reach.aim, act, asset);
            match asked {
                Some((word, bit)) => {
                    let there = self.possible(reach, act, incident, known, word) & bit;
                    assets_of(word, there).any(test)
                }
                None => (0..reach.assets.words()).any(|word| {
                    let there = self.possible(reach, act, incident, known, word);
                    assets_of(word, there).any(test)
                }),
            }
        })
    }

    /// Shows the assets, in order, for which an act of a task may be and that pass a test.
    pub(super) fn each_in_reach(
        &self,
        task: TaskId,
        incident: IncidentId,
        known: &Known,
        test: impl Fn(Aim, &Act, AssetId) -> bool,
        mut show: impl FnMut(AssetId),
    ) {
        let reaches = self.scene.stage.reaches.of_task(task);
        let does = &self.scene.exercise().task(task).does;
        let words = reaches.iter().flatten().map(|reach| reach.assets.words());
        for word in 0..words.max().unwrap_or(0) {
            let mut passed = 0_u64;
            for (act, reach) in does.iter().zip(reaches) {
                let Some(reach) = reach else { continue };
                let left = self.possible(reach, act, incident, known, word) & !passed;
                for asset in assets_of(word, left) {
                    if test(reach.aim, act, asset) {
                        passed |= 1 << (asset.index() % 64);
                    }
                }
            }
            assets_of(word, passed).for_each(&mut show);
        }
    }

    /// Whether looking at every asset finds none on which a task could be done that those in its reach leave
    /// out: for debug builds.
    pub(super) fn misses_none(
        &self,
        task: TaskId,
        incident: IncidentId,
        known: &Known,
        test: impl Fn(Aim, &Act, AssetId) -> bool,
    ) -> bool {
        let exercise = self.scene.exercise();
        let open = |act: &Act, asset: AssetId| {
            let aim = selector_of(act).map(|selector| Aim::of_act(act, selector));
            aim.is_some_and(|aim| may_be_done(exercise, act, asset) && test(aim, act, asset))
        };
        let does = &exercise.task(task).does;
        let mut all = self
            .assets()
            .filter(|asset| does.iter().any(|act| open(act, *asset)));
        // No list is made of either: a run asks for no memory in a debug build as well.
        let mut agree = true;
        let show = |asset| agree &= all.next() == Some(asset);
        self.each_in_reach(task, incident, known, &test, show);
        agree && all.next().is_none()
    }

    /// The assets of a word of bits on which an act may be wanted: it may be done there, was not claimed done,
    /// and something is known of them where it goes by that.
    fn possible(
        &self,
        reach: &Reach,
        act: &Act,
        incident: IncidentId,
        known: &Known,
        word: usize,
    ) -> u64 {
        let mut there = reach.assets.word(word) & !self.work.acted_on(incident, act, word);
        if reach.aim.by_state {
            let mut told = known.told_of(incident, word);
            if reach.aim.brings_back {
                told |= self.work.taken_out(incident, word);
            }
            there &= told;
        }
        there
    }
}

/// The assets of a word of bits, in order.
fn assets_of(word: usize, mut bits: u64) -> impl Iterator<Item = AssetId> {
    std::iter::from_fn(move || {
        if bits == 0 {
            return None;
        }
        let place = bits.trailing_zeros() as usize;
        bits &= bits - 1;
        Some(AssetId::new(word * 64 + place))
    })
}
