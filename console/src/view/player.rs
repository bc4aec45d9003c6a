//! What stands on the page of a player.

use super::inbox::{Inbox, inbox};
use super::{Bar, Button, Mark, Notice, Speak, bar, clock_notices, own, work};
use crate::act::written;
use crate::clock::Pacing;
use hotwash_engine::drill::{Drill, Offer};
use hotwash_engine::exercise::{
    Category, ExerciseTime, Identified, Knowable, PersonId, Severity, Span,
};
use hotwash_engine::record::{HumanAct, Presence, Seat};
use hotwash_engine::situation::view::{Fact, PersonView, PlayerView, Question, Told, View, Viewer};
use hotwash_reports::words;
use serde::Serialize;

/// Something that one of the people could do whom somebody plays.
#[derive(Debug, Clone)]
pub(crate) struct Offered {
    pub(crate) plays: String,
    pub(crate) offer: Offer,
}

impl Offered {
    /// Its button.
    pub(crate) fn button(&self, speak: &Speak<'_>) -> Button {
        speak.button(&self.offer).of(&self.plays)
    }
}

/// The page of a player.
#[derive(Debug, Serialize)]
pub(crate) struct PlayerPage {
    pub(crate) bar: Bar,
    pub(crate) notices: Vec<Notice>,
    pub(crate) inbox: Inbox,
    pub(crate) known: Vec<KnownModel>,
    pub(crate) incidents: Vec<IncidentModel>,
    pub(crate) clocks: Vec<ClockModel>,
    pub(crate) decisions: Vec<DecisionModel>,
    pub(crate) tasks: Vec<TaskModel>,
    pub(crate) plan: Vec<TaskModel>,
    pub(crate) verbs: Vec<Button>,
    pub(crate) phases: Vec<Button>,
    pub(crate) own: Vec<OwnModel>,
    pub(crate) classify: Option<String>,
    pub(crate) severities: Vec<(&'static str, String)>,
    pub(crate) categories: Vec<(&'static str, String)>,
    pub(crate) log: String,
    pub(crate) note: String,
    pub(crate) plays: String,
    pub(crate) people: Vec<PersonModel>,
    pub(crate) room: Vec<String>,
    /// Whether they may still act.
    pub(crate) over: bool,
}

/// How a person stands whom somebody plays.
#[derive(Debug, Serialize)]
pub(crate) struct PersonModel {
    pub(crate) title: String,
    pub(crate) stands: String,
}

/// Something that is known.
#[derive(Debug, Serialize)]
pub(crate) struct KnownModel {
    pub(crate) key: String,
    pub(crate) what: String,
    pub(crate) mark: Option<Mark>,
    pub(crate) source: String,
}

/// What the team says of an incident.
#[derive(Debug, Serialize)]
pub(crate) struct IncidentModel {
    pub(crate) name: String,
    pub(crate) severity: Option<(String, String, usize)>,
    pub(crate) category: String,
    pub(crate) declared: Vec<String>,
}

/// A clock of a duty.
#[derive(Debug, Serialize)]
pub(crate) struct ClockModel {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) due: String,
    /// In ms since STARTEX.
    pub(crate) until: i64,
    pub(crate) mark: Mark,
    pub(crate) runs: bool,
}

/// A decision.
#[derive(Debug, Serialize)]
pub(crate) struct DecisionModel {
    pub(crate) key: String,
    pub(crate) question: String,
    pub(crate) since: String,
    pub(crate) options: Vec<Button>,
    pub(crate) taken: Option<String>,
}

/// A piece of work, or a task of the plan of which there is none yet.
#[derive(Debug, Serialize)]
pub(crate) struct TaskModel {
    pub(crate) key: String,
    pub(crate) phase: char,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) mark: Mark,
    pub(crate) buttons: Vec<Button>,
    pub(crate) hand_over: Option<HandOver>,
}

/// To whom work can be handed over.
#[derive(Debug, Serialize)]
pub(crate) struct HandOver {
    /// The act, without to whom.
    pub(crate) act: String,
    pub(crate) plays: String,
    pub(crate) roles: Vec<(String, String)>,
}

/// Measures of one's own that can be taken on an asset.
#[derive(Debug, Serialize)]
pub(crate) struct OwnModel {
    pub(crate) asset: String,
    pub(crate) measures: Vec<(String, String)>,
}

/// What can be done now by those whom somebody plays.
pub(crate) fn offered(drill: &mut Drill, people: &[PersonId]) -> Vec<Offered> {
    let mut all = Vec::new();
    for person in people {
        let offers = drill.possible(&Seat::Plays { person: *person });
        let plays = drill.situation().exercise().names();
        let plays = person.slug(plays).to_string();
        all.extend(offers.into_iter().map(|offer| Offered {
            plays: plays.clone(),
            offer,
        }));
    }
    all
}

/// The page of who plays these people.
pub(crate) fn page(
    speak: &Speak<'_>,
    drill: &mut Drill,
    people: &[PersonId],
    (pacing, moved, trouble): (&Pacing, Option<(ExerciseTime, ExerciseTime)>, Option<&str>),
) -> Option<PlayerPage> {
    let offers = offered(drill, people);
    let viewer = Viewer::Player(people.iter().copied().collect());
    let View::Player(view) = drill.situation().view_for(&viewer) else {
        return None;
    };
    let own = own::own_measures(speak, drill, (&view, people));
    let mut notices = clock_notices(speak, &view.clock, trouble);
    notices.extend(away(&view));
    notices.extend(moved.and_then(|moved| moved_on(speak, &view, moved)));
    let plays = people
        .first()
        .map_or_else(String::new, |of| speak.slug(*of));
    let names = speak.exercise.names();
    let blank = String::new;
    let (tasks, plan) = work::tasks(speak, &view, &offers);
    Some(PlayerPage {
        bar: bar(speak, ("P", speak.titles(people)), (&view.clock, pacing)),
        notices,
        inbox: inbox(speak, &view, &offers),
        known: view
            .known
            .iter()
            .rev()
            .map(|of| known(speak, &view, of))
            .collect(),
        incidents: incidents(speak, &view),
        clocks: clocks(speak, &view),
        decisions: view
            .decisions
            .iter()
            .map(|of| decision(speak, of, &offers))
            .collect(),
        tasks,
        plan,
        verbs: verbs(speak, &offers),
        phases: phases(speak, &offers),
        own,
        classify: own::classify_form(people, drill, names),
        severities: choices(Severity::ALL.iter().map(|of| of.name())),
        categories: choices(Category::ALL.iter().map(|of| of.name())),
        log: written(&HumanAct::Log { text: blank() }, names),
        note: written(&HumanAct::Note { text: blank() }, names),
        plays,
        people: view.people.iter().map(|of| person(speak, of)).collect(),
        room: room(speak, &view),
        over: view.clock.ended,
    })
}

fn choices(words: impl Iterator<Item = &'static str>) -> Vec<(&'static str, String)> {
    words.map(|word| (word, words::choice(word))).collect()
}

fn person(speak: &Speak<'_>, of: &PersonView) -> PersonModel {
    let mut stands = words::presence(of.presence).to_owned();
    if let Some(until) = of.rests_until {
        stands = format!("rests until {}", speak.time(until));
    }
    if of.stand_in {
        stands.push_str("; a stand-in acts");
    }
    PersonModel {
        title: speak.title(of.person),
        stands,
    }
}

fn room(speak: &Speak<'_>, view: &PlayerView) -> Vec<String> {
    let present = view.rooms.iter().flat_map(|room| &room.present);
    let others = present.filter(|person| !view.people.iter().any(|of| of.person == **person));
    others.map(|person| speak.title(*person)).collect()
}

/// Whether nobody of those whom somebody plays is there, in the story.
fn away(view: &PlayerView) -> Option<Notice> {
    let there = |of: &PersonView| of.presence == Presence::OnDuty && of.rests_until.is_none();
    if view.clock.ended || view.people.iter().any(there) {
        return None;
    }
    let text = "Messages reach you later than others, and you begin no work until somebody reaches you or your \
        shift begins. You can read, note and decide.";
    Some(Notice::new(
        "plain",
        "In the story you are not on duty.",
        text,
    ))
}

/// What a role learned while the clock was moved on.
fn moved_on(
    speak: &Speak<'_>,
    view: &PlayerView,
    (from, to): (ExerciseTime, ExerciseTime),
) -> Option<Notice> {
    if view.clock.ended || view.clock.now > to + Span::minutes(20) {
        return None;
    }
    let learned: Vec<String> = view
        .known
        .iter()
        .filter(|fact| (from..=to).contains(&fact.since))
        .map(|fact| {
            let what = words::known(&speak.names, fact.fact);
            format!("{}: {what}", speak.time(fact.since))
        })
        .collect();
    let n = learned.len() as u64;
    let things = words::plural(n, "thing", "things");
    let text = match n {
        0 => format!(
            "It is {}. Your role learned nothing new meanwhile.",
            speak.time(to)
        ),
        n => format!(
            "It is {}. Read first what your role learned: {n} {things}.",
            speak.time(to)
        ),
    };
    let head = format!("{} later.", words::duration(to - from));
    Some(Notice {
        lines: learned,
        ..Notice::new("info", &words::upper_first(&head), text)
    })
}

fn known(speak: &Speak<'_>, view: &PlayerView, fact: &Fact) -> KnownModel {
    let (what, mark) = match fact.fact {
        Knowable::Asset(_, asset, state) => {
            use hotwash_engine::exercise::AssetState as S;
            let tone = match state {
                S::Evicted | S::Verified => "ok",
                S::Isolated | S::Off => "info",
                _ => "bad",
            };
            let mark = Mark::new(words::asset_state(state), tone);
            (speak.names.asset(asset), Some(mark))
        }
        other => (words::known(&speak.names, other), None),
    };
    let source = match fact.source {
        Told::Message(id) => {
            let letter = view.letters.iter().find(|letter| letter.message == id);
            letter.map_or("a message".to_owned(), |of| {
                super::inbox::from(speak, &of.from)
            })
        }
        Told::Colleague => "somebody else of your role".to_owned(),
        Told::Role(role) => format!("{}, in the room", speak.names.role(role)),
        Told::Itself => "follows from what was known".to_owned(),
        Told::Work(instance) => format!("found by \"{}\"", speak.names.task(instance.task)),
        Told::Unknown => "nobody noted from where".to_owned(),
    };
    KnownModel {
        key: format!("known-{}-{}", fact.role.index(), slug_of(fact.fact)),
        what,
        mark,
        source: format!("{}, {source}", speak.time(fact.since)),
    }
}

/// What tells a fact from others in an id.
fn slug_of(fact: Knowable) -> String {
    let text = format!("{fact:?}");
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn incidents(speak: &Speak<'_>, view: &PlayerView) -> Vec<IncidentModel> {
    let spoken = view.incidents.iter();
    let models = spoken.map(|of| IncidentModel {
        name: speak.names.incident(of.incident),
        severity: of.severity.map(|severity| {
            let name = severity.name();
            (
                name.to_lowercase(),
                words::choice(name),
                severity.index() + 1,
            )
        }),
        category: of
            .category
            .map_or_else(String::new, |category| words::choice(category.name())),
        declared: of
            .declared
            .iter()
            .map(|(phase, since)| format!("{phase} declared complete, {}", speak.time(*since)))
            .collect(),
    });
    models.collect()
}

fn clocks(speak: &Speak<'_>, view: &PlayerView) -> Vec<ClockModel> {
    let models = view.clocks.iter().map(|duty| {
        let late = duty.due < view.clock.now;
        let mark = match (duty.met, duty.not_required) {
            (Some(met), _) => Mark::new(format!("told {}", speak.time(met)), "ok"),
            (None, Some(_)) => Mark::new("not required", "info"),
            (None, None) if late => Mark::new("overdue", "bad"),
            (None, None) => Mark::new("runs", "wait"),
        };
        ClockModel {
            key: format!(
                "clock-{}-{}",
                duty.obligation.index(),
                duty.incident.index()
            ),
            title: speak.names.obligation(duty.obligation),
            due: speak.time(duty.due),
            until: duty.due.0,
            mark,
            runs: duty.met.is_none() && duty.not_required.is_none(),
        }
    });
    models.collect()
}

fn decision(speak: &Speak<'_>, asked: &Question, offers: &[Offered]) -> DecisionModel {
    let described = speak.exercise.plan().decision(asked.decision);
    let options = offers.iter().filter_map(|of| match &of.offer.act {
        HumanAct::Decide { choice } if choice.decision == asked.decision => {
            let text = &described.options.get(choice.option.index())?.text;
            Some(of.button(speak).saying(text))
        }
        _ => None,
    });
    let taken = asked
        .taken
        .and_then(|option| described.options.get(option.index()));
    DecisionModel {
        key: format!("decide-{}", asked.decision.index()),
        question: speak.names.decision(asked.decision),
        since: speak.time(asked.since),
        options: options.collect(),
        taken: taken.map(|option| option.text.clone()),
    }
}

fn verbs(speak: &Speak<'_>, offers: &[Offered]) -> Vec<Button> {
    let found = offers.iter().filter_map(|of| match &of.offer.act {
        HumanAct::Report {} | HumanAct::Declare {} => Some(of.button(speak)),
        HumanAct::StateAware { obligation } => {
            let duty = speak.names.obligation(*obligation);
            Some(of.button(speak).saying(&format!("The clock runs: {duty}")))
        }
        _ => None,
    });
    found.collect()
}

fn phases(speak: &Speak<'_>, offers: &[Offered]) -> Vec<Button> {
    let found = offers.iter().filter_map(|of| match &of.offer.act {
        HumanAct::DeclareComplete { phase, .. } => {
            Some(of.button(speak).saying(&format!("{phase} is complete")))
        }
        _ => None,
    });
    found.collect()
}
