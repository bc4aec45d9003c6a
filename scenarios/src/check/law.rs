//! What law asks for: which law holds, and what the clauses of a plan make of it.

use super::Scene;
use crate::definition::{Obligation, spelled};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::regimes::{self, OfLaw, regimes};
use crate::source::Place;
use hotwash_engine::exercise::Limit;

/// What: a clause that names a duty of law which no regime has, or that names none and does not say who has to be
/// told, or by when.
/// Why: what is due to nobody, or at no time, cannot be judged.
/// Example: `(id: "authority", duty: "gdpr-autority", by: Legal)`.
pub(super) fn clauses(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let clauses = scene.plan.iter().flat_map(|plan| &plan.communication);
    out.extend(clauses.flat_map(incomplete));
}

/// What keeps a clause from being bound.
pub(crate) fn incomplete(clause: &Obligation) -> Vec<Diagnostic> {
    if let Some(name) = &clause.duty {
        if regimes::find(name).is_some() {
            return Vec::new();
        }
        let known = regimes::duties_of(regimes()).map(|of| of.duty.id.as_str());
        let known: Vec<&str> = known.collect();
        let near = nearest(name.as_str(), known.iter().copied());
        let message = format!("no regime asks for a duty called `{}`", name.value);
        let note = format!("the duties of law are {}", known.join(", "));
        let problem = Diagnostic::new(Code::UnknownDuty, message, name.place);
        return vec![problem.did_you_mean(near, true).note(note)];
    }
    let missing = [
        ("to", clause.to.is_none()),
        ("within", clause.within.is_none()),
    ];
    let missing = missing.into_iter().filter(|(_, missing)| *missing);
    let missing = missing.map(|(field, _)| {
        let message = format!("`{}` lacks the field `{field}`", *clause.id);
        Diagnostic::new(Code::MissingField, message, clause.id.place)
            .help("say it, or name the duty of law with `duty`")
    });
    missing.collect()
}

/// What: two clauses that name the same duty of law.
/// Why: nobody could say which of them is to keep it.
/// Example: `(id: "a", duty: "gdpr-authority", by: Legal), (id: "b", duty: "gdpr-authority", by: Ciso)`.
pub(super) fn twice(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let clauses = scene.plan.iter().flat_map(|plan| &plan.communication);
    let names: Vec<_> = clauses.filter_map(|clause| clause.duty.as_ref()).collect();
    for (i, name) in names.iter().enumerate() {
        if let Some(first) = names[..i].iter().find(|first| first.value == name.value) {
            let message = format!("two clauses speak of `{}`", name.value);
            out.push(
                Diagnostic::new(Code::DutyTwice, message, name.place)
                    .context(first.place, "the other one")
                    .help("keep one of them"),
            );
        }
    }
}

/// What: a clause that gives itself longer than the law of which it speaks.
/// Why: the law's limit is the one that is judged; whoever works to the plan's comes too late.
/// Example: `(id: "authority", duty: "gdpr-authority", within: "5d", by: Legal)`.
pub(super) fn limits(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for (clause, of) in spoken(scene) {
        let Some(own) = clause.within else {
            continue;
        };
        let law = of.duty.within.value;
        if regimes::about(own.value) > regimes::about(law) {
            let message = format!("`{}` gives itself longer than law does", *clause.id);
            let note = format!(
                "{} gives {}, and that is judged",
                of.passage(),
                written(law)
            );
            let problem = Diagnostic::new(Code::LongerThanLaw, message, own.place).note(note);
            out.push(problem.help("write a shorter limit, or none"));
        }
    }
}

fn written(limit: Limit) -> String {
    match limit {
        Limit::Elapsed(span) => spelled(span),
        Limit::Days(days) => format!("{days}d"),
        Limit::BusinessDays(days) => format!("{days}bd"),
        Limit::Months(months) => format!("{months}mo"),
    }
}

/// What: what a clause says of a duty that law says itself: who has to be told, what starts it, what has to be
/// said, how much it weighs.
/// Why: law's words are the ones that are judged.
/// Example: `(id: "authority", duty: "gdpr-authority", content: [Nature], by: Legal)`.
pub(super) fn said_by_law(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for (clause, of) in spoken(scene) {
        let named = clause.duty.is_some();
        let fields: [(&str, Option<Place>); 7] = [
            ("to", clause.to.map(|to| to.place).filter(|_| named)),
            (
                "law",
                clause.law.as_ref().map(|law| law.place).filter(|_| named),
            ),
            ("aware", clause.aware.as_ref().map(|aware| aware.place)),
            (
                "after",
                clause
                    .after
                    .as_ref()
                    .map(|name| name.place)
                    .filter(|_| named),
            ),
            ("content", clause.content.first().map(|first| first.place)),
            ("rest_within", clause.rest_within.map(|limit| limit.place)),
            ("weight", clause.weight.map(|weight| weight.place)),
        ];
        let said = fields.into_iter();
        let said: Vec<_> = said
            .filter_map(|(field, place)| Some((field, place?)))
            .collect();
        let Some((_, place)) = said.first() else {
            continue;
        };
        let said: Vec<String> = said.iter().map(|(field, _)| format!("`{field}`")).collect();
        let (verb, said) = (
            if said.len() == 1 { "has" } else { "have" },
            said.join(", "),
        );
        let message = format!("{said} of `{}` {verb} no effect: law says it", *clause.id);
        let mut problem = Diagnostic::new(Code::NoEffect, message, *place)
            .note(format!("it speaks of {}", of.passage()));
        if !named {
            problem = problem.help(format!(
                "write `duty: \"{}\"` in their place",
                of.duty.id.value
            ));
        }
        out.push(problem);
    }
}

/// The clauses that speak of a duty of law, with it: those that name one, and those that cite a law that holds
/// for the organisation.
fn spoken(scene: Scene<'_>) -> Vec<(&Obligation, OfLaw)> {
    let Some(plan) = scene.plan else {
        return Vec::new();
    };
    let holding = scene.organisation.map(regimes::holding).unwrap_or_default();
    let mut spoken = regimes::spoken_of(plan, &holding);
    let bound = |clause: &Obligation| spoken.iter().any(|(one, _)| std::ptr::eq(*one, clause));
    let others = plan.communication.iter().filter(|clause| !bound(clause));
    let named = others.filter_map(|clause| Some((clause, regimes::find(clause.duty.as_ref()?)?)));
    let named: Vec<_> = named.collect();
    spoken.extend(named);
    spoken
}

/// What: an organisation that holds data of persons and says no country, or one for which no law ships while its
/// plan cites none.
/// Why: nothing then tells which law holds for it. None is judged, the score is partial, and no demand on it is met.
/// Example: `Organisation(name: "House", assets: [(id: "records", data: [PersonalData], ..)])`.
pub(super) fn country(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    if regimes::is_unknown(organisation) {
        let message = "nothing says which law holds for the data of persons";
        out.push(
            Diagnostic::new(Code::LawUnknown, message, organisation.name.place)
                .note("no duty of law is judged, and the score is partial")
                .help("write the country, such as `country: \"IE\"`"),
        );
    } else if let (Some(country), Some(plan)) = (&organisation.country, scene.plan)
        && scene.is_complete()
        && regimes::is_silent(organisation, plan)
    {
        let message =
            "no law that ships holds here for the data of persons, and the plan cites none";
        out.push(
            Diagnostic::new(Code::LawUnknown, message, country.place)
                .note("no duty of law is judged, and the score is partial")
                .help(
                    "give a clause the `law` that holds, or name the `regimes` that hold as well",
                ),
        );
    }
}

/// What: a duty of law that holds for the organisation and of which no clause of the plan speaks.
/// Why: it is judged all the same. Nobody is charged with it.
/// Example: a hospital in the European Union whose plan has no early warning.
pub(super) fn missing(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(organisation), Some(plan)) = (scene.organisation, scene.plan) else {
        return;
    };
    if !scene.is_complete() {
        return;
    }
    let holding = regimes::holding(organisation);
    let spoken = regimes::spoken_of(plan, &holding);
    let missing = regimes::duties_of(holding);
    let missing = missing.filter(|of| !spoken.iter().any(|(_, known)| known == of));
    let missing: Vec<OfLaw> = missing.collect();
    let [first, ..] = &missing[..] else {
        return;
    };
    let titles: Vec<&str> = missing.iter().map(|of| of.duty.title.as_str()).collect();
    let message = format!("the plan has no clause for {}", titles.join(", "));
    let start = Place {
        end: plan.place.start,
        ..plan.place
    };
    out.push(
        Diagnostic::new(Code::NoClause, message, start)
            .note("law asks for it whatever the plan says, and it is judged")
            .help(format!(
                "say who sees to it: `communication: [(id: \"{0}\", duty: \"{0}\", by: Legal)]`",
                first.duty.id.value
            )),
    );
}
