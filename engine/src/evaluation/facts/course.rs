//! The course of one incident: its marks, its phases, its classification.

use crate::exercise::{Category, IncidentId, Mark, Phase, RoleId, Severity};
use crate::record::{Entry, Event};

/// What the record says of one incident.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    /// Which.
    pub(crate) incident: IncidentId,
    marks: [Option<&'a Entry>; 5],
    reached: [Option<&'a Entry>; 6],
    completed: [Option<&'a Entry>; 6],
    declared: [Option<&'a Entry>; 6],
    not_applicable: [Option<&'a Entry>; 6],
    /// When it was first contained, since when it is, and when that was last lost.
    pub(crate) contained: [Option<&'a Entry>; 3],
    /// Each time that a phase which was complete no longer was.
    pub(crate) reopened: Vec<(&'a Entry, Phase)>,
    /// Each classification: in which role, as what.
    pub(crate) classified: Vec<(&'a Entry, RoleId, Severity, Category)>,
    /// It was decided that it is not an incident.
    pub(crate) rejected: Option<&'a Entry>,
}

impl<'a> Course<'a> {
    pub(super) const fn new(incident: IncidentId) -> Self {
        Self {
            incident,
            marks: [None; 5],
            reached: [None; 6],
            completed: [None; 6],
            declared: [None; 6],
            not_applicable: [None; 6],
            contained: [None; 3],
            reopened: Vec::new(),
            classified: Vec::new(),
            rejected: None,
        }
    }

    pub(super) fn add(&mut self, entry: &'a Entry) {
        match entry.event {
            Event::MarkReached { mark, .. } => {
                self.marks[mark.index()].get_or_insert(entry);
            }
            Event::PhaseReached { phase, .. } => {
                self.reached[phase.index()].get_or_insert(entry);
            }
            Event::PhaseCompleted { phase, .. } => self.completed[phase.index()] = Some(entry),
            Event::Contained { .. } => {
                let [first, lasting, _] = &mut self.contained;
                first.get_or_insert(entry);
                *lasting = Some(entry);
            }
            Event::ContainmentLost { .. } => {
                let [_, lasting, lost] = &mut self.contained;
                (*lasting, *lost) = (None, Some(entry));
            }
            Event::PhaseReopened { phase, .. } => {
                self.completed[phase.index()] = None;
                self.not_applicable[phase.index()] = None;
                self.reopened.push((entry, phase));
            }
            Event::PhaseDeclaredComplete { phase, .. } => {
                self.declared[phase.index()].get_or_insert(entry);
            }
            Event::PhaseNotApplicable { phase, .. } => {
                self.not_applicable[phase.index()] = Some(entry);
            }
            Event::Classified {
                role,
                severity,
                category,
                ..
            } => self.classified.push((entry, role, severity, category)),
            Event::IncidentRejected { .. } => self.rejected = Some(entry),
            _ => {}
        }
    }

    /// When it came to a mark.
    pub(crate) const fn mark(&self, mark: Mark) -> Option<&'a Entry> {
        self.marks[mark.index()]
    }

    /// A mark, or the last one before it that came. The onset is no such mark: nobody could know it.
    pub(crate) fn mark_or_earlier(&self, mark: Mark) -> Option<(Mark, &'a Entry)> {
        let marks = Mark::ALL.iter().copied();
        marks
            .filter(|earlier| *earlier <= mark && *earlier != Mark::Onset)
            .rev()
            .find_map(|mark| Some((mark, self.mark(mark)?)))
    }

    /// When a phase was first reached.
    pub(crate) const fn reached(&self, phase: Phase) -> Option<&'a Entry> {
        self.reached[phase.index()]
    }

    /// When a phase was last completed, if it stayed so.
    pub(crate) const fn completed(&self, phase: Phase) -> Option<&'a Entry> {
        self.completed[phase.index()]
    }

    /// When the team first said that a phase was complete.
    pub(crate) const fn declared_complete(&self, phase: Phase) -> Option<&'a Entry> {
        self.declared[phase.index()]
    }

    /// The entry by which a phase does not apply.
    pub(crate) const fn not_applicable(&self, phase: Phase) -> Option<&'a Entry> {
        self.not_applicable[phase.index()]
    }
}
