//! `endpoint-narrowed`: a handler of the other build takes only some of the requests.

use super::advice::Names;
use crate::endpoint::Outcome;
use crate::model::{Check, Explanation, Finding, Level, Rule, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-narrowed",
    level: Level::Warn,
    summary: "the handler of the other release takes only some of the requests of its endpoint",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The handler of the page's own release takes every request of its endpoint. That
of the other release takes only some: a regular expression in its path, a guard
or a rank decides (`/x/{id:\\d+}` of actix-web, `rank = 2` of Rocket). Whether
it takes what the form sends, the annotations do not say; what it leaves, it
answers with 404 Not Found.

Keep the wider route until the pages that use it have expired. If the form sends
nothing that the narrower one leaves, waive it.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let (Outcome::Served(own), Outcome::Served(there)) = (&submission.own, &submission.there)
    else {
        return None;
    };
    (!own.partial && there.partial).then(|| Finding {
        is_undecided: true,
        ..Finding::from_submission(&RULE, submission)
    })
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    Explanation {
        headline: format!(
            "`{handler}` of {node} may not take what `{form}` of {page} sends: it takes only some \
             requests of its path"
        ),
        answer: "perhaps 404 Not Found",
        steps: vec![Step::new(
            &names.this,
            format!(
                "see that `{handler}` takes every request that `{form}` sends, or keep the wider route"
            ),
        )],
    }
}
