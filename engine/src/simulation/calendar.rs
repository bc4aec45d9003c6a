//! When people are on duty and on call, and how attention gathers.

use crate::exercise::{
    Day, Exercise, ExerciseTime, Interval, Limit, Organisation, Person, PersonId, Span,
    Stakeholder, StakeholderId, Weekday, WeeklyHours, Zone,
};
use crate::record::Presence;

/// The working and on-call time of everybody, from before the onset to after the limit.
#[derive(Debug)]
pub(crate) struct Calendar {
    duty: Vec<Intervals>,
    leave: Vec<Intervals>,
    turns: Vec<Turns>,
    /// The first instant of each local day, from before the onset to after the limit.
    midnights: Vec<ExerciseTime>,
    groups: Vec<Intervals>,
    /// By stakeholder: when it is told; `None`: at any hour.
    told: Vec<Option<Intervals>>,
}

/// Sorted intervals that neither touch nor overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Intervals(Vec<Interval>);

impl Intervals {
    /// Sorts intervals and joins those that touch.
    fn new(mut all: Vec<Interval>) -> Self {
        all.sort_unstable();
        let mut joined: Vec<Interval> = Vec::with_capacity(all.len());
        for next in all {
            match joined.last_mut() {
                Some(last) if next.from <= last.until => last.until = last.until.max(next.until),
                _ => joined.push(next),
            }
        }
        Self(joined)
    }

    /// The interval that holds an instant.
    pub(crate) fn at(&self, at: ExerciseTime) -> Option<Interval> {
        let after = self.0.partition_point(|interval| interval.from <= at);
        let candidate = self.0.get(after.checked_sub(1)?)?;
        (at < candidate.until).then_some(*candidate)
    }

    /// Whether an instant lies within.
    pub(crate) fn contains(&self, at: ExerciseTime) -> bool {
        self.at(at).is_some()
    }

    /// The first interval that starts after an instant.
    pub(crate) fn next(&self, at: ExerciseTime) -> Option<Interval> {
        self.0
            .get(self.0.partition_point(|interval| interval.from <= at))
            .copied()
    }

    /// The last interval that started at or before an instant.
    pub(crate) fn last(&self, at: ExerciseTime) -> Option<Interval> {
        let after = self.0.partition_point(|interval| interval.from <= at);
        self.0.get(after.checked_sub(1)?).copied()
    }

    /// The next instant after this one at which an interval starts or ends.
    pub(crate) fn next_change(&self, at: ExerciseTime) -> Option<ExerciseTime> {
        match self.at(at) {
            Some(inside) => Some(inside.until),
            None => self.next(at).map(|next| next.from),
        }
    }
}

/// How somebody stands by the calendar alone from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    /// From when on.
    pub(crate) from: ExerciseTime,
    /// How they can be reached: on duty exactly while it is their shift.
    pub(crate) presence: Presence,
}

/// How somebody comes and goes by the calendar alone: one list, so that who asks for presence and for
/// when it may change next looks once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Vec<Turn>);

impl Turns {
    /// Leave comes before all else.
    fn of(duty: &Intervals, on_call: &Intervals, leave: &Intervals) -> Self {
        let all = duty.0.iter().chain(&on_call.0).chain(&leave.0);
        let mut ends: Vec<ExerciseTime> = all.flat_map(|of| [of.from, of.until]).collect();
        ends.sort_unstable();
        ends.dedup();
        let turn = |at| Turn {
            from: at,
            presence: if leave.contains(at) {
                Presence::OnLeave
            } else if duty.contains(at) {
                Presence::OnDuty
            } else if on_call.contains(at) {
                Presence::OnCall
            } else {
                Presence::Off
            },
        };
        Self(ends.into_iter().map(turn).collect())
    }

    /// The place of the first turn after an instant, looked for from a place near it.
    pub(crate) fn after(&self, at: ExerciseTime, near: usize) -> usize {
        let (before, behind) = self.0.split_at(near);
        let passed = behind.iter().take_while(|turn| turn.from <= at).count();
        let ahead = before.iter().rev().take_while(|turn| turn.from > at);
        near + passed - ahead.count()
    }

    /// From when on somebody is on duty or on call, from an instant on; `None`: never again.
    pub(crate) fn there_from(&self, at: ExerciseTime) -> Option<ExerciseTime> {
        let begun = self.0.partition_point(|turn| turn.from <= at);
        let of_now = begun.saturating_sub(1);
        let mut turns = self.0.get(of_now..)?.iter();
        let there =
            turns.find(|turn| matches!(turn.presence, Presence::OnDuty | Presence::OnCall))?;
        Some(there.from.max(at))
    }

    /// The turn at a place.
    pub(crate) fn get(&self, place: usize) -> Option<&Turn> {
        self.0.get(place)
    }

    /// The turn before a place: what holds until that.
    pub(crate) fn before(&self, place: usize) -> Option<&Turn> {
        self.0.get(place.checked_sub(1)?)
    }
}

impl Calendar {
    pub(crate) fn new(exercise: &Exercise) -> Self {
        let organisation = exercise.organisation();
        let people = &organisation.people;
        let on_duty = |p: &Person| expand(exercise, &p.shift, p.keeps_holidays, &p.leave);
        let on_call = |p: &Person| expand(exercise, &p.on_call, false, &p.leave);
        let groups = organisation.groups.iter();
        let duty: Vec<Intervals> = people.iter().map(on_duty).collect();
        let on_call: Vec<Intervals> = people.iter().map(on_call).collect();
        let leave: Vec<Intervals> = people.iter().map(|p| leave(exercise, p)).collect();
        let all = duty.iter().zip(&on_call).zip(&leave);
        Self {
            turns: all
                .map(|((duty, on_call), leave)| Turns::of(duty, on_call, leave))
                .collect(),
            duty,
            leave,
            midnights: days(exercise)
                .map(|day| {
                    exercise
                        .organisation()
                        .zone
                        .instant(exercise.parts().startex, day, Span::ZERO)
                })
                .collect(),
            groups: groups
                .map(|g| expand(exercise, &g.hours, true, &[]))
                .collect(),
            told: told(exercise),
        }
    }

    /// When a stakeholder is told; `None`: at any hour.
    pub(crate) fn told(&self, stakeholder: StakeholderId) -> Option<&Intervals> {
        self.told[stakeholder.index()].as_ref()
    }

    /// A person's shifts.
    pub(crate) fn duty(&self, person: PersonId) -> &Intervals {
        &self.duty[person.index()]
    }

    /// How a person comes and goes.
    pub(crate) fn turns(&self, person: PersonId) -> &Turns {
        &self.turns[person.index()]
    }

    /// A person's days of leave.
    pub(crate) fn leave(&self, person: PersonId) -> &Intervals {
        &self.leave[person.index()]
    }

    /// The place of the local day that holds an instant.
    pub(crate) fn day(&self, at: ExerciseTime) -> Option<usize> {
        let begun = self.midnights.partition_point(|midnight| *midnight <= at);
        begun.checked_sub(1)
    }

    /// Whether there is a local day at a place.
    pub(crate) fn has_day(&self, day: usize) -> bool {
        day < self.midnights.len()
    }

    /// When the local day at a place begins.
    pub(crate) fn midnight(&self, day: usize) -> ExerciseTime {
        self.midnights[day]
    }

    /// The working time of a group of staff.
    pub(crate) fn group(&self, group: crate::exercise::GroupId) -> &Intervals {
        &self.groups[group.index()]
    }
}

/// The days for which a calendar is made: from before the onset to after the limit.
fn days(exercise: &Exercise) -> impl Iterator<Item = Day> {
    let parts = exercise.parts();
    let first = exercise.local(parts.onset).0.0 - 8;
    let last = exercise.local(parts.limit).0.0 + 8;
    (first..=last).map(Day)
}

/// A person's days of leave.
fn leave(exercise: &Exercise, person: &Person) -> Intervals {
    let parts = exercise.parts();
    let midnight = |day: Day| {
        let zone = &parts.organisation.zone;
        zone.instant(parts.startex, day, Span::ZERO)
    };
    let days = person.leave.iter().map(|(from, until)| Interval {
        from: midnight(*from),
        until: midnight(Day(until.0 + 1)),
    });
    Intervals::new(days.collect())
}

/// When each stakeholder is told, in its own zone. Who is told on no weekend is not told on a holiday either.
fn told(exercise: &Exercise) -> Vec<Option<Intervals>> {
    let organisation = exercise.organisation();
    let told = |of: &Stakeholder| {
        let hours = of.hours.as_ref()?;
        let weekend = of.weekend.as_ref().unwrap_or(&organisation.weekend);
        let rests = |day: u8| weekend.iter().any(|free| free.index() == usize::from(day));
        let at_weekends = hours.0.iter().any(|hours| rests(hours.weekday));
        let works = |day| at_weekends || of.holidays.binary_search(&day).is_err();
        let zone = of.zone.as_ref().unwrap_or(&organisation.zone);
        Some(within(exercise, hours, zone, works))
    };
    organisation.stakeholders.iter().map(told).collect()
}

/// The intervals of weekly hours within the time of an exercise.
fn expand(
    exercise: &Exercise,
    hours: &WeeklyHours,
    keeps_holidays: bool,
    leave: &[(Day, Day)],
) -> Intervals {
    let organisation = exercise.organisation();
    let works = |day: Day| {
        let holiday = keeps_holidays && organisation.holidays.binary_search(&day).is_ok();
        let away = leave
            .iter()
            .any(|(from, until)| *from <= day && day <= *until);
        !holiday && !away
    };
    within(exercise, hours, &organisation.zone, works)
}

/// The intervals of weekly hours in a zone, on days that pass a test.
fn within(
    exercise: &Exercise,
    hours: &WeeklyHours,
    zone: &Zone,
    works: impl Fn(Day) -> bool,
) -> Intervals {
    let parts = exercise.parts();
    let at = |day, minutes: u16| {
        let (day, minutes) = (Day(day + i32::from(minutes / 1_440)), minutes % 1_440);
        zone.instant(parts.startex, day, Span::minutes(i64::from(minutes)))
    };
    let mut all = Vec::new();
    for Day(day) in days(exercise).filter(|day| works(*day)) {
        for hours in hours
            .0
            .iter()
            .filter(|hours| hours.weekday == Day(day).weekday())
        {
            let interval = Interval {
                from: at(day, hours.from),
                until: at(day, hours.until),
            };
            if interval.from < interval.until {
                all.push(interval);
            }
        }
    }
    Intervals::new(all)
}

/// When a term that is counted from an instant is over: at the end of its last millisecond.
///
/// Elapsed time runs through nights and holidays. Days and months are local to whom is to be told;
/// the day of the trigger is not counted, and the last day ends at 24:00, as Regulation (EEC,
/// Euratom) No 1182/71 has it for acts of the European Union.
pub(crate) fn due(
    exercise: &Exercise,
    recipient: Option<&Stakeholder>,
    from: ExerciseTime,
    limit: Limit,
) -> ExerciseTime {
    let organisation = exercise.organisation();
    let zone = recipient
        .and_then(|r| r.zone.as_ref())
        .unwrap_or(&organisation.zone);
    let startex = exercise.parts().startex;
    let (start, _) = zone.local(startex, from);
    let end_of = |day: Day| zone.instant(startex, Day(day.0 + 1), Span::ZERO);
    match limit {
        Limit::Elapsed(span) => from + span,
        Limit::Days(n) => end_of(Day(start.0 + i32::from(n))),
        Limit::BusinessDays(n) => end_of(business_day(organisation, recipient, start, n)),
        Limit::Months(n) => end_of(add_months(start, n)),
    }
}

/// The nth day after a day that is neither on a weekend nor a holiday of the recipient.
fn business_day(
    organisation: &Organisation,
    recipient: Option<&Stakeholder>,
    start: Day,
    n: u16,
) -> Day {
    let holidays = recipient.map_or(&organisation.holidays, |r| &r.holidays);
    let weekend = recipient.and_then(|r| r.weekend.as_ref());
    let weekend = weekend.unwrap_or(&organisation.weekend);
    let rests = |day: Day| weekend.contains(&Weekday::of(day));
    let works = |day: Day| !rests(day) && holidays.binary_search(&day).is_err();
    let mut day = start;
    let mut left = n;
    while left > 0 {
        day = Day(day.0 + 1);
        left -= u16::from(works(day));
    }
    day
}

/// The same day of a later month; a day that the month lacks is its last.
fn add_months(day: Day, n: u16) -> Day {
    let (year, month, of_month) = day.civil();
    let months = i32::from(month) - 1 + i32::from(n);
    let (year, month) = (year + months / 12, (months % 12) as u8 + 1);
    let next = if month == 12 {
        Day::from_civil(year + 1, 1, 1)
    } else {
        Day::from_civil(year, month + 1, 1)
    };
    let last = Day(next.0 - 1).civil().2;
    Day::from_civil(year, month, of_month.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::StakeholderKind;
    use proptest::prelude::*;

    #[test]
    fn a_missing_day_of_a_month_is_its_last() {
        let day = Day::from_civil(2026, 1, 31);
        assert_eq!(add_months(day, 1).civil(), (2026, 2, 28));
        assert_eq!(add_months(day, 13).civil(), (2027, 2, 28));
        assert_eq!(add_months(day, 11).civil(), (2026, 12, 31));
    }

    #[test]
    fn business_days_follow_the_week_of_the_recipient() {
        use crate::simulation::fixture;
        let mut organisation = fixture::organisation();
        let mut recipient = fixture::stakeholder("authority", StakeholderKind::SectorRegulator);
        // A Wednesday; the Thursday after it is a holiday of the recipient.
        let wednesday = Day::from_civil(2027, 1, 13);
        recipient.holidays = vec![Day(wednesday.0 + 1)];
        let after = |organisation: &Organisation, recipient: &Stakeholder, n| {
            business_day(organisation, Some(recipient), wednesday, n).0 - wednesday.0
        };
        assert_eq!(after(&organisation, &recipient, 1), 2);
        organisation.weekend = vec![Weekday::Fri, Weekday::Sat];
        assert_eq!(after(&organisation, &recipient, 1), 4);
        recipient.weekend = Some(vec![Weekday::Sun]);
        assert_eq!(after(&organisation, &recipient, 3), 5);
        recipient.weekend = Some(Vec::new());
        assert_eq!(after(&organisation, &recipient, 6), 7);
        assert_eq!(
            business_day(&organisation, None, wednesday, 2).0,
            wednesday.0 + 4
        );
    }

    #[test]
    fn civil_dates_and_days_agree_over_four_centuries() {
        for day in (-100_000..50_000).step_by(7) {
            let (y, m, d) = Day(day).civil();
            assert_eq!(Day::from_civil(y, m, d), Day(day));
        }
    }

    #[test]
    fn intervals_that_touch_are_one() {
        let t = ExerciseTime;
        let of = |from, until| Interval {
            from: t(from),
            until: t(until),
        };
        let joined = Intervals::new(vec![of(5, 9), of(0, 5), of(20, 30)]);
        assert_eq!(joined.0, vec![of(0, 9), of(20, 30)]);
        assert_eq!(joined.next_change(t(3)), Some(t(9)));
        assert_eq!(joined.next_change(t(9)), Some(t(20)));
        assert_eq!(joined.last(t(12)), Some(of(0, 9)));
    }

    proptest! {
        #[test]
        fn turns_say_what_shifts_and_times_on_call_say(
            duty in prop::collection::vec((0_i64..60, 1_i64..9), 0..6),
            on_call in prop::collection::vec((0_i64..60, 1_i64..9), 0..6),
            leave in prop::collection::vec((0_i64..60, 1_i64..9), 0..3),
        ) {
            let intervals = |of: Vec<(i64, i64)>| {
                let of = of.into_iter().map(|(from, length)| Interval {
                    from: ExerciseTime(from),
                    until: ExerciseTime(from + length),
                });
                Intervals::new(of.collect())
            };
            let (duty, on_call) = (intervals(duty), intervals(on_call));
            let leave = intervals(leave);
            let turns = Turns::of(&duty, &on_call, &leave);
            for at in (-1..72).map(ExerciseTime) {
                let place = turns.after(at, 0);
                let held = turns.before(place).map(|turn| turn.presence);
                let presence = match (duty.contains(at), on_call.contains(at)) {
                    _ if leave.contains(at) => Presence::OnLeave,
                    (true, _) => Presence::OnDuty,
                    (false, true) => Presence::OnCall,
                    (false, false) => Presence::Off,
                };
                prop_assert_eq!(held.unwrap_or(Presence::Off), presence);
                let next = [&duty, &on_call, &leave].into_iter().filter_map(|of| of.next_change(at)).min();
                prop_assert_eq!(turns.get(place).map(|turn| turn.from), next);
            }
        }
    }
}
