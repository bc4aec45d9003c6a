//! Questions to whoever runs the exercise, and what they answered.

use super::Stamp;
use crate::exercise::PersonId;
use crate::record::{Entry, Event, HumanAct};

/// What was asked and answered, in the order of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    questions: Vec<Asked>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// When.
    pub asked: Stamp,
    /// By whom.
    pub by: PersonId,
    /// The question.
    pub text: String,
    /// When it was answered, and how; `None`: it waits.
    pub answer: Option<(Stamp, String)>,
}

impl Talk {
    /// Lets an entry happen.
    pub fn apply(&mut self, entry: &Entry) {
        let Event::ActionTaken { act } = &entry.event else {
            return;
        };
        match (act, entry.actor.person()) {
            (HumanAct::Ask { text }, Some(by)) => self.questions.push(Asked {
                asked: Stamp::of(entry),
                by,
                text: text.clone(),
                answer: None,
            }),
            (HumanAct::Answer { entry: about, text }, _) => {
                let mut questions = self.questions.iter_mut();
                if let Some(question) = questions.find(|question| question.asked.entry == *about) {
                    question.answer = Some((Stamp::of(entry), text.clone()));
                }
            }
            _ => {}
        }
    }

    /// Every question, in the order of asking.
    pub fn questions(&self) -> &[Asked] {
        &self.questions
    }

    /// Who asked in an entry.
    pub fn asker(&self, entry: u32) -> Option<PersonId> {
        let mut questions = self.questions.iter();
        let asked = questions.find(|question| question.asked.entry == entry)?;
        Some(asked.by)
    }
}
