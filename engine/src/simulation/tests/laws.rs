//! What holds of every run of every exercise.

mod entries;
mod exercises;
mod hostile;
mod played;
mod sameness;
mod world;
