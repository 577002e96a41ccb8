//! `handler-not-yet`: pages of the new build submit to an endpoint that the old build lacks.

use super::advice::{Names, handler};
use super::astray;
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Holds, Level, Rule, Served, Submission,
};

pub(super) static RULE: Rule = Rule {
    name: "handler-not-yet",
    level: Level::Deny,
    summary: "a form of the new release submits to an endpoint that the old release does not serve yet",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
A form of the new release submits to an endpoint that the old release does not
serve yet.

During the rollout, people get the new page from one node and submit it to
another, which still runs the old release. That node answers 404 Not Found.

This happens when a form is added in the same release as its handler.

Instead, take two releases:

1. Add the handler, without the form.
2. Once every node runs that release, add the form.

If the old release has the endpoint, and only the annotation is new, `coexist`
cannot see it there: annotate handlers a release before their forms, or waive
the finding for this release.
";

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = vec![handler(finding)];
    subject.extend(astray::subject(finding));
    subject
}

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let is_missing =
        submission.direction == Direction::NewToOld && submission.served() == Served::None;
    is_missing.then(|| Finding {
        detail: astray::detail(submission),
        ..Finding::from_submission(&RULE, submission)
    })
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let the_forms = group.the_forms();
    let [handler, endpoint] = nouns(&names);
    let known = group.holds(|finding| {
        let form = finding.page.form.map_or("", |form| &form.id);
        finding.node.registry.form(form).is_some() || finding.crossing.is_some()
    });
    let headline = match known {
        Holds::Nowhere => names.new_submissions(&astray::fail(group.first())),
        Holds::Partly | Holds::Everywhere => names.submissions(&astray::fail(group.first())),
    };
    let (later, then) = match known {
        Holds::Nowhere => (
            format!("but not {the_forms} yet"),
            format!("add {the_forms}"),
        ),
        Holds::Partly => (
            format!("but do not use it in {the_forms} yet"),
            format!("let {the_forms} submit to {endpoint}"),
        ),
        Holds::Everywhere => (
            format!("and leave {the_forms} unchanged"),
            format!("let {the_forms} submit to {endpoint}"),
        ),
    };
    let add = format!("add {handler}, {later}");
    Explanation {
        headline,
        answer: Some(astray::answer(group.first())),
        steps: names.add_then_use(add, then),
    }
}

/// The handlers to add, and where the forms then submit to.
fn nouns(names: &Names<'_, '_>) -> [String; 2] {
    if names.group.is_of_several_endpoints() {
        return [names.group.these_handlers(), "them".to_owned()];
    }
    let (method, path) = names.group.first().endpoint;
    let endpoint = format!("{method} {path}");
    [
        format!("the handler `{}` for {endpoint}", names.handler),
        endpoint,
    ]
}
