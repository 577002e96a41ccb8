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

/// The `since` is only given of a single item, so that one explanation is for all of them.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let release = group.node();
    let mut version = group.first().node_release().version.clone();
    // `since` takes none.
    version.build = semver::BuildMetadata::EMPTY;
    let (items, has) = (group.items(), group.agree_items("has", "have"));
    let headline = match group.only().and_then(lifespan::since) {
        Some(since) => format!(
            "{items} has `since = \"{since}\"`, which is later than this release, {release}"
        ),
        None => format!("{items} {has} a `since` that is later than this release, {release}"),
    };
    Explanation {
        headline,
        answer: None,
        steps: vec![Step::within(
            release,
            format!(
                "set `since` to \"{version}\". If the version of the build is wrong, set \
                 `COEXIST_RELEASE` or the package version instead"
            ),
        )],
    }
}
