//! `waiver-expired`: a waiver has expired.

use super::advice::endpoint;
use crate::model::{
    Check, Detail, Expiry, Explanation, Finding, Group, Level, POLICY_FILE, Rule, Step, WaiverUse,
};

pub(super) static RULE: Rule = Rule {
    name: "waiver-expired",
    level: Level::Warn,
    summary: "a waiver has expired: its finding is reported again",
    doc: DOC,
    check: Check::Waiver(judge),
    subject,
    explain,
};

const DOC: &str = "\
A waiver of the policy has expired and no longer applies: its date has come (in
UTC), or the new release is the one that it names, or a later one.

A waiver accepts one finding, with a reason. It expires, so that a reason that
held once is asked for again:

    [[waivers]]
    rule = \"handler-removed\"
    endpoint = \"POST /imports/csv\"
    reason = \"support calls those three customers\"
    expires = 2026-12-24

Remove it from `coexist.toml`. If the reason still holds, set a later `expires`.

This is checked if the two builds differ. It cannot be waived itself; its level
is set in [rules].
";

fn judge(state: &WaiverUse<'_>) -> bool {
    state.is_expired
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = vec![endpoint(finding)];
    if let Detail::Waiver(waiver) = finding.detail {
        subject.extend([waiver.rule.to_owned(), waiver.expires.to_string()]);
    }
    subject
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let finding = group.first();
    let (method, path) = finding.endpoint;
    let headline = match finding.detail {
        Detail::Waiver(waiver) => {
            let (rule, end) = (waiver.rule, &waiver.expires);
            let preposition = match end {
                Expiry::Date(_) => "on",
                Expiry::Version(_) => "with",
            };
            format!("the waiver of `{rule}` for {method} {path} expired {preposition} {end}")
        }
        _ => format!("a waiver for {method} {path} has expired"),
    };
    Explanation {
        headline,
        answer: None,
        steps: vec![Step::within(
            POLICY_FILE,
            "remove the waiver, or set a later `expires` if its reason still holds",
        )],
    }
}
