//! What a scenario or a plan asks for and an organisation does not have is named, and the exercise
//! is played without it.

use hotwash_engine::exercise::{Condition, Exercise, Fact, Function, GapKind, Object, Trigger};
use hotwash_scenarios::{Source, Start, bind, load};

/// An organisation of one person, with as little as there can be.
const ORGANISATION: &str = "Organisation(name: \"A\", people: [(id: \"p\", roles: [\"r\"])], \
    roles: [(id: \"r\", function: IncidentManager), (id: \"empty\", function: Trainer)], \
    assets: [(id: \"d\", kind: Database, holds: 5)], channels: [(id: \"mail\", kind: Mail)], \
    revenue: 1_000_000)";

fn exercise(plan: &str, scenario: &str) -> Exercise {
    let sources = [
        Source::new("organisation.ron", ORGANISATION),
        Source::new("plan.ron", format!("Plan({plan})")),
        Source::new(
            "scenario.ron",
            format!("Scenario(title: \"T\", {scenario})"),
        ),
    ];
    let definitions = load(&sources).expect("the texts are sound");
    let bound = bind(&definitions, &Start::default());
    bound.expect("gaps block nothing").exercise
}

fn has(exercise: &Exercise, kind: GapKind, missing: &str, by: &str) -> bool {
    let mut gaps = exercise.parts().gaps.iter();
    gaps.any(|gap| gap.kind == kind && gap.missing == missing && gap.wanted_by == by)
}

const DECLARE: &str =
    "tasks: [(id: \"declare\", phase: Assessment, by: IncidentManager, does: Declare)]";

#[test]
fn targets_that_nobody_has_are_gaps() {
    let attack = "attack: [\
        (id: \"a\", takes: \"1m\", targets: Kind(BackupServer), effect: Disrupt), \
        (id: \"b\", takes: \"1m\", targets: All([Kind(Database), Holding(SpecialCategory)]), effect: Alter), \
        (id: \"c\", takes: \"1m\", targets: Kind(Database), effect: Encrypt)]";
    let exercise = exercise(DECLARE, attack);
    assert!(has(
        &exercise,
        GapKind::NoAsset,
        "Kind BackupServer",
        "step a"
    ));
    let both = "Kind Database and Holding SpecialCategory";
    assert!(has(&exercise, GapKind::NoAsset, both, "step b"));
    assert!(has(
        &exercise,
        GapKind::NotVisible,
        "Source for Encrypt",
        "step c"
    ));
}

#[test]
fn a_function_that_nobody_has_is_stood_in_for_and_said() {
    let injects =
        "injects: [(id: \"i\", at: \"1m\", from: \"X\", to: Legal, via: Radio, text: \"..\")]";
    let exercise = exercise(DECLARE, injects);
    let parts = exercise.parts();
    let stands_in = |function| parts.stand_ins.iter().any(|(of, _)| *of == function);
    assert!(stands_in(Function::Legal) && !stands_in(Function::Insurer));
    let said = |place: &str| parts.defaults.iter().any(|used| used.place == place);
    assert!(said("organisation.roles.Legal") && !said("organisation.roles.Network"));
    assert!(has(
        &exercise,
        GapKind::NoChannel,
        "Channel Radio",
        "inject i"
    ));
    assert!(has(
        &exercise,
        GapKind::NoHolder,
        "Role empty",
        "organisation"
    ));
}

#[test]
fn an_outsider_is_never_stood_in_for() {
    let plan = "tasks: [(id: \"call\", phase: Response, by: Retainer, does: Evict)]";
    let exercise = exercise(plan, "attack: []");
    assert!(has(
        &exercise,
        GapKind::NoRole,
        "Function Retainer",
        "task call"
    ));
}

#[test]
fn phases_that_no_task_can_reach_are_gaps_with_implied_measures_counted() {
    let plan = "tasks: [\
        (id: \"triage\", phase: Assessment, by: Analyst, does: Triage), \
        (id: \"restore\", phase: Recovery, by: ItOperations, does: Restore)]";
    let exercise = exercise(plan, "attack: []");
    let missing = |phase: &str| has(&exercise, GapKind::PhaseNotInPlan, phase, "plan");
    // Triage implies the report.
    assert!(!missing("Phase Identification") && !missing("Phase Assessment"));
    assert!(!missing("Phase Recovery"));
    assert!(missing("Phase Response") && missing("Phase Resolution") && missing("Phase Closure"));
}

#[test]
fn what_is_expected_and_no_task_does_is_a_gap_unless_a_task_implies_it() {
    let expect = "injects: [(id: \"i\", at: \"1m\", from: \"X\", to: IncidentManager, text: \"..\", expect: [\
        (id: \"classified\", of: IncidentManager, does: Classify), \
        (id: \"told\", of: IncidentManager, does: Notify(Media)), \
        (id: \"cut\", of: IncidentManager, does: Isolate(Kind(FileServer)))])]";
    let exercise = exercise(DECLARE, expect);
    let none = |missing: &str, by: &str| has(&exercise, GapKind::NoTask, missing, by);
    assert!(!none("Measure Classify", "expectation classified"));
    assert!(none("Measure Notify Media", "expectation told"));
    assert!(none("Measure Isolate", "expectation cut"));
    assert!(has(
        &exercise,
        GapKind::NoStakeholder,
        "Stakeholder Media",
        "expectation told"
    ));
    assert!(has(
        &exercise,
        GapKind::NoAsset,
        "Kind FileServer",
        "expectation cut"
    ));
}

#[test]
fn a_role_channel_or_asset_of_another_organisation_is_a_gap() {
    let plan = "tasks: [(id: \"t\", phase: Response, by: \"night-desk\", via: \"bridge\", \
        when: InState(Asset(\"share\"), Encrypted), does: Isolate(Asset(\"share\")))]";
    let exercise = exercise(plan, "attack: []");
    assert!(has(&exercise, GapKind::NoRole, "Role night-desk", "task t"));
    assert!(has(
        &exercise,
        GapKind::NoChannel,
        "Channel bridge",
        "task t"
    ));
    assert!(has(&exercise, GapKind::NoAsset, "Asset share", "task t"));
}

#[test]
fn an_obligation_without_a_task_implies_one() {
    let plan = "tasks: [(id: \"declare\", phase: Assessment, by: IncidentManager, does: Declare)], \
        communication: [\
        (id: \"law\", to: DataProtectionAuthority, law: \"Article 33\", within: \"72h\"), \
        (id: \"final\", to: NationalCsirt, after: \"law\", within: \"1mo\")]";
    let exercise = exercise(plan, "attack: []");
    let plan = exercise.plan();
    let task = |name: &str| {
        let found = plan.tasks.iter().find(|task| task.slug.as_str() == name);
        found.unwrap()
    };
    let law = task("notify-law");
    assert!(matches!(law.does[0].on, Object::Stakeholder(_)) && law.notifies_for.is_some());
    let Trigger::Aware { what, .. } = &plan.obligations[1].from else {
        panic!("the law starts with awareness");
    };
    assert_eq!(law.when.as_ref(), Some(what));
    let after = task("notify-final").after[0];
    assert_eq!(plan.tasks[after.index()].slug.as_str(), "notify-law");
}

#[test]
fn the_plans_only_notification_of_a_stakeholder_meets_the_obligation() {
    let plan = "tasks: [(id: \"tell\", phase: Response, by: Legal, does: Notify(Insurer))], \
        communication: [(id: \"policy\", to: Insurer, within: \"48h\")]";
    let exercise = exercise(plan, "attack: []");
    assert_eq!(exercise.plan().tasks.len(), 1);
    assert!(exercise.plan().tasks[0].notifies_for.is_some());
}

#[test]
fn awareness_by_default_names_no_act_of_the_team() {
    let plan = "tasks: [(id: \"t\", phase: Response, by: Legal)], communication: [\
        (id: \"a\", to: NationalCsirt, within: \"24h\"), (id: \"b\", to: Insurer, within: \"48h\"), \
        (id: \"c\", to: DataSubjects, within: \"5d\")]";
    let exercise = exercise(plan, "attack: []");
    for obligation in &exercise.plan().obligations {
        let Trigger::Aware { what, .. } = &obligation.from else {
            panic!("none hangs on another");
        };
        let acts = |fact: &&&Fact| {
            matches!(
                fact,
                Fact::Done(_) | Fact::Taken(..) | Fact::SeverityAtLeast(_) | Fact::Notified(_)
            )
        };
        assert_eq!(what.facts().iter().filter(acts).count(), 0);
        assert!(matches!(what, Condition::All(parts) if parts.len() > 1));
    }
}

#[test]
fn two_injects_may_use_the_same_ids() {
    let inject = |id: &str| {
        format!(
            "(id: \"{id}\", at: \"1m\", from: \"X\", to: IncidentManager, text: \"..\", \
            expect: [(id: \"e\", of: IncidentManager, does: Declare)], \
            decide: (id: \"d\", question: \"?\", options: [(id: \"y\", text: \"Y\"), (id: \"n\", text: \"N\")]))"
        )
    };
    let scenario = format!("injects: [{}, {}]", inject("one"), inject("two"));
    let exercise = exercise(DECLARE, &scenario);
    let slugs: Vec<&str> = exercise
        .plan()
        .decisions
        .iter()
        .map(|d| d.slug.as_str())
        .collect();
    assert_eq!(slugs, ["one.d", "two.d"]);
    let expected = exercise.scenario().expectations.iter();
    let slugs: Vec<&str> = expected.map(|e| e.slug.as_str()).collect();
    assert_eq!(slugs, ["one.e", "two.e"]);
    let asked = exercise
        .scenario()
        .injects
        .iter()
        .map(|inject| inject.decide.unwrap().index());
    assert_eq!(asked.collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn phones_to_carry_reach_those_on_call_only() {
    let text = "Exercise(organisation: (name: \"A\", people: [(id: \"day\", roles: [\"r\"]), \
        (id: \"duty\", on_call: true)], roles: [(id: \"r\", function: Analyst)]), \
        plan: (tasks: [(id: \"t\", phase: Assessment, by: Analyst)]), scenario: (title: \"T\"))";
    let definitions = load(&[Source::new("e.ron", text)]).unwrap();
    let exercise = bind(&definitions, &Start::default()).unwrap().exercise;
    let reached: Vec<usize> = exercise
        .organisation()
        .people
        .iter()
        .map(|person| person.channels.len())
        .collect();
    assert_eq!(reached, [2, 3]);
    // The first task of an assessment that says nothing else judges what was reported.
    assert_eq!(exercise.plan().tasks[0].does.len(), 1);
    assert!(
        exercise
            .parts()
            .defaults
            .iter()
            .any(|used| used.place == "plan.tasks.t.does")
    );
}

#[test]
fn the_seed_that_an_exercise_asks_for_is_told() {
    let text = "Exercise(organisation: (name: \"A\", roles: [(id: \"r\", function: Analyst)]), \
        plan: (tasks: []), scenario: (title: \"T\"), seed: 7)";
    let definitions = load(&[Source::new("e.ron", text)]).unwrap();
    assert_eq!(bind(&definitions, &Start::default()).unwrap().seed, Some(7));
}

#[test]
fn an_exercise_that_the_engine_refuses_is_a_problem_and_no_panic() {
    let text = "Exercise(organisation: (name: \"A\", roles: []), plan: (tasks: []), \
        scenario: (title: \"T\", attack_began: \"-3000d\", limit: \"2000d\"))";
    let definitions = load(&[Source::new("e.ron", text)]).unwrap();
    let problems = bind(&definitions, &Start::default()).unwrap_err();
    assert_eq!(problems.len(), 1);
}
