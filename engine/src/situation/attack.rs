//! How far the attack has come: its steps, and what saw them.

use super::Stamp;
use crate::exercise::{AssetId, Exercise, Measure, Money, SourceId, StepId};
use crate::record::{Entry, Event, StepOutcome};

/// How far the attack has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attack {
    /// By step.
    steps: Vec<Progress>,
    /// By source: how often it raised an alarm, true or false.
    alarms: Vec<[u32; 2]>,
}

/// How far a step has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// When it last began.
    pub started: Option<Stamp>,
    /// When it ended, and how.
    pub ended: Option<(Stamp, StepOutcome)>,
    /// The assets on which it took effect, in order, and when.
    pub affected: Vec<(AssetId, Stamp)>,
    /// Records that it took or laid open, in all.
    pub records: u64,
    /// Money that it took, in all.
    pub money: Money,
    /// The assets on which a measure stopped it, or it failed.
    pub held_off: Vec<AssetId>,
    /// When a measure first stopped it, and which.
    pub stopped: Option<(Stamp, Measure)>,
    /// When a source or somebody of the staff first saw it.
    pub seen: Option<Stamp>,
}

impl Attack {
    /// It did not begin.
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            steps: vec![Progress::default(); exercise.scenario().steps.len()],
            alarms: vec![[0; 2]; exercise.organisation().sources.len()],
        }
    }

    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let now = Stamp::of(entry);
        match &entry.event {
            Event::SignalRaised { source, step, .. } => {
                self.count(*source, 0);
                self.note(*step, |of| of.seen = of.seen.or(Some(now)));
            }
            Event::FalseAlarmRaised { source } => self.count(*source, 1),
            Event::StaffReported { step, .. } => {
                self.note(*step, |of| of.seen = of.seen.or(Some(now)));
            }
            Event::StepStarted { step, .. } => self.note(*step, |of| of.started = Some(now)),
            Event::StepTookEffect {
                step,
                asset,
                records,
                money,
            } => self.note(*step, |of| {
                of.affected.push((*asset, now));
                of.records = of.records.saturating_add(*records);
                of.money = Money(of.money.0.saturating_add(money.0));
            }),
            Event::StepStopped { step, asset, by } => self.note(*step, |of| {
                of.held_off.push(*asset);
                of.stopped = of.stopped.or(Some((now, *by)));
            }),
            Event::StepFailed { step, asset } => {
                self.note(*step, |of| of.held_off.push(*asset));
            }
            Event::StepEnded { step, outcome } => {
                self.note(*step, |of| of.ended = Some((now, *outcome)));
            }
            _ => {}
        }
    }

    fn note(&mut self, step: StepId, change: impl FnOnce(&mut Progress)) {
        if let Some(progress) = self.steps.get_mut(step.index()) {
            change(progress);
        }
    }

    fn count(&mut self, source: SourceId, which: usize) {
        if let Some(alarms) = self.alarms.get_mut(source.index()) {
            alarms[which] = alarms[which].saturating_add(1);
        }
    }

    /// Every step, with how far it has come.
    pub fn steps(&self) -> impl Iterator<Item = (StepId, &Progress)> {
        let steps = self.steps.iter().enumerate();
        steps.map(|(i, progress)| (StepId::new(i), progress))
    }

    /// How far a step has come.
    pub fn step(&self, step: StepId) -> Option<&Progress> {
        self.steps.get(step.index())
    }

    /// How many true alarms and how many false ones a source raised.
    pub fn alarms(&self, source: SourceId) -> (u32, u32) {
        let alarms = self.alarms.get(source.index());
        alarms.map_or((0, 0), |[right, wrong]| (*right, *wrong))
    }
}
