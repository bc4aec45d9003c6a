//! What a campaign says, for people and for scripts.

pub mod charts;
mod clocks;
mod compare;
mod document;
pub(crate) mod figure;
mod gist;
mod improve;
mod json;
mod left_out;
mod load;
mod made_of;
mod page;
mod partial;
mod phases;
mod rows;
mod score;
mod softer;
mod strata;
#[cfg(test)]
mod tests;
mod what_if;

pub use compare::{Compared, Side};
pub use improve::Improved;
pub use json::{
    campaign as json, comparison as comparison_json, improvements as improvements_json,
    strata as strata_json,
};
pub use rows::{Reading, RowsError, Trial, header, is_header, line};
pub use strata::{Strata, Stratum};

use crate::document::Step;
use crate::words::{Naming, People};
use hotwash_engine::campaign::statistics::Chance;
use hotwash_engine::campaign::{Summary, WhatIf};
use hotwash_engine::exercise::Exercise;

/// A campaign of one exercise, and what is worth saying beside its figures.
#[derive(Debug, Clone, Copy)]
pub struct Campaign<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What its runs say.
    pub summary: &'a Summary,
    /// The seed of all chance.
    pub seed: u64,
    /// What is said of which runs it is made of, such as `runs 0 to 999`; without a full stop.
    pub runs: &'a str,
    /// When runs start, such as `as scripted`.
    pub hours: &'a str,
    /// What is worth saying above all, such as that it was interrupted.
    pub notices: &'a [String],
    /// Where the exercise came from; empty: not said.
    pub origin: &'a str,
    /// The command that lists the defaults and gaps that it stands on; empty: not said.
    pub lists: &'a str,
    /// What a reader can do next.
    pub next: &'a [Step],
    /// Whether the table of tasks is shown.
    pub tasks: bool,
    /// What single changes do, where they were tried.
    pub what_if: Option<&'a WhatIf>,
}

impl<'a> Campaign<'a> {
    fn names(&self) -> Naming<'a> {
        Naming::new(self.exercise, People::ByRole)
    }
}

/// A level that was demanded, and whether it was reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    /// As it was demanded.
    pub text: String,
    /// What was found: the mean score in points, or the lower end of the interval of a chance.
    pub found: Option<f64>,
    /// What was demanded at least.
    pub least: f64,
    /// Whether it is a chance.
    pub is_chance: bool,
    /// In how many runs the score was partial. Where it was in any, no level is reached.
    pub partial: Chance,
    /// Whether it was reached.
    pub met: bool,
}
