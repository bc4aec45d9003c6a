//! People, roles, teams and staff.

use super::binder::{Binder, tidy, title};
use super::names::sorted;
use super::organisation::hours;
use crate::defaults::{self, DBIR, ILLUSTRATIVE, LANGUAGE};
use crate::definition::{self, OnCall};
use hotwash_engine::exercise::{
    Channel, ChannelId, Experience, Notice, Person, PersonId, Phase, Role, StaffGroup, Team,
    WeeklyHours,
};

impl Binder {
    /// The people.
    pub(super) fn people(
        &mut self,
        given: &definition::Organisation,
        open: &WeeklyHours,
        channels: &[Channel],
    ) -> Vec<Person> {
        let people = sorted(&given.people).into_iter();
        people
            .map(|person| self.one_person(person, open, channels))
            .collect()
    }

    fn one_person(
        &mut self,
        person: &definition::Person,
        open: &WeeklyHours,
        channels: &[Channel],
    ) -> Person {
        let place = format!("organisation.people.{}", person.id.value);
        let says = |given: bool, ledger: &mut super::ledger::Ledger, field: &str, value: &str| {
            if given {
                ledger.given(1);
            } else {
                ledger.assume(&place, field, value.to_owned(), LANGUAGE);
            }
        };
        let ledger = &mut self.ledger;
        says(person.hours.is_some(), ledger, "hours", "office hours");
        says(person.on_call.is_some(), ledger, "on_call", "never");
        says(person.experience.is_some(), ledger, "experience", "Nominal");
        says(
            !person.channels.is_empty(),
            ledger,
            "channels",
            "all usable",
        );
        let notice = person.notice.0.len();
        let times = "a table by kind of channel";
        if notice == 0 {
            ledger.assume(&place, "notice", times.to_owned(), ILLUSTRATIVE);
        } else {
            ledger.given(notice);
        }
        let awake = person.awake_before_shift.as_ref().map(|of| of.value);
        if awake.is_some() {
            ledger.given(1);
        } else {
            let drawn = "about 2h, drawn for each run".to_owned();
            ledger.assume(&place, "awake_before_shift", drawn, ILLUSTRATIVE);
        }
        let keeps = person.keeps_holidays.as_ref();
        let keeps_holidays = ledger.or(keeps, &place, "keeps_holidays", true, LANGUAGE);
        let on_call = on_call(person);
        let experience = |phase: &Phase| {
            let by_phase = person.experience.as_ref();
            by_phase
                .and_then(|by_phase| by_phase.get(*phase))
                .map_or(Experience::Nominal, |experience| experience.value)
        };
        let trained = |phase: &Phase| {
            let age = person.trained.as_ref()?.get(*phase)?;
            Some(self.days_ago(age.value))
        };
        let phases = phases();
        let trained_days_ago = phases.map(|phase| trained(&phase));
        Person {
            slug: person.id.value.clone(),
            shift: hours(person.hours.as_ref(), open),
            keeps_holidays,
            channels: self.reached_on(person, !on_call.0.is_empty(), channels),
            on_call,
            leave: leave(person),
            notice: notices(person),
            experience: phases.map(|phase| experience(&phase)),
            trained_days_ago,
            awake_before_shift: awake,
            also: tidy(person.also.iter().map(|one| one.value).collect()),
        }
    }

    fn reached_on(
        &mut self,
        person: &definition::Person,
        on_call: bool,
        channels: &[Channel],
    ) -> Vec<ChannelId> {
        if person.channels.is_empty() {
            let usable = channels.iter().enumerate();
            let usable = usable.filter(|(_, channel)| channel.kind.is_usual(on_call));
            return usable.map(|(i, _)| ChannelId::new(i)).collect();
        }
        let named = person.channels.iter();
        tidy(named.filter_map(|name| self.channel(name)).collect())
    }

    /// The roles, with those who hold them by either way of saying it.
    pub(super) fn roles(&mut self, given: &definition::Organisation) -> Vec<Role> {
        // A person's unknown role is reported even if no role asks.
        for name in given.people.iter().flat_map(|person| &person.roles) {
            self.role(name);
        }
        let mut roles = Vec::new();
        for role in sorted(&given.roles) {
            let id = &role.id.value;
            let holding = sorted(&given.people).into_iter().enumerate();
            let holding =
                holding.filter(|(_, person)| person.roles.iter().any(|name| name.value == *id));
            let mut holders: Vec<PersonId> = holding.map(|(i, _)| PersonId::new(i)).collect();
            holders.extend(role.holders.iter().filter_map(|name| self.person(name)));
            let holders = tidy(holders);
            let mut deputies = Vec::new();
            for deputy in role.deputies.iter().filter_map(|name| self.person(name)) {
                if !deputies.contains(&deputy) && !holders.contains(&deputy) {
                    deputies.push(deputy);
                }
            }
            self.ledger.given(2);
            self.ledger.given(usize::from(!deputies.is_empty()));
            self.ledger.given(usize::from(!role.may.is_empty()));
            roles.push(Role {
                slug: id.clone(),
                title: title(role.title.as_ref(), id.as_str()),
                functions: tidy(role.function.iter().map(|one| one.value).collect()),
                holders,
                deputies,
                may: tidy(role.may.iter().map(|measure| measure.value).collect()),
            });
        }
        roles
    }

    /// The teams.
    pub(super) fn teams(&mut self, given: &definition::Organisation) -> Vec<Team> {
        let mut teams = Vec::new();
        for team in sorted(&given.teams) {
            let place = format!("organisation.teams.{}", team.id.value);
            self.ledger.given(1);
            let quorum = team.quorum.as_ref();
            let quorum = self.ledger.or(quorum, &place, "quorum", 1, ILLUSTRATIVE);
            let roles = team.roles.iter().filter_map(|name| self.role(name));
            teams.push(Team {
                slug: team.id.value.clone(),
                roles: tidy(roles.collect()),
                quorum,
                bridge: team.bridge.as_ref().and_then(|name| self.channel(name)),
            });
        }
        teams
    }

    /// The groups of staff.
    pub(super) fn groups(
        &mut self,
        given: &definition::Organisation,
        open: &WeeklyHours,
    ) -> Vec<StaffGroup> {
        let mut groups = Vec::new();
        for group in sorted(&given.groups) {
            let place = format!("organisation.groups.{}", group.id.value);
            let ledger = &mut self.ledger;
            ledger.given(2);
            if group.hours.is_none() {
                ledger.assume(&place, "hours", "office hours".to_owned(), LANGUAGE);
            } else {
                ledger.given(1);
            }
            let knows_channel = ledger.or(
                group.knows_channel.as_ref(),
                &place,
                "knows_channel",
                defaults::KNOWS_CHANNEL,
                ILLUSTRATIVE,
            );
            let reports = group.reports.as_ref();
            let reports = ledger.or(reports, &place, "reports", defaults::REPORTS, DBIR);
            let after = ledger.or(
                group.after.as_ref(),
                &place,
                "after",
                defaults::REPORTS_AFTER,
                ILLUSTRATIVE,
            );
            let channel = group.channel.as_ref();
            groups.push(StaffGroup {
                slug: group.id.value.clone(),
                size: group.size.value,
                hours: hours(group.hours.as_ref(), open),
                uses: self.assets(&group.uses),
                knows_channel,
                reports,
                after,
                channel: channel.and_then(|name| self.channel(name)),
                trained_days_ago: group.trained.map(|age| self.days_ago(age.value)),
            });
        }
        groups
    }
}

fn phases() -> [Phase; 6] {
    [
        Phase::Identification,
        Phase::Assessment,
        Phase::Response,
        Phase::Resolution,
        Phase::Recovery,
        Phase::Closure,
    ]
}

fn on_call(person: &definition::Person) -> WeeklyHours {
    match person.on_call.as_ref().map(|on_call| &on_call.value) {
        Some(OnCall::Always(true)) => WeeklyHours::always(),
        Some(OnCall::At(hours)) => hours.0.clone(),
        Some(OnCall::Always(false)) | None => WeeklyHours::default(),
    }
}

fn leave(
    person: &definition::Person,
) -> Vec<(hotwash_engine::exercise::Day, hotwash_engine::exercise::Day)> {
    let days = person.leave.iter();
    tidy(
        days.map(|leave| (leave.first.value, leave.last.value))
            .collect(),
    )
}

fn notices(person: &definition::Person) -> Vec<Notice> {
    let all = person.notice.0.iter().map(|(channel, notice)| Notice {
        channel: channel.value,
        on_duty: notice.on_duty.value,
        off_duty: notice.off_duty.map(|span| span.value),
    });
    tidy(all.collect())
}
