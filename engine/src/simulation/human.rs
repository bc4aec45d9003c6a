//! Every human factor of the engine, in one place. Each figure has its source, or is illustrative;
//! `docs/semantics.md` holds the same table for people.

#[cfg(test)]
mod tests;

use super::scene::Scene;
use crate::exercise::{
    BasisPoints, ChannelKind, Difficulty, Experience, Function, Law, Person, Phase, Severity, Span,
};
use crate::record::{MessageKind, Presence};

/// The delay with which the room shares what its members know. Illustrative.
pub(crate) const ROOM_DELAY: Span = Span::minutes(2);
/// How long anybody can work after waking up. Illustrative, after common limits on working time.
pub(crate) const LONGEST_AWAKE: Span = Span::hours(16);
/// How long after midnight of their day people go to bed who have nothing to keep them up. Illustrative.
pub(crate) const BED: Law = Law::Triangle {
    least: Span::minutes(21 * 60 + 30),
    likely: Span::hours(23),
    most: Span::minutes(24 * 60 + 30),
};
/// How long people sleep whom nothing wakes. Illustrative.
pub(crate) const NIGHT: Law = Law::Triangle {
    least: Span::hours(6),
    likely: Span::minutes(7 * 60 + 30),
    most: Span::hours(9),
};
/// How long before a shift people get up of whom nobody says it. Illustrative.
pub(crate) const UP_BEFORE_SHIFT: Law = Law::Triangle {
    least: Span::hours(1),
    likely: Span::hours(2),
    most: Span::hours(3),
};
/// How long after a shift that lasts into the night people go to bed. Illustrative.
pub(crate) const HOME_TO_BED: Span = Span::hours(1);
/// Who has a shift so soon after they have slept gets up for it, and goes to bed the later. Illustrative.
pub(crate) const LIE_IN: Span = Span::minutes(150);
/// Who gets up for a shift so soon after their bedtime sleeps after it instead. Illustrative.
pub(crate) const SHORTEST_NIGHT: Span = Span::hours(3);
/// How much longer somebody takes for the first message who was called out of bed. Illustrative: sleep
/// inertia is commonly said to last for 15 to 30 min.
const GETTING_UP: Span = Span::minutes(15);
/// How long a message that was noticed waits at most for those of better classes. Illustrative.
pub(crate) const WAITS_FOR_ITS_CLASS: Span = Span::hours(2);
/// How long somebody who was reached and has no shift to come counts as on duty. Illustrative.
pub(crate) const REACHED_WITHOUT_SHIFT: Span = Span::hours(12);
/// Work with less than this left at the end of a shift is finished. Illustrative.
pub(crate) const FINISH_WITHIN: Span = Span::minutes(30);
/// Attempts at a task before it is given up. Illustrative.
pub(crate) const MAX_ATTEMPTS: u16 = 3;

/// How much longer somebody takes for the first message who was called out of bed.
pub(crate) fn getting_up(scene: Scene<'_>) -> Span {
    if scene.is_tireless() {
        Span::ZERO
    } else {
        GETTING_UP
    }
}

/// The median time until a person notices a message; `None` where no attention gathers at all.
///
/// Illustrative, except that calls to people who are not on call are answered live in about half of
/// all cases in community notification tests (2014 to 2018).
pub(crate) fn notice_median(
    scene: Scene<'_>,
    person: &Person,
    kind: ChannelKind,
    presence: Presence,
) -> Option<Span> {
    if presence == Presence::OnLeave {
        return None;
    }
    if scene.is_tireless() {
        return Some(Span::SHORTEST);
    }
    if let Ok(at) = person
        .notice
        .binary_search_by_key(&kind, |notice| notice.channel)
    {
        let own = person.notice[at];
        return match presence {
            Presence::OnDuty => Some(own.on_duty),
            Presence::OnCall | Presence::Off => own.off_duty,
            Presence::OnLeave => None,
        };
    }
    let minutes = match (kind, presence) {
        (ChannelKind::InPerson | ChannelKind::ConferenceBridge, Presence::OnDuty) => 2,
        (k, Presence::OnDuty) if k.reaches_anywhere() => 3,
        (k, Presence::OnDuty) if k.on_site_only() => 5,
        (ChannelKind::Chat, Presence::OnDuty) => 8,
        (_, Presence::OnDuty) => 15,
        (k, Presence::OnCall) if k.reaches_anywhere() => 5,
        (ChannelKind::ConferenceBridge, Presence::OnCall) => 5,
        (ChannelKind::Chat, Presence::OnCall) => 60,
        (k, Presence::Off) if k.reaches_anywhere() => 60,
        (ChannelKind::Chat, Presence::Off) => 180,
        _ => return None,
    };
    Some(Span::minutes(minutes))
}

/// How long it takes to handle a message: read it, understand it, and answer it where it asks.
pub(crate) fn handling(kind: MessageKind, is_false_alarm: bool, reader: &[Function]) -> Law {
    let range = |low, high| Law::Range {
        low: Span::minutes(low),
        high: Span::minutes(high),
    };
    match kind {
        // Vendors' figures for a first look at an alert: 25 min in the middle, 60 min for one in ten.
        MessageKind::Alert | MessageKind::Inject if is_false_alarm => range(8, 77),
        // An executive decides in 45 min in the middle, 3 h for one in ten. Illustrative.
        MessageKind::ApprovalRequest if reader.contains(&Function::Executive) => range(8, 267),
        MessageKind::ApprovalRequest => Law::Fixed(Span::minutes(5)),
        MessageKind::Consultation => Law::Fixed(Span::minutes(10)),
        _ => Law::Fixed(Span::minutes(3)),
    }
}

/// How long a person takes for work of a phase, in thousandths of the plan's own duration.
pub(crate) fn pace(scene: Scene<'_>, person: &Person, phase: Phase, awake: Span) -> i64 {
    if scene.is_tireless() {
        return 1_000;
    }
    let experience = match person.experience[phase.index()] {
        Experience::Little => 1_300,
        Experience::Nominal => 1_000,
        Experience::Much => 850,
    };
    // Half of the gain in speed is lost after 13 months (Tatel and Ackerman); the gain of a recent
    // training is taken as a tenth. Illustrative.
    let gain = person.trained_days_ago[phase.index()].map_or(0, |days| decayed(100, days, 396));
    experience * fatigue(awake) / 1_000 * (1_000 - gain) / 1_000
}

/// The factor of fatigue, in thousandths. Illustrative.
fn fatigue(awake: Span) -> i64 {
    match awake {
        a if a <= Span::hours(10) => 1_000,
        a if a <= Span::hours(14) => 1_150,
        _ => 1_350,
    }
}

/// What is left of a gain after some days: it halves with every half-life, linearly in between.
fn decayed(gain: i64, days: u32, half_life: u32) -> i64 {
    let halvings = (days / half_life).min(30);
    let (whole, rest) = (gain >> halvings, i64::from(days % half_life));
    whole - whole * rest / (2 * i64::from(half_life))
}

/// The chances that an attempt goes wrong and is noticed, and that it does so unnoticed.
///
/// SPAR-H (NUREG/CR-6883): nominal 0.001 for action and 0.01 for diagnosis; stress doubles it at
/// High and makes it five times at Critical; complexity doubles it or makes it five times. The
/// factors of experience and of training, and that two in three errors are noticed, are illustrative.
pub(crate) fn error_chances(
    scene: Scene<'_>,
    person: &Person,
    phase: Phase,
    difficulty: Difficulty,
    severity: Severity,
    awake: Span,
) -> (BasisPoints, BasisPoints) {
    if scene.is_tireless() {
        return (BasisPoints::ZERO, BasisPoints::ZERO);
    }
    let diagnosis = matches!(phase, Phase::Identification | Phase::Assessment);
    let nominal: i64 = if diagnosis { 100 } else { 10 };
    let stress = match severity {
        Severity::Low | Severity::Medium => 1,
        Severity::High => 2,
        Severity::Critical => 5,
    };
    let complexity = match difficulty {
        Difficulty::Routine => 1,
        Difficulty::Moderate => 2,
        Difficulty::High => 5,
    };
    let experience = match person.experience[phase.index()] {
        Experience::Little => 3_000,
        Experience::Nominal => 1_000,
        Experience::Much => 500,
    };
    // Half of the gain in accuracy is lost after 6.5 months (Tatel and Ackerman); a recent training
    // is taken to halve the errors.
    let gain = person.trained_days_ago[phase.index()].map_or(0, |days| decayed(500, days, 198));
    let tired = fatigue(awake);
    let chance =
        nominal * stress * complexity * experience / 1_000 * (1_000 - gain) / 1_000 * tired / 1_000;
    let chance = chance.clamp(0, 5_000);
    let unnoticed = chance / 3;
    (
        BasisPoints((chance - unnoticed) as u16),
        BasisPoints(unnoticed as u16),
    )
}

/// The chance that somebody understands, before STARTEX, what a message truly says: that of no error in a
/// difficult diagnosis, at the severity of what nobody has judged yet. That it is difficult is illustrative.
pub(crate) fn right_diagnosis(scene: Scene<'_>, person: &Person, awake: Span) -> BasisPoints {
    let (difficulty, severity) = (Difficulty::High, Severity::Medium);
    let phase = Phase::Identification;
    let (noticed, unnoticed) = error_chances(scene, person, phase, difficulty, severity, awake);
    BasisPoints(BasisPoints::ONE.0 - noticed.0 - unnoticed.0)
}

/// How long it takes to take over work on which so much was done: a tenth, 5 to 30 minutes.
/// Illustrative.
pub(crate) fn handover(done: Span) -> Span {
    done.scaled(100).clamp(Span::minutes(5), Span::minutes(30))
}

/// The chance that a simulated decider takes an option that is judged sound: whether what should be
/// known is known, and the decider's experience. Illustrative.
pub(crate) fn sound_choice(informed: bool, experience: Experience) -> BasisPoints {
    let informed_part = if informed { 8_500 } else { 5_500 };
    let practice = match experience {
        Experience::Little => -1_000,
        Experience::Nominal => 0,
        Experience::Much => 1_000,
    };
    BasisPoints((informed_part + practice) as u16)
}
