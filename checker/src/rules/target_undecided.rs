//! `target-undecided`: a parameter in a form's path could mean endpoints of which the
//! other build lacks some.

use super::advice::Names;
use super::headline::Fate;
use crate::model::{Check, Explanation, Finding, Group, Level, Rule, Served, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "target-undecided",
    level: Level::Warn,
    summary: "a parameter in a form's path could mean several endpoints, not all of which are served",
    doc: DOC,
    check: Check::Submission(judge),
    subject: |_| Vec::new(),
    explain,
};

const DOC: &str = "\
The path of a form has a parameter, `/{kind}/import`, in a place where no route
has one: in the form's own release it means one of several endpoints,
`/csv/import` or `/json/import`. The other release serves some of these, but not
all. The annotation does not say which of them the form submits to.

List the endpoints one by one, `posts_to = [import_csv, import_json]`, and each
is checked by itself.

The same is reported where the other release limits a parameter, say to
numbers (`/items/{id:\\d+}`), and nothing says what pages put there. If all of
it fits the limit, waive the finding; if not, keep serving the rest as well.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    (submission.served() == Served::Some).then(|| Finding {
        is_undecided: true,
        ..Finding::from_submission(&RULE, submission)
    })
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let forms = group.the_forms();
    let (method, path) = group.first().endpoint;
    let headline = names.submissions(&Fate::answer("404 Not Found", false));
    let change =
        format!("list the endpoints of {forms} one by one in `posts_to`, then check again");
    Explanation {
        headline: format!(
            "{headline}: the nodes serve only some of the endpoints that {method} {path} matches"
        ),
        answer: Some("may fail with 404"),
        steps: vec![Step::within(names.this, change)],
    }
}
