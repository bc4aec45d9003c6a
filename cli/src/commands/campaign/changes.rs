//! Trying every single change.

use super::play::{Chosen, Played, stopped};
use super::scale::Scale;
use crate::output;
use hotwash_engine::campaign::what_if;
use std::io::IsTerminal;

/// Shared runs, on an eighth of which every change is tried, and the most fresh ones on which the first ten
/// are tried again.
const SCREENED_ON: u64 = 200;
const CONFIRMED_ON: u64 = 1_000;

/// Tries every change; interrupted, the campaign stays and the changes are left out.
pub(super) fn try_all(chosen: &Chosen, scale: &Scale, played: &mut Played) {
    let screened = SCREENED_ON.min(played.tally.runs());
    let first = played.end.max(screened);
    let fresh = first..first + CONFIRMED_ON.min(played.tally.runs());
    let order = chosen.order(0..screened, scale.threads());
    let watched = std::io::stderr().is_terminal();
    played.what_if = what_if(&order, fresh, stopped(), |done, all| {
        if watched {
            output::print_above(&format!("\r{done} of {all} changes tried "));
        }
    });
    if watched {
        output::print_above(&format!("\r{:50}\r", ""));
    }
    if played.what_if.is_none() {
        played.interrupted = true;
        let said = "PARTIAL: interrupted before every change was tried; they are left out.";
        played.notices.push(said.to_owned());
    }
}
