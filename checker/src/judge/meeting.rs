//! Pages of one build that meet nodes of another: every form is judged at them.

use super::{Direction, Finding, Side, Submission};
use crate::registry::{Form, Registry, Target};
use crate::rules::{self, Judges};

/// Pages of one build that may meet nodes of another.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'r> {
    /// The build that made the pages.
    pub page: &'r Registry,
    /// The build that serves on the nodes.
    pub node: &'r Registry,
    /// Which of the two is the new one.
    pub direction: Direction,
}

impl<'r> Meeting<'r> {
    /// That of an old build and a new one, this way round.
    #[must_use]
    pub fn between(old: &'r Registry, new: &'r Registry, direction: Direction) -> Self {
        let (page, node) = match direction {
            Direction::OldToNew => (old, new),
            Direction::NewToOld => (new, old),
        };
        Self {
            page,
            node,
            direction,
        }
    }
}

/// What comes of one meeting.
#[derive(Default)]
pub(super) struct Judged<'r> {
    pub(super) findings: Vec<Finding<'r>>,
    /// How many submissions were judged.
    pub(super) count: usize,
    /// How many are served by another program.
    pub(super) elsewhere: usize,
}

impl<'r> Judged<'r> {
    /// Judges every form of `page`'s pages at the nodes of `node`.
    pub(super) fn of(page: &Side<'r>, node: &Side<'r>, direction: Direction) -> Self {
        let mut judged = Self::default();
        for form in &page.registry.forms {
            for (position, target) in form.posts_to.iter().enumerate() {
                // One finding per form, endpoint, rule and meeting, however often the
                // endpoint is listed.
                let is_same =
                    |other: &Target| (&other.method, &other.path) == (&target.method, &target.path);
                if !form.posts_to[..position].iter().any(is_same) {
                    judged.submission(page, node, form, target, direction);
                }
            }
        }
        judged
    }

    fn submission(
        &mut self,
        page: &Side<'r>,
        node: &Side<'r>,
        form: &'r Form,
        target: &'r Target,
        direction: Direction,
    ) {
        let Some(submission) = Submission::of(page, node, form, target, direction) else {
            self.elsewhere += usize::from(target.elsewhere);
            return;
        };
        self.count += 1;
        for rule in rules::ALL {
            if let Judges::Submission(judge) = rule.judges {
                self.findings.extend(judge(&submission));
            }
        }
    }
}
