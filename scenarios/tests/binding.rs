//! Binding: what ships, and what authors start from, becomes exercises.

use hotwash_engine::exercise::{Exercise, Identified, PersonId, Phase};
use hotwash_scenarios::diagnostic::{Look, render};
use hotwash_scenarios::{
    Kind, Source, Start, TEMPLATES, actions, actions_text, bind, find, library, load,
};

fn bound(sources: &[Source]) -> Exercise {
    let told = |problems: &[_]| render(problems, sources, Look::default());
    let definitions = load(sources).unwrap_or_else(|problems| panic!("{}", told(&problems)));
    let bound = bind(&definitions, &Start::default());
    let bound = bound.unwrap_or_else(|problems| panic!("{}", told(&problems)));
    bound.exercise
}

fn source(kind: Kind, id: &str) -> Source {
    let item = find(kind, id).expect("it ships");
    Source::new(item.file, item.text)
}

fn clinic() -> [Source; 3] {
    [
        source(Kind::Organisation, "marram-street-clinic"),
        source(Kind::Plan, "clinic-response-plan"),
        source(Kind::Scenario, "ransomware-friday-evening"),
    ]
}

#[test]
fn every_scenario_binds_to_every_organisation_and_plan() {
    let of = |kind| library().iter().filter(move |item| item.kind == kind);
    for organisation in of(Kind::Organisation) {
        for plan in of(Kind::Plan) {
            for scenario in of(Kind::Scenario) {
                let files = [organisation, plan, scenario];
                let sources = files.map(|item| Source::new(item.file, item.text));
                let exercise = bound(&sources);
                assert!(exercise.parts().limit.0 > 0, "{}", scenario.id);
            }
        }
    }
}

#[test]
fn a_whole_exercise_and_the_files_of_a_new_package_bind() {
    let exercise = bound(&[source(Kind::Exercise, "harbour-street-clinic")]);
    assert!(!exercise.parts().defaults.is_empty());
    let files = TEMPLATES.iter().filter(|file| file.file != "hotwash.toml");
    let sources: Vec<Source> = files
        .map(|file| Source::new(file.file, file.text))
        .collect();
    bound(&sources);
}

#[test]
fn what_is_left_out_is_a_default_and_what_is_missing_is_a_gap() {
    let exercise = bound(&[source(Kind::Exercise, "harbour-street-clinic")]);
    let parts = exercise.parts();
    let default = |place: &str| parts.defaults.iter().any(|used| used.place == place);
    assert!(default("plan.targets.Recovery") && !default("plan.targets.Response"));
    assert!(default("scenario.date") && default("plan.scoring.phases"));
    let gap = |missing: &str| parts.gaps.iter().any(|gap| gap.missing == missing);
    assert!(gap(&format!("Phase {}", Phase::Closure)));
    assert!(parts.inputs as usize > parts.defaults.len());
}

#[test]
fn the_order_of_the_lists_makes_no_difference() {
    let [organisation, plan, scenario] = clinic();
    let straight = bound(&[organisation.clone(), plan.clone(), scenario.clone()]);
    let reversed = bound(&[scenario, plan, organisation]);
    assert_eq!(straight, reversed);
}

#[test]
fn acts_are_read_as_they_were_written() {
    let exercise = bound(&clinic());
    let text = "Actions(acts: [\n\
        (at: \"12m 30s\", person: \"amara\", does: Declare),\n\
        (at: \"14m\", person: \"amara\", does: Classify(High, MaliciousCode)),\n\
        (at: \"20m\", person: \"kofi\", does: Start(\"cut-off\")),\n\
        (at: \"21m\", person: \"kofi\", does: Take(Isolate(Asset(\"letters\")))),\n\
        (at: \"22m\", person: \"jonas\", does: Take(Preserve(item: Memory, of: Affected))),\n\
        (at: \"23m\", person: \"maeve\", does: Take(Notify(Media))),\n\
        (at: \"24m\", person: \"beatriz\", does: Refuse(\"cut-off\")),\n\
        (at: \"25m\", person: \"amara\", does: Log(\"said \\\"no\\\"\\n\")),\n\
        (at: \"26m\", person: \"amara\", does: DeclareComplete(Response)),\n\
        (at: \"27m\", person: \"kofi\", does: Start(task: \"cut-off\", piece: 2, with: [\"jonas\"])),\n\
        (at: \"28m\", person: \"kofi\", does: Start((task: \"cut-off\", incident: \"main\"))),\n\
        (at: \"29m\", person: \"amara\", does: Approve(task: \"cut-off\", piece: 2)),\n\
        (at: \"30m\", person: \"kofi\", does: HandOver((task: \"cut-off\", piece: 2), \"lead\")),\n\
        (at: \"31m\", person: \"kofi\", does: HandOver(\"cut-off\", \"lead\")),\n\
        (at: \"32m\", person: \"amara\", does: DeclareComplete(Response, \"main\")),\n\
        (at: \"1h\", does: MoveClock(\"4h\")),\n\
        (at: \"4h\", does: Overrule(\"letters\", Encrypted, false)),\n\
        (at: \"5h\", does: Excuse(\"registered\", \"the line was dead\")),\n\
        (at: \"6h\", does: Pause),\n\
        (at: \"6h\", does: Pace(2500)),\n\
        (at: \"6h\", does: Resume),\n\
        (at: \"7h\", person: \"amara\", does: StopWord),\n\
        (at: \"7h\", does: Join(\"Noor\", Plays(\"kofi\"))),\n\
        (at: \"7h\", does: ChangeSeat(\"Noor\", Evaluator)),\n\
        (at: \"7h\", does: Leave(\"Noor\")),\n\
        (at: \"7h\", does: StandIn(\"kofi\", true)),\n\
        (at: \"7h\", does: Tick(\"registered\", Partly, (by: \"Ines\", seen: \"5m\"))),\n\
        (at: \"7h\", does: TickKeyPoint(\"log-kept\", NotSeen, (by: \"Ines\"))),\n\
        (at: \"7h\", does: Observe(12, (by: \"Ines\", note: \"nobody asked\"))),\n\
        (at: \"8h\", does: End),\n\
        (at: \"9h\", person: \"amara\", does: Vote(\"the phone list\", (by: \"Amara\"))),\n\
        (at: \"9h\", does: Commit(\"a new list\", \"amara\", \"2027-03-01\", (by: \"Ines\", corrects: 7))),\n\
    ])";
    let read = |text: &str| {
        let source = Source::new("acts.ron", text);
        let told =
            |problems: &[_]| render(problems, std::slice::from_ref(&source), Look::default());
        actions(&source, &exercise).unwrap_or_else(|problems| panic!("{}", told(&problems)))
    };
    let acts = read(text);
    assert_eq!(acts.len(), 32);
    assert_eq!(acts[0].person, PersonId::find(exercise.names(), "amara"));
    assert_eq!(acts[0].at.0, 750_000);
    assert_eq!(read(&actions_text(&acts, &exercise)), acts);
}

#[test]
fn an_exercise_that_is_not_whole_says_what_is_missing() {
    let sources = [source(Kind::Plan, "clinic-response-plan")];
    let definitions = load(&sources).expect("the plan is sound");
    let problems = bind(&definitions, &Start::default()).expect_err("a plan is not enough");
    let told = render(&problems, &sources, Look::default());
    assert!(told.contains("an organisation and a scenario"), "{told}");
}

#[test]
fn a_scenario_that_names_no_end_waits_for_its_injects_and_one_that_does_has_said_when_it_is_over() {
    let [organisation, plan, scenario] = clinic();
    let named = bound(&[organisation.clone(), plan.clone(), scenario.clone()]);
    assert!(!named.scenario().awaits_injects);
    let ends = "ends: Any([PhaseCompleted(Closure), Elapsed(\"30d\")]),";
    assert!(scenario.text.contains(ends));
    let without = Source::new("without.ron", scenario.text.replacen(ends, "", 1));
    assert!(
        bound(&[organisation, plan, without])
            .scenario()
            .awaits_injects
    );
}
