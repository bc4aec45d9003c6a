//! What each inject, decision, task and step waits for, as far as others of them bring it about.

use crate::check::{Scene, walk};
use crate::definition::{About, Condition, Consequence, Decision, Id, Name, Plan, Scenario};
use crate::source::{Place, Spanned};
use hotwash_engine::exercise::Measure;
use std::collections::BTreeMap;

/// What kind of thing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Task,
    Decision,
    Inject,
    Step,
}

/// Something that waits, and the ways in which it may come about.
pub(super) struct Thing<'d> {
    kind: Kind,
    id: &'d str,
    /// One of them is enough.
    pub(super) ways: Vec<Need>,
    /// Where it says what it comes after, other than by a condition.
    pub(super) after: Vec<Place>,
}

impl Thing<'_> {
    /// How it is called in a sentence.
    pub(super) fn name(&self) -> String {
        let kind = match self.kind {
            Kind::Task => "task",
            Kind::Decision => "decision",
            Kind::Inject => "inject",
            Kind::Step => "step",
        };
        format!("{kind} `{}`", self.id)
    }
}

/// A thing that is waited for, and where that is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct One {
    pub(super) thing: usize,
    pub(super) place: Place,
}

/// What is waited for. All of nothing is nothing.
#[derive(Debug)]
pub(super) enum Need {
    One(One),
    All(Vec<Need>),
    Any(Vec<Need>),
}

impl Need {
    const NOTHING: Self = Self::All(Vec::new());

    /// Whether it may come about, by what is known to.
    pub(super) fn is_open(&self, possible: &[bool]) -> bool {
        match self {
            Self::One(one) => possible[one.thing],
            Self::All(parts) => parts.iter().all(|part| part.is_open(possible)),
            Self::Any(parts) => parts.iter().any(|part| part.is_open(possible)),
        }
    }

    /// The first thing by which it is not open.
    pub(super) fn blocker(&self, possible: &[bool]) -> Option<One> {
        match self {
            Self::One(one) => (!possible[one.thing]).then_some(*one),
            Self::All(parts) => {
                let mut blocked = parts.iter().filter(|part| !part.is_open(possible));
                blocked.find_map(|part| part.blocker(possible))
            }
            Self::Any(parts) => parts.iter().find_map(|part| part.blocker(possible)),
        }
    }

    /// Calls for each thing in it.
    pub(super) fn each(&self, call: &mut impl FnMut(One)) {
        match self {
            Self::One(one) => call(*one),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each(call);
                }
            }
        }
    }
}

/// Everything that waits.
pub(super) struct Needs<'d> {
    pub(super) things: Vec<Thing<'d>>,
    index: BTreeMap<(Kind, &'d str), usize>,
    /// The tasks that take a measure.
    taking: BTreeMap<Measure, Vec<usize>>,
}

impl<'d> Needs<'d> {
    pub(super) fn of(scene: Scene<'d>) -> Self {
        let mut needs = Self {
            things: Vec::new(),
            index: BTreeMap::new(),
            taking: BTreeMap::new(),
        };
        needs.name_all(scene);
        if let Some(plan) = scene.plan {
            needs.of_plan(plan);
        }
        if let Some(scenario) = scene.scenario {
            needs.of_scenario(scenario);
        }
        needs
    }

    fn name_all(&mut self, scene: Scene<'d>) {
        if let Some(plan) = scene.plan {
            for task in &plan.tasks {
                let i = self.add(Kind::Task, &task.id);
                for act in task.does.iter() {
                    self.taking.entry(act.measure.value).or_default().push(i);
                }
            }
            for decision in &plan.decisions {
                self.add(Kind::Decision, &decision.id);
            }
        }
        if let Some(scenario) = scene.scenario {
            for step in &scenario.attack {
                self.add(Kind::Step, &step.id);
            }
            for inject in &scenario.injects {
                self.add(Kind::Inject, &inject.id);
            }
            for decision in walk::decisions_of_scenario(scenario) {
                self.add(Kind::Decision, &decision.id);
            }
        }
    }

    /// Of two things with one id, which is an error, the first counts.
    fn add(&mut self, kind: Kind, id: &'d Id) -> usize {
        let next = self.things.len();
        let at = *self.index.entry((kind, id.as_str())).or_insert(next);
        if at == next {
            self.things.push(Thing {
                kind,
                id: id.as_str(),
                ways: Vec::new(),
                after: Vec::new(),
            });
        }
        at
    }

    fn of_plan(&mut self, plan: &'d Plan) {
        for task in &plan.tasks {
            let mut all = vec![self.all(Kind::Task, &task.after)];
            all.push(self.any(Kind::Task, &task.after_any));
            all.extend(task.when.iter().map(|when| self.condition(when)));
            let after = task.after.iter().chain(&task.after_any);
            let after = after.map(|name| name.place).collect();
            self.way(Kind::Task, &task.id, Need::All(all), after);
        }
        for decision in &plan.decisions {
            let when = decision.when.as_ref();
            let when = when.map_or(Need::NOTHING, |when| self.condition(when));
            self.way(Kind::Decision, &decision.id, when, Vec::new());
        }
        for decision in &plan.decisions {
            self.consequences(decision);
        }
    }

    fn of_scenario(&mut self, scenario: &'d Scenario) {
        for step in &scenario.attack {
            let mut all = vec![self.all(Kind::Step, &step.after)];
            all.push(self.any(Kind::Step, &step.after_any));
            all.extend(step.when.iter().map(|when| self.condition(when)));
            let after = step.after.iter().chain(&step.after_any);
            let after = after.map(|name| name.place).collect();
            self.way(Kind::Step, &step.id, Need::All(all), after);
        }
        for inject in &scenario.injects {
            // Without a time and a condition it comes by a decision alone.
            if inject.at.is_some() || inject.when.is_some() {
                let when = inject.when.as_ref();
                let when = when.map_or(Need::NOTHING, |when| self.condition(when));
                self.way(Kind::Inject, &inject.id, when, Vec::new());
            }
            if let Some(decision) = &inject.decide {
                let asked = self.one(Kind::Inject, inject.id.as_str(), inject.id.place);
                self.way(Kind::Decision, &decision.id, asked, vec![inject.id.place]);
            }
        }
        for decision in walk::decisions_of_scenario(scenario) {
            self.consequences(decision);
        }
    }

    /// What an option brings about is another way to it.
    fn consequences(&mut self, decision: &'d Decision) {
        for consequence in decision.options.iter().flat_map(|option| &option.then) {
            let (kind, name) = match &consequence.value {
                Consequence::Start(task) => (Kind::Task, task),
                Consequence::Fire(inject) => (Kind::Inject, inject),
                _ => continue,
            };
            let taken = self.one(Kind::Decision, decision.id.as_str(), name.place);
            if let Some(at) = self.index.get(&(kind, name.as_str())) {
                self.things[*at].ways.push(taken);
            }
        }
    }

    fn way(&mut self, kind: Kind, id: &'d Id, need: Need, after: Vec<Place>) {
        if let Some(at) = self.index.get(&(kind, id.as_str())) {
            self.things[*at].ways.push(need);
            self.things[*at].after.extend(after);
        }
    }

    /// A thing by its name; what nobody knows is taken for possible, and an error of its own.
    fn one(&self, kind: Kind, id: &str, place: Place) -> Need {
        let found = self.index.get(&(kind, id));
        found.map_or(Need::NOTHING, |thing| {
            Need::One(One {
                thing: *thing,
                place,
            })
        })
    }

    fn named(&self, kind: Kind, name: &Name) -> Need {
        self.one(kind, name.as_str(), name.place)
    }

    fn all(&self, kind: Kind, names: &[Name]) -> Need {
        Need::All(names.iter().map(|name| self.named(kind, name)).collect())
    }

    fn any(&self, kind: Kind, names: &[Name]) -> Need {
        if names.is_empty() {
            return Need::NOTHING;
        }
        Need::Any(names.iter().map(|name| self.named(kind, name)).collect())
    }

    fn condition(&self, condition: &Spanned<Condition>) -> Need {
        let of =
            |parts: &[Spanned<Condition>]| parts.iter().map(|one| self.condition(one)).collect();
        match &condition.value {
            Condition::All(parts) => Need::All(of(parts)),
            // Of nothing, none: that is said of the condition itself.
            Condition::Any(parts) if !parts.is_empty() => Need::Any(of(parts)),
            Condition::Done(task) => self.named(Kind::Task, task),
            Condition::Decided(decision, _) => self.named(Kind::Decision, decision),
            Condition::Reached(step) => self.named(Kind::Step, step),
            Condition::InjectDelivered(inject) => self.named(Kind::Inject, inject),
            Condition::Taken(measure, _) => self.taken(measure.value, condition.place),
            Condition::Known(about) => match &about.value {
                About::Step(step) => self.named(Kind::Step, step),
                About::Declared(_) => self.taken(Measure::Declare, condition.place),
                _ => Need::NOTHING,
            },
            _ => Need::NOTHING,
        }
    }

    /// One of the tasks that take a measure. Measures that others imply or stand for are taken for possible, and
    /// so is what no task takes: that is said elsewhere.
    fn taken(&self, measure: Measure, place: Place) -> Need {
        let implied = super::super::learn::IMPLIED.contains(&measure);
        let others = Measure::PUTTING_RIGHT.contains(&measure);
        let tasks = self.taking.get(&measure).filter(|_| !implied && !others);
        let Some(tasks) = tasks else {
            return Need::NOTHING;
        };
        let one = |thing: &usize| {
            let thing = *thing;
            Need::One(One { thing, place })
        };
        Need::Any(tasks.iter().map(one).collect())
    }
}
