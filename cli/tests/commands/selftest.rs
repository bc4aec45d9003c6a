//! `hotwash selftest`.

use crate::hotwash::Hotwash;

#[test]
fn the_table_fits_the_page_and_says_how_it_is_judged() {
    let text = Hotwash::new().run("selftest --quick").text(0);
    let long: Vec<&str> = text.lines().filter(|line| line.len() > 80).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(text.is_ascii() && !text.contains("FAIL"), "{text}");
    assert!(
        text.contains("M/M/5 mean wait") && text.contains("Bonferroni"),
        "{text}"
    );
}

#[test]
fn scripts_get_every_check_with_the_seed_that_was_asked_for() {
    let answer = Hotwash::new()
        .run("selftest --quick --seed 2 --format json")
        .json(0);
    assert_eq!(answer["report"]["seed"], 2);
    assert_eq!(answer["agrees"], true);
    let families = answer["report"]["families"].as_array().expect("a list");
    assert!(families.len() > 5, "{answer}");
}
