//! Acts that were refused: who wanted what when, and why it was not possible.
//!
//! Whoever plays people from a file, or in a drill, has to learn that nothing came of an act.

use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, count, plural, references};
use hotwash_engine::record::{Entry, Event};

/// How many a summary lists.
const SUMMARY: usize = 8;

/// The acts that were refused, in order.
fn refused<'a>(subject: &'a Subject) -> impl Iterator<Item = &'a Entry> {
    let entries = subject.record.entries.iter();
    entries.filter(|entry| matches!(entry.event, Event::ActionRejected { .. }))
}

/// How many acts were refused, of how many, as a sentence; `None`: none was.
pub(super) fn counted(subject: &Subject) -> Option<String> {
    let refused = refused(subject).count() as u64;
    if refused == 0 {
        return None;
    }
    let entries = subject.record.entries.iter();
    let taken = entries.filter(|entry| matches!(entry.event, Event::ActionTaken { .. }));
    let all = refused + taken.count() as u64;
    Some(format!(
        "{} of {} {} {} refused.",
        count(refused),
        count(all),
        plural(all, "act", "acts"),
        plural(refused, "was", "were"),
    ))
}

/// The list of a summary, and of a full document.
pub(super) fn sections(subject: &Subject) -> Vec<Section> {
    let all = refused(subject).count();
    let section = |depth, shown: usize| {
        let left = all.saturating_sub(shown);
        let rows: Vec<Vec<Text>> = refused(subject)
            .take(shown)
            .filter_map(|entry| row(subject, entry))
            .collect();
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            blocks.push(Block::Table(table(rows)));
        }
        if left > 0 {
            let more = format!("{left} more in the full report.");
            blocks.push(Block::Paragraph(Text::toned(more, Tone::Faint)));
        }
        Section {
            part: Part::Judgement,
            depth,
            title: "Acts that were refused".to_owned(),
            aside: String::new(),
            blocks,
        }
    };
    vec![
        section(Depth::SummaryOnly, SUMMARY),
        section(Depth::Full, usize::MAX),
    ]
}

fn table(rows: Vec<Vec<Text>>) -> Table {
    Table {
        columns: vec![
            Column::left("When"),
            Column::wrapping("Who"),
            Column::wrapping("Wanted to"),
            Column::wrapping("Refused because"),
            Column::right("Entry"),
        ],
        rows,
        titled: true,
    }
}

fn row(subject: &Subject, entry: &Entry) -> Option<Vec<Text>> {
    let Event::ActionRejected { act, reason } = &entry.event else {
        return None;
    };
    let whole = |text: &str| text.trim().trim_end_matches('.').to_owned();
    Some(vec![
        Text::plain(subject.clock.label(entry.at)),
        Text::plain(words::actor(subject, entry)),
        Text::plain(words::act(subject, act, &whole)),
        Text::toned(words::refusal(*reason), Tone::Weak),
        Text::toned(references(&[entry.number]), Tone::Faint),
    ])
}
