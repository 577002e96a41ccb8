//! `method-changed`: the other build serves the path, but not for the form's method.

use super::advice::{Names, handler, kept};
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Level, Rule, Served, Submission,
};

pub(super) static RULE: Rule = Rule {
    name: "method-changed",
    level: Level::Deny,
    summary: "the other release serves the path, but not for the form's method",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The other release serves the path that a form posts to, but not for the form's
method. A node of that release answers 405 Method Not Allowed or 404 Not Found:
the framework decides.

This happens when a handler changes its method, say from POST to PUT, and when
the handler for one method is removed (or added) where another method has one:
the page is `GET /imports/csv`, its action `POST /imports/csv`.

Instead, serve both methods for a while:

1. Add the handler for the new method. Keep the one for the old method, and
   announce its end with `until`.
2. When every node runs that release, let the forms use the new method.
3. When the pages with the old method have expired, remove its handler.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    (submission.served() == Served::OtherMethods)
        .then(|| Finding::from_submission(&RULE, submission))
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    match finding.direction {
        Some(Direction::NewToOld) => vec![handler(finding)],
        Some(Direction::OldToNew) | None => kept(finding),
    }
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let (forms, handler) = (group.the_forms(), names.handler);
    let (method, path) = group.first().endpoint;
    let steps = if group.first().direction == Some(Direction::NewToOld) {
        names.add_then_use(
            format!("add the handler `{handler}`, but let no form use {method} {path} yet"),
            format!("let {forms} use {method}"),
        )
    } else {
        names.keep_then_remove(format!(
            "keep the handler `{handler}` for {method} {path}, which no form uses any longer, and \
             announce its end"
        ))
    };
    Explanation {
        headline: names.submissions("", "get 405 Method Not Allowed or 404 Not Found"),
        answer: Some("405 or 404"),
        steps,
    }
}
