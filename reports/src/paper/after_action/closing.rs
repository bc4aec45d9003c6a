//! Who took part, how the report was made, and the annexes.

use super::Handover;
use crate::compose::detail::called_for;
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, People, Subject, count, plural};
use hotwash_engine::exercise::{Mode, PersonId};
use hotwash_engine::record::{Attendance, Seat};
use hotwash_engine::situation::participants::Participants;

/// Who took part and who should have been there.
pub(super) fn participants(subject: &Subject, handover: &Handover) -> Part {
    let mut taking_part = Participants::new(subject.exercise);
    taking_part.invite(&subject.record.header.attendance);
    for entry in &subject.record.entries {
        taking_part.apply(entry);
    }
    let people = (0..subject.exercise.organisation().people.len()).map(PersonId::new);
    let rows = people.map(|person| {
        let roles = subject.exercise.roles_held(person).iter();
        let roles: Vec<String> = roles.map(|role| subject.names.role(*role)).collect();
        let invited = subject.record.header.attendance.iter();
        let invited = invited
            .clone()
            .find(|(of, _)| *of == person)
            .map(|(_, how)| *how);
        let how = match (invited, taking_part.is_human(person)) {
            (Some(Attendance::Played), _) => "took part",
            (Some(Attendance::Absent), true) => "came later",
            (Some(Attendance::Absent), false) => "was invited and absent; a stand-in acted",
            (None, true) => "joined",
            (None, false) => "was simulated",
        };
        let who = subject.names.person(person);
        vec![
            Cell::Text(Rich::plain(words::upper_first(&who))),
            Cell::Text(Rich::plain(roles.join(", "))),
            Cell::Text(Rich::plain(how)),
        ]
    });
    let table = Table {
        caption: "Who took part".to_owned(),
        columns: vec![
            Column::new("Who", Width::Middle),
            Column::new("Roles", Width::Wide),
            Column::new("How", Width::Middle),
        ],
        rows: rows.collect(),
    };
    let others = taking_part.here().iter().filter_map(|(name, seat)| {
        let seat = match seat {
            Seat::Evaluator {} => "evaluator",
            Seat::Facilitator {} => "facilitator",
            Seat::Observer {} => "observer",
            Seat::Plays { .. } => return None,
        };
        Some(format!("{name} ({seat})"))
    });
    let others: Vec<String> = others.collect();
    let mut blocks = vec![Block::Table(table)];
    if !others.is_empty() && handover.people == People::ById {
        let said = format!("Also there: {}.", others.join(", "));
        blocks.push(Block::Text(Rich::plain(said)));
    }
    Part::new("participants", "Who took part", blocks)
}

/// What was observed, what is computed, what rests on defaults, and what nobody can say.
pub(super) fn how_it_was_made(subject: &Subject, handover: &Handover) -> Part {
    let (header, parts) = (&subject.record.header, subject.exercise.parts());
    let acted = match header.mode {
        Mode::Simulated => {
            "Nobody took part: what people did was drawn at random by the rules of the engine, and another seed tells another course of events."
        }
        Mode::Discussed => "People talked it through. What was not computed is not scored.",
        Mode::Drilled => "People acted. What their acts led to was computed.",
        Mode::Mixed => {
            "Some people acted, the others were simulated. What their acts led to was computed."
        }
        Mode::Real => {
            "It is the log of a real incident. What is said here follows from the log alone."
        }
    };
    let entries = u64::from(subject.evaluation.entries);
    let record = handover.fingerprint.as_ref().map_or_else(
        || format!("The record has {} {}.", count(entries), plural(entries, "entry", "entries")),
        |print| {
            format!(
                "The record has {} {}; its fingerprint is {print}. `hotwash verify` shows whether it was changed.",
                count(entries),
                plural(entries, "entry", "entries")
            )
        },
    );
    let defaults = parts.defaults.len() as u64;
    let rests = format!(
        "{} of {} inputs are defaults; the annex lists them by file.",
        count(defaults),
        count(u64::from(parts.inputs))
    );
    let tried = handover.advice.as_ref().map_or_else(
        || "No proposal was tried: the gains are not known.".to_owned(),
        |advice| {
            let runs = advice.trials.rounds.last().map_or(0, |round| round.runs);
            format!(
                "{} of the proposals were tried on {} simulated runs each, the best again on {} fresh ones. A gain is a prediction for this exercise.",
                count(advice.trials.tried as u64),
                count(runs),
                count(advice.trials.fresh)
            )
        },
    );
    let computed = "Every figure is computed by fixed rules from the record and from the definitions that it holds; every claim names the entries that prove it. Nothing in it was written by hand.";
    let items = [acted, computed, &record, &rests, &tried];
    let list = Block::List {
        numbered: false,
        items: items.iter().map(|item| Rich::plain(*item)).collect(),
    };
    Part::new("made", "How this report was made", vec![list])
}

/// What should have been done in each phase, and how far it was.
pub(super) fn coverage(subject: &Subject) -> Part {
    let phases = subject
        .evaluation
        .incidents
        .iter()
        .flat_map(|judged| &judged.phases);
    let rows = phases.flat_map(|phase| {
        phase.coverage_items.iter().map(|item| {
            let (status, _) = words::coverage_status(item.status);
            vec![
                Cell::Phase(phase.phase),
                Cell::Text(Rich::plain(called_for(subject, item))),
                Cell::Text(Rich::plain(words::upper_first(status))),
                Cell::Points(item.done),
                Cell::Entries(item.evidence.clone()),
            ]
        })
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("coverage", "", Vec::new());
    }
    let table = Table {
        caption: "What should have been done".to_owned(),
        columns: vec![
            Column::new("Phase", Width::Middle),
            Column::new("Called for", Width::Wide),
            Column::new("How it stands", Width::Middle),
            Column::new("Done, of 100", Width::Narrow),
            Column::new("Entries", Width::Narrow),
        ],
        rows,
    };
    Part::new(
        "coverage",
        "Annex: what should have been done",
        vec![Block::Table(table)],
    )
}

/// The defaults that it rests on. What is the same of many things of a kind stands once, with how many they are.
pub(super) fn defaults(subject: &Subject) -> Part {
    let mut grouped: Vec<(String, &str, &str, u64)> = Vec::new();
    for default in &subject.exercise.parts().defaults {
        let place = of_any(&default.place);
        let same = |(known, value, ..): &&mut (String, &str, &str, u64)| {
            *known == place && *value == default.value
        };
        match grouped.iter_mut().find(same) {
            Some((.., count)) => *count += 1,
            None => grouped.push((place, &default.value, &default.source, 1)),
        }
    }
    if grouped.is_empty() {
        return Part::new("defaults", "", Vec::new());
    }
    let rows = grouped.into_iter().map(|(place, value, source, count)| {
        vec![
            Cell::Text(Rich::plain(place)),
            Cell::Count(count),
            Cell::Text(Rich::plain(value)),
            Cell::Text(Rich::plain(source)),
        ]
    });
    let table = Table {
        caption: "Defaults".to_owned(),
        columns: vec![
            Column::new("Where", Width::Wide),
            Column::new("Times", Width::Narrow),
            Column::new("Value", Width::Middle),
            Column::new("Where it comes from", Width::Middle),
        ],
        rows: rows.collect(),
    };
    let title = "Annex: what rests on defaults";
    let note = "A star stands for every thing of its kind. `hotwash simulate --explain` lists each by itself.";
    let blocks = vec![Block::Note(Rich::plain(note)), Block::Table(table)];
    Part::new("defaults", title, blocks)
}

/// A place with a star for the thing that it is about: `organisation.people.*.notice`.
fn of_any(place: &str) -> String {
    let mut steps: Vec<&str> = place.split('.').collect();
    let last = steps.len().saturating_sub(1);
    let thing = match steps.first() {
        Some(&"organisation" | &"plan" | &"scenario") => 2,
        _ => 1,
    };
    if thing < last {
        steps[thing] = "*";
    }
    steps.join(".")
}
