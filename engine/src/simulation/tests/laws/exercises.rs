//! Exercises at random, small and valid: people with and without shifts, assets that depend on each
//! other, an attack of a few steps, a plan that lacks some of what it should have.

mod response;

use crate::exercise::{
    Asset, AssetId, AssetKind, BasisPoints, ChannelId, ChannelKind, ExerciseTime, Function, Law,
    Measure, Money, Organisation, Parts, Person, PersonId, Role, RoleId, Schedule, Sight, Source,
    SourceKind, Span, StaffGroup, StakeholderKind, WeeklyHours,
};
use crate::simulation::draw::{Dice, Purpose, Subject};
use crate::simulation::fixture;

/// Numbers for properties, from a generator that has nothing to do with that of any run.
pub(super) struct Numbers {
    dice: Dice,
    drawn: u64,
}

impl Numbers {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed, u64::MAX),
            drawn: 0,
        }
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.drawn += 1;
        let subject = Subject(self.drawn);
        self.dice.part(subject, Purpose::Choice, 0, n as u64) as usize
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Each with a chance, in order.
    fn some<T: Clone>(&mut self, from: &[T], chance: usize) -> Vec<T> {
        let kept = from.iter().filter(|_| self.percent(chance));
        kept.cloned().collect()
    }

    fn minutes(&mut self, most: usize) -> Span {
        Span::minutes(1 + self.below(most) as i64)
    }

    fn law(&mut self, most: usize) -> Law {
        let low = self.minutes(most);
        match self.below(4) {
            0 => Law::Fixed(low),
            1 => Law::About(low),
            2 => Law::Triangle {
                least: Span::ZERO,
                likely: low,
                most: low + low,
            },
            _ => Law::Range {
                low,
                high: low + low + low,
            },
        }
    }
}

/// An exercise at random.
pub(super) fn any(seed: u64) -> Parts {
    let mut numbers = Numbers::new(seed);
    let n = &mut numbers;
    let day = Span::days(n.below(400) as i64).0;
    let organisation = organisation(n);
    let plan = response::plan(n);
    let scenario = response::scenario(n);
    Parts {
        startex: fixture::TUESDAY_MORNING + day + n.minutes(1_440).0,
        onset: ExerciseTime(-n.minutes(600).0),
        limit: ExerciseTime(Span::days(12).0),
        organisation,
        plan,
        scenario,
        ..fixture::parts()
    }
}

const KINDS: [AssetKind; 8] = [
    AssetKind::FileServer,
    AssetKind::Database,
    AssetKind::MailServer,
    AssetKind::RemoteAccess,
    AssetKind::BackupServer,
    AssetKind::BackupOffline,
    AssetKind::Workstation,
    AssetKind::Account,
];

fn organisation(n: &mut Numbers) -> Organisation {
    let assets: Vec<Asset> = (0..3 + n.below(6)).map(|i| asset(n, i)).collect();
    let ids: Vec<AssetId> = (0..assets.len()).map(AssetId::new).collect();
    let network = n.percent(50).then(|| links(n, &ids));
    let channels = vec![
        crate::exercise::Channel {
            depends_on: n.some(&ids, 20),
            ..fixture::channel("mail", ChannelKind::Mail)
        },
        fixture::channel("mobile", ChannelKind::MobilePhone),
        fixture::channel("phone", ChannelKind::DeskPhone),
    ];
    let people: Vec<Person> = (0..2 + n.below(4)).map(|i| person(n, i)).collect();
    let everybody: Vec<PersonId> = (0..people.len()).map(PersonId::new).collect();
    let sources = (0..n.below(4)).map(|i| source(n, i, &ids)).collect();
    let groups = (0..n.below(2)).map(|_| StaffGroup {
        hours: fixture::office_hours(),
        reports: BasisPoints(n.below(3_000) as u16),
        uses: n.some(&ids, 50),
        ..fixture::group("staff")
    });
    let groups = groups.collect();
    Organisation {
        hours: fixture::office_hours(),
        people,
        roles: roles(n, &everybody),
        groups,
        assets,
        network,
        channels,
        sources,
        stakeholders: vec![fixture::stakeholder("authority", AUTHORITY)],
        ..fixture::organisation()
    }
}

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

fn asset(n: &mut Numbers, i: usize) -> Asset {
    let before: Vec<AssetId> = (0..i).map(AssetId::new).collect();
    let span = |n: &mut Numbers| n.percent(50).then(|| n.minutes(3_000));
    Asset {
        depends_on: n.some(&before, 15),
        rto: span(n),
        backed_up_every: span(n),
        logs_kept: span(n),
        standby: n.percent(30),
        owner: n.percent(50).then(|| RoleId::new(n.below(4))),
        loss_per_hour: Money(n.below(1_000) as i64),
        ..fixture::records(&format!("a{i}"), n.pick(&KINDS), n.below(5_000) as u64)
    }
}

fn links(n: &mut Numbers, ids: &[AssetId]) -> Vec<(AssetId, AssetId)> {
    let pairs = ids
        .iter()
        .flat_map(|one| ids.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| one < other);
    let pairs: Vec<(AssetId, AssetId)> = pairs.collect();
    n.some(&pairs, 50)
}

fn person(n: &mut Numbers, i: usize) -> Person {
    let office = n.percent(60);
    let on_call = n.percent(50);
    Person {
        shift: if office {
            fixture::office_hours()
        } else {
            WeeklyHours::always()
        },
        on_call: if on_call {
            WeeklyHours::always()
        } else {
            WeeklyHours::default()
        },
        channels: [0, 1, 2].map(ChannelId::new).to_vec(),
        leave: if n.percent(15) {
            let first = crate::exercise::Day::from_civil(2026, 3, 5).0 + n.below(400) as i32;
            vec![(crate::exercise::Day(first), crate::exercise::Day(first + 7))]
        } else {
            vec![]
        },
        ..fixture::person(&format!("p{i}"))
    }
}

/// Four roles with what a response needs; holders and deputies by chance.
fn roles(n: &mut Numbers, everybody: &[PersonId]) -> Vec<Role> {
    use Function as F;
    let functions: [(&str, Vec<F>); 4] = [
        ("analyst", vec![F::PointOfContact, F::Analyst]),
        (
            "comms",
            vec![F::Legal, F::DataProtection, F::Communications],
        ),
        ("handler", vec![F::Handler, F::BackupOperator]),
        (
            "lead",
            vec![F::IncidentManager, F::AssetOwner, F::Executive, F::Ciso],
        ),
    ];
    let role = |(name, mut functions): (&str, Vec<F>)| {
        functions.sort_unstable();
        let holder = n.pick(everybody);
        let others: Vec<PersonId> = everybody.iter().copied().filter(|p| *p != holder).collect();
        Role {
            functions,
            holders: vec![holder],
            deputies: n.some(&others, 40),
            may: n.some(Measure::ALL, 70),
            ..fixture::role(name)
        }
    };
    functions.map(role).to_vec()
}

fn source(n: &mut Numbers, i: usize, assets: &[AssetId]) -> Source {
    let kinds = [
        SourceKind::Edr,
        SourceKind::AvailabilityMonitor,
        SourceKind::ThreatIntelligence,
        SourceKind::LogReview,
    ];
    let kind = n.pick(&kinds);
    Source {
        sees: vec![Sight {
            chance: BasisPoints(n.below(10_001) as u16),
            after: n.law(120),
            ..fixture::sight()
        }],
        runs_on: n.percent(20).then(|| n.pick(assets)),
        false_alarms: n.percent(40).then(|| n.law(2_000)),
        escalates: n.percent(50),
        raises: BasisPoints(n.below(2_000) as u16),
        schedule: (kind == SourceKind::LogReview).then(|| Schedule {
            first: ExerciseTime(0),
            every: n.minutes(2_000),
        }),
        ..fixture::source(&format!("s{i}"), kind)
    }
}
