//! A record with what it was worth.

use hotwash_archive::Loaded;
use hotwash_engine::campaign::{Advice, advise};
use hotwash_engine::evaluation::{Baselines, Evaluation, evaluate};
use hotwash_engine::record::{FORMAT, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use std::sync::atomic::AtomicBool;

/// A record and its evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The record.
    pub record: Record,
    /// What it was worth.
    pub evaluation: Evaluation,
}

impl Judged {
    /// Evaluates a record that was read. One of an older format has no baselines: they would be played by
    /// other rules than it was.
    pub fn of(loaded: Loaded) -> Self {
        if loaded.format == FORMAT {
            return Self::new(loaded.record);
        }
        let record = loaded.record;
        let evaluation = evaluate(&record.header.exercise, &record, Baselines::default());
        Self { record, evaluation }
    }

    /// Evaluates a record, beside the two baselines on its own draws.
    pub fn new(record: Record) -> Self {
        let (seed, run) = (record.header.seed, record.header.run);
        let baseline = |policy| {
            let setup = Setup::of(seed, run).with_policy(policy);
            simulate(&record.header.exercise, &setup, Provenance::default())
        };
        let (no_response, ideal) = (baseline(Policy::NoResponse), baseline(Policy::Ideal));
        let baselines = Baselines {
            no_response: Some(&no_response),
            ideal: Some(&ideal),
        };
        let evaluation = evaluate(&record.header.exercise, &record, baselines);
        Self { record, evaluation }
    }

    /// What the findings propose, tried on so many threads. The same record has the same advice. `None`: it was
    /// stopped, or the record has no ENDEX and nothing is found by it.
    pub fn advice(&self, threads: usize, stop: &AtomicBool) -> Option<Advice> {
        self.evaluation.end?;
        let header = &self.record.header;
        let findings = &self.evaluation.findings;
        advise(&header.exercise, header.seed, findings, threads, stop)
    }
}
