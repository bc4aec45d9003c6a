//! The hours in which those outside the response are told.

use super::Scene;
use crate::definition::Hours;
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::DayHours;

/// A whole day, in minutes.
const DAY: u16 = 1_440;

/// What: hours of an authority; hours of somebody else that are no time at all, or overlap.
/// Why: law counts the hours of the night, so a duty to an authority waits for nobody; and what begins and ends at
/// once, or twice, is a slip.
/// Example: `hours: "Mon-Fri 08:00-08:00"`.
pub(super) fn hours(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let stakeholders = scene.organisation.iter().flat_map(|of| &of.stakeholders);
    for one in stakeholders {
        let Some(hours) = &one.hours else {
            continue;
        };
        if one.kind.value.is_authority() {
            let message = format!("`{}` is an authority, and is told at any hour", *one.id);
            out.push(
                Diagnostic::new(Code::HoursOfAuthority, message, hours.place)
                    .note("law counts the hours of the night: its own hours would delay a duty")
                    .help("take `hours` out"),
            );
        } else if let Some(what) = strange(&hours.value) {
            out.push(
                Diagnostic::new(Code::StrangeHours, what, hours.place)
                    .help("write each stretch once, as `Mon-Fri 08:00-18:00`, or `always`"),
            );
        }
    }
}

/// What is strange about hours.
fn strange(hours: &Hours) -> Option<String> {
    let Hours(all) = hours;
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    let empty = |of: &&DayHours| of.until - of.from == DAY && of.from > 0;
    if let Some(of) = all.0.iter().find(empty) {
        let from = clock(of.from);
        return Some(format!(
            "from {from} to {from} is no time at all, or a whole day"
        ));
    }
    let runs_into = |of: &DayHours, next: &DayHours| {
        next.weekday == (of.weekday + 1) % 7 && of.until > DAY && next.from < of.until - DAY
    };
    let overlap = all.0.iter().find_map(|of| {
        let next = all.0.iter().find(|next| runs_into(of, next))?;
        Some((of.until - DAY, next.from))
    });
    let (until, from) = overlap?;
    Some(format!(
        "hours that run into the next day until {} overlap those from {}",
        clock(until),
        clock(from)
    ))
}
