//! What stands on the page of the facilitator.

use super::room::{RoomModel, room};
use super::{Bar, Button, Mark, Notice, Speak, bar, clock_notices, times};
use crate::act::written;
use crate::clock::Pacing;
use crate::desk::Here;
use crate::seats::Seat as Taken;
use hotwash_engine::drill::{Drill, Offer};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::exercise::{
    Asks, AssetId, AssetState, ExerciseTime, Identified, InjectId, Knowable, RoleId, Span,
};
use hotwash_engine::record::{Edit, HumanAct, Origin, Seat, SkipReason};
use hotwash_engine::situation::Situation;
use hotwash_engine::situation::messages::Standing;
use hotwash_engine::situation::story::InjectState;
use hotwash_engine::situation::view::{View, Viewer};
use hotwash_reports::words::{self, People, Subject};
use serde::Serialize;
use std::collections::HashMap;

/// The paces that have a button, in thousandths.
const PACES: [u32; 6] = [1_000, 2_000, 6_000, 12_000, 30_000, 60_000];
/// How far the clock can be moved on by a button.
const MOVES: [Span; 5] = [
    Span::minutes(15),
    Span::hours(1),
    Span::hours(4),
    Span::hours(8),
    Span::hours(24),
];
/// How many of the last entries are told.
const LAST: usize = 14;

/// The page of the facilitator.
#[derive(Debug, Serialize)]
pub(crate) struct FacilitatorPage {
    pub(crate) bar: Bar,
    pub(crate) notices: Vec<Notice>,
    pub(crate) controls: Controls,
    pub(crate) suggestions: Vec<Suggestion>,
    pub(crate) queue: Vec<InjectModel>,
    pub(crate) truth: Vec<TruthModel>,
    pub(crate) log: Vec<EntryModel>,
    pub(crate) room: RoomModel,
    pub(crate) add: String,
    pub(crate) note: String,
    pub(crate) roles: Vec<(String, String)>,
    pub(crate) over: bool,
    pub(crate) closed: bool,
}

/// The controls of the clock.
#[derive(Debug, Serialize)]
pub(crate) struct Controls {
    pub(crate) pause: Button,
    pub(crate) paces: Vec<(Button, bool)>,
    pub(crate) moves: Vec<Button>,
    pub(crate) stop: Button,
    pub(crate) end: Button,
}

/// Something that could be done next.
#[derive(Debug, Serialize)]
pub(crate) struct Suggestion {
    pub(crate) head: String,
    pub(crate) text: String,
    pub(crate) button: Option<Button>,
}

/// An inject in the queue.
#[derive(Debug, Serialize)]
pub(crate) struct InjectModel {
    pub(crate) key: String,
    pub(crate) at: String,
    /// `done`, `due` (the next one), `held`, or nothing.
    pub(crate) state: &'static str,
    pub(crate) title: String,
    pub(crate) to: String,
    /// Prompts for whoever runs it, and what those who watch should see.
    pub(crate) notes: Vec<String>,
    pub(crate) mark: Mark,
    pub(crate) buttons: Vec<Button>,
    /// The act of changing its text, and the text as it is.
    pub(crate) edit: Option<(String, String)>,
    /// Whether the line of now stands above it.
    pub(crate) first_to_come: bool,
}

/// What is true of an asset, beside what the team knows.
#[derive(Debug, Serialize)]
pub(crate) struct TruthModel {
    pub(crate) key: String,
    pub(crate) what: String,
    pub(crate) truth: String,
    pub(crate) known: String,
    pub(crate) same: bool,
    pub(crate) overrule: Vec<(String, String)>,
}

/// An entry.
#[derive(Debug, Serialize)]
pub(crate) struct EntryModel {
    pub(crate) number: u32,
    pub(crate) at: String,
    pub(crate) text: String,
}

/// The page of the facilitator.
pub(crate) fn page(
    speak: &Speak<'_>,
    drill: &mut Drill,
    pacing: &Pacing,
    (seats, here): (&[Taken], &HashMap<String, Here>),
    (code, open, trouble): (&str, bool, Option<&str>),
) -> Option<FacilitatorPage> {
    let View::Wall(clock) = drill.situation().view_for(&Viewer::Wall) else {
        return None;
    };
    let offers = drill.possible(&Seat::Facilitator {});
    let controls = controls(speak, drill, pacing, &offers);
    let log = last_entries(speak, drill);
    let View::All(situation) = drill.situation().view_for(&Viewer::Facilitator) else {
        return None;
    };
    let names = speak.exercise.names();
    let roles = (0..speak.exercise.organisation().roles.len()).map(RoleId::new);
    let first = RoleId::new(0);
    let queue = queue(speak, situation, &offers);
    Some(FacilitatorPage {
        bar: bar(speak, ("F", "Facilitator".to_owned()), (&clock, pacing)),
        notices: clock_notices(speak, &clock, trouble),
        controls,
        suggestions: suggestions(speak, situation, &queue, clock.ended),
        queue,
        truth: truth(speak, situation),
        log,
        room: room(speak, situation, (seats, here), (code, open)),
        add: written(
            &HumanAct::Add {
                from: String::new(),
                to: first,
                text: String::new(),
            },
            names,
        ),
        note: written(
            &HumanAct::Note {
                text: String::new(),
            },
            names,
        ),
        roles: roles
            .map(|role| (role.slug(names).to_string(), speak.names.role(role)))
            .collect(),
        over: clock.ended,
        closed: trouble.is_some(),
    })
}

fn controls(speak: &Speak<'_>, drill: &mut Drill, pacing: &Pacing, offers: &[Offer]) -> Controls {
    let paused = drill.situation().control().paused().is_some();
    let wanted = if paused {
        HumanAct::Resume {}
    } else {
        HumanAct::Pause {}
    };
    let button = |act: &HumanAct| {
        let found = offers.iter().find(|offer| offer.act == *act);
        let offer = found.cloned().unwrap_or(Offer {
            act: act.clone(),
            refused: None,
        });
        speak.button(&offer)
    };
    let now = drill.settled();
    let mut checked = |act: HumanAct, label: String| {
        let refused = drill.check(&Seat::Facilitator {}, &act).err();
        speak.button(&Offer { act, refused }).saying(&label)
    };
    let paces = PACES.map(|thousandths| {
        let act = HumanAct::Pace { thousandths };
        (
            checked(act, times(thousandths)),
            pacing.thousandths == thousandths,
        )
    });
    let moves = MOVES.map(|span| {
        let act = HumanAct::MoveClock { to: now + span };
        checked(act, format!("{} later", words::duration(span)))
    });
    Controls {
        pause: button(&wanted).main(),
        paces: paces.into(),
        moves: moves.into(),
        stop: button(&HumanAct::StopWord {}).saying("Stop word"),
        end: button(&HumanAct::End {}),
    }
}

/// Every inject: what came, in the order of coming, then what is to come.
fn queue(speak: &Speak<'_>, situation: &Situation, offers: &[Offer]) -> Vec<InjectModel> {
    let ids = (0..speak.exercise.scenario().injects.len()).map(InjectId::new);
    let mut injects: Vec<InjectId> = ids.collect();
    let sort = |inject: &InjectId| {
        let of = situation.story().inject(*inject);
        let first = of.and_then(|of| of.first).map(|stamp| stamp.at);
        let planned = speak.exercise.inject(*inject).at;
        (
            first.is_none(),
            first.or(planned).unwrap_or(ExerciseTime::NEVER),
        )
    };
    injects.sort_by_key(sort);
    let next = situation
        .story()
        .due(speak.exercise)
        .first()
        .map(|(_, inject)| *inject);
    let mut to_come = false;
    let models = injects.into_iter().map(|inject| {
        let mut model = queued(speak, situation, inject, offers);
        if next == Some(inject) {
            model.state = "due";
            model.mark = Mark::new(format!("due {}", model.at), "info");
            model.buttons = model.buttons.into_iter().map(highlight).collect();
        }
        if model.state != "done" && !to_come {
            (to_come, model.first_to_come) = (true, true);
        }
        model
    });
    models.collect()
}

fn highlight(button: Button) -> Button {
    if button.label
        == words::button(&HumanAct::Fire {
            inject: InjectId::new(0),
        })
    {
        button.main()
    } else {
        button
    }
}

fn queued(
    speak: &Speak<'_>,
    situation: &Situation,
    inject: InjectId,
    offers: &[Offer],
) -> InjectModel {
    let described = speak.exercise.inject(inject);
    let of = situation.story().inject(inject);
    let state = of.map_or(InjectState::ToCome, |of| of.state);
    let text = of
        .and_then(|of| of.text.clone())
        .unwrap_or_else(|| described.text.clone());
    let waits = described.when.is_some() || described.delay.is_some();
    let (kind, mark) = match state {
        InjectState::Delivered => ("done", read_by(speak, situation, inject)),
        InjectState::HeldBack => ("held", Mark::new("held by you", "off")),
        InjectState::Skipped(SkipReason::Facilitator) => {
            ("done", Mark::new("skipped by you", "off"))
        }
        InjectState::Skipped(_) => ("done", Mark::new("does not apply", "off")),
        InjectState::ToCome if waits => ("", Mark::new("waits for what it comes after", "off")),
        InjectState::ToCome => ("", Mark::new("planned", "")),
    };
    let first = of.and_then(|of| of.first).map(|stamp| stamp.at);
    let act = HumanAct::Edit {
        inject,
        text: String::new(),
    };
    let editable = matches!(state, InjectState::ToCome | InjectState::HeldBack);
    InjectModel {
        key: format!("inject-{}", inject.index()),
        at: first
            .or(described.at)
            .map_or_else(|| "\u{2013}".to_owned(), |at| speak.time(at)),
        state: kind,
        title: speak.names.inject_saying(inject, &text),
        to: words::upper_first(&speak.names.addressee(described.to)),
        notes: notes(speak, inject),
        mark,
        buttons: handles(speak, (inject, state), offers),
        edit: editable.then(|| (written(&act, speak.exercise.names()), text)),
        first_to_come: false,
    }
}

/// What the author of an inject says to whoever runs it, and what those who watch should see.
fn notes(speak: &Speak<'_>, id: InjectId) -> Vec<String> {
    let sentence = |text: &str| text.trim().trim_end_matches('.').to_owned();
    let prompts = speak.exercise.inject(id).prompts.iter();
    let prompts = prompts.map(|of| format!("If {}: {}.", sentence(&of.when), sentence(&of.say)));
    let expected = speak.exercise.scenario().expectations.iter();
    let watched = expected.filter(|of| of.inject == id && of.asks == Asks::Observed);
    let watched = watched.map(|of| format!("Watch for: {}.", sentence(&of.text)));
    prompts.chain(watched).collect()
}

/// What can be done with an inject, as it stands.
fn handles(
    speak: &Speak<'_>,
    (inject, state): (InjectId, InjectState),
    offers: &[Offer],
) -> Vec<Button> {
    let came = matches!(state, InjectState::Delivered | InjectState::Skipped(_));
    let held = state == InjectState::HeldBack;
    let fitting = offers.iter().filter(|offer| match &offer.act {
        HumanAct::Fire { inject: of } => *of == inject,
        HumanAct::Hold { inject: of } => *of == inject && !came && !held,
        HumanAct::Skip { inject: of } => *of == inject && !came,
        _ => false,
    });
    let said = |button: Button| match state {
        InjectState::Delivered => button.saying("Repeat"),
        InjectState::Skipped(_) => button.saying("Fire all the same"),
        InjectState::ToCome | InjectState::HeldBack => button,
    };
    fitting.map(|offer| said(speak.button(offer))).collect()
}

/// How many of those who got an inject have read it.
fn read_by(speak: &Speak<'_>, situation: &Situation, inject: InjectId) -> Mark {
    let messages = situation.messages().all().iter();
    let of = messages.filter(
        |message| matches!(message.origin, Origin::Inject { inject: of, .. } if of == inject),
    );
    let (mut sent, mut read, mut last) = (0, 0, None);
    for message in of {
        sent += 1;
        if matches!(message.standing, Standing::Read(_) | Standing::DealtWith) {
            read += 1;
            last = message.read.map(|stamp| stamp.at);
        }
    }
    match (sent, last) {
        (0, _) => Mark::new("reached nobody", "bad"),
        (1, Some(at)) => Mark::new(format!("read {}", speak.time(at)), "ok"),
        (1, None) => Mark::new("not read yet", "wait"),
        _ => Mark::new(
            format!("{read} of {sent} read"),
            if read == sent { "ok" } else { "wait" },
        ),
    }
}

fn suggestions(
    speak: &Speak<'_>,
    situation: &Situation,
    queue: &[InjectModel],
    over: bool,
) -> Vec<Suggestion> {
    if over {
        return Vec::new();
    }
    let unread = queue
        .iter()
        .rev()
        .filter(|of| of.mark.word == "not read yet")
        .take(1);
    let mut all: Vec<Suggestion> = unread
        .map(|of| Suggestion {
            head: format!("Nobody has read: {}.", of.title.trim_end_matches('.')),
            text: format!("To {}, since {}.", words::lower_first(&of.to), of.at),
            button: of.buttons.first().cloned(),
        })
        .collect();
    let clocks = situation.clocks().running();
    all.extend(clocks.first().map(|(due, obligation, _)| Suggestion {
        head: format!("A clock runs out at {}.", speak.time(*due)),
        text: speak.names.obligation(*obligation),
        button: None,
    }));
    let next = queue.iter().find(|of| of.state == "due");
    all.extend(next.map(|of| Suggestion {
        head: format!("Next in the queue, {}.", of.at),
        text: of.title.clone(),
        button: of.buttons.first().cloned(),
    }));
    all
}

/// Assets of which something is true or known, and what.
fn truth(speak: &Speak<'_>, situation: &Situation) -> Vec<TruthModel> {
    let assets = (0..speak.exercise.organisation().assets.len()).map(AssetId::new);
    let models = assets.filter_map(|asset| {
        let states: Vec<AssetState> = situation.assets().states(asset).collect();
        let known = known_states(speak, situation, asset);
        let out = situation.assets().out_since(asset);
        if states.is_empty() && known.is_empty() && out.is_none() {
            return None;
        }
        let mut truth: Vec<String> = states
            .iter()
            .map(|state| words::asset_state(*state).to_owned())
            .collect();
        if let Some(out) = out {
            truth.push(format!("does not serve since {}", speak.time(out.at)));
        }
        if truth.is_empty() {
            truth.push("in order".to_owned());
        }
        let told: Vec<String> = known
            .iter()
            .map(|state| words::asset_state(*state).to_owned())
            .collect();
        let unknown = states.iter().any(|state| !known.contains(state));
        Some(TruthModel {
            key: format!("truth-{}", asset.index()),
            what: speak.names.asset(asset),
            truth: truth.join(", "),
            known: if told.is_empty() {
                "nothing".to_owned()
            } else {
                told.join(", ")
            },
            same: !unknown,
            overrule: overrules(speak, asset, &states),
        })
    });
    models.collect()
}

/// The states in which anybody knows an asset to be, or to have been.
fn known_states(speak: &Speak<'_>, situation: &Situation, asset: AssetId) -> Vec<AssetState> {
    let roles = (0..speak.exercise.organisation().roles.len()).map(RoleId::new);
    let learned = roles.flat_map(|role| situation.knowledge().learned(role));
    let states = learned.filter_map(|learned| match learned.fact {
        Knowable::Asset(_, of, state) if of == asset => Some(state),
        _ => None,
    });
    let mut states: Vec<AssetState> = states.collect();
    states.sort_unstable();
    states.dedup();
    states
}

/// What the facilitator can overrule of an asset.
fn overrules(speak: &Speak<'_>, asset: AssetId, states: &[AssetState]) -> Vec<(String, String)> {
    let names = speak.exercise.names();
    let change = |state: AssetState, on| {
        let act = HumanAct::Overrule {
            change: Edit { asset, state, on },
        };
        let word = words::asset_state(state);
        let label = if on {
            format!("It is {word}")
        } else {
            format!("It is not {word}")
        };
        (written(&act, names), label)
    };
    let off = states.iter().map(|state| change(*state, false));
    let settable = [
        AssetState::Compromised,
        AssetState::Encrypted,
        AssetState::Isolated,
        AssetState::Off,
        AssetState::Verified,
    ];
    let on = settable.into_iter().filter(|state| !states.contains(state));
    off.chain(on.map(|state| change(state, true))).collect()
}

/// The last entries that are worth a sentence.
fn last_entries(speak: &Speak<'_>, drill: &Drill) -> Vec<EntryModel> {
    let record = drill.record();
    let evaluation = evaluate(&record.header.exercise, record, Baselines::default());
    let subject = Subject::new(speak.exercise, record, &evaluation, People::ByRole);
    let told = record.entries.iter().rev().filter_map(|entry| {
        let (text, _) = words::moment(&subject, entry)?;
        Some(EntryModel {
            number: entry.number,
            at: speak.time(entry.at),
            text: text.words(),
        })
    });
    told.take(LAST).collect()
}
