//! Nothing is lost by gathering, and no two that speak share a root.

use super::{Found, Root, gathered};
use crate::evaluation::finding::{Finding, FindingKind, FindingSubject};
use crate::exercise::{AssetId, TaskId};

fn found(number: usize, roots: &[u32]) -> Found {
    let kind = if number % 7 == 6 {
        FindingKind::EvidenceSecured
    } else {
        FindingKind::ObjectiveExceeded
    };
    Found {
        finding: Finding {
            kind,
            cause: None,
            subject: FindingSubject::Asset(AssetId::new(number)),
            objectives: Vec::new(),
            weight: 1_000 - number as u64,
            evidence: vec![number as u32 + 1],
            corrections: Vec::new(),
            controls: Vec::new(),
            hung: Vec::new(),
        },
        roots: roots.iter().map(|root| Root::Wait(*root)).collect(),
    }
}

/// Findings with up to three roots of a few, by a simple generator of numbers.
fn some(seed: u64) -> Vec<(usize, Vec<u32>)> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = move |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % n
    };
    let count = below(14) as usize;
    let numbers = 0..count;
    numbers
        .map(|number| {
            let roots = 0..below(4);
            (number, roots.map(|_| below(9) as u32).collect())
        })
        .collect()
}

/// Which findings are connected by shared roots, worked out by colouring until nothing changes.
fn colours(of: &[(usize, Vec<u32>)]) -> Vec<usize> {
    let strength = |number: usize| number % 7 == 6;
    let mut colour: Vec<usize> = (0..of.len()).collect();
    loop {
        let before = colour.clone();
        for (i, (one, roots)) in of.iter().enumerate() {
            for (j, (other, others)) in of.iter().enumerate() {
                let shares = roots.iter().any(|root| others.contains(root));
                if shares && !strength(*one) && !strength(*other) {
                    let least = colour[i].min(colour[j]);
                    (colour[i], colour[j]) = (least, least);
                }
            }
        }
        if colour == before {
            return colour;
        }
    }
}

#[test]
fn what_shares_a_root_is_one_finding_and_nothing_is_lost() {
    for seed in 0..400 {
        let given = some(seed);
        let all = given.iter().map(|(number, roots)| found(*number, roots));
        let spoken = gathered(all.collect());
        let colours = colours(&given);
        let number = |of: &Finding| of.evidence[0] as usize - 1;
        let mut seen: Vec<usize> = spoken.iter().flat_map(Finding::all).map(number).collect();
        for finding in &spoken {
            let first = number(finding);
            assert!(
                finding
                    .all()
                    .all(|of| colours[number(of)] == colours[first]),
                "{seed}"
            );
            assert!(
                finding.hung.iter().all(|of| number(of) > first),
                "the first speaks: {seed}"
            );
            assert!(finding.hung.iter().all(|of| of.hung.is_empty()), "{seed}");
            assert!(
                finding.all().map(number).is_sorted(),
                "in their order: {seed}"
            );
        }
        let mut speakers: Vec<usize> = spoken.iter().map(|of| colours[number(of)]).collect();
        assert!(
            spoken.iter().map(number).is_sorted(),
            "in their order: {seed}"
        );
        speakers.sort_unstable();
        speakers.dedup();
        assert_eq!(
            speakers.len(),
            spoken.len(),
            "one speaks for each root: {seed}"
        );
        seen.sort_unstable();
        assert_eq!(seen, (0..given.len()).collect::<Vec<_>>(), "{seed}");
    }
}

#[test]
fn what_has_no_root_in_common_stays_alone() {
    let alone = [found(0, &[]), found(1, &[]), found(2, &[1]), found(3, &[2])];
    assert_eq!(gathered(alone.into()).len(), 4);
    let other = Root::Undone(crate::exercise::IncidentId::new(0), TaskId::new(1));
    let mut apart = found(1, &[]);
    apart.roots = vec![other];
    assert_eq!(gathered(vec![found(0, &[1]), apart]).len(), 2);
}
