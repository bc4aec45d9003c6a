//! The most telling moments of a run.

use crate::document::{Moment, Moments, Text, Tone};
use crate::words::{self, Subject, duration};
use hotwash_engine::evaluation::{Finding, Standing};
use hotwash_engine::exercise::{
    AssetId, ExerciseTime, Instance, Measure, Money, RoleId, Span, StepId,
};
use hotwash_engine::record::Event;
use std::collections::BTreeMap;

/// Waits for approval shorter than this are not worth a line.
const TELLING_WAIT: Span = Span::minutes(30);
/// How much more telling an entry is that the first finding cites; later ones give less.
const CITED: u32 = 12;

/// All moments worth a line, in the order of time.
pub(super) fn moments(subject: &Subject, summary: usize) -> Moments {
    let mut items: Vec<Moment> = Vec::new();
    for entry in &subject.record.entries {
        if let Some((text, weight)) = words::moment(subject, entry) {
            items.push(Moment {
                at: entry.at,
                text,
                entry: entry.number,
                weight,
            });
        }
    }
    items.extend(steps(subject));
    items.extend(measures(subject));
    items.extend(approvals(subject));
    items.extend(missed(subject));
    for item in &mut items {
        item.weight += cited(&subject.evaluation.findings, item.entry);
    }
    first_of_its_kind(&mut items);
    items.sort_by_key(|item| (item.at, item.entry));
    Moments {
        clock: subject.clock.clone(),
        items,
        summary,
    }
}

/// How much more telling an entry is because findings cite it.
fn cited(findings: &[Finding], entry: u32) -> u32 {
    let place = findings
        .iter()
        .position(|finding| finding.evidence.contains(&entry));
    place.map_or(0, |place| CITED.saturating_sub(2 * place as u32))
}

/// The same words again tell less than the first time.
fn first_of_its_kind(items: &mut [Moment]) {
    items.sort_by_key(|item| (item.at, item.entry));
    let mut seen: Vec<String> = Vec::new();
    for item in items {
        let words = item.text.words();
        if seen.contains(&words) {
            item.weight /= 2;
        } else {
            seen.push(words);
        }
    }
}

/// What a step did, over all its assets, told at its first effect.
#[derive(Default)]
struct Damage {
    at: ExerciseTime,
    entry: u32,
    assets: Vec<AssetId>,
    records: u64,
    money: Money,
}

fn steps(subject: &Subject) -> Vec<Moment> {
    let mut damage: BTreeMap<StepId, Damage> = BTreeMap::new();
    let mut stopped: BTreeMap<StepId, (ExerciseTime, u32, Measure)> = BTreeMap::new();
    for entry in &subject.record.entries {
        match entry.event {
            Event::StepTookEffect {
                step,
                asset,
                records,
                money,
            } => {
                let damage = damage.entry(step).or_insert_with(|| Damage {
                    at: entry.at,
                    entry: entry.number,
                    ..Damage::default()
                });
                if !damage.assets.contains(&asset) {
                    damage.assets.push(asset);
                }
                damage.records += records;
                damage.money = Money(damage.money.0.saturating_add(money.0));
            }
            Event::StepStopped { step, by, .. } => {
                stopped.entry(step).or_insert((entry.at, entry.number, by));
            }
            _ => {}
        }
    }
    let damage = damage.into_iter().map(|(step, damage)| {
        let names: Vec<String> = damage
            .assets
            .iter()
            .map(|a| subject.names.asset(*a))
            .collect();
        let (text, weight) = words::step(subject, step, &names, damage.records, damage.money);
        Moment {
            at: damage.at,
            text,
            entry: damage.entry,
            weight,
        }
    });
    let stopped = stopped.into_iter().map(|(step, (at, entry, by))| {
        let step = subject.names.step(step);
        let text = Text::toned(
            format!(
                "The attack is stopped at \"{step}\" by {}",
                words::measure(by)
            ),
            crate::document::Tone::Good,
        );
        Moment {
            at,
            text,
            entry,
            weight: 78,
        }
    });
    damage.chain(stopped).collect()
}

/// What a piece of work did with one measure, over all its assets.
#[derive(Default)]
struct Deed {
    at: ExerciseTime,
    entry: u32,
    assets: Vec<AssetId>,
    without_effect: usize,
}

fn measures(subject: &Subject) -> Vec<Moment> {
    let mut deeds: BTreeMap<(Instance, Measure), Deed> = BTreeMap::new();
    for entry in &subject.record.entries {
        let Event::MeasureTaken {
            instance,
            measure,
            asset,
            effect,
            ..
        } = entry.event
        else {
            continue;
        };
        let deed = deeds.entry((instance, measure)).or_insert_with(|| Deed {
            at: entry.at,
            entry: entry.number,
            ..Deed::default()
        });
        deed.assets.extend(asset);
        deed.without_effect += usize::from(!effect && asset.is_some());
    }
    let told = deeds.into_iter().filter_map(|((_, measure), deed)| {
        let names: Vec<String> = deed
            .assets
            .iter()
            .map(|a| subject.names.asset(*a))
            .collect();
        let (text, weight) = words::taken(measure, &names, deed.without_effect)?;
        Some(Moment {
            at: deed.at,
            text,
            entry: deed.entry,
            weight,
        })
    });
    told.collect()
}

/// Expectations of which something was open when their time was up.
fn missed(subject: &Subject) -> Vec<Moment> {
    let expectations = subject.evaluation.expectations.iter();
    let missed = expectations.filter_map(|verdict| {
        let due = verdict.due?;
        let open = match verdict.standing {
            Standing::Missed => "Not done in time",
            Standing::Late | Standing::Partly => "Not wholly done in time",
            Standing::Met | Standing::NotExercised(_) | Standing::Excused => return None,
        };
        let text = subject.names.expectation(verdict.expectation);
        let text = text.trim().trim_end_matches('.');
        Some(Moment {
            at: due.min(subject.ended_at()),
            text: Text::toned(format!("{open}: {text}"), Tone::Bad),
            entry: verdict.asked?.entry,
            weight: 44,
        })
    });
    missed.collect()
}

/// Waits for approval, told at the request, with how long they took.
fn approvals(subject: &Subject) -> Vec<Moment> {
    let mut asked: BTreeMap<Instance, (ExerciseTime, u32, RoleId)> = BTreeMap::new();
    let mut told = Vec::new();
    for entry in &subject.record.entries {
        match entry.event {
            Event::ApprovalAsked { instance, of } => {
                asked
                    .entry(instance)
                    .or_insert((entry.at, entry.number, of));
            }
            Event::ApprovalGiven { instance, .. } | Event::ApprovalRefused { instance, .. } => {
                if let Some(request) = asked.remove(&instance) {
                    told.extend(approval(subject, instance, request, Some(entry.at)));
                }
            }
            _ => {}
        }
    }
    for (instance, request) in asked {
        told.extend(approval(subject, instance, request, None));
    }
    told
}

fn approval(
    subject: &Subject,
    instance: Instance,
    (at, entry, of): (ExerciseTime, u32, RoleId),
    answered: Option<ExerciseTime>,
) -> Option<Moment> {
    let waited = answered.unwrap_or(subject.ended_at()) - at;
    if waited < TELLING_WAIT {
        return None;
    }
    let task = subject.names.task(instance.task);
    let text = words::approval(subject, &task, of, answered.map(|_| duration(waited)));
    let hours = u32::try_from(waited.0 / Span::HOUR.0).unwrap_or(u32::MAX);
    Some(Moment {
        at,
        text,
        entry,
        weight: 58 + hours.min(10) * 2,
    })
}
