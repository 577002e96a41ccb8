//! `waiver-unused`: a waiver matches no finding.

use super::advice::endpoint;
use crate::model::{
    Check, Detail, Explanation, Finding, Group, Level, POLICY_FILE, Rule, Step, WaiverUse,
};

pub(super) static RULE: Rule = Rule {
    name: "waiver-unused",
    level: Level::Warn,
    summary: "a waiver matches no finding",
    doc: DOC,
    check: Check::Waiver(judge),
    subject,
    explain,
};

const DOC: &str = "\
A waiver of the policy matches no finding. What it once accepted is fixed or
released; or its endpoint or its form is misspelt, and it never matched.

A waiver that stays accepts the same mistake when somebody makes it again, with
a reason that was given for another release. Remove it from `coexist.toml`, or
correct it: rule, method and form must be those of the finding, and so must the
path, except for the names of its parameters.

This is checked if the two builds differ and the waiver's rule is judged at all.
It cannot be waived itself; its level is set in [rules].
";

fn judge(state: &WaiverUse<'_>) -> bool {
    state.is_judged && !state.is_matched && !state.is_expired
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = vec![endpoint(finding)];
    if let Detail::Waiver(waiver) = finding.detail {
        subject.push(waiver.rule.to_owned());
        subject.extend(waiver.form.clone());
    }
    subject
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let finding = group.first();
    let (method, path) = finding.endpoint;
    let waiver = match finding.detail {
        Detail::Waiver(waiver) => {
            let rule = waiver.rule;
            let form = waiver.form.as_ref();
            let form = form.map_or_else(String::new, |form| format!(" from `{form}`"));
            format!("the waiver of `{rule}` for {method} {path}{form}")
        }
        _ => format!("a waiver for {method} {path}"),
    };
    Explanation {
        headline: format!("{waiver} matches no finding"),
        answer: None,
        steps: vec![Step::within(
            POLICY_FILE,
            "remove the waiver, or correct its rule, endpoint or form",
        )],
    }
}
