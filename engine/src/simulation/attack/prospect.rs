//! What the attack could still do.

use super::{AssetId, Assets, Attack, Condition, IncidentId, Scene, State, StepId};
use crate::exercise::{AssetState, Effect, Few, Step};
use crate::simulation::set::Set;

/// What could still come to pass, as far as nothing more is done against it.
struct Prospect<'a> {
    attack: &'a Attack,
    assets: &'a Assets,
    scene: Scene<'a>,
    incident: IncidentId,
    /// By step: whether it could still take effect somewhere.
    possible: Set,
}

impl Attack {
    /// Whether a step of an incident took effect on anything yet.
    pub(crate) fn has_struck(&self, scene: Scene, incident: IncidentId) -> bool {
        let mut steps = self.ids();
        steps.any(|id| {
            self.took_effect(id).is_some() && scene.exercise().step(id).incident == incident
        })
    }

    /// Whether the attack of an incident could still affect a further asset, take out data, or encrypt.
    ///
    /// Taken widely: a step that is under way or could still start counts as soon as no measure that
    /// stops it covers some asset that it could choose, and a path leads there from a foothold. Gaining a
    /// further foothold is harm itself. A step that waits for a condition counts only while its condition
    /// holds; should it hold later, that is renewed attack.
    pub(crate) fn can_still_harm(
        &self,
        assets: &Assets,
        scene: Scene,
        incident: IncidentId,
        holds: &mut dyn FnMut(&Condition) -> bool,
    ) -> bool {
        let mut prospect = Prospect {
            attack: self,
            assets,
            scene,
            incident,
            possible: Set::none(self.steps.len()),
        };
        let left = self.left.iter().copied();
        let live: Few<StepId> = left.filter(|step| prospect.is_live(*step, holds)).collect();
        if live.is_empty() {
            return false;
        }
        // Each round can open a further step, so there are at most as many rounds as steps.
        for _ in 0..=live.len() {
            let mut grew = false;
            for step in &live {
                match prospect.weigh(*step) {
                    Outlook::Harm => return true,
                    Outlook::Grew => grew = true,
                    Outlook::Nothing => {}
                }
            }
            if !grew {
                break;
            }
        }
        false
    }
}

/// What a step adds to the prospect.
enum Outlook {
    /// It could do harm that is not done yet.
    Harm,
    /// It could take effect, and open other steps.
    Grew,
    /// Nothing new.
    Nothing,
}

impl Prospect<'_> {
    /// Whether a step of the incident is under way, or waits for nothing but steps and time.
    fn is_live(&self, id: StepId, holds: &mut dyn FnMut(&Condition) -> bool) -> bool {
        let step = self.scene.exercise().step(id);
        if step.incident != self.incident {
            return false;
        }
        let mut called = || {
            step.when.as_ref().is_none_or(&mut *holds)
                && !step.unless.as_ref().is_some_and(&mut *holds)
        };
        match self.attack.of(id).state {
            State::Ended(_) => false,
            State::Running => true,
            State::Waiting | State::Delayed | State::Due(_) => called(),
        }
    }

    fn weigh(&mut self, id: StepId) -> Outlook {
        let step = self.scene.exercise().step(id);
        let under_way = self.attack.of(id).state == State::Running;
        if !under_way && !self.could_start(step) {
            return Outlook::Nothing;
        }
        let mut open = false;
        let harms = |asset: AssetId| {
            open = true;
            self.is_new_harm(step, asset)
        };
        let harm = if under_way {
            self.open_targets(id).any(harms)
        } else {
            self.possible_targets(id, step).any(harms)
        };
        if harm {
            return Outlook::Harm;
        }
        if open && self.possible.insert(id.index()) {
            Outlook::Grew
        } else {
            Outlook::Nothing
        }
    }

    fn could_start(&self, step: &Step) -> bool {
        let could = |before: &StepId| {
            self.attack.succeeded(*before) || self.possible.contains(before.index())
        };
        let any = &step.after_any;
        step.after.iter().all(could) && (any.is_empty() || any.iter().any(could))
    }

    /// The targets of a step under way on which it is not stopped.
    fn open_targets(&self, id: StepId) -> impl Iterator<Item = AssetId> + '_ {
        let targets = self.attack.of(id).targets.iter();
        targets
            .filter(|target| target.open)
            .map(|target| target.asset)
            .filter(move |asset| {
                self.attack
                    .stopped(self.assets, self.scene, id, *asset)
                    .is_none()
            })
    }

    /// The assets that a step could choose and take effect on.
    fn possible_targets<'s>(
        &'s self,
        id: StepId,
        step: &'s Step,
    ) -> impl Iterator<Item = AssetId> + 's {
        let covered = move |asset: AssetId| {
            self.assets
                .first_in_effect(&step.stopped_by, asset)
                .is_some()
        };
        let reached = self.attack.of(id).needs_foothold.then(|| {
            let open = |at: AssetId| self.assets.is_open(at) && !covered(at);
            let from = self.assets.footholds(self.incident);
            self.assets.spread(from, &open)
        });
        let all = (0..self.attack.assets).map(AssetId::new);
        all.filter(move |asset| !covered(*asset))
            .filter(move |asset| {
                let reached = reached.as_ref();
                reached.is_none_or(|reached| reached.contains(asset.index()))
            })
            .filter(move |asset| {
                let incident = Some(self.incident);
                self.assets
                    .selects(self.scene, &step.targets, *asset, incident)
            })
    }

    /// Whether a step would do something to an asset that was not done yet.
    fn is_new_harm(&self, step: &Step, asset: AssetId) -> bool {
        let done = |state| {
            self.assets
                .in_state_by(self.scene, asset, state, self.incident)
        };
        match step.effect {
            Effect::Compromise => !done(AssetState::Compromised),
            Effect::Encrypt => !done(AssetState::Encrypted),
            Effect::Alter => !done(AssetState::Altered),
            Effect::Expose => !done(AssetState::Exposed),
            Effect::Disrupt => self.assets.serves(asset),
            Effect::Exfiltrate | Effect::Steal => true,
        }
    }
}
