//! `[rollout]`: who can meet whom.

use super::document::Section;
use super::error::Mistakes;
use super::values::{length, strategy, unlinked_pages};
use crate::model::Policy;

const NAME: &str = "rollout";

pub(super) fn read(root: &Section<'_>, policy: &mut Policy, mistakes: &mut Mistakes<'_>) {
    let Some(section) = root.section(NAME, mistakes) else {
        return;
    };
    section.check_keys(
        &["page-lifetime", "rollback", "strategy", "unlinked-pages"],
        mistakes,
    );
    if let Some(text) = section.text("strategy", "a name, \"rolling\"", mistakes)
        && let Some(rollout) = mistakes.ok(&text.at, strategy(text.value))
    {
        policy.rollout = rollout;
    }
    if let Some(text) = section.text("page-lifetime", "a length of time, \"24h\"", mistakes)
        && let Some(lifetime) = mistakes.ok(&text.at, length(text.value))
    {
        policy.page_lifetime = lifetime;
    }
    if let Some(text) = section.text("unlinked-pages", "a name, \"ignore\"", mistakes)
        && let Some(unlinked_pages) = mistakes.ok(&text.at, unlinked_pages(text.value))
    {
        policy.unlinked_pages = unlinked_pages;
    }
    if let Some(rollback) = section.boolean("rollback", mistakes) {
        policy.rollback = rollback;
    }
}
