//! Sleep: when people usually go to bed and get up, and how long they have been awake.
//!
//! Who is left alone lives by these habits. Who is reached, works past their shift or goes to rest is kept
//! up, or sleeps, otherwise: that is kept as [`Up`], until the next night that nothing takes from them.

#[cfg(test)]
mod tests;

use super::Someone;
use crate::exercise::{ExerciseTime, Interval, Law, PersonId, Span};
use crate::simulation::calendar::Calendar;
use crate::simulation::draw::Purpose;
use crate::simulation::human::{self, LONGEST_AWAKE};
use crate::simulation::scene::Scene;

/// How long somebody has been awake when a night begins before which nothing is known of them.
const A_DAY: Span = Span::hours(15);

/// When somebody usually sleeps, by the draws of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Habits {
    /// How long after midnight of their day they go to bed.
    bed: Span,
    /// How long they sleep.
    night: Span,
    /// How long before a shift they get up.
    before: Span,
    /// Whether the author says so, who is then taken at their word.
    is_said: bool,
}

/// What keeps somebody from living by their habits, and how tired they were when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Up {
    /// Since when they have been up.
    pub(super) since: ExerciseTime,
    /// How long they counted as awake then.
    pub(super) tired: Span,
    /// Until when they are kept up.
    pub(super) kept_until: ExerciseTime,
}

impl Up {
    /// Until further notice.
    pub(super) const OPEN: ExerciseTime = ExerciseTime(i64::MAX);

    /// Since when they count as awake.
    fn counts_from(self) -> ExerciseTime {
        self.since - self.tired
    }
}

/// How somebody stands who sleeps or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rested {
    /// Awake, and as tired as if they had been so from then on.
    Awake(ExerciseTime),
    /// Asleep.
    Asleep(Sleep),
    /// At a place that several take turns at: its shift is longer than anybody works.
    InTurn,
}

/// Somebody's sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sleep {
    /// Since when.
    from: ExerciseTime,
    /// Since when they counted as awake as it began.
    woke: ExerciseTime,
    /// How long they sleep in a whole night.
    whole: Span,
}

impl Sleep {
    /// How tired they are whom something wakes: a whole night takes all of it away, a part of one as much.
    pub(super) fn left(self, at: ExerciseTime) -> Span {
        let tired = (self.from - self.woke).max(Span::ZERO);
        let slept = (at - self.from).max(Span::ZERO);
        if slept >= self.whole {
            return Span::ZERO;
        }
        tired - Span(tired.0 * slept.0 / self.whole.0)
    }
}

impl Habits {
    /// Those of a person in this run. In a laboratory everybody sleeps alike.
    pub(super) fn of(scene: Scene<'_>, person: PersonId) -> Self {
        let subject = scene.person(person);
        let draw = |law: &Law, purpose| match law {
            Law::Triangle { likely, .. } if scene.is_tireless() => *likely,
            law => scene.dice.duration(law, subject, purpose, 0),
        };
        let described = &scene.exercise().organisation().people[person.index()];
        let drawn = || draw(&human::UP_BEFORE_SHIFT, Purpose::UpBeforeShift);
        Self {
            bed: draw(&human::BED, Purpose::Bedtime),
            night: draw(&human::NIGHT, Purpose::Night),
            before: described.awake_before_shift.unwrap_or_else(drawn),
            is_said: described.awake_before_shift.is_some(),
        }
    }

    /// How long they sleep whom nothing wakes.
    pub(super) const fn night(&self) -> Span {
        self.night
    }

    /// The night that begins on a day, or after the shift that takes it from them; it ends when they get up
    /// for the next.
    fn night_of(&self, calendar: &Calendar, person: PersonId, day: usize) -> Interval {
        let duty = calendar.duty(person);
        let counts = |shift: &Interval| shift.until - shift.from <= LONGEST_AWAKE;
        let taken = |from: ExerciseTime| {
            let soon = |shift: &Interval| shift.from - self.before < from + human::SHORTEST_NIGHT;
            let on = duty.at(from).or_else(|| duty.next(from).filter(soon));
            on.filter(counts)
        };
        let mut from = calendar.midnight(day) + self.bed;
        for _ in 0..2 {
            let Some(shift) = taken(from) else {
                break;
            };
            from = shift.until + human::HOME_TO_BED;
        }
        if taken(from).is_some() {
            return Interval { from, until: from };
        }
        let out = from + self.night;
        let latest = if self.is_said {
            from + Span::DAY - self.night
        } else {
            out + human::LIE_IN
        };
        let next = duty.next(from).filter(counts);
        let alarm = next.map(|shift| shift.from - self.before);
        // Who gets up late goes to bed the later.
        match alarm.filter(|alarm| *alarm <= latest) {
            Some(until) => Interval {
                from: from.max(until - self.night),
                until,
            },
            None => Interval { from, until: out },
        }
    }

    /// When somebody wakes who falls asleep at an instant: once they have slept enough, or for the next shift.
    fn wakes(
        &self,
        scene: Scene<'_>,
        person: PersonId,
        from: ExerciseTime,
        enough: Span,
    ) -> ExerciseTime {
        let next = scene.calendar().duty(person).next(from);
        let alarm = next.map(|shift| (shift.from - self.before).max(from));
        alarm.map_or(from + enough, |alarm| alarm.min(from + enough))
    }

    /// The sleep by day of somebody who was kept up until an instant, past the end of a night: once they have been up
    /// for as long as anybody works, if nothing else comes before that; and when it ends.
    fn by_day(
        &self,
        scene: Scene<'_>,
        person: PersonId,
        up: Up,
        until: ExerciseTime,
    ) -> Option<(Sleep, ExerciseTime)> {
        let (calendar, woke) = (scene.calendar(), up.counts_from());
        let from = until.max(woke + LONGEST_AWAKE);
        let day = calendar.day(until)?;
        let days = day.saturating_sub(2)..=day + 1;
        let days = days.filter(|day| calendar.has_day(*day));
        let mut nights = days.map(|day| self.night_of(calendar, person, day));
        // A night in which there still is something to sleep, or the next.
        let next = nights.find(|night| night.until > until.max(night.from))?;
        let free = from < next.from && calendar.duty(person).at(from).is_none();
        let wakes = self.wakes(scene, person, from, self.night).min(next.from);
        let sleep = Sleep {
            from,
            woke,
            whole: self.night,
        };
        (free && from < wakes).then_some((sleep, wakes))
    }

    /// The last night that began by an instant, and the one before it.
    fn nights(
        &self,
        calendar: &Calendar,
        person: PersonId,
        at: ExerciseTime,
    ) -> (Option<Interval>, Option<Interval>) {
        let today = calendar.day(at);
        let days = (0..4).filter_map(|back| today?.checked_sub(back));
        let nights = days.map(|day| self.night_of(calendar, person, day));
        let mut begun = nights.filter(|night| night.from <= at);
        (begun.next(), begun.next())
    }
}

/// Whether somebody has a place that several people take turns at.
pub(super) fn is_in_turn(scene: Scene<'_>, person: PersonId, at: ExerciseTime) -> bool {
    let shift = scene.calendar().duty(person).at(at);
    shift.is_some_and(|shift| shift.until - shift.from > LONGEST_AWAKE)
}

/// How somebody stands at an instant.
pub(super) fn rested(
    scene: Scene<'_>,
    someone: &Someone,
    person: PersonId,
    at: ExerciseTime,
) -> Rested {
    if is_in_turn(scene, person, at) {
        return Rested::InTurn;
    }
    // Whoever was called is kept up for as long as they count as on duty.
    let called = someone.reached.last().map(|called| called.until);
    let kept = someone.up.map(|up| {
        let until = up.kept_until.max(up.since);
        (up, called.map_or(until, |called| called.max(until)))
    });
    if let Some((up, _)) = kept.filter(|(_, until)| at < *until) {
        return Rested::Awake(up.counts_from());
    }
    let habits = &someone.habits;
    let (night, before) = habits.nights(scene.calendar(), person, at);
    let Some(night) = night else {
        let up = someone.up.map(Up::counts_from);
        return up.map_or(Rested::InTurn, Rested::Awake);
    };
    // Whom the night before was taken from has been up since, or slept in the day.
    let since = kept.filter(|(_, until)| before.is_none_or(|before| before.until <= *until));
    let by_day = since.and_then(|(up, until)| habits.by_day(scene, person, up, until));
    let by_day = by_day.filter(|(sleep, _)| sleep.from <= at);
    let woke = match (by_day, since, before) {
        (Some((sleep, until)), _, _) if at < until => return Rested::Asleep(sleep),
        (Some((sleep, until)), _, _) => until - sleep.left(until),
        (None, Some((up, _)), _) => up.counts_from(),
        (None, None, Some(before)) => before.until,
        (None, None, None) => night.from - A_DAY,
    };
    let from = kept.map_or(night.from, |(_, until)| night.from.max(until));
    if night.until <= from {
        return Rested::Awake(woke);
    }
    let whole = night.until - night.from;
    // Who goes to bed late sleeps on, unless a shift calls them.
    let until = if from > night.from {
        night.until.max(habits.wakes(scene, person, from, whole))
    } else {
        night.until
    };
    let sleep = Sleep { from, woke, whole };
    if at < until {
        Rested::Asleep(sleep)
    } else {
        Rested::Awake(until - sleep.left(until))
    }
}

/// The nights of somebody who is left alone, from the day of an instant to that of another.
pub(in crate::simulation) fn usual(
    scene: Scene<'_>,
    person: PersonId,
    (from, until): (ExerciseTime, ExerciseTime),
) -> Vec<Interval> {
    let (habits, calendar) = (Habits::of(scene, person), scene.calendar());
    let (Some(first), Some(last)) = (calendar.day(from), calendar.day(until)) else {
        return Vec::new();
    };
    let nights = (first.saturating_sub(1)..=last).map(|day| habits.night_of(calendar, person, day));
    nights.filter(|night| night.from < night.until).collect()
}
