//! What evaluators saw, and what came of the hot wash. It stands beside what is computed, and changes none of it.

use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, references};
use hotwash_engine::evaluation::Said;
use hotwash_engine::exercise::Day;
use hotwash_engine::record::{HumanAct, Remark, Tick, Ticked};

/// The ratings that evaluators gave, each beside the computed one.
pub(super) fn ratings(subject: &Subject) -> impl Iterator<Item = Block> {
    let given = holding(subject).filter_map(|said| match &said.act {
        HumanAct::Rate {
            objective,
            rating,
            remark,
        } => {
            let computed = subject.evaluation.objectives[objective.index()].rating;
            let objective = &subject.exercise.scenario().objectives[objective.index()];
            let said_of = format!(
                "{} rates {}: {}; computed: {}. {}",
                remark.by.trim(),
                ended(&objective.text),
                words::rating(*rating),
                words::rating(computed),
                noted(remark)
            );
            Some(text(&said_of, said))
        }
        _ => None,
    });
    given.map(Block::Paragraph).collect::<Vec<_>>().into_iter()
}

/// Ticks, observations, votes and commitments.
pub(super) fn section(subject: &Subject) -> Section {
    let rows: Vec<Vec<Text>> = holding(subject)
        .filter_map(|said| {
            let remark = said.act.remark()?;
            let (what, how) = told(subject, &said.act)?;
            let seen = remark.seen.unwrap_or(said.at);
            Some(vec![
                Text::plain(subject.clock.label(seen)),
                Text::plain(remark.by.trim()),
                Text::plain(what),
                Text::plain(format!("{how} {}", noted(remark)).trim().to_owned()),
                Text::toned(references(&[said.entry]), Tone::Faint),
            ])
        })
        .collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            columns: vec![
                Column::left("Seen"),
                Column::left("By"),
                Column::wrapping("About"),
                Column::wrapping("Said"),
                Column::right("Entries"),
            ],
            rows,
            titled: true,
        }));
    }
    Section {
        part: Part::Judgement,
        depth: Depth::Full,
        title: "What people said about it".to_owned(),
        aside: "beside what is computed".to_owned(),
        blocks,
    }
}

/// What was said and holds: no correction took its place.
fn holding<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a Said> {
    let said = subject.evaluation.said.iter();
    said.filter(|of| of.corrected_by.is_none())
}

fn told(subject: &Subject, act: &HumanAct) -> Option<(String, String)> {
    Some(match act {
        HumanAct::Tick { what, how, .. } => {
            let what = match what {
                Ticked::Expectation { expectation } => subject.names.expectation(*expectation),
                Ticked::KeyPoint { id } => format!("key point {id}"),
            };
            let how = match how {
                Tick::Met => "met.",
                Tick::Partly => "met in part.",
                Tick::Not => "not met.",
                Tick::NotSeen => "not seen.",
            };
            (what, how.to_owned())
        }
        HumanAct::Observe { entry, .. } => (format!("entry {entry}"), String::new()),
        HumanAct::Vote { what, .. } => (what.trim().to_owned(), "voted for it.".to_owned()),
        HumanAct::Commit {
            text, owner, due, ..
        } => {
            let owner = subject.names.person(*owner);
            let how = format!("to be done by {}: {owner}.", date(*due));
            (text.trim().to_owned(), how)
        }
        _ => return None,
    })
}

fn date(day: Day) -> String {
    let (year, month, day) = day.civil();
    format!("{year:04}-{month:02}-{day:02}")
}

fn text(said: &str, of: &Said) -> Text {
    Text::plain(said.trim().to_owned())
        .and_toned(format!(" {}", references(&[of.entry])), Tone::Faint)
}

fn ended(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

fn noted(remark: &Remark) -> String {
    let mut said = remark.note.trim().trim_end_matches('.').to_owned();
    if !said.is_empty() {
        said.push('.');
    }
    let instead = remark
        .corrects
        .map(|entry| format!(" (In place of entry {entry}.)"));
    said + instead.as_deref().unwrap_or_default()
}
