//! Records that are out of an asset: each counts once, however often it leaves.

use crate::exercise::Effect;

/// How many records of an asset an incident took, and how many it laid open.
///
/// What is copied comes on top of what was copied before, until nothing is left to copy; so does what is
/// published. What is published is a part of what was taken, or the other way round, so together they are
/// the greater of the two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Leak {
    taken: u64,
    open: u64,
}

impl Leak {
    /// A step with this effect takes or lays open so many records of an asset that holds so many.
    pub(crate) fn add(&mut self, effect: Effect, records: u64, holds: u64) {
        let most = holds.max(records);
        let sum = if effect == Effect::Expose {
            &mut self.open
        } else {
            &mut self.taken
        };
        *sum = sum.saturating_add(records).min(most);
    }

    /// How many records are out.
    pub(crate) fn records(self) -> u64 {
        self.taken.max(self.open)
    }
}

#[cfg(test)]
mod tests {
    use super::Leak;
    use crate::exercise::Effect;

    fn after(steps: &[(Effect, u64)]) -> u64 {
        let mut leak = Leak::default();
        for (effect, records) in steps {
            leak.add(*effect, *records, 1_000);
        }
        leak.records()
    }

    #[test]
    fn what_is_published_is_a_part_of_what_was_taken() {
        use Effect::{Exfiltrate, Expose};
        assert_eq!(after(&[(Exfiltrate, 600), (Expose, 500)]), 600);
        assert_eq!(after(&[(Expose, 500), (Exfiltrate, 600)]), 600);
        assert_eq!(
            after(&[(Exfiltrate, 600), (Expose, 20), (Expose, 500)]),
            600
        );
        assert_eq!(after(&[(Exfiltrate, 100), (Expose, 500)]), 500);
    }

    #[test]
    fn no_more_records_are_out_than_an_asset_holds() {
        use Effect::{Exfiltrate, Expose};
        assert_eq!(after(&[(Exfiltrate, 600), (Exfiltrate, 600)]), 1_000);
        assert_eq!(
            after(&[(Expose, 600), (Expose, 600), (Exfiltrate, 1)]),
            1_000
        );
        assert_eq!(after(&[(Exfiltrate, 300), (Exfiltrate, 300)]), 600);
    }
}
