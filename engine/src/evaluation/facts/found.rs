//! Since when an investigation would have found what was hit.

use super::Facts;
use crate::exercise::{ExerciseTime, IncidentId, Knowable};
use crate::knowledge::affects;

/// By incident, then cluster of assets: the first instant at which word had come of an affected asset of
/// the cluster, or anybody knew of one. From then on an investigation finds the others.
pub(super) fn since(facts: &Facts<'_>) -> Vec<Option<ExerciseTime>> {
    let clusters = &facts.criteria.clusters;
    let mut since = vec![None; facts.courses.len() * clusters.len()];
    let mut note = |fact: Knowable, at: ExerciseTime| {
        let Knowable::Asset(incident, asset, state) = fact else {
            return;
        };
        if affects(state) {
            let place = incident.index() * clusters.len() + clusters[asset.index()];
            let first: &mut Option<ExerciseTime> = &mut since[place];
            *first = Some(first.map_or(at, |first| first.min(at)));
        }
    };
    for learned in &facts.learned {
        note(learned.fact, learned.entry.at);
    }
    for incident in (0..facts.courses.len()).map(IncidentId::new) {
        for letter in facts.revealing(incident) {
            let Some(sent) = letter.sent() else { continue };
            for fact in letter.reveals() {
                note(*fact, sent.at);
            }
        }
    }
    since
}
