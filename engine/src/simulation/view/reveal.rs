//! What injects reveal, and what of it has happened.

use super::View;
use crate::exercise::{AssetId, AssetState, IncidentId, Knowable};

impl View<'_> {
    /// Whether what an inject reveals has happened.
    pub(crate) fn revealed(&self, inject: crate::exercise::InjectId) -> bool {
        use crate::exercise::Reveal;
        let described = self.scene.exercise().inject(inject);
        described.reveals.iter().all(|reveal| match reveal {
            Reveal::Step(step) => self.attack.took_effect(*step).is_some(),
            Reveal::Impact => self.out_of_service(described.incident).next().is_some(),
            Reveal::PersonalData | Reveal::Cause | Reveal::Real => true,
        })
    }

    fn out_of_service(&self, incident: IncidentId) -> impl Iterator<Item = AssetId> {
        let all = 0..self.scene.exercise().organisation().assets.len();
        let assets = self.assets;
        let because = move |asset: AssetId| {
            assets.was_affected(incident, asset)
                || assets
                    .outage(asset)
                    .is_some_and(|outage| outage.incident == Some(incident))
        };
        all.map(AssetId::new)
            .filter(move |asset| !assets.serves(*asset) && because(*asset))
    }

    /// Adds what somebody who reads an inject learns to an empty list, in order.
    pub(crate) fn facts_of_inject(
        &self,
        inject: crate::exercise::InjectId,
        facts: &mut Vec<Knowable>,
    ) {
        use crate::exercise::Reveal;
        let described = self.scene.exercise().inject(inject);
        let incident = described.incident;
        for reveal in &described.reveals {
            facts.push(Knowable::Alerted(incident));
            match reveal {
                Reveal::Step(step) => facts.extend(self.facts_of_step(*step)),
                Reveal::Impact => facts.extend(
                    self.out_of_service(incident)
                        .map(|asset| Knowable::Asset(incident, asset, AssetState::OutOfService)),
                ),
                Reveal::PersonalData => facts.push(Knowable::PersonalData(incident)),
                Reveal::Cause => facts.push(Knowable::Cause(incident)),
                Reveal::Real => facts.push(Knowable::Real(incident)),
            }
        }
        facts.sort_unstable();
        facts.dedup();
    }

    /// That a step happened, and what it left behind.
    fn facts_of_step(&self, step: crate::exercise::StepId) -> impl Iterator<Item = Knowable> + '_ {
        let described = self.scene.exercise().step(step);
        let state = crate::knowledge::state_after(described.effect);
        let assets = self.attack.affected_by(step).iter();
        let found = assets.map(move |asset| Knowable::Asset(described.incident, *asset, state));
        std::iter::once(Knowable::Step(step)).chain(found)
    }
}
