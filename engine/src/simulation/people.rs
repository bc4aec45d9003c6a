//! People: who is there, what occupies them, what lies in their inbox.

mod presence;
mod reading;
mod sleep;
mod stated;
mod stirred;

use super::agenda::{Agenda, Rank};
use super::human;
use super::messages::Messages;
use super::out::{Changed, Out};
use super::scene::{Policy, Scene};
use crate::exercise::{
    ChannelKind, Exercise, ExerciseTime, Interval, MessageId, PersonId, RoleId, Span,
};
use crate::record::{Actor, Event, Presence};
use bevy_ecs::component::Component;
use presence::{Standing, Stretch};
pub(crate) use reading::{next_to_read, read_on, reading_ended, start_reading};
pub(super) use sleep::usual as usual_nights;
use sleep::{Habits, Up};
use stated::Stated;
pub(crate) use stirred::Stir;
use stirred::Stirred;

/// What occupies a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Busy {
    /// Nothing.
    #[default]
    Free,
    /// A piece of work, by its index.
    Working(usize),
    /// Reading, until the agenda says so; work may lie interrupted meanwhile.
    Reading {
        /// The message.
        message: MessageId,
        /// The work that was interrupted.
        interrupted: Option<usize>,
    },
}

/// One person in a run.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another thing to know of a person"
)]
#[derive(Debug, Clone, Default)]
pub(crate) struct Someone {
    /// What occupies them.
    pub(crate) busy: Busy,
    /// Messages noticed and not read, in the order of noticing.
    pub(crate) inbox: Vec<MessageId>,
    /// Times during which they count as on duty because they were reached.
    reached: Vec<Interval>,
    /// Whether a human plays them, be it that a stand-in acts for now.
    played: bool,
    /// Whether a human played them from the start, who has no name in the record.
    from_the_start: bool,
    /// Whether a stand-in acts in the place of that human.
    stand_in: bool,
    /// Whether work goes on after the shift's end.
    pub(crate) overtime: bool,
    /// When they usually sleep.
    habits: Habits,
    /// What keeps them from it.
    up: Option<Up>,
    /// Whether they were called out of bed and have not read a message since.
    drowsy: bool,
    /// Until when they rest, having worked for as long as anybody can: nobody reaches them.
    pub(crate) rests_until: Option<ExerciseTime>,
    /// How they stand now.
    standing: Standing,
    /// How the record says that they stand.
    stated: Stated,
    /// In which respects they stand otherwise than when that was last looked at.
    stirs: Stir,
}

impl Someone {
    fn reset(&mut self) {
        self.inbox.clear();
        self.reached.clear();
        *self = Self {
            inbox: std::mem::take(&mut self.inbox),
            reached: std::mem::take(&mut self.reached),
            ..Self::default()
        };
    }

    /// Whether they were reached and count as on duty because of it, if they do not rest.
    pub(crate) fn is_reached(&self, now: ExerciseTime) -> bool {
        self.reached
            .last()
            .is_some_and(|reached| now < reached.until)
    }

    /// Whether a human plays them, be it that a stand-in acts for now.
    pub(crate) const fn is_human(&self) -> bool {
        self.played
    }
}

/// The people of a run.
#[derive(Debug, Component, Default)]
pub(crate) struct People {
    all: Vec<Someone>,
    /// Whether the clock is being moved on, and stand-ins act for everybody who is played.
    stand_ins: bool,
    /// When somebody's presence or fitness may change next.
    turns: ExerciseTime,
    /// The instant of a run.
    now: ExerciseTime,
    stirred: Stirred,
    /// Those who may stand otherwise than the record says.
    to_state: Vec<PersonId>,
    /// Whether people act by now: from STARTEX on, or from when they began early. Before, they only read.
    acting: bool,
    /// Counts whenever somebody's presence or fitness was worked out anew.
    turned: u32,
}

impl People {
    /// Makes the people ready for a run, in which some are played, and others would be but are absent: a stand-in
    /// acts for these.
    pub(crate) fn reset(&mut self, scene: Scene<'_>, played: &[PersonId], absent: &[PersonId]) {
        let people = scene.exercise().organisation().people.len();
        self.all.resize_with(people, Someone::default);
        self.all.iter_mut().for_each(Someone::reset);
        self.stand_ins = false;
        self.acting = false;
        for person in played {
            let someone = &mut self.all[person.index()];
            (someone.played, someone.from_the_start) = (true, true);
        }
        for person in absent {
            let someone = &mut self.all[person.index()];
            if !someone.played {
                (someone.played, someone.stand_in) = (true, true);
            }
        }
        for person in 0..people {
            self.all[person].habits = Habits::of(scene, PersonId::new(person));
        }
        self.to_state.clear();
        self.turns = scene.now;
        self.turn(scene);
        // Nobody has anything to do yet.
        self.all
            .iter_mut()
            .for_each(|someone| someone.stirs = Stir::default());
        self.stirred.reset(played, absent);
    }

    /// By person: the roles that they hold or stand in for.
    pub(crate) fn roles(exercise: &Exercise) -> Vec<Vec<RoleId>> {
        let organisation = exercise.organisation();
        let mut roles = vec![Vec::new(); organisation.people.len()];
        for (i, role) in organisation.roles.iter().enumerate() {
            for person in role.holders.iter().chain(&role.deputies) {
                roles[person.index()].push(RoleId::new(i));
            }
        }
        roles
    }

    pub(crate) fn get(&self, person: PersonId) -> &Someone {
        &self.all[person.index()]
    }

    /// Somebody, to be tampered with.
    #[cfg(test)]
    pub(crate) fn get_mut(&mut self, person: PersonId) -> &mut Someone {
        &mut self.all[person.index()]
    }

    /// Something else, or nothing, occupies a person from now on.
    pub(crate) fn occupy(&mut self, person: PersonId, busy: Busy) {
        let someone = &mut self.all[person.index()];
        someone.busy = busy;
        // Who is done with what kept them up goes to bed when they usually do.
        if let Some(up) = someone.up.as_mut().filter(|_| busy == Busy::Free)
            && up.kept_until == Up::OPEN
        {
            up.kept_until = self.now;
        }
        self.stir(person, Stir::OCCUPIED);
    }

    /// What a person worked on is over, and with it the overtime.
    pub(crate) fn end_overtime(&mut self, person: PersonId) {
        self.all[person.index()].overtime = false;
    }

    /// A message is in somebody's inbox from now on.
    pub(super) fn put_in_inbox(&mut self, person: PersonId, message: MessageId) {
        self.all[person.index()].inbox.push(message);
        self.stir(person, Stir::READS);
    }

    /// Takes a message out of somebody's inbox; says whether it was there.
    pub(crate) fn take_from_inbox(&mut self, person: PersonId, message: MessageId) -> bool {
        let inbox = &mut self.all[person.index()].inbox;
        let Some(place) = inbox.iter().position(|held| *held == message) else {
            return false;
        };
        inbox.remove(place);
        self.stir(person, Stir::READS);
        true
    }

    /// Whether people act by now. Before, they only notice and read.
    pub(crate) const fn act(&self) -> bool {
        self.acting
    }

    /// People act from now on. What they were reading they lay aside, and their inboxes are empty.
    pub(crate) fn begin_to_act(&mut self, agenda: &mut Agenda) {
        self.acting = true;
        for person in self.ids() {
            self.all[person.index()].inbox.clear();
            if !self.is_free(person) {
                agenda.cancel(Rank::ReadingEnded, person.index());
                self.occupy(person, Busy::Free);
            }
            self.stir(person, Stir::HANDS);
        }
    }

    /// Everybody, in the order of ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.all.len()).map(PersonId::new)
    }

    /// Whether the human behind a person acts now: nobody is behind the others, and a stand-in acts
    /// while the clock is moved on.
    pub(crate) fn is_played(&self, person: PersonId) -> bool {
        let someone = self.get(person);
        someone.played && !someone.stand_in && !self.stand_ins
    }

    /// Stand-ins act from now on for everybody who is played, or no longer do.
    pub(crate) fn let_stand_in(&mut self, stand_ins: bool) {
        if std::mem::replace(&mut self.stand_ins, stand_ins) != stand_ins {
            self.stir_played(Stir::THERE);
        }
    }

    /// A human plays a person from now on, whom nobody played.
    pub(crate) fn play(&mut self, person: PersonId) {
        if !std::mem::replace(&mut self.all[person.index()].played, true) {
            self.stirred.play(person);
            self.stir(person, Stir::THERE);
        }
    }

    /// A stand-in acts for a person from now on, or no longer does.
    pub(crate) fn put_stand_in(&mut self, person: PersonId, on: bool) {
        if std::mem::replace(&mut self.all[person.index()].stand_in, on) != on {
            self.stir(person, Stir::THERE);
        }
    }

    /// Whether a stand-in acts for this person, whatever the clock does.
    pub(crate) fn has_stand_in(&self, person: PersonId) -> bool {
        self.get(person).stand_in
    }

    /// Whether a human has played this person from the start.
    pub(crate) fn is_played_from_the_start(&self, person: PersonId) -> bool {
        self.get(person).from_the_start
    }

    /// Who acts when this person does: the engine, the human behind them, or a stand-in for that one.
    pub(crate) fn actor(&self, person: PersonId) -> Actor {
        let someone = self.get(person);
        match (someone.played, someone.stand_in || self.stand_ins) {
            (false, _) => Actor::Simulated { person },
            (true, false) => Actor::Played { person },
            (true, true) => Actor::StandIn { person },
        }
    }

    /// Whether a person could start something now.
    pub(crate) fn is_free(&self, person: PersonId) -> bool {
        self.get(person).busy == Busy::Free
    }
}

impl People {
    /// When a person who has been able to notice a message from `from` on does so; `None`: never.
    ///
    /// Attention gathers at a rate of one median by the median of the channel; the message is noticed
    /// when it has gathered to the demand, which is given in medians times 2^32. Sent earlier is thus
    /// never noticed later. Until people act, only what is noticed before STARTEX is.
    pub(crate) fn notice_time(
        &self,
        scene: Scene<'_>,
        person: PersonId,
        kind: ChannelKind,
        from: ExerciseTime,
        demand: u64,
    ) -> Option<ExerciseTime> {
        let attends = |presence| self.acting || is_there(scene, kind, presence);
        let until = if self.acting {
            scene.horizon()
        } else {
            ExerciseTime::STARTEX
        };
        let time = (from, until);
        self.gather(scene, (person, kind), time, demand, attends)
            .ok()
    }

    /// What is left of a demand after a time in which only those attend who are there; or when it was met.
    pub(crate) fn attend(
        &self,
        scene: Scene<'_>,
        of: (PersonId, ChannelKind),
        time: (ExerciseTime, ExerciseTime),
        demand: u64,
    ) -> Result<ExerciseTime, u64> {
        let attends = |presence| is_there(scene, of.1, presence);
        self.gather(scene, of, time, demand, attends)
    }

    /// When a person is there next for what comes over a channel.
    pub(crate) fn there_from(
        &self,
        scene: Scene<'_>,
        person: PersonId,
        kind: ChannelKind,
        from: ExerciseTime,
    ) -> Option<ExerciseTime> {
        let time = (from, scene.horizon());
        self.attend(scene, (person, kind), time, 0).ok()
    }

    /// When attention that gathers within a time has gathered to a demand; else what is left of the demand
    /// at its end.
    fn gather(
        &self,
        scene: Scene<'_>,
        (person, kind): (PersonId, ChannelKind),
        (from, until): (ExerciseTime, ExerciseTime),
        demand: u64,
        attends: impl Fn(Presence) -> bool,
    ) -> Result<ExerciseTime, u64> {
        let someone = self.get(person);
        let described = &scene.exercise().organisation().people[person.index()];
        // Nothing wakes who rests after the longest day.
        let mut at = from.max(someone.rests_until.unwrap_or(from));
        let mut left = demand;
        let mut stretch = Stretch::from_now(scene, someone, person, at);
        while at < until {
            // What comes after the end of any run need not be cut.
            let cut = |change: ExerciseTime| {
                if until < scene.horizon() {
                    change.min(until)
                } else {
                    change
                }
            };
            let end = stretch.changes.map_or(until, cut);
            let median = human::notice_median(scene, described, kind, stretch.presence);
            if let Some(median) = median.filter(|_| attends(stretch.presence)) {
                let (median, length) = (median.0 as u64, (end - at).0 as u64);
                let needed = ((u128::from(left) * u128::from(median)) >> 32).max(1);
                if needed <= u128::from(length) {
                    return Ok(at + Span(needed as i64));
                }
                left -= ((u128::from(length) << 32) / u128::from(median)) as u64;
            }
            at = end;
            stretch = stretch.next(scene, someone, person, at);
        }
        Err(left)
    }

    /// Whether somebody who does not act yet could read a message now.
    pub(crate) fn may_read(
        &self,
        messages: &Messages,
        scene: Scene<'_>,
        (message, person): (MessageId, PersonId),
    ) -> bool {
        let on_call = || self.presence(scene, person) == Presence::OnCall;
        self.on_duty(scene, person) || (on_call() && messages.interrupts(message, person))
    }
}

/// Whether somebody is there for what comes over a channel: at work, or on call for what interrupts.
fn is_there(scene: Scene<'_>, kind: ChannelKind, presence: Presence) -> bool {
    match presence {
        Presence::OnDuty => true,
        _ if scene.policy == Policy::Ideal => true,
        Presence::OnCall => kind.interrupts(),
        Presence::Off | Presence::OnLeave => false,
    }
}

/// Somebody noticed a message: it goes to the inbox; whoever was away counts as reached if it came
/// over a channel that interrupts, and whoever works is interrupted by it.
pub(crate) fn noticed(
    people: &mut People,
    messages: &Messages,
    out: &mut Out,
    scene: Scene<'_>,
    (message, person): (MessageId, PersonId),
    cause: u32,
) {
    let away = people.presence(scene, person) != Presence::OnDuty;
    let interrupts = messages.interrupts(message, person);
    people.put_in_inbox(person, message);
    out.mark(Changed::PEOPLE);
    if away && interrupts {
        let shift = scene.calendar().duty(person).next(scene.now);
        let otherwise = scene.now + human::REACHED_WITHOUT_SHIFT;
        let until = shift.map_or(otherwise, |shift| shift.until);
        people.reach(scene, person, until);
        let actor = people.actor(person);
        out.emit(actor, Some(cause), Event::PersonReached { person, until });
    }
}
