//! What each effect of an attack and each measure does to assets: one row for each, and every rule asks here.
//!
//! The same tables stand in `docs/semantics.md`. Tests hold the two against each other cell by cell, and
//! against what happens to an asset.

mod rows;

pub use rows::MEASURES;

use super::{Effect, EvidenceItem, Measure, Phase};
use crate::exercise::AssetState;

/// What a measure is and does, whatever it is taken on.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table: each is a column"
)]
pub struct MeasureRow {
    /// The measure.
    pub measure: Measure,
    /// The phase in which it is at home; `None`: in any.
    pub home: Option<Phase>,
    /// Whether it is taken on assets.
    pub on_assets: OnAssets,
    /// What has to happen to an asset for it to be due there.
    pub called_by: CalledBy,
    /// Whether it contains an affected asset.
    pub contains: Holds,
    /// Whether no path leads over the asset any more.
    pub cuts: Holds,
    /// Whether the asset is cut or switched off, until it is brought back.
    pub takes_out: bool,
    /// Whether an account is closed by it, until it gets new credentials.
    pub closes_account: bool,
    /// The effects that make it void.
    pub undone_by: &'static [Effect],
    /// The evidence that is lost by it.
    pub destroys: &'static [EvidenceItem],
    /// Whether it only tells or assembles people.
    pub tells: bool,
    /// What it brings back.
    pub brings_back: Option<Back>,
    /// The phases that are reached when work with it starts.
    pub starts: &'static [Phase],
    /// Whether whoever takes it works on the asset itself, one after the other: what others run, our people
    /// do not have in hand. Cutting off, blocking and closing accounts is done on our side, for all at once.
    pub in_hand: bool,
    /// The state in which somebody sees the asset after it; `None`: it looks as before.
    pub leaves: Option<AssetState>,
    /// Whether the attacker has no foothold on the asset any more.
    pub ends_foothold: bool,
    /// Whether it makes the asset itself anew, from a copy or from nothing: it does not serve meanwhile.
    pub renews: bool,
    /// Whether it closes the way by which the attacker came in.
    pub closes_entry: bool,
    /// Whether it finds out what is affected.
    pub looks: bool,
    /// Whether it comes to a conclusion that may be wrong without anybody noticing, though it is taken on no
    /// asset.
    pub concludes: bool,
}

/// Where a measure does what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Nowhere.
    Never,
    /// Where it stands in the way of what affected the asset: each step that did names it among what
    /// stops it.
    InTheWay,
    /// Wherever it is taken.
    Always,
}

/// Whether a measure is taken on assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAssets {
    /// It is not.
    No,
    /// On those that the plan names, if it names any.
    IfNamed,
    /// On those affected, where none are named.
    Yes,
}

/// What has to happen to an asset for a measure to be due there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalledBy {
    /// It is affected.
    Harm,
    /// The attacker has a foothold.
    Foothold,
    /// Its data is altered.
    Altering,
    /// Money is taken by it.
    Theft,
    /// It is encrypted, altered or out of order: it has to be brought back.
    Loss,
    /// It is laid open.
    Publishing,
    /// It is affected, or goes down with something else.
    HarmOrOutage,
}

/// What a measure brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// Service and data.
    Whole,
    /// Data that was altered.
    Data,
    /// The connection of what was only cut off.
    Connection,
}

impl MeasureRow {
    /// A measure that does nothing to assets.
    const fn of(measure: Measure, home: Option<Phase>) -> Self {
        Self {
            measure,
            home,
            on_assets: OnAssets::No,
            called_by: CalledBy::Harm,
            contains: Holds::Never,
            cuts: Holds::Never,
            takes_out: false,
            closes_account: false,
            undone_by: &[],
            destroys: &[],
            tells: false,
            brings_back: None,
            starts: &[],
            in_hand: false,
            leaves: None,
            ends_foothold: false,
            renews: false,
            closes_entry: false,
            looks: false,
            concludes: false,
        }
    }
}

impl CalledBy {
    /// The state that is over once nothing of what called for a measure is left; `None`: it stays.
    pub const fn ends(self) -> Option<AssetState> {
        match self {
            Self::Foothold => Some(AssetState::Compromised),
            Self::Publishing => Some(AssetState::Exposed),
            Self::Harm | Self::Altering | Self::Theft | Self::Loss | Self::HarmOrOutage => None,
        }
    }
}

/// What an effect of an attack does to an asset.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table: each is a column"
)]
pub struct EffectRow {
    /// The effect.
    pub effect: Effect,
    /// The state in which somebody sees the asset after it.
    pub leaves: AssetState,
    /// Whether the asset needs a measure of the response: a theft that is over does not.
    pub affects: bool,
    /// Whether the asset no longer serves.
    pub takes_down: bool,
    /// Whether data is that of the last copy, if it is brought back from one.
    pub damages: bool,
    /// Whether records leave, or lie open.
    pub takes_records: bool,
}

/// Every effect, in order.
pub const EFFECTS: &[EffectRow] = &[
    EffectRow::of(Effect::Compromise, AssetState::Compromised).affecting(),
    EffectRow {
        takes_down: true,
        damages: true,
        ..EffectRow::of(Effect::Encrypt, AssetState::Encrypted).affecting()
    },
    EffectRow {
        takes_records: true,
        ..EffectRow::of(Effect::Exfiltrate, AssetState::Exfiltrated)
    },
    EffectRow {
        takes_down: true,
        ..EffectRow::of(Effect::Disrupt, AssetState::OutOfService).affecting()
    },
    EffectRow {
        damages: true,
        ..EffectRow::of(Effect::Alter, AssetState::Altered).affecting()
    },
    EffectRow::of(Effect::Steal, AssetState::Exfiltrated),
    EffectRow {
        takes_records: true,
        ..EffectRow::of(Effect::Expose, AssetState::Exposed)
    },
];

impl EffectRow {
    const fn of(effect: Effect, leaves: AssetState) -> Self {
        Self {
            effect,
            leaves,
            affects: false,
            takes_down: false,
            damages: false,
            takes_records: false,
        }
    }

    const fn affecting(self) -> Self {
        Self {
            affects: true,
            ..self
        }
    }
}

/// The measures, as a set of bits, whose row of the table meets a test.
macro_rules! measures_where {
    ($row:ident => $test:expr) => {{
        let (mut mask, mut i) = (0_u64, 0);
        while i < $crate::exercise::MEASURES.len() {
            let $row = &$crate::exercise::MEASURES[i];
            if $test {
                mask |= 1 << $row.measure as u64;
            }
            i += 1;
        }
        mask
    }};
}
pub(crate) use measures_where;

/// The measures of a set of bits, in the order of the table.
const fn those<const N: usize>(mask: u64) -> [Measure; N] {
    let (mut of, mut n, mut i) = ([Measure::Report; N], 0, 0);
    while i < MEASURES.len() {
        if mask & (1 << i) != 0 {
            of[n] = MEASURES[i].measure;
            n += 1;
        }
        i += 1;
    }
    of
}

/// The measures, in order, whose row of the table meets a test.
macro_rules! listed {
    ($row:ident => $test:expr) => {{
    const MASK: u64 = measures_where!($row => $test);
        const ALL: [Measure; MASK.count_ones() as usize] = those(MASK);
        &ALL
    }};
}

/// What columns of the table say, as lists.
impl Measure {
    /// Those that contain an affected asset by themselves.
    pub const CONTAINING: &'static [Self] = listed!(row => !matches!(row.contains, Holds::Never));
    /// Those after which the attacker has no foothold on an asset.
    pub const ENDING_A_FOOTHOLD: &'static [Self] = listed!(row => row.ends_foothold);
    /// Those that bring service and data back.
    pub const BRINGING_BACK: &'static [Self] =
        listed!(row => matches!(row.brings_back, Some(Back::Whole)));
    /// Those after which altered data is right again.
    pub const PUTTING_RIGHT: &'static [Self] =
        listed!(row => matches!(row.brings_back, Some(Back::Whole | Back::Data)));
    /// Those that close the way by which the attacker came in.
    pub const CLOSING_THE_ENTRY: &'static [Self] = listed!(row => row.closes_entry);
    /// Those that find out what is affected.
    pub const LOOKING: &'static [Self] = listed!(row => row.looks);
    /// Those that are at home in Closure.
    pub const OF_CLOSURE: &'static [Self] =
        listed!(row => matches!(row.home, Some(Phase::Closure)));
}

impl Effect {
    /// What it does.
    pub const fn row(self) -> &'static EffectRow {
        &EFFECTS[self as usize]
    }
}

impl Measure {
    /// What it is and does.
    pub const fn row(self) -> &'static MeasureRow {
        &MEASURES[self as usize]
    }

    /// The phase in which this measure is at home; `None` for measures of any phase.
    pub const fn home(self) -> Option<Phase> {
        self.row().home
    }

    /// Whether this measure is taken on assets: on those affected, where none are said.
    pub const fn is_taken_on_assets(self) -> bool {
        matches!(self.row().on_assets, OnAssets::Yes)
    }

    /// Whether this measure, truly in effect, contains an affected asset wherever it is taken, or where it
    /// stands in the way of what affected it.
    pub const fn contains(self) -> bool {
        !matches!(self.row().contains, Holds::Never)
    }

    /// Whether this measure, truly in effect on an account or another asset, contains it: `stands` says
    /// whether each step that affected it names the measure among what stops it.
    pub const fn contains_there(self, is_account: bool, stands: bool) -> bool {
        match self.row().contains {
            Holds::Never => false,
            Holds::InTheWay => stands || (is_account && self.row().closes_account),
            Holds::Always => true,
        }
    }

    /// Whether it brings service and data back, both.
    pub const fn brings_back_whole(self) -> bool {
        matches!(self.row().brings_back, Some(Back::Whole))
    }

    /// Whether whoever takes it works on the asset itself, which our people do not have in hand where others
    /// run it.
    pub const fn needs_it_in_hand(self) -> bool {
        self.row().in_hand
    }

    /// Whether it cuts the asset off, so that it can be connected again.
    pub fn cuts_off(self) -> bool {
        self.row().leaves == Some(AssetState::Isolated)
    }

    /// Whether it finds out what is affected.
    pub const fn looks(self) -> bool {
        self.row().looks
    }

    /// Whether a phase is reached when work with it starts.
    pub fn starts(self, phase: Phase) -> bool {
        self.row().starts.contains(&phase)
    }

    /// Whether an effect makes it void.
    pub fn is_undone_by(self, effect: Effect) -> bool {
        self.row().undone_by.contains(&effect)
    }

    /// Whether an item of evidence is lost by it.
    pub fn destroys(self, item: EvidenceItem) -> bool {
        self.row().destroys.contains(&item)
    }
}

#[cfg(test)]
mod tests;
