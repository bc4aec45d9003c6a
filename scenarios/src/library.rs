//! The built-in library: definitions that ship with the product, as the text that an author would
//! write.
//!
//! They are loaded like anybody's own files, so that nothing about them is special. What they rest
//! on, and which weaknesses are planted in them, stands in `docs/content.md`.

use crate::load::Kind;

/// A definition of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LibraryItem {
    /// What it defines.
    pub kind: Kind,
    /// Its id, by which it is asked for.
    pub id: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// The name under which diagnostics cite it.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! item {
    ($kind:ident, $folder:literal, $id:literal, $title:literal) => {
        LibraryItem {
            kind: Kind::$kind,
            id: $id,
            title: $title,
            file: concat!("library/", $folder, "/", $id, ".ron"),
            text: include_str!(concat!("../content/", $folder, "/", $id, ".ron")),
        }
    };
}

/// Sorted by kind and id.
static LIBRARY: &[LibraryItem] = &[
    item!(
        Organisation,
        "organisations",
        "marram-street-clinic",
        "Marram Street Clinic (fictional)"
    ),
    item!(
        Plan,
        "plans",
        "clinic-response-plan",
        "Response to information security incidents"
    ),
    item!(
        Scenario,
        "scenarios",
        "invoice-fraud",
        "Invoice fraud from a taken-over mailbox"
    ),
    item!(
        Scenario,
        "scenarios",
        "ransomware-friday-evening",
        "Ransomware on a Friday evening"
    ),
    item!(
        Scenario,
        "scenarios",
        "supplier-data-leak",
        "Personal data leaks at a supplier"
    ),
    item!(
        Exercise,
        "exercises",
        "harbour-street-clinic",
        "The appointment book does not open"
    ),
];

/// Everything that ships, sorted by kind and id.
pub fn library() -> &'static [LibraryItem] {
    LIBRARY
}

/// A definition of the library by its kind and id.
pub fn find(kind: Kind, id: &str) -> Option<&'static LibraryItem> {
    LIBRARY
        .iter()
        .find(|item| item.kind == kind && item.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_sorted_and_holds_nothing_twice() {
        let keys: Vec<_> = library().iter().map(|item| (item.kind, item.id)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
    }

    #[test]
    fn every_item_carries_the_title_that_the_library_shows() {
        for item in library() {
            let titled = format!("\"{}\"", item.title);
            assert!(item.text.contains(&titled), "{}: {titled}", item.file);
        }
    }

    #[test]
    fn every_item_is_found_by_its_kind_and_id() {
        for item in library() {
            assert_eq!(find(item.kind, item.id), Some(item));
        }
        assert_eq!(find(Kind::Plan, "invoice-fraud"), None);
    }
}
