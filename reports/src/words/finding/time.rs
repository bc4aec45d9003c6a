//! Time that was lost in a phase, in sentences.

use super::{incident_of, of_incident};
use crate::words::{Subject, duration, made_of, percent};
use hotwash_engine::evaluation::{Category, Finding, FindingSubject};
use hotwash_engine::exercise::{BasisPoints, IncidentId, Phase, RoleId, Span};

/// The role that most of a phase's time in a category belonged to, if it was most of it.
fn mostly(
    subject: &Subject,
    incident: IncidentId,
    phase: Phase,
    category: Category,
) -> Option<RoleId> {
    let phase = &subject.evaluation.incidents.get(incident.index())?.phases[phase.index()];
    let parts = phase
        .made_of
        .iter()
        .filter(|part| part.category == category);
    let mut by_role: Vec<(RoleId, Span)> = Vec::new();
    let mut total = Span::ZERO;
    for part in parts {
        let span = part.until - part.from;
        total += span;
        let Some(role) = part.role else { continue };
        match by_role.iter_mut().find(|(known, _)| *known == role) {
            Some((_, sum)) => *sum += span,
            None => by_role.push((role, span)),
        }
    }
    let most = by_role
        .into_iter()
        .max_by_key(|(role, sum)| (*sum, std::cmp::Reverse(*role)))?;
    (most.1.0 * 2 > total.0).then_some(most.0)
}

/// That a phase took long, and what most of it went to.
pub(super) fn lost(
    subject: &Subject,
    finding: &Finding,
    phase: Phase,
    category: Category,
    share: BasisPoints,
) -> String {
    let incident = incident_of(subject, finding);
    let role = match finding.subject {
        FindingSubject::Role(role, _) => Some(role),
        _ => mostly(subject, incident, phase, category),
    };
    let role = role.map(|role| subject.names.the_role(role));
    let name = of_incident(subject, incident, phase.name());
    let judged = subject.evaluation.incidents.get(incident.index());
    let parts = judged.map_or(&[][..], |judged| &judged.phases[phase.index()].made_of);
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        let what = waiting(category, role);
        return format!("{name}: {} of its time was {what}.", percent(share));
    };
    let of_it = parts.iter().filter(|part| part.category == category);
    let spent: Span = of_it.clone().map(|part| part.until - part.from).sum();
    let whole = duration(last.until - first.from);
    let label = |at| subject.clock.label(at);
    // One long stretch says when; of many short ones the sum is enough.
    let longest = of_it.max_by_key(|part| (part.until - part.from, std::cmp::Reverse(part.from)));
    let longest = longest.filter(|part| (part.until - part.from).0 * 2 > spent.0);
    let longest = longest.map_or_else(String::new, |part| {
        format!(", from {} to {}", label(part.from), label(part.until))
    });
    let mostly = if longest.is_empty() { "" } else { ", mostly" };
    let longest = longest.replacen(',', mostly, 1);
    format!(
        "{name} took {whole}, from {} to {}; for {} of that {}{longest}.",
        label(first.from),
        label(last.until),
        duration(spent),
        lost_by(category, role),
    )
}

/// What a stretch of time went to, as a clause that follows "for 8 h of that".
fn lost_by(category: Category, role: Option<String>) -> String {
    let who = role.clone().unwrap_or_else(|| "somebody".to_owned());
    match category {
        Category::WaitingForApproval => format!("work waited for {who} to approve"),
        Category::WaitingForPerson => format!("work waited for {who}"),
        Category::Asleep => format!("{who} slept, and nobody stood in"),
        Category::FalseAlarms => format!("{who} looked into false alarms"),
        Category::DeliveryAndNotice => match role {
            Some(role) => format!("messages to {role} were under way or unread"),
            None => "messages were under way or unread".to_owned(),
        },
        Category::Reading => format!("{who} read messages"),
        Category::Working => format!("{who} worked"),
        Category::Redoing => format!("{who} did work again"),
        Category::HandingOver => "work was handed over".to_owned(),
        Category::WaitingForDetection => "nobody had noticed anything".to_owned(),
        Category::WaitingForInject => "the exercise had still to tell something".to_owned(),
        Category::DelayOfPlan => "work waited because the plan says so".to_owned(),
        Category::HoursOfOthers => "those to be told could not be reached at that hour".to_owned(),
        Category::Watching => "systems were watched for a recurrence".to_owned(),
        Category::NothingCouldHappen => "nothing could happen".to_owned(),
    }
}

/// What a stretch of time was, and whose.
fn waiting(category: Category, role: Option<String>) -> String {
    match (category, role) {
        (Category::WaitingForApproval, Some(role)) => format!("waiting for {role} to approve"),
        (Category::WaitingForPerson, Some(role)) => format!("waiting for {role}"),
        (Category::Asleep, Some(role)) => format!("{role} slept, and nobody stood in"),
        (Category::FalseAlarms, Some(role)) => {
            format!("waiting for {role}, who looked into false alarms")
        }
        (Category::DeliveryAndNotice, Some(role)) => {
            format!("messages to {role}, under way or unnoticed")
        }
        (Category::DeliveryAndNotice, None) => "messages under way or unnoticed".to_owned(),
        (Category::Working, Some(role)) => format!("work by {role}"),
        (Category::Working, None) => "work".to_owned(),
        (Category::Redoing, Some(role)) => format!("work done again by {role}"),
        (Category::Redoing, None) => "work done again".to_owned(),
        (Category::Reading, Some(role)) => format!("reading by {role}"),
        (Category::NothingCouldHappen, _) => {
            "waiting for something that could not happen".to_owned()
        }
        (_, _) => made_of(category).to_owned(),
    }
}

/// That a phase was never complete, and what it waited for in the end.
pub(super) fn not_completed(
    subject: &Subject,
    finding: &Finding,
    phase: Phase,
    category: Category,
) -> String {
    let incident = incident_of(subject, finding);
    let role = match finding.subject {
        FindingSubject::Role(role, _) => Some(role),
        _ => mostly(subject, incident, phase, category),
    };
    let role = role.map(|role| subject.names.the_role(role));
    let name = of_incident(subject, incident, phase.name());
    let judged = &subject.evaluation.incidents[incident.index()].phases[phase.index()];
    let target = judged.timing[1].target.or(judged.timing[0].target);
    let target = target.map_or_else(String::new, |t| format!(" (target {})", duration(t)));
    let at_the_end = match category {
        Category::NothingCouldHappen => "nothing more could happen".to_owned(),
        _ => format!("at the end: {}", waiting(category, role)),
    };
    let end = subject.end_word();
    format!("{name} was not complete by {end}{target}; {at_the_end}.")
}
