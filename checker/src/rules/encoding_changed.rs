//! `encoding-changed`: the handler of the other build reads another encoding.

use super::advice::Names;
use crate::model::{Check, Explanation, Finding, Level, Request, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "encoding-changed",
    level: Level::Deny,
    summary: "the handler of the other release reads another encoding than the form sends",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The handler of the other release reads another encoding than the form sends:
JSON instead of a form's body, `multipart/form-data` instead of
`application/x-www-form-urlencoded`. A node of that release answers 415
Unsupported Media Type, or 400.

It happens when a form gets a file (and with it `multipart`), and when a form is
replaced by a script that sends JSON.

Instead, let the handler read both for a while, or serve the new encoding at a
path of its own:

1. Add the handler for the new encoding; keep the one for the old.
2. When every node runs that release, let the form use the new one.
3. When the pages with the old form have expired, take out the old handler.

A form that declares no encoding sends what the handler of its own release
reads.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    match submission.request {
        Request::Encoding { is_undecided, .. } => Some(Finding {
            is_undecided,
            ..Finding::from_submission(&RULE, submission)
        }),
        _ => None,
    }
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let read = finding.node.handler.and_then(|handler| handler.encoding);
    let read = read.map_or("another encoding", crate::registry::Encoding::name);
    let own = finding.page.handler.and_then(|handler| handler.encoding);
    let sent = finding.page.form.and_then(|form| form.encoding).or(own);
    let sent = sent.map_or("another encoding", crate::registry::Encoding::name);
    let (method, path) = finding.endpoint;
    let steps = names.accept_first(
        finding,
        [
            format!("go on to read {sent} at {method} {path}, beside {read} or in its place"),
            format!("read {read} alone"),
        ],
        [
            format!("read {sent} beside {read}, or at another path; `{form}` does not use it yet"),
            format!("let `{form}` send {sent}"),
        ],
    );
    Explanation {
        headline: format!(
            "whoever submits `{form}` of {page} is refused by nodes of {node}: `{handler}` reads \
             {read}, the form sends {sent}"
        ),
        answer: "415 or 400",
        steps,
    }
}
