//! The master scenario events list.

use super::binder::{Binder, texts, tidy};
use super::condition::{Around, sender};
use super::decisions::AllDecisions;
use super::names::{Index, sorted};
use super::scenario::prompts;
use crate::definition;
use hotwash_engine::exercise::{
    ChannelKind, DecisionId, Function, GapKind, IncidentId, Inject, Reveal, StepId,
};

impl Binder {
    /// The injects.
    pub(super) fn injects(
        &mut self,
        given: &definition::Scenario,
        main: IncidentId,
        decisions: &AllDecisions,
    ) -> Vec<Inject> {
        let index = Index::new(decisions.all().cloned().collect());
        let mut injects = Vec::new();
        for inject in sorted(&given.injects) {
            let by = format!("inject {}", inject.id.value);
            let incident = self.incident_of(inject.incident.as_ref(), main);
            let around = Around {
                incident,
                decisions: &decisions.of_injects,
                wanted_by: &by,
            };
            self.ledger.given(3);
            let timed = [inject.at.is_some(), inject.when.is_some()];
            self.ledger
                .given(timed.into_iter().filter(|given| *given).count());
            let decide = decisions.slug_of(&inject.id.value);
            let decide = decide.and_then(|slug| index.find(slug.as_str()));
            injects.push(Inject {
                slug: inject.id.value.clone(),
                incident,
                at: inject.at.map(|at| self.time(at.value)),
                when: self.condition_if(inject.when.as_ref(), around),
                unless: self.condition_if(inject.unless.as_ref(), around),
                delay: inject.delay.as_ref().map(|law| law.value.clone()),
                from: inject.from.value.clone(),
                sender: inject.sender.map(|from| sender(from.value)),
                to: self.addressee(&inject.to, Function::PointOfContact, &by),
                via: inject.via.map(|kind| kind.value),
                text: inject.text.value.clone(),
                attachments: texts(&inject.attachments),
                reveals: self.reveals(inject),
                noise: inject.noise.is_some_and(|noise| noise.value),
                false_lead: inject.false_lead.is_some_and(|lead| lead.value),
                repeats: inject.repeats.as_ref().map(|law| law.value.clone()),
                again: inject.again.is_some_and(|again| again.value),
                decide: decide.map(DecisionId::new),
                questions: texts(&inject.questions),
                prompts: prompts(&inject.prompts),
            });
        }
        injects
    }

    fn reveals(&mut self, inject: &definition::Inject) -> Vec<Reveal> {
        use definition::Reveal as Given;
        let mut reveals = Vec::new();
        for reveal in &inject.reveals {
            let bound = match &reveal.value {
                Given::Impact => Some(Reveal::Impact),
                Given::Step(step) => self.step(step).map(|step| Reveal::Step(StepId::new(step))),
                Given::PersonalData | Given::PersonalDataInvolved => Some(Reveal::PersonalData),
                Given::Cause => Some(Reveal::Cause),
                Given::Real => Some(Reveal::Real),
            };
            reveals.extend(bound);
        }
        tidy(reveals)
    }

    /// Kinds of channel over which injects come and which the organisation does not have: they
    /// come by the best channel that works instead.
    pub(super) fn channels_of_injects(&mut self, injects: &mut [Inject], has: &[ChannelKind]) {
        for inject in injects {
            if let Some(kind) = inject.via.filter(|kind| !has.contains(kind)) {
                inject.via = None;
                let by = format!("inject {}", inject.slug);
                self.gap(GapKind::NoChannel, format!("Channel {kind}"), &by);
            }
        }
    }
}
