//! Laws of the desk: what pages show, and what stays when the server is killed.

use super::keeper::{Files, Keeper, NotKept};
use super::setting::{Begin, Setting};
use super::{Desk, Reply, Stage};
use crate::clock::{Clock, TestClock};
use crate::pages::{Drawn, Pages};
use crate::seats::Place;
use crate::web::told::Told;
use hotwash_app::Place as Folder;
use hotwash_engine::exercise::{Exercise, PersonId};
use hotwash_engine::generator::{self, Numbers};
use hotwash_engine::record::{Entry, Event, Header, HumanAct, Record, Seat};
use hotwash_engine::replay;
use hotwash_engine::simulation::Provenance;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What the wall shows when a test begins.
const BEGINS: i64 = 1_800_000_000_000;

pub(crate) fn setting(clock: &Arc<TestClock>) -> Setting {
    Setting {
        address: "http://drill.example".to_owned(),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        seal: None,
    }
}

/// A desk before STARTEX, in a folder.
pub(crate) fn opened(exercise: &Arc<Exercise>, clock: &Arc<TestClock>, folder: &Path) -> Desk {
    let begin = Begin::Anew {
        exercise: Arc::clone(exercise),
        seed: 7,
        provenance: Provenance::default(),
        assisted: false,
        pace: 1_000,
        place: Folder::free(folder, "2027-01-15", "drill").unwrap(),
    };
    let mut desk = Desk::open(setting(clock), begin).unwrap();
    desk.open_doors().unwrap();
    desk
}

/// The people of an exercise who hold a role.
pub(crate) fn with_roles(exercise: &Exercise) -> Vec<PersonId> {
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    people
        .filter(|person| !exercise.roles_held(*person).is_empty())
        .collect()
}

pub(crate) fn clock() -> Arc<TestClock> {
    Arc::new(TestClock::at(BEGINS))
}

fn record(desk: &Desk) -> &Record {
    match &desk.stage {
        Stage::Live(live) => live.drill.record(),
        Stage::Lobby(_) => panic!("it has not begun"),
    }
}

/// What a page shows that only ever got events.
#[derive(Default)]
struct Listener {
    told: Told,
    shown: BTreeMap<&'static str, String>,
    entry: u32,
}

impl Listener {
    fn hear(&mut self, drawn: &Drawn) {
        if let Some(update) = self.told.update(drawn, 0) {
            assert!(update.from <= self.entry, "an event was missed");
            self.entry = update.entry;
            self.shown.extend(update.parts);
        }
    }
}

fn all_parts(drawn: &Drawn) -> BTreeMap<&'static str, String> {
    let parts = drawn.parts.iter();
    parts.map(|part| (part.name, part.html.clone())).collect()
}

#[test]
fn a_page_that_events_brought_up_to_date_is_the_page_that_a_visit_gets() {
    let mut updates = 0;
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let (exercise, clock) = (generator::exercise(seed), clock());
        let mut desk = opened(&exercise, &clock, folder.path());
        let people = with_roles(&exercise);
        let mut seats = vec![
            desk.sit("Kim", &Place::Facilitator).unwrap(),
            desk.sit("Board", &Place::Wall).unwrap(),
        ];
        for person in people.iter().take(2) {
            seats.push(desk.sit("Noor", &Place::Player(vec![*person])).unwrap());
        }
        desk.start().unwrap();
        let mut listeners: Vec<Listener> = seats.iter().map(|_| Listener::default()).collect();
        let n = &mut Numbers::new(seed);
        for step in 0..25 {
            disturb(&mut desk, (&seats[0].seat, &seats[2..]), n, step);
            clock.move_by(n.below(3_600_000) as i64);
            desk.tick();
            for (seat, listener) in seats.iter().zip(&mut listeners) {
                let drawn = desk.drawn(&seat.seat).unwrap();
                let before = listener.entry;
                listener.hear(&drawn);
                updates += u32::from(listener.entry > before);
                let fresh = Pages::default().draw(&mut desk, &seat.seat).unwrap();
                assert_eq!(
                    listener.shown,
                    all_parts(&fresh),
                    "exercise {seed}, step {step}"
                );
            }
        }
    }
    assert!(updates > 300, "{updates} updates try little");
}

/// Somebody does something that is offered to them, or the facilitator something about the clock.
fn disturb(
    desk: &mut Desk,
    (staff, players): (&str, &[super::seating::Key]),
    n: &mut Numbers,
    step: u32,
) {
    if n.percent(30) {
        let act = n.pick(&[
            HumanAct::Pause {},
            HumanAct::Resume {},
            HumanAct::Pace { thousandths: 6_000 },
            HumanAct::StopWord {},
        ]);
        desk.act((staff, &format!("staff-{step}")), None, &act);
        return;
    }
    let Some(seat) = (!players.is_empty()).then(|| n.pick(players)) else {
        return;
    };
    let person = desk.seats.get(&seat.seat).unwrap().place.people()[0];
    let Stage::Live(live) = &mut desk.stage else {
        return;
    };
    let offers = live.drill.possible(&Seat::Plays { person });
    let possible: Vec<HumanAct> = offers
        .into_iter()
        .filter(|offer| offer.refused.is_none())
        .map(|offer| offer.act)
        .collect();
    if !possible.is_empty() {
        let act = n.pick(&possible);
        desk.act((&seat.seat, &format!("act-{step}")), None, &act);
    }
}

/// Where a server is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    BeforeTheJournal,
    BeforeTheRecord,
    InTheMiddleOfALine,
    AfterTheRecord,
}

const POINTS: [Point; 4] = [
    Point::BeforeTheJournal,
    Point::BeforeTheRecord,
    Point::InTheMiddleOfALine,
    Point::AfterTheRecord,
];

/// Files behind which the process is killed: from then on nothing is written.
struct Killed {
    files: Files,
    record: std::path::PathBuf,
    point: Point,
    /// How many acts are written before it happens.
    left: Arc<AtomicU32>,
    dead: Cell<bool>,
}

impl Killed {
    fn dies(&self, here: bool) -> Result<(), NotKept> {
        if here && self.left.load(Ordering::SeqCst) == 0 {
            self.dead.set(true);
        }
        if self.dead.get() {
            return Err(NotKept::Closed);
        }
        Ok(())
    }
}

impl Keeper for Killed {
    fn line(&mut self, line: &str) -> Result<(), NotKept> {
        self.dies(self.point == Point::BeforeTheJournal && line.contains("Acted"))?;
        self.files.line(line)
    }
    fn begin(&mut self, header: Header) -> Result<(), NotKept> {
        self.files.begin(header)
    }
    fn entries(&mut self, entries: &[Entry]) -> Result<(), NotKept> {
        let acts = entries.iter().any(|entry| {
            matches!(
                &entry.event,
                Event::ActionTaken {
                    act: HumanAct::Note { .. }
                }
            )
        });
        if !acts {
            self.dies(false)?;
            return self.files.entries(entries);
        }
        self.dies(self.point == Point::BeforeTheRecord)?;
        if self.point == Point::InTheMiddleOfALine && self.left.load(Ordering::SeqCst) == 0 {
            use std::io::Write;
            let file = std::fs::OpenOptions::new().append(true).open(&self.record);
            file.unwrap().write_all(b"{\"number\":").unwrap();
            return self.dies(true);
        }
        self.files.entries(entries)?;
        let last = self.left.load(Ordering::SeqCst);
        self.dies(self.point == Point::AfterTheRecord)?;
        self.left.store(last.saturating_sub(1), Ordering::SeqCst);
        Ok(())
    }
    fn close(&mut self, key: Option<&hotwash_archive::Key>) -> Result<(), NotKept> {
        self.files.close(key)
    }
}

fn note(text: String) -> HumanAct {
    HumanAct::Note { text }
}

/// How often a note stands in a record.
fn times(record: &Record, wanted: &str) -> usize {
    let notes = record.entries.iter().filter(|entry| {
        matches!(&entry.event, Event::ActionTaken { act: HumanAct::Note { text } } if text == wanted)
    });
    notes.count()
}

#[test]
fn no_confirmed_act_is_lost_and_none_counts_twice_wherever_the_server_is_killed() {
    for point in POINTS {
        for round in 0..50 {
            let left = round % 7;
            let exercise = generator::exercise(u64::from(round % 4));
            let person = with_roles(&exercise)[0];
            let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
            let mut desk = opened(&exercise, &clock, folder.path());
            let seat = desk.sit("Noor", &Place::Player(vec![person])).unwrap();
            desk.start().unwrap();
            let path = desk.record.clone();
            drop(desk);
            let (files, ..) = Files::again(Folder::of(&path)).unwrap();
            drop(files);
            let mut desk = Desk::again(setting(&clock), &path, |files| {
                Box::new(Killed {
                    files,
                    record: path.clone(),
                    point,
                    left: Arc::new(AtomicU32::new(left)),
                    dead: Cell::new(false),
                })
            })
            .unwrap();
            let acts: Vec<(String, Reply)> = (0..=left + 1)
                .map(|i| {
                    clock.move_by(1_000);
                    let id = format!("act-{i}");
                    let reply = desk.act((&seat.seat, &id), None, &note(format!("note {i}")));
                    (id, reply)
                })
                .collect();
            assert!(
                matches!(acts.last(), Some((_, Reply::NotNow(_)))),
                "{point:?} after {left}"
            );
            drop(desk);

            let mut desk = Desk::again(setting(&clock), &path, |files| Box::new(files)).unwrap();
            assert!(
                desk.seats.of(&seat.seat, &seat.secret).is_some(),
                "the seat is still theirs"
            );
            for (i, (id, first)) in acts.iter().enumerate() {
                let again = desk.act((&seat.seat, id), None, &note(format!("note {i}")));
                assert!(
                    matches!(again, Reply::Kept(_)),
                    "{point:?} after {left}: {again:?}"
                );
                if matches!(first, Reply::Kept(_)) {
                    assert_eq!(*first, again, "what was confirmed stays what it was");
                }
                assert_eq!(
                    times(record(&desk), &format!("note {i}")),
                    1,
                    "{point:?} after {left}"
                );
            }
        }
    }
}

#[test]
fn a_drill_that_was_broken_off_goes_on_paused_and_its_record_is_that_of_its_acts() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let exercise = generator::exercise(5);
    let mut desk = opened(&exercise, &clock, folder.path());
    let staff = desk.sit("Kim", &Place::Facilitator).unwrap();
    let person = with_roles(&exercise)[0];
    let late = with_roles(&exercise).last().copied().unwrap();
    desk.sit("Noor", &Place::Player(vec![person])).unwrap();
    desk.start().unwrap();
    clock.move_by(600_000);
    desk.tick();
    let path = desk.record.clone();
    let code = desk.seats.code().to_owned();
    drop(desk);

    let mut desk = Desk::again(setting(&clock), &path, |files| Box::new(files)).unwrap();
    assert_eq!(desk.seats.code(), code);
    clock.move_by(3_600_000);
    let entries = record(&desk).entries.len();
    desk.tick();
    assert_eq!(record(&desk).entries.len(), entries, "it stands");
    let coming = desk.sit("Ines", &Place::Player(vec![late])).unwrap();
    desk.come_in(&coming.seat).unwrap();
    for (id, act) in [("a", HumanAct::Resume {}), ("b", HumanAct::End {})] {
        let reply = desk.act((&staff.seat, id), None, &act);
        assert!(matches!(reply, Reply::Kept(_)), "{reply:?}");
        clock.move_by(60_000);
        desk.tick();
    }
    let again = replay::replay(record(&desk));
    assert_eq!(replay::first_difference(record(&desk), &again), None);
    drop(desk);
    let file = std::fs::File::open(&path).unwrap();
    let loaded = hotwash_archive::read(std::io::BufReader::new(file)).unwrap();
    assert!(hotwash_app::is_finished(&loaded.record));
}

#[test]
fn who_has_no_right_to_it_changes_nothing() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let exercise = generator::exercise(5);
    let mut desk = opened(&exercise, &clock, folder.path());
    let people = with_roles(&exercise);
    let player = desk.sit("Noor", &Place::Player(vec![people[0]])).unwrap();
    let wall = desk.sit("Board", &Place::Wall).unwrap();
    desk.start().unwrap();
    let entries = record(&desk).entries.len();
    let pause = desk.act((&player.seat, "a"), None, &HumanAct::Pause {});
    assert!(matches!(pause, Reply::Refused(_, None)), "{pause:?}");
    let other = PersonId::new(people[0].index() + 1);
    let note = note("x".to_owned());
    let stolen = desk.act((&player.seat, "b"), Some(other), &note);
    assert!(matches!(stolen, Reply::NotNow(_)), "{stolen:?}");
    let from_wall = desk.act((&wall.seat, "c"), None, &note);
    assert!(matches!(from_wall, Reply::NotNow(_)), "{from_wall:?}");
    let leave = HumanAct::Leave {
        who: "Noor".to_owned(),
    };
    let forged = desk.act((&player.seat, "d"), None, &leave);
    assert!(matches!(forged, Reply::NotNow(_)), "{forged:?}");
    assert_eq!(record(&desk).entries.len(), entries);
}
