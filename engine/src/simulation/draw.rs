//! Chance: a draw is a function of who and what for, never of the order in which code ran.
//!
//! The mixer is the finaliser of `SplitMix64` (Steele, Lea and Flood, 2014), chained over seed, run,
//! subject, purpose and ordinal. Its constants are part of the format of golden records
//! (`docs/semantics.md`, chance).

use crate::exercise::{BasisPoints, Law, Slug, Span};

/// What a draw is for. The numbers are part of the mixer's input and are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// The time that a step takes on an asset.
    StepDuration = 1,
    /// Whether a step succeeds on an asset.
    StepChance = 2,
    /// Which assets a step takes.
    StepPick = 3,
    /// The delay of a step.
    StepDelay = 4,
    /// Whether a source or group sees a step on an asset.
    Sight = 5,
    /// How late it does.
    SightDelay = 6,
    /// The time to the next false alarm or recurring inject.
    Noise = 7,
    /// How much attention it takes until a person notices a message.
    Attention = 8,
    /// The time to handle a message.
    Handling = 9,
    /// The time that a task takes.
    TaskDuration = 10,
    /// Whether an attempt at a task goes wrong.
    TaskError = 11,
    /// The delay that the plan sets before a task.
    TaskDelay = 12,
    /// The delay of an inject.
    InjectDelay = 13,
    /// Which option is chosen.
    Choice = 14,
    /// How long a decision takes.
    Deciding = 15,
    /// Whether money can be called back.
    Recall = 16,
    /// At which hour of the week a run starts.
    StartHour = 17,
    /// Whether somebody understands, before STARTEX, what a message says.
    Diagnosis = 18,
    /// How long whoever runs something that is not ours takes to restore it.
    TheirRestore = 19,
    /// When somebody usually goes to bed.
    Bedtime = 20,
    /// How long somebody usually sleeps.
    Night = 21,
    /// How long before a shift somebody gets up.
    UpBeforeShift = 22,
    /// The time that a declaration takes for what no task of the plan does.
    ImpliedDuration = 23,
}

/// The source of all chance of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dice {
    key: u64,
}

/// The golden ratio in 64 bits: the increment of `SplitMix64`.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finaliser of `SplitMix64`.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const fn absorb(state: u64, word: u64) -> u64 {
    mix(state.wrapping_add(GOLDEN) ^ word.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

/// What a chance belongs to: a hash of slugs, never an index or a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(pub(crate) u64);

impl Subject {
    /// The subject of a thing of a kind: FNV-1a over both texts, then mixed.
    pub fn of(kind: &str, slug: &Slug) -> Self {
        let bytes = kind.bytes().chain([0]).chain(slug.as_str().bytes());
        let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        Self(mix(hash))
    }

    /// The subject of a pair, in this order.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(absorb(self.0, other.0))
    }

    /// The nth of its kind.
    #[must_use]
    pub const fn nth(self, ordinal: u64) -> Self {
        Self(absorb(self.0, ordinal.wrapping_add(GOLDEN)))
    }
}

impl Dice {
    /// The dice of a run.
    pub const fn new(seed: u64, run: u64) -> Self {
        Self {
            key: absorb(absorb(0, seed), run),
        }
    }

    /// Sixty-four random bits.
    pub const fn bits(self, subject: Subject, purpose: Purpose, ordinal: u64) -> u64 {
        absorb(absorb(absorb(self.key, subject.0), purpose as u64), ordinal)
    }

    /// A uniform number strictly between 0 and 1.
    fn uniform(self, subject: Subject, purpose: Purpose, ordinal: u64) -> f64 {
        let bits = self.bits(subject, purpose, ordinal) >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
        let numerator = bits as f64 + 0.5;
        numerator / 9_007_199_254_740_992.0
    }

    /// Whether something of this chance happens.
    pub const fn happens(
        self,
        subject: Subject,
        purpose: Purpose,
        ordinal: u64,
        chance: BasisPoints,
    ) -> bool {
        self.part(subject, purpose, ordinal, 10_000) < chance.0 as u64
    }

    /// A whole number from 0 to `n` - 1.
    pub const fn part(self, subject: Subject, purpose: Purpose, ordinal: u64, n: u64) -> u64 {
        let bits = self.bits(subject, purpose, ordinal) as u128;
        ((bits * n as u128) >> 64) as u64
    }

    /// A unit-exponential demand, in units of median attention times 2^32: -log2(1 - u).
    pub fn demand(self, subject: Subject) -> u64 {
        let u = self.uniform(subject, Purpose::Attention, 0);
        let halvings = -libm::log2(1.0 - u);
        libm::round(halvings * 4_294_967_296.0) as u64
    }

    /// A duration by a law, between 1 ms and ten years.
    pub fn duration(self, law: &Law, subject: Subject, purpose: Purpose, ordinal: u64) -> Span {
        let drawn = match law {
            Law::Fixed(span) => *span,
            other => inverse(other, self.uniform(subject, purpose, ordinal)),
        };
        Span(drawn.0.clamp(Span::SHORTEST.0, LONGEST.0))
    }
}

/// The longest duration that is ever drawn.
const LONGEST: Span = Span::days(3_660);
/// The 95th percentile of the standard normal law.
const Z95: f64 = 1.644_853_626_951_472_7;

/// The quantile of a law. Monotone in `u`; computed with IEEE basic operations and `libm` only, so
/// that it is the same on every platform, and rounded half up to a whole millisecond.
pub(crate) fn inverse(law: &Law, u: f64) -> Span {
    let ms = match law {
        Law::Fixed(span) => return *span,
        Law::Range { low, high } => {
            let (a, b) = (libm::log(float(*low)), libm::log(float(*high)));
            libm::exp(f64::midpoint(a, b) + (b - a) / (2.0 * Z95) * probit(u))
        }
        Law::Triangle {
            least,
            likely,
            most,
        } => triangle(float(*least), float(*likely), float(*most), u),
        Law::About(mean) => -float(*mean) * libm::log(1.0 - u),
        Law::Observed(spans) => return observed(spans, u),
    };
    Span(libm::floor(ms + 0.5).min(float(LONGEST)) as i64)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "durations are far below 2^53 ms"
)]
const fn float(span: Span) -> f64 {
    span.0 as f64
}

fn triangle(least: f64, likely: f64, most: f64, u: f64) -> f64 {
    let width = most - least;
    let split = (likely - least) / width;
    if u < split {
        least + libm::sqrt(u * width * (likely - least))
    } else {
        most - libm::sqrt((1.0 - u) * width * (most - likely))
    }
}

fn observed(spans: &[Span], u: f64) -> Span {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    #[expect(
        clippy::cast_precision_loss,
        reason = "lists hold at most a few thousand"
    )]
    let place = libm::floor(u * sorted.len() as f64) as usize;
    sorted[place.min(sorted.len() - 1)]
}

/// The quantile of the standard normal law: P. J. Acklam's rational approximation (relative error
/// below 1.2e-9, which is far below a millisecond for any duration drawn).
fn probit(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    const LOW: f64 = 0.024_25;
    let tail = |p: f64| {
        let q = libm::sqrt(-2.0 * libm::log(p));
        horner(&C, q) / (horner(&D, q) * q + 1.0)
    };
    if u < LOW {
        tail(u)
    } else if u > 1.0 - LOW {
        -tail(1.0 - u)
    } else {
        let q = u - 0.5;
        let r = q * q;
        horner(&A, r) * q / (horner(&B, r) * r + 1.0)
    }
}

fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_tenths_of_a_range_lie_within_it() {
        let law = Law::Range {
            low: Span::minutes(5),
            high: Span::minutes(40),
        };
        assert_eq!(inverse(&law, 0.05), Span::minutes(5));
        assert_eq!(inverse(&law, 0.95), Span::minutes(40));
    }

    #[test]
    fn every_law_is_monotone_in_its_draw() {
        let laws = [
            Law::Range {
                low: Span::minutes(1),
                high: Span::hours(9),
            },
            Law::Triangle {
                least: Span(0),
                likely: Span::minutes(3),
                most: Span::hours(1),
            },
            Law::About(Span::minutes(20)),
            Law::Observed(vec![Span(9), Span(3), Span(5)]),
        ];
        for law in laws {
            let drawn: Vec<Span> = (1..1_000)
                .map(|i| inverse(&law, f64::from(i) / 1_000.0))
                .collect();
            assert!(drawn.is_sorted(), "{law:?}");
        }
    }

    #[test]
    fn a_draw_depends_on_each_of_its_inputs() {
        let slug = |text| Slug::new(text).unwrap();
        let (a, b) = (
            Subject::of("task", &slug("a")),
            Subject::of("task", &slug("b")),
        );
        let dice = Dice::new(1, 0);
        let draws = [
            dice.bits(a, Purpose::Sight, 0),
            dice.bits(b, Purpose::Sight, 0),
            dice.bits(a, Purpose::Noise, 0),
            dice.bits(a, Purpose::Sight, 1),
            dice.bits(a.with(b), Purpose::Sight, 0),
            dice.bits(b.with(a), Purpose::Sight, 0),
            Dice::new(2, 0).bits(a, Purpose::Sight, 0),
            Dice::new(1, 1).bits(a, Purpose::Sight, 0),
        ];
        let mut distinct = draws.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), draws.len());
    }
}
