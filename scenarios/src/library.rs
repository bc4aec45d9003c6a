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

/// The definitions of a kind that a name stands for, which may be cut short: the one of that id, else those whose
/// id starts with it, else those that hold it as words.
pub fn find_short(kind: Kind, name: &str) -> Vec<&'static LibraryItem> {
    if let Some(item) = find(kind, name) {
        return vec![item];
    }
    let of_kind = || LIBRARY.iter().filter(|item| item.kind == kind);
    let starts: Vec<_> = of_kind().filter(|item| item.id.starts_with(name)).collect();
    if name.is_empty() || !starts.is_empty() {
        return starts;
    }
    let inner = format!("-{name}");
    of_kind().filter(|item| item.id.contains(&inner)).collect()
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

    #[test]
    fn a_name_may_be_cut_short_where_it_stands_for_one_thing() {
        let ids = |kind, name| -> Vec<&str> {
            let found = find_short(kind, name);
            found.iter().map(|item| item.id).collect()
        };
        assert_eq!(ids(Kind::Scenario, "ransom"), ["ransomware-friday-evening"]);
        assert_eq!(ids(Kind::Scenario, "data-leak"), ["supplier-data-leak"]);
        assert_eq!(ids(Kind::Plan, "clinic"), ["clinic-response-plan"]);
        assert_eq!(ids(Kind::Plan, "ransomware"), [""; 0]);
        assert_eq!(ids(Kind::Scenario, "").len(), 3);
    }
}
