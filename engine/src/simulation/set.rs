//! A set of small numbers, as bits.

use smallvec::SmallVec;

/// A set of numbers below a bound. The bits of two words lie in the set itself, so that a set of so few
/// asks for no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Set {
    words: SmallVec<[u64; 2]>,
}

impl Set {
    /// Holds every number below a bound from now on.
    pub(crate) fn fill(&mut self, len: usize) {
        self.words.clear();
        self.words.resize(len.div_ceil(64), u64::MAX);
        if let Some(last) = self.words.last_mut().filter(|_| !len.is_multiple_of(64)) {
            *last = (1 << (len % 64)) - 1;
        }
    }

    /// A set of numbers below a bound that holds none.
    pub(crate) fn none(len: usize) -> Self {
        let mut set = Self::default();
        set.clear(len);
        set
    }

    /// Adds every number that another set below the same bound holds.
    pub(crate) fn add(&mut self, other: &Self) {
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Holds no number, and has room for every one below a bound.
    pub(crate) fn clear(&mut self, len: usize) {
        self.words.clear();
        self.words.resize(len.div_ceil(64), 0);
    }

    /// Whether it holds a number.
    pub(crate) fn contains(&self, number: usize) -> bool {
        let word = self.words.get(number / 64);
        word.is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// Adds a number below the bound; says whether it is new.
    pub(crate) fn insert(&mut self, number: usize) -> bool {
        let (word, bit) = (&mut self.words[number / 64], 1 << (number % 64));
        let held = *word & bit != 0;
        *word |= bit;
        !held
    }

    /// Takes a number below the bound out; says whether it was there.
    pub(crate) fn remove(&mut self, number: usize) -> bool {
        let (word, bit) = (&mut self.words[number / 64], 1 << (number % 64));
        let held = *word & bit != 0;
        *word &= !bit;
        held
    }

    /// Whether it holds no number.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many numbers it holds.
    pub(crate) fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// How many words of bits it has.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    /// A word of its bits.
    pub(crate) fn word(&self, place: usize) -> u64 {
        self.words.get(place).copied().unwrap_or_default()
    }

    /// The numbers that it holds, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let next = |from: usize| self.next(from, usize::MAX);
        std::iter::successors(next(0), move |held| next(held + 1))
    }

    /// The least number that it holds, from one on and below another.
    pub(crate) fn next(&self, from: usize, below: usize) -> Option<usize> {
        let words = &self.words[..];
        least(from, below, words.len(), |place| words[place])
    }

    /// The same of the numbers that another set below the same bound does not hold.
    pub(crate) fn next_outside(&self, other: &Self, from: usize, below: usize) -> Option<usize> {
        let (words, others) = (&self.words[..], &other.words[..]);
        let len = words.len().min(others.len());
        least(from, below, len, |place| words[place] & !others[place])
    }
}

/// The least number, from one on and below another, whose bit is set in so many words.
fn least(from: usize, below: usize, len: usize, word_at: impl Fn(usize) -> u64) -> Option<usize> {
    let mut place = from / 64;
    if place >= len {
        return None;
    }
    let mut word = word_at(place) & (u64::MAX << (from % 64));
    while word == 0 {
        place += 1;
        if place == len {
            return None;
        }
        word = word_at(place);
    }
    let found = place * 64 + word.trailing_zeros() as usize;
    (found < below).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_holds_what_a_tree_would_without_what_another_holds(
            len in 1_usize..200,
            acts in prop::collection::vec((any::<bool>(), 0_usize..200), 0..100),
            other in prop::collection::vec(0_usize..200, 0..20),
        ) {
            let mut set = Set::default();
            set.fill(len);
            let mut tree: BTreeSet<usize> = (0..len).collect();
            for (add, number) in acts {
                let number = number % len;
                if add {
                    prop_assert_eq!(set.insert(number), tree.insert(number));
                } else {
                    prop_assert_eq!(set.remove(number), tree.remove(&number));
                }
            }
            let mut outside = Set::default();
            outside.clear(len);
            for number in other.iter().map(|number| number % len) {
                outside.insert(number);
                tree.remove(&number);
            }
            prop_assert_eq!(set.len(), set.iter().count());
            prop_assert_eq!(set.is_empty(), set.iter().next().is_none());
            prop_assert!(set.iter().all(|number| set.contains(number)));
            prop_assert_eq!((0..len).filter(|number| set.contains(*number)).count(), set.len());
            let mut found = Vec::new();
            let mut from = 0;
            while let Some(next) = set.next_outside(&outside, from, len) {
                found.push(next);
                from = next + 1;
            }
            prop_assert_eq!(found, tree.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn it_adds_what_another_holds(
            len in 1_usize..200,
            own in prop::collection::vec(0_usize..200, 0..20),
            others in prop::collection::vec(0_usize..200, 0..20),
        ) {
            let of = |numbers: &[usize]| {
                let mut set = Set::none(len);
                for number in numbers {
                    set.insert(number % len);
                }
                set
            };
            let mut set = of(&own);
            set.add(&of(&others));
            prop_assert_eq!(set, of(&[own, others].concat()));
        }
    }
}
