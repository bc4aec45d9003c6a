//! What holds for every evaluation of a real run.

use super::town::{run, town};
use crate::evaluation::{Baselines, Evaluation, evaluate};
use crate::simulation::Policy;

fn show(e: &Evaluation) {
    println!("score {:?} end {:?} {}", e.score, e.end, e.ended_at.0 as f64/60000.);
    let m = e.main();
    println!("sev true {:?} scored {:?} classified {:?}", m.true_severity, m.scored_severity, m.classified);
    for p in &m.phases {
        println!("{:?} origin {:?} from {:?} reached {:?} completed {:?} decl {:?} timing {:?}", p.phase, p.origin.map(|o| (o.0.name(), o.1.at.0/60000)), p.scored_from.map(|x| x.0/60000), p.reached.map(|x| x.at.0/60000), p.completed.map(|x| x.at.0/60000), p.declared_complete.map(|x| x.at.0/60000), p.timing.map(|t| (t.target.map(|x| x.0/60000), t.taken.map(|x| x.0/60000), t.score.map(|x| x.0))));
        println!("   T {:?} C {:?} J {:?} -> {:?} {:?}", p.timeliness.map(|x| x.0), p.coverage.map(|x| x.0), p.judgement.map(|x| x.0), p.score.map(|x| x.0), p.not_scored);
        for t in &p.made_of { println!("      {:?} {} min role {:?} task {:?} entry {}", t.category, (t.until-t.from).0/60000, t.role, t.instance.map(|i| i.task), t.entry); }
        for c in &p.coverage_items { println!("      + {:?} {:?} {} {:?}", c.kind, c.status, c.done.0, c.evidence); }
        for c in &p.judged_items { println!("      ? {:?} {} w{} {:?}", c.kind, c.sound, c.weight, c.evidence); }
    }
    for o in &e.objectives { println!("{o:?}"); }
    for o in &e.obligations { println!("{o:?}"); }
    println!("{:?}", e.impact);
    for f in &e.findings { println!("{:6} {:?} {:?} {:?} {:?} {:?} {:?}", f.weight, f.kind, f.subject, f.cause, f.objectives, f.evidence, f.corrections); }
}

#[test]
fn look() {
    let town = town();
    let i = std::env::args().len() as u64 - std::env::args().len() as u64;
    let record = run(&town, i, Policy::People);
    let no = run(&town, i, Policy::NoResponse);
    let ideal = run(&town, i, Policy::Ideal);
    let b = Baselines { no_response: Some(&no), ideal: Some(&ideal) };
    show(&evaluate(&town, &record, b));
    println!("=============== IDEAL");
    show(&evaluate(&town, &ideal, Baselines::default()));
}
