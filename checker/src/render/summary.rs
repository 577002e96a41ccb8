//! The one line that says what is decided.

use super::{labels, plural};
use crate::judge::{Finding, Level, Report, Verdict};

/// The line, without a newline at its end.
pub(super) fn line(report: &Report<'_>) -> String {
    let [old, new] = labels(report);
    let count = |level| {
        let findings = report.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    };
    let mut line = match report.verdict() {
        Verdict::Reject => {
            let findings = plural(count(Level::Deny), "finding");
            let is_of_the_pair =
                |finding: &Finding<'_>| finding.level == Level::Deny && finding.direction.is_some();
            let how = if report.findings.iter().any(is_of_the_pair) {
                "in one step"
            } else {
                "as it is"
            };
            format!("rejected: {new} cannot be released over {old} {how} ({findings}")
        }
        Verdict::Accept if report.is_same => {
            let (handlers, forms) = (report.new.handlers.len(), report.new.forms.len());
            let (handlers, forms) = (plural(handlers, "handler"), plural(forms, "form"));
            format!("accepted: {old} and {new} are the same ({handlers}, {forms}")
        }
        Verdict::Accept => {
            let judged = plural(report.judged, "submission");
            format!("accepted: {new} can be released over {old} ({judged} judged")
        }
    };
    for (level, word) in [(Level::Warn, "warning"), (Level::Note, "note")] {
        match count(level) {
            0 => {}
            count => line.push_str(&format!(", {}", plural(count, word))),
        }
    }
    if !report.waived.is_empty() {
        line.push_str(&format!(", {} waived", report.waived.len()));
    }
    if report.elsewhere > 0 {
        line.push_str(&format!(
            ", {} to other programs not judged",
            report.elsewhere
        ));
    }
    line.push(')');
    line
}

/// A doubt about the question itself: the builds are of two apps.
pub(super) fn doubt(report: &Report<'_>) -> Option<String> {
    let (old, new) = (&report.old().release.name, &report.new.release.name);
    (old != new)
        .then(|| format!("note: the old build is `{old}`, the new one `{new}`: is this one app?"))
}
