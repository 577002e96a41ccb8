//! What comes of a simulation: failures over time, and per finding.

use super::traffic::Traffic;
use crate::model::{Direction, Finding, Level};

/// Failures over time. Times are seconds since the release began; everything else is a
/// number of submissions.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// One after the other, without gaps: the rollout, then the time until the last page has
    /// expired. The ones of the rollout are even, those after it longer and longer.
    pub steps: Vec<Step>,
    /// While nodes are replaced, or brought back.
    pub during_roll: Count,
    /// From the beginning until the last page has expired.
    pub total: Count,
    /// What fails of each finding: what fails for certain first, then what fails most.
    /// A submission may fail for several reasons, and counts for each.
    pub findings: Vec<FindingCount<'a>>,
}

/// What happens in a span of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When it begins.
    pub from: f64,
    /// When it ends.
    pub to: f64,
    /// How many nodes serve the new build when it ends.
    pub new_nodes: u32,
    /// How many submissions were drawn; 0: none, it is the closed form.
    pub samples: u64,
    /// How many submissions of the old build's pages fail at nodes of the new one.
    pub old_to_new: f64,
    /// How many submissions of the new build's pages fail at nodes of the old one.
    pub new_to_old: f64,
    /// All in all.
    pub count: Count,
    /// Whether a line of a table for people ends with it.
    pub(crate) ends_line: bool,
}

/// How many submissions fail.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Of how many.
    pub submissions: f64,
    /// How many fail.
    pub failed: f64,
    /// The standard error of that; 0: it is the closed form.
    pub standard_error: f64,
    /// How many of those that fail follow a link or a redirect: nothing that was filled in is
    /// lost.
    pub failed_links: f64,
    /// How many may fail beside that: the checker warns, or cannot tell.
    pub may_fail: f64,
}

/// How many submissions fail by one finding.
#[derive(Clone, Copy, Debug)]
pub struct FindingCount<'a> {
    /// The finding. If its level is [`Level::Warn`], they may fail.
    pub finding: &'a Finding<'a>,
    /// Whether it is waived: the submissions fail nevertheless.
    pub is_waived: bool,
    /// Whose page meets whose node.
    pub direction: Direction,
    /// While nodes are replaced, or brought back.
    pub during_roll: f64,
    /// From the beginning until the last page has expired.
    pub total: f64,
    /// The standard error of the total, at most; 0: it is the closed form.
    pub standard_error: f64,
}

impl Count {
    /// The share that fails, between 0 and 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.submissions > 0.0 {
            self.failed / self.submissions
        } else {
            0.0
        }
    }

    /// This one and another one, of other submissions.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            submissions: self.submissions + other.submissions,
            failed: self.failed + other.failed,
            standard_error: libm::hypot(self.standard_error, other.standard_error),
            failed_links: self.failed_links + other.failed_links,
            may_fail: self.may_fail + other.may_fail,
        }
    }
}

/// What is known of one way: a form and an endpoint of it.
#[derive(Clone, Copy, Default)]
pub(super) struct WayCount {
    pub(super) during_roll: f64,
    pub(super) total: f64,
    pub(super) standard_error: f64,
}

impl<'a> Curve<'a> {
    /// The curve of these steps; `way` knows the single ways, by direction and position.
    pub(super) fn new(
        steps: Vec<Step>,
        settled: f64,
        traffic: &Traffic<'a>,
        way: impl Fn(Direction, usize) -> WayCount,
    ) -> Self {
        let sum = |steps: &[Step]| {
            let counts = steps.iter().map(|step| &step.count);
            counts.fold(Count::default(), Count::and)
        };
        let roll = steps.partition_point(|step| step.to <= settled);
        let findings = traffic.found.iter().map(|found| {
            let count = way(found.direction, found.way);
            FindingCount {
                finding: found.finding,
                is_waived: found.is_waived,
                direction: found.direction,
                during_roll: count.during_roll,
                total: count.total,
                standard_error: count.standard_error,
            }
        });
        let mut findings: Vec<_> = findings.collect();
        // Stable: equal ones stay in the report's order.
        findings.sort_by(|one, other| {
            let may = |count: &FindingCount<'_>| count.finding.level != Level::Deny;
            may(one)
                .cmp(&may(other))
                .then(other.total.total_cmp(&one.total))
        });
        Self {
            during_roll: sum(&steps[..roll]),
            total: sum(&steps),
            steps,
            findings,
        }
    }

    /// Whether submissions fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.total.failed > 0.0
    }

    /// The step in which the largest share of submissions fails; `None`: none does.
    #[must_use]
    pub fn worst_step(&self) -> Option<&Step> {
        let failing = self.steps.iter().filter(|step| step.count.failed > 0.0);
        // The first of several.
        failing
            .rev()
            .max_by(|one, other| one.count.share().total_cmp(&other.count.share()))
    }
}
