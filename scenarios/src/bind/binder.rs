//! What is shared by everything that binds: names, the account of defaults, gaps and problems.

use super::ledger::Ledger;
use super::names::{Index, Names};
use crate::definition::{self, Age, Name};
use crate::diagnostic::{Code, Diagnostic, nearest};
use hotwash_engine::exercise::{
    Addressee, AssetId, ChannelId, Day, ExerciseTime, Function, Gap, GapKind, PersonId, RoleId,
    Slug,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is collected while definitions are bound.
pub(super) struct Binder {
    /// The ids of everything.
    pub(super) names: Names,
    /// The account of inputs and defaults.
    pub(super) ledger: Ledger,
    /// What cannot be bound.
    pub(super) gaps: BTreeSet<Gap>,
    /// What is wrong.
    pub(super) problems: Vec<Diagnostic>,
    /// Whether nothing tells which law holds for the organisation.
    pub(super) law_is_unknown: bool,
    /// Who asks for which function.
    pub(super) wanted: BTreeMap<Function, BTreeSet<String>>,
    /// The local day of STARTEX.
    pub(super) today: Day,
    /// STARTEX in milliseconds since 1970 UTC.
    pub(super) startex: i64,
    /// STARTEX as the definitions say, likewise, and the zone of the organisation: what they say by the clock is
    /// meant there, also where the exercise is played at another hour.
    pub(super) scripted: (i64, String),
    /// When the attack began.
    pub(super) onset: ExerciseTime,
}

impl Binder {
    /// When a moment of the scenario is.
    pub(super) fn time(&self, moment: definition::Moment) -> ExerciseTime {
        if let definition::Moment::After(time) = moment {
            return time;
        }
        let (startex, zone) = &self.scripted;
        moment.from_startex(&super::zone::around(zone, *startex), *startex)
    }

    /// Notes something that is not there.
    pub(super) fn gap(&mut self, kind: GapKind, missing: String, wanted_by: &str) {
        self.gaps.insert(Gap {
            kind,
            missing,
            wanted_by: wanted_by.to_owned(),
        });
    }

    /// Asks for a function.
    pub(super) fn function(&mut self, function: Function, wanted_by: &str) -> Addressee {
        let askers = self.wanted.entry(function).or_default();
        askers.insert(wanted_by.to_owned());
        Addressee::Function(function)
    }

    /// Whom an author addresses. A role that this organisation does not have is a gap: the function
    /// that would do otherwise takes its place.
    pub(super) fn addressee(
        &mut self,
        addressee: &definition::Addressee,
        otherwise: Function,
        wanted_by: &str,
    ) -> Addressee {
        match addressee {
            definition::Addressee::Function(function) => self.function(function.value, wanted_by),
            definition::Addressee::Role(name) => {
                if let Some(role) = self.names.roles.find(name.as_str()) {
                    return Addressee::Role(RoleId::new(role));
                }
                self.gap(GapKind::NoRole, format!("Role {}", name.value), wanted_by);
                self.function(otherwise, wanted_by)
            }
        }
    }

    /// Several addressees, sorted.
    pub(super) fn addressees(
        &mut self,
        all: &[definition::Addressee],
        otherwise: Function,
        wanted_by: &str,
    ) -> Vec<Addressee> {
        let all = all.iter();
        let bound = all.map(|one| self.addressee(one, otherwise, wanted_by));
        tidy(bound.collect())
    }

    /// A channel that a plan names; one that this organisation does not have is a gap.
    pub(super) fn channel_of_plan(
        &mut self,
        name: Option<&Name>,
        wanted_by: &str,
    ) -> Option<ChannelId> {
        let name = name?;
        let found = self.names.channels.find(name.as_str());
        if found.is_none() {
            let missing = format!("Channel {}", name.value);
            self.gap(GapKind::NoChannel, missing, wanted_by);
        }
        found.map(ChannelId::new)
    }

    /// A name that must be there.
    fn must(&mut self, name: &Name, list: fn(&Names) -> &Index, of: Of) -> Option<usize> {
        let index = list(&self.names);
        let found = index.find(name.as_str());
        if found.is_none() {
            let known = index.slugs().iter().map(Slug::as_str);
            let near = nearest(name.as_str(), known);
            let message = format!("no {} is called `{}`", of.what, name.value);
            let problem = Diagnostic::new(of.code, message, name.place);
            let problem = problem.did_you_mean(near, true);
            self.problems.push(problem);
        }
        found
    }

    /// A person.
    pub(super) fn person(&mut self, name: &Name) -> Option<PersonId> {
        self.must(name, |names| &names.people, Of::PERSON)
            .map(PersonId::new)
    }

    /// A role of the organisation.
    pub(super) fn role(&mut self, name: &Name) -> Option<RoleId> {
        self.must(name, |names| &names.roles, Of::ROLE)
            .map(RoleId::new)
    }

    /// An asset.
    pub(super) fn asset(&mut self, name: &Name) -> Option<AssetId> {
        self.must(name, |names| &names.assets, Of::ASSET)
            .map(AssetId::new)
    }

    /// Assets, sorted.
    pub(super) fn assets(&mut self, names: &[Name]) -> Vec<AssetId> {
        tidy(names.iter().filter_map(|name| self.asset(name)).collect())
    }

    /// A channel of the organisation.
    pub(super) fn channel(&mut self, name: &Name) -> Option<ChannelId> {
        self.must(name, |names| &names.channels, Of::CHANNEL)
            .map(ChannelId::new)
    }

    /// The position of a task.
    pub(super) fn task(&mut self, name: &Name) -> Option<usize> {
        self.must(name, |names| &names.tasks, Of::TASK)
    }

    /// The position of an obligation.
    pub(super) fn obligation(&mut self, name: &Name) -> Option<usize> {
        self.must(name, |names| &names.obligations, Of::OBLIGATION)
    }

    /// The position of an incident.
    pub(super) fn incident(&mut self, name: &Name) -> Option<usize> {
        self.must(name, |names| &names.incidents, Of::INCIDENT)
    }

    /// The position of a step.
    pub(super) fn step(&mut self, name: &Name) -> Option<usize> {
        self.must(name, |names| &names.steps, Of::STEP)
    }

    /// The position of an inject.
    pub(super) fn inject(&mut self, name: &Name) -> Option<usize> {
        self.must(name, |names| &names.injects, Of::INJECT)
    }

    /// How many days before STARTEX something was; what is dated later counts as today.
    pub(super) fn days_ago(&self, age: Age) -> u32 {
        match age {
            Age::Days(days) => days,
            Age::On(day) => u32::try_from(self.today.0 - day.0).unwrap_or(0),
        }
    }
}

/// What a name stands for, and the code of the problem that nothing has it.
#[derive(Clone, Copy)]
struct Of {
    what: &'static str,
    code: Code,
}

macro_rules! of {
    ($($name:ident $what:literal $code:ident,)+) => {
        impl Of {
            $(const $name: Self = Self { what: $what, code: Code::$code };)+
        }
    };
}

of! {
    PERSON "person" UnknownPerson,
    ROLE "role" UnknownRole,
    ASSET "asset" UnknownAsset,
    CHANNEL "channel" UnknownChannel,
    TASK "task" UnknownTask,
    OBLIGATION "obligation" UnknownObligation,
    INCIDENT "incident" UnknownIncident,
    STEP "step of the attack" UnknownStep,
    INJECT "inject" UnknownInject,
}

/// Sorted, each once.
pub(super) fn tidy<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}

/// The texts of a list.
pub(super) fn texts(list: &[definition::Text]) -> Vec<String> {
    list.iter().map(|text| text.value.clone()).collect()
}

/// A text for people, or what stands for it.
pub(super) fn title(given: Option<&definition::Text>, otherwise: &str) -> String {
    given.map_or_else(|| otherwise.to_owned(), |text| text.value.clone())
}
