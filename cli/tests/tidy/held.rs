//! Each rule in words names the test that holds it, and each default says where it comes from.

use crate::source::{Breach, Source, Text};
use std::collections::BTreeSet;

/// The head of the table that ends each section of the rules.
const HEAD: &str = "| rule | source | held by |";
/// The section that tells what changed, and holds no rule.
const CHANGES: &str = "Change log of the rules";

/// The tests of sources, as cargo prints them: those of the engine's library bare, others behind the
/// folder of their package, or of their file of integration tests, and a colon.
pub(crate) fn tests<'a>(sources: impl IntoIterator<Item = &'a Source>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in sources {
        let (front, modules) = place(&source.path);
        collect(&source.syntax.items, &front, &modules, &mut names);
    }
    names
}

/// What stands in front of a source's tests, and the path of its module.
fn place(path: &str) -> (String, Vec<String>) {
    let stem = path.trim_end_matches(".rs");
    let parts: Vec<&str> = stem.split('/').collect();
    let is_root = |part: &&str| !matches!(*part, "lib" | "main" | "mod");
    let modules = |from: usize| {
        let rest = parts[from.min(parts.len())..].iter().copied();
        rest.filter(is_root).map(str::to_owned).collect()
    };
    match parts[..] {
        ["engine", "src", ..] => (String::new(), modules(2)),
        [package, "src", ..] => (format!("{package}: "), modules(2)),
        [package, "tests", file, ..] => (format!("{package}/tests/{file}: "), modules(3)),
        _ => (format!("{stem}: "), Vec::new()),
    }
}

fn collect(items: &[syn::Item], front: &str, modules: &[String], names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            syn::Item::Fn(function) => {
                let is_test = function.attrs.iter().any(|a| a.path().is_ident("test"));
                if is_test {
                    let mut path = modules.to_vec();
                    path.push(function.sig.ident.to_string());
                    names.insert(format!("{front}{}", path.join("::")));
                }
            }
            syn::Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    let inner = [modules, &[module.ident.to_string()]].concat();
                    collect(items, front, &inner, names);
                }
            }
            _ => {}
        }
    }
}

/// The cells of a row of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(inner.split(" | ").map(str::trim).collect())
}

/// What stands in backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Sections without a table of what holds them, rows without a source or a test, and tests that do
/// not exist.
pub(crate) fn rules(page: &Text, tests: &BTreeSet<String>) -> Vec<Breach> {
    let mut found = Vec::new();
    let breach = |line: usize, what: String| Breach {
        path: page.path.clone(),
        line: line + 1,
        what,
    };
    let (mut section, mut table, mut rows) = (None::<(usize, &str)>, false, 0);
    let lines = page.text.lines().chain(["## "]).enumerate();
    for (index, line) in lines {
        if let Some(title) = line.strip_prefix("## ") {
            if let Some((at, name)) = section.filter(|(_, name)| rows == 0 && *name != CHANGES) {
                found.push(breach(at, format!("no test holds `{name}`")));
            }
            (section, table, rows) = (Some((index, title)), false, 0);
        } else if line == HEAD {
            table = true;
        } else if let Some(row) = cells(line).filter(|_| table) {
            if row.iter().all(|cell| cell.starts_with("---")) {
                continue;
            }
            rows += 1;
            let [rule, source, held] = row[..] else {
                found.push(breach(index, "a row has three cells".to_owned()));
                continue;
            };
            if rule.is_empty() || source.is_empty() || quoted(held).next().is_none() {
                found.push(breach(
                    index,
                    format!("`{rule}` lacks its source or its test"),
                ));
            }
            let unknown = quoted(held).filter(|name| !tests.contains(*name));
            found.extend(unknown.map(|name| breach(index, format!("no test is `{name}`"))));
        } else {
            table = false;
        }
    }
    found
}

/// Defaults without a source where they have one, a tag or a date, and areas that no test holds
/// against the code.
pub(crate) fn defaults<'a>(
    page: &Text,
    sources: impl IntoIterator<Item = &'a Source>,
) -> Vec<Breach> {
    let held: Vec<&Source> = sources
        .into_iter()
        .filter(|source| source.text.contains("documented::"))
        .collect();
    let mut found = Vec::new();
    for (index, line) in page.text.lines().enumerate() {
        let Some(row) = cells(line).filter(|row| row[0] != "what" && !row[0].starts_with("---"))
        else {
            continue;
        };
        let mut breach = |what: String| {
            found.push(Breach {
                path: page.path.clone(),
                line: index + 1,
                what,
            });
        };
        let [area, _, _, source, tag, date] = row[..] else {
            breach("a row has six cells".to_owned());
            continue;
        };
        let has_source = source != "-" && !source.is_empty();
        match tag {
            "sourced" if has_source => {}
            "illustrative" | "language" => {}
            "sourced" => breach("what is sourced names its source".to_owned()),
            _ => breach(format!("`{tag}` is no tag")),
        }
        if !is_date(date) {
            breach(format!("`{date}` is no date"));
        }
        let by_phase = area.ends_with(" complete within") || area.ends_with(" reached within");
        let literal = format!("\"{area}\"");
        if !by_phase && !held.iter().any(|source| source.text.contains(&literal)) {
            breach(format!("no test holds `{area}` against the code"));
        }
    }
    found
}

fn is_date(text: &str) -> bool {
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

#[test]
fn a_section_that_nothing_holds_and_a_test_that_does_not_exist_are_found() {
    let source = Source::new(
        "engine/src/simulation/draw.rs",
        "mod tests { #[test] fn holds() {} fn helper() {} }",
    );
    let other = Source::new("cli/tests/shipped/sums.rs", "#[test] fn sums() {}");
    let all = tests([&source, &other]);
    let expected = [
        "cli/tests/shipped: sums::sums",
        "simulation::draw::tests::holds",
    ];
    assert!(all.iter().eq(expected));
    let table =
        |test: &str| format!("{HEAD}\n| --- | --- | --- |\n| a | illustrative | `{test}` |\n");
    let page = |text: String| Text {
        path: "docs/x.md".to_owned(),
        text,
    };
    let good = format!(
        "## A\n\n{}\n## B\n{}",
        table(expected[0]),
        table(expected[1])
    );
    assert!(rules(&page(good), &all).is_empty());
    let bad = format!("## A\nwords\n## B\n{}| b |  | `x` |\n", table("helper"));
    let lines: Vec<usize> = rules(&page(bad), &all).iter().map(|b| b.line).collect();
    assert_eq!(lines, [1, 6, 7, 7]);
}

#[test]
fn a_default_without_a_source_a_tag_a_date_or_a_test_is_found() {
    let source = Source::new(
        "engine/src/a.rs",
        "fn f() { documented::holds(\"watch\", &[]); }",
    );
    let row = |area: &str, rest: &str| format!("| {area} | x | 1 | {rest} |\n");
    let text = [
        row("watch", "- | illustrative | 2026-11-25"),
        row("watch", "- | sourced | 2026-11-25"),
        row("watch", "- | guessed | 2026-11-25"),
        row("watch", "- | illustrative | today"),
        row("pace", "- | illustrative | 2026-11-25"),
    ]
    .concat();
    let page = Text {
        path: "docs/defaults.md".to_owned(),
        text,
    };
    let lines: Vec<usize> = defaults(&page, [&source]).iter().map(|b| b.line).collect();
    assert_eq!(lines, [2, 3, 4, 5]);
}
