//! Every human factor is what the page of defaults says.

use super::{
    BED, FINISH_WITHIN, HOME_TO_BED, LIE_IN, LONGEST_AWAKE, MAX_ATTEMPTS, NIGHT,
    REACHED_WITHOUT_SHIFT, ROOM_DELAY, SHORTEST_NIGHT, UP_BEFORE_SHIFT, WAITS_FOR_ITS_CLASS,
    error_chances, getting_up, handling, handover, notice_median, pace, right_diagnosis,
    sound_choice,
};
use crate::documented::{holds, row, span};
use crate::exercise::{
    ChannelKind, Difficulty, ExerciseTime, Experience, Function, Law, Person, Phase, Severity, Span,
};
use crate::record::{MessageKind, Presence};
use crate::simulation::fixture;

fn of(law: &Law) -> String {
    match law {
        Law::Fixed(time) => span(time.0),
        Law::Range { low, high } => format!("{} to {}", span(low.0), span(high.0)),
        other => panic!("no factor is {other:?}"),
    }
}

/// Thousandths as a factor.
fn factor(thousandths: i64) -> String {
    format!("x {}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

fn percent(basis_points: u16) -> String {
    format!("{}.{:02} %", basis_points / 100, basis_points % 100)
}

#[test]
fn how_soon_people_notice_and_how_long_they_handle_a_message_is_documented() {
    let stage = fixture::stage(fixture::parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let ada = fixture::person("ada");
    let mut rows = Vec::new();
    for (name, kind) in [
        (
            "a phone to carry, a text message or a pager",
            ChannelKind::MobilePhone,
        ),
        ("a desk phone or another live voice", ChannelKind::DeskPhone),
        ("the room", ChannelKind::InPerson),
        ("the bridge", ChannelKind::ConferenceBridge),
        ("chat", ChannelKind::Chat),
        ("mail and all else", ChannelKind::Mail),
    ] {
        for (when, presence) in [
            ("on duty", Presence::OnDuty),
            ("on call", Presence::OnCall),
            ("off", Presence::Off),
        ] {
            let median = notice_median(scene, &ada, kind, presence);
            let shown = median.map_or_else(|| "not".to_owned(), |median| span(median.0));
            rows.push(row(format!("{name}, {when}"), shown));
        }
    }
    holds("notice (median)", &rows);
    let handled = |kind, false_alarm, reader: &[Function]| of(&handling(kind, false_alarm, reader));
    let nobody: &[Function] = &[];
    holds(
        "handling",
        &[
            row("a message", handled(MessageKind::HandOn, false, nobody)),
            row(
                "a consultation",
                handled(MessageKind::Consultation, false, nobody),
            ),
            row(
                "approving",
                handled(MessageKind::ApprovalRequest, false, nobody),
            ),
            row(
                "approving, by an executive",
                handled(MessageKind::ApprovalRequest, false, &[Function::Executive]),
            ),
            row(
                "a false alarm or a false lead",
                handled(MessageKind::Alert, true, nobody),
            ),
            row(
                "nothing noticed waits for its class for more than",
                span(WAITS_FOR_ITS_CLASS.0),
            ),
            row("the room shares after", span(ROOM_DELAY.0)),
        ],
    );
}

#[test]
fn how_fast_and_how_long_people_work_is_documented() {
    let stage = fixture::stage(fixture::parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let at_pace = |experience, trained: Option<u32>, awake| {
        let ada = Person {
            experience: [experience; 6],
            trained_days_ago: [trained; 6],
            ..fixture::person("ada")
        };
        factor(pace(scene, &ada, Phase::Response, awake))
    };
    let (hour, nominal) = (Span::HOUR, Experience::Nominal);
    let beyond = |hours| Span::hours(hours) + Span(1);
    holds(
        "pace",
        &[
            row("little experience", at_pace(Experience::Little, None, hour)),
            row("nominal experience", at_pace(nominal, None, hour)),
            row("much experience", at_pace(Experience::Much, None, hour)),
            row("trained today", at_pace(nominal, Some(0), hour)),
            row("trained 396 days ago", at_pace(nominal, Some(396), hour)),
            row("up to 10 h awake", at_pace(nominal, None, Span::hours(10))),
            row("up to 14 h awake", at_pace(nominal, None, beyond(10))),
            row("beyond 14 h awake", at_pace(nominal, None, beyond(14))),
        ],
    );
    let third = |done: i64| span(handover(Span::minutes(done)).0);
    holds(
        "work",
        &[
            row("attempts before it is given up", MAX_ATTEMPTS),
            row("taking over 10 min of work", third(10)),
            row("taking over 100 min of work", third(100)),
            row("taking over 1,000 min of work", third(1_000)),
            row(
                "finished at the end of a shift, if so much is left",
                span(FINISH_WITHIN.0),
            ),
            row("longest time awake at work", span(LONGEST_AWAKE.0)),
            row(
                "on duty when reached, without a shift to come",
                span(REACHED_WITHOUT_SHIFT.0),
            ),
        ],
    );
}

#[test]
fn when_and_how_long_people_sleep_is_documented() {
    let between = |law: &Law| match law {
        Law::Triangle {
            least,
            likely,
            most,
        } => format!(
            "{} to {}, most often {}",
            span(least.0),
            span(most.0),
            span(likely.0)
        ),
        other => format!("{other:?}"),
    };
    let stage = fixture::stage(fixture::parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    holds(
        "sleep",
        &[
            row(
                "people go to bed after midnight of their day by",
                between(&BED),
            ),
            row("they sleep for", between(&NIGHT)),
            row("they get up before a shift by", between(&UP_BEFORE_SHIFT)),
            row(
                "they go to bed after a shift into the night within",
                span(HOME_TO_BED.0),
            ),
            row("they sleep in for at most", span(LIE_IN.0)),
            row(
                "they sleep after a shift that they get up for within",
                span(SHORTEST_NIGHT.0),
            ),
            row(
                "called out of bed, the first message takes longer by",
                span(getting_up(scene).0),
            ),
        ],
    );
}

#[test]
fn how_often_people_err_and_choose_well_is_documented() {
    let stage = fixture::stage(fixture::parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let nominal = fixture::person("ada");
    let both = |person: &Person, phase, difficulty, severity, awake| {
        let (noticed, unnoticed) = error_chances(scene, person, phase, difficulty, severity, awake);
        noticed.0 + unnoticed.0
    };
    let routine = Difficulty::Routine;
    let (high, critical) = (Severity::High, Severity::Critical);
    let of_phase = |phase| both(&nominal, phase, routine, Severity::Medium, Span::HOUR);
    let base = i64::from(of_phase(Phase::Assessment));
    let times = |person: &Person, difficulty, severity, awake| {
        let chance = both(person, Phase::Assessment, difficulty, severity, awake);
        factor(i64::from(chance) * 1_000 / base)
    };
    let with = |experience, trained: Option<u32>| Person {
        experience: [experience; 6],
        trained_days_ago: [trained; 6],
        ..fixture::person("ada")
    };
    let medium = Severity::Medium;
    let of_person = |person: &Person| times(person, routine, medium, Span::HOUR);
    let hardest = (&with(Experience::Little, None), Difficulty::High, critical);
    let (noticed, unnoticed) = error_chances(
        scene,
        hardest.0,
        Phase::Assessment,
        hardest.1,
        hardest.2,
        Span::hours(15),
    );
    holds(
        "errors",
        &[
            row(
                "an attempt in Identification or Assessment",
                percent(of_phase(Phase::Assessment)),
            ),
            row("an attempt elsewhere", percent(of_phase(Phase::Response))),
            row("at High", times(&nominal, routine, high, Span::HOUR)),
            row(
                "at Critical",
                times(&nominal, routine, critical, Span::HOUR),
            ),
            row(
                "moderately complex",
                times(&nominal, Difficulty::Moderate, medium, Span::HOUR),
            ),
            row(
                "highly complex",
                times(&nominal, Difficulty::High, medium, Span::HOUR),
            ),
            row(
                "little experience",
                of_person(&with(Experience::Little, None)),
            ),
            row("much experience", of_person(&with(Experience::Much, None))),
            row(
                "trained today",
                of_person(&with(Experience::Nominal, Some(0))),
            ),
            row(
                "trained 198 days ago",
                of_person(&with(Experience::Nominal, Some(198))),
            ),
            row(
                "up to 14 h awake",
                times(&nominal, routine, medium, Span::hours(14)),
            ),
            row(
                "beyond 14 h awake",
                times(&nominal, routine, medium, Span::hours(15)),
            ),
            row("at most", percent(noticed.0 + unnoticed.0)),
            row("of these unnoticed", percent(unnoticed.0)),
        ],
    );
    let sound = |informed, experience| percent(sound_choice(informed, experience).0);
    holds(
        "sound decision",
        &[
            row("informed", sound(true, Experience::Nominal)),
            row("not informed", sound(false, Experience::Nominal)),
            row(
                "informed, little experience",
                sound(true, Experience::Little),
            ),
            row("informed, much experience", sound(true, Experience::Much)),
        ],
    );
}

#[test]
fn how_often_a_sign_is_understood_before_startex_is_documented() {
    let stage = fixture::stage(fixture::parts());
    let scene = fixture::scene(&stage, ExerciseTime::STARTEX);
    let right = |experience| {
        let ada = Person {
            experience: [experience; 6],
            ..fixture::person("ada")
        };
        percent(right_diagnosis(scene, &ada, Span::HOUR).0)
    };
    holds(
        "a sign understood before STARTEX",
        &[
            row("little experience", right(Experience::Little)),
            row("nominal experience", right(Experience::Nominal)),
            row("much experience", right(Experience::Much)),
        ],
    );
}
