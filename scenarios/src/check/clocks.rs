//! What starts the clocks of a plan.

use super::{Scene, walk};
use crate::definition::{About, Condition};
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::Mark;

/// What: an obligation that starts both with awareness and after another one.
/// Why: its deadline would count from two instants.
/// Example: `aware: (..), after: "early-warning"`.
pub(super) fn triggers(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for obligation in scene.plan.iter().flat_map(|plan| &plan.communication) {
        if let (Some(aware), Some(after)) = (&obligation.aware, &obligation.after) {
            let message = format!("`{}` has two triggers", *obligation.id);
            out.push(
                Diagnostic::new(Code::TwoTriggers, message, after.place)
                    .context(aware.place, "the other one")
                    .help("keep `aware` or `after`"),
            );
        }
    }
}

/// What: a trigger of an obligation that names an act of the team.
/// Why: a deadline that starts only when the team declares, decides or notifies rewards silence.
/// Law counts from what was known.
/// Example: `aware: (what: Known(Declared))`.
pub(super) fn acts_in_triggers(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    for obligation in scene.plan.iter().flat_map(|plan| &plan.communication) {
        let Some(what) = walk::trigger(obligation) else {
            continue;
        };
        walk::each(what, &mut |part| {
            if let Some(act) = act(&part.value) {
                let message = format!("a clock cannot wait for {act}");
                out.push(
                    Diagnostic::new(Code::ActInTrigger, message, part.place)
                        .note("a deadline counts from what was known, never from what the team did")
                        .help("name what has to be known, such as `Known(Real)` or `PersonalDataInvolved`"),
                );
            }
        });
    }
}

/// The act of the team that a condition names.
const fn act(condition: &Condition) -> Option<&'static str> {
    match condition {
        Condition::Done(_) => Some("a task to be done"),
        Condition::Decided(..) => Some("a decision"),
        Condition::Taken(..) => Some("a measure to be taken"),
        Condition::Notified(_) => Some("somebody to be told"),
        Condition::PhaseReached(_) | Condition::PhaseCompleted(_) => Some("a phase"),
        Condition::Since(mark, _) if matches!(mark.value, Mark::Declared | Mark::Reported) => {
            Some("the team to report or declare")
        }
        Condition::Known(about) if matches!(about.value, About::Declared(_)) => {
            Some("the incident to be declared")
        }
        _ => None,
    }
}
