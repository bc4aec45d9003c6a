//! What a condition asks for, as a clause: "an account is taken over".

use super::Saying;
use crate::words::{asset_state, clock_start, count, duration, measure, spaced};
use hotwash_engine::evaluation::ClockStart;
use hotwash_engine::exercise::{Data, Fact, Knowable, Selector, Sender};

/// A fact as a clause.
pub(super) fn fact(s: &Saying<'_>, fact: &Fact) -> String {
    let names = s.names();
    match fact {
        Fact::AlertRaised => "an alert was read".to_owned(),
        Fact::MessageRead(sender) => format!("a message of {} was read", from(*sender)),
        Fact::Done(task) => format!("{} is done", s.task(*task)),
        Fact::Decided(decision, _) => format!("{} is decided so", s.decision(*decision)),
        Fact::Taken(of, on) => format!("{} is in effect on {}", measure(*of), selected(s, on)),
        Fact::Reached(step) => format!("the step \"{}\" took effect", s.cut(&names.step(*step))),
        Fact::InState(on, state) => format!("{} is {}", selected(s, on), asset_state(*state)),
        Fact::SeverityAtLeast(least) => format!("it is {least} or worse"),
        Fact::PhaseReached(phase) => format!("{phase} is reached"),
        Fact::PhaseCompleted(phase) => format!("{phase} is complete"),
        Fact::Known(what) => known(s, *what),
        Fact::RecordsExposed(least) => {
            format!("{} records left or lie open", count(*least))
        }
        Fact::MoneyLost(_) => "money is lost".to_owned(),
        Fact::Notified(kind) => format!("{} was told", s.cut(&names.stakeholder(*kind))),
        Fact::InjectDelivered(inject) => format!("\"{}\" came", s.cut(&names.inject(*inject))),
        Fact::Elapsed(span) => format!("{} have passed", duration(*span)),
        Fact::Since(mark, span) => {
            let since = clock_start(ClockStart::Mark(*mark));
            format!("{} have passed since {since}", duration(*span))
        }
    }
}

fn from(sender: Sender) -> String {
    match sender {
        Sender::Function(function) => format!("the {}", spaced(function.name())),
        Sender::Stakeholder(kind) => format!("the {}", spaced(kind.name())),
        Sender::Source(kind) => format!("the {}", spaced(kind.name())),
    }
}

fn known(s: &Saying<'_>, what: Knowable) -> String {
    match what {
        Knowable::Alerted(_) => "an alert was read".to_owned(),
        Knowable::Real(_) => "it is real".to_owned(),
        Knowable::Declared(_) => "it is declared".to_owned(),
        Knowable::PersonalData(_) => "personal data is affected".to_owned(),
        Knowable::Scope(_) => "what is affected is stated".to_owned(),
        Knowable::Cause(_) => "the cause is found".to_owned(),
        Knowable::Step(step) => {
            format!("the step \"{}\" took effect", s.cut(&s.names().step(step)))
        }
        Knowable::Asset(_, asset, state) => format!("{} is {}", s.asset(asset), asset_state(state)),
    }
}

/// A choice of assets, as one of them.
fn selected(s: &Saying<'_>, selector: &Selector) -> String {
    let with = |word: &str| {
        let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u', 'I', 'O']);
        format!("{} {word}", if vowel { "an" } else { "a" })
    };
    let mut nouns = Vec::new();
    let mut which = Vec::new();
    parts(s, selector, &mut nouns, &mut which);
    let noun = nouns.first().map_or("something".to_owned(), |noun| {
        if noun.1 {
            noun.0.clone()
        } else {
            with(&noun.0)
        }
    });
    if which.is_empty() {
        return noun;
    }
    format!("{noun} {}", which.join(" and "))
}

/// The nouns of a choice, each with whether it is a name, and what is said of them.
fn parts(
    s: &Saying<'_>,
    selector: &Selector,
    nouns: &mut Vec<(String, bool)>,
    which: &mut Vec<String>,
) {
    match selector {
        Selector::Everything => {}
        Selector::Kind(kind) => nouns.push((spaced(kind.name()), false)),
        Selector::Asset(asset) => nouns.push((s.asset(*asset), true)),
        Selector::Holding(data) => which.push(format!(
            "with {}",
            match data {
                Data::PersonalData => "personal data",
                Data::SpecialCategory => "specially protected data",
                Data::Records => "records",
            }
        )),
        Selector::Valued(dimension, least) => {
            let dimension = spaced(&format!("{dimension:?}"));
            let least = format!("{least}").to_lowercase();
            which.push(format!("of {least} {dimension} or more"));
        }
        Selector::InState(state) => which.push(format!("that is {}", asset_state(*state))),
        Selector::Affected => which.push("that is affected".to_owned()),
        Selector::Both(all) => all.iter().for_each(|one| parts(s, one, nouns, which)),
    }
}
