//! What happens in an exercise, and what it was worth.
//!
//! An [`exercise::Exercise`] is a checked, immutable description of an organisation, its response
//! plan and a scripted incident. A [`record::Record`] is what happened in one run of it.

pub mod campaign;
#[cfg(test)]
mod documented;
pub mod drill;
pub mod evaluation;
pub mod exercise;
#[cfg(any(test, feature = "generator"))]
pub mod generator;
pub mod knowledge;
mod leak;
pub mod record;
pub mod replay;
pub mod simulation;
pub mod situation;
