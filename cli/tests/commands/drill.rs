//! `hotwash drill`: what is asked of it before a server starts. The pages have tests of their own in `console`.

use crate::hotwash::Hotwash;

#[test]
fn a_drill_that_cannot_start_says_why_and_leaves_nothing() {
    let hotwash = Hotwash::new();
    let lost = hotwash.run("drill --resume no.jsonl").complaint(3);
    assert!(lost.contains("`no.seats` cannot be opened"), "{lost}");
    let nowhere = hotwash.run("drill --listen nowhere:99999").complaint(3);
    assert!(nowhere.contains("nothing can listen"), "{nowhere}");
    let no_address = hotwash.run("drill --address ftp://x").complaint(3);
    assert!(
        no_address.contains("is no address of a page"),
        "{no_address}"
    );
    assert!(!hotwash.path("records/x").exists());
    let both = hotwash.run("drill ransomware-friday-evening --resume r.jsonl");
    both.complaint(2);
}
