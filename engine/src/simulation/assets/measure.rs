//! What a measure truly does to an asset.

mod backup;

use super::restoring::since_copy;
use super::{
    AFFECTED, AssetId, AssetKind, AssetState, Assets, BY_ATTACK, CLOSING, Change, Changed,
    DISABLED, DISRUPTED, DOWN, Ever, IncidentId, Measure, Money, Out, RESTORING, Scene, bit, mask,
    undone_by,
};
use crate::exercise::{BasisPoints, Effect, Few, Instance, RoleId, Span, measures_where};
use crate::record::{Actor, Edit, Event};
use crate::simulation::draw::Purpose;

/// A measure that somebody takes on an asset.
#[derive(Debug, Clone)]
pub(crate) struct Taking {
    /// By which work.
    pub(crate) instance: Instance,
    /// The role in which that work ended.
    pub(crate) role: RoleId,
    /// The measure.
    pub(crate) measure: Measure,
    /// The asset.
    pub(crate) asset: AssetId,
    /// Who takes it.
    pub(crate) actor: Actor,
    /// The entry that brought it about.
    pub(crate) cause: Option<u32>,
}

/// Measures that leave an asset isolated, switched off, or without a foothold.
const ISOLATING: u64 = measures_where!(row => matches!(row.leaves, Some(AssetState::Isolated)));
const SWITCHING_OFF: u64 = measures_where!(row => matches!(row.leaves, Some(AssetState::Off)));
const EVICTING: u64 = measures_where!(row => matches!(row.leaves, Some(AssetState::Evicted)));
/// Measures that cut an asset off or switch it off, and that bringing it back lifts.
const CUT_OFF: u64 = measures_where!(row => row.takes_out);
/// The chance that money is called back at once; it falls to nothing over [`RECALL_WINDOW`].
/// Illustrative.
const RECALL_AT_ONCE: i64 = 8_000;
/// How long a payment can be called back. Illustrative: recall requests are expected within 72 h.
const RECALL_WINDOW: Span = Span::hours(72);

/// Takes a measure on an asset. Truth decides its effect, and whether it has one.
pub(crate) fn take(assets: &mut Assets, out: &mut Out, scene: Scene, taking: Taking) -> bool {
    let effect = assets.would_have_effect(scene, &taking);
    let Taking {
        instance,
        role,
        measure,
        asset,
        actor,
        cause,
    } = taking;
    let taken = Event::MeasureTaken {
        instance,
        role,
        measure,
        asset: Some(asset),
        effect,
    };
    let entry = out.emit(actor.clone(), cause, taken);
    out.mark(Changed::WORLD);
    if !effect {
        return false;
    }
    assets.last_change = entry;
    assets.measures[asset.index()] |= mask(&[measure]);
    let mut change = Change {
        out,
        actor,
        cause: Some(entry),
    };
    assets.apply(&mut change, scene, (instance, role), measure, asset);
    assets.refresh(&mut change, scene);
    match measure {
        _ if measure.brings_back_whole() => {
            assets.infect_again(&mut change, scene, asset, !measure.row().ends_foothold);
        }
        Measure::Verify => {
            let incident = Some(instance.incident);
            assets.set(
                &mut change,
                asset,
                incident,
                bit(AssetState::Verified),
                true,
            );
        }
        _ => {}
    }
    true
}

/// Lifts a measure wherever it is in effect: a decision, or whoever took it, takes it back.
pub(crate) fn undo(
    assets: &mut Assets,
    out: &mut Out,
    scene: Scene,
    measure: Measure,
    (actor, cause): (Actor, Option<u32>),
) {
    let mut change = Change { out, actor, cause };
    for asset in assets.ids() {
        if assets.in_effect(measure, asset) {
            assets.lift_cut(&mut change, asset, mask(&[measure]));
        }
    }
    assets.refresh(&mut change, scene);
}

/// Changes an asset by the facilitator's word. What an attack brings about is put down to the main
/// incident; whether an asset is past its objective follows from its outage and cannot be said.
pub(crate) fn overrule(assets: &mut Assets, out: &mut Out, scene: Scene, edit: Edit, cause: u32) {
    let main = scene.exercise().scenario().main;
    let mut change = Change {
        out,
        actor: Actor::Facilitator {},
        cause: Some(cause),
    };
    let (asset, states) = (edit.asset, edited(edit.state));
    let measures = match edit.state {
        AssetState::Isolated => ISOLATING,
        AssetState::Off => SWITCHING_OFF,
        AssetState::Evicted => EVICTING,
        AssetState::OutOfService if !edit.on => CUT_OFF,
        _ => 0,
    };
    if !edit.on {
        assets.lift_cut(&mut change, asset, measures);
        let all = if edit.state == AssetState::OutOfService {
            DOWN
        } else {
            states
        };
        assets.clear(&mut change, asset, all);
    } else if edit.state != AssetState::PastRto {
        let by_attack = states & (BY_ATTACK | DISRUPTED) != 0;
        let incident = by_attack.then_some(main);
        if by_attack {
            let how = Ever {
                touched: true,
                affected: states & AFFECTED != 0,
                taken_out: false,
            };
            assets.note(main, asset, how);
        }
        // One measure stands for the state: isolating, not isolating and unplugging.
        assets.impose(&mut change, asset, measures & measures.wrapping_neg());
        if edit.state == AssetState::Evicted {
            assets.clear(&mut change, asset, bit(AssetState::Compromised));
        }
        assets.set(&mut change, asset, incident, states, true);
    }
    assets.refresh(&mut change, scene);
    change.out.mark(Changed::WORLD);
}

/// The states that a facilitator's word sets or clears.
const fn edited(state: AssetState) -> u16 {
    match state {
        AssetState::OutOfService => DISRUPTED,
        AssetState::PastRto => 0,
        other => bit(other),
    }
}

impl Assets {
    /// Measures are in effect on an asset by the facilitator's word.
    fn impose(&mut self, change: &mut Change, asset: AssetId, measures: u64) {
        for measure in Measure::ALL {
            if !self.in_effect(*measure, asset) && measures & mask(&[*measure]) != 0 {
                self.measures[asset.index()] |= mask(&[*measure]);
                let event = Event::MeasureImposed {
                    measure: *measure,
                    asset,
                };
                change.out.emit(change.actor.clone(), change.cause, event);
            }
        }
    }

    /// Whether a measure would truly have an effect on an asset now.
    fn would_have_effect(&self, scene: Scene, taking: &Taking) -> bool {
        let asset = taking.asset;
        if !scene.exercise().allows(taking.measure, asset) {
            return false;
        }
        let states = self.all_bits(asset);
        let unclean =
            bit(AssetState::Compromised) | bit(AssetState::Encrypted) | bit(AssetState::Altered);
        match taking.measure {
            Measure::Preserve => super::items(self.kinds[asset.index()])
                .iter()
                .any(|item| self.is_there(asset, *item)),
            Measure::Evict => {
                states & (bit(AssetState::Compromised) | bit(AssetState::Evicted)) != 0
            }
            Measure::Restore => self.restorable(scene, asset),
            Measure::Correct => states & bit(AssetState::Altered) != 0,
            Measure::Failover => scene.exercise().asset(asset).standby,
            Measure::Reconnect => states & bit(AssetState::Compromised) == 0,
            Measure::Verify => {
                states & unclean == 0 && self.would_serve_without(scene, asset, REVERSIBLE)
            }
            Measure::Accept if !scene.exercise().asset(asset).is_ours() => {
                states & unclean == 0 && self.would_serve_without(scene, asset, REVERSIBLE)
            }
            Measure::Accept | Measure::Watch => self.serves(asset),
            Measure::RecallPayment => self
                .thefts
                .iter()
                .any(|theft| theft.asset == asset && recalls(scene, theft)),
            _ => true,
        }
    }

    fn apply(
        &mut self,
        change: &mut Change,
        scene: Scene,
        by: (Instance, RoleId),
        measure: Measure,
        asset: AssetId,
    ) {
        let instance = by.0;
        let incident = Some(instance.incident);
        match measure {
            cut if cut.cuts_off() => {
                self.take_out(change, instance.incident, asset, bit(AssetState::Isolated));
            }
            Measure::Shutdown => {
                self.take_out(change, instance.incident, asset, bit(AssetState::Off));
                self.lose(change, asset, measure.row().destroys);
            }
            closing if closing.row().closes_account && self.is_account(asset) => {
                self.take_out(change, instance.incident, asset, DISABLED);
            }
            Measure::RotateCredentials if self.is_account(asset) => {
                self.clear(change, asset, DISABLED);
                self.evict(change, asset, incident);
            }
            Measure::Evict => self.evict(change, asset, incident),
            Measure::Block | Measure::Filter => self.take_load_off(change, scene, asset, measure),
            Measure::Takedown => self.clear(change, asset, bit(AssetState::Exposed)),
            Measure::WipeRemotely => {
                self.take_out(change, instance.incident, asset, bit(AssetState::Wiped));
                let ended = bit(AssetState::Compromised) | bit(AssetState::Exposed);
                self.clear(change, asset, ended);
                self.damaged[asset.index()].get_or_insert(scene.now);
                self.lose(change, asset, measure.row().destroys);
            }
            Measure::RecallPayment => self.recall(change, scene, asset),
            Measure::Preserve => {
                self.secure(change, by, asset, None);
            }
            Measure::Restore => {
                self.note_taken_out(instance.incident, asset);
                self.ready_backup(change, scene, by, asset);
                self.lose(change, asset, measure.row().destroys);
                self.renew(change, scene, asset, true);
            }
            Measure::Rebuild => {
                self.note_taken_out(instance.incident, asset);
                self.lose(change, asset, measure.row().destroys);
                self.renew(change, scene, asset, true);
            }
            Measure::Failover => self.renew(change, scene, asset, false),
            Measure::Correct => self.correct(change, asset),
            Measure::Reconnect | Measure::Verify => self.lift_cut(change, asset, CUT_OFF),
            // Nobody checks what others run: taking it back into use opens the way to it again.
            Measure::Accept if !scene.exercise().asset(asset).is_ours() => {
                self.lift_cut(change, asset, CUT_OFF);
            }
            _ => {}
        }
    }

    /// Whether it is an account that nobody can use until it gets new credentials.
    pub(super) fn is_closed_account(&self, asset: AssetId) -> bool {
        self.is_account(asset) && self.all_bits(asset) & DISABLED != 0
    }

    /// Puts altered data right. Nothing is lost by it, unless the data is gone as well.
    fn correct(&mut self, change: &mut Change, asset: AssetId) {
        self.clear(change, asset, bit(AssetState::Altered));
        let gone = bit(AssetState::Encrypted) | bit(AssetState::Wiped);
        if self.all_bits(asset) & gone == 0 {
            self.damaged[asset.index()] = None;
        }
    }

    fn is_account(&self, asset: AssetId) -> bool {
        self.kinds[asset.index()] == AssetKind::Account
    }

    /// A measure against an incident takes an asset out of service.
    pub(super) fn take_out(
        &mut self,
        change: &mut Change,
        incident: IncidentId,
        asset: AssetId,
        state: u16,
    ) {
        self.note_taken_out(incident, asset);
        self.set(change, asset, Some(incident), state, true);
    }

    fn note_taken_out(&mut self, incident: IncidentId, asset: AssetId) {
        let how = Ever {
            taken_out: true,
            ..Ever::default()
        };
        self.note(incident, asset, how);
    }

    fn evict(&mut self, change: &mut Change, asset: AssetId, incident: Option<IncidentId>) {
        if !self.is_compromised(asset) {
            return;
        }
        self.clear(change, asset, bit(AssetState::Compromised));
        self.set(change, asset, incident, bit(AssetState::Evicted), true);
    }

    /// Removes the load that keeps an asset from serving, if this is a measure against it.
    fn take_load_off(
        &mut self,
        change: &mut Change,
        scene: Scene,
        asset: AssetId,
        measure: Measure,
    ) {
        let stops = self.load[asset.index()]
            .is_some_and(|step| scene.exercise().step(step).stopped_by.contains(&measure));
        if stops {
            self.load[asset.index()] = None;
            self.clear(change, asset, DISRUPTED);
        }
    }

    fn recall(&mut self, change: &mut Change, scene: Scene, asset: AssetId) {
        let mut returned = 0;
        for theft in &mut self.thefts {
            if theft.asset == asset && recalls(scene, theft) {
                theft.returned = true;
                returned += theft.money.0;
            }
        }
        let money = Money(returned);
        let event = Event::MoneyReturned { money };
        change.out.emit(change.actor.clone(), change.cause, event);
    }

    /// Ends measures on an asset, and the states that they brought about.
    fn lift_cut(&mut self, change: &mut Change, asset: AssetId, measures: u64) {
        self.lift(change, asset, measures);
        for (leaving, state) in [
            (ISOLATING, AssetState::Isolated),
            (SWITCHING_OFF, AssetState::Off),
        ] {
            if self.measures[asset.index()] & leaving == 0 {
                self.clear(change, asset, bit(state));
            }
        }
        if self.measures[asset.index()] & CLOSING == 0 {
            self.clear(change, asset, DISABLED);
        }
    }

    /// Puts an asset back into its state before the attack. Its data is that of its last copy, also where
    /// nothing ailed it, unless a standby holds it.
    pub(super) fn mend(
        &mut self,
        change: &mut Change,
        scene: Scene,
        asset: AssetId,
        from_copy: bool,
    ) {
        let damaged = self.damaged[asset.index()].take();
        let lost = if from_copy {
            // What did not serve got no new data.
            let down = self.out_since(asset).filter(|_| self.own_bits_down(asset));
            let until = damaged.or(down).unwrap_or(scene.now);
            since_copy(scene, asset, until).map(|span| {
                let copied = self.copied[asset.index()].replace(scene.now);
                copied.map_or(span, |at| span.min(Span((until - at).0.max(0))))
            })
        } else {
            None
        };
        if let Some(span) = lost.filter(|span| *span > Span::ZERO) {
            let event = Event::DataLost { asset, span };
            change.out.emit(change.actor.clone(), change.cause, event);
        }
        self.load[asset.index()] = None;
        self.clear(change, asset, DAMAGED | RESTORING);
    }

    /// Whether something of its own keeps an asset from serving, but that it is being restored.
    fn own_bits_down(&self, asset: AssetId) -> bool {
        self.all_bits(asset) & DOWN & !RESTORING != 0
    }

    /// Puts an asset back into its state before the attack, and connects it.
    fn renew(&mut self, change: &mut Change, scene: Scene, asset: AssetId, from_copy: bool) {
        self.mend(change, scene, asset, from_copy);
        self.lift_cut(change, asset, CUT_OFF | mask(&[Measure::WipeRemotely]));
    }

    /// A foothold that was not evicted comes back on what is restored: that of the asset itself with
    /// its copy, any other over the network. An asset that was never attacked is let alone.
    fn infect_again(&mut self, change: &mut Change, scene: Scene, asset: AssetId, copied: bool) {
        let compromised = bit(AssetState::Compromised);
        let own: Few<bool> = (0..self.incidents)
            .map(|row| self.bits(row, asset) & compromised != 0)
            .collect();
        self.clear(change, asset, compromised);
        for (row, own) in own.into_iter().enumerate() {
            let incident = IncidentId::new(row);
            let attacked = self.ever[self.cell(incident, asset)].affected;
            let reached = || {
                let from = self.footholds(incident).filter(|source| *source != asset);
                let paths = self.spread(from, &|at| self.is_open(at));
                paths.contains(asset.index())
            };
            if attacked && ((own && copied) || reached()) {
                self.set(change, asset, Some(incident), compromised, true);
                self.clear(change, asset, bit(AssetState::Evicted));
                self.lift(change, asset, undone_by(Effect::Compromise));
            }
        }
        self.refresh(change, scene);
    }
}

/// States in which an asset has something that restoring it ends.
const DAMAGED: u16 =
    bit(AssetState::Encrypted) | bit(AssetState::Altered) | bit(AssetState::Wiped) | DISRUPTED;
/// States that reconnecting an asset ends.
pub(super) const REVERSIBLE: u16 = bit(AssetState::Isolated) | bit(AssetState::Off);

/// Whether a theft that was not called back yet can be. The chance falls with time, so what fails
/// once does not succeed later.
fn recalls(scene: Scene, theft: &super::Theft) -> bool {
    let left = (RECALL_WINDOW - (scene.now - theft.at)).0.max(0);
    let chance = BasisPoints((RECALL_AT_ONCE * left / RECALL_WINDOW.0) as u16);
    let subject = scene.step(theft.step).with(scene.asset(theft.asset));
    !theft.returned && scene.dice.happens(subject, Purpose::Recall, 0, chance)
}

#[cfg(test)]
mod tests {
    use super::{RECALL_AT_ONCE, RECALL_WINDOW};
    use crate::documented::{holds, row, span};

    #[test]
    fn how_long_a_payment_can_be_called_back_is_documented() {
        holds(
            "calling money back",
            &[
                row("chance at once", format!("{} %", RECALL_AT_ONCE / 100)),
                row("none from", span(RECALL_WINDOW.0)),
            ],
        );
    }
}
