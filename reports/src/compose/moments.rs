//! The most telling moments of a run.

use crate::document::{Moment, Moments, Text, Tone};
use crate::words::{self, Subject, duration};
use hotwash_engine::evaluation::{Finding, Standing};
use hotwash_engine::exercise::{AssetId, Instance, Span};
use hotwash_engine::situation::attack::Attack;
use hotwash_engine::situation::deeds::Deeds;
use hotwash_engine::situation::work::{Request, Work};

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
    let items = folded(subject, items);
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

/// What is said so often in the same words is said once, with how often.
const OFTEN: usize = 3;

/// The moments in the order of time. The same words again tell less than the first time; said often, they are one
/// moment.
fn folded(subject: &Subject, mut items: Vec<Moment>) -> Vec<Moment> {
    items.sort_by_key(|item| (item.at, item.entry));
    let mut kept: Vec<(String, Moment, Vec<Moment>)> = Vec::new();
    for item in items {
        let words = item.text.words();
        match kept.iter_mut().find(|(known, ..)| *known == words) {
            Some((_, _, again)) => again.push(item),
            None => kept.push((words, item, Vec::new())),
        }
    }
    let told = kept.into_iter().flat_map(|(_, mut first, mut again)| {
        if again.len() + 1 < OFTEN {
            for item in &mut again {
                item.weight /= 2;
            }
            again.insert(0, first);
            return again;
        }
        let last = again.last().map(|item| subject.clock.label(item.at));
        let said = format!(
            ", {} times until {}",
            again.len() + 1,
            last.unwrap_or_default()
        );
        let mut pieces = first.text.pieces;
        if let Some(end) = pieces.last_mut() {
            let text = end.text.trim_end().trim_end_matches('.').to_owned();
            end.text = text;
        }
        first.text = Text { pieces }.and_toned(said, Tone::Faint);
        vec![first]
    });
    let mut told: Vec<Moment> = told.collect();
    told.sort_by_key(|item| (item.at, item.entry));
    told
}

/// What each step did, told at its first effect, and what stopped it.
fn steps(subject: &Subject) -> Vec<Moment> {
    let mut attack = Attack::new(subject.exercise);
    for entry in &subject.record.entries {
        attack.apply(entry);
    }
    let damage = attack.steps().filter_map(|(step, progress)| {
        let (_, first) = progress.affected.first()?;
        let hit = progress.affected.iter().map(|(asset, _)| *asset);
        let (names, records) = (names_of(subject, hit), progress.records);
        let (text, weight) = words::step(subject, step, &names, records, progress.money);
        Some(Moment {
            at: first.at,
            text,
            entry: first.entry,
            weight,
        })
    });
    let stopped = attack.steps().filter_map(|(step, progress)| {
        let (when, by) = progress.stopped?;
        let (step, by) = (subject.names.step(step), words::measure(by));
        let text = format!("The attack is stopped at \"{step}\" by {by}");
        Some(Moment {
            at: when.at,
            text: Text::toned(text, Tone::Good),
            entry: when.entry,
            weight: 78,
        })
    });
    damage.chain(stopped).collect()
}

/// The names of some assets, each once, in their order.
fn names_of(subject: &Subject, assets: impl Iterator<Item = AssetId>) -> Vec<String> {
    let mut seen: Vec<AssetId> = Vec::new();
    for asset in assets {
        if !seen.contains(&asset) {
            seen.push(asset);
        }
    }
    seen.iter().map(|of| subject.names.asset(*of)).collect()
}

/// What each piece of work did with each measure, over all its assets.
fn measures(subject: &Subject) -> Vec<Moment> {
    let mut deeds = Deeds::default();
    for entry in &subject.record.entries {
        deeds.apply(entry);
    }
    let told = deeds.iter().filter_map(|(_, measure, deed)| {
        let assets = deed.assets.iter();
        let names: Vec<String> = assets.map(|of| subject.names.asset(*of)).collect();
        let (text, weight) = words::taken(measure, &names, deed.in_vain)?;
        Some(Moment {
            at: deed.first.at,
            text,
            entry: deed.first.entry,
            weight,
        })
    });
    told.collect()
}

/// Expectations of which something was open when their time was up.
fn missed(subject: &Subject) -> Vec<Moment> {
    let expectations = subject.evaluation.expectations.iter();
    let missed = expectations.filter_map(|verdict| {
        if let Some(breach) = verdict.broken.first() {
            let text = subject.names.expectation(verdict.expectation);
            let text = text.trim().trim_end_matches('.');
            return Some(Moment {
                at: breach.act.done.at,
                text: Text::toned(format!("Done though it must not be: {text}"), Tone::Bad),
                entry: breach.act.done.entry,
                weight: 44,
            });
        }
        let due = verdict.due?;
        let open = match verdict.standing {
            Standing::Missed => "Not done in time",
            Standing::Late | Standing::Partly => "Not all of it done in time",
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
    let mut work = Work::new(subject.exercise);
    for entry in &subject.record.entries {
        work.apply(entry);
    }
    let requests = work.pieces().flat_map(|piece| {
        let requests = piece.requests.iter();
        requests.map(|request| (piece.instance, *request))
    });
    let told = requests.filter_map(|(instance, request)| approval(subject, instance, request));
    told.collect()
}

fn approval(
    subject: &Subject,
    instance: Instance,
    Request {
        asked,
        of,
        answered,
    }: Request,
) -> Option<Moment> {
    let until = answered.map_or(subject.ended_at(), |answered| answered.at);
    let waited = until - asked.at;
    if waited < TELLING_WAIT {
        return None;
    }
    let task = subject.names.task(instance.task);
    let text = words::approval(subject, &task, of, answered.map(|_| duration(waited)));
    let hours = u32::try_from(waited.0 / Span::HOUR.0).unwrap_or(u32::MAX);
    Some(Moment {
        at: asked.at,
        text,
        entry: asked.entry,
        weight: 58 + hours.min(10) * 2,
    })
}
