//! From judged facts to words and pictures.
//!
//! A [`Document`] is made once of an exercise, its record and its evaluation. It says what there is
//! to say and how it is structured, and nothing about where it is shown. Each renderer maps it to
//! text: [`terminal`] for a screen of so many columns, [`markdown`] for a report. [`json`] is the
//! view for scripts, and [`explain`] lists what an exercise stands on.
//!
//! Nothing here computes a score, prints, or reads a clock or a terminal: width, colour and
//! character set are arguments.

pub mod campaign;
mod clean;
mod compose;
mod document;
pub mod explain;
#[cfg(test)]
mod fixture;
pub mod json;
#[cfg(test)]
mod looks;
pub mod markdown;
pub mod paper;
pub mod terminal;
#[cfg(test)]
mod times;
pub mod why;
pub mod words;

pub use clean::{clean, clean_lines};
pub use compose::{Options, People};
pub use document::{
    Align, Axis, Bar, Bars, Block, Clock, Column, Depth, Document, Fact, FindingItem, Findings,
    Headline, Ladder, Lane, LegendItem, Moment, Moments, Part, Phrase, Piece, Pin, Rung, Section,
    State, Step, Stretch, Table, Text, Timeline, Tone,
};
