//! What each code means, for `hotwash explain CODE` and the reference page.

mod law;
mod mended;
mod plausible;
mod staff;
mod telling;
mod vain;
mod writing;

use super::Code;

/// A code explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What it is about, in one line.
    pub title: &'static str,
    /// Why it is reported.
    pub why: &'static str,
    /// What to do.
    pub cure: &'static str,
    /// How it looks when it is wrong.
    pub example: &'static str,
    /// How the same looks when it is right.
    pub mended: &'static str,
}

/// Explains a code.
pub const fn explain(code: Code) -> Explanation {
    let (why, cure, example) = match code {
        Code::NotText | Code::TooLarge | Code::EmptyFile | Code::ByteOrderMark => {
            writing::of_file(code)
        }
        Code::SmartQuote
        | Code::OpenText
        | Code::OpenComment
        | Code::BadEscape
        | Code::StrayCharacter
        | Code::Percent
        | Code::Bracket
        | Code::MissingComma
        | Code::MissingColon
        | Code::Unexpected
        | Code::TooDeep
        | Code::Extension
        | Code::NotRon
        | Code::InsideWord
        | Code::OtherBlank
        | Code::HashComment
        | Code::OtherFormat => writing::of_syntax(code),
        Code::WrongFile
        | Code::UnknownField
        | Code::MissingField
        | Code::DuplicateField
        | Code::WrongKind
        | Code::UnknownWord
        | Code::QuotedWord
        | Code::UnquotedName
        | Code::WrongArguments
        | Code::BadId
        | Code::BadDuration
        | Code::BadNumber
        | Code::BadTime
        | Code::BadHours
        | Code::UnknownZone
        | Code::UnknownCurrency
        | Code::BadTechnique => of_values(code),
        Code::UnknownCountry
        | Code::UnknownDuty
        | Code::DutyTwice
        | Code::LawUnknown
        | Code::NoClause
        | Code::LongerThanLaw => law::of_law(code),
        _ => of_meaning(code),
    };
    Explanation {
        title: code.title(),
        why,
        cure,
        example,
        mended: mended::mended(code),
    }
}

type Parts = (&'static str, &'static str, &'static str);

const fn of_values(code: Code) -> Parts {
    match code {
        Code::WrongFile => (
            "The outer name says what a file holds, so that a scenario is never taken for a plan.",
            "Start the file with `Organisation(`, `Plan(`, `Scenario(` or `Exercise(`.",
            "(title: \"Response\")",
        ),
        Code::UnknownField => (
            "A field that is not known would be ignored, and its author would never learn why it has no effect.",
            "Correct the name; `hotwash schema` lists the fields with their meaning.",
            "(id: \"triage\", phse: Assessment)",
        ),
        Code::MissingField => (
            "Nearly every field has a default. This one has none, because any default would be a guess about the organisation.",
            "Add the field.",
            "tasks: [(id: \"triage\")]",
        ),
        Code::DuplicateField => (
            "One of the two values would be ignored.",
            "Keep one.",
            "(id: \"triage\", id: \"first\")",
        ),
        Code::WrongKind => (
            "The field holds another kind of value: a text, a number, a list, a word or fields in brackets.",
            "Write the kind that is expected.",
            "after: \"triage\"",
        ),
        Code::UnknownWord => (
            "Words of the vocabulary are shared by all organisations, plans and scenarios; others mean nothing.",
            "Choose a word of the list; the nearest one is named.",
            "phase: Asessment",
        ),
        Code::QuotedWord => (
            "Words of the vocabulary are written bare, and an author's own names in quotes: so a reader sees which is which.",
            "Remove the quotes.",
            "phase: \"Assessment\"",
        ),
        Code::UnquotedName => (
            "An author's own names and texts are in quotes; bare words are vocabulary.",
            "Put it in quotes.",
            "(id: triage)",
        ),
        _ => of_forms(code),
    }
}

const fn of_forms(code: Code) -> Parts {
    match code {
        Code::WrongArguments => (
            "A word takes a fixed number of things in its brackets, or stands without.",
            "Write as many as the word needs.",
            "when: Not()",
        ),
        Code::BadId => (
            "Ids are made of letters, digits, `-`, `_` and `.`, and have at most 64 characters: records and file names hold them.",
            "Write hyphens for blanks; put the full name into `title`.",
            "(id: \"file server\")",
        ),
        Code::BadDuration => (
            "A duration is a number with a unit (s, m, h, d, w), a range (`5m to 40m`: nine times in ten within), `least 5m, likely 20m, most 2h`, `about 20m` or a list. Limits also count business days (`2bd`) and months (`1mo`).",
            "Correct the number, the unit or the order.",
            "takes: \"40m to 5m\"",
        ),
        Code::BadNumber => (
            "Numbers are plain decimals within a range that makes sense; shares have at most four places, because nothing is ever rounded.",
            "Write a number in the range named.",
            "chance: 1.5",
        ),
        Code::BadTime => (
            "Dates are written year-month-day, starts as a weekday or date with a time, ages with a unit.",
            "Write `2026-03-06`, `Fri 18:40` or `90d`.",
            "start: \"Friday evening\"",
        ),
        Code::BadHours => (
            "Hours of the week are days and times, several of them separated by commas, or `always`.",
            "Write `Mon-Fri 08:00-18:00`.",
            "hours: \"9 to 5\"",
        ),
        Code::UnknownZone => (
            "Time zones are those of the IANA database, so that clock changes are known.",
            "Write the zone of the nearest listed city, such as `Europe/Lisbon`.",
            "time_zone: \"Lisbon time\"",
        ),
        Code::UnknownCurrency => (
            "Pages show the currency beside each amount. It is the code of one currency: a sign such as `$` stands for many.",
            "Write its three letters of ISO 4217, such as `EUR`, `GBP` or `CHF`.",
            "currency: \"euro\"",
        ),
        _ => (
            "Techniques are cited by their ATT&CK id, a `T` with four digits, and three more for a sub-technique.",
            "Write the id as on the technique's page.",
            "technique: \"T148\"",
        ),
    }
}

const fn of_meaning(code: Code) -> Parts {
    match code {
        Code::UnknownRole => (
            "Tasks and messages are addressed to a function, as a bare word, or to a role of the organisation, in quotes. Nothing has this name.",
            "Correct the name, or add the role.",
            "by: Analist",
        ),
        Code::DuplicateId => (
            "A reference to the id, and every line of a record about it, could mean either thing.",
            "Give one of them another id.",
            "[(id: \"triage\", ..), (id: \"triage\", ..)]",
        ),
        Code::UnknownPerson
        | Code::UnknownAsset
        | Code::UnknownChannel
        | Code::UnknownTask
        | Code::UnknownObligation
        | Code::UnknownDecision
        | Code::UnknownIncident
        | Code::UnknownStep
        | Code::UnknownInject
        | Code::UnknownExpectation => unknown(code),
        Code::Cycle => (
            "Each of these things waits for the next, and the last one for the first: none can ever begin. Assets that depend on each other in a circle never serve again once one is down.",
            "Remove one of the references.",
            "(id: \"a\", after: [\"b\"]), (id: \"b\", after: [\"a\"])",
        ),
        Code::NotPortable => (
            "A scenario runs against any organisation and plan, so it speaks in functions, kinds, measures and stakeholders, never in names.",
            "Write the function (`Analyst`) or the kind (`Kind(FileServer)`).",
            "to: \"night-desk\"",
        ),
        Code::FactOutOfPlace => (
            "Conditions of a plan see what people know and claim; conditions of a scenario see the truth. Some facts exist on one side only.",
            "Ask for a fact of the right side.",
            "injects: [(when: Done(\"triage\"), ..)]",
        ),
        Code::ActInTrigger => (
            "A deadline of law counts from what was known. If it waited for the team to declare or decide, keeping silent would be rewarded.",
            "Name what has to be known.",
            "aware: (what: Known(Declared))",
        ),
        Code::SeveralAsked => (
            "An expectation is judged by what was done, by what was not done, or by what somebody saw. One verdict cannot be about two of these.",
            "Make two expectations of it.",
            "(id: \"calm\", of: IncidentManager, does: Declare, not: Shutdown(Affected))",
        ),
        Code::TwoTriggers => (
            "A clock starts with awareness or after another clock, not with both.",
            "Keep one of the two.",
            "(aware: (..), after: \"early-warning\")",
        ),
        _ => of_wholes(code),
    }
}

const fn of_wholes(code: Code) -> Parts {
    match code {
        Code::TwoTruths => (
            "`truth` is short for a scenario with one incident; with a list of incidents each has its own.",
            "Keep one of the two.",
            "truth: (..), incidents: [..]",
        ),
        Code::NothingToDecide => (
            "A decision needs at least two options, somebody who decides, and, in a plan, a condition that brings it up.",
            "Add what is missing.",
            "decisions: [(id: \"pay\", question: \"Pay?\")]",
        ),
        Code::TimeOrder => (
            "Two times are the wrong way round: something would end before it starts, or come before the exercise.",
            "Swap or correct them.",
            "attack_began: \"2h\"",
        ),
        Code::NoBusinessDay => plausible::of(code),
        Code::Weights => (
            "A score is a weighted mean, so the weights of a group sum to 1.",
            "Correct the weights; where one is given, the defaults of the others count too.",
            "scoring: (timeliness: 0.6)",
        ),
        Code::FreeOutage => (
            "What an hour of outage costs is weighed against the harm that measures themselves do. A rate of 0, or one below a hundredth of what the availability of the asset would count for, makes an outage all but free to bring about, so it needs a reason.",
            "Say why, as in `loss_per_hour: (0, because: \"..\")`, give the rate, or leave it out: then the availability of the asset decides.",
            "assets: [(id: \"archive\", kind: FileServer, loss_per_hour: 0)]",
        ),
        Code::NobodyActs => (
            "Without roles and people nothing can be done, whatever the plan says.",
            "Add at least one role and one person who holds it.",
            "Organisation(name: \"Marsh Lane\")",
        ),
        Code::NoTasks => (
            "Whatever happens, a plan without tasks does nothing about it.",
            "Add tasks, the first one with `when: AlertRaised`.",
            "Plan(tasks: [])",
        ),
        Code::NothingHappens => (
            "A scenario without attack and injects has nothing to respond to.",
            "Add injects, or steps of an attack.",
            "Scenario(title: \"A quiet day\")",
        ),
        Code::NoFunction => (
            "Plans and scenarios address functions; a role without one is only reached by its name.",
            "Say what the role is for.",
            "(id: \"lead\", function: [])",
        ),
        _ => of_the_whole(code),
    }
}

const fn of_the_whole(code: Code) -> Parts {
    match code {
        Code::MissingPart => (
            "An exercise is an organisation, its plan and a scenario. What was given holds less.",
            "Give the missing files, or name definitions of the library.",
            "hotwash check plan.ron",
        ),
        Code::NoExercise => (
            "Each definition is sound, and together they break a rule that the engine relies on, such as the longest time from the start of the attack to the end.",
            "Change what the message names.",
            "attack_began: \"-3000d\", limit: \"2000d\"",
        ),
        _ => of_weakness(code),
    }
}

const fn unknown(code: Code) -> Parts {
    const WHY: &str =
        "The reference means nothing, so what depends on it would silently never happen.";
    const CURE: &str = "Correct the name, or define what it names.";
    let example = match code {
        Code::UnknownPerson => "deputies: [\"jonsa\"]",
        Code::UnknownAsset => "depends_on: [\"netwrok\"]",
        Code::UnknownChannel => "via: \"phnoe\"",
        Code::UnknownTask => "after: [\"triaeg\"]",
        Code::UnknownObligation => "after: \"early-warnign\"",
        Code::UnknownDecision => "when: Decided(\"pay\", \"nope\")",
        Code::UnknownIncident => "incident: \"secnod\"",
        Code::UnknownStep => "reveals: [Step(\"encypt\")]",
        Code::UnknownInject => "then: [Fire(\"pres\")]",
        _ => "critical: [\"contian\"]",
    };
    (WHY, CURE, example)
}

const fn of_weakness(code: Code) -> Parts {
    match code {
        Code::NoInjects => (
            "Players learn only what the organisation's own monitoring sees.",
            "Add injects, such as a call from a user.",
            "Scenario(attack: [..], injects: [])",
        ),
        Code::NeverComes => (
            "An inject comes at a time, on a condition, or when a decision fires it. This one has none of these.",
            "Give it `at` or `when`, or `Fire` it.",
            "(id: \"press\", from: \"..\", to: Communications, text: \"..\")",
        ),
        Code::AfterEnd => (
            "The exercise ends before, or starts after, the time given.",
            "Correct the time or the limit.",
            "limit: \"4h\", injects: [(at: \"6h\", ..)]",
        ),
        Code::FunctionMissing => (
            "A response needs these functions. Where no role has one, another role stands in, which costs time and shows as a gap.",
            "Add the function to a role; a role may have several.",
            "roles: [(id: \"lead\", function: IncidentManager)]",
        ),
        Code::NobodyHolds => (
            "The work of a role that nobody holds waits for its deputies, and without them for the escalation.",
            "Add the role to a person.",
            "roles: [(id: \"press\", function: Communications)], people: []",
        ),
        Code::NobodyAtNight => (
            "Attacks begin when offices are empty. At the hours named nobody who can do these tasks is on duty or on call.",
            "Put somebody on call, or name a deputy who is.",
            "people: [(id: \"ines\", roles: [\"legal\"])]",
        ),
        Code::NobodyApproves => (
            "The work is ready and somebody is there to do it, but at the hours named nobody can give the approval that the plan asks for.",
            "Name a deputy who is on call, or let the role that does it take the measure without asking (`may`).",
            "approval: Executive",
        ),
        Code::NoDeputy => (
            "If the one holder is away, every approval waits for the escalation.",
            "Add `deputies` to the role.",
            "(id: \"director\", function: Executive)",
        ),
        Code::CannotLearn => (
            "The task waits for a fact, and nothing in monitoring, injects or the plan ever tells it to the role.",
            "Let somebody tell it, or let the task follow another task with `after`.",
            "(id: \"warn\", by: Legal, when: AlertRaised)",
        ),
        Code::TooFast
        | Code::WideRange
        | Code::ManyHands
        | Code::AlwaysOnCall
        | Code::NoFalseAlarms => plausible::of(code),
        Code::TooFewPeople | Code::OwnApproval | Code::AllOnLeave => staff::of(code),
        Code::HoursOfAuthority | Code::StrangeHours => telling::of(code),
        Code::CannotMeet
        | Code::WaitsInCircle
        | Code::MinuteMissing
        | Code::BetweenClocks
        | Code::ManyMessages
        | Code::PlayedInPart => vain::of(code),
        _ => of_weak_parts(code),
    }
}

const fn of_weak_parts(code: Code) -> Parts {
    match code {
        Code::ConstantCondition => (
            "The condition has the same result whatever happens.",
            "Leave it out, or name what it waits for.",
            "when: Any([])",
        ),
        Code::StrangeDuration => (
            "Work that takes no time, or months, is nearly always a wrong unit.",
            "Check the unit.",
            "takes: \"90d\"",
        ),
        Code::NoEffect => (
            "Together with another field this one changes nothing.",
            "Remove it, or the other one.",
            "noise: true, reveals: [Impact]",
        ),
        Code::EmptyObjective => (
            "An objective is rated by its critical expectations and its success condition; with neither it is always N, not exercised.",
            "Name what is critical for it.",
            "(id: \"O1\", capability: Contain, text: \"..\")",
        ),
        Code::TargetTooShort => (
            "Even if nobody waits for anything and everything goes as it usually does, the phase takes longer than its target: it will be missed by design.",
            "Give the target more time, start some of the work earlier or in parallel, or say shorter durations if they are true.",
            "targets: {Response: \"1h\"}, tasks: [(phase: Response, does: Isolate, takes: \"2h to 6h\", ..)]",
        ),
        Code::RevealedEarly => (
            "The attack is played alone a hundred times, with nobody who responds. In more than five of the runs the step has not happened when the inject comes. The inject then waits for it, and comes later than it says, or never.",
            "Let the inject come later, or with the step: `when: Reached(\"encrypt\")`. Or let the step happen sooner.",
            "(id: \"locked\", at: \"5m\", reveals: [Step(\"encrypt\")], ..), where `encrypt` takes \"1h to 4h\"",
        ),
        Code::NoTargets => (
            "The attack is played alone a hundred times. Whenever the step comes up, no asset of the organisation fits its `targets` within reach of the attacker: it ends without effect, and what comes after it never happens.",
            "Choose other targets, put what makes them before it, or connect the assets in `network`.",
            "targets: One(Kind(IndustrialController)), where the organisation has none",
        ),
        Code::OpenOrder => (
            "A scenario expects something before something else, or evidence that a measure destroys. Where the plan does not say which comes first, whoever is quick at the one loses the other, and no rehearsal can say whose fault that is.",
            "Let the later task come `after` the first, or wait for it in its `when`.",
            "(id: \"restore\", does: Restore(Affected)), where a scenario expects `Preserve(item: Memory, of: Affected)`",
        ),
        Code::OneForMany => (
            "Whoever has an asset in hand needs the time for each of them: one piece of work takes as long for twenty as for one.",
            "Write `each: Asset`, and how long one asset takes.",
            "does: Restore(Affected), takes: \"4h to 1d\"",
        ),
        Code::NoTarget => (
            "A plan's own targets stand beside the yardstick by which it is judged. Where the plan has none, the default's are taken for its own, and the report says so.",
            "Add the target to the plan: `targets: {Response: \"4h\"}`.",
            "Plan(tasks: [..])",
        ),
        Code::NoObjective => (
            "The expectation counts for coverage, and for no objective.",
            "Add it to the `critical` or `supporting` items of an objective, if it is meant to count there.",
            "expect: [(id: \"log-open\", ..)]",
        ),
        Code::NoObjectives => (
            "Without objectives an exercise has a score and no ratings.",
            "Add `objectives`.",
            "Scenario(injects: [..])",
        ),
        _ => (
            "Nothing refers to it, so it is probably misspelt elsewhere or no longer needed.",
            "Use it or remove it.",
            "channels: [(id: \"fax\", kind: Letter)]",
        ),
    }
}
