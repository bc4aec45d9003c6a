//! Small valid exercises for tests: what a test sets is what it is about. The generator of exercises at
//! random builds on them.
//!
//! [`parts`] is a whole exercise with as little in it as possible; the other functions make single
//! things, meant for `Asset { rto: .., ..fixture::asset("db") }`. Lists are sorted by slug, so a test
//! that gives a list gives it in that order.

mod scenario;

pub(crate) use scenario::{expectation, incident, inject, objective, scenario, step};

#[cfg(test)]
use super::{
    agenda::Agenda,
    draw::Dice,
    out::Out,
    scene::{Moment, Policy, Scene, Stage},
};
use crate::exercise::{
    Act, Addressee, Asset, AssetKind, BasisPoints, Channel, ChannelKind, Choice, Classification,
    Clause, Condition, Data, Day, Decision, Difficulty, Each, Escalation, ExerciseTime, Experience,
    Fact, Function, IncidentId, Law, Limit, Measure, Money, Object, Obligation, Organisation,
    Parts, PerRecord, Person, PersonId, Phase, Plan, Priority, Role, Scoring, Selector, Severity,
    Sight, Slug, Source, SourceKind, Span, StaffGroup, Stakeholder, StakeholderKind, Task, Trigger,
    Weekday, WeeklyHours, Yardstick, Zone,
};
#[cfg(test)]
use crate::{
    exercise::{Exercise, Identified},
    record::Event,
};
#[cfg(test)]
use std::sync::Arc;

/// Tuesday, 3 March 2026, 09:00 UTC.
pub(crate) const TUESDAY_MORNING: i64 =
    Day::from_civil(2026, 3, 3).0 as i64 * Span::DAY.0 + 9 * Span::HOUR.0;

/// A slug.
pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).expect("the names of fixtures are slugs")
}

/// An exercise in UTC from a Tuesday morning, of at most thirty days: one person around the clock,
/// who holds one role with every function and all authority; one incident; nothing else.
pub(crate) fn parts() -> Parts {
    Parts {
        startex: TUESDAY_MORNING,
        onset: ExerciseTime::STARTEX,
        limit: ExerciseTime(Span::days(30).0),
        organisation: organisation(),
        yardstick: yardstick(),
        softer: None,
        plan: plan(),
        scenario: scenario(),
        stand_ins: Vec::new(),
        gaps: Vec::new(),
        law_is_unknown: false,
        defaults: Vec::new(),
        inputs: 0,
    }
}

/// The organisation of [`parts`], open around the clock.
pub(crate) fn organisation() -> Organisation {
    Organisation {
        name: "Fixture".to_owned(),
        country: None,
        sectors: Vec::new(),
        zone: utc(),
        hours: WeeklyHours::always(),
        holidays: Vec::new(),
        weekend: Weekday::WEEKEND.to_vec(),
        revenue: None,
        currency: None,
        per_record: PerRecord::default(),
        people: vec![person("ada")],
        roles: vec![role("lead")],
        teams: Vec::new(),
        groups: Vec::new(),
        assets: Vec::new(),
        network: None,
        channels: vec![channel("phone", ChannelKind::MobilePhone)],
        sources: Vec::new(),
        stakeholders: Vec::new(),
        risks: Vec::new(),
        tireless: false,
    }
}

/// Coordinated universal time, without summer time.
pub(crate) fn utc() -> Zone {
    Zone {
        name: "UTC".to_owned(),
        offsets: vec![(ExerciseTime(i64::MIN), 0)],
    }
}

/// Monday to Friday, nine to five.
pub(crate) fn office_hours() -> WeeklyHours {
    let day = |weekday| crate::exercise::DayHours {
        weekday,
        from: 9 * 60,
        until: 17 * 60,
    };
    WeeklyHours((0..5).map(day).collect())
}

/// Somebody who is on duty around the clock, with the phone of [`organisation`].
pub(crate) fn person(name: &str) -> Person {
    Person {
        slug: slug(name),
        shift: WeeklyHours::always(),
        keeps_holidays: false,
        on_call: WeeklyHours::default(),
        leave: Vec::new(),
        channels: vec![crate::exercise::ChannelId::new(0)],
        notice: Vec::new(),
        experience: [Experience::Nominal; 6],
        trained_days_ago: [None; 6],
        awake_before_shift: Some(Span::hours(1)),
        also: Vec::new(),
    }
}

/// A role with every function and all authority, held by the first person.
pub(crate) fn role(name: &str) -> Role {
    Role {
        slug: slug(name),
        title: name.to_owned(),
        functions: Function::ALL.to_vec(),
        holders: vec![PersonId::new(0)],
        deputies: Vec::new(),
        may: Measure::ALL.to_vec(),
    }
}

/// The organisation has these channels, and everybody has each of them.
#[cfg(test)]
pub(crate) fn with_channels(parts: &mut Parts, channels: Vec<Channel>) {
    for person in &mut parts.organisation.people {
        person.channels = (0..channels.len())
            .map(crate::exercise::ChannelId::new)
            .collect();
    }
    parts.organisation.channels = channels;
}

/// A channel that depends on nothing.
pub(crate) fn channel(name: &str, kind: ChannelKind) -> Channel {
    Channel {
        slug: slug(name),
        kind,
        depends_on: Vec::new(),
        out_of_band: false,
        acknowledgeable: true,
        verified_days_ago: Some(1),
    }
}

/// An asset of middling value that depends on nothing and holds nothing.
pub(crate) fn asset(name: &str, kind: AssetKind) -> Asset {
    Asset {
        slug: slug(name),
        title: name.to_owned(),
        kind,
        confidentiality: Severity::Medium,
        integrity: Severity::Medium,
        availability: Severity::Medium,
        owner: None,
        depends_on: Vec::new(),
        rto: None,
        rpo: None,
        loss_per_hour: Money(0),
        worth_per_hour: Money(0),
        holds: 0,
        data: Vec::new(),
        backed_up_by: None,
        backed_up_every: None,
        standby: false,
        logs_kept: None,
        run_by: None,
        restores_in: None,
    }
}

/// An asset that holds so many records about persons.
pub(crate) fn records(name: &str, kind: AssetKind, holds: u64) -> Asset {
    Asset {
        holds,
        data: vec![Data::PersonalData],
        ..asset(name, kind)
    }
}

/// A source that sees every step on every asset, a minute after it took effect.
pub(crate) fn source(name: &str, kind: SourceKind) -> Source {
    Source {
        slug: slug(name),
        title: name.to_owned(),
        kind,
        sees: vec![sight()],
        runs_on: None,
        tells: Addressee::Function(Function::Analyst),
        via: None,
        escalates: true,
        false_alarms: None,
        quiet: None,
        schedule: None,
        raises: BasisPoints::ZERO,
    }
}

/// The sight of [`source`].
pub(crate) fn sight() -> Sight {
    Sight {
        techniques: Vec::new(),
        kinds: Vec::new(),
        assets: Vec::new(),
        chance: BasisPoints::ONE,
        after: Law::Fixed(Span::MINUTE),
    }
}

/// A group of ten around the clock who all know how to report and do so after a minute.
pub(crate) fn group(name: &str) -> StaffGroup {
    StaffGroup {
        slug: slug(name),
        size: 10,
        hours: WeeklyHours::always(),
        uses: Vec::new(),
        knows_channel: BasisPoints::ONE,
        reports: BasisPoints::ONE,
        after: Law::Fixed(Span::MINUTE),
        channel: None,
        trained_days_ago: Some(1),
    }
}

/// A stakeholder in the organisation's zone, without holidays.
pub(crate) fn stakeholder(name: &str, kind: StakeholderKind) -> Stakeholder {
    Stakeholder {
        slug: slug(name),
        title: name.to_owned(),
        kind,
        channels: Vec::new(),
        zone: None,
        holidays: Vec::new(),
        weekend: None,
        verified_days_ago: Some(1),
        hours: None,
    }
}

/// The yardstick of [`parts`]: no target, no rule; the default weights.
pub(crate) fn yardstick() -> Yardstick {
    Yardstick::of_plan(&plan())
}

/// The plan of [`parts`]: no task, no clock; the default escalation times, priorities and weights.
pub(crate) fn plan() -> Plan {
    use Priority::{P1, P2, P3, P4};
    let share = BasisPoints;
    Plan {
        title: "Plan".to_owned(),
        version: "1".to_owned(),
        owner: None,
        approved_by: None,
        reviewed_on: None,
        next_review: None,
        lifecycle: Vec::new(),
        targets: Vec::new(),
        classification: Classification {
            rules: Vec::new(),
            priorities: [[P4, P4, P3], [P4, P3, P2], [P3, P2, P1], [P2, P1, P1]],
            by: Vec::new(),
            reassess_within: [Span::days(3), Span::DAY, Span::hours(4), Span::HOUR],
        },
        tasks: Vec::new(),
        decisions: Vec::new(),
        escalation: Escalation {
            after: [Span::HOUR, Span::HOUR, Span::minutes(15), Span::minutes(15)],
            to: vec![
                Addressee::Function(Function::Ciso),
                Addressee::Function(Function::Executive),
            ],
        },
        obligations: Vec::new(),
        programme: Vec::new(),
        scoring: Scoring {
            phases: [1_500, 1_500, 2_500, 1_500, 2_000, 1_000].map(share),
            parts: [4_000, 4_000, 2_000].map(share),
            reached_share: share(2_500),
        },
    }
}

/// A required task of an analyst, of ten minutes, that is ready from the start and takes a measure
/// on the incident.
pub(crate) fn task(name: &str, phase: Phase, measure: Measure) -> Task {
    Task {
        slug: slug(name),
        title: name.to_owned(),
        phase,
        by: Addressee::Function(Function::Analyst),
        accountable: None,
        consulted: Vec::new(),
        informed: Vec::new(),
        people: 1,
        after: Vec::new(),
        after_any: Vec::new(),
        when: None,
        delay: None,
        takes: Law::Fixed(Span::minutes(10)),
        because: None,
        does: vec![act(measure, Object::Incident)],
        approval: None,
        from_severity: None,
        optional: false,
        each: Each::Incident,
        via: None,
        keeps_log: false,
        controls: Vec::new(),
        difficulty: Difficulty::Routine,
        weight: 100,
        notifies_for: None,
        even_if_skipped: false,
    }
}

/// A task as [`task`], whose measure is taken on the affected assets.
pub(crate) fn task_on_affected(name: &str, phase: Phase, measure: Measure) -> Task {
    Task {
        does: vec![act(measure, Object::Assets(Selector::Affected))],
        ..task(name, phase, measure)
    }
}

/// A measure on an object.
pub(crate) const fn act(measure: Measure, on: Object) -> Act {
    Act { measure, on }
}

/// A decision of the incident manager that takes five minutes.
pub(crate) fn decision(name: &str, options: Vec<Choice>) -> Decision {
    Decision {
        slug: slug(name),
        question: name.to_owned(),
        by: Addressee::Function(Function::IncidentManager),
        when: None,
        options,
        needs: Vec::new(),
        takes: Law::Fixed(Span::minutes(5)),
        weight: 100,
        phase: Phase::Response,
    }
}

/// An option from which nothing follows.
pub(crate) fn choice(name: &str) -> Choice {
    Choice {
        slug: slug(name),
        text: name.to_owned(),
        then: Vec::new(),
        judged: None,
    }
}

/// A duty of the incident manager to tell a stakeholder within three days of knowing that the first
/// incident is real.
pub(crate) fn obligation(name: &str, to: StakeholderKind) -> Obligation {
    let real = crate::exercise::Knowable::Real(IncidentId::new(0));
    Obligation {
        slug: slug(name),
        title: name.to_owned(),
        to,
        law: None,
        source: String::new(),
        verified_on: None,
        from: Trigger::Aware {
            who: vec![Function::IncidentManager],
            what: Condition::Is(Fact::Known(real)),
        },
        within: Limit::Elapsed(Span::days(3)),
        task: None,
        by: Addressee::Function(Function::IncidentManager),
        content: Vec::new(),
        rest_within: None,
        weight: 100,
        clause: Clause::Own,
    }
}

/// Checks the parts and prepares them.
#[cfg(test)]
pub(crate) fn stage(parts: Parts) -> Stage {
    Stage::new(Arc::new(Exercise::new(parts).unwrap()))
}

/// A scene of run 0 under seed 1, at an instant.
#[cfg(test)]
pub(crate) fn scene(stage: &Stage, now: ExerciseTime) -> Scene<'_> {
    scene_of_run(stage, now, 0)
}

/// A scene of a run under seed 1, at an instant.
#[cfg(test)]
pub(crate) fn scene_of_run(stage: &Stage, now: ExerciseTime, run: u64) -> Scene<'_> {
    let moment = Moment {
        dice: Dice::new(1, run),
        now,
        policy: Policy::People,
    };
    // The moments of a test are few, and stay to its end.
    Scene::new(stage, Box::leak(Box::new(moment)))
}

/// The id of a thing by its slug.
#[cfg(test)]
pub(crate) fn id<I: Identified>(stage: &Stage, name: &str) -> I {
    I::find(stage.exercise.names(), name).unwrap()
}

/// An empty agenda and a recording `Out`, at the onset.
#[cfg(test)]
pub(crate) fn agenda_and_out(stage: &Stage) -> (Agenda, Out) {
    let onset = stage.exercise.parts().onset;
    let (mut agenda, mut out) = (Agenda::default(), Out::default());
    agenda.reset(onset);
    out.reset(onset, true);
    (agenda, out)
}

/// The events so far, in order.
#[cfg(test)]
pub(crate) fn events(out: &Out) -> Vec<&Event> {
    out.entries().iter().map(|entry| &entry.event).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_exercise_is_valid() {
        let stage = stage(parts());
        assert_eq!(stage.exercise.roles_held(PersonId::new(0)).len(), 1);
        let (day, time) = stage.exercise.local(ExerciseTime::STARTEX);
        assert_eq!((day.weekday(), time), (1, Span::hours(9)));
    }
}
