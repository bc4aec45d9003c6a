//! What people say: in their own words in an exercise, and about it.

use super::Resolver;
use crate::definition::{Deed, Name, RemarkMade};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use hotwash_engine::exercise::{Identified, ObjectiveId};
use hotwash_engine::record::{HumanAct, Remark, Ticked};

impl Resolver<'_> {
    /// What a player says, asks or writes. `None`: it is another act, or it names something unknown.
    pub(super) fn by_word(&mut self, deed: &Deed) -> Option<HumanAct> {
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

    /// What is said about the exercise. `None`: it is another act, or it names something unknown.
    pub(super) fn said(&mut self, deed: &Deed) -> Option<HumanAct> {
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
            seen: made.seen.map(|seen| self.time(seen.value)),
            note: made
                .note
                .as_ref()
                .map_or_else(String::new, |note| note.value.clone()),
            corrects,
        }))
    }
}
