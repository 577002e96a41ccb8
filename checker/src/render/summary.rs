//! The one line that says what is decided.

use super::names::labels;
use super::turned;
use crate::gate::Gate;
use crate::ledger::Earlier;
use crate::model::{Build, Direction, Level, Report, Verdict};
use crate::registry::{Registry, Release};
use crate::support::text::{enumerate_releases, plural};

/// How it cannot be released: only pages that will expire are in the way.
const NOT_YET: &str = "yet";

/// The line of a report, without a newline at its end.
pub(crate) fn line(report: &Report<'_>) -> String {
    decided(
        report,
        &cannot(report, "as it is"),
        report.elsewhere.len(),
        &[],
    )
}

/// The line of a gate, without a newline at its end.
pub(super) fn of_gate(gate: &Gate<'_>) -> String {
    let report = &gate.report;
    let others = match gate.others {
        0 => Vec::new(),
        count => vec![format!(
            "{} of other apps",
            plural(count, "unrelated release")
        )],
    };
    // An endpoint of a form counts once, however many releases it meets.
    let elsewhere = gate.unjudged.len();
    let cannot = if gate.passes_at.is_some() {
        cannot(report, NOT_YET)
    } else if let Some(others) = blocking_other_apps(report) {
        let app = &report.new.release.name;
        format!("{app} {}", cannot(report, &format!("yet: {others}")))
    } else {
        cannot(report, "as it is")
    };
    decided(report, &cannot, elsewhere, &others)
}

/// The verdict, and the counts; `cannot` says what cannot be released, `elsewhere` is the
/// number of endpoints that are not judged, and `more` are further counts.
fn decided(report: &Report<'_>, cannot: &str, elsewhere: usize, more: &[String]) -> String {
    let count = |level| {
        let findings = report.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    };
    let mut line = match report.verdict() {
        Verdict::Reject => {
            let findings = plural(count(Level::Deny), "finding");
            format!("rejected: {cannot} ({findings}")
        }
        Verdict::Accept => accepted(report),
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
    if elsewhere > 0 {
        let endpoints = plural(elsewhere, "endpoint");
        line.push_str(&format!(", {endpoints} of other programs not judged"));
    }
    for more in more {
        line.push_str(&format!(", {more}"));
    }
    line.push(')');
    line
}

/// The name of the new build.
fn new(report: &Report<'_>) -> String {
    match report.out.old {
        Some(_) => labels(report)[1].clone(),
        None => report.new.release.version.to_string(),
    }
}

/// That the new build cannot be released in this way.
fn cannot(report: &Report<'_>, how: &str) -> String {
    match (report.turned, how) {
        (None, _) => format!("{} cannot be released {how}", new(report)),
        (Some(turn), how) => {
            let (turned, version) = (turned::can_be(turn, "cannot"), &report.new.release.version);
            let when = if how == NOT_YET { "yet" } else { "now" };
            format!("{turned} in {version} {when}")
        }
    }
}

/// The releases of other apps that prevent the release, if nothing else does.
fn blocking_other_apps(report: &Report<'_>) -> Option<String> {
    let (mut pages, mut nodes) = (Vec::new(), Vec::new());
    let findings = report.findings.iter();
    for finding in findings.filter(|finding| finding.level == Level::Deny) {
        finding.crossing.as_ref()?;
        let (all, name) = match finding.direction? {
            Direction::OldToNew => (&mut pages, finding.page_name()),
            Direction::NewToOld => (&mut nodes, finding.node_name()),
        };
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let parts = [("pages", pages), ("nodes", nodes)];
    let parts = parts.iter().filter(|(_, names)| !names.is_empty());
    let parts: Vec<_> = parts
        .map(|(what, names)| format!("{what} of {}", enumerate_releases(names, "and")))
        .collect();
    (!parts.is_empty()).then(|| format!("{} are in the way", parts.join(" and ")))
}

fn accepted(report: &Report<'_>) -> String {
    let new = new(report);
    let is_alone = report.out.open.len() == 1;
    if report.is_same && is_alone {
        let old = &labels(report)[0];
        let (handlers, forms) = (report.new.handlers.len(), report.new.forms.len());
        let (handlers, forms) = (plural(handlers, "handler"), plural(forms, "form"));
        return format!("accepted: {old} and {new} are the same ({handlers}, {forms}");
    }
    let judged = plural(report.judged_count(), "submission");
    if let Some(turn) = report.turned {
        let (turned, version) = (turned::can_be(turn, "can"), &report.new.release.version);
        return format!("accepted: {turned} in {version} ({judged} judged");
    }
    match over(report) {
        Some(over) => format!("accepted: {new} can be released {over} ({judged} judged"),
        None => format!("accepted: {new} can be released ({judged} judged"),
    }
}

/// The releases that it is released over, if any are out.
fn over(report: &Report<'_>) -> Option<String> {
    let open = &report.out.open;
    (!open.is_empty()).then(|| format!("over {}", names(report, open)))
}

/// The names of builds that are out.
fn names(report: &Report<'_>, builds: &[Build<'_>]) -> String {
    let names = builds.iter().map(|build| {
        let [old, _] = Release::labels(&build.registry.release, &report.new.release);
        old
    });
    enumerate_releases(&names.collect::<Vec<_>>(), "and")
}

/// That the new build is an older release than the one that it takes the place of.
pub(super) fn going_back(report: &Report<'_>) -> Option<String> {
    let (old, new) = (&report.out.old?.registry.release, &report.new.release);
    if old.name != new.name || new.version >= old.version {
        return None;
    }
    Some(format!(
        "note: {} is older than {}: this goes back to a release that ran before, and {}",
        new.version,
        old.version,
        breaks(report)
    ))
}

/// That the candidate ran before what runs now, whatever its version.
pub(super) fn going_back_to(earlier: &Earlier, report: &Report<'_>) -> String {
    let Earlier {
        deployment,
        running,
    } = earlier;
    let (new, before) = (&report.new.release.version, &deployment.release.version);
    let (since, now) = (deployment.deployed, &running.release.version);
    let ran = if new == before {
        format!("{new} ran before {now}, from {since} on")
    } else {
        format!(
            "{new} has the handlers and forms of {before}, which ran before {now}, from {since} on"
        )
    };
    format!("note: {ran}: this goes back to it, and {}", breaks(report))
}

/// What going back breaks.
fn breaks(report: &Report<'_>) -> String {
    let failing = report.findings.iter().filter(|found| found.rejects_pair());
    match failing.count() {
        0 => "nothing that people have open breaks by that".to_owned(),
        1 => "the finding says what that breaks".to_owned(),
        count => format!("{count} findings say what that breaks"),
    }
}

/// That a build was read from its sources, so that what is said of it is no proof.
pub(super) fn reading(old: &Registry, new: &Registry) -> Option<String> {
    let [old_label, new_label] = Release::labels(&old.release, &new.release);
    let whose = match (old.scanned, new.scanned) {
        (false, false) => return None,
        (true, true) => "both builds were".to_owned(),
        (true, false) => format!("{old_label} was"),
        (false, true) => format!("{new_label} was"),
    };
    Some(format!(
        "note: {whose} read from sources, not from a built program: this is a reading, not a proof"
    ))
}

/// A note that the two builds may have been given by mistake: they are of two apps.
pub(super) fn doubt(report: &Report<'_>) -> Option<String> {
    let (old, new) = (&report.old().release.name, &report.new.release.name);
    (old != new).then(|| {
        format!("note: the builds are of two apps, `{old}` and `{new}`: is this intended?")
    })
}
