//! `hotwash verify`, and files that are no records.

use crate::hotwash::Hotwash;
use std::fs;

#[test]
fn a_file_that_is_no_record_is_told_calmly() {
    let hotwash = Hotwash::new();
    let missing = hotwash.run("verify r.jsonl").complaint(3);
    insta::assert_snapshot!(missing, @"error: there is no file `r.jsonl`");
    fs::create_dir(hotwash.path("r.jsonl")).expect("the folder takes folders");
    let folder = hotwash.run("verify r.jsonl").complaint(3);
    insta::assert_snapshot!(folder, @"error: `r.jsonl` is a folder, not a file");
    for content in [&b""[..], b"\n", b"{}", b"\xff\xfe\n", b"{\"prev\":\n"] {
        hotwash.write("bad.jsonl", content);
        let said = hotwash.run("verify bad.jsonl").text(1);
        assert!(said.contains("NOT IN ORDER in line 1"), "{said}");
    }
}
