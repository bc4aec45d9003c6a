//! The live drill: people act on pages of their own while the exercise runs.
//!
//! `hotwash drill` calls [`run`]. One [`desk`](self) owns the drill, its record and its seats: an act, or time
//! that passed, goes to the engine; what came of it is written and synced; then the pages are told. Pages show
//! what `Situation::view_for` lets their seat see, and nothing else.
//!
//! It must never hold a rule of the exercise, show an act as done that is not on disk, or read a clock of its
//! own: what time it is, the binary tells it.

mod act;
mod clock;
mod desk;
mod pages;
mod seats;
mod server;
mod view;
mod web;

pub use clock::{Clock, TestClock};
pub use desk::setting::{Begin, Setting};
pub use server::{Left, Ready, run};
