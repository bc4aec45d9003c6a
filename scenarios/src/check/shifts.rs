//! A minute that is missing between two shifts.

use super::Scene;
use crate::definition::{Hours, OnCall, Organisation, Person};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes of a week.
const WEEK: usize = 7 * 1_440;

/// What: hours that end a minute before the next ones begin, of one person or of those who share a role.
/// Why: who works until 13:59 has gone at 13:59, and for a minute nobody is there.
/// Example: `hours: "Mon-Fri 00:00-23:59"`.
pub(super) fn a_minute_missing(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let Some(organisation) = scene.organisation else {
        return;
    };
    let mut told: BTreeSet<(Place, Place)> = BTreeSet::new();
    let mut add = |(first, next): (Span<'_>, Span<'_>)| {
        if told.insert((first.place, next.place)) {
            out.push(missing(&first, &next));
        }
    };
    let house = organisation
        .hours
        .iter()
        .map(|hours| (hours.place, &hours.value));
    for (place, hours) in house.chain(organisation.people.iter().flat_map(texts)) {
        let mut week = Week::default();
        week.add(place, hours, None);
        week.missing().into_iter().take(1).for_each(&mut add);
    }
    for role in &organisation.roles {
        let mut people = scene.holders(role);
        people.extend(scene.deputies(role));
        let week = Week::of(organisation, &people);
        // What one person's own hours lack is said there.
        let between = week.missing().into_iter();
        between
            .filter(|(first, next)| first.place != next.place)
            .for_each(&mut add);
    }
}

/// The hours that stand with a person: the shift, and when the person is on call.
fn texts(person: &Person) -> impl Iterator<Item = (Place, &Hours)> {
    let on_call = person
        .on_call
        .iter()
        .filter_map(|on_call| match &on_call.value {
            OnCall::At(hours) => Some((on_call.place, hours)),
            OnCall::Always(_) => None,
        });
    let shift = person.hours.iter().map(|hours| (hours.place, &hours.value));
    shift.chain(on_call)
}

/// Some hours of a week, where they are written, and whose they are.
#[derive(Debug, Clone, Copy)]
struct Span<'d> {
    /// Minutes after Monday's midnight.
    from: usize,
    until: usize,
    place: Place,
    of: Option<&'d str>,
}

/// The hours at which somebody is there.
#[derive(Default)]
struct Week<'d> {
    spans: Vec<Span<'d>>,
}

impl<'d> Week<'d> {
    /// The hours of all these people together, on shift or on call.
    fn of(organisation: &'d Organisation, people: &[&'d Person]) -> Self {
        let mut week = Self::default();
        for person in people {
            let of = Some(person.id.as_str());
            if matches!(
                person.on_call.as_ref().map(|on_call| &on_call.value),
                Some(OnCall::Always(true))
            ) {
                return Self::default();
            }
            for (place, hours) in texts(person) {
                week.add(place, hours, of);
            }
            if let (None, Some(house)) = (&person.hours, &organisation.hours) {
                week.add(house.place, &house.value, of);
            }
        }
        week
    }

    fn add(&mut self, place: Place, hours: &Hours, of: Option<&'d str>) {
        for day in &hours.0.0 {
            let midnight = usize::from(day.weekday) * 1_440;
            self.spans.push(Span {
                from: midnight + usize::from(day.from),
                until: midnight + usize::from(day.until),
                place,
                of,
            });
        }
    }

    /// Each end that nobody is there after for just a minute, with what begins then.
    fn missing(&self) -> Vec<(Span<'d>, Span<'d>)> {
        let begins: BTreeMap<usize, Span<'d>> = self
            .spans
            .iter()
            .map(|span| (span.from % WEEK, *span))
            .collect();
        let ends: BTreeMap<usize, Span<'d>> = self
            .spans
            .iter()
            .map(|span| (span.until % WEEK, *span))
            .collect();
        let next = |(at, first): (&usize, &Span<'d>)| {
            let next = begins.get(&((at + 1) % WEEK))?;
            (!self.is_there(*at)).then_some((*first, *next))
        };
        ends.iter().filter_map(next).collect()
    }

    fn is_there(&self, minute: usize) -> bool {
        // Sunday night runs into Monday.
        let within = |span: &Span<'_>| {
            (span.from..span.until).contains(&minute)
                || (span.from..span.until).contains(&(minute + WEEK))
        };
        self.spans.iter().any(within)
    }
}

fn missing(first: &Span<'_>, next: &Span<'_>) -> Diagnostic {
    let clock = |minute: usize| {
        let of_day = minute % 1_440;
        format!("{:02}:{:02}", of_day / 60, of_day % 60)
    };
    let (until, from) = (clock(first.until), clock(next.from));
    let message = match (first.of, next.of) {
        (Some(first), Some(next)) if first != next => format!(
            "`{first}` goes at {until} and `{next}` comes at {from}: for a minute nobody is there"
        ),
        _ => format!("hours end at {until} and go on at {from}: a minute is missing"),
    };
    let problem = Diagnostic::new(Code::MinuteMissing, message, first.place);
    let problem = if first.place == next.place {
        problem
    } else {
        problem.context(next.place, format!("the next hours begin at {from}"))
    };
    problem.help(format!(
        "write {} for {until}",
        if from == "00:00" { "24:00" } else { &from }
    ))
}
