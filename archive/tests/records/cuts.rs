//! A file that was cut anywhere loads up to the cut and says so.

use crate::fixture::{key, notes, record};
use hotwash_archive::{FaultKind, read, to_bytes, verify};

#[test]
fn a_file_cut_at_any_byte_loads_up_to_the_cut_and_says_so() {
    let whole = record(&notes());
    let bytes = to_bytes(&whole, Some(&key()));
    let header = bytes
        .iter()
        .position(|b| *b == b'\n')
        .expect("it has lines")
        + 1;
    for cut in header..bytes.len() {
        let part = &bytes[..cut];
        let complete = part.split(|byte| *byte == b'\n').count() - 1;
        let loaded = read(part).expect("a cut is no error");
        assert_eq!(loaded.record.entries, whole.entries[..complete - 1]);
        assert_eq!(loaded.record.header, whole.header);
        assert!(loaded.seal.is_none());
        let ends_in_a_line = part.last() == Some(&b'\n');
        assert_eq!(loaded.torn.is_none(), ends_in_a_line, "cut at {cut}");
        if let Some(torn) = loaded.torn {
            assert_eq!(torn.line, complete as u64 + 1);
            assert_eq!(torn.offset + torn.bytes, cut as u64);
        }
        let report = verify(part);
        assert_eq!(report.fault.is_some(), !ends_in_a_line);
        assert!(report.seal.is_none(), "a cut takes the seal away");
    }
}

#[test]
fn a_file_cut_in_its_header_holds_nothing() {
    let bytes = to_bytes(&record(&[]), None);
    let header = bytes
        .iter()
        .position(|b| *b == b'\n')
        .expect("it has lines");
    for cut in [1, 9, 100, header] {
        let fault = read(&bytes[..cut]).expect_err("there is no header");
        assert!(matches!(fault.kind, FaultKind::Torn(_)), "{fault}");
        assert_eq!(fault.line, 1);
    }
    let fault = read(&b""[..]).expect_err("there is nothing");
    assert!(matches!(fault.kind, FaultKind::Empty));
}

#[test]
fn a_record_without_its_last_entry_is_not_finished() {
    let mut record = record(&notes());
    assert!(verify(to_bytes(&record, None).as_slice()).finished);
    record.entries.pop();
    let report = verify(to_bytes(&record, None).as_slice());
    assert!(report.intact() && !report.finished);
}
