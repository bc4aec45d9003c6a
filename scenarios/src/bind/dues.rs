//! What an exercise is judged by, before it is bound: the clauses of the plan and the duties of law, each pair of
//! the two that speaks of the same thing as one.

use super::names::{Index, sorted};
use crate::definition::{self, Awareness};
use crate::regimes::{self, OfLaw};
use hotwash_engine::exercise::{Content, Limit, Slug, StakeholderKind};
use std::collections::BTreeSet;

/// A duty that is due to somebody: by a clause of the plan, by law, or by both.
#[derive(Debug, Clone)]
pub(super) struct Due<'d> {
    /// Its id: the clause's, else that of the duty of law.
    pub(super) slug: Slug,
    /// What the plan says of it.
    pub(super) clause: Option<&'d definition::Obligation>,
    /// The duty of law whose words count.
    pub(super) of_law: Option<OfLaw>,
    /// Whether that law holds for the organisation. Else the clause names it, and is a promise of the plan.
    pub(super) holds: bool,
}

/// Every due of an organisation and a plan, sorted by id.
pub(super) fn dues<'d>(
    organisation: &definition::Organisation,
    plan: &'d definition::Plan,
) -> Vec<Due<'d>> {
    let holding = regimes::holding(organisation);
    let spoken = regimes::spoken_of(plan, &holding);
    let mut taken: BTreeSet<Slug> = BTreeSet::new();
    let mut dues: Vec<Due<'d>> = Vec::new();
    let complete = |clause: &&definition::Obligation| {
        named(clause).is_some() || (clause.to.is_some() && clause.within.is_some())
    };
    for clause in sorted(&plan.communication).into_iter().filter(complete) {
        taken.insert(clause.id.value.clone());
        let bound = spoken.iter().find(|(one, _)| std::ptr::eq(*one, clause));
        dues.push(Due {
            slug: clause.id.value.clone(),
            clause: Some(clause),
            of_law: bound.map(|(_, of)| *of).or_else(|| named(clause)),
            holds: bound.is_some(),
        });
    }
    for of in regimes::duties_of(holding) {
        if spoken.iter().any(|(_, known)| *known == of) {
            continue;
        }
        let slug = super::obligations::fresh(of.duty.id.as_str(), &taken);
        taken.insert(slug.clone());
        dues.push(Due {
            slug,
            clause: None,
            of_law: Some(of),
            holds: true,
        });
    }
    dues.sort_by(|a, b| a.slug.cmp(&b.slug));
    dues
}

/// The duty that a clause names, whether or not it holds.
fn named(clause: &definition::Obligation) -> Option<OfLaw> {
    clause.duty.as_ref().and_then(regimes::find)
}

/// The ids of dues, as what hangs on them finds them.
pub(super) fn index(dues: &[Due<'_>]) -> Index {
    Index::new(dues.iter().map(|due| due.slug.clone()).collect())
}

impl Due<'_> {
    /// Who has to be told; none where an author forgot it, which is reported.
    pub(super) fn to(&self) -> Option<StakeholderKind> {
        match (self.of_law, self.clause) {
            (Some(of), _) => Some(of.duty.to.value),
            (None, Some(clause)) => clause.to.map(|kind| kind.value),
            (None, None) => None,
        }
    }

    /// How long it gives; none where an author forgot it, which is reported.
    pub(super) fn within(&self) -> Option<Limit> {
        match self.of_law {
            Some(of) => Some(of.duty.within.value),
            None => self.own_limit(),
        }
    }

    /// The limit that the plan sets.
    pub(super) fn own_limit(&self) -> Option<Limit> {
        self.clause?.within.map(|limit| limit.value)
    }

    /// What has to be known, where somebody says.
    pub(super) fn aware(&self) -> Option<&Awareness> {
        match self.of_law {
            Some(of) => of.duty.aware.as_ref(),
            None => self.clause?.aware.as_ref(),
        }
    }

    /// What the notification has to say.
    pub(super) fn content(&self) -> Vec<Content> {
        let content = match (self.of_law, self.clause) {
            (Some(of), _) => &of.duty.content,
            (None, Some(clause)) => &clause.content,
            (None, None) => return Vec::new(),
        };
        super::binder::tidy(content.iter().map(|one| one.value).collect())
    }

    /// How long the rest may take.
    pub(super) fn rest_within(&self) -> Option<Limit> {
        let limit = match self.of_law {
            Some(of) => of.duty.rest_within,
            None => self.clause?.rest_within,
        };
        limit.map(|limit| limit.value)
    }

    /// Its title.
    pub(super) fn title(&self) -> String {
        let own = self.clause.and_then(|clause| clause.title.as_ref());
        let of_law = self.of_law.map(|of| &of.duty.title);
        super::binder::title(own.or(of_law), self.slug.as_str())
    }

    /// The position of the due that has to be met before this one starts.
    pub(super) fn parent(&self, all: &[Due<'_>]) -> Option<usize> {
        if let Some(of) = self.of_law {
            let after = of.duty.after.as_ref()?;
            let is = |due: &Due<'_>| due.of_law.is_some_and(|of| of.duty.id.value == after.value);
            return all.iter().position(is);
        }
        let after = self.clause?.after.as_ref()?;
        all.iter().position(|due| due.slug == after.value)
    }

    /// What asks for something on its behalf.
    pub(super) fn asker(&self) -> String {
        format!("obligation {}", self.slug)
    }
}
