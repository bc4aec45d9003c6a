//! What staff see: an asset they use no longer serves.

use super::{AssetId, Assets, BasisPoints, ExerciseTime, GroupId, Purpose, Scene, StepId};
use crate::exercise::{Effect, StaffGroup};

/// The days in which half of what awareness training gave is lost (six and a half months: Tatel and
/// Ackerman on skill decay).
const HALF_LIFE_DAYS: u32 = 198;
/// Fixed point: one.
const ONE: u64 = 1 << 32;

/// The groups that will report what a step did to an asset, each with the asset it saw and when.
///
/// A group sees that an asset which it uses does not serve, because the step struck it or something
/// on which it depends. Each of a group at work may report it; out of their hours only one who
/// happens to be about, at half the chance. Otherwise it is seen when they come to work.
pub(super) fn seen<'a>(
    assets: &'a Assets,
    scene: Scene<'a>,
    step: StepId,
    struck: AssetId,
) -> impl Iterator<Item = (GroupId, AssetId, ExerciseTime)> + 'a {
    let shows = matches!(
        scene.exercise().step(step).effect,
        Effect::Encrypt | Effect::Disrupt
    );
    let groups = scene.exercise().organisation().groups.iter().enumerate();
    groups.filter(move |_| shows).flat_map(move |(i, group)| {
        let id = GroupId::new(i);
        let used = group.uses.iter().copied();
        let missed =
            used.filter(move |asset| !assets.serves(*asset) && rests_on(scene, *asset, struck));
        missed.filter_map(move |asset| {
            let at = reported_at(scene, id, group, step, asset)?;
            Some((id, asset, at))
        })
    })
}

/// Whether an asset is another one, or depends on it.
fn rests_on(scene: Scene, asset: AssetId, on: AssetId) -> bool {
    let below = &scene.exercise().asset(asset).depends_on;
    asset == on || below.iter().any(|other| rests_on(scene, *other, on))
}

/// When a group reports an asset that stopped serving now.
fn reported_at(
    scene: Scene,
    id: GroupId,
    group: &StaffGroup,
    step: StepId,
    asset: AssetId,
) -> Option<ExerciseTime> {
    let subject = scene
        .group(id)
        .with(scene.step(step))
        .with(scene.asset(asset));
    let one = chance_of_one(group);
    // One number for both questions: who reports at night would have reported by day.
    let draw = scene.dice.part(subject, Purpose::Sight, 0, ONE);
    let hours = scene.calendar().group(id);
    let by_day = draw < any_of(one, group.size);
    let from = if hours.contains(scene.now) {
        by_day.then_some(scene.now)?
    } else if draw < any_of(BasisPoints(one.0 / 2), group.size.min(1)) {
        scene.now
    } else {
        by_day.then(|| hours.next(scene.now))??.from
    };
    let purpose = Purpose::SightDelay;
    Some(from + scene.dice.duration(&group.after, subject, purpose, 0))
}

/// The chance that one who sees something reports it: who knows how, times who does. Without recent
/// awareness training it is less, down to half.
fn chance_of_one(group: &StaffGroup) -> BasisPoints {
    let knowing = group.knows_channel.of(group.reports);
    let kept = group.trained_days_ago.map_or(0, kept_after);
    BasisPoints(((u32::from(knowing.0) * (1_000 + kept) + 1_000) / 2_000) as u16)
}

/// What is left of the gain of a training after so many days, in thousandths: halved in each
/// half-life, and in a straight line between.
fn kept_after(days: u32) -> u32 {
    let halvings = days / HALF_LIFE_DAYS;
    if halvings >= 10 {
        return 0;
    }
    let kept = 1_000 >> halvings;
    kept - kept / 2 * (days % HALF_LIFE_DAYS) / HALF_LIFE_DAYS
}

/// The chance that at least one of so many does what each does with this chance, as a fraction of
/// [`ONE`]: one less the chance that nobody does.
fn any_of(one: BasisPoints, people: u32) -> u64 {
    let mut base = ONE * u64::from(BasisPoints::ONE.0 - one.0) / u64::from(BasisPoints::ONE.0);
    let mut nobody = ONE;
    let mut left = people;
    // By squaring: the base is the chance for one, two, four, eight people.
    while left > 0 {
        if left & 1 == 1 {
            nobody = times(nobody, base);
        }
        base = times(base, base);
        left >>= 1;
    }
    ONE - nobody
}

/// The product of two fractions of [`ONE`].
fn times(a: u64, b: u64) -> u64 {
    ((u128::from(a) * u128::from(b)) / u128::from(ONE)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documented::{holds, row};

    #[test]
    fn the_chance_that_anybody_reports_is_that_of_independent_people() {
        for one in [0, 1, 500, 2_000, 9_999, 10_000] {
            for people in [0, 1, 2, 7, 100, 5_000] {
                let p = f64::from(one) / 10_000.0;
                let expected = 1.0 - (0..people).fold(1.0, |nobody, _| nobody * (1.0 - p));
                #[expect(clippy::cast_precision_loss, reason = "33 bits fit a double exactly")]
                let found = any_of(BasisPoints(one), people) as f64 / ONE as f64;
                assert!(
                    (found - expected).abs() < 1e-6,
                    "{one} {people}: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn how_training_of_staff_fades_is_documented() {
        let group = |days| StaffGroup {
            trained_days_ago: days,
            ..crate::simulation::fixture::group("staff")
        };
        let percent = |days| format!("{} %", chance_of_one(&group(days)).0 / 100);
        holds(
            "what is left of the reports of staff",
            &[
                row("trained today", percent(Some(0))),
                row("trained 198 days ago", percent(Some(HALF_LIFE_DAYS))),
                row("never trained", percent(None)),
            ],
        );
    }

    #[test]
    fn training_is_half_forgotten_after_each_half_life() {
        assert_eq!(kept_after(0), 1_000);
        assert_eq!(kept_after(HALF_LIFE_DAYS), 500);
        assert_eq!(kept_after(2 * HALF_LIFE_DAYS), 250);
        assert_eq!(kept_after(100_000), 0);
        assert!((0..2_000).map(kept_after).is_sorted_by(|a, b| a >= b));
    }
}
