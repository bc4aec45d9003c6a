//! What stands on pages, as data: made of what `Situation::view_for` shows to a seat, and of what the engine says
//! that can be done there. Words come from `reports`.
//!
//! `pages` asks for a model and draws it with a template. Nothing here knows HTML, and nothing is judged.

pub(crate) mod facilitator;
pub(crate) mod inbox;
pub(crate) mod lobby;
mod own;
pub(crate) mod player;
pub(crate) mod room;
pub(crate) mod wall;
mod work;

use crate::act::written;
use crate::clock::Pacing;
use hotwash_engine::drill::Offer;
use hotwash_engine::exercise::{Exercise, ExerciseTime, Identified, PersonId, Span};
use hotwash_engine::situation::view::ClockView;
use hotwash_reports::Clock;
use hotwash_reports::words::{self, Naming, People};
use serde::Serialize;

/// What everything is spoken of with.
pub(crate) struct Speak<'e> {
    pub(crate) exercise: &'e Exercise,
    pub(crate) names: Naming<'e>,
    clock: Clock,
}

impl<'e> Speak<'e> {
    /// The words of an exercise.
    pub(crate) fn of(exercise: &'e Exercise) -> Self {
        Self {
            exercise,
            names: Naming::new(exercise, People::ByRole),
            clock: Clock::of(exercise, exercise.parts().limit),
        }
    }

    /// An instant as people say it.
    pub(crate) fn time(&self, at: ExerciseTime) -> String {
        self.clock.label(at)
    }

    /// The zone of the story's clock.
    pub(crate) fn zone(&self) -> String {
        self.clock.zone().to_owned()
    }

    /// A local instant as ms, as if it were UTC.
    fn local(&self, at: ExerciseTime) -> i64 {
        let (day, time) = self.clock.local(at);
        i64::from(day.0) * Span::DAY.0 + time.0
    }

    /// What a person is called on pages: every role that they hold.
    pub(crate) fn title(&self, person: PersonId) -> String {
        let roles = self.exercise.roles_held(person);
        let titles: Vec<String> = roles.iter().map(|role| self.names.role(*role)).collect();
        if titles.is_empty() {
            words::upper_first(&self.names.person(person))
        } else {
            titles.join(", ")
        }
    }

    /// What several people are called together.
    pub(crate) fn titles(&self, people: &[PersonId]) -> String {
        let titles: Vec<String> = people.iter().map(|person| self.title(*person)).collect();
        titles.join(" and ")
    }

    /// The id of a person, as pages send it.
    pub(crate) fn slug(&self, person: PersonId) -> String {
        person.slug(self.exercise.names()).to_string()
    }

    /// The button of an act.
    pub(crate) fn button(&self, offer: &Offer) -> Button {
        Button {
            label: words::button(&offer.act),
            act: written(&offer.act, self.exercise.names()),
            plays: String::new(),
            go: false,
            no: offer
                .refused
                .map(|reason| words::refusal(reason).to_owned()),
        }
    }
}

/// Something that can be pressed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Button {
    pub(crate) label: String,
    /// The act in the words of a record.
    pub(crate) act: String,
    /// For whom it is done, where somebody plays several people.
    pub(crate) plays: String,
    /// Whether it is the main act of its place.
    pub(crate) go: bool,
    /// Why it cannot be done now.
    pub(crate) no: Option<String>,
}

impl Button {
    /// The same with other words on it.
    #[must_use]
    pub(crate) fn saying(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    /// The same as the main act of its place.
    #[must_use]
    pub(crate) const fn main(mut self) -> Self {
        self.go = true;
        self
    }

    /// The same for a person whom somebody plays.
    #[must_use]
    pub(crate) fn of(mut self, plays: &str) -> Self {
        plays.clone_into(&mut self.plays);
        self
    }
}

/// A small mark: a word, and the tone in which it is drawn.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Mark {
    pub(crate) word: String,
    pub(crate) tone: &'static str,
}

impl Mark {
    /// A mark.
    pub(crate) fn new(word: impl Into<String>, tone: &'static str) -> Self {
        Self {
            word: word.into(),
            tone,
        }
    }
}

/// Something that everybody on a page should read first.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Notice {
    pub(crate) tone: &'static str,
    /// Whether it interrupts.
    pub(crate) alert: bool,
    pub(crate) head: String,
    pub(crate) text: String,
    pub(crate) lines: Vec<String>,
}

impl Notice {
    /// A notice in two parts.
    pub(crate) fn new(tone: &'static str, head: &str, text: impl Into<String>) -> Self {
        Self {
            tone,
            alert: tone == "bad",
            head: head.to_owned(),
            text: text.into(),
            lines: Vec::new(),
        }
    }
}

/// The bar of a page: who one is, and what time it is. Pages let the clock go on by themselves from here.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bar {
    /// The letter of the kind of seat.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) zone: String,
    /// The story's time, in words, in ms of its local day, and in ms since STARTEX ..
    pub(crate) label: String,
    pub(crate) local: i64,
    pub(crate) at: i64,
    /// .. when the wall showed this.
    pub(crate) wall: i64,
    /// Thousandths of its speed; 0: it stands.
    pub(crate) pace: u32,
    /// How the clock stands, as a word.
    pub(crate) state: String,
    pub(crate) runs: bool,
}

/// A pace, as people say it.
pub(crate) fn times(thousandths: u32) -> String {
    let (whole, part) = (thousandths / 1_000, thousandths % 1_000);
    match part {
        0 => format!("\u{d7}{whole}"),
        _ => format!("\u{d7}{whole}.{part:03}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// The bar of a page of an exercise that runs.
pub(crate) fn bar(
    speak: &Speak<'_>,
    (kind, title): (&'static str, String),
    (clock, pacing): (&ClockView, &Pacing),
) -> Bar {
    let state = if clock.ended {
        "ended".to_owned()
    } else if clock.stopped {
        "stopped".to_owned()
    } else if clock.paused {
        "paused".to_owned()
    } else {
        format!("runs, {}", times(clock.pace))
    };
    Bar {
        kind,
        title,
        zone: speak.zone(),
        label: speak.time(pacing.at),
        local: speak.local(pacing.at),
        at: pacing.at.0,
        wall: pacing.wall,
        pace: if pacing.runs { pacing.thousandths } else { 0 },
        state,
        runs: pacing.runs,
    }
}

/// What everybody should read first about the clock.
pub(crate) fn clock_notices(
    speak: &Speak<'_>,
    clock: &ClockView,
    trouble: Option<&str>,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(trouble) = trouble {
        let text = format!("The drill stands still: {trouble}.");
        notices.push(Notice::new("bad", "Nothing more is written.", text));
    }
    if clock.ended {
        let text = format!(
            "It was {}. Thank you. Stay for the hot wash.",
            speak.time(clock.now)
        );
        notices.push(Notice::new("ok", "The exercise is over.", text));
    } else if clock.stopped {
        let text = "The drill stands still for everybody. Listen to the facilitator.";
        let head = "STOP. Something real has happened.";
        notices.push(Notice::new("bad", head, text));
    } else if clock.paused {
        let text =
            "Nothing runs, and nothing that you typed is lost. You can go on reading and writing.";
        notices.push(Notice::new("info", "Paused by the facilitator.", text));
    }
    notices
}
