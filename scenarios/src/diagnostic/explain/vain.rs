//! What is waited for in vain, or comes at another time than its author thinks.

use super::{Code, Parts};

/// Explains a code about what cannot come, or comes otherwise.
pub(super) const fn of(code: Code) -> Parts {
    match code {
        Code::CannotMeet => (
            "A scenario expects something of a function, and the plan lacks a task for it: none takes the measure, none by this function, none on such an asset, none at the severity of the incident, or none that can be done by then. It is missed in every run, and no practice helps.",
            "Add a task, give it to the function that is expected, or begin it sooner. If the plan is right, expect something else.",
            "expect: [(id: \"tell\", of: Legal, does: Notify(Insurer))], where no task tells the insurer",
        ),
        Code::WaitsInCircle => (
            "Injects, decisions, tasks and steps come when their conditions hold. Each of these waits for the next, and the last one for the first: none of them can ever come, and what waits for them does not either.",
            "Let one of them come without the others: by a time, by `Any([..])`, or by another condition.",
            "(id: \"cut\", does: Isolate(Affected), when: Decided(\"cut\", \"yes\")), where the decision comes up `when: Taken(Isolate)`",
        ),
        Code::MinuteMissing => (
            "Hours end when they say: who works until 13:59 has gone at 13:59. For one minute nobody is on shift or on call, and what comes then waits for whoever comes next.",
            "Let one shift end when the next one begins: `06:00-14:00` and `14:00-22:00`. Midnight is `24:00`.",
            "hours: \"Mon-Fri 00:00-23:59\"",
        ),
        Code::ManyMessages => (
            "What repeats, and what raises false alarms, comes until the exercise ends. More than ten thousand of these messages take all the time of whoever reads them, and every run takes as long as they do.",
            "Let them come more rarely, as they do in your own logs, or let the exercise end sooner.",
            "monitoring: [(id: \"edr\", kind: Edr, false_alarms: \"1m\")], in an exercise of 30 days",
        ),
        Code::PlayedInPart => (
            "To find what is told too early, and steps without a target, the attack is played alone a hundred times. So that a check takes about a second whatever it reads, all runs together make a limited number of entries. What would have come after these was not looked at.",
            "Nothing has to be done. Where most entries are of messages or false alarms, let these come more rarely.",
            "attack: [(id: \"spread\", targets: Everything, ..)], of ten thousand assets",
        ),
        _ => (
            "When the clocks are put forward an hour is skipped, and when they are put back one comes twice. A time that is skipped is taken as the instant of the change, one that comes twice as the first of the two.",
            "Write a time that comes once, or another date.",
            "start: \"2027-03-28 02:30\", with `time_zone: \"Europe/Berlin\"`",
        ),
    }
}
