//! `method-changed`: the other build serves the path, but not for the form's method.

use super::advice::{Names, Removing, handler, kept};
use super::headline::Fate;
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Holds, Level, Rule, Served, Submission,
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
The other release serves the path that a form submits to, but not for the form's
method. A node of that release answers 405 Method Not Allowed or 404 Not Found:
the framework decides.

This happens when a handler changes its method, say from POST to PUT, and when
the handler for one method is removed (or added) where another method has one:
the page is `GET /imports/csv`, its action `POST /imports/csv`.

Instead, serve both methods for a while:

1. Add a handler for the new method, and keep the one for the old method. The
   forms still use the old method.
2. Once every node runs that release, let the forms use the new method, and
   announce the removal of the handler for the old method with `until`.
3. Once the pages with the old method have expired, remove that handler.
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
    let forms = group.the_forms();
    let (method, path) = group.first().endpoint;
    let steps = if group.first().direction == Some(Direction::NewToOld) {
        let add = if group.is_of_several_endpoints() {
            group.these_handlers()
        } else {
            format!("a handler for {method} {path}")
        };
        names.add_then_use(
            format!(
                "add {add}, but do not use {} in any form yet",
                group.agree_endpoints()
            ),
            // The forms may be new, or have used another method before.
            format!("use {} in {forms}", group.agree_endpoints()),
        )
    } else {
        let keep = names.keep();
        names.keep_then_remove(Removing {
            at_once: match names.forms_in_new() {
                Holds::Nowhere => keep,
                Holds::Partly | Holds::Everywhere => format!(
                    "{keep}, although {forms} no longer {} {}",
                    group.agree("uses", "use"),
                    group.agree_endpoints()
                ),
            },
            change_form: match names.forms_in_new() {
                Holds::Nowhere => format!("remove {forms}"),
                Holds::Partly => format!("remove {forms} or let them use another method"),
                Holds::Everywhere => format!("let {forms} use the new method"),
            },
        })
    };
    Explanation {
        headline: names.submissions(&Fate::answer(
            "405 Method Not Allowed or 404 Not Found",
            true,
        )),
        answer: Some("fails with 405 or 404"),
        steps,
    }
}
