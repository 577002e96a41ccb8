//! `handler-removed`: pages of the old build post to what the new one lacks.

use super::words::{
    announced, following_twice, form_name, next_release, old_and_new, short, this_release,
};
use super::{Judges, Rule, Step, Words, finding};
use crate::judge::submission::Served;
use crate::judge::{Direction, Finding, Level, Submission};

pub(super) static RULE: Rule = Rule {
    name: "handler-removed",
    level: Level::Deny,
    summary: "a form of the old release posts to an endpoint that the new one no longer has",
    doc: DOC,
    judges: Judges::Submission(judge),
    words,
};

const DOC: &str = "\
A form of the old release posts to an endpoint that the new one no longer has.

While the new release rolls out, and as long as pages of the old one are open in
browsers, people submit that form. A node of the new release answers 404 Not Found,
and what they typed is lost.

It happens when a form, its route and its handler are deleted in one release, and
when an endpoint is renamed.

Instead, take two releases:

1. Take out the form. Keep the handler, and announce its end with `until`.
2. When no node of the old release runs, and its pages have expired, take out the
   handler.

For a renamed endpoint, keep a handler at the old path, for instance one that
redirects (307 keeps method and body), until then.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_removed =
        submission.direction == Direction::OldToNew && submission.served() == Served::None;
    is_removed.then(|| finding(&RULE, submission))
}

fn words(finding: &Finding<'_>) -> Words {
    let (old, new) = old_and_new(finding);
    let form = form_name(finding);
    let handler = finding
        .page
        .handler
        .map_or("the handler", |handler| short(&handler.id));
    let (this, next) = (this_release(old, new), next_release(old, new));
    let mut keep = Step::new(
        &this,
        format!("take the form `{form}` out, keep the handler `{handler}` and announce its end"),
    );
    keep.paste = finding
        .page
        .handler
        .and_then(|handler| announced(handler, following_twice(old, new)));
    Words {
        headline: format!(
            "whoever submits `{form}` of {} gets 404 Not Found",
            finding.page_name()
        ),
        answer: "404 Not Found",
        steps: vec![
            keep,
            Step::new(
                format!(
                    "{next}, when no node of {} runs and its pages have expired",
                    finding.page_name()
                ),
                format!("take the handler `{handler}` out"),
            ),
        ],
    }
}
