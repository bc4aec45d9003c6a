//! Tasks of the plan, and those that obligations imply.

use super::binder::{Binder, tidy, title};
use super::condition::Decisions;
use super::dues::Due;
use super::names::sorted;
use super::obligations::{Clock, Clocks};
use super::plan::around;
use crate::defaults::{self, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, Weight};
use hotwash_engine::exercise::{
    Act, Difficulty, Each, Function, Law, Measure, Object, ObligationId, Phase, SeverityRule, Slug,
    StakeholderKind, Task, TaskId,
};

impl Binder {
    /// The tasks, with those that obligations imply, sorted.
    pub(super) fn tasks(
        &mut self,
        given: &definition::Plan,
        dues: &[Due<'_>],
        clocks: &Clocks,
        rules: &[SeverityRule],
        decisions: &Decisions,
    ) -> Vec<Task> {
        let mut tasks = Vec::new();
        for task in sorted(&given.tasks) {
            let bound = self.one_task(given, task, decisions);
            tasks.push(bound);
        }
        for (i, (due, clock)) in dues.iter().zip(&clocks.0).enumerate() {
            let id = ObligationId::new(i);
            let Some(clause) = due.clause else {
                continue;
            };
            match clock {
                Clock::Named(slug) | Clock::Found(slug) => {
                    let found = tasks.iter().position(|task| task.slug == *slug);
                    if let Some(found) = found {
                        self.serve(&mut tasks[found], clause, id);
                    }
                }
                Clock::Implied(slug) => {
                    let parent = due.parent(dues).map(|parent| clocks.task_of(parent));
                    let when = match parent {
                        Some(_) => None,
                        None => Some(self.awareness(due, rules, decisions).1),
                    };
                    let mut task = self.implied(slug, due, clause, given);
                    task.after = self.before_implied(parent.flatten());
                    (task.when, task.notifies_for) = (when, Some(id));
                    tasks.push(task);
                }
                Clock::None => {}
            }
        }
        tasks.sort_by(|a, b| a.slug.cmp(&b.slug));
        tasks
    }

    /// A task that meets an obligation: what the obligation says and the task does not holds for it.
    fn serve(&mut self, task: &mut Task, obligation: &definition::Obligation, id: ObligationId) {
        let by = format!("obligation {}", obligation.id.value);
        task.notifies_for = task.notifies_for.or(Some(id));
        if task.via.is_none() {
            task.via = self.channel_of_plan(obligation.via.as_ref(), &by);
        }
        if task.approval.is_none() {
            let approval = obligation.approval.as_ref();
            task.approval = approval.map(|one| self.addressee(one, Function::Executive, &by));
        }
    }

    fn one_task(
        &mut self,
        plan: &definition::Plan,
        task: &definition::Task,
        decisions: &Decisions,
    ) -> Task {
        let place = format!("plan.tasks.{}", task.id.value);
        let by = format!("task {}", task.id.value);
        self.ledger.given(2);
        let does = self.measures(plan, task, &place, &by);
        let ledger = &mut self.ledger;
        let measures: Vec<Measure> = does.iter().map(|act| act.measure).collect();
        let people = task.people.map_or(1, |people| people.value);
        let takes = defaults::work(&measures, people);
        let given = task.takes.as_ref();
        let because = given.and_then(|takes| takes.because.as_ref());
        let time = given.map(|takes| &takes.value);
        let takes = ledger.or(time, &place, "takes", takes, ILLUSTRATIVE);
        let weight = Weight(defaults::WEIGHT);
        let weight = ledger.or(task.weight.as_ref(), &place, "weight", weight, ILLUSTRATIVE);
        if task.difficulty.is_none() {
            let routine = "Routine".to_owned();
            ledger.assume(&place, "difficulty", routine, ILLUSTRATIVE);
        } else {
            ledger.given(1);
        }
        let given = [
            !task.after.is_empty(),
            !task.after_any.is_empty(),
            task.when.is_some(),
            task.delay.is_some(),
            task.approval.is_some(),
            task.from_severity.is_some(),
        ];
        ledger.given(given.into_iter().filter(|given| *given).count());
        let usual = function_of(does.first());
        let accountable = task.accountable.as_ref();
        let approval = task.approval.as_ref();
        Task {
            slug: task.id.value.clone(),
            title: title(task.title.as_ref(), task.id.as_str()),
            phase: task.phase.value,
            by: self.addressee(&task.by, usual, &by),
            accountable: accountable.map(|one| self.addressee(one, usual, &by)),
            consulted: self.addressees(&task.consulted, usual, &by),
            informed: self.addressees(&task.informed, usual, &by),
            people,
            after: self.before(&task.after),
            after_any: self.before(&task.after_any),
            when: self.condition_if(task.when.as_ref(), around(decisions, &by)),
            delay: task.delay.as_ref().map(|law| law.value.clone()),
            takes,
            because: because.map(|because| because.value.clone()),
            does,
            approval: approval.map(|one| self.addressee(one, Function::Executive, &by)),
            from_severity: task.from_severity.map(|severity| severity.value),
            optional: task.optional.is_some_and(|optional| optional.value),
            even_if_skipped: task.even_if_skipped.is_some_and(|even| even.value),
            each: task.each.map_or(Each::Incident, |each| each.value),
            via: self.channel_of_plan(task.via.as_ref(), &by),
            keeps_log: task.keeps_log.is_some_and(|keeps| keeps.value),
            controls: tidy(task.controls.iter().map(|one| one.value.clone()).collect()),
            difficulty: task.difficulty.map_or(Difficulty::Routine, |it| it.value),
            weight: weight.0,
            notifies_for: None,
        }
    }

    fn before(&mut self, names: &[definition::Name]) -> Vec<TaskId> {
        let found = names.iter().filter_map(|name| self.task(name));
        tidy(found.map(TaskId::new).collect())
    }

    /// What a task does. Where it does not say, and nothing else in the plan takes the report or
    /// judges it, the first task of these phases does.
    fn measures(
        &mut self,
        plan: &definition::Plan,
        task: &definition::Task,
        place: &str,
        by: &str,
    ) -> Vec<Act> {
        if !task.does.is_empty() {
            self.ledger.given(task.does.len());
            return task.does.iter().map(|act| self.act(act, by)).collect();
        }
        let first = task.after.is_empty() && task.after_any.is_empty();
        let measure = match task.phase.value {
            Phase::Identification if !takes(plan, &[Measure::Report, Measure::Log]) => {
                Measure::Report
            }
            Phase::Assessment if !takes(plan, &[Measure::Triage]) => Measure::Triage,
            _ => return Vec::new(),
        };
        if !first {
            return Vec::new();
        }
        let written = measure.name().to_owned();
        self.ledger.assume(place, "does", written, LANGUAGE);
        vec![Act {
            measure,
            on: Object::Incident,
        }]
    }

    fn before_implied(&self, task: Option<&Slug>) -> Vec<TaskId> {
        let found = task.and_then(|slug| self.names.tasks.find(slug.as_str()));
        found.map(TaskId::new).into_iter().collect()
    }

    /// The notification that an obligation without a task implies: ready as soon as the clock can
    /// have started.
    fn implied(
        &mut self,
        slug: &Slug,
        due: &Due<'_>,
        clause: &definition::Obligation,
        plan: &definition::Plan,
    ) -> Task {
        let by = due.asker();
        let place = format!("plan.communication.{}", due.slug);
        let takes: Law = defaults::NOTIFYING;
        let written = format!("an implied task `{slug}`");
        self.ledger.assume(&place, "task", written, ILLUSTRATIVE);
        let stakeholder = due.to().unwrap_or(StakeholderKind::Executives);
        let approval = clause.approval.as_ref();
        Task {
            slug: slug.clone(),
            title: format!("Notify {stakeholder}: {}", due.title()),
            phase: Phase::Response,
            by: self.notifier(due, Some(slug), plan),
            accountable: None,
            consulted: Vec::new(),
            informed: Vec::new(),
            people: 1,
            after: Vec::new(),
            after_any: Vec::new(),
            when: None,
            delay: None,
            takes,
            because: None,
            does: vec![Act {
                measure: Measure::Notify,
                on: Object::Stakeholder(stakeholder),
            }],
            approval: approval.map(|one| self.addressee(one, Function::Executive, &by)),
            from_severity: None,
            optional: false,
            even_if_skipped: false,
            each: Each::Incident,
            via: self.channel_of_plan(clause.via.as_ref(), &by),
            keeps_log: false,
            controls: Vec::new(),
            difficulty: Difficulty::Routine,
            weight: defaults::WEIGHT,
            notifies_for: None,
        }
    }
}

fn takes(plan: &definition::Plan, measures: &[Measure]) -> bool {
    let acts = plan.tasks.iter().flat_map(|task| task.does.iter());
    acts.into_iter()
        .any(|act| measures.contains(&act.value.measure.value))
}

/// Who takes such a measure where the role that a plan names is not there.
fn function_of(act: Option<&Act>) -> Function {
    let Some(act) = act else {
        return Function::IncidentManager;
    };
    match act.measure.home() {
        Some(Phase::Identification) => Function::PointOfContact,
        Some(Phase::Assessment) if act.measure != Measure::Declare => Function::Analyst,
        Some(Phase::Response) if act.measure != Measure::Activate => Function::Handler,
        Some(Phase::Resolution) => Function::Handler,
        Some(Phase::Recovery) => Function::ItOperations,
        _ => Function::IncidentManager,
    }
}
