//! The plan: what is ready, who takes it, what finished work does, and how far the response is.

mod deeds;
mod known;

use crate::attack::{Outlook, Taken};
use crate::person::{Job, Over, Read};
use crate::plan::{
    ALERTED, ASSETS, BRIEF, BRIEF_DELAY, DEPUTY, ENDS, ESCALATES_AFTER, HELD, HOLDERS, LEAD,
    PEOPLE, ROLES, TASK, TASKS, between, bits, on_duty, practice,
};
use crate::post::Draft;
use crate::run::{Run, milliseconds, note};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::EventKey;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is kept of a run: when each task was first claimed done and each phase complete, and how many
/// assets fell.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Row {
    pub ends: [i64; TASKS],
    pub phases: [i64; 4],
    pub fallen: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Waiting,
    Running,
    Done(bool),
    Failed,
}

#[derive(Serialize, Deserialize)]
struct Piece {
    job: Job,
    ordinal: u16,
    state: State,
    told: bool,
    escalated: u8,
    waits: u8,
    ready_at: i64,
    before: u16,
    person: Option<usize>,
    role: usize,
    ended: u32,
    waiting: Option<EventKey>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Delay {
    #[default]
    NotYet,
    Running,
    Over,
}

/// What the response has reached.
#[derive(Default, Serialize, Deserialize)]
struct Standing {
    started: [bool; 4],
    reached: [bool; 4],
    contained: bool,
    seen: bool,
    reported: bool,
    declared: bool,
    scope: bool,
    cause: bool,
    evicted: bool,
    hardened: bool,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Response {
    pub send: Output<Draft>,
    pub withdraw: Output<u64>,
    pub assign: [Output<Job>; PEOPLE],
    pub release: [Output<()>; PEOPLE],
    pub taken: Output<Taken>,
    pub declared: Output<()>,
    pub contained: Output<()>,
    pub stop_all: Output<()>,
    pub row: Output<Row>,
    run: Run,
    over: bool,
    dispatching: bool,
    entry: u32,
    there: u16,
    busy: u16,
    known: [u32; ROLES],
    learned: [[u32; ASSETS]; ROLES],
    board: u8,
    pieces: Vec<Piece>,
    of_task: [Vec<usize>; TASKS],
    again: [bool; TASKS],
    brief: Delay,
    claims: [[u32; ASSETS]; 3],
    outlook: Outlook,
    standing: Standing,
    ends: [i64; TASKS],
    phases: [i64; 4],
}

#[Model]
impl Response {
    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.stop(());
        self.run.begin(cx.time(), seed, 6);
        (self.over, self.dispatching, self.entry) = (false, false, 0);
        (self.there, self.busy, self.board) = (on_duty(0), 0, 0);
        (self.known, self.learned) = ([0; ROLES], [[0; ASSETS]; ROLES]);
        self.pieces.clear();
        self.of_task.iter_mut().for_each(Vec::clear);
        (self.again, self.brief, self.claims) = ([false; TASKS], Delay::NotYet, [[0; ASSETS]; 3]);
        (self.outlook, self.standing) = (Outlook::default(), Standing::default());
        (self.ends, self.phases) = ([-1; TASKS], [-1; 4]);
        let span = milliseconds(ENDS);
        let key = cx.schedule_keyed_event(span, schedulable!(Self::time_is_up), ());
        self.run.keys.push(key.expect("it lies ahead"));
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
        for piece in &mut self.pieces {
            piece.waiting.take().into_iter().for_each(EventKey::cancel);
        }
    }

    #[nexosim(schedulable)]
    async fn time_is_up(&mut self, _: ()) {
        self.end().await;
    }

    async fn end(&mut self) {
        note();
        self.over = true;
        let row = Row {
            ends: self.ends,
            phases: self.phases,
            fallen: self.outlook.hit_all.count_ones(),
        };
        self.row.send(row).await;
        self.stop_all.send(()).await;
    }

    /// Looks at everything once the instant has settled.
    fn stir(&mut self, cx: &Context<Self>) {
        if !self.over && !std::mem::replace(&mut self.dispatching, true) {
            let soon = Duration::from_nanos(1);
            let key = cx.schedule_keyed_event(soon, schedulable!(Self::dispatch), ());
            drop(key.expect("it lies ahead"));
        }
    }

    pub fn turned(&mut self, there: u16, cx: &Context<Self>) {
        self.there = there;
        self.stir(cx);
    }

    pub fn outlook(&mut self, outlook: Outlook, cx: &Context<Self>) {
        self.outlook = outlook;
        self.stir(cx);
    }

    pub fn opened(&mut self, person: usize) {
        self.busy |= 1 << person;
    }

    pub fn read(&mut self, read: Read, cx: &Context<Self>) {
        let Read { person, mail } = read;
        let works = |piece: &Piece| piece.state == State::Running && piece.person == Some(person);
        if !self.pieces.iter().any(works) {
            self.busy &= !(1 << person);
        }
        let draft = mail.draft;
        self.tell(person, Some(draft.to), draft.facts);
        if draft.facts != 0 && !std::mem::replace(&mut self.standing.seen, true) {
            note();
        }
        for piece in bits(draft.about) {
            let piece = &mut self.pieces[piece];
            piece.told |= piece.state == State::Waiting;
        }
        self.stir(cx);
    }

    pub fn laid_aside(&mut self, over: Over, cx: &Context<Self>) {
        let piece = &mut self.pieces[over.job.piece];
        piece.job = over.job;
        piece.job.resumed = true;
        (piece.state, piece.told, piece.escalated, piece.waits) = (State::Waiting, true, 0, 0);
        self.busy &= !(1 << over.person);
        self.plan_wait(over.job.piece, ESCALATES_AFTER, cx);
        self.stir(cx);
    }

    pub async fn attempt_over(&mut self, over: Over, cx: &Context<Self>) {
        let index = over.job.piece;
        let task = &TASK[over.job.task];
        self.entry += 1;
        let measure = task.does.on_assets();
        let aimless = measure.is_some_and(|measure| self.targets(measure) == 0);
        let errs = over.roll < over.noticed && !aimless;
        if errs && over.job.attempt < 3 {
            self.assign[over.person].send(over.job).await;
            return;
        }
        let flawed = task.does.can_be_flawed() && over.roll < over.noticed + over.unnoticed;
        let state = if errs || aimless {
            State::Failed
        } else {
            State::Done(!flawed)
        };
        let piece = &mut self.pieces[index];
        (piece.state, piece.ended) = (state, self.entry);
        self.busy &= !(1 << over.person);
        if let State::Done(sound) = state {
            if self.pieces[index].ordinal == 1 {
                self.ends[over.job.task] = self.run.now(cx.time());
            }
            self.board |= 1 << self.pieces[index].role;
            self.take(index, over.person, sound).await;
            self.inform(index).await;
            self.withdraw.send(self.waiting()).await;
        }
        self.release[over.person].send(()).await;
        self.stir(cx);
    }

    #[nexosim(schedulable)]
    async fn dispatch(&mut self, _: (), cx: &Context<Self>) {
        self.dispatching = false;
        if self.over {
            return;
        }
        self.consider_work(cx).await;
        while let Some((index, person, role)) = self.next_assignment() {
            let piece = &mut self.pieces[index];
            piece.waiting.take().into_iter().for_each(EventKey::cancel);
            piece.state = State::Running;
            (piece.person, piece.role) = (Some(person), role);
            let job = piece.job;
            self.busy |= 1 << person;
            if !job.resumed {
                self.phase_started(TASK[job.task].does);
                self.withdraw.send(self.waiting()).await;
            }
            self.assign[person].send(job).await;
        }
        self.consider_phases(cx).await;
    }

    fn waiting(&self) -> u64 {
        let waiting = self.pieces.iter().enumerate();
        let waiting = waiting.filter(|(_, piece)| piece.state == State::Waiting);
        waiting.fold(0, |all, (index, _)| all | 1 << index)
    }

    // What is ready.

    fn last_done(&self, task: usize) -> Option<&Piece> {
        let pieces = self.of_task[task].iter().rev();
        let mut pieces = pieces.map(|index| &self.pieces[*index]);
        pieces.find(|piece| matches!(piece.state, State::Done(_)))
    }

    fn is_due(&self, task: usize) -> bool {
        let plan = &TASK[task];
        let last = self.of_task[task].last().map(|index| &self.pieces[*index]);
        let open = last.is_some_and(|p| matches!(p.state, State::Waiting | State::Running));
        let done_with = last.is_some() && !self.again[task];
        let measure = plan.does.on_assets();
        let done = |before: &usize| self.last_done(*before).is_some();
        let any = plan.after_any.is_empty() || plan.after_any.iter().any(done);
        let rooted = plan.after.is_empty() && plan.after_any.is_empty();
        if open
            || (done_with && measure.is_none())
            || !plan.after.iter().all(done)
            || !any
            || (rooted && self.known[plan.by] & ALERTED == 0)
        {
            return false;
        }
        let Some(measure) = measure else {
            return true;
        };
        let targets = self.targets(measure);
        let newest = bits(targets).map(|asset| self.newest(asset)).max();
        targets != 0 && (!done_with || newest > last.map(|piece| piece.ended))
    }

    /// Whether what is to be done again waits for something before it that is, too.
    fn comes_after_repeated(&self, task: usize) -> bool {
        if !self.again[task] || !TASK[task].mends() {
            return false;
        }
        let mut before = TASK[task].after.to_vec();
        let mut place = 0;
        while let Some(other) = before.get(place).copied() {
            let last = self.of_task[other].last().map(|index| &self.pieces[*index]);
            let open = last.is_some_and(|p| matches!(p.state, State::Waiting | State::Running));
            let under_way = self.of_task[other].len() > 1 && open;
            let repeated = under_way || (self.again[other] && self.is_due(other));
            if repeated && TASK[other].mends() {
                return true;
            }
            before.extend(TASK[other].after);
            place += 1;
        }
        false
    }

    async fn consider_work(&mut self, cx: &Context<Self>) {
        let due = (0..TASKS).filter(|task| self.is_due(*task) && !self.comes_after_repeated(*task));
        let due: Vec<usize> = due.collect();
        let mut letters: Vec<(usize, usize, u64)> = Vec::new();
        for task in due {
            if task == BRIEF && !self.brief_delay_is_over(cx) {
                continue;
            }
            let index = self.make_ready(task, cx);
            let before = TASK[task].after.iter().chain(TASK[task].after_any);
            let last = before.filter_map(|before| self.last_done(*before));
            let from = last.max_by_key(|piece| piece.ended).map(|piece| piece.role);
            let to = TASK[task].by;
            let Some(from) = from.filter(|from| *from != to) else {
                self.pieces[index].told = true;
                continue;
            };
            match letters.iter_mut().find(|(f, t, _)| (*f, *t) == (from, to)) {
                Some((_, _, about)) => *about |= 1 << index,
                None => letters.push((from, to, 1 << index)),
            }
        }
        for (from, to, about) in letters {
            let draft = Draft {
                to,
                facts: self.known[from],
                about,
                again: true,
                false_alarm: false,
            };
            self.send.send(draft).await;
        }
    }

    fn brief_delay_is_over(&mut self, cx: &Context<Self>) -> bool {
        if self.brief == Delay::NotYet {
            self.brief = Delay::Running;
            let span = milliseconds(between(&mut self.run.rng, BRIEF_DELAY));
            let key = cx.schedule_keyed_event(span, schedulable!(Self::delay_over), ());
            self.run.keys.push(key.expect("it lies ahead"));
        }
        self.brief == Delay::Over
    }

    #[nexosim(schedulable)]
    fn delay_over(&mut self, _: (), cx: &Context<Self>) {
        self.brief = Delay::Over;
        self.stir(cx);
    }

    fn make_ready(&mut self, task: usize, cx: &Context<Self>) -> usize {
        note();
        let before = TASK[task].after.iter().chain(TASK[task].after_any);
        let last = before.filter_map(|before| self.of_task[*before].last());
        let doers = last.filter_map(|index| self.pieces[*index].person);
        let before = doers.fold(0, |all, person| all | 1 << person);
        let index = self.pieces.len();
        self.again[task] = false;
        if task == BRIEF {
            self.brief = Delay::NotYet;
        }
        self.of_task[task].push(index);
        self.pieces.push(Piece {
            job: Job {
                piece: index,
                task,
                attempt: 0,
                resumed: false,
                done: 0,
                left: 0,
            },
            ordinal: self.of_task[task].len() as u16,
            state: State::Waiting,
            told: false,
            escalated: 0,
            waits: 0,
            ready_at: self.run.now(cx.time()),
            before,
            person: None,
            role: 0,
            ended: 0,
            waiting: None,
        });
        self.plan_wait(index, ESCALATES_AFTER, cx);
        index
    }

    fn plan_wait(&mut self, index: usize, span: i64, cx: &Context<Self>) {
        let span = milliseconds(span);
        let key = cx.schedule_keyed_event(span, schedulable!(Self::waited), index);
        self.pieces[index].waiting = key.ok();
    }

    /// Work that waits goes to deputies, and then to the lead.
    #[nexosim(schedulable)]
    fn waited(&mut self, index: usize, cx: &Context<Self>) {
        let piece = &self.pieces[index];
        if piece.state != State::Waiting || piece.escalated >= 2 {
            return;
        }
        let by = TASK[piece.job.task].by;
        let waits = piece.waits;
        let mut takers = takers(piece);
        let can_start = takers.any(|role| self.candidates(role, piece).next().is_some());
        let mut all = HOLDERS[by].iter().chain([&DEPUTY[by]]);
        let can_come = can_start || all.any(|person| self.there & (1 << person) != 0);
        let piece = &mut self.pieces[index];
        piece.waits = (waits + 1).min(8);
        if !can_come {
            piece.escalated = 2;
        } else if piece.escalated == 0 || !can_start {
            piece.escalated += 1;
        }
        self.plan_wait(index, ESCALATES_AFTER << waits, cx);
        self.stir(cx);
    }

    // Who takes it.

    fn candidates(&self, role: usize, piece: &Piece) -> impl Iterator<Item = usize> {
        let there = |person: &usize| self.there & (1 << person) != 0;
        let holders = HOLDERS[role].iter().copied().filter(there);
        let stand_in = piece.escalated >= 1 || holders.clone().next().is_none();
        let deputy = Some(DEPUTY[role]).filter(|person| stand_in && there(person));
        holders.chain(deputy)
    }

    fn taker(&self, piece: &Piece) -> Option<(usize, usize)> {
        let phase = TASK[piece.job.task].phase;
        takers(piece).find_map(|role| {
            let able = self.candidates(role, piece).filter(|person| {
                let knows = piece.told || piece.before & (1 << person) != 0;
                knows && self.busy & (1 << person) == 0
            });
            let best = able.min_by_key(|person| {
                let new_to_it = piece.before & (1 << person) == 0;
                let practice = std::cmp::Reverse(practice(*person, phase));
                (new_to_it, HELD[*person].len(), practice, *person)
            });
            best.map(|person| (person, role))
        })
    }

    fn next_assignment(&self) -> Option<(usize, usize, usize)> {
        let waiting = self.pieces.iter().enumerate();
        let waiting = waiting.filter(|(_, piece)| piece.state == State::Waiting);
        let able = waiting.filter_map(|(index, piece)| {
            let taker = self.taker(piece)?;
            let task = piece.job.task;
            let order = (TASK[task].urgency(), piece.ready_at, task, piece.ordinal);
            Some((order, (index, taker.0, taker.1)))
        });
        able.min().map(|(_, assignment)| assignment)
    }
}

/// The roles that may take a piece: its own, and the lead's where it waited for long.
fn takers(piece: &Piece) -> impl Iterator<Item = usize> + use<> {
    let own = TASK[piece.job.task].by;
    let helps = (piece.escalated >= 2 && own != LEAD).then_some(LEAD);
    std::iter::once(own).chain(helps)
}
