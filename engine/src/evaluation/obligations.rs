//! How each clock stands.

use super::facts::Facts;
use super::model::{ObligationVerdict, Timed};
use crate::exercise::{
    Content, Exercise, ExerciseTime, IncidentId, Obligation, ObligationId, Phase, Span,
    StakeholderKind,
};
use crate::record::{Entry, Event, Verdict};
use crate::simulation::calendar;
use crate::situation::clocks::Clocks;

/// What a record says of one clock of one incident.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clock<'a> {
    /// Truth called for it.
    pub(super) called_for: Option<&'a Entry>,
    /// A function knew enough.
    pub(super) aware: Option<&'a Entry>,
    /// A player said so.
    pub(super) stated: Option<&'a Entry>,
    /// It ran, until then.
    pub(super) started: Option<(&'a Entry, ExerciseTime)>,
    /// It was met.
    pub(super) met: Option<&'a Entry>,
    /// Its task told somebody else.
    pub(super) misdirected: Option<&'a Entry>,
    /// The rest of what had to be said was said.
    pub(super) completed: Option<&'a Entry>,
    /// It was decided that it is not required, and whether that is sound.
    pub(super) not_required: Option<(&'a Entry, bool)>,
    /// It was due and not met.
    pub(super) breached: Option<&'a Entry>,
    /// How it stood at ENDEX.
    pub(super) closed: Option<(&'a Entry, Verdict)>,
}

/// Reads one clock.
pub(super) fn clock<'a>(
    facts: &Facts<'a>,
    obligation: ObligationId,
    incident: IncidentId,
) -> Clock<'a> {
    let mut clock = Clock::default();
    for entry in facts.duties.iter().copied() {
        if Clocks::about(&entry.event) == Some((obligation, incident)) {
            clock.add(entry);
        }
    }
    clock
}

impl<'a> Clock<'a> {
    fn add(&mut self, entry: &'a Entry) {
        let first = match entry.event {
            Event::ObligationCalledFor { .. } => &mut self.called_for,
            Event::ObligationAware { stated: true, .. } => &mut self.stated,
            Event::ObligationAware { .. } => &mut self.aware,
            Event::ObligationMet { .. } => &mut self.met,
            Event::ObligationMisdirected { .. } => &mut self.misdirected,
            Event::ObligationCompleted { .. } => &mut self.completed,
            Event::ObligationBreached { .. } => &mut self.breached,
            Event::ClockStarted { due, .. } => {
                self.started.get_or_insert((entry, due));
                return;
            }
            Event::ObligationNotRequired { sound, .. } => {
                self.not_required.get_or_insert((entry, sound));
                return;
            }
            Event::ObligationRequiredAfterAll { .. } => {
                if let Some((_, sound)) = &mut self.not_required {
                    *sound = false;
                }
                return;
            }
            Event::ObligationClosed { verdict, .. } => {
                self.closed = Some((entry, verdict));
                return;
            }
            _ => return,
        };
        first.get_or_insert(entry);
    }
}

impl Clock<'_> {
    /// How it stands: as it was closed, else by what happened.
    fn verdict(&self, facts: &Facts<'_>) -> Verdict {
        if let Some((_, verdict)) = self.closed {
            return verdict;
        }
        let due = self.started.map(|(_, due)| due);
        if self.was_not_required(due) {
            return Verdict::NotRequired;
        }
        match (self.met, self.breached, due) {
            (Some(_), Some(_), _) => Verdict::Late,
            (Some(met), None, Some(due)) if met.at > due => Verdict::Late,
            (Some(_), None, Some(_)) => Verdict::Met,
            (Some(_), None, None) if self.called_for.is_some() => Verdict::Met,
            (Some(_), None, None) => Verdict::Needless,
            (None, Some(_), _) if self.misdirected.is_some() => Verdict::WrongRecipient,
            (None, Some(_), _) => Verdict::Breached,
            (None, None, Some(due)) if facts.ended.is_some() && facts.ended_at > due => {
                Verdict::Breached
            }
            (None, None, Some(_)) => Verdict::Running,
            (None, None, None) => Verdict::NotTriggered,
        }
    }

    /// Whether it was soundly decided in time that it is not required, and somebody called for it.
    fn was_not_required(&self, due: Option<ExerciseTime>) -> bool {
        let called = [self.called_for, self.aware, self.stated];
        let decided = self.not_required.filter(|(_, sound)| *sound);
        let in_time = decided.is_some_and(|(entry, _)| due.is_none_or(|due| entry.at <= due));
        self.met.is_none() && in_time && called.into_iter().flatten().next().is_some()
    }

    fn evidence(&self) -> Vec<u32> {
        let all = [
            self.called_for,
            self.aware,
            self.stated,
            self.started.map(|(entry, _)| entry),
            self.misdirected,
            self.not_required.map(|(entry, _)| entry),
            self.breached,
            self.met,
            self.completed,
            self.closed.map(|(entry, _)| entry),
        ];
        let mut numbers: Vec<u32> = all.into_iter().flatten().map(|e| e.number).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Every clock of every incident.
pub(super) fn verdicts(facts: &Facts<'_>) -> Vec<ObligationVerdict> {
    let incidents = (0..facts.courses.len()).map(IncidentId::new);
    let obligations = facts.exercise.plan().obligations.len();
    incidents
        .flat_map(|incident| {
            (0..obligations).map(move |obligation| (ObligationId::new(obligation), incident))
        })
        .map(|(obligation, incident)| verdict(facts, obligation, incident))
        .collect()
}

fn verdict(facts: &Facts<'_>, obligation: ObligationId, incident: IncidentId) -> ObligationVerdict {
    let clock = clock(facts, obligation, incident);
    let first_aware = [clock.aware, clock.stated].into_iter().flatten();
    let verdict = match clock.verdict(facts) {
        Verdict::Met if is_incomplete(facts, obligation, &clock) => {
            let phased = facts.exercise.obligation(obligation).rest_within.is_some();
            if phased {
                Verdict::Phased
            } else {
                Verdict::Incomplete
            }
        }
        other => other,
    };
    ObligationVerdict {
        obligation,
        incident,
        aware: first_aware.min_by_key(|e| e.number).map(Timed::of),
        stated: clock.stated.map(Timed::of),
        due: clock.started.map(|(_, due)| due),
        own_due: own_due(facts, obligation, &clock),
        met: clock.met.map(Timed::of),
        verdict,
        evidence: clock.evidence(),
    }
}

/// When a clock of law that ran was due by the limit that the plan sets itself.
fn own_due(facts: &Facts<'_>, obligation: ObligationId, clock: &Clock<'_>) -> Option<ExerciseTime> {
    let duty = facts.exercise.obligation(obligation);
    let (started, within) = (clock.started?.0, duty.own_limit()?);
    let stakeholders = &facts.exercise.organisation().stakeholders;
    let recipient = stakeholders.iter().find(|one| one.kind == duty.to);
    Some(calendar::due(facts.exercise, recipient, started.at, within))
}

/// Whether what was said by the time the clock was met leaves out what had to be said.
fn is_incomplete(facts: &Facts<'_>, obligation: ObligationId, clock: &Clock<'_>) -> bool {
    let duty = facts.exercise.obligation(obligation);
    let Some(met) = clock.met.filter(|_| clock.closed.is_none()) else {
        return false;
    };
    let said = said(facts, duty.to, met.number);
    said.is_some_and(|said| duty.content.iter().any(|content| !said.contains(content)))
}

/// What a stakeholder had been told by an entry; none where nothing was.
fn said(facts: &Facts<'_>, to: StakeholderKind, number: u32) -> Option<Vec<Content>> {
    let told = facts.entries.iter().filter(|entry| entry.number <= number);
    let contents = told.filter_map(|entry| match &entry.event {
        Event::StakeholderNotified {
            stakeholder,
            content,
            ..
        } if *stakeholder == to => Some(content.as_slice()),
        _ => None,
    });
    contents.map(<[Content]>::to_vec).reduce(|mut all, more| {
        all.extend(more);
        all
    })
}

/// Whether a clock was not kept as a law demands: late, breached, told to somebody else, or not
/// recognised at all.
pub(super) const fn is_broken(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Late | Verdict::Breached | Verdict::WrongRecipient | Verdict::NotRecognised
    )
}

/// Whether truth called for a clock, or somebody was aware of it, so that it is judged.
pub(super) const fn is_judged(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::NotTriggered | Verdict::Needless)
}

/// Whether a clock was kept, as far as it had run. One that the plan does not speak of is kept when it is met:
/// while it runs, nobody sees to it.
pub(super) fn is_sound(duty: &Obligation, verdict: Verdict) -> bool {
    (duty.is_in_plan() || verdict != Verdict::Running)
        && matches!(
            verdict,
            Verdict::Met
                | Verdict::Phased
                | Verdict::NotRequired
                | Verdict::Running
                | Verdict::HandedOn
        )
}

/// The phase in which a clock is judged: a duty of law in Response, wherever the plan has its task; one of the
/// plan with its task.
pub(super) fn phase_of(exercise: &Exercise, duty: &Obligation) -> Phase {
    let own = duty.task.filter(|_| !duty.is_of_law());
    own.map_or(Phase::Response, |task| exercise.task(task).phase)
}

/// By how much a clock was overrun, at least a millisecond where it was.
pub(super) fn overrun(facts: &Facts<'_>, verdict: &ObligationVerdict) -> Span {
    let until = verdict.met.map_or(facts.ended_at, |met| met.at);
    verdict
        .due
        .map_or(Span::SHORTEST, |due| (until - due).max(Span::SHORTEST))
}
