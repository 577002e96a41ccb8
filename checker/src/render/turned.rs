//! What is said where feature flags are turned, and nothing is released.

use crate::model::{Finding, FlagState, Report, Step, Turn};
use crate::rules::explain_one;
use crate::support::text::enumerate;

/// What is done with the flags, after this verb: "`a` can be turned on", "`a` cannot be turned
/// off and `b` on".
pub(super) fn can_be(turn: &Turn, can: &str) -> String {
    let mut words = Vec::new();
    for (position, state) in turn.states().iter().enumerate() {
        let (flag, way) = (flag(state), way(state));
        words.push(match position {
            0 => format!("{flag} {can} be turned {way}"),
            _ => format!("{flag} {way}"),
        });
    }
    enumerate(&words, "and")
}

/// Turning the flags, as an infinitive: "turn `a` off and `b` on".
pub(super) fn to_turn(turn: &Turn, again: &str) -> String {
    let words = turn.states().iter();
    let words = words.map(|state| format!("{} {}", flag(state), way(state)));
    let words: Vec<String> = words.collect();
    format!("turn {}{again}", enumerate(&words, "and"))
}

/// What it would break to turn flags back.
pub(super) struct TurningBack {
    /// Whether it would break anything, as a line.
    pub(super) line: String,
    /// What, with the rule that says so.
    pub(super) broken: Vec<String>,
}

impl TurningBack {
    /// By the report that judges it; `None`: that turns no flag.
    pub(super) fn new(back: &Report<'_>) -> Option<Self> {
        let again = to_turn(back.turned?, " again");
        let broken = breaking(back).map(|finding| {
            let headline = explain_one(finding).headline;
            format!("{}: {headline}", finding.rule.name)
        });
        let broken: Vec<String> = broken.collect();
        let line = if broken.is_empty() {
            format!("to {again} would break nothing")
        } else {
            format!("to {again} would break pages that are open then:")
        };
        Some(Self { line, broken })
    }
}

/// What breaks where flags are turned.
pub(super) fn breaking<'a, 'r>(report: &'a Report<'r>) -> impl Iterator<Item = &'a Finding<'r>> {
    let findings = report.findings.iter();
    findings.filter(|finding| finding.rejects_pair())
}

/// What to do where open pages fail once flags are turned; nothing, where none are.
pub(super) fn advice(found: &[&Finding<'_>]) -> Option<Step> {
    let first = found.first()?;
    let turn = first.turned?;
    let sleeps = |finding: &&&Finding<'_>| {
        let flag = finding
            .page
            .handler
            .and_then(|handler| handler.flag.as_ref());
        flag.is_some_and(|flag| turn.states().iter().any(|state| state.name == *flag))
    };
    let ids = found.iter().filter(sleeps);
    let ids = ids.filter_map(|finding| Some(&*finding.page.handler?.id));
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let change = match ids[..] {
        [] => "release a build that takes what open pages send whether the flag is on or off"
            .to_owned(),
        [id] => format!(
            "release a build whose handler `{id}` is not behind the flag, so that it still serves \
             pages that are open"
        ),
        [id, ref others @ ..] => format!(
            "release a build whose handler `{id}` and {} more are not behind the flag, so that \
             they still serve pages that are open",
            others.len()
        ),
    };
    Some(Step {
        when: format!("Before you {}", to_turn(turn, "")),
        change,
        paste: None,
    })
}

fn flag(state: &FlagState) -> String {
    format!("`{}`", state.name)
}

fn way(state: &FlagState) -> &'static str {
    if state.is_on { "on" } else { "off" }
}
