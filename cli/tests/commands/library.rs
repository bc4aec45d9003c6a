//! `hotwash library`.

use crate::hotwash::Hotwash;

#[test]
fn the_library_lists_what_ships() {
    let text = Hotwash::new().run("library").text(0);
    let listing = Hotwash::new().run("library --format json").json(0);
    for kind in ["scenarios", "organisations", "plans", "exercises"] {
        for item in listing[kind].as_array().expect("a list") {
            let id = item["id"].as_str().expect("an id");
            assert!(text.contains(id), "{id} is missing in\n{text}");
        }
    }
}

#[test]
fn scripts_find_every_kind_in_the_library() {
    let listing = Hotwash::new().run("library --format json").json(0);
    for kind in ["scenarios", "organisations", "plans"] {
        let items = listing[kind].as_array().expect("a list");
        assert!(!items.is_empty(), "{kind}");
        for item in items {
            assert!(
                item["id"].is_string() && item["title"].is_string(),
                "{item}"
            );
        }
    }
}
