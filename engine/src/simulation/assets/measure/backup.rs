//! The backups of an asset: which can be used, and which is made ready first.

use super::{Change, REVERSIBLE};
use crate::exercise::{AssetId, Few, Instance, Measure, RoleId};
use crate::record::Event;
use crate::simulation::assets::{Assets, DISRUPTED, Scene, mask};

/// States of a backup that restoring the backup itself ends.
const MENDED_FIRST: u16 = REVERSIBLE | DISRUPTED;

impl Assets {
    /// The backups from which an asset can be restored; none where an offline one is implied, nor where it is
    /// said that there is none.
    fn backups<'a>(
        &'a self,
        scene: Scene<'a>,
        asset: AssetId,
    ) -> impl Iterator<Item = AssetId> + 'a {
        let described = scene.exercise().asset(asset);
        let all = self
            .ids()
            .filter(|other| self.kinds[other.index()].is_backup());
        let implied = all.filter(|_| described.backed_up_by.is_none());
        described.named_backups().iter().copied().chain(implied)
    }

    /// Whether a backup can be used: it serves, or can be made to. One that is encrypted or wiped
    /// cannot.
    fn is_usable(&self, scene: Scene, backup: AssetId) -> bool {
        self.would_serve_without(scene, backup, MENDED_FIRST)
    }

    /// Whether an asset can be restored: some backup that holds it can be used. A backup whose own
    /// data is whole needs no other.
    pub(crate) fn restorable(&self, scene: Scene, asset: AssetId) -> bool {
        let whole_backup = self.kinds[asset.index()].is_backup() && self.is_usable(scene, asset);
        let mut backups = self.backups(scene, asset).peekable();
        let unsaid = scene.exercise().asset(asset).backed_up_by.is_none();
        whole_backup
            || (unsaid && backups.peek().is_none())
            || backups.any(|backup| self.is_usable(scene, backup))
    }

    /// The backups of an asset that whoever is to restore it finds broken, in order.
    pub(crate) fn broken_backups(&self, scene: Scene, asset: AssetId) -> Few<AssetId> {
        let backups = self.backups(scene, asset);
        let mut broken: Few<AssetId> = backups.filter(|backup| self.is_broken(*backup)).collect();
        broken.sort_unstable();
        broken.dedup();
        broken
    }

    /// Restores the first usable backup, where none that holds the asset serves.
    pub(super) fn ready_backup(
        &mut self,
        change: &mut Change,
        scene: Scene,
        (instance, role): (Instance, RoleId),
        asset: AssetId,
    ) {
        let usable = || {
            let usable = |backup: &AssetId| *backup != asset && self.is_usable(scene, *backup);
            self.backups(scene, asset).filter(usable)
        };
        if usable().any(|backup| self.serves(backup)) {
            return;
        }
        let Some(backup) = usable().next() else {
            return;
        };
        let taken = Event::MeasureTaken {
            instance,
            role,
            measure: Measure::Restore,
            asset: Some(backup),
            effect: true,
        };
        let (actor, before) = (change.actor.clone(), change.cause);
        change.cause = Some(change.out.emit(actor, before, taken));
        self.measures[backup.index()] |= mask(&[Measure::Restore]);
        self.renew(change, scene, backup, false);
        self.refresh(change, scene);
        self.infect_again(change, scene, backup, true);
        change.cause = before;
    }
}
