//! The fixed words that all organisations, plans and scenarios share.
//!
//! A scenario never names an organisation's people or hosts. It speaks in these words, and so does
//! the record. Each word is written bare, in `CamelCase`, in a definition and in a record alike.
//! The lists follow the field's standards in our own words: ISO/IEC 27035 (phases, severity),
//! HSEEP (capabilities, ratings), the RSIT taxonomy (categories).

mod family;
mod incident;
mod measures;
mod response;
mod surroundings;
mod told;

pub use family::Family;
pub use incident::{
    Capability, CapabilityElement, Category, CauseCode, Effect, ImpactDimension, Mark, Mode, Phase,
    Priority, Severity, Urgency,
};
pub(crate) use measures::measures_where;
pub use measures::{Back, CalledBy, EFFECTS, EffectRow, Holds, MEASURES, MeasureRow, OnAssets};
pub use response::{EvidenceItem, Function, Measure};
pub use surroundings::{AssetKind, ChannelKind, Sector, SourceKind, StakeholderKind, Weekday};
pub use told::TellingHours;

/// Declares a closed list of words: an enum with its names, its order and its serialisation.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$word_meta:meta])* $word:ident,)+ }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$word_meta])* $word,)+
        }

        impl $name {
            /// Every word of this list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$word,)+];

            /// The word as it is written in definitions and records.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$word => stringify!($word),)+
                }
            }

            /// Finds a word by its exact spelling.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }

            /// The position of this word in its list, for arrays indexed by it.
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
use vocabulary;
