//! What holds of the entries of every record.

use super::records::{Broken, first, hold, hold_where, must, remove_first, repeat_first};
use crate::exercise::{ExerciseTime, IncidentId, MessageId, ObligationId, PersonId, Phase, Span};
use crate::record::{Actor, Entry, Event, Record};
use crate::simulation::Policy;
use std::collections::{BTreeMap, BTreeSet};

fn in_order(record: &Record) -> Result<(), Broken> {
    let mut last = ExerciseTime(i64::MIN);
    for (i, entry) in record.entries.iter().enumerate() {
        let before = |cause| cause > 0 && cause < entry.number;
        let fine =
            entry.number as usize == i + 1 && last <= entry.at && entry.cause.is_none_or(before);
        must(fine, entry, "number, time or cause is out of order")?;
        last = entry.at;
    }
    Ok(())
}

#[test]
fn entries_are_numbered_in_the_order_of_time_and_causes_come_first() {
    hold(in_order, |record| {
        let caused = record
            .entries
            .iter()
            .rposition(|entry| entry.cause.is_some());
        let at = caused.expect("every record has a cause");
        record.entries[at].cause = Some(record.entries[at].number + 1);
        true
    });
    hold(in_order, |record| {
        let last = record.entries.len() - 1;
        record.entries[last].at = ExerciseTime(record.entries[0].at.0 - 1);
        true
    });
}

fn one_start_and_end(record: &Record) -> Result<(), Broken> {
    let starts = |entry: &&Entry| matches!(entry.event, Event::ExerciseStarted {});
    let ends = |entry: &&Entry| matches!(entry.event, Event::ExerciseEnded { .. });
    let started: Vec<&Entry> = record.entries.iter().filter(starts).collect();
    let last = record.entries.last().expect("a record has entries");
    let at_startex = started.len() == 1 && started[0].at == ExerciseTime::STARTEX;
    must(at_startex, last, "it does not start once, at STARTEX")?;
    let ended: Vec<&Entry> = record.entries.iter().filter(ends).collect();
    must(ended.len() == 1, last, "it does not end once")?;
    let after = &record.entries[ended[0].number as usize..];
    for entry in after {
        let may = entry.event.may_follow_end() && entry.at > ended[0].at;
        must(may, entry, "it is of an exercise that is over")?;
    }
    Ok(())
}

#[test]
fn a_run_starts_and_ends_once() {
    let started = |event: &Event| matches!(event, Event::ExerciseStarted {});
    hold(one_start_and_end, move |record| {
        repeat_first(record, started)
    });
    let ended = |event: &Event| matches!(event, Event::ExerciseEnded { .. });
    hold(one_start_and_end, move |record| {
        let before = record.entries.len();
        record.entries.retain(|entry| !ended(&entry.event));
        record.entries.len() < before
    });
    hold(one_start_and_end, |record| {
        let mut last = record.entries.last().expect("a record has entries").clone();
        last.number += 1;
        last.event = Event::RoomOpened {
            incident: IncidentId::new(0),
            team: None,
        };
        record.entries.push(last);
        true
    });
}

/// When people began to act: at STARTEX, or before where the scenario lets them.
fn acting_from(record: &Record) -> ExerciseTime {
    let early = |entry: &&Entry| matches!(entry.event, Event::BeganEarly { .. });
    let early = record.entries.iter().find(early);
    early.map_or(ExerciseTime::STARTEX, |entry| entry.at)
}

fn quiet_before_people_act(record: &Record) -> Result<(), Broken> {
    let from = acting_from(record);
    let early = |entry: &&Entry| entry.at < from;
    for entry in record.entries.iter().filter(early) {
        let fine = matches!(
            entry.event,
            Event::StepStarted { .. }
                | Event::StepTookEffect { .. }
                | Event::StepStopped { .. }
                | Event::StepFailed { .. }
                | Event::StepEnded { .. }
                | Event::AssetChanged { .. }
                | Event::EvidenceLost { .. }
                | Event::SignalRaised { .. }
                | Event::StaffReported { .. }
                | Event::FalseAlarmRaised { .. }
                | Event::MessageSent { .. }
                | Event::MarkReached { .. }
        );
        let of_nobody = entry.actor.person().is_none();
        must(fine && of_nobody, entry, "happens before people act")?;
    }
    let may = record.header.exercise.scenario().early;
    let last = record.entries.last().expect("a record has entries");
    must(
        may || from == ExerciseTime::STARTEX,
        last,
        "people begin early",
    )
}

#[test]
fn before_people_act_nobody_has_an_entry_and_nothing_is_counted() {
    hold(quiet_before_people_act, |record| {
        let noticed = |event: &Event| matches!(event, Event::MessageNoticed { .. });
        let (found, from) = (first(record, noticed), acting_from(record));
        if let Some(at) = found {
            record.entries[at].at = ExerciseTime(from.0 - 1);
        }
        found.is_some()
    });
}

/// What was dealt with before people act revealed nothing, and nobody notices it any more; what was
/// misread revealed something, and nobody else than its reader takes it up.
fn backlog_in_order(record: &Record) -> Result<(), Broken> {
    let mut reveals = BTreeMap::new();
    let mut dealt_with = BTreeSet::new();
    let mut misread = BTreeMap::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::MessageSent {
                message,
                reveals: facts,
                ..
            } => reveals.insert(*message, !facts.is_empty()).is_none(),
            Event::BacklogDealtWith { messages } => {
                dealt_with.extend(messages.iter().copied());
                messages
                    .iter()
                    .all(|message| reveals.get(message) == Some(&false))
            }
            Event::MessageMisread { message, person } => {
                misread.insert(*message, *person).is_none() && reveals.get(message) == Some(&true)
            }
            Event::MessageNoticed { message, person } => {
                let reader = misread.get(message).is_none_or(|reader| reader == person);
                reader && !dealt_with.contains(message)
            }
            _ => true,
        };
        must(fine, entry, "a message that was read before cannot do this")?;
    }
    Ok(())
}

#[test]
fn what_was_read_before_people_act_is_dealt_with_or_taken_up_again_by_its_reader() {
    hold(backlog_in_order, |record| {
        let misread = |event: &Event| matches!(event, Event::MessageMisread { .. });
        let found = first(record, misread);
        if let Some(at) = found
            && let Event::MessageMisread { message, .. } = record.entries[at].event
        {
            let messages = vec![message].into();
            record.entries[at].event = Event::BacklogDealtWith { messages };
        }
        found.is_some()
    });
}

fn messages_in_turn(record: &Record) -> Result<(), Broken> {
    let mut sent = BTreeSet::new();
    let mut noticed = BTreeSet::new();
    let mut reading: BTreeMap<(MessageId, PersonId), ExerciseTime> = BTreeMap::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::MessageSent { message, .. } => sent.insert(*message),
            Event::MessageCopied { message, .. } | Event::MessageResent { message, .. } => {
                sent.contains(message)
            }
            Event::MessageNoticed { message, person } => {
                sent.contains(message) && noticed.insert((*message, *person))
            }
            Event::ReadingStarted { message, person } => {
                let first = reading.insert((*message, *person), entry.at).is_none();
                first && noticed.contains(&(*message, *person))
            }
            // Whom a human plays acknowledges at once; anybody else takes time to read.
            Event::MessageRead { message, person } => {
                let since = reading.get(&(*message, *person));
                since.map_or(matches!(entry.actor, Actor::Played { .. }), |since| {
                    entry.at - *since >= Span::SHORTEST
                }) && noticed.contains(&(*message, *person))
            }
            _ => true,
        };
        must(fine, entry, "a message cannot do this now")?;
    }
    Ok(())
}

#[test]
fn messages_are_sent_noticed_and_read_in_this_order() {
    let sent = |event: &Event| matches!(event, Event::MessageSent { .. });
    let noticed = |event: &Event| matches!(event, Event::MessageNoticed { .. });
    hold(messages_in_turn, move |record| {
        first(record, noticed).is_some() && repeat_first(record, sent)
    });
    hold(messages_in_turn, move |record| {
        let read = first(record, |event| matches!(event, Event::MessageRead { .. }));
        let Some(at) = read else { return false };
        let Event::MessageRead { message: read, .. } = record.entries[at].event else {
            return false;
        };
        remove_first(record, |event| {
            noticed(event)
                && matches!(event, Event::MessageNoticed { message, .. } if *message == read)
        })
    });
}

fn phases_in_turn(record: &Record) -> Result<(), Broken> {
    let mut reached: BTreeSet<(IncidentId, Phase)> = BTreeSet::new();
    let mut complete: BTreeSet<(IncidentId, Phase)> = BTreeSet::new();
    let mut left_out: BTreeSet<(IncidentId, Phase)> = BTreeSet::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::PhaseReached { incident, phase } => reached.insert((*incident, *phase)),
            Event::PhaseCompleted { incident, phase } => {
                complete.insert((*incident, *phase)) && reached.contains(&(*incident, *phase))
            }
            Event::PhaseNotApplicable { incident, phase } => left_out.insert((*incident, *phase)),
            Event::PhaseReopened { incident, phase } => {
                complete.remove(&(*incident, *phase)) || left_out.remove(&(*incident, *phase))
            }
            _ => true,
        };
        must(fine, entry, "a phase cannot do this now")?;
    }
    Ok(())
}

#[test]
fn phases_are_reached_once_then_completed_and_reopened_in_turn() {
    hold(phases_in_turn, |record| {
        repeat_first(record, |event| {
            matches!(event, Event::PhaseCompleted { .. })
        })
    });
    hold(phases_in_turn, |record| {
        let complete = |event: &Event| matches!(event, Event::PhaseCompleted { .. });
        let found = first(record, complete).is_some();
        while remove_first(record, |event| matches!(event, Event::PhaseReached { .. })) {}
        found
    });
}

/// Contained and no longer contained come in turn, after a step of the incident took effect; and where one
/// did, Response is complete only while it is contained.
fn containment_in_turn(record: &Record) -> Result<(), Broken> {
    let mut contained: BTreeSet<IncidentId> = BTreeSet::new();
    let mut struck: BTreeSet<IncidentId> = BTreeSet::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::StepTookEffect { step, .. } => {
                struck.insert(record.header.exercise.step(*step).incident);
                true
            }
            Event::Contained { incident } => {
                contained.insert(*incident) && struck.contains(incident)
            }
            Event::ContainmentLost { incident } => contained.remove(incident),
            Event::PhaseCompleted {
                incident,
                phase: Phase::Response,
            } => {
                let criteria = &record.header.exercise.yardstick().criteria;
                let own = criteria.iter().any(|of| of.phase == Phase::Response);
                own || contained.contains(incident) || !struck.contains(incident)
            }
            _ => true,
        };
        must(fine, entry, "it cannot be contained, or cease to be, now")?;
    }
    Ok(())
}

#[test]
fn an_incident_is_contained_and_no_longer_in_turn_and_response_is_complete_only_while_it_is() {
    let contained = |event: &Event| matches!(event, Event::Contained { .. });
    hold(containment_in_turn, move |record| {
        repeat_first(record, contained)
    });
    hold(containment_in_turn, move |record| {
        let response = |event: &Event| matches!(event, Event::PhaseCompleted { phase, .. } if *phase == Phase::Response);
        let struck = |event: &Event| matches!(event, Event::StepTookEffect { .. });
        let before = |of: &dyn Fn(&Event) -> bool| first(record, of);
        let found = before(&struck) < before(&response) && before(&response).is_some();
        let criteria = &record.header.exercise.yardstick().criteria;
        let own = criteria.iter().any(|of| of.phase == Phase::Response);
        let several = record.header.exercise.scenario().incidents.len() > 1;
        while remove_first(record, contained) {}
        found && !own && !several
    });
}

fn clocks_in_time(record: &Record) -> Result<(), Broken> {
    let mut due: BTreeMap<(ObligationId, IncidentId), ExerciseTime> = BTreeMap::new();
    let mut met = BTreeSet::new();
    let mut closed = BTreeSet::new();
    for entry in &record.entries {
        let fine = match &entry.event {
            Event::ClockStarted {
                obligation,
                incident,
                due: at,
            } => due.insert((*obligation, *incident), *at).is_none(),
            Event::ObligationMet {
                obligation,
                incident,
            } => {
                let of = (*obligation, *incident);
                met.insert(of) && due.contains_key(&of)
            }
            Event::ObligationBreached {
                obligation,
                incident,
            } => {
                let of = (*obligation, *incident);
                !met.contains(&of) && due.get(&of).is_some_and(|at| *at + Span(1) == entry.at)
            }
            Event::ObligationClosed {
                obligation,
                incident,
                ..
            } => closed.insert((*obligation, *incident)),
            _ => true,
        };
        must(fine, entry, "a clock cannot do this now")?;
    }
    let exercise = &record.header.exercise;
    let clocks = exercise.plan().obligations.len() * exercise.scenario().incidents.len();
    let last = record.entries.last().expect("a record has entries");
    must(closed.len() == clocks, last, "a clock was not closed")
}

#[test]
fn clocks_are_breached_a_millisecond_after_they_are_due_and_closed_once() {
    hold(clocks_in_time, |record| {
        let breached = |event: &Event| matches!(event, Event::ObligationBreached { .. });
        let found = first(record, breached);
        if let Some(at) = found {
            record.entries[at].at = record.entries[at].at + Span(1);
        }
        found.is_some()
    });
    hold(clocks_in_time, |record| {
        remove_first(record, |event| {
            matches!(event, Event::ObligationClosed { .. })
        })
    });
}

fn nobody_works(record: &Record) -> Result<(), Broken> {
    for entry in &record.entries {
        let works = matches!(
            entry.event,
            Event::TaskStarted { .. } | Event::MeasureTaken { .. }
        );
        must(!works, entry, "work without a response")?;
    }
    Ok(())
}

#[test]
fn nobody_works_in_a_run_without_response() {
    let without = |run: &super::records::Run| run.policy == Policy::NoResponse;
    hold_where(without, nobody_works, |record| {
        let ready = first(record, |event| matches!(event, Event::TaskReady { .. }));
        let instance = ready.map(|at| record.entries[at].event.clone());
        let Some(Event::TaskReady { instance, .. }) = instance else {
            return false;
        };
        record.entries[0].event = Event::TaskStarted {
            instance,
            people: vec![].into(),
            role: crate::exercise::RoleId::new(0),
            attempt: 1,
        };
        true
    });
}

fn people_speak_for_themselves(record: &Record) -> Result<(), Broken> {
    for entry in &record.entries {
        let (Event::MessageNoticed { person, .. }
        | Event::ReadingStarted { person, .. }
        | Event::MessageRead { person, .. }) = entry.event
        else {
            continue;
        };
        let own = entry.actor.person() == Some(person);
        must(own, entry, "somebody else reads")?;
    }
    Ok(())
}

#[test]
fn people_act_and_rules_and_attackers_do_not_speak_for_them() {
    hold(people_speak_for_themselves, |record| {
        let read = first(record, |event| matches!(event, Event::MessageRead { .. }));
        if let Some(at) = read {
            record.entries[at].actor = Actor::Attacker {};
        }
        read.is_some()
    });
}
