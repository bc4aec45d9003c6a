//! Libraries do not print, exit, read the clock, the environment or (but for the archive and the app) files.
//!
//! Clippy's `disallowed-methods` say the same with more reach; this rule also sees code that is
//! compiled for no target here.

use crate::floats::is_test;
use crate::source::{Breach, Source};
use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{ItemFn, ItemMod, ItemUse, Macro, Path, UseTree, spanned::Spanned};

/// The crates that are libraries, and whether they may open files.
const LIBRARIES: [(&str, bool); 6] = [
    ("engine/src", false),
    ("scenarios/src", false),
    ("reports/src", false),
    ("archive/src", true),
    ("app/src", true),
    ("console/src", false),
];

const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// The ends of paths that reach outside.
const OUTSIDE: [&[&str]; 7] = [
    &["std", "env"],
    &["std", "net"],
    &["process", "exit"],
    &["process", "abort"],
    &["process", "Command"],
    &["Instant", "now"],
    &["SystemTime", "now"],
];

/// What reaches outside from a library.
pub(crate) fn breaches(source: &Source) -> Vec<Breach> {
    if source.is_test() {
        return Vec::new();
    }
    let Some((_, files)) = LIBRARIES
        .into_iter()
        .find(|(folder, _)| source.is_in(folder))
    else {
        return Vec::new();
    };
    let mut reaches = Reaches {
        files,
        found: Vec::new(),
    };
    reaches.visit_file(&source.syntax);
    let breach = |(span, what): &(Span, String)| {
        source.breach(span.start().line, format!("`{what}` in a library"))
    };
    reaches.found.iter().map(breach).collect()
}

struct Reaches {
    /// Whether files may be opened.
    files: bool,
    found: Vec<(Span, String)>,
}

impl Reaches {
    fn judge(&mut self, span: Span, names: &[String]) {
        let holds = |wanted: &[&str]| {
            names
                .windows(wanted.len())
                .any(|part| part.iter().zip(wanted).all(|(name, word)| name == word))
        };
        let outside = OUTSIDE.iter().any(|wanted| holds(wanted));
        let file = !self.files && holds(&["std", "fs"]);
        if outside || file {
            self.found.push((span, names.join("::")));
        }
    }

    fn judge_tree(&mut self, before: &mut Vec<String>, tree: &UseTree) {
        let leaf = match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.judge_tree(before, &path.tree);
                before.pop();
                return;
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.judge_tree(before, tree);
                }
                return;
            }
            UseTree::Name(name) => name.ident.to_string(),
            UseTree::Rename(rename) => rename.ident.to_string(),
            UseTree::Glob(_) => String::from("*"),
        };
        before.push(leaf);
        self.judge(tree.span(), before);
        before.pop();
    }
}

impl<'ast> Visit<'ast> for Reaches {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let tests = item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("test"));
        if !tests && !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.judge_tree(&mut Vec::new(), &item.tree);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.judge(path.span(), &names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        if let Some(name) = called.path.get_ident()
            && PRINTING.iter().any(|word| name == word)
        {
            self.found.push((name.span(), format!("{name}!")));
        }
        visit::visit_macro(self, called);
    }
}

#[test]
fn a_library_that_talks_or_looks_around_is_found() {
    let text = "use std::{env, fs};\nfn a() {\n    println!(\"x\");\n    std::time::Instant::now();\n    \
        std::process::exit(1);\n    std::fs::read(\"x\");\n}\n\
        #[cfg(test)]\nmod tests {\n    fn b() { println!(); }\n}\n";
    let lines = |path: &str| -> Vec<usize> {
        breaches(&Source::new(path, text))
            .iter()
            .map(|breach| breach.line)
            .collect()
    };
    assert_eq!(lines("reports/src/page.rs"), [1, 1, 3, 4, 5, 6]);
    assert_eq!(lines("archive/src/page.rs"), [1, 3, 4, 5]);
    assert!(lines("cli/src/page.rs").is_empty());
}
