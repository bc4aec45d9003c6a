//! Why a duty or an expectation was met or not.

use super::model::{Fate, How, Lack, Missing, Needed, Thing, Why};
use super::{Asked, Case, Timed, add, lack, link, unmet, world};
use crate::evaluation::model::{AskedFor, ExpectationVerdict, NotExercised, Standing};
use crate::evaluation::obligations::{clock, is_judged};
use crate::exercise::{ExpectationId, IncidentId, Measure, ObligationId, RoleId, TaskId, Trigger};
use crate::record::Verdict;

/// Why a duty stands as it does: for the main incident, or the first for which it is judged.
pub(super) fn duty(case: &Case<'_>, asked: Asked, id: ObligationId) -> Why {
    let facts = case.facts;
    let of = case
        .evaluation
        .obligations
        .iter()
        .filter(|of| of.obligation == id);
    let main = of.clone().find(|of| of.incident == case.main());
    let judged = main.filter(|of| is_judged(of.verdict));
    let verdict = judged
        .or_else(|| of.clone().find(|of| is_judged(of.verdict)))
        .or(main);
    let incident = verdict.map_or(case.main(), |of| of.incident);
    let stands = verdict.map_or(Verdict::NotTriggered, |of| of.verdict);
    let described = facts.exercise.obligation(id);
    let fate = Fate::Duty {
        verdict: stands,
        due: verdict.and_then(|of| of.due),
        task: described.task,
    };
    let mut why = Why::new(case, asked, incident, fate);
    let clock = clock(facts, id, incident);
    let known = [
        clock.aware,
        clock.stated,
        clock.started.map(|(entry, _)| entry),
    ];
    let start = known.into_iter().flatten().min_by_key(|entry| entry.number);
    let origin = start.or(clock.called_for).map(Timed::of);
    let ended = clock.not_required.map(|(entry, _)| entry);
    if let Some(entry) = clock.met.or(ended) {
        why.lead_to(case, origin, entry);
    } else if start.is_none() {
        let lacks = unaware(case, id, incident);
        why.lack(case, origin, lacks);
    } else if let Some(task) = described.task {
        why.lack(case, origin, lack::of_task(case, incident, task));
    } else {
        why.lack(
            case,
            origin,
            vec![itself(Missing::NotInPlan(Measure::Notify))],
        );
    }
    let others = [
        clock.called_for,
        start,
        clock.misdirected,
        clock.breached,
        clock.completed,
    ];
    let others = others.into_iter().flatten();
    add(&mut why.links, others.map(|entry| link(entry, How::Answer)));
    why
}

fn itself(missing: Missing) -> Lack {
    Lack {
        of: Thing::Itself,
        missing,
        entry: None,
    }
}

/// What those did not know who have to know for a clock to start.
fn unaware(case: &Case<'_>, id: ObligationId, incident: IncidentId) -> Vec<Lack> {
    let exercise = case.facts.exercise;
    let missing = match &exercise.obligation(id).from {
        Trigger::After(other) => Missing::Duty(*other),
        Trigger::Aware { who, what } => {
            let roles = who.iter();
            let roles =
                roles.flat_map(|of| exercise.roles(crate::exercise::Addressee::Function(*of)));
            let mut roles: Vec<RoleId> = roles.copied().collect();
            roles.dedup();
            unmet::of_plan(case.facts, &case.end, what, &roles, incident)
                .unwrap_or(Missing::Unknown)
        }
    };
    let entry = match &missing {
        Missing::Fact { true_since, .. } => *true_since,
        _ => None,
    };
    vec![Lack {
        entry,
        ..itself(missing)
    }]
}

/// Why an expectation was answered as it was.
pub(super) fn expectation(case: &Case<'_>, asked: Asked, id: ExpectationId) -> Why {
    let facts = case.facts;
    let verdict = &facts.expected[id.index()];
    let described = &facts.exercise.scenario().expectations[id.index()];
    let incident = described.incident;
    let tasks = &facts.criteria.expected(id).tasks;
    let undone = tasks
        .iter()
        .find(|task| !case.end.is_done(**task, incident));
    let task = undone.or(tasks.first()).copied();
    let answered = verdict.items.iter().filter(|item| item.act.is_some());
    let overtaken = verdict.items.iter().find_map(|item| item.overtaken);
    let fate = Fate::Expected {
        standing: verdict.standing,
        due: verdict.due,
        task,
        done: (answered.clone().count() as u32, verdict.items.len() as u32),
        overtaken: overtaken.map(|of| of.measure),
        before: false,
    };
    let mut why = Why::new(case, asked, incident, fate);
    let last = answered
        .filter_map(|item| item.act)
        .max_by_key(|act| act.done.entry);
    let complete = !verdict.items.is_empty() && verdict.items.iter().all(|item| item.act.is_some());
    let asked_at = verdict.asked;
    if let Some(entry) = last
        .filter(|_| complete)
        .and_then(|act| facts.entry(act.done.entry))
    {
        let early = asked_at.is_none_or(|asked| asked.at >= entry.at);
        if let Fate::Expected { before, .. } = &mut why.fate {
            *before = early;
        }
        let origin = asked_at
            .filter(|_| !early)
            .or_else(|| case.origin(incident));
        why.lead_to(case, origin, entry);
    } else if let Standing::NotExercised(reason) = verdict.standing {
        not_exercised(case, &mut why, (id, verdict), reason);
    } else {
        unanswered(case, &mut why, verdict, task);
    }
    let entries = [
        asked_at.map(|of| of.entry),
        overtaken.map(|of| of.done.entry),
    ];
    let others = verdict.by_others.iter().map(|act| act.done.entry);
    let others = others.chain(verdict.proofs());
    let done = last.map(|act| act.done.entry);
    let said = entries.into_iter().flatten().chain(others).chain(done);
    let said = said.filter_map(|number| facts.entry(number));
    add(&mut why.links, said.map(|entry| link(entry, How::Answer)));
    why
}

fn not_exercised(
    case: &Case<'_>,
    why: &mut Why,
    (id, verdict): (ExpectationId, &ExpectationVerdict),
    reason: NotExercised,
) {
    match reason {
        NotExercised::NeverAsked => {
            let inject = case.facts.exercise.scenario().expectations[id.index()].inject;
            let mut lacks = vec![itself(Missing::Inject(inject))];
            lacks.extend(world::missing_for_inject(case, inject).map(itself));
            why.lack(case, None, lacks);
        }
        NotExercised::NoTime => {
            why.needed.push(Needed::MoreTime);
            why.end(case);
        }
        NotExercised::NothingToActOn | NotExercised::NotJudged => {
            why.needed.push(Needed::NotExercised(reason));
            why.end(case);
        }
    }
    why.from = verdict.asked;
    why.until = why.until.or_else(|| case.ended());
}

/// What kept an expectation from being answered, or from being answered wholly.
fn unanswered(case: &Case<'_>, why: &mut Why, verdict: &ExpectationVerdict, task: Option<TaskId>) {
    let expectation = &case.facts.exercise.scenario().expectations[verdict.expectation.index()];
    let Some(act) = expectation.asks.done() else {
        return why.end(case);
    };
    let incident = why.incident;
    let Some(task) = task else {
        return why.lack(
            case,
            verdict.asked,
            vec![itself(Missing::NotInPlan(act.measure))],
        );
    };
    if !case.end.is_done(task, incident) {
        let mut lacks = vec![Lack {
            entry: None,
            ..itself(Missing::Before(task))
        }];
        lacks.extend(lack::of_task(case, incident, task));
        return why.lack(case, verdict.asked, lacks);
    }
    let by_other = verdict
        .by_others
        .first()
        .map(|act| Missing::ByOther(act.role));
    let open = verdict.items.iter().find(|item| item.act.is_none());
    let not_on = open
        .and_then(|item: &AskedFor| item.asset)
        .map(Missing::NotOn);
    let missing = by_other.or(not_on).unwrap_or(Missing::Unknown);
    why.lack(case, verdict.asked, vec![itself(missing)]);
}
