//! `handler-removed`: pages of the old build submit to an endpoint that the new build lacks.

use super::advice::{Names, Removing, kept};
use super::astray;
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Holds, Level, Rule, Served, Submission,
};

pub(super) static RULE: Rule = Rule {
    name: "handler-removed",
    level: Level::Deny,
    summary: "a form of the old release submits to an endpoint that the new release no longer serves",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
A form of the old release submits to an endpoint that the new release no longer
serves.

During the rollout, and as long as pages of the old release are open in
browsers, people submit that form. A node of the new release answers 404 Not
Found, and what they typed is lost. So it is if a handler for other paths takes
the submission: the rest of its path, `/{*path}`, takes whatever is not served
otherwise, and a parameter, `/{page}`, may do so.

This happens when a form, its route and its handler are deleted in one release,
and when an endpoint is renamed.

Instead, take two releases:

1. Remove the form. Keep the handler, and announce its removal with `until`.
2. Once no node runs the old release any longer and its pages have expired,
   remove the handler.

For a renamed endpoint, keep a handler at the old path until then, for instance
one that redirects (308 keeps method and body).

A page that a parameter takes may still be the right one: for GET, that is
`handler-shadowed`. The same function behind a wider path is no other handler.
";

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = kept(finding);
    subject.extend(astray::subject(finding));
    subject
}

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_removed =
        submission.direction == Direction::OldToNew && submission.served() == Served::None;
    is_removed.then(|| Finding {
        detail: astray::detail(submission),
        ..Finding::from_submission(&RULE, submission)
    })
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let (forms, handler) = (group.the_forms(), names.kept_handler());
    let (at_once, change_form) = match names.forms_in_new() {
        Holds::Nowhere => (
            format!("remove {forms}, keep {handler}"),
            format!("remove {forms}"),
        ),
        Holds::Partly => (
            format!("remove {forms} or let them submit elsewhere, keep {handler}"),
            format!("remove {forms} or let them submit elsewhere"),
        ),
        Holds::Everywhere => {
            let use_it = group.agree("no longer uses", "no longer use");
            (
                format!("{}, which {forms} {use_it}", names.keep()),
                format!("let {forms} submit to the new endpoint"),
            )
        }
    };
    Explanation {
        headline: names.submissions(&astray::fail(group.first())),
        answer: Some(astray::answer(group.first())),
        steps: names.keep_then_remove(Removing {
            at_once,
            change_form,
        }),
    }
}
