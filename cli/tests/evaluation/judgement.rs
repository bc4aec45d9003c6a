//! Judgement and gates, from the text of the rules.

use super::Oracle;
use super::expected::Came;
use hotwash_engine::exercise::{
    AssetId, AssetState, Clause, Condition, DecisionId, EvidenceItem, Fact, IncidentId, Measure,
    Object, Objective, ObligationId, Phase, Selector, Severity, Soundness, StakeholderKind,
};
use hotwash_engine::record::{Event, Verdict};
use std::collections::BTreeSet;

/// A judged item: its phase, its weight, and whether it was sound.
pub(super) type Judged = (Phase, f64, bool);

/// A weight of 1: weights are kept in hundredths.
const UNIT: f64 = 100.0;

impl Oracle<'_> {
    /// Everything that was judged.
    pub(super) fn judged(&self) -> Vec<Judged> {
        let assets = 0..self.exercise.organisation().assets.len();
        let assets: Vec<AssetId> = assets.map(AssetId::new).collect();
        let mut all = Vec::new();
        let classified = self.is_classified_soundly();
        all.extend(classified.map(|sound| (Phase::Assessment, 2.0 * UNIT, sound)));
        for asset in &assets {
            all.extend(
                self.preserved_first(*asset)
                    .map(|sound| (Phase::Response, UNIT, sound)),
            );
            all.extend(
                self.evicted_first(*asset)
                    .map(|sound| (Phase::Recovery, UNIT, sound)),
            );
        }
        all.extend(self.decided());
        all.extend(self.told());
        all.extend(self.logged().map(|sound| (Phase::Response, UNIT, sound)));
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
            Some((decision.phase, f64::from(decision.weight), sound))
        });
        judged.collect()
    }

    /// The verdict of each clock at the end.
    fn verdicts(&self) -> Vec<(ObligationId, IncidentId, Verdict)> {
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
            // The plan has no say in where a duty of law counts.
            let own = duty.task.filter(|_| duty.clause == Clause::Own);
            let phase = own.map_or(Phase::Response, |task| self.exercise.task(task).phase);
            let runs = matches!(verdict, Verdict::Running | Verdict::HandedOn);
            let sound = verdict == Verdict::Met || (runs && duty.clause != Clause::Missing);
            (phase, f64::from(duty.weight), sound)
        });
        judged.collect()
    }

    /// From High up, whether every act that took a measure is followed by an entry of the log.
    fn logged(&self) -> Option<bool> {
        let severity = self.exercise.scenario().incidents[self.incident.index()].severity;
        let acts: Vec<i64> = self
            .entries
            .iter()
            .filter_map(|entry| {
                matches!(entry.event, Event::MeasureTaken { .. }).then_some(entry.at.0)
            })
            .collect();
        if severity < Severity::High || acts.is_empty() {
            return None;
        }
        let log: Vec<i64> = self
            .entries
            .iter()
            .filter_map(|entry| {
                matches!(entry.event, Event::LogWritten { .. }).then_some(entry.at.0)
            })
            .collect();
        let is_kept = |at: &i64| {
            log.iter()
                .any(|written| (*at..=*at + 1_800_000).contains(written))
        };
        Some(acts.iter().all(is_kept))
    }

    /// How many gates there are.
    pub(super) fn gates(&self) -> usize {
        let broken = |verdict: &Verdict| {
            matches!(
                verdict,
                Verdict::Late | Verdict::Breached | Verdict::NotRecognised
            )
        };
        let laws: BTreeSet<(String, StakeholderKind, IncidentId)> = self
            .verdicts()
            .into_iter()
            .filter(|(_, _, verdict)| broken(verdict))
            .filter_map(|(of, incident, _)| {
                let duty = self.exercise.obligation(of);
                Some((duty.law.clone()?, duty.to, incident))
            })
            .collect();
        let objectives = self.exercise.scenario().objectives.iter();
        let failed = objectives.filter(|of| {
            let Some(failed) = self.failed(of) else {
                return false;
            };
            let rests = |kind: &StakeholderKind| laws.iter().any(|(_, to, _)| to == kind);
            let on_duty = |at: &usize| {
                let act = &self.exercise.scenario().expectations[*at].act;
                matches!(&act.on, Object::Stakeholder(kind) if rests(kind))
            };
            failed.is_empty() || !failed.iter().all(on_duty)
        });
        laws.len() + failed.count()
    }

    /// The critical items with which an objective failed; `None`: it did not.
    fn failed(&self, of: &Objective) -> Option<Vec<usize>> {
        let harm = of.harm.as_ref().and_then(|harm| self.first(harm));
        let came: Vec<_> = of.critical.iter().map(|id| (*id, self.came(*id))).collect();
        if came.iter().all(|(_, came)| *came == Came::NotExercised) {
            return None;
        }
        let failed: Vec<usize> = came
            .into_iter()
            .filter(|(id, came)| match came {
                Came::Share(share) => {
                    *share < 0.5 || harm.is_some_and(|(at, by)| self.open_at(*id, at, by))
                }
                Came::NotExercised => false,
            })
            .map(|(id, _)| id.index())
            .collect();
        let end = self.entries.last().map_or(0, |entry| entry.at.0);
        let looked_at = of.limit.map_or(end, |limit| limit.0);
        let unsuccessful = of
            .success
            .as_ref()
            .is_some_and(|success| looked_at <= end && !self.true_at(success, looked_at));
        (unsuccessful || !failed.is_empty()).then_some(failed)
    }

    /// When a harm first came about, and by which step.
    fn first(&self, harm: &Condition) -> Option<(i64, StepId)> {
        match harm {
            Condition::Is(Fact::Reached(wanted)) => {
                let at = self.at(
                    |event| matches!(event, Event::StepTookEffect { step, .. } if step == wanted),
                )?;
                Some((at, *wanted))
            }
            Condition::Any(all) => all.iter().filter_map(|one| self.first(one)).min(),
            other => panic!("what ships names steps as harm, and not {other:?}"),
        }
    }

    fn true_at(&self, condition: &Condition, at: i64) -> bool {
        match condition {
            Condition::Not(one) => !self.true_at(one, at),
            Condition::Any(all) => all.iter().any(|one| self.true_at(one, at)),
            Condition::Is(Fact::Reached(wanted)) => self
                .at(|event| matches!(event, Event::StepTookEffect { step, .. } if step == wanted))
                .is_some_and(|reached| reached <= at),
            Condition::Is(Fact::InState(Selector::Kind(kind), wanted)) => {
                self.is_any(*kind, *wanted, at)
            }
            other => panic!("what ships does not ask for {other:?}"),
        }
    }

    fn is_any(
        &self,
        kind: hotwash_engine::exercise::AssetKind,
        wanted: AssetState,
        at: i64,
    ) -> bool {
        let mut there = BTreeSet::new();
        for entry in self.entries.iter().filter(|entry| entry.at.0 <= at) {
            if let Event::AssetChanged {
                asset, state, on, ..
            } = entry.event
                && state == wanted
                && self.exercise.asset(asset).kind == kind
            {
                if on {
                    there.insert(asset);
                } else {
                    there.remove(&asset);
                }
            }
        }
        !there.is_empty()
    }
}
