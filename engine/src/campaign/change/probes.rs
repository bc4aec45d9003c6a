//! Something is taken away, or a number moved, to see what matters.

use super::Change;
use super::insert::renumber_channels;
use crate::exercise::{
    ChannelId, Day, Exercise, GroupId, Law, Parts, PersonId, RoleId, Severity, SourceId, Span,
    TaskId,
};

/// By what a time is multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// One half.
    Half,
    /// Two.
    Twice,
}

impl Factor {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Half, Self::Twice];

    pub(super) fn of(self, span: Span) -> Span {
        let permille = match self {
            Self::Half => 500,
            Self::Twice => 2_000,
        };
        if span == Span::ZERO {
            span
        } else {
            span.scaled(permille)
        }
    }

    fn of_law(self, law: &Law) -> Law {
        match law {
            Law::Fixed(span) => Law::Fixed(self.of(*span)),
            Law::Range { low, high } => Law::Range {
                low: self.of(*low),
                high: self.of(*high),
            },
            Law::Triangle {
                least,
                likely,
                most,
            } => Law::Triangle {
                least: self.of(*least),
                likely: self.of(*likely),
                most: self.of(*most),
            },
            Law::About(mean) => Law::About(self.of(*mean)),
            Law::Observed(spans) => Law::Observed(spans.iter().map(|it| self.of(*it)).collect()),
        }
    }
}

impl Change {
    /// Every probe of an exercise, in a fixed order: something is taken away, or a number moved.
    pub fn probes(exercise: &Exercise) -> Vec<Self> {
        let (organisation, plan) = (exercise.organisation(), exercise.plan());
        let mut all: Vec<Self> = Vec::new();
        let people = (0..organisation.people.len()).map(PersonId::new);
        all.extend(people.map(Self::WithoutPerson));
        for (i, role) in organisation.roles.iter().enumerate() {
            let deputies = role.deputies.iter();
            all.extend(deputies.map(|person| Self::WithoutDeputy(RoleId::new(i), *person)));
        }
        let channels = (0..organisation.channels.len()).map(ChannelId::new);
        all.extend(channels.map(Self::WithoutChannel));
        let sources = (0..organisation.sources.len()).map(SourceId::new);
        all.extend(sources.map(Self::WithoutSource));
        let groups = (0..organisation.groups.len()).map(GroupId::new);
        all.extend(groups.map(Self::WithoutGroup));
        for (i, task) in plan.tasks.iter().enumerate() {
            let id = TaskId::new(i);
            all.extend(Factor::ALL.map(|by| Self::Task(id, by)));
            if task.delay.is_some() {
                all.extend(Factor::ALL.map(|by| Self::Delay(id, by)));
            }
            let from = task.from_severity.map_or(0, Severity::index);
            let moved = [from.checked_sub(1), Some(from + 1)].into_iter().flatten();
            if task.from_severity.is_some() {
                let moved = moved.filter_map(|to| Severity::ALL.get(to).copied());
                all.extend(moved.map(|to| Self::FromSeverity(id, to)));
            }
        }
        for severity in Severity::ALL {
            all.extend(Factor::ALL.map(|by| Self::Escalation(*severity, by)));
        }
        all
    }

    /// Changes the parts.
    pub(super) fn probe(self, parts: &mut Parts) {
        let days = all_days(parts);
        let (organisation, plan) = (&mut parts.organisation, &mut parts.plan);
        match self {
            Self::WithoutPerson(person) => {
                // Away, not struck off: a role that is held by somebody who is away has its deputies.
                let gone = &mut organisation.people[person.index()];
                let (first, last) = days;
                gone.leave = vec![(first, last)];
            }
            Self::WithoutDeputy(role, person) => {
                let deputies = &mut organisation.roles[role.index()].deputies;
                deputies.retain(|of| *of != person);
            }
            Self::WithoutChannel(channel) => without_channel(parts, channel),
            Self::WithoutSource(source) => {
                let source = &mut organisation.sources[source.index()];
                source.sees.clear();
                source.false_alarms = None;
                source.raises = crate::exercise::BasisPoints::ZERO;
            }
            Self::WithoutGroup(group) => {
                let group = &mut organisation.groups[group.index()];
                group.reports = crate::exercise::BasisPoints::ZERO;
            }
            Self::Task(task, by) => {
                let takes = &mut plan.tasks[task.index()].takes;
                *takes = by.of_law(takes);
            }
            Self::Delay(task, by) => {
                let delay = &mut plan.tasks[task.index()].delay;
                *delay = delay.as_ref().map(|law| by.of_law(law));
            }
            Self::Escalation(severity, by) => {
                let after = &mut plan.escalation.after[severity.index()];
                *after = by.of(*after);
            }
            Self::FromSeverity(task, severity) => {
                plan.tasks[task.index()].from_severity = Some(severity);
            }
            // What is built is no probe.
            _ => {}
        }
    }
}

/// From well before the onset until well after the latest ENDEX, in local days.
fn all_days(parts: &Parts) -> (Day, Day) {
    let zone = &parts.organisation.zone;
    let day = |at, by: i32| Day(zone.local(parts.startex, at).0.0 + by);
    (day(parts.onset, -AROUND), day(parts.limit, AROUND))
}

/// How many days before and after the exercise somebody is away who is taken out of it.
const AROUND: i32 = 30;

/// Takes a channel out of the list and out of all that names it. What went over it goes over what is
/// left; where it was the only one, there is none, and the default is not put in its place.
fn without_channel(parts: &mut Parts, gone: ChannelId) {
    let left = |of: ChannelId| match of.index().cmp(&gone.index()) {
        std::cmp::Ordering::Less => Some(of),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(ChannelId::new(of.index() - 1)),
    };
    parts.organisation.channels.remove(gone.index());
    renumber_channels(parts, left);
}
