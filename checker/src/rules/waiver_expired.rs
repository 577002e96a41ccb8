//! `waiver-expired`: a waiver lets nothing pass any longer.

use crate::model::{Check, Detail, Expiry, Explanation, Finding, Level, Rule, Step, WaiverUse};

pub(super) static RULE: Rule = Rule {
    name: "waiver-expired",
    level: Level::Warn,
    summary: "a waiver has ended: what it let pass is judged again",
    doc: DOC,
    check: Check::Waiver(judge),
    words,
};

const DOC: &str = "\
A waiver of the policy has ended, and lets nothing pass any longer: its day has
come (in UTC), or the new release is the one that it names, or a later one.

A waiver says that somebody answers for one finding, and why. It ends, so that
a reason that held once is asked for again:

    [[waivers]]
    rule = \"handler-removed\"
    endpoint = \"POST /imports/csv\"
    reason = \"support calls those three customers\"
    expires = 2026-12-24

Take it out of `coexist.toml`. If the reason still holds, give it a later end.

Said of the policy, if the two builds differ. It cannot be waived itself; its
level is set in [rules].
";

fn judge(state: &WaiverUse<'_>) -> bool {
    state.is_expired
}

fn words(finding: &Finding<'_>) -> Explanation {
    let (method, path) = finding.endpoint;
    let what = match finding.detail {
        Detail::Waiver(waiver) => {
            let (rule, end) = (waiver.rule, &waiver.expires);
            let preposition = match end {
                Expiry::Date(_) => "on",
                Expiry::Version(_) => "with",
            };
            format!("the waiver of `{rule}` for {method} {path} ended {preposition} {end}")
        }
        _ => format!("a waiver for {method} {path} has ended"),
    };
    Explanation {
        headline: what,
        answer: "what it would without a waiver",
        steps: vec![Step::new(
            finding.node_name(),
            "take the waiver out; if its reason still holds, give it a later end",
        )],
    }
}
