//! A record that was cut anywhere says so, in every form.

use crate::hotwash::Hotwash;
use hotwash_archive::{Loaded, read, verify};
use hotwash_engine::evaluation::{Baselines, evaluate};
use hotwash_engine::record::Record;
use hotwash_reports::terminal::{Charset, Style};
use hotwash_reports::{Document, Options, json, markdown, terminal};
use serde_json::Value;

const STYLE: Style = Style {
    width: 80,
    colour: false,
    charset: Charset::Ascii,
};

/// The bytes of the record of the built-in example, ended by the facilitator after an hour.
fn record() -> (Hotwash, Vec<u8>) {
    let hotwash = Hotwash::new();
    hotwash.write("acts.ron", "Actions(acts: [(at: \"1h\", does: End)])");
    hotwash
        .run("simulate --actions acts.ron --record r.jsonl")
        .text(0);
    let bytes = hotwash.read("r.jsonl").into_bytes();
    (hotwash, bytes)
}

/// A record as each form shows it.
fn shown(record: &Record) -> [String; 3] {
    let exercise = &record.header.exercise;
    let evaluation = evaluate(exercise, record, Baselines::default());
    let document = Document::of(exercise, record, &evaluation, &Options::default());
    [
        terminal::render(&document, STYLE),
        markdown::render(&document),
        json::run(exercise, record, &evaluation, None),
    ]
}

#[test]
fn a_record_cut_at_any_byte_is_not_finished_in_every_form() {
    let (_, bytes) = record();
    let header = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("it has lines")
        + 1;
    let last_line = bytes[..bytes.len() - 1]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .expect("it has lines")
        + 1;
    let ends = [header, last_line, last_line + 1, bytes.len() - 1];
    // A prime, so that cuts fall anywhere in a line.
    let anywhere = (header..last_line).step_by(1_511);
    for cut in anywhere.chain(ends) {
        let Loaded { record, .. } = read(&bytes[..cut]).expect("a cut is no error");
        let last = record.entries.len();
        assert_eq!(
            verify(&bytes[..cut]).not_finished_after(),
            Some(last as u64)
        );
        let [screen, page, data] = shown(&record);
        let said = if last == 0 {
            "ot finished, or cut before its first entry".to_owned()
        } else {
            format!("ot finished, or cut after entry {last}")
        };
        for text in [&screen, &page] {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&said), "cut at {cut}: {text}");
            assert!(text.contains("NO SCORE"), "cut at {cut}: {text}");
            for word in ["limit reached", "by ENDEX", "at ENDEX", "before ENDEX"] {
                assert!(!text.contains(word), "cut at {cut}, {word}: {text}");
            }
        }
        let data: Value = serde_json::from_str(&data).expect("it is JSON");
        assert_eq!(data["not_finished_after"], last);
        for key in ["end", "score", "passed", "carried_out", "score_details"] {
            assert_eq!(data[key], Value::Null, "{key} of a record cut at {cut}");
        }
    }
    let whole = read(&bytes[..]).expect("it was written").record;
    let [screen, _, data] = shown(&whole);
    assert!(screen.contains("ended by the facilitator"), "{screen}");
    let data: Value = serde_json::from_str(&data).expect("it is JSON");
    assert_eq!(data["not_finished_after"], Value::Null);
    assert_eq!(data["end"], "Facilitator");
}

#[test]
fn every_command_names_the_last_entry_of_a_record_that_was_cut_and_exits_with_1() {
    let (hotwash, bytes) = record();
    let text = String::from_utf8(bytes).expect("it is text");
    let lines: Vec<&str> = text.split_inclusive('\n').take(41).collect();
    hotwash.write("cut.jsonl", lines.concat());
    for command in ["evaluate", "report", "replay"] {
        let answer = hotwash.run(&format!("{command} cut.jsonl"));
        let told = &answer.stderr;
        assert!(
            told.contains("`cut.jsonl`: not finished, or cut after entry 40"),
            "{told}"
        );
        assert!(told.contains("hint: "), "{told}");
        answer.text(1);
    }
    let said = hotwash.run("verify cut.jsonl").text(1);
    assert!(
        said.contains("NOT FINISHED, or cut after entry 40"),
        "{said}"
    );
    let json = hotwash.run("verify cut.jsonl --format json").json(1);
    assert_eq!(json["not_finished_after"], 40);
    assert_eq!(json["intact"], true);
}
