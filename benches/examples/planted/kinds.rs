//! Eight kinds of weakness: how each is planted into a sound exercise, and which changes mend it.

use hotwash_engine::campaign::{CallHours, Change};
use hotwash_engine::exercise::{
    Addressee, Condition, Day, Difficulty, Exercise, Experience, Law, Measure, Parts, RoleId, Span,
    TaskId, WeeklyHours,
};

/// How a weakness is planted, and which change mends it.
pub(crate) struct Kind {
    /// What it is.
    pub(crate) name: &'static str,
    /// What has to be so that it does harm, and is no weakness of the task itself; `None` where there is no room.
    pub(crate) prepare: fn(&mut Parts, TaskId) -> Option<()>,
    /// Plants it where the task is that contains; `None` where there is no room for it.
    pub(crate) plant: fn(&mut Parts, TaskId) -> Option<()>,
    /// Whether a change mends it.
    pub(crate) mends: fn(&Exercise, TaskId, Change) -> bool,
}

/// The eight kinds.
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        approval(),
        wait(),
        condition(),
        slow(),
        away(),
        off_call(),
        blind(),
        green(),
    ]
}

/// The roles that do a task.
fn doers(parts: &Parts, task: TaskId) -> Vec<RoleId> {
    let by = parts.plan.tasks[task.index()].by;
    match by {
        Addressee::Role(role) => vec![role],
        Addressee::Function(function) => {
            let roles = parts.organisation.roles.iter().enumerate();
            let fit = roles.filter(|(_, role)| role.functions.contains(&function));
            fit.map(|(i, _)| RoleId::new(i)).collect()
        }
    }
}

fn is_for(exercise: &Exercise, task: TaskId, role: RoleId) -> bool {
    exercise.roles(exercise.task(task).by).contains(&role)
}

/// A role that does something else than the task.
fn approver(parts: &Parts, task: TaskId) -> Option<RoleId> {
    let mine = doers(parts, task);
    let roles = parts.organisation.roles.iter().enumerate();
    let mut others =
        roles.filter(|(i, role)| !mine.contains(&RoleId::new(*i)) && !role.holders.is_empty());
    others.next().map(|(i, _)| RoleId::new(i))
}

fn approval() -> Kind {
    Kind {
        name: "approval by who is never there",
        prepare: |parts, task| {
            let approver = approver(parts, task)?;
            let role = &mut parts.organisation.roles[approver.index()];
            role.deputies.clear();
            for person in role.holders.clone() {
                let person = &mut parts.organisation.people[person.index()];
                (person.shift, person.on_call) = (WeeklyHours::default(), WeeklyHours::default());
            }
            Some(())
        },
        plant: |parts, task| {
            let approver = approver(parts, task)?;
            parts.plan.tasks[task.index()].approval = Some(Addressee::Role(approver));
            Some(())
        },
        mends: |_, task, change| matches!(change, Change::WithoutApproval(of) | Change::ApprovedBy(of, _) | Change::May(_, of) if of == task),
    }
}

fn wait() -> Kind {
    Kind {
        name: "a wait of two days in the plan",
        prepare: |_, _| Some(()),
        plant: |parts, task| {
            parts.plan.tasks[task.index()].delay = Some(Law::Fixed(Span::days(2)));
            Some(())
        },
        mends: |_, task, change| change == Change::WithoutDelay(task),
    }
}

fn condition() -> Kind {
    Kind {
        name: "a condition that never holds",
        prepare: |_, _| Some(()),
        plant: |parts, task| {
            let of = &mut parts.plan.tasks[task.index()];
            (!of.after.is_empty()).then_some(())?;
            of.when = Some(Condition::Any(Vec::new()));
            Some(())
        },
        mends: |_, task, change| change == Change::WithoutCondition(task),
    }
}

/// A task that looks into what happened, and is another than this and than declaring.
fn looking(parts: &Parts, task: TaskId) -> Option<TaskId> {
    let tasks = &parts.plan.tasks;
    let looks = tasks.iter().position(|of| {
        of.takes_measure(Measure::Investigate) || of.takes_measure(Measure::Scope)
    })?;
    let declares = tasks[looks].takes_measure(Measure::Declare);
    (looks != task.index() && !declares).then_some(TaskId::new(looks))
}

fn slow() -> Kind {
    Kind {
        name: "a long task before it",
        prepare: |parts, task| {
            let slow = looking(parts, task)?;
            parts.plan.tasks[slow.index()].takes = Law::Fixed(Span::days(2));
            Some(())
        },
        plant: |parts, task| {
            let slow = looking(parts, task)?;
            let of = &mut parts.plan.tasks[task.index()];
            of.after = vec![slow];
            of.after_any.clear();
            Some(())
        },
        mends: |_, task, change| matches!(change, Change::After(of, _) if of == task),
    }
}

fn away() -> Kind {
    Kind {
        name: "who does it is away, without a deputy",
        prepare: |_, _| Some(()),
        plant: |parts, task| {
            for role in doers(parts, task) {
                let role = &mut parts.organisation.roles[role.index()];
                role.deputies.clear();
                let holders = role.holders.clone();
                for person in holders {
                    parts.organisation.people[person.index()].leave = vec![(Day(0), Day(40_000))];
                }
            }
            Some(())
        },
        mends: |exercise, task, change| match change {
            Change::Deputy(role, _)
            | Change::Holder(role, _)
            | Change::NewHolder(role)
            | Change::SecondShift(role)
            | Change::MoveFunction(role, ..) => is_for(exercise, task, role),
            _ => false,
        },
    }
}

fn off_call() -> Kind {
    Kind {
        name: "who does it is never on call",
        prepare: |_, _| Some(()),
        plant: |parts, task| {
            for role in doers(parts, task) {
                let role = &mut parts.organisation.roles[role.index()];
                role.deputies.clear();
                let holders = role.holders.clone();
                for person in holders {
                    let person = &mut parts.organisation.people[person.index()];
                    person.on_call = WeeklyHours::default();
                    person.shift.0.retain(|of| of.weekday == 2);
                    (!person.shift.0.is_empty()).then_some(())?;
                }
            }
            Some(())
        },
        mends: |exercise, task, change| match change {
            Change::OnCall(role, hours) => {
                hours != CallHours::Weekend && is_for(exercise, task, role)
            }
            Change::Deputy(role, _)
            | Change::Holder(role, _)
            | Change::NewHolder(role)
            | Change::SecondShift(role) => is_for(exercise, task, role),
            _ => false,
        },
    }
}

fn blind() -> Kind {
    Kind {
        name: "sources that see nothing of it",
        prepare: |_, _| Some(()),
        plant: |parts, _| {
            let mut any = false;
            for source in &mut parts.organisation.sources {
                for sight in &mut source.sees {
                    sight.techniques = vec!["T0000".to_owned()];
                    any = true;
                }
            }
            any.then_some(())
        },
        mends: |_, _, change| matches!(change, Change::Widen(_)),
    }
}

fn green() -> Kind {
    Kind {
        name: "who does it has little experience",
        prepare: |parts, task| {
            parts.plan.tasks[task.index()].difficulty = Difficulty::High;
            Some(())
        },
        plant: |parts, task| {
            let phase = parts.plan.tasks[task.index()].phase;
            for role in doers(parts, task) {
                let role = &parts.organisation.roles[role.index()];
                let people: Vec<_> = role.holders.iter().chain(&role.deputies).copied().collect();
                for person in people {
                    parts.organisation.people[person.index()].experience[phase.index()] =
                        Experience::Little;
                }
            }
            Some(())
        },
        mends: |exercise, task, change| matches!(change, Change::Train(role, _) if is_for(exercise, task, role)),
    }
}
