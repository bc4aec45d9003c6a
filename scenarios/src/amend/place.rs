//! Where in the texts a field of a thing stands, and how it is replaced, put in or taken out.

use super::NotWritten;
use super::changed::{Change, Listed};
use super::value::{Value, named};
use crate::diagnostic::Edit;
use crate::load::Kind;
use crate::source::{Place, Source};
use crate::syntax::{Group, Item, Node, NodeKind};

/// The texts with their trees.
pub(super) struct Texts<'a> {
    sources: &'a [Source],
    trees: &'a [Option<Node<'a>>],
}

impl<'a> Texts<'a> {
    pub(super) const fn new(sources: &'a [Source], trees: &'a [Option<Node<'a>>]) -> Self {
        Self { sources, trees }
    }

    /// The edits by which changes are written.
    pub(super) fn write(&self, changes: &[Change]) -> Result<Vec<Edit>, NotWritten> {
        let mut edits = Vec::new();
        for change in changes {
            edits.extend(self.one(change, changes)?);
        }
        Ok(edits)
    }

    /// The edit by which one of all changes is written; `None`: there is nothing to write.
    fn one(&self, change: &Change, all_changes: &[Change]) -> Result<Option<Edit>, NotWritten> {
        Ok(Some(match change {
            Change::Field {
                of,
                id,
                field,
                value,
                only_where_given,
            } => {
                let (item, text) = self.item(*of, id.as_str())?;
                match (find(item, field), value) {
                    (Some(at), Some(value)) => {
                        replace(item.items[at].value.place, value.written(text.is_json()))
                    }
                    (Some(at), None) => take_out(text, item, at),
                    (None, Some(_)) if *only_where_given => return Ok(None),
                    (None, Some(value)) => {
                        put_in(text, (item, change.goes(all_changes)), field, value)
                    }
                    (None, None) => return Ok(None),
                }
            }
            Change::More {
                of,
                id,
                field,
                values,
            } => {
                let (item, text) = self.item(*of, id.as_str())?;
                if let Some(at) = find(item, field) {
                    append(text, &item.items[at].value, values)
                } else {
                    let all = Value::List(values.clone());
                    put_in(text, (item, change.goes(all_changes)), field, &all)
                }
            }
            Change::Item { of, value } => {
                let (list, text) = self.list(*of)?;
                append_line(text, list, value)
            }
        }))
    }

    /// The item of a list with an id, and the text in which it stands.
    fn item(&self, of: Listed, id: &str) -> Result<(&'a Group<'a>, &'a Source), NotWritten> {
        let unwritten = || NotWritten {
            what: format!("{} `{id}`", of.noun),
        };
        let (list, text) = self.list(of).map_err(|_| unwritten())?;
        let NodeKind::Group(list) = &list.kind else {
            return Err(unwritten());
        };
        let named = |item: &&Item<'a>| match &item.value.kind {
            NodeKind::Group(group) => find(group, "id").is_some_and(
                |at| matches!(&group.items[at].value.kind, NodeKind::Text(text) if text == id),
            ),
            _ => false,
        };
        let found = list.items.iter().find(named).map(|item| &item.value.kind);
        match found {
            Some(NodeKind::Group(group)) => Ok((group, text)),
            _ => Err(unwritten()),
        }
    }

    /// A list, and the text in which it stands.
    fn list(&self, of: Listed) -> Result<(&'a Node<'a>, &'a Source), NotWritten> {
        let places = self.trees.iter().zip(self.sources);
        let mut found = places.filter_map(|(tree, source)| {
            let section = section(tree.as_ref()?, of.section)?;
            let at = find(section, of.list)?;
            Some((&section.items[at].value, source))
        });
        found.next().ok_or_else(|| NotWritten {
            what: format!("the list of `{}`", of.list),
        })
    }
}

/// A section of a text: of its own, or of a whole exercise.
pub(crate) fn section<'a>(root: &'a Node<'a>, wanted: &str) -> Option<&'a Group<'a>> {
    let (name, group) = outer(root)?;
    let own = match wanted {
        "plan" => Kind::Plan,
        "scenario" => Kind::Scenario,
        _ => Kind::Organisation,
    };
    if name == own.name() {
        return Some(group);
    }
    if name != Kind::Exercise.name() {
        return None;
    }
    match &group.items[find(group, wanted)?].value.kind {
        NodeKind::Group(group) => Some(group),
        _ => None,
    }
}

/// The outer name of a text and what it holds: in JSON it is the only key.
fn outer<'a>(root: &'a Node<'a>) -> Option<(&'a str, &'a Group<'a>)> {
    let NodeKind::Group(group) = &root.kind else {
        return None;
    };
    if let Some((name, _)) = group.name {
        return Some((name, group));
    }
    let [only] = &group.items[..] else {
        return None;
    };
    match (&only.key.as_ref()?.kind, &only.value.kind) {
        (NodeKind::Text(name), NodeKind::Group(inner)) => Some((name.as_ref(), inner)),
        _ => None,
    }
}

/// The position of a field.
pub(crate) fn find(group: &Group<'_>, field: &str) -> Option<usize> {
    group.items.iter().position(|item| has_key(item, field))
}

fn has_key(item: &Item<'_>, field: &str) -> bool {
    match item.key.as_ref().map(|key| &key.kind) {
        Some(NodeKind::Word(key)) => *key == field,
        Some(NodeKind::Text(key)) => key == field,
        _ => false,
    }
}

const fn replace(place: Place, text: String) -> Edit {
    Edit { place, text }
}

/// A field behind the last one that stays.
fn put_in(
    text: &Source,
    (item, goes): (&Group<'_>, Vec<&str>),
    field: &str,
    value: &Value,
) -> Edit {
    let written = named(field, value, text.is_json());
    let stays = |of: &&Item<'_>| !goes.iter().any(|gone| has_key(of, gone));
    match item.items.iter().rfind(stays) {
        Some(last) => replace(last.value.place.after(), format!(", {written}")),
        None => replace(Place::default(), written),
    }
}

/// Values behind the last one of a list; a single value that stands for a list becomes one.
fn append(text: &Source, list: &Node<'_>, values: &[Value]) -> Edit {
    let values: Vec<String> = values
        .iter()
        .map(|value| value.written(text.is_json()))
        .collect();
    let more = values.join(", ");
    match &list.kind {
        NodeKind::Group(group) if group.open == '[' => match group.items.last() {
            Some(item) => replace(item.value.place.after(), format!(", {more}")),
            None => replace(list.last(), format!("{more}]")),
        },
        _ => {
            let only = &text.text[list.place.range()];
            replace(list.place, format!("[{only}, {more}]"))
        }
    }
}

/// An item on a line of its own behind the last one of a list, as far in as that.
fn append_line(text: &Source, list: &Node<'_>, value: &Value) -> Edit {
    let written = value.written(text.is_json());
    let NodeKind::Group(group) = &list.kind else {
        return replace(list.place, format!("[{written}]"));
    };
    let Some(item) = group.items.last() else {
        return replace(list.last(), format!("{written}]"));
    };
    let start = item.value.place.start as usize;
    let line = text.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text.text[line..start];
    let apart = if indent.trim().is_empty() && line > 0 {
        format!("\n{indent}")
    } else {
        " ".to_owned()
    };
    replace(item.value.place.after(), format!(",{apart}{written}"))
}

/// A field with its comma; with its line where nothing else stands on it.
fn take_out(text: &Source, item: &Group<'_>, at: usize) -> Edit {
    let this = &item.items[at];
    let key = this.key.as_ref().map_or(this.value.place, |key| key.place);
    let (mut start, mut end) = (key.start as usize, this.value.place.end as usize);
    let bytes = text.text.as_bytes();
    let blank = |at: usize| bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t'));
    let mut behind = end;
    while bytes.get(behind).is_some_and(u8::is_ascii_whitespace) {
        behind += 1;
    }
    if bytes.get(behind) == Some(&b',') {
        end = behind + 1;
        let mut before = start;
        while before > 0 && blank(before - 1) {
            before -= 1;
        }
        let begins = before > 0 && bytes[before - 1] == b'\n';
        while blank(end) {
            end += 1;
        }
        if begins && bytes.get(end) == Some(&b'\n') {
            start = before;
            end += 1;
        }
    } else if let Some(before) = at.checked_sub(1).map(|before| &item.items[before]) {
        start = before.value.place.end as usize;
    }
    replace(Place::new(key.file, start, end), String::new())
}
