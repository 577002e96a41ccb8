//! `encoding-changed`: the handler of the other build reads another encoding.

use super::advice::{Names, reached};
use crate::model::{Check, Explanation, Finding, Group, Level, Request, Rule, Submission};
use crate::registry::Encoding;

pub(super) static RULE: Rule = Rule {
    name: "encoding-changed",
    level: Level::Deny,
    summary: "the handler of the other release reads another encoding than the form sends",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The handler of the other release reads another encoding than the form sends:
JSON instead of a form's body, `multipart/form-data` instead of
`application/x-www-form-urlencoded`. A node of that release answers 415
Unsupported Media Type or 400 Bad Request.

This happens when a form gets a file input (and with it `multipart`), and when a
form is replaced by a script that sends JSON.

Instead, let the handler read both encodings for a while, or serve the new
encoding at a path of its own:

1. Add the handler for the new encoding, and keep the one for the old encoding.
2. When every node runs that release, let the form send the new encoding.
3. When the pages with the old form have expired, remove the old handler.

A form that declares no encoding sends the one that the handler of its own
release reads.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    match submission.request {
        Request::Encoding { is_undecided, .. } => Some(Finding {
            is_undecided,
            ..Finding::from_submission(&RULE, submission).between(
                submission.first_pair(|request| matches!(request, Request::Encoding { .. })),
            )
        }),
        _ => None,
    }
}

/// The encoding that the handler reads, and the one that the form sends.
fn encodings(finding: &Finding<'_>) -> [&'static str; 2] {
    let read = finding.node.handler.and_then(|handler| handler.encoding);
    let own = finding.page.handler.and_then(|handler| handler.encoding);
    let sent = finding.page.form.and_then(|form| form.encoding).or(own);
    [read, sent].map(|encoding| encoding.map_or("another encoding", Encoding::name))
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let [read, sent] = encodings(finding);
    vec![reached(finding), read.to_owned(), sent.to_owned()]
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let [read, sent] = encodings(group.first());
    let (method, path) = group.first().endpoint;
    let (forms, handler) = (group.the_forms(), names.reached);
    let form_sends = group.agree("the form sends", "the forms send");
    let do_not = group.agree("does not", "do not");
    let steps = names.accept_first(
        [
            format!(
                "keep reading {sent} at {method} {path}, in addition to {read} or instead of it"
            ),
            format!("read only {read}"),
        ],
        [
            format!(
                "read {sent} in addition to {read}, or at another path; {forms} {do_not} use it yet"
            ),
            format!("let {forms} send {sent}"),
        ],
    );
    let headline = names.submissions("", "get 415 or 400");
    Explanation {
        headline: format!("{headline}: {form_sends} {sent}, but `{handler}` reads {read}"),
        answer: Some("415 or 400"),
        steps,
    }
}
