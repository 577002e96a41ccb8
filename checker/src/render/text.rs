//! A report for people: 80 columns, and whole without colour.
//!
//! Each finding follows one grammar: what breaks for the user of the app; at
//! which two places; who meets whom; what to do instead, as numbered releases.

use std::io::{self, Write};

use anstyle::Style;

use super::plural;
use super::style::{DENY, GOOD, PASTE, STRONG, WARN};
use super::waived;
use crate::judge::{Detail, Direction, Finding, Level, Report, Verdict};
use crate::registry::{Handler, Source};
use crate::rules::{Judges, Step};

/// The columns that a line takes at most, if its words let it.
const WIDTH: usize = 80;

/// Writes the report.
pub fn report(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    for alike in report.findings.chunk_by(is_said_at_once) {
        findings(report, alike, to)?;
        writeln!(to)?;
    }
    waived::list(&report.waived, to)?;
    summary(report, to)
}

/// One finding in one line, for the machine formats.
#[must_use]
pub fn message(finding: &Finding<'_>) -> String {
    let words = (finding.rule.words)(finding);
    let steps = words
        .steps
        .iter()
        .map(|step| format!("{}: {}", step.release, step.change));
    let (method, path) = finding.endpoint;
    let steps: Vec<String> = steps.collect();
    let at = places(finding)
        .into_iter()
        .map(|(label, id, source)| match source {
            Some(source) => format!("{label}: {id} at {source}"),
            None => format!("{label}: {id}"),
        });
    let at: Vec<String> = at.collect();
    format!(
        "{} ({method} {path}; {}). Instead: {}.",
        words.headline,
        at.join("; "),
        steps.join("; ")
    )
}

/// Whether there is one thing to say of both: many items may have one fault, which
/// one step mends, and must not bury what else there is.
fn is_said_at_once(one: &Finding<'_>, other: &Finding<'_>) -> bool {
    let is_of_one_build = one.direction.is_none() && other.direction.is_none();
    is_of_one_build
        && one.rule.name == other.rule.name
        && (one.rule.words)(one) == (other.rule.words)(other)
}

/// Writes findings of which one thing is to be said.
fn findings(report: &Report<'_>, alike: &[Finding<'_>], to: &mut dyn Write) -> io::Result<()> {
    let Some(finding) = alike.first() else {
        return Ok(());
    };
    let words = (finding.rule.words)(finding);
    let (style, level) = match finding.level {
        Level::Deny => (DENY, "error"),
        Level::Warn => (WARN, "warning"),
        Level::Note => (STRONG, "note"),
    };
    let headline = format!("{level}[{}]: {}", finding.rule.name, words.headline);
    styled(style, &headline, to)?;
    for finding in alike {
        let (method, path) = finding.endpoint;
        writeln!(to, "\n  {STRONG}{method} {path}{STRONG:#}")?;
        for (label, id, source) in places(finding) {
            writeln!(to, "    {label:<24} {id}")?;
            if let Some(source) = source {
                writeln!(to, "    {:<24} at {source}", "")?;
            }
        }
    }
    if let Some(direction) = finding.direction {
        writeln!(to, "\n  {STRONG}who meets whom{STRONG:#}")?;
        meetings(report, finding, direction, words.answer, to)?;
    }
    writeln!(to, "\n  {STRONG}what to do{STRONG:#}")?;
    for (position, step) in words.steps.iter().enumerate() {
        self::step(position + 1, step, to)?;
    }
    Ok(())
}

/// The items of both sides: what each is, its path, its place.
fn places<'r>(finding: &Finding<'r>) -> Vec<(String, String, Option<&'r Source>)> {
    if let Detail::Waiver(waiver) = finding.detail {
        return vec![("waiver".to_owned(), waiver.at.clone(), None)];
    }
    let (page, node) = (finding.page_name(), finding.node_name());
    let of =
        |label: String, handler: &'r Handler| (label, handler.id.clone(), handler.source.as_ref());
    let mut places = Vec::new();
    if let Some(form) = finding.page.form {
        places.push((
            format!("form of {page}"),
            form.id.clone(),
            form.source.as_ref(),
        ));
    }
    if let Some(handler) = finding.page.handler {
        places.push(of(format!("handler in {page}"), handler));
    }
    match finding.node.handler {
        Some(handler) => places.push(of(
            format!(
                "{} in {node}",
                if finding.page.form.is_none() {
                    "handler"
                } else {
                    &handler.method
                }
            ),
            handler,
        )),
        // The form itself is at fault, wherever it sends to.
        None if matches!(finding.rule.judges, Judges::Candidate(_)) => {}
        None => places.push((format!("handler in {node}"), "none".to_owned(), None)),
    }
    places
}

/// The picture: the four pairs of page and node, and how each ends.
fn meetings(
    report: &Report<'_>,
    finding: &Finding<'_>,
    direction: Direction,
    answer: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    let labels = labels(report);
    let (page, node) = match direction {
        Direction::OldToNew => (0, 1),
        Direction::NewToOld => (1, 0),
    };
    let width = labels[0].len().max(labels[1].len());
    for (from, at) in [(page, page), (page, node), (node, node), (node, page)] {
        let (is_broken, ending) = if (from, at) == (page, node) {
            (true, format!("{answer}   <== here"))
        } else if from == page {
            (false, "served".to_owned())
        } else {
            (false, other_form(report, finding, from, at).to_owned())
        };
        let line = format!(
            "page {:<width$} -> node {:<width$}   {ending}",
            labels[from], labels[at]
        );
        if is_broken {
            writeln!(to, "    {DENY}{line}{DENY:#}")?;
        } else {
            writeln!(to, "    {line}")?;
        }
    }
    Ok(())
}

/// What becomes of the same endpoint's forms in the other release: old is 0.
fn other_form(report: &Report<'_>, finding: &Finding<'_>, from: usize, at: usize) -> &'static str {
    let registry = [report.old, report.new][from];
    let (method, path) = finding.endpoint;
    let mut targets = registry.forms.iter().flat_map(|form| &form.posts_to);
    let has_form = targets.any(|target| target.method == method && target.path == path);
    match (has_form, from == at) {
        (false, _) => "no such form",
        (true, true) => "fails, too",
        (true, false) => "served",
    }
}

/// What the two releases are called: by version, if these tell them apart.
fn labels(report: &Report<'_>) -> [String; 2] {
    let (old, new) = (&report.old.release, &report.new.release);
    if old.version == new.version {
        [
            format!("{} (old)", old.version),
            format!("{} (new)", new.version),
        ]
    } else {
        [old.version.to_string(), new.version.to_string()]
    }
}

fn step(number: usize, step: &Step, to: &mut dyn Write) -> io::Result<()> {
    let line = format!("{number}. {}: {}.", step.release, step.change);
    let options = textwrap::Options::new(WIDTH)
        .initial_indent("    ")
        .subsequent_indent("       ")
        .break_words(false);
    for line in textwrap::wrap(&line, options) {
        writeln!(to, "{line}")?;
    }
    if let Some(paste) = &step.paste {
        writeln!(to, "         {PASTE}{paste}{PASTE:#}")?;
    }
    Ok(())
}

/// The one line that says what is decided.
fn summary(report: &Report<'_>, to: &mut dyn Write) -> io::Result<()> {
    let [old, new] = labels(report);
    let count = |level| {
        report
            .findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    };
    let (denied, warned) = (count(Level::Deny), count(Level::Warn));
    let mut line = match report.verdict() {
        Verdict::Reject => {
            let findings = plural(denied, "finding");
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
    if warned > 0 {
        line.push_str(&format!(", {}", plural(warned, "warning")));
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
    let (old_name, new_name) = (&report.old.release.name, &report.new.release.name);
    if old_name != new_name {
        let note = format!(
            "note: the old build is `{old_name}`, the new one `{new_name}`: is this one app?"
        );
        styled(WARN, &note, to)?;
    }
    let style = if report.verdict() == Verdict::Accept {
        GOOD
    } else {
        DENY
    };
    styled(style, &line, to)
}

/// Writes lines of one style, wrapped.
pub(super) fn styled(style: Style, text: &str, to: &mut dyn Write) -> io::Result<()> {
    let options = textwrap::Options::new(WIDTH)
        .subsequent_indent("  ")
        .break_words(false);
    for line in textwrap::wrap(text, options) {
        writeln!(to, "{style}{line}{style:#}")?;
    }
    Ok(())
}
