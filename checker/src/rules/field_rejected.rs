//! `field-rejected`: the form sends a field that the handler of the other build refuses.

use super::advice::Names;
use super::fields;
use crate::model::{Check, Explanation, FaultKind, Finding, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-rejected",
    level: Level::Deny,
    summary: "the form sends a field that the handler of the other release refuses",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The form sends a field that the handler of the other release refuses: it denies
fields that it does not know (`#[serde(deny_unknown_fields)]`), or takes two of
the sent ones for one, by an alias. A node of that release answers 422
Unprocessable Content, or 400.

It happens when a field appears in form and handler in one release, and when it
goes from both in one.

Instead, a new field takes two releases: first the handler knows it, then, when
every node runs that, the form sends it. A field that goes takes two as well:
first the form no longer sends it, then, when its pages have expired, the
handler no longer knows it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| {
        matches!(kind, FaultKind::Unknown | FaultKind::Twice(_))
    })
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let fields = fields::names(finding);
    let steps = names.accept_first(
        finding,
        [
            format!("take {fields} out of `{form}`; `{handler}` still knows it"),
            format!("take {fields} out of `{handler}`"),
        ],
        [
            format!("let `{handler}` know {fields}; `{form}` does not send it yet"),
            format!("let `{form}` send {fields}"),
        ],
    );
    let why = fields::faults(finding)
        .iter()
        .find_map(|fault| match &fault.kind {
            FaultKind::Twice(other) => Some(format!("takes it for `{other}`, which is sent, too")),
            _ => None,
        });
    let why = why.unwrap_or_else(|| "refuses fields that it does not know".to_owned());
    Explanation {
        headline: format!(
            "whoever submits `{form}` of {page} with {fields} is refused by nodes of {node}: \
             `{handler}` {why}"
        ),
        answer: fields::ANSWER,
        steps,
    }
}
