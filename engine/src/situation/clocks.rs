//! The clock of each obligation, for each incident.

use super::Stamp;
use crate::exercise::{Exercise, ExerciseTime, IncidentId, ObligationId};
use crate::record::{Entry, Event, Verdict};

/// Every clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    incidents: usize,
    /// By obligation, then incident.
    clocks: Vec<Clock>,
}

/// How an obligation stands for an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    /// Since when truth calls for it while nobody knew enough.
    pub called_for: Option<Stamp>,
    /// Since when somebody knows enough.
    pub aware: Option<Stamp>,
    /// Since when somebody said so.
    pub stated: Option<Stamp>,
    /// When its clock started, and when it is due.
    pub started: Option<(Stamp, ExerciseTime)>,
    /// When it was met, in time or late, once its clock had started.
    pub met: Option<Stamp>,
    /// When the rest of what had to be said had been said, after a first notification that left some out.
    pub completed: Option<Stamp>,
    /// When its task told somebody else.
    pub misdirected: Option<Stamp>,
    /// When it was decided that it is not required, and whether that stands: an unsound decision stops no
    /// clock.
    pub not_required: Option<(Stamp, bool)>,
    /// When it was due, and nobody had been told.
    pub breached: Option<Stamp>,
    /// How it stands at ENDEX.
    pub verdict: Option<Verdict>,
}

impl Clock {
    /// Whether it runs: it started, what it asks for was not told, and no sound decision says that it is not
    /// required.
    pub fn runs(&self) -> bool {
        let waived = self.not_required.is_some_and(|(_, sound)| sound);
        self.started.is_some() && self.met.is_none() && !waived
    }

    /// When it is due, once it started.
    pub fn due(&self) -> Option<ExerciseTime> {
        self.started.map(|(_, due)| due)
    }

    fn apply(&mut self, event: &Event, now: Stamp) {
        let first = match event {
            Event::ObligationCalledFor { .. } => &mut self.called_for,
            Event::ObligationAware { stated: true, .. } => &mut self.stated,
            Event::ObligationAware { stated: false, .. } => &mut self.aware,
            Event::ObligationMet { .. } => &mut self.met,
            Event::ObligationCompleted { .. } => &mut self.completed,
            Event::ObligationMisdirected { .. } => &mut self.misdirected,
            Event::ObligationBreached { .. } => &mut self.breached,
            Event::ClockStarted { due, .. } => {
                self.started.get_or_insert((now, *due));
                return;
            }
            Event::ObligationNotRequired { sound, .. } => {
                self.not_required.get_or_insert((now, *sound));
                return;
            }
            Event::ObligationRequiredAfterAll { .. } => {
                if let Some((_, sound)) = &mut self.not_required {
                    *sound = false;
                }
                return;
            }
            Event::ObligationClosed { verdict, .. } => {
                self.verdict = Some(*verdict);
                return;
            }
            _ => return,
        };
        first.get_or_insert(now);
    }
}

impl Clocks {
    /// None runs.
    pub fn new(exercise: &Exercise) -> Self {
        let incidents = exercise.scenario().incidents.len();
        Self {
            incidents,
            clocks: vec![Clock::default(); exercise.plan().obligations.len() * incidents],
        }
    }

    /// The obligation and the incident that an event is about; `None`: it is about none.
    pub const fn about(event: &Event) -> Option<(ObligationId, IncidentId)> {
        match event {
            Event::ObligationAware {
                obligation,
                incident,
                ..
            }
            | Event::ClockStarted {
                obligation,
                incident,
                ..
            }
            | Event::ObligationMet {
                obligation,
                incident,
            }
            | Event::ObligationMisdirected {
                obligation,
                incident,
                ..
            }
            | Event::ObligationCompleted {
                obligation,
                incident,
            }
            | Event::ObligationNotRequired {
                obligation,
                incident,
                ..
            }
            | Event::ObligationRequiredAfterAll {
                obligation,
                incident,
            }
            | Event::ObligationBreached {
                obligation,
                incident,
            }
            | Event::ObligationCalledFor {
                obligation,
                incident,
            }
            | Event::ObligationClosed {
                obligation,
                incident,
                ..
            } => Some((*obligation, *incident)),
            _ => None,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let Some(of) = Self::about(&entry.event) else {
            return;
        };
        let clock = self.place(of).and_then(|place| self.clocks.get_mut(place));
        if let Some(clock) = clock {
            clock.apply(&entry.event, Stamp::of(entry));
        }
    }

    fn place(&self, (obligation, incident): (ObligationId, IncidentId)) -> Option<usize> {
        let within = incident.index() < self.incidents;
        within.then(|| obligation.index() * self.incidents + incident.index())
    }

    /// How an obligation stands for an incident.
    pub fn get(&self, obligation: ObligationId, incident: IncidentId) -> Clock {
        let place = self.place((obligation, incident));
        let clock = place.and_then(|place| self.clocks.get(place));
        clock.copied().unwrap_or_default()
    }

    /// The clocks that run, with when they are due, the earliest first.
    pub fn running(&self) -> Vec<(ExerciseTime, ObligationId, IncidentId)> {
        let running = self.clocks.iter().enumerate();
        let running = running.filter(|(_, clock)| clock.runs());
        let mut running: Vec<_> = running
            .filter_map(|(place, clock)| {
                let obligation = ObligationId::new(place / self.incidents);
                let incident = IncidentId::new(place % self.incidents);
                Some((clock.due()?, obligation, incident))
            })
            .collect();
        running.sort_unstable();
        running
    }
}
