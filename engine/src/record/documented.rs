//! Holds `docs/record.md` against the code: every kind of event and act stands there with its fields.

use super::remark::Ticked;
use super::{Actor, Event, HumanAct, Origin, Seat};
use std::fmt::Write;

const PAGE: &str = include_str!("../../../docs/record.md");
/// Between these two the page has what this test says.
const FROM: &str = "<!-- kinds: made by a test of `record::documented` -->\n";
const UNTIL: &str = "<!-- end of kinds -->";

type Kinds = &'static [(&'static str, &'static [(&'static str, &'static str)])];

/// A type as it is written: lists in brackets, what may be left out with `null`.
fn written(of: &str) -> String {
    let of: String = of.split_whitespace().collect();
    for (outer, before, after) in [
        ("Few<", "[", "]"),
        ("Vec<", "[", "]"),
        ("Box<", "", ""),
        ("Option<", "", " or null"),
    ] {
        if let Some(inner) = of.strip_prefix(outer).and_then(|of| of.strip_suffix('>')) {
            return format!("{before}{}{after}", written(inner));
        }
    }
    of
}

fn listed(title: &str, kinds: Kinds) -> String {
    let mut text = format!("\n**{title}**\n\n```text\n");
    for (kind, fields) in kinds {
        let fields = fields
            .iter()
            .map(|(name, of)| format!("\"{name}\":{}", written(of)));
        let fields: Vec<String> = fields.collect();
        writeln!(text, "{{\"{kind}\":{{{}}}}}", fields.join(",")).expect("memory takes text");
    }
    text + "```\n"
}

#[test]
fn every_kind_of_event_and_act_stands_on_the_page_with_its_fields() {
    let lists = [
        ("Events", Event::KINDS),
        ("Acts", HumanAct::KINDS),
        ("Actors", Actor::KINDS),
        ("Origins of messages", Origin::KINDS),
        ("Seats", Seat::KINDS),
        ("What is ticked", Ticked::KINDS),
    ];
    let lists: String = lists
        .iter()
        .map(|(title, kinds)| listed(title, kinds))
        .collect();
    let lists = format!("{FROM}{lists}\n");
    let (_, rest) = PAGE
        .split_once(FROM)
        .expect("the page has a place for kinds");
    let (there, _) = rest
        .split_once(UNTIL)
        .expect("the place for kinds has an end");
    let found = format!("{FROM}{there}");
    assert!(
        found == lists,
        "docs/record.md lists other kinds than there are; write there:\n{lists}"
    );
}
