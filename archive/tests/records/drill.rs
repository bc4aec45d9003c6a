//! A record that is written as it happens.

use crate::fixture::{header, key, notes, record};
use hotwash_archive::{
    AppendError, Appender, ResumeError, Storage, create, read, resume, to_bytes, verify,
};
use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::rc::Rc;

/// A disk that loses what was not made durable, and that can be full.
#[derive(Clone, Default)]
struct Disk(Rc<RefCell<Platter>>);

#[derive(Default)]
struct Platter {
    durable: Vec<u8>,
    pending: Vec<u8>,
    room: Option<usize>,
    writes: usize,
    syncs: usize,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut platter = self.0.borrow_mut();
        let used = platter.durable.len() + platter.pending.len();
        let fits = platter
            .room
            .map_or(bytes.len(), |room| bytes.len().min(room - used));
        if fits == 0 {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no room"));
        }
        platter.pending.extend(&bytes[..fits]);
        platter.writes += 1;
        Ok(fits)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Storage for Disk {
    fn make_durable(&mut self) -> io::Result<()> {
        let platter = &mut *self.0.borrow_mut();
        platter.durable.append(&mut platter.pending);
        platter.syncs += 1;
        Ok(())
    }
}

#[test]
fn a_line_is_on_disk_before_anybody_is_told() {
    let record = record(&notes());
    let disk = Disk::default();
    let mut appender = Appender::start(disk.clone(), record.header.clone()).expect("there is room");
    for entry in &record.entries {
        appender.append(entry).expect("there is room");
        let durable = disk.0.borrow().durable.clone();
        let report = verify(durable.as_slice());
        assert!(report.intact());
        assert_eq!(report.lines, u64::from(entry.number) + 1);
    }
    appender.finish(Some(&key())).expect("there is room");
    assert_eq!(disk.0.borrow().durable, to_bytes(&record, Some(&key())));
}

#[test]
fn the_entries_of_an_instant_are_written_and_kept_at_once() {
    let record = record(&notes());
    let disk = Disk::default();
    let mut appender = Appender::start(disk.clone(), record.header.clone()).expect("there is room");
    let before = (disk.0.borrow().writes, disk.0.borrow().syncs);
    appender.append_all(&record.entries).expect("there is room");
    let after = (disk.0.borrow().writes, disk.0.borrow().syncs);
    assert_eq!(after, (before.0 + 1, before.1 + 1));
    appender.append_all(&[]).expect("nothing needs no room");
    assert_eq!(disk.0.borrow().syncs, after.1);
    assert_eq!(disk.0.borrow().durable, to_bytes(&record, None));
    let gap = [record.entries[0].clone(), record.entries[0].clone()];
    let mut other = Appender::start(Vec::new(), record.header).expect("memory has room");
    assert!(matches!(
        other.append_all(&gap),
        Err(AppendError::Number { .. })
    ));
}

#[test]
fn after_a_line_that_was_not_kept_no_other_is_taken() {
    let record = record(&notes());
    let disk = Disk::default();
    let mut appender = Appender::start(disk.clone(), record.header.clone()).expect("there is room");
    let used = disk.0.borrow().durable.len();
    disk.0.borrow_mut().room = Some(used + 10);
    let full = appender.append(&record.entries[0]);
    assert!(matches!(full, Err(AppendError::Io(_))));
    disk.0.borrow_mut().room = None;
    let next = appender.append(&record.entries[0]);
    assert!(matches!(next, Err(AppendError::Broken)));
}

#[test]
fn entries_are_taken_in_their_order_only() {
    let record = record(&notes());
    let mut appender = Appender::start(Vec::new(), header()).expect("memory has room");
    let second = appender.append(&record.entries[1]);
    assert!(matches!(
        second,
        Err(AppendError::Number {
            found: 2,
            expected: 1
        })
    ));
}

#[test]
fn a_record_that_was_stopped_anywhere_is_gone_on_with() {
    let whole = record(&notes());
    let bytes = to_bytes(&whole, None);
    let header = bytes
        .iter()
        .position(|b| *b == b'\n')
        .expect("it has lines")
        + 1;
    let folder = tempfile::tempdir().expect("a folder for the test");
    for cut in (header..bytes.len()).step_by(53) {
        let path = folder.path().join(format!("{cut}.jsonl"));
        fs::write(&path, &bytes[..cut]).expect("the folder takes files");
        let (mut appender, loaded) = resume(&path).expect("a cut is no error");
        for entry in &whole.entries[loaded.record.entries.len()..] {
            appender.append(entry).expect("there is room");
        }
        appender.finish(None).expect("there is room");
        assert_eq!(fs::read(&path).expect("it is there"), bytes);
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_added_to_a_sealed_record() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("r.jsonl");
    let record = record(&notes());
    let fingerprint = create(&path, &record, Some(&key())).expect("the path is free");
    let again = create(&path, &record, None).expect_err("the file is there");
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
    assert!(Appender::create(&path, record.header.clone()).is_err());
    assert!(matches!(resume(&path), Err(ResumeError::Sealed)));
    let loaded =
        read(BufReader::new(File::open(&path).expect("it is there"))).expect("it was written");
    assert_eq!((loaded.record, loaded.fingerprint), (record, fingerprint));
}
