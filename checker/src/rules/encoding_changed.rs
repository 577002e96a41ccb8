//! `encoding-changed`: the handler of the other build reads another encoding.

use super::advice::{Dropping, Names, reached};
use super::headline::Fate;
use crate::model::{
    Check, Direction, Explanation, Finding, Group, Level, Request, Rule, Step, Submission,
};
use crate::registry::Encoding;

pub(super) static RULE: Rule = Rule {
    name: "encoding-changed",
    level: Level::Deny,
    summary: "the handler of the other release reads another encoding than the form sends",
    doc: DOC,
    check: Check::Submission(judge),
    subject,
    explain,
};

const DOC: &str = "\
The handler of the other release reads another encoding than the form sends:
JSON instead of a form's body, `multipart/form-data` instead of
`application/x-www-form-urlencoded`. A node of that release answers 415
Unsupported Media Type or 400 Bad Request.

This happens when a form gets a file input (and with it `multipart`), and when a
form is replaced by a script that sends JSON.

Instead, let the handler read both encodings for a while, or serve the new
encoding at a path of its own:

1. Read both encodings. The form still sends the old one.
2. Once every node runs that release, let the form send the new encoding.
3. Once the pages with the old form have expired, read only the new encoding.

A form that declares no encoding sends the one that the handler of its own
release reads.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    match *submission.request() {
        Request::Encoding { is_undecided, .. } => Some(Finding {
            is_undecided,
            ..Finding::from_submission(&RULE, submission).between(
                submission.first_pair(|request| matches!(request, Request::Encoding { .. })),
            )
        }),
        _ => None,
    }
}

/// The encoding that the handler reads, and the one that the form sends.
fn encodings(finding: &Finding<'_>) -> [&'static str; 2] {
    let read = finding.node.handler.and_then(|handler| handler.encoding);
    let own = finding.page.handler.and_then(|handler| handler.encoding);
    let sent = finding.page.form.and_then(|form| form.encoding).or(own);
    [read, sent].map(|encoding| encoding.map_or("another encoding", Encoding::name))
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let [read, sent] = encodings(finding);
    let plan = if has_three_steps(finding) { "3" } else { "2" };
    vec![
        reached(finding),
        read.to_owned(),
        sent.to_owned(),
        plan.to_owned(),
    ]
}

/// Whether the form also fails the other way: or may, where that is not sure.
fn has_three_steps(finding: &Finding<'_>) -> bool {
    finding.fails_both_ways || finding.is_undecided
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let names = Names::new(group);
    let [read, sent] = encodings(group.first());
    let (method, path) = group.first().endpoint;
    let (forms, handler) = (group.the_forms(), names.reached);
    let form_sends = group.agree("the form sends", "the forms send");
    Explanation {
        headline: format!(
            "{}: {form_sends} {sent}, but `{handler}` reads {read}",
            names.submissions(&Fate::answer(
                "415 Unsupported Media Type or 400 Bad Request",
                !group.first().is_undecided,
            ))
        ),
        answer: Some(if group.first().is_undecided {
            "may fail with 415 or 400"
        } else {
            "fails with 415 or 400"
        }),
        steps: steps(&names, [read, sent], &forms, &format!("{method} {path}")),
    }
}

/// One plan for both directions: what the old release sends and reads, then both, then what
/// the new release does.
fn steps(names: &Names<'_, '_>, [read, sent]: [&str; 2], forms: &str, endpoint: &str) -> Vec<Step> {
    let finding = names.group.first();
    let (old, new) = match finding.direction {
        Some(Direction::NewToOld) => (read, sent),
        Some(Direction::OldToNew) | None => (sent, read),
    };
    let accept = format!("read both {old} and {new} at {endpoint}");
    let has_three_steps = has_three_steps(finding);
    let wait = if has_three_steps {
        format!("{accept}, and leave {forms} unchanged")
    } else {
        format!("{accept}, but do not use {new} in {forms} yet")
    };
    let mut steps = names.accept_first(
        Dropping {
            keep: accept,
            change_form: Some(format!("let {forms} send {new}")),
            then: format!("read only {new}"),
        },
        [wait, format!("let {forms} send {new}")],
    );
    let is_new_to_old = finding.direction == Some(Direction::NewToOld);
    if is_new_to_old && has_three_steps && names.cross_app.is_none() {
        steps.push(names.in_third(format!("read only {new}")));
    }
    steps
}
