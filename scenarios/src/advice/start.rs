//! Times by the clock that fall into an hour that the clocks skip, or that comes twice.

use crate::bind::{Given, Twist, begins, twist};
use crate::definition::Moment;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use hotwash_engine::exercise::Day;

/// What: a start, or a moment of an inject or a step by the clock, in an hour that a change of the clocks skips or
/// repeats.
/// Why: no clock ever shows the one, and two instants are meant by the other; what is played is not what was
/// thought of.
/// Example: `start: "2026-03-29 02:30"` in Berlin.
pub(super) fn between_clocks(given: &Given<'_>) -> Vec<Diagnostic> {
    let begin = begins(given);
    let zone = given.organisation.time_zone.as_ref();
    let zone = zone.map_or("UTC", |zone| zone.value.0.as_str());
    let mut times: Vec<(Place, Day, u16)> = Vec::new();
    times.extend(begin.place.map(|place| (place, begin.day, begin.minute)));
    let scenario = given.scenario;
    let of_injects = scenario.injects.iter().filter_map(|inject| inject.at);
    let of_steps = scenario.attack.iter().filter_map(|step| step.at);
    for at in of_injects.chain(of_steps) {
        if let Moment::Clock { day, minute } = at.value {
            // Without a day it is the first time after STARTEX.
            let ahead = day.unwrap_or(i32::from(minute < begin.minute));
            let day = Day(begin.day.0.saturating_add(ahead));
            times.push((at.place, day, minute));
        }
    }
    let told = |(place, day, minute): &(Place, Day, u16)| {
        let twist = twist(zone, *day, *minute)?;
        Some(told(*place, &clock(*day, *minute), zone, twist))
    };
    times.iter().filter_map(told).collect()
}

fn clock(day: Day, minute: u16) -> String {
    let (year, month, of_month) = day.civil();
    format!(
        "{} on {year:04}-{month:02}-{of_month:02}",
        time_of_day(minute)
    )
}

fn time_of_day(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn told(place: Place, when: &str, zone: &str, twist: Twist) -> Diagnostic {
    let (message, note, help) = match twist {
        Twist::Skipped { until } => (
            format!("no clock in {zone} shows {when}"),
            format!(
                "the clocks are put forward over it; {} is taken",
                time_of_day(until)
            ),
            format!(
                "write {} or later, or a time before the change",
                time_of_day(until)
            ),
        ),
        Twist::Repeated => (
            format!("the clocks in {zone} show {when} twice"),
            "they are put back over it; the first of the two is taken".to_owned(),
            "write a time that comes once, where it matters which is meant".to_owned(),
        ),
    };
    Diagnostic::new(Code::BetweenClocks, message, place)
        .note(note)
        .help(help)
}
