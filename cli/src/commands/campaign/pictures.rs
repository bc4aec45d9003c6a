//! Pictures of a campaign, written into a folder.

use crate::failure::Failure;
use crate::output;
use hotwash_engine::campaign::Tally;
use hotwash_reports::campaign::Campaign;
use hotwash_reports::campaign::charts::{chances, distribution, tornado};
use std::path::Path;

const DISTRIBUTION: &str = "distribution.svg";
const CHANCES: &str = "chances.svg";
const TORNADO: &str = "tornado.svg";

/// Fails if one of the pictures is there already, or no folder can be where they go.
pub(super) fn check_free(folder: &Path, what_if: bool) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        let shown = folder.display();
        return Err(Failure::input(format!(
            "`{shown}` is a file, and pictures go into a folder"
        ))
        .hint("Name a folder that is there or can be made."));
    }
    let tornado = what_if.then_some(TORNADO);
    let mut names = [DISTRIBUTION, CHANCES].into_iter().chain(tornado);
    names.try_for_each(|name| Ok(hotwash_app::check_free(&folder.join(name))?))
}

/// Draws all that there is to draw. No file is overwritten.
pub(super) fn draw(folder: &Path, campaign: &Campaign<'_>, tally: &Tally) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| hotwash_app::unwritable(folder, &error))?;
    output::create(&folder.join(DISTRIBUTION), &distribution(campaign))?;
    output::create(&folder.join(CHANCES), &chances(campaign, tally))?;
    if let Some(what_if) = campaign.what_if {
        let picture = tornado(campaign.exercise, what_if);
        output::create(&folder.join(TORNADO), &picture)?;
    }
    Ok(())
}
