//! Law 1: faster is never worse.

use super::Law;
use super::change::{Speed, Which, at_speed};
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::known::rises;
use super::lab::{Ground, Lab, Player, on_all_threads};
use super::trial::{Trial, compare};
use crate::one_screen;
use hotwash_engine::exercise::{
    ChannelId, Exercise, Experience, Parts, Person, PersonId, Phase, Slug, Span, WeeklyHours,
};
use std::sync::Arc;

/// Of the shipped scenarios, over many runs.
pub const LAW: Law = Law {
    name: "1 faster",
    says: "Faster is never worse: whatever task, phase or whole plan takes less time, the team does not \
           carry out less well, and no phase stays open in more runs.",
    find: faster,
};

/// Of a laboratory, in every run.
pub const MONOTONE: Law = Law {
    name: "1 monotone",
    says: "Where nobody tires and every task has a hand of its own, faster is not worse in any run.",
    find: monotone,
};

/// Runs of each comparison in the short form; of a single task; of all tasks.
const SHORT: u64 = 60;
const SHORT_OF_ONE: u64 = 40;
const SHORT_OF_ALL: u64 = 200;
const MONOTONE_RUNS: u64 = 40;
/// Up to so many points lower is not worse.
const SLACK: f64 = 0.5;
/// In up to so many of a hundred runs more a phase may stay open.
const OPEN: f64 = 1.0;

/// The time of each single task, of all tasks of a phase and of all tasks is cut to a half, a quarter, a
/// tenth and a second, as it is written, so that it is played at the floors, and to a second without
/// floors. The mean of what is carried out is never surely lower by more than half a point,
/// and no phase surely stays open in more than one of a hundred runs more. Loss and outage do not surely
/// rise, but for the tasks that stand in a table with their cause. All tasks in half the time are surely
/// better, in less not surely worse than in half; where every phase of both is in time, not surely worse
/// at all. A run that loses because a restore overtook the securing of memory is classed as *order*.
fn faster(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> Vec<Trial> {
    let exercise = &ground.shipped.exercise;
    let tasks = (0..exercise.plan().tasks.len()).map(Which::One);
    let phases = Phase::ALL.iter().copied().map(Which::Of);
    let mut trials = Vec::new();
    for which in tasks.chain(phases) {
        let single = matches!(which, Which::One(_));
        // In the short form a single task goes ten times as fast, and a phase also at its floors.
        let short = |speed| speed == Speed::Tenth || (!single && speed == Speed::Second);
        for speed in Speed::ALL {
            if lab.is_long() || short(speed) {
                trials.push(trial(lab, ground, which, speed));
            }
        }
    }
    let half = lab.course(at_speed(exercise, Which::All, Speed::Half));
    for speed in Speed::ALL {
        let course = if speed == Speed::Half {
            Arc::clone(&half)
        } else {
            lab.course(at_speed(exercise, Which::All, speed))
        };
        let mut whole = Trial {
            after: course,
            ..trial(lab, ground, Which::All, speed)
        };
        let in_time = Claim::new(Figure::CarriedOutInTime, Says::NotLower(0.0));
        whole.claims.push(in_time);
        if speed == Speed::Half {
            let better = Claim::new(Figure::CarriedOut, Says::Higher(0.0));
            whole.claims.push(better);
        } else {
            let claim = Claim::new(Figure::CarriedOut, Says::NotLower(0.0));
            trials.push(Trial {
                scenario: ground.id,
                change: format!("all tasks at {} instead of 1/2", speed.name()),
                before: Arc::clone(&half),
                after: Arc::clone(&whole.after),
                claims: vec![claim],
                short: SHORT_OF_ALL,
            });
        }
        trials.push(whole);
    }
    trials
}

fn trial(lab: &Lab, ground: &Ground, which: Which, speed: Speed) -> Trial {
    let exercise = &ground.shipped.exercise;
    let name = which.name(exercise);
    let mut claims = vec![Claim::new(Figure::CarriedOut, Says::NotLower(SLACK))];
    let open = |phase: &Phase| Claim::new(Figure::Never(*phase), Says::NotHigher(OPEN));
    claims.extend(Phase::ALL.iter().map(open));
    if rises(&name).is_none() {
        let costs = [Figure::Loss, Figure::Outage];
        claims.extend(costs.map(|figure| Claim::new(figure, Says::NotHigher(0.0))));
    }
    Trial {
        scenario: ground.id,
        change: format!("{name} at {}", speed.name()),
        before: Arc::clone(&ground.shipped),
        after: lab.course(at_speed(exercise, which, speed)),
        claims,
        short: match which {
            Which::One(_) => SHORT_OF_ONE,
            Which::Of(_) => SHORT,
            Which::All => SHORT_OF_ALL,
        },
    }
}

/// On the exercise on one screen, where nobody tires or errs and each role is held by a person for every
/// task, no run carries out less well with any task, or all of them, at any speed.
fn monotone(lab: &Lab) -> Vec<Finding> {
    let laboratory = with_hands(&one_screen());
    let runs = lab.runs(MONOTONE_RUNS, 1_000);
    let before: Vec<i64> = carried_out(lab, &laboratory, runs);
    let tasks = (0..laboratory.plan().tasks.len()).map(Which::One);
    let all = tasks.chain([Which::All]);
    // A laboratory knows no floors.
    let speeds = Speed::ALL.into_iter().filter(|it| *it != Speed::NoFloor);
    let speeds: Vec<Speed> = speeds.collect();
    let changes: Vec<(Which, Speed)> = all
        .flat_map(|which| speeds.iter().map(move |speed| (which, *speed)))
        .collect();
    on_all_threads(changes.len(), |i| {
        let (which, speed) = changes[i];
        let after = carried_out(lab, &at_speed(&laboratory, which, speed), runs);
        let pairs = before.iter().zip(&after).zip(0..);
        let broken = pairs.filter(|((before, after), _)| after < before);
        let broken: Vec<u64> = broken.map(|(_, run)| run).collect();
        let change = format!("{} at {}", which.name(&laboratory), speed.name());
        Finding::of_each_run(
            MONOTONE.name,
            ("one screen", &change),
            "carried out: lower in no run",
            (&broken, runs),
        )
    })
}

fn carried_out(lab: &Lab, exercise: &Arc<Exercise>, runs: u64) -> Vec<i64> {
    let mut player = Player::new(exercise, lab.spoil);
    (0..runs)
        .map(|run| player.figures(run).carried_out)
        .collect()
}

/// The exercise as a laboratory: nobody tires or errs, and each role is held by so many people who are
/// always there that none of its tasks waits for another.
pub fn with_hands(exercise: &Exercise) -> Arc<Exercise> {
    super::change::varied(exercise, |parts| {
        let tasks = parts.plan.tasks.len();
        let mut hands: Vec<(Slug, usize)> = Vec::new();
        for (role, of) in parts.organisation.roles.iter().enumerate() {
            let slug = |hand| Slug::new(&format!("{}-{hand:02}", of.slug)).expect("it is short");
            hands.extend((0..tasks).map(|hand| (slug(hand), role)));
        }
        hands.sort();
        hold(parts, &hands);
        for task in &mut parts.plan.tasks {
            task.approval = None;
        }
        parts.organisation.tireless = true;
    })
}

fn hold(parts: &mut Parts, hands: &[(Slug, usize)]) {
    let organisation = &mut parts.organisation;
    let channels = (0..organisation.channels.len()).map(ChannelId::new);
    let channels: Vec<ChannelId> = channels.collect();
    let person = |slug: &Slug| Person {
        slug: slug.clone(),
        shift: WeeklyHours::always(),
        keeps_holidays: false,
        on_call: WeeklyHours::default(),
        leave: Vec::new(),
        channels: channels.clone(),
        notice: Vec::new(),
        experience: [Experience::Nominal; 6],
        trained_days_ago: [None; 6],
        awake_before_shift: Some(Span::hours(2)),
        also: Vec::new(),
    };
    organisation.people = hands.iter().map(|(slug, _)| person(slug)).collect();
    for (i, role) in organisation.roles.iter_mut().enumerate() {
        let places = hands.iter().enumerate().filter(|(_, (_, of))| *of == i);
        role.holders = places.map(|(place, _)| PersonId::new(place)).collect();
        role.deputies.clear();
    }
}
