//! One step: everything that happens at one instant, in its order.
//!
//! What is due is taken by rank and slot. When none is left, conditions whose facts changed are
//! looked at on the settled state. When both are quiet, people are assigned. Then human acts stamped
//! with the instant, one after the other, each followed by all of this.

mod acts;
mod assigning;
mod before;
mod considering;
mod decisions;
mod floors;
mod overlooked;
mod preempting;
mod renewed;
mod rescoping;
mod route;
mod shifts;
mod sightings;
mod taking_back;

pub(crate) use self::acts::{possible, waits};
use self::assigning::{assign, work_waits};
use self::considering::consider;
use self::decisions::decision_due;
pub(crate) use self::overlooked::overlooked;
use self::route::settle_events;
use self::shifts::{plan_calendar, presence_changed};
use super::agenda::{Due, Rank};
use super::lane::Lane;
use super::out::Changed;
use super::people::{self};
use super::scene::{Scene, Stage};
use super::story::{self, DueInject, Readings};
use super::verbs::{measures, word};
use super::work::{self, Readiness};
use super::{assets, attack, clocks, invariants, messages, minds, monitoring, timers};
use crate::exercise::{
    Condition, DecisionId, ExerciseTime, Few, IncidentId, InjectId, MessageId, PersonId, Span,
};
use crate::record::{AFTERWARDS, Actor, EndKind, Event, Origin};

/// Entries handled within one instant before a run is given up as one that never settles.
pub(crate) const MAX_PER_INSTANT: u32 = 20_000;

/// Runs a lane up to and including an instant, or to its end.
pub(crate) fn advance(lane: &mut Lane<'_>, stage: &Stage, until: ExerciseTime) {
    if !lane.run.started {
        open(lane, Scene::new(stage, &lane.moment()));
    }
    while lane.run.ended.is_none() {
        let agenda = lane.agenda.next_time();
        let humans = lane.humans.next_time().map(|at| at.max(lane.run.now));
        let Some(next) = agenda.into_iter().chain(humans).min() else {
            break;
        };
        if next > until {
            break;
        }
        lane.run.now = next;
        lane.run.handled = 0;
        lane.out.advance(next);
        lane.minds.age(next);
        lane.humans.begin(next);
        let moved = lane.humans.is_moved_over(next);
        lane.people.let_stand_in(moved);
        let moment = lane.moment();
        let scene = Scene::new(stage, &moment);
        lane.people.turn(scene);
        instant(lane, scene);
        if stage.checked {
            lane.mirror.follow(lane.out.entries());
            debug_assert_eq!(invariants::broken(lane, scene), None);
            debug_assert_eq!(overlooked(lane, scene), None);
        }
        if stalled(lane, scene) {
            finish(lane, scene, (EndKind::Stalled, None));
        }
    }
    afterwards(lane, stage, until);
    lane.run.now = lane.run.now.max(until.min(stage.exercise.parts().limit));
    let moment = lane.moment();
    lane.people.turn(Scene::new(stage, &moment));
}

/// What humans do after ENDEX, up to an instant. It comes at least a millisecond after ENDEX, so that it is told
/// apart from what was due then, and at most [`AFTERWARDS`] after the latest ENDEX.
pub(crate) fn afterwards(lane: &mut Lane<'_>, stage: &Stage, until: ExerciseTime) {
    let Some(ended) = lane.run.ended_at else {
        return;
    };
    let latest = stage.exercise.parts().limit + AFTERWARDS;
    while let Some(next) = lane.humans.next_time() {
        let at = next.max(lane.run.now).max(ended + Span(1)).min(latest);
        if at > until {
            break;
        }
        lane.run.now = at;
        lane.out.advance(at);
        lane.humans.begin(next);
        lane.people.let_stand_in(false);
        let moment = lane.moment();
        acts::afterwards(lane, Scene::new(stage, &moment));
    }
}

/// Schedules what is known from the start.
fn open(lane: &mut Lane<'_>, scene: Scene<'_>) {
    lane.run.started = true;
    attack::open(lane.attack, lane.agenda, scene);
    monitoring::open(lane.monitoring, lane.agenda, scene);
    timers::open(lane.agenda, scene);
    lane.agenda
        .schedule(Rank::Endex, 0, scene.stage.exercise.parts().limit);
}

/// Everything that happens at one instant.
fn instant(lane: &mut Lane<'_>, scene: Scene<'_>) {
    let now = lane.run.now;
    if now == ExerciseTime::STARTEX {
        lane.out.rule(None, Event::ExerciseStarted {});
        if !lane.people.act() {
            before::begin(lane, scene, None);
        }
        settle_events(lane, scene);
    }
    lane.people.state(lane.out, scene);
    let mut stirred = false;
    while lane.run.ended.is_none() {
        let limit = if lane.agenda.overflowed() {
            Some("things of a kind that can be pending")
        } else {
            (lane.run.handled > MAX_PER_INSTANT).then_some("entries per instant")
        };
        if let Some(limit) = limit {
            lane.out.rule(
                None,
                Event::LimitHit {
                    limit: limit.to_owned(),
                },
            );
            finish(lane, scene, (EndKind::LimitBroken, None));
            return;
        }
        if let Some(due) = lane.agenda.take(now) {
            lane.run.handled += 1;
            stirred |= due.rank == Rank::Calendar;
            handle(lane, scene, due);
            settle_events(lane, scene);
        } else if lane.out.has_changed() {
            let changed = lane.out.take_changed();
            stirred |= changed.touches(Changed::PEOPLE.and(Changed::WORK));
            consider(lane, scene, changed);
            settle_events(lane, scene);
        } else if give_out(lane, scene) {
            stirred = true;
            settle_events(lane, scene);
        } else if let Some(action) = acts::next(lane) {
            stirred = true;
            acts::apply(lane, scene, action);
            settle_events(lane, scene);
        } else {
            break;
        }
    }
    if stirred && lane.run.ended.is_none() {
        plan_calendar(lane, scene);
    }
}

/// Gives people something to do: until they act, only to read. Says whether anything came of it.
fn give_out(lane: &mut Lane<'_>, scene: Scene<'_>) -> bool {
    if lane.people.act() {
        assign(lane, scene)
    } else {
        before::read_next(lane, scene)
    }
}

/// Handles one thing that is due: one line for each rank.
fn handle(lane: &mut Lane<'_>, scene: Scene<'_>, due: Due) {
    let slot = due.slot;
    match due.rank {
        Rank::Calendar => presence_changed(lane, scene, PersonId::new(slot)),
        Rank::WorkEnded => work_ended(lane, scene, slot),
        Rank::StepDelay => attack::delay_over(lane.attack, lane.out, scene, slot),
        Rank::StepEffect => {
            attack::effect_due(lane.attack, lane.assets, lane.out, scene, slot);
        }
        Rank::Expiry => assets::expired(lane.assets, lane.out, slot),
        Rank::TheirRestore => {
            assets::restored_by_others(lane.assets, lane.out, scene, slot);
        }
        Rank::Sighting => {
            monitoring::sighting_due(lane.monitoring, lane.assets, lane.out, scene, slot);
        }
        Rank::FalseAlarm => {
            let monitoring = &mut *lane.monitoring;
            let assets = &lane.assets;
            monitoring::false_alarm_due(monitoring, assets, lane.agenda, lane.out, scene, slot);
        }
        Rank::Outage => outage(lane, scene, slot),
        Rank::Delivery if !lane.people.act() => before::noticed(lane, scene, slot),
        Rank::Delivery => {
            messages::delivered(lane.messages, lane.people, lane.agenda, lane.out, slot);
        }
        Rank::RoomShare => {
            room_shares(lane, scene, IncidentId::new(slot));
        }
        Rank::ReadingEnded => reading_ended(lane, scene, PersonId::new(slot)),
        Rank::Escalation => send_again(lane, scene, MessageId(slot as u32)),
        Rank::WorkEscalation => work_waits(lane, scene, slot),
        Rank::PlanDelay => {
            lane.work.delay_over(slot);
            lane.out.mark(Changed::WORK);
        }
        Rank::ObligationLimit => clocks::limit(lane.clocks, lane.out, slot),
        Rank::Decision => decision_due(lane, scene, DecisionId::new(slot)),
        Rank::Inject => inject_due(lane, scene, InjectId::new(slot)),
        Rank::Timer => {
            // What counts time in truth; what the plan counts is looked at whenever time passes.
            lane.watch.doubts.changed(scene.stage, Changed::ALL);
            lane.out.mark(Changed::EACH);
        }
        Rank::Endex => finish(lane, scene, (EndKind::Limit, None)),
    }
}

/// A message that nobody noticed is sent again.
fn send_again(lane: &mut Lane<'_>, scene: Scene<'_>, id: MessageId) {
    let (people, assets) = (&lane.people, &lane.assets);
    let asked_by = match lane.messages.get(id).origin {
        Origin::Approval { instance } => work::asked_by(lane.work, scene, instance),
        _ => Few::new(),
    };
    let what = (id, &asked_by[..]);
    messages::escalate(
        lane.messages,
        people,
        assets,
        lane.agenda,
        lane.out,
        scene,
        what,
    );
}

fn outage(lane: &mut Lane<'_>, scene: Scene<'_>, slot: usize) {
    let Some(asset) = monitoring::outage_due(lane.assets, slot) else {
        return;
    };
    let Some(outage) = lane.assets.outage(asset) else {
        return;
    };
    let ordinal = lane.assets.outages(asset);
    word::outage(lane, scene, asset, ordinal, outage.incident, outage.entry);
}

/// A team that meets on a bridge shares nothing while that is down, nor before its quorum.
fn room_shares(lane: &mut Lane<'_>, scene: Scene<'_>, incident: IncidentId) {
    let team = scene.exercise().organisation().teams.first();
    let bridge = team.and_then(|team| team.bridge);
    let works = bridge.is_none_or(|bridge| messages::channel_works(scene, lane.assets, bridge));
    if works && minds::is_quorate(lane.minds, scene, incident) {
        minds::share(lane.minds, lane.out, scene, incident);
    }
}

fn work_ended(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) {
    let doers = lane.work.piece(index).people.clone();
    if !floors::goes_on(lane, scene, index) {
        end_work(lane, scene, index);
    }
    shifts::done(lane, scene, &doers);
}

fn end_work(lane: &mut Lane<'_>, scene: Scene<'_>, index: usize) {
    let piece = lane.work.piece(index);
    let (instance, role) = (piece.instance, piece.role);
    let task = scene.exercise().task(instance.task);
    let severity = route::severity(lane, scene, instance.incident);
    let view = lane.view(scene);
    let has_target = match piece.target {
        Some(asset) if task.acts_on_assets() && !scene.exercise().is_own(instance.task) => {
            view.is_open_on(task, instance.incident, role.as_slice(), asset)
        }
        Some(_) => true,
        None => {
            let found = |act| view.targets(act, task, instance.incident, role.as_slice());
            let mut acts = task.does.iter();
            task.does.is_empty() || acts.any(|act| found(act).is_none_or(|found| found.any))
        }
    };
    let flaws = measures::can_be_flawed(&task.does);
    let what = (index, severity, has_target, flaws);
    work::end(lane.work, lane.people, lane.agenda, lane.out, scene, what);
}

fn reading_ended(lane: &mut Lane<'_>, scene: Scene<'_>, person: PersonId) {
    if !lane.people.act() {
        before::reading_ended(lane, scene, person);
        return;
    }
    let interrupted = people::reading_ended(lane.people, lane.messages, lane.out, person);
    if let Some(index) = interrupted {
        let (work, people) = (&mut lane.work, &lane.people);
        work::resume_interrupted(work, people, lane.agenda, lane.out, scene, index);
    }
    // The shift, or the longest day, may have ended meanwhile.
    let overtime = lane.people.get(person).overtime;
    let left = interrupted.is_some() && !overtime && !lane.people.on_duty(scene, person);
    if left || shifts::has_to_rest(lane, scene, person) {
        presence_changed(lane, scene, person);
    }
}

fn inject_due(lane: &mut Lane<'_>, scene: Scene<'_>, id: InjectId) {
    lane.out.mark(Changed::TIME);
    lane.watch.doubts.inject(scene.stage, id);
    let view = lane.view(scene);
    let holds = |condition: &Condition, incident| view.truth(condition, incident);
    let readings = Readings::of(scene, id, &holds, view.revealed(id));
    let due = story::due(lane.story, lane.out, id, scene, readings);
    if let DueInject::Deliver(cause) = due {
        let by = (Actor::Rules {}, cause);
        story::deliver(lane.story, lane.agenda, lane.out, scene, id, by);
    }
}

/// An inject is delivered whatever its conditions say.
pub(crate) fn fire(lane: &mut Lane<'_>, scene: Scene<'_>, id: InjectId, cause: Option<u32>) {
    lane.agenda.cancel(Rank::Inject, id.index());
    let by = (Actor::Rules {}, cause);
    story::deliver(lane.story, lane.agenda, lane.out, scene, id, by);
}

/// Whether nothing can happen any more.
fn stalled(lane: &Lane<'_>, scene: Scene<'_>) -> bool {
    let over = lane.run.ended.is_some() || lane.run.held_open;
    if over || !lane.agenda.is_idle() || lane.run.now < ExerciseTime::STARTEX {
        return false;
    }
    let clock = lane.clocks.next_due_within(scene, Span::days(30)).is_some();
    // An act behind the limit never comes to pass.
    let limit = scene.stage.exercise.parts().limit;
    let human = lane.humans.next_time().is_some_and(|at| at <= limit);
    !clock && !human
}

/// ENDEX: everything that is open is closed by an entry of its own.
pub(super) fn finish(lane: &mut Lane<'_>, scene: Scene<'_>, (end, cause): (EndKind, Option<u32>)) {
    acts::reject_the_rest(lane);
    for (_, piece) in lane.work.pieces().filter(|(_, piece)| piece.is_open()) {
        let instance = piece.instance;
        lane.out
            .rule(Some(piece.last_entry), Event::TaskClosed { instance });
    }
    attack::close(lane.attack, lane.out);
    let mut owned = |obligation, _| {
        !scene
            .exercise()
            .roles(scene.exercise().obligation(obligation).by)
            .is_empty()
    };
    clocks::close(lane.clocks, lane.out, scene, &mut owned);
    lane.out.rule(cause, Event::ExerciseEnded { end });
    lane.run.ended = Some(end);
    lane.run.ended_at = Some(lane.run.now);
    lane.out.ignore_echoes();
}
