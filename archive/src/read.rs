//! Reading a record back.

use crate::hash::Hash;
use crate::scan::{Fault, FaultKind, Found, Scan, Torn};
use crate::seal::Seal;
use hotwash_engine::record::Record;
use std::io::BufRead;

/// A record that was read.
#[derive(Debug)]
pub struct Loaded {
    /// The record, up to the cut if there is one.
    pub record: Record,
    /// The format in which it was written. What is older than [`hotwash_engine::record::FORMAT`] was lifted to
    /// it; it was played by other rules, so it cannot be played again.
    pub format: u32,
    /// The hash of its last line before the seal.
    pub fingerprint: Hash,
    /// Its seal, which holds; a record without one is unsealed.
    pub seal: Option<Seal>,
    /// The last line, if it was cut off. What it held is not in the record.
    pub torn: Option<Torn>,
}

/// Reads a record, checking all that [`crate::verify`] checks. A last line that was cut off is left
/// out and reported; anything else that is wrong is an error.
pub fn read(input: impl BufRead) -> Result<Loaded, Fault> {
    let mut scan = Scan::new(input);
    let mut header = None;
    let mut entries = Vec::new();
    let mut seal = None;
    let mut torn = None;
    while let Some(found) = scan.next() {
        match found {
            Ok(Found::Header(read)) => header = Some(*read),
            Ok(Found::Entry(entry)) => entries.push(entry),
            Ok(Found::Seal(read)) => seal = Some(read),
            Err(Fault {
                kind: FaultKind::Torn(cut),
                ..
            }) if header.is_some() && seal.is_none() => {
                torn = Some(cut);
                break;
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(Loaded {
        format: scan.format(),
        record: Record {
            header: header.expect("a walk that ends well began with a header"),
            entries,
        },
        fingerprint: scan.last(),
        seal,
        torn,
    })
}
