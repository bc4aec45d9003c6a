//! Nobody acts who is asleep or away.

use super::records::{Broken, hold_where, must};
use crate::exercise::{ExerciseTime, PersonId};
use crate::record::{Actor, Event, Presence, Record};
use std::collections::BTreeMap;

/// How somebody stands, as the entries have said so far.
#[derive(Clone, Copy)]
struct Stands {
    /// Whether they are there: on duty, or reached.
    there: bool,
    /// From when to when they sleep.
    asleep: (ExerciseTime, ExerciseTime),
    /// Whether they work or read, and so go on after their shift.
    busy: u32,
    /// When they last were.
    last_busy: ExerciseTime,
}

const AT_HOME: Stands = Stands {
    there: false,
    asleep: (ExerciseTime(i64::MIN), ExerciseTime(i64::MIN)),
    busy: 0,
    last_busy: ExerciseTime(i64::MIN),
};

/// What is heard of people in the entries up to one.
#[derive(Default)]
struct Heard(BTreeMap<PersonId, Stands>);

impl Heard {
    fn of(&mut self, person: PersonId) -> &mut Stands {
        self.0.entry(person).or_insert(AT_HOME)
    }

    fn begins(&mut self, person: PersonId) {
        self.of(person).busy += 1;
    }

    fn ends(&mut self, person: PersonId, at: ExerciseTime) {
        let stands = self.of(person);
        stands.busy = stands.busy.saturating_sub(1);
        stands.last_busy = at;
    }
}

/// An entry by somebody simulated comes while they are there, or finish what they began, or is that
/// they notice something.
fn acts_awake_and_there(record: &Record) -> Result<(), Broken> {
    let mut heard = Heard::default();
    let mut doers = BTreeMap::new();
    for entry in &record.entries {
        match &entry.event {
            Event::PresenceChanged {
                person, presence, ..
            } => heard.of(*person).there = *presence == Presence::OnDuty,
            Event::PersonReached { person, .. } => heard.of(*person).there = true,
            Event::RestEnded { person } => {
                heard.of(*person).asleep.1 = entry.at;
            }
            Event::TaskStarted {
                instance, people, ..
            }
            | Event::TaskResumed {
                instance, people, ..
            } => {
                people.iter().for_each(|person| heard.begins(*person));
                doers.insert(*instance, people.clone());
            }
            Event::TaskPaused { instance, .. }
            | Event::TaskEnded { instance, .. }
            | Event::TaskClosed { instance } => {
                let people = doers.remove(instance).unwrap_or_default();
                people
                    .iter()
                    .for_each(|person| heard.ends(*person, entry.at));
            }
            Event::ReadingStarted { person, .. } => heard.begins(*person),
            Event::MessageRead { person, .. } => heard.ends(*person, entry.at),
            _ => {}
        }
        if let Actor::Simulated { person } = entry.actor {
            let stands = *heard.of(person);
            let finishes = stands.busy > 0 || stands.last_busy == entry.at;
            let notices = matches!(entry.event, Event::MessageNoticed { .. });
            // What they lay aside for it they lay aside as they go to bed.
            let awake = entry.at <= stands.asleep.0 || entry.at >= stands.asleep.1;
            must(awake, entry, "acts asleep")?;
            must(stands.there || finishes || notices, entry, "acts away")?;
        }
        if let Event::RestBegan { person, until } = entry.event {
            let stands = heard.of(person);
            (stands.there, stands.asleep) = (false, (entry.at, until));
        }
    }
    Ok(())
}

#[test]
fn nobody_acts_who_is_asleep_or_away() {
    let simulated = |run: &super::records::Run| {
        run.policy == crate::simulation::Policy::People && run.record.header.attendance.is_empty()
    };
    hold_where(simulated, acts_awake_and_there, |record| {
        // Whoever starts the last work of the record went to bed before that.
        let started = record.entries.iter().rposition(
            |entry| matches!(&entry.event, Event::TaskStarted { people, .. } if people.len() == 1),
        );
        let Some(last) = started else {
            return false;
        };
        let Actor::Simulated { person } = record.entries[last].actor else {
            return false;
        };
        let at = record.entries[last].at;
        let rests = Event::RestBegan {
            person,
            until: ExerciseTime(at.0 + 1),
        };
        let mut bed = record.entries[last].clone();
        (bed.event, bed.actor) = (rests, Actor::Rules {});
        bed.at = ExerciseTime(at.0 - 1);
        record.entries.insert(last, bed);
        true
    });
}
