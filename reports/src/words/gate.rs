//! Why a run is not passed, in a sentence that says what was done, when, and how late.
//!
//! The headline of a run asks. What counts as a gate is the evaluation's to say.

use super::deed::{Deed, hit};
use super::{Subject, count, duration, measure, verdict};
use hotwash_engine::evaluation::{
    Act, ExpectationVerdict, GateReason, ObjectiveRating, Standing, Timed,
};
use hotwash_engine::exercise::{
    Act as Deeds, Asks, ExerciseTime, IncidentId, ObjectiveId, ObligationId, Span,
};
use hotwash_engine::record::{Event, Verdict};

/// Why a run is not passed, as it follows a colon; without a full stop.
pub fn gate(subject: &Subject, reason: GateReason) -> String {
    match reason {
        GateReason::Obligation(obligation, incident, verdict) => {
            duty(subject, obligation, incident, verdict)
        }
        GateReason::Objective(objective) => failed(subject, objective),
        GateReason::OwnHarm(_) => {
            "the team's own measures did more harm than the attack would have done".to_owned()
        }
    }
}

/// How a duty of law was broken.
fn duty(
    subject: &Subject,
    obligation: ObligationId,
    incident: IncidentId,
    verdict: Verdict,
) -> String {
    let title = subject.names.obligation(obligation);
    let law = subject.exercise.obligation(obligation).law.as_deref();
    let law = law.filter(|law| !title.contains(law));
    let law = law.map_or_else(String::new, |law| format!(" ({law})"));
    let mut all = subject.evaluation.obligations.iter();
    let of_it = all.find(|of| of.obligation == obligation && of.incident == incident);
    let due = of_it.and_then(|of| of.due);
    let by = due.map_or_else(String::new, |due| {
        format!(" by {}", subject.clock.label(due))
    });
    let late = of_it.and_then(|of| Some(of.met?.at - of.due?));
    let late = late.filter(|late| *late > Span::ZERO);
    let late = late.map_or_else(String::new, |late| format!(" {}", duration(late)));
    let what = match verdict {
        Verdict::Late => format!("was told{late} late"),
        Verdict::Breached => format!("was due{by}, and nobody was told"),
        Verdict::NotRecognised => "was called for, and nobody ever knew it".to_owned(),
        Verdict::WrongRecipient => "was told to somebody else than the law names".to_owned(),
        Verdict::Running => "is in nobody's plan, and still ran when the exercise ended".to_owned(),
        other => self::verdict(other).to_lowercase(),
    };
    format!("{title}{law}, a duty of law, {what}")
}

/// Why a critical objective failed: the worst of what it cannot do without.
fn failed(subject: &Subject, objective: ObjectiveId) -> String {
    let of = &subject.exercise.scenario().objectives[objective.index()];
    let rated = &subject.evaluation.objectives;
    let rated = rated.iter().find(|it| it.objective == objective);
    let verdicts = subject.evaluation.expectations.iter();
    let mut critical: Vec<&ExpectationVerdict> = verdicts
        .filter(|it| of.critical.contains(&it.expectation) && is_wanting(rated, it))
        .collect();
    critical.sort_by_key(|it| (badness(it.standing), it.expectation));
    critical.first().map_or_else(
        || {
            let text = subject.names.objective(objective);
            format!("this was not achieved: {}", text.trim_end_matches('.'))
        },
        |worst| answered(subject, rated, worst),
    )
}

/// Whether an expectation was not wholly answered, or too late for what it was to prevent.
fn is_wanting(rated: Option<&ObjectiveRating>, of: &ExpectationVerdict) -> bool {
    let too_late = rated.is_some_and(|rated| rated.too_late.contains(&of.expectation));
    too_late || badness(of.standing) < 3
}

/// How badly an expectation stands: the least is the worst.
const fn badness(standing: Standing) -> u8 {
    match standing {
        Standing::Missed => 0,
        Standing::Partly => 1,
        Standing::Late => 2,
        Standing::Met | Standing::NotExercised(_) | Standing::Excused => 3,
    }
}

/// What was done although it must not be, and when first.
fn broken(subject: &Subject, act: &Deeds, of: &ExpectationVerdict) -> String {
    let things = of.broken.iter().filter_map(|breach| breach.asset);
    let things: Vec<String> = things.map(|asset| subject.names.asset(asset)).collect();
    let deed = Deed::of(&subject.names, act).on(act.measure, &things);
    let (what, was, done) = (&deed.subject, deed.was(), deed.done);
    let first = of.broken.iter().map(|breach| breach.act.done.at).min();
    let at = first.map_or_else(String::new, |at| format!(" at {}", subject.clock.label(at)));
    format!("{what} {was} {done}{at}, though that must not be done")
}

/// What came of an expectation: what was done, when, how late, and after which harm.
fn answered(subject: &Subject, rated: Option<&ObjectiveRating>, of: &ExpectationVerdict) -> String {
    let expectation = &subject.exercise.scenario().expectations[of.expectation.index()];
    let label = |at: ExerciseTime| subject.clock.label(at);
    let things = of.items.iter().filter_map(|item| item.asset);
    let things: Vec<String> = things.map(|asset| subject.names.asset(asset)).collect();
    let act = match &expectation.asks {
        Asks::Does(act) => act,
        Asks::Refrains(act, _) => return broken(subject, act, of),
        Asks::Observed => {
            let text = subject.names.expectation(of.expectation);
            let text = text.trim().trim_end_matches('.');
            return format!("those who watched did not see this: {text}");
        }
    };
    let deed = Deed::of(&subject.names, act).on(act.measure, &things);
    let (what, was, done) = (&deed.subject, deed.was(), deed.done);
    let acts: Vec<Act> = of.items.iter().filter_map(|item| item.act).collect();
    let last = acts.iter().map(|act| act.done.at).max();
    let due = of
        .due
        .map_or_else(String::new, |due| format!(", due by {}", label(due)));
    let open = of.items.iter().filter(|item| item.act.is_none());
    let overtaken = open.clone().find_map(|item| item.overtaken);
    let text = match (last, overtaken) {
        (None, Some(by)) => {
            let by = format!(
                "{} came first, at {}",
                measure(by.measure),
                label(by.done.at)
            );
            return format!("{what} {was} never {done}: {by}");
        }
        (None, None) => format!("{what} {was} never {done}{due}"),
        (Some(_), _) if of.standing == Standing::Partly => {
            let (open, all) = (open.count() as u64, of.items.len() as u64);
            format!("{} of {what} {was} never {done}{due}", count(open.min(all)))
        }
        (Some(last), _) => {
            let (several, at) = (things.len() > 1, label(last));
            let late = of.due.filter(|due| *due < last);
            match late {
                Some(due) => {
                    let which = if several { "the last of them" } else { "it" };
                    let (due, late) = (label(due), duration(last - due));
                    format!("{what} had to be {done} by {due}; {which} was at {at}, {late} late")
                }
                None if several => format!("{what} {was} {done}, the last of them at {at}"),
                None => format!("{what} {was} {done} at {at}"),
            }
        }
    };
    let harm = rated.filter(|rated| rated.too_late.contains(&of.expectation));
    let harm = harm.and_then(|rated| after(subject, rated.harm?));
    text + &harm.unwrap_or_default()
}

/// The harm after which it came.
fn after(subject: &Subject, harm: Timed) -> Option<String> {
    let entry = subject.record.entry(harm.entry)?;
    let Event::StepTookEffect { step, asset, .. } = entry.event else {
        return None;
    };
    let how = hit(subject.exercise.step(step).effect);
    let (asset, at) = (subject.names.asset(asset), subject.clock.label(harm.at));
    Some(format!(", after {asset} was {how} ({at})"))
}

#[cfg(test)]
mod tests {
    use super::gate;
    use crate::fixture;
    use crate::words::{People, Subject};
    use hotwash_engine::evaluation::GateReason;
    use hotwash_engine::exercise::{IncidentId, ObligationId};
    use hotwash_engine::record::Verdict;

    #[test]
    fn a_gate_of_a_duty_says_how_it_was_broken_or_that_nobody_would_have_kept_it() {
        let told = fixture::clinic();
        let people = People::ByRole;
        let subject = Subject::new(&told.exercise, &told.record, &told.evaluation, people);
        let duty = ObligationId::new(0);
        let title = subject.names.obligation(duty);
        for (verdict, what) in [
            (Verdict::Late, " late"),
            (Verdict::Breached, ", and nobody was told"),
            (
                Verdict::NotRecognised,
                "was called for, and nobody ever knew it",
            ),
            (
                Verdict::WrongRecipient,
                "was told to somebody else than the law names",
            ),
            (
                Verdict::Running,
                "is in nobody's plan, and still ran when the exercise ended",
            ),
        ] {
            let reason = GateReason::Obligation(duty, IncidentId::new(0), verdict);
            let said = gate(&subject, reason);
            assert!(said.starts_with(&title), "{said}");
            assert!(
                said.contains(", a duty of law, ") && said.ends_with(what),
                "{said}"
            );
        }
    }
}
