//! The page of one screen of a comparison: the verdict, what counts most, the deadlines that moved, the
//! score, and the phases a line each.

use super::{Compared, by, chances, closing, counted, difference, head, scores, section, verdict};
use crate::campaign::figure::change_span;
use crate::document::{Block, Column, Document, Part, Section, Table, Text};
use crate::words::{Naming, People, count};
use hotwash_engine::campaign::PhaseDifference;

impl Document {
    /// The page of one screen of a comparison.
    pub fn page_of_comparison(of: &Compared<'_>) -> Self {
        let mut sections = vec![head(of), verdict(of)];
        if !of.comparison.is_identical() {
            sections.extend([
                counted::harm_of_page(of),
                clocks(of),
                scores(of),
                phases(of),
            ]);
        }
        sections.push(closing(of));
        Self::of_sections(of, sections)
    }
}

/// The phases on a page of one screen: a line each.
fn phases(of: &Compared<'_>) -> Section {
    let row = |phase: &PhaseDifference| {
        let i = phase.phase.index();
        let [a, b] = [of.first.summary, of.second.summary].map(|it| &it.phases[i]);
        let short = |text: String| {
            let end = text.find(" (").unwrap_or(text.len());
            Text::plain(&text[..end])
        };
        vec![
            Text::plain(phase.phase.name()),
            Text::plain(chances(a.in_time, b.in_time)),
            short(by(phase.in_time, phase.in_time_interval)),
            short(difference(&phase.time, change_span)),
        ]
    };
    let rows: Vec<Vec<Text>> = of.comparison.phases.iter().map(row).collect();
    if rows.is_empty() {
        return section(Part::Phases, "", Vec::new());
    }
    let table = Table {
        columns: vec![
            Column::left(""),
            Column::right("in time"),
            Column::right("change in points"),
            Column::right("time until complete"),
        ],
        rows,
        titled: true,
    };
    let mut section = section(Part::Phases, "Phases", vec![Block::Table(table)]);
    "before -> after, then the change".clone_into(&mut section.aside);
    section
}

/// The deadlines on a page of one screen: those of which a run kept one more or one less.
fn clocks(of: &Compared<'_>) -> Section {
    let names = Naming::new(of.first.exercise, People::ByRole);
    let mut moved = of
        .comparison
        .clocks
        .iter()
        .filter(|it| it.kept.gained + it.kept.lost > 0);
    let said: Vec<Text> = moved
        .by_ref()
        .map(|clock| {
            Text::plain(format!(
                "{}: kept in {} more runs, and no longer in {}.",
                names.obligation(clock.obligation),
                count(clock.kept.gained),
                count(clock.kept.lost)
            ))
        })
        .collect();
    let blocks = if said.is_empty() {
        let alike = "Every deadline is kept in the same runs before and after.";
        vec![Block::Paragraph(Text::plain(alike))]
    } else {
        vec![Block::List(said)]
    };
    let decided = of.comparison.clocks.iter().any(|it| it.kept.n > 0);
    section(
        Part::Clocks,
        "Duties with a deadline",
        if decided { blocks } else { Vec::new() },
    )
}
