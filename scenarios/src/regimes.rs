//! The regimes that ship: which of them hold for an organisation, and which of their duties a plan speaks of.
//!
//! Their texts are read like anybody's own definitions. Nothing else in the workspace knows a law by name.

use crate::definition::{Country, Duty, Name, Obligation, Organisation, Plan, Regime};
use crate::read::{Decode, Reader};
use crate::source::Source;
use crate::syntax;
use hotwash_engine::exercise::{Data, Limit, Span, StakeholderKind};
use std::sync::LazyLock;

/// The text of each regime, with the name under which it is cited.
const TEXTS: [(&str, &str); 2] = [
    (
        "regimes/gdpr.ron",
        include_str!("../content/regimes/gdpr.ron"),
    ),
    (
        "regimes/nis2.ron",
        include_str!("../content/regimes/nis2.ron"),
    ),
];

static REGIMES: LazyLock<Vec<Regime>> = LazyLock::new(|| TEXTS.iter().filter_map(read).collect());

fn read((name, text): &(&str, &str)) -> Option<Regime> {
    let source = Source::new(*name, *text);
    let root = syntax::parse(&source, 0).root?;
    Regime::decode(&root, &mut Reader::new(&source))
}

/// The regimes that ship, in the order of their names.
pub fn regimes() -> &'static [Regime] {
    &REGIMES
}

/// A duty of a regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OfLaw {
    pub(crate) regime: &'static Regime,
    pub(crate) duty: &'static Duty,
}

impl OfLaw {
    /// How it is cited. Duties that are cited alike are of one law.
    pub(crate) fn law(self) -> String {
        format!("{}, {}", self.regime.law.value, self.duty.article.value)
    }

    /// How it is cited, to the paragraph.
    pub(crate) fn passage(self) -> String {
        let paragraph = self.duty.paragraph.as_ref();
        let paragraph = paragraph.map_or("", |text| text.value.as_str());
        format!("{}{paragraph}", self.law())
    }
}

/// Whom a clause has told: whom it names, else whom the duty of law names of which it speaks.
pub(crate) fn recipient(clause: &Obligation) -> Option<StakeholderKind> {
    let of = clause.duty.as_ref().and_then(find);
    let own = || clause.to.map(|kind| kind.value);
    of.map(|of| of.duty.to.value).or_else(own)
}

/// The duty of law of a name.
pub(crate) fn find(name: &Name) -> Option<OfLaw> {
    duties_of(regimes()).find(|of| of.duty.id.value == name.value)
}

/// Every duty of some regimes.
pub(crate) fn duties_of(
    regimes: impl IntoIterator<Item = &'static Regime>,
) -> impl Iterator<Item = OfLaw> {
    let of = |regime: &'static Regime| regime.duties.iter().map(move |duty| OfLaw { regime, duty });
    regimes.into_iter().flat_map(of)
}

/// The regimes that hold for an organisation: those that follow from its country, its sectors and its data, and
/// those that it names.
pub(crate) fn holding(organisation: &Organisation) -> Vec<&'static Regime> {
    let all = regimes().iter();
    all.filter(|regime| holds(regime, organisation)).collect()
}

fn holds(regime: &Regime, organisation: &Organisation) -> bool {
    let mut named = organisation.regimes.iter();
    if named.any(|name| name.value == regime.id.value) {
        return true;
    }
    let within = |country: &Country| regime.countries.iter().any(|one| one.value == *country);
    let country = organisation.country.as_ref();
    let mut sectors = organisation.sector.iter();
    let of_sector = |sector| regime.sectors.iter().any(|one| one.value == sector);
    let for_data = regime.personal_data.is_some_and(|only| only.value);
    country.is_some_and(|country| within(&country.value))
        && (regime.sectors.is_empty() || sectors.any(|sector| of_sector(sector.value)))
        && (!for_data || holds_personal_data(organisation))
}

/// Whether some asset holds data of persons.
pub(crate) fn holds_personal_data(organisation: &Organisation) -> bool {
    let mut data = organisation.assets.iter().flat_map(|asset| &asset.data);
    data.any(|data| matches!(data.value, Data::PersonalData | Data::SpecialCategory))
}

/// Whether an organisation holds data of persons and says neither its country nor a regime, so that nothing tells
/// which law holds for it.
pub(crate) fn is_unknown(organisation: &Organisation) -> bool {
    organisation.country.is_none()
        && organisation.regimes.is_empty()
        && holds_personal_data(organisation)
}

/// Whether an organisation holds data of persons where no regime that ships holds, and its plan cites no law
/// either: then it is judged by none.
pub(crate) fn is_silent(organisation: &Organisation, plan: &Plan) -> bool {
    let cites = |clause: &Obligation| clause.duty.is_none() && clause.law.is_some();
    holds_personal_data(organisation)
        && holding(organisation).is_empty()
        && !plan.communication.iter().any(cites)
}

/// The clauses of a plan that speak of duties of some regimes, each with its duty, each duty once.
///
/// A clause speaks of the duty that it names. One that names none and cites a regime speaks of a duty of that
/// regime to the same recipient: of those that start alike, the one whose limit it just keeps.
pub(crate) fn spoken_of<'d>(
    plan: &'d Plan,
    among: &[&'static Regime],
) -> Vec<(&'d Obligation, OfLaw)> {
    let all: Vec<OfLaw> = duties_of(among.iter().copied()).collect();
    let mut clauses: Vec<&Obligation> = plan.communication.iter().collect();
    clauses.sort_by_key(|clause| {
        (
            clause.within.map(|limit| about(limit.value)),
            &clause.id.value,
        )
    });
    let mut spoken: Vec<(&Obligation, OfLaw)> = Vec::new();
    let by_name = clauses.iter().filter(|clause| clause.duty.is_some());
    let by_law = clauses.iter().filter(|clause| clause.duty.is_none());
    for clause in by_name.chain(by_law) {
        let free = |of: &&OfLaw| !spoken.iter().any(|(_, taken)| taken == *of);
        let mut free = all.iter().filter(free);
        let of = match &clause.duty {
            Some(name) => free.find(|of| of.duty.id.value == name.value),
            None => just_kept(clause, free),
        };
        spoken.extend(of.map(|of| (*clause, *of)));
    }
    spoken
}

/// The duty that a clause means by its law, its recipient and what starts it: the one with the least limit that
/// the clause keeps, else the one with the longest.
fn just_kept<'a>(clause: &Obligation, free: impl Iterator<Item = &'a OfLaw>) -> Option<&'a OfLaw> {
    let (law, to) = (clause.law.as_ref()?, clause.to.as_ref()?);
    let within = about(clause.within?.value);
    let meant = free.filter(|of| {
        of.duty.to.value == to.value
            && of.duty.after.is_some() == clause.after.is_some()
            && is_named(of.regime, &law.value)
    });
    let limit = |of: &&OfLaw| about(of.duty.within.value);
    let mut meant: Vec<&OfLaw> = meant.collect();
    meant.sort_by_key(limit);
    let kept = meant.iter().find(|of| limit(of) >= within);
    kept.or(meant.last()).copied()
}

/// Whether a text cites a regime: one of its names stands there as a word of its own.
fn is_named(regime: &Regime, text: &str) -> bool {
    let text = text.to_lowercase();
    let mut names = regime.also_called.iter().chain([&regime.law]);
    names.any(|name| {
        let name = name.value.to_lowercase();
        let mut found = text.match_indices(&name);
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        found.any(|(at, _)| {
            apart(text[..at].chars().next_back()) && apart(text[at + name.len()..].chars().next())
        })
    })
}

/// How long a limit is, for comparing limits: a business day is seven fifths of a day, a month is thirty days.
pub(crate) const fn about(limit: Limit) -> Span {
    match limit {
        Limit::Elapsed(span) => span,
        Limit::Days(days) => Span::days(days as i64),
        Limit::BusinessDays(days) => Span::hours(days as i64 * 24 * 7 / 5),
        Limit::Months(months) => Span::days(months as i64 * 30),
    }
}

#[cfg(test)]
mod tests;
