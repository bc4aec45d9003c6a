//! Who is there and fit to work, kept until it may change.
//!
//! Presence is asked for far more often than it changes. It is worked out when somebody's calendar
//! turns, when they are reached or go to rest, and when they have been up for as long as anybody
//! works; in between it is looked up.

use super::sleep::{self, Rested, Up};
use super::{People, Someone, Stir};
use crate::exercise::{ExerciseTime, Interval, PersonId, Span};
use crate::record::Presence;
use crate::simulation::calendar::Turns;
use crate::simulation::human::LONGEST_AWAKE;
use crate::simulation::scene::{Policy, Scene};

/// How somebody stands at an instant, and until when that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    presence: Presence,
    /// Whether it is their shift.
    on_shift: bool,
    /// Since when they count as awake who are there; `None`: they are not, or take turns with others.
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
        let there = stretch.presence == Presence::OnDuty;
        let woke = there.then(|| woke(scene, someone, person)).flatten();
        let tires = woke.map(|at| at + LONGEST_AWAKE + Span(1));
        let leave = scene.calendar().leave(person);
        let turns = [stretch.changes, tires, leave.next_change(now)];
        Self {
            presence: stretch.presence,
            on_shift: stretch.on_shift,
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
            changes: turns.get(place).map(|turn| turn.from),
            place,
        };
        // Leave is absence, whoever reached them before.
        let called = by_calendar != Presence::OnLeave;
        if called && someone.reached.iter().any(|r| r.from <= at && at < r.until) {
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

/// What keeps somebody up from an instant on who stood so before.
fn kept_up(before: Rested, now: ExerciseTime, kept_until: ExerciseTime) -> Option<Up> {
    let tired = match before {
        Rested::Awake(woke) => now - woke,
        Rested::Asleep(slept) => slept.left(now),
        Rested::InTurn => return None,
    };
    Some(Up {
        since: now,
        tired,
        kept_until,
    })
}

/// Since when somebody counts as awake; `None`: they sleep, or take turns with others.
fn woke(scene: Scene<'_>, someone: &Someone, person: PersonId) -> Option<ExerciseTime> {
    match sleep::rested(scene, someone, person, scene.now) {
        Rested::Awake(since) => Some(since),
        Rested::Asleep(_) | Rested::InTurn => None,
    }
}

impl People {
    /// An instant begins: whoever's presence or fitness may have changed by now is looked at anew.
    pub(crate) fn turn(&mut self, scene: Scene<'_>) {
        self.now = scene.now;
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

    /// A person is reached, and counts as on duty until then. Who is called out of bed is as tired as the
    /// sleep that was had.
    pub(super) fn reach(&mut self, scene: Scene<'_>, person: PersonId, until: ExerciseTime) {
        let someone = &mut self.all[person.index()];
        let before = sleep::rested(scene, someone, person, scene.now);
        someone.drowsy = matches!(before, Rested::Asleep(_));
        someone.up = kept_up(before, scene.now, until);
        someone.reached.push(Interval {
            from: scene.now,
            until,
        });
        someone.stated.presence = Presence::OnDuty;
        self.look_at(scene, person);
    }

    /// A person goes to rest, having worked for as long as anybody can. Returns until when.
    pub(crate) fn rest(&mut self, scene: Scene<'_>, person: PersonId) -> ExerciseTime {
        let someone = &mut self.all[person.index()];
        let until = scene.now + someone.habits.night();
        someone.rests_until = Some(until);
        someone.up = Some(Up {
            since: until,
            tired: Span::ZERO,
            kept_until: until,
        });
        someone.stated.presence = Presence::Off;
        someone.stated.rests = true;
        self.look_at(scene, person);
        until
    }

    /// A person works past their shift: they are kept up until they are done.
    pub(crate) fn keep_up(&mut self, scene: Scene<'_>, person: PersonId) {
        self.all[person.index()].overtime = true;
        self.stay_up(scene, person);
    }

    /// A person stays up for what they work on.
    fn stay_up(&mut self, scene: Scene<'_>, person: PersonId) {
        let someone = &mut self.all[person.index()];
        let before = sleep::rested(scene, someone, person, scene.now);
        someone.up = kept_up(before, scene.now, Up::OPEN);
    }

    /// What a person works on from now on is not overtime. Humans may begin it at any hour.
    pub(crate) fn begin_work(&mut self, scene: Scene<'_>, person: PersonId) {
        self.all[person.index()].overtime = false;
        if !self.on_duty(scene, person) {
            self.stay_up(scene, person);
        }
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

    /// Whether a person has not been awake for longer than anybody works.
    pub(crate) fn is_fit(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).fit
    }

    /// Whether a person is on leave.
    pub(crate) fn is_on_leave(&self, scene: Scene<'_>, person: PersonId) -> bool {
        self.standing(scene, person).on_leave
    }

    /// When a person was called last.
    pub(crate) fn called_at(&self, person: PersonId) -> Option<ExerciseTime> {
        self.get(person).reached.last().map(|called| called.from)
    }

    /// Whether a person is at a place that several take turns at.
    pub(crate) fn is_in_turn(&self, scene: Scene<'_>, person: PersonId) -> bool {
        let standing = self.standing(scene, person);
        standing.on_shift && standing.woke.is_none()
    }

    /// For how long a person counts as awake.
    pub(crate) fn awake(&self, scene: Scene<'_>, person: PersonId) -> Span {
        let standing = self.standing(scene, person);
        let woke = match standing.presence {
            Presence::OnDuty => standing.woke,
            _ => woke(scene, self.get(person), person),
        };
        let up = woke.map_or(Span::hours(1), |at| scene.now - at);
        up.max(Span::ZERO)
    }

    /// Whether a person who was kept up will have been awake for as long as anybody works before the shift ends on
    /// which they are, or to which they come next.
    pub(crate) fn rests_on_shift(&self, scene: Scene<'_>, person: PersonId) -> bool {
        let someone = self.get(person);
        let duty = scene.calendar().duty(person);
        let next = self.next_change(scene, person);
        let coming = || {
            duty.next(scene.now)
                .filter(|shift| next == Some(shift.from))
        };
        let shift = someone.up.and_then(|_| duty.at(scene.now).or_else(coming));
        shift.is_some_and(|shift| {
            let rested = sleep::rested(scene, someone, person, shift.from.max(scene.now));
            matches!(rested, Rested::Awake(woke) if woke + LONGEST_AWAKE < shift.until)
        })
    }

    /// The next instant after now at which a person's presence may change.
    pub(crate) fn next_change(&self, scene: Scene<'_>, person: PersonId) -> Option<ExerciseTime> {
        self.standing(scene, person).changes
    }
}
