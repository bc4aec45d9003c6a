//! Measures outside the plan: the tasks that stand for them.
//!
//! Whoever takes a measure that the plan does not ask for works on one of these, for as long and with the
//! approval that the plan gives that measure, else the defaults. They lie behind the tasks of the plan
//! ([`Exercise::is_own`]). No rule that speaks of the plan counts them: nothing comes before or after one,
//! and nobody is called to it.

use super::{
    Act, Addressee, Difficulty, Each, EvidenceItem, Exercise, Function, Measure, Object, OnAssets,
    Parts, Phase, Plan, Selector, Slug, StakeholderKind, Task, TaskId, usual,
};

/// What their slugs begin with. No slug that an author writes holds a colon.
const PREFIX: &str = "own:";

impl Exercise {
    /// The task that stands for a measure outside the plan, whatever assets it is taken on.
    pub fn own_task(&self, act: &Act) -> Option<TaskId> {
        let same = |of: &Object| match (of, &act.on) {
            (Object::Incident, Object::Incident) | (Object::Assets(_), Object::Assets(_)) => true,
            (Object::Evidence(one, _), Object::Evidence(other, _)) => one == other,
            (Object::Stakeholder(one), Object::Stakeholder(other)) => one == other,
            _ => false,
        };
        let is_it = |task: &Task| {
            let mut does = task.does.iter();
            does.any(|of| of.measure == act.measure && same(&of.on))
        };
        let place = self.own.iter().position(is_it)?;
        Some(TaskId::new(self.plan().tasks.len() + place))
    }

    /// Every task that takes a measure: of the plan, and for taking it outside the plan.
    pub fn all_taking(&self, measure: Measure) -> impl Iterator<Item = TaskId> + '_ {
        let of_plan = self.tasks_taking(measure).iter().copied();
        let own = self.own.iter().enumerate();
        let own = own.filter(move |(_, task)| task.takes_measure(measure));
        of_plan.chain(own.map(|(i, _)| TaskId::new(self.plan().tasks.len() + i)))
    }

    /// Whether a task stands for a measure outside the plan.
    pub const fn is_own(&self, task: TaskId) -> bool {
        task.index() >= self.plan().tasks.len()
    }

    /// How many tasks there are in all: those of the plan, and behind them those for measures outside it.
    pub const fn task_count(&self) -> usize {
        self.plan().tasks.len() + self.own.len()
    }

    /// Every task: those of the plan, and behind them those for measures outside it.
    pub fn all_tasks(&self) -> impl Iterator<Item = &Task> {
        self.plan().tasks.iter().chain(&self.own)
    }
}

/// The tasks for measures outside a plan, sorted by slug.
pub(super) fn own_tasks(parts: &Parts) -> Vec<Task> {
    let mut tasks: Vec<Task> = acts().map(|act| task(&parts.plan, act)).collect();
    tasks.sort_by(|a, b| a.slug.cmp(&b.slug));
    tasks
}

/// Every measure with each kind of thing that it can be taken on.
fn acts() -> impl Iterator<Item = Act> {
    Measure::ALL.iter().flat_map(|measure| {
        let on = match (measure, measure.row().on_assets) {
            (Measure::Notify, _) => {
                let stakeholders = StakeholderKind::ALL.iter();
                stakeholders
                    .map(|kind| Object::Stakeholder(*kind))
                    .collect()
            }
            (Measure::Preserve, _) => {
                let items = EvidenceItem::ALL.iter().map(|item| Some(*item));
                let all = std::iter::once(None).chain(items);
                all.map(|item| Object::Evidence(item, Selector::Everything))
                    .collect()
            }
            (_, OnAssets::No) => vec![Object::Incident],
            (_, OnAssets::Yes) => vec![Object::Assets(Selector::Everything)],
            (_, OnAssets::IfNamed) => vec![Object::Incident, Object::Assets(Selector::Everything)],
        };
        let act = |on| Act {
            measure: *measure,
            on,
        };
        on.into_iter().map(act).collect::<Vec<_>>()
    })
}

/// The task for a measure: as the plan's shortest list of measures with it says, else by the defaults.
fn task(plan: &Plan, act: Act) -> Task {
    let measure = act.measure;
    let with = plan.tasks.iter().filter(|task| task.takes_measure(measure));
    let like = with.min_by_key(|task| task.does.len());
    let on_assets = matches!(act.on, Object::Assets(_) | Object::Evidence(..));
    let outward = matches!(act.on, Object::Stakeholder(_));
    let lead = Addressee::Function(Function::IncidentManager);
    Task {
        slug: Slug::reserved(&slug(&act)),
        title: format!("{}, outside the plan", title(&act)),
        phase: measure.home().unwrap_or(Phase::Response),
        by: lead,
        accountable: None,
        consulted: Vec::new(),
        informed: Vec::new(),
        people: 1,
        after: Vec::new(),
        after_any: Vec::new(),
        when: None,
        delay: None,
        takes: like.map_or_else(|| usual(&[measure], 1), |task| task.takes.clone()),
        because: like.and_then(|task| task.because.clone()),
        approval: like.map_or_else(
            || (on_assets || outward).then_some(lead),
            |task| task.approval,
        ),
        from_severity: None,
        optional: true,
        each: if on_assets {
            Each::Asset
        } else {
            Each::Incident
        },
        via: None,
        keeps_log: false,
        controls: Vec::new(),
        difficulty: like.map_or(Difficulty::Routine, |task| task.difficulty),
        weight: 0,
        notifies_for: None,
        even_if_skipped: false,
        does: vec![act],
    }
}

/// What tells a measure from others outside the plan.
fn title(act: &Act) -> String {
    let measure = act.measure.name();
    match &act.on {
        Object::Assets(_) if act.measure.row().on_assets == OnAssets::IfNamed => {
            format!("{measure} on an asset")
        }
        Object::Incident | Object::Assets(_) | Object::Evidence(None, _) => measure.to_owned(),
        Object::Evidence(Some(item), _) => format!("{measure} {}", item.name()),
        Object::Stakeholder(kind) => format!("{measure} {}", kind.name()),
    }
}

fn slug(act: &Act) -> String {
    let spelled = title(act).to_lowercase().replace(' ', "-");
    format!("{PREFIX}{spelled}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Identified;
    use crate::simulation::fixture;

    #[test]
    fn every_measure_outside_the_plan_has_a_task_that_its_slug_finds_again() {
        let exercise = Exercise::new(fixture::parts()).expect("the fixture is an exercise");
        let all: Vec<Act> = acts().collect();
        assert!(all.len() > Measure::ALL.len());
        for act in all {
            let task = exercise.own_task(&act).expect("every act has one");
            assert!(exercise.is_own(task), "{act:?}");
            assert_eq!(exercise.task(task).does, [act]);
            let slug = task.slug(exercise.names()).as_str();
            assert_eq!(TaskId::find(exercise.names(), slug), Some(task));
            assert_eq!(Slug::new(slug), None, "an author could write {slug}");
        }
    }
}
