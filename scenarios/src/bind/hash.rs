//! Hashes by which an exercise and its definitions are told from others.

use crate::source::Source;
use hotwash_engine::exercise::Exercise;
use hotwash_engine::record::DefinitionHash;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The SHA-256 of an exercise, in hexadecimal: of its canonical JSON, in which every list is in its
/// order and nothing depends on how the definitions were laid out.
pub fn exercise_hash(exercise: &Exercise) -> String {
    let json = serde_json::to_vec(exercise.parts());
    hex(&json.expect("an exercise holds nothing that JSON cannot"))
}

/// The hash of every text, by its name without a path, sorted.
pub fn definition_hashes(sources: &[Source]) -> Vec<DefinitionHash> {
    let hash = |source: &Source| {
        let name = source.name.rsplit(['/', '\\']).next();
        DefinitionHash {
            name: name.unwrap_or(&source.name).to_owned(),
            sha256: hex(source.text.as_bytes()),
        }
    };
    let mut hashes: Vec<DefinitionHash> = sources.iter().map(hash).collect();
    hashes.sort_unstable();
    hashes
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("writing to a text cannot fail");
    }
    text
}
