//! A reader over a record: indexes that are built once and asked many times.
//!
//! It is total: a record with entries missing gives fewer facts, never a panic. What it says comes
//! from the entries alone; the world that made them is not consulted.

mod asset;
mod course;
mod letter;
mod work;

pub(super) use asset::{Hit, StateSpan};
pub(super) use course::Course;
pub(super) use letter::{Letter, Letters};
pub(super) use work::{Taken, Work, Works};

use super::criteria::Criteria;
use super::obligations::of_duty;
use super::truth::{Turn, turn};
use crate::exercise::{
    Condition, DecisionId, EvidenceItem, Exercise, ExerciseTime, ExpectationId, Fact, IncidentId,
    InjectId, Instance, Knowable, OptionId, RoleId, Span,
};
use crate::record::{EndKind, Entry, Event, HumanAct, Record};

/// What a record says, by what it speaks of.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    /// The exercise.
    pub(super) exercise: &'a Exercise,
    /// What every run of it is judged by.
    pub(super) criteria: &'a Criteria,
    /// Every entry, in order.
    pub(super) entries: &'a [Entry],
    /// Those by which the truth may turn, in order.
    pub(super) turns: Vec<Turn<'a>>,
    /// ENDEX, where the record has it. Without it nothing is known to be missing.
    pub(super) ended: Option<&'a Entry>,
    /// How it ended.
    pub(super) end: EndKind,
    /// When it ended: the last entry's instant in a record that was cut off.
    pub(super) ended_at: ExerciseTime,
    /// Each piece of work.
    pub(super) works: Works<'a>,
    /// Each message.
    pub(super) letters: Letters<'a>,
    /// Each incident, in the order of ids.
    pub(super) courses: Vec<Course<'a>>,
    /// Measures that were taken.
    pub(super) taken: Vec<Taken<'a>>,
    /// Evidence that was secured: on which asset, which item.
    pub(super) preserved: Vec<(&'a Entry, crate::exercise::AssetId, EvidenceItem)>,
    /// What the attack did to assets.
    pub(super) hits: Vec<Hit<'a>>,
    /// States that assets were in.
    pub(super) states: Vec<StateSpan<'a>>,
    /// Money that was returned.
    pub(super) returned: i64,
    /// Data lost on restore, the longest of any asset.
    pub(super) data_lost: Span,
    /// Facts learned, by role.
    pub(super) learned: Vec<Vec<(&'a Entry, Knowable)>>,
    /// Deliveries of each inject.
    pub(super) delivered: Vec<Vec<&'a Entry>>,
    /// Injects that were left out.
    pub(super) skipped: Vec<Option<&'a Entry>>,
    /// When each expectation was met.
    pub(super) met: Vec<Option<&'a Entry>>,
    /// When the time of each expectation passed.
    pub(super) missed: Vec<Option<&'a Entry>>,
    /// Expectations that the facilitator excused.
    pub(super) excused: Vec<Option<&'a Entry>>,
    /// Decisions that were taken.
    pub(super) decided: Vec<(&'a Entry, DecisionId, OptionId, IncidentId)>,
    /// Everything about obligations.
    pub(super) duties: Vec<&'a Entry>,
    /// Every entry of the team's own log.
    pub(super) logged: Vec<(&'a Entry, IncidentId)>,
    /// Over which times the facilitator moved the clock on.
    pub(super) moved: Vec<(&'a Entry, ExerciseTime)>,
    /// Whether everybody knew the truth, as in the ideal response.
    pub(super) omniscient: bool,
}

impl<'a> Facts<'a> {
    /// Reads a record.
    pub(super) fn read(exercise: &'a Exercise, criteria: &'a Criteria, record: &'a Record) -> Self {
        let scenario = exercise.scenario();
        let incidents = 0..scenario.incidents.len();
        let last = record.entries.last();
        let mut facts = Self {
            exercise,
            criteria,
            entries: &record.entries,
            turns: Vec::new(),
            ended: None,
            end: EndKind::Limit,
            ended_at: last.map_or(ExerciseTime::STARTEX, |entry| entry.at),
            works: Works::none(exercise.plan().tasks.len()),
            letters: Letters::default(),
            courses: incidents.map(|i| Course::new(IncidentId::new(i))).collect(),
            taken: Vec::new(),
            preserved: Vec::new(),
            hits: Vec::new(),
            states: Vec::new(),
            returned: 0,
            data_lost: Span::ZERO,
            learned: vec![Vec::new(); exercise.organisation().roles.len()],
            delivered: vec![Vec::new(); scenario.injects.len()],
            skipped: vec![None; scenario.injects.len()],
            met: vec![None; scenario.expectations.len()],
            missed: vec![None; scenario.expectations.len()],
            excused: vec![None; scenario.expectations.len()],
            decided: Vec::new(),
            duties: Vec::new(),
            logged: Vec::new(),
            moved: Vec::new(),
            omniscient: false,
        };
        let mut latest = None;
        for entry in facts.entries {
            facts.turns.extend(turn(entry, &mut latest));
            facts.add(entry);
        }
        facts
    }

    fn add(&mut self, entry: &'a Entry) {
        if let Event::FactLearned { role, fact } = entry.event {
            if let Some(known) = self.learned.get_mut(role.index()) {
                known.push((entry, fact));
            }
        } else if let Some(message) = letter::message_of(&entry.event) {
            self.letters.add(message, entry);
        } else if let Some(instance) = work::instance_of(&entry.event) {
            self.works.add(instance, entry);
            self.add_truth(entry);
        } else if let Some(incident) = course::incident_of(&entry.event) {
            if let Some(course) = self.courses.get_mut(incident.index()) {
                course.add(entry);
            }
        } else {
            self.add_truth(entry);
            self.add_story(entry);
        }
    }

    fn add_truth(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::StepTookEffect { step, asset, .. } => {
                self.hits
                    .push(Hit::new(self.exercise, entry, *step, *asset));
            }
            Event::AssetChanged { .. } => asset::add(&mut self.states, entry),
            Event::MeasureTaken {
                instance,
                measure,
                asset,
                effect,
            } => self.taken.push(Taken {
                entry,
                instance: *instance,
                measure: *measure,
                asset: *asset,
                effect: *effect,
            }),
            Event::EvidencePreserved { asset, item, .. } => {
                self.preserved.push((entry, *asset, *item));
            }
            Event::MoneyReturned { money } => self.returned += money.0,
            Event::DataLost { span, .. } => self.data_lost = self.data_lost.max(*span),
            _ => {}
        }
    }

    fn add_story(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::ExerciseEnded { end } => {
                self.ended = Some(entry);
                self.end = *end;
                self.ended_at = entry.at;
            }
            Event::InjectDelivered { inject } => self.delivered[inject.index()].push(entry),
            Event::InjectSkipped { inject, .. } => {
                self.skipped[inject.index()].get_or_insert(entry);
            }
            Event::ExpectationMet { expectation } => {
                self.met[expectation.index()].get_or_insert(entry);
            }
            Event::ExpectationMissed { expectation } => {
                self.missed[expectation.index()].get_or_insert(entry);
            }
            Event::Decided { choice, incident } => {
                self.decided
                    .push((entry, choice.decision, choice.option, *incident));
            }
            Event::LogWritten { incident, .. } => self.logged.push((entry, *incident)),
            Event::ActionTaken {
                act: HumanAct::MoveClock { to },
            } => self.moved.push((entry, *to)),
            Event::ExpectationExcused { expectation, .. } => {
                self.excused[expectation.index()].get_or_insert(entry);
            }
            event if of_duty(event).is_some() => self.duties.push(entry),
            _ => {}
        }
    }

    /// The entry with a number, where the record has it.
    pub(super) fn entry(&self, number: u32) -> Option<&'a Entry> {
        // In a whole record each entry is in the place of its number.
        let usual = number.checked_sub(self.entries.first()?.number)? as usize;
        if let Some(entry) = self.entries.get(usual).filter(|it| it.number == number) {
            return Some(entry);
        }
        let at = self
            .entries
            .binary_search_by_key(&number, |entry| entry.number);
        at.ok().map(|i| &self.entries[i])
    }

    /// The entry that brought another about: earlier in number and not later in time, or none.
    pub(super) fn cause(&self, entry: &Entry) -> Option<&'a Entry> {
        let cause = self.entry(entry.cause?)?;
        (cause.number < entry.number && cause.at <= entry.at).then_some(cause)
    }

    /// An entry and everything that brought it about, backwards.
    pub(super) fn causes(&self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        std::iter::successors(Some(entry), |entry| self.cause(entry))
    }

    /// The course of an incident.
    pub(super) fn course(&self, incident: IncidentId) -> &Course<'a> {
        &self.courses[incident.index()]
    }

    /// Each piece of work of an incident.
    pub(super) fn works_of(
        &self,
        incident: IncidentId,
    ) -> impl Iterator<Item = (Instance, &Work<'a>)> {
        let works = self.works.iter();
        works.filter(move |(instance, _)| instance.incident == incident)
    }

    /// The messages that reveal something of an incident: injects and true signals.
    pub(super) fn revealing(&self, incident: IncidentId) -> impl Iterator<Item = &Letter<'a>> {
        let letters = self.letters.iter().map(|(_, letter)| letter);
        letters.filter(move |letter| letter.reveals_of(self.exercise, incident))
    }

    /// Whether it was the limit that ended the exercise, and not what happened in it. An `Elapsed`
    /// among the scenario's end conditions is a limit in other words.
    pub(super) fn ended_by_limit(&self) -> bool {
        match self.end {
            EndKind::Limit | EndKind::LimitBroken => true,
            EndKind::Stalled => false,
            EndKind::Condition => limits(&self.exercise.scenario().ends)
                .into_iter()
                .any(|at| at == self.ended_at),
        }
    }

    /// The first instant of an inject, with its entry.
    pub(super) fn delivery(&self, inject: InjectId) -> Option<&'a Entry> {
        self.delivered[inject.index()].first().copied()
    }

    /// How an expectation was answered.
    pub(super) fn answer(&self, id: ExpectationId) -> (Option<&'a Entry>, Option<&'a Entry>) {
        (self.met[id.index()], self.missed[id.index()])
    }

    /// The first fact of a kind that any role learned.
    pub(super) fn first_learned(
        &self,
        wanted: impl Fn(RoleId, Knowable) -> bool,
    ) -> Option<&'a Entry> {
        let by_role = self.learned.iter().enumerate();
        let firsts = by_role.filter_map(|(role, known)| {
            let mut known = known.iter();
            known
                .find(|(_, fact)| wanted(RoleId::new(role), *fact))
                .map(|(entry, _)| *entry)
        });
        firsts.min_by_key(|entry| entry.number)
    }
}

/// The instants at which an end condition holds for no other reason than that time has passed.
fn limits(condition: &Condition) -> Vec<ExerciseTime> {
    match condition {
        Condition::Is(Fact::Elapsed(span)) => vec![ExerciseTime::STARTEX + *span],
        Condition::Any(of) => of.iter().flat_map(limits).collect(),
        _ => Vec::new(),
    }
}
