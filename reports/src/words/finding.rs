//! Findings in sentences.

mod duty;
mod harm;
mod hung;
mod order;
mod time;

pub(crate) use hung::hung;

use super::{Subject, duration, judged, limit, score, upper_first};
use hotwash_engine::evaluation::{Finding, FindingKind, FindingSubject, JudgedKind};
use hotwash_engine::exercise::{
    Asks, DecisionId, IncidentId, ObligationId, Phase, Soundness, Span,
};
use hotwash_engine::record::{Event, Verdict};

/// What was found, in a sentence or two.
pub fn finding(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let sentence = match finding.kind {
        FindingKind::TimeLost {
            phase,
            category,
            share,
        } => return time::lost(subject, finding, phase, category, share),
        FindingKind::ClockNotKept(verdict) => return duty::clock(subject, finding, verdict),
        FindingKind::NotCompleted { phase, category } => {
            return time::not_completed(subject, finding, phase, category);
        }
        FindingKind::Reopened(phase) => {
            let phase = of_incident(subject, incident_of(subject, finding), phase.name());
            format!("{phase} was complete and had to be gone through again")
        }
        FindingKind::Missed => missed(subject, finding),
        FindingKind::MetLate => met_late(subject, finding),
        FindingKind::PartlyDone => {
            let order = order::said(subject, finding);
            format!("{what} was done in part only{order}")
        }
        FindingKind::OwnHarm => harm::own(subject, finding),
        FindingKind::HealthyAssetHit => {
            format!("a measure took {what} out of service, which the attack had not touched")
        }
        FindingKind::FlawedWork => format!("{what} was claimed done and had no effect"),
        FindingKind::WrongClassification => classification(subject, finding),
        FindingKind::EvidenceDestroyed => {
            format!("evidence on {what} was destroyed before it was secured")
        }
        FindingKind::RestoredTooEarly => {
            format!("{what} was restored before the attacker was out")
        }
        FindingKind::UnsoundDecision => decision(subject, finding),
        FindingKind::DeclaredTooEarly => declared_too_early(subject, finding),
        FindingKind::NobodyReached => nobody_reached(subject, finding),
        FindingKind::NoDeputy => no_deputy(subject, finding),
        FindingKind::NobodyCan { needs, could } if could < needs => {
            format!("{what} takes {needs} people, and at most {could} can come together")
        }
        FindingKind::NobodyCan { .. } => {
            format!("{what} was never begun: nobody who can do it came")
        }
        FindingKind::OwnApproval => {
            format!("{what} was approved by who did it")
        }
        FindingKind::Unseen => format!("no source saw {what}"),
        FindingKind::ObjectiveExceeded => outage(subject, finding),
        FindingKind::DataLossExceeded => data_loss(subject, finding),
        FindingKind::LogNotKept => "the incident log was not kept as things happened".to_owned(),
        FindingKind::Deadlock => {
            format!("the run came to a standstill: everything waited for {what}")
        }
        FindingKind::AppetiteExceeded => appetite(subject, finding),
        FindingKind::Overdue => overdue(subject, finding),
        FindingKind::NotInPlan => not_in_plan(subject, finding),
        FindingKind::PhaseInTime(phase) => in_time(subject, finding, phase),
        FindingKind::ClockKept => return duty::clock(subject, finding, Verdict::Met),
        FindingKind::EvidenceSecured => {
            "evidence was secured before every measure that destroys it".to_owned()
        }
        FindingKind::AttackStopped => "the attack was stopped before it reached its end".to_owned(),
        FindingKind::ObjectiveAchieved => format!("performed without challenges: {what}"),
    };
    format!("{}.", upper_first(sentence.trim_end_matches(['.', ' '])))
}

/// What a finding is about, within a sentence.
fn about(subject: &Subject, finding: &Finding) -> String {
    let names = &subject.names;
    match finding.subject {
        FindingSubject::Run => "the run".to_owned(),
        FindingSubject::Phase(incident, phase) => of_incident(subject, incident, phase.name()),
        FindingSubject::Role(role, None) => names.the_role(role),
        FindingSubject::Role(role, Some(task)) => {
            format!("{} (for {})", names.the_role(role), names.task(task))
        }
        FindingSubject::Task(task) => format!("\"{}\"", names.task(task)),
        FindingSubject::Expectation(expectation) => {
            format!(
                "\"{}\"",
                names.expectation(expectation).trim_end_matches('.')
            )
        }
        FindingSubject::Obligation(obligation, _) => names.obligation(obligation),
        FindingSubject::Decision(decision) => names.decision(decision),
        FindingSubject::Asset(asset) => names.asset(asset),
        FindingSubject::Step(step) => format!("the step \"{}\"", names.step(step)),
        FindingSubject::Source(source) => names.source(source),
        FindingSubject::Inject(inject) => format!("the inject \"{}\"", names.inject(inject)),
        FindingSubject::Message(message) => super::moment::message(subject, message),
        FindingSubject::Person(person) => names.person(person),
        FindingSubject::Risk(risk) => names.risk(risk),
        FindingSubject::Objective(objective) => {
            names.objective(objective).trim_end_matches('.').to_owned()
        }
        FindingSubject::Measure(incident, measure) => {
            of_incident(subject, incident, super::measure(measure))
        }
        FindingSubject::Stakeholder(stakeholder) => names.recipient(stakeholder),
        FindingSubject::Channel(channel) => {
            format!("the numbers and addresses of {}", names.channel(channel))
        }
        FindingSubject::Gap(gap) => {
            let gap = subject.exercise.parts().gaps.get(gap as usize);
            gap.map_or_else(|| "a part of the plan".to_owned(), super::gap)
        }
    }
}

/// A thing of an incident; the incident is named only where there are several.
fn of_incident(subject: &Subject, incident: IncidentId, what: &str) -> String {
    if subject.evaluation.incidents.len() > 1 {
        format!("{what} of \"{}\"", subject.names.incident(incident))
    } else {
        what.to_owned()
    }
}

/// The incident of a finding: the one it names, else the main one.
fn incident_of(subject: &Subject, finding: &Finding) -> IncidentId {
    match finding.subject {
        FindingSubject::Phase(incident, _) => incident,
        _ => subject.evaluation.main,
    }
}

fn met_late(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let FindingSubject::Expectation(expectation) = finding.subject else {
        return format!("{what} was done late");
    };
    let expectation = &subject.exercise.scenario().expectations[expectation.index()];
    let of = subject.names.addressee(expectation.of);
    let within = duration(expectation.within);
    format!("{what} was done late; {of} should have done it within {within}")
}

fn missed(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    match finding.subject {
        FindingSubject::Task(_) => format!("{what} was called for and not done"),
        FindingSubject::Expectation(expectation) => {
            let verdict = subject.evaluation.expectations.get(expectation.index());
            let expectation = &subject.exercise.scenario().expectations[expectation.index()];
            match expectation.asks {
                Asks::Does(_) => {}
                Asks::Refrains(..) => {
                    let first = verdict.and_then(|of| of.broken.first());
                    let at = first.map(|of| format!(" at {}", subject.clock.label(of.act.done.at)));
                    let at = at.unwrap_or_default();
                    return format!("{what} was not kept to: it was done{at}");
                }
                Asks::Observed => return format!("{what} was not seen by those who watched"),
            }
            let of = subject.names.addressee(expectation.of);
            let within = duration(expectation.within);
            let order = order::said(subject, finding);
            format!("{what} was not done in time; {of} should have done it within {within}{order}")
        }
        _ => format!("{what} was missed"),
    }
}

fn classification(subject: &Subject, finding: &Finding) -> String {
    let phases = subject.evaluation.incidents.iter().flat_map(|i| &i.phases);
    let wrong = phases
        .flat_map(|phase| &phase.judged_items)
        .filter(|item| !item.sound);
    let mut wrong = wrong.filter(|item| {
        matches!(item.kind, JudgedKind::Classification { given, right, .. } if given != right)
    });
    let cited = wrong
        .clone()
        .find(|item| item.evidence.iter().any(|n| finding.evidence.contains(n)));
    match cited.or_else(|| wrong.next()) {
        Some(item) => judged(subject, item.kind),
        None => "classified and not looked at again when new facts changed the result".to_owned(),
    }
}

fn decision(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let chosen = subject.among(&finding.evidence, |event| match event {
        Event::Decided { choice, .. } => Some(*choice),
        _ => None,
    });
    let Some(chosen) = chosen else {
        return format!("not sound on what was known: {what}");
    };
    let option = option(subject, chosen.decision, chosen.option.index());
    let text = option.map_or("", |(text, _)| text.trim().trim_end_matches('.'));
    let why = match option.and_then(|(_, judged)| judged) {
        Some(Soundness::Unsound(why)) => format!(": {why}"),
        _ => String::new(),
    };
    format!("\"{what}\" was answered \"{text}\"{why}")
}

fn option<'a>(
    subject: &Subject<'a>,
    decision: DecisionId,
    option: usize,
) -> Option<(&'a str, Option<&'a Soundness>)> {
    let decision = subject.exercise.plan().decisions.get(decision.index())?;
    let choice = decision.options.get(option)?;
    Some((choice.text.as_str(), choice.judged.as_ref()))
}

fn declared_too_early(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let FindingSubject::Phase(incident, phase) = finding.subject else {
        return format!("{what} was declared complete while it was not");
    };
    let phase = &subject.evaluation.incidents[incident.index()].phases[phase.index()];
    let declared = phase
        .declared_complete
        .map(|said| subject.clock.label(said.at));
    let truth = match phase.fulfilled {
        Some(fulfilled) => format!("complete at {}", subject.clock.label(fulfilled.at)),
        None => format!("not complete by {}", subject.end_word()),
    };
    match declared {
        Some(declared) => {
            format!("{what} was declared complete at {declared}; in truth it was {truth}")
        }
        None => format!("{what} was declared complete while it was not"),
    }
}

fn nobody_reached(subject: &Subject, finding: &Finding) -> String {
    match finding.subject {
        FindingSubject::Message(message) => super::moment::unreached(subject, message),
        FindingSubject::Role(..) | FindingSubject::Person(_) => {
            format!(
                "{} never got messages that were sent to them",
                about(subject, finding)
            )
        }
        _ => format!("nobody ever got {}", about(subject, finding)),
    }
}

fn no_deputy(subject: &Subject, finding: &Finding) -> String {
    let names = &subject.names;
    match finding.subject {
        FindingSubject::Role(role, Some(task)) => format!(
            "\"{}\" waited for {}, for whom nobody stands in",
            names.task(task),
            names.the_role(role)
        ),
        FindingSubject::Task(task) => {
            format!(
                "\"{}\" waited for somebody for whom nobody stands in",
                names.task(task)
            )
        }
        _ => format!(
            "work waited for {}, for whom nobody stands in",
            about(subject, finding)
        ),
    }
}

fn outage(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let FindingSubject::Asset(asset) = finding.subject else {
        return format!("{what} was out of service for longer than accepted");
    };
    let outages = &subject.evaluation.impact.actual.outages;
    let longest = outages.iter().find(|outage| outage.asset == asset);
    match (longest, subject.exercise.asset(asset).rto) {
        (Some(outage), Some(rto)) => format!(
            "{what} was out of service for {}; its recovery time objective is {}",
            duration(outage.longest),
            duration(rto)
        ),
        _ => format!("{what} was out of service for longer than its objective"),
    }
}

fn data_loss(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let lost = subject.among(&finding.evidence, |event| match event {
        Event::DataLost { span, .. } => Some(*span),
        _ => None,
    });
    let accepted = match finding.subject {
        FindingSubject::Asset(asset) => subject.exercise.asset(asset).rpo,
        _ => None,
    };
    match (lost, accepted) {
        (Some(lost), Some(accepted)) => format!(
            "{what} lost the data of {}; {} is accepted",
            duration(lost),
            duration(accepted)
        ),
        _ => format!("{what} lost more data than is accepted"),
    }
}

fn appetite(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let accepted = match finding.subject {
        FindingSubject::Risk(risk) => subject.exercise.organisation().risks[risk.index()].appetite,
        _ => None,
    };
    let loss = subject.evaluation.impact.actual.loss;
    match accepted {
        Some(accepted) if loss > accepted => format!(
            "the loss of {} exceeds the {} that the owner of the risk \"{what}\" accepts",
            subject.names.money(loss),
            subject.names.money(accepted)
        ),
        _ => format!("the run cost more than the owner of the risk \"{what}\" accepts"),
    }
}

fn overdue(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    let house = subject.exercise.organisation();
    let ago = |days: Option<u32>| match days {
        Some(days) => format!(
            "last verified {} ago",
            duration(Span::days(i64::from(days)))
        ),
        None => "never verified".to_owned(),
    };
    match finding.subject {
        FindingSubject::Run => "the plan is past the date of its next review".to_owned(),
        FindingSubject::Person(_) | FindingSubject::Role(..) => {
            format!("the training or the contacts of {what} are out of date")
        }
        FindingSubject::Phase(..) => format!("training or exercising {what} is overdue"),
        FindingSubject::Channel(of) => {
            let verified = ago(house.channels[of.index()].verified_days_ago);
            format!("{what} were {verified}")
        }
        FindingSubject::Stakeholder(of) => {
            let verified = ago(house.stakeholders[of.index()].verified_days_ago);
            format!("the contact of {what} was {verified}")
        }
        FindingSubject::Obligation(..) => {
            format!("the clause of the plan for {what} was not checked against the law for a year")
        }
        _ => format!("{what} was not looked at for too long"),
    }
}

fn not_in_plan(subject: &Subject, finding: &Finding) -> String {
    let what = about(subject, finding);
    match finding.subject {
        FindingSubject::Gap(_) => what,
        _ => format!("{what} was called for and is not in the plan"),
    }
}

fn in_time(subject: &Subject, finding: &Finding, phase: Phase) -> String {
    let incident = incident_of(subject, finding);
    let name = of_incident(subject, incident, phase.name());
    let judged = &subject.evaluation.incidents[incident.index()].phases[phase.index()];
    let timing = judged
        .timing
        .iter()
        .rev()
        .find(|timing| timing.target.is_some());
    if let Some((taken, target)) = timing.and_then(|timing| timing.taken.zip(timing.target)) {
        let (taken, target) = (duration(taken), duration(target));
        format!("{name} took {taken}, within its target of {target}")
    } else {
        let points = judged
            .score
            .map_or_else(String::new, |s| format!(" (score {})", score(s)));
        format!("{name} was complete within its target{points}")
    }
}

/// A limit of an obligation, where a title does not say it.
pub(crate) fn term(subject: &Subject, obligation: ObligationId) -> String {
    limit(subject.exercise.obligation(obligation).within)
}
