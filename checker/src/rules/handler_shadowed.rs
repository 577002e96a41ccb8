//! `handler-shadowed`: a submission reaches another handler than in its own build.

use super::advice::{Names, handler};
use super::headline::Fate;
use crate::endpoint::{Outcome, Pattern};
use crate::model::{Check, Explanation, Finding, Group, Level, Rule, Step, Submission};
use crate::support::text::last_segment;

pub(super) static RULE: Rule = Rule {
    name: "handler-shadowed",
    level: Level::Warn,
    summary: "a submission reaches another handler than in the page's own release",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The other release serves the form's endpoint with another handler, at another
path: `/reports/{name}` served `/reports/new` until a handler for `/reports/new`
itself was added; or that one was removed, and now `/reports/{name}` serves its
requests. Whether the other handler does the same with these requests, only a
person can say.

A submission that is not a GET and that only a wider path takes, or the rest of
a path, has lost its handler: that is `handler-removed` or `handler-not-yet`.

Let the form use a path of its own, or make sure that both handlers do the right
thing with the form's requests until its pages have expired. If they do, waive
the finding.

A function that was moved or renamed, at the same path, does not count as
another handler. Nothing is reported for a parameter in the form's path,
`/reports/{name}`, whose value could be `new`.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let (Outcome::Served(own), Outcome::Served(there)) = (submission.own(), submission.there())
    else {
        return None;
    };
    let is_other = own.path != there.path
        && own.id != there.id
        && Pattern::parse(&own.path) != Pattern::parse(&there.path);
    is_other.then(|| Finding::from_submission(&RULE, submission))
}

/// The handler that the submission reaches, and its path.
fn other<'r>(finding: &Finding<'r>) -> (&'r str, &'r str) {
    let there = finding.node.handler;
    there.map_or(("another handler", ""), |handler| {
        (last_segment(&handler.id), &*handler.path)
    })
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let (other, path) = other(finding);
    vec![handler(finding), other.to_owned(), path.to_owned()]
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let (handler, page) = (names.handler, &names.page);
    let (other, path) = other(group.first());
    let (method, asked) = group.first().endpoint;
    let change = format!(
        "make sure that `{other}` handles these submissions the way `{handler}` does, or keep \
         `{handler}` at {method} {asked} until the pages of {page} have expired"
    );
    Explanation {
        headline: names.submissions(&Fate::new(format!(
            "reaches `{other}` ({path}) instead of `{handler}`"
        ))),
        answer: Some("reaches another handler"),
        steps: vec![Step::within(names.this, change)],
    }
}
