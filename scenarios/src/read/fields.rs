//! Named fields in brackets.

use super::{Decode, Reader};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Place;
use crate::syntax::{Group, Item, Node, NodeKind};

/// The fields of one element, while they are taken one by one.
pub(crate) struct Fields<'n, 'a> {
    node: &'n Node<'a>,
    title: &'static str,
    given: Vec<(&'static str, &'n Node<'a>)>,
    missing: Vec<&'static str>,
    /// Fields that are not there because something stands in their place that could not be read.
    excused: bool,
    id: Option<&'n str>,
}

impl Reader<'_> {
    /// The fields of an element; reports those that are unknown or given twice.
    pub(crate) fn fields<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        name: &'static str,
        title: &'static str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n, 'a>> {
        let inside = std::mem::take(&mut self.inside_variant);
        let NodeKind::Group(group) = &node.kind else {
            return self.no_fields(node, title);
        };
        if group.open != if self.json() { '{' } else { '(' } {
            return self.wrong_brackets(node, group, title);
        }
        if !inside
            && let Some((written, place)) = group.name.filter(|(written, _)| *written != name)
        {
            let message = format!("{title} is not written `{written}(`");
            self.report(Diagnostic::new(Code::WrongKind, message, place).cure(
                "remove the name",
                place,
                "",
            ));
            return None;
        }
        let mut fields = Fields::none(node, title);
        for item in &group.items {
            self.field(item, known, &mut fields, group);
        }
        Some(fields)
    }

    /// The fields of an element whose first item stands without a name, such as
    /// `("30s", because: "..")`: it is the first of the known. In JSON it has its name.
    pub(crate) fn led<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        title: &'static str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n, 'a>> {
        let (NodeKind::Group(group), [first, named @ ..], false) = (&node.kind, known, self.json())
        else {
            return self.fields(node, "", title, known);
        };
        let mut fields = Fields::none(node, title);
        let behind = match &group.items[..] {
            [lead, behind @ ..] if lead.key.is_none() => {
                fields.give(first, &lead.value);
                behind
            }
            [lead, behind @ ..] if !is_one_of(lead.key.as_ref(), named) => {
                self.named_lead(lead, title);
                fields.give(first, &lead.value);
                behind
            }
            all => {
                let message = format!("{title} starts with the value, and there is none");
                let place = fields.opening(self);
                self.report(
                    Diagnostic::new(Code::MissingField, message, place)
                        .help("write the value first, without a name"),
                );
                fields.excused = true;
                all
            }
        };
        for item in behind {
            self.field(item, named, &mut fields, group);
        }
        Some(fields)
    }

    fn named_lead(&mut self, lead: &Item<'_>, title: &str) {
        let Some(key) = &lead.key else {
            return;
        };
        let message = format!("{title} starts with the value, without a name before it");
        let name = Place {
            end: lead.value.place.start,
            ..key.place
        };
        self.report(
            Diagnostic::new(Code::WrongArguments, message, key.place).cure(
                "remove the name and its colon",
                name,
                "",
            ),
        );
    }

    fn no_fields<T>(&mut self, node: &Node<'_>, title: &str) -> Option<T> {
        let expected = if self.json() {
            format!("{title} in `{{ }}`")
        } else {
            format!("{title} in `( )`")
        };
        self.wrong_kind(node, &expected)
    }

    fn wrong_brackets<T>(&mut self, node: &Node<'_>, group: &Group<'_>, title: &str) -> Option<T> {
        let all_keyed = group.items.iter().all(|item| item.key.is_some());
        if self.json() || !all_keyed || group.items.is_empty() || group.name.is_some() {
            return self.no_fields(node, title);
        }
        let message = format!("the fields of {title} stand in `( )`");
        let first = node.place.part(0, 1);
        self.report(
            Diagnostic::new(Code::WrongKind, message, first)
                .cures("write `(` and `)`", [(first, "("), (node.last(), ")")]),
        );
        None
    }

    fn field<'n, 'a>(
        &mut self,
        item: &'n Item<'a>,
        known: &'static [&'static str],
        fields: &mut Fields<'n, 'a>,
        group: &Group<'a>,
    ) {
        let Some((written, place)) = self.field_name(item, fields, known) else {
            fields.excused = true;
            return;
        };
        let name = known.iter().find(|name| **name == written);
        let Some(name) = name else {
            return self.unknown_field(written, place, item, known, fields, group);
        };
        if let Some((_, first)) = fields.given.iter().find(|(given, _)| given == name) {
            let message = format!("`{name}` is given twice");
            self.report(
                Diagnostic::new(Code::DuplicateField, message, place)
                    .context(first.place, "it was given here")
                    .help("keep one of the two"),
            );
            return;
        }
        fields.give(name, &item.value);
    }

    /// The name before the colon; reports where there is none, or it is in quotes.
    fn field_name<'n>(
        &mut self,
        item: &'n Item<'_>,
        fields: &Fields<'_, '_>,
        known: &[&'static str],
    ) -> Option<(&'n str, Place)> {
        let Some(key) = &item.key else {
            self.nameless(&item.value, fields.title, known);
            return None;
        };
        match &key.kind {
            NodeKind::Word(word) if !self.json() => Some((word, key.place)),
            NodeKind::Text(text) if self.json() => Some((text, key.place)),
            NodeKind::Text(text) => {
                let message = format!("the field name `{text}` is written without quotes");
                self.report(Diagnostic::new(Code::QuotedWord, message, key.place).cure(
                    &format!("write `{text}`"),
                    key.place,
                    text,
                ));
                None
            }
            NodeKind::Broken => None,
            NodeKind::Missing => {
                let open = fields.open(known);
                self.report(
                    Diagnostic::new(
                        Code::Unexpected,
                        "a field name is missing before the colon",
                        key.place,
                    )
                    .note(format!("fields that are not given yet: {}", listed(&open))),
                );
                None
            }
            _ => {
                self.report(Diagnostic::new(
                    Code::Unexpected,
                    "a field name is expected before the colon",
                    key.place,
                ));
                None
            }
        }
    }

    fn nameless(&mut self, value: &Node<'_>, title: &str, known: &[&'static str]) {
        if let NodeKind::Group(group) = &value.kind
            && let Some((name, place)) = group.name
            && known.contains(&name)
        {
            self.report(
                Diagnostic::new(Code::MissingColon, "a colon is missing here", place.after()).cure(
                    "insert `:`",
                    place.after(),
                    ":",
                ),
            );
        } else if !matches!(value.kind, NodeKind::Broken | NodeKind::Missing) {
            let message = format!("a value of {title} has no field name before it");
            self.report(
                Diagnostic::new(Code::Unexpected, message, value.place)
                    .help("write `name: value`, or remove the value"),
            );
        }
    }

    fn unknown_field<'n, 'a>(
        &mut self,
        written: &str,
        place: Place,
        item: &'n Item<'a>,
        known: &'static [&'static str],
        fields: &mut Fields<'n, 'a>,
        group: &Group<'a>,
    ) {
        let keys = group.items.iter().filter_map(|item| item.key.as_ref());
        let given: Vec<&str> = keys
            .filter_map(|key| match &key.kind {
                NodeKind::Word(word) => Some(*word),
                NodeKind::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let open = known.iter().copied().filter(|name| !given.contains(name));
        let near = nearest(written, open);
        let message = format!("{} has no field `{written}`", fields.title);
        let mut problem =
            Diagnostic::new(Code::UnknownField, message, place).did_you_mean(near, self.json());
        if near.is_none() {
            problem = problem.note(format!("its fields are {}", listed(known)));
        }
        self.report(problem);
        match near.and_then(|near| known.iter().find(|name| **name == near)) {
            Some(name) => fields.give(name, &item.value),
            None => fields.excused = true,
        }
    }
}

/// Whether a key is one of some names.
fn is_one_of(key: Option<&Node<'_>>, names: &[&str]) -> bool {
    key.is_some_and(|key| matches!(&key.kind, NodeKind::Word(word) if names.contains(word)))
}

/// Names in backticks, with commas.
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Those of an element of which none was read yet.
    const fn none(node: &'n Node<'a>, title: &'static str) -> Self {
        Self {
            node,
            title,
            given: Vec::new(),
            missing: Vec::new(),
            excused: false,
            id: None,
        }
    }

    /// The fields that are not given so far.
    fn open(&self, known: &[&'static str]) -> Vec<&'static str> {
        let given = |name: &&&str| !self.given.iter().any(|(given, _)| given == *name);
        known.iter().filter(given).copied().collect()
    }

    fn give(&mut self, name: &'static str, value: &'n Node<'a>) {
        if name == "id"
            && let NodeKind::Text(text) = &value.kind
        {
            self.id = Some(text);
        }
        self.given.push((name, value));
    }

    /// Takes a field: its value, or what stands for it where it is not given.
    pub(crate) fn take<T: Decode>(
        &mut self,
        reader: &mut Reader<'_>,
        name: &'static str,
    ) -> Option<T> {
        let Some((_, node)) = self.given.iter().find(|(given, _)| *given == name) else {
            let absent = T::absent();
            if absent.is_none() {
                self.missing.push(name);
            }
            return absent;
        };
        T::decode(node, reader).or_else(T::absent)
    }

    /// Reports the fields that are required and not there.
    pub(crate) fn finish(&self, reader: &mut Reader<'_>, complete: bool) {
        if !complete {
            // Without an id it is lost all the same: no id is empty.
            reader.lose(self.id.unwrap_or_default());
        }
        if self.missing.is_empty() || self.excused {
            return;
        }
        let first = self.missing[0];
        let message = format!("{} has no `{first}`", self.title);
        let place = self.opening(reader);
        let mut problem = Diagnostic::new(Code::MissingField, message, place).help(format!(
            "add `{first}: ...`; `hotwash schema` shows what it can be"
        ));
        if self.missing.len() > 1 {
            problem = problem.note(format!("also missing: {}", listed(&self.missing[1..])));
        }
        reader.report(problem);
    }

    /// The element as far as its first line goes.
    fn opening(&self, reader: &Reader<'_>) -> Place {
        let written = reader.written(self.node.place);
        let line = written.find('\n').unwrap_or(written.len());
        self.node.place.part(0, written[..line].trim_end().len())
    }
}
