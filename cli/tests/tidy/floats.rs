//! No float enters an exercise, a record, the state of a run or a score.

use crate::source::{Breach, Source};
use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, Lit};

/// Where no float may stand.
const EXACT: [&str; 4] = [
    "engine/src/exercise",
    "engine/src/record",
    "engine/src/simulation",
    "engine/src/evaluation",
];

/// Files that turn a law of chance into integers at load; nothing else may hold a float.
const LAW_TABLES: [&str; 1] = ["engine/src/simulation/draw.rs"];

/// Float types and float literals outside tests.
pub(crate) fn breaches(source: &Source) -> Vec<Breach> {
    let exact = EXACT.iter().any(|folder| source.is_in(folder));
    if !exact || source.is_test() || LAW_TABLES.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let mut floats = Floats(Vec::new());
    floats.visit_file(&source.syntax);
    let breach = |span: &Span| source.breach(span.start().line, "a float");
    floats.0.iter().map(breach).collect()
}

struct Floats(Vec<Span>);

impl<'ast> Visit<'ast> for Floats {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        if ident == "f32" || ident == "f64" {
            self.0.push(ident.span());
        }
    }

    fn visit_lit(&mut self, literal: &'ast Lit) {
        if matches!(literal, Lit::Float(_)) {
            self.0.push(literal.span());
        }
    }
}

/// Whether an item exists in tests only.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|ident| ident == "test")
    })
}

#[test]
fn a_float_in_a_score_is_found() {
    let text = "struct Score { value: f64 }\nconst HALF: u8 = (0.5) as u8;\n\
        #[cfg(test)]\nmod tests { const ORACLE: f64 = 0.5; }\n";
    let lines: Vec<usize> = breaches(&Source::new("engine/src/evaluation/score.rs", text))
        .iter()
        .map(|breach| breach.line)
        .collect();
    assert_eq!(lines, [1, 2]);
    assert!(breaches(&Source::new("engine/src/campaign/mean.rs", text)).is_empty());
}
