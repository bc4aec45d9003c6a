//! Messages on their way: when they are noticed, sent again and withdrawn.

use crate::plan::{DEPUTY, ESCALATES_AFTER, HOLDERS, HORIZON, LEAD, MAIL, PEOPLE, PHONE, shifts};
use crate::run::{Run, milliseconds, note};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::EventKey;
use rand::Rng;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Draft {
    pub to: usize,
    pub facts: u32,
    /// The pieces of work that it is about, as bits.
    pub about: u64,
    pub again: bool,
    pub false_alarm: bool,
}

/// A message that somebody noticed.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Mail {
    pub id: usize,
    pub draft: Draft,
    pub interrupts: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Unnoticed,
    Noticed(usize),
    Gone,
}

#[derive(Serialize, Deserialize)]
struct Letter {
    draft: Draft,
    state: State,
    stage: u8,
    phoned: u16,
    /// What each person's attention has to gather, in medians.
    demands: [f64; PEOPLE],
    keys: Vec<EventKey>,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Post {
    pub deliver: [Output<Mail>; PEOPLE],
    pub drop: [Output<usize>; PEOPLE],
    run: Run,
    letters: Vec<Letter>,
    about_work: Vec<usize>,
    observable: bool,
}

#[Model]
impl Post {
    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.stop(());
        self.run.begin(cx.time(), seed, 4);
        self.letters.clear();
        self.about_work.clear();
        self.observable = false;
    }

    pub fn stop(&mut self, _: ()) {
        for letter in &mut self.letters {
            for key in letter.keys.drain(..) {
                key.cancel();
            }
        }
    }

    pub fn send(&mut self, draft: Draft, cx: &Context<Self>) {
        note();
        let id = self.letters.len();
        self.letters.push(Letter {
            draft,
            state: State::Unnoticed,
            stage: 0,
            phoned: 0,
            demands: [f64::NAN; PEOPLE],
            keys: Vec::new(),
        });
        if draft.about != 0 {
            self.about_work.push(id);
        }
        for person in HOLDERS[draft.to] {
            self.copy_to(id, *person, MAIL, cx);
        }
        if draft.again {
            self.plan_escalation(id, cx);
        }
        if draft.facts != 0 && !std::mem::replace(&mut self.observable, true) {
            note();
        }
    }

    fn copy_to(&mut self, id: usize, person: usize, median: f64, cx: &Context<Self>) {
        let letter = &mut self.letters[id];
        if letter.demands[person].is_nan() {
            let u: f64 = self.run.rng.random();
            letter.demands[person] = -(1.0 - u).log2();
        }
        if median == PHONE {
            letter.phoned |= 1 << person;
        }
        let now = self.run.now(cx.time());
        if let Some(span) = notice_after(now, person, median, letter.demands[person]) {
            let what = (id, person);
            let key =
                cx.schedule_keyed_event(milliseconds(span), schedulable!(Self::noticed), what);
            letter.keys.push(key.expect("it lies ahead"));
        }
    }

    #[nexosim(schedulable)]
    async fn noticed(&mut self, (id, person): (usize, usize)) {
        let letter = &mut self.letters[id];
        if letter.state != State::Unnoticed {
            return;
        }
        note();
        letter.state = State::Noticed(person);
        for key in letter.keys.drain(..) {
            key.cancel();
        }
        let mail = Mail {
            id,
            draft: letter.draft,
            interrupts: letter.phoned & (1 << person) != 0,
        };
        self.deliver[person].send(mail).await;
    }

    fn plan_escalation(&mut self, id: usize, cx: &Context<Self>) {
        let span = milliseconds(ESCALATES_AFTER);
        let key = cx.schedule_keyed_event(span, schedulable!(Self::escalate), id);
        self.letters[id].keys.push(key.expect("it lies ahead"));
    }

    #[nexosim(schedulable)]
    fn escalate(&mut self, id: usize, cx: &Context<Self>) {
        let letter = &mut self.letters[id];
        if letter.state != State::Unnoticed {
            return;
        }
        note();
        letter.stage += 1;
        let to = letter.draft.to;
        let deputy = [DEPUTY[to]];
        let people = match letter.stage {
            1 => HOLDERS[to],
            2 => &deputy,
            3 => HOLDERS[LEAD],
            _ => return,
        };
        for person in people {
            self.copy_to(id, *person, PHONE, cx);
        }
        self.plan_escalation(id, cx);
    }

    /// Takes back what is about none of the pieces that wait.
    pub async fn withdraw(&mut self, waiting: u64) {
        let letters = &self.letters;
        self.about_work
            .retain(|id| letters[*id].state != State::Gone);
        for place in 0..self.about_work.len() {
            let id = self.about_work[place];
            let letter = &mut self.letters[id];
            if letter.draft.about & waiting != 0 {
                continue;
            }
            match std::mem::replace(&mut letter.state, State::Gone) {
                State::Unnoticed => note(),
                State::Noticed(person) => self.drop[person].send(id).await,
                State::Gone => {}
            }
            for key in self.letters[id].keys.drain(..) {
                key.cancel();
            }
        }
    }
}

/// How long until attention that gathers on shift only is enough.
fn notice_after(now: i64, person: usize, median: f64, mut left: f64) -> Option<i64> {
    for (from, until) in shifts(person).filter(|(_, until)| *until > now) {
        let at = now.max(from);
        if at >= HORIZON {
            return None;
        }
        let needed = ((left * median) as i64).max(1);
        if needed <= until - at {
            return Some(at + needed - now);
        }
        left -= (until - at) as f64 / median;
    }
    None
}
