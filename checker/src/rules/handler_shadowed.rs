//! `handler-shadowed`: a submission reaches another handler than in its own build.

use super::advice::{Names, short};
use crate::endpoint::{Outcome, Pattern};
use crate::model::{Check, Explanation, Finding, Level, Rule, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "handler-shadowed",
    level: Level::Warn,
    summary: "the submission reaches another handler than in the page's own release",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The form's endpoint is served by the other release, but by another handler, at
another path: `/reports/{name}` took `/reports/new` until a handler for
`/reports/new` itself appeared, or that one went, and `/reports/{name}` takes
its requests now. Whether it does the same with them, only a person can say.

Let the form use a path of its own, or let both handlers do the right thing with
the form's requests until its pages have expired. If they do, waive it.

A function that moved, or has another name, at the same path is no other
handler. Nor is anything said of a hole, `/reports/{name}`, whose value could be
`new`.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let (Outcome::Served(own), Outcome::Served(there)) = (&submission.own, &submission.there)
    else {
        return None;
    };
    let is_other = own.path != there.path
        && own.id != there.id
        && Pattern::parse(&own.path) != Pattern::parse(&there.path);
    is_other.then(|| Finding::from_submission(&RULE, submission))
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let Names { form, handler, .. } = names;
    let (page, node) = (finding.page_name(), finding.node_name());
    let there = finding.node.handler;
    let (other, path) = there.map_or(("another handler", ""), |handler| {
        (short(&handler.id), &*handler.path)
    });
    let change = format!(
        "see that `{other}` does with this request what `{handler}` does, or keep `{handler}` \
         reachable until the pages of {page} have expired"
    );
    Explanation {
        headline: format!(
            "what `{form}` of {page} sends to `{handler}` arrives at `{other}` ({path}) on nodes \
             of {node}"
        ),
        answer: "served by another handler",
        steps: vec![Step::new(names.this, change)],
    }
}
