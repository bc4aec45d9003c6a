//! What the big screen shows to everybody in the room: the clock, and how to join.

use super::lobby::spaced_code;
use super::{Bar, Notice, Speak, bar, clock_notices};
use crate::clock::Pacing;
use hotwash_engine::drill::Drill;
use hotwash_engine::situation::view::{View, Viewer};
use hotwash_reports::words;
use serde::Serialize;

/// The big screen.
#[derive(Debug, Serialize)]
pub(crate) struct WallModel {
    /// The clock; none before STARTEX.
    pub(crate) bar: Option<Bar>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) begins: String,
    pub(crate) title: String,
    pub(crate) organisation: String,
    /// The code, while it lets people in.
    pub(crate) code: Option<String>,
    pub(crate) address: String,
    pub(crate) day: String,
}

/// The big screen. `drill`: none before STARTEX.
pub(crate) fn wall(
    speak: &Speak<'_>,
    live: Option<(&Drill, &Pacing)>,
    (code, address): (Option<&str>, &str),
    trouble: Option<&str>,
) -> WallModel {
    let clock = live.and_then(
        |(drill, pacing)| match drill.situation().view_for(&Viewer::Wall) {
            View::Wall(clock) => Some((clock, pacing)),
            View::All(_) | View::Player(_) => None,
        },
    );
    WallModel {
        bar: clock
            .as_ref()
            .map(|(clock, pacing)| bar(speak, ("W", "Big screen".to_owned()), (clock, pacing))),
        notices: clock
            .as_ref()
            .map_or_else(Vec::new, |(clock, _)| clock_notices(speak, clock, trouble)),
        begins: super::lobby::begins(speak),
        title: words::title(speak.exercise),
        organisation: speak.exercise.organisation().name.clone(),
        code: code.map(spaced_code),
        address: address.to_owned(),
        day: clock.map_or_else(String::new, |(_, pacing)| speak.clock.day(pacing.at)),
    }
}
