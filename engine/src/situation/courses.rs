//! The course of each incident: its marks, its phases, how it is classified, who leads it.

use super::Stamp;
use crate::exercise::{
    AssetId, Category, Exercise, IncidentId, Mark, PersonId, Phase, Priority, RoleId, Severity,
};
use crate::record::{Entry, Event};

/// The course of each incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courses {
    courses: Vec<Course>,
}

/// The course of one incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    marks: [Option<Stamp>; Mark::ALL.len()],
    phases: [PhaseCourse; Phase::ALL.len()],
    /// How it is classified.
    pub classified: Option<Classified>,
    /// When it was decided that it is not an incident, and by whom.
    pub rejected: Option<(Stamp, PersonId)>,
    /// When it was first stated what is affected.
    pub scope: Option<Stamp>,
    /// Every asset that was stated to be affected, in order.
    pub in_scope: Vec<AssetId>,
    /// Who leads it.
    pub manager: Option<(Stamp, PersonId)>,
    /// Since when it is contained, in truth.
    pub contained: Option<Stamp>,
    /// How often the team wrote into its log of it, and when last.
    pub logged: Option<(u32, Stamp)>,
}

/// How a phase of an incident stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PhaseCourse {
    /// When it was first reached.
    pub reached: Option<Stamp>,
    /// Since when it is complete, in truth.
    pub completed: Option<Stamp>,
    /// Since when the team says that it is complete.
    pub declared: Option<Stamp>,
    /// Since when it does not apply.
    pub not_applicable: Option<Stamp>,
    /// How often it was open again after it had been complete.
    pub reopened: u32,
}

/// How an incident is classified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classified {
    /// Since when.
    pub since: Stamp,
    /// In which role.
    pub role: RoleId,
    /// Its severity, as judged.
    pub severity: Severity,
    /// Its category, as judged.
    pub category: Category,
    /// The priority of its work.
    pub priority: Priority,
}

impl Course {
    /// When the incident came to a mark.
    pub fn mark(&self, mark: Mark) -> Option<Stamp> {
        self.marks[mark.index()]
    }

    /// How a phase stands.
    pub fn phase(&self, phase: Phase) -> PhaseCourse {
        self.phases[phase.index()]
    }

    fn apply(&mut self, event: &Event, now: Stamp) {
        match event {
            Event::MarkReached { mark, .. } => {
                self.marks[mark.index()].get_or_insert(now);
            }
            Event::Classified {
                role,
                severity,
                category,
                priority,
                ..
            } => {
                self.classified = Some(Classified {
                    since: now,
                    role: *role,
                    severity: *severity,
                    category: *category,
                    priority: *priority,
                });
            }
            Event::ScopeStated { assets, .. } => {
                self.scope = self.scope.or(Some(now));
                self.in_scope.extend(assets);
                self.in_scope.sort_unstable();
                self.in_scope.dedup();
            }
            Event::ManagerAssigned { person, .. } => self.manager = Some((now, *person)),
            Event::IncidentRejected { person, .. } => self.rejected = Some((now, *person)),
            Event::Contained { .. } => self.contained = Some(now),
            Event::ContainmentLost { .. } => self.contained = None,
            Event::LogWritten { .. } => {
                let before = self.logged.map_or(0, |(times, _)| times);
                self.logged = Some((before.saturating_add(1), now));
            }
            other => self.apply_phase(other, now),
        }
    }

    fn apply_phase(&mut self, event: &Event, now: Stamp) {
        let (Event::PhaseReached { phase, .. }
        | Event::PhaseCompleted { phase, .. }
        | Event::PhaseReopened { phase, .. }
        | Event::PhaseDeclaredComplete { phase, .. }
        | Event::DeclarationFell { phase, .. }
        | Event::PhaseNotApplicable { phase, .. }) = event
        else {
            return;
        };
        let of = &mut self.phases[phase.index()];
        match event {
            Event::PhaseReached { .. } => of.reached = of.reached.or(Some(now)),
            Event::PhaseCompleted { .. } => of.completed = Some(now),
            Event::PhaseReopened { .. } => {
                (of.completed, of.not_applicable) = (None, None);
                of.reopened = of.reopened.saturating_add(1);
            }
            Event::PhaseDeclaredComplete { .. } => of.declared = Some(now),
            Event::DeclarationFell { .. } => of.declared = None,
            _ => of.not_applicable = Some(now),
        }
    }
}

impl Courses {
    /// Nothing happened yet.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            courses: vec![Course::default(); exercise.scenario().incidents.len()],
        }
    }

    /// The incident that an event is about; `None`: it is about none.
    pub const fn about(event: &Event) -> Option<IncidentId> {
        match event {
            Event::MarkReached { incident, .. }
            | Event::Classified { incident, .. }
            | Event::ScopeStated { incident, .. }
            | Event::ManagerAssigned { incident, .. }
            | Event::IncidentRejected { incident, .. }
            | Event::PhaseReached { incident, .. }
            | Event::PhaseCompleted { incident, .. }
            | Event::PhaseReopened { incident, .. }
            | Event::PhaseDeclaredComplete { incident, .. }
            | Event::DeclarationFell { incident, .. }
            | Event::PhaseNotApplicable { incident, .. }
            | Event::Contained { incident }
            | Event::ContainmentLost { incident }
            | Event::LogWritten { incident, .. } => Some(*incident),
            _ => None,
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let incident = Self::about(&entry.event);
        let course = incident.and_then(|of| self.courses.get_mut(of.index()));
        if let Some(course) = course {
            course.apply(&entry.event, Stamp::of(entry));
        }
    }

    /// The course of an incident.
    pub fn get(&self, incident: IncidentId) -> Option<&Course> {
        self.courses.get(incident.index())
    }

    /// Every course, in the order of incidents.
    pub fn iter(&self) -> impl Iterator<Item = (IncidentId, &Course)> {
        let courses = self.courses.iter().enumerate();
        courses.map(|(i, course)| (IncidentId::new(i), course))
    }
}
