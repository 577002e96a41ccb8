//! The builds of a judgement. Two of them may hold the same items and even have the same
//! name, so each has a number, and they are told apart by that.

use crate::registry::Registry;

/// The number of a build in one judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BuildId(usize);

/// A build of a judgement.
#[derive(Clone, Copy, Debug)]
pub struct Build<'r> {
    /// Its number: no other build of the judgement has it.
    pub id: BuildId,
    /// Its items.
    pub registry: &'r Registry,
}

impl<'r> Build<'r> {
    /// The build with this number.
    #[must_use]
    pub fn new(number: usize, registry: &'r Registry) -> Self {
        Self {
            id: BuildId(number),
            registry,
        }
    }

    /// The two builds of a judgement that has no others.
    #[must_use]
    pub fn pair(one: &'r Registry, other: &'r Registry) -> [Self; 2] {
        [Self::new(0, one), Self::new(1, other)]
    }
}
