//! What people believe: the facts they know, and what the team claims.

mod claims;

use super::down_with::STRUCK;
use super::reach::{may_be_done, selector_of};
use super::{Aim, View};
use crate::exercise::{
    Act, AssetId, AssetKind, AssetState, Back, ChannelId, IncidentId, Mark, Measure, Object, Phase,
    Priority, RoleId, Selector, Severity, StakeholderKind, Task, TaskId, measures_where,
};
use crate::knowledge::{Known, severity};
use crate::simulation::minds::Party;
use crate::simulation::scene::Policy;
use crate::simulation::work::{Found, Readiness, TAKING_OUT};
pub(super) use claims::PlanClaims;

/// Measures that bring an asset back into service.
const BACK: u64 = measures_where!(
    row => matches!(row.brings_back, Some(Back::Whole | Back::Connection))
);
/// Measures that close an account.
const CLOSING: u64 = measures_where!(row => row.closes_account);

/// Whether a selector chooses only what is affected.
pub(super) fn means_affected(selector: &Selector) -> bool {
    match selector {
        Selector::Affected => true,
        Selector::Both(all) => all.iter().any(means_affected),
        _ => false,
    }
}

/// Whether a selector chooses only assets of which something is known.
pub(super) fn goes_by_state(selector: &Selector) -> bool {
    match selector {
        Selector::Affected | Selector::InState(_) => true,
        Selector::Both(all) => all.iter().any(goes_by_state),
        _ => false,
    }
}

impl Readiness for View<'_> {
    fn condition(&self, task: &Task, incident: IncidentId) -> Option<u32> {
        let roles = self.scene.exercise().owners(task);
        // Who knows of no alert begins nothing, whatever the plan goes by.
        let alerted = if task.is_first() {
            self.alerted(roles, incident)?
        } else {
            0
        };
        let mut cause = match &task.when {
            Some(when) => self.believed(when, roles, incident)?,
            None => alerted,
        };
        if task.phase == Phase::Closure {
            cause = cause.max(self.closure_may_start(incident)?);
        }
        Some(cause)
    }

    fn newest(&self, task: &Task, incident: IncidentId) -> u32 {
        if self.scene.policy == Policy::Ideal {
            return u32::MAX;
        }
        let own = self.off_board(task, incident, &[]);
        let own = own.filter_map(|role| self.minds.role(role).newest_of_assets(incident));
        let learned = self.minds.board_newest_of_assets(incident);
        let learned = learned.max(own.max().unwrap_or(0));
        learned.max(self.work.newest_applied(incident))
    }

    fn can_be_told(&self, stakeholder: StakeholderKind) -> bool {
        let listed = &self.scene.exercise().organisation().stakeholders;
        let mut listed = listed
            .iter()
            .filter(|one| one.kind == stakeholder)
            .peekable();
        let works = |channel: &ChannelId| {
            crate::simulation::messages::channel_works(self.scene, self.assets, *channel)
        };
        listed.peek().is_none()
            || listed.any(|one| one.channels.is_empty() || one.channels.iter().any(works))
    }

    fn targets(
        &self,
        act: &Act,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
    ) -> Option<Found> {
        selector_of(act)?;
        let known = self.board_for(task, incident, doers);
        let told = self.told(&known, incident);
        let mut found = Found::default();
        for asset in self.open_targets(act, incident, &known) {
            found.entry = found.entry.max(told.newest_of(incident, asset));
            found.entry = found.entry.max(self.work.brought_back(incident, asset));
            found.any = true;
        }
        Some(found)
    }

    fn sees_more(&self, id: TaskId, incident: IncidentId, since: u32) -> bool {
        let known = self.board_for(self.scene.exercise().task(id), incident, &[]);
        let told = self.told(&known, incident).told_after(incident, since);
        let back = self.work.brought_back_after(incident, since);
        let is_new = |aim: Aim, act: &Act, asset| {
            (told(asset) || back(asset))
                && !self.is_cut_off_by_closing(incident, act, asset)
                && self.is_open_there(aim, act, asset, incident, &known)
        };
        self.any_in_reach(id, incident, &known, None, is_new)
    }

    fn each_open(&self, id: TaskId, incident: IncidentId, show: &mut dyn FnMut(AssetId, u32)) {
        let known = self.board_for(self.scene.exercise().task(id), incident, &[]);
        let told = self.told(&known, incident);
        let open =
            |aim: Aim, act: &Act, asset| self.is_open_there(aim, act, asset, incident, &known);
        debug_assert!(
            self.misses_none(id, incident, &known, open),
            "{id:?} could be done on an asset that is not looked at"
        );
        self.each_in_reach(id, incident, &known, open, |asset| {
            let told = told.newest_of(incident, asset);
            let back = self.work.brought_back(incident, asset);
            show(asset, told.max(back).unwrap_or(0));
        });
    }

    fn wants(&self, id: TaskId, incident: IncidentId, on: Option<AssetId>) -> bool {
        let known = self.board_for(self.scene.exercise().task(id), incident, &[]);
        let wanted =
            |aim: Aim, act: &Act, asset| self.is_wanted_there(aim, act, asset, incident, &known);
        self.any_in_reach(id, incident, &known, on, wanted)
    }

    fn does_not_apply(&self, task: TaskId, incident: IncidentId) -> bool {
        self.is_out_of_place(task, incident)
    }

    fn severity(&self, incident: IncidentId) -> Severity {
        if self.scene.policy == Policy::Ideal {
            return self.true_severity(incident);
        }
        if let Some(classified) = self.incidents.get(incident).classified {
            return classified.severity;
        }
        let work_out = || severity(&self.belief(self.minds.receivers(), incident));
        let severity = self.remembered(incident, Party::Receivers, work_out);
        severity.max(Severity::Medium)
    }

    fn priority(&self, incident: IncidentId) -> Priority {
        let table = &self.scene.exercise().plan().classification;
        table.priority(self.severity(incident), self.urgency(incident))
    }

    fn is_open(&self, incident: IncidentId) -> bool {
        let state = self.incidents.get(incident);
        // A renewed attack opens an incident again that was closed.
        let closed =
            state.phases[Phase::Closure.index()].completed.is_some() && !state.is_renewed();
        state.marks[Mark::Observable.index()].is_some() && !closed && state.rejected.is_none()
    }

    fn closure_may_start(&self, incident: IncidentId) -> Option<u32> {
        let phases = &self.incidents.get(incident).phases;
        let recovery = &phases[Phase::Recovery.index()];
        let over = phases[Phase::Response.index()].completed;
        recovery
            .completed
            .or(recovery.not_applicable.then_some(over).flatten())
    }
}

impl View<'_> {
    /// Adds the assets on which a measure could be taken now to a list, in order; see
    /// [`Readiness::targets`].
    pub(crate) fn list_targets(
        &self,
        act: &Act,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
        list: &mut Vec<AssetId>,
    ) {
        let known = self.board_for(task, incident, doers);
        self.list_open(act, incident, &known, list);
    }

    /// The same, for work that first finds out all that is true.
    pub(crate) fn list_targets_to_be_found(
        &self,
        act: &Act,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
        list: &mut Vec<AssetId>,
    ) {
        let mut known = self.board_for(task, incident, doers).clone();
        self.tell_everything(incident, &mut known);
        self.list_open(act, incident, &known, list);
    }

    /// Adds the assets on which a measure could be taken on what is known.
    fn list_open(&self, act: &Act, incident: IncidentId, known: &Known, list: &mut Vec<AssetId>) {
        // Who cuts off leaves out an account that is closed already; what comes after the work goes on.
        let open = self.open_targets(act, incident, known);
        list.extend(open.filter(|asset| !self.is_cut_off_by_closing(incident, act, *asset)));
    }

    /// The assets that an act of the plan is for, and on which it was not done yet.
    fn open_targets<'t>(
        &'t self,
        act: &'t Act,
        incident: IncidentId,
        known: &'t Known,
    ) -> impl Iterator<Item = AssetId> + 't {
        let aim = selector_of(act).map(|selector| Aim::of_act(act, selector));
        let open = move |aim: Aim, asset| self.is_open_target(aim, act, asset, incident, known);
        // Of most assets nothing is known, and nothing was done to them.
        let possible =
            move |aim: Aim, asset| aim.unknown_too || known.newest_of(incident, asset).is_some();
        let is_open = move |asset: &AssetId| {
            aim.is_some_and(|aim| possible(aim, *asset) && open(aim, *asset))
        };
        self.assets().filter(is_open)
    }

    /// Whether an asset is one that an act of the plan is for, and it was not done there yet.
    fn is_open_target(
        &self,
        aim: Aim,
        act: &Act,
        asset: AssetId,
        incident: IncidentId,
        known: &Known,
    ) -> bool {
        may_be_done(self.scene.exercise(), act, asset)
            && self.is_open_there(aim, act, asset, incident, known)
    }

    /// The same, of an asset on which it may be done.
    fn is_open_there(
        &self,
        aim: Aim,
        act: &Act,
        asset: AssetId,
        incident: IncidentId,
        known: &Known,
    ) -> bool {
        !self.work.is_held(incident, act.measure, asset)
            && self.is_wanted_there(aim, act, asset, incident, known)
            && !(aim.spares && self.is_needless(incident, act.measure, asset, known))
            && (!aim.checks || self.claims_to_serve(incident, asset, known))
    }

    /// Whether an act of the plan is for an asset on which it may be done, and was not done there, though it
    /// may have to wait. What others run our people do not have in hand.
    #[inline]
    fn is_wanted_there(
        &self,
        aim: Aim,
        act: &Act,
        asset: AssetId,
        incident: IncidentId,
        known: &Known,
    ) -> bool {
        let Some(selector) = selector_of(act) else {
            return false;
        };
        // What the plan chooses by its state needs no restoring where all that ails it is that we cut it off.
        let spared = || {
            (aim.restores && self.is_only_our_cut(incident, asset, known))
                || (aim.cuts && self.needs_no_cutting_off(asset, incident, known))
        };
        !self.work.has_acted(incident, act, asset)
            && self.is_target(aim, selector, &self.belief(known, incident), asset)
            && !spared()
    }

    /// Whether an asset is known to ail nothing but that it does not serve, which our cutting it off explains:
    /// whoever looks at it sees whether there is more.
    fn is_only_our_cut(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        let belief = self.belief(known, incident);
        self.took_out(incident, asset)
            && !STRUCK.iter().any(|state| belief.in_state(asset, *state))
            && !self.assets.is_broken(asset)
    }

    /// Whether a task could do something on an asset now.
    pub(crate) fn is_open_on(
        &self,
        task: &Task,
        incident: IncidentId,
        doers: &[RoleId],
        asset: AssetId,
    ) -> bool {
        let mut acts = task.does.iter();
        acts.any(|act| self.is_open_act(act, task, (incident, doers), asset))
    }

    /// Whether an act of a task could be done on an asset now.
    pub(crate) fn is_open_act(
        &self,
        act: &Act,
        task: &Task,
        (incident, doers): (IncidentId, &[RoleId]),
        asset: AssetId,
    ) -> bool {
        let Some(selector) = selector_of(act) else {
            return false;
        };
        let known = self.board_for(task, incident, doers);
        let aim = Aim::of_act(act, selector);
        self.is_open_target(aim, act, asset, incident, &known)
    }

    /// Who was told of assets, and when: what is true of itself has no entry, so an ideal response is told by
    /// those of its board.
    fn told<'k>(&'k self, known: &'k Known, incident: IncidentId) -> &'k Known {
        match self.scene.policy {
            Policy::Ideal => self.minds.board(incident),
            _ => known,
        }
    }

    /// Whether the team believes that an asset serves, or will once it is connected: it brought it back,
    /// never took it away, or has only cut it off.
    fn claims_to_serve(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        let belief = self.belief(known, incident);
        let was_down = belief.in_state(asset, AssetState::OutOfService);
        let evicted = self.work.applied(incident, Measure::Evict, asset).is_some();
        let right = self.is_corrected(incident, asset);
        let only_cut_off =
            || self.took_out(incident, asset) && self.unharmed(incident, asset, known);
        let damaged = [AssetState::Encrypted, AssetState::Altered]
            .iter()
            .any(|state| belief.in_state(asset, *state));
        let cut = || self.took_out(incident, asset) && !damaged;
        self.is_back(incident, asset)
            || (!was_down && (evicted || right))
            || (evicted && cut())
            || (right && self.took_out(incident, asset))
            || only_cut_off()
            || self.has_new_credentials(incident, asset, known)
    }

    /// Whether the team claims to have brought an asset back into service.
    pub(super) fn is_back(&self, incident: IncidentId, asset: AssetId) -> bool {
        self.work.has_taken(incident, asset, BACK)
    }

    /// Whether the team claims to have put the data of an asset right.
    fn is_corrected(&self, incident: IncidentId, asset: AssetId) -> bool {
        let corrected = self.work.applied(incident, Measure::Correct, asset);
        corrected.is_some()
    }

    /// Whether the team claims to have closed an account: nobody can use it, and no path leads over it.
    fn is_closed(&self, incident: IncidentId, asset: AssetId) -> bool {
        let account = self.scene.exercise().asset(asset).kind == AssetKind::Account;
        account && self.work.has_taken(incident, asset, CLOSING)
    }

    /// Whether an act would cut off an account that is closed already.
    fn is_cut_off_by_closing(&self, incident: IncidentId, act: &Act, asset: AssetId) -> bool {
        act.measure.cuts_off() && self.is_closed(incident, asset)
    }

    /// Whether something else makes a measure needless on an asset, as the team sees it: what was brought back
    /// whole need not be put right, and what is altered and no worse is put right where the plan does that,
    /// not restored.
    fn is_needless(
        &self,
        incident: IncidentId,
        measure: Measure,
        asset: AssetId,
        known: &Known,
    ) -> bool {
        match measure {
            Measure::Correct => self.is_back(incident, asset),
            back if back.brings_back_whole() => self.is_put_right(incident, asset, known),
            _ => false,
        }
    }

    /// Whether an asset is believed to be altered and no worse, and a task of the plan puts it right.
    fn is_put_right(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        let (exercise, belief) = (self.scene.exercise(), self.belief(known, incident));
        let corrects = |act: &Act| match &act.on {
            Object::Assets(selector) => {
                act.measure == Measure::Correct && belief.selects(selector, asset)
            }
            _ => false,
        };
        let down = belief.in_state(asset, AssetState::OutOfService);
        let own = self.is_closed(incident, asset) || self.took_out(incident, asset);
        belief.in_state(asset, AssetState::Altered)
            && !belief.in_state(asset, AssetState::Encrypted)
            && (!down || own)
            && (exercise.tasks_taking(Measure::Correct).iter())
                .any(|task| exercise.task(*task).does.iter().any(corrects))
    }

    /// Whether all that is believed to ail an account is mended by the new credentials that it got.
    fn has_new_credentials(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        let belief = self.belief(known, incident);
        let altered =
            belief.in_state(asset, AssetState::Altered) && !self.is_corrected(incident, asset);
        let harmed = altered || belief.in_state(asset, AssetState::Encrypted);
        let renewed = self
            .work
            .applied(incident, Measure::RotateCredentials, asset);
        let account = self.scene.exercise().asset(asset).kind == AssetKind::Account;
        account && !harmed && renewed.is_some()
    }

    /// Whether nothing is believed to ail an asset, nor what it depends on, which serves or will.
    fn unharmed(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        self.is_well(incident, asset, known) && self.rests_well(incident, asset, known)
    }

    /// Whether nothing is believed to ail an asset but what the team did to it.
    fn is_well(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        !known.is_affected(self.scene.exercise(), incident, asset)
            || self.is_only_our_cut(incident, asset, known)
    }

    /// Whether everything on which an asset rests serves, or will with what that rests on, as far as is known.
    fn rests_well(&self, incident: IncidentId, asset: AssetId, known: &Known) -> bool {
        let belief = self.belief(known, incident);
        let serves = |below: &AssetId| {
            !belief.in_state(*below, AssetState::OutOfService)
                || belief.in_state(*below, AssetState::Verified)
                || self.is_back(incident, *below)
                || ((self.is_well(incident, *below, known)
                    || self.fell_with_others(*below, incident, known))
                    && self.rests_well(incident, *below, known))
        };
        let below = &self.scene.exercise().asset(asset).depends_on;
        below.iter().all(serves)
    }

    /// Whether a measure of the response took an asset out of service, as claimed.
    pub(super) fn took_out(&self, incident: IncidentId, asset: AssetId) -> bool {
        self.work.has_taken(incident, asset, TAKING_OUT)
    }
}
