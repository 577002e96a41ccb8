//! Feature flags that are turned in a build that runs, at once on all its nodes.

use semver::Version;

use super::flags::{FlagState, Flags};

/// The flags that are turned, each with the state that it gets: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn(Vec<FlagState>);

impl Turn {
    /// That one flag gets this state.
    #[must_use]
    pub fn to(state: FlagState) -> Self {
        Self(vec![state])
    }

    /// What is turned of these flags; `None`: each keeps its state.
    #[must_use]
    pub fn between(before: &Flags, after: &Flags, names: &[&str]) -> Option<Self> {
        let turned = names.iter().filter(|name| {
            let [before, after] = [before, after].map(|flags| flags.is_on(name));
            before != after
        });
        let states = turned.map(|name| FlagState {
            name: (*name).to_owned(),
            is_on: after.is_on(name),
        });
        let states: Vec<FlagState> = states.collect();
        (!states.is_empty()).then_some(Self(states))
    }

    /// The flags, each with the state that it gets.
    #[must_use]
    pub fn states(&self) -> &[FlagState] {
        &self.0
    }

    /// Turning the same flags back.
    #[must_use]
    pub fn back(&self) -> Self {
        let back = self.0.iter().map(|state| FlagState {
            is_on: !state.is_on,
            ..state.clone()
        });
        Self(back.collect())
    }

    /// What the build is called before and after.
    pub(crate) fn labels(&self, version: &Version) -> [String; 2] {
        [&self.back(), self].map(|turn| {
            let states: Vec<String> = turn.0.iter().map(ToString::to_string).collect();
            format!("{version} with {}", states.join(", "))
        })
    }
}
