//! When clocks start, when they are due, and how they stand in the end.

mod law;
mod verdicts;

use super::{Clocks, Notice, aware, called_for, close, limit, notified};
use crate::exercise::{
    Content, Day, ExerciseTime, IncidentId, Limit, Obligation, ObligationId, Parts, Plan, Span,
    Stakeholder, StakeholderKind, Task, TaskId, Trigger, Zone,
};
use crate::record::{Event, Verdict};
use crate::simulation::agenda::{Agenda, Rank};
use crate::simulation::fixture;
use crate::simulation::out::Out;
use crate::simulation::scene::Stage;

const AUTHORITY: StakeholderKind = StakeholderKind::DataProtectionAuthority;

struct Play {
    stage: Stage,
    clocks: Clocks,
    agenda: Agenda,
    out: Out,
    now: ExerciseTime,
}

impl Play {
    fn new(obligations: Vec<Obligation>) -> Self {
        Self::with_tasks(obligations, Vec::new())
    }

    fn with_tasks(obligations: Vec<Obligation>, tasks: Vec<Task>) -> Self {
        let stage = fixture::stage(Parts {
            plan: Plan {
                tasks,
                obligations,
                ..fixture::plan()
            },
            ..fixture::parts()
        });
        let (agenda, out) = fixture::agenda_and_out(&stage);
        let mut clocks = Clocks::default();
        clocks.reset(fixture::scene(&stage, ExerciseTime::STARTEX));
        Self {
            stage,
            clocks,
            agenda,
            out,
            now: ExerciseTime::STARTEX,
        }
    }

    /// Lets time pass, with every clock that runs out meanwhile.
    fn advance(&mut self, span: Span) {
        let until = self.now + span;
        while let Some(at) = self.agenda.next_time().filter(|at| *at <= until) {
            self.out.advance(at);
            while let Some(due) = self.agenda.take(at) {
                assert_eq!(due.rank, Rank::ObligationLimit);
                limit(&self.clocks, &mut self.out, due.slot);
            }
        }
        self.now = until;
        self.out.advance(until);
    }

    fn aware(&mut self, obligation: usize, stated: bool) {
        let scene = fixture::scene(&self.stage, self.now);
        let of = (ObligationId::new(obligation), IncidentId::new(0));
        aware(
            &mut self.clocks,
            &mut self.agenda,
            &mut self.out,
            scene,
            of,
            stated,
            0,
        );
    }

    fn call_for(&mut self, obligation: usize) {
        let scene = fixture::scene(&self.stage, self.now);
        let of = (ObligationId::new(obligation), IncidentId::new(0));
        called_for(&mut self.clocks, &mut self.out, scene, of, None);
    }

    fn notify(&mut self, task: Option<TaskId>, content: &[Content]) {
        self.tell(AUTHORITY, task, content);
    }

    fn tell(&mut self, stakeholder: StakeholderKind, task: Option<TaskId>, content: &[Content]) {
        let scene = fixture::scene(&self.stage, self.now);
        let notice = Notice {
            incident: IncidentId::new(0),
            stakeholder,
            task,
            said: super::Said::of(content),
        };
        notified(
            &mut self.clocks,
            &mut self.agenda,
            &mut self.out,
            scene,
            notice,
            0,
        );
    }

    fn close(&mut self) -> Vec<Verdict> {
        self.close_with(false)
    }

    /// How every clock stands where somebody sees to those that outlast the run, or nobody does.
    fn close_with(&mut self, owned: bool) -> Vec<Verdict> {
        let scene = fixture::scene(&self.stage, self.now);
        close(&self.clocks, &mut self.out, scene, &mut |_, _| owned);
        let closed = fixture::events(&self.out).into_iter();
        closed
            .filter_map(|event| match event {
                Event::ObligationClosed { verdict, .. } => Some(*verdict),
                _ => None,
            })
            .collect()
    }

    fn count(&self, is: fn(&Event) -> bool) -> usize {
        fixture::events(&self.out)
            .into_iter()
            .filter(|event| is(event))
            .count()
    }
}

fn duty(name: &str) -> Obligation {
    fixture::obligation(name, AUTHORITY)
}

/// An early warning within a day of awareness, a report within three days of the warning.
fn chain() -> Vec<Obligation> {
    let warning = Obligation {
        within: Limit::Elapsed(Span::DAY),
        ..duty("a-warning")
    };
    let report = Obligation {
        from: Trigger::After(ObligationId::new(0)),
        ..duty("b-report")
    };
    vec![warning, report]
}

#[test]
fn a_notification_at_the_due_instant_is_in_time_and_a_millisecond_later_is_late() {
    for (after, verdict, breaches) in [
        (Span::days(3), Verdict::Met, 0),
        (Span::days(3) + Span(1), Verdict::Late, 1),
    ] {
        let mut play = Play::new(vec![duty("duty")]);
        play.aware(0, false);
        play.advance(after);
        play.notify(None, &[]);
        play.advance(Span::days(9));
        let breached = play.count(|event| matches!(event, Event::ObligationBreached { .. }));
        assert_eq!(breached, breaches);
        assert_eq!(play.close(), [verdict]);
    }
}

#[test]
fn the_earlier_of_knowing_and_saying_starts_the_clock_and_both_are_kept() {
    let mut play = Play::new(vec![duty("duty")]);
    play.aware(0, true);
    play.advance(Span::HOUR);
    play.aware(0, false);
    play.aware(0, false);
    assert_eq!(
        play.count(|event| matches!(event, Event::ObligationAware { .. })),
        2
    );
    assert_eq!(
        play.count(|event| matches!(event, Event::ClockStarted { .. })),
        1
    );
    let due = play.clocks.due(ObligationId::new(0), IncidentId::new(0));
    assert_eq!(due, Some(ExerciseTime(Span::days(3).0)));
}

#[test]
fn a_child_clock_starts_when_its_parent_is_met_also_late_and_never_otherwise() {
    // Told after so long, and again after so long: how parent and child stand after a month.
    let cases: [(&[Span], [Verdict; 2]); 5] = [
        (&[Span::HOUR, Span::days(2)], [Verdict::Met, Verdict::Met]),
        (&[Span::HOUR, Span::days(4)], [Verdict::Met, Verdict::Late]),
        (
            &[Span::days(2), Span::days(3)],
            [Verdict::Late, Verdict::Met],
        ),
        (&[Span::HOUR], [Verdict::Met, Verdict::Breached]),
        (&[], [Verdict::Breached, Verdict::NotTriggered]),
    ];
    for (told, verdicts) in cases {
        let mut play = Play::new(chain());
        play.aware(0, false);
        play.aware(1, true);
        for after in told {
            play.advance(*after);
            play.notify(None, &[]);
        }
        play.advance(Span::days(30));
        assert_eq!(play.close(), verdicts, "told after {told:?}");
    }
}

#[test]
fn a_notification_does_not_meet_the_clock_that_it_starts() {
    let mut play = Play::new(chain());
    play.aware(0, false);
    play.notify(None, &[]);
    assert!(play.clocks.is_met(ObligationId::new(0), IncidentId::new(0)));
    assert!(
        play.clocks
            .is_open(ObligationId::new(1), IncidentId::new(0))
    );
    let scene = fixture::scene(&play.stage, play.now);
    let due = play.clocks.next_due_within(scene, Span::days(30));
    assert_eq!(due, Some(ExerciseTime(Span::days(3).0)));
    assert_eq!(play.clocks.next_due_within(scene, Span::days(2)), None);
}

#[test]
fn a_stakeholder_told_before_anybody_knew_enough_was_told_in_time() {
    let mut play = Play::new(chain());
    play.notify(None, &[]);
    play.advance(Span::HOUR);
    play.aware(0, false);
    play.advance(Span::HOUR);
    assert_eq!(play.close(), [Verdict::Met, Verdict::Running]);
}

#[test]
fn what_nobody_called_for_is_not_triggered_or_needless() {
    let mut play = Play::new(vec![duty("duty")]);
    assert_eq!(play.close(), [Verdict::NotTriggered]);
    let mut play = Play::new(vec![duty("duty")]);
    play.notify(None, &[]);
    assert_eq!(play.close(), [Verdict::Needless]);
}

#[test]
fn what_truth_called_for_and_nobody_knew_is_not_recognised_once_a_day_and_the_term_passed() {
    let term = Span::days(3) + Span::DAY;
    for (after, verdict) in [
        (term, Verdict::Running),
        (term + Span(1), Verdict::NotRecognised),
    ] {
        let mut play = Play::new(vec![duty("duty")]);
        play.call_for(0);
        play.call_for(0);
        play.advance(after);
        assert_eq!(
            play.count(|event| matches!(event, Event::ObligationCalledFor { .. })),
            1
        );
        assert_eq!(play.close(), [verdict]);
    }
}

#[test]
fn a_notification_without_all_that_has_to_be_said_is_incomplete() {
    let full = [Content::Nature, Content::Scope];
    let with_content = Obligation {
        content: full.to_vec(),
        ..duty("duty")
    };
    for (second, verdict) in [(&full[..1], Verdict::Incomplete), (&full[..], Verdict::Met)] {
        let mut play = Play::new(vec![with_content.clone()]);
        play.aware(0, false);
        play.notify(None, &full[..1]);
        play.notify(None, second);
        assert_eq!(play.close(), [verdict]);
    }
}

#[test]
fn a_clock_with_a_task_waits_for_that_task() {
    let stage_with_task = |task| {
        let mut play = Play::new(vec![]);
        let parts = Parts {
            plan: Plan {
                tasks: vec![
                    fixture::task(
                        "a-brief",
                        crate::exercise::Phase::Response,
                        crate::exercise::Measure::Notify,
                    ),
                    fixture::task(
                        "b-notify",
                        crate::exercise::Phase::Response,
                        crate::exercise::Measure::Notify,
                    ),
                ],
                obligations: vec![Obligation {
                    task: Some(TaskId::new(1)),
                    ..duty("duty")
                }],
                ..fixture::plan()
            },
            ..fixture::parts()
        };
        play.stage = fixture::stage(parts);
        play.clocks.reset(fixture::scene(&play.stage, play.now));
        play.aware(0, false);
        play.notify(task, &[]);
        play.close()
    };
    assert_eq!(stage_with_task(Some(TaskId::new(0))), [Verdict::Running]);
    assert_eq!(stage_with_task(Some(TaskId::new(1))), [Verdict::Met]);
    assert_eq!(
        stage_with_task(None),
        [Verdict::Met],
        "somebody told them without a task"
    );
}

#[test]
fn days_are_counted_where_the_one_to_be_told_is() {
    let mut parts = fixture::parts();
    parts.plan.obligations = vec![Obligation {
        within: Limit::Days(1),
        ..duty("duty")
    }];
    // From 09:00 UTC on a Tuesday it is already 23:00 there: Wednesday ends ten hours ahead of UTC.
    let ahead = Zone {
        name: "east".to_owned(),
        offsets: vec![(ExerciseTime(i64::MIN), 14 * Span::HOUR.0)],
    };
    parts.organisation.stakeholders = vec![Stakeholder {
        zone: Some(ahead),
        ..fixture::stakeholder("authority", AUTHORITY)
    }];
    let mut play = Play::new(vec![]);
    play.stage = fixture::stage(parts);
    play.clocks.reset(fixture::scene(&play.stage, play.now));
    play.aware(0, false);
    let due = play.clocks.due(ObligationId::new(0), IncidentId::new(0));
    assert_eq!(due, Some(ExerciseTime(Span::hours(25).0)));
}

#[test]
fn neither_a_weekend_nor_a_holiday_of_the_recipient_is_a_business_day() {
    let (thursday, of) = (Day::from_civil(2026, 3, 5), ObligationId::new(0));
    for (holidays, days) in [(vec![], 3), (vec![thursday], 6)] {
        let mut parts = fixture::parts();
        parts.plan.obligations = vec![Obligation {
            within: Limit::BusinessDays(3),
            ..duty("duty")
        }];
        parts.organisation.stakeholders = vec![Stakeholder {
            holidays,
            ..fixture::stakeholder("authority", AUTHORITY)
        }];
        let mut play = Play::new(vec![]);
        play.stage = fixture::stage(parts);
        play.clocks.reset(fixture::scene(&play.stage, play.now));
        play.aware(0, false);
        // From nine on a Tuesday until the end of Friday, or of the Monday after.
        let until = Span::days(days) + Span::hours(15);
        let due = play.clocks.due(of, IncidentId::new(0));
        assert_eq!(due, Some(ExerciseTime(until.0)));
    }
}
