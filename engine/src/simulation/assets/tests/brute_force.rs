//! Outages and reach, against counting every millisecond and trying every path.

use super::{INCIDENT, World, parts, server};
use crate::exercise::{Asset, AssetId, Effect, Measure, Span};
use crate::simulation::draw::{Dice, Purpose, Subject};
use crate::simulation::fixture;

/// Numbers for a property, from a generator that has nothing to do with the run's.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 += 1;
        Dice::new(77, 7).part(Subject(self.0), Purpose::Choice, 0, n as u64) as usize
    }
}

#[test]
fn outages_add_up_to_what_brute_force_counts() {
    let mut numbers = Numbers(0);
    for _ in 0..40 {
        let names = ["a", "b", "c", "d", "e"];
        let depends = |i: usize, numbers: &mut Numbers| -> Vec<AssetId> {
            (0..i)
                .filter(|_| numbers.below(3) == 0)
                .map(AssetId::new)
                .collect()
        };
        let assets: Vec<Asset> = (0..names.len())
            .map(|i| Asset {
                depends_on: depends(i, &mut numbers),
                ..server(names[i])
            })
            .collect();
        let below: Vec<Vec<AssetId>> = assets
            .iter()
            .map(|asset| asset.depends_on.clone())
            .collect();
        let mut world = World::of(assets, vec![fixture::step("flood", Effect::Disrupt)]);
        // By asset: whether its own state keeps it down, and for how many milliseconds it was down.
        let (mut own, mut counted) = ([false; 5], [0_i64; 5]);
        for _ in 0..30 {
            let at = numbers.below(names.len());
            if numbers.below(2) == 0 {
                world.strike("flood", names[at]);
                own[at] = true;
            } else {
                world.take(Measure::Rebuild, names[at]);
                own[at] = false;
            }
            for _ in 0..numbers.below(50) {
                for (asset, ms) in counted.iter_mut().enumerate() {
                    *ms += i64::from(is_down(asset, &own, &below));
                }
                world.advance(Span(1));
            }
        }
        let scene = fixture::scene(&world.stage, world.now);
        for (asset, ms) in counted.into_iter().enumerate() {
            assert_eq!(world.assets.out_for(scene, AssetId::new(asset)), Span(ms));
        }
    }
}

fn is_down(asset: usize, own: &[bool], below: &[Vec<AssetId>]) -> bool {
    own[asset]
        || below[asset]
            .iter()
            .any(|other| is_down(other.index(), own, below))
}

#[test]
fn reach_agrees_with_trying_every_path() {
    let mut numbers = Numbers(1 << 32);
    for _ in 0..60 {
        let names = ["a", "b", "c", "d", "e", "f"];
        let pairs = (0..6).flat_map(|i| (i + 1..6).map(move |j| (i, j)));
        let links: Vec<(AssetId, AssetId)> = pairs
            .filter(|_| numbers.below(3) == 0)
            .map(|(i, j)| (AssetId::new(i), AssetId::new(j)))
            .collect();
        let mut parts = parts(
            names.map(server).to_vec(),
            vec![fixture::step("in", Effect::Compromise)],
        );
        parts.organisation.network = Some(links.clone());
        let mut world = World::new(parts);
        for name in names {
            match numbers.below(4) {
                0 => world.strike("in", name),
                1 => assert!(world.take(Measure::Isolate, name)),
                _ => {}
            }
        }
        let linked =
            |i: usize, j: usize| links.contains(&(AssetId::new(i.min(j)), AssetId::new(i.max(j))));
        let open = |i: usize| world.assets.is_open(AssetId::new(i));
        let foothold = |i: usize| world.assets.has_foothold(INCIDENT(), AssetId::new(i));
        for target in 0..6 {
            let expected = walk(target, &mut vec![target], &open, &foothold, &linked);
            let found = world.assets.reachable(AssetId::new(target));
            assert_eq!(found, expected, "asset {target} over {links:?}");
        }
    }
}

/// Whether some path of open assets without repetition leads from here to a foothold.
fn walk(
    at: usize,
    path: &mut Vec<usize>,
    open: &dyn Fn(usize) -> bool,
    foothold: &dyn Fn(usize) -> bool,
    linked: &dyn Fn(usize, usize) -> bool,
) -> bool {
    if !open(at) {
        return false;
    }
    foothold(at)
        || (0..6).any(|next| {
            if path.contains(&next) || !linked(at, next) {
                return false;
            }
            path.push(next);
            let found = walk(next, path, open, foothold, linked);
            path.pop();
            found
        })
}
