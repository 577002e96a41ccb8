//! `[rules]`: how much each rule weighs.

use std::collections::BTreeMap;

use super::document::{Section, text};
use super::error::Mistakes;
use super::values::level;
use crate::model::Level;
use crate::rules;

pub(super) fn read(
    root: &Section<'_>,
    mistakes: &mut Mistakes<'_>,
) -> BTreeMap<&'static str, Option<Level>> {
    let mut levels = BTreeMap::new();
    let Some(section) = root.section("rules", mistakes) else {
        return levels;
    };
    for (key, value) in section.entries() {
        if mistakes.counts_only() && rules::find(key.value).is_none() {
            mistakes.say(&key.at, "");
            continue;
        }
        let rule = mistakes.ok(&key.at, rules::named(key.value));
        let level = text(value, key.value, "a level, \"deny\"", mistakes)
            .and_then(|text| mistakes.ok(&text.at, level(text.value)));
        if let (Some(rule), Some(level)) = (rule, level) {
            levels.insert(rule.name, level);
        }
    }
    levels
}
