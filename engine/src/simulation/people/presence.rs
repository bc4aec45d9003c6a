//! Who is there and fit to work, kept until it may change.
//!
//! Presence is asked for far more often than it changes. It is worked out when somebody's calendar
//! turns, when they are reached or go to rest, and when they have been up for as long as anybody
//! works; in between it is looked up.

use super::{People, Someone, Stir};
use crate::exercise::{ExerciseTime, Interval, PersonId, Span};
use crate::record::Presence;
use crate::simulation::calendar::Turns;
use crate::simulation::human::{self, LONGEST_AWAKE};
use crate::simulation::scene::{Policy, Scene};

/// How somebody stands at an instant, and until when that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    presence: Presence,
    /// Whether it is their shift.
    on_shift: bool,
    /// When their last shift began.
    last_shift: Option<ExerciseTime>,
    /// When they woke up; `None`: they have just slept.
    woke: Option<ExerciseTime>,
    /// Whether they have not been awake for longer than anybody works.
    fit: bool,
    /// Whether they are on leave.
    on_leave: bool,
    /// When their presence may change next.
    changes: Option<ExerciseTime>,
    /// The place in the calendar of what comes next.
    place: usize,
    /// Until when all this holds.
    until: ExerciseTime,
}

/// No instant of any run.
const NEVER: ExerciseTime = ExerciseTime(i64::MAX);

impl Default for Standing {
    fn default() -> Self {
        Self {
            presence: Presence::Off,
            on_shift: false,
            last_shift: None,
            woke: None,
            fit: true,
            on_leave: false,
            changes: None,
            place: 0,
            until: ExerciseTime(i64::MIN),
        }
    }
}

impl Standing {
    /// The place in the calendar of what comes next.
    pub(super) const fn place(&self) -> usize {
        self.place
    }

    fn of(scene: Scene<'_>, someone: &Someone, person: PersonId) -> Self {
        let now = scene.now;
        let stretch = Stretch::at(scene, someone, person, now);
        let got_up = got_up(scene, someone, person, stretch.last_shift);
        let woke = woke(scene, someone, got_up);
        let tires = |up: Option<ExerciseTime>| up.map(|at| at + LONGEST_AWAKE + Span(1));
        let leave = scene.calendar().leave(person);
        let turns = [
            stretch.changes,
            tires(woke),
            tires(got_up),
            leave.next_change(now),
        ];
        Self {
            presence: stretch.presence,
            on_shift: stretch.on_shift,
            last_shift: stretch.last_shift,
            woke,
            fit: woke.is_none_or(|at| now - at <= LONGEST_AWAKE),
            on_leave: leave.contains(now),
            changes: stretch.changes,
            place: stretch.place,
            until: turns
                .into_iter()
                .fold(NEVER, |next, at| sooner(next, at, now)),
        }
    }
}

/// The sooner of what comes next and something else, if that is still to come.
fn sooner(next: ExerciseTime, other: Option<ExerciseTime>, now: ExerciseTime) -> ExerciseTime {
    other.filter(|at| *at > now).map_or(next, |at| next.min(at))
}

/// How a person can be reached from an instant on, until that may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) presence: Presence,
    /// Whether it is their shift.
    on_shift: bool,
    /// When their last shift began.
    last_shift: Option<ExerciseTime>,
    /// When their presence may change next.
    pub(super) changes: Option<ExerciseTime>,
    /// The place in the calendar of what comes next.
    place: usize,
}

impl Stretch {
    /// The stretch that holds this instant, or a later one: this one was looked at already.
    pub(super) fn from_now(
        scene: Scene<'_>,
        someone: &Someone,
        person: PersonId,
        at: ExerciseTime,
    ) -> Self {
        if at != scene.now {
            return Self::at(scene, someone, person, at);
        }
        let standing = &someone.standing;
        let stretch = Self {
            presence: standing.presence,
            on_shift: standing.on_shift,
            last_shift: standing.last_shift,
            changes: standing.changes,
            place: standing.place,
        };
        debug_assert_eq!(stretch, Self::at(scene, someone, person, at));
        stretch
    }

    /// The stretch that holds an instant.
    pub(super) fn at(
        scene: Scene<'_>,
        someone: &Someone,
        person: PersonId,
        at: ExerciseTime,
    ) -> Self {
        let turns = scene.calendar().turns(person);
        let place = turns.after(at, someone.standing.place);
        Self::from(turns, place, someone, at)
    }

    /// The stretch after this one, which begins when presence may change.
    pub(super) fn next(
        self,
        scene: Scene<'_>,
        someone: &Someone,
        person: PersonId,
        at: ExerciseTime,
    ) -> Self {
        let turns = scene.calendar().turns(person);
        let passed = turns.get(self.place).is_some_and(|turn| turn.from <= at);
        Self::from(turns, self.place + usize::from(passed), someone, at)
    }

    fn from(turns: &Turns, place: usize, someone: &Someone, at: ExerciseTime) -> Self {
        let turn = turns.before(place);
        let by_calendar = turn.map_or(Presence::Off, |turn| turn.presence);
        let mut stretch = Self {
            presence: by_calendar,
            on_shift: by_calendar == Presence::OnDuty,
            last_shift: turn.and_then(|turn| turn.last_shift),
            changes: turns.get(place).map(|turn| turn.from),
            place,
        };
        if someone.reached.iter().any(|r| r.from <= at && at < r.until) {
            stretch.presence = Presence::OnDuty;
        }
        if someone.rests_until.is_some_and(|until| at < until) {
            stretch.presence = Presence::Off;
        }
        let mut next = sooner(stretch.changes.unwrap_or(NEVER), someone.rests_until, at);
        for reached in &someone.reached {
            next = sooner(next, Some(reached.from), at);
            next = sooner(next, Some(reached.until), at);
        }
        stretch.changes = (next < NEVER).then_some(next);
        stretch
    }
}

/// When a person got up for their last shift, or their last rest was over.
fn got_up(
    scene: Scene<'_>,
    someone: &Someone,
    person: PersonId,
    last_shift: Option<ExerciseTime>,
) -> Option<ExerciseTime> {
    let before = scene.exercise().organisation().people[person.index()].awake_before_shift;
    let shift = last_shift.map(|from| from - before);
    let rested = someone.rests_until.filter(|until| *until <= scene.now);
    shift.max(rested)
}

/// When somebody woke up who got up when they did; `None`: they have just slept.
fn woke(scene: Scene<'_>, someone: &Someone, got_up: Option<ExerciseTime>) -> Option<ExerciseTime> {
    let woken = got_up?;
    // Somebody who has been up for longer than anybody works has slept since.
    if scene.now - woken <= LONGEST_AWAKE {
        return Some(woken);
    }
    match someone.reached.last().map(|reached| reached.from) {
        Some(called) if called - woken > LONGEST_AWAKE => Some(called),
        Some(_) => Some(woken),
        None => None,
    }
}

impl People {
    /// An instant begins: whoever's presence or fitness may have changed by now is looked at anew.
    pub(crate) fn turn(&mut self, scene: Scene<'_>) {
        if scene.now < self.turns {
            return;
        }
        self.turns = NEVER;
        for person in 0..self.all.len() {
            if self.all[person].standing.until <= scene.now {
                self.look_at(scene, PersonId::new(person));
            }
            self.turns = self.turns.min(self.all[person].standing.until);
        }
    }

    /// Counts whenever somebody's presence or fitness may have changed.
    pub(crate) const fn turned(&self) -> u32 {
        self.turned
    }

    fn look_at(&mut self, scene: Scene<'_>, person: PersonId) {
        let someone = &mut self.all[person.index()];
        someone.standing = Standing::of(scene, someone, person);
        self.turned += 1;
        self.turns = self.turns.min(someone.standing.until);
        self.stir(person, Stir::THERE);
        self.ask_for(person);
    }

    /// A person is reached, and counts as on duty until then.
    pub(super) fn reach(&mut self, scene: Scene<'_>, person: PersonId, until: ExerciseTime) {
        let someone = &mut self.all[person.index()];
        someone.reached.push(Interval {
            from: scene.now,
            until,
        });
        someone.stated.presence = Presence::OnDuty;
        self.look_at(scene, person);
    }

    /// A person goes to rest, having worked for as long as anybody can.
    pub(crate) fn rest(&mut self, scene: Scene<'_>, person: PersonId) {
        let someone = &mut self.all[person.index()];
        someone.rests_until = Some(scene.now + human::REST);
        someone.stated.presence = Presence::Off;
        someone.stated.rests = true;
        self.look_at(scene, person);
    }

    /// Whether a person rests after the longest day: nobody reaches them.
    pub(crate) fn rests(&self, scene: Scene<'_>, person: PersonId) -> bool {
        let until = self.get(person).rests_until;
        until.is_some_and(|until| scene.now < until)
    }

    fn standing(&self, scene: Scene<'_>, person: PersonId) -> &Standing {
        let someone = self.get(person);
        debug_assert_eq!(
            Standing {
                until: someone.standing.until,
                ..Standing::of(scene, someone, person)
            },
            someone.standing,
            "{person:?} stands otherwise than it was kept"
        );
        &someone.standing
    }

    /// How a person can be reached now.
    pub(crate) fn presence(&self, scene: Scene<'_>, person: PersonId) -> Presence {
        self.standing(scene, person).presence
    }

    /// Whether a person is on duty now: on shift, reached, or working on.
    pub(crate) fn on_duty(&self, scene: Scene<'_>, person: PersonId) -> bool {
        scene.policy == Policy::Ideal || self.presence(scene, person) == Presence::OnDuty
    }

    /// Whether it is a person's shift.
    pub(crate) fn is_on_shift(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).on_shift
    }

    /// Whether a person has not been awake for longer than anybody works.
    pub(crate) fn is_fit(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).fit
    }

    /// Whether a person is on leave.
    pub(crate) fn is_on_leave(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).on_leave
    }

    /// Whether it is known since when a person has been awake.
    pub(crate) fn has_woken(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).woke.is_some()
    }

    /// How long a person has been awake.
    pub(crate) fn awake(&self, scene: Scene<'_>, person: PersonId) -> Span {
        let woke = self.standing(scene, person).woke;
        woke.map_or(Span::hours(1), |at| scene.now - at)
    }

    /// The next instant after now at which a person's presence may change.
    pub(crate) fn next_change(&self, scene: Scene<'_>, person: PersonId) -> Option<ExerciseTime> {
        self.standing(scene, person).changes
    }
}
