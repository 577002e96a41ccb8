//! `handler-removed`: pages of the old build post to an endpoint that the new build lacks.

use super::advice::{Names, kept};
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Holds, Level, Rule, Served, Submission,
};

pub(super) static RULE: Rule = Rule {
    name: "handler-removed",
    level: Level::Deny,
    summary: "a form of the old release posts to an endpoint that the new release no longer has",
    doc: DOC,
    check: Check::Submission(judge),
    subject: kept,
    explain,
};

const DOC: &str = "\
A form of the old release posts to an endpoint that the new release no longer
has.

While the new release rolls out, and as long as pages of the old one are open in
browsers, people submit that form. A node of the new release answers 404 Not
Found, and what they typed is lost.

This happens when a form, its route and its handler are deleted in one release,
and when an endpoint is renamed.

Instead, take two releases:

1. Remove the form. Keep the handler, and announce its end with `until`.
2. When no node of the old release runs, and its pages have expired, remove the
   handler.

For a renamed endpoint, keep a handler at the old path until then, for instance
one that redirects (307 keeps method and body).
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_removed =
        submission.direction == Direction::OldToNew && submission.served() == Served::None;
    is_removed.then(|| Finding::from_submission(&RULE, submission))
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let (forms, handler) = (group.the_forms(), names.handler);
    let (method, path) = group.first().endpoint;
    let kept = group.holds(|finding| {
        let form = finding.page.form.map_or("", |form| &form.id);
        finding.node.registry.form(form).is_some()
    });
    let change = match kept {
        Holds::Nowhere => format!("remove {forms}, keep the handler `{handler}`"),
        Holds::Partly => {
            format!("remove {forms} or let them post elsewhere, keep the handler `{handler}`")
        }
        Holds::Everywhere => {
            let use_it = group.agree("no longer uses", "no longer use");
            format!("keep the handler `{handler}` for {method} {path}, which {forms} {use_it}")
        }
    };
    Explanation {
        headline: names.submissions("", "get 404 Not Found"),
        answer: Some("404 Not Found"),
        steps: names.keep_then_remove(format!("{change}, and announce its end")),
    }
}
