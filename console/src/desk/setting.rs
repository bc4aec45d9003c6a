//! What a drill is begun with.

use crate::clock::Clock;
use hotwash_app::Place;
use hotwash_archive::Key;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::simulation::Provenance;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// What a drill needs that is not in its record.
pub struct Setting {
    /// The address under which people reach the pages, such as `http://192.0.2.7:8080`, as it is shown.
    pub address: String,
    /// The clock on the wall.
    pub clock: Arc<dyn Clock>,
    /// What the record is sealed with when it is closed.
    pub seal: Option<Key>,
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setting")
            .field("address", &self.address)
            .field("sealed", &self.seal.is_some())
            .finish_non_exhaustive()
    }
}

/// Where a drill begins.
#[derive(Debug)]
pub enum Begin {
    /// At the beginning: people join, and STARTEX is called.
    Anew {
        /// What is played.
        exercise: Arc<Exercise>,
        /// What all chance is drawn from.
        seed: u64,
        /// Of which files it was made.
        provenance: Provenance,
        /// Whether players have help.
        assisted: bool,
        /// Thousandths of the speed of the clock on the wall.
        pace: u32,
        /// Where the record will lie.
        place: Place,
    },
    /// Where a record was broken off.
    Again {
        /// The record.
        record: PathBuf,
    },
}
