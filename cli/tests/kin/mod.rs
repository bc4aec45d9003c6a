//! Kin of `plausible/omni.ron`: plans of one to six tasks in which one person does everything in minutes.
//!
//! Nobody could carry one of them out, so none of them may be worth more than a plan that somebody could.
//! Used by test binaries with `#[path = "../kin/mod.rs"] mod kin;`.

/// What a plan can ask for, in the order in which it makes sense, with the phase of each.
const ACTS: [(&str, &str); 34] = [
    ("Identification", "Report"),
    ("Identification", "Log"),
    ("Assessment", "Triage"),
    ("Assessment", "Declare"),
    ("Assessment", "Classify"),
    ("Assessment", "Investigate"),
    ("Assessment", "Scope"),
    ("Resolution", "FindCause"),
    ("Response", "Activate"),
    ("Response", "Preserve(item: Memory, of: Affected)"),
    ("Response", "Preserve(item: Logs, of: Affected)"),
    ("Response", "Isolate(Affected)"),
    ("Response", "DisableAccount(All([Affected, Kind(Account)]))"),
    ("Response", "Block(Kind(RemoteAccess))"),
    ("Response", "Notify(NationalCsirt)"),
    ("Response", "Notify(DataProtectionAuthority)"),
    ("Response", "Notify(Staff)"),
    ("Response", "Notify(Media)"),
    ("Response", "Notify(Patients)"),
    ("Response", "Notify(Insurer)"),
    ("Response", "Notify(Executives)"),
    ("Response", "RecallPayment(Kind(BankAccount))"),
    ("Resolution", "Evict(Affected)"),
    ("Resolution", "RotateCredentials(Affected)"),
    ("Resolution", "Harden(Affected)"),
    ("Recovery", "Restore(Affected)"),
    ("Recovery", "Verify(Affected)"),
    ("Recovery", "Watch"),
    ("Recovery", "Accept(Affected)"),
    ("Closure", "Review"),
    ("Closure", "IssueReport"),
    ("Closure", "AssignAction"),
    ("Closure", "HandOver"),
    ("Closure", "Close"),
];

/// Who does it all.
const WHO: [&str; 4] = ["PointOfContact", "Analyst", "IncidentManager", "Handler"];

/// How long each task is said to take.
const TAKES: [&str; 5] = [
    "1s",
    "30s",
    "1m",
    "10s to 3m",
    "least 1s, likely 1m, most 2m",
];

/// A drawer of numbers: `SplitMix64` (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = self.0;
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// The plan of a seed, as its author would write it: one to six tasks, one after the other, that share
/// nearly all measures there are.
pub(crate) fn plan(seed: u64) -> String {
    let mut n = Numbers(seed);
    let kept: Vec<_> = ACTS.iter().filter(|_| n.below(12) > 0).collect();
    let (count, who, takes) = (1 + n.below(6), n.below(WHO.len()), n.below(TAKES.len()));
    let mut cuts: Vec<usize> = (1..count).map(|_| 1 + n.below(kept.len() - 1)).collect();
    cuts.extend([0, kept.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut tasks = Vec::new();
    for (i, cut) in cuts.windows(2).enumerate() {
        let acts = &kept[cut[0]..cut[1]];
        let does: Vec<&str> = acts.iter().map(|(_, act)| *act).collect();
        let when = match i {
            0 => "when: AlertRaised".to_owned(),
            _ => format!("after: [\"task-{}\"]", i - 1),
        };
        let delay = match n.below(3) {
            0 if i > 0 => format!("delay: \"{}h\", ", 1 + n.below(40)),
            _ => String::new(),
        };
        let (phase, who, takes, does) = (acts[0].0, WHO[who], TAKES[takes], does.join(", "));
        tasks.push(format!(
            "(id: \"task-{i}\", phase: {phase}, by: {who}, {when}, {delay}takes: \"{takes}\", \
             does: [{does}], keeps_log: true),\n"
        ));
    }
    let tasks = tasks.concat();
    format!("Plan(id: \"kin-{seed}\", title: \"Kin {seed}\", tasks: [\n{tasks}])\n")
}
