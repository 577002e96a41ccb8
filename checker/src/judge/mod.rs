//! Judges two registries: which submissions of a rolling release would fail.
//!
//! A pure function of the two and a policy: no clock, no file, no order of input changes it.

mod apps;
mod finding;
mod policy;
mod request;
pub(crate) mod submission;
mod values;
mod waive;

pub use apps::{App, Apps, Serving};
pub use finding::{Detail, Direction, Finding, Level, NodeSide, PageSide, Verdict};
pub use policy::{Expiry, Policy, Rollout, Stage, Waiver};
pub(crate) use request::reads_same;
pub use request::{Fault, FaultKind};
pub use submission::{Request, Side, Submission};
pub use waive::WaiverUse;

use crate::registry::{Form, Registry, Target};
use crate::rules::{self, Judges};
use crate::side_by_side::both;

/// What two registries are to each other.
#[derive(Debug)]
pub struct Report<'r> {
    /// The build that serves now.
    pub old: &'r Registry,
    /// The build that is to be released.
    pub new: &'r Registry,
    /// Whether the two have the same items: the release changes nothing.
    pub is_same: bool,
    /// What would fail, in a fixed order.
    pub findings: Vec<Finding<'r>>,
    /// What would fail, too, but somebody answers for it; in the same order.
    pub waived: Vec<(Finding<'r>, &'r Waiver)>,
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
}

/// Judges the release of `new` over `old`, node by node: pages of each meet nodes
/// of the other.
///
/// What is wrong within one build is said of `new` alone: `old` is out already,
/// and a release that mends it must not be refused. Of two builds with the same
/// items nothing of this is said; releasing one over the other changes nothing.
///
/// What must not go out at all, as `since = "next"`, is said of `new` even then: that
/// the same is out already makes it no better, and a gate that lets it pass the
/// second time would teach to ask twice.
#[must_use]
pub fn check<'r>(old: &'r Registry, new: &'r Registry, policy: &'r Policy) -> Report<'r> {
    let (old_side, new_side) = both(|| Side::new(old), || Side::new(new));
    let ((forth, is_same), back) = both(
        || {
            (
                Judged::of(&old_side, &new_side, Direction::OldToNew, policy),
                old.same_items(new),
            )
        },
        || Judged::of(&new_side, &old_side, Direction::NewToOld, policy),
    );
    let mut report = Report {
        old,
        new,
        is_same,
        findings: forth.findings,
        waived: Vec::new(),
        judged: forth.count + back.count,
        elsewhere: forth.elsewhere + back.elsewhere,
    };
    report.findings.extend(back.findings);
    for rule in rules::ALL {
        let found = match rule.judges {
            Judges::Build(judge) if !report.is_same => judge(&new_side),
            Judges::Pair(judge) if !report.is_same => judge(&old_side, &new_side),
            Judges::Candidate(judge) if policy.stage == Stage::Candidate => judge(&new_side),
            _ => continue,
        };
        report.findings.extend(found);
    }
    report.findings.retain_mut(|finding| {
        let level = policy.level(finding.rule, finding.is_undecided);
        finding.level = level.unwrap_or(finding.level);
        level.is_some()
    });
    waive::waive(&mut report, policy);
    report.findings.sort_by(Finding::order);
    report
        .waived
        .sort_by(|(one, _), (other, _)| one.order(other));
    report
}

/// What rejects a release whose nodes meet pages of the other, this way round.
#[must_use]
pub fn denied<'r>(
    page: &'r Registry,
    node: &'r Registry,
    direction: Direction,
    policy: &'r Policy,
) -> Vec<Finding<'r>> {
    let judged = Judged::of(&Side::new(page), &Side::new(node), direction, policy);
    let mut findings = judged.findings;
    findings.retain(|found| {
        policy.level(found.rule, found.is_undecided) == Some(Level::Deny)
            && !waive::is_waived(found, policy)
    });
    findings
}

/// The endpoints whose handler refuses whatever a form of its own build sends there.
pub(crate) fn refused_at_home(registry: &Registry) -> Vec<&Target> {
    let side = Side::new(registry);
    let targets = registry
        .forms
        .iter()
        .flat_map(|form| form.posts_to.iter().map(move |target| (form, target)));
    targets
        .filter(|(form, target)| side.refuses(form, target))
        .map(|(_, target)| target)
        .collect()
}

/// What comes of one direction.
#[derive(Default)]
struct Judged<'r> {
    findings: Vec<Finding<'r>>,
    count: usize,
    elsewhere: usize,
}

impl<'r> Judged<'r> {
    /// Judges every form of `page`'s pages at the nodes of `node`.
    fn of(page: &Side<'r>, node: &Side<'r>, direction: Direction, policy: &Policy) -> Self {
        let mut judged = Self::default();
        if !policy.overlaps(direction) {
            return judged;
        }
        for form in &page.registry.forms {
            for (position, target) in form.posts_to.iter().enumerate() {
                // One finding per form, endpoint, rule and direction, however often
                // the endpoint is listed.
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
