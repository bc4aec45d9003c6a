//! Which improvements an exercise leaves room for.

use super::{CallHours, Change};
use crate::exercise::{
    Addressee, AssetId, AssetKind, Channel, ChannelId, Exercise, Family, Function, GroupId,
    Measure, Organisation, PersonId, Phase, RoleId, SourceId, StakeholderId, TaskId,
};
use std::collections::BTreeSet;

/// How many people are tried as deputies and holders of a role.
const FIT: usize = 4;

impl Change {
    /// Every improvement of an exercise that can be tried, in a fixed order.
    pub fn improvements(exercise: &Exercise) -> Vec<Self> {
        let mut all = Vec::new();
        of_tasks(exercise, &mut all);
        of_roles(exercise, &mut all);
        of_surroundings(exercise, &mut all);
        all.retain(|change| change.made(exercise).is_some());
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What the tasks of the plan can be given.
fn of_tasks(exercise: &Exercise, all: &mut Vec<Change>) {
    let declares = exercise.tasks_taking(Measure::Declare).first().copied();
    let leads = exercise.roles(Addressee::Function(Function::IncidentManager));
    for (i, task) in exercise.plan().tasks.iter().enumerate() {
        let id = TaskId::new(i);
        if let Some(approver) = task.approval {
            all.push(Change::WithoutApproval(id));
            let others = leads
                .iter()
                .filter(|of| !exercise.roles(approver).contains(of));
            all.extend(others.map(|role| Change::ApprovedBy(id, *role)));
            let doers = exercise.roles(task.by).iter();
            all.extend(doers.map(|role| Change::May(*role, id)));
        }
        if task.delay.is_some() {
            all.push(Change::WithoutDelay(id));
        }
        if task.when.is_some() && !task.is_first() {
            all.push(Change::WithoutCondition(id));
        }
        let starts = task.takes_measure(Measure::Declare) || task.takes_measure(Measure::Classify);
        if starts && !task.is_first() {
            all.push(Change::OnceReal(id));
        }
        let contains = task.does.iter().any(|act| act.measure.contains());
        let waits = task.after.iter().chain(&task.after_any);
        if let Some(declares) = declares {
            let waits_longer = waits.clone().any(|before| *before != declares);
            if contains && waits_longer && id != declares {
                all.push(Change::After(id, declares));
            }
        }
        // What a task comes after, it can come after what that comes after.
        if let [before] = task.after[..]
            && task.after_any.is_empty()
            && let [earlier] = exercise.task(before).after[..]
            && Some(before) != declares
        {
            all.push(Change::After(id, earlier));
        }
        let tells =
            !task.informed.is_empty() || !task.consulted.is_empty() || task.approval.is_some();
        if tells {
            let sure = sure_channels(exercise.organisation());
            let sure = sure
                .into_iter()
                .filter(|channel| task.via != Some(*channel));
            all.extend(sure.map(|channel| Change::HandOnOver(id, channel)));
        }
    }
}

/// What the roles can be given.
fn of_roles(exercise: &Exercise, all: &mut Vec<Change>) {
    let organisation = exercise.organisation();
    let by_role = |role: RoleId| {
        let tasks = exercise.plan().tasks.iter();
        tasks.filter(move |task| exercise.roles(task.by).contains(&role))
    };
    let approves = |role: RoleId| {
        let mut tasks = exercise.plan().tasks.iter();
        tasks.any(|task| {
            task.approval
                .is_some_and(|of| exercise.roles(of).contains(&role))
        })
    };
    for (i, described) in organisation.roles.iter().enumerate() {
        let role = RoleId::new(i);
        if by_role(role).next().is_none() && !approves(role) {
            continue;
        }
        for person in fit(exercise, role) {
            all.push(Change::Deputy(role, person));
            all.push(Change::Holder(role, person));
        }
        all.extend([Change::NewHolder(role), Change::SecondShift(role)]);
        all.extend(CallHours::ALL.map(|hours| Change::OnCall(role, hours)));
        let phases: BTreeSet<Phase> = by_role(role).map(|task| task.phase).collect();
        all.extend(phases.into_iter().map(|phase| Change::Train(role, phase)));
        let sure = sure_channels(organisation).into_iter();
        all.extend(sure.map(|channel| Change::Reach(role, channel)));
        if described.functions.len() > 1 {
            let asked = |function: &&Function| {
                let mut tasks = exercise.plan().tasks.iter();
                tasks.any(|task| task.by == Addressee::Function(**function))
            };
            for function in described.functions.iter().filter(asked) {
                let others = takers(organisation, role, *function);
                all.extend(others.map(|to| Change::MoveFunction(role, *function, to)));
            }
        }
    }
}

/// Who is fit for a role, those with the fewest roles first, as far as they are tried.
pub(crate) fn fit(exercise: &Exercise, role: RoleId) -> Vec<PersonId> {
    let people = (0..exercise.organisation().people.len()).map(PersonId::new);
    let mut fit: Vec<PersonId> = people
        .filter(|person| fit_for(exercise, *person, role))
        .collect();
    fit.sort_by_key(|person| (exercise.roles_held(*person).len(), *person));
    fit.truncate(FIT);
    fit
}

/// Whether somebody could hold a role or stand in for it who does neither: who can do its hands-on work, or,
/// where there is none, holds a role that has none either.
fn fit_for(exercise: &Exercise, person: PersonId, role: RoleId) -> bool {
    let organisation = exercise.organisation();
    let described = exercise.role(role);
    if described.holders.contains(&person) {
        return false;
    }
    let families = |functions: &[Function]| -> BTreeSet<Family> {
        let families = functions.iter().map(|of| of.family());
        families.filter(|family| family.is_hands_on()).collect()
    };
    let needed = families(&described.functions);
    let held = exercise.roles_held(person).iter();
    let functions = held.flat_map(|role| exercise.role(*role).functions.iter().copied());
    let also = organisation.people[person.index()].also.iter().copied();
    let functions: Vec<Function> = functions.chain(also).collect();
    if needed.is_empty() {
        return !functions.is_empty() && families(&functions).is_empty();
    }
    !families(&functions).is_disjoint(&needed)
}

/// The roles that could take a function over: those with one of the same family.
fn takers(
    organisation: &Organisation,
    from: RoleId,
    function: Function,
) -> impl Iterator<Item = RoleId> + '_ {
    let roles = organisation.roles.iter().enumerate();
    let fits = move |other: &Function| other.family() == function.family();
    let others = roles.filter(move |(i, role)| {
        *i != from.index()
            && !role.functions.contains(&function)
            && !role.holders.is_empty()
            && role.functions.iter().any(fits)
    });
    others.map(|(i, _)| RoleId::new(i))
}

/// Channels that interrupt and hang on no asset: the one of which the sender sees that it arrived, and the one
/// for when the others cannot be trusted.
fn sure_channels(organisation: &Organisation) -> Vec<ChannelId> {
    let channels = organisation.channels.iter().enumerate();
    let sure = |of: &Channel| of.kind.interrupts() && of.depends_on.is_empty();
    let sure: Vec<(usize, &Channel)> = channels.filter(|(_, of)| sure(of)).collect();
    let seen = sure
        .iter()
        .find(|(_, of)| of.acknowledgeable && !of.out_of_band);
    let apart = sure.iter().find(|(_, of)| of.out_of_band);
    [seen, apart]
        .into_iter()
        .flatten()
        .map(|(i, _)| ChannelId::new(*i))
        .collect()
}

/// What the organisation has around its people can be given.
fn of_surroundings(exercise: &Exercise, all: &mut Vec<Change>) {
    let organisation = exercise.organisation();
    for source in (0..organisation.sources.len()).map(SourceId::new) {
        let sure = sure_channels(organisation).into_iter();
        all.extend(sure.map(|channel| Change::AlertsOver(source, channel)));
        all.extend([Change::AlertsAgain(source), Change::Widen(source)]);
    }
    all.extend((0..organisation.groups.len()).map(|i| Change::Awareness(GroupId::new(i))));
    all.push(Change::OutOfBand);
    let channels = (0..organisation.channels.len()).map(ChannelId::new);
    all.extend(channels.map(Change::VerifyChannel));
    let stakeholders = (0..organisation.stakeholders.len()).map(StakeholderId::new);
    all.extend(stakeholders.map(Change::VerifyStakeholder));
    let offline: Vec<AssetId> = organisation
        .assets
        .iter()
        .enumerate()
        .filter(|(_, of)| of.kind == AssetKind::BackupOffline)
        .map(|(i, _)| AssetId::new(i))
        .collect();
    for (i, described) in organisation.assets.iter().enumerate() {
        let asset = AssetId::new(i);
        if described.kind.is_backup() || !described.is_ours() {
            continue;
        }
        all.extend(offline.iter().map(|copy| Change::CopyTo(asset, *copy)));
        all.push(Change::Standby(asset));
        if described.rpo.is_some() {
            all.push(Change::BackUpOftener(asset));
        }
    }
}
