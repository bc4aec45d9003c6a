//! The sentence about what happened to assets, in the attack and in the story.

use super::sentence::{roots, title, until, waits, way};
use super::{Saying, left_out};
use crate::words::{duration, measure};
use hotwash_engine::evaluation::why::{Asked, Fate, Why};
use hotwash_engine::exercise::StepId;

pub(super) fn of_asset(s: &Saying<'_>, why: &Why) -> String {
    let what = title(s, why.asked);
    let step = |step: StepId| format!("\"{}\" hit it", s.cut(&s.names().step(step)));
    match why.fate {
        Fate::Down {
            span,
            back,
            step: hit,
            own,
        } => {
            let by = match (hit, own) {
                (Some(hit), _) => format!(" after {}", step(hit)),
                (None, Some(own)) => format!(" after our own {}", measure(own)),
                (None, None) => String::new(),
            };
            let span = duration(span);
            if back {
                format!("{what} did not serve for {span}{by}{}", waits(s, why))
            } else {
                format!(
                    "{what} did not serve for {span}{by}, {}: {}",
                    s.until(),
                    roots(s, why)
                )
            }
        }
        Fate::Hit(hit) => {
            let step = s.cut(&s.names().step(hit));
            format!(
                "\"{step}\" hit {what} at {}, and it went on serving",
                until(s, why)
            )
        }
        _ => format!("nothing happened to {what}"),
    }
}

pub(super) fn of_step(s: &Saying<'_>, why: &Why) -> String {
    let what = title(s, why.asked);
    match why.fate {
        Fate::TookEffect {
            assets,
            stopper,
            stopped_by,
        } => {
            let on = match assets {
                1 => String::new(),
                n => format!(" on {n} assets, first"),
            };
            let at = until(s, why);
            let stop = match (stopper, stopped_by) {
                (Some((of, timed)), _) => format!(
                    ": {}, which stops it, came at {}",
                    measure(of),
                    s.time(timed.at)
                ),
                (None, Some(of)) => format!(": {}, which stops it, never came", measure(of)),
                (None, None) => ": no measure stops it".to_owned(),
            };
            format!("{what} took effect{on} at {at}{stop}")
        }
        Fate::Stopped(by) => format!("{what} was stopped at {} by {}", until(s, why), measure(by)),
        Fate::CameToNothing => format!("{what} ended at {} without effect", until(s, why)),
        _ => format!("{what} never began: {}", roots(s, why)),
    }
}

pub(super) fn of_story(s: &Saying<'_>, why: &Why) -> String {
    let what = title(s, why.asked);
    let when = until(s, why);
    match &why.fate {
        Fate::Decided(option) => {
            let text = match why.asked {
                Asked::Decision(decision) => {
                    let options = &s.subject.exercise.plan().decision(decision).options;
                    options
                        .get(option.index())
                        .map_or("", |of| of.text.as_str())
                }
                _ => "",
            };
            format!(
                "{what} was decided at {when}: {}{}",
                s.cut(text),
                waits(s, why)
            )
        }
        Fate::Undecided => format!("{what} came up at {when} and was not decided {}", s.by()),
        Fate::NeverCameUp => format!("{what} never came up: {}", roots(s, why)),
        Fate::Read => format!("{what} was read at {when}{}", way(s, why)),
        Fate::Unread { noticed: true } => {
            format!(
                "{what} was noticed at {when}, and nobody had read it {}",
                s.by()
            )
        }
        Fate::Unread { noticed: false } => format!("{what} was noticed by nobody {}", s.by()),
        Fate::Withdrawn => format!("{what} was no longer needed at {when}, before anybody read it"),
        Fate::InjectLeftOut(reason) => {
            format!("{what} was left out at {when}: {}", left_out(*reason))
        }
        Fate::NeverDelivered => format!("{what} never came: {}", roots(s, why)),
        _ => what,
    }
}
