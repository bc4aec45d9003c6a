//! The least time that work takes, whoever does it and with whatever tools.
//!
//! A task that says less is played at its floors, so that no plan is good only because it claims what
//! nobody can do. Two things lift that: a reason of the plan's own for a task, and an organisation
//! without friction, which is a laboratory. A result that rests on either is said to.

use super::{Act, Each, Exercise, Law, Measure, Object, Span, Task, TaskId};

/// The least time of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor {
    /// The time.
    pub time: Span,
    /// Whether it is that of one asset: on several, it comes as often as there are assets.
    pub per_asset: bool,
}

impl Measure {
    /// The least time that this measure takes (`docs/defaults.md`).
    pub const fn floor(self) -> Floor {
        let (minutes, per_asset) = match self {
            Self::Report
            | Self::Log
            | Self::Escalate
            | Self::Declare
            | Self::Reject
            | Self::Decide => (1, false),
            Self::Classify
            | Self::Activate
            | Self::Block
            | Self::Filter
            | Self::HandOver
            | Self::Close => (2, false),
            Self::Triage => (3, false),
            Self::Notify | Self::Brief | Self::RecallPayment => (5, false),
            Self::Scope | Self::Harden | Self::Watch | Self::AssignAction => (10, false),
            Self::Investigate | Self::Takedown => (15, false),
            Self::Review => (30, false),
            Self::FindCause | Self::IssueReport => (60, false),
            Self::Isolate
            | Self::Disconnect
            | Self::Shutdown
            | Self::WipeRemotely
            | Self::DisableAccount
            | Self::Revoke
            | Self::Reconnect
            | Self::Accept => (1, true),
            Self::Preserve => (2, true),
            Self::Patch
            | Self::RotateCredentials
            | Self::Failover
            | Self::Verify
            | Self::Correct => (5, true),
            Self::Evict => (10, true),
            Self::Restore => (20, true),
            Self::Rebuild => (30, true),
        };
        Floor {
            time: Span::minutes(minutes),
            per_asset,
        }
    }
}

impl Law {
    /// The short end of a duration, by which it is compared with what is plausible: the 5th percentile
    /// of a range, the least of what is bounded below, the mean of what is only known about.
    pub fn short_end(&self) -> Span {
        match self {
            Self::Fixed(span) | Self::About(span) => *span,
            Self::Range { low, .. } => *low,
            Self::Triangle { least, .. } => *least,
            Self::Observed(spans) => spans.iter().copied().min().unwrap_or(Span::ZERO),
        }
    }
}

/// The time of several measures of one task. One person takes them one after the other. Several share
/// them, and none of them is shared in itself.
pub fn together(times: impl Iterator<Item = Span>, people: u16) -> Span {
    let (mut sum, mut longest) = (Span::ZERO, Span::ZERO);
    for time in times {
        sum += time;
        longest = longest.max(time);
    }
    Span(sum.0 / i64::from(people.max(1))).max(longest)
}

impl Act {
    /// Whether its floor depends on how many assets it is taken on.
    pub const fn grows_with_assets(&self) -> bool {
        let on_assets = matches!(self.on, Object::Assets(_) | Object::Evidence(..));
        on_assets && self.measure.floor().per_asset
    }
}

impl Task {
    /// The least time of this task, where each of its measures is taken on so many assets.
    pub fn floor(&self, mut assets: impl FnMut(&Act) -> usize) -> Span {
        let times = self.does.iter().map(|act| {
            let times = if act.grows_with_assets() {
                assets(act).max(1)
            } else {
                1
            };
            let times = i64::try_from(times).unwrap_or(i64::MAX);
            Span(act.measure.floor().time.0.saturating_mul(times))
        });
        together(times, self.people)
    }

    /// Whether it says why it may be shorter than its floors, and may be: on so many assets at most.
    fn is_shorter_with_reason(&self, most: usize) -> bool {
        let most = if self.each == Each::Asset { 1 } else { most };
        self.because.is_some() && self.takes.short_end() < self.floor(|_| most)
    }
}

impl Exercise {
    /// Whether people are without friction and tasks without floors: what comes of it holds for the
    /// engine, and says nothing about a response.
    pub const fn is_laboratory(&self) -> bool {
        self.organisation().tireless
    }

    /// The tasks that are played as they are written though that is, or may be, below their floors: they
    /// give a reason of their own ([`Task::because`]).
    pub fn tasks_with_own_reason(&self) -> impl Iterator<Item = TaskId> + '_ {
        let tasks = self.plan().tasks.iter().enumerate();
        tasks
            .filter(|(_, task)| self.has_own_reason(task))
            .map(|(i, _)| TaskId::new(i))
    }

    /// The tasks that are shorter than their measures allow on a single asset, and are played at the floors.
    pub fn tasks_at_their_floors(&self) -> impl Iterator<Item = TaskId> + '_ {
        let tasks = self.plan().tasks.iter().enumerate();
        let lifted = tasks.filter(|(_, task)| {
            !self.is_played_as_written(task) && task.takes.short_end() < task.floor(|_| 1)
        });
        lifted.map(|(i, _)| TaskId::new(i))
    }

    /// Whether a task is played as it is written, however short that is.
    pub fn is_played_as_written(&self, task: &Task) -> bool {
        self.is_laboratory() || self.has_own_reason(task)
    }

    /// Whether a task gives such a reason.
    pub fn has_own_reason(&self, task: &Task) -> bool {
        task.is_shorter_with_reason(self.organisation().assets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::{holds, row, span};
    use crate::exercise::{Phase, Selector};
    use crate::simulation::fixture;

    #[test]
    fn the_floor_of_every_measure_is_documented() {
        let shown = |measure: &Measure| {
            let floor = measure.floor();
            let each = if floor.per_asset { " an asset" } else { "" };
            row(measure.name(), format!("{}{each}", span(floor.time.0)))
        };
        let rows: Vec<_> = Measure::ALL.iter().map(shown).collect();
        holds("a measure takes at least", &rows);
    }

    #[test]
    fn only_what_is_taken_on_assets_has_a_floor_for_each_of_them() {
        for measure in Measure::ALL.iter().filter(|of| of.floor().per_asset) {
            assert!(measure.is_taken_on_assets() || *measure == Measure::Accept);
        }
    }

    /// A task of some measures on whatever is affected.
    fn task(measures: &[Measure], people: u16) -> Task {
        let on = Object::Assets(Selector::Affected);
        let act = |measure: &Measure| Act {
            measure: *measure,
            on: on.clone(),
        };
        Task {
            people,
            does: measures.iter().map(act).collect(),
            ..fixture::task("all", Phase::Response, Measure::Isolate)
        }
    }

    #[test]
    fn measures_of_one_person_add_up_and_several_share_them() {
        let both = [Measure::Isolate, Measure::Evict];
        let minutes = |people, assets| task(&both, people).floor(|_| assets);
        assert_eq!(minutes(1, 1), Span::minutes(11));
        assert_eq!(minutes(1, 4), Span::minutes(44));
        assert_eq!(minutes(1, 0), Span::minutes(11));
        assert_eq!(minutes(2, 4), Span::minutes(40));
        assert_eq!(task(&[], 1).floor(|_| 9), Span::ZERO);
    }

    #[test]
    fn a_reason_counts_only_where_the_time_is_below_the_floors() {
        let mut parts = fixture::parts();
        let assets = ["a", "b", "c"];
        let kind = crate::exercise::AssetKind::Database;
        parts.organisation.assets = assets.map(|name| fixture::asset(name, kind)).to_vec();
        let mut own = task(&[Measure::Evict], 1);
        own.because = Some("a test".to_owned());
        let named = |takes: i64, each, because: Option<String>| {
            let mut parts = parts.clone();
            let takes = Law::Fixed(Span::minutes(takes));
            parts.plan.tasks = vec![Task {
                takes,
                because,
                each,
                ..own.clone()
            }];
            let exercise = Exercise::new(parts).expect("it is valid");
            exercise.tasks_with_own_reason().count()
        };
        let why = own.because.clone();
        assert_eq!(named(9, Each::Asset, why.clone()), 1);
        assert_eq!(named(9, Each::Asset, None), 0);
        assert_eq!(named(10, Each::Asset, why.clone()), 0);
        // It may come upon all three of them.
        assert_eq!(named(29, Each::Incident, why.clone()), 1);
        assert_eq!(named(30, Each::Incident, why), 0);
    }
}
