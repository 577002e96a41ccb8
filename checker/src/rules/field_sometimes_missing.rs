//! `field-sometimes-missing`: the handler of the other build requires what the form
//! sends only sometimes.

use super::words::{Names, short};
use super::{Judges, Rule, Words, fields};
use crate::judge::{Direction, FaultKind, Finding, Level, Submission};

pub(super) static RULE: Rule = Rule {
    name: "field-sometimes-missing",
    level: Level::Warn,
    summary: "the handler of the other release requires a field that the form sends only sometimes",
    doc: DOC,
    judges: Judges::Submission(judge),
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

fn words(finding: &Finding<'_>) -> Words {
    let names = Names::of(finding);
    let form = names.form;
    let fields = fields::names(finding);
    let (page, node) = (finding.page_name(), finding.node_name());
    let handler = finding
        .node
        .handler
        .map_or("the handler", |handler| short(&handler.id));
    let steps = if finding.direction == Some(Direction::NewToOld) {
        names.add_then_use(
            format!("let `{handler}` no longer require {fields}, which `{form}` sends always"),
            format!("let `{form}` leave {fields} out"),
        )
    } else {
        names.take_then(
            finding,
            format!("let `{handler}` take {fields} as optional, and let `{form}` send it always"),
            format!("let `{handler}` require {fields}"),
        )
    };
    Words {
        headline: format!(
            "who submits `{form}` of {page} without {fields} is refused by nodes of {node}: \
             `{handler}` requires it"
        ),
        answer: "400 or 422, at times",
        steps,
    }
}
