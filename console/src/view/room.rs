//! Who is here, as the facilitator sees it, and what a late joiner reads first.

use super::lobby::{GuestModel, LateModel, guest, has_part};
use super::{Mark, Speak, inbox, player};
use crate::desk::Here;
use crate::seats::{Place, Seat};
use hotwash_engine::drill::Drill;
use hotwash_engine::exercise::PersonId;
use hotwash_engine::record::HumanAct;
use hotwash_engine::situation::Situation;
use hotwash_engine::situation::view::{Stage, View, Viewer};
use hotwash_reports::words;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// A person of the organisation whom nobody plays.
#[derive(Debug, Serialize)]
pub(crate) struct OtherModel {
    pub(crate) title: String,
    pub(crate) mark: Mark,
}

/// Everybody.
#[derive(Debug, Serialize)]
pub(crate) struct RoomModel {
    pub(crate) guests: Vec<GuestModel>,
    pub(crate) others: Vec<OtherModel>,
    pub(crate) code: String,
    pub(crate) open: bool,
}

/// So many open things are too many for one player. Illustrative.
const TOO_MANY: usize = 3;

/// Who is here, and how much waits for each.
pub(crate) fn room(
    speak: &Speak<'_>,
    situation: &Situation,
    (seats, here): (&[Seat], &HashMap<String, Here>),
    (code, open): (&str, bool),
) -> RoomModel {
    let guests = seats.iter().map(|seat| {
        let mut model = guest(speak, seat, here.get(&seat.id));
        if let Place::Player(people) = &seat.place {
            (model.said, model.open) = waits(situation, people, seat);
        } else {
            model.said = Mark::new("", "");
        }
        model
    });
    let played: BTreeSet<PersonId> = seats
        .iter()
        .flat_map(|seat| seat.place.people().iter().copied())
        .collect();
    let people = (0..speak.exercise.organisation().people.len()).map(PersonId::new);
    let others = people.filter(|of| has_part(speak.exercise, *of) && !played.contains(of));
    RoomModel {
        guests: guests.collect(),
        others: others
            .map(|person| OtherModel {
                title: speak.title(person),
                mark: stands(situation, person),
            })
            .collect(),
        code: super::lobby::spaced_code(code),
        open,
    }
}

fn stands(situation: &Situation, person: PersonId) -> Mark {
    let participants = situation.participants();
    if participants.has_stand_in(person) {
        Mark::new("stand-in", "info")
    } else if participants.is_human(person) {
        Mark::new("absent", "wait")
    } else {
        let presence = words::presence(situation.presences().presence(person));
        Mark::new(format!("simulated, {presence}"), "")
    }
}

/// How much waits for whoever plays these people.
fn waits(situation: &Situation, people: &[PersonId], seat: &Seat) -> (Mark, String) {
    if !seat.ready {
        return (
            Mark::new("reads in", "info"),
            "Has not opened the page yet".to_owned(),
        );
    }
    let viewer = Viewer::Player(people.iter().copied().collect());
    let View::Player(view) = situation.view_for(&viewer) else {
        return (Mark::new("", ""), String::new());
    };
    let letters = view.letters.iter();
    let unread = letters
        .filter(|letter| letter.stage == Stage::Unread)
        .count();
    let undecided = view
        .decisions
        .iter()
        .filter(|of| of.taken.is_none())
        .count();
    let asked = view.approvals.len();
    let open = unread + undecided + asked;
    let working = people
        .iter()
        .any(|person| situation.work().in_hand(*person).next().is_some());
    let mark = if open > TOO_MANY {
        Mark::new("overloaded", "wait")
    } else if working {
        Mark::new("at work", "ok")
    } else if open > 0 {
        Mark::new("has something to do", "info")
    } else {
        Mark::new("idle", "")
    };
    let text = format!("{unread} to open, {undecided} to decide, {asked} to approve");
    (mark, text)
}

/// What whoever takes over these people has to know: what their roles heard, in the order of hearing.
pub(crate) fn late(speak: &Speak<'_>, drill: &mut Drill, people: &[PersonId]) -> Option<LateModel> {
    let offers = player::offered(drill, people);
    let viewer = Viewer::Player(people.iter().copied().collect());
    let View::Player(view) = drill.situation().view_for(&viewer) else {
        return None;
    };
    let mut heard: Vec<_> = view
        .letters
        .iter()
        .filter(|letter| !letter.text.is_empty())
        .filter_map(|letter| {
            let at = letter.noticed?;
            let from = inbox::from(speak, &letter.from);
            Some((at, letter.text.clone(), from))
        })
        .chain(view.known.iter().map(|fact| {
            let what = words::known(&speak.names, fact.fact);
            (fact.since, format!("{what}."), String::new())
        }))
        .collect();
    heard.sort_by_key(|(at, _, _)| *at);
    let waits = offers.iter().filter(|of| of.offer.refused.is_none());
    let waits = waits.filter_map(|of| match &of.offer.act {
        HumanAct::Start { task, .. } => {
            let takes = words::expected(&speak.exercise.task(task.task).takes);
            Some((
                speak.names.task(task.task),
                format!("May start. Takes {takes}."),
            ))
        }
        _ => None,
    });
    let others = (0..speak.exercise.organisation().people.len()).map(PersonId::new);
    let others = others.filter(|of| has_part(speak.exercise, *of) && !people.contains(of));
    let (here, away): (Vec<PersonId>, Vec<PersonId>) = others.partition(|of| {
        drill
            .situation()
            .participants()
            .players(*of)
            .next()
            .is_some()
    });
    Some(LateModel {
        role: speak.titles(people),
        heard: heard
            .into_iter()
            .map(|(at, text, from)| (speak.time(at), text, from))
            .collect(),
        waits: waits.collect(),
        reach: here.into_iter().map(|of| speak.title(of)).collect(),
        others: away.into_iter().map(|of| speak.title(of)).collect(),
        over: view.clock.ended,
    })
}
