//! What holds of every run of every exercise.

mod away;
mod better_hands;
mod cases;
mod deputy;
mod detection;
mod entries;
mod expected;
mod handed_out;
mod hostile;
mod isolation;
mod knowledge;
mod outage;
mod people;
mod played;
mod recorded;
mod records;
mod runner;
mod sameness;
mod scale;
mod settled;
mod world;
