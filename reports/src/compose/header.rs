//! Who, what and when; and what the figures stand on.

use super::Options;
use crate::document::{Block, Depth, Part, Section, Text, Tone};
use crate::words::{self, Subject, duration, plural};
use hotwash_engine::exercise::{Exercise, ExerciseTime, Mode};

/// What stands above everything. A real incident is never called an exercise.
pub(super) fn banner(subject: &Subject) -> String {
    match subject.record.header.mode {
        Mode::Real => "REAL INCIDENT".to_owned(),
        Mode::Simulated | Mode::Discussed | Mode::Drilled | Mode::Mixed => "EXERCISE".to_owned(),
    }
}

/// The header.
pub(super) fn section(subject: &Subject, options: &Options) -> Section {
    let (exercise, header) = (subject.exercise, &subject.record.header);
    let parts = exercise.parts();
    let mut first = vec![parts.organisation.name.trim().to_owned(), plan(exercise)];
    first.push(words::mode(header.mode).to_owned());
    if header.assisted {
        first.push("assisted".to_owned());
    }
    if header.actions.is_some() {
        first.push("people played from a file".to_owned());
    }
    first.push(format!("seed {}, run {}", header.seed, header.run));
    if !options.origin.is_empty() {
        first.push(options.origin.clone());
    }
    first.retain(|text| !text.is_empty());
    let when = format!(
        "{} to {}, {} ({}). {}{} {}.",
        subject.clock.full(ExerciseTime::STARTEX),
        subject.clock.end(subject.ended_at()),
        subject.clock.zone(),
        words::end(subject.evaluation.end),
        onset(exercise),
        words::count(u64::from(subject.evaluation.entries)),
        plural(u64::from(subject.evaluation.entries), "entry", "entries"),
    );
    let about = format!("{}. {when}", first.join("; "));
    let mut blocks = vec![Block::Paragraph(Text::plain(about))];
    blocks.extend(played(subject));
    Section {
        part: Part::Header,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}

fn plan(exercise: &Exercise) -> String {
    let plan = exercise.plan();
    let title = match plan.title.trim() {
        "" => "plan".to_owned(),
        title if title.to_lowercase().contains("plan") => title.to_owned(),
        title => format!("plan \"{title}\""),
    };
    match plan.version.trim() {
        "" => title,
        version => format!("{title} {version}"),
    }
}

fn onset(exercise: &Exercise) -> String {
    let onset = exercise.parts().onset;
    if onset < ExerciseTime::STARTEX {
        format!(
            "The attack began {} before. ",
            duration(ExerciseTime::STARTEX - onset)
        )
    } else {
        String::new()
    }
}

/// Who took part, where people did.
fn played(subject: &Subject) -> Option<Block> {
    let attendance = &subject.record.header.attendance;
    if attendance.is_empty() {
        return None;
    }
    let people = attendance.iter().map(|(person, how)| {
        let how = match how {
            hotwash_engine::record::Attendance::Played => "",
            hotwash_engine::record::Attendance::Absent => " (absent, simulated)",
        };
        format!("{}{how}", subject.names.person(*person))
    });
    let people: Vec<String> = people.collect();
    Some(Block::Paragraph(Text::plain(format!(
        "Played: {}.",
        people.join("; ")
    ))))
}

/// What the figures stand on, and where to go next.
pub(super) fn footing(subject: &Subject, options: &Options) -> Section {
    let parts = subject.exercise.parts();
    let (defaults, gaps) = (parts.defaults.len() as u64, parts.gaps.len() as u64);
    let stood = format!(
        "Stood on {defaults} of {} {} that {} defaults; ",
        words::count(u64::from(parts.inputs)),
        plural(u64::from(parts.inputs), "input", "inputs"),
        plural(defaults, "is", "are"),
    );
    let mut said = Text::plain(stood);
    said = match parts.gaps.as_slice() {
        [] => said.and("no gap."),
        [only] => said
            .and_toned("1 gap", Tone::Weak)
            .and(format!(": {}", words::lower_first(&words::gap(only)))),
        _ => said.and_toned(
            format!("{gaps} {}.", plural(gaps, "gap", "gaps")),
            Tone::Weak,
        ),
    };
    if !options.lists.is_empty() && defaults + gaps > 0 {
        said = said.and_toned(format!(" {} lists them.", options.lists), Tone::Faint);
    }
    let mut blocks = vec![Block::Paragraph(said)];
    if !options.next.is_empty() {
        let next = Text::toned("Next: ", Tone::Strong).and(options.next.join(" | "));
        blocks.push(Block::Paragraph(next));
    }
    Section {
        part: Part::Footing,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}
