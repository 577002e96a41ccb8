//! The one line that says what is decided.

use super::{labels, plural};
use crate::gate::Gate;
use crate::judge::{Finding, Level, Report, Verdict};
use crate::names::all_of;
use crate::registry::Registry;

/// The line, without a newline at its end.
pub(super) fn line(report: &Report<'_>) -> String {
    let rejected = match over(report) {
        Some(over) => format!("{over} {}", how(report)),
        None => how(report).to_owned(),
    };
    decided(report, &rejected, &[])
}

/// The line of a gate.
pub(super) fn of_gate(gate: &Gate<'_>) -> String {
    let report = &gate.report;
    let others = match gate.others {
        0 => Vec::new(),
        count => vec![format!(
            "{} of other apps not met",
            plural(count, "release")
        )],
    };
    if gate.passes_at.is_some() {
        return decided(report, "yet", &others);
    }
    match over(report) {
        Some(over) => decided(report, &format!("{over} {}", how(report)), &others),
        None => decided(report, how(report), &others),
    }
}

/// The verdict, and what there is to count; `rejected` says how it is rejected.
fn decided(report: &Report<'_>, rejected: &str, more: &[String]) -> String {
    let new = match report.out.old {
        Some(_) => labels(report)[1].clone(),
        None => report.new.release.version.to_string(),
    };
    let count = |level| {
        let findings = report.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    };
    let mut line = match report.verdict() {
        Verdict::Reject => {
            let findings = plural(count(Level::Deny), "finding");
            format!("rejected: {new} cannot be released {rejected} ({findings}")
        }
        Verdict::Accept => accepted(report, &new),
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
    for more in more {
        line.push_str(&format!(", {more}"));
    }
    line.push(')');
    line
}

fn accepted(report: &Report<'_>, new: &str) -> String {
    let is_alone = report.out.open.len() == 1;
    if report.is_same && is_alone {
        let old = &labels(report)[0];
        let (handlers, forms) = (report.new.handlers.len(), report.new.forms.len());
        let (handlers, forms) = (plural(handlers, "handler"), plural(forms, "form"));
        return format!("accepted: {old} and {new} are the same ({handlers}, {forms}");
    }
    let judged = plural(report.judged, "submission");
    match over(report) {
        Some(over) => format!("accepted: {new} can be released {over} ({judged} judged"),
        None => format!("accepted: {new} can be released ({judged} judged"),
    }
}

/// Whether it is the way of the release that fails, or what is released.
fn how(report: &Report<'_>) -> &'static str {
    let is_of_a_pair =
        |finding: &Finding<'_>| finding.level == Level::Deny && finding.direction.is_some();
    if report.findings.iter().any(is_of_a_pair) {
        "in one step"
    } else {
        "as it is"
    }
}

/// Over what it is released, if anything is out.
fn over(report: &Report<'_>) -> Option<String> {
    let is_old = |build: &&Registry| build.release.version == report.new.release.version;
    let names = report.out.open.iter().map(|build| {
        let version = &build.release.version;
        if is_old(build) {
            format!("{version} (old)")
        } else {
            version.to_string()
        }
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("over {}", all_of(&names, "and")))
}

/// A doubt about the question itself: the builds are of two apps.
pub(super) fn doubt(report: &Report<'_>) -> Option<String> {
    let (old, new) = (&report.old().release.name, &report.new.release.name);
    (old != new)
        .then(|| format!("note: the old build is `{old}`, the new one `{new}`: is this one app?"))
}
