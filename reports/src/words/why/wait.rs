//! What was waited for.

use super::Saying;
use super::entry::there;
use hotwash_engine::evaluation::why::{Kept, KeptBy, Wait};
use hotwash_engine::evaluation::{Category, TracePart};
use hotwash_engine::exercise::Instance;

/// What was waited for, as a clause that follows "for 5 h of that". `it`: what waited, where it is work.
pub(super) fn clause(s: &Saying<'_>, wait: &Wait, it: &str) -> String {
    let part = &wait.part;
    let role = part.role.map(|role| s.role_or_they(role));
    let kept = match wait.kept.as_slice() {
        [only]
            if !s.brief
                && only.span.0 * 2 > wait.span().0
                && part.category == Category::WaitingForPerson =>
        {
            format!(", who {}", keeps(s, only, part.instance))
        }
        _ => String::new(),
    };
    match (part.category, role) {
        (Category::WaitingForApproval, Some((_, them))) => {
            format!("{it} waited for {them} to approve")
        }
        (Category::WaitingForApproval, None) => format!("{it} waited for approval"),
        (Category::WaitingForPerson, Some((_, them))) => format!("{it} waited for {them}{kept}"),
        (Category::WaitingForPerson, None) => format!("{it} waited for somebody"),
        (Category::Asleep, Some((role, _))) => format!("{role} slept"),
        (Category::Asleep, None) => format!("{it} waited for somebody who slept"),
        (Category::FalseAlarms, Some((role, _))) => format!("{role} looked into false alarms"),
        (Category::FalseAlarms, None) => "somebody looked into false alarms".to_owned(),
        (Category::DeliveryAndNotice, Some((_, them))) => {
            format!("word to {them} was under way or unnoticed")
        }
        (Category::DeliveryAndNotice, None) => "word was under way or unnoticed".to_owned(),
        (Category::Reading, Some((role, _))) => format!("{role} read what had come"),
        (Category::Reading, None) => "somebody read what had come".to_owned(),
        (Category::WaitingForDetection, _) => "what calls for it had not come to light".to_owned(),
        (Category::WaitingForInject, _) => "an inject was still to come".to_owned(),
        (Category::DelayOfPlan, _) => match part.instance {
            Some(of) if s.waits_by_plan(of.task) => format!("the plan itself waited before {it}"),
            _ => format!("{it} could not begin yet"),
        },
        (Category::HoursOfOthers, _) => {
            format!("{it} waited for an hour at which those to be told are there")
        }
        (Category::Watching, _) => "what had been done was watched over".to_owned(),
        (Category::NothingCouldHappen, _) => "nothing could happen".to_owned(),
        (Category::Working | Category::Redoing | Category::HandingOver, Some((role, _))) => {
            format!("{role} worked on {it}")
        }
        (Category::Working | Category::Redoing | Category::HandingOver, None) => {
            format!("somebody worked on {it}")
        }
    }
}

/// What kept somebody, as it follows "who".
pub(super) fn keeps(s: &Saying<'_>, kept: &Kept, from: Option<Instance>) -> String {
    match kept.by {
        KeptBy::Work(instance) if from.is_some_and(|of| of.task == instance.task) => {
            "was at work on another piece of it".to_owned()
        }
        KeptBy::Work(instance) => format!("was at work on {}", s.task(instance.task)),
        KeptBy::Asleep => "slept".to_owned(),
        KeptBy::Presence(presence) => format!("was {}", there(presence)),
    }
}

/// What would have had to be shorter.
pub(super) fn otherwise(s: &Saying<'_>, part: &TracePart) -> String {
    let role = part
        .role
        .map_or_else(|| "somebody".to_owned(), |role| s.role(role));
    match part.category {
        Category::WaitingForApproval => {
            format!("{role} would have had to answer sooner, or nobody to have to ask")
        }
        Category::WaitingForPerson => {
            format!("{role} would have had to be free, or somebody else to be able to do it")
        }
        Category::Asleep => format!("somebody would have had to stand in while {role} slept"),
        Category::FalseAlarms => {
            format!("somebody else would have had to look into false alarms than {role}")
        }
        Category::DeliveryAndNotice => format!("{role} would have had to notice sooner"),
        Category::Reading => format!("{role} would have had to read sooner"),
        Category::WaitingForDetection => {
            "a source, or somebody, would have had to see it sooner".to_owned()
        }
        Category::WaitingForInject => "the scenario would have had to tell it sooner".to_owned(),
        Category::DelayOfPlan => "the plan would have had to let it begin sooner".to_owned(),
        Category::HoursOfOthers => {
            "those to be told would have had to be there at that hour".to_owned()
        }
        Category::Watching => "the watch would have had to be shorter".to_owned(),
        Category::NothingCouldHappen => {
            "somebody or something would have had to be there with which it could go on".to_owned()
        }
        Category::Working | Category::Redoing | Category::HandingOver => {
            format!("{role} would have had to be quicker")
        }
    }
}
