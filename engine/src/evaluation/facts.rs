//! A reader over a record: indexes that are built once and asked many times.
//!
//! It is total: a record with entries missing gives fewer facts, never a panic. What it says comes
//! from the entries alone; the world that made them is not consulted.

mod alarms;
mod asset;
mod chains;
mod course;
mod found;
mod letter;
mod work;

pub(super) use alarms::{Alarms, Nights, apart};
pub(super) use asset::{Calls, Hit, StateSpan, States, Struck};
pub(super) use course::Course;
pub(super) use letter::{Letter, Letters};
pub(super) use work::{Measures, Taken, Work, Works};

use super::as_said::known_before;
use super::criteria::Criteria;
use super::expectations;
use super::model::ExpectationVerdict;
use super::truth::{Topics, Turn, Turning, ended_by_itself};
use crate::exercise::{
    AssetId, DecisionId, EvidenceItem, Exercise, ExerciseTime, IncidentId, InjectId, Instance,
    Knowable, OptionId, RoleId, Span, Yardstick,
};
use crate::record::{Actor, EndKind, Entry, Event, HumanAct};
use crate::situation::clocks::Clocks;
use crate::situation::rooms::Rooms;

/// A fact that a role learned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Learned<'a> {
    /// The entry that says so.
    pub(super) entry: &'a Entry,
    /// The role.
    pub(super) role: RoleId,
    /// The fact.
    pub(super) fact: Knowable,
}

/// What a record says, by what it speaks of.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another thing to know of a run"
)]
pub(super) struct Facts<'a> {
    /// The exercise.
    pub(super) exercise: &'a Exercise,
    /// What every run of it is judged by.
    pub(super) criteria: &'a Criteria,
    /// By what the run is judged.
    pub(super) yardstick: &'a Yardstick,
    /// Whether tasks weigh what the plan says, as where it is held against itself.
    pub(super) plan_weighs: bool,
    /// Every entry, in order.
    pub(super) entries: &'a [Entry],
    /// Those by which the truth may turn, in order.
    pub(super) turns: Vec<Turn<'a>>,
    /// ENDEX, where the record has it. Without it nothing is known to be missing.
    pub(super) ended: Option<&'a Entry>,
    /// How it ended; `None` in a record that was not finished, or was cut off.
    pub(super) end: Option<EndKind>,
    /// When it ended: the last entry's instant in a record that was cut off.
    pub(super) ended_at: ExerciseTime,
    /// Each piece of work.
    pub(super) works: Works<'a>,
    /// Each message.
    pub(super) letters: Letters<'a>,
    /// When people looked into false alarms.
    pub(super) alarms: Alarms,
    /// When people slept.
    pub(super) nights: Nights,
    /// The entry by which people began to act before STARTEX.
    pub(super) began_early: Option<&'a Entry>,
    /// Each incident, in the order of ids.
    pub(super) courses: Vec<Course<'a>>,
    /// Who was in which room when.
    pub(super) rooms: Rooms,
    /// Measures that were taken.
    pub(super) taken: Measures<'a>,
    /// Each time that a stakeholder was told.
    pub(super) told: Vec<&'a Entry>,
    /// Evidence that was secured: on which asset, which item.
    pub(super) preserved: Vec<(&'a Entry, crate::exercise::AssetId, EvidenceItem)>,
    /// What the attack did to assets.
    pub(super) hits: Vec<Hit<'a>>,
    /// States that assets were in.
    pub(super) states: States<'a>,
    /// What was touched by the attack or out of service by it, by incident, then asset.
    pub(super) struck: Vec<Struck>,
    /// Money that was returned.
    pub(super) returned: i64,
    /// Data lost on restore, the longest of any asset.
    pub(super) data_lost: Span,
    /// Facts learned, in order.
    pub(super) learned: Vec<Learned<'a>>,
    /// The first delivery of each inject.
    delivered: Vec<Option<&'a Entry>>,
    /// Injects that were left out.
    pub(super) skipped: Vec<Option<&'a Entry>>,
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
    /// By incident, then cluster of assets: since when an investigation would have found it.
    found: Vec<Option<ExerciseTime>>,
    /// Whether the exercise ended by something that the team did not bring about, before everything had
    /// the time that it needed.
    pub(super) cut_short: bool,
    /// How each expectation was answered, in the order of ids.
    pub(super) expected: Vec<ExpectationVerdict>,
    /// Whether a human brought about any of it.
    pub(super) humans: bool,
    /// Whether everybody knew the truth, as in the ideal response.
    pub(super) omniscient: bool,
}

impl<'a> Facts<'a> {
    /// Reads the entries of a record.
    pub(super) fn read(
        exercise: &'a Exercise,
        criteria: &'a Criteria,
        entries: &'a [Entry],
    ) -> Self {
        let mut facts = Self::none(exercise, criteria, entries);
        let mut turning = Turning::new(criteria.asked);
        let mut anybody_played = false;
        for entry in entries {
            anybody_played |= matches!(entry.actor, Actor::Played { .. } | Actor::StandIn { .. });
            let acted = matches!(entry.actor, Actor::Played { .. } | Actor::Facilitator {});
            facts.humans |= acted && !entry.event.may_follow_end();
            let changes = facts.add(entry);
            if let Some(turn) = turning.turn(entry, changes) {
                facts.turns.push(turn);
            }
        }
        if !anybody_played {
            // Nobody was stood in for: the time that was passed over went by for everybody.
            facts.moved.clear();
        }
        let struck = asset::struck(&facts.hits, &facts.states, &|number| facts.entry(number));
        facts.struck = struck;
        facts.found = found::since(&facts);
        facts.cut_short = facts.is_cut_short();
        facts.expected = expectations::verdicts(&facts);
        facts
    }

    /// Nothing read yet. What most entries are about has room from the first, so that reading asks for
    /// memory once for each list.
    fn none(exercise: &'a Exercise, criteria: &'a Criteria, entries: &'a [Entry]) -> Self {
        let scenario = exercise.scenario();
        let incidents = 0..scenario.incidents.len();
        let assets = exercise.organisation().assets.len();
        let last = entries.last();
        Self {
            exercise,
            criteria,
            yardstick: exercise.yardstick(),
            plan_weighs: false,
            entries,
            turns: Vec::with_capacity(entries.len() / 2),
            ended: None,
            end: None,
            ended_at: last.map_or(ExerciseTime::STARTEX, |entry| entry.at),
            works: Works::none(exercise.task_count(), entries.len() / 2),
            letters: Letters::none(entries.len() / 4),
            alarms: Alarms::default(),
            nights: Nights::default(),
            began_early: None,
            courses: incidents.map(|i| Course::new(IncidentId::new(i))).collect(),
            rooms: Rooms::new(exercise),
            taken: Measures::none(assets),
            told: Vec::new(),
            preserved: Vec::new(),
            hits: Vec::new(),
            states: States::none(assets),
            struck: Vec::new(),
            returned: 0,
            data_lost: Span::ZERO,
            learned: Vec::with_capacity(entries.len() / 2),
            delivered: vec![None; scenario.injects.len()],
            skipped: vec![None; scenario.injects.len()],
            excused: vec![None; scenario.expectations.len()],
            decided: Vec::new(),
            duties: Vec::new(),
            logged: Vec::new(),
            moved: Vec::new(),
            found: Vec::new(),
            cut_short: false,
            expected: Vec::new(),
            humans: false,
            omniscient: false,
        }
    }

    /// Notes an entry, and says what it changes of what is true.
    fn add(&mut self, entry: &'a Entry) -> Topics {
        match &entry.event {
            Event::FactLearned { role, fact } => {
                self.learned.push(Learned {
                    entry,
                    role: *role,
                    fact: *fact,
                });
                return Topics::NONE;
            }
            // Nothing asks when a copy was sent.
            Event::MessageNoticed { .. }
            | Event::ReadingStarted { .. }
            | Event::MessageRead { .. }
            | Event::MessageCopied { .. } => {
                self.add_reading(entry);
                return Topics::NONE;
            }
            Event::RestBegan { person, until } => self.nights.add(*person, entry.at, *until),
            Event::MessageSent { .. }
            | Event::MessageResent { .. }
            | Event::MessageWithdrawn { .. }
            | Event::MessageUnreachable { .. } => self.add_word(entry),
            Event::TaskReady { instance, .. }
            | Event::TaskTold { instance }
            | Event::ApprovalAsked { instance, .. }
            | Event::ApprovalGiven { instance, .. }
            | Event::ApprovalRefused { instance, .. }
            | Event::TaskStarted { instance, .. }
            | Event::TaskPaused { instance, .. }
            | Event::TaskResumed { instance, .. }
            | Event::HandoverEnded { instance }
            | Event::TaskEnded { instance, .. }
            | Event::TaskSkipped { instance, .. }
            | Event::TaskReopened { instance }
            | Event::TaskClosed { instance } => self.works.add(*instance, entry),
            Event::StakeholderNotified { instance, .. } => {
                self.works.add(*instance, entry);
                self.told.push(entry);
            }
            Event::MeasureTaken { instance, .. } | Event::EvidencePreserved { instance, .. } => {
                self.works.add(*instance, entry);
                self.add_truth(entry);
            }
            Event::MarkReached { incident, .. }
            | Event::PhaseReached { incident, .. }
            | Event::PhaseCompleted { incident, .. }
            | Event::PhaseReopened { incident, .. }
            | Event::PhaseDeclaredComplete { incident, .. }
            | Event::PhaseNotApplicable { incident, .. }
            | Event::Contained { incident }
            | Event::ContainmentLost { incident }
            | Event::Classified { incident, .. }
            | Event::IncidentRejected { incident, .. } => {
                if let Some(course) = self.courses.get_mut(incident.index()) {
                    course.add(entry);
                }
            }
            Event::RoomOpened { .. } | Event::RoomJoined { .. } | Event::RoomLeft { .. } => {
                self.rooms.apply(entry);
            }
            Event::StepTookEffect { .. }
            | Event::AssetChanged { .. }
            | Event::MoneyReturned { .. }
            | Event::DataLost { .. } => self.add_truth(entry),
            _ => self.add_story(entry),
        }
        Topics::of_event(&entry.event)
    }

    fn add_reading(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::MessageNoticed { message, .. } => {
                self.letters.note(*message).noticed.get_or_insert(entry);
            }
            Event::ReadingStarted { message, person } => {
                self.alarms
                    .begin(self.exercise, &self.letters, entry, (*message, *person));
            }
            Event::MessageRead { message, person } => {
                self.letters.note(*message).read.get_or_insert(entry);
                self.alarms.end(entry, *person);
            }
            _ => {}
        }
    }

    fn add_word(&mut self, entry: &'a Entry) {
        let first = match &entry.event {
            Event::MessageSent { message, .. } => &mut self.letters.note(*message).sent,
            Event::MessageWithdrawn { message } => &mut self.letters.note(*message).withdrawn,
            Event::MessageUnreachable { message } => &mut self.letters.note(*message).unreachable,
            Event::MessageResent { message, .. } => {
                return self.letters.note_resent(*message, entry);
            }
            _ => return,
        };
        first.get_or_insert(entry);
    }

    fn add_truth(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::StepTookEffect { step, asset, .. } => {
                self.hits
                    .push(Hit::new(self.exercise, entry, *step, *asset));
            }
            Event::AssetChanged { .. } => self.states.add(entry),
            Event::MeasureTaken {
                instance,
                measure,
                asset,
                effect,
                ..
            } => self.taken.add(Taken {
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
                self.end = Some(*end);
                self.ended_at = entry.at;
            }
            Event::InjectDelivered { inject } => {
                self.delivered[inject.index()].get_or_insert(entry);
            }
            Event::InjectSkipped { inject, .. } => {
                self.skipped[inject.index()].get_or_insert(entry);
            }
            Event::Decided { choice, incident } => {
                self.decided
                    .push((entry, choice.decision, choice.option, *incident));
            }
            Event::BeganEarly { .. } => self.began_early = Some(entry),
            Event::LogWritten { incident, .. } => self.logged.push((entry, *incident)),
            Event::ActionTaken {
                act: HumanAct::MoveClock { to },
            } => self.moved.push((entry, *to)),
            Event::ExpectationExcused { expectation, .. } => {
                self.excused[expectation.index()].get_or_insert(entry);
            }
            event if Clocks::about(event).is_some() => self.duties.push(entry),
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

    /// The number before which entries could be known of by who acts in this one.
    pub(super) fn known_before(&self, entry: &Entry) -> u32 {
        known_before(self.entries, entry)
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

    /// Whether it was a limit, the facilitator or the attack that ended the exercise, and not what the team
    /// did in it; or whether nobody knows, since the record has no ENDEX. A run
    /// that stalled had all the time that it needed: nothing could have come of more.
    fn is_cut_short(&self) -> bool {
        match self.end {
            None | Some(EndKind::Limit | EndKind::LimitBroken | EndKind::Facilitator) => true,
            Some(EndKind::Stalled) => false,
            Some(EndKind::Condition) => {
                let scenario = self.exercise.scenario();
                ended_by_itself(self, scenario.main, &scenario.ends)
            }
        }
    }

    /// Whether an investigation would have found an asset by an instant: a path or a dependency connects
    /// it to one that word had come of, or that anybody knew to be affected.
    pub(super) fn is_found(&self, incident: IncidentId, asset: AssetId, by: ExerciseTime) -> bool {
        let clusters = &self.criteria.clusters;
        let place = incident.index() * clusters.len() + clusters[asset.index()];
        let since = self.found.get(place).copied().flatten();
        since.is_some_and(|since| since <= by)
    }

    /// The first instant of an inject, with its entry.
    pub(super) fn delivery(&self, inject: InjectId) -> Option<&'a Entry> {
        self.delivered[inject.index()]
    }

    /// The first fact of a kind that any role learned.
    pub(super) fn first_learned(&self, wanted: impl Fn(Knowable) -> bool) -> Option<&'a Entry> {
        let mut learned = self.learned.iter();
        let first = learned.find(|learned| wanted(learned.fact));
        first.map(|learned| learned.entry)
    }
}
