//! `redirect-loses-fields`: the handler of the other build only redirects, and what was
//! filled in is lost on the way.

use super::advice::{Names, Removing, kept};
use super::headline::Fate;
use crate::model::{Check, Direction, Explanation, Finding, Group, Holds, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "redirect-loses-fields",
    level: Level::Deny,
    summary: "the handler of the other release only redirects, which loses what was filled in",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The handler of the other release only redirects to another path, and the browser
loses what was filled in on the way. Which part of a request survives a redirect
is fixed by the Fetch standard:

- 307 and 308 keep the method and the body.
- 303 turns every method but GET and HEAD into GET, without a body.
- 301 and 302 turn POST into GET, without a body.
- The query of a request is replaced by that of the new path, unless the handler
  appends it.

Redirect with 307 or 308, append the query (`query = true` in the annotation),
or let the old handler stay until the pages that submit to it have expired.

A handler that does its work and then redirects is not meant: it does not say
`redirect` in its annotation.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let loss = submission.loss()?;
    Some(Finding {
        is_undecided: loss.is_undecided,
        ..Finding::from_submission(&RULE, submission)
    })
}

/// The status with which the handler redirects, and where to.
fn redirect<'r>(finding: &Finding<'r>) -> (u16, &'r str) {
    let redirect = finding
        .node
        .handler
        .and_then(|handler| handler.redirect.as_ref());
    redirect.map_or((303, "another path"), |redirect| {
        (redirect.status, &*redirect.to)
    })
}

/// Whether another status would keep all.
fn loses_body(finding: &Finding<'_>) -> bool {
    !matches!(finding.endpoint.0, "GET" | "HEAD")
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let (status, to) = redirect(finding);
    let mut subject = kept(finding);
    subject.extend([status.to_string(), to.to_owned()]);
    subject
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let first = group.first();
    let (status, to) = redirect(first);
    let (reached, (method, path)) = (names.reached, first.endpoint);
    let (lose, otherwise) = if loses_body(first) {
        (
            format!(
                "what was filled in: `{reached}` redirects to {to} with {status}, which \
                 turns {method} into GET"
            ),
            format!("redirect with 308 in `{reached}`, which keeps method and body"),
        )
    } else {
        (
            format!(
                "what was filled in: `{reached}` redirects to {to} without the query of the \
                 request"
            ),
            format!("append the query of the request in `{reached}` (`query = true`)"),
        )
    };
    let forms = group.the_forms();
    let steps = if first.direction == Some(Direction::NewToOld) {
        names.add_then_use(
            format!("serve {method} {path}, but do not use it in {forms} yet"),
            format!("let {forms} submit to {method} {path}"),
        )
    } else {
        names.keep_then_remove(Removing {
            at_once: format!("{otherwise}, or {}", names.keep()),
            change_form: match names.forms_in_new() {
                Holds::Nowhere => format!("remove {forms}"),
                Holds::Partly => format!("remove {forms} or let them submit elsewhere"),
                Holds::Everywhere => format!("let {forms} submit to {to}"),
            },
        })
    };
    Explanation {
        headline: names.submissions(&Fate::new(format!("loses {lose}"))),
        answer: Some("loses what was filled in"),
        steps,
    }
}
