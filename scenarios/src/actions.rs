//! Files of human acts: from text to what the engine plays, and back.

mod write;

pub use write::actions_text;

use crate::definition::{
    self, Actions, Deed, HumanEntry, Name, OnTask, PieceOfWork, RemarkMade, SeatTaken,
    Selector as Choice, StartOfWork,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::load::{outer_name, unreadable};
use crate::read::{Decode, Reader};
use crate::source::{Source, Spanned};
use crate::syntax::{self, Node};
use hotwash_engine::exercise::{
    Act, Exercise, Identified, IncidentId, Measure, MessageId, Object, ObjectiveId, PersonId,
    Selector, Slug,
};
use hotwash_engine::record::{Action, Chosen, Edit, Hand, HumanAct, Remark, Seat, Ticked, Which};

/// The outer name of a file of human acts.
const OUTER: &str = "Actions";

/// Reads a file of human acts against the exercise in which they are played. `Err`: what is wrong
/// with it.
pub fn actions(source: &Source, exercise: &Exercise) -> Result<Vec<Action>, Vec<Diagnostic>> {
    if let Some(problem) = unreadable(source, 0) {
        return Err(vec![problem]);
    }
    let parsed = syntax::parse(source, 0);
    let mut problems = parsed.problems;
    let mut reader = Reader::new(source);
    let root = parsed.root.filter(|_| problems.is_empty());
    let file = root.and_then(|root| outer(&root, &mut reader));
    problems.extend(reader.finish().0);
    let mut resolver = Resolver { exercise, problems };
    let entries = file.map_or_else(Vec::new, |file| file.acts);
    let read: Vec<Option<Action>> = entries.iter().map(|entry| resolver.action(entry)).collect();
    if resolver.problems.is_empty() {
        Ok(read.into_iter().flatten().collect())
    } else {
        Err(resolver.problems)
    }
}

fn outer(root: &Node<'_>, reader: &mut Reader<'_>) -> Option<Actions> {
    let (name, inner) = outer_name(root, reader)?;
    if name.value == OUTER {
        return Decode::decode(inner, reader);
    }
    let message = format!(
        "a file of human acts starts with `{OUTER}(`, not `{}(`",
        name.value
    );
    reader.report(Diagnostic::new(Code::WrongFile, message, name.place));
    None
}

/// Finds what the acts name.
struct Resolver<'e> {
    exercise: &'e Exercise,
    problems: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn action(&mut self, entry: &HumanEntry) -> Option<Action> {
        let person = match &entry.person {
            Some(name) => Some(self.find(name, Code::UnknownPerson)?),
            None => None,
        };
        Some(Action {
            at: entry.at.value,
            person,
            does: self.deed(&entry.does)?,
            hand: self.hand(entry),
        })
    }

    /// By whose hand an act is entered. What is said of a time without a scribe is told.
    fn hand(&mut self, entry: &HumanEntry) -> Option<Hand> {
        let as_of = entry.as_of.as_ref();
        let Some(scribe) = &entry.scribe else {
            if let Some(as_of) = as_of {
                let message = "`as_of` says when an act was done that a scribe enters";
                let problem = Diagnostic::new(Code::NoEffect, message, as_of.place);
                self.problems
                    .push(problem.help("say who enters it: `scribe: \"..\"`"));
            }
            return None;
        };
        Some(Hand {
            scribe: scribe.value.clone(),
            said: as_of.map_or(entry.at.value, |as_of| as_of.value),
        })
    }

    fn deed(&mut self, deed: &Deed) -> Option<HumanAct> {
        self.by_player(deed)
            .or_else(|| self.by_facilitator(deed))
            .or_else(|| self.control(deed))
            .or_else(|| self.said(deed))
    }

    /// What a player does. `None`: it is a facilitator's, or it names something unknown.
    fn by_player(&mut self, deed: &Deed) -> Option<HumanAct> {
        Some(match deed {
            Deed::Acknowledge(message) => HumanAct::Acknowledge {
                message: self.message(message)?,
            },
            Deed::Read(message) => HumanAct::Read {
                message: self.message(message)?,
            },
            Deed::Report => HumanAct::Report {},
            Deed::Start(started) => self.start(started)?,
            Deed::Take(act) => HumanAct::Take {
                act: self.act(act)?,
            },
            Deed::Declare => HumanAct::Declare {},
            Deed::Classify(severity, category) => HumanAct::Classify {
                severity: severity.value,
                category: category.value,
            },
            Deed::AskApproval(task) => HumanAct::AskApproval {
                task: self.piece_of_work(task)?,
            },
            Deed::Approve(task) => self.approval(task, true)?,
            Deed::Refuse(task) => self.approval(task, false)?,
            Deed::Decide(decision, option) => HumanAct::Decide {
                choice: self.choice(decision, option)?,
            },
            Deed::StateAware(obligation) => HumanAct::StateAware {
                obligation: self.find(obligation, Code::UnknownObligation)?,
            },
            Deed::DeclareComplete(phase, incident) => HumanAct::DeclareComplete {
                phase: phase.value,
                incident: self.incident(incident.as_ref())?,
            },
            Deed::HandOver(task, role) => HumanAct::HandOver {
                task: self.piece_of_work(task)?,
                to: self.find(role, Code::UnknownRole)?,
            },
            spoken => self.by_word(spoken)?,
        })
    }

    /// What a player says, asks or writes. `None`: it is another act, or it names something unknown.
    fn by_word(&mut self, deed: &Deed) -> Option<HumanAct> {
        Some(match deed {
            Deed::Tell(role, text) => HumanAct::Tell {
                to: self.find(role, Code::UnknownRole)?,
                text: text.value.clone(),
            },
            Deed::Inform(whom, text) => HumanAct::Inform {
                whom: whom.value,
                text: text.value.clone(),
            },
            Deed::Explain(decision, option, reason, sure) => HumanAct::Explain {
                choice: self.choice(decision, option)?,
                reason: reason.value.clone(),
                sure: match sure {
                    Some(percent) => Some(self.percent(percent)?),
                    None => None,
                },
            },
            Deed::Ask(text) => HumanAct::Ask {
                text: text.value.clone(),
            },
            Deed::Log(text) => HumanAct::Log {
                text: text.value.clone(),
            },
            Deed::Note(text) => HumanAct::Note {
                text: text.value.clone(),
            },
            _ => return None,
        })
    }

    fn percent(&mut self, number: &Spanned<u64>) -> Option<u16> {
        let percent = u16::try_from(number.value).ok().filter(|of| *of <= 100);
        if percent.is_none() {
            let message = format!("{} is more than a hundred percent", number.value);
            self.problems
                .push(Diagnostic::new(Code::BadNumber, message, number.place));
        }
        percent
    }

    /// What a facilitator does. `None`: it is a player's, or it names something unknown.
    fn by_facilitator(&mut self, deed: &Deed) -> Option<HumanAct> {
        let inject = |this: &mut Self, name| this.find(name, Code::UnknownInject);
        Some(match deed {
            Deed::MoveClock(to) => HumanAct::MoveClock { to: to.value },
            Deed::Fire(name) => HumanAct::Fire {
                inject: inject(self, name)?,
            },
            Deed::Hold(name) => HumanAct::Hold {
                inject: inject(self, name)?,
            },
            Deed::Skip(name) => HumanAct::Skip {
                inject: inject(self, name)?,
            },
            Deed::Edit(name, text) => HumanAct::Edit {
                inject: inject(self, name)?,
                text: text.value.clone(),
            },
            Deed::Add(from, role, text) => HumanAct::Add {
                from: from.value.clone(),
                to: self.find(role, Code::UnknownRole)?,
                text: text.value.clone(),
            },
            Deed::Answer(entry, text) => HumanAct::Answer {
                entry: self.small(entry, "number of an entry")?,
                text: text.value.clone(),
            },
            Deed::Overrule(asset, state, on) => HumanAct::Overrule {
                change: Edit {
                    asset: self.find(asset, Code::UnknownAsset)?,
                    state: state.value,
                    on: on.value,
                },
            },
            Deed::Excuse(name, reason) => HumanAct::Excuse {
                expectation: self.find(name, Code::UnknownExpectation)?,
                reason: reason.value.clone(),
            },
            _ => return None,
        })
    }

    /// What is said about the exercise. `None`: it is another act, or it names something unknown.
    fn said(&mut self, deed: &Deed) -> Option<HumanAct> {
        Some(match deed {
            Deed::Rate(objective, rating, made) => HumanAct::Rate {
                objective: self.objective(objective)?,
                rating: rating.value,
                remark: self.remark(made)?,
            },
            Deed::Tick(expectation, how, made) => HumanAct::Tick {
                what: Ticked::Expectation {
                    expectation: self.find(expectation, Code::UnknownExpectation)?,
                },
                how: how.value,
                remark: self.remark(made)?,
            },
            Deed::TickKeyPoint(id, how, made) => HumanAct::Tick {
                what: Ticked::KeyPoint {
                    id: id.value.clone(),
                },
                how: how.value,
                remark: self.remark(made)?,
            },
            Deed::Observe(entry, made) => HumanAct::Observe {
                entry: self.small(entry, "number of an entry")?,
                remark: self.remark(made)?,
            },
            Deed::Vote(what, made) => HumanAct::Vote {
                what: what.value.clone(),
                remark: self.remark(made)?,
            },
            Deed::Commit(text, owner, due, made) => HumanAct::Commit {
                text: text.value.clone(),
                owner: self.find(owner, Code::UnknownPerson)?,
                due: due.value,
                remark: self.remark(made)?,
            },
            _ => return None,
        })
    }

    /// An objective has no code of its own: it is unknown as an expectation is.
    fn objective(&mut self, name: &Name) -> Option<ObjectiveId> {
        let found = ObjectiveId::find(self.exercise.names(), name.as_str());
        if found.is_some() {
            return found;
        }
        let objectives = &self.exercise.scenario().objectives;
        let known: Vec<&str> = objectives.iter().map(|it| it.slug.as_str()).collect();
        self.unknown(name, "objective", Code::UnknownExpectation, &known)
    }

    fn remark(&mut self, made: &RemarkMade) -> Option<Box<Remark>> {
        let corrects = match &made.corrects {
            Some(entry) => Some(self.small(entry, "number of an entry")?),
            None => None,
        };
        Some(Box::new(Remark {
            by: made.by.value.clone(),
            seen: made.seen.map(|seen| seen.value),
            note: made
                .note
                .as_ref()
                .map_or_else(String::new, |note| note.value.clone()),
            corrects,
        }))
    }

    fn seat(&mut self, seat: &SeatTaken) -> Option<Seat> {
        Some(match seat {
            SeatTaken::Plays(person) => Seat::Plays {
                person: self.find(person, Code::UnknownPerson)?,
            },
            SeatTaken::Evaluator => Seat::Evaluator {},
            SeatTaken::Facilitator => Seat::Facilitator {},
            SeatTaken::Observer => Seat::Observer {},
        })
    }

    /// What is done with the clock of the exercise, and who takes part. `None`: it is another act, or it names
    /// something unknown.
    fn control(&mut self, deed: &Deed) -> Option<HumanAct> {
        Some(match deed {
            Deed::Pause => HumanAct::Pause {},
            Deed::Resume => HumanAct::Resume {},
            Deed::Pace(thousandths) => HumanAct::Pace {
                thousandths: self.small(thousandths, "pace")?,
            },
            Deed::StopWord => HumanAct::StopWord {},
            Deed::End => HumanAct::End {},
            Deed::Join(who, seat) => HumanAct::Join {
                who: who.value.clone(),
                seat: self.seat(&seat.value)?,
            },
            Deed::Leave(who) => HumanAct::Leave {
                who: who.value.clone(),
            },
            Deed::ChangeSeat(who, seat) => HumanAct::ChangeSeat {
                who: who.value.clone(),
                seat: self.seat(&seat.value)?,
            },
            Deed::StandIn(person, on) => HumanAct::StandIn {
                person: self.find(person, Code::UnknownPerson)?,
                on: on.value,
            },
            _ => return None,
        })
    }

    /// A number that fits into 32 bits.
    fn small(&mut self, number: &Spanned<u64>, kind: &str) -> Option<u32> {
        let small = u32::try_from(number.value).ok();
        if small.is_none() {
            let message = format!("{} is too large for a {kind}", number.value);
            self.problems
                .push(Diagnostic::new(Code::BadNumber, message, number.place));
        }
        small
    }

    /// A measure with its object, as in a plan's `does`. Assets that are not said are those affected.
    fn act(&mut self, act: &definition::Act) -> Option<Act> {
        let measure = act.measure.value;
        let assets = match &act.on {
            Some(choice) => self.assets(choice)?,
            None => Selector::Affected,
        };
        let on = match act.stakeholder {
            Some(stakeholder) => Object::Stakeholder(stakeholder.value),
            None if measure == Measure::Preserve => {
                Object::Evidence(act.item.map(|item| item.value), assets)
            }
            None if act.on.is_none() && !measure.is_taken_on_assets() => Object::Incident,
            None => Object::Assets(assets),
        };
        Some(Act { measure, on })
    }

    fn assets(&mut self, choice: &Choice) -> Option<Selector> {
        Some(match choice {
            Choice::Everything => Selector::Everything,
            Choice::Affected => Selector::Affected,
            Choice::Kind(kind) => Selector::Kind(kind.value),
            Choice::Asset(asset) => Selector::Asset(self.find(asset, Code::UnknownAsset)?),
            Choice::Holding(data) => Selector::Holding(data.value),
            Choice::Valued(dimension, level) => Selector::Valued(dimension.value, level.value),
            Choice::InState(state) => Selector::InState(state.value),
            Choice::All(parts) => {
                let parts = parts.iter().map(|part| self.assets(part));
                Selector::Both(parts.collect::<Option<_>>()?)
            }
        })
    }

    fn approval(&mut self, task: &OnTask<PieceOfWork>, granted: bool) -> Option<HumanAct> {
        let task = self.piece_of_work(task)?;
        Some(HumanAct::Approve { task, granted })
    }

    fn start(&mut self, started: &OnTask<StartOfWork>) -> Option<HumanAct> {
        let more = match started {
            OnTask::Task(task) => {
                let task = Which::of(self.find(task, Code::UnknownTask)?);
                return Some(HumanAct::Start { task, with: vec![] });
            }
            OnTask::More(more) => more,
        };
        let task = self.which(&more.task, more.incident.as_ref(), more.piece.as_ref())?;
        let with: Vec<Option<PersonId>> = more
            .with
            .iter()
            .map(|name| self.find(name, Code::UnknownPerson))
            .collect();
        Some(HumanAct::Start {
            task,
            with: with.into_iter().collect::<Option<_>>()?,
        })
    }

    fn piece_of_work(&mut self, of: &OnTask<PieceOfWork>) -> Option<Which> {
        match of {
            OnTask::Task(task) => self.find(task, Code::UnknownTask).map(Which::of),
            OnTask::More(of) => self.which(&of.task, of.incident.as_ref(), of.piece.as_ref()),
        }
    }

    fn which(
        &mut self,
        task: &Name,
        incident: Option<&Name>,
        piece: Option<&Spanned<u64>>,
    ) -> Option<Which> {
        Some(Which {
            task: self.find(task, Code::UnknownTask)?,
            incident: self.incident(incident)?,
            piece: match piece {
                Some(number) => Some(self.piece(number)?),
                None => None,
            },
        })
    }

    /// The incident, where one is named; the inner `None`: none is.
    #[expect(
        clippy::option_option,
        reason = "whether it could be read, and whether one is named"
    )]
    fn incident(&mut self, name: Option<&Name>) -> Option<Option<IncidentId>> {
        match name {
            Some(name) => self.find(name, Code::UnknownIncident).map(Some),
            None => Some(None),
        }
    }

    fn piece(&mut self, number: &Spanned<u64>) -> Option<u16> {
        let piece = u16::try_from(number.value).ok().filter(|piece| *piece > 0);
        if piece.is_none() {
            let message = format!("no piece of work has number {}", number.value);
            let problem = Diagnostic::new(Code::BadNumber, message, number.place);
            self.problems
                .push(problem.note("the pieces of a task are counted from 1"));
        }
        piece
    }

    fn choice(&mut self, decision: &Name, option: &Name) -> Option<Chosen> {
        let id = self.find(decision, Code::UnknownDecision)?;
        let names = self.exercise.names();
        if let Some(option) = names.find_option(id, option.as_str()) {
            return Some(Chosen {
                decision: id,
                option,
            });
        }
        let options = &self.exercise.plan().decision(id).options;
        let known: Vec<&str> = options.iter().map(|option| option.slug.as_str()).collect();
        self.unknown(option, "option", Code::UnknownDecision, &known)
    }

    fn message(&mut self, number: &Spanned<u64>) -> Option<MessageId> {
        let id = u32::try_from(number.value).ok().filter(|id| *id > 0);
        if id.is_none() {
            let message = format!("no message has number {}", number.value);
            let problem = Diagnostic::new(Code::BadNumber, message, number.place);
            self.problems
                .push(problem.note("messages of a run are counted from 1"));
        }
        id.map(MessageId)
    }

    /// The thing of this name.
    fn find<I: Identified>(&mut self, name: &Name, code: Code) -> Option<I> {
        let found = I::find(self.exercise.names(), name.as_str());
        if found.is_some() {
            return found;
        }
        let known = known(self.exercise, code);
        self.unknown(name, I::KIND, code, &known)
    }

    fn unknown<T>(&mut self, name: &Name, kind: &str, code: Code, known: &[&str]) -> Option<T> {
        let near = nearest(name.as_str(), known.iter().copied());
        let message = format!("this exercise has no {kind} `{}`", name.value);
        let problem = Diagnostic::new(code, message, name.place).did_you_mean(near, true);
        self.problems.push(problem);
        None
    }
}

/// The names among which one that is unknown with this code may have been meant.
fn known(exercise: &Exercise, code: Code) -> Vec<&str> {
    fn slugs<'e, T>(list: &'e [T], slug: impl Fn(&'e T) -> &'e Slug) -> Vec<&'e str> {
        list.iter().map(|item| slug(item).as_str()).collect()
    }
    let (organisation, plan) = (exercise.organisation(), exercise.plan());
    match code {
        Code::UnknownPerson => slugs(&organisation.people, |x| &x.slug),
        Code::UnknownRole => slugs(&organisation.roles, |x| &x.slug),
        Code::UnknownAsset => slugs(&organisation.assets, |x| &x.slug),
        Code::UnknownTask => slugs(&plan.tasks, |x| &x.slug),
        Code::UnknownIncident => slugs(&exercise.scenario().incidents, |x| &x.slug),
        Code::UnknownObligation => slugs(&plan.obligations, |x| &x.slug),
        Code::UnknownDecision => slugs(&plan.decisions, |x| &x.slug),
        Code::UnknownInject => slugs(&exercise.scenario().injects, |x| &x.slug),
        Code::UnknownExpectation => slugs(&exercise.scenario().expectations, |x| &x.slug),
        _ => Vec::new(),
    }
}
