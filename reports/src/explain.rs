//! What an exercise stands on: its gaps, and each default with its value and its source.

use crate::compose::{gaps_and_defaults, stand_ins};
use crate::document::{Block, Document, Part, Section, Text};
use crate::words::{count, plural};
use crate::{Depth, words};
use hotwash_engine::exercise::Exercise;

/// The listing for `--explain`.
pub fn document(exercise: &Exercise) -> Document {
    let parts = exercise.parts();
    let (defaults, gaps) = (parts.defaults.len() as u64, parts.gaps.len() as u64);
    let said = format!(
        "{defaults} of {} {} {} {}; {} {}.",
        count(u64::from(parts.inputs)),
        plural(u64::from(parts.inputs), "input", "inputs"),
        plural(defaults, "is", "are"),
        plural(defaults, "a default", "defaults"),
        if gaps == 0 {
            "no".to_owned()
        } else {
            gaps.to_string()
        },
        plural(gaps, "gap", "gaps"),
    );
    let mut sections = vec![Section {
        part: Part::Header,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks: vec![Block::Paragraph(Text::plain(said))],
    }];
    sections.extend(gaps_and_defaults(exercise));
    sections.retain(|section| !section.blocks.is_empty());
    Document {
        banner: "WHAT IT STANDS ON".to_owned(),
        title: words::title(exercise),
        sections,
        stand_ins: stand_ins(exercise),
    }
}
