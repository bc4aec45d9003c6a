//! Pictures of a campaign, written into a folder.

use crate::failure::Failure;
use crate::output;
use hotwash_engine::campaign::Tally;
use hotwash_reports::campaign::Campaign;
use hotwash_reports::campaign::charts::{chances, distribution, tornado};
use std::path::Path;

/// Draws all that there is to draw. No file is overwritten.
pub(super) fn draw(folder: &Path, campaign: &Campaign<'_>, tally: &Tally) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| output::unwritable(folder, &error))?;
    output::create(&folder.join("distribution.svg"), &distribution(campaign))?;
    output::create(&folder.join("chances.svg"), &chances(campaign, tally))?;
    if let Some(what_if) = campaign.what_if {
        let picture = tornado(campaign.exercise, what_if);
        output::create(&folder.join("tornado.svg"), &picture)?;
    }
    Ok(())
}
