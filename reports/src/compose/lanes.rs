//! Who was at what, when: the lanes of the timeline.

use super::duty::Duty;
use crate::document::{Axis, Lane, LegendItem, Pin, State, Stretch, Timeline};
use crate::words::{self, Subject, phase_sign};
use hotwash_engine::exercise::{
    Effect, ExerciseTime, InjectId, Instance, Phase, RoleId, Span, StepId,
};
use hotwash_engine::record::Event;
use hotwash_engine::situation::assets::Assets;
use hotwash_engine::situation::attack::Attack;
use hotwash_engine::situation::work::{self, Approval, Piece, Work};
use std::collections::BTreeMap;

/// A run up to this long is told on one scale.
const ONE_SCALE_UP_TO: Span = Span::hours(8);
/// The dense part of a story lasts at least and at most so long.
const DENSE: (Span, Span) = (Span::hours(2), Span::hours(36));

/// The timeline of a run.
pub(super) fn timeline(subject: &Subject) -> Timeline {
    let ended = subject.ended_at().max(ExerciseTime::STARTEX);
    let (injects, inject_legend) = injects(subject);
    let mut lanes = vec![injects, alerts(subject), attacker(subject)];
    lanes.extend(roles(subject));
    lanes.extend(phases(subject));
    let mut legend = inject_legend;
    if !lanes[1].pins.is_empty() {
        legend.push(item("!", "true alert"));
    }
    legend.extend(phase_legend(&lanes));
    Timeline {
        axis: Axis {
            from: ExerciseTime::STARTEX,
            dense_until: dense_until(subject, ended),
            until: ended,
            clock: subject.clock.clone(),
        },
        lanes,
        legend,
        left_out: 0,
    }
}

fn item(sign: &str, meaning: &str) -> LegendItem {
    LegendItem {
        sign: sign.to_owned(),
        meaning: meaning.to_owned(),
    }
}

/// Until when things happened fast: until a little after containment of the main incident, or
/// until six tenths of what happened, happened.
fn dense_until(subject: &Subject, ended: ExerciseTime) -> ExerciseTime {
    if ended.0 <= ONE_SCALE_UP_TO.0 {
        return ended;
    }
    let contained = subject.evaluation.main().contained.lasting;
    let busy: Vec<ExerciseTime> = subject
        .record
        .entries
        .iter()
        .filter(|entry| {
            entry.at >= ExerciseTime::STARTEX
                && matches!(
                    entry.event,
                    Event::TaskStarted { .. }
                        | Event::StepTookEffect { .. }
                        | Event::InjectDelivered { .. }
                )
        })
        .map(|entry| entry.at)
        .collect();
    let sixth = busy.get(busy.len() * 6 / 10).copied().unwrap_or_default();
    let dense = contained.map_or(sixth, |contained| contained.at + Span(contained.at.0 / 16));
    let dense = dense.0.clamp(DENSE.0.0, DENSE.1.0);
    if dense * 2 > ended.0 {
        ended
    } else {
        ExerciseTime(dense)
    }
}

/// The name of the lane of injects.
pub(super) const INJECTS: &str = "injects";

/// The signs of injects, in the order of delivery.
const INJECT_SIGNS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

fn injects(subject: &Subject) -> (Lane, Vec<LegendItem>) {
    let mut seen: Vec<InjectId> = Vec::new();
    let mut pins = Vec::new();
    let mut noise = false;
    for entry in &subject.record.entries {
        let Event::InjectDelivered { inject } = entry.event else {
            continue;
        };
        let meaning = words::delivered(subject, inject, entry);
        if subject.exercise.inject(inject).noise {
            noise = true;
            pins.push(Pin {
                at: entry.at,
                sign: '~',
                meaning,
            });
        } else if !seen.contains(&inject) {
            let sign = INJECT_SIGNS.chars().nth(seen.len()).unwrap_or('+');
            seen.push(inject);
            pins.push(Pin {
                at: entry.at,
                sign,
                meaning,
            });
        }
    }
    let mut legend = Vec::new();
    if let Some(last) = INJECT_SIGNS.chars().nth(seen.len().saturating_sub(1)) {
        match seen.len() {
            0 => {}
            1 => legend.push(item("1", "inject")),
            _ => legend.push(item(&format!("1-{last}"), "injects")),
        }
    }
    if noise {
        legend.push(item("~", "noise"));
    }
    let lane = Lane {
        name: INJECTS.to_owned(),
        stretches: Vec::new(),
        pins,
        optional: true,
    };
    (lane, legend)
}

fn alerts(subject: &Subject) -> Lane {
    let pins = subject.record.entries.iter().filter_map(|entry| {
        let meaning = match entry.event {
            Event::SignalRaised { source, .. } => subject.names.source(source),
            Event::StaffReported { .. } => "staff".to_owned(),
            _ => return None,
        };
        Some(Pin {
            at: entry.at,
            sign: '!',
            meaning,
        })
    });
    Lane {
        name: "alerts".to_owned(),
        stretches: Vec::new(),
        pins: pins.collect(),
        optional: true,
    }
}

fn attacker(subject: &Subject) -> Lane {
    let (mut attack, mut assets) = (Attack::new(subject.exercise), Assets::new(subject.exercise));
    for entry in &subject.record.entries {
        attack.apply(entry);
        assets.apply(subject.exercise, entry);
    }
    let started = attack.steps().filter_map(|(step, progress)| {
        let until = progress.ended.map(|(when, _)| when);
        Some((progress.started?, until, at_work(subject, step)))
    });
    let held = assets.footholds().iter();
    let held = held.map(|(since, until)| (*since, *until, State::Foothold));
    let mut all: Vec<_> = started.chain(held).collect();
    // In the order in which they ended; what goes on comes last.
    all.sort_by_key(|(_, until, _)| until.map_or(u32::MAX, |until| until.entry));
    let ended = subject.ended_at();
    let stretches = all.into_iter().map(|(since, until, state)| {
        stretch(since.at, until.map_or(ended, |until| until.at), state)
    });
    Lane {
        name: "attacker".to_owned(),
        stretches: stretches.collect(),
        pins: Vec::new(),
        optional: false,
    }
}

const fn stretch(from: ExerciseTime, until: ExerciseTime, state: State) -> Stretch {
    Stretch { from, until, state }
}

fn at_work(subject: &Subject, step: StepId) -> State {
    match subject.exercise.step(step).effect {
        Effect::Compromise => State::Attacking,
        Effect::Encrypt => State::Encrypting,
        Effect::Exfiltrate | Effect::Steal | Effect::Expose => State::Taking,
        Effect::Disrupt | Effect::Alter => State::Disrupting,
    }
}

/// A piece of work as it stands on the timeline.
struct Stand {
    role: Option<RoleId>,
    since: ExerciseTime,
    state: State,
}

/// A lane per role that worked or for which work waited, in the order in which they came in.
fn roles(subject: &Subject) -> Vec<Lane> {
    let mut work = Work::new(subject.exercise);
    let mut open: BTreeMap<Instance, Stand> = BTreeMap::new();
    let mut lanes: BTreeMap<RoleId, Vec<Stretch>> = BTreeMap::new();
    for entry in &subject.record.entries {
        let Some(instance) = Work::about(&entry.event) else {
            continue;
        };
        work.apply(entry);
        let next = work
            .get(instance)
            .and_then(|piece| stands(subject, piece, entry.at));
        let before = open.get(&instance);
        let same =
            before.map(|of| (of.role, of.state)) == next.as_ref().map(|of| (of.role, of.state));
        if same {
            continue;
        }
        if let Some(stand) = open.remove(&instance) {
            // Work that waited counts for the role that took it up in the end.
            let role = next.as_ref().and_then(|next| next.role).or(stand.role);
            if let Some(role) = role {
                let lane = lanes.entry(role).or_default();
                lane.push(stretch(stand.since, entry.at, stand.state));
            }
        }
        if let Some(next) = next {
            open.insert(instance, next);
        }
    }
    for stand in open.into_values() {
        if let Some(role) = stand.role {
            let lane = lanes.entry(role).or_default();
            lane.push(stretch(stand.since, subject.ended_at(), stand.state));
        }
    }
    in_order(subject, lanes)
}

/// The lanes of roles, in the order in which they came in, with the times apart in which nobody was on duty.
fn in_order(subject: &Subject, lanes: BTreeMap<RoleId, Vec<Stretch>>) -> Vec<Lane> {
    let duty = Duty::new(subject.exercise, subject.record);
    let lanes = lanes.into_iter().map(|(role, stretches)| {
        let mut first = ExerciseTime::NEVER;
        let cut = stretches.into_iter().flat_map(|part| {
            first = first.min(part.from);
            off_duty_apart(&duty, role, part)
        });
        let lane = Lane {
            name: subject.names.role(role),
            stretches: cut.collect(),
            pins: Vec::new(),
            optional: true,
        };
        (first, role, lane)
    });
    let mut lanes: Vec<_> = lanes.collect();
    lanes.sort_by_key(|(first, role, _)| (*first, *role));
    lanes.into_iter().map(|(_, _, lane)| lane).collect()
}

/// How a piece of work stands on the timeline; `None`: it is over.
fn stands(subject: &Subject, piece: &Piece, since: ExerciseTime) -> Option<Stand> {
    let state = match piece.state {
        _ if piece.closed.is_some() || matches!(piece.approval, Approval::Refused(_)) => {
            return None;
        }
        work::State::Running | work::State::TakingOver => State::Working,
        work::State::Interrupted | work::State::Redoing => State::WaitingForPerson,
        _ if piece.waits_for_approval_of().is_some() => State::WaitingForApproval,
        of if of.waits() => State::WaitingForPerson,
        _ => return None,
    };
    let by = subject.exercise.task(piece.instance.task).by;
    let usual = || subject.exercise.roles(by).first().copied();
    Some(Stand {
        role: piece.role.or_else(usual),
        since,
        state,
    })
}

/// A wait for a person, with the time apart in which nobody of the role was on duty.
fn off_duty_apart(duty: &Duty, role: RoleId, part: Stretch) -> Vec<Stretch> {
    if part.state != State::WaitingForPerson {
        return vec![part];
    }
    let pieces = duty.cut(role, part.from, part.until).into_iter();
    pieces
        .map(|(from, until, there)| {
            let state = if there {
                State::WaitingForPerson
            } else {
                State::OffDuty
            };
            stretch(from, until, state)
        })
        .collect()
}

/// A lane per incident with its completed phases.
fn phases(subject: &Subject) -> Vec<Lane> {
    let several = subject.evaluation.incidents.len() > 1;
    let incidents = subject.evaluation.incidents.iter().map(|judged| {
        let pins = judged.phases.iter().filter_map(|phase| {
            let completed = phase.completed?;
            let meaning = format!("{} complete", phase.phase);
            Some(Pin {
                at: completed.at,
                sign: phase_sign(phase.phase),
                meaning,
            })
        });
        let name = if several {
            subject.names.incident(judged.incident)
        } else {
            "phase complete".to_owned()
        };
        Lane {
            name,
            stretches: Vec::new(),
            pins: pins.collect(),
            optional: false,
        }
    });
    incidents.collect()
}

fn phase_legend(lanes: &[Lane]) -> Vec<LegendItem> {
    let used = |phase: &Phase| {
        let meaning = format!("{phase} complete");
        lanes
            .iter()
            .any(|lane| lane.pins.iter().any(|pin| pin.meaning == meaning))
    };
    let used: Vec<Phase> = Phase::ALL.iter().copied().filter(used).collect();
    let mut items: Vec<LegendItem> = used
        .iter()
        .map(|phase| item(&phase_sign(*phase).to_string(), phase.name()))
        .collect();
    if let Some(last) = items.last_mut() {
        last.meaning.push_str(" complete");
    }
    items
}
