//! Words of the vocabulary.

use super::{Decode, Reader};
use crate::syntax::Node;
use hotwash_engine::exercise as engine;
use schemars::{Schema, SchemaGenerator};

/// A closed list of words that an author writes bare.
pub(crate) trait Vocabulary: Copy + 'static {
    /// What such a word is, with its article.
    const WHAT: &'static str;
    /// The words in their order.
    const NAMES: &'static [&'static str];
    /// The word of a name.
    fn word(name: &str) -> Option<Self>;
}

/// Makes enums of the engine words that an author can write. The match fails to compile where a
/// word is forgotten.
macro_rules! words {
    ($($type:ty, $what:literal { $($word:ident)+ })+) => {
        $(
            impl $crate::read::Vocabulary for $type {
                const WHAT: &'static str = $what;
                const NAMES: &'static [&'static str] = &[$(stringify!($word)),+];
                fn word(name: &str) -> Option<Self> {
                    const fn _complete(word: $type) {
                        match word {
                            $(<$type>::$word => (),)+
                        }
                    }
                    match name {
                        $(stringify!($word) => Some(Self::$word),)+
                        _ => None,
                    }
                }
            }
            $crate::read::words!(@decode $type);
        )+
    };
    (@decode $type:ty) => {
        impl $crate::read::Decode for $type {
            fn decode(
                node: &$crate::syntax::Node<'_>,
                reader: &mut $crate::read::Reader<'_>,
            ) -> Option<Self> {
                $crate::read::word::decode(node, reader)
            }
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<$type>()
            }
        }
    };
}
pub(crate) use words;

/// Reads a word without arguments.
pub(crate) fn decode<T: Vocabulary>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let variant = reader.variant(node, T::WHAT, T::NAMES)?;
    match T::word(variant.name) {
        Some(word) => variant.expect(reader, 0, 0).map(|()| word),
        None => reader.unknown_word(variant.name, variant.place, T::WHAT, T::NAMES),
    }
}

/// The same for the lists of words that the engine declares with all their names.
macro_rules! engine_words {
    ($($type:ident $what:literal,)+) => {
        $(
            impl Vocabulary for engine::$type {
                const WHAT: &'static str = $what;
                const NAMES: &'static [&'static str] = &{
                    let mut names = [""; engine::$type::ALL.len()];
                    let mut i = 0;
                    while i < names.len() {
                        names[i] = engine::$type::ALL[i].name();
                        i += 1;
                    }
                    names
                };
                fn word(name: &str) -> Option<Self> {
                    Self::from_name(name)
                }
            }
            impl Decode for engine::$type {
                fn decode(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                    decode(node, reader)
                }
                fn schema(generator: &mut SchemaGenerator) -> Schema {
                    generator.subschema_for::<Self>()
                }
            }
        )+
    };
}

engine_words! {
    AssetKind "a kind of asset",
    Capability "a capability",
    Category "a category of incident",
    ChannelKind "a kind of channel",
    Effect "an effect of an attack step",
    EvidenceItem "an item of evidence",
    Function "a function",
    ImpactDimension "a dimension of impact",
    Mark "a mark of an incident",
    Measure "a measure",
    Phase "a phase",
    Priority "a priority",
    Sector "a sector",
    Severity "a severity",
    SourceKind "a kind of monitoring source",
    StakeholderKind "a kind of stakeholder",
    Urgency "an urgency",
    Weekday "a day of the week",
}

words! {
    engine::Each, "what a task is done once for" { Incident Alert Message Asset }
    engine::Difficulty, "a difficulty" { Routine Moderate High }
    engine::Content, "a piece of content" { Nature PersonalData Scope Cause Severity Measures }
    engine::Data, "a kind of data" { PersonalData SpecialCategory Records }
    engine::Dimension, "a dimension of value" { Confidentiality Integrity Availability }
    engine::Experience, "a level of experience" { Little Nominal Much }
    engine::AssetState, "a state of an asset" {
        Compromised Encrypted Exfiltrated Altered Exposed OutOfService PastRto Isolated Off Evicted
        Wiped Verified
    }
}
