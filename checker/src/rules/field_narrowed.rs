//! `field-narrowed`: the handler of the other build takes fewer values than the form's
//! own one.

use super::advice::Names;
use super::fields;
use crate::endpoint::unnamed;
use crate::model::{
    Check, Direction, Explanation, Fault, FaultKind, Finding, Level, Rule, Step, Submission,
};
use crate::registry::Form;

pub(super) static RULE: Rule = Rule {
    name: "field-narrowed",
    level: Level::Deny,
    summary: "the other release does not take a value that the form may send, and its own does",
    doc: DOC,
    check: Check::Submission(judge),
    words,
};

const DOC: &str = "\
The form may send a value that the handler of its own release takes, and that of
the other release does not: another type, a smaller range, fewer choices, one
value instead of several. A node of that release answers 422 Unprocessable
Content, or 400.

It happens when a type gets narrower, when a variant of an enum goes, and, the
other way round, when a form offers a new choice in the same release in which
the handler begins to take it.

Instead, what goes takes two releases: first the form no longer offers it, then,
when its pages have expired, the handler no longer takes it. So does what comes:
first the handler takes it, then, when every node does, the form offers it.

It is a warning, *undecided*, where one of the types declares nothing: derive
`Fields` for it, and it is judged. It is a warning, too, where only the handler
changes, and the new one takes more: a form that is the same in both releases
invites nobody to send what the old one refuses, and would be refused as before.
";

fn judge<'r>(submission: &Submission<'_, 'r>) -> Option<Finding<'r>> {
    let mut finding = fields::found(&RULE, submission, |kind| {
        matches!(
            kind,
            FaultKind::Value { .. } | FaultKind::Several | FaultKind::One
        )
    })?;
    finding.is_undecided |= is_as_before(&finding);
    Some(finding)
}

/// Whether the old release has the same form, with this endpoint: what it refuses of it,
/// it refuses of its own pages, too. No order of releases would change that.
fn is_as_before(finding: &Finding<'_>) -> bool {
    let Some(form) = finding.page.form else {
        return false;
    };
    let (method, path) = finding.endpoint;
    let sends_there = |old: &Form| {
        let mut targets = old.posts_to.iter();
        targets.any(|target| target.method == method && unnamed(&target.path) == unnamed(path))
    };
    let is_same =
        |old: &Form| old.fields == form.fields && old.encoding == form.encoding && sends_there(old);
    finding.direction == Some(Direction::NewToOld)
        && finding.node.registry.form(&form.id).is_some_and(is_same)
}

fn words(finding: &Finding<'_>) -> Explanation {
    let names = Names::of(finding);
    let (form, handler, page, node) = (names.form, names.there, &names.page, &names.node);
    let fields = fields::names(finding);
    let why = fields::faults(finding)
        .first()
        .map_or_else(String::new, why);
    if is_as_before(finding) {
        return Explanation {
            headline: format!(
                "who submits `{form}` of {page} may be refused by nodes of {node} for {fields}, as \
                 before: {why}"
            ),
            answer: "400 or 422, by the value",
            steps: vec![Step::new(
                &names.this,
                format!(
                    "nothing, if people go on to send what they always sent; if `{form}` invites \
                     them to send more, let it do so when every node runs {}",
                    names.this
                ),
            )],
        };
    }
    if finding.is_undecided {
        let this = &names.this;
        let declare = format!(
            "declare what the type of {fields} takes, by `#[derive(Fields)]`, in the form, too, then ask again"
        );
        return Explanation {
            headline: format!(
                "`{handler}` of {node} may refuse what `{form}` of {page} sends as {fields}: {why}"
            ),
            answer: "perhaps 400 or 422",
            steps: vec![Step::new(this, declare)],
        };
    }
    let steps = names.accept_first(
        finding,
        [
            format!("let `{form}` send less as {fields}; `{handler}` still takes all of it"),
            format!("let `{handler}` take no more than that"),
        ],
        [
            format!("let `{handler}` take more as {fields}; `{form}` does not send it yet"),
            format!("let `{form}` send it"),
        ],
    );
    Explanation {
        headline: format!(
            "who submits `{form}` of {page} may be refused by nodes of {node} for {fields}: {why}"
        ),
        answer: "400 or 422, by the value",
        steps,
    }
}

/// What is wrong with the first field.
fn why(fault: &Fault) -> String {
    match &fault.kind {
        FaultKind::Several => "it may be there several times, and one is taken".to_owned(),
        FaultKind::One => "it is one value, and a list is taken".to_owned(),
        FaultKind::Value {
            taken,
            example: Some(example),
            ..
        } if !fault.is_undecided => {
            let taken = fields::value(taken);
            format!("\"{example}\" may be sent, and {taken} is taken")
        }
        FaultKind::Value { sent, taken, .. } => {
            let (sent, taken) = (fields::value(sent), fields::value(taken));
            format!("{sent} is sent, and {taken} is taken")
        }
        _ => String::new(),
    }
}
