//! The job by which a cluster plays parts and puts them together, as text for an engine that exists.
//!
//! `campaign emit`, `compare emit` and `improve emit` say what is played; this says how. It starts nothing.

mod kubernetes;
mod slurm;

use crate::failure::Failure;
use hotwash_app::quoted;
use std::num::NonZeroU64;

/// The engine that plays a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Engine {
    /// A script of `bash` that submits arrays to Slurm.
    Slurm,
    /// An Indexed Job for `kubectl apply`.
    Kubernetes,
}

/// A job.
#[derive(Debug, clap::Args)]
pub(crate) struct Job {
    /// For which engine
    #[arg(value_enum)]
    engine: Engine,
    /// In how many parts it is played
    #[arg(long, value_name = "K")]
    parts: NonZeroU64,
    /// The folder for the rows of the parts and for the result, from where the job runs; all machines have
    /// to see the same
    #[arg(long, value_name = "DIR", default_value = "parts", value_parser = plain_path)]
    folder: String,
    /// What the job is called
    #[arg(long, value_name = "NAME", default_value = "hotwash", value_parser = label)]
    name: String,
    /// Kubernetes: the image that holds `hotwash` and a shell
    #[arg(long, value_name = "IMAGE", default_value = "hotwash:latest", value_parser = plain_path)]
    image: String,
    /// Kubernetes: the claim for the volume with the definitions, on which the folder is made
    #[arg(long, value_name = "CLAIM", default_value = "hotwash", value_parser = label)]
    claim: String,
}

/// What a job plays: the arguments of the binary, as they are typed.
pub(crate) struct Work {
    /// What it is, for a reader of the job.
    pub(crate) title: String,
    /// What plays a part, for each round; the part and the folder for its rows are added.
    pub(crate) rounds: Vec<String>,
    /// What puts all together; the folder is added.
    pub(crate) merge: String,
    /// Whether the result is JSON.
    pub(crate) json: bool,
    /// On how many threads a part is played.
    pub(crate) threads: u64,
}

impl Job {
    /// In how many parts it is played.
    pub(crate) const fn parts(&self) -> u64 {
        self.parts.get()
    }

    /// Fails where there is a part for which nothing is left.
    pub(crate) fn check(&self, runs: u64) -> Result<(), Failure> {
        if self.parts() <= runs {
            return Ok(());
        }
        let why = format!("{} parts are more than {runs} runs", self.parts());
        Err(Failure::input(why).hint("Play at most as many parts as there are runs."))
    }

    /// The text of the job.
    pub(crate) fn text(&self, work: &Work) -> String {
        match self.engine {
            Engine::Slurm => slurm::text(self, work),
            Engine::Kubernetes => kubernetes::text(self, work),
        }
    }

    /// What plays a part in a round.
    fn part(&self, round: &str, threads: u64) -> String {
        let folder = quoted(&self.folder);
        let parts = self.parts;
        format!("{round} --threads {threads} --part auto/{parts} --rows {folder}")
    }

    /// The file of the result.
    fn result(&self, work: &Work) -> String {
        let end = if work.json { "json" } else { "txt" };
        format!("{}/result.{end}", self.folder)
    }
}

/// A path or an image without anything that a shell, Slurm or YAML would read otherwise.
fn plain_path(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    Err("it is made of letters, digits and `-_./:@`, and does not begin with `-`".to_owned())
}

/// A name that every engine takes: that of a DNS label.
fn label(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let ends = !text.starts_with('-') && !text.ends_with('-');
    if (1..=63).contains(&text.len()) && ends && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    Err(
        "it is made of at most 63 small letters, digits and `-`, with none of these at an end"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_engine_would_read_otherwise_is_no_name_and_no_path() {
        for wrong in ["", "-a", "a b", "a%j", "a'b", "a\nb", "$a", "a\"", "{a}"] {
            assert!(
                plain_path(wrong).is_err() && label(wrong).is_err(),
                "{wrong}"
            );
        }
        for wrong in ["A", "a-", "a.b", &"a".repeat(64)] {
            assert!(label(wrong).is_err(), "{wrong}");
        }
        let image = "registry.example.org:5000/tools/hotwash@sha256:0a";
        assert_eq!(plain_path(image), Ok(image.to_owned()));
        assert_eq!(label("night-2"), Ok("night-2".to_owned()));
    }
}
