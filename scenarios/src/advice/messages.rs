//! Messages that nobody can read, by their number.

use super::work::spacing;
use crate::bind::Given;
use crate::definition::spelled;
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::MESSAGES;
use crate::source::Place;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Law, Span};

/// What comes again and again.
struct Stream {
    /// What it is called in a sentence.
    name: String,
    /// How often it comes in an exercise that lasts to its limit.
    times: u64,
    /// The time from one to the next.
    every: Span,
    place: Place,
}

/// What: injects that repeat, and sources that raise false alarms, more than ten thousand times in an exercise.
/// Why: nobody reads so many, every rehearsal takes as long as they do, and what is measured is their number.
/// Example: `false_alarms: "1m"`, in an exercise of thirty days.
pub(super) fn too_many(exercise: &Exercise, given: &Given<'_>) -> Option<Diagnostic> {
    let mut streams = of_injects(exercise, given);
    streams.extend(of_sources(exercise, given));
    let all: u64 = streams.iter().map(|stream| stream.times).sum();
    let most = streams.into_iter().max_by_key(|stream| stream.times)?;
    if all <= MESSAGES {
        return None;
    }
    let limit = spelled(super::minutes(Span(exercise.parts().limit.0)));
    let message = format!(
        "{} comes some {} times until the end at {limit}",
        most.name,
        grouped(most.times)
    );
    let mut problem = Diagnostic::new(Code::ManyMessages, message, most.place);
    if all > most.times {
        problem = problem.note(format!("with all others it is {} messages", grouped(all)));
    }
    let every = format!("one comes every {}", spelled(most.every));
    let help = "let it come more rarely, or let the exercise end sooner: `limit: \"8h\"`";
    Some(problem.label(every).help(help))
}

fn times(exercise: &Exercise, from: ExerciseTime, law: &Law) -> (u64, Span) {
    let every = spacing(law);
    let long = (exercise.parts().limit.0 - from.0).max(0);
    let times = long / every.0.max(1);
    (u64::try_from(times).unwrap_or(0), every)
}

fn of_injects(exercise: &Exercise, given: &Given<'_>) -> Vec<Stream> {
    let parts = exercise.parts();
    let zone = &parts.organisation.zone;
    let injects = given.scenario.injects.iter();
    let stream = |inject: &crate::definition::Inject| {
        let law = inject.repeats.as_ref()?;
        let at = inject
            .at
            .map(|at| at.value.from_startex(zone, parts.startex));
        let from = at.unwrap_or(ExerciseTime::STARTEX);
        let (times, every) = times(exercise, from, &law.value);
        Some(Stream {
            name: format!("`{}`", *inject.id),
            times,
            every,
            place: law.place,
        })
    };
    injects.filter_map(stream).collect()
}

fn of_sources(exercise: &Exercise, given: &Given<'_>) -> Vec<Stream> {
    let sources = exercise.organisation().sources.iter();
    let onset = exercise.parts().onset;
    let written: std::collections::BTreeMap<&str, &crate::definition::Source> = given
        .organisation
        .monitoring
        .iter()
        .map(|source| (source.id.as_str(), source))
        .collect();
    let stream = |source: &hotwash_engine::exercise::Source| {
        let law = source.false_alarms.as_ref()?;
        let (times, every) = times(exercise, onset, law);
        let written = written.get(source.slug.as_str())?;
        let given = written.false_alarms.as_ref();
        Some(Stream {
            name: format!("a false alarm of `{}`", source.slug),
            times,
            every,
            place: given.map_or(written.id.place, |given| given.place),
        })
    };
    sources.filter_map(stream).collect()
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
