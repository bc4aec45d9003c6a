//! The rows of the measures.

use super::{Back, CalledBy, Holds, MeasureRow, OnAssets};
use crate::exercise::{AssetState, Effect, EvidenceItem, Measure, Phase};

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
        concludes: true,
        ..MeasureRow::of(Measure::Triage, Some(Phase::Assessment))
    },
    MeasureRow {
        starts: &[Phase::Assessment],
        ..MeasureRow::of(Measure::Declare, Some(Phase::Assessment))
    },
    MeasureRow::of(Measure::Reject, Some(Phase::Assessment)),
    MeasureRow {
        concludes: true,
        ..MeasureRow::of(Measure::Classify, Some(Phase::Assessment))
    },
    MeasureRow {
        starts: &[Phase::Assessment],
        looks: true,
        concludes: true,
        ..MeasureRow::of(Measure::Investigate, Some(Phase::Assessment))
    },
    MeasureRow {
        looks: true,
        concludes: true,
        ..MeasureRow::of(Measure::Scope, Some(Phase::Assessment))
    },
    MeasureRow {
        tells: true,
        starts: &[Phase::Response],
        ..MeasureRow::of(Measure::Activate, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        in_hand: true,
        ..MeasureRow::of(Measure::Preserve, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        takes_out: true,
        starts: &[Phase::Response],
        leaves: Some(AssetState::Isolated),
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
        in_hand: true,
        ends_foothold: true,
        leaves: Some(AssetState::Wiped),
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
        leaves: Some(AssetState::Isolated),
        ..MeasureRow::of(Measure::Disconnect, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        cuts: Holds::Always,
        destroys: &[EvidenceItem::Memory],
        takes_out: true,
        starts: &[Phase::Response],
        in_hand: true,
        leaves: Some(AssetState::Off),
        ..MeasureRow::of(Measure::Shutdown, Some(Phase::Response))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        contains: Holds::Always,
        undone_by: &[Effect::Compromise],
        starts: &[Phase::Response, Phase::Resolution],
        called_by: CalledBy::Foothold,
        in_hand: true,
        ends_foothold: true,
        leaves: Some(AssetState::Evicted),
        ..MeasureRow::of(Measure::Evict, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        in_hand: true,
        closes_entry: true,
        ..MeasureRow::of(Measure::Patch, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        closes_entry: true,
        ..MeasureRow::of(Measure::Harden, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        starts: &[Phase::Resolution],
        in_hand: true,
        ..MeasureRow::of(Measure::RotateCredentials, Some(Phase::Resolution))
    },
    MeasureRow {
        starts: &[Phase::Resolution],
        concludes: true,
        ..MeasureRow::of(Measure::FindCause, Some(Phase::Resolution))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        in_hand: true,
        ends_foothold: true,
        ..MeasureRow::of(Measure::Failover, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        destroys: &[EvidenceItem::Memory, EvidenceItem::Disk],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        in_hand: true,
        ends_foothold: true,
        renews: true,
        ..MeasureRow::of(Measure::Rebuild, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Encrypt, Effect::Disrupt, Effect::Alter],
        destroys: &[EvidenceItem::Memory],
        brings_back: Some(Back::Whole),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Loss,
        in_hand: true,
        renews: true,
        ..MeasureRow::of(Measure::Restore, Some(Phase::Recovery))
    },
    MeasureRow {
        on_assets: OnAssets::Yes,
        undone_by: &[Effect::Alter],
        brings_back: Some(Back::Data),
        starts: &[Phase::Recovery],
        called_by: CalledBy::Altering,
        in_hand: true,
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
        in_hand: true,
        leaves: Some(AssetState::Verified),
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
