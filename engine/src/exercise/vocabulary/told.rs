//! When those outside the response are told, where nobody says otherwise.

use super::StakeholderKind;

/// When somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TellingHours {
    /// At any hour: there is a portal, a duty line or a phone that is meant for it.
    Any,
    /// On every day, from 08:00 to 20:00.
    Daytime,
    /// In the office hours of the organisation.
    Office,
}

impl StakeholderKind {
    /// Whether it is an authority. Authorities take word at any hour, and law counts the hours of the night.
    pub const fn is_authority(self) -> bool {
        matches!(
            self,
            Self::DataProtectionAuthority
                | Self::SectorRegulator
                | Self::NationalCsirt
                | Self::LawEnforcement
                | Self::MarketAuthority
        )
    }

    /// When it is told, where nobody says otherwise. Illustrative.
    pub const fn telling_hours(self) -> TellingHours {
        match self {
            Self::DataProtectionAuthority
            | Self::SectorRegulator
            | Self::NationalCsirt
            | Self::LawEnforcement
            | Self::MarketAuthority
            | Self::Executives
            | Self::Insurer
            | Self::Bank
            | Self::PaymentBrands
            | Self::Responders => TellingHours::Any,
            Self::Staff
            | Self::Customers
            | Self::DataSubjects
            | Self::Patients
            | Self::Media
            | Self::Public => TellingHours::Daytime,
            Self::Board
            | Self::StaffRepresentatives
            | Self::Partners
            | Self::Suppliers
            | Self::Owners
            | Self::OutsideCounsel => TellingHours::Office,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::{holds, row};

    #[test]
    fn when_each_kind_is_told_is_documented() {
        let shown = |kind: &StakeholderKind| {
            let hours = match kind.telling_hours() {
                TellingHours::Any => "at any hour",
                TellingHours::Daytime => "08:00 to 20:00 on every day",
                TellingHours::Office => "in office hours",
            };
            row(kind.name(), hours)
        };
        let rows: Vec<_> = StakeholderKind::ALL.iter().map(shown).collect();
        holds("told", &rows);
    }

    #[test]
    fn authorities_are_told_at_any_hour() {
        let mut kinds = StakeholderKind::ALL.iter();
        assert!(
            kinds.all(|kind| !kind.is_authority() || kind.telling_hours() == TellingHours::Any)
        );
    }
}
