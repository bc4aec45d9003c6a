//! An act as something that is done: its subject and its participle, as in "what is affected was cut off".
//!
//! Verdicts of runs and of campaigns say with it what was expected. It looks at what an act is, never at whether
//! anybody did it.

use super::{Naming, asset_state, spaced};
use hotwash_engine::exercise::{
    Act, AssetState, Data, Dimension, Measure, Object, Selector, StakeholderKind,
};

/// What is done to what: `what is affected` and `cut off`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    /// What it is done to.
    pub(crate) subject: String,
    /// Whether that is several things.
    pub(crate) several: bool,
    /// What is done.
    pub(crate) done: &'static str,
}

impl Deed {
    /// An act as something that is done.
    pub(crate) fn of(names: &Naming<'_>, act: &Act) -> Self {
        let on = match &act.on {
            Object::Incident => None,
            Object::Assets(selector) | Object::Evidence(_, selector) => {
                Some(things(names, selector))
            }
            Object::Stakeholder(kind) => Some(told(names, *kind)),
        };
        let (subject, several) = match (on, act.measure, &act.on) {
            (Some(on), Measure::Preserve, Object::Evidence(item, _)) => {
                let item = item.map_or_else(|| "evidence".to_owned(), |item| spaced(item.name()));
                (format!("{item} of {on}"), item.ends_with('s'))
            }
            (Some(on), measure, _) => lead(measure).map_or_else(
                || (on.clone(), false),
                |(lead, several)| (format!("{lead} {on}"), several),
            ),
            (None, measure, _) => alone(measure),
        };
        Self {
            subject,
            several,
            done: participle(act.measure),
        }
    }

    /// The same done to named things, so many of them.
    pub(crate) fn on(self, measure: Measure, things: &[String]) -> Self {
        let named = match things {
            [] => return self,
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            more => format!("{} assets", more.len()),
        };
        let several = things.len() > 1;
        match lead(measure) {
            Some((lead, many)) => Self {
                subject: format!("{lead} {named}"),
                several: many,
                ..self
            },
            None if measure == Measure::Preserve => self,
            None => Self {
                subject: named,
                several,
                ..self
            },
        }
    }

    /// "was" or "were".
    pub(crate) const fn was(&self) -> &'static str {
        if self.several { "were" } else { "was" }
    }

    /// "is" or "are".
    pub(crate) const fn is(&self) -> &'static str {
        if self.several { "are" } else { "is" }
    }
}

fn told(names: &Naming<'_>, kind: StakeholderKind) -> String {
    names.stakeholder(kind)
}

/// What a selector selects.
fn things(names: &Naming<'_>, selector: &Selector) -> String {
    match selector {
        Selector::Everything => "everything".to_owned(),
        Selector::Kind(kind) => format!("each {}", spaced(kind.name())),
        Selector::Asset(asset) => names.asset(*asset),
        other => format!("what {}", clause(names, other)),
    }
}

/// The same as it follows "what".
fn clause(names: &Naming<'_>, selector: &Selector) -> String {
    match selector {
        Selector::Everything => "there is".to_owned(),
        Selector::Kind(kind) => format!("is a {}", spaced(kind.name())),
        Selector::Asset(asset) => format!("belongs to {}", names.asset(*asset)),
        Selector::Holding(data) => format!("holds {}", held(*data)),
        Selector::Valued(dimension, least) => {
            format!("has a {} of {least} or more", valued(*dimension))
        }
        Selector::InState(state) => format!("is {}", asset_state(*state)),
        Selector::Affected => "is affected".to_owned(),
        Selector::Both(all) => {
            let all: Vec<String> = all.iter().map(|of| clause(names, of)).collect();
            all.join(" and ")
        }
    }
}

const fn held(data: Data) -> &'static str {
    match data {
        Data::Records => "records",
        Data::PersonalData => "personal data",
        Data::SpecialCategory => "specially protected data",
    }
}

const fn valued(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Confidentiality => "confidentiality",
        Dimension::Integrity => "integrity",
        Dimension::Availability => "availability",
    }
}

/// What stands before the things of some measures, and whether that is several.
const fn lead(measure: Measure) -> Option<(&'static str, bool)> {
    match measure {
        Measure::Revoke => Some(("access to", false)),
        Measure::Filter => Some(("the traffic of", false)),
        Measure::Evict => Some(("the attacker's footholds on", true)),
        Measure::RotateCredentials => Some(("the credentials of", true)),
        Measure::Correct => Some(("the altered data of", false)),
        Measure::Verify => Some(("the service of", false)),
        _ => None,
    }
}

/// What a measure is taken on that is taken on no thing.
fn alone(measure: Measure) -> (String, bool) {
    let (subject, several) = match measure {
        Measure::Report | Measure::Escalate => ("the event", false),
        Measure::Log => ("the incident log", false),
        Measure::Triage => ("the alert", false),
        Measure::Scope => ("the extent of it", false),
        Measure::Activate => ("the team", false),
        Measure::Preserve => ("evidence", false),
        Measure::RecallPayment => ("the payment", false),
        Measure::FindCause => ("the cause", false),
        Measure::Decide => ("the decision", false),
        Measure::HandOver => ("open work", false),
        Measure::Review => ("the review", false),
        Measure::IssueReport => ("the incident report", false),
        Measure::AssignAction => ("corrective actions", true),
        _ => ("the incident", false),
    };
    (subject.to_owned(), several)
}

/// What is done by a measure, as it follows "was".
const fn participle(measure: Measure) -> &'static str {
    match measure {
        Measure::Report => "registered",
        Measure::Log => "kept",
        Measure::Escalate => "escalated",
        Measure::Triage => "triaged",
        Measure::Declare => "declared",
        Measure::Reject => "rejected",
        Measure::Classify => "classified",
        Measure::Investigate => "investigated",
        Measure::Scope => "stated",
        Measure::Activate => "called together",
        Measure::Preserve => "secured",
        Measure::Isolate => "cut off",
        Measure::Block => "blocked",
        Measure::DisableAccount => "disabled",
        Measure::Revoke => "taken back",
        Measure::Filter => "filtered",
        Measure::RecallPayment => "called back",
        Measure::WipeRemotely => "wiped",
        Measure::Takedown => "taken down",
        Measure::Disconnect => "disconnected",
        Measure::Shutdown => "switched off",
        Measure::Evict => "removed",
        Measure::Patch => "patched",
        Measure::Harden => "hardened",
        Measure::RotateCredentials => "replaced",
        Measure::FindCause => "found",
        Measure::Failover => "failed over",
        Measure::Rebuild => "rebuilt",
        Measure::Restore => "restored",
        Measure::Correct => "put right",
        Measure::Reconnect => "reconnected",
        Measure::Verify => "verified",
        Measure::Watch => "watched",
        Measure::Accept => "accepted",
        Measure::Notify => "told",
        Measure::Brief => "briefed",
        Measure::Decide => "taken",
        Measure::HandOver => "handed over",
        Measure::Review => "held",
        Measure::IssueReport => "issued",
        Measure::AssignAction => "assigned",
        Measure::Close => "closed",
    }
}

/// What an effect of the attack made of an asset, as it follows "was".
pub(crate) const fn hit(effect: hotwash_engine::exercise::Effect) -> &'static str {
    use hotwash_engine::exercise::Effect;
    match effect {
        Effect::Compromise => asset_state(AssetState::Compromised),
        Effect::Encrypt => asset_state(AssetState::Encrypted),
        Effect::Exfiltrate => asset_state(AssetState::Exfiltrated),
        Effect::Disrupt => "put out of service",
        Effect::Alter => asset_state(AssetState::Altered),
        Effect::Steal => "used to take money",
        Effect::Expose => asset_state(AssetState::Exposed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::clinic;
    use crate::words::People;

    #[test]
    fn every_measure_reads_as_something_that_is_done() {
        let told = clinic();
        let names = Naming::new(&told.exercise, People::ByRole);
        for measure in Measure::ALL {
            for on in [
                Object::Incident,
                Object::Assets(Selector::Affected),
                Object::Evidence(None, Selector::Everything),
                Object::Stakeholder(StakeholderKind::Media),
            ] {
                let act = Act {
                    measure: *measure,
                    on,
                };
                let deed = Deed::of(&names, &act);
                let said = format!("{} {} {}", deed.subject, deed.was(), deed.done);
                assert!(
                    said.split(' ').count() >= 3 && !said.contains("  "),
                    "{said}"
                );
            }
        }
        let act = Act {
            measure: Measure::Isolate,
            on: Object::Assets(Selector::Both(vec![
                Selector::Affected,
                Selector::Holding(Data::PersonalData),
            ])),
        };
        let deed = Deed::of(&names, &act);
        assert_eq!(deed.subject, "what is affected and holds personal data");
        let named = ["Records server", "Mail"].map(str::to_owned);
        let deed = deed.on(Measure::Isolate, &named);
        assert_eq!(
            (deed.subject.as_str(), deed.was(), deed.done),
            ("Records server and Mail", "were", "cut off")
        );
    }
}
