//! What a human wanted to do, as it follows "wanted to".

use super::moment::message;
use super::{Subject, asset_state, measure, spaced, upper_first};
use hotwash_engine::exercise::{Act, MessageId, Object, TaskId};
use hotwash_engine::record::{Actor, Entry, HumanAct};

/// Who acted, as it begins a sentence.
pub fn actor(subject: &Subject, entry: &Entry) -> String {
    match (&entry.actor, entry.actor.person()) {
        (_, Some(person)) => upper_first(&subject.names.person(person)),
        (Actor::Evaluator {}, None) => "An evaluator".to_owned(),
        (_, None) => "The facilitator".to_owned(),
    }
}

/// A message by what it is about, within a sentence.
pub(crate) fn message_named(subject: &Subject, of: MessageId) -> String {
    message(subject, of)
}

/// An act as it follows "wanted to". `cut`: how titles are shortened where there is little room.
pub fn act(subject: &Subject, act: &HumanAct, cut: &dyn Fn(&str) -> String) -> String {
    let task = |id: TaskId| format!("\"{}\"", cut(&subject.names.task(id)));
    match act {
        HumanAct::Acknowledge { message: of } => {
            format!("confirm {}", cut(&message(subject, *of)))
        }
        HumanAct::Read { message: of } => format!("read {}", cut(&message(subject, *of))),
        HumanAct::Report {} => "register the event".to_owned(),
        HumanAct::Start { task: which, .. } => format!("begin {}", task(which.task)),
        HumanAct::Take { act } => taken(subject, act, cut),
        HumanAct::Declare {} => "declare the incident".to_owned(),
        HumanAct::Classify { severity, .. } => format!("classify it {severity}"),
        HumanAct::AskApproval { task: which } => {
            format!("ask for approval of {}", task(which.task))
        }
        HumanAct::Approve {
            task: which,
            granted,
        } => {
            let verb = if *granted { "approve" } else { "refuse" };
            format!("{verb} {}", task(which.task))
        }
        HumanAct::Decide { choice } => {
            format!(
                "decide \"{}\"",
                cut(&subject.names.decision(choice.decision))
            )
        }
        HumanAct::StateAware { obligation } => {
            let duty = cut(&subject.names.obligation(*obligation));
            format!("state that the clock of \"{duty}\" runs")
        }
        HumanAct::DeclareComplete { phase, .. } => format!("declare {phase} complete"),
        HumanAct::HandOver { task: which, to } => {
            let to = subject.names.the_role(*to);
            format!("hand {} over to {}", task(which.task), cut(&to))
        }
        other => spoken(subject, other, cut),
    }
}

/// What a player wanted to say, ask or write.
fn spoken(subject: &Subject, act: &HumanAct, cut: &dyn Fn(&str) -> String) -> String {
    match act {
        HumanAct::Tell { to, .. } => {
            format!("send a message to {}", cut(&subject.names.the_role(*to)))
        }
        HumanAct::Inform { whom, .. } => {
            format!(
                "say what {} is told",
                cut(&subject.names.stakeholder(*whom))
            )
        }
        HumanAct::Explain { choice, .. } => format!(
            "say why they decided \"{}\" so",
            cut(&subject.names.decision(choice.decision))
        ),
        HumanAct::Ask { .. } => "ask the facilitator".to_owned(),
        HumanAct::Log { .. } => "write into the incident log".to_owned(),
        HumanAct::Note { .. } => "leave a note".to_owned(),
        other => of_facilitator(subject, other, cut),
    }
}

/// A measure of one's own.
fn taken(subject: &Subject, act: &Act, cut: &dyn Fn(&str) -> String) -> String {
    let what = measure(act.measure);
    match &act.on {
        Object::Stakeholder(kind) => {
            format!("tell {}", cut(&subject.names.stakeholder(*kind)))
        }
        Object::Evidence(Some(item), _) => format!("secure {}", spaced(item.name())),
        Object::Assets(selector) => match selector.named() {
            Some(asset) => format!(
                "take a measure ({what}) on {}",
                cut(&subject.names.asset(asset))
            ),
            None => format!("take a measure ({what})"),
        },
        Object::Evidence(None, _) | Object::Incident => format!("take a measure ({what})"),
    }
}

/// What a facilitator, an evaluator or anybody wanted to do with the exercise.
fn of_facilitator(subject: &Subject, act: &HumanAct, cut: &dyn Fn(&str) -> String) -> String {
    let inject = |id| format!("\"{}\"", cut(&subject.names.inject(id)));
    match act {
        HumanAct::MoveClock { to } => {
            format!("move the clock on to {}", subject.clock.label(*to))
        }
        HumanAct::Fire { inject: of } => format!("deliver {}", inject(*of)),
        HumanAct::Hold { inject: of } => format!("hold back {}", inject(*of)),
        HumanAct::Skip { inject: of } => format!("leave out {}", inject(*of)),
        HumanAct::Edit { inject: of, .. } => format!("change the text of {}", inject(*of)),
        HumanAct::Add { to, .. } => {
            format!("send a message to {}", cut(&subject.names.the_role(*to)))
        }
        HumanAct::Answer { entry, .. } => format!("answer the question of entry {entry}"),
        HumanAct::Overrule { change } => format!(
            "set that {} is {}{}",
            cut(&subject.names.asset(change.asset)),
            if change.on { "" } else { "not " },
            asset_state(change.state)
        ),
        HumanAct::Excuse { expectation, .. } => {
            format!(
                "excuse \"{}\"",
                cut(&subject.names.expectation(*expectation))
            )
        }
        HumanAct::Pause {} => "pause the exercise".to_owned(),
        HumanAct::Resume {} => "let the exercise go on".to_owned(),
        HumanAct::Pace { .. } => "change the pace of the clock".to_owned(),
        HumanAct::StopWord {} => "say the stop word".to_owned(),
        HumanAct::End {} => "call ENDEX".to_owned(),
        HumanAct::Join { who, .. } => format!("let {} join", cut(who)),
        HumanAct::Leave { who } => format!("let {} leave", cut(who)),
        HumanAct::ChangeSeat { who, .. } => format!("let {} change seats", cut(who)),
        HumanAct::StandIn { person, on } => {
            let verb = if *on { "put" } else { "take away" };
            format!("{verb} a stand-in for {}", subject.names.person(*person))
        }
        HumanAct::Rate { objective, .. } => {
            format!("rate \"{}\"", cut(&subject.names.objective(*objective)))
        }
        HumanAct::Tick { .. } => "tick something off".to_owned(),
        HumanAct::Observe { entry, .. } => format!("pin an observation to entry {entry}"),
        HumanAct::Vote { .. } => "vote".to_owned(),
        HumanAct::Commit { .. } => "commit somebody".to_owned(),
        other => spaced(other.name()),
    }
}
