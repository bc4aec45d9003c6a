//! Times of phases, from the text of the rules: from which origin, against which target.

use super::{Oracle, float};
use hotwash_engine::exercise::{Day, ExerciseTime, Limit, Mark, Phase, Span};
use hotwash_engine::record::{Entry, Event};
use std::collections::BTreeSet;

impl Oracle<'_> {
    fn reached(&self, wanted: Phase) -> Option<i64> {
        self.at(|event| {
            matches!(event, Event::PhaseReached { incident, phase }
                if *incident == self.incident && *phase == wanted)
        })
    }

    /// The last completion that nothing undid; for Recovery without the watch before it.
    pub(super) fn completed(&self, wanted: Phase) -> Option<i64> {
        let mut last: Option<&Entry> = None;
        for entry in self.entries {
            match entry.event {
                Event::PhaseCompleted { incident, phase }
                    if incident == self.incident && phase == wanted =>
                {
                    last = Some(entry);
                }
                Event::PhaseReopened { incident, phase }
                    if incident == self.incident && phase == wanted =>
                {
                    last = None;
                }
                _ => {}
            }
        }
        let entry = last?;
        let before = entry
            .cause
            .map(|cause| self.entries[cause as usize - 1].at.0);
        match wanted {
            Phase::Recovery => before.or(Some(entry.at.0)),
            _ => Some(entry.at.0),
        }
    }

    /// Since when the incident is contained, up to the end.
    fn contained(&self) -> Option<i64> {
        let mut since = None;
        for entry in self.entries {
            match entry.event {
                Event::Contained { incident } if incident == self.incident => {
                    since = Some(entry.at.0);
                }
                Event::ContainmentLost { incident } if incident == self.incident => since = None,
                _ => {}
            }
        }
        since
    }

    /// How long after the first sign that somebody read it was contained for good.
    pub(super) fn contained_after(&self) -> Option<i64> {
        let read = self.mark(Mark::Seen)?;
        Some((self.contained()? - read).max(0))
    }

    fn truly_completed(&self, wanted: Phase) -> Option<i64> {
        let mut last = None;
        for entry in self.entries {
            if matches!(entry.event, Event::PhaseCompleted { incident, phase }
                if incident == self.incident && phase == wanted)
            {
                last = Some(entry.at.0);
            }
        }
        self.completed(wanted).and(last)
    }

    /// Whether a phase does not apply, unless it was opened again since.
    pub(super) fn does_not_apply(&self, wanted: Phase) -> bool {
        let said = self.entries.iter().filter_map(|entry| match entry.event {
            Event::PhaseNotApplicable { incident, phase } => Some((incident, phase, true)),
            Event::PhaseReopened { incident, phase } => Some((incident, phase, false)),
            _ => None,
        });
        let mut of_phase = said.filter(|(of, phase, _)| (*of, *phase) == (self.incident, wanted));
        of_phase.next_back().is_some_and(|(.., out)| out)
    }

    /// The end of a limit, walking day by day and minute by minute where it counts days.
    fn due(&self, from: i64, limit: Limit) -> i64 {
        let day = |at: i64| self.exercise.local(ExerciseTime(at)).0;
        let next_midnight = |at: i64| {
            let (today, time) = self.exercise.local(ExerciseTime(at));
            let mut then = at + Span::DAY.0 - time.0;
            while day(then) > Day(today.0 + 1) || self.exercise.local(ExerciseTime(then)).1.0 > 0 {
                then -= 60_000;
            }
            then
        };
        let holidays: BTreeSet<Day> = self
            .exercise
            .organisation()
            .holidays
            .iter()
            .copied()
            .collect();
        let (mut left, business) = match limit {
            Limit::Elapsed(span) => return from + span.0,
            Limit::Days(days) => (days, false),
            Limit::BusinessDays(days) => (days, true),
            Limit::Months(_) => panic!("no target of a phase counts months"),
        };
        let mut at = next_midnight(from);
        let weekend = &self.exercise.organisation().weekend;
        let rests = |day: Day| {
            weekend
                .iter()
                .any(|one| one.index() == usize::from(day.weekday()))
        };
        while left > 0 {
            let works = !rests(day(at)) && !holidays.contains(&day(at));
            left -= u16::from(works || !business);
            at = next_midnight(at);
        }
        at
    }

    /// The limits of the yardstick for reaching and for completing a phase.
    fn limits(&self, phase: Phase) -> [Option<Limit>; 2] {
        let target = self.exercise.yardstick().target(phase, self.severity);
        assert!(target.is_none_or(|target| target.origin.is_none()));
        target.map_or([None, None], |target| [target.reached, target.completed])
    }

    fn add(&self, from: i64, phase: Phase) -> i64 {
        let [reached, completed] = self.limits(phase);
        completed
            .or(reached)
            .map_or(from, |limit| self.due(from, limit))
    }

    /// V: since when the incident could be seen, whatever there is to see by.
    fn visible(&self) -> Option<i64> {
        let effect = self.at(|event| {
            matches!(event, Event::StepTookEffect { step, .. }
                if self.exercise.step(*step).incident == self.incident
                    && self.exercise.step(*step).visibility > 0)
        });
        let since = effect.or_else(|| self.mark(Mark::Observable))?;
        Some(since.max(0))
    }

    /// From when a phase is scored, and from when the time that it had is.
    fn origins(&self, phase: Phase) -> Option<(i64, i64)> {
        let visible = self.visible()?;
        let identified = self.add(visible, Phase::Identification);
        let assessed = self.add(identified, Phase::Assessment);
        Some(match phase {
            Phase::Identification => (visible, visible),
            Phase::Assessment => (identified, identified),
            Phase::Response | Phase::Resolution | Phase::Recovery => (assessed, assessed),
            Phase::Closure => {
                let before = [Phase::Recovery, Phase::Resolution, Phase::Response];
                let last = before
                    .into_iter()
                    .find(|phase| !self.does_not_apply(*phase));
                let due = last.map_or(assessed, |phase| self.add(assessed, phase));
                let over = match last {
                    Some(phase) => self.truly_completed(phase),
                    None => self.at(|event| matches!(event, Event::IncidentRejected { .. })),
                };
                (over.map_or(due, |over| over.max(due)), due)
            }
        })
    }

    /// The score of a mark: none where it is left out.
    fn score(&self, phase: Phase, mark: usize) -> Option<f64> {
        let limit = self.limits(phase)[mark]?;
        let (from, available) = self.origins(phase)?;
        let at = [self.reached(phase), self.completed(phase)][mark];
        let Some(at) = at else {
            let up = !self.was_cut_short() || self.end_at() > self.due(available, limit);
            return up.then_some(0.0);
        };
        let (taken, target) = (
            float((at - from).max(0)),
            float(self.due(from, limit) - from),
        );
        Some(10_000.0 * (target / taken.max(1.0)).min(1.0))
    }

    /// Whether the exercise was cut short before a phase that is not over had the time of its target.
    pub(super) fn had_no_time(&self, phase: Phase) -> bool {
        let [reached, completed] = self.limits(phase);
        let last = usize::from(completed.is_some());
        let is_limited = completed.or(reached).is_some() && self.origins(phase).is_some();
        is_limited && self.score(phase, last).is_none()
    }

    pub(super) fn timeliness(&self, phase: Phase) -> Option<f64> {
        let share = f64::from(self.exercise.yardstick().scoring.reached_share.0) / 10_000.0;
        match (self.score(phase, 0), self.score(phase, 1)) {
            (Some(reached), Some(completed)) => Some(share * reached + (1.0 - share) * completed),
            (one, other) => one.or(other),
        }
    }
}
