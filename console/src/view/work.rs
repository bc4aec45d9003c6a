//! Work and approvals as whoever has to do with them sees them.

use super::player::{HandOver, Offered, TaskModel};
use super::{Button, Mark, Speak};
use crate::act::written;
use hotwash_engine::exercise::{Identified, Instance, RoleId, TaskId};
use hotwash_engine::record::{HumanAct, Which};
use hotwash_engine::situation::view::{Job, JobStage, PlayerView};
use hotwash_reports::words;

/// The buttons with which a request for approval is answered.
pub(crate) fn answers(speak: &Speak<'_>, instance: Instance, offers: &[Offered]) -> Vec<Button> {
    let names = speak.exercise.names();
    let asked = offers
        .iter()
        .find(|of| matches!(&of.offer.act, HumanAct::Approve { task, .. } if task.fits(instance)));
    let Some(asked) = asked else {
        return Vec::new();
    };
    let answer = |granted| {
        let act = HumanAct::Approve {
            task: Which::exactly(instance),
            granted,
        };
        Button {
            label: words::button(&act),
            act: written(&act, names),
            ..asked.button(speak)
        }
    };
    vec![answer(true).main(), answer(false)]
}

/// Work that is theirs, and the tasks of the plan that are theirs and of which they see no work yet.
pub(crate) fn tasks(
    speak: &Speak<'_>,
    view: &PlayerView,
    offers: &[Offered],
) -> (Vec<TaskModel>, Vec<TaskModel>) {
    let order = |job: &&Job| match job.stage {
        JobStage::Running | JobStage::TakingOver | JobStage::Interrupted => 0,
        JobStage::Waiting | JobStage::Paused(_) | JobStage::Reopened => 1,
        _ => 2,
    };
    let mut jobs: Vec<&Job> = view.work.iter().collect();
    jobs.sort_by_key(order);
    let work = jobs.into_iter().map(|of| job(speak, view, of, offers));
    let plan = offers.iter().filter_map(|of| match &of.offer.act {
        HumanAct::Start { task, .. } if *task == Which::of(task.task) => {
            let button = of.button(speak);
            let mark = match &button.no {
                None => Mark::new("may start", "info"),
                Some(_) => Mark::new("not yet", ""),
            };
            Some(TaskModel {
                key: format!("plan-{}", task.task.index()),
                detail: takes(speak, task.task),
                mark,
                buttons: vec![button],
                hand_over: None,
                ..titled(speak, task.task)
            })
        }
        _ => None,
    });
    (work.collect(), plan.collect())
}

fn takes(speak: &Speak<'_>, task: TaskId) -> String {
    format!(
        "Takes {}.",
        words::expected(&speak.exercise.task(task).takes)
    )
}

/// A task, with nothing but what it is called.
fn titled(speak: &Speak<'_>, task: TaskId) -> TaskModel {
    TaskModel {
        key: String::new(),
        phase: words::phase_sign(speak.exercise.task(task).phase),
        title: speak.names.task(task),
        detail: String::new(),
        mark: Mark::new("", ""),
        buttons: Vec::new(),
        hand_over: None,
    }
}

fn job(speak: &Speak<'_>, view: &PlayerView, job: &Job, offers: &[Offered]) -> TaskModel {
    let task = job.instance.task;
    let since = speak.time(job.since);
    let (mark, detail) = match job.stage {
        JobStage::Waiting if job.asked.is_some() => {
            let of = job.asked.map(|role| speak.names.the_role(role));
            let text = format!(
                "Waits since {since} for approval by {}.",
                of.unwrap_or_default()
            );
            (Mark::new("waits", "wait"), text)
        }
        JobStage::Waiting => (Mark::new("may start", "info"), takes(speak, task)),
        JobStage::Paused(why) => {
            let text = format!("Laid aside {since}: {}.", words::laid_aside(why));
            (Mark::new("laid aside", "wait"), text)
        }
        JobStage::TakingOver => (Mark::new("taken over", "info"), format!("Since {since}.")),
        JobStage::Running => {
            let text = format!("Runs since {since}. {}", takes(speak, task));
            (Mark::new("runs", "info"), text)
        }
        JobStage::Interrupted => (
            Mark::new("interrupted", "wait"),
            format!("By a call, {since}."),
        ),
        JobStage::Claimed => (Mark::new("done", "ok"), format!("Since {since}.")),
        JobStage::Reopened => (
            Mark::new("again", "bad"),
            format!("An error came to light {since}."),
        ),
        JobStage::GivenUp => (Mark::new("given up", "bad"), format!("At {since}.")),
        JobStage::NothingToDo => (Mark::new("nothing to do", ""), format!("At {since}.")),
        JobStage::LeftOut => (Mark::new("left out", ""), format!("At {since}.")),
    };
    let own = |act: &HumanAct| match act {
        HumanAct::Start { task, .. } | HumanAct::AskApproval { task } => {
            *task == Which::exactly(job.instance)
        }
        _ => false,
    };
    let asks = |act: &HumanAct| matches!(act, HumanAct::AskApproval { .. });
    let buttons = offers.iter().filter(|of| own(&of.offer.act));
    // Who cannot ask for approval has nothing from reading why.
    let useful = buttons.filter(|of| !asks(&of.offer.act) || of.offer.refused.is_none());
    let title = job.on.map_or_else(
        || speak.names.task(task),
        |asset| format!("{}: {}", speak.names.task(task), speak.names.asset(asset)),
    );
    TaskModel {
        key: format!(
            "job-{}-{}-{}",
            task.index(),
            job.instance.incident.index(),
            job.instance.ordinal
        ),
        title,
        detail,
        mark,
        buttons: useful.map(|of| of.button(speak)).collect(),
        hand_over: hand_over(speak, view, job),
        ..titled(speak, task)
    }
}

fn hand_over(speak: &Speak<'_>, view: &PlayerView, job: &Job) -> Option<HandOver> {
    let mut mine = view.people.iter().map(|of| of.person);
    let doer = mine.find(|person| job.people.contains(person))?;
    if job.stage != JobStage::Running {
        return None;
    }
    let names = speak.exercise.names();
    let roles = &speak.exercise.organisation().roles;
    let ids = (0..roles.len()).map(RoleId::new);
    let others = ids.filter(|role| !view.roles.contains(role));
    let to = others.clone().next()?;
    let act = HumanAct::HandOver {
        task: Which::exactly(job.instance),
        to,
    };
    let listed = others.map(|role| (role.slug(names).to_string(), speak.names.role(role)));
    Some(HandOver {
        act: written(&act, names),
        plays: speak.slug(doer),
        roles: listed.collect(),
    })
}
