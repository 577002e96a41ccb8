//! Feature flags: an item behind one that is off sends nothing and serves nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::registry::{Registry, check_name};

/// Which feature flags are off, and which are said to be on. A flag that is not named is on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flags(BTreeMap<String, bool>);

/// A flag and its state, as `NAME=on` or `NAME=off` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagState {
    /// The flag's name.
    pub name: String,
    /// Whether it is on.
    pub is_on: bool,
}

/// Why a text does not say the state of a flag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlagError {
    /// It has another form.
    #[error("expected a flag and its state, as in `new-checkout=on` or `new-checkout=off`")]
    Malformed,
    /// The name cannot be that of a flag.
    #[error("{0}")]
    Name(String),
}

impl FromStr for FlagState {
    type Err = FlagError;

    fn from_str(text: &str) -> Result<Self, FlagError> {
        let (name, state) = text.rsplit_once('=').ok_or(FlagError::Malformed)?;
        let is_on = is_on(state).ok_or(FlagError::Malformed)?;
        if name.is_empty() {
            return Err(FlagError::Malformed);
        }
        check_name("the flag", name).map_err(|error| FlagError::Name(error.to_string()))?;
        Ok(Self {
            name: name.to_owned(),
            is_on,
        })
    }
}

/// Reads the state of a flag: `on` or `off`.
pub(crate) fn is_on(state: &str) -> Option<bool> {
    match state {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

impl Flags {
    /// The flags of these states.
    pub(crate) fn new(states: BTreeMap<String, bool>) -> Self {
        Self(states)
    }

    /// Each flag that is named, by name, and whether it is on.
    pub fn states(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.iter().map(|(name, is_on)| (&**name, *is_on))
    }

    /// Whether no flag is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this flag is on.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.0.get(name).copied().unwrap_or(true)
    }

    /// The same flags, except for those that are stated.
    #[must_use]
    pub fn with(&self, stated: &[FlagState]) -> Self {
        let mut flags = self.clone();
        let stated = stated.iter();
        flags
            .0
            .extend(stated.map(|state| (state.name.clone(), state.is_on)));
        flags
    }

    /// The same flags, except for those that `others` name.
    #[must_use]
    pub fn overridden_by(&self, others: &Self) -> Self {
        let mut flags = self.clone();
        let others = others.states();
        flags
            .0
            .extend(others.map(|(name, is_on)| (name.to_owned(), is_on)));
        flags
    }

    /// What of a build sends and serves while the flags are in these states.
    #[must_use]
    pub fn awake(&self, mut registry: Registry) -> Registry {
        let is_awake = |flag: &Option<String>| flag.as_deref().is_none_or(|flag| self.is_on(flag));
        registry.handlers.retain(|handler| is_awake(&handler.flag));
        registry.forms.retain(|form| is_awake(&form.flag));
        registry
    }
}

impl fmt::Display for FlagState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, state_name(self.is_on))
    }
}

/// The flags that are named, each with its state: `a=on, b=off`.
impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, is_on)) in self.states().enumerate() {
            let comma = if position == 0 { "" } else { ", " };
            write!(f, "{comma}{name}={}", state_name(is_on))?;
        }
        Ok(())
    }
}

/// As an object, `{ "new-checkout": "off" }`.
impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.states().map(|(name, is_on)| (name, state_name(is_on))))
    }
}

impl<'de> Deserialize<'de> for Flags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let states = BTreeMap::<String, String>::deserialize(deserializer)?;
        let states = states.into_iter().map(|(name, state)| {
            let stated: Result<FlagState, _> = format!("{name}={state}").parse();
            stated.map(|stated| (stated.name, stated.is_on))
        });
        let states: Result<_, FlagError> = states.collect();
        states.map(Self).map_err(D::Error::custom)
    }
}

fn state_name(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

impl Registry {
    /// The names of the flags behind which its items are, each once, in order.
    #[must_use]
    pub fn flags(&self) -> Vec<&str> {
        let handlers = self.handlers.iter().map(|handler| &handler.flag);
        let forms = self.forms.iter().map(|form| &form.flag);
        let flags = handlers.chain(forms).filter_map(Option::as_deref);
        let mut flags: Vec<&str> = flags.collect();
        flags.sort_unstable();
        flags.dedup();
        flags
    }
}

#[cfg(test)]
mod tests {
    use super::{FlagState, Flags};

    #[test]
    fn a_flag_that_is_not_named_is_on() {
        let state: FlagState = "new-checkout=off".parse().unwrap();
        let flags = Flags::default().with(&[state]);
        assert!(!flags.is_on("new-checkout"));
        assert!(flags.is_on("other"));
        let again: FlagState = "new-checkout=on".parse().unwrap();
        assert!(flags.with(&[again]).is_on("new-checkout"));
    }

    #[test]
    fn flags_are_named_with_their_states() {
        let stated = |texts: &[&str]| {
            let states: Vec<FlagState> = texts.iter().map(|text| text.parse().unwrap()).collect();
            Flags::default().with(&states)
        };
        assert_eq!(stated(&["b=off", "a=on"]).to_string(), "a=on, b=off");
        assert!(stated(&[]).is_empty() && !stated(&["a=on"]).is_empty());
    }

    #[test]
    fn a_state_is_on_or_off() {
        for text in ["", "a", "a=", "=on", "a=On", "a=1", "a\u{1b}=on"] {
            assert!(text.parse::<FlagState>().is_err(), "{text:?}");
        }
        // What is after the last sign is the state.
        let state: FlagState = "a=b=on".parse().unwrap();
        assert_eq!((&*state.name, state.is_on), ("a=b", true));
    }
}
