//! What the findings of a run propose, tried.
//!
//! Whoever shows a judged run asks it for advice. Each proposal of a finding becomes a change that can be
//! played, if there is one; the first few are tried on the same exercise, on draws that follow from the
//! record's, so that the same record has the same advice.

use super::change::{CallHours, Change, fit};
use super::runner::Order;
use super::start::Hours;
use super::trial::{Ground, Here, Size, Trials, Tried, try_changes};
use crate::evaluation::{Correction, Finding};
use crate::exercise::{Addressee, ChannelId, Exercise, Measure, RoleId, SourceId, TaskId};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How many changes are tried.
const CHANGES: usize = 8;
/// How many of them are tried again.
const AGAIN: usize = 3;
/// On how many runs each time.
const RUNS: u64 = 100;
/// The index of the first run, far from those that anybody plays.
const FIRST: u64 = 1 << 40;
/// How many ways to follow one proposal are tried.
const WAYS: usize = 2;

/// What findings propose, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// What was tried, and how.
    pub trials: Trials,
    /// By finding, in their order: the changes that follow what it proposes, the most direct first.
    pub changes: Vec<Vec<Change>>,
}

impl Advice {
    /// The changes that a finding proposes and that surely helped, the best first.
    pub fn helping(&self, finding: usize) -> impl Iterator<Item = &Tried> {
        let own = self.changes.get(finding).map_or(&[][..], Vec::as_slice);
        let best = self.trials.best.iter();
        best.filter(move |of| of.helps() && of.changes.iter().all(|change| own.contains(change)))
    }
}

/// Tries what the findings of a run with this seed propose. `None` where it was stopped.
pub fn advise(
    exercise: &Arc<Exercise>,
    seed: u64,
    findings: &[Finding],
    threads: usize,
    stop: &AtomicBool,
) -> Option<Advice> {
    let proposed = |finding: &Finding| {
        let corrections = finding.all().flat_map(|of| &of.corrections);
        let mut changes: Vec<Change> = Vec::new();
        for change in corrections.flat_map(|of| ways(exercise, *of)) {
            if !changes.contains(&change) && change.made(exercise).is_some() {
                changes.push(change);
            }
        }
        changes
    };
    let changes: Vec<Vec<Change>> = findings.iter().map(proposed).collect();
    let order = Order {
        exercise: Arc::clone(exercise),
        seed,
        runs: FIRST..FIRST + RUNS,
        hours: Hours::AsScripted,
        threads,
    };
    let size = Size {
        screened: CHANGES,
        kept: AGAIN,
        fresh: FIRST + RUNS..FIRST + 2 * RUNS,
    };
    let grounds = [Ground { order, weight: 1 }];
    let mut here = Here {
        grounds: &grounds,
        stop,
        progress: &mut |_, _| {},
    };
    let trials = try_changes(&grounds, chosen(&changes), &size, &mut here)?;
    Some(Advice { trials, changes })
}

/// Which changes are tried: the most direct of each finding first, then the next of each.
fn chosen(changes: &[Vec<Change>]) -> Vec<Change> {
    let longest = changes.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen: Vec<Change> = Vec::new();
    for place in 0..longest {
        for change in changes.iter().filter_map(|of| of.get(place)) {
            if chosen.len() < CHANGES && !chosen.contains(change) {
                chosen.push(*change);
            }
        }
    }
    chosen
}

/// The changes by which a proposal can be followed; none where it is not for definitions to say.
fn ways(exercise: &Exercise, correction: Correction) -> Vec<Change> {
    let organisation = exercise.organisation();
    match correction {
        Correction::NameDeputy(role) => {
            let fit = fit(exercise, role).into_iter();
            fit.take(WAYS)
                .map(|person| Change::Deputy(role, person))
                .collect()
        }
        Correction::PutOnCall(role) => vec![Change::OnCall(role, CallHours::Always)],
        Correction::Relieve(role) => vec![Change::NewHolder(role)],
        Correction::SecondShift(role) => vec![Change::SecondShift(role)],
        Correction::LetTake(role, measure) => without_asking(exercise, role, measure),
        Correction::ShortenDelay(task) => vec![Change::WithoutDelay(task)],
        Correction::FreeTask(task) => vec![Change::WithoutCondition(task)],
        Correction::AddSight(step) => {
            let technique = &exercise.step(step).technique;
            let sources = organisation.sources.iter().enumerate();
            let blind = sources.filter(|(_, of)| {
                let mut named = of.sees.iter().flat_map(|sight| &sight.techniques);
                !of.sees.is_empty() && named.all(|seen| seen != technique)
            });
            let widened = blind.map(|(i, _)| Change::Widen(SourceId::new(i)));
            widened.take(WAYS).collect()
        }
        Correction::EscalateAlerts(source) => vec![Change::AlertsAgain(source)],
        Correction::AddChannel(role) => {
            let channels = organisation.channels.iter().enumerate();
            let apart = channels.filter(|(_, of)| of.out_of_band);
            let mut all: Vec<Change> = apart
                .map(|(i, _)| Change::Reach(role, ChannelId::new(i)))
                .collect();
            all.push(Change::OutOfBand);
            all
        }
        Correction::Train(role, phase) => vec![Change::Train(role, phase)],
        Correction::ProvideStandby(asset) => vec![Change::Standby(asset)],
        Correction::BackUpOftener(asset) => vec![Change::BackUpOftener(asset)],
        Correction::AddTask(_)
        | Correction::AddNotification(_)
        | Correction::ClarifyTask(_)
        | Correction::NarrowTask(_)
        | Correction::SetOrder { .. }
        | Correction::TellEarly(..)
        | Correction::AgreeChannel(_)
        | Correction::VerifyContacts(_)
        | Correction::Practise(_)
        | Correction::TrainClassifying(_)
        | Correction::MendSeverityTable(_)
        | Correction::NameScribe(_)
        | Correction::CheckBeforeDeclaring(_)
        | Correction::TreatRisk(_)
        | Correction::ReviewPlan
        | Correction::FillGap(_) => Vec::new(),
    }
}

/// How a role comes to take a measure without asking, or asks somebody nearer.
fn without_asking(exercise: &Exercise, role: RoleId, measure: Measure) -> Vec<Change> {
    let lead = Addressee::Function(crate::exercise::Function::IncidentManager);
    let tasks = exercise.tasks_taking(measure).iter().copied();
    let asking = tasks.filter(|task: &TaskId| exercise.task(*task).approval.is_some());
    let all = asking.flat_map(|task| {
        let nearer = exercise.roles(lead).first();
        let nearer = nearer.map(|lead| Change::ApprovedBy(task, *lead));
        [Some(Change::May(role, task)), nearer]
    });
    all.flatten().take(2 * WAYS).collect()
}
