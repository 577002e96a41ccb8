//! A finding in one line, for the formats of programs.

use super::groups::Advice;
use super::places::places;
use crate::model::{Explanation, Finding, Paste, Step};
use crate::rules;
use crate::support::visible::escaped;

/// The line: what breaks, where, and what to do.
pub(super) fn line(finding: &Finding<'_>, advice: &Advice<'_>) -> String {
    let explanation = explain(finding, advice);
    let steps = explanation.steps.iter();
    let steps: Vec<String> = steps.map(sentences).collect();
    let (method, path) = finding.endpoint;
    let at = places(finding).into_iter().map(|place| {
        let (label, id) = (place.label(1), place.title());
        match place.source {
            Some(source) => format!("{label}: {id} at {}", source.place()),
            None => format!("{label}: {id}"),
        }
    });
    let at: Vec<String> = at.collect();
    let line = format!(
        "{} ({method} {path}; {}). What to do: {}",
        explanation.headline,
        at.join("; "),
        steps.join(" ")
    );
    escaped(&line).into_owned()
}

/// The same in several lines: what breaks, then each step.
pub(super) fn lines(finding: &Finding<'_>, advice: &Advice<'_>) -> String {
    let explanation = explain(finding, advice);
    let (method, path) = finding.endpoint;
    let mut lines = vec![format!("{} ({method} {path}).", explanation.headline)];
    for (position, step) in explanation.steps.iter().enumerate() {
        let mut line = String::new();
        if explanation.steps.len() > 1 {
            line.push_str(&format!("{}. ", position + 1));
        }
        line.push_str(&sentences(step));
        lines.push(line);
    }
    let lines: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("\n")
}

/// A step, in one line.
fn sentences(step: &Step) -> String {
    let Step {
        when,
        change,
        paste,
    } = step;
    let mut sentences = format!("{when}: {change}.");
    if let Some(Paste { intro, code }) = paste {
        sentences.push_str(&format!(" {intro}: {code}"));
    }
    sentences
}

/// What is said of it, with this advice.
fn explain(finding: &Finding<'_>, advice: &Advice<'_>) -> Explanation {
    let mut explanation = rules::explain_one(finding);
    if let Some(step) = advice(&[finding]) {
        explanation.steps = vec![step];
    }
    explanation
}
