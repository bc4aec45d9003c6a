//! Keys that people name on the command line.

use crate::failure::Failure;
use hotwash_app::read_text;
use hotwash_archive::{Key, PublicKey};
use std::path::Path;

/// The longest key file that is read, in bytes.
const MAX_FILE: usize = 4_096;

/// Reads a key file.
pub(crate) fn read(path: &Path) -> Result<Key, Failure> {
    let text = read_text(path, MAX_FILE)?;
    Key::parse(&text).map_err(|error| {
        Failure::input(format!("`{}`: {error}", path.display()))
            .hint("`hotwash key new FILE` makes a key file.")
    })
}

/// The public key that is given by its digits or by a key file.
pub(crate) fn public(text: &str) -> Result<PublicKey, Failure> {
    match PublicKey::parse(text) {
        Some(key) => Ok(key),
        None => read(Path::new(text)).map(|key| key.public()),
    }
}
