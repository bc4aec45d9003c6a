//! The attacker and the assets.

use crate::plan::{
    ASSETS, COPY, Does, ENTER, SERVERS, SERVERS_DELAY, STEP, STEPS, between, bits, happens,
};
use crate::run::{Run, milliseconds, note};
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use rand::seq::index::sample;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Struck {
    pub step: usize,
    pub asset: usize,
}

/// What the response comes to know of the truth when it asks whether it is done.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct Outlook {
    pub hit: u16,
    pub hit_all: u16,
    pub clean: bool,
    pub contained: bool,
    pub harmless: bool,
}

/// A measure that was taken on assets.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Taken {
    pub evicts: bool,
    pub on: u16,
}

impl Taken {
    pub fn of(does: Does, on: u16) -> Option<Self> {
        let evicts = does == Does::Evict;
        (evicts || does == Does::Block).then_some(Self { evicts, on })
    }
}

#[derive(Default, Serialize, Deserialize)]
pub struct Attack {
    pub struck: Output<Struck>,
    pub outlook: Output<Outlook>,
    run: Run,
    step: usize,
    under_way: bool,
    over: bool,
    open: u16,
    sources: u16,
    hit: [u16; STEPS],
    compromised: u16,
    evicted: u16,
    blocked: u16,
}

#[Model]
impl Attack {
    pub async fn start(&mut self, seed: u64, cx: &Context<Self>) {
        self.run.begin(cx.time(), seed, 0);
        (self.step, self.open, self.sources) = (ENTER, 0, 0);
        (self.under_way, self.over) = (false, false);
        (self.hit, self.compromised, self.evicted, self.blocked) = ([0; STEPS], 0, 0, 0);
        self.begin(cx);
    }

    pub fn stop(&mut self, _: ()) {
        self.run.stop();
    }

    pub async fn taken(&mut self, taken: Taken) {
        if taken.evicts {
            self.evicted |= self.compromised & taken.on;
            self.compromised &= !taken.on;
        } else {
            self.blocked |= taken.on;
        }
        self.tell().await;
    }

    fn begin(&mut self, cx: &Context<Self>) {
        let (kind, most, takes, _) = STEP[self.step];
        let able: Vec<usize> = bits(kind & self.reach()).collect();
        let chosen = sample(&mut self.run.rng, able.len(), most.min(able.len()));
        self.open = chosen.iter().fold(0, |all, place| all | 1 << able[place]);
        self.sources = self.compromised & !self.blocked;
        self.under_way = true;
        self.over |= self.open == 0;
        for asset in bits(self.open) {
            let span = milliseconds(between(&mut self.run.rng, takes));
            let key = cx.schedule_keyed_event(span, schedulable!(Self::effect), asset);
            self.run.keys.push(key.expect("it lies ahead"));
        }
    }

    #[nexosim(schedulable)]
    async fn delay_over(&mut self, _: (), cx: &Context<Self>) {
        self.begin(cx);
        self.tell().await;
    }

    #[nexosim(schedulable)]
    async fn effect(&mut self, asset: usize, cx: &Context<Self>) {
        note();
        let step = self.step;
        let effect = !self.stopped(asset) && happens(&mut self.run.rng, STEP[step].3);
        self.open &= !(1 << asset);
        if effect {
            self.hit[step] |= 1 << asset;
            if step != COPY {
                self.compromised |= 1 << asset;
            }
            self.struck.send(Struck { step, asset }).await;
        }
        if self.open == 0 {
            self.next(cx);
        }
        self.tell().await;
    }

    /// Goes on to the next step, if this one took effect anywhere.
    fn next(&mut self, cx: &Context<Self>) {
        if self.hit[self.step] == 0 || self.step == COPY {
            self.over = true;
            return;
        }
        self.step += 1;
        self.under_way = false;
        if self.step == SERVERS {
            let span = milliseconds(between(&mut self.run.rng, SERVERS_DELAY));
            let key = cx.schedule_keyed_event(span, schedulable!(Self::delay_over), ());
            self.run.keys.push(key.expect("it lies ahead"));
        } else {
            self.begin(cx);
        }
    }

    const fn reach(&self) -> u16 {
        if self.step == ENTER {
            u16::MAX
        } else if self.compromised & !self.blocked != 0 {
            !self.blocked
        } else {
            0
        }
    }

    const fn stopped(&self, asset: usize) -> bool {
        let from = self.sources | self.compromised;
        self.step != ENTER && (self.blocked & (1 << asset) != 0 || from & !self.blocked == 0)
    }

    fn can_still_harm(&self) -> bool {
        if self.over {
            return false;
        }
        let mut step = self.step;
        let mut possible = true;
        if self.under_way {
            let open = bits(self.open).filter(|asset| !self.stopped(*asset));
            let open = open.fold(0_u16, |all, asset| all | 1 << asset);
            if open & !self.compromised != 0 {
                return true;
            }
            possible = open != 0;
            step += 1;
        }
        while step < STEPS && possible {
            let reached = if self.compromised & !self.blocked != 0 {
                !self.blocked
            } else {
                0
            };
            let targets = reached & STEP[step].0;
            if targets & !self.compromised != 0 {
                return true;
            }
            possible = targets != 0;
            step += 1;
        }
        false
    }

    async fn tell(&mut self) {
        debug_assert!(self.hit.iter().all(|hit| u32::from(*hit) < 1 << ASSETS));
        let hit = self.hit[..COPY].iter().fold(0, |all, hit| all | hit);
        let outlook = Outlook {
            hit,
            hit_all: hit | self.hit[COPY],
            clean: self.compromised == 0,
            contained: self.compromised & !(self.blocked | self.evicted) == 0,
            harmless: !self.can_still_harm(),
        };
        self.outlook.send(outlook).await;
    }
}
