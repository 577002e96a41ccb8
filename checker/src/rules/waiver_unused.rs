//! `waiver-unused`: a waiver is for nothing that is found.

use crate::model::{Check, Detail, Explanation, Finding, Level, Rule, Step, WaiverUse};

pub(super) static RULE: Rule = Rule {
    name: "waiver-unused",
    level: Level::Warn,
    summary: "a waiver is for nothing that is found",
    doc: DOC,
    check: Check::Waiver(judge),
    words,
};

const DOC: &str = "\
A waiver of the policy is for nothing that is found. What it let pass once is
mended, or released; or its endpoint or its form is misspelt, and it never let
anything pass.

A waiver that stays lets the same fault pass when somebody makes it again, with
a reason that was given for another release. Take it out of `coexist.toml`, or
correct it: the rule, the method and the form are those of the finding, and so
is the path, but for the names of its parameters.

Said of the policy, if the two builds differ and the waiver's rule is judged at
all. It cannot be waived itself; its level is set in [rules].
";

fn judge(state: &WaiverUse<'_>) -> bool {
    state.is_judged && !state.is_matched && !state.is_expired
}

fn words(finding: &Finding<'_>) -> Explanation {
    let (method, path) = finding.endpoint;
    let what = match finding.detail {
        Detail::Waiver(waiver) => {
            let rule = waiver.rule;
            let form = waiver.form.as_ref();
            let form = form.map_or_else(String::new, |form| format!(" from `{form}`"));
            format!("the waiver of `{rule}` for {method} {path}{form}")
        }
        _ => format!("a waiver for {method} {path}"),
    };
    Explanation {
        headline: format!("{what} is for nothing that is found"),
        answer: "what it would without a waiver",
        steps: vec![Step::new(
            finding.node_name(),
            "take the waiver out, or correct what it is for",
        )],
    }
}
