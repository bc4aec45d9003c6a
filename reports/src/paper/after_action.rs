//! The after-action report with improvement plan, in the order of HSEEP's template, and its short form.
//!
//! Page 1 is complete in itself: the verdict, the time to each phase, what to improve, what to keep, what to decide.
//! Then follows the proof.

mod closing;
mod first;
mod improvement;
mod objectives;
mod phases;
mod story;

use super::model::{Cited, Handling, Kind, Meta, Paper, Part};
use crate::compose::header_banner;
use crate::words::{self, People, Subject};
use hotwash_engine::campaign::Advice;
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::{Exercise, ExerciseTime};
use hotwash_engine::record::{Actor, Record};

/// What is handed over, to whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handover {
    /// How people are shown.
    pub people: People,
    /// How far it may go.
    pub handling: Handling,
    /// The fingerprint of the record, where it lies in a file.
    pub fingerprint: Option<String>,
    /// What came of trying what the findings propose; `None`: nothing was tried.
    pub advice: Option<Advice>,
}

/// The after-action report of a run.
pub fn after_action(
    exercise: &Exercise,
    record: &Record,
    evaluation: &Evaluation,
    handover: &Handover,
) -> Paper {
    let subject = &Subject::new(exercise, record, evaluation, handover.people);
    let parts = vec![
        first::page(subject, handover),
        objectives::overview(subject).on_new_page(),
        objectives::ratings(subject),
        story::injects(subject),
        phases::times(subject),
        phases::made_of(subject),
        story::decisions(subject),
        objectives::clocks(subject),
        objectives::impact(subject),
        improvement::analysis(subject).on_new_page(),
        improvement::plan(subject, handover),
        closing::participants(subject, handover),
        closing::how_it_was_made(subject, handover),
        closing::coverage(subject),
        closing::defaults(subject),
    ];
    paper(Kind::AfterAction, subject, handover, parts)
}

/// Two pages of the after-action report: the first page, and the improvement plan.
pub fn short(
    exercise: &Exercise,
    record: &Record,
    evaluation: &Evaluation,
    handover: &Handover,
) -> Paper {
    let subject = &Subject::new(exercise, record, evaluation, handover.people);
    let parts = vec![
        first::page(subject, handover),
        objectives::ratings(subject).on_new_page(),
        objectives::clocks(subject),
        closing::how_it_was_made(subject, handover),
    ];
    paper(Kind::Short, subject, handover, parts)
}

fn paper(kind: Kind, subject: &Subject, handover: &Handover, mut parts: Vec<Part>) -> Paper {
    parts.retain(|part| !part.is_empty());
    let mut entries: Vec<u32> = parts.iter().flat_map(Part::entries).collect();
    entries.sort_unstable();
    entries.dedup();
    Paper {
        kind,
        meta: meta(subject, handover),
        cited: entries
            .iter()
            .filter_map(|of| cited(subject, *of))
            .collect(),
        parts,
    }
}

fn meta(subject: &Subject, handover: &Handover) -> Meta {
    let header = &subject.record.header;
    let assisted = if header.assisted { ", assisted" } else { "" };
    Meta {
        banner: header_banner(subject),
        title: words::title(subject.exercise),
        mode: format!("{}{assisted}", words::mode(header.mode)),
        handling: handover.handling,
        organisation: subject.exercise.organisation().name.trim().to_owned(),
        plan: words::plan(subject.exercise),
        when: format!(
            "{} to {}, {}",
            subject.clock.full(ExerciseTime::STARTEX),
            subject.clock.end(subject.ended_at()),
            subject.clock.zone()
        ),
        seed: format!("seed {}, run {}", header.seed, header.run),
        fingerprint: handover.fingerprint.clone(),
        entries: subject.evaluation.entries,
        version: header.engine_version.clone(),
        names: handover.people == People::ById,
    }
}

/// An entry in words: as a moment where it is one, else by its kind.
fn cited(subject: &Subject, entry: u32) -> Option<Cited> {
    let found = subject.record.entry(entry)?;
    let says = match words::moment(subject, found) {
        Some((text, _)) => text.words(),
        None => {
            let what = words::upper_first(&words::spaced(found.event.name()));
            match found.actor {
                Actor::Rules {} => what,
                _ => format!(
                    "{what} ({})",
                    words::lower_first(&words::actor(subject, found))
                ),
            }
        }
    };
    Some(Cited {
        entry,
        at: subject.clock.label(found.at),
        says,
    })
}
