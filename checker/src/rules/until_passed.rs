//! `until-passed`: an item is still there in the release in which it was to be removed.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "until-passed",
    level: Level::Deny,
    summary: "an item is still there in the release in which it was to be removed",
    doc: DOC,
    check: Check::Build(judge),
    subject,
    explain,
};

const DOC: &str = "\
By its `until`, an item of the new release was to be removed in this release, or
in an earlier one: `until = \"1.5.0\"` in a build of 1.5.0. An item is there in
`[since, until)`.

Remove the item. If `coexist check` then reports open pages that submit to a
handler, restore it with a later `until`.

The compiler also reports this where it knows the version of the build. Only the
new release is checked.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let release = &side.registry.release.version;
    lifespan::found(&RULE, side.build(), |_, until| {
        until.is_some_and(|until| release.cmp_precedence(until).is_ge())
    })
}

/// What to do differs: a handler may still be needed.
fn subject(finding: &Finding<'_>) -> Vec<String> {
    let kind = if finding.page.form.is_some() {
        "form"
    } else {
        "handler"
    };
    vec![kind.to_owned()]
}

/// The `until` is only given of a single item, so that one explanation is for all of them.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let version = group.node();
    let (items, are) = (group.items(), group.agree_items("is", "are"));
    let them = group.agree_items("it", "them");
    let but = match group.only().and_then(lifespan::until) {
        Some(until) => format!("has `until = \"{until}\"`"),
        None => format!(
            "the `until` of {} has passed",
            group.agree_items("this item", "these items")
        ),
    };
    let change = if group.first().page.form.is_some() {
        format!("remove {them}, or set a later `until`")
    } else {
        format!(
            "remove {them}. If `coexist check` then reports open pages that submit to {them}, \
             restore {them} with a later `until`"
        )
    };
    Explanation {
        headline: format!("{items} {are} still in {version}, but {but}"),
        answer: None,
        steps: vec![Step::within(version, change)],
    }
}
