//! Records of other formats, and lines that are sound but make no sense.

use crate::fixture::{notes, record};
use hotwash_archive::{Fault, FaultKind, Hash, Loaded, read, to_bytes};
use hotwash_engine::exercise::{MessageId, PersonId};
use hotwash_engine::record::{EndKind, Entry, Event, HumanAct, Refusal};
use proptest::prelude::*;
use serde_json::Value;

/// The same record with its content changed and every hash recomputed.
fn forged(change: impl Fn(usize, &str) -> String) -> Result<Loaded, FaultKind> {
    let text = String::from_utf8(to_bytes(&record(&notes()), None)).expect("a record is text");
    let mut prev = "0".repeat(64);
    let mut bytes = String::new();
    for (index, line) in text.lines().enumerate() {
        let content = &line[r#"{"prev":"","#.len() + 64..line.len() - r#","hash":""}"#.len() - 64];
        let body = format!("{{\"prev\":\"{prev}\",{}", change(index + 1, content));
        prev = Hash::of(format!("{body}}}").as_bytes()).to_string();
        bytes.extend([&body, ",\"hash\":\"", &prev, "\"}\n"]);
    }
    read(bytes.as_bytes()).map_err(|fault| fault.kind)
}

fn replaced(line: usize, from: &str, to: &str) -> FaultKind {
    forged(|number, content| {
        if number == line {
            assert!(content.contains(from), "{content}");
            content.replacen(from, to, 1)
        } else {
            content.to_owned()
        }
    })
    .expect_err("it was forged")
}

/// Every value inside a JSON value, itself included.
fn inside(value: &mut Value) -> Vec<&mut Value> {
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        leaf => return vec![leaf],
    };
    children.into_iter().flat_map(inside).collect()
}

proptest! {
    /// Somebody who recomputes the chain can write any header; it is read or refused.
    #[test]
    fn a_header_that_was_changed_anywhere_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        to in prop::sample::select(vec!["null", "-1", "0", "1", "65535", "1e99", "9223372036854775807", "\"\"", "\"Low\"", "[]", "[0]", "{}"]),
    ) {
        let changed = |content: &str| {
            let json = content.strip_prefix("\"header\":").expect("the first line is the header");
            let mut header: Value = serde_json::from_str(json).expect("a header is JSON");
            let mut values = inside(&mut header);
            let chosen = at.index(values.len());
            *values[chosen] = serde_json::from_str(to).expect("the choices are JSON");
            format!("\"header\":{header}")
        };
        let result = forged(|line, content| {
            if line == 1 { changed(content) } else { content.to_owned() }
        });
        // Either is right; a panic is not.
        drop(result);
    }
}

#[test]
fn a_format_that_is_too_new_or_too_old_says_so() {
    let newer = replaced(1, "\"format\":2", "\"format\":99,\"new\":{}");
    assert!(matches!(newer, FaultKind::TooNew(99)), "{newer}");
    let older = replaced(1, "\"format\":2", "\"format\":0");
    assert!(matches!(older, FaultKind::TooOld(0)), "{older}");
}

#[test]
fn unknown_fields_and_names_are_refused() {
    let field = replaced(2, "\"wall\"", "\"more\":1,\"wall\"");
    assert!(matches!(field, FaultKind::Content(_)), "{field}");
    let name = replaced(3, "amara", "nobody");
    assert!(matches!(name, FaultKind::Name(_)), "{name}");
    let header = replaced(1, "\"seed\"", "\"more\":1,\"seed\"");
    assert!(matches!(header, FaultKind::Content(_)), "{header}");
}

#[test]
fn entries_out_of_order_are_refused() {
    let number = replaced(3, "\"number\":2", "\"number\":4");
    assert!(
        matches!(
            number,
            FaultKind::Number {
                found: 4,
                expected: 2
            }
        ),
        "{number}"
    );
    let time = replaced(4, "\"at\":120000", "\"at\":-600000");
    assert!(matches!(time, FaultKind::BackInTime), "{time}");
    let cause = replaced(3, "\"cause\":1", "\"cause\":2");
    assert!(matches!(cause, FaultKind::Cause(2)), "{cause}");
}

#[test]
fn a_header_stands_first_and_once() {
    let twice = replaced(2, "\"entry\"", "\"header\"");
    assert!(matches!(twice, FaultKind::Misplaced), "{twice}");
    let none = replaced(1, "\"header\"", "\"entry\"");
    assert!(matches!(none, FaultKind::Misplaced), "{none}");
}

/// A record with one entry more, behind all others.
fn with_one_more(event: Event) -> Result<Loaded, Fault> {
    let mut record = record(&notes());
    let last = record.entries.last().expect("it has entries").clone();
    record.entries.push(Entry {
        number: last.number + 1,
        event,
        ..last
    });
    read(to_bytes(&record, None).as_slice())
}

#[test]
fn what_cannot_be_is_refused_at_its_line_with_its_cause() {
    let told = |result: Result<Loaded, FaultKind>| result.expect_err("it cannot be").to_string();
    let header = |from: &str, to: &str| {
        told(forged(|line, content| {
            assert!(line > 1 || content.contains(from), "{content}");
            content.replacen(if line == 1 { from } else { "\0" }, to, 1)
        }))
    };
    for ends in [i64::MIN, i64::MAX] {
        let said = header("\"startex\":0", &format!("\"startex\":{ends}"));
        assert!(said.contains("STARTEX lies outside the years"), "{said}");
    }
    let said = header("\"mode\":\"Simulated\"", "\"mode\":\"Real\"");
    assert!(
        said.contains("the mode is Real and nobody took part"),
        "{said}"
    );
    let twice = "\"attendance\":[[\"amara\",\"Played\"],[\"amara\",\"Absent\"]]";
    let said = header("\"attendance\":[]", twice);
    assert!(said.contains("names `amara` twice"), "{said}");
    let end = Event::ExerciseEnded {
        end: EndKind::Limit,
    };
    let person = PersonId::new(0);
    let read_after = Event::MessageRead {
        message: MessageId(1),
        person,
    };
    for (event, why) in [
        (end, "a second ENDEX"),
        (Event::ExerciseStarted {}, "a second STARTEX"),
        (read_after, "MessageRead, follows ENDEX"),
    ] {
        let fault = with_one_more(event).expect_err("it cannot be");
        assert_eq!(fault.line, record(&notes()).entries.len() as u64 + 2);
        assert!(fault.to_string().contains(why), "{fault}");
    }
    let late = forged(|line, content| {
        content.replacen(
            if line == 4 { "\"at\":120000" } else { "\0" },
            "\"at\":9223372036854775807",
            1,
        )
    });
    let said = told(late);
    assert!(
        said.contains("entry 3 lies at 9223372036854775807 ms, outside"),
        "{said}"
    );
}

#[test]
fn a_note_and_what_came_too_late_may_follow_the_end() {
    let act = HumanAct::Note {
        text: "well done".to_owned(),
    };
    for event in [
        Event::ActionTaken { act: act.clone() },
        Event::ActionRejected {
            act,
            reason: Refusal::AfterTheEnd,
        },
    ] {
        with_one_more(event).expect("it may follow");
    }
}
