//! Expectations that the plan cannot meet, whoever carries it out.

use super::work::{Chains, quickest};
use crate::bind::{ExpectationNames, Given, answers, candidates, is_answer, may_be};
use crate::definition::{self, Addressee, Moment, spelled};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use hotwash_engine::exercise::{
    Act, Asks, AssetId, Exercise, ExerciseTime, Expectation, Object, PersonId, RoleId, Selector,
    Span, Task, TaskId,
};

/// What: an expectation for which the plan has no task, none of the function that is expected, none on such an
/// asset or at such a severity, or none that can be done by then.
/// Why: it is missed in every run, and no practice helps.
/// Example: `of: Legal, does: Notify(Insurer)`, where only Communications tells the insurer.
pub(super) fn unmet(exercise: &Exercise, given: &Given<'_>) -> Vec<Diagnostic> {
    let names = ExpectationNames::of(given.scenario);
    let mut answers = Answers::of(exercise);
    let mut found = Vec::new();
    for inject in &given.scenario.injects {
        for written in &inject.expect {
            let all = &exercise.scenario().expectations;
            let slug = names.slug(&inject.id.value, &written.id.value);
            let place = slug.and_then(|slug| all.binary_search_by(|one| one.slug.cmp(slug)).ok());
            let Some(expectation) = place.and_then(|place| all.get(place)) else {
                continue;
            };
            // What must not be done, and what only a person sees, the plan cannot meet.
            let (Asks::Does(act), Some(does), Some(of)) =
                (&expectation.asks, &written.does, &written.of)
            else {
                continue;
            };
            let answer = answers.to(act, expectation);
            let lack = answer.lack.or_else(|| {
                let due = due(exercise, given, inject, expectation)?;
                let (end, task) = answer.quickest?;
                (ExerciseTime(end.0) > due).then_some(Lack::TooLate(task, end, Span(due.0)))
            });
            let what = (written.id.as_str(), does, of);
            found.extend(lack.map(|lack| told(exercise, given, what, &lack)));
        }
    }
    found
}

/// What the plan has for expectations, each kind of them looked at once.
struct Answers<'e, C> {
    exercise: &'e Exercise,
    chains: Chains<'e, C>,
    known: Vec<(&'e Act, &'e Expectation, Answer)>,
}

/// What the plan has for an expectation.
#[derive(Clone, Copy)]
struct Answer {
    /// What it lacks, whenever the expectation is due.
    lack: Option<Lack>,
    /// The task by which it can be met first, and when at the earliest.
    quickest: Option<(Span, TaskId)>,
}

impl<'e> Answers<'e, ()> {
    fn of(exercise: &'e Exercise) -> Answers<'e, impl Fn(&Task) -> Span> {
        Answers {
            exercise,
            chains: Chains::new(exercise, move |task: &Task| certain(exercise, task)),
            known: Vec::new(),
        }
    }
}

impl<'e, C: Fn(&Task) -> Span> Answers<'e, C> {
    fn to(&mut self, act: &'e Act, expectation: &'e Expectation) -> Answer {
        let is_same = |(asked, known, _): &&(&Act, &Expectation, Answer)| {
            *asked == act && known.of == expectation.of && known.incident == expectation.incident
        };
        if let Some((_, _, answer)) = self.known.iter().find(is_same) {
            return *answer;
        }
        let answer = Answer {
            lack: lack(self.exercise, act, expectation),
            quickest: self.quickest(act, expectation),
        };
        self.known.push((act, expectation, answer));
        answer
    }

    fn quickest(&mut self, act: &Act, expectation: &Expectation) -> Option<(Span, TaskId)> {
        let exercise = self.exercise;
        let able = |(_, task): &(usize, &Task)| {
            answers(task, act)
                && is_on_such(exercise, task, act)
                && is_done_by(exercise, task, expectation)
        };
        let tasks = exercise.plan().tasks.iter().enumerate().filter(able);
        let end = |(i, task): (usize, &Task)| {
            let id = TaskId::new(i);
            // The task itself is done, whatever else may be left out.
            let own = quickest(exercise, task) - certain(exercise, task);
            (self.chains.end(id) + own, id)
        };
        tasks.map(end).min()
    }
}

/// Why the plan cannot meet an expectation.
#[derive(Clone, Copy)]
enum Lack {
    /// No task takes the measure.
    NoTask,
    /// One does, on other assets.
    OtherAssets(TaskId),
    /// One does, by another function.
    OtherHands(TaskId),
    /// One does, at a higher severity.
    Severity(TaskId),
    /// One does, and at its quickest ends so long after STARTEX; it is due then.
    TooLate(TaskId, Span, Span),
}

fn lack(exercise: &Exercise, act: &Act, expectation: &Expectation) -> Option<Lack> {
    // What nobody has, and what nobody is there for, is a gap of the organisation.
    if no_such_asset(exercise, act) || exercise.roles(expectation.of).is_empty() {
        return None;
    }
    let tasks = exercise.plan().tasks.iter().enumerate();
    let taking: Vec<TaskId> = tasks
        .filter(|(_, task)| answers(task, act))
        .map(|(i, _)| TaskId::new(i))
        .collect();
    let of_function = |id: &TaskId| is_done_by(exercise, exercise.task(*id), expectation);
    let on_such = |id: &TaskId| is_on_such(exercise, exercise.task(*id), act);
    let severity = exercise.scenario().incidents[expectation.incident.index()].severity;
    let applies = |id: &TaskId| {
        let from = exercise.task(*id).from_severity;
        from.is_none_or(|from| from <= severity)
    };
    let (first, on_such) = (taking.first(), kept(&taking, on_such));
    let (other, of_function) = (on_such.first(), kept(&on_such, of_function));
    let severe = of_function.first();
    match (first, other, severe) {
        (None, ..) => Some(Lack::NoTask),
        (Some(first), None, _) => Some(Lack::OtherAssets(*first)),
        (_, Some(other), None) => Some(Lack::OtherHands(*other)),
        (.., Some(severe)) => {
            let none = !of_function.iter().any(applies);
            none.then_some(Lack::Severity(*severe))
        }
    }
}

fn kept(all: &[TaskId], keep: impl Fn(&TaskId) -> bool) -> Vec<TaskId> {
    all.iter().copied().filter(keep).collect()
}

const fn selector(act: &Act) -> Option<&Selector> {
    match &act.on {
        Object::Assets(selector) | Object::Evidence(_, selector) => Some(selector),
        Object::Incident | Object::Stakeholder(_) => None,
    }
}

fn no_such_asset(exercise: &Exercise, act: &Act) -> bool {
    let wanted = selector(act);
    wanted.is_some_and(|wanted| candidates(exercise.organisation(), wanted).next().is_none())
}

/// Whether a task acts on an asset that an act asks for.
fn is_on_such(exercise: &Exercise, task: &Task, wanted: &Act) -> bool {
    let organisation = exercise.organisation();
    let Some(asked) = selector(wanted) else {
        return true;
    };
    let taking = task.does.iter().filter(|act| is_answer(act, wanted));
    let mut on = taking.map(selector);
    on.any(|on| {
        let such = |asset: AssetId| on.is_none_or(|on| may_be(organisation, asset, on));
        candidates(organisation, asked).any(such)
    })
}

/// Whether the work of a task is that of somebody who has the function of an expectation.
fn is_done_by(exercise: &Exercise, task: &Task, expectation: &Expectation) -> bool {
    let (owners, expected) = (exercise.roles(task.by), exercise.roles(expectation.of));
    if owners.iter().any(|role| expected.contains(role)) {
        return true;
    }
    let hotwash_engine::exercise::Addressee::Function(function) = expectation.of else {
        return false;
    };
    let people = |role: &RoleId| {
        let role = exercise.role(*role);
        role.holders.iter().chain(&role.deputies)
    };
    let has = |person: &PersonId| {
        let person = &exercise.organisation().people[person.index()];
        person.also.contains(&function)
    };
    owners.iter().flat_map(people).any(has)
}

/// The quickest time of a task that is done in any case before what comes after it.
fn certain(exercise: &Exercise, task: &Task) -> Span {
    let may_be_left_out = task.optional || task.from_severity.is_some() || task.when.is_some();
    if may_be_left_out {
        return Span::ZERO;
    }
    quickest(exercise, task)
}

/// When an expectation is due that counts from an inject at a fixed time. Where people may begin before
/// STARTEX, nothing is known of when they do.
fn due(
    exercise: &Exercise,
    given: &Given<'_>,
    inject: &definition::Inject,
    expectation: &Expectation,
) -> Option<ExerciseTime> {
    let early = given.scenario.early.is_some_and(|early| early.value);
    if early || inject.when.is_some() || expectation.since.is_some() {
        return None;
    }
    let parts = exercise.parts();
    let at: Moment = inject.at?.value;
    let at = at.from_startex(&parts.organisation.zone, parts.startex);
    Some(at.max(ExerciseTime::STARTEX) + expectation.within)
}

fn told(
    exercise: &Exercise,
    given: &Given<'_>,
    (id, does, of): (&str, &Spanned<definition::Act>, &Addressee),
    lack: &Lack,
) -> Diagnostic {
    let (act, of) = (spoken(&does.value), named(of));
    let slug = |task: &TaskId| exercise.task(*task).slug.to_string();
    let (message, task, help) = match lack {
        Lack::NoTask => (
            format!("no task of the plan does `{act}`, which `{id}` expects"),
            None,
            format!("add a task by `{of}` that does `{act}`"),
        ),
        Lack::OtherAssets(task) => (
            format!(
                "`{}` does `{act}` on other assets than `{id}` expects",
                slug(task)
            ),
            Some(task),
            format!("add a task that does `{act}`"),
        ),
        Lack::OtherHands(task) => (
            format!(
                "`{}` is not done by `{of}`, of whom `{id}` expects it",
                slug(task)
            ),
            Some(task),
            format!(
                "add a task by `{of}`, or give who does it this function as well: `also: [{of}]`"
            ),
        ),
        Lack::Severity(task) => (
            format!(
                "`{}` applies from a higher severity than the incident has of which `{id}` expects it",
                slug(task)
            ),
            Some(task),
            "let it apply from a lower severity, or expect it of a worse incident".to_owned(),
        ),
        Lack::TooLate(task, end, due) => (
            format!(
                "`{}` ends {} after STARTEX at its quickest, and `{id}` expects it by {}",
                slug(task),
                spelled(super::minutes(*end)),
                spelled(super::minutes(*due))
            ),
            Some(task),
            "let the plan begin this sooner, or expect it later".to_owned(),
        ),
    };
    let problem = Diagnostic::new(Code::CannotMeet, message, does.place).help(help);
    let written = task.and_then(|task| {
        let slug = &exercise.task(*task).slug;
        given.plan.tasks.iter().find(|task| task.id.value == *slug)
    });
    match written {
        Some(task) => problem.context(task.id.place, "the plan's task"),
        None => problem,
    }
}

/// An act as it is written, without the assets.
fn spoken(act: &definition::Act) -> String {
    let measure = act.measure.value;
    match (&act.stakeholder, &act.item) {
        (Some(told), _) => format!("{measure}({})", told.value),
        (None, Some(item)) => format!("{measure}(item: {})", item.value),
        (None, None) => measure.to_string(),
    }
}

/// Whom an expectation is about, as it is written.
fn named(of: &Addressee) -> String {
    match of {
        Addressee::Function(function) => function.value.name().to_owned(),
        Addressee::Role(role) => format!("\"{}\"", role.value),
    }
}
