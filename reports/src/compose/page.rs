//! The page of one screen of a run: what a manager reads first.
//!
//! The binary shows it unless all is asked for. It holds about forty lines at eighty columns whatever the exercise:
//! the verdict, the picture, the phases, the duties, what helps most, and where to go next. It says nothing that the
//! full page does not say.

use super::{Options, findings, header, lanes, outcome, phases, score, stand_ins};
use crate::document::{Block, Depth, Document, Lane, Part, Section, Timeline};
use crate::words::{self, Subject};
use hotwash_engine::evaluation::Evaluation;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::Record;

/// How many roles the picture shows.
const ROLES: usize = 4;

impl Document {
    /// The page of one screen of a run.
    pub fn page_of(
        exercise: &Exercise,
        record: &Record,
        evaluation: &Evaluation,
        options: &Options,
    ) -> Self {
        let subject = Subject::new(exercise, record, evaluation, options.people);
        let mut sections = vec![
            header::of_page(&subject, options),
            score::of_page(&subject),
            story(&subject),
            phases(&subject),
            findings::of_page(&subject, options),
            next(options),
        ];
        sections.retain(|section| !section.blocks.is_empty());
        Self {
            banner: header::banner(&subject),
            title: words::title(exercise),
            sections,
            stand_ins: stand_ins(exercise),
        }
    }
}

/// The phases, and below them the duties with a deadline.
fn phases(subject: &Subject) -> Section {
    let mut section = phases::ladder_of_page(subject);
    section.blocks.extend(outcome::clocks_of_page(subject));
    section
}

fn story(subject: &Subject) -> Section {
    Section {
        part: Part::Story,
        depth: Depth::Summary,
        title: "What happened".to_owned(),
        aside: String::new(),
        blocks: vec![Block::Timeline(busiest(lanes::timeline(subject)))],
    }
}

/// The picture with the lanes of those roles alone that had most to do. Injects stand in it by numbers that nothing on
/// the page explains, so they are left out.
fn busiest(mut timeline: Timeline) -> Timeline {
    timeline.lanes.retain(|lane| lane.name != lanes::INJECTS);
    timeline
        .legend
        .retain(|item| !item.meaning.starts_with("inject") && item.meaning != "noise");
    let is_role = |lane: &Lane| lane.optional && lane.pins.is_empty() && !lane.stretches.is_empty();
    let filled = |lane: &Lane| -> i64 {
        let spans = lane.stretches.iter().map(|part| part.until - part.from);
        spans.map(|span| span.0).sum()
    };
    let mut spans: Vec<i64> = timeline
        .lanes
        .iter()
        .filter(|lane| is_role(lane))
        .map(filled)
        .collect();
    spans.sort_unstable_by_key(|span| std::cmp::Reverse(*span));
    let Some(least) = spans.get(ROLES - 1).copied() else {
        return timeline;
    };
    let mut left = ROLES;
    let all = timeline.lanes.len();
    timeline.lanes.retain(|lane| {
        let keep = !is_role(lane) || filled(lane) >= least && left > 0;
        left -= usize::from(keep && is_role(lane));
        keep
    });
    timeline.left_out += all - timeline.lanes.len();
    timeline
}

fn next(options: &Options) -> Section {
    Section {
        part: Part::Footing,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks: header::next(&options.next).into_iter().collect(),
    }
}
