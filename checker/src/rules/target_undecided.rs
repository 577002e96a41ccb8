//! `target-undecided`: a hole in a form's path could mean endpoints of which the
//! other build lacks some.

use super::advice::Names;
use crate::model::{Check, Explanation, Finding, Level, Rule, Served, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "target-undecided",
    level: Level::Warn,
    summary: "a hole in a form's path could mean several endpoints, not all of them served",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The path of a form has a hole, `/{kind}/import`, that no parameter of a route
takes: in the form's own release it means one of several endpoints,
`/csv/import` or `/json/import`. The other release serves some of these, but
not all. Which of them the form sends to, its annotation does not say.

State the endpoints one by one, `posts_to = [import_csv, import_json]`, and
each is judged for itself.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    (submission.served() == Served::Some).then(|| Finding {
        is_undecided: true,
        ..Finding::from_submission(&RULE, submission)
    })
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let form = names.form;
    let (page, node) = (finding.page_name(), finding.node_name());
    let change = format!("name the endpoints of `{form}` one by one in `posts_to`, then ask again");
    Explanation {
        headline: format!("`{form}` of {page} may post to an endpoint that {node} does not have"),
        answer: "perhaps 404 Not Found",
        steps: vec![Step::new(names.this, change)],
    }
}
