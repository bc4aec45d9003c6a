//! What sees the attack, and what is told of it by itself.

use crate::attack::Struck;
use crate::plan::{
    ALERTED, ANALYST, COMMS, COPY, DESK, ENTER, FALSE_ALARMS, HANDLER, HOP, HOUR, LEAD, MINUTE,
    NEWS_DELAY, SEES, SERVERS, STEPS, asset_facts, between, happens,
};
use crate::post::Draft;
use crate::run::{Run, milliseconds, note};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
pub struct Sensor {
    pub send: Output<Draft>,
    run: Run,
    which: usize,
}

#[Model]
impl Sensor {
    pub fn new(which: usize) -> Self {
        Self {
            which,
            ..Self::default()
        }
    }

    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.run.begin(cx.time(), seed, 1 + self.which as u64);
        if self.which == 0 {
            self.plan_false_alarm(cx);
        }
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
    }

    pub fn struck(&mut self, struck: Struck, cx: &Context<Self>) {
        let (kinds, chance, after) = SEES[self.which];
        if kinds & (1 << struck.asset) == 0 || !happens(&mut self.run.rng, chance) {
            return;
        }
        let now = self.run.now(cx.time());
        let wait = if self.which == 1 {
            HOUR - now % HOUR
        } else {
            0
        };
        let span = milliseconds(wait + between(&mut self.run.rng, after));
        let key = cx.schedule_keyed_event(span, schedulable!(Self::sighted), struck);
        self.run.keys.push(key.expect("it lies ahead"));
    }

    #[nexosim(schedulable)]
    async fn sighted(&mut self, struck: Struck) {
        note();
        let asset = if struck.step == COPY {
            0
        } else {
            1 << struck.asset
        };
        let facts = ALERTED | asset_facts(asset);
        self.alert(facts).await;
    }

    fn plan_false_alarm(&mut self, cx: &Context<Self>) {
        let span = milliseconds(between(&mut self.run.rng, FALSE_ALARMS));
        let key = cx.schedule_keyed_event(span, schedulable!(Self::false_alarm), ());
        self.run.keys.push(key.expect("it lies ahead"));
    }

    #[nexosim(schedulable)]
    async fn false_alarm(&mut self, _: (), cx: &Context<Self>) {
        note();
        self.plan_false_alarm(cx);
        self.alert(0).await;
    }

    async fn alert(&mut self, facts: u32) {
        let draft = Draft {
            to: ANALYST,
            facts,
            about: 0,
            again: self.which == 0,
            false_alarm: facts == 0,
        };
        self.send.send(draft).await;
    }
}

/// The injects.
#[derive(Default, Serialize, Deserialize)]
pub struct Story {
    pub send: Output<Draft>,
    run: Run,
    hit: [u16; STEPS],
    /// Whether the caller and the vendor wait for what they tell of.
    held: [bool; 2],
    news: bool,
    contained: bool,
}

const HELD: [(usize, usize); 2] = [(DESK, ENTER), (HANDLER, HOP)];

#[Model]
impl Story {
    pub fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.run.begin(cx.time(), seed, 3);
        (self.hit, self.held) = ([0; STEPS], [false; 2]);
        (self.news, self.contained) = (false, false);
        for (which, at) in [(0, 50 * MINUTE), (1, 5 * HOUR)] {
            let key = cx.schedule_keyed_event(milliseconds(at), schedulable!(Self::due), which);
            self.run.keys.push(key.expect("it lies ahead"));
        }
        let key = cx.schedule_keyed_event(milliseconds(HOUR), schedulable!(Self::plain), ANALYST);
        self.run.keys.push(key.expect("it lies ahead"));
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
    }

    pub async fn struck(&mut self, struck: Struck, cx: &Context<Self>) {
        self.hit[struck.step] |= 1 << struck.asset;
        for (which, (_, step)) in HELD.into_iter().enumerate() {
            if step == struck.step && std::mem::take(&mut self.held[which]) {
                self.tell(which).await;
            }
        }
        if struck.step == SERVERS && !std::mem::replace(&mut self.news, true) {
            let span = milliseconds(between(&mut self.run.rng, NEWS_DELAY));
            let key = cx.schedule_keyed_event(span, schedulable!(Self::news_due), ());
            self.run.keys.push(key.expect("it lies ahead"));
        }
    }

    pub fn declared(&mut self, _: (), cx: &Context<Self>) {
        let span = milliseconds(20 * MINUTE);
        let key = cx.schedule_keyed_event(span, schedulable!(Self::plain), LEAD);
        self.run.keys.push(key.expect("it lies ahead"));
    }

    pub fn contained(&mut self, _: ()) {
        self.contained = true;
    }

    #[nexosim(schedulable)]
    async fn due(&mut self, which: usize) {
        if self.hit[HELD[which].1] == 0 {
            self.held[which] = true;
        } else {
            self.tell(which).await;
        }
    }

    async fn tell(&mut self, which: usize) {
        let (to, step) = HELD[which];
        let facts = ALERTED | asset_facts(self.hit[step]);
        self.deliver(to, facts, true).await;
    }

    #[nexosim(schedulable)]
    async fn plain(&mut self, to: usize) {
        self.deliver(to, 0, false).await;
    }

    #[nexosim(schedulable)]
    async fn news_due(&mut self) {
        if self.contained {
            note();
            return;
        }
        let facts = ALERTED | asset_facts(self.hit[SERVERS]);
        self.deliver(COMMS, facts, false).await;
    }

    async fn deliver(&mut self, to: usize, facts: u32, again: bool) {
        note();
        let draft = Draft {
            to,
            facts,
            about: 0,
            again,
            false_alarm: false,
        };
        self.send.send(draft).await;
    }
}
