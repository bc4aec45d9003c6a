//! What the engine relies on in an exercise, checked once.
//!
//! A loader reports an author's mistakes in the author's own lines before it comes to this. What is
//! found here is a mistake of a loader, or a record that was made by hand.

mod references;

use super::{BasisPoints, Law, Object, Organisation, Parts, Slug, Span, Trigger, Weekday};
use std::ops::RangeInclusive;
use thiserror::Error;

/// Why parts are no exercise.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ExerciseError {
    /// A list is not sorted by slug, or holds one twice.
    #[error("the list of {list} is not sorted by id, or holds `{slug}` twice")]
    NotSorted {
        /// The list.
        list: &'static str,
        /// The first slug out of order.
        slug: Slug,
    },
    /// A list is longer than an id can count.
    #[error("the list of {list} has {len} items; at most {max} are possible", max = MAX_ITEMS)]
    TooMany {
        /// The list.
        list: &'static str,
        /// Its length.
        len: usize,
    },
    /// A list that cannot be empty is empty.
    #[error("there is no {what}")]
    Empty {
        /// What there has to be one of.
        what: &'static str,
    },
    /// An id points past the end of its list.
    #[error("`{of}` refers to {to} number {index}, which does not exist")]
    NoSuch {
        /// What refers.
        of: Slug,
        /// What it refers to.
        to: &'static str,
        /// The position it names.
        index: usize,
    },
    /// Things that come after one another in a circle.
    #[error("{what} form a circle through `{through}`")]
    Cycle {
        /// What forms it.
        what: &'static str,
        /// One of them.
        through: Slug,
    },
    /// A duration that cannot be drawn from.
    #[error("the duration of `{of}` is out of range or out of order")]
    BadLaw {
        /// Whose duration it is.
        of: Slug,
    },
    /// A share over 1, or weights that do not sum to 1.
    #[error("the share or weight of {of} is out of range")]
    BadShare {
        /// Whose it is.
        of: String,
    },
    /// A weekend that is out of order, or has seven days: then no business day ever comes.
    #[error("the weekend of `{of}` is out of order, or leaves no business day")]
    BadWeekend {
        /// Whose weekend it is.
        of: String,
    },
    /// STARTEX, onset and limit are out of order or too far apart.
    #[error("the exercise does not start after its onset and end within {days} days of it", days = MAX_LENGTH.0 / Span::DAY.0)]
    BadTimes,
    /// STARTEX is no date of the calendar, or a zone has impossible offsets.
    #[error(
        "STARTEX lies outside the years 1 to 9999, or a time zone is out of order or more than a day from UTC"
    )]
    NoDate,
}

/// The greatest length of a list.
pub(super) const MAX_ITEMS: usize = 4_096;
/// The longest time from onset to the latest ENDEX: what the agenda's keys can hold is far more.
pub(super) const MAX_LENGTH: Span = Span::days(3_660);

/// When STARTEX can be: within the years 1 to 9999, which a date of four digits can name.
const STARTEXES: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;
/// How far a local time can lie from UTC: up to a day.
const OFFSETS: RangeInclusive<i64> = -Span::DAY.0..=Span::DAY.0;

type Checked = Result<(), ExerciseError>;

/// Checks all parts.
pub(super) fn check(parts: &Parts) -> Checked {
    check_lists(parts)?;
    check_times(parts)?;
    references::check(parts)?;
    check_cycles(parts)?;
    check_weekends(&parts.organisation)?;
    check_numbers(parts)
}

fn check_times(parts: &Parts) -> Checked {
    let zones_known = !parts.organisation.zone.offsets.is_empty();
    let ordered = parts.onset.0 <= 0 && parts.limit.0 > 0;
    // Each side first: the difference of times at the ends of their range is none.
    let near = parts.onset.0 >= -MAX_LENGTH.0 && parts.limit.0 <= MAX_LENGTH.0;
    let within = near && parts.limit - parts.onset <= MAX_LENGTH;
    if !(zones_known && ordered && within) {
        return Err(ExerciseError::BadTimes);
    }
    let own = parts.organisation.stakeholders.iter();
    let zones = own.filter_map(|one| one.zone.as_ref());
    let mut zones = zones.chain([&parts.organisation.zone]);
    let real = zones.all(|zone| {
        let offsets = zone.offsets.iter();
        zone.offsets.windows(2).all(|two| two[0].0 < two[1].0)
            && !zone.offsets.is_empty()
            && offsets
                .map(|(_, offset)| offset)
                .all(|it| OFFSETS.contains(it))
    });
    if !(STARTEXES.contains(&parts.startex) && real) {
        return Err(ExerciseError::NoDate);
    }
    Ok(())
}

macro_rules! each_list {
    ($parts:expr, $do:ident) => {{
        let (o, p, s) = (&$parts.organisation, &$parts.plan, &$parts.scenario);
        $do("people", o.people.iter().map(|x| &x.slug))?;
        $do("roles", o.roles.iter().map(|x| &x.slug))?;
        $do("teams", o.teams.iter().map(|x| &x.slug))?;
        $do("staff groups", o.groups.iter().map(|x| &x.slug))?;
        $do("assets", o.assets.iter().map(|x| &x.slug))?;
        $do("channels", o.channels.iter().map(|x| &x.slug))?;
        $do("sources", o.sources.iter().map(|x| &x.slug))?;
        $do("stakeholders", o.stakeholders.iter().map(|x| &x.slug))?;
        $do("risks", o.risks.iter().map(|x| &x.slug))?;
        $do("tasks", p.tasks.iter().map(|x| &x.slug))?;
        $do("decisions", p.decisions.iter().map(|x| &x.slug))?;
        $do("obligations", p.obligations.iter().map(|x| &x.slug))?;
        $do("programme items", p.programme.iter().map(|x| &x.slug))?;
        $do("incidents", s.incidents.iter().map(|x| &x.slug))?;
        $do("steps", s.steps.iter().map(|x| &x.slug))?;
        $do("injects", s.injects.iter().map(|x| &x.slug))?;
        $do("expectations", s.expectations.iter().map(|x| &x.slug))?;
        $do("objectives", s.objectives.iter().map(|x| &x.slug))?;
    }};
}

fn check_lists(parts: &Parts) -> Checked {
    each_list!(parts, check_sorted);
    if parts.scenario.incidents.is_empty() {
        return Err(ExerciseError::Empty { what: "incident" });
    }
    if parts.organisation.roles.is_empty() {
        return Err(ExerciseError::Empty { what: "role" });
    }
    Ok(())
}

fn check_sorted<'a>(list: &'static str, slugs: impl ExactSizeIterator<Item = &'a Slug>) -> Checked {
    let len = slugs.len();
    if len > MAX_ITEMS {
        return Err(ExerciseError::TooMany { list, len });
    }
    let mut before: Option<&Slug> = None;
    for slug in slugs {
        if before.is_some_and(|before| before >= slug) {
            return Err(ExerciseError::NotSorted {
                list,
                slug: slug.clone(),
            });
        }
        before = Some(slug);
    }
    Ok(())
}

fn check_cycles(parts: &Parts) -> Checked {
    let (tasks, steps) = (&parts.plan.tasks, &parts.scenario.steps);
    let assets = &parts.organisation.assets;
    let obligations = &parts.plan.obligations;
    let before_task = |i: usize| -> Vec<usize> {
        tasks[i]
            .after
            .iter()
            .chain(&tasks[i].after_any)
            .map(|t| t.index())
            .collect()
    };
    let before_step = |i: usize| -> Vec<usize> {
        steps[i]
            .after
            .iter()
            .chain(&steps[i].after_any)
            .map(|s| s.index())
            .collect()
    };
    let below =
        |i: usize| -> Vec<usize> { assets[i].depends_on.iter().map(|a| a.index()).collect() };
    let parent = |i: usize| -> Vec<usize> {
        match &obligations[i].from {
            Trigger::After(parent) => vec![parent.index()],
            Trigger::Aware { .. } => Vec::new(),
        }
    };
    acyclic("tasks", tasks.len(), before_task, |i| &tasks[i].slug)?;
    acyclic("steps of the attack", steps.len(), before_step, |i| {
        &steps[i].slug
    })?;
    acyclic("asset dependencies", assets.len(), below, |i| {
        &assets[i].slug
    })?;
    acyclic("clocks", obligations.len(), parent, |i| {
        &obligations[i].slug
    })
}

/// Fails if a graph has a circle: takes away, again and again, what has nothing before it.
fn acyclic<'a>(
    what: &'static str,
    len: usize,
    before: impl Fn(usize) -> Vec<usize>,
    slug: impl Fn(usize) -> &'a Slug,
) -> Checked {
    let mut open: Vec<usize> = (0..len).map(|i| before(i).len()).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); len];
    for i in 0..len {
        for j in before(i) {
            after[j].push(i);
        }
    }
    let mut free: Vec<usize> = (0..len).filter(|i| open[*i] == 0).collect();
    let mut taken = 0;
    while let Some(i) = free.pop() {
        taken += 1;
        for &j in &after[i] {
            open[j] -= 1;
            if open[j] == 0 {
                free.push(j);
            }
        }
    }
    if taken == len {
        return Ok(());
    }
    let through = (0..len)
        .find(|i| open[*i] > 0)
        .expect("what was not taken is still open");
    Err(ExerciseError::Cycle {
        what,
        through: slug(through).clone(),
    })
}

fn check_numbers(parts: &Parts) -> Checked {
    for task in &parts.plan.tasks {
        check_law(&task.slug, &task.takes)?;
        task.delay
            .iter()
            .try_for_each(|law| check_law(&task.slug, law))?;
        let on_evidence = task
            .does
            .iter()
            .filter(|act| matches!(act.on, Object::Evidence(..)));
        debug_assert!(
            on_evidence
                .clone()
                .all(|act| act.measure == super::Measure::Preserve)
        );
    }
    for asset in &parts.organisation.assets {
        asset
            .restores_in
            .iter()
            .try_for_each(|law| check_law(&asset.slug, law))?;
    }
    for step in &parts.scenario.steps {
        check_law(&step.slug, &step.takes)?;
        step.delay
            .iter()
            .try_for_each(|law| check_law(&step.slug, law))?;
        check_share(step.slug.as_str(), &[step.chance, step.share])?;
    }
    for source in &parts.organisation.sources {
        for sight in &source.sees {
            check_law(&source.slug, &sight.after)?;
            check_share(source.slug.as_str(), &[sight.chance])?;
        }
    }
    for group in &parts.organisation.groups {
        check_law(&group.slug, &group.after)?;
        check_share(group.slug.as_str(), &[group.knows_channel, group.reports])?;
    }
    let softer = parts.softer.iter().map(|of| &of.default.scoring);
    let all = [&parts.plan.scoring, &parts.yardstick.scoring];
    all.into_iter().chain(softer).try_for_each(|scoring| {
        check_sum("phases", &scoring.phases)?;
        check_sum("parts of a phase score", &scoring.parts)?;
        check_share("reached", &[scoring.reached_share])
    })
}

fn check_weekends(organisation: &Organisation) -> Checked {
    let fine = |days: &[Weekday]| days.len() < 7 && days.windows(2).all(|two| two[0] < two[1]);
    let own = organisation.stakeholders.iter();
    let own = own.filter_map(|one| Some((one.slug.as_str(), one.weekend.as_deref()?)));
    let all = std::iter::once((organisation.name.as_str(), &organisation.weekend[..]));
    match all.chain(own).find(|(_, days)| !fine(days)) {
        None => Ok(()),
        Some((of, _)) => Err(ExerciseError::BadWeekend { of: of.to_owned() }),
    }
}

fn check_share(of: &str, shares: &[BasisPoints]) -> Checked {
    let fine = shares.iter().all(|share| *share <= BasisPoints::ONE);
    fine.then_some(())
        .ok_or_else(|| ExerciseError::BadShare { of: of.to_owned() })
}

fn check_sum(of: &str, weights: &[BasisPoints]) -> Checked {
    let sum: u32 = weights.iter().map(|weight| u32::from(weight.0)).sum();
    (sum == 10_000)
        .then_some(())
        .ok_or_else(|| ExerciseError::BadShare { of: of.to_owned() })
}

fn check_law(of: &Slug, law: &Law) -> Checked {
    let fits = |span: &Span| span.0 >= 0 && *span <= MAX_LENGTH;
    let fine = match law {
        Law::Fixed(span) => fits(span),
        Law::Range { low, high } => low.0 > 0 && low < high && fits(high),
        Law::Triangle {
            least,
            likely,
            most,
        } => fits(least) && least <= likely && likely <= most && least < most && fits(most),
        Law::About(mean) => mean.0 > 0 && fits(mean),
        Law::Observed(spans) => !spans.is_empty() && spans.iter().all(fits),
    };
    fine.then_some(())
        .ok_or_else(|| ExerciseError::BadLaw { of: of.clone() })
}
