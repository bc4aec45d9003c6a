//! Who holds which role, found once for all rules.
//!
//! Every rule asks through [`Scene`](super::Scene). Without it each would go through all people for each role, and
//! some of them for each person.

use crate::definition::{Addressee, Organisation, Person, Role};
use hotwash_engine::exercise::Function;
use std::collections::BTreeMap;

/// Roles and people of an organisation, by each other.
#[derive(Debug, Default)]
pub(crate) struct Staff<'d> {
    holders: BTreeMap<&'d str, Vec<&'d Person>>,
    deputies: BTreeMap<&'d str, Vec<&'d Person>>,
    held: BTreeMap<&'d str, Vec<&'d Role>>,
    of_function: BTreeMap<Function, Vec<&'d Role>>,
    named: BTreeMap<&'d str, Vec<&'d Role>>,
}

impl<'d> Staff<'d> {
    pub(super) fn of(organisation: Option<&'d Organisation>) -> Self {
        let mut staff = Self::default();
        let Some(organisation) = organisation else {
            return staff;
        };
        let people = &organisation.people;
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut who_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, person) in people.iter().enumerate() {
            by_id.entry(person.id.as_str()).or_default().push(i);
            for role in &person.roles {
                who_name.entry(role.as_str()).or_default().push(i);
            }
        }
        for role in &organisation.roles {
            let id = role.id.as_str();
            let of = |names: &[crate::definition::Name]| {
                let named = names.iter().filter_map(|name| by_id.get(name.as_str()));
                named.flatten().copied().collect::<Vec<usize>>()
            };
            let mut holders = of(&role.holders);
            holders.extend(who_name.get(id).into_iter().flatten());
            let holders = each_once(people, holders);
            for person in &holders {
                staff.held.entry(person.id.as_str()).or_default().push(role);
            }
            staff.holders.entry(id).or_insert(holders);
            let deputies = each_once(people, of(&role.deputies));
            staff.deputies.entry(id).or_insert(deputies);
            staff.named.entry(id).or_default().push(role);
            let mut functions: Vec<Function> = role.function.iter().map(|of| of.value).collect();
            functions.sort_unstable();
            functions.dedup();
            for function in functions {
                staff.of_function.entry(function).or_default().push(role);
            }
        }
        staff
    }

    /// The people who hold a role: those it names, and those who name it.
    pub(super) fn holders(&self, role: &Role) -> &[&'d Person] {
        self.holders
            .get(role.id.as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// The people who stand in for a role.
    pub(super) fn deputies(&self, role: &Role) -> &[&'d Person] {
        self.deputies
            .get(role.id.as_str())
            .map_or(&[], Vec::as_slice)
    }

    /// The roles that a person holds.
    pub(super) fn held(&self, person: &Person) -> &[&'d Role] {
        self.held.get(person.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The roles that are addressed.
    pub(super) fn roles(&self, addressee: &Addressee) -> &[&'d Role] {
        let found = match addressee {
            Addressee::Function(function) => self.of_function.get(&function.value),
            Addressee::Role(name) => self.named.get(name.as_str()),
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// People by their positions, in the order of the organisation, each once.
fn each_once(people: &[Person], mut positions: Vec<usize>) -> Vec<&Person> {
    positions.sort_unstable();
    positions.dedup();
    positions
        .into_iter()
        .filter_map(|i| people.get(i))
        .collect()
}
