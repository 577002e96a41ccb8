//! A finding in one line, for the formats of programs.

use super::groups::Advice;
use super::places::places;
use crate::model::{Explanation, Finding};
use crate::rules;
use crate::support::visible::escaped;

/// The line: what breaks, where, and what to do instead.
pub(super) fn line(finding: &Finding<'_>, advice: &Advice<'_>) -> String {
    let explanation = explain(finding, advice);
    let steps = explanation.steps.iter();
    let steps: Vec<String> = steps
        .map(|step| format!("{}: {}", step.release, step.change))
        .collect();
    let (method, path) = finding.endpoint;
    let at = places(finding).into_iter().map(|place| {
        let (label, id) = (place.label(1), place.id());
        match place.source {
            Some(source) => format!("{label}: {id} at {source}"),
            None => format!("{label}: {id}"),
        }
    });
    let at: Vec<String> = at.collect();
    let line = format!(
        "{} ({method} {path}; {}). Instead: {}.",
        explanation.headline,
        at.join("; "),
        steps.join("; ")
    );
    escaped(&line).into_owned()
}

/// The same in several lines: what breaks, then each step.
pub(super) fn lines(finding: &Finding<'_>, advice: &Advice<'_>) -> String {
    let explanation = explain(finding, advice);
    let (method, path) = finding.endpoint;
    let mut lines = vec![format!("{} ({method} {path}).", explanation.headline)];
    for (position, step) in explanation.steps.iter().enumerate() {
        let number = position + 1;
        let mut line = format!("{number}. {}: {}.", step.release, step.change);
        if let Some(paste) = &step.paste {
            line.push_str(&format!(" Write: {paste}"));
        }
        lines.push(line);
    }
    let lines: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("\n")
}

/// What is said of it, with this advice.
fn explain(finding: &Finding<'_>, advice: &Advice<'_>) -> Explanation {
    let mut explanation = rules::explain_one(finding);
    if let Some(step) = advice(&[finding]) {
        explanation.steps = vec![step];
    }
    explanation
}
