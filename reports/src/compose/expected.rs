//! What was expected of the team: each expectation with its inject, what it asked for, who answered, when.
//!
//! Composed for full documents. It judges nothing: all of it stands in the evaluation.

use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, references};
use hotwash_engine::evaluation::{Act, ExpectationVerdict, Standing};
use hotwash_engine::exercise::Asks;

/// How many acts one row cites at most.
const CITED: usize = 4;

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
    let asked = verdict.asked.map(|asked| asked.entry);
    let entries: Vec<u32> = asked
        .into_iter()
        .chain(verdict.proofs().take(CITED))
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

/// Who answered and when: of several assets how many, and who was the last; and who did it without the function.
pub(crate) fn answers(subject: &Subject, verdict: &ExpectationVerdict) -> String {
    if let Standing::NotExercised(why) = verdict.standing {
        return words::not_exercised(why).to_owned();
    }
    let expectation = &subject.exercise.scenario().expectations[verdict.expectation.index()];
    match expectation.asks {
        Asks::Does(_) => {}
        Asks::Refrains(..) => return kept(subject, verdict),
        Asks::Observed => return judged(verdict),
    }
    let acts: Vec<&Act> = verdict
        .items
        .iter()
        .filter_map(|item| item.act.as_ref())
        .collect();
    let last = acts.iter().max_by_key(|act| (act.done.at, act.done.entry));
    let overtaken = verdict.items.iter().find_map(|item| item.overtaken);
    let (done, all) = (acts.len(), verdict.items.len());
    let mut said = match (last, overtaken) {
        (Some(act), _) if all == 1 => by(subject, act),
        (Some(act), _) if done == all => format!("all {all}, the last {}", by(subject, act)),
        (Some(act), _) => format!("{done} of {all}, the last {}", by(subject, act)),
        (None, Some(of)) => {
            let (what, at) = (words::measure(of.measure), subject.clock.label(of.done.at));
            format!("nobody: {what} came first, at {at}")
        }
        (None, None) => "nobody".to_owned(),
    };
    if let Some(other) = verdict.by_others.first() {
        said.push_str("; ");
        said.push_str(&by(subject, other));
        said.push_str(" did, of whom it was not expected");
    }
    said
}

/// Whether anybody did what must not be done: who first, and on how many assets.
fn kept(subject: &Subject, verdict: &ExpectationVerdict) -> String {
    match &verdict.broken[..] {
        [] => "nobody did it".to_owned(),
        [one] => format!("done all the same: {}", by(subject, &one.act)),
        [first, ..] => {
            let n = verdict.broken.len();
            format!(
                "done all the same on {n}, first {}",
                by(subject, &first.act)
            )
        }
    }
}

/// What evaluators said, each in a word.
fn judged(verdict: &ExpectationVerdict) -> String {
    let said = verdict.judged.iter();
    let said = said.map(|of| format!("{}: {}", of.by.trim(), words::tick(of.tick)));
    said.collect::<Vec<_>>().join("; ")
}

fn by(subject: &Subject, act: &Act) -> String {
    let who = act.person.map_or_else(
        || subject.names.the_role(act.role),
        |person| subject.names.in_role(person, act.role),
    );
    format!("{who} at {}", subject.clock.label(act.done.at))
}
