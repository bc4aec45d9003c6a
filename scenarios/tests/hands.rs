//! Work on assets that somebody has to have in hand: one by one, not on what others run, not in vain again
//! and again; and work behind what does not apply.

use hotwash_engine::evaluation::{Baselines, Evaluation, ItemKind, PartialReason, evaluate};
use hotwash_engine::exercise::{
    AssetId, AssetState, Exercise, Identified, Instance, Knowable, Measure, MessageId, PersonId,
    Phase, Span, TaskId,
};
use hotwash_engine::record::{Event, MessageKind, Record};
use hotwash_engine::simulation::{Provenance, Setup, simulate};
use hotwash_scenarios::{Source, Start, bind, load};
use std::sync::Arc;

/// Two people who are there in office hours, and on call besides.
const PEOPLE: &str = r#"name: "Mini", time_zone: "UTC",
    people: [(id: "ann", roles: ["lead"], on_call: true), (id: "bob", roles: ["analyst"], on_call: true)],
    roles: [(id: "lead", function: IncidentManager), (id: "analyst", function: [Analyst, BackupOperator])],"#;
/// What every plan here begins with.
const BEGIN: &str = r#"
    (id: "triage", phase: Assessment, by: Analyst, when: AlertRaised, takes: "5m", does: Triage),
    (id: "declare", phase: Assessment, by: IncidentManager, after: ["triage"], takes: "5m", does: Declare),"#;

fn exercise(assets: &str, tasks: &str, attack: &str, reveals: &str) -> Arc<Exercise> {
    let text = format!(
        r#"Exercise(
    organisation: ({PEOPLE} assets: [{assets}], stakeholders: [(id: "v", kind: Suppliers)]),
    plan: (tasks: [{BEGIN} {tasks}]),
    scenario: (title: "Mini", start: "Tue 10:00", attack: [{attack}],
        injects: [(id: "call", at: "5m", from: "x", to: Analyst, via: MobilePhone, text: "x", reveals: [{reveals}])],
        ends: Elapsed("12d")),
)"#
    );
    let definitions = load(&[Source::new("mini.ron", &text)]).expect("it can be read");
    Arc::new(
        bind(&definitions, &Start::default())
            .expect("it binds")
            .exercise,
    )
}

fn play(exercise: &Arc<Exercise>) -> Record {
    simulate(exercise, &Setup::of(1, 0), Provenance::default())
}

fn asset(exercise: &Exercise, slug: &str) -> AssetId {
    AssetId::find(exercise.names(), slug).expect("it is there")
}

/// When a measure was taken on an asset, and whether it had an effect.
fn taken(record: &Record, wanted: Measure, on: AssetId) -> Vec<(Span, bool)> {
    let taken = record.entries.iter().filter_map(|entry| match entry.event {
        Event::MeasureTaken {
            measure,
            asset: Some(asset),
            effect,
            ..
        } if measure == wanted && asset == on => Some((Span(entry.at.0), effect)),
        _ => None,
    });
    taken.collect()
}

fn first(record: &Record, is: impl Fn(&Event) -> bool) -> Option<Span> {
    let mut entries = record.entries.iter();
    let found = entries.find(|entry| is(&entry.event));
    found.map(|entry| Span(entry.at.0))
}

fn completed(record: &Record, of: Phase) -> Option<Span> {
    first(
        record,
        |event| matches!(event, Event::PhaseCompleted { phase, .. } if *phase == of),
    )
}

fn judged(exercise: &Arc<Exercise>, record: &Record) -> Evaluation {
    evaluate(exercise, record, Baselines::default())
}

/// Whether a task stands among what should have been done.
fn is_asked_for(exercise: &Arc<Exercise>, record: &Record, slug: &str) -> bool {
    let wanted = TaskId::find(exercise.names(), slug).expect("it is there");
    let evaluation = judged(exercise, record);
    let items = evaluation
        .main()
        .phases
        .iter()
        .flat_map(|phase| &phase.coverage_items);
    items
        .into_iter()
        .any(|item| item.kind == ItemKind::Task(wanted))
}

const LOCK: &str = r#"(id: "enc", takes: "1m", targets: Each(Kind(FileServer)), effect: Encrypt)"#;

#[test]
fn what_has_no_backup_is_not_restored() {
    let restored = |backups: &str| {
        let exercise = exercise(
            &format!(r#"(id: "ehr", kind: FileServer{backups}), (id: "nas", kind: BackupServer)"#),
            r#"(id: "restore", phase: Recovery, by: BackupOperator, after: ["declare"], takes: "1h", each: Asset, does: Restore(Affected))"#,
            LOCK,
            r#"Step("enc")"#,
        );
        taken(&play(&exercise), Measure::Restore, asset(&exercise, "ehr"))
    };
    assert!(restored("").iter().any(|(_, effect)| *effect));
    let in_vain = restored(", backed_up_by: []");
    assert!(in_vain.iter().all(|(_, effect)| !effect), "{in_vain:?}");
    assert_eq!(in_vain.len(), 1, "nobody tries again: {in_vain:?}");
}

/// A portal that somebody else runs, in other hands.
fn portal(run_by: &str) -> Arc<Exercise> {
    exercise(
        &format!(r#"(id: "portal", kind: {run_by}, restores_in: "2d", availability: High)"#),
        r#"(id: "cut", phase: Response, by: Analyst, after: ["declare"], takes: "10m", does: Isolate(Affected)),
           (id: "evict", phase: Resolution, by: Analyst, after: ["cut"], takes: "1h", each: Asset, does: Evict(Affected)),
           (id: "image", phase: Response, by: Analyst, after: ["declare"], takes: "1h", each: Asset, does: Preserve(Affected)),
           (id: "restore", phase: Recovery, by: BackupOperator, after: ["evict"], takes: "1h", each: Asset, does: Restore(Affected)),
           (id: "check", phase: Recovery, by: Analyst, after: ["restore"], takes: "1h", each: Asset, does: Verify(Affected)),
           (id: "take-back", phase: Recovery, by: IncidentManager, after: ["check"], takes: "1h", each: Asset, does: Accept(Affected))"#,
        r#"(id: "in", takes: "1m", targets: Each(Kind(KIND)), effect: Compromise)"#
            .replace("KIND", run_by.split(',').next().unwrap_or_default())
            .as_str(),
        r#"Step("in")"#,
    )
}

#[test]
fn what_others_run_they_restore_in_their_own_time_and_we_cut_it_off_and_take_it_back() {
    for run_by in ["Supplier", r#"WebShop, run_by: "The hoster""#] {
        let exercise = portal(run_by);
        let record = play(&exercise);
        let portal = asset(&exercise, "portal");
        for measure in [
            Measure::Evict,
            Measure::Restore,
            Measure::Verify,
            Measure::Preserve,
        ] {
            assert_eq!(taken(&record, measure, portal), [], "{measure}");
        }
        let cut = taken(&record, Measure::Isolate, portal);
        let back = first(&record, |event| {
            matches!(event, Event::TheirsRestored { .. })
        });
        let accepted = taken(&record, Measure::Accept, portal);
        assert_eq!(back, Some(Span::minutes(1) + Span::days(2)));
        assert!(
            cut.len() == 1 && accepted.len() == 1,
            "{cut:?} {accepted:?}"
        );
        assert!(Some(cut[0].0) < back && back < Some(accepted[0].0) && accepted[0].1);
        assert!(completed(&record, Phase::Recovery) > back);
        let score = judged(&exercise, &record).score.expect("there is a score");
        assert_eq!(score.partial, [PartialReason::NothingOfOurs]);
        assert!(!is_asked_for(&exercise, &record, "evict"));
        assert!(!is_asked_for(&exercise, &record, "restore"));
    }
}

const HOSTED: &str = r#"(id: "db", kind: Database, depends_on: ["host"]), (id: "host", kind: VirtualizationHost), (id: "nas", kind: BackupServer)"#;

/// A database on a host, both encrypted; the host takes two days to restore.
fn on_a_host(more: &str) -> Arc<Exercise> {
    let tasks = r#"(id: "restore-db", phase: Recovery, by: BackupOperator, after: ["declare"], takes: "10m", does: Restore(Kind(Database))),
           (id: "check", phase: Recovery, by: Analyst, after: ["restore-db"], takes: "1m", does: Verify(Kind(Database))),
           (id: "restore-host", phase: Recovery, by: IncidentManager, after: ["declare"], takes: "2d", does: Restore(Kind(VirtualizationHost)))"#;
    exercise(
        HOSTED,
        &format!("{tasks}{more}"),
        r#"(id: "enc", takes: "1m", targets: Each(Kind(Database)), effect: Encrypt), (id: "host", takes: "1m", targets: Each(Kind(VirtualizationHost)), effect: Encrypt)"#,
        r#"Step("enc"), Step("host")"#,
    )
}

#[test]
fn a_check_that_fails_for_what_is_underneath_is_made_once_and_once_more_when_that_serves() {
    // What is done to the database meanwhile makes its host serve no sooner.
    let harden = r#", (id: "harden", phase: Resolution, by: Analyst, after: ["check"], takes: "1h", does: Harden(Kind(Database)))"#;
    for more in ["", harden] {
        let exercise = on_a_host(more);
        let record = play(&exercise);
        let checks = taken(&record, Measure::Verify, asset(&exercise, "db"));
        let effects: Vec<bool> = checks.iter().map(|(_, effect)| *effect).collect();
        assert_eq!(effects, [false, true], "{checks:?} {more}");
        let host = taken(&record, Measure::Restore, asset(&exercise, "host"));
        assert!(host[0].0 < checks[1].0);
        let restored = taken(&record, Measure::Restore, asset(&exercise, "db"));
        assert_eq!(restored.len(), 1, "what was restored is: {restored:?}");
    }
}

#[test]
fn staff_report_what_went_down_with_something_else_as_out_of_service_and_nobody_restores_it() {
    let wards = r#"], groups: [(id: "wards", size: 5, hours: "Mon-Sun 00:00-24:00", uses: ["db"], knows_channel: 1, reports: 1, after: "1m")"#;
    let exercise = exercise(
        &format!("{HOSTED}{wards}"),
        r#"(id: "restore", phase: Recovery, by: BackupOperator, after: ["declare"], takes: "1h", each: Asset, does: Restore(Encrypted))"#,
        r#"(id: "host", takes: "1m", targets: Each(Kind(VirtualizationHost)), effect: Encrypt)"#,
        "Real",
    );
    let record = play(&exercise);
    let (db, host) = (asset(&exercise, "db"), asset(&exercise, "host"));
    let learned: Vec<(AssetId, AssetState)> = record
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::FactLearned {
                fact: Knowable::Asset(_, asset, state),
                ..
            } => Some((asset, state)),
            _ => None,
        })
        .collect();
    assert!(learned.contains(&(db, AssetState::OutOfService)));
    assert!(!learned.contains(&(db, AssetState::Encrypted)));
    assert_eq!(taken(&record, Measure::Restore, db), []);
    assert!(!learned.contains(&(host, AssetState::Encrypted)));
}

#[test]
fn what_went_down_with_its_host_is_not_cut_off_as_well() {
    for (reveals, cut) in [
        (r#"Impact, Step("host")"#, false),
        (r#"Impact, Step("host"), Step("enc")"#, true),
    ] {
        let exercise = exercise(
            HOSTED,
            r#"(id: "cut", phase: Response, by: Analyst, after: ["declare"], takes: "10m", does: Isolate(Affected))"#,
            r#"(id: "enc", takes: "1m", targets: Each(Kind(Database)), effect: Compromise), (id: "host", takes: "1m", targets: Each(Kind(VirtualizationHost)), effect: Encrypt)"#,
            reveals,
        );
        let record = play(&exercise);
        let on = |slug| !taken(&record, Measure::Isolate, asset(&exercise, slug)).is_empty();
        assert!(on("host"), "{reveals}");
        assert_eq!(on("db"), cut, "{reveals}");
    }
}

/// Two shares, one of them in other hands as well; work on each, in a row.
fn two_shares(each: &str) -> (Arc<Exercise>, Record) {
    let exercise = exercise(
        r#"(id: "a", kind: FileServer), (id: "b", kind: FileServer), (id: "nas", kind: BackupServer)"#,
        &r#"(id: "evict", phase: Resolution, by: Analyst, after: ["declare"], takes: "1h", EACH does: Evict(Affected)),
           (id: "restore", phase: Recovery, by: IncidentManager, after: ["evict"], takes: "10m", EACH does: Restore(Affected)),
           (id: "check", phase: Recovery, by: IncidentManager, after: ["restore"], takes: "1m", EACH does: Verify(Affected)),
           (id: "watch", phase: Recovery, by: Analyst, after: ["check"], takes: "1m", does: Watch)"#
            .replace("EACH", each),
        LOCK,
        r#"Step("enc")"#,
    );
    let record = play(&exercise);
    (exercise, record)
}

#[test]
fn work_on_several_assets_goes_on_asset_by_asset_and_takes_its_time_for_each() {
    let (exercise, record) = two_shares("each: Asset,");
    let (a, b) = (asset(&exercise, "a"), asset(&exercise, "b"));
    let at = |measure, on| taken(&record, measure, on)[0].0;
    // Whichever is first: its analyst's hands are free for one at a time.
    let swapped = at(Measure::Evict, b) < at(Measure::Evict, a);
    let (a, b) = if swapped { (b, a) } else { (a, b) };
    let apart = at(Measure::Evict, b) - at(Measure::Evict, a);
    assert!(apart >= Span::minutes(50), "{apart:?}");
    // The one is restored and checked before anybody has got to the other.
    assert!(at(Measure::Evict, a) < at(Measure::Restore, a));
    assert!(at(Measure::Verify, a) < at(Measure::Evict, b));
    assert!(at(Measure::Evict, b) < at(Measure::Restore, b));
    let watched = first(&record, |event| {
        matches!(
            event,
            Event::MeasureTaken {
                measure: Measure::Watch,
                ..
            }
        )
    });
    assert!(
        watched > Some(at(Measure::Verify, b)),
        "the watch begins when all are checked"
    );
    let (exercise, record) = two_shares("");
    let together = |on| taken(&record, Measure::Evict, on)[0].0;
    assert_eq!(
        together(asset(&exercise, "a")),
        together(asset(&exercise, "b"))
    );
}

#[test]
fn what_is_healthy_goes_down_while_it_is_restored_and_its_data_is_set_back() {
    let exercise = exercise(
        r#"(id: "a", kind: FileServer), (id: "b", kind: Database), (id: "nas", kind: BackupServer)"#,
        r#"(id: "restore", phase: Recovery, by: BackupOperator, after: ["declare"], takes: "3h", each: Asset, does: Restore(Kind(Database)))"#,
        LOCK,
        r#"Step("enc")"#,
    );
    let record = play(&exercise);
    let b = asset(&exercise, "b");
    let turned: Vec<(Span, bool)> = record
        .entries
        .iter()
        .filter_map(|entry| match entry.event {
            Event::AssetChanged { asset, on, .. } if asset == b => Some((Span(entry.at.0), on)),
            _ => None,
        })
        .collect();
    assert!(
        turned.len() == 2 && turned[0].1 && !turned[1].1,
        "{turned:?}"
    );
    assert!(turned[1].0 - turned[0].0 >= Span::hours(2));
    let lost = first(
        &record,
        |event| matches!(event, Event::DataLost { asset, span } if *asset == b && *span > Span::hours(10)),
    );
    assert_eq!(lost, Some(turned[1].0));
}

/// Work behind a task that waits for something that never comes.
fn behind(more: &str) -> (Arc<Exercise>, Record) {
    let exercise = exercise(
        r#"(id: "box", kind: Account), (id: "share", kind: FileServer), (id: "nas", kind: BackupServer)"#,
        &format!(
            r#"(id: "ask", phase: Assessment, by: IncidentManager, after: ["declare"], when: InState(Kind(Database), OutOfService), takes: "5m", does: Notify(Suppliers)),
               (id: "impact", phase: Assessment, by: IncidentManager, after: ["ask"], takes: "5m"{more})"#
        ),
        LOCK,
        r#"Step("enc")"#,
    );
    let record = play(&exercise);
    (exercise, record)
}

fn started(exercise: &Exercise, record: &Record, slug: &str) -> bool {
    let wanted = TaskId::find(exercise.names(), slug).expect("it is there");
    let start = |event: &Event| matches!(event, Event::TaskStarted { instance, .. } if instance.task == wanted);
    first(record, start).is_some()
}

#[test]
fn a_task_behind_one_that_does_not_apply_does_not_apply_either() {
    let (exercise, record) = behind("");
    assert!(!started(&exercise, &record, "impact"));
    assert!(!is_asked_for(&exercise, &record, "impact"));
    // Nor does anybody wait for it.
    let said = first(&record, |event| {
        matches!(
            event,
            Event::PhaseDeclaredComplete {
                phase: Phase::Assessment,
                ..
            }
        )
    });
    assert!(said.is_some());
}

#[test]
fn a_task_behind_one_that_does_not_apply_is_done_where_its_own_condition_holds_or_it_says_so() {
    for more in [
        ", even_if_skipped: true",
        ", when: InState(Kind(FileServer), Encrypted)",
    ] {
        let (exercise, record) = behind(more);
        assert!(started(&exercise, &record, "impact"), "{more}");
        assert!(is_asked_for(&exercise, &record, "impact"), "{more}");
    }
    let (exercise, record) = behind(", when: InState(Kind(Account), Encrypted)");
    assert!(!started(&exercise, &record, "impact"));
    assert!(!is_asked_for(&exercise, &record, "impact"));
}

#[test]
fn a_task_behind_several_of_which_none_applies_is_done_where_it_says_so() {
    for (more, effects) in [("", &[][..]), (", even_if_skipped: true", &[true][..])] {
        let exercise = exercise(
            r#"(id: "app", kind: ApplicationServer), (id: "nas", kind: BackupServer)"#,
            &format!(
                r#"(id: "evict", phase: Resolution, by: Analyst, after: ["declare"], takes: "10m", each: Asset, does: Evict(Affected)),
                   (id: "restore", phase: Recovery, by: BackupOperator, after: ["evict"], takes: "1h", each: Asset, does: Restore(Encrypted)),
                   (id: "put-right", phase: Recovery, by: Analyst, after: ["evict"], takes: "1h", each: Asset, does: Correct(Altered)),
                   (id: "check", phase: Recovery, by: IncidentManager, after: ["evict"], after_any: ["put-right", "restore"], takes: "10m", each: Asset, does: Verify(Affected){more})"#
            ),
            r#"(id: "in", takes: "1m", targets: Each(Kind(ApplicationServer)), effect: Compromise)"#,
            r#"Real, Step("in")"#,
        );
        let record = play(&exercise);
        let checks = taken(&record, Measure::Verify, asset(&exercise, "app"));
        let found: Vec<bool> = checks.iter().map(|(_, effect)| *effect).collect();
        assert_eq!(found, effects, "{more}");
    }
}

#[test]
fn who_has_work_takes_it_before_an_alarm_and_reads_that_where_there_is_no_more() {
    let edr = r#"], monitoring: [(id: "edr", kind: Edr, tells: Analyst, sees: [(chance: 1, after: "1m")], false_alarms: "1h to 3h")"#;
    let exercise = exercise(
        &format!(r#"(id: "share", kind: FileServer), (id: "nas", kind: BackupServer){edr}"#),
        r#"(id: "look", phase: Assessment, by: Analyst, after: ["declare"], takes: "4h", does: Investigate)"#,
        LOCK,
        "Impact",
    );
    for run in 0..40 {
        let record = simulate(&exercise, &Setup::of(1, run), Provenance::default());
        let alarms: Vec<MessageId> = record
            .entries
            .iter()
            .filter_map(|entry| match &entry.event {
                Event::MessageSent {
                    message,
                    kind: MessageKind::Alert,
                    ..
                } => Some(*message),
                _ => None,
            })
            .collect();
        assert!(!alarms.is_empty());
        let mut waits: Vec<Instance> = Vec::new();
        let bob = PersonId::find(exercise.names(), "bob");
        for entry in &record.entries {
            match &entry.event {
                Event::TaskTold { instance }
                    if exercise.task(instance.task).slug.as_str() != "declare" =>
                {
                    waits.push(*instance);
                }
                Event::TaskStarted { instance, .. } => waits.retain(|other| other != instance),
                Event::ReadingStarted { message, person }
                    if alarms.contains(message) && Some(*person) == bob =>
                {
                    let noticed = first(
                        &record,
                        |event| matches!(event, Event::MessageNoticed { message: of, .. } if of == message),
                    );
                    let waited = noticed.is_some_and(|at| Span(entry.at.0) - at >= Span::hours(2));
                    assert!(
                        waits.is_empty() || waited,
                        "run {run}: {waits:?} wait for an alarm"
                    );
                }
                _ => {}
            }
        }
    }
}

#[test]
fn what_a_criterion_asks_for_stays_due_whatever_the_plan_makes_not_apply() {
    for more in [
        r#"after: ["ask"],"#,
        r#"after: ["declare"], when: InState(Kind(Database), OutOfService),"#,
    ] {
        let exercise = exercise(
            r#"(id: "share", kind: FileServer), (id: "nas", kind: BackupServer)"#,
            &format!(
                r#"(id: "ask", phase: Assessment, by: IncidentManager, after: ["declare"], when: InState(Kind(Database), OutOfService), takes: "5m", does: Notify(Suppliers)),
                   (id: "restore", phase: Recovery, by: BackupOperator, {more} takes: "1h", each: Asset, does: Restore(Affected))"#
            ),
            LOCK,
            r#"Step("enc")"#,
        );
        let record = play(&exercise);
        assert!(is_asked_for(&exercise, &record, "restore"), "{more}");
    }
}

#[test]
fn what_is_affected_is_looked_at_again_when_a_sign_names_what_was_left_out_and_once_only() {
    let exercise = exercise(
        r#"(id: "a", kind: FileServer), (id: "b", kind: Database)"#,
        r#"(id: "look", phase: Assessment, by: Analyst, after: ["declare"], takes: "10m", does: Scope)"#,
        r#"(id: "enc", takes: "1m", targets: Each(Kind(FileServer)), effect: Encrypt),
           (id: "later", at: "1d", takes: "1m", targets: Each(Kind(Database)), effect: Encrypt)"#,
        r#"Step("enc")]), (id: "word", at: "25h", from: "x", to: Analyst, via: MobilePhone, text: "x", reveals: [Step("later")"#,
    );
    let record = play(&exercise);
    let looks: Vec<Span> = record
        .entries
        .iter()
        .filter(|entry| {
            matches!(
                entry.event,
                Event::MeasureTaken {
                    measure: Measure::Scope,
                    ..
                }
            )
        })
        .map(|entry| Span(entry.at.0))
        .collect();
    assert_eq!(looks.len(), 2, "{looks:?}");
    // The outage is noticed before the word comes, which names nothing new.
    assert!(looks[0] < Span::DAY && looks[1] > Span::DAY);
}
