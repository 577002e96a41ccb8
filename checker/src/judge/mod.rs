//! Judges two registries: which submissions of a rolling release would fail.
//!
//! A pure function of the two: no clock, no file, no order of input changes it.

mod finding;
pub(crate) mod submission;

pub use finding::{Direction, Finding, Level, NodeSide, PageSide, Verdict};
pub use submission::{Side, Submission};

use crate::endpoint::{Outcome, Pattern};
use crate::registry::{Registry, Target};
use crate::rules::{self, Judges};

/// What two registries are to each other.
#[derive(Debug)]
pub struct Report<'r> {
    /// The build that serves now.
    pub old: &'r Registry,
    /// The build that is to be released.
    pub new: &'r Registry,
    /// What would fail, in a fixed order.
    pub findings: Vec<Finding<'r>>,
    /// How many submissions were judged, in both directions.
    pub judged: usize,
    /// How many endpoints of forms are served by no build at hand, since another
    /// program serves them.
    pub elsewhere: usize,
}

impl Report<'_> {
    /// Whether the new build may go out.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self
            .findings
            .iter()
            .any(|finding| finding.level == Level::Deny)
        {
            Verdict::Reject
        } else {
            Verdict::Accept
        }
    }

    /// Whether the release changes nothing that can be judged.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.old.same_items(self.new)
    }
}

/// Judges the release of `new` over `old`, node by node: pages of each meet nodes
/// of the other.
///
/// What is wrong within one build is said of `new` alone: `old` is out already,
/// and a release that mends it must not be refused. Of two builds with the same
/// items nothing is said; releasing one over the other changes nothing.
#[must_use]
pub fn check<'r>(old: &'r Registry, new: &'r Registry) -> Report<'r> {
    let mut report = Report {
        old,
        new,
        findings: Vec::new(),
        judged: 0,
        elsewhere: 0,
    };
    let (old, new) = (Side::new(old), Side::new(new));
    judge_direction(&old, &new, Direction::OldToNew, &mut report);
    judge_direction(&new, &old, Direction::NewToOld, &mut report);
    if !report.is_same() {
        for rule in rules::ALL {
            if let Judges::Build(judge) = rule.judges {
                report.findings.extend(judge(&new));
            }
        }
    }
    report.findings.sort_by(Finding::order);
    report
}

/// Judges every form of `page`'s pages at the nodes of `node`.
fn judge_direction<'r>(
    page: &Side<'r>,
    node: &Side<'r>,
    direction: Direction,
    report: &mut Report<'r>,
) {
    for form in &page.registry.forms {
        for (position, target) in form.posts_to.iter().enumerate() {
            // One finding per form, endpoint, rule and direction, however often the
            // endpoint is listed.
            let is_same =
                |other: &Target| (&other.method, &other.path) == (&target.method, &target.path);
            if form.posts_to[..position].iter().any(is_same) {
                continue;
            }
            let Ok(pattern) = Pattern::parse(&target.path) else {
                continue;
            };
            let own = page.router.resolve(&target.method, &pattern);
            if matches!(own, Outcome::NotServed | Outcome::OtherMethods(_)) {
                // It fails in the page's own release: that one's fault.
                report.elsewhere += usize::from(target.elsewhere);
                continue;
            }
            report.judged += 1;
            let there = node.router.resolve(&target.method, &pattern);
            let submission = Submission {
                page,
                node,
                form,
                target,
                own,
                there,
                direction,
            };
            for rule in rules::ALL {
                if let Judges::Submission(judge) = rule.judges {
                    report.findings.extend(judge(&submission));
                }
            }
        }
    }
}
