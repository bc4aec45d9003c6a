//! What nobody could do: work in no time, durations that say nothing, people who are everywhere.

use super::Scene;
use crate::defaults::{self, ABSURDLY_WIDE, FAMILIES, ON_CALL, work};
use crate::definition::{
    Act, FalseAlarms, Hours, OnCall, Organisation, Person, Plan, Scenario, Task, spelled,
    spelled_law,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use hotwash_engine::exercise::{Each, Family, Law, Measure, Span, WeeklyHours, together};
use std::collections::BTreeSet;

/// What: a task that takes less time than its measures plausibly do.
/// Why: below their floors it is not played as it is written, and a plan that rests on it is not one.
/// Example: `takes: "1m", does: [Triage, Investigate, Isolate(Affected)]`.
pub(super) fn too_fast(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let tireless = |organisation: &Organisation| organisation.tireless.is_some_and(|it| it.value);
    if scene.organisation.is_some_and(tireless) {
        return;
    }
    for task in scene.plan.iter().flat_map(|plan| &plan.tasks) {
        out.extend(fast(task));
    }
}

/// How many people a task takes.
fn people(task: &Task) -> u16 {
    task.people.map_or(1, |people| people.value)
}

/// The measures of a task, each once: what is taken by several selectors is taken on an asset by one.
fn measures(task: &Task) -> Vec<Measure> {
    let mut measures: Vec<Measure> = task.does.iter().map(|act| act.measure.value).collect();
    measures.sort_unstable();
    measures.dedup();
    measures
}

/// The short end of what the measures of a task plausibly take together, on one asset.
fn plausible(task: &Task) -> Span {
    let measures = measures(task);
    match measures[..] {
        [] => Span::ZERO,
        _ => work(&measures, people(task)).short_end(),
    }
}

fn fast(task: &Task) -> Option<Diagnostic> {
    let takes = task.takes.as_ref()?;
    let (short, low) = (takes.value.short_end(), plausible(task));
    let grows = |act: &Spanned<Act>| act.measure.floor().per_asset;
    let on_many = task.each.is_none_or(|each| each.value != Each::Asset);
    match &takes.because {
        // On many assets a reason may still count.
        Some(because) if short >= low && !(on_many && task.does.iter().any(grows)) => {
            let message = format!("`{}` needs no reason for the time it takes", *task.id);
            Some(
                Diagnostic::new(Code::NoEffect, message, because.place)
                    .help("write the time alone, without `because`"),
            )
        }
        None if short < low => Some(below(task, takes.value.place, (short, low))),
        _ => None,
    }
}

fn below(task: &Task, place: crate::source::Place, (short, low): (Span, Span)) -> Diagnostic {
    let measures = measures(task);
    let floors = measures.iter().map(|measure| measure.floor().time);
    let floor = together(floors, people(task));
    let message = format!(
        "`{}` takes {}, less than the {} that its {} at least",
        *task.id,
        spelled(short),
        spelled(low),
        match measures.len() {
            1 => "measure plausibly takes",
            _ => "measures plausibly take together",
        }
    );
    let problem = Diagnostic::new(Code::TooFast, message, place);
    let problem = if short < floor {
        let floor = spelled(floor);
        problem.note(format!(
            "it is played at the floors of its measures: {floor} on one asset"
        ))
    } else {
        problem
    };
    problem.help(
        "give it the time that it takes, or say why it takes less: `takes: (.., because: ..)`",
    )
}

/// What: a duration whose ends are absurdly far apart.
/// Why: most of its draws lie near neither of them, and its mean is made by the rarest.
/// Example: `takes: "1s to 12h"`.
pub(super) fn wide(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let mut of = |law: &Spanned<Law>, whose: &str| out.extend(too_wide(law, whose));
    if let Some(plan) = scene.plan {
        wide_in_plan(plan, &mut of);
    }
    if let Some(scenario) = scene.scenario {
        wide_in_scenario(scenario, &mut of);
    }
    let Some(organisation) = scene.organisation else {
        return;
    };
    for source in &organisation.monitoring {
        let whose = format!("the source `{}`", *source.id);
        let sights = source.sees.iter().filter_map(|sight| sight.after.as_ref());
        sights.for_each(|law| of(law, &whose));
        if let Some(alarms) = &source.false_alarms
            && let FalseAlarms::Every(law) = &alarms.value
        {
            of(&Spanned::new(law.clone(), alarms.place), &whose);
        }
    }
    for group in &organisation.groups {
        let whose = format!("the group `{}`", *group.id);
        group.after.iter().for_each(|law| of(law, &whose));
    }
}

fn wide_in_plan(plan: &Plan, of: &mut impl FnMut(&Spanned<Law>, &str)) {
    for task in &plan.tasks {
        let whose = format!("the task `{}`", *task.id);
        let takes = task.takes.iter().map(|takes| &takes.value);
        takes.chain(&task.delay).for_each(|law| of(law, &whose));
    }
    for decision in &plan.decisions {
        let whose = format!("the decision `{}`", *decision.id);
        decision.takes.iter().for_each(|law| of(law, &whose));
    }
}

fn wide_in_scenario(scenario: &Scenario, of: &mut impl FnMut(&Spanned<Law>, &str)) {
    for step in &scenario.attack {
        let whose = format!("the step `{}`", *step.id);
        let all = step.delay.iter().chain([&step.takes]);
        all.for_each(|law| of(law, &whose));
    }
    for inject in &scenario.injects {
        let whose = format!("the inject `{}`", *inject.id);
        inject.delay.iter().for_each(|law| of(law, &whose));
    }
}

fn too_wide(law: &Spanned<Law>, whose: &str) -> Option<Diagnostic> {
    let Law::Range { low, high } = &law.value else {
        return None;
    };
    let times = high.0 / low.0.max(1);
    (times >= ABSURDLY_WIDE).then(|| {
        let message = format!("{whose} may take {times} times as long as at other times");
        Diagnostic::new(Code::WideRange, message, law.place)
            .label(format!("from {} to {}", spelled(*low), spelled(*high)))
            .help("say a narrower range: nine in ten should lie within it")
    })
}

/// What: a source that does not say how often it is wrong.
/// Why: no source is always right, and who reads what it raises in vain has no time for anything else.
/// Example: `(id: "siem", kind: Siem)`.
pub(super) fn false_alarms(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let sources = scene.organisation.iter().flat_map(|of| &of.monitoring);
    for source in sources.filter(|source| source.false_alarms.is_none()) {
        let message = format!(
            "`{}` does not say how often it raises a false alarm",
            *source.id
        );
        out.push(
            Diagnostic::new(Code::NoFalseAlarms, message, source.id.place)
                .note(format!(
                    "as long as it does not, it raises one every {}: the default of {}",
                    spelled_law(&defaults::false_alarms(source.kind.value)),
                    source.kind.value
                ))
                .help("say the time between two of them: `false_alarms: \"1d to 6d\"`"),
        );
    }
}

/// What: somebody who works with their own hands in more families of functions than anybody can.
/// Why: one person has neither the skills nor the hours of a whole department.
/// Example: a role with `function: [Analyst, Handler, Network, Identity, BackupOperator]`.
pub(super) fn hands(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    for person in &organisation.people {
        let by_role = scene
            .held(person)
            .iter()
            .flat_map(|role| role.function.iter());
        let functions = by_role.chain(&person.also);
        let families = functions.map(|function| function.family());
        let families: BTreeSet<Family> = families.filter(|of| of.is_hands_on()).collect();
        if families.len() > FAMILIES {
            let named: Vec<&str> = families.iter().map(|family| family.name()).collect();
            let message = format!(
                "`{}` alone works on {} fields: {}",
                *person.id,
                families.len(),
                named.join(", ")
            );
            out.push(
                Diagnostic::new(Code::ManyHands, message, person.id.place)
                    .help("give some of these roles to others, or let somebody outside do it: `function: ManagedService`"),
            );
        }
    }
}

/// What: somebody who is on call, or on shift, for more than half of all hours.
/// Why: nobody keeps that up, and a plan that rests on it rests on one pair of eyes.
/// Example: `on_call: true`.
pub(super) fn on_call(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    for person in &organisation.people {
        let Some(given) = &person.on_call else {
            continue;
        };
        let minutes = match &given.value {
            OnCall::Always(true) => WEEK - minutes(&shift(organisation, person)),
            OnCall::Always(false) => 0,
            OnCall::At(Hours(hours)) => minutes(hours),
        };
        if minutes * 100 > WEEK * ON_CALL {
            let message = format!(
                "`{}` is on call for {} of the 168 hours of a week",
                *person.id,
                minutes / 60
            );
            out.push(
                Diagnostic::new(Code::AlwaysOnCall, message, given.place)
                    .help("share it with somebody: `on_call: \"Mon-Thu 18:00-08:00\"`"),
            );
        }
    }
}

/// What: the same of shifts; a laboratory, in which nobody tires, is said to be one anyway.
/// Why: whoever never goes home is there for every alarm, and a whole staff of such people passes what nobody can.
/// Example: `hours: "always"`.
pub(super) fn on_shift(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    if organisation.tireless.as_ref().is_some_and(|of| of.value) {
        return;
    }
    let default = organisation.hours.as_ref();
    let without = || organisation.people.iter().filter(|of| of.hours.is_none());
    let of_house = default.filter(|_| without().next().is_some());
    let own = organisation.people.iter().filter_map(|person| {
        let who = format!("`{}` is", *person.id);
        Some((who, person.hours.as_ref()?))
    });
    let house = of_house.map(|hours| ("who has no hours of their own is".to_owned(), hours));
    for (who, hours) in house.into_iter().chain(own) {
        let minutes = minutes(&hours.value.0);
        if minutes * 100 > WEEK * ON_CALL {
            let message = format!(
                "{who} on shift for {} of the 168 hours of a week",
                minutes / 60
            );
            out.push(
                Diagnostic::new(Code::AlwaysOnCall, message, hours.place).help(
                    "let several people hold the role, each with hours of their own: `hours: \"Mon-Fri 06:00-14:00\"`",
                ),
            );
        }
    }
}

/// The minutes of a week.
const WEEK: u32 = 7 * 24 * 60;

/// When somebody is on shift.
fn shift(organisation: &Organisation, person: &Person) -> WeeklyHours {
    let given = person.hours.as_ref().or(organisation.hours.as_ref());
    given.map_or_else(
        || crate::defaults::office_hours(&organisation.days_off()),
        |hours| hours.value.0.clone(),
    )
}

/// How many minutes of a week some hours are.
fn minutes(hours: &WeeklyHours) -> u32 {
    let one = |day: &hotwash_engine::exercise::DayHours| u32::from(day.until - day.from);
    hours.0.iter().map(one).sum()
}
