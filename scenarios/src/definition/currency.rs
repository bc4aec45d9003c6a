//! The currency in which an organisation counts its money.

use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Decode, Reader};
use crate::schema::named;
use crate::syntax::Node;
use schemars::{Schema, SchemaGenerator, json_schema};

/// A currency, as the three letters of ISO 4217. Any three capital letters are taken: nothing is computed with
/// it, and a list of currencies would grow old.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency(pub String);

/// What many write instead. A sign that stands for several currencies is not among them.
const USUAL: [(&str, &str); 7] = [
    ("\u{20ac}", "EUR"),
    ("\u{a3}", "GBP"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("US$", "USD"),
    ("CHFR", "CHF"),
    ("SFR", "CHF"),
];

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl Decode for Currency {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text(node, "a currency")?;
        if is_code(&text) {
            return Some(Self(text));
        }
        let upper = text.trim().to_uppercase();
        let usual = USUAL.iter().find(|(written, _)| *written == upper);
        let meant = usual.map(|(_, code)| *code);
        let meant = meant.or_else(|| is_code(&upper).then_some(upper.as_str()));
        let message = format!("`{text}` is not the code of a currency");
        reader.report(
            Diagnostic::new(Code::UnknownCurrency, message, node.place)
                .did_you_mean(meant, true)
                .note("currencies are the three capital letters of ISO 4217, such as `EUR`"),
        );
        None
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = json_schema!({
            "type": "string",
            "pattern": "^[A-Z]{3}$",
            "description": "A currency as the three capital letters of ISO 4217, in quotes, such as `\"EUR\"`."
        });
        named(generator, "Currency", schema)
    }
}
