//! `since-in-future`: an item has a `since` that is later than its release.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};
use crate::registry::Bound;

pub(super) static RULE: Rule = Rule {
    name: "since-in-future",
    level: Level::Deny,
    summary: "an item has a `since` that is later than its release",
    doc: DOC,
    check: Check::Build(judge),
    subject: |_| Vec::new(),
    explain,
};

const DOC: &str = "\
An item of the new release has a `since` that is later than this release:
`since = \"1.6.0\"` in a build of 1.5.0. What the compiler and `coexist` decide by
that version, they decide wrongly.

Write the version of this release, or `since = \"next\"` as long as that is not
known: `coexist stamp` fills it in. If the build states the wrong version
instead, see `coexist::release!()`, `COEXIST_RELEASE` and `--new-release`.

A pre-release, 1.6.0-rc.1, contains what appears in 1.6.0. Only the new release
is checked.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let release = &side.registry.release.version;
    lifespan::found(
        &RULE,
        side.build(),
        |since, _| matches!(since, Some(Bound::Version(since)) if lifespan::is_before(release, since)),
    )
}

/// The items are not named, so that one explanation is for all of them.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let version = group.node();
    let (items, have) = (group.items(), group.agree_items("has", "have"));
    Explanation {
        headline: format!("{items} of {version} {have} a `since` later than {version}"),
        answer: None,
        steps: vec![Step::new(
            version,
            "set `since` to the version of this release, or to `next` until that is known; if \
             the build states the wrong version, correct that instead",
        )],
    }
}
