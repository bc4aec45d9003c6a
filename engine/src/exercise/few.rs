//! Short lists of ids, with room in place.

use smallvec::SmallVec;

/// A list that is mostly short: who works on something, what is told, what is hit. Up to eight items lie
/// in the list itself, so that making one asks for no memory; more are kept elsewhere. A list of ids is as
/// large as a [`Vec`].
pub type Few<T> = SmallVec<[T; 8]>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::PersonId;

    #[test]
    fn few_ids_are_as_large_as_a_vec() {
        assert_eq!(size_of::<Few<PersonId>>(), size_of::<Vec<PersonId>>());
    }
}
