//! A drill from STARTEX on: acts and time go to the engine, and what comes of them to the record.

use super::keeper::{Keeper, NotKept};
use super::{Desk, Lobby, Reply, Stage, not_kept};
use crate::clock::Pacing;
use crate::seats::{Line, Place, Seat as Taken, name_as};
use hotwash_app::Fault;
use hotwash_engine::drill::Drill;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Mode, PersonId};
use hotwash_engine::record::{Entry, HumanAct, Record, Refusal, Seat};
use hotwash_engine::simulation::{Provenance, Setup};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How long nobody has asked for time to pass until the computer is taken to have slept, in ms.
const SLEPT: i64 = 20_000;

/// A drill that runs, or ran.
pub(crate) struct Live {
    pub(crate) drill: Drill,
    pub(crate) pacing: Pacing,
    /// From when to when the clock was last moved on.
    pub(crate) moved: Option<(ExerciseTime, ExerciseTime)>,
    /// When time was last asked to pass.
    looked: i64,
}

/// Where somebody sits, as the engine knows it.
pub(crate) fn engine_seats(place: &Place) -> Vec<Seat> {
    match place {
        Place::Facilitator => vec![Seat::Facilitator {}],
        Place::Player(people) => {
            let plays = people.iter().map(|person| Seat::Plays { person: *person });
            plays.collect()
        }
        Place::Observer => vec![Seat::Observer {}],
        Place::Wall => Vec::new(),
    }
}

impl Live {
    /// Goes on with a record: what is missing of its last instant is written first.
    pub(crate) fn again(
        record: &Record,
        keeper: &mut dyn Keeper,
        wall: i64,
    ) -> Result<Self, Fault> {
        let (drill, mut missing) = Drill::resume(record).map_err(|diverged| {
            Fault::new(diverged.to_string())
                .hint("It was made by another version of Hotwash, or changed.")
        })?;
        let stamp = record.entries.last().and_then(|entry| entry.wall);
        for entry in &mut missing {
            entry.wall = stamp;
        }
        keeper.entries(&missing).map_err(|error| not_kept(&error))?;
        Ok(Self::of(drill, wall))
    }

    fn of(drill: Drill, wall: i64) -> Self {
        let control = drill.situation().control();
        let pacing = Pacing {
            at: drill.settled(),
            wall,
            thousandths: control.pace(),
            runs: control.started().is_some()
                && control.paused().is_none()
                && control.ended().is_none(),
        };
        Self {
            drill,
            pacing,
            moved: None,
            looked: wall,
        }
    }

    /// The clock of the exercise goes on from here as its last acts say.
    fn set_clock(&mut self, wall: i64) {
        let control = self.drill.situation().control();
        self.pacing = Pacing {
            at: self.drill.settled(),
            wall,
            thousandths: control.pace(),
            runs: control.paused().is_none() && control.ended().is_none(),
        };
    }
}

/// The number of the entry in which an act was taken or refused.
fn entry_of(entries: &[Entry], act: &HumanAct) -> Option<u32> {
    use hotwash_engine::record::Event;
    let found = entries.iter().find(|entry| {
        matches!(&entry.event,
            Event::ActionTaken { act: of } | Event::ActionRejected { act: of, .. } if of == act)
    });
    found.map(|entry| entry.number)
}

/// What was answered to an act that became this entry.
fn answered(record: &Record, number: u32) -> Reply {
    use hotwash_engine::record::Event;
    match record.entry(number).map(|entry| &entry.event) {
        Some(Event::ActionRejected { reason, .. }) => Reply::Refused(*reason, Some(number)),
        _ => Reply::Kept(number),
    }
}

/// Whether everybody in the organisation who has a role is played.
fn everybody(exercise: &Exercise, played: &BTreeSet<PersonId>) -> bool {
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    let mut with_roles = people.filter(|person| !exercise.roles_held(*person).is_empty());
    with_roles.all(|person| played.contains(&person))
}

impl Desk {
    /// Calls STARTEX: the record begins, with everybody who sits somewhere.
    pub(crate) fn start(&mut self) -> Result<(), Reply> {
        let Stage::Lobby(lobby) = &self.stage else {
            return Err(Reply::NotNow("STARTEX was called before".to_owned()));
        };
        let wall = self.setting.clock.now();
        let pace = lobby.pace;
        let drill = begun(&self.exercise, lobby, self.seats.all(), wall);
        let begun = self.keeper.begin(drill.record().header.clone());
        self.told(begun)?;
        self.stage = Stage::Live(Box::new(Live::of(drill, wall)));
        self.pass(ExerciseTime::STARTEX)?;
        let seats = self.seats.all().to_vec();
        for seat in &seats {
            self.seat_taken(seat)?;
            self.ready(&seat.id)?;
        }
        if pace != 1_000 {
            self.control(&HumanAct::Pace { thousandths: pace })?;
        }
        self.rebase();
        Ok(())
    }

    /// Lets the time pass that went by on the wall.
    pub(crate) fn tick(&mut self) {
        let wall = self.setting.clock.now();
        let by_hand = self.setting.clock.is_moved_by_hand();
        if self.trouble.is_some() {
            return;
        }
        let Stage::Live(live) = &mut self.stage else {
            return;
        };
        let slept = !by_hand && wall.saturating_sub(live.looked) > SLEPT;
        live.looked = wall;
        if slept {
            live.set_clock(wall);
        }
        let now = live.pacing.exercise_time(wall);
        if live.pacing.runs {
            // What could not be written stands in `trouble`, and is on every page.
            let _ = self.pass(now);
        }
    }

    /// Lets time pass up to an instant.
    fn pass(&mut self, until: ExerciseTime) -> Result<(), Reply> {
        let wall = self.setting.clock.now();
        let Stage::Live(live) = &mut self.stage else {
            return Ok(());
        };
        let entries = live.drill.advance_to(until, Some(wall)).to_vec();
        self.keep(&entries)?;
        let Stage::Live(live) = &mut self.stage else {
            return Ok(());
        };
        // ENDEX by itself stops the clock.
        if live.pacing.runs && live.drill.situation().control().ended().is_some() {
            live.set_clock(wall);
        }
        Ok(())
    }

    /// Writes entries, and tells the pages.
    fn keep(&mut self, entries: &[Entry]) -> Result<(), Reply> {
        if entries.is_empty() {
            return Ok(());
        }
        let kept = self.keeper.entries(entries);
        self.told(kept)?;
        self.exercise_changed();
        Ok(())
    }

    /// What was not written, as a page is told.
    pub(super) fn told(&mut self, kept: Result<(), NotKept>) -> Result<(), Reply> {
        self.remember_trouble(&kept);
        kept.map_err(|error| Reply::NotNow(error.to_string()))
    }

    /// Somebody at a seat does something. `id`: what the page calls the act; the same act of the same page counts
    /// once, however often it is sent.
    pub(crate) fn act(
        &mut self,
        (seat, id): (&str, &str),
        plays: Option<PersonId>,
        act: &HumanAct,
    ) -> Reply {
        match self.try_act((seat, id), plays, act) {
            Ok(reply) | Err(reply) => reply,
        }
    }

    fn try_act(
        &mut self,
        (seat, id): (&str, &str),
        plays: Option<PersonId>,
        act: &HumanAct,
    ) -> Result<Reply, Reply> {
        let Stage::Live(live) = &self.stage else {
            return Err(Reply::NotNow("the exercise has not begun".to_owned()));
        };
        if let Some(number) = self.seats.entry_of(seat, id) {
            return Ok(answered(live.drill.record(), number));
        }
        if let Some(trouble) = &self.trouble {
            return Err(Reply::NotNow(trouble.clone()));
        }
        Self::by_a_page(act)?;
        let taken = self.seats.get(seat);
        let place = taken.map(|taken| &taken.place);
        let at = place.and_then(|place| seat_for(place, plays));
        let at = at.ok_or_else(|| Reply::NotNow("this seat acts for nobody".to_owned()))?;
        self.tick();
        let wall = self.setting.clock.now();
        self.here.entry(seat.to_owned()).or_default().acted = Some(wall);
        let before = self.now();
        let (reply, entries) = self.submit(&at, act, wall);
        if let Reply::Kept(entry) | Reply::Refused(_, Some(entry)) = reply {
            let acted = Line::Acted {
                seat: seat.to_owned(),
                act: id.to_owned(),
                entry,
            };
            let noted = self.note(&acted);
            self.told(noted)?;
        }
        self.keep(&entries)?;
        if matches!(reply, Reply::Kept(_)) {
            self.follow(act, before)?;
        }
        Ok(reply)
    }

    fn now(&self) -> ExerciseTime {
        match &self.stage {
            Stage::Lobby(_) => ExerciseTime::STARTEX,
            Stage::Live(live) => live.drill.settled(),
        }
    }

    /// Hands an act to the engine; what came of it is not written yet.
    fn submit(&mut self, at: &Seat, act: &HumanAct, wall: i64) -> (Reply, Vec<Entry>) {
        let Stage::Live(live) = &mut self.stage else {
            return (Reply::Refused(Refusal::TooEarly, None), Vec::new());
        };
        let answer = live.drill.submit(at, act.clone(), Some(wall));
        let number = entry_of(answer.entries, act);
        let reply = match (answer.refused, number) {
            (Some(reason), number) => Reply::Refused(reason, number),
            (None, Some(number)) => Reply::Kept(number),
            (None, None) => Reply::NotNow("it could not be done".to_owned()),
        };
        (reply, answer.entries.to_vec())
    }

    /// What an act means to the clock.
    fn follow(&mut self, act: &HumanAct, before: ExerciseTime) -> Result<(), Reply> {
        if let HumanAct::MoveClock { to } = act {
            self.pass(*to)?;
            if let Stage::Live(live) = &mut self.stage {
                live.moved = Some((before, *to));
            }
        }
        if act.is_control() || matches!(act, HumanAct::MoveClock { .. }) {
            self.rebase();
        }
        Ok(())
    }

    fn rebase(&mut self) {
        let wall = self.setting.clock.now();
        if let Stage::Live(live) = &mut self.stage {
            live.set_clock(wall);
        }
        self.exercise_changed();
    }

    /// An act of the house itself, in the facilitator's name.
    pub(super) fn control(&mut self, act: &HumanAct) -> Result<(), Reply> {
        let wall = self.setting.clock.now();
        let (_, entries) = self.submit(&Seat::Facilitator {}, act, wall);
        self.keep(&entries)
    }

    /// A drill that was broken off stands paused until the facilitator lets it go on.
    pub(super) fn stand_still(&mut self) -> Result<(), NotKept> {
        let Stage::Live(live) = &self.stage else {
            return Ok(());
        };
        if live.pacing.runs {
            let paused = self.control(&HumanAct::Pause {});
            if let (Err(_), Some(trouble)) = (paused, &self.trouble) {
                return Err(NotKept::Journal(std::io::Error::other(trouble.clone())));
            }
            self.rebase();
        }
        Ok(())
    }

    /// Everybody who sits at a seat joins the exercise.
    pub(super) fn seat_taken(&mut self, seat: &Taken) -> Result<(), Reply> {
        for (nth, at) in engine_seats(&seat.place).into_iter().enumerate() {
            let who = name_as(&seat.name, nth);
            self.control(&HumanAct::Join { who, seat: at })?;
        }
        Ok(())
    }

    /// Everybody who sat at a seat leaves the exercise.
    pub(super) fn seat_left(&mut self, seat: &Taken) -> Result<(), Reply> {
        for (nth, _) in engine_seats(&seat.place).into_iter().enumerate() {
            let who = name_as(&seat.name, nth);
            self.control(&HumanAct::Leave { who })?;
        }
        Ok(())
    }
}

/// In which of the seats of a place somebody acts: for whom they say, where they play several people.
fn seat_for(place: &Place, plays: Option<PersonId>) -> Option<Seat> {
    let mut seats = engine_seats(place).into_iter();
    match plays {
        Some(person) => seats.find(|seat| seat.person() == Some(person)),
        None => seats.next(),
    }
}

/// The drill of those who sit somewhere when STARTEX is called.
fn begun(exercise: &Arc<Exercise>, lobby: &Lobby, seats: &[Taken], wall: i64) -> Drill {
    let people = seats.iter().flat_map(|seat| seat.place.people());
    let played: BTreeSet<PersonId> = people.copied().collect();
    let mode = if everybody(exercise, &played) {
        Mode::Drilled
    } else {
        Mode::Mixed
    };
    let setup = Setup {
        // They join by name at STARTEX, each by an act; where the last one leaves, a stand-in takes the place.
        absent: played.into_iter().collect(),
        mode,
        assisted: lobby.assisted,
        wall: Some(wall),
        ..Setup::of(lobby.seed, 0)
    };
    let provenance = Provenance {
        definitions: lobby.provenance.definitions.clone(),
        actions: None,
    };
    Drill::new(exercise, &setup, provenance)
}
