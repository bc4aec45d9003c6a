//! Ids, technique ids and control ids.

use crate::diagnostic::{Code, Diagnostic};
use crate::notation::plain;
use crate::read::{Decode, Reader};
use crate::schema::named;
use crate::syntax::Node;
use hotwash_engine::exercise::Slug;
use schemars::{Schema, SchemaGenerator, json_schema};

impl Decode for Slug {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text_meant(node, "an id", Reader::plain_id)?;
        let slug = Self::new(&text);
        if slug.is_none() {
            let message = match text.len() {
                0 => "an id cannot be empty".to_owned(),
                n if n > Self::MAX_LEN => {
                    format!("an id has at most {} characters, not {n}", Self::MAX_LEN)
                }
                _ => format!("`{text}` is not an id"),
            };
            let problem = Diagnostic::new(Code::BadId, message, node.place)
                .note("ids are made of letters, digits, `-`, `_` and `.`, such as `file-server-2`");
            let mended = reader.plain_id(&text);
            reader.report(match mended {
                Some(mended) => problem.cure(
                    &format!("write `\"{mended}\"`"),
                    node.place,
                    &format!("\"{mended}\""),
                ),
                None => problem,
            });
        }
        slug
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z0-9._-]{1,64}$",
            "description": "What a thing is called, in quotes: letters, digits, `-`, `_` and `.`, such as `\"file-server-2\"`."
        });
        named(generator, "Id", schema)
    }
}

/// The id of an ATT&CK technique or sub-technique, such as `T1486` or `T1021.002`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Technique(pub String);

fn is_technique(text: &str) -> bool {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix('T')
        .is_some_and(|id| match id.split_once('.') {
            Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
            None => digits(id, 4),
        })
}

/// The id that is meant by one that is written otherwise: `t1486`, `T1021/002`, `T1021.2`, `T148 6`.
fn technique(written: &str) -> Option<String> {
    let plain = plain(written)
        .to_uppercase()
        .replace(['/', '-'], ".")
        .replace(' ', "");
    let plain = plain.replace('O', "0");
    let digits = plain.trim_start_matches('T');
    let (technique, sub) = digits.split_once('.').unwrap_or((digits, ""));
    let meant = match sub {
        "" => format!("T{technique}"),
        sub => format!("T{technique}.{sub:0>3}"),
    };
    is_technique(&meant).then_some(meant)
}

impl Decode for Technique {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text_meant(node, "a technique id", |_, word| technique(word))?;
        if is_technique(&text) {
            return Some(Self(text));
        }
        let message = format!("`{text}` is not an ATT&CK technique id");
        let problem = Diagnostic::new(Code::BadTechnique, message, node.place)
            .note("ids look like `T1486` or `T1021.002`");
        reader.report(match technique(&text) {
            Some(mended) => problem.cure(
                &format!("write `\"{mended}\"`"),
                node.place,
                &format!("\"{mended}\""),
            ),
            None => problem,
        });
        None
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = json_schema!({
            "type": "string",
            "pattern": "^T[0-9]{4}(\\.[0-9]{3})?$",
            "description": "An ATT&CK technique or sub-technique, in quotes, such as `\"T1486\"` or `\"T1021.002\"`."
        });
        named(generator, "Technique", schema)
    }
}

/// The id of a control for which a task gives evidence, such as `A.5.26`.
pub type Control = String;
