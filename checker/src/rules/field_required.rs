//! `field-required`: the handler of the other build requires what the form does not send.

use super::advice::Dropping;
use super::fields::{self, Nouns, Phrases};
use crate::model::{Check, Explanation, FaultKind, Finding, Group, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-required",
    level: Level::Deny,
    summary: "the handler of the other release requires a field that the form does not send",
    doc: DOC,
    check: Check::Submission(judge),
    subject: fields::subject,
    explain,
};

const DOC: &str = "\
The handler of the other release requires a field that the form does not send.
A node of that release rejects the request: 422 Unprocessable Content or 400 Bad
Request. A field in the query of the address has a question mark before its
name: `?tab`.

This happens when a new field is required in the release that adds it, and when
a field that the old release requires is removed from form and handler in one
release.

Instead, add a field in steps:

1. Make it optional in the handler (`Option<…>`, `#[serde(default)]`), and let
   the form send it.
2. Once the pages without it have expired, require it in the handler.

Until every node runs the release of the first step, a handler of the old
release ignores the field, and what people entered in it is lost. If that
matters, or if the old handler rejects unknown fields, let the form send the
field a release after the first step, and require it a release after that.

Remove a field in the opposite order: first the handler no longer requires it,
then the form no longer sends it, then the handler no longer reads it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| *kind == FaultKind::Missing)
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let nouns = Nouns::new(group);
    let Nouns {
        names,
        forms,
        handler,
        fields,
        them,
    } = &nouns;
    let reached = names.reached;
    let do_not_send = group.agree("the form does not send", "the forms do not send");
    let optional = format!("make {fields} optional in {handler}");
    nouns.explain(Phrases {
        why: format!("`{reached}` requires {fields}, which {do_not_send}"),
        sometimes: false,
        old_to_new: Dropping {
            keep: optional.clone(),
            change_form: Some(format!("let {forms} send {them}")),
            then: format!("require {fields} in {handler}"),
        },
        new_to_old: [
            format!("{optional}, and let {forms} still send {them}"),
            format!("remove {fields} from {forms}"),
        ],
    })
}
