//! Regimes: laws that ask for notifications, as they ship. An organisation says in which country it is and what
//! it does; which regimes hold for it follows.

use super::{Awareness, Country, Id, Name, Text};
use crate::read::words;
use crate::source::Spanned;
use hotwash_engine::exercise::{Content, Day, Limit, Sector, StakeholderKind};

/// A regime that ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
pub enum RegimeName {
    /// The General Data Protection Regulation of the European Union.
    Gdpr,
    /// The directive on the security of network and information systems, the second of its kind.
    Nis2,
}

words! {
    RegimeName, "a regime of law" { Gdpr Nis2 }
}

record! {
    /// A law that asks for notifications.
    Regime, "a regime" {
        /// Its name.
        id: Spanned<RegimeName>,
        /// Its title, for people.
        title: Text,
        /// How it is cited.
        law: Text,
        /// What else in a clause's `law` means it.
        also_called: Vec<Text>,
        /// Where it can be read.
        source: Text,
        /// When it was last checked; a comment in its text says against what.
        checked_on: Spanned<Day>,
        /// The countries in which it holds.
        countries: Vec<Spanned<Country>>,
        /// The sectors for which it holds. Default: all.
        sectors: Vec<Spanned<Sector>>,
        /// Whether it holds for organisations with data of persons only.
        personal_data: Option<Spanned<bool>>,
        /// What it asks for.
        duties: Vec<Duty>,
    }
}

record! {
    /// A notification that a law asks for.
    Duty, "a duty" {
        /// Its id, by which a clause of a plan names it.
        id: Id,
        /// Its title, for people.
        title: Text,
        /// The article it stands in. Duties of one article to one recipient are one gate.
        article: Text,
        /// Its paragraph there.
        paragraph: Option<Text>,
        /// Who has to be told.
        to: Spanned<StakeholderKind>,
        /// What starts it: one of these functions knows enough.
        aware: Option<Awareness>,
        /// What starts it: this other duty was met.
        after: Option<Name>,
        /// How long it gives.
        within: Spanned<Limit>,
        /// What the notification has to say.
        content: Vec<Spanned<Content>>,
        /// How long after the first notification the rest may follow. Default: all has to be said at once.
        rest_within: Option<Spanned<Limit>>,
    }
}
