//! What came, what was expected of the team, and what was decided.

use super::first::sentence;
use crate::compose::expected::answers;
use crate::paper::model::{Block, Cell, Column, Part, Rich, Table, Width};
use crate::words::{self, Subject};
use hotwash_engine::evaluation::{ExpectationVerdict, JudgedKind};
use hotwash_engine::exercise::{DecisionId, InjectId};
use hotwash_engine::record::Event;
use hotwash_engine::situation::Stamp;
use hotwash_engine::situation::story::{InjectState, Story};

/// The longest text of an inject that a cell holds, in characters.
const LONGEST: usize = 140;

/// By inject: what came, what was expected, and how it stands.
pub(super) fn injects(subject: &Subject) -> Part {
    let mut story = Story::new(subject.exercise);
    for entry in &subject.record.entries {
        story.apply(entry);
    }
    let injects = (0..subject.exercise.scenario().injects.len()).map(InjectId::new);
    let mut told: Vec<(InjectId, InjectState, Option<Stamp>)> = injects
        .filter_map(|id| Some((id, story.inject(id)?.state, story.inject(id)?.first)))
        .collect();
    told.sort_by_key(|(id, _, first)| (first.is_none(), first.map(|of| of.at), *id));
    let parts = told
        .into_iter()
        .map(|(id, state, first)| inject(subject, id, (state, first)));
    let parts: Vec<Part> = parts.filter(|part| !part.is_empty()).collect();
    Part {
        parts,
        ..Part::new("injects", "By inject", Vec::new())
    }
}

/// One inject; none that stays away and of which nothing was expected.
fn inject(subject: &Subject, id: InjectId, (state, first): (InjectState, Option<Stamp>)) -> Part {
    let described = subject.exercise.inject(id);
    let expected = subject.evaluation.expectations.iter();
    let expected: Vec<&ExpectationVerdict> = expected
        .filter(|of| subject.exercise.scenario().expectations[of.expectation.index()].inject == id)
        .collect();
    let slug = described.slug.as_str();
    let (anchor, title) = (
        format!("inject-{slug}"),
        words::upper_first(&slug.replace(['-', '_'], " ")),
    );
    if described.noise || (first.is_none() && expected.is_empty()) {
        return Part::new(&anchor, "", Vec::new());
    }
    let mut blocks = vec![Block::Text(came(subject, id, (state, first)))];
    if !expected.is_empty() {
        blocks.push(Block::Table(Table {
            caption: format!("What was expected after \"{title}\""),
            columns: vec![
                Column::new("Expected", Width::Wide),
                Column::new("How it stands", Width::Middle),
                Column::new("Who, and when", Width::Wide),
                Column::new("Entries", Width::Narrow),
            ],
            rows: expected.into_iter().map(|of| row(subject, of)).collect(),
        }));
    }
    Part::new(&anchor, &title, blocks)
}

/// When an inject came, from whom to whom, and what it said.
fn came(subject: &Subject, id: InjectId, (state, first): (InjectState, Option<Stamp>)) -> Rich {
    let described = subject.exercise.inject(id);
    let to = subject.names.addressee(described.to);
    let between = format!("{} to {to}", described.from.trim());
    let Some(first) = first else {
        let why = match state {
            InjectState::HeldBack => "the facilitator held it back",
            InjectState::Skipped(_) => "it was left out",
            InjectState::ToCome | InjectState::Delivered => "it never came up",
        };
        return Rich::plain(format!("{between}. It did not come: {why}."));
    };
    Rich::strong(subject.clock.label(first.at))
        .and(format!(", {between}: \"{}\"", cut(described.text.trim())))
        .proven_by(&[first.entry])
}

/// A text short enough for a line or two.
fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let kept: String = text.chars().take(LONGEST).collect();
    let kept = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(kept, _)| kept);
    format!("{kept} ..")
}

fn row(subject: &Subject, verdict: &ExpectationVerdict) -> Vec<Cell> {
    let expectation = &subject.exercise.scenario().expectations[verdict.expectation.index()];
    let (stands, _) = words::standing(verdict.standing);
    let asked = verdict.asked.map(|asked| asked.entry);
    let entries: Vec<u32> = asked.into_iter().chain(verdict.proofs().take(4)).collect();
    let text = words::upper_first(subject.names.expectation(verdict.expectation).trim());
    let text = text.trim_end_matches('.');
    let critical = if verdict.critical { " Critical." } else { "" };
    let of = subject.names.addressee(expectation.of);
    vec![
        Cell::Text(Rich::plain(format!("{text} ({of}).{critical}"))),
        Cell::Text(Rich::strong(words::upper_first(stands))),
        Cell::Text(Rich::plain(words::upper_first(&answers(subject, verdict)))),
        Cell::Entries(entries),
    ]
}

/// Who decided what, when, and whether that was sound on what was known.
pub(super) fn decisions(subject: &Subject) -> Part {
    let entries = subject.record.entries.iter();
    let rows = entries.filter_map(|entry| {
        let Event::Decided { choice, .. } = &entry.event else {
            return None;
        };
        let decision = subject.exercise.plan().decision(choice.decision);
        let option = decision.options.get(choice.option.index())?;
        Some(vec![
            Cell::Instant(entry.at, subject.clock.label(entry.at)),
            Cell::Text(Rich::plain(sentence(&decision.question))),
            Cell::Text(Rich::strong(words::upper_first(option.text.trim()))),
            Cell::Text(Rich::plain(words::upper_first(&words::actor(
                subject, entry,
            )))),
            Cell::Text(Rich::plain(soundness(subject, choice.decision))),
            Cell::Entries(vec![entry.number]),
        ])
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Part::new("decisions", "", Vec::new());
    }
    let table = Table {
        caption: "Decisions".to_owned(),
        columns: vec![
            Column::new("When", Width::Narrow),
            Column::new("Question", Width::Wide),
            Column::new("Decided", Width::Middle),
            Column::new("By", Width::Middle),
            Column::new("On what was known", Width::Narrow),
            Column::new("Entries", Width::Narrow),
        ],
        rows,
    };
    Part::new("decisions", "Decisions", vec![Block::Table(table)])
}

fn soundness(subject: &Subject, decision: DecisionId) -> String {
    let items = subject
        .evaluation
        .incidents
        .iter()
        .flat_map(|judged| &judged.phases);
    let mut items = items.flat_map(|phase| &phase.judged_items);
    let judged = items.find(|item| matches!(item.kind, JudgedKind::Decision(of) if of == decision));
    match judged {
        Some(item) if item.sound => "sound".to_owned(),
        Some(_) => "not sound".to_owned(),
        None => "not judged".to_owned(),
    }
}
