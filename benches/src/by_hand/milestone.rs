//! What happened in a run, in the words that the loop and the engine's records have in common.

use hotwash_engine::exercise::{
    AssetId, InjectId, Instance, Mark, PersonId, Phase, SourceId, TaskId,
};
use hotwash_engine::record::{EndKind, Event, Outcome, Record, SkipReason};

/// A piece of work: its task, and the how manyth of it.
pub type Work = (TaskId, u16);

/// Something that both say, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// Work became ready.
    Ready(Work),
    /// An attempt began: the work, who does it, and which attempt.
    Started(Work, usize, u16),
    /// Work was laid aside, or interrupted.
    Paused(Work),
    /// Work goes on, and who does it.
    Resumed(Work, usize),
    /// Whoever took work over knows enough to go on.
    HandedOver(Work),
    /// An attempt ended.
    Ended(Work, Outcome),
    /// A message was sent, to a role.
    Sent(u32, usize),
    /// It was sent again.
    Resent(u32),
    /// Somebody noticed it.
    Noticed(u32, usize),
    /// Somebody began to read it.
    Opened(u32, usize),
    /// Somebody has read it.
    Read(u32, usize),
    /// Nobody needs it any more.
    Withdrawn(u32),
    /// It was sent to everybody who could read it.
    Unreachable(u32),
    /// The attack took effect on an asset.
    Struck(AssetId),
    /// The attack was stopped on an asset.
    Stopped(AssetId),
    /// The attack failed on an asset.
    Failed(AssetId),
    /// A source saw the attack on an asset.
    Seen(SourceId, AssetId),
    /// A source saw what was not there.
    FalseAlarm(SourceId),
    /// An inject was delivered.
    Delivered(InjectId),
    /// An inject was not needed any more.
    Skipped(InjectId),
    /// A mark was reached.
    Marked(Mark),
    /// A phase was reached.
    Reached(Phase),
    /// A phase was complete.
    Completed(Phase),
    /// The exercise ended.
    Over(EndKind),
}

/// Who is told what happens in a run.
pub trait Log {
    /// Something happened at a time, in milliseconds since the start.
    fn note(&mut self, at: i64, what: Milestone);
}

impl Log for Vec<(i64, Milestone)> {
    fn note(&mut self, at: i64, what: Milestone) {
        self.push((at, what));
    }
}

/// Counts what happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count(pub u64);

impl Log for Count {
    fn note(&mut self, _: i64, _: Milestone) {
        self.0 += 1;
    }
}

/// The milestones of a record, in its order.
pub fn milestones(record: &Record) -> Vec<(i64, Milestone)> {
    let entries = record.entries.iter();
    let known = entries.filter_map(|entry| of(&entry.event).map(|what| (entry.at.0, what)));
    known.collect()
}

fn of(event: &Event) -> Option<Milestone> {
    Some(match event {
        Event::StepTookEffect { asset, .. } => Milestone::Struck(*asset),
        Event::StepStopped { asset, .. } => Milestone::Stopped(*asset),
        Event::StepFailed { asset, .. } => Milestone::Failed(*asset),
        Event::SignalRaised { source, asset, .. } => Milestone::Seen(*source, *asset),
        Event::FalseAlarmRaised { source } => Milestone::FalseAlarm(*source),
        Event::InjectDelivered { inject } => Milestone::Delivered(*inject),
        Event::InjectSkipped {
            inject,
            reason: SkipReason::Prevented,
        } => Milestone::Skipped(*inject),
        Event::MarkReached { mark, .. } => Milestone::Marked(*mark),
        Event::PhaseReached { phase, .. } => Milestone::Reached(*phase),
        Event::PhaseCompleted { phase, .. } => Milestone::Completed(*phase),
        Event::ExerciseEnded { end } => Milestone::Over(*end),
        other => of_word(other).or_else(|| of_work(other))?,
    })
}

fn of_word(event: &Event) -> Option<Milestone> {
    Some(match event {
        Event::MessageSent { message, to, .. } => Milestone::Sent(message.0, to.index()),
        Event::MessageResent { message, .. } => Milestone::Resent(message.0),
        Event::MessageNoticed { message, person } => Milestone::Noticed(message.0, person.index()),
        Event::ReadingStarted { message, person } => Milestone::Opened(message.0, person.index()),
        Event::MessageRead { message, person } => Milestone::Read(message.0, person.index()),
        Event::MessageWithdrawn { message } => Milestone::Withdrawn(message.0),
        Event::MessageUnreachable { message } => Milestone::Unreachable(message.0),
        _ => return None,
    })
}

fn of_work(event: &Event) -> Option<Milestone> {
    let work = |instance: &Instance| (instance.task, instance.ordinal);
    let doer = |people: &[PersonId]| people.first().map(|person| person.index());
    Some(match event {
        Event::TaskReady { instance, .. } => Milestone::Ready(work(instance)),
        Event::TaskStarted {
            instance,
            people,
            attempt,
            ..
        } => Milestone::Started(work(instance), doer(people)?, *attempt),
        Event::TaskPaused { instance, .. } => Milestone::Paused(work(instance)),
        Event::TaskResumed {
            instance, people, ..
        } => Milestone::Resumed(work(instance), doer(people)?),
        Event::HandoverEnded { instance } => Milestone::HandedOver(work(instance)),
        Event::TaskEnded { instance, outcome } => Milestone::Ended(work(instance), *outcome),
        _ => return None,
    })
}
