//! `endpoint-narrowed`: the handler of the other build accepts only some requests.

use super::advice::{Names, reached};
use super::headline::Fate;
use crate::endpoint::Outcome;
use crate::model::{Check, Explanation, Finding, Group, Level, Rule, Step, Submission};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-narrowed",
    level: Level::Warn,
    summary: "the handler of the other release serves only some of the requests to its endpoint",
    doc: DOC,
    check: Check::Submission(judge),
    subject: |finding| vec![reached(finding)],
    explain,
};

const DOC: &str = "\
The handler of the page's own release serves every request to its endpoint. The
handler of the other release serves only some of them: a regular expression in
its path, a guard or a rank decides (`/x/{id:\\d+}` of actix-web, `rank = 2` of
Rocket). The annotations do not say whether it serves what the form sends; what
it does not serve fails with 404 Not Found.

Keep the wider endpoint until the pages that use it have expired. If the form
sends nothing that the narrower endpoint excludes, waive the finding.

Where several handlers share the endpoint, each that could take the request is
judged. What only some of them reject is undecided.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let (Outcome::Served(own), Outcome::Served(there)) = (submission.own(), submission.there())
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
    let headline = names.submissions(&Fate::answer("404 Not Found", false));
    Explanation {
        headline: format!(
            "{headline}: there, `{handler}` serves only some of the requests to its path"
        ),
        answer: Some("may fail with 404"),
        steps: vec![Step::within(
            &names.this,
            format!(
                "make sure that `{handler}` serves every request that {forms} {send}, or keep the \
                 wider endpoint"
            ),
        )],
    }
}
