//! What a full report holds beyond the summary: every item, question, gap and default.

use super::material;
use crate::document::{Block, Column, Depth, Part, Section, Table, Text, Tone};
use crate::words::{self, Subject, references, upper_first};
use hotwash_engine::evaluation::{CoverageItem, IncidentEvaluation, ItemKind};
use hotwash_engine::exercise::{DefaultUsed, Exercise};

/// The sections, in order; those without content are empty.
pub(super) fn sections(subject: &Subject) -> Vec<Section> {
    let mut sections = vec![
        super::expected::section(subject),
        coverage(subject),
        judgement(subject),
        super::said::section(subject),
        debrief(subject.exercise),
    ];
    sections.extend(material::sections(subject.exercise));
    sections.push(gaps(subject.exercise, Depth::Full));
    sections.push(defaults(subject.exercise, Depth::Full));
    sections
}

fn section(part: Part, depth: Depth, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        part,
        depth,
        title: title.to_owned(),
        aside: String::new(),
        blocks,
    }
}

fn table(columns: Vec<Column>, rows: Vec<Vec<Text>>) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(Table {
        columns,
        rows,
        titled: true,
    })]
}

/// The incident of a row, where there are several.
fn of_incident(subject: &Subject, judged: &IncidentEvaluation, text: &str) -> Text {
    if subject.evaluation.incidents.len() > 1 {
        Text::plain(format!(
            "{text}, {}",
            subject.names.incident(judged.incident)
        ))
    } else {
        Text::plain(text)
    }
}

fn coverage(subject: &Subject) -> Section {
    let rows = subject.evaluation.incidents.iter().flat_map(|judged| {
        judged.phases.iter().flat_map(move |phase| {
            phase.coverage_items.iter().map(move |item| {
                let (status, tone) = words::coverage_status(item.status);
                vec![
                    of_incident(subject, judged, phase.phase.name()),
                    Text::plain(called_for(subject, item)),
                    Text::toned(status, tone),
                    Text::plain(words::percent(item.done)),
                    Text::toned(references(&item.evidence), Tone::Faint),
                ]
            })
        })
    });
    let columns = vec![
        Column::left("Phase"),
        Column::wrapping("Called for"),
        Column::left("Status"),
        Column::right("Done"),
        Column::right("Entries"),
    ];
    let blocks = table(columns, rows.collect());
    section(
        Part::Coverage,
        Depth::Full,
        "What should have been done",
        blocks,
    )
}

pub(crate) fn called_for(subject: &Subject, item: &CoverageItem) -> String {
    match item.kind {
        ItemKind::Task(task) => subject.names.task(task),
        ItemKind::Expectation(expectation) => subject.names.expectation(expectation),
        ItemKind::Missing(measure) => {
            format!(
                "{}, for which no task of the plan is there",
                words::measure(measure)
            )
        }
    }
}

fn judgement(subject: &Subject) -> Section {
    let rows = subject.evaluation.incidents.iter().flat_map(|judged| {
        judged.phases.iter().flat_map(move |phase| {
            phase.judged_items.iter().map(move |item| {
                let sound = if item.sound {
                    Text::toned("sound", Tone::Good)
                } else {
                    Text::toned("not sound", Tone::Bad)
                };
                vec![
                    of_incident(subject, judged, phase.phase.name()),
                    Text::plain(upper_first(&words::judged(subject, item.kind))),
                    sound,
                    Text::toned(references(&item.evidence), Tone::Faint),
                ]
            })
        })
    });
    let columns = vec![
        Column::left("Phase"),
        Column::wrapping("Judged"),
        Column::left("Result"),
        Column::right("Entries"),
    ];
    section(
        Part::Judgement,
        Depth::Full,
        "What was judged",
        table(columns, rows.collect()),
    )
}

fn debrief(exercise: &Exercise) -> Section {
    let questions = &exercise.scenario().debrief;
    let blocks = if questions.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(
            questions.iter().map(|q| Text::plain(q.trim())).collect(),
        )]
    };
    section(
        Part::Debrief,
        Depth::Full,
        "Questions for the debrief",
        blocks,
    )
}

/// What the definitions ask for and do not have.
pub(crate) fn gaps(exercise: &Exercise, depth: Depth) -> Section {
    let gaps = &exercise.parts().gaps;
    let blocks = if gaps.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(
            gaps.iter()
                .map(|gap| Text::plain(words::gap(gap)))
                .collect(),
        )]
    };
    section(Part::Gaps, depth, "What is missing", blocks)
}

/// The defaults that the exercise stands on, with where they come from.
pub(crate) fn defaults(exercise: &Exercise, depth: Depth) -> Section {
    let rows = exercise.parts().defaults.iter().map(|default| {
        vec![
            Text::plain(default.place.clone()),
            Text::plain(default.value.clone()),
            Text::plain(default.source.clone()),
        ]
    });
    let columns = vec![
        Column::wrapping("What"),
        Column::wrapping("Value"),
        Column::wrapping("Source"),
    ];
    section(
        Part::Defaults,
        depth,
        "Defaults",
        table(columns, rows.collect()),
    )
}

/// The same for a listing: first the file and the line at which each would be given, each file named once.
pub(crate) fn defaults_at(exercise: &Exercise, at: &[Option<(String, usize)>]) -> Section {
    let mut all: Vec<(&str, usize, &DefaultUsed)> = exercise
        .parts()
        .defaults
        .iter()
        .zip(at.iter().map(Option::as_ref).chain(std::iter::repeat(None)))
        .map(|(default, at)| match at {
            Some((file, line)) => (file.as_str(), *line, default),
            None => ("", 0, default),
        })
        .collect();
    all.sort_by_key(|(file, line, default)| (*file, *line, &default.place));
    let mut blocks = Vec::new();
    for file in all.chunk_by(|one, other| one.0 == other.0) {
        let name = match file[0].0 {
            "" => "In no file:",
            name => name,
        };
        blocks.push(Block::Paragraph(Text::toned(name, Tone::Strong)));
        let rows = file.iter().map(|(_, line, default)| {
            let line = if *line == 0 {
                String::new()
            } else {
                line.to_string()
            };
            let words = default.place.split('.').skip(1);
            let what = words.collect::<Vec<_>>().join(" ");
            vec![
                Text::plain(line),
                Text::plain(if what.is_empty() {
                    &default.place
                } else {
                    &what
                }),
                Text::plain(default.value.clone()),
                Text::plain(default.source.clone()),
            ]
        });
        let columns = vec![
            Column::right("line"),
            Column::wrapping("what"),
            Column::wrapping("is taken as"),
            Column::wrapping("from"),
        ];
        blocks.extend(table(columns, rows.collect()));
    }
    section(Part::Defaults, Depth::Summary, "Defaults", blocks)
}
