//! The plan that goes with a rejection: the way to do in several releases what cannot be
//! done in one.

use super::plan;
use super::types::Plan;
use crate::model::{Finding, Policy, Report, TooManySteps};

/// Plans the way from the old to the new build of a report, if the old and the new build
/// cannot serve side by side. `None`: they can; what is wrong within one build does not
/// need a plan.
///
/// # Errors
///
/// If that takes too many steps.
pub fn plan_rejected(report: &Report<'_>, policy: &Policy) -> Result<Option<Plan>, TooManySteps> {
    let mut findings = report.findings.iter();
    findings
        .any(Finding::rejects_pair)
        .then(|| plan(report.old(), report.new, policy))
        .transpose()
}
