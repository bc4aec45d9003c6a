//! What was judged, and whether it was sound. An item whose act never came does not apply; an
//! obligation applies where the truth called for it.

use super::board::{Board, board};
use super::facts::{Facts, Learned};
use super::model::{ByPlan, IncidentEvaluation, JudgedItem, JudgedKind, ObligationVerdict};
use super::obligations::{is_judged, is_sound, phase_of};
use super::proportion::Proportion;
use super::share::Fine;
use crate::exercise::{
    AssetId, BasisPoints, EvidenceItem, ExerciseTime, ImpactDimension, IncidentId, Instance,
    Measure, Phase, RoleId, Severity, Soundness, Span,
};
use crate::knowledge::{Belief, Known, worst_of};
use crate::record::{Entry, Event};

/// Within how long an act is to be logged.
const LOG_WITHIN: Span = Span::minutes(30);

/// Weights of the table, in hundredths.
const CLASSIFICATION: u32 = 200;
const ORDER: u32 = 100;
/// A plan's own weight for a duty scores nothing.
const DUTY: u32 = 200;
const LOG: u32 = 100;
const PROPORTION: u32 = 200;

/// Every judged item of an incident, with the phase in which it counts.
pub(super) fn items(
    facts: &Facts<'_>,
    incident: IncidentId,
    obligations: &[ObligationVerdict],
) -> Vec<(Phase, JudgedItem)> {
    let mut items = Vec::new();
    items.extend(classification(facts, incident).map(|item| (Phase::Assessment, item)));
    items.extend(preserved_first(facts, incident).map(|item| (Phase::Response, item)));
    items.extend(evicted_first(facts, incident).map(|item| (Phase::Recovery, item)));
    items.extend(decisions(facts, incident));
    items.extend(duties(facts, incident, obligations));
    items.extend(log(facts, incident).map(|item| (Phase::Response, item)));
    items
}

/// What of the weight of judgement in Response the harm of one's own costs, of the whole, in basis points of
/// an item's weight.
pub(super) fn lost_to_proportion(
    incidents: &[IncidentEvaluation],
    incident: IncidentId,
) -> (u64, u64) {
    let items = &incidents[incident.index()].phases[Phase::Response.index()].judged_items;
    let whole: u64 = items.iter().map(|item| u64::from(item.weight)).sum();
    let mut items = items.iter();
    let item = items.find(|item| matches!(item.kind, JudgedKind::Proportion { .. }));
    let lost = item.map_or(0, |item| {
        u64::from(item.weight) * u64::from(BasisPoints::ONE.0 - item.share.0)
    });
    (lost, whole * u64::from(BasisPoints::ONE.0))
}

/// Whether the measures were in proportion, in Response.
pub(super) fn in_proportion(of: &Proportion) -> (Phase, JudgedItem) {
    let kind = JudgedKind::Proportion {
        own: of.own,
        without: of.without,
        bearable: of.bearable,
    };
    let share = of.share().rounded();
    let sound = share == BasisPoints::ONE;
    let judged = JudgedItem {
        share,
        ..item(kind, sound, PROPORTION, of.evidence.iter().copied())
    };
    (Phase::Response, judged)
}

/// The weight of a phase's applicable items that were sound.
pub(super) fn share(items: &[(Phase, JudgedItem)], phase: Phase) -> Option<Fine> {
    let of_phase = items.iter().filter(|(of, _)| *of == phase);
    Fine::mean(of_phase.map(|(_, item)| (u64::from(item.weight), Fine::of(item.share))))
}

/// A severity that the table gives from an entry on, on what the classifier's board knew then.
struct Judged<'a> {
    from: &'a Entry,
    right: Right,
}

/// What the severity table gives, and by which dimension of impact.
type Right = (Severity, Option<ImpactDimension>);

/// Sound if each classification is what the table gives on what the board knew at that instant, and
/// it is repeated in time when new facts change the result.
fn classification(facts: &Facts<'_>, incident: IncidentId) -> Option<JudgedItem> {
    let classified = &facts.course(incident).classified;
    let (last, _, given, _) = *classified.last()?;
    let mut evidence = Vec::new();
    for (i, (entry, role, given, _)) in classified.iter().enumerate() {
        let right = right(facts, incident, *role, entry);
        evidence.push(entry.number);
        if right.0 != *given {
            return Some(wrong(facts, incident, (entry, *role, *given), right));
        }
        let next = classified.get(i + 1).map(|(entry, ..)| *entry);
        if let Some(stale) = stale(facts, incident, (entry, *role, *given), next) {
            let by = by_plan(
                facts,
                incident,
                (entry, *role, *given),
                stale.from.number + 1,
            );
            let kind = classified_as(*given, stale.right, by);
            let numbers = [entry.number, stale.from.number]
                .into_iter()
                .chain(next.or(facts.ended).map(|e| e.number));
            return Some(item(kind, false, CLASSIFICATION, numbers));
        }
    }
    evidence.truncate(11);
    evidence.push(last.number);
    let kind = classified_as(given, (given, None), ByPlan::No);
    Some(item(kind, true, CLASSIFICATION, evidence))
}

fn wrong(
    facts: &Facts<'_>,
    incident: IncidentId,
    (entry, role, given): (&Entry, RoleId, Severity),
    right: Right,
) -> JudgedItem {
    let by = by_plan(
        facts,
        incident,
        (entry, role, given),
        facts.known_before(entry),
    );
    let kind = classified_as(given, right, by);
    let basis = basis(facts, incident, role, entry, given, right.0);
    item(
        kind,
        false,
        CLASSIFICATION,
        basis.into_iter().chain([entry.number]),
    )
}

const fn classified_as(given: Severity, (right, impact): Right, by_plan: ByPlan) -> JudgedKind {
    JudgedKind::Classification {
        given,
        right,
        impact,
        by_plan,
    }
}

/// Whether the plan's own table gives what was given, on what the classifier's board knew just before an
/// entry of this number: whoever followed it is not the cause.
fn by_plan(
    facts: &Facts<'_>,
    incident: IncidentId,
    (entry, role, given): (&Entry, RoleId, Severity),
    number: u32,
) -> ByPlan {
    let known = board_of(facts, incident, role, entry, number).known(facts, number);
    let belief = Belief {
        exercise: facts.exercise,
        incident,
        known: &known,
        now: entry.at,
    };
    let rules = &facts.exercise.plan().classification.rules;
    match worst_of(rules, &belief) {
        Some(row) if row.level == given => ByPlan::Row(row.impact),
        None if given == Severity::Low => ByPlan::NoRow,
        _ => ByPlan::No,
    }
}

/// What the table gives on what the board of a classifier knew just before an entry.
fn right(facts: &Facts<'_>, incident: IncidentId, role: RoleId, entry: &Entry) -> Right {
    if facts.omniscient {
        let truth = &facts.exercise.scenario().incidents[incident.index()];
        return (truth.severity, None);
    }
    let number = facts.known_before(entry);
    let board = board_of(facts, incident, role, entry, number);
    let known = board.known(facts, number);
    judge(facts, incident, &known, entry.at)
}

fn board_of(
    facts: &Facts<'_>,
    incident: IncidentId,
    role: RoleId,
    entry: &Entry,
    number: u32,
) -> Board {
    board(facts, incident, role, work_of(facts, entry), number)
}

/// The piece of work by whose end an entry came about.
fn work_of(facts: &Facts<'_>, entry: &Entry) -> Option<Instance> {
    match facts.cause(entry)?.event {
        Event::TaskEnded { instance, .. } | Event::MeasureTaken { instance, .. } => Some(instance),
        _ => None,
    }
}

/// The entries by which the board learned what raises the severity above the one given, at most ten:
/// without them the right severity would not be more than that. None where too much was given.
fn basis(
    facts: &Facts<'_>,
    incident: IncidentId,
    role: RoleId,
    entry: &Entry,
    given: Severity,
    right: Severity,
) -> Vec<u32> {
    if right <= given {
        return Vec::new();
    }
    let number = facts.known_before(entry);
    let board = board_of(facts, incident, role, entry, number);
    let mut known = Known::with_room(facts.exercise);
    let mut numbers = Vec::new();
    let mut before = judge(facts, incident, &known, entry.at);
    for learned in board.learned(facts, number) {
        if known.learn(learned.fact, learned.entry.at) {
            let after = judge(facts, incident, &known, entry.at);
            if after.0 > before.0 {
                numbers.push(learned.entry.number);
            }
            before = after;
        }
    }
    numbers.truncate(10);
    numbers
}

fn judge(facts: &Facts<'_>, incident: IncidentId, known: &Known, now: ExerciseTime) -> Right {
    let belief = Belief {
        exercise: facts.exercise,
        incident,
        known,
        now,
    };
    let row = worst_of(&facts.yardstick.rules, &belief);
    row.map_or((Severity::Low, None), |row| (row.level, row.impact))
}

/// The first stretch during which new facts gave another severity than the one that stood, for
/// longer than it may stand. It counts only where the time was there before ENDEX.
fn stale<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
    (entry, role, given): (&'a Entry, RoleId, Severity),
    next: Option<&'a Entry>,
) -> Option<Judged<'a>> {
    if facts.omniscient {
        return None;
    }
    let until = next.map_or(facts.ended_at, |entry| entry.at);
    let last = next.map_or(u32::MAX, |entry| entry.number);
    let board = board_of(facts, incident, role, entry, last);
    let mut known = Known::with_room(facts.exercise);
    let mut differs: Option<Judged<'a>> = None;
    for Learned {
        entry: learned,
        fact,
        ..
    } in board.learned(facts, last)
    {
        let new = known.learn(*fact, learned.at);
        if !new || learned.number <= entry.number {
            continue;
        }
        let right = judge(facts, incident, &known, learned.at);
        match &differs {
            Some(open) if is_over(facts, open, learned.at) => break,
            _ if right.0 == given => differs = None,
            None => {
                differs = Some(Judged {
                    from: learned,
                    right,
                });
            }
            Some(_) => {}
        }
    }
    differs.filter(|open| is_over(facts, open, until))
}

/// Whether the time within which a changed severity is to be classified anew had passed.
fn is_over(facts: &Facts<'_>, open: &Judged<'_>, at: ExerciseTime) -> bool {
    let within = facts.yardstick.reassess_within[open.right.0.index()];
    at > open.from.at + within
}

fn item(
    kind: JudgedKind,
    sound: bool,
    weight: u32,
    evidence: impl IntoIterator<Item = u32>,
) -> JudgedItem {
    let mut evidence: Vec<u32> = evidence.into_iter().collect();
    evidence.sort_unstable();
    evidence.dedup();
    JudgedItem {
        kind,
        sound,
        share: if sound {
            BasisPoints::ONE
        } else {
            BasisPoints::ZERO
        },
        weight,
        evidence,
    }
}

/// The first measure of a kind that was truly taken on an asset.
fn first_on<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
    asset: AssetId,
    of: impl Fn(Measure) -> bool,
) -> Option<&'a Entry> {
    let taken = facts.taken.on(asset);
    let taken = taken.filter(|taken| taken.instance.incident == incident && of(taken.measure));
    taken.last().map(|taken| taken.entry)
}

/// Every asset.
fn assets(facts: &Facts<'_>) -> impl Iterator<Item = AssetId> {
    (0..facts.exercise.organisation().assets.len()).map(AssetId::new)
}

/// One item for each asset: sound if all that was secured on it was secured before it was destroyed.
fn preserved_first(facts: &Facts<'_>, incident: IncidentId) -> impl Iterator<Item = JudgedItem> {
    let secured = |asset, item| {
        let mut all = facts.preserved.iter();
        let first = all.find(|(_, on, of)| *on == asset && *of == item);
        first.map(|(entry, ..)| *entry)
    };
    assets(facts).filter_map(move |asset| {
        let orders = [EvidenceItem::Memory, EvidenceItem::Disk].map(|item| {
            let destroyed = first_on(facts, incident, asset, |measure| measure.destroys(item))?;
            Some((secured(asset, item)?, destroyed))
        });
        in_order(JudgedKind::PreserveFirst(asset), orders)
    })
}

fn evicted_first(facts: &Facts<'_>, incident: IncidentId) -> impl Iterator<Item = JudgedItem> {
    let first = move |asset, of: fn(Measure) -> bool| first_on(facts, incident, asset, of);
    assets(facts).filter_map(move |asset| {
        let evicted = first(asset, |measure| measure == Measure::Evict)?;
        let restored = first(asset, |measure| measure.row().renews);
        in_order(JudgedKind::EvictFirst(asset), [Some((evicted, restored?))])
    })
}

/// One item for an asset, where both of something were done: sound if in each case the first came
/// first.
fn in_order<const N: usize>(
    kind: JudgedKind,
    orders: [Option<(&Entry, &Entry)>; N],
) -> Option<JudgedItem> {
    let orders = || orders.iter().flatten();
    orders().next()?;
    let when = |entry: &Entry| (entry.at, entry.number);
    let sound = orders().all(|(first, then)| when(first) < when(then));
    let evidence = orders().flat_map(|(first, then)| [first.number, then.number]);
    Some(item(kind, sound, ORDER, evidence))
}

/// A decision is sound where its option is. What should have been known before is no second test: who
/// decides in the dark chooses worse.
fn decisions(facts: &Facts<'_>, incident: IncidentId) -> Vec<(Phase, JudgedItem)> {
    let of_incident = facts.decided.iter().filter(|(.., of)| *of == incident);
    let items = of_incident.filter_map(|(entry, decision, option, _)| {
        let described = facts.exercise.plan().decision(*decision);
        let judged = described.options.get(option.index())?.judged.as_ref()?;
        let opened = facts.causes(entry).find(|cause| {
            matches!(
                cause.event,
                Event::DecisionOpened { .. } | Event::InjectDelivered { .. }
            )
        });
        let evidence = opened.map(|entry| entry.number).into_iter();
        // Who asks themselves and says what is right has not been judged.
        let is_own = described.is_own() && !facts.plan_weighs;
        let weight = if is_own { 0 } else { described.weight };
        let item = item(
            JudgedKind::Decision(*decision),
            *judged == Soundness::Sound,
            weight,
            evidence.chain([entry.number]),
        );
        Some((described.phase, item))
    });
    items.collect()
}

fn duties(
    facts: &Facts<'_>,
    incident: IncidentId,
    obligations: &[ObligationVerdict],
) -> Vec<(Phase, JudgedItem)> {
    let judged = obligations
        .iter()
        .filter(|of| of.incident == incident && is_judged(of.verdict));
    judged
        .map(|of| {
            let duty = facts.exercise.obligation(of.obligation);
            let phase = phase_of(facts.exercise, duty);
            let kind = JudgedKind::Obligation(of.obligation);
            let evidence = of.evidence.iter().copied();
            let weight = if facts.plan_weighs { duty.weight } else { DUTY };
            let sound = is_sound(duty, of.verdict);
            (phase, item(kind, sound, weight, evidence))
        })
        .collect()
}

/// What an incident of at least High is worth logging: each finished act that takes a measure, with
/// the entry that logs it in time, where there is one.
pub(super) fn acts_to_log<'a>(
    facts: &Facts<'a>,
    incident: IncidentId,
) -> impl Iterator<Item = (&'a Entry, Option<&'a Entry>)> {
    let truth = &facts.exercise.scenario().incidents[incident.index()];
    let severe = truth.severity >= Severity::High;
    let works = severe
        .then(|| facts.works_of(incident))
        .into_iter()
        .flatten();
    let acts = works.filter_map(|(instance, work)| {
        let acts = !facts.exercise.task(instance.task).does.is_empty();
        work.claimed().filter(|_| acts)
    });
    let due = acts.filter(|act| act.at + LOG_WITHIN <= facts.ended_at);
    due.map(move |act| (act, logged(facts, incident, act)))
}

/// The first entry that the log of an incident got after an act, in time.
fn logged<'a>(facts: &Facts<'a>, incident: IncidentId, act: &Entry) -> Option<&'a Entry> {
    let after = facts
        .logged
        .partition_point(|(entry, _)| entry.number <= act.number);
    let mut log = facts.logged[after..].iter();
    log.find(|(entry, of)| *of == incident && entry.at - act.at <= LOG_WITHIN)
        .map(|(entry, _)| *entry)
}

/// The incident log is sound where every act was logged in time.
fn log(facts: &Facts<'_>, incident: IncidentId) -> Option<JudgedItem> {
    let unlogged = acts_to_log(facts, incident).find(|(_, logged)| logged.is_none());
    let (act, logged) = unlogged.or_else(|| acts_to_log(facts, incident).next())?;
    let closing = logged.or(facts.ended).map(|entry| entry.number);
    let evidence = [act.number].into_iter().chain(closing);
    Some(item(
        JudgedKind::IncidentLog,
        unlogged.is_none(),
        LOG,
        evidence,
    ))
}

#[cfg(test)]
mod tests {
    use super::{CLASSIFICATION, DUTY, LOG, LOG_WITHIN, ORDER, PROPORTION};
    use crate::documented::{holds, row, span};

    #[test]
    fn what_is_judged_weighs_what_is_documented() {
        holds(
            "judgement",
            &[
                row("weight of the classification", CLASSIFICATION / 100),
                row("weight of an order of measures", ORDER / 100),
                row("weight of a duty", DUTY / 100),
                row("weight of the log", LOG / 100),
                row("weight of proportion", PROPORTION / 100),
                row("an act is logged within", span(LOG_WITHIN.0)),
            ],
        );
    }
}
