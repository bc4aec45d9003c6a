//! What is read from a file refuses what it does not know, and is never guessed.

use crate::source::{Breach, Source};
use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Attribute, Fields, ItemEnum, ItemStruct, spanned::Spanned};

/// Where formats are defined.
const FORMATS: [&str; 3] = [
    "engine/src/exercise",
    "engine/src/record",
    "scenarios/src/definition",
];

/// Types with named fields that would take unknown ones in silence.
pub(crate) fn tolerant(source: &Source) -> Vec<Breach> {
    if !FORMATS.iter().any(|folder| source.is_in(folder)) {
        return Vec::new();
    }
    let mut types = Types(Vec::new());
    types.visit_file(&source.syntax);
    let breach = |(span, name): &(Span, String)| {
        source.breach(
            span.start().line,
            format!("{name} lacks `#[serde(deny_unknown_fields)]`"),
        )
    };
    types.0.iter().map(breach).collect()
}

/// Attributes that lose the name and the place of a mistake.
pub(crate) fn vague(source: &Source) -> Vec<Breach> {
    let mut found = VagueWords(Vec::new());
    found.visit_file(&source.syntax);
    let breach =
        |(span, word): &(Span, &str)| source.breach(span.start().line, format!("serde({word})"));
    found.0.iter().map(breach).collect()
}

struct Types(Vec<(Span, String)>);
impl<'ast> Visit<'ast> for Types {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        if matches!(item.fields, Fields::Named(_)) && reads_tolerantly(&item.attrs) {
            self.0.push((item.ident.span(), item.ident.to_string()));
        }
        visit::visit_item_struct(self, item);
    }
    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        let named = |fields: &Fields| matches!(fields, Fields::Named(_));
        let any = item.variants.iter().any(|variant| named(&variant.fields));
        if any && reads_tolerantly(&item.attrs) {
            self.0.push((item.ident.span(), item.ident.to_string()));
        }
        visit::visit_item_enum(self, item);
    }
}

struct VagueWords(Vec<(Span, &'static str)>);
impl<'ast> Visit<'ast> for VagueWords {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        for word in ["flatten", "untagged"] {
            if serde_words(attribute).iter().any(|found| found == word) {
                self.0.push((attribute.span(), word));
            }
        }
    }
}

/// Whether it derives `Deserialize` by its own fields without refusing unknown ones. A type read
/// through another one (`try_from`, `from`) is judged there.
fn reads_tolerantly(attributes: &[Attribute]) -> bool {
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .any(|attribute| words(attribute).iter().any(|word| word == "Deserialize"));
    let serde: Vec<String> = attributes.iter().flat_map(serde_words).collect();
    let says = |word: &str| serde.iter().any(|found| found == word);
    derives && !says("deny_unknown_fields") && !says("try_from") && !says("from")
}

fn serde_words(attribute: &Attribute) -> Vec<String> {
    if attribute.path().is_ident("serde") {
        words(attribute)
    } else {
        Vec::new()
    }
}

/// The bare words inside an attribute's parentheses.
fn words(attribute: &Attribute) -> Vec<String> {
    let Ok(list) = attribute.meta.require_list() else {
        return Vec::new();
    };
    list.tokens
        .clone()
        .into_iter()
        .filter_map(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => Some(ident.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_struct_that_takes_anything_is_found() {
    let text = "#[derive(Debug, Deserialize)]\nstruct Task { id: u8 }\n\
        #[derive(Deserialize)]\nenum Law { Fixed(u8), Range { low: u8 } }\n\
        #[derive(Deserialize)]\n#[serde(deny_unknown_fields)]\nstruct Strict { id: u8 }\n\
        #[derive(Deserialize)]\n#[serde(try_from = \"Strict\")]\nstruct Checked { id: u8 }\n\
        #[derive(Serialize)]\nstruct Written { id: u8 }\n";
    let spoiled = Source::new("scenarios/src/definition/task.rs", text);
    let lines: Vec<usize> = tolerant(&spoiled)
        .iter()
        .map(|breach| breach.line)
        .collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn a_guessing_format_is_found() {
    let text = "#[derive(Deserialize)]\n#[serde(untagged)]\nenum A { B(u8) }\n\
        struct C {\n#[serde(default, flatten)]\nd: A }\n";
    let lines: Vec<usize> = vague(&Source::new("cli/src/x.rs", text))
        .iter()
        .map(|breach| breach.line)
        .collect();
    assert_eq!(lines, [2, 5]);
}
