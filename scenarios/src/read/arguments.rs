//! A word of a choice with what stands in its brackets.

use super::fields::listed;
use super::{Decode, Reader};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::notation::day_of_week;
use crate::source::Place;
use crate::syntax::{Item, Node, NodeKind};

/// A word with its arguments, while they are taken one by one.
pub(crate) struct Variant<'n, 'a> {
    /// The word.
    pub(crate) name: &'n str,
    /// Where the word stands.
    pub(crate) place: Place,
    node: &'n Node<'a>,
    arguments: Arguments<'n, 'a>,
    taken: usize,
}

enum Arguments<'n, 'a> {
    None,
    /// In brackets, one after another.
    Listed(&'n [Item<'a>]),
    /// In brackets, with names: they are one argument.
    Named,
    /// The value of a JSON object with one key.
    Json(&'n Node<'a>),
}

impl Reader<'_> {
    /// Reads a node as a word with or without arguments. `None`: it is something else, which has
    /// been reported.
    pub(crate) fn variant<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        what: &str,
        known: &[&'static str],
    ) -> Option<Variant<'n, 'a>> {
        if std::mem::take(&mut self.inside_variant) {
            // The names belong to no record: to read on would be to read the same node for ever.
            return self.needless_names(node, what);
        }
        let (name, place, arguments) = match &node.kind {
            NodeKind::Word(word) if !matches!(*word, "true" | "false") => {
                (*word, node.place, Arguments::None)
            }
            NodeKind::Text(text) if self.json() => (text.as_ref(), node.place, Arguments::None),
            NodeKind::Text(text) if known.contains(&text.as_ref()) => {
                let message =
                    format!("`{text}` is a word of the vocabulary, written without quotes");
                self.report(Diagnostic::new(Code::QuotedWord, message, node.place).cure(
                    &format!("write `{text}`"),
                    node.place,
                    text,
                ));
                return None;
            }
            NodeKind::Text(text) => {
                let near = nearest(text, known.iter().copied());
                let message = format!("{what} is a word without quotes, not a text");
                self.report(
                    Diagnostic::new(Code::WrongKind, message, node.place).did_you_mean(near, false),
                );
                return None;
            }
            NodeKind::Group(group) => match (group.name, &group.items[..]) {
                (Some((name, place)), items) => {
                    let named = !items.is_empty() && items.iter().all(|item| item.key.is_some());
                    let arguments = if named {
                        Arguments::Named
                    } else {
                        Arguments::Listed(items)
                    };
                    (name, place, arguments)
                }
                (
                    None,
                    [
                        Item {
                            key: Some(key),
                            value,
                        },
                    ],
                ) if self.json() && group.open == '{' => {
                    let NodeKind::Text(text) = &key.kind else {
                        return self.wrong_kind(node, what);
                    };
                    (text.as_ref(), key.place, Arguments::Json(value))
                }
                _ => return self.wrong_kind(node, what),
            },
            _ => return self.wrong_kind(node, what),
        };
        Some(Variant {
            name,
            place,
            node,
            arguments,
            taken: 0,
        })
    }

    fn needless_names<T>(&mut self, node: &Node<'_>, what: &str) -> Option<T> {
        let NodeKind::Group(group) = &node.kind else {
            return self.wrong_kind(node, what);
        };
        for key in group.items.iter().filter_map(|item| item.key.as_ref()) {
            let message = format!("{what} is expected here without a name before it");
            self.report(
                Diagnostic::new(Code::WrongArguments, message, key.place)
                    .help("remove the name and its colon"),
            );
        }
        None
    }

    /// Reports a word that is not one of those known.
    pub(crate) fn unknown_word<T>(
        &mut self,
        written: &str,
        place: Place,
        what: &str,
        known: &[&'static str],
    ) -> Option<T> {
        // `Freitag` is `Fri`, whatever else its letters are near to.
        let day = day_of_week(written).filter(|day| known.contains(day));
        let near = day.or_else(|| nearest(written, known.iter().copied()));
        let message = format!("`{written}` is not {what}");
        let mut problem =
            Diagnostic::new(Code::UnknownWord, message, place).did_you_mean(near, self.json());
        if near.is_none() || known.len() <= 8 {
            problem = problem.note(format!("known words: {}", listed(known)));
        } else {
            let all = known.len();
            problem = problem.note(format!("`hotwash schema exercise` lists all {all} words"));
        }
        self.report(problem);
        None
    }
}

impl<'a> Variant<'_, 'a> {
    /// Checks how many arguments there are.
    pub(crate) fn expect(&self, reader: &mut Reader<'_>, least: usize, most: usize) -> Option<()> {
        let count = match &self.arguments {
            Arguments::None => 0,
            Arguments::Listed(items) => items.len(),
            Arguments::Named => 1,
            Arguments::Json(value) => match &value.kind {
                NodeKind::Group(group) if most > 1 && group.open == '[' => group.items.len(),
                _ => 1,
            },
        };
        let empty = matches!(&self.arguments, Arguments::Listed([]));
        if empty && least == 0 && most > 0 {
            return self.nothing_inside(reader);
        }
        // Of empty brackets the reader says what is missing in them.
        if (least..=most).contains(&count) || (empty && least == 1) {
            return Some(());
        }
        let name = self.name;
        let message = match (least, most) {
            (_, 0) => format!("`{name}` stands without brackets"),
            (1, 1) => format!("`{name}` needs one thing in its brackets, not {count}"),
            (least, most) if least == most => {
                format!("`{name}` needs {least} things in its brackets, not {count}")
            }
            (least, most) => {
                format!("`{name}` needs {least} to {most} things in its brackets, not {count}")
            }
        };
        let problem = Diagnostic::new(Code::WrongArguments, message, self.node.place);
        let problem = self.offer(problem, most, count);
        reader.report(problem);
        None
    }

    /// Reports brackets that hold nothing, where something may stand in them.
    fn nothing_inside(&self, reader: &mut Reader<'_>) -> Option<()> {
        let name = self.name;
        let message = format!("nothing stands in the brackets of `{name}`");
        let brackets = Place {
            start: self.place.end,
            ..self.node.place
        };
        reader.report(
            Diagnostic::new(Code::WrongArguments, message, self.nothing().place)
                .cure("leave the brackets out", brackets, "")
                .note("or write between them what it applies to"),
        );
        None
    }

    /// Offers to drop brackets that are too much, or to put several things into a list.
    fn offer(&self, problem: Diagnostic, most: usize, count: usize) -> Diagnostic {
        let Arguments::Listed(items) = &self.arguments else {
            return problem;
        };
        let behind = Place {
            start: self.place.end,
            ..self.node.place
        };
        match (most, items.first(), items.last()) {
            (0, ..) => problem.cure(&format!("write `{}`", self.name), behind, ""),
            (1, Some(first), Some(last)) if count > 1 && matches!(self.name, "All" | "Any") => {
                let start = Place {
                    end: first.value.place.start,
                    ..first.value.place
                };
                let end = last.value.place.after();
                problem.cures("put them into a list", [(start, "["), (end, "]")])
            }
            _ => problem,
        }
    }

    /// The next argument, or what stands for one that is not given.
    pub(crate) fn next<T: Decode>(&mut self, reader: &mut Reader<'_>) -> Option<T> {
        let at = self.taken;
        self.taken += 1;
        match &self.arguments {
            Arguments::None => T::absent(),
            Arguments::Named => {
                reader.inside_variant = true;
                let value = T::decode(self.node, reader);
                reader.inside_variant = false;
                value
            }
            Arguments::Listed(items) => match items.get(at) {
                Some(item) if item.key.is_none() => T::decode(&item.value, reader),
                Some(item) => reader.wrong_kind(&item.value, "a value without a name"),
                None => T::absent().or_else(|| T::decode(&self.nothing(), reader)),
            },
            Arguments::Json(value) => T::decode(value, reader),
        }
    }

    /// The place in empty brackets.
    const fn nothing(&self) -> Node<'a> {
        let last = self.node.last();
        Node {
            place: Place {
                end: last.start,
                ..last
            },
            kind: NodeKind::Missing,
        }
    }

    /// The next argument where there may be several.
    pub(crate) fn next_of<T: Decode>(&mut self, reader: &mut Reader<'_>, most: usize) -> Option<T> {
        if let Arguments::Json(value) = &self.arguments
            && let NodeKind::Group(group) = &value.kind
            && most > 1
            && group.open == '['
        {
            let at = self.taken;
            self.taken += 1;
            return match group.items.get(at) {
                Some(item) => T::decode(&item.value, reader),
                None => T::absent(),
            };
        }
        self.next(reader)
    }

    /// Whether its arguments have names.
    pub(crate) fn named(&self) -> bool {
        match &self.arguments {
            Arguments::Named => true,
            Arguments::Json(value) => {
                matches!(&value.kind, NodeKind::Group(group) if group.open == '{')
            }
            _ => false,
        }
    }

    /// Whether it has arguments.
    pub(crate) fn bare(&self) -> bool {
        matches!(self.arguments, Arguments::None)
    }
}
