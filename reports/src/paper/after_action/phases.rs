//! The phases: from when, how long, against which target, and what their time was made of.

use crate::compose::phases::{bar, incidents, rung};
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, Subject};
use hotwash_engine::evaluation::Category;
use hotwash_engine::exercise::{BasisPoints, Span};

/// How many stretches of a phase are told.
const TOLD: usize = 4;

/// Each phase with its own start, time, target and parts.
pub(super) fn times(subject: &Subject) -> Part {
    let several = subject.evaluation.incidents.len() > 1;
    let points = |of: Option<BasisPoints>| of.map_or(Cell::None, Cell::Points);
    let rows = incidents(subject).flat_map(|judged| {
        judged.phases.iter().map(move |phase| {
            let rung = rung(subject, phase);
            let stands = if several {
                format!(
                    "{}: {}",
                    subject.names.incident(judged.incident),
                    rung.status
                )
            } else {
                rung.status.clone()
            };
            vec![
                Cell::Phase(phase.phase),
                Cell::Text(Rich::plain(rung.from.unwrap_or_default())),
                rung.taken.map_or(Cell::None, Cell::Span),
                rung.target.map_or(Cell::None, Cell::Span),
                Cell::Text(Rich::plain(words::upper_first(&stands))),
                points(phase.timeliness),
                points(phase.coverage),
                points(phase.judgement),
                Cell::Entries(rung.entry.into_iter().collect()),
            ]
        })
    });
    let table = Table {
        caption: "Time, coverage and judgement by phase".to_owned(),
        columns: vec![
            Column::new("Phase", Width::Middle),
            Column::new("From", Width::Narrow),
            Column::new("Took", Width::Narrow),
            Column::new("Target", Width::Narrow),
            Column::new("How it stands", Width::Middle),
            Column::new("Time", Width::Narrow),
            Column::new("Coverage", Width::Narrow),
            Column::new("Judgement", Width::Narrow),
            Column::new("Entries", Width::Narrow),
        ],
        rows: rows.collect(),
    };
    let note = "Each phase counts from its own start. Time, coverage and judgement are points of a hundred.";
    let blocks = vec![Block::Table(table), Block::Note(Rich::plain(note))];
    Part::new("phases", "By phase", blocks)
}

/// What the time of each phase was made of: its longest stretches.
pub(super) fn made_of(subject: &Subject) -> Part {
    let phases = incidents(subject).flat_map(|judged| &judged.phases);
    let rows = phases.flat_map(|phase| {
        let total: Span = phase
            .made_of
            .iter()
            .map(|part| part.until - part.from)
            .sum();
        let stretches = Category::ALL.iter();
        let mut stretches: Vec<_> = stretches
            .filter_map(|category| bar(subject, phase, *category, total))
            .collect();
        stretches.sort_by_key(|stretch| std::cmp::Reverse(stretch.span));
        stretches.into_iter().take(TOLD).map(|stretch| {
            vec![
                Cell::Phase(phase.phase),
                Cell::Text(Rich::plain(words::upper_first(&stretch.name))),
                Cell::Span(stretch.span),
                Cell::Text(Rich::plain(words::percent(stretch.share))),
                Cell::Text(Rich::plain(words::upper_first(&stretch.note))),
                Cell::Entries(stretch.entries),
            ]
        })
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("time", "", Vec::new());
    }
    let table = Table {
        caption: "What the time of each phase was made of".to_owned(),
        columns: vec![
            Column::new("Phase", Width::Middle),
            Column::new("What", Width::Wide),
            Column::new("How long", Width::Narrow),
            Column::new("Share", Width::Narrow),
            Column::new("Whose", Width::Middle),
            Column::new("Entries", Width::Narrow),
        ],
        rows,
    };
    Part::new(
        "time",
        "What the time was made of",
        vec![Block::Table(table)],
    )
}
