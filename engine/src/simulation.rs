//! How a run goes: the ECS world.
mod agenda;
mod assets;
mod attack;
mod calendar;
mod clocks;
mod draw;
#[cfg(test)]
mod fixture;
mod monitoring;
mod out;
mod scene;

pub(crate) use calendar::due;
pub use scene::Policy;
