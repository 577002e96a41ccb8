//! `field-required`: the handler of the other build requires what the form does not send.

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
Request.

This happens when a new field is required in the release that adds it, and when
a field that the old release requires is removed from form and handler in one
release.

Instead, add a field in steps:

1. The handler accepts it as optional (`Option<…>`, `#[serde(default)]`).
2. When every node runs that release, the form sends it. Sent earlier, it is
   lost at nodes that ignore it, or is rejected by them.
3. When the pages without it have expired, the handler may require it.

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
    let (reached, send) = (names.reached, group.agree("sends", "send"));
    let do_not_send = group.agree("the form does not send", "the forms do not send");
    nouns.explain(Phrases {
        detail: String::new(),
        why: format!("`{reached}` requires {fields}, which {do_not_send}"),
        answer: fields::ANSWER,
        old_to_new: [
            format!("make {fields} optional in {handler}; {forms} {send} {them} a release later"),
            format!("require {fields} in {handler}"),
        ],
        new_to_old: [
            format!("make {fields} optional in {handler}; {forms} still {send} {them}"),
            format!("remove {fields} from {forms}"),
        ],
    })
}
