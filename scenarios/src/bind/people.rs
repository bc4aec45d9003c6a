//! People, roles, teams and staff.

use super::clock::days_ago;
use super::names::in_order;
use super::organisation::title;
use super::{Binder, sorted};
use crate::definition::{self, OnCall};
use hotwash_engine::exercise::{
    BasisPoints, ChannelId, Experience, Law, Notice, Person, PersonId, Phase, Role, Span,
    StaffGroup, Team, WeeklyHours,
};

impl Binder<'_> {
    pub(super) fn people(&mut self, office: &WeeklyHours) -> Vec<Person> {
        let given = in_order(&self.organisation.people, |x| &x.id);
        given
            .into_iter()
            .map(|given| self.one(given, office))
            .collect()
    }

    fn one(&mut self, given: &definition::Person, office: &WeeklyHours) -> Person {
        let on_call = match given.on_call.as_ref().map(|on_call| &on_call.value) {
            Some(OnCall::Always(true)) => WeeklyHours::always(),
            Some(OnCall::At(hours)) => hours.0.clone(),
            Some(OnCall::Always(false)) | None => WeeklyHours::default(),
        };
        let notice = given.notice.0.iter().map(|(channel, notice)| Notice {
            channel: channel.value,
            on_duty: notice.on_duty.value,
            off_duty: notice.off_duty.map(|span| span.value),
        });
        let experience = |phase| {
            let by_phase = given.experience.as_ref();
            by_phase
                .and_then(|by_phase| by_phase.get(phase))
                .map_or(Experience::Nominal, |given| given.value)
        };
        let trained = |phase| {
            let by_phase = given.trained.as_ref()?;
            Some(days_ago(by_phase.get(phase)?.value, self.first_day))
        };
        let (notice, experience) = (sorted(notice), by_phase(experience));
        let trained_days_ago = by_phase(trained);
        let id = &given.id.value;
        Person {
            slug: id.clone(),
            shift: given
                .hours
                .as_ref()
                .map_or_else(|| office.clone(), |hours| hours.value.0.clone()),
            keeps_holidays: given.keeps_holidays.is_none_or(|keeps| keeps.value),
            channels: self.reached_by(given, on_call != WeeklyHours::default()),
            on_call,
            leave: sorted(
                given
                    .leave
                    .iter()
                    .map(|leave| (leave.first.value, leave.last.value)),
            ),
            notice,
            experience,
            trained_days_ago,
            awake_before_shift: self.ledger.take(
                given.awake_before_shift.as_ref(),
                || "organisation.people.awake_before_shift".to_owned(),
                Span::hours(2),
                "2h",
            ),
        }
    }

    /// The channels by which a person is reached: those named, else all. Of the usual channels the
    /// mobile phone is for people on call.
    fn reached_by(&mut self, given: &definition::Person, on_call: bool) -> Vec<ChannelId> {
        if !given.channels.is_empty() {
            return self.each(&given.channels, Self::channel);
        }
        let usual = self.organisation.channels.is_empty();
        let kept = |name: &str| !usual || on_call || name != "mobile-phone";
        let names = self.lists.channels.names().enumerate();
        let kept = names.filter(|(_, name)| kept(name));
        kept.map(|(at, _)| ChannelId::new(at)).collect()
    }

    pub(super) fn roles(&mut self) -> Vec<Role> {
        let given = in_order(&self.organisation.roles, |x| &x.id);
        let people = in_order(&self.organisation.people, |x| &x.id);
        let bound = given.into_iter().map(|given| {
            let named = given.holders.iter().filter_map(|name| self.person(name));
            let mut holders: Vec<PersonId> = named.collect();
            for (at, person) in people.iter().enumerate() {
                if person.roles.iter().any(|role| role.value == given.id.value) {
                    holders.push(PersonId::new(at));
                }
            }
            let deputies = given.deputies.iter().filter_map(|name| self.person(name));
            Role {
                slug: given.id.value.clone(),
                title: title(given.title.as_ref(), given.id.value.as_str()),
                functions: sorted(given.function.iter().map(|function| function.value)),
                deputies: deputies.collect(),
                holders: sorted(holders),
                may: sorted(given.may.iter().map(|measure| measure.value)),
            }
        });
        bound.collect()
    }

    pub(super) fn teams(&mut self) -> Vec<Team> {
        let given = in_order(&self.organisation.teams, |x| &x.id);
        let bound = given.into_iter().map(|given| Team {
            slug: given.id.value.clone(),
            title: title(given.title.as_ref(), given.id.value.as_str()),
            roles: self.each(&given.roles, Self::role),
            quorum: given.quorum.map_or(1, |quorum| quorum.value),
            bridge: given.bridge.as_ref().and_then(|name| self.channel(name)),
        });
        bound.collect()
    }

    pub(super) fn groups(&mut self, office: &WeeklyHours) -> Vec<StaffGroup> {
        let given = in_order(&self.organisation.groups, |x| &x.id);
        given
            .into_iter()
            .map(|given| self.group(given, office))
            .collect()
    }

    fn group(&mut self, given: &definition::StaffGroup, office: &WeeklyHours) -> StaffGroup {
        let id = given.id.value.clone();
        let place = |field: &str| format!("organisation.groups.{id}.{field}");
        let knows = self.ledger.take(
            given.knows_channel.as_ref(),
            || place("knows_channel"),
            BasisPoints(8_000),
            "0.8",
        );
        let reports = self.ledger.take(
            given.reports.as_ref(),
            || place("reports"),
            BasisPoints(2_000),
            "0.2",
        );
        let after = Law::Range {
            low: Span::minutes(5),
            high: Span::hours(4),
        };
        let after = self
            .ledger
            .take(given.after.as_ref(), || place("after"), after, "5m to 4h");
        StaffGroup {
            title: title(given.title.as_ref(), id.as_str()),
            slug: id,
            size: given.size.value,
            hours: given
                .hours
                .as_ref()
                .map_or_else(|| office.clone(), |hours| hours.value.0.clone()),
            uses: self.each(&given.uses, Self::asset),
            knows_channel: knows,
            reports,
            after,
            channel: given.channel.as_ref().and_then(|name| self.channel(name)),
            trained_days_ago: given.trained.map(|age| days_ago(age.value, self.first_day)),
        }
    }
}

/// A value for each phase, in their order.
pub(super) fn by_phase<T>(value: impl Fn(Phase) -> T) -> [T; 6] {
    let phases: [Phase; 6] = Phase::ALL.try_into().expect("there are six phases");
    phases.map(value)
}
