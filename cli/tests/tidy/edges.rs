//! Which crate may know which: engine <- scenarios, reports, archive <- app <- console <- cli.

use crate::source::{Breach, Source, root};
use proc_macro2::Span;
use std::fs;
use syn::visit::{self, Visit};

/// A crate's folder, and the crates of the house that it may know.
const EDGES: [(&str, &[&str]); 8] = [
    ("engine", &[]),
    ("scenarios", &["hotwash-engine"]),
    ("reports", &["hotwash-engine"]),
    ("archive", &["hotwash-engine"]),
    (
        "app",
        &["hotwash-archive", "hotwash-engine", "hotwash-scenarios"],
    ),
    (
        "console",
        &[
            "hotwash-app",
            "hotwash-archive",
            "hotwash-engine",
            "hotwash-reports",
        ],
    ),
    (
        "cli",
        &[
            "hotwash-app",
            "hotwash-archive",
            "hotwash-console",
            "hotwash-engine",
            "hotwash-reports",
            "hotwash-scenarios",
        ],
    ),
    (
        "benches",
        &["hotwash-archive", "hotwash-engine", "hotwash-scenarios"],
    ),
];

/// Crates that only one crate of the house may use, with the reason.
const RESERVED: [(&str, &str, &str); 5] = [
    (
        "bevy_ecs",
        "engine",
        "the world is the engine's inner affair",
    ),
    ("ron", "scenarios", "only definitions are written in RON"),
    ("clap", "cli", "only the binary reads a command line"),
    ("axum", "console", "only a drill serves pages"),
    (
        "tokio",
        "console",
        "only a drill waits for several things at once",
    ),
];

/// Breaches of every crate's manifest.
pub(crate) fn breaches() -> Vec<Breach> {
    let mut found = Vec::new();
    for (folder, allowed) in EDGES {
        let path = format!("{folder}/Cargo.toml");
        let text = fs::read_to_string(root().join(&path)).expect("every crate has a manifest");
        found.extend(of_manifest(folder, &path, &text, allowed));
    }
    found
}

fn of_manifest(folder: &str, path: &str, text: &str, allowed: &[&str]) -> Vec<Breach> {
    let manifest: toml::Table = text.parse().expect("the manifest is TOML");
    let mut found = Vec::new();
    let mut breach = |what: String| {
        found.push(Breach {
            path: path.to_owned(),
            line: 1,
            what,
        });
    };
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(table) = manifest.get(kind).and_then(toml::Value::as_table) else {
            continue;
        };
        for name in table.keys() {
            if name.starts_with("hotwash-") && !allowed.contains(&name.as_str()) {
                breach(format!("{folder} must not know {name}"));
            }
            for (reserved, owner, reason) in RESERVED {
                if name == reserved && folder != owner {
                    breach(format!("{name} belongs to {owner}: {reason}"));
                }
            }
        }
    }
    found
}

/// Mentions of the ECS outside the simulation.
pub(crate) fn ecs_outside(source: &Source) -> Vec<Breach> {
    if !source.is_in("engine/src") || source.is_in("engine/src/simulation") {
        return Vec::new();
    }
    let mut mentions = Mentions(Vec::new());
    mentions.visit_file(&source.syntax);
    mentions
        .0
        .iter()
        .map(|span| source.breach(span.start().line, "bevy_ecs outside engine/src/simulation"))
        .collect()
}

struct Mentions(Vec<Span>);
impl<'ast> Visit<'ast> for Mentions {
    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        if ident == "bevy_ecs" {
            self.0.push(ident.span());
        }
        visit::visit_ident(self, ident);
    }
}

#[test]
fn an_edge_too_many_is_found() {
    let text = "[dev-dependencies]\nhotwash-reports = \"1\"\nhotwash-engine = \"1\"\n";
    let found = of_manifest("scenarios", "x", text, &["hotwash-engine"]);
    assert_eq!(found.len(), 1);
    let text = "[dependencies]\nbevy_ecs.workspace = true\n";
    assert_eq!(of_manifest("reports", "x", text, &[]).len(), 1);
    assert!(of_manifest("engine", "x", text, &[]).is_empty());
}

#[test]
fn the_ecs_in_an_api_is_found() {
    let text = "use bevy_ecs::prelude::World;\n";
    let spoiled = Source::new("engine/src/record/entry.rs", text);
    assert_eq!(ecs_outside(&spoiled).len(), 1);
    assert!(ecs_outside(&Source::new("engine/src/simulation/step.rs", text)).is_empty());
}
