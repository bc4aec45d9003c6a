//! What holds of people and their work in every record.

use super::records::{Broken, first, hold, hold_with_people, must, remove_first, repeat_first};
use crate::exercise::{Exercise, ExerciseTime, Instance, PersonId, Span, WeeklyHours};
use crate::record::{Actor, Entry, Event, Outcome, PauseReason, Record};
use std::collections::{BTreeMap, BTreeSet};

/// What occupies people, as the entries so far tell it.
#[derive(Default)]
struct Occupied {
    working: BTreeMap<Instance, Vec<PersonId>>,
    busy: BTreeMap<PersonId, ExerciseTime>,
    /// Stretches of work and of reading that are over.
    over: Vec<(PersonId, ExerciseTime, ExerciseTime)>,
}

impl Occupied {
    /// Who begins something though busy, if anybody does.
    fn hear(&mut self, entry: &Entry) -> Option<PersonId> {
        match &entry.event {
            Event::TaskStarted {
                instance, people, ..
            }
            | Event::TaskResumed {
                instance, people, ..
            } => {
                self.working.insert(*instance, people.to_vec());
                let twice = people.iter().find(|p| self.busy.contains_key(*p)).copied();
                self.busy
                    .extend(people.iter().map(|person| (*person, entry.at)));
                twice
            }
            Event::TaskPaused { instance, .. }
            | Event::TaskEnded { instance, .. }
            | Event::TaskClosed { instance } => {
                for person in self.working.remove(instance).unwrap_or_default() {
                    self.end(person, entry.at);
                }
                None
            }
            Event::ReadingStarted { person, .. } => {
                let since = self.busy.insert(*person, entry.at);
                since.map(|_| *person)
            }
            Event::MessageRead { person, .. } => {
                self.end(*person, entry.at);
                None
            }
            _ => None,
        }
    }

    fn end(&mut self, person: PersonId, at: ExerciseTime) {
        if let Some(since) = self.busy.remove(&person) {
            self.over.push((person, since, at));
        }
    }
}

/// Whether people occupy themselves in a record: in an ideal response everything starts when it
/// could, whoever is to do it; a human who acknowledges does so beside other work.
fn one_thing_at_a_time(record: &Record) -> Result<(), Broken> {
    let mut occupied = Occupied::default();
    for entry in &record.entries {
        let acknowledged = matches!(entry.actor, Actor::Played { .. })
            && matches!(entry.event, Event::MessageRead { .. });
        if acknowledged {
            continue;
        }
        let twice = occupied.hear(entry);
        must(twice.is_none(), entry, "begins something while busy")?;
    }
    Ok(())
}

/// Takes away the end of the first reading of somebody who goes on to read more, in a record with more
/// readings than so many.
fn unread(record: &mut Record, more_than: usize) -> bool {
    let starts = |entry: &Entry| match &entry.event {
        Event::ReadingStarted { person, .. } => Some(*person),
        _ => None,
    };
    let starts: Vec<PersonId> = record.entries.iter().filter_map(starts).collect();
    let again = (1..starts.len()).find(|at| starts[..*at].contains(&starts[*at]));
    let again = again.map(|at| starts[at]);
    starts.len() > more_than
        && again.is_some_and(|reader| {
            remove_first(
                record,
                |event| matches!(event, Event::MessageRead { person, .. } if *person == reader),
            )
        })
}

#[test]
fn nobody_does_two_things_at_once() {
    let simulated = |run: &super::records::Run| {
        run.policy != crate::simulation::Policy::Ideal && run.record.header.attendance.is_empty()
    };
    super::records::hold_where(simulated, one_thing_at_a_time, |record| unread(record, 20));
}

fn work_in_turn(record: &Record) -> Result<(), Broken> {
    let mut open: BTreeMap<Instance, bool> = BTreeMap::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::TaskReady { instance, .. } => open.insert(*instance, false).is_none(),
            Event::TaskStarted { instance, .. } | Event::TaskResumed { instance, .. } => {
                open.insert(*instance, true) == Some(false)
            }
            Event::TaskPaused { instance, .. }
            | Event::TaskEnded {
                instance,
                outcome: Outcome::Redo,
            } => open.insert(*instance, false) == Some(true),
            Event::TaskEnded { instance, .. } => open.remove(instance) == Some(true),
            Event::TaskClosed { instance } => open.remove(instance).is_some(),
            Event::TaskSkipped { instance, .. } => open.remove(instance) != Some(true),
            _ => true,
        };
        must(fine, entry, "work cannot do this now")?;
    }
    let last = record.entries.last().expect("a record has entries");
    must(open.is_empty(), last, "work was never closed")
}

#[test]
fn work_that_became_ready_ends_is_left_out_or_is_closed_once() {
    hold(work_in_turn, |record| {
        repeat_first(record, |event| matches!(event, Event::TaskEnded { .. }))
    });
    hold(work_in_turn, |record| {
        remove_first(record, |event| matches!(event, Event::TaskClosed { .. }))
    });
}

/// Whether a person's shift covers an instant: asked of the hours themselves.
fn on_shift(exercise: &Exercise, person: PersonId, at: ExerciseTime) -> bool {
    let described = &exercise.organisation().people[person.index()];
    let (day, time) = exercise.local(at);
    let away = described
        .leave
        .iter()
        .any(|(first, last)| *first <= day && day <= *last);
    let holiday = described.keeps_holidays && exercise.organisation().holidays.contains(&day);
    let within = |hours: &WeeklyHours| {
        let minute = Span::MINUTE.0;
        hours.0.iter().any(|hours| {
            hours.weekday == day.weekday()
                && i64::from(hours.from) * minute <= time.0
                && time.0 < i64::from(hours.until) * minute
        })
    };
    within(&described.shift) && !away && !holiday
}

/// Nobody begins anything while off duty, except what goes on after a call or at once anew.
fn begun_on_duty(record: &Record) -> Result<(), Broken> {
    let exercise = &record.header.exercise;
    let mut reached: Vec<(PersonId, ExerciseTime, ExerciseTime)> = Vec::new();
    for entry in &record.entries {
        let people: Vec<PersonId> = match &entry.event {
            Event::PersonReached { person, until } => {
                reached.push((*person, entry.at, *until));
                continue;
            }
            Event::TaskStarted {
                people, attempt: 1, ..
            } => people.to_vec(),
            Event::TaskResumed {
                people, handover, ..
            } if handover.0 > 0 => people.to_vec(),
            _ => continue,
        };
        if !matches!(entry.actor, Actor::Simulated { .. }) {
            continue;
        }
        let called = |person| {
            let now = |(who, from, until): &(_, _, _)| {
                *who == person && *from <= entry.at && entry.at < *until
            };
            reached.iter().any(now)
        };
        let away = |person: &PersonId| !on_shift(exercise, *person, entry.at) && !called(*person);
        must(
            !people.iter().any(away),
            entry,
            "begins work while off duty",
        )?;
    }
    Ok(())
}

#[test]
fn nobody_begins_work_while_off_duty() {
    hold_with_people(begun_on_duty, |record| {
        let mut reached = Vec::new();
        for entry in &record.entries {
            if let Event::PersonReached { person, .. } = entry.event {
                reached.push(person);
            }
        }
        let mut later = record.entries.iter_mut().filter(|entry| {
            matches!(&entry.event, Event::TaskStarted { people, attempt: 1, .. }
                if people.iter().all(|p| !reached.contains(p)))
        });
        let Some(started) = later.next() else {
            return false;
        };
        // Ten days of leave begin on the day on which the work starts.
        let at = started.at;
        let mut parts = record.header.exercise.parts().clone();
        let (day, _) = record.header.exercise.local(at);
        for person in &mut parts.organisation.people {
            person.leave = vec![(day, day)];
        }
        record.header.exercise = std::sync::Arc::new(Exercise::new(parts).unwrap());
        true
    });
}

/// The time of everybody adds up to the length of the exercise: busy, idle on duty, and off.
fn time_adds_up(record: &Record) -> Result<(), Broken> {
    let mut occupied = Occupied::default();
    for entry in &record.entries {
        occupied.hear(entry);
    }
    let last = record.entries.last().expect("a record has entries");
    let length = last.at - ExerciseTime::STARTEX;
    for person in 0..record.header.exercise.organisation().people.len() {
        let person = PersonId::new(person);
        let open = occupied
            .busy
            .get(&person)
            .map(|since| (person, *since, last.at));
        let own = occupied
            .over
            .iter()
            .copied()
            .chain(open)
            .filter(|(who, ..)| *who == person);
        let mut own: Vec<(ExerciseTime, ExerciseTime)> = own.map(|(_, a, b)| (a, b)).collect();
        own.sort_unstable();
        let busy: i64 = own.iter().map(|(from, until)| (*until - *from).0).sum();
        let (idle, off) = free_time(&record.header.exercise, person, &own, last.at);
        must(busy + idle + off == length.0, last, "time does not add up")?;
    }
    Ok(())
}

/// How long somebody is idle and off, outside some sorted stretches, looked at minute by minute.
fn free_time(
    exercise: &Exercise,
    person: PersonId,
    busy: &[(ExerciseTime, ExerciseTime)],
    end: ExerciseTime,
) -> (i64, i64) {
    let (mut idle, mut off) = (0, 0);
    let mut at = ExerciseTime::STARTEX;
    let gaps = busy.iter().copied().chain([(end, end)]);
    for (from, until) in gaps {
        while at < from {
            // Shifts begin and end on whole minutes of local time.
            let (_, time) = exercise.local(at);
            let next = at + Span(Span::MINUTE.0 - time.0 % Span::MINUTE.0);
            let length = (next.min(from) - at).0;
            if on_shift(exercise, person, at) {
                idle += length;
            } else {
                off += length;
            }
            at = next.min(from);
        }
        at = at.max(until);
    }
    (idle, off)
}

#[test]
fn the_time_of_everybody_adds_up_to_the_length_of_the_exercise() {
    let few = |run: &super::records::Run| {
        run.policy == crate::simulation::Policy::People
            && run.record.header.attendance.is_empty()
            && run.seed < 24
    };
    super::records::hold_where(few, time_adds_up, |record| {
        // Somebody starts to read an hour before the end of what they do.
        let started = |event: &Event| matches!(event, Event::ReadingStarted { .. });
        let starts: Vec<usize> = (0..record.entries.len())
            .filter(|at| started(&record.entries[*at].event))
            .collect();
        let Some(second) = starts.get(1).copied() else {
            return false;
        };
        let Event::ReadingStarted { person, .. } = record.entries[second].event else {
            return false;
        };
        let busy_before = record.entries[..second].iter().any(
            |entry| matches!(entry.event, Event::MessageRead { person: p, .. } if p == person),
        );
        record.entries[second].at = ExerciseTime::STARTEX;
        busy_before
    });
}

/// Work is done by as many as the plan asks for, in a role that they hold or stand in for.
fn done_in_a_role(record: &Record) -> Result<(), Broken> {
    let exercise = &record.header.exercise;
    for entry in &record.entries {
        let (Event::TaskStarted {
            instance,
            people,
            role,
            ..
        }
        | Event::TaskResumed {
            instance,
            people,
            role,
            ..
        }) = &entry.event
        else {
            continue;
        };
        let role = exercise.role(*role);
        let acts = |p: &PersonId| role.holders.contains(p) || role.deputies.contains(p);
        let distinct: BTreeSet<&PersonId> = people.iter().collect();
        let several = usize::from(exercise.task(instance.task).people.max(1));
        let enough = people.len() == several || matches!(entry.actor, Actor::Played { .. });
        let fine = people.iter().all(acts) && distinct.len() == people.len() && enough;
        must(fine, entry, "is not done by people of the role")?;
    }
    Ok(())
}

#[test]
fn work_is_done_by_people_of_its_role() {
    hold_with_people(done_in_a_role, |record| {
        let started = first(record, |event| matches!(event, Event::TaskStarted { .. }));
        let Some(at) = started else { return false };
        if let Event::TaskStarted { people, .. } = &mut record.entries[at].event {
            people.push(people[0]);
        }
        true
    });
}

/// Work that is interrupted goes on or is closed; nothing else is said of it meanwhile.
fn interruptions_end(record: &Record) -> Result<(), Broken> {
    let mut interrupted: BTreeSet<Instance> = BTreeSet::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::TaskPaused {
                instance,
                reason: PauseReason::Interrupted,
                ..
            } => interrupted.insert(*instance),
            Event::TaskEnded { instance, .. } => !interrupted.contains(instance),
            Event::TaskPaused { instance, .. }
            | Event::TaskResumed { instance, .. }
            | Event::TaskClosed { instance }
            | Event::TaskSkipped { instance, .. } => {
                interrupted.remove(instance);
                true
            }
            _ => true,
        };
        must(fine, entry, "work ends while its doer is on the phone")?;
    }
    Ok(())
}

#[test]
fn work_does_not_end_while_its_doer_handles_a_call() {
    hold(interruptions_end, |record| {
        let paused = |event: &Event| {
            matches!(
                event,
                Event::TaskPaused {
                    reason: PauseReason::Interrupted,
                    ..
                }
            )
        };
        let Some(at) = first(record, paused) else {
            return false;
        };
        let Event::TaskPaused { instance, .. } = record.entries[at].event else {
            return false;
        };
        let resumed = record.entries[at..].iter().position(
            |entry| matches!(entry.event, Event::TaskResumed { instance: i, .. } if i == instance),
        );
        if let Some(after) = resumed {
            record.entries[at + after].event = Event::TaskEnded {
                instance,
                outcome: Outcome::Done,
            };
        }
        resumed.is_some()
    });
}
