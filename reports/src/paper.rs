//! Documents that people hand over, such as the after-action report.
//!
//! A [`Paper`] is made by rule from an exercise, its record and its evaluation, by whoever wants to hand it over;
//! each claim in it carries the entries that prove it, and the annex holds them. It says what there is to say, in
//! typed cells, and nothing about how it is shown: [`html`] and its kin do that and compute nothing. It never holds
//! a number that neither the evaluation nor the record holds.

mod after_action;
pub mod html;
mod ladder;
mod model;
#[cfg(test)]
mod tests;

pub use after_action::{Handover, after_action, short};
pub use ladder::{Ladder, Step};
pub use model::{
    Block, Cell, Cited, Column, Handling, Kind, Meta, Paper, Part, Rich, Run, Table, Width,
};
