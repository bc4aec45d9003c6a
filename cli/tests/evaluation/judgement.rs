//! Judgement, from the text of the rules.

use super::Oracle;
use hotwash_engine::exercise::{
    AssetId, Clause, DecisionId, EvidenceItem, IncidentId, Measure, ObligationId, Phase, Severity,
    Soundness,
};
use hotwash_engine::record::{Event, Outcome, Verdict};

/// A judged item: its phase, its weight, and how far it was sound.
pub(super) type Judged = (Phase, f64, f64);

/// Whether something was sound, as a share.
const fn whole(sound: bool) -> f64 {
    if sound { 1.0 } else { 0.0 }
}

/// A weight of 1: weights are kept in hundredths.
const UNIT: f64 = 100.0;

/// Within this long, in milliseconds, an act has to be logged.
const HALF_AN_HOUR: i64 = 30 * 60_000;

impl Oracle<'_> {
    /// Everything that was judged.
    pub(super) fn judged(&self) -> Vec<Judged> {
        let assets = 0..self.exercise.organisation().assets.len();
        let assets: Vec<AssetId> = assets.map(AssetId::new).collect();
        let mut all = Vec::new();
        let classified = self.is_classified_soundly();
        all.extend(classified.map(|sound| (Phase::Assessment, 2.0 * UNIT, whole(sound))));
        for asset in &assets {
            all.extend(
                self.preserved_first(*asset)
                    .map(|sound| (Phase::Response, UNIT, whole(sound))),
            );
            all.extend(
                self.evicted_first(*asset)
                    .map(|sound| (Phase::Recovery, UNIT, whole(sound))),
            );
        }
        all.extend(self.decided());
        all.extend(self.told());
        let logged = self.logged();
        all.extend(logged.map(|sound| (Phase::Response, UNIT, whole(sound))));
        let harm = self.own_harm();
        all.extend(harm.map(|of| (Phase::Response, 2.0 * UNIT, of.share())));
        all
    }

    fn taken(&self, of: AssetId, measures: &[Measure]) -> Option<usize> {
        self.entries.iter().position(|entry| {
            matches!(entry.event, Event::MeasureTaken { measure, asset: Some(asset), effect: true, .. }
                if asset == of && measures.contains(&measure))
        })
    }

    /// Evidence was secured, and a measure taken that destroys it.
    fn preserved_first(&self, of: AssetId) -> Option<bool> {
        let memory = [
            Measure::Shutdown,
            Measure::WipeRemotely,
            Measure::Rebuild,
            Measure::Restore,
        ];
        let pairs = [
            (EvidenceItem::Memory, &memory[..]),
            (
                EvidenceItem::Disk,
                &[Measure::WipeRemotely, Measure::Rebuild][..],
            ),
        ];
        let mut sound = None;
        for (wanted, destroyers) in pairs {
            let secured = self.entries.iter().position(|entry| {
                matches!(entry.event, Event::EvidencePreserved { asset, item, .. } if asset == of && item == wanted)
            });
            if let Some((secured, destroyed)) = secured.zip(self.taken(of, destroyers)) {
                sound = Some(sound.unwrap_or(true) && secured < destroyed);
            }
        }
        sound
    }

    fn evicted_first(&self, of: AssetId) -> Option<bool> {
        let back = [Measure::Restore, Measure::Rebuild];
        let both = self.taken(of, &[Measure::Evict]).zip(self.taken(of, &back));
        both.map(|(evicted, restored)| evicted < restored)
    }

    fn decided(&self) -> Vec<Judged> {
        let chosen = self.entries.iter().filter_map(|entry| match &entry.event {
            Event::Decided { choice, .. } => Some(*choice),
            _ => None,
        });
        let judged = chosen.filter_map(|chosen| {
            let decision = self
                .exercise
                .plan()
                .decision(DecisionId::new(chosen.decision.index()));
            let option = &decision.options[chosen.option.index()];
            let sound = *option.judged.as_ref()? == Soundness::Sound;
            // What the plan asks itself weighs nothing.
            let weight = if decision.when.is_some() {
                0.0
            } else {
                f64::from(decision.weight)
            };
            Some((decision.phase, weight, whole(sound)))
        });
        judged.collect()
    }

    /// The verdict of each clock at the end.
    pub(super) fn verdicts(&self) -> Vec<(ObligationId, IncidentId, Verdict)> {
        let closed = self.entries.iter().filter_map(|entry| match entry.event {
            Event::ObligationClosed {
                obligation,
                incident,
                verdict,
            } => Some((obligation, incident, verdict)),
            _ => None,
        });
        closed.collect()
    }

    fn told(&self) -> Vec<Judged> {
        let all = self.verdicts();
        let all = all.into_iter().filter(|(of, incident, _)| *incident == self.incident && self.at(|event| {
            matches!(event, Event::ObligationCalledFor { obligation, .. } | Event::ObligationAware { obligation, .. } | Event::ClockStarted { obligation, .. }
                if obligation == of)
        }).is_some());
        let judged = all.map(|(of, _, verdict)| {
            let duty = self.exercise.obligation(of);
            // The plan has no say in where a duty of law counts, nor in what it weighs.
            let own = duty.clause == Clause::Own;
            let phase = duty.task.filter(|_| own);
            let phase = phase.map_or(Phase::Response, |task| self.exercise.task(task).phase);
            let weight = if own {
                f64::from(duty.weight)
            } else {
                2.0 * UNIT
            };
            let kept = [Verdict::Met, Verdict::Phased, Verdict::NotRequired];
            let runs = [Verdict::Running, Verdict::HandedOn].contains(&verdict);
            let sound = kept.contains(&verdict) || runs && duty.clause != Clause::Missing;
            (phase, weight, whole(sound))
        });
        judged.collect()
    }

    /// From High up, whether every act that took a measure is followed by an entry of the log, as far as
    /// half an hour was left for it.
    fn logged(&self) -> Option<bool> {
        let severity = self.exercise.scenario().incidents[self.incident.index()].severity;
        let acts: Vec<(i64, u32)> = self
            .entries
            .iter()
            .filter(|entry| {
                let claims = [Outcome::Done, Outcome::Flawed];
                matches!(entry.event, Event::TaskEnded { instance, outcome }
                    if claims.contains(&outcome) && !self.exercise.task(instance.task).does.is_empty())
            })
            .map(|entry| (entry.at.0, entry.number))
            .filter(|(at, _)| at + HALF_AN_HOUR <= self.end_at())
            .collect();
        if severity < Severity::High || acts.is_empty() {
            return None;
        }
        let is_kept = |(at, number): &(i64, u32)| {
            self.entries.iter().any(|entry| {
                matches!(entry.event, Event::LogWritten { .. })
                    && entry.number > *number
                    && entry.at.0 <= at + HALF_AN_HOUR
            })
        };
        Some(acts.iter().all(is_kept))
    }
}
