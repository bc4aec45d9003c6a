//! Functions fit on a screen; a file has one reason to change.

use crate::source::{Breach, Source};
use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, Signature, TraitItemFn, spanned::Spanned};

/// Lines of a function, from its signature to its closing brace.
const FUNCTION: usize = 70;

/// Lines of a file, tests included.
const FILE: usize = 500;

/// Files that may be longer, each with its reason. Best left empty.
const LONGER: [(&str, &str); 0] = [];

/// Functions that are too long. The exercises of fixtures are data, written out.
pub(crate) fn functions(source: &Source) -> Vec<Breach> {
    if source.is_test() {
        return Vec::new();
    }
    let mut long = Long(Vec::new());
    long.visit_file(&source.syntax);
    let mut found = Vec::new();
    for (name, start, end) in &long.0 {
        let (first, last) = (start.start().line, end.end().line);
        let lines = last - first + 1;
        if lines > FUNCTION {
            found.push(source.breach(first, format!("`{name}` has {lines} lines")));
        }
    }
    found
}

/// Functions with where they start and end.
struct Long(Vec<(String, Span, Span)>);
impl Long {
    fn note(&mut self, signature: &Signature, block: &Block) {
        let name = signature.ident.to_string();
        self.0.push((name, signature.span(), block.span()));
    }
}

impl<'ast> Visit<'ast> for Long {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }
    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.note(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

/// Files that are too long.
pub(crate) fn files(source: &Source) -> Vec<Breach> {
    let lines = source.text.lines().count();
    let excepted = LONGER.iter().any(|(path, _)| *path == source.path);
    if lines > FILE && !excepted {
        vec![source.breach(lines, format!("{lines} lines"))]
    } else {
        Vec::new()
    }
}

#[test]
fn a_function_that_does_not_fit_is_found() {
    let body = "    step();\n".repeat(69);
    let fits = format!("fn short() {{\n{}}}\n", &body[12..]);
    let long = format!("struct A;\nimpl A {{\n/// Doc.\nfn long() {{\n{body}}}\n}}\n");
    assert!(functions(&Source::new("cli/src/x.rs", &fits)).is_empty());
    let found = functions(&Source::new("cli/src/x.rs", &long));
    assert_eq!(found[0].to_string(), "cli/src/x.rs:4: `long` has 71 lines");
}

#[test]
fn a_file_that_outgrew_its_noun_is_found() {
    let text = "// A line.\n".repeat(501);
    assert_eq!(files(&Source::new("cli/src/x.rs", &text)).len(), 1);
    assert!(files(&Source::new("cli/src/x.rs", &text[11..])).is_empty());
}
