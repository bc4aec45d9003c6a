//! What somebody can do beside the plan: measures of their own, and a classification.

use super::Speak;
use super::player::OwnModel;
use crate::act::written;
use hotwash_engine::drill::Drill;
use hotwash_engine::exercise::{
    Act, AssetId, Category, Knowable, Measure, Names, Object, PersonId, Selector, Severity,
};
use hotwash_engine::record::{HumanAct, Seat};
use hotwash_engine::situation::view::PlayerView;
use hotwash_reports::words;

/// The act of classifying, without how, where somebody may classify.
pub(crate) fn classify_form(
    people: &[PersonId],
    drill: &mut Drill,
    names: &Names,
) -> Option<String> {
    let act = HumanAct::Classify {
        severity: Severity::Low,
        category: Category::Other,
    };
    let person = *people.first()?;
    let may = drill.check(&Seat::Plays { person }, &act).is_ok();
    may.then(|| written(&act, names))
}

/// Measures that people without a task take: the ones that act on a thing at once.
const OWN: [Measure; 10] = [
    Measure::Isolate,
    Measure::Disconnect,
    Measure::Shutdown,
    Measure::Block,
    Measure::DisableAccount,
    Measure::Revoke,
    Measure::Investigate,
    Measure::Preserve,
    Measure::Restore,
    Measure::Verify,
];

/// Measures of one's own that can be taken now, on what one knows to be in trouble.
pub(crate) fn own_measures(
    speak: &Speak<'_>,
    drill: &mut Drill,
    (view, people): (&PlayerView, &[PersonId]),
) -> Vec<OwnModel> {
    let Some(person) = people.first().copied() else {
        return Vec::new();
    };
    let known = view.known.iter().filter_map(|fact| match fact.fact {
        Knowable::Asset(_, asset, _) => Some(asset),
        _ => None,
    });
    let mut assets: Vec<AssetId> = known.collect();
    assets.sort_unstable();
    assets.dedup();
    let mut models = Vec::new();
    for asset in assets {
        let mut measures = Vec::new();
        for measure in OWN {
            let act = HumanAct::Take {
                act: Act {
                    measure,
                    on: Object::Assets(Selector::Asset(asset)),
                },
            };
            if drill.check(&Seat::Plays { person }, &act).is_ok() {
                let label = words::upper_first(words::measure(measure));
                measures.push((written(&act, speak.exercise.names()), label));
            }
        }
        if !measures.is_empty() {
            models.push(OwnModel {
                asset: speak.names.asset(asset),
                measures,
            });
        }
    }
    models
}
