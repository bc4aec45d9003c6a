//! What never changes: people, roles, tasks, steps, sources and injects. Times are milliseconds.

use rand::Rng;
use rand_distr::{Distribution, LogNormal, Triangular};
use rand_pcg::Pcg64Mcg;

pub const PEOPLE: usize = 10;
pub const ROLES: usize = 6;
pub const TASKS: usize = 13;
pub const ASSETS: usize = 15;

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
const START: i64 = 13 * HOUR + 30 * MINUTE;
pub const ENDS: i64 = 4 * DAY;
pub const HORIZON: i64 = 6 * DAY;
pub const ESCALATES_AFTER: i64 = 45 * MINUTE;
pub const FINISH_WITHIN: i64 = 30 * MINUTE;
pub const HANDLING: i64 = 3 * MINUTE;
pub const MAIL: f64 = 15.0 * 60_000.0;
pub const PHONE: f64 = 5.0 * 60_000.0;

/// Hours of ada, ben, cleo, dan, eve, finn, gus, hana, ivo, jana.
const HOURS: [(i64, i64); PEOPLE] = [
    (6, 14),
    (14, 22),
    (6, 14),
    (14, 22),
    (6, 14),
    (13, 21),
    (7, 15),
    (8, 16),
    (12, 20),
    (9, 17),
];

/// The shifts of a person, from two days before.
pub fn shifts(person: usize) -> impl Iterator<Item = (i64, i64)> {
    let (from, until) = HOURS[person];
    (-2..=8).map(move |day| {
        let at = |hour: i64| day * DAY + hour * HOUR - START;
        (at(from), at(until))
    })
}

/// Who is on shift at a time, as bits.
pub fn on_duty(now: i64) -> u16 {
    let there = |person: &usize| shifts(*person).any(|(from, until)| from <= now && now < until);
    (0..PEOPLE)
        .filter(there)
        .fold(0, |all, person| all | 1 << person)
}

pub const ANALYST: usize = 0;
pub const COMMS: usize = 1;
pub const DESK: usize = 2;
pub const HANDLER: usize = 3;
pub const LEAD: usize = 4;
pub const NETWORK: usize = 5;

pub const HELD: [&[usize]; PEOPLE] = [
    &[ANALYST],
    &[ANALYST],
    &[DESK],
    &[DESK],
    &[HANDLER],
    &[HANDLER],
    &[NETWORK],
    &[LEAD],
    &[LEAD],
    &[COMMS, DESK],
];
pub const HOLDERS: [&[usize]; ROLES] = [&[0, 1], &[9], &[2, 3, 9], &[4, 5], &[7, 8], &[6]];
pub const DEPUTY: [usize; ROLES] = [7, 7, 0, 6, 0, 4];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Response = 1,
    Assessment = 2,
    Identification = 3,
    Resolution = 4,
}

/// Little, nominal, much.
pub const fn practice(person: usize, phase: Phase) -> usize {
    match (person, phase) {
        (1, Phase::Assessment | Phase::Resolution) | (5, Phase::Resolution) => 0,
        (4, Phase::Response | Phase::Resolution) => 2,
        _ => 1,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Does {
    Block,
    Evict,
    Harden,
    Declare,
    FindCause,
    Investigate,
    Triage,
    Register,
    Nothing,
}

impl Does {
    pub const fn on_assets(self) -> Option<usize> {
        match self {
            Self::Block => Some(0),
            Self::Evict => Some(1),
            Self::Harden => Some(2),
            _ => None,
        }
    }

    pub const fn can_be_flawed(self) -> bool {
        !matches!(self, Self::Declare | Self::Register | Self::Nothing)
    }
}

pub struct Task {
    pub phase: Phase,
    pub by: usize,
    /// Least, likely and most minutes.
    pub takes: (f64, f64, f64),
    pub does: Does,
    pub hard: f64,
    pub after: &'static [usize],
    pub after_any: &'static [usize],
    pub informs: &'static [usize],
}

impl Task {
    pub const fn mends(&self) -> bool {
        matches!(self.phase, Phase::Response | Phase::Resolution)
    }

    pub const fn urgency(&self) -> u8 {
        if matches!(self.does, Does::Declare) {
            return 0;
        }
        self.phase as u8
    }
}

const fn task(phase: Phase, by: usize, takes: (f64, f64, f64), does: Does, hard: f64) -> Task {
    Task {
        phase,
        by,
        takes,
        does,
        hard,
        after: &[],
        after_any: &[],
        informs: &[],
    }
}

const BLOCK: usize = 0;
pub const BRIEF: usize = 1;
const DECLARE: usize = 3;
const EVICT: usize = 4;
const FIND_CAUSE: usize = 5;
const INVESTIGATE: usize = 7;
const TRIAGE: usize = 11;

pub static TASK: [Task; TASKS] = [
    Task {
        after: &[DECLARE],
        ..task(Phase::Response, NETWORK, (10., 30., 90.), Does::Block, 2.)
    },
    Task {
        after: &[DECLARE],
        informs: &[DESK],
        ..task(Phase::Response, COMMS, (10., 20., 60.), Does::Nothing, 1.)
    },
    task(
        Phase::Response,
        HANDLER,
        (15., 40., 120.),
        Does::Register,
        1.,
    ),
    Task {
        after: &[TRIAGE],
        informs: &[HANDLER, COMMS],
        ..task(Phase::Assessment, LEAD, (2., 8., 20.), Does::Declare, 1.)
    },
    Task {
        after: &[BLOCK, INVESTIGATE],
        ..task(
            Phase::Resolution,
            HANDLER,
            (30., 90., 180.),
            Does::Evict,
            2.,
        )
    },
    Task {
        after: &[INVESTIGATE],
        ..task(
            Phase::Resolution,
            ANALYST,
            (60., 120., 180.),
            Does::FindCause,
            5.,
        )
    },
    Task {
        after: &[FIND_CAUSE],
        ..task(
            Phase::Resolution,
            HANDLER,
            (30., 60., 180.),
            Does::Harden,
            1.,
        )
    },
    Task {
        after: &[DECLARE],
        informs: &[NETWORK],
        ..task(
            Phase::Assessment,
            ANALYST,
            (30., 75., 180.),
            Does::Investigate,
            5.,
        )
    },
    task(
        Phase::Identification,
        DESK,
        (5., 10., 30.),
        Does::Register,
        1.,
    ),
    Task {
        after: &[EVICT],
        informs: &[HANDLER, NETWORK],
        ..task(
            Phase::Assessment,
            ANALYST,
            (30., 60., 120.),
            Does::Investigate,
            1.,
        )
    },
    Task {
        after_any: &[BLOCK, INVESTIGATE],
        ..task(Phase::Response, COMMS, (20., 45., 120.), Does::Nothing, 1.)
    },
    task(Phase::Assessment, ANALYST, (5., 15., 40.), Does::Triage, 2.),
    Task {
        after: &[BLOCK],
        ..task(
            Phase::Response,
            NETWORK,
            (20., 60., 120.),
            Does::Register,
            1.,
        )
    },
];

/// The steps in the order of the attack: which assets, how many, how long in minutes, and the chance.
pub const STEPS: usize = 4;
pub const ENTER: usize = 0;
pub const HOP: usize = 1;
pub const SERVERS: usize = 2;
pub const COPY: usize = 3;
pub const STEP: [(u16, usize, (f64, f64), f64); STEPS] = [
    (0b1, 1, (2., 20.), 1.0),
    (0b1_1111_1110, 5, (20., 360.), 0.85),
    (0b1_1110_0000_0000, 4, (60., 480.), 0.9),
    (0b110_0000_0000_0000, 1, (30., 240.), 1.0),
];
pub const SERVERS_DELAY: (f64, f64) = (30., 240.);
/// What each source sees, how surely, and how late.
pub const SEES: [(u16, f64, (f64, f64)); 2] = [
    (0b1_1111_1111_1110, 0.6, (5., 60.)),
    (0b111_1111_1111_1111, 0.3, (10., 120.)),
];
pub const FALSE_ALARMS: (f64, f64) = (240., 2880.);
pub const FALSE_ALARM_HANDLING: (f64, f64) = (8., 77.);
pub const BRIEF_DELAY: (f64, f64) = (5., 30.);
pub const NEWS_DELAY: (f64, f64) = (10., 60.);

/// The fact that something happened; those of assets that were struck lie above it.
pub const ALERTED: u32 = 1;

pub const fn asset_facts(assets: u16) -> u32 {
    (assets as u32) << 1
}

const Z95: f64 = 1.644_853_626_951_472_7;

/// A log-normal time by its 5th and 95th percentile, in minutes.
pub fn between(rng: &mut Pcg64Mcg, (low, high): (f64, f64)) -> i64 {
    let (a, b) = (low.ln(), high.ln());
    let law = LogNormal::new(f64::midpoint(a, b), (b - a) / (2.0 * Z95)).expect("finite");
    whole(law.sample(rng) * 60_000.0)
}

pub fn triangle(rng: &mut Pcg64Mcg, (least, likely, most): (f64, f64, f64)) -> i64 {
    let law = Triangular::new(least, most, likely).expect("ordered");
    whole(law.sample(rng) * 60_000.0)
}

pub fn happens(rng: &mut Pcg64Mcg, chance: f64) -> bool {
    rng.random::<f64>() < chance
}

fn whole(time: f64) -> i64 {
    (time.round() as i64).max(1)
}

/// The places of the bits that are set.
pub fn bits(set: impl Into<u64>) -> impl Iterator<Item = usize> {
    let mut left: u64 = set.into();
    std::iter::from_fn(move || {
        let place = left.trailing_zeros() as usize;
        left &= left.wrapping_sub(1);
        (place < 64).then_some(place)
    })
}
