//! Small records for tests, told entry by entry: what a test sets is what it is about.

use super::{Baselines, Category, Evaluation, TracePart, evaluate};
use crate::exercise::{
    AssetId, AssetKind, AssetState, Capability, Effect, Exercise, ExerciseTime, ExpectationId, Few,
    IncidentId, InjectId, Instance, Knowable, Limit, Mark, Measure, MessageId, Mode, Money, Object,
    Parts, PersonId, Phase, Priority, RoleId, Severity, Span, StakeholderKind, StepId, Target,
    TaskId,
};
use crate::record::{Actor, EndKind, Entry, Event, Header, MessageKind, Origin, Outcome, Record};
use crate::simulation::fixture;
use std::sync::Arc;

/// No cause.
pub(super) const NOTHING: u32 = 0;

/// The only incident.
pub(super) fn incident() -> IncidentId {
    IncidentId::new(0)
}

/// The nth task of [`plan_and_attack`].
pub(super) fn work(task: usize) -> Instance {
    Instance {
        task: TaskId::new(task),
        incident: incident(),
        ordinal: 1,
    }
}

/// The tasks of [`plan_and_attack`], by position.
pub(super) const DECLARE: usize = 0;
pub(super) const ISOLATE: usize = 2;
pub(super) const NOTIFY: usize = 3;
pub(super) const RESTORE: usize = 4;
pub(super) const TRIAGE: usize = 5;

/// A person without deputy who holds the only role; two assets; one step that compromises all; a
/// plan of six tasks with a target of an hour for each phase from Identification to Recovery; an
/// inject with an expectation to declare within an hour, which an objective cannot do without; a
/// duty of law to tell an authority within a day. The incident is of high severity.
pub(super) fn plan_and_attack() -> Parts {
    let mut parts = fixture::parts();
    parts.organisation.assets = vec![
        fixture::asset("files", AssetKind::FileServer),
        fixture::asset("mail", AssetKind::MailServer),
    ];
    let source = fixture::source("siem", crate::exercise::SourceKind::Siem);
    parts.organisation.sources = vec![source];
    parts.scenario.steps = vec![fixture::step("spread", Effect::Compromise)];
    let authority = StakeholderKind::SectorRegulator;
    let affected = fixture::task_on_affected;
    let mut notify = fixture::task("notify", Phase::Response, Measure::Notify);
    notify.does = vec![fixture::act(
        Measure::Notify,
        Object::Stakeholder(authority),
    )];
    parts.plan.tasks = vec![
        fixture::task("declare", Phase::Assessment, Measure::Declare),
        affected("evict", Phase::Resolution, Measure::Evict),
        affected("isolate", Phase::Response, Measure::Isolate),
        notify,
        affected("restore", Phase::Recovery, Measure::Restore),
        fixture::task("triage", Phase::Assessment, Measure::Triage),
    ];
    parts.plan.classification.rules = vec![crate::exercise::SeverityRule {
        level: Severity::High,
        impact: None,
        when: crate::exercise::Condition::Is(crate::exercise::Fact::InState(
            crate::exercise::Selector::Everything,
            AssetState::Compromised,
        )),
    }];
    parts.yardstick.rules = parts.plan.classification.rules.clone();
    parts.yardstick.targets = Phase::ALL[..5].iter().map(|phase| target(*phase)).collect();
    let mut duty = fixture::obligation("tell", authority);
    duty.law = Some("Act".to_owned());
    duty.within = Limit::Elapsed(Span::DAY);
    duty.task = Some(TaskId::new(NOTIFY));
    duty.weight = 200;
    parts.plan.obligations = vec![duty];
    parts.scenario.injects = vec![fixture::inject("call")];
    let declare = fixture::act(Measure::Declare, Object::Incident);
    parts.scenario.expectations = vec![fixture::expectation("declared", declare)];
    let mut objective = fixture::objective("o1", Capability::Activate);
    objective.critical = vec![ExpectationId::new(0)];
    parts.scenario.objectives = vec![objective];
    parts
}

/// An hour until a phase is complete at high severity.
pub(super) fn target(phase: Phase) -> Target {
    Target {
        phase,
        severity: Severity::High,
        reached: None,
        completed: Some(Limit::Elapsed(Span::HOUR)),
        origin: None,
    }
}

/// A record in the making.
pub(super) struct Story {
    exercise: Arc<Exercise>,
    entries: Vec<Entry>,
}

impl Story {
    /// An empty record of an exercise.
    pub(super) fn of(parts: Parts) -> Self {
        Self {
            exercise: Arc::new(Exercise::new(parts).unwrap()),
            entries: Vec::new(),
        }
    }

    /// A record that starts.
    pub(super) fn started(parts: Parts) -> Self {
        let mut story = Self::of(parts);
        story.add(0, NOTHING, Event::ExerciseStarted {});
        story
    }

    /// A signal at 0, seen at 10; triage until 20, declaration until 30. With the number of the entry
    /// by which it was declared.
    pub(super) fn declared(parts: Parts) -> (Self, u32) {
        let mut story = Self::started(parts);
        let hit = story.hit(0, 0);
        let sent = story.signal(0, hit, 1);
        let read = story.read(10, sent, 1);
        story.mark(10, read, Mark::Seen);
        story.reached(10, read, Phase::Identification);
        let compromised = Knowable::Asset(incident(), AssetId::new(0), AssetState::Compromised);
        story.learned(10, read, compromised);
        let triaged = story.done(10, 20, read, TRIAGE);
        story.mark(20, triaged, Mark::Reported);
        story.completed(20, triaged, Phase::Identification);
        let declared = story.done(20, 30, triaged, DECLARE);
        story.mark(30, declared, Mark::Declared);
        (story, declared)
    }

    /// Adds what happened after so many minutes; returns its number.
    pub(super) fn add(&mut self, minutes: i64, cause: u32, event: Event) -> u32 {
        let number = self.entries.len() as u32 + 1;
        self.entries.push(Entry {
            number,
            at: ExerciseTime(Span::minutes(minutes).0),
            wall: None,
            actor: Actor::Rules {},
            cause: (cause != NOTHING).then_some(cause),
            event,
        });
        number
    }

    /// Adds what somebody did after so many minutes.
    pub(super) fn add_by(&mut self, minutes: i64, actor: Actor, event: Event) -> u32 {
        let number = self.add(minutes, NOTHING, event);
        if let Some(entry) = self.entries.last_mut() {
            entry.actor = actor;
        }
        number
    }

    /// Adds the end after so many minutes.
    pub(super) fn end(&mut self, minutes: i64, end: EndKind) -> u32 {
        self.add(minutes, NOTHING, Event::ExerciseEnded { end })
    }

    /// The record so far.
    pub(super) fn record(&self) -> Record {
        Record {
            header: Header {
                engine_version: String::new(),
                seed: 1,
                run: 0,
                mode: Mode::Simulated,
                assisted: false,
                definitions: Vec::new(),
                actions: None,
                attendance: Vec::new(),
                exercise: Arc::clone(&self.exercise),
            },
            entries: self.entries.clone(),
        }
    }

    /// What the record is worth.
    pub(super) fn evaluation(&self) -> Evaluation {
        evaluate(&self.exercise, &self.record(), Baselines::default())
    }

    /// What the time of a phase was made of, in minutes.
    pub(super) fn made_of(&self, phase: Phase) -> Vec<(Category, i64)> {
        let evaluation = self.evaluation();
        minutes(&evaluation.main().phases[phase.index()].made_of)
    }

    /// A step takes effect on an asset.
    pub(super) fn hit(&mut self, at: i64, asset: usize) -> u32 {
        let hit = self.hit_by(at, 0, asset);
        self.state(at, hit, asset, AssetState::Compromised, true);
        hit
    }

    /// A step takes effect on an asset, and leaves no state.
    pub(super) fn hit_by(&mut self, at: i64, step: usize, asset: usize) -> u32 {
        self.add(
            at,
            NOTHING,
            Event::StepTookEffect {
                step: StepId::new(step),
                asset: AssetId::new(asset),
                records: 0,
                money: Money(0),
            },
        )
    }

    /// An asset comes into a state, or leaves it.
    pub(super) fn state(
        &mut self,
        at: i64,
        cause: u32,
        asset: usize,
        state: AssetState,
        on: bool,
    ) -> u32 {
        self.add(
            at,
            cause,
            Event::AssetChanged {
                asset: AssetId::new(asset),
                incident: Some(incident()),
                state,
                on,
            },
        )
    }

    /// A message is sent that reveals that the incident is real and that the first asset is
    /// compromised.
    pub(super) fn sent(
        &mut self,
        at: i64,
        cause: u32,
        message: u32,
        kind: MessageKind,
        origin: Origin,
    ) -> u32 {
        self.add(
            at,
            cause,
            Event::MessageSent {
                message: MessageId(message),
                kind,
                origin,
                to: RoleId::new(0),
                people: vec![PersonId::new(0)].into(),
                channel: None,
                reveals: vec![
                    Knowable::Real(incident()),
                    Knowable::Asset(incident(), AssetId::new(0), AssetState::Compromised),
                ],
            },
        )
    }

    /// A source raises a signal, which is sent at once.
    pub(super) fn signal(&mut self, at: i64, cause: u32, message: u32) -> u32 {
        let (source, step, asset) = (
            crate::exercise::SourceId::new(0),
            StepId::new(0),
            AssetId::new(0),
        );
        let raised = self.add(
            at,
            cause,
            Event::SignalRaised {
                source,
                step,
                asset,
            },
        );
        let origin = Origin::Signal {
            source,
            step,
            asset,
        };
        let sent = self.sent(at, raised, message, MessageKind::Alert, origin);
        self.mark(at, sent, Mark::Observable);
        sent
    }

    /// Somebody notices a message.
    pub(super) fn noticed(&mut self, at: i64, cause: u32, message: u32) -> u32 {
        let (message, person) = (MessageId(message), PersonId::new(0));
        self.add(at, cause, Event::MessageNoticed { message, person })
    }

    /// Somebody starts to read a message.
    pub(super) fn reading(&mut self, at: i64, cause: u32, message: u32) -> u32 {
        let (message, person) = (MessageId(message), PersonId::new(0));
        self.add(at, cause, Event::ReadingStarted { message, person })
    }

    /// Somebody has read a message.
    pub(super) fn read(&mut self, at: i64, cause: u32, message: u32) -> u32 {
        let (message, person) = (MessageId(message), PersonId::new(0));
        self.add(at, cause, Event::MessageRead { message, person })
    }

    /// A mark is reached.
    pub(super) fn mark(&mut self, at: i64, cause: u32, mark: Mark) -> u32 {
        let incident = incident();
        self.add(at, cause, Event::MarkReached { incident, mark })
    }

    /// A phase is reached.
    pub(super) fn reached(&mut self, at: i64, cause: u32, phase: Phase) -> u32 {
        let incident = incident();
        self.add(at, cause, Event::PhaseReached { incident, phase })
    }

    /// A phase is complete.
    pub(super) fn completed(&mut self, at: i64, cause: u32, phase: Phase) -> u32 {
        let incident = incident();
        self.add(at, cause, Event::PhaseCompleted { incident, phase })
    }

    /// Work is ready.
    pub(super) fn ready(&mut self, at: i64, cause: u32, task: usize) -> u32 {
        let (instance, priority) = (work(task), Priority::P1);
        self.add(at, cause, Event::TaskReady { instance, priority })
    }

    /// An attempt at work starts.
    pub(super) fn start(&mut self, at: i64, cause: u32, task: usize, attempt: u16) -> u32 {
        self.add(
            at,
            cause,
            Event::TaskStarted {
                instance: work(task),
                people: vec![PersonId::new(0)].into(),
                role: RoleId::new(0),
                attempt,
            },
        )
    }

    /// An attempt at work ends.
    pub(super) fn ended(&mut self, at: i64, cause: u32, task: usize, outcome: Outcome) -> u32 {
        let instance = work(task);
        self.add(at, cause, Event::TaskEnded { instance, outcome })
    }

    /// Work that is ready is done at once, without a wait.
    pub(super) fn done(&mut self, from: i64, until: i64, cause: u32, task: usize) -> u32 {
        let ready = self.ready(from, cause, task);
        let start = self.start(from, ready, task, 1);
        self.ended(until, start, task, Outcome::Done)
    }

    /// A measure is truly taken on an asset.
    pub(super) fn taken(
        &mut self,
        at: i64,
        cause: u32,
        task: usize,
        measure: Measure,
        asset: usize,
    ) -> u32 {
        self.add(
            at,
            cause,
            Event::MeasureTaken {
                instance: work(task),
                role: RoleId::new(0),
                measure,
                asset: Some(AssetId::new(asset)),
                effect: true,
            },
        )
    }

    /// The incident is declared, by the entry that an expectation to declare goes by.
    pub(super) fn declares(&mut self, at: i64, cause: u32) -> u32 {
        let taken = Event::MeasureTaken {
            instance: work(DECLARE),
            role: RoleId::new(0),
            measure: Measure::Declare,
            asset: None,
            effect: true,
        };
        self.add(at, cause, taken)
    }

    /// The authority is told, by the entry that an expectation to tell it goes by.
    pub(super) fn tells(&mut self, at: i64, cause: u32) -> u32 {
        let told = Event::StakeholderNotified {
            instance: work(NOTIFY),
            role: RoleId::new(0),
            stakeholder: StakeholderKind::SectorRegulator,
            content: Few::new(),
        };
        self.add(at, cause, told)
    }

    /// The inject is delivered.
    pub(super) fn inject(&mut self, at: i64, cause: u32) -> u32 {
        let inject = InjectId::new(0);
        self.add(at, cause, Event::InjectDelivered { inject })
    }

    /// A role comes to know something.
    pub(super) fn learned(&mut self, at: i64, cause: u32, fact: Knowable) -> u32 {
        let role = RoleId::new(0);
        self.add(at, cause, Event::FactLearned { role, fact })
    }
}

/// Parts of a trace in minutes.
pub(super) fn minutes(parts: &[TracePart]) -> Vec<(Category, i64)> {
    let length = |part: &TracePart| (part.until - part.from).0 / Span::MINUTE.0;
    parts
        .iter()
        .map(|part| (part.category, length(part)))
        .collect()
}
