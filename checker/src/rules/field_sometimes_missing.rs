//! `field-sometimes-missing`: the handler of the other build requires what the form
//! sends only sometimes.

use super::advice::Dropping;
use super::fields::{self, Nouns, Phrases};
use crate::model::{Check, Explanation, FaultKind, Finding, Group, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-sometimes-missing",
    level: Level::Warn,
    summary: "the handler of the other release requires a field that the form sends only sometimes",
    doc: DOC,
    check: Check::Submission(judge),
    subject: fields::subject,
    explain,
};

const DOC: &str = "\
The handler of the other release requires a field that the form sends only
sometimes: a checkbox that is not ticked, a control that is disabled, a part of
the page that is not always there. The handler of the form's own release accepts
requests without the field; a node of the other release rejects them: 422
Unprocessable Content or 400 Bad Request.

Keep the field optional in the handler (`Option<…>`, `#[serde(default)]`). Or
let the form always send it, by a hidden input before the checkbox, and require
it once the pages that do not always send it have expired.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| {
        *kind == FaultKind::SometimesMissing
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
    let reached = names.reached;
    let do_not_send = group.agree("the form does not", "the forms do not");
    let optional = format!("make {fields} optional in {handler}");
    nouns.explain(Phrases {
        why: format!("{do_not_send} always send {fields}, which `{reached}` requires"),
        sometimes: true,
        old_to_new: Dropping {
            keep: optional.clone(),
            change_form: Some(format!("let {forms} always send {them}")),
            then: format!("require {fields} in {handler}"),
        },
        new_to_old: [
            format!("{optional}, and let {forms} still send {them} every time"),
            format!("let {forms} omit {fields}"),
        ],
    })
}
