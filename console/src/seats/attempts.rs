//! How often a code may be tried: guessing is stopped, typing is not.

use core::net::IpAddr;
use std::collections::HashMap;

/// Over so many ms wrong codes are counted.
const OVER: i64 = 60_000;
/// So many wrong codes of one address are let pass.
const FROM_ONE: u32 = 10;
/// So many of all addresses together.
const FROM_ALL: u32 = 120;

/// Wrong codes of the last minute.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    since: i64,
    all: u32,
    by: HashMap<IpAddr, u32>,
}

impl Attempts {
    /// Whether an address may try a code now.
    pub(crate) fn may(&mut self, from: IpAddr, now: i64) -> bool {
        if now.saturating_sub(self.since) >= OVER {
            *self = Self {
                since: now,
                ..Self::default()
            };
        }
        self.all < FROM_ALL && self.by.get(&from).is_none_or(|tried| *tried < FROM_ONE)
    }

    /// It was wrong.
    pub(crate) fn failed(&mut self, from: IpAddr) {
        self.all += 1;
        *self.by.entry(from).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::Ipv4Addr;

    #[test]
    fn guessing_is_stopped_for_a_minute_and_does_not_stop_others() {
        let mut attempts = Attempts::default();
        let (one, other) = (Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(10, 0, 0, 2));
        for _ in 0..FROM_ONE {
            assert!(attempts.may(one.into(), 100_000));
            attempts.failed(one.into());
        }
        assert!(!attempts.may(one.into(), 100_001));
        assert!(attempts.may(other.into(), 100_001));
        assert!(attempts.may(one.into(), 100_000 + OVER));
    }
}
