//! What the definitions ask for and do not have.

use super::spaced;
use hotwash_engine::exercise::{Gap, GapKind};

/// A gap in a sentence.
pub fn gap(gap: &Gap) -> String {
    let missing = gap.missing.as_str();
    let wanted = if gap.wanted_by.is_empty() {
        String::new()
    } else {
        format!(" ({} asks for it)", gap.wanted_by)
    };
    let (kind, word) = missing.split_once(' ').unwrap_or(("", missing));
    let plain = match kind {
        "Function" | "Kind" | "Measure" | "Phase" | "Stakeholder" | "Channel" => spaced(word),
        _ => missing.to_owned(),
    };
    match gap.kind {
        GapKind::PhaseNotInPlan => format!("The plan has no task that can reach {word}."),
        GapKind::NoRole => format!("No role has the function {plain}{wanted}."),
        GapKind::NoHolder => format!("Nobody holds {missing}{wanted}."),
        GapKind::NoAsset => format!("There is no asset of this kind: {plain}{wanted}."),
        GapKind::NoStakeholder => format!("No such stakeholder is listed: {plain}{wanted}."),
        GapKind::NoChannel => format!("There is no channel of this kind: {plain}{wanted}."),
        GapKind::NoTask => format!("No task of the plan takes {word}{wanted}."),
        GapKind::NoClause => format!("The plan has no clause for {missing}{wanted}."),
        GapKind::NotVisible => {
            let unseen = missing.strip_prefix("Source for ").unwrap_or(missing);
            format!("No source can see {unseen}{wanted}.")
        }
    }
}
