//! A person: an inbox, and one thing at a time.

use crate::plan::{
    DAY, FALSE_ALARM_HANDLING, FINISH_WITHIN, HANDLING, HOUR, MINUTE, TASK, between, on_duty,
    practice, shifts, triangle,
};
use crate::post::Mail;
use crate::run::{Run, milliseconds, note};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::EventKey;
use rand::Rng;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Job {
    pub piece: usize,
    pub task: usize,
    pub attempt: u16,
    /// Whether it was laid aside, so that it has to be taken over.
    pub resumed: bool,
    pub done: i64,
    pub left: i64,
}

/// How an attempt ended: what was drawn, against the chances of errors that are noticed and not.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Over {
    pub person: usize,
    pub job: Job,
    pub roll: u64,
    pub noticed: u64,
    pub unnoticed: u64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Read {
    pub person: usize,
    pub mail: Mail,
}

#[derive(Serialize, Deserialize)]
struct Stretch {
    from: i64,
    until: i64,
    handover: bool,
    pace: f64,
    key: EventKey,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Person {
    pub opened: Output<usize>,
    pub read: Output<Read>,
    pub over: Output<Over>,
    pub laid_aside: Output<Over>,
    run: Run,
    id: usize,
    on_duty: bool,
    overtime: bool,
    inbox: Vec<Mail>,
    reading: Option<Mail>,
    job: Option<Job>,
    stretch: Option<Stretch>,
}

#[Model]
impl Person {
    pub fn new(id: usize) -> Self {
        Self {
            id,
            ..Self::default()
        }
    }

    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.stop(());
        self.run.begin(cx.time(), seed, 8 + self.id as u64);
        self.on_duty = on_duty(0) & (1 << self.id) != 0;
        self.overtime = false;
        self.inbox.clear();
        (self.reading, self.job) = (None, None);
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
        if let Some(stretch) = self.stretch.take() {
            stretch.key.cancel();
        }
    }

    pub async fn turned(&mut self, there: u16, cx: &Context<Self>) {
        let there = there & (1 << self.id) != 0;
        if there == self.on_duty {
            return;
        }
        self.on_duty = there;
        if there {
            self.read_next(cx).await;
        } else if self.reading.is_none() {
            self.leave(cx).await;
        }
    }

    /// At the end of a shift, what takes longer than half an hour is laid aside.
    async fn leave(&mut self, cx: &Context<Self>) {
        let Some(stretch) = &self.stretch else {
            return;
        };
        if stretch.until - self.run.now(cx.time()) <= FINISH_WITHIN {
            self.overtime = true;
            return;
        }
        self.settle(cx);
        let mut job = self.job.take().expect("a stretch is of a job");
        job.done = job.done.max(1);
        note();
        let over = Over {
            person: self.id,
            job,
            roll: 0,
            noticed: 0,
            unnoticed: 0,
        };
        self.overtime = false;
        self.laid_aside.send(over).await;
        self.read_next(cx).await;
    }

    pub async fn notice(&mut self, mail: Mail, cx: &Context<Self>) {
        self.inbox.push(mail);
        if self.reading.is_none() && self.job.is_some() && mail.interrupts {
            self.settle(cx);
            note();
            self.inbox.pop();
            self.open(mail, cx).await;
        } else {
            self.read_next(cx).await;
        }
    }

    pub fn drop(&mut self, id: usize) {
        let before = self.inbox.len();
        self.inbox.retain(|mail| mail.id != id);
        if self.inbox.len() < before {
            note();
        }
    }

    async fn read_next(&mut self, cx: &Context<Self>) {
        if !self.on_duty || self.reading.is_some() || self.job.is_some() {
            return;
        }
        let first = (0..self.inbox.len()).min_by_key(|place| self.inbox[*place].id);
        if let Some(place) = first {
            let mail = self.inbox.remove(place);
            self.open(mail, cx).await;
        }
    }

    async fn open(&mut self, mail: Mail, cx: &Context<Self>) {
        note();
        self.reading = Some(mail);
        let span = if mail.draft.false_alarm {
            between(&mut self.run.rng, FALSE_ALARM_HANDLING)
        } else {
            HANDLING
        };
        let key = cx.schedule_keyed_event(milliseconds(span), schedulable!(Self::handled), ());
        self.run.stop();
        self.run.keys.push(key.expect("it lies ahead"));
        self.opened.send(self.id).await;
    }

    #[nexosim(schedulable)]
    async fn handled(&mut self, _: (), cx: &Context<Self>) {
        let Some(mail) = self.reading.take() else {
            return;
        };
        note();
        let person = self.id;
        self.read.send(Read { person, mail }).await;
        if self.job.is_some() {
            note();
            self.go_on(cx);
            if !self.overtime && !self.on_duty {
                self.leave(cx).await;
            }
        }
        self.read_next(cx).await;
    }

    /// Work that this person takes, or goes on with.
    pub fn assign(&mut self, mut job: Job, cx: &Context<Self>) {
        note();
        self.overtime = false;
        if std::mem::take(&mut job.resumed) {
            self.job = Some(job);
            let span = (job.done / 10).clamp(5 * MINUTE, 30 * MINUTE);
            self.stretch_over(span, true, 1.0, cx);
            return;
        }
        job.attempt += 1;
        let takes = triangle(&mut self.run.rng, TASK[job.task].takes);
        job.left = if job.attempt > 1 { takes / 2 } else { takes };
        self.job = Some(job);
        self.go_on(cx);
    }

    fn go_on(&mut self, cx: &Context<Self>) {
        let job = self.job.as_ref().expect("there is a job to go on with");
        let practised = practice(self.id, TASK[job.task].phase);
        let pace = [1.3, 1.0, 0.85][practised] * self.fatigue(cx);
        let span = (job.left as f64 * pace).round() as i64;
        self.stretch_over(span, false, pace, cx);
    }

    fn stretch_over(&mut self, span: i64, handover: bool, pace: f64, cx: &Context<Self>) {
        let span = span.max(1);
        let from = self.run.now(cx.time());
        let key = cx.schedule_keyed_event(milliseconds(span), schedulable!(Self::ended), ());
        self.stretch = Some(Stretch {
            from,
            until: from + span,
            handover,
            pace,
            key: key.expect("it lies ahead"),
        });
    }

    /// Counts what was done so far.
    fn settle(&mut self, cx: &Context<Self>) {
        let now = self.run.now(cx.time());
        let (Some(stretch), Some(job)) = (self.stretch.take(), &mut self.job) else {
            return;
        };
        stretch.key.cancel();
        if !stretch.handover {
            let done = ((now - stretch.from) as f64 / stretch.pace) as i64;
            let done = done.min(job.left - 1).max(0);
            job.done += done;
            job.left -= done;
        }
    }

    #[nexosim(schedulable)]
    async fn ended(&mut self, _: (), cx: &Context<Self>) {
        let Some(stretch) = self.stretch.take() else {
            return;
        };
        note();
        if stretch.handover {
            self.go_on(cx);
            return;
        }
        let job = self.job.expect("a stretch is of a job");
        let task = &TASK[job.task];
        let nominal = match task.phase {
            crate::plan::Phase::Identification | crate::plan::Phase::Assessment => 100.0,
            _ => 10.0,
        };
        let likelier = [3.0, 1.0, 0.5][practice(self.id, task.phase)];
        let chance = (nominal * task.hard * likelier * self.fatigue(cx)).min(5_000.0) as u64;
        let over = Over {
            person: self.id,
            job,
            roll: self.run.rng.random_range(0..10_000),
            noticed: chance - chance / 3,
            unnoticed: chance / 3,
        };
        self.over.send(over).await;
    }

    /// The work is over, and something else may begin.
    pub async fn release(&mut self, _: (), cx: &Context<Self>) {
        self.job = None;
        self.overtime = false;
        self.read_next(cx).await;
    }

    fn fatigue(&self, cx: &Context<Self>) -> f64 {
        let now = self.run.now(cx.time());
        let up = shifts(self.id).filter(|(from, _)| *from <= now).last();
        let up = up.map_or(DAY, |(from, _)| now - from + HOUR);
        match up {
            up if up <= 10 * HOUR || up > 16 * HOUR => 1.0,
            up if up <= 14 * HOUR => 1.15,
            _ => 1.35,
        }
    }
}

/// Says whose shift begins and ends.
#[derive(Default, Serialize, Deserialize)]
pub struct Roster {
    pub turned: Output<u16>,
    run: Run,
}

#[Model]
impl Roster {
    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.run.begin(cx.time(), seed, 5);
        self.plan(cx);
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
    }

    fn plan(&mut self, cx: &Context<Self>) {
        let now = self.run.now(cx.time());
        let turns = (0..crate::plan::PEOPLE).flat_map(shifts);
        let turns = turns.flat_map(|(from, until)| [from, until]);
        if let Some(at) = turns.filter(|at| *at > now).min() {
            self.run.stop();
            let span = milliseconds(at - now);
            let key = cx.schedule_keyed_event(span, schedulable!(Self::turn), ());
            self.run.keys.push(key.expect("it lies ahead"));
        }
    }

    #[nexosim(schedulable)]
    async fn turn(&mut self, _: (), cx: &Context<Self>) {
        let now = self.run.now(cx.time());
        self.turned.send(on_duty(now)).await;
        self.plan(cx);
    }
}
