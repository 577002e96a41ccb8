//! `[flags]`: which feature flags are off.

use std::collections::BTreeMap;

use super::document::{Section, check, text};
use super::error::Mistakes;
use super::values::flag_state;
use crate::model::Flags;

const NAME: &str = "flags";

pub(super) fn read(root: &Section<'_>, mistakes: &mut Mistakes<'_>) -> Flags {
    let mut states = BTreeMap::new();
    let Some(section) = root.section(NAME, mistakes) else {
        return Flags::default();
    };
    for (key, value) in section.entries() {
        let name = check(NAME, key.value, &key.at, mistakes);
        let state = text(value, key.value, "a state, \"off\"", mistakes)
            .and_then(|text| mistakes.ok(&text.at, flag_state(text.value)));
        if let (Some(()), Some(is_on)) = (name, state) {
            states.insert(key.value.to_owned(), is_on);
        }
    }
    Flags::new(states)
}
