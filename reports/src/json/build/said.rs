//! What people said, in the view for scripts.

use super::id;
use crate::json::model::{Entered, Said};
use crate::json::word;
use hotwash_engine::evaluation::{Evaluation, Said as Spoken};
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::{HumanAct, Ticked};

/// All that was said.
pub(super) fn all(exercise: &Exercise, evaluation: &Evaluation) -> Vec<Said> {
    let spoken = evaluation.said.iter();
    spoken.filter_map(|of| one(exercise, of)).collect()
}

fn one(exercise: &Exercise, spoken: &Spoken) -> Option<Said> {
    let remark = spoken.act.remark()?;
    let mut said = Said {
        kind: spoken.act.name(),
        entry: spoken.entry,
        at_ms: spoken.at.0,
        by: remark.by.clone(),
        seen_ms: remark.seen.map(|seen| seen.0),
        note: remark.note.clone(),
        corrects: remark.corrects,
        corrected_by: spoken.corrected_by,
        objective: None,
        rating: None,
        expectation: None,
        key_point: None,
        tick: None,
        about: None,
        text: None,
        owner: None,
        due: None,
    };
    match &spoken.act {
        HumanAct::Rate {
            objective, rating, ..
        } => {
            said.objective = Some(id(exercise, *objective));
            said.rating = Some(word::rating(*rating));
        }
        HumanAct::Tick { what, how, .. } => {
            match what {
                Ticked::Expectation { expectation } => {
                    said.expectation = Some(id(exercise, *expectation));
                }
                Ticked::KeyPoint { id } => said.key_point = Some(id.clone()),
            }
            said.tick = Some(word::tick(*how));
        }
        HumanAct::Observe { entry, .. } => said.about = Some(*entry),
        HumanAct::Vote { what, .. } => said.text = Some(what.clone()),
        HumanAct::Commit {
            text, owner, due, ..
        } => {
            let (year, month, day) = due.civil();
            said.text = Some(text.clone());
            said.owner = Some(id(exercise, *owner));
            said.due = Some(format!("{year:04}-{month:02}-{day:02}"));
        }
        _ => {}
    }
    Some(said)
}

/// The acts that a scribe entered.
pub(super) fn entered(evaluation: &Evaluation) -> Vec<Entered> {
    let entered = evaluation.entered.iter().map(|of| Entered {
        entry: of.entry,
        scribe: of.scribe.clone(),
        said_ms: of.said.0,
        at_ms: of.at.0,
    });
    entered.collect()
}
