//! From where to where something is open.

use super::conditions::Conditions;
use super::groups::Groups;
use crate::source::Arms;

/// How many arms may end an element one by one; a page with more is too complex.
const ENDS: usize = 64;

/// From where to where something is open: arms may end it one by one.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(super) begun: Conditions,
    ended: Vec<Conditions>,
}

impl Scope {
    /// Opens something that is there under these conditions.
    pub(crate) fn new(begun: Conditions) -> Self {
        let ended = Vec::new();
        Self { begun, ended }
    }

    /// How many arms end it.
    pub(super) fn ends(&self) -> usize {
        self.ended.len()
    }

    /// Whether it can be open here.
    pub(crate) fn may_hold(&self, here: &Conditions, groups: &Groups) -> bool {
        groups.steps.spend(1 + self.ended.len());
        !self.begun.excludes(here) && !self.ended.iter().any(|end| here.imply(end))
    }

    /// Whether it is open here for sure.
    pub(crate) fn holds(&self, here: &Conditions, groups: &Groups) -> bool {
        here.imply(&self.begun) && self.may_hold(here, groups)
    }

    /// Ends it here. Returns whether it is now over in all cases. An `if` without `else`
    /// that ends it belongs to another one that ends it otherwise: both count.
    pub(crate) fn end(&mut self, here: &Conditions, groups: &Groups) -> bool {
        let is_one_of = |group: usize| {
            let group = groups.get(group);
            group.is_some_and(|group| group.arms == Arms::OneOf)
        };
        if self.ended.len() == ENDS {
            groups.steps.exhaust();
            return true;
        }
        let more = here.beyond(&self.begun);
        let more = more.iter().filter(|taken| is_one_of(taken.group));
        self.ended.push(more.collect());
        groups.covers(&self.ended)
    }
}
