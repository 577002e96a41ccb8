//! Under which conditions a piece of the page is there: which arm of each group
//! of branches around it has to be taken.

use crate::source::Arms;

/// How deep [`Groups::covers`] looks into groups within groups.
const DEPTH: usize = 8;

/// The arms that have to be taken, in the order of the groups: what is in another
/// one comes later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions(Vec<Taken>);

/// An arm of a group of branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) group: usize,
    pub(crate) arm: usize,
}

/// A group of branches.
#[derive(Debug)]
pub(crate) struct Group {
    /// What it has for arms.
    pub(crate) arms: Arms,
    /// How many arms are written.
    pub(crate) count: usize,
    /// Where it begins.
    pub(crate) within: Conditions,
}

/// All groups of a page, by their number.
#[derive(Debug, Default)]
pub(crate) struct Groups(pub(crate) Vec<Group>);

impl Conditions {
    /// These, and one more.
    pub(crate) fn and(&self, taken: Taken) -> Self {
        let mut all = self.clone();
        all.0.insert(all.arms_before(taken.group), taken);
        all
    }

    /// These, and those.
    pub(crate) fn join(&self, other: &Self) -> Self {
        let more = other.beyond(self);
        more.iter().fold(self.clone(), |all, taken| all.and(taken))
    }

    /// Whether an arm is among them.
    pub(crate) fn contains(&self, taken: Taken) -> bool {
        self.arm(taken.group) == Some(taken.arm)
    }

    /// Whether the two can never hold at once.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        let differs = |taken: &Taken| {
            let arm = other.arm(taken.group);
            arm.is_some_and(|arm| arm != taken.arm)
        };
        self.0.iter().any(differs)
    }

    /// Whether wherever these hold, those hold as well.
    pub(crate) fn imply(&self, other: &Self) -> bool {
        other.0.iter().all(|taken| self.contains(*taken))
    }

    /// What these ask for beyond those.
    pub(crate) fn beyond(&self, other: &Self) -> Self {
        let is_more = |taken: &&Taken| !other.contains(**taken);
        Self(self.0.iter().filter(is_more).copied().collect())
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The arms.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Taken> + '_ {
        self.0.iter().copied()
    }

    /// The arm of a group that has to be taken.
    fn arm(&self, group: usize) -> Option<usize> {
        let taken = self.0.get(self.arms_before(group))?;
        (taken.group == group).then_some(taken.arm)
    }

    fn arms_before(&self, group: usize) -> usize {
        self.0.partition_point(|taken| taken.group < group)
    }

    fn without(&self, group: usize) -> Self {
        let is_other = |taken: &&Taken| taken.group != group;
        Self(self.0.iter().filter(is_other).copied().collect())
    }
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
    /// Whether a group is a loop.
    pub(crate) fn is_loop(&self, group: usize) -> bool {
        self.0
            .get(group)
            .is_some_and(|group| group.arms == Arms::AnyNumber)
    }

    /// Whether something under these conditions can be there several times.
    pub(crate) fn repeat(&self, conditions: &Conditions) -> bool {
        conditions.iter().any(|taken| self.is_loop(taken.group))
    }

    /// These conditions, if each loop has something to go through.
    pub(crate) fn once(&self, conditions: &Conditions) -> Conditions {
        let is_branch = |taken: &Taken| !self.is_loop(taken.group);
        Conditions(conditions.iter().filter(is_branch).collect())
    }

    /// Whether one of these holds, whatever the arms that are taken.
    pub(crate) fn covers(&self, all: &[Conditions]) -> bool {
        self.covers_from(all, DEPTH)
    }

    fn covers_from(&self, all: &[Conditions], depth: usize) -> bool {
        if all.iter().any(Conditions::is_empty) {
            return true;
        }
        if depth == 0 {
            return false;
        }
        let mut groups: Vec<usize> = Vec::new();
        for taken in all.iter().flat_map(Conditions::iter) {
            if !groups.contains(&taken.group) {
                groups.push(taken.group);
            }
        }
        let is_decided = |group: &usize| self.is_decided(*group, all, depth);
        groups.iter().any(is_decided)
    }

    /// Whether one of these holds in each arm of a group.
    fn is_decided(&self, number: usize, all: &[Conditions], depth: usize) -> bool {
        let Some(group) = self.0.get(number) else {
            return false;
        };
        let mut arms = (0..group.cases()).map(|arm| Taken { group: number, arm });
        let is_there = |taken: Taken| all.iter().any(|one| one.contains(taken));
        if group.arms == Arms::AnyNumber || !arms.clone().all(is_there) {
            return false;
        }
        arms.all(|taken| {
            let fits = |one: &&Conditions| {
                one.contains(taken) || one.iter().all(|other| other.group != number)
            };
            let left: Vec<Conditions> = all
                .iter()
                .filter(fits)
                .map(|one| one.without(number))
                .collect();
            self.covers_from(&left, depth - 1)
        })
    }
}
