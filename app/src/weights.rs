//! How much each of several scenarios counts: what the organisation's risk register says of them.
//!
//! Campaigns and searches over several scenarios ask it.

use hotwash_engine::exercise::Exercise;

/// The weights of several scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// The weight of each.
    pub each: Vec<u64>,
    /// Whether they are those of the risk register; else all weigh alike, for it does not name them all.
    pub registered: bool,
}

impl Weights {
    /// The weights of what these exercises exercise.
    pub fn of<'e>(exercises: impl IntoIterator<Item = &'e Exercise>) -> Self {
        let each: Vec<u64> = exercises.into_iter().map(likelihood).collect();
        let registered = each.iter().all(|weight| *weight > 0);
        if registered {
            Self { each, registered }
        } else {
            Self {
                each: vec![1; each.len()],
                registered,
            }
        }
    }
}

/// How often per thousand years the risk register expects what a scenario exercises.
fn likelihood(exercise: &Exercise) -> u64 {
    let slug = exercise.scenario().slug.as_str();
    let risks = exercise.organisation().risks.iter();
    let of = risks.filter(|risk| risk.scenario.as_deref() == Some(slug));
    of.map(|risk| u64::from(risk.per_thousand_years)).sum()
}
