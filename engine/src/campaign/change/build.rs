//! What an organisation or a plan can be given, put into the parts of an exercise.

use super::insert::{insert_channel, insert_person, usual_channels};
use super::{CallHours, Change, Factor};
use crate::exercise::{
    Addressee, BasisPoints, ChannelId, ChannelKind, Condition, DayHours, Experience, Fact,
    Function, GroupId, IncidentId, Knowable, Organisation, Parts, Person, PersonId, Phase, Plan,
    RoleId, Sight, SourceId, TaskId, WeeklyHours,
};

/// The share of staff that knows how to report after awareness training, at least. Illustrative.
const KNOWS: BasisPoints = BasisPoints(9_500);
/// The greatest chance that one who sees something reports it. Illustrative.
const REPORTS: BasisPoints = BasisPoints(9_000);
/// When something that was just done was last done, in days.
const JUST_NOW: u32 = 1;
/// The hours of a second shift, in minutes after midnight: it comes when the first goes home, and leaves
/// when it comes again. Illustrative.
const NIGHT: (u16, u16) = (20 * 60, 32 * 60);

impl Change {
    /// Builds it into the parts. `None`: that makes no sense here.
    pub(super) fn build(self, parts: &mut Parts) -> Option<()> {
        let organisation = &mut parts.organisation;
        match self {
            Self::Deputy(role, person) => {
                let role = &mut organisation.roles[role.index()];
                if !role.holders.contains(&person) && !role.deputies.contains(&person) {
                    role.deputies.push(person);
                }
            }
            Self::Holder(role, person) => hold(organisation, role, person),
            Self::NewHolder(role) => {
                let first = *organisation.roles[role.index()].holders.first()?;
                let shift = organisation.people[first.index()].shift.clone();
                insert_person(parts, role, shift)?;
            }
            Self::SecondShift(role) => insert_person(parts, role, nights())?,
            Self::OnCall(role, hours) => on_call(organisation, role, hours),
            Self::MoveFunction(from, function, to) => {
                move_function(organisation, &parts.stand_ins, (from, function, to))?;
            }
            Self::AlertsOver(source, channel) => {
                organisation.sources[source.index()].via = Some(channel);
            }
            Self::AlertsAgain(source) => organisation.sources[source.index()].escalates = true,
            Self::Widen(source) => widen(organisation, source),
            Self::Reach(role, channel) => {
                for person in people_of(organisation, role) {
                    add_channel(&mut organisation.people[person.index()], channel);
                }
            }
            Self::OutOfBand => insert_channel(parts)?,
            Self::Awareness(group) => awareness(organisation, group),
            Self::VerifyChannel(channel) => {
                organisation.channels[channel.index()].verified_days_ago = Some(JUST_NOW);
            }
            Self::VerifyStakeholder(of) => {
                organisation.stakeholders[of.index()].verified_days_ago = Some(JUST_NOW);
            }
            Self::Train(role, phase) => train(organisation, role, phase),
            Self::CopyTo(asset, backup) => {
                let copies = organisation.assets[asset.index()].backed_up_by.as_mut()?;
                if !copies.contains(&backup) {
                    copies.push(backup);
                    copies.sort_unstable();
                }
            }
            Self::Standby(asset) => organisation.assets[asset.index()].standby = true,
            Self::BackUpOftener(asset) => {
                let every = organisation.assets[asset.index()]
                    .backed_up_every
                    .as_mut()?;
                *every = Factor::Half.of(*every);
            }
            of_plan => of_plan.build_plan(&mut parts.plan, organisation)?,
        }
        Some(())
    }

    /// Builds what stands in the plan, or bears on one of its tasks.
    fn build_plan(self, plan: &mut Plan, organisation: &mut Organisation) -> Option<()> {
        let task = |plan: &mut Plan, task: TaskId| task.index() < plan.tasks.len();
        match self {
            Self::WithoutApproval(id) if task(plan, id) => plan.tasks[id.index()].approval = None,
            Self::ApprovedBy(id, role) if task(plan, id) => {
                let approval = &mut plan.tasks[id.index()].approval;
                *approval = approval.map(|_| Addressee::Role(role));
            }
            Self::May(role, id) if task(plan, id) => {
                let may = &mut organisation.roles[role.index()].may;
                let measures = plan.tasks[id.index()].does.iter();
                may.extend(measures.map(|act| act.measure));
                may.sort_unstable();
                may.dedup();
            }
            Self::HandOnOver(id, channel) if task(plan, id) => {
                plan.tasks[id.index()].via = Some(channel);
            }
            Self::WithoutDelay(id) if task(plan, id) => plan.tasks[id.index()].delay = None,
            Self::WithoutCondition(id) if task(plan, id) => plan.tasks[id.index()].when = None,
            Self::After(id, before) if task(plan, id) && id != before => {
                let task = &mut plan.tasks[id.index()];
                task.after = vec![before];
                task.after_any.clear();
            }
            Self::OnceReal(id) if task(plan, id) => {
                let task = &mut plan.tasks[id.index()];
                task.after.clear();
                task.after_any.clear();
                task.when = Some(Condition::Is(Fact::Known(Knowable::Real(IncidentId::new(
                    0,
                )))));
            }
            _ => return None,
        }
        Some(())
    }
}

/// Who holds a role, then who stands in for it.
fn people_of(organisation: &Organisation, role: RoleId) -> Vec<PersonId> {
    let role = &organisation.roles[role.index()];
    role.holders.iter().chain(&role.deputies).copied().collect()
}

fn hold(organisation: &mut Organisation, role: RoleId, person: PersonId) {
    let role = &mut organisation.roles[role.index()];
    if !role.holders.contains(&person) {
        role.holders.push(person);
        role.holders.sort_unstable();
        role.deputies.retain(|of| *of != person);
    }
}

/// Every night of the week.
fn nights() -> WeeklyHours {
    let night = |weekday| DayHours {
        weekday,
        from: NIGHT.0,
        until: NIGHT.1,
    };
    WeeklyHours((0..7).map(night).collect())
}

fn on_call(organisation: &mut Organisation, role: RoleId, hours: CallHours) {
    let phone = telephone(organisation);
    let usual = [false, true].map(|on_call| usual_channels(organisation, on_call));
    let holders = organisation.roles[role.index()].holders.clone();
    for person in holders {
        let person = &mut organisation.people[person.index()];
        person.on_call = hours.with(&person.on_call);
        let carries =
            |of: &ChannelId| organisation.channels[of.index()].kind == ChannelKind::MobilePhone;
        if person.channels == usual[0] {
            person.channels.clone_from(&usual[1]);
        } else if let Some(phone) = phone
            && !person.channels.iter().any(carries)
        {
            add_channel(person, phone);
        }
    }
}

/// The telephone that people on call carry: one of which the caller sees that it rang, else any.
fn telephone(organisation: &Organisation) -> Option<ChannelId> {
    let channels = organisation.channels.iter().enumerate();
    let phones = channels.filter(|(_, of)| of.kind == ChannelKind::MobilePhone);
    let best = phones.min_by_key(|(i, of)| (!of.acknowledgeable, *i));
    best.map(|(i, _)| ChannelId::new(i))
}

fn add_channel(person: &mut Person, channel: ChannelId) {
    if let Err(at) = person.channels.binary_search(&channel) {
        person.channels.insert(at, channel);
    }
}

/// Moves a function, unless one of the two stands in for what nobody has: then another role might.
fn move_function(
    organisation: &mut Organisation,
    stand_ins: &[(Function, RoleId)],
    (from, function, to): (RoleId, Function, RoleId),
) -> Option<()> {
    let stands_in = |role: RoleId| stand_ins.iter().any(|(_, of)| *of == role);
    if stands_in(from) || stands_in(to) {
        return None;
    }
    let given = &mut organisation.roles[from.index()].functions;
    let at = given.binary_search(&function).ok()?;
    if given.len() == 1 || from == to {
        return None;
    }
    given.remove(at);
    let taken = &mut organisation.roles[to.index()].functions;
    if let Err(at) = taken.binary_search(&function) {
        taken.insert(at, function);
    }
    Some(())
}

/// Adds a sight of every technique on the kinds of assets that it watches, at its best chance there.
fn widen(organisation: &mut Organisation, source: SourceId) {
    let source = &mut organisation.sources[source.index()];
    let Some(best) = source.sees.iter().max_by_key(|sight| sight.chance).cloned() else {
        return;
    };
    if source.sees.iter().any(|sight| sight.techniques.is_empty()) {
        return;
    }
    let everywhere = source
        .sees
        .iter()
        .any(|sight| sight.kinds.is_empty() && sight.assets.is_empty());
    let mut kinds: Vec<_> = source
        .sees
        .iter()
        .flat_map(|sight| &sight.kinds)
        .copied()
        .collect();
    let mut assets: Vec<_> = source
        .sees
        .iter()
        .flat_map(|sight| &sight.assets)
        .copied()
        .collect();
    if everywhere {
        kinds.clear();
        assets.clear();
    }
    kinds.sort_unstable();
    kinds.dedup();
    assets.sort_unstable();
    assets.dedup();
    // A sight without techniques comes first in the order of sights.
    let wide = Sight {
        techniques: Vec::new(),
        kinds,
        assets,
        ..best
    };
    source.sees.insert(0, wide);
}

fn awareness(organisation: &mut Organisation, group: GroupId) {
    let group = &mut organisation.groups[group.index()];
    let twice = BasisPoints(group.reports.0.saturating_mul(2).min(REPORTS.0));
    group.reports = group.reports.max(twice);
    group.knows_channel = group.knows_channel.max(KNOWS);
    group.trained_days_ago = Some(JUST_NOW);
}

fn train(organisation: &mut Organisation, role: RoleId, phase: Phase) {
    for person in people_of(organisation, role) {
        let person = &mut organisation.people[person.index()];
        let experience = &mut person.experience[phase.index()];
        *experience = match experience {
            Experience::Little => Experience::Nominal,
            Experience::Nominal | Experience::Much => Experience::Much,
        };
        person.trained_days_ago[phase.index()] = Some(JUST_NOW);
    }
}
