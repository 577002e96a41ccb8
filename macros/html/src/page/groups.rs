//! The groups of branches of a page: which arms they have, which of them are loops.

use super::conditions::{Conditions, Taken};
use crate::source::Arms;
use crate::steps::Steps;

/// A group of branches.
#[derive(Debug)]
pub(crate) struct Group {
    /// What it has for arms.
    pub(crate) arms: Arms,
    /// How many arms are written.
    pub(crate) count: usize,
    /// Where it begins.
    pub(crate) within: Branch,
}

/// The innermost arm around a place, and by way of it all arms around; the default is
/// a place outside of all groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Branch(Option<usize>);

/// All groups of a page, by their number.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(super) all: Vec<Group>,
    /// Each arm of each group, and what is around it.
    branches: Vec<(Branch, Taken)>,
    /// What reading the page has taken so far.
    pub(crate) steps: Steps,
}

impl Group {
    /// How many cases there are; that no arm is taken is one of them.
    pub(crate) fn cases(&self) -> usize {
        match self.arms {
            Arms::OneOf | Arms::AnyNumber => self.count,
            Arms::AtMostOne => self.count + 1,
        }
    }
}

impl Groups {
    /// Adds an arm in a branch.
    pub(super) fn add_branch(&mut self, within: Branch, taken: Taken) -> Branch {
        self.branches.push((within, taken));
        Branch(Some(self.branches.len() - 1))
    }

    /// The conditions in a branch.
    pub(crate) fn conditions(&self, branch: Branch) -> Conditions {
        let mut arms = Vec::new();
        let mut next = branch;
        while let Some((within, taken)) = next.0.and_then(|index| self.branches.get(index)) {
            arms.push(*taken);
            next = *within;
        }
        arms.into_iter().rev().collect()
    }

    /// A group by its number.
    pub(crate) fn get(&self, group: usize) -> Option<&Group> {
        self.all.get(group)
    }

    /// Whether a group is a loop.
    pub(crate) fn is_loop(&self, group: usize) -> bool {
        self.get(group)
            .is_some_and(|group| group.arms == Arms::AnyNumber)
    }

    /// Whether something under these conditions can be there several times.
    pub(crate) fn repeat(&self, conditions: &Conditions) -> bool {
        conditions.iter().any(|taken| self.is_loop(taken.group))
    }

    /// These conditions, if each loop has something to go through.
    pub(crate) fn once(&self, conditions: &Conditions) -> Conditions {
        let is_branch = |taken: &Taken| !self.is_loop(taken.group);
        conditions.iter().filter(is_branch).collect()
    }
}
