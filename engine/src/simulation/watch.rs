//! What of the plan looks at what, and what is to be looked at again.
//!
//! Tasks, decisions and clocks wait for conditions. They are worked out anew only where something
//! changed that they look at; [`Watchers`] says once for all runs who looks at what, and [`Watch`]
//! keeps who is to be looked at again in a run. What looks at the truth is kept beside that, as
//! [`Truths`] and [`Doubts`]. Taking too many changes nothing but time: looking
//! at something twice gives the same.

mod by_kind;
mod doubts;
mod truth;

use by_kind::ByKind;
pub(crate) use doubts::Doubts;
pub(crate) use truth::Truths;

use super::lane::Lane;
use super::minds::Asked;
use super::out::Changed;
use super::scene::{Policy, Scene};
use super::set::Set;
use super::view::MissingWork;
use super::work::{DueTask, Standing};
use crate::exercise::{
    Act, Addressee, AssetId, AssetState, Condition, DecisionId, Each, Exercise, Fact, IncidentId,
    Knowable, Object, ObligationId, Phase, RoleId, Task, TaskId, Trigger, Urgency,
};
use bevy_ecs::component::Component;

/// Who looks at what: tasks, then decisions, then obligations, each by its number.
#[derive(Debug, Default)]
pub(crate) struct Watchers {
    tasks: usize,
    decisions: usize,
    len: usize,
    /// By role, then kind of fact: who looks at whether that role knows such facts.
    of_news: Vec<[Vec<usize>; Asked::KINDS]>,
    /// What knowledge each looks at.
    asked: Vec<Asked>,
    /// By role: who looks at what that role has read.
    of_reader: Vec<Set>,
    /// By role: the tasks on assets that are its work.
    of_doer: Vec<Set>,
    /// By task: who looks at how that task stands.
    of_task: Vec<Vec<usize>>,
    /// Who looks at what the board knows of assets and has done to them.
    of_board: Set,
    /// Who looks at the severity as it is taken to be.
    of_severity: Set,
    /// Who looks at facts of other kinds.
    of_kind: ByKind,
    /// Who looks at the time, which changes always, where anybody does.
    of_time: Option<Set>,
}

impl Watchers {
    /// Finds who looks at what in an exercise.
    pub(crate) fn of(exercise: &Exercise) -> Self {
        let plan = exercise.plan();
        let (tasks, decisions) = (plan.tasks.len(), plan.decisions.len());
        let len = tasks + decisions + plan.obligations.len();
        let roles = exercise.organisation().roles.len();
        let mut watchers = Self {
            tasks,
            decisions,
            len,
            of_news: vec![Default::default(); roles],
            asked: vec![Asked::default(); len],
            of_reader: vec![Set::none(len); roles],
            of_doer: vec![Set::none(len); roles],
            of_task: vec![Vec::new(); exercise.task_count()],
            of_board: Set::none(len),
            of_severity: Set::none(len),
            of_kind: ByKind::default(),
            of_time: None,
        };
        for (t, task) in plan.tasks.iter().enumerate() {
            watchers.add_task(exercise, t, task);
        }
        for (d, decision) in plan.decisions.iter().enumerate() {
            if let Some(when) = &decision.when {
                let roles = exercise.roles(decision.by);
                watchers.asked[tasks + d].add_alerts();
                watchers.add_condition(exercise, tasks + d, when, roles);
                watchers.add_kinds(tasks + d, Changed::INCIDENT);
            }
        }
        for (o, obligation) in plan.obligations.iter().enumerate() {
            if let Trigger::Aware { who, what } = &obligation.from {
                for function in who {
                    let roles = exercise.roles(Addressee::Function(*function));
                    watchers.add_condition(exercise, tasks + decisions + o, what, roles);
                }
            }
        }
        watchers
    }

    fn add_task(&mut self, exercise: &Exercise, watcher: usize, task: &Task) {
        self.of_task[watcher].push(watcher);
        for before in task.after.iter().chain(&task.after_any) {
            self.of_task[before.index()].push(watcher);
        }
        let roles = exercise.owners(task);
        if task.is_first() {
            self.asked[watcher].add_alerts();
        }
        match &task.when {
            Some(when) => self.add_condition(exercise, watcher, when, roles),
            None if task.is_first() => self.add_roles(watcher, roles),
            None => {}
        }
        if task.from_severity.is_some() {
            self.of_severity.insert(watcher);
        }
        if task.phase == Phase::Closure {
            self.add_kinds(watcher, Changed::INCIDENT);
        }
        for act in &task.does {
            self.add_act(watcher, act, roles);
        }
        // What comes after work that is done asset by asset looks at the assets that this is for.
        for before in task.after.iter().map(|id| exercise.task(*id)) {
            if before.each == Each::Asset && before.acts_on_assets() {
                self.of_board.insert(watcher);
                for act in &before.does {
                    self.add_act(watcher, act, exercise.owners(before));
                }
            }
        }
    }

    fn add_act(&mut self, watcher: usize, act: &Act, roles: &[RoleId]) {
        match &act.on {
            Object::Incident => {}
            Object::Stakeholder(_) => self.add_kinds(watcher, Changed::WORLD),
            Object::Assets(selector) | Object::Evidence(_, selector) => {
                self.of_board.insert(watcher);
                for role in roles {
                    self.of_doer[role.index()].insert(watcher);
                }
                if selector.ages() {
                    self.add_to_time(watcher);
                }
                // Whoever is to bring something back sees whether more ails it than that it was cut off.
                if act.measure.home() == Some(Phase::Recovery) {
                    self.add_kinds(watcher, Changed::WORLD);
                }
            }
        }
    }

    fn add_to_time(&mut self, watcher: usize) {
        let of_time = self.of_time.get_or_insert_with(|| Set::none(self.len));
        of_time.insert(watcher);
    }

    fn add_kinds(&mut self, watcher: usize, kinds: Changed) {
        self.of_kind.insert(kinds, watcher, self.len);
    }

    /// Who watches looks at what roles know of what it asks.
    fn add_roles(&mut self, watcher: usize, roles: &[RoleId]) {
        for role in roles {
            for kind in self.asked[watcher].kinds() {
                self.of_news[role.index()][kind].push(watcher);
            }
        }
    }

    /// A condition as it is believed by those who are addressed.
    fn add_condition(
        &mut self,
        exercise: &Exercise,
        watcher: usize,
        condition: &Condition,
        roles: &[RoleId],
    ) {
        self.asked[watcher].add_deciding(condition);
        self.add_roles(watcher, roles);
        condition.each_fact(&mut |fact| match fact {
            Fact::MessageRead(_) => {
                for role in roles {
                    self.of_reader[role.index()].insert(watcher);
                }
            }
            Fact::Done(task) => self.of_task[task.index()].push(watcher),
            Fact::Taken(measure, _) => {
                for task in exercise.all_taking(*measure) {
                    self.of_task[task.index()].push(watcher);
                }
            }
            Fact::Decided(..) | Fact::Notified(_) | Fact::InjectDelivered(_) => {
                self.add_kinds(watcher, Changed::STORY);
            }
            Fact::SeverityAtLeast(_) | Fact::PhaseReached(_) => {
                self.add_kinds(watcher, Changed::INCIDENT);
            }
            // What the team said of a phase no longer stands once it learns otherwise.
            Fact::PhaseCompleted(_) => {
                self.add_kinds(watcher, Changed::INCIDENT.and(Changed::KNOWLEDGE));
            }
            Fact::InState(selector, state) => {
                if *state == AssetState::PastRto || selector.ages() {
                    self.add_to_time(watcher);
                }
            }
            Fact::Elapsed(_) | Fact::Since(..) => self.add_to_time(watcher),
            Fact::AlertRaised
            | Fact::Reached(_)
            | Fact::Known(_)
            | Fact::RecordsExposed(_)
            | Fact::MoneyLost(_) => {}
        });
    }
}

/// Who is to be looked at again, for each incident.
#[derive(Debug, Component, Default)]
pub(crate) struct Watch {
    incidents: Vec<Set>,
    /// Tasks that only work can make due, for each incident: what they look at besides is of no use
    /// before one of the tasks changes that they look at.
    asleep: Vec<Set>,
    /// By incident, then task: the latest entry of what must come before it, as long as the tasks stand
    /// as they do that it looks at.
    unlocked: Vec<Vec<Option<u32>>>,
    /// How fast each incident gets worse, as long as its board learns and claims nothing new.
    urgencies: Vec<Option<Urgency>>,
    /// By incident: an asset on which it spread when that was last worked out.
    spreads_on: Vec<Option<AssetId>>,
    /// What is to be looked at again as soon as anything changes.
    held: Vec<(TaskId, IncidentId)>,
    /// What looks at the truth and is to look again.
    pub(crate) doubts: Doubts,
    /// By incident: what keeps its phases from looking complete to who leads.
    missing: Vec<MissingWork>,
    /// By incident: how it stands for its work, as that was last worked out.
    standing: Vec<Option<Standing>>,
    /// The tasks that are due, until work is made ready for them.
    pub(crate) due: Vec<DueTask>,
}

impl Watch {
    /// Everything is to be looked at.
    pub(crate) fn reset(&mut self, scene: Scene<'_>) {
        let incidents = scene.exercise().scenario().incidents.len();
        self.incidents.resize_with(incidents, Set::default);
        self.asleep.resize_with(incidents, Set::default);
        self.unlocked.resize_with(incidents, Vec::new);
        self.add_all(scene);
        self.urgencies.clear();
        self.urgencies.resize(incidents, None);
        self.spreads_on.clear();
        self.spreads_on.resize(incidents, None);
        self.held.clear();
        self.doubts.reset(scene.stage);
        self.missing.clear();
        self.missing.resize_with(incidents, MissingWork::default);
        self.standing.clear();
        self.standing.resize(incidents, None);
        self.due.clear();
    }

    fn wake_all(&mut self, scene: Scene<'_>) {
        for set in &mut self.asleep {
            set.clear(scene.stage.watchers.len);
        }
        for unlocked in &mut self.unlocked {
            unlocked.clear();
            unlocked.resize(scene.stage.watchers.tasks, None);
        }
    }

    /// The latest entry of what must come before a task, worked out where it or one of the tasks changed
    /// that it looks at. Without one, it is not looked at before that happens.
    pub(crate) fn unlocked(
        &mut self,
        task: TaskId,
        incident: IncidentId,
        work_out: impl FnOnce() -> Option<u32>,
    ) -> Option<u32> {
        let unlocked = &mut self.unlocked[incident.index()][task.index()];
        if unlocked.is_none() {
            *unlocked = work_out();
        }
        if unlocked.is_none() {
            self.asleep[incident.index()].insert(task.index());
        }
        *unlocked
    }

    /// The incidents of the run.
    pub(crate) fn incidents(&self) -> impl Iterator<Item = IncidentId> + use<> {
        (0..self.incidents.len()).map(IncidentId::new)
    }

    fn add(&mut self, watchers: &Set) {
        for set in &mut self.incidents {
            set.add(watchers);
        }
    }

    fn add_one(&mut self, watcher: usize) {
        for set in &mut self.incidents {
            set.insert(watcher);
        }
    }

    fn add_all(&mut self, scene: Scene<'_>) {
        for set in &mut self.incidents {
            set.fill(scene.stage.watchers.len);
        }
        self.wake_all(scene);
        self.urgencies.fill(None);
    }

    /// Time passed since everything was looked at last.
    pub(crate) fn time_passed(&mut self, scene: Scene<'_>) {
        if let Some(of_time) = &scene.stage.watchers.of_time {
            self.add(of_time);
        }
    }

    /// A task stands otherwise.
    fn touched(&mut self, scene: Scene<'_>, task: TaskId, incident: IncidentId) {
        let phase = scene.exercise().task(task).phase;
        self.missing[incident.index()].touched(task, phase);
        let set = &mut self.incidents[incident.index()];
        let asleep = &mut self.asleep[incident.index()];
        let unlocked = &mut self.unlocked[incident.index()];
        for watcher in &scene.stage.watchers.of_task[task.index()] {
            set.insert(*watcher);
            asleep.remove(*watcher);
            if let Some(unlocked) = unlocked.get_mut(*watcher) {
                *unlocked = None;
            }
        }
    }

    /// Takes the next task from this one on that is to be looked at again.
    pub(crate) fn take_task(
        &mut self,
        scene: Scene<'_>,
        incident: IncidentId,
        from: TaskId,
    ) -> Option<TaskId> {
        let set = &mut self.incidents[incident.index()];
        let asleep = &self.asleep[incident.index()];
        let next = set.next_outside(asleep, from.index(), scene.stage.watchers.tasks)?;
        set.remove(next);
        Some(TaskId::new(next))
    }

    /// A task is to be looked at again as soon as anything changes.
    pub(crate) fn look_again(&mut self, task: TaskId, incident: IncidentId) {
        self.held.push((task, incident));
    }

    /// What kept the phases of an incident from looking complete to who leads, when that was last asked.
    pub(crate) fn missing(&mut self, incident: IncidentId) -> &mut MissingWork {
        &mut self.missing[incident.index()]
    }

    /// The next decision from one on that is to be looked at again for some incident.
    pub(crate) fn next_decision(&self, scene: Scene<'_>, from: usize) -> Option<DecisionId> {
        let watchers = &scene.stage.watchers;
        let (first, end) = (watchers.tasks, watchers.tasks + watchers.decisions);
        let next = |set: &Set| set.next(first + from, end);
        let next = self.incidents.iter().filter_map(next).min()?;
        Some(DecisionId::new(next - first))
    }

    /// The next obligation from one on that is to be looked at again for some incident, for what is known
    /// or what is true.
    pub(crate) fn next_clock(&self, scene: Scene<'_>, from: usize) -> Option<ObligationId> {
        let watchers = &scene.stage.watchers;
        let first = watchers.tasks + watchers.decisions;
        let next = |set: &Set| set.next(first + from, watchers.len);
        let known = self.incidents.iter().filter_map(next).min();
        let known = known.map(|next| next - first);
        let next = known
            .into_iter()
            .chain(self.doubts.next_obligation(scene, from))
            .min()?;
        Some(ObligationId::new(next))
    }

    /// Takes whether a decision is to be looked at again.
    pub(crate) fn take_decision(
        &mut self,
        scene: Scene<'_>,
        incident: IncidentId,
        decision: DecisionId,
    ) -> bool {
        let place = scene.stage.watchers.tasks + decision.index();
        self.incidents[incident.index()].remove(place)
    }

    /// Takes whether a clock is to be looked at again.
    pub(crate) fn take_clock(
        &mut self,
        scene: Scene<'_>,
        incident: IncidentId,
        obligation: ObligationId,
    ) -> bool {
        let watchers = &scene.stage.watchers;
        let place = watchers.tasks + watchers.decisions + obligation.index();
        self.incidents[incident.index()].remove(place)
    }

    /// How fast an incident gets worse, worked out where its board learned or claimed something since.
    pub(crate) fn urgency(
        &mut self,
        incident: IncidentId,
        work_out: impl FnOnce(&mut Option<AssetId>) -> Urgency,
    ) -> Urgency {
        let spreads_on = &mut self.spreads_on[incident.index()];
        *self.urgencies[incident.index()].get_or_insert_with(|| work_out(spreads_on))
    }

    /// An incident stands like this for its work. Says whether the priority of its work is another than it
    /// was.
    pub(crate) fn stands(
        &mut self,
        scene: Scene<'_>,
        incident: IncidentId,
        standing: Standing,
    ) -> bool {
        let before = self.standing[incident.index()].replace(standing);
        if before.is_none_or(|before| before.severity != standing.severity) {
            self.incidents[incident.index()].add(&scene.stage.watchers.of_severity);
        }
        before.is_none_or(|before| before.priority != standing.priority)
    }

    /// How an incident stood for its work when anything was last looked at.
    pub(crate) fn stood(&self, incident: IncidentId) -> Option<Standing> {
        self.standing[incident.index()]
    }

    /// How an incident stands for its work, once that was worked out.
    pub(crate) fn standing(&self, incident: IncidentId) -> Standing {
        let standing = self.stood(incident);
        standing.expect("how incidents stand is worked out before their work")
    }
}

/// Whether somebody learned, read or did something since who is to be looked at was last found.
pub(crate) fn has_news(lane: &Lane<'_>) -> bool {
    let boards = |incident| lane.minds.board_changed(incident);
    let applied = |incident| lane.work.applied_changed(incident);
    lane.minds.has_news()
        || lane.messages.has_read()
        || lane.work.has_touched()
        || lane.incidents.ids().any(|of| boards(of) || applied(of))
}

/// Finds who is to be looked at again, since this was last asked.
pub(crate) fn gather(lane: &mut Lane<'_>, scene: Scene<'_>, changed: Changed) {
    let (watch, watchers) = (&mut *lane.watch, &scene.stage.watchers);
    if changed == Changed::ALL || scene.policy == Policy::Ideal {
        watch.add_all(scene);
    }
    watch.missing.iter_mut().for_each(|of| of.heed(changed));
    while let Some((task, incident)) = watch.held.pop() {
        watch.incidents[incident.index()].insert(task.index());
    }
    for of_kind in watchers.of_kind.of(changed) {
        watch.add(of_kind);
    }
    while let Some((role, fact)) = lane.minds.take_news() {
        for watcher in &watchers.of_news[role.index()][Asked::kind(fact)] {
            if watchers.asked[*watcher].names(fact) {
                watch.add_one(*watcher);
            }
        }
        // Without a room what the doers know counts as on the board.
        if let Knowable::Asset(incident, ..) = fact
            && !lane.minds.has_room(incident)
        {
            watch.incidents[incident.index()].add(&watchers.of_doer[role.index()]);
        }
    }
    while let Some(role) = lane.messages.take_read() {
        watch.add(&watchers.of_reader[role.index()]);
    }
    while let Some((task, incident)) = lane.work.take_touched() {
        watch.touched(scene, task, incident);
    }
    for incident in lane.incidents.ids() {
        let board = lane.minds.take_board_changed(incident);
        if board | lane.work.take_applied_changed(incident) {
            watch.urgencies[incident.index()] = None;
            watch.incidents[incident.index()].add(&watchers.of_board);
        }
    }
}
