//! Hours of the week at which nobody can come or approve.

use super::Scene;
use crate::definition::{Addressee, Hours, OnCall, Person, Role, Task};
use crate::diagnostic::{Code, Diagnostic};
use hotwash_engine::exercise::{DayHours, Phase, WeeklyHours};

/// Minutes of a week.
const WEEK: usize = 7 * 1_440;

/// The minutes of the week at which somebody is on duty or on call.
struct Cover(Vec<bool>);

impl Cover {
    fn of<'p>(scene: Scene<'_>, people: impl IntoIterator<Item = &'p Person>) -> Self {
        let mut cover = Self(vec![false; WEEK]);
        for person in people {
            match (
                &person.hours,
                scene.organisation.and_then(|o| o.hours.as_ref()),
            ) {
                (Some(own), _) => cover.add(&own.value),
                (None, Some(office)) => cover.add(&office.value),
                (None, None) => cover.add(&default_hours()),
            }
            match person.on_call.as_ref().map(|on_call| &on_call.value) {
                Some(OnCall::Always(true)) => cover.0.fill(true),
                Some(OnCall::At(hours)) => cover.add(hours),
                Some(OnCall::Always(false)) | None => {}
            }
        }
        cover
    }

    fn add(&mut self, hours: &Hours) {
        for day in &hours.0.0 {
            let midnight = usize::from(day.weekday) * 1_440;
            let (from, until) = (
                midnight + usize::from(day.from),
                midnight + usize::from(day.until),
            );
            self.0[from..until.min(WEEK)].fill(true);
            // Sunday night runs into Monday.
            self.0[..until.saturating_sub(WEEK)].fill(true);
        }
    }

    /// The first stretch that is not covered, in words; `None` where there is none.
    fn gap(&self) -> Option<String> {
        let covered = self.0.iter().position(|covered| *covered);
        let Some(first) = covered else {
            return Some("at any time".to_owned());
        };
        let at = |minute: usize| self.0[(first + minute) % WEEK];
        let from = (0..WEEK).find(|minute| !at(*minute))?;
        let until = (from..=WEEK).find(|minute| at(*minute)).unwrap_or(WEEK);
        let clock = |minute: usize| {
            let of_day = (first + minute) % 1_440;
            format!("{:02}:{:02}", of_day / 60, of_day % 60)
        };
        let long = until - from > 1_440;
        Some(if long {
            format!("from {} {} on", weekday(first + from), clock(from))
        } else {
            format!("from {} to {}", clock(from), clock(until))
        })
    }
}

const fn weekday(minute: usize) -> &'static str {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    NAMES[minute % WEEK / 1_440]
}

/// The hours of an organisation that gives none.
fn default_hours() -> Hours {
    let day = |weekday| DayHours {
        weekday,
        from: 480,
        until: 1_080,
    };
    Hours(WeeklyHours((0..5).map(day).collect()))
}

/// The people who can do the work of a role.
fn staff<'d>(scene: Scene<'d>, roles: &[&'d Role]) -> Vec<&'d Person> {
    let of_role = |role: &&'d Role| {
        let mut people = scene.holders(role);
        people.extend(scene.deputies(role));
        people
    };
    roles.iter().flat_map(of_role).collect()
}

/// What: required tasks for which nobody can be called at some hour of the week.
/// Why: attacks begin when offices are empty; the task waits until somebody comes back.
/// Example: `by: Legal`, with one lawyer in office hours and nobody on call.
pub(super) fn tasks_at_night(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), Some(_)) = (scene.plan, scene.organisation) else {
        return;
    };
    // A review waits for the morning anyway.
    let required = plan.tasks.iter().filter(|task| {
        let optional = task.optional.is_some_and(|optional| optional.value);
        !optional && task.phase.value != Phase::Closure
    });
    let mut groups: Vec<(&Addressee, Vec<&Task>)> = Vec::new();
    for task in required {
        match groups.iter_mut().find(|(by, _)| same(by, &task.by)) {
            Some((_, tasks)) => tasks.push(task),
            None => groups.push((&task.by, vec![task])),
        }
    }
    for (by, tasks) in groups {
        let roles = scene.roles(by);
        let people = staff(scene, &roles);
        if people.is_empty() {
            continue;
        }
        let Some(gap) = Cover::of(scene, people.iter().copied()).gap() else {
            continue;
        };
        let names: Vec<String> = tasks.iter().map(|task| format!("`{}`", *task.id)).collect();
        let message = format!("nobody can be called for {} {gap}", listed(&names));
        let mut problem = Diagnostic::new(Code::NobodyAtNight, message, by.place());
        if let Some(role) = roles.first() {
            problem = problem.context(role.id.place, described(people.len()));
        }
        out.push(problem.help("put somebody on call (`on_call: true`), or name a deputy who is"));
    }
}

fn described(people: usize) -> String {
    match people {
        1 => "one person, nobody on call then".to_owned(),
        n => format!("{n} people, none on call then"),
    }
}

/// At most three names, and how many more.
fn listed(names: &[String]) -> String {
    match names {
        [_, _, _, _, ..] => format!("{} and {} more", names[..3].join(", "), names.len() - 3),
        _ => names.join(", "),
    }
}

fn same(a: &Addressee, b: &Addressee) -> bool {
    match (a, b) {
        (Addressee::Function(a), Addressee::Function(b)) => a.value == b.value,
        (Addressee::Role(a), Addressee::Role(b)) => a.value == b.value,
        _ => false,
    }
}

/// The task's own measures, all of which its roles may take without asking.
pub(super) fn needs_no_approval(task: &Task, doers: &[&Role]) -> bool {
    !task.does.is_empty()
        && task.does.iter().all(|act| {
            let may = |role: &&Role| role.may.iter().any(|may| may.value == act.measure.value);
            doers.iter().any(may)
        })
}

/// What: a task whose approval nobody can give at some hour of the week.
/// Why: the work is ready, the people are there, and it waits for a signature.
/// Example: `approval: IncidentManager`, with one holder in office hours and no deputy.
pub(super) fn approvals_at_night(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), Some(_)) = (scene.plan, scene.organisation) else {
        return;
    };
    for task in &plan.tasks {
        let Some(approval) = &task.approval else {
            continue;
        };
        let (roles, doers) = (scene.roles(approval), scene.roles(&task.by));
        let people = staff(scene, &roles);
        if people.is_empty() || needs_no_approval(task, &doers) {
            continue;
        }
        let Some(gap) = Cover::of(scene, people.iter().copied()).gap() else {
            continue;
        };
        let message = format!("nobody can approve `{}` {gap}", *task.id);
        let problem = Diagnostic::new(Code::NobodyApproves, message, approval.place())
            .context(roles[0].id.place, described(people.len()));
        let may = task.does.first().map(|act| act.measure.name());
        out.push(match may {
            Some(measure) => problem.help(format!(
                "name a deputy who is on call, or add `may: [{measure}]` to who does the task"
            )),
            None => problem.help("name a deputy who is on call"),
        });
    }
}

/// What: a role that approves and has neither a second holder nor a deputy.
/// Why: if that person is away, every approval waits for the escalation.
/// Example: `approval: Executive`, with one executive.
pub(super) fn approval_without_deputy(scene: Scene<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(plan), Some(organisation)) = (scene.plan, scene.organisation) else {
        return;
    };
    for role in &organisation.roles {
        let asked = plan.tasks.iter().find(|task| {
            let approval = task.approval.iter();
            approval
                .flat_map(|by| scene.roles(by))
                .any(|asked| asked.id.value == role.id.value)
        });
        let Some(task) = asked else { continue };
        if scene.holders(role).len() == 1 && scene.deputies(role).is_empty() {
            let message = format!("`{}` approves, and nobody stands in for it", *role.id);
            let place = task.approval.as_ref().map_or(task.place, Addressee::place);
            out.push(
                Diagnostic::new(Code::NoDeputy, message, role.id.place)
                    .context(place, format!("such as `{}`", *task.id))
                    .help("add `deputies: [..]` to the role"),
            );
        }
    }
}
