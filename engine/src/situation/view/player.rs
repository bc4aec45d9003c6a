//! What a player may see: a copy of it, field by field.

use super::{
    AskedView, ClockView, Duty, Fact, From, IncidentView, Job, JobStage, Letter, PersonView,
    PlayerView, Question, RoomView, Stage, Told,
};
use crate::exercise::{
    Addressee, Exercise, IncidentId, Instance, Knowable, ObligationId, PersonId, Phase, RoleId,
};
use crate::record::{Origin, Reach};
use crate::situation::Situation;
use crate::situation::knowledge::{Learned, Source};
use crate::situation::messages::{Message, Standing};
use crate::situation::story::Decision;
use crate::situation::work::{Approval, Open, Piece, State};

impl Situation {
    /// What a player of these people may see.
    pub(super) fn player_view(&self, people: &[PersonId]) -> PlayerView {
        let known: Vec<PersonId> = people
            .iter()
            .copied()
            .filter(|person| person.index() < self.exercise.organisation().people.len())
            .collect();
        Looking {
            situation: self,
            roles: self.roles_of(&known),
            people: known,
        }
        .view()
    }

    /// The roles that some people hold, in order.
    fn roles_of(&self, people: &[PersonId]) -> Vec<RoleId> {
        let held = people.iter().flat_map(|person| self.roles_held(*person));
        let mut roles: Vec<RoleId> = held.copied().collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// What some people have to do with: for who decides whether an entry concerns them.
    pub(in crate::situation) fn looking(&self, people: &[PersonId]) -> Looking<'_> {
        Looking {
            situation: self,
            roles: self.roles_of(people),
            people: people.to_vec(),
        }
    }
}

/// A player who looks.
pub(in crate::situation) struct Looking<'s> {
    pub(in crate::situation) situation: &'s Situation,
    pub(in crate::situation) people: Vec<PersonId>,
    pub(in crate::situation) roles: Vec<RoleId>,
}

impl Looking<'_> {
    fn exercise(&self) -> &Exercise {
        &self.situation.exercise
    }

    fn view(&self) -> PlayerView {
        let situation = self.situation;
        let work = situation.work.pieces().filter(|piece| self.has(piece));
        let messages = situation.messages.all();
        PlayerView {
            clock: ClockView::of(situation.now(), &situation.control),
            people: self.people.iter().map(|of| self.person(*of)).collect(),
            roles: self.roles.clone(),
            letters: messages.iter().filter_map(|of| self.letter(of)).collect(),
            known: self.facts(),
            work: work.map(job).collect(),
            approvals: self.approvals(),
            clocks: self.duties(),
            decisions: self.questions(),
            asked: self.asked(),
            rooms: self.rooms(),
            incidents: self.incidents(),
        }
    }

    fn person(&self, person: PersonId) -> PersonView {
        let there = &self.situation.presences;
        PersonView {
            person,
            presence: there.presence(person),
            rests_until: there.rests_until(person),
            stand_in: self.situation.participants.has_stand_in(person),
        }
    }

    /// Who of those who are played has a message in hand, and how far they are with it.
    pub(in crate::situation) fn reader(&self, message: &Message) -> Option<(PersonId, Stage)> {
        let (by, stage) = match message.standing {
            Standing::Noticed(person) => (person, Stage::Unread),
            Standing::BeingRead(person) => (person, Stage::BeingRead),
            Standing::Read(person) => (person, Stage::Read),
            Standing::Withdrawn => (message.noticed_by?, Stage::Withdrawn),
            Standing::Unnoticed | Standing::DealtWith => return None,
        };
        self.people.contains(&by).then_some((by, stage))
    }

    fn letter(&self, message: &Message) -> Option<Letter> {
        let (by, stage) = self.reader(message)?;
        let opened = matches!(stage, Stage::BeingRead | Stage::Read);
        let inject = match message.origin {
            Origin::Inject { inject, .. } => Some(inject).filter(|_| opened),
            _ => None,
        };
        let scripted = inject.and_then(|of| self.exercise().scenario().injects.get(of.index()));
        let scripted = || scripted.map(|inject| inject.text.clone());
        let text = message.words.clone().or_else(scripted);
        let read = stage == Stage::Read;
        Some(Letter {
            message: message.id,
            kind: message.kind,
            from: self.sender(message),
            to: message.to,
            channel: message.channel_to(by),
            by,
            noticed: message.noticed.map(|stamp| stamp.at),
            stage,
            inject,
            text: text.filter(|_| opened).unwrap_or_default(),
            about: message.about().filter(|_| opened),
            reveals: message.reveals.iter().copied().filter(|_| read).collect(),
        })
    }

    fn sender(&self, message: &Message) -> From {
        match &message.origin {
            Origin::Inject { inject, .. } => {
                let described = self.exercise().scenario().injects.get(inject.index());
                described.map_or(From::Nobody, |inject| From::Named(inject.from.clone()))
            }
            Origin::Signal { source, .. } | Origin::FalseAlarm { source, .. } => {
                From::Source(*source)
            }
            Origin::Staff { group, .. } => From::Staff(*group),
            Origin::Outage { .. } => From::Watch,
            Origin::Facilitator { .. } => {
                let said_by = message.said_by.clone();
                said_by.map_or(From::Nobody, From::Named)
            }
            Origin::HandOn { .. }
            | Origin::Own { .. }
            | Origin::CallOut { .. }
            | Origin::Approval { .. }
            | Origin::Duty { .. } => message.from.map_or(From::Nobody, From::Person),
        }
    }

    fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for role in self.roles.iter().copied() {
            let learned = self.situation.knowledge.learned(role).iter();
            facts.extend(learned.map(|learned| (learned.since, self.fact(role, learned))));
        }
        facts.sort_by_key(|(since, _)| *since);
        facts.into_iter().map(|(_, fact)| fact).collect()
    }

    fn fact(&self, role: RoleId, learned: &Learned) -> Fact {
        let own = |message: &Message| self.reader(message).is_some();
        let source = match learned.source {
            Source::Message(id) => match self.situation.messages.get(id) {
                Some(message) if own(message) => Told::Message(id),
                _ => Told::Colleague,
            },
            Source::Role(role) => Told::Role(role),
            Source::Itself => Told::Itself,
            Source::Work(instance) => Told::Work(instance),
            Source::Unsaid => Told::Unknown,
        };
        Fact {
            role,
            fact: learned.fact,
            since: learned.since.at,
            source,
        }
    }

    /// Whether one of some roles is among those that are played.
    pub(in crate::situation) fn is_one_of(&self, to: Addressee) -> bool {
        self.are_among(self.exercise().roles(to))
    }

    fn are_among(&self, roles: &[RoleId]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }

    /// Whether a piece of work is theirs: somebody of their role knows of it, or they have or had it in hand.
    pub(in crate::situation) fn has(&self, piece: &Piece) -> bool {
        let mut hands = piece.hands.iter();
        hands.any(|person| self.people.contains(person)) || self.may_take(piece, piece.open())
    }

    /// Whether it was before the last entry about it.
    pub(in crate::situation) fn had(&self, piece: &Piece) -> bool {
        self.may_take(piece, piece.was)
    }

    /// Whether one of them may take a piece of work, as it is open: somebody whose work it is knows of it; they hold its
    /// role or stand in for it, or work escalates to them and this did.
    fn may_take(&self, piece: &Piece, open: Open) -> bool {
        let exercise = self.exercise();
        let may = |role: &RoleId| {
            let role = exercise.role(*role);
            let mut people = role.holders.iter().chain(&role.deputies);
            people.any(|person| self.people.contains(person))
        };
        let owners = || {
            let known = piece.instance.task.index() < exercise.task_count();
            let task = known.then(|| exercise.task(piece.instance.task));
            task.map_or(&[][..], |task| exercise.owners(task))
        };
        let handed = open.handed_to.as_ref().map(std::slice::from_ref);
        let mut targets = exercise.plan().escalation.to.iter();
        let mut is_target = || targets.any(|to| exercise.roles(*to).iter().any(may));
        let mut whose = handed.unwrap_or_else(owners).iter();
        open.told && (whose.any(may) || (open.reach == Reach::Target && is_target()))
    }

    /// Whether they read a request to approve a piece of work.
    pub(in crate::situation) fn was_asked_about(&self, instance: Instance) -> bool {
        let mut messages = self.situation.messages.all().iter();
        messages.any(|message| {
            let about =
                matches!(message.origin, Origin::Approval { instance: of } if of == instance);
            about && matches!(self.reader(message), Some((_, Stage::Read)))
        })
    }

    fn approvals(&self) -> Vec<Instance> {
        let situation = self.situation;
        let waits = |message: &Message| {
            let Origin::Approval { instance } = message.origin else {
                return None;
            };
            let read = matches!(self.reader(message), Some((_, Stage::Read)));
            let piece = situation.work.get(instance)?;
            (read && piece.waits_for_approval_of().is_some()).then_some(instance)
        };
        let mut waiting: Vec<_> = situation.messages.all().iter().filter_map(waits).collect();
        waiting.sort_unstable();
        waiting.dedup();
        waiting
    }

    /// Whether an obligation is theirs to see to.
    pub(in crate::situation) fn sees_to(&self, obligation: ObligationId) -> bool {
        let described = self.exercise().plan().obligations.get(obligation.index());
        described.is_some_and(|described| self.is_one_of(described.by))
    }

    fn duties(&self) -> Vec<Duty> {
        let obligations = 0..self.exercise().plan().obligations.len();
        let theirs = obligations
            .map(ObligationId::new)
            .filter(|of| self.sees_to(*of));
        let incidents = self.exercise().scenario().incidents.len();
        let pairs = theirs.flat_map(|of| (0..incidents).map(move |i| (of, IncidentId::new(i))));
        let started = pairs.filter_map(|(obligation, incident)| {
            let clock = self.situation.clocks.get(obligation, incident);
            Some(Duty {
                obligation,
                incident,
                due: clock.due()?,
                met: clock.met.map(|met| met.at),
                not_required: clock.not_required.map(|(when, _)| when.at),
            })
        });
        started.collect()
    }

    fn questions(&self) -> Vec<Question> {
        let decisions = self.exercise().plan().decisions.iter().enumerate();
        let theirs = decisions.filter(|(_, decision)| self.is_one_of(decision.by));
        let open = theirs.filter_map(|(i, _)| {
            let decision = crate::exercise::DecisionId::new(i);
            let (since, taken) = match self.situation.story.decision(decision) {
                Decision::Closed => return None,
                Decision::Open(since, _) => (since, None),
                Decision::Taken(when, option) => (when, Some(option)),
            };
            Some(Question {
                decision,
                since: since.at,
                taken,
            })
        });
        open.collect()
    }

    fn asked(&self) -> Vec<AskedView> {
        let questions = self.situation.talk.questions().iter();
        let own = questions.filter(|question| self.people.contains(&question.by));
        let seen = own.map(|question| AskedView {
            entry: question.asked.entry,
            by: question.by,
            at: question.asked.at,
            text: question.text.clone(),
            answer: question.answer.as_ref().map(|(_, text)| text.clone()),
        });
        seen.collect()
    }

    fn rooms(&self) -> Vec<RoomView> {
        let incidents = (0..self.exercise().scenario().incidents.len()).map(IncidentId::new);
        let theirs = incidents.filter(|incident| self.is_in_room(*incident));
        let rooms = theirs.map(|incident| RoomView {
            incident,
            present: self.situation.rooms.present(incident).to_vec(),
        });
        rooms.collect()
    }

    /// Whether one of them is in the room of an incident.
    pub(in crate::situation) fn is_in_room(&self, incident: IncidentId) -> bool {
        let mut people = self.people.iter();
        people.any(|person| self.situation.rooms.is_present(incident, *person))
    }

    /// Whether they know that an incident was declared, or lead or work on it in its room.
    pub(in crate::situation) fn speaks_of(&self, incident: IncidentId) -> bool {
        let declared = Knowable::Declared(incident);
        let mut roles = self.roles.iter();
        let known = roles.any(|role| self.situation.knowledge.known(*role).has(declared));
        known || self.is_in_room(incident)
    }

    fn incidents(&self) -> Vec<IncidentView> {
        let courses = self.situation.courses.iter();
        let theirs = courses.filter(|(incident, _)| self.speaks_of(*incident));
        let views = theirs.map(|(incident, course)| {
            let declared = Phase::ALL.iter().filter_map(|phase| {
                let since = course.phase(*phase).declared?;
                Some((*phase, since.at))
            });
            IncidentView {
                incident,
                severity: course.classified.map(|of| of.severity),
                category: course.classified.map(|of| of.category),
                manager: course.manager.map(|(_, person)| person),
                scope: course.in_scope.clone(),
                declared: declared.collect(),
                rejected: course.rejected.is_some(),
            }
        });
        views.collect()
    }
}

/// A piece of work, as who has to do with it sees it.
fn job(piece: &Piece) -> Job {
    Job {
        instance: piece.instance,
        stage: stage(piece.state),
        since: piece.since.at,
        on: piece.on,
        people: piece.people.to_vec(),
        role: piece.role,
        asked: piece.waits_for_approval_of(),
        approved: matches!(piece.approval, Approval::Given(_)),
    }
}

const fn stage(state: State) -> JobStage {
    match state {
        State::Waiting => JobStage::Waiting,
        State::Paused(reason) => JobStage::Paused(reason),
        State::TakingOver => JobStage::TakingOver,
        State::Running | State::Redoing => JobStage::Running,
        State::Interrupted => JobStage::Interrupted,
        State::Done | State::Flawed => JobStage::Claimed,
        State::Reopened => JobStage::Reopened,
        State::Failed => JobStage::GivenUp,
        State::NoTarget => JobStage::NothingToDo,
        State::Skipped(_) => JobStage::LeftOut,
    }
}
