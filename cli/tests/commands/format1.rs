//! Records of format 1 are read for ever; they are not played again.

use crate::hotwash::Hotwash;

const RECORDS: [(&str, &str); 3] = [
    (
        "shipped.jsonl",
        include_str!("../../../archive/tests/records/format1/shipped.jsonl"),
    ),
    (
        "acts.jsonl",
        include_str!("../../../archive/tests/records/format1/acts.jsonl"),
    ),
    (
        "duties.jsonl",
        include_str!("../../../archive/tests/records/format1/duties.jsonl"),
    ),
];

#[test]
fn records_of_format_1_are_verified_judged_and_reported_and_not_played_again() {
    let hotwash = Hotwash::new();
    for (name, content) in RECORDS {
        hotwash.write(name, content);
        let said = hotwash.run(&format!("verify {name}")).text(0);
        assert!(said.contains("in order"), "{said}");
        let answer = hotwash.run(&format!("evaluate {name} --format json"));
        assert!(answer.stderr.contains("has format 1"), "{}", answer.stderr);
        let judged = answer.json(0);
        assert_eq!(judged["not_finished_after"], serde_json::Value::Null);
        let page = hotwash.run(&format!("report {name}")).text(0);
        assert!(page.starts_with("# "), "{page}");
        let refused = hotwash.run(&format!("replay {name}")).complaint(3);
        let why = "has format 1 and cannot be played again: the rules";
        assert!(refused.contains(why), "{refused}");
    }
}
