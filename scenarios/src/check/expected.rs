//! What an expectation asks for: one thing, of somebody.

use super::Scene;
use crate::definition::Expectation;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// What: an expectation that asks for nothing, for several things, or for something of nobody.
/// Why: it is judged by acts that are done, by acts that are not, or by what somebody saw; one verdict cannot be about
/// two of these.
/// Example: `(id: "wait", does: Declare, not: Isolate)`.
pub(super) fn asks_for_one(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let injects = scene.scenario.into_iter().flat_map(|of| &of.injects);
    for expectation in injects.flat_map(|inject| &inject.expect) {
        let kinds = kinds(expectation);
        match &kinds[..] {
            [] => out.push(nothing(expectation)),
            [("does", place)] if expectation.of.is_none() => out.push(nobody(*place)),
            [_] => {}
            [(first, at), (second, place), ..] => {
                let message = format!("an expectation has `{first}` and `{second}`");
                out.push(
                    Diagnostic::new(Code::SeveralAsked, message, *place)
                        .context(*at, "the other one")
                        .help("make two expectations of it, each with an id of its own"),
                );
            }
        }
        without_effect(expectation, out);
    }
}

/// What an expectation asks for, each with its field and its place.
fn kinds(expectation: &Expectation) -> Vec<(&'static str, Place)> {
    let does = expectation.does.as_ref().map(|act| act.place);
    let not = expectation.not.as_ref().map(|act| act.place);
    let observe = expectation.observe.as_ref().map(|text| text.place);
    let all = [("does", does), ("not", not), ("observe", observe)];
    all.into_iter()
        .filter_map(|(field, place)| Some((field, place?)))
        .collect()
}

fn nothing(expectation: &Expectation) -> Diagnostic {
    let message = format!("the expectation `{}` asks for nothing", *expectation.id);
    Diagnostic::new(Code::MissingField, message, expectation.id.place).help(
        "write what should be done (`does: Declare`), what must not be (`not: Isolate(Affected)`), or what somebody \
         should see (`observe: \"..\"`)",
    )
}

fn nobody(place: Place) -> Diagnostic {
    let message = "the field `of` is missing: who should do this";
    Diagnostic::new(Code::MissingField, message, place)
        .help("write a function, such as `of: IncidentManager`, beside `does`")
}

/// Fields that say nothing beside what the expectation asks for.
fn without_effect(expectation: &Expectation, out: &mut Vec<Diagnostic>) {
    let within = expectation.within.as_ref().map(|span| span.place);
    let since = expectation.since.as_ref().map(|mark| mark.place);
    let before = expectation.before.as_ref().map(|act| act.place);
    let until = expectation.until.as_ref().map(|until| until.place);
    let text = expectation.text.as_ref().map(|text| text.place);
    let (given, why): (Vec<(&str, Option<Place>)>, &str) = if expectation.not.is_some() {
        let why = "`before` is for what should be done first: say until when with `until`";
        (vec![("before", before)], why)
    } else if expectation.observe.is_some() {
        let given = [
            ("within", within),
            ("since", since),
            ("before", before),
            ("until", until),
            ("text", text),
        ];
        (
            given.to_vec(),
            "what an evaluator sees has no time of its own: say it in `observe`",
        )
    } else {
        (
            vec![("until", until)],
            "`until` is for what must not be done: say by when with `within`",
        )
    };
    for (field, place) in given {
        let message = format!("`{field}` has no effect here");
        out.extend(place.map(|place| Diagnostic::new(Code::NoEffect, message, place).note(why)));
    }
}
