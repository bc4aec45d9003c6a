//! Human acts as text that is read again as the same acts.

use crate::definition::spelled;
use hotwash_engine::exercise::{
    Act, Exercise, ExerciseTime, Identified, Names, Object, PersonId, Selector, Span,
};
use hotwash_engine::record::{Action, HumanAct, Remark, Seat, Ticked, Which};
use std::fmt::Write;

/// The text of a file with these acts.
pub fn actions_text(actions: &[Action], exercise: &Exercise) -> String {
    let names = exercise.names();
    let mut text = String::from("Actions(\n    acts: [\n");
    for action in actions {
        let person = action.person.map_or_else(String::new, |person| {
            format!("person: {}, ", quoted(person.slug(names).as_str()))
        });
        let (at, does) = (time(action.at), deed(&action.does, names));
        let hand = action.hand.as_ref().map_or_else(String::new, |hand| {
            let (scribe, said) = (quoted(&hand.scribe), time(hand.said));
            format!("scribe: {scribe}, as_of: {said}, ")
        });
        writeln!(text, "        (at: {at}, {person}{hand}does: {does}),")
            .expect("memory takes text");
    }
    text.push_str("    ],\n)\n");
    text
}

fn deed(act: &HumanAct, names: &Names) -> String {
    match act {
        HumanAct::Acknowledge { message } => format!("Acknowledge({})", message.0),
        HumanAct::Read { message } => format!("Read({})", message.0),
        HumanAct::Report {} => "Report".to_owned(),
        HumanAct::Start { task, with } => format!("Start({})", start(*task, with, names)),
        HumanAct::Take { act } => format!("Take({})", measure(act, names)),
        HumanAct::Declare {} => "Declare".to_owned(),
        HumanAct::Classify { severity, category } => format!("Classify({severity}, {category})"),
        HumanAct::AskApproval { task } => format!("AskApproval({})", which(*task, names)),
        HumanAct::Approve { task, granted } => {
            let word = if *granted { "Approve" } else { "Refuse" };
            format!("{word}({})", which(*task, names))
        }
        HumanAct::Decide { choice } => {
            let option = names.option(choice.decision, choice.option).as_str();
            format!(
                "Decide({}, {})",
                name(choice.decision, names),
                quoted(option)
            )
        }
        HumanAct::StateAware { obligation } => {
            format!("StateAware({})", name(*obligation, names))
        }
        HumanAct::DeclareComplete { phase, incident } => {
            let of = incident.map_or_else(String::new, |of| format!(", {}", name(of, names)));
            format!("DeclareComplete({phase}{of})")
        }
        HumanAct::HandOver { task, to } => {
            let (work, to) = (which(*task, names), name(*to, names));
            if *task == Which::of(task.task) {
                format!("HandOver({work}, {to})")
            } else {
                format!("HandOver(({work}), {to})")
            }
        }
        HumanAct::MoveClock { to } => format!("MoveClock({})", time(*to)),
        HumanAct::Fire { inject } => format!("Fire({})", name(*inject, names)),
        HumanAct::Hold { inject } => format!("Hold({})", name(*inject, names)),
        HumanAct::Skip { inject } => format!("Skip({})", name(*inject, names)),
        HumanAct::Edit { inject, text } => {
            format!("Edit({}, {})", name(*inject, names), quoted(text))
        }
        HumanAct::Add { from, to, text } => {
            format!(
                "Add({}, {}, {})",
                quoted(from),
                name(*to, names),
                quoted(text)
            )
        }
        HumanAct::Overrule { change } => {
            let (state, on) = (change.state, change.on);
            format!("Overrule({}, {state:?}, {on})", name(change.asset, names))
        }
        HumanAct::Excuse {
            expectation,
            reason,
        } => format!("Excuse({}, {})", name(*expectation, names), quoted(reason)),
        HumanAct::Answer { entry, text } => format!("Answer({entry}, {})", quoted(text)),
        other => spoken(other, names),
    }
}

/// What a player says, asks or writes.
fn spoken(act: &HumanAct, names: &Names) -> String {
    match act {
        HumanAct::Tell { to, text } => format!("Tell({}, {})", name(*to, names), quoted(text)),
        HumanAct::Inform { whom, text } => format!("Inform({whom}, {})", quoted(text)),
        HumanAct::Explain {
            choice,
            reason,
            sure,
        } => {
            let option = names.option(choice.decision, choice.option).as_str();
            let sure = sure.map_or_else(String::new, |percent| format!(", {percent}"));
            format!(
                "Explain({}, {}, {}{sure})",
                name(choice.decision, names),
                quoted(option),
                quoted(reason)
            )
        }
        HumanAct::Ask { text } => format!("Ask({})", quoted(text)),
        HumanAct::Log { text } => format!("Log({})", quoted(text)),
        HumanAct::Note { text } => format!("Note({})", quoted(text)),
        other => beside(other, names),
    }
}

/// What is done with the clock, and who takes part.
fn beside(act: &HumanAct, names: &Names) -> String {
    match act {
        HumanAct::Pause {} => "Pause".to_owned(),
        HumanAct::Resume {} => "Resume".to_owned(),
        HumanAct::Pace { thousandths } => format!("Pace({thousandths})"),
        HumanAct::StopWord {} => "StopWord".to_owned(),
        HumanAct::End {} => "End".to_owned(),
        HumanAct::Join { who, seat } => format!("Join({}, {})", quoted(who), sits(seat, names)),
        HumanAct::Leave { who } => format!("Leave({})", quoted(who)),
        HumanAct::ChangeSeat { who, seat } => {
            format!("ChangeSeat({}, {})", quoted(who), sits(seat, names))
        }
        HumanAct::StandIn { person, on } => format!("StandIn({}, {on})", name(*person, names)),
        other => said(other, names),
    }
}

/// What is said about the exercise.
fn said(act: &HumanAct, names: &Names) -> String {
    match act {
        HumanAct::Rate {
            objective,
            rating,
            remark: made,
        } => format!(
            "Rate({}, {rating:?}, {})",
            name(*objective, names),
            remark(made)
        ),
        HumanAct::Tick {
            what,
            how,
            remark: made,
        } => match what {
            Ticked::Expectation { expectation } => format!(
                "Tick({}, {how:?}, {})",
                name(*expectation, names),
                remark(made)
            ),
            Ticked::KeyPoint { id } => {
                format!("TickKeyPoint({}, {how:?}, {})", quoted(id), remark(made))
            }
        },
        HumanAct::Observe {
            entry,
            remark: made,
        } => format!("Observe({entry}, {})", remark(made)),
        HumanAct::Vote { what, remark: made } => {
            format!("Vote({}, {})", quoted(what), remark(made))
        }
        HumanAct::Commit {
            text,
            owner,
            due,
            remark: made,
        } => {
            let (year, month, day) = due.civil();
            format!(
                "Commit({}, {}, \"{year:04}-{month:02}-{day:02}\", {})",
                quoted(text),
                name(*owner, names),
                remark(made)
            )
        }
        // Everything else is written above.
        other => other.name().to_owned(),
    }
}

fn remark(made: &Remark) -> String {
    let mut text = format!("(by: {}", quoted(&made.by));
    if let Some(seen) = made.seen {
        write!(text, ", seen: {}", time(seen)).expect("memory takes text");
    }
    if !made.note.is_empty() {
        write!(text, ", note: {}", quoted(&made.note)).expect("memory takes text");
    }
    if let Some(entry) = made.corrects {
        write!(text, ", corrects: {entry}").expect("memory takes text");
    }
    text.push(')');
    text
}

fn sits(seat: &Seat, names: &Names) -> String {
    match seat {
        Seat::Plays { person } => format!("Plays({})", name(*person, names)),
        Seat::Evaluator {} => "Evaluator".to_owned(),
        Seat::Facilitator {} => "Facilitator".to_owned(),
        Seat::Observer {} => "Observer".to_owned(),
    }
}

/// A task by its id, or with fields where more is said about it.
fn which(work: Which, names: &Names) -> String {
    if work == Which::of(work.task) {
        name(work.task, names)
    } else {
        fields(work, names)
    }
}

fn start(work: Which, with: &[PersonId], names: &Names) -> String {
    if with.is_empty() {
        return which(work, names);
    }
    let with: Vec<String> = with.iter().map(|person| name(*person, names)).collect();
    format!("{}, with: [{}]", fields(work, names), with.join(", "))
}

fn fields(work: Which, names: &Names) -> String {
    let mut text = format!("task: {}", name(work.task, names));
    if let Some(incident) = work.incident {
        write!(text, ", incident: {}", name(incident, names)).expect("memory takes text");
    }
    if let Some(piece) = work.piece {
        write!(text, ", piece: {piece}").expect("memory takes text");
    }
    text
}

fn measure(act: &Act, names: &Names) -> String {
    let word = act.measure;
    match &act.on {
        Object::Incident => word.to_string(),
        Object::Assets(assets) => format!("{word}({})", selector(assets, names)),
        Object::Evidence(item, assets) => {
            let item = item.map_or_else(String::new, |item| format!("item: {item}, "));
            format!("{word}({item}of: {})", selector(assets, names))
        }
        Object::Stakeholder(stakeholder) => format!("{word}({stakeholder})"),
    }
}

fn selector(assets: &Selector, names: &Names) -> String {
    match assets {
        Selector::Everything => "Everything".to_owned(),
        Selector::Affected => "Affected".to_owned(),
        Selector::Kind(kind) => format!("Kind({kind})"),
        Selector::Asset(asset) => format!("Asset({})", name(*asset, names)),
        Selector::Holding(data) => format!("Holding({data:?})"),
        Selector::Valued(dimension, level) => format!("Valued({dimension:?}, {level})"),
        Selector::InState(state) => format!("InState({state:?})"),
        Selector::Both(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| selector(part, names)).collect();
            format!("All([{}])", parts.join(", "))
        }
    }
}

fn name(id: impl Identified, names: &Names) -> String {
    quoted(id.slug(names).as_str())
}

fn time(at: ExerciseTime) -> String {
    let sign = if at.0 < 0 { "-" } else { "" };
    quoted(&format!("{sign}{}", spelled(Span(at.0.saturating_abs()))))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.extend(control.escape_unicode()),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}
