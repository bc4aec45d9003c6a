//! Times and numbers that cannot all hold together.

use super::Scene;
use crate::defaults::{VALUE, least_rate};
use crate::definition::{Plan, Scenario, Scoring, sorted_days, spelled};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};
use hotwash_engine::exercise::{BasisPoints, Law, Money, Phase, Span, Weekday};

/// What: times in an order that cannot be.
/// Why: an attack that begins after STARTEX, an inject before it, or an absence that ends before
/// it starts would silently mean something else.
/// Example: `attack_began: "2h"`.
pub(super) fn order_of_time(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for person in scene
        .organisation
        .iter()
        .flat_map(|organisation| &organisation.people)
    {
        for leave in &person.leave {
            if leave.last.value < leave.first.value {
                let message = "an absence ends before it starts";
                out.push(
                    Diagnostic::new(Code::TimeOrder, message, leave.last.place)
                        .context(leave.first.place, "it starts here")
                        .help("write the first day first"),
                );
            }
        }
    }
    if let Some(scenario) = scene.scenario {
        times_of_scenario(scenario, out);
    }
    if let Some(plan) = scene.plan {
        reached_before_completed(plan, out);
    }
}

fn times_of_scenario(scenario: &Scenario, out: &mut Vec<Diagnostic>) {
    if let Some(onset) = scenario.attack_began.filter(|onset| onset.value.0 > 0) {
        let before = format!("`\"-{}\"`", spelled(Span(onset.value.0)));
        out.push(
            Diagnostic::new(
                Code::TimeOrder,
                "the attack begins after STARTEX",
                onset.place,
            )
            .help(format!("if before is meant, write {before}"))
            .note("for an attack that begins later, give its first step an `at`"),
        );
    }
    let start = scenario
        .start
        .map_or(crate::defaults::START_MINUTE, |start| start.value.minute);
    let limit = scenario
        .limit
        .map_or(Span::days(crate::limits::DAYS), |limit| limit.value);
    for inject in &scenario.injects {
        let Some(at) = inject.at else { continue };
        let time = at.value.roughly(start);
        if time.0 < 0 {
            let message = format!("`{}` comes before STARTEX", *inject.id);
            out.push(
                Diagnostic::new(Code::TimeOrder, message, at.place)
                    .help("let it come at `0m` or later")
                    .note("no inject is delivered before the exercise starts"),
            );
        } else if time.0 > limit.0 {
            let message = format!("`{}` comes after the limit of the scenario", *inject.id);
            out.push(Diagnostic::new(Code::AfterEnd, message, at.place));
        }
    }
    let began = scenario.attack_began.map_or(0, |onset| onset.value.0);
    for step in &scenario.attack {
        if let Some(at) = step.at.filter(|at| at.value.roughly(start).0 < began) {
            let message = format!("`{}` may start before the attack began", *step.id);
            out.push(
                Diagnostic::new(Code::AfterEnd, message, at.place)
                    .note("it starts with the attack at the earliest"),
            );
        }
    }
}

fn reached_before_completed(plan: &Plan, out: &mut Vec<Diagnostic>) {
    use hotwash_engine::exercise::Limit;
    for target in plan.targets.0.iter().flat_map(|(_, entry)| &entry.0) {
        let (Some(reached), Some(completed)) = (target.reached, target.completed) else {
            continue;
        };
        let apart = match (reached.value, completed.value) {
            (Limit::Elapsed(a), Limit::Elapsed(b)) => a <= b,
            (Limit::Days(a), Limit::Days(b))
            | (Limit::BusinessDays(a), Limit::BusinessDays(b))
            | (Limit::Months(a), Limit::Months(b)) => a <= b,
            _ => true,
        };
        if !apart {
            let message = "a phase is to be complete before it is reached";
            out.push(
                Diagnostic::new(Code::TimeOrder, message, completed.place)
                    .context(reached.place, "reached by then")
                    .help("swap the two limits"),
            );
        }
    }
}

/// What: weights of a group that do not sum to 1.
/// Why: a score is a weighted mean; weights that sum to something else have no meaning.
/// Example: `timeliness: 0.5, coverage: 0.5, judgement: 0.5`.
pub(super) fn weights(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let yardstick = scene.organisation.and_then(|of| of.yardstick.as_ref());
    let of_plan = scene.plan.and_then(|plan| plan.scoring.as_ref());
    let of_yardstick = yardstick.and_then(|of| of.scoring.as_ref());
    for scoring in of_plan.into_iter().chain(of_yardstick) {
        weights_of(scoring, out);
    }
}

fn weights_of(scoring: &Scoring, out: &mut Vec<Diagnostic>) {
    parts(scoring, out);
    let phases = &scoring.phases.0;
    if phases.is_empty() {
        return;
    }
    let sum: u32 = phases
        .iter()
        .map(|(_, weight)| u32::from(weight.value.0))
        .sum();
    let place = phases[0].0.place;
    if phases.len() < Phase::ALL.len() && sum != 10_000 {
        let message = "the weights of the phases do not sum to 1";
        out.push(
            sum_problem(message, place, sum)
                .help("give the weight of every phase; a phase that is not named weighs 0"),
        );
    } else if sum != 10_000 {
        out.push(sum_problem(
            "the weights of the phases do not sum to 1",
            place,
            sum,
        ));
    }
}

fn parts(scoring: &Scoring, out: &mut Vec<Diagnostic>) {
    let value =
        |part: Option<Spanned<BasisPoints>>, default| part.map_or(default, |part| part.value.0);
    let sum = u32::from(value(scoring.timeliness, 4_000))
        + u32::from(value(scoring.coverage, 4_000))
        + u32::from(value(scoring.judgement, 2_000));
    let given = [scoring.timeliness, scoring.coverage, scoring.judgement];
    let Some(first) = given.into_iter().flatten().next() else {
        return;
    };
    if sum != 10_000 {
        let message = "timeliness, coverage and judgement do not sum to 1";
        out.push(sum_problem(message, first.place, sum).note("the defaults are 0.4, 0.4 and 0.2"));
    }
}

fn sum_problem(message: &str, place: Place, sum: u32) -> Diagnostic {
    let shown = format!("{}.{:04}", sum / 10_000, sum % 10_000);
    let shown = shown.trim_end_matches('0').trim_end_matches('.').to_owned();
    Diagnostic::new(Code::Weights, message, place).label(format!("the sum is {shown}"))
}

/// What: an asset whose outage costs next to nothing, without a reason; or a reason beside a rate.
/// Why: an outage that costs nothing is free to bring about, so somebody has to mean it.
/// Example: `loss_per_hour: 0`.
pub(super) fn free_outages(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let assets = scene.organisation.iter().flat_map(|of| &of.assets);
    for asset in assets {
        let Some(rate) = &asset.loss_per_hour else {
            continue;
        };
        let least = least_rate(asset.availability.as_ref().map_or(VALUE, |of| of.value));
        let is_low = rate.value.value < least.max(Money(1));
        let (place, message, help) = match (is_low, &rate.because) {
            (true, None) => (
                rate.value.place,
                format!(
                    "an outage of `{}` costs next to nothing, and nobody says why",
                    *asset.id
                ),
                format!(
                    "write `(.., because: \"..\")`, give at least {} an hour, or leave the rate out",
                    (least.0 + 99) / 100
                ),
            ),
            (false, Some(reason)) => (
                reason.place,
                format!(
                    "`{}` has no rate so low that this is the reason for",
                    *asset.id
                ),
                "write the rate alone, without `because`".to_owned(),
            ),
            _ => continue,
        };
        out.push(Diagnostic::new(Code::FreeOutage, message, place).help(help));
    }
}

/// What: a weekend of seven days.
/// Why: no business day ever comes, and a limit that counts them never ends.
/// Example: `weekend: [Mon, Tue, Wed, Thu, Fri, Sat, Sun]`.
pub(super) fn weekends(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    let others = organisation.stakeholders.iter();
    let others = others.filter_map(|one| one.weekend.as_ref());
    for days in organisation.weekend.iter().chain(others) {
        if let [first, .., last] = &days[..]
            && sorted_days(days).len() == Weekday::ALL.len()
        {
            let message = "a weekend of seven days leaves no business day";
            let place = first.place.to(last.place);
            out.push(
                Diagnostic::new(Code::NoBusinessDay, message, place)
                    .help("name the days on which nobody counts: `weekend: [Fri, Sat]`"),
            );
        }
    }
}

/// What: work that takes no time, or longer than any exercise lasts by default.
/// Why: it is nearly always a wrong unit.
/// Example: `takes: "90d"` where 90 minutes were meant.
pub(super) fn durations(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let tasks = scene.plan.iter().flat_map(|plan| &plan.tasks);
    for task in tasks {
        let takes = task.takes.iter().map(|takes| &takes.value);
        for law in takes.chain(&task.delay) {
            out.extend(strange(law, &format!("the task `{}`", *task.id)));
        }
    }
    for step in scene.scenario.iter().flat_map(|scenario| &scenario.attack) {
        for law in step.delay.iter().chain([&step.takes]) {
            out.extend(strange(law, &format!("the step `{}`", *step.id)));
        }
    }
}

/// The longest work that is taken without a word.
const LONG: Span = Span::days(60);

fn strange(law: &Spanned<Law>, whose: &str) -> Option<Diagnostic> {
    let most = match &law.value {
        Law::Fixed(span) | Law::About(span) => *span,
        Law::Range { high, .. } => *high,
        Law::Triangle { most, .. } => *most,
        Law::Observed(spans) => spans.iter().copied().max().unwrap_or(Span::ZERO),
    };
    if most == Span::ZERO {
        let message = format!("{whose} takes no time");
        return Some(
            Diagnostic::new(Code::StrangeDuration, message, law.place)
                .note("all work lasts at least a millisecond"),
        );
    }
    (most > LONG).then(|| {
        let message = format!("{whose} may take {}", spelled(most));
        Diagnostic::new(Code::StrangeDuration, message, law.place)
            .help("check the unit: m are minutes, mo only counts limits")
    })
}
