//! The one owner of a drill: its engine, its record, its seats.
//!
//! Everything that happens goes through here, one after the other: an act or time that passed goes to the
//! engine, what came of it is written and synced, then the pages are told. What cannot be written is told to
//! nobody, and the drill stands still from then on.

pub(crate) mod keeper;
pub(crate) mod live;
pub(crate) mod seating;
pub(crate) mod setting;
#[cfg(test)]
pub(crate) mod tests;

use crate::pages::{Drawn, Pages};
use crate::seats::secret::{self, NoChance};
use crate::seats::{Line, Seats};
use hotwash_app::{Fault, Place as Folder};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::{HumanAct, Refusal};
use keeper::{Files, Keeper, NotKept};
use live::Live;
use setting::{Begin, Setting};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;

/// What pages wait for: a number that grows whenever something could look otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Revision {
    /// Of the exercise.
    pub(crate) exercise: u64,
    /// Of the seats.
    pub(crate) seats: u64,
}

/// What becomes of something that a page sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// It is on disk, as this entry.
    Kept(u32),
    /// It was not possible, for this reason; the entry that says so, where there is one.
    Refused(Refusal, Option<u32>),
    /// It cannot be done here and now, for this reason.
    NotNow(String),
}

/// What the drill is begun with, before STARTEX.
#[derive(Debug)]
pub(crate) struct Lobby {
    pub(crate) seed: u64,
    pub(crate) provenance: hotwash_engine::simulation::Provenance,
    pub(crate) assisted: bool,
    pub(crate) pace: u32,
}

/// Before STARTEX, or from then on.
pub(crate) enum Stage {
    Lobby(Lobby),
    Live(Box<Live>),
}

/// Whether a page is open at a seat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Here {
    /// How many pages listen.
    pub(crate) pages: u32,
    /// When one last did, by the clock on the wall.
    pub(crate) seen: i64,
    /// When somebody last acted.
    pub(crate) acted: Option<i64>,
}

/// The owner of a drill.
pub(crate) struct Desk {
    pub(crate) exercise: Arc<Exercise>,
    pub(crate) setting: Setting,
    pub(crate) seats: Seats,
    pub(crate) stage: Stage,
    pub(crate) here: HashMap<String, Here>,
    /// Where the record lies, or will.
    pub(crate) record: PathBuf,
    /// Why nothing can be written any more.
    pub(crate) trouble: Option<String>,
    closed: bool,
    keeper: Box<dyn Keeper>,
    changed: watch::Sender<Revision>,
    pages: Pages,
}

impl Desk {
    /// Begins a drill, or goes on with one.
    pub(crate) fn open(setting: Setting, begin: Begin) -> Result<Self, Fault> {
        match begin {
            Begin::Anew {
                exercise,
                seed,
                provenance,
                assisted,
                pace,
                place,
            } => {
                let lobby = Lobby {
                    seed,
                    provenance,
                    assisted,
                    pace,
                };
                let record = place.record.clone();
                let keeper = Box::new(Files::anew(place)?);
                let stage = Stage::Lobby(lobby);
                Ok(Self::new((setting, exercise), stage, record, keeper))
            }
            Begin::Again { record } => Self::again(setting, &record, |files| Box::new(files)),
        }
    }

    /// Goes on with a record. `wrap`: what stands between the desk and its files.
    pub(crate) fn again(
        setting: Setting,
        record: &Path,
        wrap: impl FnOnce(Files) -> Box<dyn Keeper>,
    ) -> Result<Self, Fault> {
        let (files, found, lines) = Files::again(Folder::of(record))?;
        let mut keeper = wrap(files);
        let live = Live::again(&found, &mut *keeper, setting.clock.now())?;
        let exercise = Arc::clone(&found.header.exercise);
        let stage = Stage::Live(Box::new(live));
        let mut desk = Self::new((setting, exercise), stage, record.to_owned(), keeper);
        for text in &lines {
            let kept: Line = serde_json::from_str(text).map_err(|error| {
                Fault::new(format!("the journal beside the record is unclear: {error}"))
            })?;
            desk.seats.apply(&kept, desk.exercise.names());
        }
        let after = found.entries.last().map_or(0, |entry| entry.number);
        desk.note(&Line::Cut { after })
            .map_err(|error| not_kept(&error))?;
        desk.stand_still().map_err(|error| not_kept(&error))?;
        Ok(desk)
    }

    fn new(
        (setting, exercise): (Setting, Arc<Exercise>),
        stage: Stage,
        record: PathBuf,
        keeper: Box<dyn Keeper>,
    ) -> Self {
        Self {
            exercise,
            setting,
            seats: Seats::default(),
            stage,
            here: HashMap::new(),
            record,
            trouble: None,
            closed: false,
            keeper,
            changed: watch::Sender::new(Revision::default()),
            pages: Pages::default(),
        }
    }

    /// Opens the doors: a code for everybody, unless there is one, and a new secret for the facilitator, which
    /// is returned.
    pub(crate) fn open_doors(&mut self) -> Result<String, Fault> {
        let no_chance = |error: NoChance| Fault::new(error.to_string());
        let secret = secret::secret().map_err(no_chance)?;
        let code = match self.seats.code() {
            "" => secret::code().map_err(no_chance)?,
            code => code.to_owned(),
        };
        let facilitator = secret::hash(&secret);
        self.note(&Line::Opened { code, facilitator })
            .map_err(|error| not_kept(&error))?;
        Ok(secret)
    }

    /// Writes a line of the journal and lets it hold.
    fn note(&mut self, line: &Line) -> Result<(), NotKept> {
        let text = serde_json::to_string(line).map_err(std::io::Error::from)?;
        let kept = self.keeper.line(&text);
        self.remember_trouble(&kept);
        kept?;
        self.seats.apply(line, self.exercise.names());
        self.seats_changed();
        Ok(())
    }

    fn remember_trouble(&mut self, kept: &Result<(), NotKept>) {
        if let Err(error) = kept {
            self.trouble = Some(error.to_string());
            self.exercise_changed();
        }
    }

    /// Whoever waits for a change.
    pub(crate) fn listen(&self) -> watch::Receiver<Revision> {
        self.changed.subscribe()
    }

    /// How often something has changed.
    pub(crate) fn revision(&self) -> Revision {
        *self.changed.borrow()
    }

    pub(crate) fn exercise_changed(&mut self) {
        self.changed.send_modify(|revision| {
            revision.exercise += 1;
            revision.seats += 1;
        });
    }

    pub(crate) fn seats_changed(&mut self) {
        self.changed.send_modify(|revision| revision.seats += 1);
    }

    /// What stands on the page of a seat.
    pub(crate) fn drawn(&mut self, seat: &str) -> Option<Drawn> {
        let mut pages = std::mem::take(&mut self.pages);
        let drawn = pages.draw(self, seat);
        self.pages = pages;
        drawn
    }

    /// The number of the last entry.
    pub(crate) fn last_entry(&self) -> u32 {
        match &self.stage {
            Stage::Lobby(_) => 0,
            Stage::Live(live) => {
                let last = live.drill.record().entries.last();
                last.map_or(0, |entry| entry.number)
            }
        }
    }

    /// A page at a seat begins or ends to listen.
    pub(crate) fn listens(&mut self, seat: &str, on: bool) {
        let seen = self.setting.clock.now();
        let here = self.here.entry(seat.to_owned()).or_default();
        here.seen = seen;
        here.pages = if on {
            here.pages.saturating_add(1)
        } else {
            here.pages.saturating_sub(1)
        };
        self.seats_changed();
    }

    /// Whether the record was closed.
    pub(crate) const fn is_closed(&self) -> bool {
        self.closed
    }

    /// Ends the record, with a seal if there is a key.
    pub(crate) fn close(&mut self) -> Result<(), NotKept> {
        let closed = self.keeper.close(self.setting.seal.as_ref());
        self.trouble = Some("the record is closed".to_owned());
        self.closed = true;
        self.exercise_changed();
        closed
    }

    /// Whether somebody at a seat may do something by a page of this kind. Who takes part is changed in the list
    /// of people, since it is about seats as well.
    fn by_a_page(act: &HumanAct) -> Result<(), Reply> {
        let about_seats = act.is_attendance() && !matches!(act, HumanAct::StandIn { .. });
        if about_seats {
            return Err(Reply::NotNow(
                "this is done in the list of people".to_owned(),
            ));
        }
        if act.remark().is_some() {
            let text = "ratings, votes and commitments are not taken on this page";
            return Err(Reply::NotNow(text.to_owned()));
        }
        Ok(())
    }
}

/// What was not written, as whoever starts a server is told.
fn not_kept(error: &NotKept) -> Fault {
    Fault::new(error.to_string())
}
