//! `field-rejected`: the form sends a field that the handler of the other build rejects.

use super::advice::{Dropping, reached};
use super::fields::{self, Nouns, Phrases};
use crate::model::{Check, Explanation, FaultKind, Finding, Group, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-rejected",
    level: Level::Deny,
    summary: "the form sends a field that the handler of the other release rejects",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The form sends a field that the handler of the other release rejects: the
handler denies fields that it does not know (`#[serde(deny_unknown_fields)]`),
or, by an alias, reads two of the sent fields as the same one. A node of that
release answers 422 Unprocessable Content or 400 Bad Request.

This happens when a field is added to form and handler in one release, and when
it is removed from both in one release.

Instead, add a field in two releases: first the handler accepts it; then, once
every node runs that release, the form sends it. Remove a field in two releases
as well: first the form no longer sends it; then, once the pages that send it
have expired, the handler no longer accepts it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| {
        matches!(kind, FaultKind::Unknown | FaultKind::DuplicateAlias(_))
    })
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = fields::subject(finding);
    subject.push(why(finding, ""));
    subject
}

/// Why the handler rejects the fields: those that it does not know, and those that it reads as
/// another one.
fn why(finding: &Finding<'_>, also_sends: &str) -> String {
    let reached = reached(finding);
    let (mut unknown, mut aliases): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    for fault in fields::faults(finding) {
        match &fault.kind {
            FaultKind::DuplicateAlias(other) => aliases.push(format!(
                "`{reached}` reads `{}` as `{other}`, which {also_sends}",
                fault.field
            )),
            _ => unknown.push(&fault.field),
        }
    }
    let mut why = Vec::new();
    if !unknown.is_empty() {
        let noun = if unknown.len() > 1 { "fields" } else { "field" };
        let unknown = fields::enumerate_fields(&unknown);
        why.push(format!("`{reached}` rejects the unknown {noun} {unknown}"));
    }
    why.extend(aliases);
    why.join("; ")
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let nouns = Nouns::new(group);
    let Nouns {
        forms,
        handler,
        fields,
        them,
        ..
    } = &nouns;
    let also_sends = group.agree("the form also sends", "the forms also send");
    nouns.explain(Phrases {
        why: why(group.first(), also_sends),
        sometimes: false,
        old_to_new: Dropping {
            keep: format!("keep accepting {fields} in {handler}"),
            change_form: Some(format!("remove {them} from {forms}")),
            then: format!("remove {fields} from {handler}"),
        },
        new_to_old: [
            format!("let {handler} accept {fields}, but do not send {them} in {forms} yet"),
            format!("let {forms} send {fields}"),
        ],
    })
}
