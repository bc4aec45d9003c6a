//! What would help: candidates for the improvement plan, never decisions.

use super::{Subject, gap, impact, lower_first, measure};
use hotwash_engine::evaluation::{ByPlan, Correction as C};
use hotwash_engine::exercise::{InjectId, Measure, ObligationId, RiskId, RoleId, StepId};

/// A candidate corrective action, as it follows `Try:`.
pub fn correction(subject: &Subject, correction: C) -> String {
    let names = &subject.names;
    let the = |role| names.the_role(role);
    let task = |task| names.task(task);
    match correction {
        C::NameDeputy(role) => format!("name a deputy for {}", the(role)),
        C::PutOnCall(role) => format!("put {} on call", the(role)),
        C::Relieve(role) => format!(
            "have more people for {}, or give them less to do",
            the(role)
        ),
        C::SecondShift(role) => format!(
            "have a second shift for {}, that comes when the first goes to bed",
            the(role)
        ),
        C::LetTake(role, taken) => let_take(&the(role), taken),
        C::AddTask(taken) => format!("add a task to the plan for {}", measure(taken)),
        C::AddNotification(to) => format!("add a task that tells {}", names.stakeholder(to)),
        C::ClarifyTask(it) => format!("describe \"{}\" so that anybody does it alike", task(it)),
        C::NarrowTask(it) => format!("do \"{}\" only on what is affected", task(it)),
        C::ShortenDelay(it) => format!(
            "shorten the wait that the plan sets before \"{}\"",
            task(it)
        ),
        C::FreeTask(it) => format!("break the circle in which \"{}\" waits", task(it)),
        C::SetOrder { first, before } => {
            format!("have {} come before {}", measure(first), measure(before))
        }
        C::TellEarly(obligation, role) => tell_early(subject, obligation, role),
        C::AddSight(step) => sight(subject, step),
        C::EscalateAlerts(source) => format!(
            "have alerts of {} sent again until somebody notices",
            names.source(source)
        ),
        C::AgreeChannel(inject) => agree(subject, inject),
        C::AddChannel(role) => format!(
            "give {} a channel that does not hang on what an attacker may take",
            the(role)
        ),
        C::VerifyContacts(Some(of)) => format!("verify the contacts of {}", names.stakeholder(of)),
        C::VerifyContacts(None) => "verify the contacts of all channels".to_owned(),
        C::Train(role, phase) => format!("train {} in {phase}", the(role)),
        C::Practise(phase) => format!("exercise {phase}"),
        C::TrainClassifying(role) => format!("practise the severity table with {}", the(role)),
        C::MendSeverityTable(by) => mend_table(by),
        C::NameScribe(role) => format!("have {} name who keeps the incident log", the(role)),
        C::ProvideStandby(asset) => format!("prepare a spare for {}", names.asset(asset)),
        C::BackUpOftener(asset) => format!("back up {} more often", names.asset(asset)),
        C::CheckBeforeDeclaring(phase) => {
            format!("have a second person check before {phase} is declared complete")
        }
        C::TreatRisk(risk) => treat(subject, risk),
        C::ReviewPlan => "review the plan".to_owned(),
        C::FillGap(number) => fill(subject, number),
    }
}

fn mend_table(by: ByPlan) -> String {
    let row = match by {
        ByPlan::Row(Some(of)) => format!("the row for the impact on {} gives it", impact(of)),
        ByPlan::Row(None) => "one of its rows gives it".to_owned(),
        ByPlan::NoRow | ByPlan::No => "none of its rows holds".to_owned(),
    };
    format!("bring the plan's severity table into line with the one it is judged by: {row}")
}

fn let_take(role: &str, taken: Measure) -> String {
    format!("let {role} do this without asking: {}", measure(taken))
}

fn tell_early(subject: &Subject, obligation: ObligationId, role: RoleId) -> String {
    let (role, duty) = (
        subject.names.the_role(role),
        subject.names.obligation(obligation),
    );
    format!("tell {role} as soon as this may be called for: {duty}")
}

fn sight(subject: &Subject, step: StepId) -> String {
    let technique = &subject.exercise.step(step).technique;
    let step = subject.names.step(step);
    if technique.is_empty() {
        format!("let a source see steps like \"{step}\"")
    } else {
        format!("let a source see {technique} (\"{step}\")")
    }
}

fn agree(subject: &Subject, inject: InjectId) -> String {
    let from = subject.exercise.inject(inject).from.trim();
    let from = if from.is_empty() { "the sender" } else { from };
    format!("agree with {} over which channel to call", from)
}

fn treat(subject: &Subject, risk: RiskId) -> String {
    let risk = subject.names.risk(risk);
    format!("treat the risk \"{risk}\", or have its owner accept the greater loss")
}

fn fill(subject: &Subject, number: u32) -> String {
    let gaps = &subject.exercise.parts().gaps;
    let missing = gaps
        .get(number as usize)
        .map(|missing| lower_first(&gap(missing)));
    missing.map_or_else(
        || "fill the gap of the definitions".to_owned(),
        |missing| format!("fill the gap: {}", missing.trim_end_matches('.')),
    )
}
