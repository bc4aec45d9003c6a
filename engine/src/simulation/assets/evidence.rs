//! Evidence on assets: what is there, what is secured, what is lost.

use super::{AssetId, AssetKind, Assets, Change, Changed, Out, Scene, refill};
use crate::exercise::{EvidenceItem, Instance, RoleId};
use crate::record::{Actor, Event};
use crate::simulation::agenda::{Agenda, Rank};

/// By asset, sets of evidence items as bits.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    preserved: Vec<u8>,
    lost: Vec<u8>,
}

impl Evidence {
    pub(super) fn reset(&mut self, assets: usize) {
        refill(&mut self.preserved, assets, 0);
        refill(&mut self.lost, assets, 0);
    }
}

const fn bit(item: EvidenceItem) -> u8 {
    1 << item as u8
}

/// The evidence that an asset of a kind can hold.
pub(crate) const fn items(kind: AssetKind) -> &'static [EvidenceItem] {
    use EvidenceItem::{CloudAudit, Disk, Logs, Mailbox, Memory};
    match kind {
        AssetKind::MailServer => &[Memory, Disk, Logs, Mailbox],
        AssetKind::CollaborationSuite => &[Logs, Mailbox, CloudAudit],
        AssetKind::CloudTenant | AssetKind::ObjectStorage | AssetKind::IdentityProvider => {
            &[Logs, CloudAudit]
        }
        AssetKind::Account => &[Logs, Mailbox],
        AssetKind::RemovableMedia | AssetKind::BackupOffline => &[Disk],
        AssetKind::PaperArchive => &[],
        AssetKind::Network
        | AssetKind::Building
        | AssetKind::Supplier
        | AssetKind::Dataset
        | AssetKind::BankAccount
        | AssetKind::SourceRepository
        | AssetKind::SensorNetwork => &[Logs],
        _ => &[Memory, Disk, Logs],
    }
}

impl Assets {
    /// Whether an item of evidence can still be secured on an asset.
    pub(crate) fn is_there(&self, asset: AssetId, item: EvidenceItem) -> bool {
        let gone = self.evidence.lost[asset.index()] | self.evidence.preserved[asset.index()];
        items(self.kinds[asset.index()]).contains(&item) && gone & bit(item) == 0
    }

    /// Whether an item of evidence was secured.
    pub(crate) fn is_preserved(&self, asset: AssetId, item: EvidenceItem) -> bool {
        self.evidence.preserved[asset.index()] & bit(item) != 0
    }

    /// Whether an item of evidence was lost before it was secured.
    #[cfg(test)]
    pub(crate) fn is_lost(&self, asset: AssetId, item: EvidenceItem) -> bool {
        self.evidence.lost[asset.index()] & bit(item) != 0
    }

    /// Loses evidence that was not secured. On an asset that nothing ever happened to there is none.
    pub(super) fn lose(&mut self, change: &mut Change, asset: AssetId, items: &[EvidenceItem]) {
        let touched =
            (0..self.incidents).any(|row| self.ever[row * self.len + asset.index()].touched);
        for item in items {
            if touched && self.is_there(asset, *item) {
                self.evidence.lost[asset.index()] |= bit(*item);
                let event = Event::EvidenceLost { asset, item: *item };
                change.out.emit(change.actor.clone(), change.cause, event);
                change.out.mark(Changed::WORLD);
            }
        }
    }

    pub(super) fn secure(
        &mut self,
        change: &mut Change,
        (instance, role): (Instance, RoleId),
        asset: AssetId,
        item: Option<EvidenceItem>,
    ) -> bool {
        let mut secured = false;
        for one in items(self.kinds[asset.index()]) {
            if item.is_none_or(|wanted| wanted == *one) && self.is_there(asset, *one) {
                self.evidence.preserved[asset.index()] |= bit(*one);
                let event = Event::EvidencePreserved {
                    instance,
                    role,
                    asset,
                    item: *one,
                };
                change.out.emit(change.actor.clone(), change.cause, event);
                change.out.mark(Changed::WORLD);
                secured = true;
            }
        }
        secured
    }
}

/// Secures an item of evidence on an asset, or all that is still there; says whether any was.
pub(crate) fn preserve(
    assets: &mut Assets,
    out: &mut Out,
    by: (Instance, RoleId),
    asset: AssetId,
    item: Option<EvidenceItem>,
    (actor, cause): (Actor, Option<u32>),
) -> bool {
    let mut change = Change { out, actor, cause };
    assets.secure(&mut change, by, asset, item)
}

/// The logs of an asset are kept no longer: what they said of the attack is lost.
pub(crate) fn expired(assets: &mut Assets, out: &mut Out, slot: usize) {
    let mut change = Change {
        out,
        actor: Actor::Rules {},
        cause: None,
    };
    assets.lose(&mut change, AssetId::new(slot), &[EvidenceItem::Logs]);
}

/// The traces of an attack are kept as long as the asset's logs are.
pub(super) fn keep_logs(agenda: &mut Agenda, scene: Scene, asset: AssetId) {
    let kept = scene.exercise().asset(asset).logs_kept;
    if let Some(kept) = kept
        && agenda.due(Rank::Expiry, asset.index()).is_none()
    {
        agenda.after(Rank::Expiry, asset.index(), scene.now, kept);
    }
}
