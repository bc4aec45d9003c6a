//! One change of one field, as the lists beside this file give it.

use super::told::Case;

/// What counts.
const COUNTS: [&str; 3] = [
    include_str!("organisation.txt"),
    include_str!("plan.txt"),
    include_str!("scenario.txt"),
];

/// A change.
pub(crate) struct Row {
    /// The field, as `Record.field`.
    pub(crate) field: String,
    case: String,
    /// Whether it is changed wherever it stands.
    everywhere: bool,
    /// What stands in the definitions, what to begin with where that is another, and the change.
    texts: Vec<String>,
}

impl Row {
    /// The definitions before and after.
    pub(crate) fn cases(&self) -> (Case, Case) {
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

/// Every field that counts.
pub(crate) fn rows() -> Vec<Row> {
    COUNTS.iter().flat_map(|list| read(list)).collect()
}

/// Every field that is only shown.
pub(crate) fn shown() -> Vec<Row> {
    read(include_str!("shown.txt"))
}

fn read(list: &str) -> Vec<Row> {
    let mut case = String::new();
    let mut rows = Vec::new();
    for line in list.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut case);
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
