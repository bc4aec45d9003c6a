//! Pages, drawn: each is made of parts, and a part is what an event brings up to date as a whole.
//!
//! A page that was brought up to date by events is therefore the page that a new visit would get. What several
//! seats see alike is drawn once.

use crate::desk::{Desk, Stage};
use crate::seats::{Place, Seat};
use crate::view::{Speak, facilitator, lobby, player, room, wall};
use hotwash_archive::Hash;
use hotwash_engine::exercise::PersonId;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// Which page it is; where another is due, the old one is loaded anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Who waits for STARTEX.
    Lobby,
    /// The facilitator before STARTEX.
    House,
    /// A player.
    Player,
    /// A player who came late and reads in.
    Late,
    /// The facilitator.
    Facilitator,
    /// The big screen, and who only watches.
    Wall,
}

impl Kind {
    /// Its name, which is that of its template.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lobby => "lobby",
            Self::House => "house",
            Self::Player => "player",
            Self::Late => "late",
            Self::Facilitator => "facilitator",
            Self::Wall => "wall",
        }
    }

    /// The parts that it is made of, in any order.
    pub(crate) const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Lobby => &["lobby"],
            Self::House => &["house"],
            Self::Player => &[
                "bar", "notices", "inbox", "known", "clocks", "verbs", "decide", "tasks", "nav",
            ],
            Self::Late => &["late"],
            Self::Facilitator => &[
                "bar", "notices", "controls", "suggest", "queue", "truth", "log", "room",
            ],
            Self::Wall => &["wall"],
        }
    }
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) html: String,
    pub(crate) hash: String,
}

/// A page, drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) kind: Kind,
    /// The number of the last entry that it knows of.
    pub(crate) entry: u32,
    pub(crate) parts: Arc<Vec<Part>>,
}

/// Who sees the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Eyes {
    Seat(String),
    House,
    Player(Vec<PersonId>),
    Late(Vec<PersonId>),
    Facilitator,
    Wall,
}

/// Pages that were drawn, each with how often something had changed before.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    drawn: HashMap<Eyes, (u64, Drawn)>,
}

/// The most pages that are kept.
const KEPT: usize = 1_000;

impl Pages {
    /// The page of a seat.
    pub(crate) fn draw(&mut self, desk: &mut Desk, seat: &str) -> Option<Drawn> {
        let seat = desk.seats.get(seat)?.clone();
        let eyes = eyes(desk, &seat);
        let revision = match &eyes {
            Eyes::Player(_) | Eyes::Late(_) => desk.revision().exercise,
            _ => desk.revision().seats,
        };
        if let Some((of, drawn)) = self.drawn.get(&eyes)
            && *of == revision
        {
            return Some(drawn.clone());
        }
        let (kind, model) = model(desk, &seat, &eyes)?;
        let drawn = Drawn {
            kind,
            entry: desk.last_entry(),
            parts: Arc::new(parts(kind, &model)),
        };
        if self.drawn.len() >= KEPT {
            self.drawn.clear();
        }
        self.drawn.insert(eyes, (revision, drawn.clone()));
        Some(drawn)
    }
}

fn eyes(desk: &Desk, seat: &Seat) -> Eyes {
    let live = matches!(desk.stage, Stage::Live(_));
    match (&seat.place, live) {
        (Place::Facilitator, true) => Eyes::Facilitator,
        (Place::Facilitator, false) => Eyes::House,
        (Place::Wall, _) | (Place::Observer, true) => Eyes::Wall,
        (Place::Player(people), true) if seat.ready => Eyes::Player(people.clone()),
        (Place::Player(people), true) => Eyes::Late(people.clone()),
        (Place::Player(_) | Place::Observer, false) => Eyes::Seat(seat.id.clone()),
    }
}

/// What stands on a page, as a template takes it.
fn model(desk: &mut Desk, seat: &Seat, eyes: &Eyes) -> Option<(Kind, Value)> {
    let exercise = Arc::clone(&desk.exercise);
    let speak = Speak::of(&exercise);
    let trouble = desk.trouble.as_deref();
    let (code, open) = (desk.seats.code(), desk.seats.is_open());
    let seats = (desk.seats.all(), &desk.here);
    let address = desk.setting.address.as_str();
    let record = desk.record.display().to_string();
    let value = |kind, model: Value| Some((kind, model));
    match (eyes, &mut desk.stage) {
        (Eyes::House, _) => {
            let house = lobby::house(&speak, seats, (code, open, address, &record), trouble);
            value(Kind::House, Value::from(Serde(house)))
        }
        (Eyes::Seat(_), _) => {
            let lobby = lobby::lobby(&speak, seat, trouble);
            value(Kind::Lobby, Value::from(Serde(lobby)))
        }
        (Eyes::Wall, stage) => {
            let live = match stage {
                Stage::Live(live) => Some((&live.drill, &live.pacing)),
                Stage::Lobby(_) => None,
            };
            let door = (open.then_some(code), address);
            let wall = wall::wall(&speak, live, door, trouble);
            value(Kind::Wall, Value::from(Serde(wall)))
        }
        (Eyes::Player(people), Stage::Live(live)) => {
            let about = (&live.pacing, live.moved, trouble);
            let page = player::page(&speak, &mut live.drill, people, about)?;
            value(Kind::Player, Value::from(Serde(page)))
        }
        (Eyes::Late(people), Stage::Live(live)) => {
            let late = room::late(&speak, &mut live.drill, people)?;
            value(Kind::Late, Value::from(Serde(late)))
        }
        (Eyes::Facilitator, Stage::Live(live)) => {
            let (drill, pacing) = (&mut live.drill, &live.pacing);
            let door = (code, open, trouble);
            let page = facilitator::page(&speak, drill, pacing, seats, door)?;
            value(Kind::Facilitator, Value::from(Serde(page)))
        }
        (_, Stage::Lobby(_)) => None,
    }
}

/// Draws every part of a page.
fn parts(kind: Kind, model: &Value) -> Vec<Part> {
    let drawn = kind.parts().iter().map(|name| {
        let html = render(&format!("{}/{name}.html", kind.name()), model);
        let hash = Hash::of(html.as_bytes()).to_string();
        Part { name, html, hash }
    });
    drawn.collect()
}

/// Draws a page of a player as somebody else sees who looks over their shoulder.
pub(crate) fn preview(desk: &mut Desk, people: &[PersonId]) -> Option<String> {
    let exercise = Arc::clone(&desk.exercise);
    let speak = Speak::of(&exercise);
    let Stage::Live(live) = &mut desk.stage else {
        return None;
    };
    let about = (&live.pacing, live.moved, desk.trouble.as_deref());
    let page = player::page(&speak, &mut live.drill, people, about)?;
    let parts = parts(Kind::Player, &Value::from(Serde(page)));
    Some(body(Kind::Player, &parts))
}

/// The body of a page, out of its parts.
pub(crate) fn body(kind: Kind, parts: &[Part]) -> String {
    let html = |part: &Part| Value::from_safe_string(part.html.clone());
    let parts = parts.iter().map(|part| (part.name, html(part)));
    let context = Value::from_pairs([("parts", Value::from_pairs(parts))]);
    render(&format!("{}.html", kind.name()), &context)
}

/// A template with what it is filled with.
pub(crate) fn render(name: &str, model: &Value) -> String {
    let drawn = TEMPLATES
        .get_template(name)
        .and_then(|template| template.render(model));
    // Every template is drawn by a test; a page without it is better than none.
    drawn.unwrap_or_else(|error| {
        debug_assert!(false, "{name}: {error:#}");
        String::new()
    })
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("templates/", $name)))),+]
    };
}

/// Every template, by its name.
const TEXTS: [(&str, &str); 32] = templates![
    "marks.html",
    "frame.html",
    "join.html",
    "enter.html",
    "message.html",
    "lobby.html",
    "lobby/lobby.html",
    "house.html",
    "house/house.html",
    "late.html",
    "late/late.html",
    "wall.html",
    "wall/wall.html",
    "player.html",
    "player/bar.html",
    "player/notices.html",
    "player/inbox.html",
    "player/known.html",
    "player/clocks.html",
    "player/verbs.html",
    "player/decide.html",
    "player/tasks.html",
    "player/nav.html",
    "facilitator.html",
    "facilitator/bar.html",
    "facilitator/notices.html",
    "facilitator/controls.html",
    "facilitator/suggest.html",
    "facilitator/queue.html",
    "facilitator/truth.html",
    "facilitator/log.html",
    "facilitator/room.html",
];

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, text) in TEXTS {
        let added = environment.add_template(name, text);
        debug_assert!(added.is_ok(), "{name}: {added:?}");
    }
    environment
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_sound_and_every_part_has_one() {
        for (name, _) in TEXTS {
            TEMPLATES.get_template(name).unwrap();
        }
        let kinds = [
            Kind::Lobby,
            Kind::House,
            Kind::Player,
            Kind::Late,
            Kind::Facilitator,
            Kind::Wall,
        ];
        for kind in kinds {
            let page = TEXTS
                .iter()
                .find(|(name, _)| *name == format!("{}.html", kind.name()));
            let (_, page) = page.unwrap();
            for part in kind.parts() {
                let path = format!("{}/{part}.html", kind.name());
                assert!(TEMPLATES.get_template(&path).is_ok(), "{path}");
                assert!(
                    page.contains(&format!("part(\"{part}\"")),
                    "{path} is placed"
                );
            }
        }
    }

    #[test]
    fn no_template_holds_a_script_or_a_style_of_its_own() {
        for (name, text) in TEXTS {
            let lower = text.to_lowercase();
            let forbidden = [" style=", " onclick", "javascript:", "<style", "|safe"];
            for word in forbidden {
                assert!(!lower.contains(word), "{name} holds {word}");
            }
            assert!(!lower.contains("<script>"), "{name} holds a script");
        }
    }
}
