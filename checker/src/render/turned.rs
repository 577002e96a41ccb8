//! What is said where feature flags are turned, and nothing is released.

use crate::model::{Finding, FlagState, Step, Turn};
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
