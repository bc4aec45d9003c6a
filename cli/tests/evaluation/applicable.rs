//! Which tasks of the plan were due, from the text of the rules.

use super::Oracle;
use super::coverage::Due;
use hotwash_engine::exercise::{
    AssetKind, Condition, Effect, Fact, Knowable, Mark, Measure, Severity, TaskId,
};
use hotwash_engine::record::{Event, Outcome, SkipReason};
use std::collections::BTreeMap;

impl Oracle<'_> {
    fn true_severity(&self) -> Severity {
        self.exercise.scenario().incidents[self.incident.index()].severity
    }

    /// The tasks that should have been done, in order.
    pub(super) fn due_tasks(&self) -> Vec<TaskId> {
        let all = (0..self.exercise.plan().tasks.len()).map(TaskId::new);
        let required: Vec<TaskId> = all.filter(|task| self.is_required(*task)).collect();
        let mut by_plan = BTreeMap::new();
        for task in &required {
            self.applies(*task, &mut by_plan);
        }
        let kept = self.kept_due(&required, &|task| by_plan[task]);
        // What stays due is no reason for what comes after it not to apply.
        let mut known: BTreeMap<TaskId, bool> = kept.into_iter().map(|task| (task, true)).collect();
        let mut due = required;
        due.retain(|task| self.applies(*task, &mut known) && !self.is_left_out(*task));
        due.retain(|task| !self.finds_nothing(*task));
        due
    }

    /// Not optional, at the true severity, and for what is real.
    fn is_required(&self, id: TaskId) -> bool {
        let task = self.exercise.task(id);
        assert!(self.exercise.scenario().incidents[self.incident.index()].real);
        let severe = task
            .from_severity
            .is_none_or(|from| from <= self.true_severity());
        !task.optional && severe && !task.takes_measure(Measure::Reject)
    }

    /// Whether somebody with the right to do so left it out, and nobody did it all the same.
    fn is_left_out(&self, id: TaskId) -> bool {
        let out = |event: &Event| {
            matches!(event, Event::TaskSkipped { instance, reason }
                if instance.task == id && instance.incident == self.incident
                    && matches!(reason, SkipReason::Decided | SkipReason::Facilitator | SkipReason::Prevented))
        };
        let done = |event: &Event| {
            matches!(event, Event::TaskEnded { instance, outcome: Outcome::Done }
                if instance.task == id && instance.incident == self.incident)
        };
        self.at(out).is_some() && self.at(done).is_none()
    }

    /// Whether a task applies: what comes after one that does not does not either, unless its own
    /// condition held or it says so. What was left out counts as done for what comes after.
    fn applies(&self, id: TaskId, known: &mut BTreeMap<TaskId, bool>) -> bool {
        if let Some(known) = known.get(&id) {
            return *known;
        }
        let task = self.exercise.task(id);
        let mut each = |of: &[TaskId]| -> Vec<bool> {
            of.iter()
                .map(|before| self.applies(*before, known))
                .collect()
        };
        let (all, any) = (each(&task.after), each(&task.after_any));
        let behind = all.contains(&false) || !any.is_empty() && !any.contains(&true);
        let severe = task
            .from_severity
            .is_none_or(|from| from <= self.true_severity());
        let called = match &task.when {
            Some(when) => self.held(when),
            None => task.even_if_skipped || !behind,
        };
        let applies = self.is_left_out(id) || severe && called && !self.finds_nothing(id);
        known.insert(id, applies);
        applies
    }

    /// Whether it takes measures, and none of them was called for.
    fn finds_nothing(&self, id: TaskId) -> bool {
        let acts = &self.exercise.task(id).does;
        !acts.is_empty() && acts.iter().all(|act| self.due_on(act) == Due::Nothing)
    }

    /// Of each part of a criterion for which none of these tasks applies, those that do it.
    fn kept_due(&self, tasks: &[TaskId], applies: &dyn Fn(&TaskId) -> bool) -> Vec<TaskId> {
        let mut kept = Vec::new();
        for part in self.parts() {
            let takes = |task: &&TaskId| {
                let does = &self.exercise.task(**task).does;
                does.iter().any(|act| part.contains(&act.measure))
            };
            if !tasks.iter().filter(takes).any(applies) {
                let called = tasks.iter().filter(takes);
                kept.extend(called.filter(|task| !self.finds_nothing(**task)));
            }
        }
        kept
    }

    /// What the criteria of the phases ask for, as far as the truth calls for it.
    fn parts(&self) -> Vec<&'static [Measure]> {
        use Measure as M;
        let ours = |asset| {
            let described = self.exercise.asset(asset);
            described.kind != AssetKind::Supplier && described.run_by.is_none()
        };
        let mut hits = Vec::new();
        for entry in self.entries {
            if let Event::StepTookEffect { step, asset, .. } = entry.event {
                hits.push((self.exercise.step(step).effect, asset));
            }
        }
        let theft = [Effect::Exfiltrate, Effect::Steal, Effect::Expose];
        hits.retain(|(effect, _)| !theft.contains(effect));
        let affected = !hits.is_empty();
        hits.retain(|(_, asset)| ours(*asset));
        let one = |wanted: &[Effect]| hits.iter().any(|(effect, _)| wanted.contains(effect));
        let account = hits
            .iter()
            .any(|(_, asset)| self.exercise.asset(*asset).kind == AssetKind::Account);
        let (lost, altered) = (
            one(&[Effect::Encrypt, Effect::Disrupt]),
            one(&[Effect::Alter]),
        );
        let parts: [(bool, &'static [Measure]); 15] = [
            (true, &[M::Report, M::Triage, M::Log]),
            (true, &[M::Declare]),
            (affected, super::expected::CONTAINS),
            (!hits.is_empty(), &[M::Preserve]),
            (affected, &[M::FindCause]),
            (
                one(&[Effect::Compromise]),
                &[M::Evict, M::Rebuild, M::WipeRemotely],
            ),
            (affected, &[M::Harden, M::Patch]),
            (account, &[M::RotateCredentials]),
            (lost, &super::coverage::BACK),
            (
                altered && !lost,
                &[M::Correct, M::Restore, M::Rebuild, M::Failover],
            ),
            (affected, &[M::Accept]),
            (true, &[M::Review]),
            (true, &[M::IssueReport]),
            (true, &[M::AssignAction]),
            (true, &[M::Close]),
        ];
        let due = parts.into_iter().filter(|(due, _)| *due);
        due.map(|(_, part)| part).collect()
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
                self.mark(Mark::Observable).is_some()
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
}
