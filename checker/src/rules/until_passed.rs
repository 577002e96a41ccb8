//! `until-passed`: an item is still there in the release in which it is announced to end.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "until-passed",
    level: Level::Deny,
    summary: "an item is still there in the release in which it is announced to end",
    doc: DOC,
    check: Check::Build(judge),
    subject: |_| Vec::new(),
    explain,
};

const DOC: &str = "\
An item of the new release is announced to end in this release, or in an earlier
one: `until = \"1.5.0\"` in a build of 1.5.0. An item is there in
`[since, until)`.

Remove the item if nothing needs it any longer: `coexist check` tells. Otherwise
announce a later end.

The compiler also reports this where it knows the version of the build. Only the
new release is checked.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let release = &side.registry.release.version;
    lifespan::found(&RULE, side.build(), |_, until| {
        until.is_some_and(|until| release.cmp_precedence(until).is_ge())
    })
}

/// The items are not named, so that one explanation is for all of them.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let version = group.node();
    let (items, are) = (group.items(), group.agree_items("is", "are"));
    let them = group.agree_items("it", "them");
    let their = group.agree_items("its", "their");
    Explanation {
        headline: format!("{items} of {version} {are} still there, but {their} `until` has passed"),
        answer: None,
        steps: vec![Step::new(
            version,
            format!(
                "remove {them} if no page that is still open needs {them}; otherwise set a later \
                 `until`"
            ),
        )],
    }
}
