//! `handler-removed`: pages of the old build post to what the new one lacks.

use super::advice::Names;
use crate::model::{Check, Direction, Explanation, Finding, Level, Rule, Served, Submission};

pub(super) static RULE: Rule = Rule {
    name: "handler-removed",
    level: Level::Deny,
    summary: "a form of the old release posts to an endpoint that the new one no longer has",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
A form of the old release posts to an endpoint that the new one no longer has.

While the new release rolls out, and as long as pages of the old one are open
in browsers, people submit that form. A node of the new release answers 404 Not
Found, and what they typed is lost.

It happens when a form, its route and its handler are deleted in one release,
and when an endpoint is renamed.

Instead, take two releases:

1. Take out the form. Keep the handler, and announce its end with `until`.
2. When no node of the old release runs, and its pages have expired, take out
   the handler.

For a renamed endpoint, keep a handler at the old path, for instance one that
redirects (307 keeps method and body), until then.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_removed =
        submission.direction == Direction::OldToNew && submission.served() == Served::None;
    is_removed.then(|| Finding::from_submission(&RULE, submission))
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler) = (names.form, names.handler);
    let (method, path) = finding.endpoint;
    let id = finding.page.form.map_or("", |form| &form.id);
    let change = if finding.node.registry.form(id).is_some() {
        format!("keep the handler `{handler}` for {method} {path}, which `{form}` no longer uses")
    } else {
        format!("take the form `{form}` out, keep the handler `{handler}`")
    };
    let change = format!("{change}, and announce its end");
    Explanation {
        headline: format!(
            "whoever submits `{form}` of {} gets 404 Not Found from nodes of {}",
            names.page, names.node
        ),
        answer: "404 Not Found",
        steps: names.keep_then_remove(finding, change),
    }
}
