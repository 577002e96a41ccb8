//! `field-rejected`: the form sends a field that the handler of the other build rejects.

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

Instead, to add a field takes two releases: first the handler knows it; then,
when every node runs that release, the form sends it. To remove a field also
takes two: first the form no longer sends it; then, when the pages that send it
have expired, the handler no longer knows it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| {
        matches!(kind, FaultKind::Unknown | FaultKind::DuplicateAlias(_))
    })
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = fields::subject(finding);
    subject.extend(alias_of(finding).map(str::to_owned));
    subject
}

/// The field that is also sent, and of which the rejected one is an alias.
fn alias_of<'f>(finding: &'f Finding<'_>) -> Option<&'f str> {
    let mut faults = fields::faults(finding).iter();
    faults.find_map(|fault| match &fault.kind {
        FaultKind::DuplicateAlias(other) => Some(&**other),
        _ => None,
    })
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
    let (reached, do_not) = (names.reached, group.agree("does not", "do not"));
    nouns.explain(Phrases {
        detail: format!(" with {fields}"),
        why: match alias_of(group.first()) {
            Some(other) => format!("`{reached}` reads {them} as `{other}`, which is also sent"),
            None => format!("`{reached}` rejects fields that it does not know"),
        },
        answer: fields::ANSWER,
        old_to_new: [
            format!("remove {fields} from {forms}; {handler} still accepts {them}"),
            format!("remove {fields} from {handler}"),
        ],
        new_to_old: [
            format!("let {handler} accept {fields}; {forms} {do_not} send {them} yet"),
            format!("let {forms} send {fields}"),
        ],
    })
}
