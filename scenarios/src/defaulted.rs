//! Where in the texts a default is meant: the file and the line of the thing that does not say it.
//!
//! The binary shows it beside each default of `--explain`. It only looks: what is a default, [`crate::bind`] said
//! before.

use crate::amend::place::{find, section};
use crate::source::Source;
use crate::syntax::{Group, Node, NodeKind, parse};

/// The sections of an exercise, as the places of defaults begin.
const SECTIONS: [&str; 3] = ["organisation", "plan", "scenario"];

/// The file and the line, from 1, at which each of these defaults would be given; `None`: the thing that it belongs to
/// stands in none of the texts. A place is written as [`hotwash_engine::exercise::DefaultUsed`] has it, such as
/// `organisation.people.amara.notice`.
pub fn defaulted(sources: &[Source], places: &[&str]) -> Vec<Option<(String, usize)>> {
    let trees = sources.iter().enumerate();
    let trees: Vec<Option<Node<'_>>> = trees
        .map(|(i, source)| parse(source, i as u16).root)
        .collect();
    let line = |node: &Node<'_>| {
        let source = sources.get(usize::from(node.place.file))?;
        Some((
            source.name.clone(),
            source.line_and_column(node.place.start).0,
        ))
    };
    places
        .iter()
        .map(|place| line(meant(&trees, place)?))
        .collect()
}

/// The deepest thing on the way to a place that stands in the texts.
fn meant<'a>(trees: &'a [Option<Node<'a>>], place: &str) -> Option<&'a Node<'a>> {
    let words: Vec<&str> = place.split('.').collect();
    let (first, rest) = words.split_first()?;
    let roots = || trees.iter().flatten();
    if !SECTIONS.contains(first) {
        // Decisions stand in plans and in injects.
        let id = rest.first()?;
        return roots().find_map(|root| with_id(root, id));
    }
    let root = roots().find(|root| section(root, first).is_some())?;
    let mut group = section(root, first)?;
    let mut found = None;
    for word in rest {
        let Some(next) = within(group, word) else {
            break;
        };
        found = Some(next);
        match &next.kind {
            NodeKind::Group(inner) => group = inner,
            _ => break,
        }
    }
    found.or(Some(root))
}

/// What a group has by a name: a field, an item with this id, or an item anywhere in it with this id.
fn within<'a>(group: &'a Group<'a>, word: &str) -> Option<&'a Node<'a>> {
    if let Some(at) = find(group, word) {
        return Some(&group.items[at].value);
    }
    let mut values = group.items.iter().map(|item| &item.value);
    values.find_map(|value| with_id(value, word))
}

/// The first thing with an id, at or below a node.
fn with_id<'a>(node: &'a Node<'a>, id: &str) -> Option<&'a Node<'a>> {
    let NodeKind::Group(group) = &node.kind else {
        return None;
    };
    let is = |at: usize| matches!(&group.items[at].value.kind, NodeKind::Text(text) if text == id);
    if find(group, "id").is_some_and(is) {
        return Some(node);
    }
    group.items.iter().find_map(|item| with_id(&item.value, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Start, find as shipped, ready};

    #[test]
    fn nearly_every_default_of_what_ships_is_meant_at_a_line_that_names_its_thing() {
        let ids = [
            (Kind::Organisation, "marram-street-clinic"),
            (Kind::Plan, "clinic-response-plan"),
            (Kind::Scenario, "ransomware-friday-evening"),
        ];
        let sources = ids.map(|(kind, id)| {
            let item = shipped(kind, id).expect("it ships");
            Source::new(item.file, item.text)
        });
        let exercise = ready(&sources, &Start::default())
            .expect("it is sound")
            .bound
            .exercise;
        let all: Vec<&str> = exercise
            .parts()
            .defaults
            .iter()
            .map(|of| of.place.as_str())
            .collect();
        let found = defaulted(&sources, &all);
        let mut named = 0;
        for (place, at) in all.iter().zip(&found) {
            let Some((file, line)) = at else {
                panic!("{place} is meant nowhere");
            };
            let source = sources
                .iter()
                .find(|of| of.name == *file)
                .expect("it is a file");
            let text = source.text.lines().nth(line - 1).expect("it is a line");
            let mut words = place.split('.').skip(1);
            named += usize::from(words.any(|word| text.contains(word)));
        }
        assert!(named * 10 > all.len() * 9, "{named} of {}", all.len());
    }

    #[test]
    fn what_stands_nowhere_has_no_line() {
        let source = Source::new(
            "plan.ron",
            "Plan(\n    tasks: [\n        (id: \"triage\"),\n    ],\n)",
        );
        let places = [
            "plan.tasks.triage.takes",
            "plan.scoring",
            "organisation.weekend",
        ];
        let found = defaulted(std::slice::from_ref(&source), &places);
        let at = |line| Some(("plan.ron".to_owned(), line));
        assert_eq!(found, [at(3), at(1), None]);
    }
}
