//! What a condition asks to be known, as kinds of knowledge.

use crate::exercise::{AssetState, Condition, Fact, IncidentId, Knowable, Selector, StepId};

/// The kinds of knowledge that a condition asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// One bit for each kind of knowledge.
    kinds: u8,
    steps: Vec<StepId>,
    any_step: bool,
    /// One bit for each state of an asset.
    states: u16,
}

impl Asked {
    /// What a condition asks for.
    pub(crate) fn by(condition: &Condition) -> Self {
        let mut asked = Self::default();
        condition.each_fact(&mut |fact| asked.add(fact));
        asked
    }

    /// What decides whether conditions are believed: what they ask for, and what the selectors in them
    /// look at.
    pub(crate) fn deciding<'a>(conditions: impl IntoIterator<Item = &'a Condition>) -> Self {
        let mut asked = Self::default();
        for condition in conditions {
            asked.add_deciding(condition);
        }
        asked
    }

    /// Asks for what decides whether a condition is believed as well.
    pub(crate) fn add_deciding(&mut self, condition: &Condition) {
        condition.each_fact(&mut |fact| {
            self.add(fact);
            if let Fact::InState(selector, _) = fact {
                self.add_selector(selector);
            }
        });
    }

    /// Asks whether something may be wrong at all as well.
    pub(crate) fn add_alerts(&mut self) {
        self.add(&Fact::AlertRaised);
    }

    fn add_selector(&mut self, selector: &Selector) {
        match selector {
            Selector::InState(state) => self.add(&Fact::InState(Selector::Everything, *state)),
            Selector::Affected => {
                let affecting = AssetState::ALL.into_iter();
                for state in affecting.filter(|state| crate::knowledge::affects(*state)) {
                    self.states |= 1 << state as u16;
                }
            }
            Selector::Both(all) => all.iter().for_each(|one| self.add_selector(one)),
            Selector::Everything
            | Selector::Kind(_)
            | Selector::Asset(_)
            | Selector::Holding(_)
            | Selector::Valued(..) => {}
        }
    }

    fn add(&mut self, fact: &Fact) {
        const fn bit(state: AssetState) -> u16 {
            1 << state as u16
        }
        let down = bit(AssetState::OutOfService) | bit(AssetState::Encrypted);
        match fact {
            Fact::AlertRaised => self.kinds |= kind(Knowable::Alerted(IncidentId::new(0))),
            Fact::Known(known) => self.kinds |= kind(*known),
            Fact::MoneyLost(_) => self.any_step = true,
            Fact::Reached(step) => self.steps.push(*step),
            Fact::InState(_, state) => {
                let also = matches!(state, AssetState::PastRto | AssetState::OutOfService);
                self.states |= bit(*state) | if also { down } else { 0 };
            }
            Fact::RecordsExposed(_) => {
                self.states |= bit(AssetState::Exfiltrated) | bit(AssetState::Exposed);
            }
            _ => {}
        }
    }

    /// How many kinds of facts are told apart: each state of an asset is one.
    pub(crate) const KINDS: usize = ASSET + AssetState::ALL.len();

    /// The number of the kind of a fact.
    pub(crate) const fn kind(fact: Knowable) -> usize {
        match fact {
            Knowable::Asset(_, _, state) => ASSET + state as usize,
            other => kind(other).trailing_zeros() as usize,
        }
    }

    /// The numbers of the kinds of which some facts are asked for.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = usize> + use<> {
        let any_step = self.any_step || !self.steps.is_empty();
        let any_asset = self.kinds & (1 << ASSET) != 0;
        let (mut kinds, states) = (u32::from(self.kinds), u32::from(self.states));
        kinds |= u32::from(any_step) << kind(Knowable::Step(StepId::new(0))).trailing_zeros();
        kinds |= if any_asset {
            u32::MAX << ASSET
        } else {
            states << ASSET
        };
        (0..Self::KINDS).filter(move |kind| kinds & (1 << kind) != 0)
    }

    /// Whether a fact is of a kind that is asked for.
    pub(crate) fn names(&self, fact: Knowable) -> bool {
        let special = match fact {
            Knowable::Step(step) => self.any_step || self.steps.contains(&step),
            Knowable::Asset(_, _, state) => self.states & (1 << state as u16) != 0,
            _ => false,
        };
        special || self.kinds & kind(fact) != 0
    }
}

/// The bit of knowledge of assets, and the number of its first kind.
const ASSET: usize = 7;

/// The bit of a kind of knowledge.
const fn kind(fact: Knowable) -> u8 {
    1 << match fact {
        Knowable::Alerted(_) => 0,
        Knowable::Real(_) => 1,
        Knowable::Declared(_) => 2,
        Knowable::PersonalData(_) => 3,
        Knowable::Scope(_) => 4,
        Knowable::Cause(_) => 5,
        Knowable::Step(_) => 6,
        Knowable::Asset(..) => 7,
    }
}
