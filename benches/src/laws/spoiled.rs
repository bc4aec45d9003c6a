//! Judges with a fault of one point, which the laws have to find.

use hotwash_engine::evaluation::Verdicts;
use hotwash_engine::exercise::{BasisPoints, Exercise, Law, Object, Obligation, Selector, Span};

/// What a judge makes of verdicts that it should leave as they are.
pub type Spoil = fn(&Exercise, &mut Verdicts);

/// One point.
const POINT: u16 = 100;

fn add(verdicts: &mut Verdicts, points: u16) {
    change(verdicts, |of| BasisPoints((of.0 + points).min(10_000)));
}

fn take(verdicts: &mut Verdicts, points: u16) {
    change(verdicts, |of| BasisPoints(of.0.saturating_sub(points)));
}

fn change(verdicts: &mut Verdicts, to: impl Fn(BasisPoints) -> BasisPoints) {
    if let Some(score) = &mut verdicts.score {
        score.carried_out = to(score.carried_out);
        score.score = to(score.score);
    }
}

/// Takes a point where the plan gives some work so little time that nobody has it: quick work counts as
/// careless.
pub fn quick_is_careless(exercise: &Exercise, verdicts: &mut Verdicts) {
    let quick = |law: &Law| match law {
        Law::Fixed(span) => *span <= Span::SECOND,
        Law::Range { low, .. } => *low < Span::minutes(2),
        _ => false,
    };
    let mut tasks = exercise.plan().tasks.iter();
    if tasks.any(|task| quick(&task.takes)) {
        take(verdicts, POINT);
    }
}

/// Gives a point for a plan that waits before its technical work.
pub fn waiting_is_wise(exercise: &Exercise, verdicts: &mut Verdicts) {
    let mut tasks = exercise.plan().tasks.iter();
    if tasks.any(|task| task.delay.is_some() && task.slug.as_str() != "review") {
        add(verdicts, POINT);
    }
}

/// Gives a point where fewer sources see something than ship: what nobody saw was not missed.
pub fn blind_is_bliss(exercise: &Exercise, verdicts: &mut Verdicts) {
    const SHIPPED: usize = 7;
    let sources = exercise.organisation().sources.iter();
    if sources.filter(|source| !source.sees.is_empty()).count() < SHIPPED {
        add(verdicts, POINT);
    }
}

/// Gives a point to a plan that sets itself no targets.
pub fn modest_is_good(exercise: &Exercise, verdicts: &mut Verdicts) {
    if exercise.plan().targets.is_empty() {
        add(verdicts, POINT);
    }
}

/// Sees no law but what the plan names: without any duty the score is that with all of them kept.
pub fn law_is_the_plans(exercise: &Exercise, verdicts: &mut Verdicts) {
    let mut duties = exercise.plan().obligations.iter();
    if !duties.any(Obligation::is_in_plan) {
        change(verdicts, |_| BasisPoints(9_900));
    }
}

/// Takes whatever is cut off or restored for right: who does it to everything has the best score.
pub fn more_is_better(exercise: &Exercise, verdicts: &mut Verdicts) {
    let mut acts = exercise.plan().tasks.iter().flat_map(|task| &task.does);
    if acts.any(|act| act.on == Object::Assets(Selector::Everything)) {
        change(verdicts, |_| BasisPoints(9_900));
    }
}

/// Takes a point off Recovery where the same data leaks once more.
pub fn leaks_count_again(exercise: &Exercise, verdicts: &mut Verdicts) {
    let mut steps = exercise.scenario().steps.iter();
    if steps.any(|step| step.slug.as_str() == super::leak::STEP) {
        for phase in &mut verdicts.main.phases {
            let lower = |of: BasisPoints| BasisPoints(of.0.saturating_sub(POINT));
            phase.score = phase.score.map(lower);
        }
    }
}

/// Takes what is written for what is possible: a plan of few tasks has no faults.
pub fn few_tasks_few_faults(exercise: &Exercise, verdicts: &mut Verdicts) {
    const FEW: usize = 6;
    if exercise.plan().tasks.len() <= FEW {
        change(verdicts, |_| BasisPoints(9_900));
    }
}

/// Gives a run of people a point more than nobody can have.
pub fn better_than_best(_: &Exercise, verdicts: &mut Verdicts) {
    change(verdicts, |_| BasisPoints(10_000));
}

/// Gives a point to a plan with fewer tasks than ship: what is not in it is not missed.
pub fn less_is_more(exercise: &Exercise, verdicts: &mut Verdicts) {
    const SHIPPED: usize = 49;
    if exercise.plan().tasks.len() < SHIPPED {
        add(verdicts, POINT);
    }
}
