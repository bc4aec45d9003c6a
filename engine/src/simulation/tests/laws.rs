//! What holds of every run of every exercise.

mod entries;
mod exercises;
mod sameness;
mod world;
