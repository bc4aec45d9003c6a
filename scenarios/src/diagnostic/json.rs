//! Diagnostics as JSON, for programs.

use super::Diagnostic;
use crate::source::{Place, Source};
use crate::syntax;
use serde_json::{Value, json};

/// The diagnostics as JSON: code, level, message, labels with file, line, column and path, notes,
/// cure with its edits, nearest name.
pub fn to_json(problems: &[Diagnostic], sources: &[Source]) -> Value {
    let trees = Trees::of(problems, sources);
    let all = problems.iter().map(|problem| one(problem, sources, &trees));
    Value::Array(all.collect())
}

fn one(problem: &Diagnostic, sources: &[Source], trees: &Trees<'_>) -> Value {
    let labels: Vec<Value> = problem
        .labels
        .iter()
        .map(|label| {
            let mut value = place(label.place, sources);
            value["text"] = json!(label.text);
            value["path"] = json!(trees.path(label.place));
            value
        })
        .collect();
    let cure = problem.cure.as_ref().map(|cure| {
        let edits = cure.edits.iter().map(|edit| {
            let mut value = place(edit.place, sources);
            value["replacement"] = json!(edit.text);
            value
        });
        json!({ "help": cure.help, "edits": edits.collect::<Vec<_>>() })
    });
    json!({
        "code": problem.code.id(),
        "title": problem.code.title(),
        "level": problem.level.name(),
        "message": problem.message,
        "labels": labels,
        "notes": problem.notes,
        "cure": cure,
        "nearest": problem.nearest,
    })
}

fn place(place: Place, sources: &[Source]) -> Value {
    let Some(source) = sources.get(usize::from(place.file)) else {
        return json!({});
    };
    let (line, column) = source.line_and_column(place.start);
    let (end_line, end_column) = source.line_and_column(place.end);
    json!({
        "file": source.name,
        "start": place.start, "end": place.end,
        "line": line, "column": column,
        "end_line": end_line, "end_column": end_column,
    })
}

/// The trees of the sources that have problems, to say where in a definition a place is.
struct Trees<'s>(Vec<Option<syntax::Node<'s>>>);

impl<'s> Trees<'s> {
    fn of(problems: &[Diagnostic], sources: &'s [Source]) -> Self {
        let concerned = |file: usize| {
            let labels = problems.iter().flat_map(|problem| &problem.labels);
            labels
                .into_iter()
                .any(|label| usize::from(label.place.file) == file)
        };
        let tree = |(file, source): (usize, &'s Source)| {
            let small = source.text.len() <= crate::limits::FILE_BYTES;
            let file = u16::try_from(file).ok()?;
            (small && concerned(usize::from(file)))
                .then(|| syntax::parse(source, file).root)
                .flatten()
        };
        Self(sources.iter().enumerate().map(tree).collect())
    }

    fn path(&self, place: Place) -> Option<String> {
        let root = self.0.get(usize::from(place.file))?.as_ref()?;
        Some(syntax::path(root, place))
    }
}
