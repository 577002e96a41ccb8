//! `field-required`: the handler of the other build requires what the form does not send.

use super::advice::Names;
use super::fields;
use crate::model::{Check, Explanation, FaultKind, Finding, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-required",
    level: Level::Deny,
    summary: "the handler of the other release requires a field that the form does not send",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The handler of the other release requires a field that the form does not send.
A node of that release refuses the request: 422 Unprocessable Content, or 400.

It happens when a field appears and is required at once, and when a field that
the old release requires is taken out of form and handler in one release.

Instead, a field comes in steps:

1. The handler takes it as optional (`Option<…>`, `#[serde(default)]`).
2. When every node runs that release, the form sends it. Sent earlier, it gets
   lost at nodes that leave it aside, or is refused by them.
3. When the pages without it have expired, the handler may require it.

And it goes in the opposite order: first the handler no longer requires it, then
the form no longer sends it, then the handler no longer reads it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| *kind == FaultKind::Missing)
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let fields = fields::names(finding);
    let steps = names.accept_first(
        finding,
        [
            format!("let `{handler}` take {fields} as optional; `{form}` sends it a release later"),
            format!("let `{handler}` require {fields}"),
        ],
        [
            format!("let `{handler}` no longer require {fields}, which `{form}` goes on to send"),
            format!("take {fields} out of `{form}`"),
        ],
    );
    Explanation {
        headline: format!(
            "whoever submits `{form}` of {page} is refused by nodes of {node}: `{handler}` \
             requires {fields}, which the form does not send"
        ),
        answer: fields::ANSWER,
        steps,
    }
}
