//! `method-changed`: the path is there, but not for the form's method.

use super::advice::Names;
use crate::model::{Check, Direction, Explanation, Finding, Level, Rule, Served, Submission};

pub(super) static RULE: Rule = Rule {
    name: "method-changed",
    level: Level::Deny,
    summary: "the path is served, but not for the form's method",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The path that a form posts to is served by the other release, but not for the
form's method. A node of that release answers 405 Method Not Allowed, or 404:
the framework decides.

It happens when a handler moves from one method to another, say from POST to
PUT, and when the handler of one method is deleted (or added) beside that of
another: the page is `GET /imports/csv`, its action `POST /imports/csv`.

Instead, serve both methods for a while:

1. Add the handler for the new method; keep the one for the old method, and
   announce its end with `until`.
2. When every node runs that release, let the forms use the new method.
3. When the pages with the old method have expired, take out its handler.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    (submission.served() == Served::OtherMethods)
        .then(|| Finding::from_submission(&RULE, submission))
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let Names { form, handler, .. } = names;
    let (method, path) = finding.endpoint;
    let (page, node) = (finding.page_name(), finding.node_name());
    let steps = if finding.direction == Some(Direction::NewToOld) {
        names.add_then_use(
            finding,
            format!("add the handler `{handler}`, let no form use {method} {path} yet"),
            format!("let the form `{form}` use {method}"),
        )
    } else {
        let change = format!(
            "keep the handler `{handler}` for {method} {path} and announce its end; no form uses it"
        );
        names.keep_then_remove(finding, change)
    };
    Explanation {
        headline: format!(
            "whoever submits `{form}` of {page} gets 405 Method Not Allowed, or 404, from nodes of {node}"
        ),
        answer: "405 or 404",
        steps,
    }
}
