//! What an exercise stands on: its gaps, and each default with its value and its source.

use crate::compose::{gaps_and_defaults, header::stands_on, stand_ins};
use crate::document::{Block, Document, Part, Section, Text};
use crate::{Depth, words};
use hotwash_engine::exercise::Exercise;

/// The listing for `--explain`. `at`: the file and the line at which each default would be given, in their order.
pub fn document(exercise: &Exercise, at: &[Option<(String, usize)>]) -> Document {
    let said = stands_on(exercise);
    let mut sections = vec![Section {
        part: Part::Header,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks: vec![Block::Paragraph(Text::plain(said))],
    }];
    sections.extend(gaps_and_defaults(exercise, at));
    sections.retain(|section| !section.blocks.is_empty());
    Document {
        banner: "WHAT IT STANDS ON".to_owned(),
        title: words::title(exercise),
        sections,
        stand_ins: stand_ins(exercise),
    }
}
