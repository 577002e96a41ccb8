//! The plan that leads from the newest release to a candidate that it cannot meet.

use super::Gate;
use crate::model::{Finding, Policy, TooManySteps};
use crate::plan::{self, Plan};

impl Gate<'_> {
    /// Plans the way from the newest running release to the candidate, if that release is
    /// in the way. `None`: it is not, or it does not run any more; then it helps to wait.
    ///
    /// # Errors
    ///
    /// If that takes too many steps.
    pub fn plan(&self, policy: &Policy) -> Result<Option<Plan>, TooManySteps> {
        let newest = self.against.first().filter(|newest| newest.is_running());
        let Some(newest) = newest else {
            return Ok(None);
        };
        let is_in_the_way = |finding: &Finding<'_>| {
            finding.rejects_pair() && [finding.page.build, finding.node.build].contains(&newest.id)
        };
        let mut findings = self.report.findings.iter();
        findings
            .any(is_in_the_way)
            .then(|| plan::plan(self.report.old(), self.report.new, policy))
            .transpose()
    }
}
