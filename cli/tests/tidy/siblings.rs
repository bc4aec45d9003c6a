//! A rule of the simulation calls no rule of a sibling: the order of rules lives in one place.
//!
//! A file under `engine/src/simulation/` is a concern: it may name the types and constants of
//! other concerns, but not their functions. The root and `step.rs` call the rules.

use crate::floats::is_test;
use crate::source::{Breach, Source};
use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, Path, UseTree};

const SIMULATION: &str = "engine/src/simulation";

/// Where rules and queries of several concerns are called: the order of an instant and what an event
/// or an act concerns (`step`), the verbs that concerns share (`verbs`), and the two ways to look at
/// a run (`view`).
const CALLERS: [&str; 3] = ["step", "verbs", "view"];

/// What every rule may use: those verbs and views, and tools that hold no rule of their own.
const SHARED: [&str; 11] = [
    "agenda",
    "calendar",
    "condition",
    "draw",
    "fixture",
    "human",
    "out",
    "scene",
    "timers",
    "verbs",
    "view",
];

/// Functions of siblings that are named in a rule's file.
pub(crate) fn breaches(source: &Source) -> Vec<Breach> {
    let Some(inside) = source.path.strip_prefix(&format!("{SIMULATION}/")) else {
        return Vec::new();
    };
    let own = inside.split(['/', '.']).next().unwrap_or_default();
    if CALLERS.contains(&own) || source.is_test() {
        return Vec::new();
    }
    let mut calls = Calls {
        own: own.to_owned(),
        nested: inside.contains('/'),
        found: Vec::new(),
    };
    calls.visit_file(&source.syntax);
    let breach = |(span, name): &(Span, String)| {
        source.breach(
            span.start().line,
            format!("`{name}` is a sibling's function"),
        )
    };
    calls.found.iter().map(breach).collect()
}

struct Calls {
    /// The concern that the file belongs to.
    own: String,
    /// Whether the file lies in a folder of its concern, so that `super` is the concern itself.
    nested: bool,
    found: Vec<(Span, String)>,
}

impl Calls {
    /// Notes a path that leads from the simulation's root to a sibling's function.
    fn judge(&mut self, path: &[Ident]) {
        let names: Vec<String> = path.iter().map(ToString::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let inner: &[&str] = match names.as_slice() {
            ["crate", "simulation", rest @ ..] => rest,
            ["super", "super", rest @ ..] if self.nested => rest,
            ["super", rest @ ..] if !self.nested => rest,
            _ => return,
        };
        // What a type does by itself, such as `Person::idle`, belongs to the component, and a whole
        // sibling brought in by name is the way to call its functions unseen.
        let functions = inner.iter().all(|name| is_function(name));
        let sibling = |concern: &&str| *concern != self.own && !SHARED.contains(concern);
        if functions && inner.first().is_some_and(sibling) {
            self.found.push((path[0].span(), inner.join("::")));
        }
    }

    fn judge_tree(&mut self, before: &mut Vec<Ident>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.clone());
                self.judge_tree(before, &path.tree);
                before.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.judge_tree(before, tree);
                }
            }
            UseTree::Name(name) => self.judge_leaf(before, &name.ident),
            UseTree::Rename(rename) => self.judge_leaf(before, &rename.ident),
            // Globs of a concern are refused by clippy's `wildcard_imports`.
            UseTree::Glob(_) => {}
        }
    }

    fn judge_leaf(&mut self, before: &mut Vec<Ident>, leaf: &Ident) {
        before.push(leaf.clone());
        self.judge(before);
        before.pop();
    }
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.judge_tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let idents: Vec<Ident> = path.segments.iter().map(|s| s.ident.clone()).collect();
        self.judge(&idents);
        visit::visit_path(self, path);
    }
}

/// Functions and modules are written in lower case, types and constants are not.
fn is_function(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
}

#[test]
fn a_rule_that_calls_its_sibling_is_found() {
    let text = "use super::people::{People, assign};\nuse super::{draw, inbox};\n\
        fn rule() {\n    super::people::Person::idle();\n    crate::simulation::attack::spread();\n\
            super::work::LIMIT;\n    super::out::emit();\n}\n";
    let found: Vec<String> = breaches(&Source::new("engine/src/simulation/work.rs", text))
        .iter()
        .map(|breach| format!("{} {}", breach.line, breach.what))
        .collect();
    assert_eq!(
        found,
        [
            "1 `people::assign` is a sibling's function",
            "2 `inbox` is a sibling's function",
            "5 `attack::spread` is a sibling's function",
        ]
    );
    assert!(breaches(&Source::new("engine/src/simulation/step.rs", text)).is_empty());
}

#[test]
fn a_file_inside_a_concern_may_call_its_own_concern() {
    let text = "use super::assign;\nuse super::super::inbox::read;\n";
    let found = breaches(&Source::new("engine/src/simulation/people/shift.rs", text));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 2);
}
