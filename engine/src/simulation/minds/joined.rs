//! What several know together, worked out for the moment.

use super::Minds;
use crate::exercise::RoleId;
use crate::knowledge::Known;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// Where knowledge that was joined lies until the next is: its memory is used again. Looking at the world
/// does not change it, so this has to be shared.
#[derive(Debug, Default)]
pub(super) struct Joining(Mutex<Vec<Known>>);

impl Joining {
    fn take(&self) -> Known {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spare.pop().unwrap_or_default()
    }

    fn keep(&self, known: Known) {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spare.push(known);
    }
}

/// What some know, as they see it together.
pub(crate) enum Seen<'a> {
    /// As it is kept.
    Kept(&'a Known),
    /// Joined of what several know.
    Joined(Joined<'a>),
}

impl Deref for Seen<'_> {
    type Target = Known;
    fn deref(&self) -> &Known {
        match self {
            Self::Kept(known) => known,
            Self::Joined(joined) => &joined.known,
        }
    }
}

/// What several know together, for as long as it is looked at.
pub(crate) struct Joined<'a> {
    known: Known,
    home: &'a Joining,
}

impl Drop for Joined<'_> {
    fn drop(&mut self) {
        self.home.keep(std::mem::take(&mut self.known));
    }
}

impl Minds {
    /// What some know, and these roles beside them.
    pub(crate) fn join<'a>(
        &'a self,
        known: &'a Known,
        roles: impl Iterator<Item = RoleId>,
    ) -> Seen<'a> {
        let mut roles = roles.peekable();
        if roles.peek().is_none() {
            return Seen::Kept(known);
        }
        let mut joined = self.joining.take();
        joined.clone_from(known);
        for role in roles {
            joined.learn_all(self.role(role));
        }
        Seen::Joined(Joined {
            known: joined,
            home: &self.joining,
        })
    }

    /// What several roles know together.
    pub(crate) fn together(&self, roles: &[RoleId]) -> Seen<'_> {
        match roles {
            [] => Seen::Kept(&self.nothing),
            [first, others @ ..] => self.join(self.role(*first), others.iter().copied()),
        }
    }
}
