//! What each effect of an attack and each measure does to assets: one row for each, and every rule asks here.
//!
//! The same tables stand in `docs/semantics.md`. Tests hold the two against each other cell by cell, and
//! against what happens to an asset.

use super::{Effect, EvidenceItem, Measure, Phase};
use crate::exercise::AssetState;

/// What a measure is and does, whatever it is taken on.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table: each is a column"
)]
pub struct MeasureRow {
    /// The measure.
    pub measure: Measure,
    /// The phase in which it is at home; `None`: in any.
    pub home: Option<Phase>,
    /// Whether it is taken on assets.
    pub on_assets: OnAssets,
    /// What has to happen to an asset for it to be due there.
    pub called_by: CalledBy,
    /// Whether it contains an affected asset.
    pub contains: Holds,
    /// Whether no path leads over the asset any more.
    pub cuts: Holds,
    /// Whether the asset is cut or switched off, until it is brought back.
    pub takes_out: bool,
    /// Whether an account is closed by it, until it gets new credentials.
    pub closes_account: bool,
    /// The effects that make it void.
    pub undone_by: &'static [Effect],
    /// The evidence that is lost by it.
    pub destroys: &'static [EvidenceItem],
    /// Whether it only tells or assembles people.
    pub tells: bool,
    /// What it brings back.
    pub brings_back: Option<Back>,
    /// The phases that are reached when work with it starts.
    pub starts: &'static [Phase],
}

/// Where a measure does what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Nowhere.
    Never,
    /// Where it stands in the way of what affected the asset: each step that did names it among what
    /// stops it.
    InTheWay,
    /// Wherever it is taken.
    Always,
}

/// Whether a measure is taken on assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAssets {
    /// It is not.
    No,
    /// On those that the plan names, if it names any.
    IfNamed,
    /// On those affected, where none are named.
    Yes,
}

/// What has to happen to an asset for a measure to be due there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalledBy {
    /// It is affected.
    Harm,
    /// The attacker has a foothold.
    Foothold,
    /// Its data is altered.
    Altering,
    /// Money is taken by it.
    Theft,
    /// It is encrypted, altered or out of order: it has to be brought back.
    Loss,
    /// It is laid open.
    Publishing,
    /// It is affected, or goes down with something else.
    HarmOrOutage,
}

/// What a measure brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// Service and data.
    Whole,
    /// Data that was altered.
    Data,
    /// The connection of what was only cut off.
    Connection,
}

impl MeasureRow {
    /// A measure that does nothing to assets.
    const fn of(measure: Measure, home: Option<Phase>) -> Self {
        Self {
            measure,
            home,
            on_assets: OnAssets::No,
            called_by: CalledBy::Harm,
            contains: Holds::Never,
            cuts: Holds::Never,
            takes_out: false,
            closes_account: false,
            undone_by: &[],
            destroys: &[],
            tells: false,
            brings_back: None,
            starts: &[],
        }
    }
}

/// What an effect of an attack does to an asset.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table: each is a column"
)]
pub struct EffectRow {
    /// The effect.
    pub effect: Effect,
    /// The state in which somebody sees the asset after it.
    pub leaves: AssetState,
    /// Whether the asset needs a measure of the response: a theft that is over does not.
    pub affects: bool,
    /// Whether the asset no longer serves.
    pub takes_down: bool,
    /// Whether data is that of the last copy, if it is brought back from one.
    pub damages: bool,
    /// Whether records leave, or lie open.
    pub takes_records: bool,
}

/// Every effect, in order.
pub const EFFECTS: &[EffectRow] = &[
    EffectRow::of(Effect::Compromise, AssetState::Compromised).affecting(),
    EffectRow {
        takes_down: true,
        damages: true,
        ..EffectRow::of(Effect::Encrypt, AssetState::Encrypted).affecting()
    },
    EffectRow {
        takes_records: true,
        ..EffectRow::of(Effect::Exfiltrate, AssetState::Exfiltrated)
    },
    EffectRow {
        takes_down: true,
        ..EffectRow::of(Effect::Disrupt, AssetState::OutOfService).affecting()
    },
    EffectRow {
        damages: true,
        ..EffectRow::of(Effect::Alter, AssetState::Altered).affecting()
    },
    EffectRow::of(Effect::Steal, AssetState::Exfiltrated),
    EffectRow {
        takes_records: true,
        ..EffectRow::of(Effect::Expose, AssetState::Exposed)
    },
];

impl EffectRow {
    const fn of(effect: Effect, leaves: AssetState) -> Self {
        Self {
            effect,
            leaves,
            affects: false,
            takes_down: false,
            damages: false,
            takes_records: false,
        }
    }

    const fn affecting(self) -> Self {
        Self {
            affects: true,
            ..self
        }
    }
}

/// The measures, as a set of bits, whose row of the table meets a test.
macro_rules! measures_where {
    ($row:ident => $test:expr) => {{
        let (mut mask, mut i) = (0_u64, 0);
        while i < $crate::exercise::MEASURES.len() {
            let $row = &$crate::exercise::MEASURES[i];
            if $test {
                mask |= 1 << $row.measure as u64;
            }
            i += 1;
        }
        mask
    }};
}
pub(crate) use measures_where;

impl Effect {
    /// What it does.
    pub const fn row(self) -> &'static EffectRow {
        &EFFECTS[self as usize]
    }
}

impl Measure {
    /// What it is and does.
    pub const fn row(self) -> &'static MeasureRow {
        &MEASURES[self as usize]
    }

    /// The phase in which this measure is at home; `None` for measures of any phase.
    pub const fn home(self) -> Option<Phase> {
        self.row().home
    }

    /// Whether this measure is taken on assets: on those affected, where none are said.
    pub const fn is_taken_on_assets(self) -> bool {
        matches!(self.row().on_assets, OnAssets::Yes)
    }

    /// Whether this measure, truly in effect, contains an affected asset wherever it is taken, or where it
    /// stands in the way of what affected it.
    pub const fn contains(self) -> bool {
        !matches!(self.row().contains, Holds::Never)
    }

    /// Whether this measure, truly in effect on an account or another asset, contains it: `stands` says
    /// whether each step that affected it names the measure among what stops it.
    pub const fn contains_there(self, is_account: bool, stands: bool) -> bool {
        match self.row().contains {
            Holds::Never => false,
            Holds::InTheWay => stands || (is_account && self.row().closes_account),
            Holds::Always => true,
        }
    }

    /// Whether it brings service and data back, both.
    pub const fn brings_back_whole(self) -> bool {
        matches!(self.row().brings_back, Some(Back::Whole))
    }

    /// Whether whoever takes it works on the asset itself, one after the other: what others run, our people
    /// do not have in hand. Cutting off, blocking and closing accounts is done on our side, for all at once.
    pub const fn needs_it_in_hand(self) -> bool {
        matches!(
            self,
            Self::Preserve
                | Self::Shutdown
                | Self::WipeRemotely
                | Self::Evict
                | Self::Patch
                | Self::RotateCredentials
                | Self::Failover
                | Self::Rebuild
                | Self::Restore
                | Self::Correct
                | Self::Verify
        )
    }

    /// Whether a phase is reached when work with it starts.
    pub fn starts(self, phase: Phase) -> bool {
        self.row().starts.contains(&phase)
    }

    /// Whether an effect makes it void.
    pub fn is_undone_by(self, effect: Effect) -> bool {
        self.row().undone_by.contains(&effect)
    }

    /// Whether an item of evidence is lost by it.
    pub fn destroys(self, item: EvidenceItem) -> bool {
        self.row().destroys.contains(&item)
    }
}

/// Every measure, in order.
pub const MEASURES: &[MeasureRow] = &[
    MeasureRow::of(Measure::Report, Some(Phase::Identification)),
    MeasureRow::of(Measure::Log, Some(Phase::Identification)),
    MeasureRow {
        tells: true,
        ..MeasureRow::of(Measure::Escalate, Some(Phase::Identification))
    },
    MeasureRow {
        starts: &[Phase::Assessment],
        ..MeasureRow::of(Measure::Triage, Some(Phase::Assessment))
    },
    MeasureRow {
        starts: &[Phase::Assessment],
        ..MeasureRow::of(Measure::Declare, Some(Phase::Assessment))
    },
    MeasureRow::of(Measure::Reject, Some(Phase::Assessment)),
    MeasureRow::of(Measure::Classify, Some(Phase::Assessment)),
    MeasureRow {
        starts: &[Phase::Assessment],
        ..MeasureRow::of(Measure::Investigate, Some(Phase::Assessment))
    },
    MeasureRow::of(Measure::Scope, Some(Phase::Assessment)),
    MeasureRow {
        tells: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Activate, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        ..MeasureRow::of(Measure::Preserve, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        takes_out: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Isolate, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        cuts: Holds::InTheWay,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Block, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        closes_account: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::DisableAccount, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        closes_account: true,
        starts: &[Phase::Response, Phase::Resolution],
        ..MeasureRow::of(Measure::Revoke, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Filter, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        starts: &[Phase::Response],
        called_by: CalledBy::Theft,
        ..MeasureRow::of(Measure::RecallPayment, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        destroys: &[EvidenceItem::Memory, EvidenceItem::Disk],
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::WipeRemotely, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::InTheWay,
        undone_by: &[Effect::Expose],
        starts: &[Phase::Response],
        called_by: CalledBy::Publishing,
        ..MeasureRow::of(Measure::Takedown, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        takes_out: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Disconnect, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        destroys: &[EvidenceItem::Memory],
        takes_out: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Shutdown, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        undone_by: &[Effect::Compromise],
        starts: &[Phase::Response, Phase::Resolution],
        called_by: CalledBy::Foothold,
        ..MeasureRow::of(Measure::Evict, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        ..MeasureRow::of(Measure::Patch, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        ..MeasureRow::of(Measure::Harden, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        ..MeasureRow::of(Measure::RotateCredentials, Some(Phase::Resolution))
    },
    MeasureRow {
        starts: &[Phase::Resolution],
        ..MeasureRow::of(Measure::FindCause, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        ..MeasureRow::of(Measure::Failover, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        destroys: &[EvidenceItem::Memory, EvidenceItem::Disk],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        ..MeasureRow::of(Measure::Rebuild, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        destroys: &[EvidenceItem::Memory],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        ..MeasureRow::of(Measure::Restore, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Alter],
        brings_back: Some(Back::Data),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Altering,
        ..MeasureRow::of(Measure::Correct, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        brings_back: Some(Back::Connection),
        starts: &[Phase::Recovery],
        called_by: CalledBy::HarmOrOutage,
        ..MeasureRow::of(Measure::Reconnect, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[
            Effect::Compromise,
            Effect::Encrypt,
            Effect::Disrupt,
            Effect::Alter,
        ],
        starts: &[Phase::Recovery],
        called_by: CalledBy::HarmOrOutage,
        ..MeasureRow::of(Measure::Verify, Some(Phase::Recovery))
    },
    MeasureRow::of(Measure::Watch, Some(Phase::Recovery)),
    MeasureRow {
        on_assets: OnAssets::IfNamed,
        undone_by: &[
            Effect::Compromise,
            Effect::Encrypt,
            Effect::Disrupt,
            Effect::Alter,
        ],
        called_by: CalledBy::HarmOrOutage,
        ..MeasureRow::of(Measure::Accept, Some(Phase::Recovery))
    },
    MeasureRow {
        tells: true,
        ..MeasureRow::of(Measure::Notify, None)
    },
    MeasureRow {
        tells: true,
        ..MeasureRow::of(Measure::Brief, None)
    },
    MeasureRow {
        tells: true,
        ..MeasureRow::of(Measure::Decide, None)
    },
    MeasureRow {
        tells: true,
        ..MeasureRow::of(Measure::HandOver, None)
    },
    MeasureRow::of(Measure::Review, Some(Phase::Closure)),
    MeasureRow::of(Measure::IssueReport, Some(Phase::Closure)),
    MeasureRow::of(Measure::AssignAction, Some(Phase::Closure)),
    MeasureRow::of(Measure::Close, Some(Phase::Closure)),
];

#[cfg(test)]
mod tests;
