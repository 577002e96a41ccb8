//! `field-required`: the handler of the other build requires what the form does not send.

use super::words::Names;
use super::{Judges, Rule, Words, fields};
use crate::judge::{FaultKind, Finding, Level, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-required",
    level: Level::Deny,
    summary: "the handler of the other release requires a field that the form does not send",
    doc: DOC,
    judges: Judges::Submission(judge),
    words,
};

const DOC: &str = "\
The handler of the other release requires a field that the form does not send.
A node of that release refuses the request: 422 Unprocessable Content, or 400.

It happens when a field appears and is required at once, and when a field that
the old release requires is taken out of form and handler in one release.

Instead, a field comes in steps:

1. The handler takes it as optional (`Option<…>`, `#[serde(default)]`), and the
   form sends it. If the old handler refuses fields that it does not know, the
   form follows in a release of its own.
2. When no node of the old release runs, and its pages have expired, the handler
   may require it.

And it goes in the opposite order: first the handler no longer requires it, then
the form no longer sends it, then the handler no longer reads it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| *kind == FaultKind::Missing)
}

fn words(finding: &Finding<'_>) -> Words {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let fields = fields::names(finding);
    let steps = names.take_first(
        finding,
        [
            format!("let `{handler}` take {fields} as optional, and let `{form}` send it"),
            format!("let `{handler}` require {fields}"),
        ],
        [
            format!("let `{handler}` no longer require {fields}, which `{form}` goes on to send"),
            format!("take {fields} out of `{form}`"),
        ],
    );
    Words {
        headline: format!(
            "whoever submits `{form}` of {page} is refused by nodes of {node}: `{handler}` \
             requires {fields}, which the form does not send"
        ),
        answer: fields::ANSWER,
        steps,
    }
}
