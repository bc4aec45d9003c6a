//! The situation as the record has it, beside the world that made the record.
//!
//! Only debug builds keep it, of runs whose entries are recorded: `invariants/fold` holds the two against
//! each other at every settled instant.

use super::scene::Stage;
use crate::record::{Attendance, Entry};
use crate::simulation::Setup;
use crate::situation::Situation;
use bevy_ecs::component::Component;

/// The situation so far.
#[derive(Debug, Component, Default)]
pub(crate) struct Mirror(Option<Box<Situation>>);

impl Mirror {
    /// Begins with a run.
    pub(crate) fn reset(&mut self, stage: &Stage, setup: &Setup) {
        self.0 = None;
        if cfg!(debug_assertions) && stage.checked && setup.recording {
            let mut situation = Situation::new(&stage.exercise);
            let absent = setup.absent.iter();
            let absent = absent.map(|person| (*person, Attendance::Absent));
            let played = setup.played.iter();
            let played = played.map(|person| (*person, Attendance::Played));
            // Who is named in both is there.
            let attendance: Vec<_> = absent.chain(played).collect();
            situation.invite(&attendance);
            self.0 = Some(Box::new(situation));
        }
    }

    /// Lets what was recorded since happen. Where entries were taken away before they were looked at, nothing
    /// is known any more.
    pub(crate) fn follow(&mut self, entries: &[Entry]) {
        let Some(situation) = &mut self.0 else {
            return;
        };
        let seen = situation.last().map_or(0, |last| last.entry);
        let first = entries.first().map_or(seen + 1, |entry| entry.number);
        if first > seen + 1 {
            self.0 = None;
            return;
        }
        for entry in entries.iter().skip((seen + 1 - first) as usize) {
            situation.apply(entry);
        }
    }

    /// The situation, where it is kept.
    pub(crate) fn situation(&self) -> Option<&Situation> {
        self.0.as_deref()
    }
}
