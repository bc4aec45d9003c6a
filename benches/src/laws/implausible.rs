//! Law 12: implausible wins nothing.

use super::Law;
use super::claim::{Claim, Finding, Says};
use super::figures::Figure;
use super::lab::{Ground, Lab};
use super::trial::{Trial, compare};
use crate::clinic_with_plan;
use std::fmt::Write as _;
use std::sync::Arc;

/// The second half of law 12.
pub const LAW: Law = Law {
    name: "12 implausible",
    says: "Implausible wins nothing: a plan of a few tasks with many measures each for one person scores \
           surely below the shipped plan.",
    find: implausible,
};

const SHORT: u64 = 120;
/// How many kin are tried, in the short form and in the long one.
const KIN: [u64; 2] = [6, 100];

/// The plan of four tasks of a minute by the service desk, with which it began.
const OMNI: &str = r#"Plan(id: "omni", title: "Omni", tasks: [
 (id: "do-all", phase: Response, by: PointOfContact, when: AlertRaised, takes: "1m",
  does: [Report, Log, Triage, Declare, Classify, Investigate, Scope, FindCause, Activate, Preserve(item: Memory, of: Affected), Preserve(item: Logs, of: Affected), Isolate(Affected), Notify(NationalCsirt), Notify(DataProtectionAuthority), Notify(Staff), Notify(Media), Notify(Patients), Notify(Insurer), Notify(Executives)], keeps_log: true),
 (id: "clean", phase: Resolution, by: PointOfContact, after: ["do-all"], delay: "10h", takes: "1m", does: [Evict(Affected), RotateCredentials(Affected), Harden(Affected)], keeps_log: true),
 (id: "back", phase: Recovery, by: PointOfContact, after: ["clean"], delay: "30h", takes: "1m", does: [Restore(Affected), Verify(Affected), Watch, Accept(Affected)], keeps_log: true),
 (id: "learn", phase: Closure, by: PointOfContact, after: ["back"], takes: "1m", does: [Review, IssueReport, AssignAction, HandOver, Close], keeps_log: true),
])"#;

/// What the kin of that plan does, in the order of a response, with the phase of each.
const ACTS: [(&str, &str); 33] = [
    ("Report", "Identification"),
    ("Log", "Identification"),
    ("Triage", "Assessment"),
    ("Declare", "Assessment"),
    ("Classify", "Assessment"),
    ("Investigate", "Assessment"),
    ("Scope", "Assessment"),
    ("Activate", "Response"),
    ("Preserve(item: Memory, of: Affected)", "Response"),
    ("Preserve(item: Logs, of: Affected)", "Response"),
    ("Isolate(Affected)", "Response"),
    ("Block(Kind(RemoteAccess))", "Response"),
    ("DisableAccount(All([Affected, Kind(Account)]))", "Response"),
    ("Notify(NationalCsirt)", "Response"),
    ("Notify(DataProtectionAuthority)", "Response"),
    ("Notify(Staff)", "Response"),
    ("Notify(Media)", "Response"),
    ("Notify(Patients)", "Response"),
    ("Notify(Insurer)", "Response"),
    ("Notify(Bank)", "Response"),
    ("RecallPayment(Kind(BankAccount))", "Response"),
    ("FindCause", "Resolution"),
    ("Evict(Affected)", "Resolution"),
    ("RotateCredentials(Affected)", "Resolution"),
    ("Harden(Affected)", "Resolution"),
    ("Restore(Affected)", "Recovery"),
    ("Verify(Affected)", "Recovery"),
    ("Watch", "Recovery"),
    ("Accept(Affected)", "Recovery"),
    ("Review", "Closure"),
    ("IssueReport", "Closure"),
    ("AssignAction", "Closure"),
    ("Close", "Closure"),
];

/// The plan of four tasks, and a hundred of its kin, against the shipped plan in each scenario.
fn implausible(lab: &Lab) -> Vec<Finding> {
    let trials: Vec<Trial> = lab.grounds.iter().flat_map(|of| trials(lab, of)).collect();
    compare(lab, LAW.name, trials)
}

fn trials(lab: &Lab, ground: &Ground) -> Vec<Trial> {
    let kin = (0..lab.runs(KIN[0], KIN[1])).map(|seed| (format!("kin {seed}"), kin(seed)));
    let all = [("omni".to_owned(), OMNI.to_owned())]
        .into_iter()
        .chain(kin);
    all.map(|(change, plan)| Trial {
        scenario: ground.id,
        change,
        before: Arc::clone(&ground.shipped),
        after: lab.course(clinic_with_plan(ground.id, &plan)),
        claims: vec![Claim::new(Figure::Score, Says::Lower(0.0))],
        short: SHORT,
    })
    .collect()
}

/// A plan of one to six tasks that do most of what there is to do, all by one function: what is done, where
/// the tasks part, how long each takes and waits is drawn.
fn kin(seed: u64) -> String {
    const LEFT_OUT: u64 = 8;
    let mut state = seed;
    let acts = ACTS.iter().filter(|_| below(&mut state, 100) >= LEFT_OUT);
    let acts: Vec<&(&str, &str)> = acts.collect();
    let parts = 1 + below(&mut state, 6) as usize;
    let by =
        ["PointOfContact", "Analyst", "Handler", "PointOfContact"][below(&mut state, 4) as usize];
    let mut tasks = String::new();
    let mut before = None;
    for (i, chunk) in acts.chunks(acts.len().div_ceil(parts)).enumerate() {
        let does: Vec<&str> = chunk.iter().map(|(act, _)| *act).collect();
        let takes = ["1s", "1m", "5m", "10m", "1m to 20m"][below(&mut state, 5) as usize];
        let delay = ["", "delay: \"1h\",", "delay: \"10h\",", "delay: \"30h\","];
        let delay = delay[below(&mut state, 4) as usize];
        let (follows, delay) = match before {
            None => ("when: AlertRaised".to_owned(), ""),
            Some(before) => (format!("after: [\"t{before}\"]"), delay),
        };
        let (phase, does) = (chunk[0].1, does.join(", "));
        writeln!(
            tasks,
            "(id: \"t{i}\", phase: {phase}, by: {by}, {follows}, {delay} takes: \"{takes}\", does: [{does}], keeps_log: true),"
        )
        .expect("a text takes every line");
        before = Some(i);
    }
    format!("Plan(id: \"kin\", title: \"Kin\", tasks: [\n{tasks}])")
}

/// A whole number below `n`, by `SplitMix64`.
fn below(state: &mut u64, n: u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    ((u128::from(z) * u128::from(n)) >> 64) as u64
}
