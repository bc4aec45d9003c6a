//! What was expected of the team: each expectation with its inject, what it asked for, who answered, when.
//!
//! Composed for full documents. It judges nothing: all of it stands in the evaluation.

use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, references};
use hotwash_engine::evaluation::{Act, AskedFor, ExpectationVerdict, Standing};

/// How many assets one row names at most.
const NAMED: usize = 4;

/// The section; without expectations it is empty.
pub(super) fn section(subject: &Subject) -> Section {
    let rows: Vec<Vec<Text>> = subject
        .evaluation
        .expectations
        .iter()
        .map(|verdict| row(subject, verdict))
        .collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table(Table {
            columns: vec![
                Column::left("Inject"),
                Column::wrapping("Expected"),
                Column::left("How it stands"),
                Column::wrapping("Who answered, and when"),
                Column::right("Entries"),
            ],
            rows,
            titled: true,
        })]
    };
    Section {
        part: Part::Expectations,
        depth: Depth::Full,
        title: "What was expected".to_owned(),
        aside: String::new(),
        blocks,
    }
}

fn row(subject: &Subject, verdict: &ExpectationVerdict) -> Vec<Text> {
    let expectation = &subject.exercise.scenario().expectations[verdict.expectation.index()];
    let (stands, tone) = words::standing(verdict.standing);
    let acts = verdict.items.iter().filter_map(|item| item.act);
    let asked = verdict.asked.map(|asked| asked.entry);
    let entries: Vec<u32> = asked
        .into_iter()
        .chain(acts.map(|act| act.done.entry).take(NAMED))
        .collect();
    let inject = &subject.exercise.inject(expectation.inject).slug;
    let of = subject.names.addressee(expectation.of);
    let text = subject.names.expectation(verdict.expectation);
    let text = text.trim().trim_end_matches('.');
    vec![
        Text::plain(inject.as_str().replace(['-', '_'], " ")),
        Text::plain(format!("{text} ({of})")),
        Text::toned(stands, tone),
        Text::plain(answers(subject, verdict)),
        Text::toned(references(&entries), Tone::Faint),
    ]
}

/// Who answered and when, by asset where it is about assets, and who did it without the function.
pub(crate) fn answers(subject: &Subject, verdict: &ExpectationVerdict) -> String {
    if let Standing::NotExercised(why) = verdict.standing {
        return words::not_exercised(why).to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for item in verdict.items.iter().take(NAMED) {
        parts.push(answer(subject, item));
    }
    if verdict.items.len() > NAMED {
        parts.push(format!("{} more", verdict.items.len() - NAMED));
    }
    let others = verdict.by_others.iter().take(1);
    parts.extend(others.map(|act| format!("done by {}, who was not asked", by(subject, act))));
    parts.join("; ")
}

fn answer(subject: &Subject, item: &AskedFor) -> String {
    let what = item.asset.map_or_else(String::new, |asset| {
        format!("{}: ", subject.names.asset(asset))
    });
    if let Some(of) = item.overtaken {
        let (by, at) = (words::measure(of.measure), subject.clock.label(of.done.at));
        return format!(
            "{what}nobody; {by} overtook it at {at}, and the plan leaves the order open"
        );
    }
    match &item.act {
        None => format!("{what}nobody"),
        Some(act) if item.in_time => format!("{what}{}", by(subject, act)),
        Some(act) => format!("{what}{}, late", by(subject, act)),
    }
}

fn by(subject: &Subject, act: &Act) -> String {
    let who = act.person.map_or_else(
        || subject.names.the_role(act.role),
        |person| subject.names.in_role(person, act.role),
    );
    format!("{who} at {}", subject.clock.label(act.done.at))
}
