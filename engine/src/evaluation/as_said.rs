//! Acts that a scribe entered: when they count as done.
//!
//! A scribe enters an act some time after it was done, and says when that was. It takes effect when it is
//! entered, and what it does to assets counts from then. What was decided, declared, told or said by it counts
//! as of the time that the scribe names, and so does what could be known by then. The record keeps both.

use crate::exercise::ExerciseTime;
use crate::record::{Entry, Event};
use std::borrow::Cow;

/// The entries by the times by which they are judged.
pub(super) fn as_said(entries: &[Entry]) -> Cow<'_, [Entry]> {
    let by_hand = |entry: &Entry| matches!(entry.event, Event::EnteredByHand { .. });
    if !entries.iter().any(by_hand) {
        return Cow::Borrowed(entries);
    }
    let mut judged = entries.to_vec();
    for place in 0..judged.len() {
        if let Some(said) = said(entries, &judged, place) {
            judged[place].at = said;
        }
    }
    Cow::Owned(judged)
}

/// When an entry counts as having happened, where that is before it stands in the record: a scribe said so, or
/// it follows at once from what one entered, and does nothing to an asset.
fn said(entries: &[Entry], judged: &[Entry], place: usize) -> Option<ExerciseTime> {
    let entry = &entries[place];
    if matches!(entry.event, Event::ActionTaken { .. }) {
        let next = entries.get(place + 1)?;
        let of_this = next.cause == Some(entry.number);
        return match next.event {
            Event::EnteredByHand { said, .. } if of_this => Some(said),
            _ => None,
        };
    }
    if touches_the_world(&entry.event) {
        return None;
    }
    let cause = place_of(entries, entry.cause?)?;
    let at_once = cause < place && entries[cause].at == entry.at;
    let moved = judged[cause].at < entries[cause].at;
    (at_once && moved).then_some(judged[cause].at)
}

fn place_of(entries: &[Entry], number: u32) -> Option<usize> {
    entries
        .binary_search_by_key(&number, |entry| entry.number)
        .ok()
}

/// Whether this is something that happens to an asset, or to what can be known of it.
const fn touches_the_world(event: &Event) -> bool {
    matches!(
        event,
        Event::AssetChanged { .. }
            | Event::MeasureTaken { asset: Some(_), .. }
            | Event::MeasureLifted { .. }
            | Event::EvidencePreserved { .. }
            | Event::EvidenceLost { .. }
            | Event::DataLost { .. }
            | Event::Contained { .. }
            | Event::ContainmentLost { .. }
            | Event::TaskReady { .. }
            | Event::TaskStarted { .. }
            | Event::TaskResumed { .. }
            | Event::EnteredByHand { .. }
    )
}

/// The number before which an entry could be known of by who acts in another: those before it in the record,
/// and where it counts as done before, those until then.
pub(super) fn known_before(entries: &[Entry], entry: &Entry) -> u32 {
    let place = place_of(entries, entry.number).unwrap_or_default();
    let later = |other: &&Entry| other.at > entry.at;
    let first = entries[..place].iter().find(later);
    first.map_or(entry.number, |first| first.number)
}
