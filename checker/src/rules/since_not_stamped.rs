//! `since-not-stamped`: an item of a build that is to be released says `next`.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Level, RoutedBuild, Rule, Step};
use crate::registry::Bound;

pub(super) static RULE: Rule = Rule {
    name: "since-not-stamped",
    level: Level::Deny,
    summary: "an item of the new release says `since = \"next\"` instead of a version",
    doc: DOC,
    check: Check::Candidate(judge),
    words,
};

const DOC: &str = "\
An item of the new release says `since = \"next\"` instead of a version: once the
build is out, nobody can tell any longer in which release the item appeared.

`next` is the word for it as long as the code is between two releases. At the
release, `coexist stamp 1.5.0` writes the version into the sources: commit that,
and build again.

Said of the new release alone, and whatever the old one is: a build is refused
that is compared with itself, too. The guard in `cargo test` is silent, since it
looks at a build in development.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    lifespan::found(&RULE, side.build(), |since, _| {
        matches!(since, Some(Bound::Next))
    })
}

/// The same words for every item, so that they are said once for all of them.
fn words(finding: &Finding<'_>) -> Explanation {
    let mut version = finding.node_release().version.clone();
    // `since` takes none.
    version.build = semver::BuildMetadata::EMPTY;
    Explanation {
        headline: format!(
            "{version} is not stamped: in place of a version it says `since = \"next\"`"
        ),
        answer: "what it would with a version",
        steps: vec![Step::new(
            version.to_string(),
            format!(
                "run `coexist stamp {version}`, which writes the version into the sources, commit \
                 that, and build again"
            ),
        )],
    }
}
