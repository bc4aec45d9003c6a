//! Told in phases, told to somebody else, and not required at all.

use super::{AUTHORITY, Play, chain, duty};
use crate::exercise::{
    Content, IncidentId, Limit, Measure, Object, Obligation, ObligationId, Phase, Span,
    StakeholderKind, Task, TaskId,
};
use crate::record::{Event, Verdict};
use crate::simulation::clocks::not_required;
use crate::simulation::fixture;

impl Play {
    pub(super) fn decide(&mut self, obligation: usize, sound: bool) {
        let scene = fixture::scene(&self.stage, self.now);
        not_required(
            &mut self.clocks,
            &mut self.agenda,
            &mut self.out,
            scene,
            (ObligationId::new(obligation), IncidentId::new(0)),
            sound,
            0,
        );
    }

    fn breaches(&self) -> usize {
        self.count(|event| matches!(event, Event::ObligationBreached { .. }))
    }
}

/// A duty to say of which kind it is and how it came about, of which a part may follow.
fn in_phases(rest_within: Option<Limit>) -> Obligation {
    Obligation {
        content: vec![Content::Nature, Content::Cause],
        rest_within,
        ..duty("duty")
    }
}

#[test]
fn what_a_first_notification_left_out_may_follow_as_long_as_the_law_lets_it() {
    let ten_days = Some(Limit::Elapsed(Span::days(10)));
    let at_the_end = Span::days(10);
    for (rest, follows_after, verdict) in [
        (ten_days, at_the_end, Verdict::Phased),
        (ten_days, at_the_end + Span(1), Verdict::Incomplete),
        (None, Span::HOUR, Verdict::Incomplete),
    ] {
        let mut play = Play::new(vec![in_phases(rest)]);
        play.aware(0, false);
        play.advance(Span::DAY);
        play.notify(None, &[Content::Nature]);
        play.advance(follows_after);
        play.notify(None, &[Content::Cause]);
        play.notify(None, &[Content::Cause]);
        let completed = play.count(|event| matches!(event, Event::ObligationCompleted { .. }));
        assert_eq!(completed, 1, "all was said once");
        assert_eq!(play.close(), [verdict], "{follows_after:?} after the first");
    }
}

#[test]
fn the_rest_is_awaited_until_it_is_due_and_a_late_first_notification_is_late_all_the_same() {
    let mut play = Play::new(vec![in_phases(Some(Limit::Elapsed(Span::days(10))))]);
    play.aware(0, false);
    play.notify(None, &[Content::Nature]);
    let of = (ObligationId::new(0), IncidentId::new(0));
    assert!(
        play.clocks
            .rest_may_follow(fixture::scene(&play.stage, play.now), of)
    );
    play.advance(Span::days(9));
    assert_eq!(play.close(), [Verdict::Phased]);
    play.advance(Span::days(2));
    assert!(
        !play
            .clocks
            .rest_may_follow(fixture::scene(&play.stage, play.now), of)
    );

    let mut late = Play::new(vec![in_phases(Some(Limit::Elapsed(Span::days(10))))]);
    late.aware(0, false);
    late.advance(Span::days(4));
    late.notify(None, &[Content::Nature]);
    assert_eq!(late.close(), [Verdict::Late]);
}

/// A task that tells some stakeholders.
fn telling(kinds: &[StakeholderKind]) -> Task {
    let acts = kinds
        .iter()
        .map(|kind| fixture::act(Measure::Notify, Object::Stakeholder(*kind)));
    Task {
        does: acts.collect(),
        ..fixture::task("tell", Phase::Response, Measure::Notify)
    }
}

fn with_task() -> Obligation {
    Obligation {
        task: Some(TaskId::new(0)),
        ..duty("duty")
    }
}

#[test]
fn a_task_that_tells_somebody_else_meets_nothing() {
    let media = StakeholderKind::Media;
    let mut play = Play::with_tasks(vec![with_task()], vec![telling(&[media])]);
    play.aware(0, false);
    play.tell(media, Some(TaskId::new(0)), &[]);
    assert_eq!(
        play.close(),
        [Verdict::Running],
        "it can still be put right"
    );
    play.advance(Span::days(3) + Span(1));
    assert_eq!(play.breaches(), 1);
    assert_eq!(play.close().pop(), Some(Verdict::WrongRecipient));
    play.notify(None, &[]);
    assert_eq!(play.close().pop(), Some(Verdict::Late));
}

#[test]
fn a_task_that_tells_others_as_well_meets_its_duty_by_telling_the_right_one() {
    let media = StakeholderKind::Media;
    let task = telling(&[media, AUTHORITY]);
    let mut play = Play::with_tasks(vec![with_task()], vec![task]);
    play.aware(0, false);
    play.tell(media, Some(TaskId::new(0)), &[]);
    let met = |play: &Play| play.count(|event| matches!(event, Event::ObligationMet { .. }));
    assert_eq!(met(&play), 0);
    play.tell(AUTHORITY, Some(TaskId::new(0)), &[]);
    assert_eq!(met(&play), 1);
    let astray = |event: &Event| matches!(event, Event::ObligationMisdirected { .. });
    assert_eq!(play.count(astray), 0);
    assert_eq!(play.close(), [Verdict::Met]);
}

#[test]
fn a_clock_stops_when_it_is_soundly_decided_that_it_is_not_required() {
    let mut play = Play::new(chain());
    play.aware(0, false);
    play.decide(0, true);
    let of = (ObligationId::new(0), IncidentId::new(0));
    assert!(!play.clocks.is_open(of.0, of.1));
    let scene = fixture::scene(&play.stage, play.now);
    assert_eq!(play.clocks.next_due_within(scene, Span::days(30)), None);
    play.advance(Span::days(20));
    assert_eq!(play.breaches(), 0);
    // What would have followed it never starts.
    assert_eq!(play.close(), [Verdict::NotRequired, Verdict::NotTriggered]);
}

#[test]
fn an_unsound_decision_stops_no_clock_and_one_that_comes_too_late_mends_nothing() {
    let mut unsound = Play::new(vec![duty("duty")]);
    unsound.aware(0, false);
    unsound.decide(0, false);
    assert!(
        !unsound
            .clocks
            .is_open(ObligationId::new(0), IncidentId::new(0)),
        "the team sees no duty any more"
    );
    unsound.advance(Span::days(4));
    assert_eq!(unsound.breaches(), 1);
    assert_eq!(unsound.close(), [Verdict::Breached]);

    let mut late = Play::new(vec![duty("duty")]);
    late.aware(0, false);
    late.advance(Span::days(4));
    late.decide(0, true);
    assert_eq!(late.close(), [Verdict::Breached]);
}

#[test]
fn what_was_decided_before_is_no_clock_at_all_and_without_a_call_nothing_was_decided() {
    let mut before = Play::new(vec![duty("duty")]);
    before.decide(0, true);
    before.aware(0, false);
    assert_eq!(
        before.count(|event| matches!(event, Event::ClockStarted { .. })),
        0
    );
    assert_eq!(before.close(), [Verdict::NotRequired]);

    let mut uncalled = Play::new(vec![duty("duty")]);
    uncalled.decide(0, true);
    assert_eq!(uncalled.close(), [Verdict::NotTriggered]);

    let mut told = Play::new(vec![duty("duty")]);
    told.aware(0, false);
    told.notify(None, &[]);
    told.decide(0, true);
    let decided = |event: &Event| matches!(event, Event::ObligationNotRequired { .. });
    assert_eq!(told.count(decided), 0, "it was told already");
    assert_eq!(told.close(), [Verdict::Met]);
}

#[test]
fn only_a_clock_that_outlasts_the_response_is_handed_on() {
    for (within, verdict) in [
        (Limit::Elapsed(Span::hours(72)), Verdict::Running),
        (Limit::Elapsed(Span::days(30)), Verdict::Running),
        (Limit::Elapsed(Span::days(31)), Verdict::HandedOn),
        (Limit::Months(1), Verdict::HandedOn),
    ] {
        let mut play = Play::new(vec![Obligation {
            within,
            ..duty("duty")
        }]);
        play.aware(0, false);
        assert_eq!(play.close_with(true), [verdict], "{within:?}");
    }
}
