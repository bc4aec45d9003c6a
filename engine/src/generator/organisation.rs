//! The organisation of an exercise at random.

use super::{AUTHORITY, KINDS, Numbers};
use crate::exercise::{
    Asset, AssetId, BasisPoints, Channel, ChannelId, ChannelKind, Day, DayHours, ExerciseTime,
    Experience, Function, Measure, Money, Organisation, Person, PersonId, Role, RoleId, Schedule,
    Sight, Source, SourceKind, StaffGroup, Team, WeeklyHours,
};
use crate::simulation::fixture;

/// Ten at night to six in the morning, every day.
pub(super) fn nights() -> WeeklyHours {
    let day = |weekday| {
        let hours = |from: u16, until: u16| DayHours {
            weekday,
            from: from * 60,
            until: until * 60,
        };
        [hours(0, 6), hours(22, 24)]
    };
    WeeklyHours((0..7).flat_map(day).collect())
}

pub(super) fn organisation(n: &mut Numbers) -> Organisation {
    let assets: Vec<Asset> = (0..3 + n.below(6)).map(|i| asset(n, i)).collect();
    let ids: Vec<AssetId> = (0..assets.len()).map(AssetId::new).collect();
    let network = n.percent(50).then(|| links(n, &ids));
    let channels = channels(n, &ids);
    let people: Vec<Person> = (0..2 + n.below(4))
        .map(|i| person(n, i, channels.len()))
        .collect();
    let everybody: Vec<PersonId> = (0..people.len()).map(PersonId::new).collect();
    let sources = (0..n.below(4)).map(|i| source(n, i, &ids)).collect();
    let groups = (0..n.below(2)).map(|_| StaffGroup {
        hours: fixture::office_hours(),
        reports: BasisPoints(n.below(3_000) as u16),
        uses: n.some(&ids, 50),
        ..fixture::group("staff")
    });
    let groups = groups.collect();
    let holiday = Day::from_civil(2026, 3, 3).0 + n.below(410) as i32;
    let roles = roles(n, &everybody);
    let team = Team {
        slug: fixture::slug("team"),
        roles: [0, 2, 3].map(RoleId::new).to_vec(),
        quorum: 2,
        bridge: None,
    };
    Organisation {
        hours: fixture::office_hours(),
        holidays: if n.percent(50) {
            vec![Day(holiday), Day(holiday + 1)]
        } else {
            vec![]
        },
        people,
        roles,
        teams: if n.percent(40) { vec![team] } else { vec![] },
        groups,
        assets,
        network,
        channels,
        sources,
        stakeholders: vec![fixture::stakeholder("authority", AUTHORITY)],
        ..fixture::organisation()
    }
}

fn channels(n: &mut Numbers, assets: &[AssetId]) -> Vec<Channel> {
    let mut all = vec![
        Channel {
            depends_on: n.some(assets, 20),
            ..fixture::channel("mail", ChannelKind::Mail)
        },
        Channel {
            depends_on: n.some(assets, 5),
            ..fixture::channel("mobile", ChannelKind::MobilePhone)
        },
        Channel {
            depends_on: n.some(assets, 10),
            ..fixture::channel("phone", ChannelKind::DeskPhone)
        },
    ];
    if n.percent(40) {
        all.insert(0, fixture::channel("chat", ChannelKind::Chat));
    }
    all
}

fn asset(n: &mut Numbers, i: usize) -> Asset {
    let before: Vec<AssetId> = (0..i).map(AssetId::new).collect();
    let span = |n: &mut Numbers| n.percent(50).then(|| n.minutes(3_000));
    let theirs = n.percent(15);
    Asset {
        depends_on: n.some(&before, 15),
        rto: span(n),
        backed_up_every: span(n),
        logs_kept: span(n),
        standby: n.percent(30),
        owner: n.percent(50).then(|| RoleId::new(n.below(4))),
        loss_per_hour: Money(n.below(1_000) as i64),
        backed_up_by: n.percent(15).then(Vec::new),
        run_by: theirs.then(|| "Somebody else".to_owned()),
        restores_in: theirs.then(|| n.law(4_000)),
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

fn person(n: &mut Numbers, i: usize, channels: usize) -> Person {
    let shift = match n.below(10) {
        0..6 => fixture::office_hours(),
        6 => nights(),
        _ => WeeklyHours::always(),
    };
    let on_call = if n.percent(50) {
        WeeklyHours::always()
    } else {
        WeeklyHours::default()
    };
    let away = Day::from_civil(2026, 3, 5).0 + n.below(400) as i32;
    let skill = [Experience::Little, Experience::Nominal, Experience::Much];
    Person {
        shift,
        on_call,
        keeps_holidays: n.percent(60),
        channels: (0..channels).map(ChannelId::new).collect(),
        leave: if n.percent(15) {
            vec![(Day(away), Day(away + 7))]
        } else {
            vec![]
        },
        experience: [(); 6].map(|()| n.pick(&skill)),
        trained_days_ago: [(); 6].map(|()| n.percent(50).then(|| n.below(500) as u32)),
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
    let deputised = n.percent(75);
    let role = |(name, mut functions): (&str, Vec<F>)| {
        functions.sort_unstable();
        let holder = n.pick(everybody);
        let others: Vec<PersonId> = everybody.iter().copied().filter(|p| *p != holder).collect();
        let second = n.percent(15).then(|| n.pick(&others));
        let mut holders: Vec<PersonId> = [holder].into_iter().chain(second).collect();
        holders.sort_unstable();
        let others: Vec<PersonId> = others
            .into_iter()
            .filter(|p| !holders.contains(p))
            .collect();
        Role {
            functions,
            holders,
            deputies: if deputised {
                n.some(&others, 40)
            } else {
                vec![]
            },
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
