//! `field-sometimes-missing`: the handler of the other build requires what the form
//! sends only sometimes.

use super::advice::Names;
use super::fields;
use crate::model::{Check, Explanation, FaultKind, Finding, Level, Rule, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-sometimes-missing",
    level: Level::Warn,
    summary: "the handler of the other release requires a field that the form sends only sometimes",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The handler of the other release requires a field that the form sends only
sometimes: a checkbox that is not ticked, a control that is disabled, a part of
the page that is not always there. The own handler of the form takes requests
without the field; a node of the other release refuses them: 422 Unprocessable
Content, or 400.

Keep the field optional in the handler (`Option<…>`, `#[serde(default)]`), or
let the form send it always, by a hidden input before the checkbox, and require
it when the pages that do not have expired.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    fields::found(&RULE, submission, |kind| {
        *kind == FaultKind::SometimesMissing
    })
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let fields = fields::names(finding);
    let steps = names.accept_first(
        finding,
        [
            format!("let `{handler}` take {fields} as optional, and let `{form}` send it always"),
            format!("let `{handler}` require {fields}"),
        ],
        [
            format!("let `{handler}` no longer require {fields}, which `{form}` sends always"),
            format!("let `{form}` leave {fields} out"),
        ],
    );
    Explanation {
        headline: format!(
            "who submits `{form}` of {page} without {fields} is refused by nodes of {node}: \
             `{handler}` requires it"
        ),
        answer: "400 or 422, at times",
        steps,
    }
}
