//! A record with what it was worth, and how both are shown.

use crate::output::Terminal;
use hotwash_archive::Loaded;
use hotwash_engine::evaluation::{Baselines, Evaluation, evaluate};
use hotwash_engine::record::{FORMAT, Record};
use hotwash_engine::simulation::{Policy, Provenance, Setup, simulate};
use hotwash_reports::terminal::{Charset, Style};
use hotwash_reports::{Document, Options, json, markdown, terminal};

/// A record and its evaluation.
pub(crate) struct Judged {
    pub(crate) record: Record,
    evaluation: Evaluation,
}

impl Judged {
    /// Evaluates a record that was read. One of an older format has no baselines: they would be played by
    /// other rules than it was.
    pub(crate) fn of(loaded: Loaded) -> Self {
        if loaded.format == FORMAT {
            return Self::new(loaded.record);
        }
        let record = loaded.record;
        let evaluation = evaluate(&record.header.exercise, &record, Baselines::default());
        Self { record, evaluation }
    }

    /// Evaluates a record, beside the two baselines on its own draws.
    pub(crate) fn new(record: Record) -> Self {
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

    /// As scripts read it.
    pub(crate) fn json(&self) -> String {
        json::run(&self.record.header.exercise, &self.record, &self.evaluation)
    }

    /// As the terminal shows it.
    pub(crate) fn text(&self, options: &Options) -> String {
        screen(&self.document(options))
    }

    /// As a Markdown report.
    pub(crate) fn markdown(&self, options: &Options) -> String {
        markdown::render(&self.document(options))
    }

    fn document(&self, options: &Options) -> Document {
        let exercise = &self.record.header.exercise;
        Document::of(exercise, &self.record, &self.evaluation, options)
    }
}

/// A document as the terminal shows it.
pub(crate) fn screen(document: &Document) -> String {
    let asked = Terminal::of_environment();
    let style = Style {
        width: asked.width,
        colour: true,
        charset: if asked.unicode {
            Charset::Unicode
        } else {
            Charset::Ascii
        },
    };
    terminal::render(document, style)
}
