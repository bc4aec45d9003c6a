//! Why something happened to an asset, in the attack, or in the story.

use super::model::{Fate, How, Lack, Missing, Needed, Thing, Why};
use super::{Asked, Case, Timed, add, lack, link, unmet};
use crate::evaluation::facts::Letter;
use crate::exercise::{AssetId, DecisionId, InjectId, Measure, MessageId, Phase, StepId};
use crate::record::{Entry, Event, Origin};
use crate::situation::story::{Decision, InjectState};

fn itself(missing: Missing) -> Lack {
    Lack {
        of: Thing::Itself,
        missing,
        entry: None,
    }
}

/// Why an asset did not serve for as long as it did; else why it was hit.
pub(super) fn asset(case: &Case<'_>, asked: Asked, id: AssetId) -> Why {
    let facts = case.facts;
    let outages = &case.evaluation.impact.actual.outages;
    let outage = outages.iter().find(|of| of.asset == id);
    let hit = facts.hits.iter().find(|hit| hit.asset == id);
    let begun = outage.and_then(|of| facts.entry(of.evidence[0]));
    let Some((outage, begun)) = outage.zip(begun) else {
        let incident = hit.map_or(case.main(), |hit| hit.incident);
        let fate = hit.map_or(Fate::Untouched, |hit| Fate::Hit(hit.step));
        let mut why = Why::new(case, asked, incident, fate);
        if let Some(hit) = hit {
            why.lead_to(case, None, hit.entry);
            why.needed.clear();
            why.needed.extend(stopped_by(case, hit.step, hit.entry));
        }
        return why;
    };
    let back = facts.entry(outage.evidence[1]).filter(
        |entry| matches!(entry.event, Event::AssetChanged { asset, on: false, .. } if asset == id),
    );
    let brought = facts.causes(begun).find_map(|entry| match entry.event {
        Event::StepTookEffect { step, .. } => Some((Some(step), None)),
        Event::MeasureTaken { measure, .. } => Some((None, Some(measure))),
        _ => None,
    });
    let (step, own) = brought.unwrap_or((None, None));
    let incident = hit.map_or(case.main(), |hit| hit.incident);
    let fate = Fate::Down {
        span: outage.longest,
        back: back.is_some(),
        step,
        own,
    };
    let mut why = Why::new(case, asked, incident, fate);
    if let Some(back) = back {
        why.lead_to(case, Some(Timed::of(begun)), back);
    } else {
        let lacks = lack::of_phase(case, incident, Phase::Recovery);
        why.lack(case, Some(Timed::of(begun)), lacks);
    }
    // What brought it down; the way to that is asked about by its own number.
    let brought = facts.causes(begun).filter(|entry| {
        let of_it = entry.number == begun.number;
        of_it
            || matches!(
                entry.event,
                Event::StepTookEffect { .. } | Event::MeasureTaken { .. }
            )
    });
    add(
        &mut why.links,
        brought.take(2).map(|entry| link(entry, How::Answer)),
    );
    if let Some(own) = own {
        why.needed.insert(0, Needed::NotTakenDown(own, id));
    }
    why.needed
        .extend(step.and_then(|step| stopped_by(case, step, begun)));
    why
}

/// The measure that would have stopped a step, had it been in effect before an entry.
fn stopped_by(case: &Case<'_>, step: StepId, entry: &Entry) -> Option<Needed> {
    let measure = case.facts.exercise.step(step).stopped_by.first()?;
    Some(Needed::InEffect(*measure, Timed::of(entry)))
}

/// Why a step of the attack took effect, or did not.
pub(super) fn step(case: &Case<'_>, asked: Asked, id: StepId) -> Why {
    let facts = case.facts;
    let described = facts.exercise.step(id);
    let incident = described.incident;
    let first = facts.hits.iter().find(|hit| hit.step == id);
    if let Some(first) = first {
        let hit = facts.hits.iter().filter(|hit| hit.step == id);
        let later = |measure: &Measure| {
            let mut taken = facts.taken.iter().filter(|taken| {
                let on = taken
                    .asset
                    .is_some_and(|asset| hit.clone().any(|hit| hit.asset == asset));
                taken.measure == *measure && on && taken.effect
            });
            taken.next().map(|taken| (*measure, Timed::of(taken.entry)))
        };
        let stopper = described.stopped_by.iter().filter_map(later);
        let stopper = stopper.min_by_key(|(_, timed)| timed.entry);
        let fate = Fate::TookEffect {
            assets: hit.clone().count() as u32,
            stopper,
            stopped_by: described.stopped_by.first().copied(),
        };
        let mut why = Why::new(case, asked, incident, fate);
        why.lead_to(case, None, first.entry);
        why.needed.clear();
        why.needed.extend(stopped_by(case, id, first.entry));
        let answer = stopper.and_then(|(_, timed)| facts.entry(timed.entry));
        add(&mut why.links, answer.map(|entry| link(entry, How::Answer)));
        return why;
    }
    let stopped = facts.entries.iter().find_map(|entry| match entry.event {
        Event::StepStopped { step, by, .. } if step == id => Some((entry, by)),
        _ => None,
    });
    let ended = facts.entries.iter().find(|entry| {
        matches!(entry.event, Event::StepFailed { step, .. } | Event::StepEnded { step, .. } if step == id)
    });
    let fate = match (stopped, ended) {
        (Some((_, by)), _) => Fate::Stopped(by),
        (None, Some(_)) => Fate::CameToNothing,
        (None, None) => Fate::NeverBegan,
    };
    let mut why = Why::new(case, asked, incident, fate);
    match stopped.map(|(entry, _)| entry).or(ended) {
        Some(entry) => {
            why.lead_to(case, None, entry);
            why.needed.clear();
        }
        None => why.lack(case, None, never_began(case, id)),
    }
    why
}

fn never_began(case: &Case<'_>, id: StepId) -> Vec<Lack> {
    let facts = case.facts;
    let step = facts.exercise.step(id);
    let effective = |of: &StepId| facts.hits.iter().any(|hit| hit.step == *of);
    let before = step.after.iter().find(|of| !effective(of));
    let any = step
        .after_any
        .first()
        .filter(|_| !step.after_any.iter().any(effective));
    let when = || {
        let when = step.when.as_ref()?;
        unmet::of_truth(facts, when, true, step.incident)
    };
    let unless = || {
        let unless = step.unless.as_ref()?;
        unmet::of_truth(facts, unless, false, step.incident)
    };
    let time = || step.at.filter(|at| *at > facts.ended_at).map(Missing::Time);
    let missing = before.or(any).map(|of| Missing::Step(*of));
    let missing = missing.or_else(when).or_else(unless).or_else(time);
    vec![itself(missing.unwrap_or(Missing::Unknown))]
}

/// Why a decision was taken when it was, or not.
pub(super) fn decision(case: &Case<'_>, asked: Asked, id: DecisionId) -> Why {
    let facts = case.facts;
    let described = facts.exercise.plan().decision(id);
    let main = case.main();
    match case.end.situation().story().decision(id) {
        Decision::Taken(stamp, option) => {
            let mut why = Why::new(case, asked, main, Fate::Decided(option));
            if let Some(entry) = facts.entry(stamp.entry) {
                why.lead_to(case, opened(case, id), entry);
            }
            why
        }
        Decision::Open(stamp, incident) => {
            let mut why = Why::new(case, asked, incident, Fate::Undecided);
            if let Some(entry) = facts.entry(stamp.entry) {
                why.lead_to(case, None, entry);
                why.needed.clear();
            }
            why.end(case);
            why
        }
        Decision::Closed => {
            let mut why = Why::new(case, asked, main, Fate::NeverCameUp);
            let roles = facts.exercise.roles(described.by);
            let asks = || {
                let mut injects = facts.exercise.scenario().injects.iter();
                injects
                    .position(|inject| inject.decide == Some(id))
                    .map(InjectId::new)
            };
            let lacks = match &described.when {
                Some(when) => {
                    let missing = unmet::of_plan(facts, &case.end, when, roles, main);
                    vec![itself(missing.unwrap_or(Missing::Unknown))]
                }
                None => asks().map_or_else(Vec::new, |inject| {
                    let mut lacks = vec![itself(Missing::Inject(inject))];
                    lacks.extend(missing_for_inject(case, inject).map(itself));
                    lacks
                }),
            };
            why.lack(case, None, lacks);
            why
        }
    }
}

/// From when the time to a decision is counted: when the inject came that asks for it, else when it came up.
fn opened(case: &Case<'_>, id: DecisionId) -> Option<Timed> {
    let facts = case.facts;
    let opened = facts.entries.iter().find(
        |entry| matches!(entry.event, Event::DecisionOpened { decision, .. } if decision == id),
    )?;
    let mut causes = facts.causes(opened);
    let asked = causes.find(|entry| matches!(entry.event, Event::InjectDelivered { .. }));
    Some(Timed::of(asked.unwrap_or(opened)))
}

/// Why an inject came and was read when it was, or not.
pub(super) fn inject(case: &Case<'_>, asked: Asked, id: InjectId) -> Why {
    let facts = case.facts;
    let incident = facts.exercise.inject(id).incident;
    if let Some(delivered) = facts.delivery(id) {
        let mut letters = facts.letters.iter().map(|(_, letter)| letter);
        let own = |letter: &&Letter<'_>| matches!(letter.origin(), Some(Origin::Inject { inject, .. }) if *inject == id);
        let mut why = if let Some(letter) = letters.find(own) {
            of_letter(case, asked, letter)
        } else {
            let mut why = Why::new(case, asked, incident, Fate::Unread { noticed: false });
            why.lead_to(case, None, delivered);
            why
        };
        why.incident = incident;
        add(&mut why.links, [link(delivered, How::Answer)]);
        return why;
    }
    if let InjectState::Skipped(reason) = case.state_of(id) {
        let mut why = Why::new(case, asked, incident, Fate::InjectLeftOut(reason));
        if let Some(entry) = facts.skipped[id.index()] {
            why.lead_to(case, None, entry);
            why.needed.clear();
        }
        return why;
    }
    let mut why = Why::new(case, asked, incident, Fate::NeverDelivered);
    let missing = missing_for_inject(case, id).unwrap_or(Missing::Unknown);
    why.lack(case, None, vec![itself(missing)]);
    why
}

impl Case<'_> {
    fn state_of(&self, id: InjectId) -> InjectState {
        let story = self.end.situation().story();
        story.inject(id).map(|of| of.state).unwrap_or_default()
    }
}

/// What an inject waited for that never came.
pub(super) fn missing_for_inject(case: &Case<'_>, id: InjectId) -> Option<Missing> {
    let facts = case.facts;
    let inject = facts.exercise.inject(id);
    let when = || unmet::of_truth(facts, inject.when.as_ref()?, true, inject.incident);
    let unless = || unmet::of_truth(facts, inject.unless.as_ref()?, false, inject.incident);
    let time = || {
        inject
            .at
            .filter(|at| *at > facts.ended_at)
            .map(Missing::Time)
    };
    let brought = inject.at.is_none() && inject.when.is_none();
    let only_so = brought.then_some(Missing::Decision);
    time().or_else(when).or_else(unless).or(only_so)
}

/// Why a message was read when it was, or not; `None`: there is none.
pub(super) fn message(case: &Case<'_>, asked: Asked, id: MessageId) -> Option<Why> {
    let letter = case.facts.letters.get(id)?;
    letter.sent()?;
    Some(of_letter(case, asked, letter))
}

fn of_letter(case: &Case<'_>, asked: Asked, letter: &Letter<'_>) -> Why {
    let main = case.main();
    let sent = letter.sent().map(Timed::of);
    if let Some(read) = letter.read() {
        let mut why = Why::new(case, asked, main, Fate::Read);
        why.lead_to(case, sent, read);
        return why;
    }
    let noticed = letter.noticed();
    let fate = match letter.withdrawn() {
        Some(_) => Fate::Withdrawn,
        None => Fate::Unread {
            noticed: noticed.is_some(),
        },
    };
    let mut why = Why::new(case, asked, main, fate);
    let last = letter
        .withdrawn()
        .or(letter.unreachable())
        .or(noticed)
        .or(letter.sent());
    if let Some(last) = last {
        why.lead_to(case, sent, last);
        why.needed.clear();
    }
    if letter.withdrawn().is_none() {
        let to = letter.sent().and_then(|entry| match entry.event {
            Event::MessageSent { message, .. } => Some(message),
            _ => None,
        });
        why.needed.extend(to.map(Needed::Read));
        why.end(case);
    }
    why
}
