//! Who, what and when; and what the figures stand on.

use super::Options;
use crate::document::{Block, Depth, Part, Section, Step, Text, Tone};
use crate::words::{self, Subject, duration, plural};
use hotwash_engine::evaluation::Standing;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Mode, PersonId};
use hotwash_engine::record::{Attendance, Event};

/// What stands above everything. A real incident is never called an exercise.
pub(crate) fn banner(subject: &Subject) -> String {
    match subject.record.header.mode {
        Mode::Real => "REAL INCIDENT".to_owned(),
        Mode::Simulated | Mode::Discussed | Mode::Drilled | Mode::Mixed => "EXERCISE".to_owned(),
    }
}

/// The header.
pub(super) fn section(subject: &Subject, options: &Options) -> Section {
    let exercise = subject.exercise;
    let first = how(subject, options);
    let entries = u64::from(subject.evaluation.entries);
    let about = format!(
        "{} {} The record has {} {}.",
        about(exercise, first),
        when(subject),
        words::count(entries),
        plural(entries, "entry", "entries"),
    );
    let mut blocks = vec![Block::Paragraph(Text::plain(about))];
    blocks.extend(began_early(subject));
    blocks.extend(not_exercised(subject));
    blocks.extend(quiet(subject));
    blocks.extend(played(subject));
    let refused = super::refused::counted(subject);
    blocks.extend(refused.map(|said| Block::Paragraph(Text::toned(said, Tone::Weak))));
    Section {
        part: Part::Header,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}

/// How it was played, and where it comes from.
fn how(subject: &Subject, options: &Options) -> Vec<String> {
    let header = &subject.record.header;
    let mut first = vec![words::mode(header.mode).to_owned()];
    if header.assisted {
        first.push("assisted".to_owned());
    }
    if header.actions.is_some() {
        first.push("people played from a file".to_owned());
    }
    first.push(format!("seed {}, run {}", header.seed, header.run));
    first.push(options.origin.clone());
    first
}

/// From when to when it went, how it ended, and when the attack began.
fn when(subject: &Subject) -> String {
    let onset = subject.exercise.parts().onset;
    let attack = if onset < ExerciseTime::STARTEX {
        let before = duration(ExerciseTime::STARTEX - onset);
        format!(" The attack had begun {before} before.")
    } else {
        String::new()
    };
    format!(
        "From {} to {}, {} ({}).{attack}",
        subject.clock.full(ExerciseTime::STARTEX),
        subject.clock.end(subject.ended_at()),
        subject.clock.zone(),
        subject.ending(),
    )
}

/// The header of a page of one screen: what was played and when, and what bends what it says.
pub(super) fn of_page(subject: &Subject, options: &Options) -> Section {
    let about = about(subject.exercise, how(subject, options));
    let said = Text::plain(format!("{about} {}", when(subject)));
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(not_exercised(subject));
    let refused = super::refused::counted(subject);
    blocks.extend(refused.map(|said| Block::Paragraph(Text::toned(said, Tone::Weak))));
    Section {
        part: Part::Header,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}

/// Whose plan was played, and how, as one sentence: what is empty is not said.
pub(crate) fn about(exercise: &Exercise, how: impl IntoIterator<Item = String>) -> String {
    let name = exercise.organisation().name.trim().to_owned();
    let mut said = vec![name, words::plan(exercise)];
    said.extend(how);
    said.retain(|text| !text.is_empty());
    format!("{}.", said.join("; "))
}

/// What a reader can do next.
pub(crate) fn next(steps: &[Step]) -> Option<Block> {
    (!steps.is_empty()).then(|| Block::Next(steps.to_vec()))
}

/// That people began to act before STARTEX, where they did.
fn began_early(subject: &Subject) -> Option<Block> {
    let began = subject.evaluation.began_early?;
    let before = duration(ExerciseTime::STARTEX - began.at);
    let said = Text::plain(format!(
        "The team had begun to act {before} before STARTEX."
    ));
    Some(Block::Paragraph(said))
}

/// The critical expectations that were not exercised, and why: an objective says nothing of them.
fn not_exercised(subject: &Subject) -> Option<Block> {
    let critical = subject.evaluation.expectations.iter();
    let critical = critical.filter(|of| of.critical);
    let said = critical.filter_map(|of| {
        let Standing::NotExercised(why) = of.standing else {
            return None;
        };
        let what = subject.names.expectation(of.expectation);
        let what = what.trim().trim_end_matches('.');
        let why = words::not_exercised(why);
        Some(format!(
            "Critical, and not exercised: {what}. The reason: {why}."
        ))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| Block::Paragraph(Text::toned(said.join(" "), Tone::Weak)))
}

/// The sources of which the organisation says that they raise no false alarm, and why.
fn quiet(subject: &Subject) -> Option<Block> {
    let sources = subject.exercise.organisation().sources.iter();
    let quiet = sources.filter_map(|source| {
        let because = source.quiet.as_ref()?.trim().trim_end_matches('.');
        let title = &source.title;
        Some(format!(
            "{title} is taken to raise no false alarm: {because}."
        ))
    });
    let said: Vec<String> = quiet.collect();
    (!said.is_empty()).then(|| Block::Paragraph(Text::plain(said.join(" "))))
}

/// Who took part, where people did.
fn played(subject: &Subject) -> Option<Block> {
    let attendance = &subject.record.header.attendance;
    if attendance.is_empty() {
        return None;
    }
    let people = attendance.iter().map(|(person, how)| {
        let how = match how {
            Attendance::Played => "",
            Attendance::Absent if came_later(subject, *person) => " (came later)",
            Attendance::Absent => " (absent: a stand-in acted)",
        };
        format!("{}{how}", subject.names.person(*person))
    });
    let people: Vec<String> = people.collect();
    let played = Text::plain(format!("Played: {}.", people.join("; ")));
    Some(Block::Paragraph(played))
}

/// Whether somebody came later to play a person who was absent.
fn came_later(subject: &Subject, person: PersonId) -> bool {
    let mut entries = subject.record.entries.iter();
    entries.any(|entry| match &entry.event {
        Event::Joined { seat, .. } | Event::SeatChanged { to: seat, .. } => {
            seat.person() == Some(person)
        }
        _ => false,
    })
}

/// How many inputs nobody gave, and what is missing, in a sentence or two.
pub(crate) fn stands_on(exercise: &Exercise) -> String {
    let parts = exercise.parts();
    let (defaults, gaps) = (parts.defaults.len() as u64, parts.gaps.len() as u64);
    let inputs = u64::from(parts.inputs);
    let mut said = format!(
        "{} of {} {} {} a default, because no file gives {}.",
        words::count(defaults),
        words::count(inputs),
        plural(inputs, "input", "inputs"),
        plural(defaults, "is", "are"),
        plural(defaults, "it", "them"),
    );
    if defaults != 1 {
        said = said.replacen("are a default,", "are defaults,", 1);
    }
    if gaps > 0 {
        let lacks = plural(
            gaps,
            "thing that the exercise asks for is",
            "things that the exercise asks for are",
        );
        said += &format!(" {} {lacks} missing.", words::count(gaps));
    }
    said
}

/// What the figures stand on, and where to go next.
pub(super) fn footing(subject: &Subject, options: &Options) -> Section {
    let parts = subject.exercise.parts();
    let (defaults, gaps) = (parts.defaults.len() as u64, parts.gaps.len() as u64);
    let mut said = Text::plain(stands_on(subject.exercise));
    if let [only] = parts.gaps.as_slice() {
        said = said.and(format!(" It is: {}", words::lower_first(&words::gap(only))));
    }
    if !options.lists.is_empty() && defaults + gaps > 0 {
        said = said
            .and(" ")
            .and(Text::command(options.lists.clone(), Tone::Faint))
            .and_toned(" lists them by file and line.", Tone::Faint);
    }
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(next(&options.next));
    Section {
        part: Part::Footing,
        depth: Depth::Summary,
        title: String::new(),
        aside: String::new(),
        blocks,
    }
}
