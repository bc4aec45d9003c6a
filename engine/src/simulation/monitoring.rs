//! What sources and staff see of the attack, and how late; alarms about nothing; outages noticed.
//!
//! Nothing here waits for STARTEX: attacks, signals, noise and outages run before it.

mod staff;
#[cfg(test)]
mod tests;

use super::agenda::{Agenda, Rank};
use super::assets::Assets;
use super::draw::Purpose;
use super::out::Out;
use super::scene::Scene;
use crate::exercise::{
    AssetId, BasisPoints, ExerciseTime, GroupId, PersonId, Schedule, Sight, Source, SourceId,
    SourceKind, Span, Step, StepId,
};
use crate::record::Event;
use crate::simulation::verbs::word;
use bevy_ecs::component::Component;

/// What has been seen and not been told yet.
#[derive(Debug, Component, Default)]
pub(crate) struct Monitoring {
    /// Everything that was ever seen; the position is the slot of [`Rank::Sighting`].
    sightings: Vec<Sighting>,
    /// By source: how many alarms about nothing its process has come to.
    false_alarms: Vec<u32>,
}

/// Something seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sighting {
    by: Observer,
    step: StepId,
    asset: AssetId,
    cause: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Observer {
    Source(SourceId),
    Group(GroupId),
}

/// How long an outage lasts in office hours until somebody tells the owner, where no monitor does.
/// Illustrative.
const TOLD_IN_HOURS: Span = Span::minutes(30);

impl Monitoring {
    /// Forgets what was seen.
    pub(crate) fn reset(&mut self, scene: Scene) {
        self.sightings.clear();
        self.false_alarms.clear();
        let sources = scene.exercise().organisation().sources.len();
        self.false_alarms.resize(sources, 0);
    }

    /// The number of the last false alarm of a source, from 1.
    pub(crate) fn false_alarms(&self, source: SourceId) -> u32 {
        self.false_alarms[source.index()]
    }

    /// Tells of something that was seen at a later instant.
    fn tell(&mut self, agenda: &mut Agenda, sighting: Sighting, at: ExerciseTime) {
        agenda.schedule(Rank::Sighting, self.sightings.len(), at);
        self.sightings.push(sighting);
    }
}

/// The sources, in order.
fn sources(scene: Scene<'_>) -> impl Iterator<Item = (SourceId, &Source)> {
    let sources = scene.exercise().organisation().sources.iter();
    sources
        .enumerate()
        .map(|(i, source)| (SourceId::new(i), source))
}

/// A source is blind while the asset on which it runs does not serve.
fn is_blind(assets: &Assets, source: &Source) -> bool {
    source.runs_on.is_some_and(|asset| !assets.serves(asset))
}

/// Starts the processes that run by themselves, at the onset.
pub(crate) fn open(monitoring: &mut Monitoring, agenda: &mut Agenda, scene: Scene) {
    for (source, _) in sources(scene) {
        next_false_alarm(monitoring, agenda, scene, source);
    }
}

fn next_false_alarm(monitoring: &Monitoring, agenda: &mut Agenda, scene: Scene, source: SourceId) {
    let described = &scene.exercise().organisation().sources[source.index()];
    if let Some(law) = &described.false_alarms {
        let ordinal = u64::from(monitoring.false_alarms(source)) + 1;
        let purpose = Purpose::Noise;
        let after = scene
            .dice
            .duration(law, scene.source(source), purpose, ordinal);
        agenda.after(Rank::FalseAlarm, source.index(), scene.now, after);
    }
}

/// A source comes to an alarm about nothing. While it is blind it raises none.
pub(crate) fn false_alarm_due(
    monitoring: &mut Monitoring,
    assets: &Assets,
    agenda: &mut Agenda,
    out: &mut Out,
    scene: Scene,
    slot: usize,
) {
    let source = SourceId::new(slot);
    monitoring.false_alarms[slot] += 1;
    let described = &scene.exercise().organisation().sources[slot];
    if !is_blind(assets, described) {
        out.rule(None, Event::FalseAlarmRaised { source });
    }
    next_false_alarm(monitoring, agenda, scene, source);
}

/// A step took effect on an asset: who sees it, and when do they tell?
pub(crate) fn look(
    monitoring: &mut Monitoring,
    assets: &Assets,
    agenda: &mut Agenda,
    scene: Scene,
    (step, asset): (StepId, AssetId),
    cause: u32,
) {
    for (source, described) in sources(scene) {
        if let Some(at) = seen_by(assets, scene, source, described, step, asset) {
            let sighting = Sighting {
                by: Observer::Source(source),
                step,
                asset,
                cause,
            };
            monitoring.tell(agenda, sighting, at);
        }
    }
    for (group, asset, at) in staff::seen(assets, scene, step, asset) {
        let sighting = Sighting {
            by: Observer::Group(group),
            step,
            asset,
            cause,
        };
        monitoring.tell(agenda, sighting, at);
    }
}

/// When a source tells of a step on an asset; `None` where it does not see it.
fn seen_by(
    assets: &Assets,
    scene: Scene,
    source: SourceId,
    described: &Source,
    step: StepId,
    asset: AssetId,
) -> Option<ExerciseTime> {
    if is_blind(assets, described) {
        return None;
    }
    let seen = scene.exercise().step(step);
    let sight = best(scene, described, asset, Some(seen))?;
    let chance = chance(assets, scene, source, sight, seen);
    let subject = scene
        .source(source)
        .with(scene.step(step))
        .with(scene.asset(asset));
    if !scene.dice.happens(subject, Purpose::Sight, 0, chance) {
        return None;
    }
    let looks = described
        .schedule
        .map_or(scene.now, |schedule| next_look(schedule, scene.now));
    let purpose = Purpose::SightDelay;
    Some(looks + scene.dice.duration(&sight.after, subject, purpose, 0))
}

/// The sight by which a source is most likely to see something on an asset, the first of equals.
/// Without a step it is the asset's service that is seen, whatever technique took it down.
fn best<'a>(
    scene: Scene,
    source: &'a Source,
    asset: AssetId,
    step: Option<&Step>,
) -> Option<&'a Sight> {
    let kind = scene.exercise().asset(asset).kind;
    let covers = |sight: &&Sight| {
        let technique = step.is_none_or(|step| {
            let of_step = |known: &String| is_within(&step.technique, known);
            sight.techniques.is_empty() || sight.techniques.iter().any(of_step)
        });
        technique
            && (sight.kinds.is_empty() || sight.kinds.contains(&kind))
            && (sight.assets.is_empty() || sight.assets.contains(&asset))
    };
    let all = source.sees.iter().filter(covers);
    all.reduce(|best, next| {
        if next.chance > best.chance {
            next
        } else {
            best
        }
    })
}

/// Whether a technique is the known one, or one of its sub-techniques.
fn is_within(technique: &str, known: &str) -> bool {
    technique
        .strip_prefix(known)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// How likely a source sees a step: what threat intelligence adds, times how visible the step is.
fn chance(
    assets: &Assets,
    scene: Scene,
    source: SourceId,
    sight: &Sight,
    step: &Step,
) -> BasisPoints {
    if sight.chance == BasisPoints::ZERO {
        return BasisPoints::ZERO;
    }
    let others = sources(scene)
        .filter(|(other, described)| *other != source && !is_blind(assets, described));
    let raised: u64 = others.map(|(_, other)| u64::from(other.raises.0)).sum();
    let visible = (u64::from(sight.chance.0) + raised) * u64::from(step.visibility);
    BasisPoints(((visible + 500) / 1_000).min(u64::from(BasisPoints::ONE.0)) as u16)
}

/// The next time that a periodic source looks, after an instant.
fn next_look(schedule: Schedule, now: ExerciseTime) -> ExerciseTime {
    if now < schedule.first {
        return schedule.first;
    }
    let every = schedule.every.0.max(1);
    let looked = (now - schedule.first).0 / every;
    schedule.first + Span((looked + 1).saturating_mul(every))
}

/// What was seen is told, unless by now the source is blind, or the asset serves again and staff
/// have nothing left to report.
pub(crate) fn sighting_due(
    monitoring: &Monitoring,
    assets: &Assets,
    out: &mut Out,
    scene: Scene,
    slot: usize,
) {
    let Sighting {
        by,
        step,
        asset,
        cause,
    } = monitoring.sightings[slot];
    match by {
        Observer::Source(source) => {
            let described = &scene.exercise().organisation().sources[source.index()];
            if !is_blind(assets, described) {
                let event = Event::SignalRaised {
                    source,
                    step,
                    asset,
                };
                out.rule(Some(cause), event);
            }
        }
        Observer::Group(group) => {
            if !assets.serves(asset) {
                let event = Event::StaffReported { group, step, asset };
                out.rule(Some(cause), event);
            }
        }
    }
}

/// An asset went out of service: its owner's side will notice, by a monitor or by itself.
pub(crate) fn outage_began(assets: &Assets, agenda: &mut Agenda, scene: Scene, asset: AssetId) {
    let watching = sources(scene)
        .filter(|(_, source)| source.kind == SourceKind::AvailabilityMonitor)
        .filter(|(_, source)| !is_blind(assets, source));
    let ordinal = u64::from(assets.outages(asset));
    let told = watching.filter_map(|(id, source)| {
        let sight = best(scene, source, asset, None)?;
        let subject = scene.source(id).with(scene.asset(asset)).nth(ordinal);
        let sees = scene.dice.happens(subject, Purpose::Sight, 0, sight.chance);
        let purpose = Purpose::SightDelay;
        sees.then(|| scene.now + scene.dice.duration(&sight.after, subject, purpose, 0))
    });
    let there = owner_is_there_from(scene, asset);
    let by_itself = there.map(|at| {
        if at > scene.now {
            at
        } else {
            at + TOLD_IN_HOURS
        }
    });
    if let Some(at) = told.chain(by_itself).min() {
        agenda.schedule(Rank::Outage, asset.index(), at);
    }
}

/// From when on somebody who owns an asset, or takes reports where nobody does, is on duty or on call.
fn owner_is_there_from(scene: Scene, asset: AssetId) -> Option<ExerciseTime> {
    let role = scene.exercise().role(word::owner_of(scene, asset)?);
    let whose = if role.holders.is_empty() {
        &role.deputies
    } else {
        &role.holders
    };
    let there = |person: &PersonId| scene.calendar().turns(*person).there_from(scene.now);
    whose.iter().filter_map(there).min()
}

/// The owner's side would notice now that an asset does not serve; `None` where it serves again.
pub(crate) fn outage_due(assets: &Assets, slot: usize) -> Option<AssetId> {
    let asset = AssetId::new(slot);
    (!assets.serves(asset)).then_some(asset)
}
