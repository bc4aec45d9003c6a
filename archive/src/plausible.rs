//! What cannot be, though each line is in order: people who acted with nobody there, two ends, what comes after
//! the end.
//!
//! [`crate::scan`] asks for each line. A record that was made by Hotwash passes; one that was put together by
//! hand, or by a fault, is refused at the line that does not fit what stands before it.

use crate::scan::FaultKind;
use hotwash_engine::exercise::{ExerciseTime, Mode};
use hotwash_engine::record::{AFTERWARDS, Entry, Event, Header};

/// Whether the people of the header fit its mode.
pub(crate) fn attended(header: &Header) -> Result<(), FaultKind> {
    let people = &header.attendance;
    if let Some(twice) = people.windows(2).find(|two| two[0].0 >= two[1].0) {
        let name = header.exercise.organisation().people[twice[1].0.index()]
            .slug
            .clone();
        return no(format!(
            "`attendance` is not sorted by person, or names `{name}` twice"
        ));
    }
    if header.mode != Mode::Simulated && people.is_empty() {
        let mode = header.mode.name();
        return no(format!(
            "the mode is {mode} and nobody took part: `attendance` is empty"
        ));
    }
    Ok(())
}

/// How far a record has come.
#[derive(Debug, Default)]
pub(crate) struct Course {
    started: Option<u32>,
    ended: Option<u32>,
}

impl Course {
    /// Goes on by an entry, if it fits what was before.
    pub(crate) fn follow(&mut self, header: &Header, entry: &Entry) -> Result<(), FaultKind> {
        let (number, parts) = (entry.number, header.exercise.parts());
        let latest = match self.ended {
            Some(_) => parts.limit + AFTERWARDS,
            None => parts.limit,
        };
        if entry.at < parts.onset || entry.at > latest {
            return no(format!(
                "entry {number} lies at {} ms, outside the exercise ({} to {} ms)",
                entry.at.0, parts.onset.0, latest.0
            ));
        }
        match (&entry.event, self.started, self.ended) {
            (Event::ExerciseStarted {}, Some(first), _) => no(format!(
                "entry {number} is a second STARTEX, after that of entry {first}"
            )),
            (Event::ExerciseStarted {}, None, _) if entry.at != ExerciseTime::STARTEX => {
                no(format!("entry {number} is a STARTEX that is not at 0 ms"))
            }
            (Event::ExerciseStarted {}, None, None) => {
                self.started = Some(number);
                Ok(())
            }
            (Event::ExerciseEnded { .. }, _, Some(first)) => no(format!(
                "entry {number} is a second ENDEX, after that of entry {first}"
            )),
            (Event::ExerciseEnded { .. }, None, None) => no(format!(
                "entry {number} is an ENDEX without a STARTEX before it"
            )),
            (Event::ExerciseEnded { .. }, Some(_), None) => {
                self.ended = Some(number);
                Ok(())
            }
            (event, _, Some(ended)) if !event.may_follow_end() => no(format!(
                "entry {number}, {}, follows ENDEX (entry {ended}), after which the exercise has no more",
                event.name()
            )),
            _ => Ok(()),
        }
    }
}

fn no<T>(why: String) -> Result<T, FaultKind> {
    Err(FaultKind::Contradiction(why))
}
