//! What was changed is found, and its line is named.

use crate::fixture::{key, notes, record};
use hotwash_archive::{FaultKind, Hash, Key, read, to_bytes, verify};
use proptest::prelude::*;

/// The line in which a byte lies, from 1.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    lines(&bytes[..at])
        .iter()
        .filter(|line| {
            line.ends_with(
                b"
",
            )
        })
        .count() as u64
        + 1
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(
        notes in prop::collection::vec("\\PC{0,40}", 0..6),
        sealed in any::<bool>(),
    ) {
        let record = record(&notes);
        let key = sealed.then(key);
        let bytes = to_bytes(&record, key.as_ref());
        let loaded = read(bytes.as_slice()).expect("it was just written");
        prop_assert_eq!(&loaded.record, &record);
        prop_assert_eq!(loaded.seal.map(|seal| seal.key), key.map(|key| key.public()));
        prop_assert_eq!(loaded.torn, None);
        let report = verify(bytes.as_slice());
        prop_assert!(report.intact() && report.finished);
        prop_assert_eq!(report.fingerprint, Some(loaded.fingerprint));
        prop_assert_eq!(report.lines, record.entries.len() as u64 + 1);
    }

    #[test]
    fn any_changed_byte_of_a_record_is_found_in_its_line(
        sealed in any::<bool>(),
        at in any::<prop::sample::Index>(),
        flip in 1_u8..,
    ) {
        let mut bytes = to_bytes(&record(&notes()), sealed.then(key).as_ref());
        let at = at.index(bytes.len());
        let line = line_of(&bytes, at);
        bytes[at] ^= flip;
        let fault = verify(bytes.as_slice()).fault.expect("a byte was changed");
        prop_assert_eq!(fault.line, line, "{}", fault);
    }

    #[test]
    fn lines_that_were_swapped_or_removed_are_found(
        sealed in any::<bool>(),
        first in 0_usize..11,
        second in 0_usize..11,
    ) {
        let bytes = to_bytes(&record(&notes()), sealed.then(key).as_ref());
        let (first, second) = (first.min(second), first.max(second));
        let mut removed = lines(&bytes);
        removed.remove(first);
        let fault = verify(removed.concat().as_slice()).fault.expect("a line is missing");
        prop_assert_eq!(fault.line, first as u64 + 1, "{}", fault);
        if first < second {
            let mut swapped = lines(&bytes);
            swapped.swap(first, second);
            let fault = verify(swapped.concat().as_slice()).fault.expect("lines are swapped");
            prop_assert_eq!(fault.line, first as u64 + 1, "{}", fault);
        }
    }

    #[test]
    fn whatever_is_added_at_the_end_is_found(
        sealed in any::<bool>(),
        more in prop::collection::vec(any::<u8>(), 1..200),
    ) {
        let mut bytes = to_bytes(&record(&notes()), sealed.then(key).as_ref());
        let count = lines(&bytes).len() as u64;
        bytes.extend(more);
        let fault = verify(bytes.as_slice()).fault.expect("something was added");
        prop_assert_eq!(fault.line, count + 1, "{}", fault);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(bytes.as_slice()).is_err());
        prop_assert!(!verify(bytes.as_slice()).intact());
    }
}

#[test]
fn any_changed_byte_of_the_seal_is_found() {
    let sealed = to_bytes(&record(&notes()), Some(&key()));
    let start = to_bytes(&record(&notes()), None).len();
    let line = line_of(&sealed, start);
    for at in start..sealed.len() {
        for flip in [1, 2, 0x20, 0x80] {
            let mut bytes = sealed.clone();
            bytes[at] ^= flip;
            let fault = verify(bytes.as_slice())
                .fault
                .expect("the seal was changed");
            assert_eq!(fault.line, line, "byte {at}: {fault}");
        }
    }
}

/// What `docs/record.md` says of a chain without a seal.
#[test]
fn a_change_that_recomputes_the_chain_is_found_by_the_seal_alone() {
    let forged = to_bytes(&record(&["forged".to_owned()]), None);
    assert!(verify(forged.as_slice()).intact());

    let genuine = to_bytes(&record(&["genuine".to_owned()]), Some(&key()));
    let seal = lines(&genuine).pop().expect("it is sealed");
    let bytes = [forged, seal].concat();
    let fault = verify(bytes.as_slice())
        .fault
        .expect("the seal is another record's");
    assert!(matches!(fault.kind, FaultKind::Seal(_)));
}

#[test]
fn a_seal_names_the_key_that_made_it() {
    let other = Key::from_seed(&[1; 32]);
    let bytes = to_bytes(&record(&[]), Some(&other));
    let seal = verify(bytes.as_slice()).seal.expect("it is sealed");
    assert_eq!(seal.key, other.public());
    assert_ne!(seal.key, key().public());
}

/// The recipe of `docs/record.md` for `sha256sum`.
#[test]
fn a_line_can_be_checked_without_this_program() {
    let bytes = to_bytes(&record(&notes()), None);
    let text = String::from_utf8(bytes).expect("a record is text");
    let mut prev = "0".repeat(64);
    for line in text.lines() {
        let (hashed, hash) = line
            .rsplit_once(",\"hash\":\"")
            .expect("a line ends in its hash");
        let hash = hash.strip_suffix("\"}").expect("nothing follows the hash");
        assert_eq!(Hash::of(format!("{hashed}}}").as_bytes()).to_string(), hash);
        assert!(line.starts_with(&format!("{{\"prev\":\"{prev}\",")));
        hash.clone_into(&mut prev);
    }
}
