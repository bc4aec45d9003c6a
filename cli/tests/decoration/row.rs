//! One change of one field, as the lists beside this file give it.

use super::told::Case;

const LISTS: [&str; 3] = [
    include_str!("organisation.txt"),
    include_str!("plan.txt"),
    include_str!("scenario.txt"),
];

/// A change.
pub struct Row {
    /// The field, as `Record.field`.
    pub field: String,
    case: String,
    /// Whether it is changed wherever it stands.
    everywhere: bool,
    /// What stands in the definitions, what to begin with where that is another, and the change.
    texts: Vec<String>,
}

impl Row {
    /// The definitions before and after.
    pub fn cases(&self) -> (Case, Case) {
        let case = Case::of(&self.case);
        let from = &self.texts[0];
        let to = self.texts.last().expect("a row has a change");
        let change = |to: &str| case.with(from, to, self.everywhere);
        let before = match &self.texts[..] {
            [_, begin, _] => change(begin),
            _ => case.clone(),
        };
        (before, change(to))
    }
}

/// All of them.
pub fn rows() -> Vec<Row> {
    let mut case = String::new();
    let mut rows = Vec::new();
    for line in LISTS.iter().flat_map(|list| list.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            case = name.trim_end_matches(']').to_owned();
            continue;
        }
        let (field, change) = line.split_once(": ").expect("a field and its change");
        let texts = change.split(" =>").map(|text| {
            let text = text.strip_prefix(' ').unwrap_or(text);
            text.replace("\\n", "\n")
        });
        rows.push(Row {
            field: field.trim_end_matches('*').to_owned(),
            case: case.clone(),
            everywhere: field.ends_with('*'),
            texts: texts.collect(),
        });
    }
    rows
}
