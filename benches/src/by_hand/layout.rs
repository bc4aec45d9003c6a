//! What never changes: who is there when, who holds what, what comes after what, and how long it
//! takes. Everything is an index into a list that is sorted by id, as the engine sorts it.

use hotwash_engine::exercise::{Exercise, Identified, Law, RoleId, Slug, Span};
use hotwash_engine::simulation::Subject;

pub(super) const PEOPLE: usize = 10;
pub(super) const ROLES: usize = 6;
pub(super) const TASKS: usize = 13;
pub(super) const ASSETS: usize = 15;
pub(super) const STEPS: usize = 4;
pub(super) const SOURCES: usize = 2;
pub(super) const INJECTS: usize = 5;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// When the exercise starts, in minutes since midnight.
const START: i64 = 13 * 60 + 30;
/// The exercise is over after this, whatever happened.
pub(super) const ENDS: i64 = 4 * DAY;
/// Nobody looks further ahead than a day beyond the limit of five days.
pub(super) const HORIZON: i64 = 6 * DAY;
pub(super) const AWAKE_BEFORE: i64 = HOUR;
/// How long anything waits before it goes to the next.
pub(super) const ESCALATES_AFTER: i64 = 45 * MINUTE;
pub(super) const FINISH_WITHIN: i64 = 30 * MINUTE;
pub(super) const HANDLING: i64 = 3 * MINUTE;
pub(super) const MAIL: i64 = 15 * MINUTE;
pub(super) const PHONE: i64 = 5 * MINUTE;
pub(super) const MAX_ATTEMPTS: u16 = 3;

/// Hours of people: ada, ben, cleo, dan, eve, finn, gus, hana, ivo, jana.
const SHIFTS: [(i64, i64); PEOPLE] = [
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

pub(super) const ANALYST: usize = 0;
pub(super) const COMMS: usize = 1;
pub(super) const DESK: usize = 2;
pub(super) const HANDLER: usize = 3;
pub(super) const LEAD: usize = 4;
pub(super) const NETWORK: usize = 5;

/// The roles of each person.
pub(super) const HELD: [&[usize]; PEOPLE] = [
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
/// The holders of each role.
pub(super) const HOLDERS: [&[usize]; ROLES] = [&[0, 1], &[9], &[2, 3, 9], &[4, 5], &[7, 8], &[6]];
/// The deputy of each role.
pub(super) const DEPUTY: [usize; ROLES] = [7, 7, 0, 6, 0, 4];

/// How practised somebody is: little, nominal, much.
pub(super) const fn practice(person: usize, phase: Stage) -> usize {
    match (person, phase) {
        (1, Stage::Assessment | Stage::Resolution) | (5, Stage::Resolution) => 0,
        (4, Stage::Response | Stage::Resolution) => 2,
        _ => 1,
    }
}

/// The phase of a task, in the order in which work of equal rank is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Response = 1,
    Assessment = 2,
    Identification = 3,
    Resolution = 4,
}

/// What finished work does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Block,
    Evict,
    Harden,
    Declare,
    FindCause,
    Investigate,
    Scope,
    Triage,
    Register,
    Nothing,
}

impl Does {
    /// Whether it is done with one's own hands on systems or data, or by looking into them.
    pub(super) const fn is_hands_on(self) -> bool {
        matches!(
            self,
            Self::Block
                | Self::Evict
                | Self::Harden
                | Self::FindCause
                | Self::Investigate
                | Self::Scope
        )
    }

    /// The place of a measure on assets among those of its kind.
    pub(super) const fn on_assets(self) -> Option<usize> {
        match self {
            Self::Block => Some(0),
            Self::Evict => Some(1),
            Self::Harden => Some(2),
            _ => None,
        }
    }

    pub(super) const fn can_be_flawed(self) -> bool {
        !matches!(self, Self::Declare | Self::Register | Self::Nothing)
    }
}

/// A task of the plan.
pub(super) struct Task {
    pub(super) stage: Stage,
    pub(super) by: usize,
    pub(super) after: &'static [usize],
    pub(super) after_any: &'static [usize],
    pub(super) takes: Law,
    pub(super) does: Does,
    /// How much likelier errors are by its difficulty.
    pub(super) hard: i64,
    pub(super) informs: &'static [usize],
}

impl Task {
    const fn after(mut self, tasks: &'static [usize]) -> Self {
        self.after = tasks;
        self
    }

    const fn after_any(mut self, tasks: &'static [usize]) -> Self {
        self.after_any = tasks;
        self
    }

    const fn informs(mut self, roles: &'static [usize]) -> Self {
        self.informs = roles;
        self
    }

    /// Whether it mends something, so that doing it again keeps the order of the plan.
    pub(super) const fn mends(&self) -> bool {
        matches!(self.stage, Stage::Response | Stage::Resolution)
    }

    /// What declares comes first; then the phases by their haste.
    pub(super) const fn urgency(&self) -> u8 {
        if matches!(self.does, Does::Declare) {
            return 0;
        }
        self.stage as u8
    }
}

const fn task(stage: Stage, by: usize, minutes: (i64, i64, i64), does: Does, hard: i64) -> Task {
    Task {
        stage,
        by,
        after: &[],
        after_any: &[],
        takes: Law::Triangle {
            least: Span::minutes(minutes.0),
            likely: Span::minutes(minutes.1),
            most: Span::minutes(minutes.2),
        },
        does,
        hard,
        informs: &[],
    }
}

const BLOCK: usize = 0;
/// The one task whose plan has a delay.
pub(super) const BRIEF: usize = 1;
pub(super) const DECLARE: usize = 3;
const EVICT: usize = 4;
const FIND_CAUSE: usize = 5;
const INVESTIGATE: usize = 7;
const TRIAGE: usize = 11;

pub(super) static TASK: [Task; TASKS] = [
    task(Stage::Response, NETWORK, (10, 30, 90), Does::Block, 2).after(&[DECLARE]),
    task(Stage::Response, COMMS, (10, 20, 60), Does::Nothing, 1)
        .after(&[DECLARE])
        .informs(&[DESK]),
    task(Stage::Response, HANDLER, (15, 40, 120), Does::Register, 1),
    task(Stage::Assessment, LEAD, (2, 8, 20), Does::Declare, 1)
        .after(&[TRIAGE])
        .informs(&[HANDLER, COMMS]),
    task(Stage::Resolution, HANDLER, (30, 90, 180), Does::Evict, 2).after(&[BLOCK, INVESTIGATE]),
    task(
        Stage::Resolution,
        ANALYST,
        (60, 120, 180),
        Does::FindCause,
        5,
    )
    .after(&[INVESTIGATE]),
    task(Stage::Resolution, HANDLER, (30, 60, 180), Does::Harden, 1).after(&[FIND_CAUSE]),
    task(
        Stage::Assessment,
        ANALYST,
        (30, 75, 180),
        Does::Investigate,
        5,
    )
    .after(&[DECLARE])
    .informs(&[NETWORK]),
    task(Stage::Identification, DESK, (5, 10, 30), Does::Register, 1),
    task(Stage::Assessment, ANALYST, (30, 60, 120), Does::Scope, 1)
        .after(&[EVICT])
        .informs(&[HANDLER, NETWORK]),
    task(Stage::Response, COMMS, (20, 45, 120), Does::Nothing, 1).after_any(&[BLOCK, INVESTIGATE]),
    task(Stage::Assessment, ANALYST, (5, 15, 40), Does::Triage, 2),
    task(Stage::Response, NETWORK, (20, 60, 120), Does::Register, 1).after(&[BLOCK]),
];

/// Everything that comes before each task, as bits.
pub(super) static BEFORE_ALL: [u16; TASKS] = before_all();

const fn before_all() -> [u16; TASKS] {
    let mut all = [0; TASKS];
    let mut round = 0;
    while round < TASKS {
        let mut task = 0;
        while task < TASKS {
            let mut place = 0;
            while place < TASK[task].after.len() {
                let before = TASK[task].after[place];
                all[task] |= 1 << before | all[before];
                place += 1;
            }
            task += 1;
        }
        round += 1;
    }
    all
}

/// The steps by id; each but the first entry comes after the one that the attack took before.
pub(super) const COPY: usize = 0;
pub(super) const ENTER: usize = 1;
pub(super) const HOP: usize = 2;
pub(super) const SERVERS: usize = 3;
/// The steps in the order of the attack.
pub(super) const ORDER: [usize; STEPS] = [ENTER, HOP, SERVERS, COPY];
pub(super) const BEFORE: [Option<usize>; STEPS] = [Some(SERVERS), None, Some(ENTER), Some(HOP)];
pub(super) const AFTER: [Option<usize>; STEPS] = [None, Some(HOP), Some(SERVERS), Some(COPY)];
/// The assets that each step may take, as bits, and how many of them.
pub(super) const TARGETS: [(u16, usize); STEPS] = [
    (0b110_0000_0000_0000, 1),
    (0b1, 1),
    (0b1_1111_1110, 5),
    (0b1_1110_0000_0000, 4),
];
pub(super) const CHANCE: [u16; STEPS] = [10_000, 10_000, 8_500, 9_000];
pub(super) static TAKES: [Law; STEPS] = [
    minutes(30, 240),
    minutes(2, 20),
    minutes(20, 360),
    minutes(60, 480),
];
pub(super) static SERVERS_DELAY: Law = minutes(30, 240);

/// The endpoint sensor sees desks and servers, the log monitor everything, once an hour.
pub(super) const EDR: usize = 0;
pub(super) const SIEM: usize = 1;
pub(super) static SEES: [(u16, u16, Law); SOURCES] = [
    (0b1_1111_1111_1110, 6_000, minutes(5, 60)),
    (0b111_1111_1111_1111, 3_000, minutes(10, 120)),
];
pub(super) static FALSE_ALARMS: Law = minutes(240, 2_880);
pub(super) static FALSE_ALARM_HANDLING: Law = minutes(8, 77);

pub(super) const CALLER: usize = 0;
pub(super) const MANAGER: usize = 1;
pub(super) const NEWS: usize = 2;
pub(super) const PRINTER: usize = 3;
pub(super) const VENDOR: usize = 4;
/// To whom each inject goes, what step it reveals, and whether it is sent again.
pub(super) const INJECT: [(usize, Option<usize>, bool); INJECTS] = [
    (DESK, Some(ENTER), true),
    (LEAD, None, false),
    (COMMS, Some(SERVERS), false),
    (ANALYST, None, false),
    (HANDLER, Some(HOP), true),
];
pub(super) static NEWS_DELAY: Law = minutes(10, 60);
pub(super) static BRIEF_DELAY: Law = minutes(5, 30);

const fn minutes(low: i64, high: i64) -> Law {
    Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    }
}

/// What is worked out once, before the first run.
#[derive(Debug)]
pub(super) struct Layout {
    /// The shifts of each person.
    pub(super) shifts: [Vec<(i64, i64)>; PEOPLE],
    /// When whose shift begins or ends, in order.
    pub(super) turns: Vec<(i64, usize)>,
    pub(super) people: [Subject; PEOPLE],
    pub(super) assets: [Subject; ASSETS],
    pub(super) sources: [Subject; SOURCES],
    /// Tasks for the one incident.
    pub(super) tasks: [Subject; TASKS],
    pub(super) roles: [Subject; ROLES],
    pub(super) steps: [Subject; STEPS],
    pub(super) injects: [Subject; INJECTS],
}

impl Layout {
    /// Takes the ids from the exercise, to which draws belong, and nothing else.
    pub(super) fn new(exercise: &Exercise) -> Self {
        let organisation = exercise.organisation();
        let (plan, scenario) = (exercise.plan(), exercise.scenario());
        let of = |kind, slug: &Slug| Subject::of(kind, slug);
        let incident = of("incident", &scenario.incidents[0].slug);
        let mut shifts: [Vec<(i64, i64)>; PEOPLE] = Default::default();
        let mut turns = Vec::new();
        for (person, (from, until)) in SHIFTS.iter().enumerate() {
            for day in -2..=8 {
                let at = |hour: i64| day * DAY + hour * HOUR - START * MINUTE;
                shifts[person].push((at(*from), at(*until)));
                turns.extend([(at(*from), person), (at(*until), person)]);
            }
        }
        turns.retain(|(at, _)| *at > 0);
        turns.sort_unstable();
        Self {
            shifts,
            turns,
            people: std::array::from_fn(|i| of("person", &organisation.people[i].slug)),
            assets: std::array::from_fn(|i| of("asset", &organisation.assets[i].slug)),
            sources: std::array::from_fn(|i| of("source", &organisation.sources[i].slug)),
            tasks: std::array::from_fn(|i| of("task", &plan.tasks[i].slug).with(incident)),
            roles: std::array::from_fn(|i| of("role", RoleId::new(i).slug(exercise.names()))),
            steps: std::array::from_fn(|i| of("step", &scenario.steps[i].slug)),
            injects: std::array::from_fn(|i| of("inject", &scenario.injects[i].slug)),
        }
    }
}
