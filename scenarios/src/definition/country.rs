//! Countries, by whose law an organisation is judged.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::read::{Decode, Reader};
use crate::schema::named;
use crate::syntax::Node;
use schemars::{Schema, SchemaGenerator, json_schema};

/// A country, as the two letters of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Country(pub String);

/// The codes of ISO 3166-1 (alpha-2), as the IANA time zone database lists them; read on 2026-11-30.
const ALL: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// What many write instead.
const USUAL: [(&str, &str); 4] = [("UK", "GB"), ("EL", "GR"), ("USA", "US"), ("GER", "DE")];

/// The code that is meant by what is written.
fn meant(written: &str) -> Option<String> {
    let upper = written.to_uppercase();
    let usual = USUAL.iter().find(|(written, _)| *written == upper);
    let usual = usual.map(|(_, code)| *code);
    usual
        .or_else(|| nearest(written, ALL))
        .map(ToOwned::to_owned)
}

impl Decode for Country {
    fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text_meant(node, "a country", |_, word| meant(word))?;
        if ALL.binary_search(&text.as_str()).is_ok() {
            return Some(Self(text));
        }
        let near = meant(&text);
        let near = near.as_deref();
        let message = format!("`{text}` is not a country");
        reader.report(
            Diagnostic::new(Code::UnknownCountry, message, node.place)
                .did_you_mean(near, true)
                .note("countries are the two letters of ISO 3166, such as `IE`"),
        );
        None
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let schema = json_schema!({
            "type": "string",
            "pattern": "^[A-Z]{2}$",
            "description": "A country as the two letters of ISO 3166, in quotes, such as `\"IE\"`."
        });
        named(generator, "Country", schema)
    }
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn the_codes_of_countries_are_in_order_and_each_there_once() {
        assert!(ALL.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
