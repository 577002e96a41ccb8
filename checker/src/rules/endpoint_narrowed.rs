//! `endpoint-narrowed`: the handler of the other build accepts only some requests.

use super::advice::{Names, reached};
use crate::endpoint::Outcome;
use crate::model::{Check, Explanation, Finding, Group, Level, Rule, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-narrowed",
    level: Level::Warn,
    summary: "the handler of the other release accepts only some of the requests to its endpoint",
    doc: DOC,
    check: Check::Submission(judge),
    subject: |finding| vec![reached(finding)],
    explain,
};

const DOC: &str = "\
The handler of the page's own release accepts every request to its endpoint. The
handler of the other release accepts only some of them: a regular expression in
its path, a guard or a rank decides (`/x/{id:\\d+}` of actix-web, `rank = 2` of
Rocket). The annotations do not say whether it accepts what the form sends; what
it does not accept gets 404 Not Found.

Keep the wider route until the pages that use it have expired. If the form sends
nothing that the narrower route excludes, waive the finding.

Where several handlers share the endpoint, each that could take the request is
judged. What only some of them reject is undecided.
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

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let (forms, handler) = (group.the_forms(), names.reached);
    let send = group.agree("sends", "send");
    let headline = names.submissions("", "may get 404 Not Found");
    Explanation {
        headline: format!(
            "{headline}: there, `{handler}` accepts only some of the requests to its path"
        ),
        answer: Some("possibly 404 Not Found"),
        steps: vec![Step::new(
            &names.this,
            format!(
                "make sure that `{handler}` accepts every request that {forms} {send}, or keep \
                 the wider route"
            ),
        )],
    }
}
