//! `since-not-stamped`: an item of a build that is to be released has `since = "next"`.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};
use crate::registry::Bound;

pub(super) static RULE: Rule = Rule {
    name: "since-not-stamped",
    level: Level::Deny,
    summary: "an item of the new release has `since = \"next\"` instead of a version",
    doc: DOC,
    check: Check::Candidate(judge),
    subject: |_| Vec::new(),
    explain,
};

const DOC: &str = "\
An item of the new release has `since = \"next\"` instead of a version: once the
build is out, nobody can tell in which release the item appeared.

`next` is a placeholder while the code is between two releases. For the release,
`coexist stamp 1.5.0` writes the version into the sources: commit the result,
and build again.

Only the new release is checked, whatever the old one is: a build that is
compared with itself is also rejected. The guard in `cargo test` does not report
it, since it checks a build in development.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    lifespan::found(&RULE, side.build(), |since, _| {
        matches!(since, Some(Bound::Next))
    })
}

/// All of them are explained together.
fn explain(group: &Group<'_, '_>) -> Explanation {
    let mut version = group.first().node_release().version.clone();
    // `since` takes none.
    version.build = semver::BuildMetadata::EMPTY;
    let (items, have) = (group.items(), group.agree_items("has", "have"));
    Explanation {
        headline: format!("{items} {have} `since = \"next\"` instead of a version"),
        answer: None,
        steps: vec![Step::within(
            &version,
            format!(
                "run `coexist stamp {version}` to write the version into the sources, then commit \
                 and rebuild"
            ),
        )],
    }
}
