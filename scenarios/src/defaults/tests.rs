//! Every default of the language is what the page of defaults says.

use super::worth_per_hour;
use super::{
    ABSURDLY_WIDE, AWARE, BACKED_UP_EVERY, CHANNELS, CLASSIFIES, DECIDING, DECISION_PHASE,
    DIFFICULTY, EARLY, ESCALATED_TO, ESCALATION, FAMILIES, FIRST_DAY, KNOWS_CHANNEL, LIMIT,
    LOW_RATE, NOTIFIES, NOTIFYING, OBLIGATION_WEIGHT, ON_CALL, ONSET, PART_WEIGHTS,
    PER_THOUSAND_YEARS, PHASE_WEIGHTS, PRIORITIES, REACHED_SHARE, REASSESS, REPORTS, REPORTS_AFTER,
    RESTORES_IN, START_MINUTE, START_WEEKDAY, TOLD, VALUE, WEIGHT, WITHIN, acknowledgeable, cell,
    chance_to_see, data_name, false_alarms, office_hours, per_record, time_to_see, work,
};
use crate::documented::{holds, row, span};
use hotwash_engine::exercise::{
    BasisPoints, ChannelKind, Data, ExerciseTime, Law, Limit, Measure, Phase, Severity, SourceKind,
    Span, Weekday,
};

fn of(law: &Law) -> String {
    match law {
        Law::Range { low, high } => format!("{} to {}", span(low.0), span(high.0)),
        Law::Fixed(at) => span(at.0),
        other => panic!("no default is {other:?}"),
    }
}

fn percent(share: BasisPoints) -> String {
    format!("{} %", share.0 / 100)
}

/// A value for each severity, Low first.
fn by_severity<T>(all: &[T; 4], shown: impl Fn(&T) -> String) -> Vec<(String, String)> {
    let pairs = Severity::ALL.iter().zip(all);
    pairs
        .map(|(severity, value)| row(severity.name(), shown(value)))
        .collect()
}

#[test]
fn how_long_work_takes_by_its_measure_is_documented() {
    let mut rows = vec![row("a task without a measure", of(&work(&[], 1)))];
    rows.extend(
        Measure::ALL
            .iter()
            .map(|measure| row(measure.name(), of(&work(&[*measure], 1)))),
    );
    holds("a task takes", &rows);
    holds("deciding", &[row("takes", of(&DECIDING))]);
    holds("an implied notification", &[row("takes", of(&NOTIFYING))]);
}

#[test]
fn what_a_record_costs_is_documented() {
    let price = |data: Data| row(data_name(data), per_record(data).0 / 100);
    holds("a record that is out costs", &Data::ALL.map(price));
}

#[test]
fn what_an_hour_of_outage_counts_for_is_documented() {
    let share = row(
        "a rate asks for a reason below this share of it",
        format!("{LOW_RATE} %"),
    );
    holds("an hour of outage", &[share]);
    let rate = |severity: &Severity| row(severity.name(), worth_per_hour(*severity).0 / 100);
    let rates: Vec<_> = Severity::ALL.iter().map(rate).collect();
    let area = "an hour of outage, where harm of one's own is weighed and no rate is given";
    holds(area, &rates);
}

#[test]
fn what_a_source_sees_and_how_late_is_documented() {
    let chance = |kind: &SourceKind| row(kind.name(), percent(chance_to_see(*kind)));
    let delay = |kind: &SourceKind| row(kind.name(), of(&time_to_see(*kind)));
    let alarms = |kind: &SourceKind| row(kind.name(), of(&false_alarms(*kind)));
    let alarms: Vec<_> = SourceKind::ALL.iter().map(alarms).collect();
    holds("a source raises a false alarm after", &alarms);
    let chances: Vec<_> = SourceKind::ALL.iter().map(chance).collect();
    let delays: Vec<_> = SourceKind::ALL.iter().map(delay).collect();
    holds("a source sees a step", &chances);
    holds("a source tells after", &delays);
    holds("a source", &[row("tells", TOLD.name())]);
}

fn limit(limit: Limit) -> String {
    match limit {
        Limit::Elapsed(time) => span(time.0),
        Limit::Days(days) => format!("{days} calendar days"),
        Limit::BusinessDays(days) => format!("{days} business days"),
        Limit::Months(months) => format!("{months} months"),
    }
}

#[test]
fn the_targets_are_documented() {
    for phase in Phase::ALL {
        let cells = [0, 1, 2, 3].map(|i| cell(*phase, Severity::ALL[i]));
        let completed = cells.map(|cell| cell.completed.map_or_else(String::new, limit));
        holds(
            &format!("{phase} complete within"),
            &by_severity(&completed, String::clone),
        );
        let reached = cells.map(|cell| cell.reached.map_or_else(String::new, limit));
        let rows = by_severity(&reached, String::clone);
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        holds(&format!("{phase} reached within"), &rows);
    }
}

#[test]
fn how_a_plan_ranks_and_passes_on_is_documented() {
    let after = by_severity(&ESCALATION, |wait: &Span| span(wait.0));
    holds("what nobody notices is sent again after", &after);
    let within = by_severity(&REASSESS, |wait: &Span| span(wait.0));
    holds("a changed severity is classified anew within", &within);
    let urgencies = ["contained", "could worsen", "spreading"];
    let mut rows = Vec::new();
    for (severity, by_urgency) in Severity::ALL.iter().zip(PRIORITIES) {
        for (urgency, priority) in urgencies.iter().zip(by_urgency) {
            rows.push(row(format!("{severity}, {urgency}"), priority.name()));
        }
    }
    holds("priority", &rows);
    let names = |functions: &[hotwash_engine::exercise::Function]| {
        let names: Vec<&str> = functions.iter().map(|of| of.name()).collect();
        names.join(", ")
    };
    holds(
        "a plan",
        &[
            row("escalates to", names(&ESCALATED_TO)),
            row("has classified by", CLASSIFIES.name()),
            row("has a clock start by what is known to", names(&AWARE)),
            row(
                "has an obligation without a task seen to by",
                NOTIFIES.name(),
            ),
            row("judges a decision in", DECISION_PHASE.name()),
        ],
    );
}

#[test]
fn the_weights_of_scoring_are_documented() {
    let points = |weight: u16| BasisPoints(weight);
    let phases = Phase::ALL.iter().zip(PHASE_WEIGHTS);
    let rows: Vec<_> = phases
        .map(|(of, weight)| row(of.name(), percent(points(weight))))
        .collect();
    holds("weight of a phase", &rows);
    let parts = ["timeliness", "coverage", "judgement"]
        .iter()
        .zip(PART_WEIGHTS);
    let rows: Vec<_> = parts
        .map(|(of, weight)| row(*of, percent(points(weight))))
        .collect();
    holds("weight of a part", &rows);
    let hundredths = |weight: u32| format!("{}.{:02}", weight / 100, weight % 100);
    holds(
        "weight",
        &[
            row("of reached in timeliness", percent(points(REACHED_SHARE))),
            row(
                "of a task, an expectation or a decision",
                hundredths(WEIGHT),
            ),
            row(
                "of an obligation in judgement",
                hundredths(OBLIGATION_WEIGHT),
            ),
        ],
    );
}

#[test]
fn what_an_organisation_does_not_say_is_documented() {
    let open = office_hours(Weekday::WEEKEND);
    let (first, last) = (open.0.first().unwrap(), open.0.last().unwrap());
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let hours = format!(
        "{} to {}, {} to {}",
        days[usize::from(first.weekday)],
        days[usize::from(last.weekday)],
        clock(first.from),
        clock(first.until)
    );
    let channels: Vec<&str> = CHANNELS.iter().map(|(_, kind)| kind.name()).collect();
    holds(
        "an organisation",
        &[
            row("works", hours),
            row("has the channels", channels.join(", ")),
            row("values an asset in each dimension", VALUE.name()),
            row("backs an asset up every", span(BACKED_UP_EVERY.0)),
            row("waits for who runs what is not ours for", of(&RESTORES_IN)),
            row(
                "expects a risk once in",
                format!("{} years", 1_000 / PER_THOUSAND_YEARS),
            ),
        ],
    );
    holds(
        "staff",
        &[
            row("know how to report", percent(KNOWS_CHANNEL)),
            row("report what they see", percent(REPORTS)),
            row("report after", of(&REPORTS_AFTER)),
        ],
    );
    let mut rows = Vec::new();
    for kind in ChannelKind::ALL {
        let who = match (kind.is_usual(false), kind.is_usual(true)) {
            (true, _) => "everybody",
            (false, true) => "those on call",
            (false, false) => "nobody in person",
        };
        rows.push(row(kind.name(), who));
    }
    holds("a channel reaches", &rows);
    let seen = ChannelKind::ALL.iter().map(|kind| {
        row(
            kind.name(),
            if acknowledgeable(*kind) { "yes" } else { "no" },
        )
    });
    holds(
        "a sender sees that a message arrived",
        &seen.collect::<Vec<_>>(),
    );
}

#[test]
fn what_is_warned_of_is_documented() {
    holds(
        "check warns of",
        &[
            row(
                "a range whose end is so many times its start",
                ABSURDLY_WIDE,
            ),
            row("one person's hands-on families above", FAMILIES),
            row(
                "a share of all hours on call, or on shift, above",
                format!("{ON_CALL} %"),
            ),
        ],
    );
}

#[test]
fn what_a_scenario_does_not_say_is_documented() {
    assert_eq!(ONSET, ExerciseTime::STARTEX);
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let start = format!(
        "{} {:02}:{:02}",
        days[usize::from(START_WEEKDAY)],
        START_MINUTE / 60,
        START_MINUTE % 60
    );
    let (year, month, day) = FIRST_DAY.civil();
    holds(
        "a scenario",
        &[
            row("starts", start),
            row("starts on or after", format!("{year}-{month:02}-{day:02}")),
            row("has its attack begin at", "STARTEX"),
            row("lets people begin early", EARLY),
            row("lasts at most", span(LIMIT.0)),
            row("has an expectation met within", span(WITHIN.0)),
            row("has the difficulty", DIFFICULTY),
        ],
    );
}
