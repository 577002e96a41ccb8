//! `handler-not-yet`: pages of the new build post to what the old one lacks.

use super::advice::Names;
use crate::model::{Check, Direction, Explanation, Finding, Level, Rule, Served, Submission};

pub(super) static RULE: Rule = Rule {
    name: "handler-not-yet",
    level: Level::Deny,
    summary: "a form of the new release posts to an endpoint that the old one does not have yet",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
A form of the new release posts to an endpoint that the old one does not have
yet.

While the new release rolls out, people get the new page from one node and
submit it to another, which still runs the old release. That one answers 404
Not Found.

It happens when a form appears in the same release as its handler.

Instead, take two releases:

1. Add the handler, without the form.
2. When every node runs that release, add the form.

If the old release has the endpoint, and only its annotation is new, it cannot
be seen there: annotate handlers a release before their forms, or waive it for
this release.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_missing =
        submission.direction == Direction::NewToOld && submission.served() == Served::None;
    is_missing.then(|| Finding::from_submission(&RULE, submission))
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler) = (names.form, names.handler);
    let (method, path) = finding.endpoint;
    let id = finding.page.form.map_or("", |form| &form.id);
    let is_known = finding.node.registry.form(id).is_some() || names.across.is_some();
    let (who, later, then) = if is_known {
        (
            format!("`{form}` of {}", names.page),
            format!("and leave the form `{form}` as it is in {}", names.node),
            format!("let the form `{form}` send to {method} {path}"),
        )
    } else {
        (
            format!("the new `{form}`"),
            format!("but not yet the form `{form}`"),
            format!("add the form `{form}`"),
        )
    };
    Explanation {
        headline: format!(
            "whoever submits {who} gets 404 Not Found from nodes of {}",
            names.node
        ),
        answer: "404 Not Found",
        steps: names.add_then_use(
            finding,
            format!("add the handler `{handler}` for {method} {path}, {later}"),
            then,
        ),
    }
}
