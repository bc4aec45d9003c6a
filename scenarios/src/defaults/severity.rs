//! The default severity table, as conditions on what is known, and what makes an organisation aware.
//!
//! Four classes in the manner of ISO/IEC 27035; the rows and thresholds are illustrative. A rule
//! names no act of the team, so that nobody is told less by doing more.

use hotwash_engine::exercise::{
    AssetKind, AssetState, Condition, Data, Dimension, Fact, ImpactDimension, IncidentId, Knowable,
    Money, Selector, Severity, SeverityRule, StakeholderKind,
};

/// The incident that a plan's condition belongs to: the engine reads it for each incident.
fn this() -> IncidentId {
    IncidentId::new(0)
}

fn in_state(of: Selector, state: AssetState) -> Condition {
    Condition::Is(Fact::InState(of, state))
}

fn any_state(of: &Selector, states: &[AssetState]) -> Condition {
    let each = states.iter().map(|state| in_state(of.clone(), *state));
    Condition::Any(each.collect())
}

fn known(what: Knowable) -> Condition {
    Condition::Is(Fact::Known(what))
}

fn rule(level: Severity, impact: ImpactDimension, when: Condition) -> SeverityRule {
    SeverityRule {
        level,
        impact: Some(impact),
        when,
    }
}

const LEFT: [AssetState; 2] = [AssetState::Exfiltrated, AssetState::Exposed];

/// The severity table for an organisation with these backups and this yearly revenue.
pub(crate) fn rules(backups: &[AssetKind], revenue: Option<Money>) -> Vec<SeverityRule> {
    let mut all = operations();
    all.extend(information());
    all.extend(recoverability(backups));
    all.extend(money(revenue));
    all.extend(legal());
    all
}

fn operations() -> Vec<SeverityRule> {
    let valued = |level| Selector::Valued(Dimension::Availability, level);
    let row = |level, when| rule(level, ImpactDimension::Operations, when);
    let steers = |kind| Selector::Kind(kind);
    vec![
        row(
            Severity::Medium,
            in_state(Selector::Everything, AssetState::OutOfService),
        ),
        row(
            Severity::High,
            Condition::Any(vec![
                in_state(valued(Severity::High), AssetState::OutOfService),
                in_state(Selector::Everything, AssetState::PastRto),
            ]),
        ),
        row(
            Severity::Critical,
            Condition::Any(vec![
                in_state(valued(Severity::Critical), AssetState::OutOfService),
                in_state(valued(Severity::High), AssetState::PastRto),
                in_state(steers(AssetKind::MedicalDevice), AssetState::Altered),
                in_state(steers(AssetKind::IndustrialController), AssetState::Altered),
            ]),
        ),
    ]
}

fn information() -> Vec<SeverityRule> {
    let row = |level, when| rule(level, ImpactDimension::Information, when);
    let confidential = Selector::Valued(Dimension::Confidentiality, Severity::High);
    let exact = Selector::Valued(Dimension::Integrity, Severity::High);
    let personal = |records| {
        Condition::All(vec![
            known(Knowable::PersonalData(this())),
            Condition::Is(Fact::RecordsExposed(records)),
        ])
    };
    vec![
        row(Severity::Medium, any_state(&Selector::Everything, &LEFT)),
        row(
            Severity::High,
            Condition::Any(vec![any_state(&confidential, &LEFT), personal(1)]),
        ),
        row(
            Severity::Critical,
            Condition::Any(vec![
                any_state(&Selector::Holding(Data::SpecialCategory), &LEFT),
                personal(1_001),
                in_state(exact, AssetState::Altered),
            ]),
        ),
    ]
}

/// Hard to recover: what everything else hangs on is encrypted. Uncertain: something is encrypted
/// and no kind of backup that the organisation has is whole.
fn recoverability(backups: &[AssetKind]) -> Vec<SeverityRule> {
    let row = |level, when| rule(level, ImpactDimension::Recoverability, when);
    let lost = [
        AssetState::OutOfService,
        AssetState::Encrypted,
        AssetState::Wiped,
    ];
    let encrypted = |of| in_state(of, AssetState::Encrypted);
    let central = [
        AssetKind::DomainController,
        AssetKind::IdentityProvider,
        AssetKind::VirtualizationHost,
        AssetKind::BackupServer,
    ];
    let central = central.map(|kind| encrypted(Selector::Kind(kind)));
    let mut rules = vec![
        row(Severity::Medium, encrypted(Selector::Everything)),
        row(Severity::High, Condition::Any(central.to_vec())),
    ];
    if !backups.is_empty() {
        let each = backups.iter();
        let mut all: Vec<Condition> = each
            .map(|kind| any_state(&Selector::Kind(*kind), &lost))
            .collect();
        all.push(encrypted(Selector::Everything));
        rules.push(row(Severity::Critical, Condition::All(all)));
    }
    rules
}

/// A hundredth of a percent, a tenth of a percent and one percent of the yearly revenue.
fn money(revenue: Option<Money>) -> Vec<SeverityRule> {
    let Some(revenue) = revenue.filter(|revenue| revenue.0 > 0) else {
        return Vec::new();
    };
    let levels = [
        (Severity::Medium, 10_000),
        (Severity::High, 1_000),
        (Severity::Critical, 100),
    ];
    let row = |(level, part): (Severity, i64)| {
        let least = Money((revenue.0 / part).max(1));
        rule(
            level,
            ImpactDimension::Money,
            Condition::Is(Fact::MoneyLost(least)),
        )
    };
    levels.into_iter().map(row).collect()
}

fn legal() -> Vec<SeverityRule> {
    let row = |level, when| rule(level, ImpactDimension::Legal, when);
    let supplier = Selector::Kind(AssetKind::Supplier);
    let states = [
        AssetState::Compromised,
        AssetState::Exfiltrated,
        AssetState::Exposed,
    ];
    vec![
        row(Severity::Medium, any_state(&supplier, &states)),
        row(Severity::High, known(Knowable::PersonalData(this()))),
        row(
            Severity::Critical,
            Condition::All(vec![
                known(Knowable::PersonalData(this())),
                in_state(Selector::Everything, AssetState::Exposed),
            ]),
        ),
    ]
}

/// What has to be known before a clock to this stakeholder starts, where the plan does not say:
/// that it is real and what law ties the duty to; else that it is real and facts that classify High
/// or more.
pub(crate) fn aware_of(to: StakeholderKind, rules: &[SeverityRule]) -> Condition {
    let real = known(Knowable::Real(this()));
    let personal = known(Knowable::PersonalData(this()));
    match to {
        StakeholderKind::DataProtectionAuthority => Condition::All(vec![real, personal]),
        StakeholderKind::DataSubjects => {
            let mut grave = vec![Condition::Is(Fact::RecordsExposed(1_001))];
            grave.push(any_state(&Selector::Holding(Data::SpecialCategory), &LEFT));
            Condition::All(vec![real, personal, Condition::Any(grave)])
        }
        _ => {
            let significant = rules.iter().filter(|rule| rule.level >= Severity::High);
            let any = significant.map(|rule| rule.when.clone());
            Condition::All(vec![real, Condition::Any(any.collect())])
        }
    }
}
