//! Tasks and decisions.

use super::Binder;
use super::names::implied_task;
use super::organisation::{function, title};
use super::plan::any;
use super::sorted;
use super::tables::{deciding, work_of};
use crate::definition::{self, Consequence, Judged};
use hotwash_engine::exercise::{
    self as engine, Act, Choice, Decision, Difficulty, Each, Function, Measure, Object,
    ObligationId, Phase, Soundness, Task, Trigger,
};

impl Binder<'_> {
    /// The plan's tasks, and the notifications that obligations without a task imply.
    pub(super) fn tasks(&mut self) -> Vec<Task> {
        let plan = self.plan;
        let mut tasks: Vec<Task> = plan
            .tasks
            .iter()
            .map(|given| self.one_task(given))
            .collect();
        let implied = plan
            .communication
            .iter()
            .filter(|given| given.task.is_none());
        tasks.extend(
            implied
                .map(|given| self.notification(given))
                .collect::<Vec<_>>(),
        );
        tasks.sort_by(|a, b| a.slug.cmp(&b.slug));
        tasks
    }

    fn one_task(&mut self, given: &definition::Task) -> Task {
        let id = given.id.value.clone();
        let does: Vec<Act> = given.does.iter().map(|act| self.act(act)).collect();
        let (usual, shown) = work_of(does.first().map(|act| act.measure), given.phase.value);
        let place = || format!("plan.tasks.{id}.takes");
        let takes = self.ledger.take(given.takes.as_ref(), place, usual, shown);
        let by = self.addressee(&given.by);
        Task {
            title: title(given.title.as_ref(), id.as_str()),
            phase: given.phase.value,
            by: by.unwrap_or(function(Function::IncidentManager)),
            accountable: given.accountable.as_ref().and_then(|to| self.addressee(to)),
            consulted: self.addressees(&given.consulted),
            informed: self.addressees(&given.informed),
            people: given.people.map_or(1, |people| people.value),
            after: self.each(&given.after, Self::task),
            after_any: self.each(&given.after_any, Self::task),
            when: self.optional(given.when.as_ref(), any()),
            delay: given.delay.as_ref().map(|law| law.value.clone()),
            takes,
            does,
            approval: given.approval.as_ref().and_then(|to| self.addressee(to)),
            from_severity: given.from_severity.map(|level| level.value),
            optional: given.optional.is_some_and(|optional| optional.value),
            each: given.each.map_or(Each::Incident, |each| each.value),
            via: given.via.as_ref().and_then(|name| self.channel(name)),
            keeps_log: given.keeps_log.is_some_and(|keeps| keeps.value),
            controls: sorted(given.controls.iter().map(|control| control.value.clone())),
            difficulty: given
                .difficulty
                .map_or(Difficulty::Routine, |given| given.value),
            weight: given.weight.map_or(100, |weight| weight.value.0),
            notifies_for: self.notifies(&given.id),
            slug: id,
        }
    }

    /// The obligation that names a task as the one that meets it.
    fn notifies(&self, task: &definition::Id) -> Option<ObligationId> {
        let mut given = self.plan.communication.iter();
        let names = |given: &&definition::Obligation| {
            given
                .task
                .as_ref()
                .is_some_and(|name| name.value == task.value)
        };
        let found = given.find(names)?;
        self.lists
            .obligations
            .find(found.id.value.as_str())
            .map(ObligationId::new)
    }

    /// The notification that an obligation implies.
    fn notification(&mut self, given: &definition::Obligation) -> Task {
        let slug = implied_task(given);
        let (takes, shown) = work_of(Some(Measure::Notify), Phase::Response);
        let place = format!("plan.communication.{}.task", given.id.value);
        let shown = format!("an implied notification that takes {shown}");
        self.ledger
            .table(place, &shown, super::ledger::ILLUSTRATIVE);
        let when = match self.trigger(given) {
            Trigger::Aware { what, .. } => Some(what),
            Trigger::After(parent) => {
                let name = self.plan.communication.iter().find(|known| {
                    self.lists.obligations.find(known.id.value.as_str()) == Some(parent.index())
                });
                name.map(|known| engine::Condition::Is(engine::Fact::Notified(known.to.value)))
            }
        };
        Task {
            title: format!("Tell {}", given.to.value.name()),
            phase: Phase::Response,
            by: self.obliged(given),
            accountable: None,
            consulted: Vec::new(),
            informed: Vec::new(),
            people: 1,
            after: Vec::new(),
            after_any: Vec::new(),
            when,
            delay: None,
            takes,
            does: vec![Act {
                measure: Measure::Notify,
                on: Object::Stakeholder(given.to.value),
            }],
            approval: given.approval.as_ref().and_then(|to| self.addressee(to)),
            from_severity: None,
            optional: false,
            each: Each::Incident,
            via: given.via.as_ref().and_then(|name| self.channel(name)),
            keeps_log: false,
            controls: Vec::new(),
            difficulty: Difficulty::Routine,
            weight: 100,
            notifies_for: self
                .lists
                .obligations
                .find(given.id.value.as_str())
                .map(ObligationId::new),
            slug,
        }
    }

    pub(super) fn decisions(&mut self) -> Vec<Decision> {
        let asked = self.lists.asked.clone();
        let mut decisions: Vec<Decision> = asked
            .into_iter()
            .map(|(given, inject)| self.one_decision(given, inject))
            .collect();
        decisions.sort_by(|a, b| a.slug.cmp(&b.slug));
        decisions
    }

    fn one_decision(
        &mut self,
        given: &definition::Decision,
        inject: Option<&definition::Inject>,
    ) -> Decision {
        let by = given.by.as_ref().or(inject.map(|inject| &inject.to));
        let by = by.and_then(|by| self.addressee(by));
        let id = given.id.value.clone();
        let place = || format!("decisions.{id}.takes");
        let takes = self
            .ledger
            .take(given.takes.as_ref(), place, deciding(), "5m to 20m");
        Decision {
            question: given.question.value.clone(),
            by: by.unwrap_or(function(Function::IncidentManager)),
            when: self.optional(given.when.as_ref(), any()),
            options: given
                .options
                .iter()
                .map(|option| self.option(option))
                .collect(),
            needs: sorted(given.needs.iter().map(|content| content.value)),
            takes,
            weight: given.weight.map_or(100, |weight| weight.value.0),
            phase: given.phase.map_or(Phase::Response, |phase| phase.value),
            slug: id,
        }
    }

    fn option(&mut self, given: &definition::Choice) -> Choice {
        let then = given.then.iter().filter_map(|then| {
            Some(match &then.value {
                Consequence::Undo(measure) => engine::Consequence::Undo(measure.value),
                Consequence::Start(task) => engine::Consequence::Start(self.task(task)?),
                Consequence::Omit(task) => engine::Consequence::Omit(self.task(task)?),
                Consequence::Fire(inject) => engine::Consequence::Fire(self.inject(inject)?),
                Consequence::Skip(inject) => engine::Consequence::Skip(self.inject(inject)?),
            })
        });
        Choice {
            slug: given.id.value.clone(),
            text: given.text.value.clone(),
            then: then.collect(),
            judged: given.judged.as_ref().map(|judged| match &judged.value {
                Judged::Sound => Soundness::Sound,
                Judged::Unsound(reason) => Soundness::Unsound(reason.because.value.clone()),
            }),
        }
    }
}
