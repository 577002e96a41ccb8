//! `since-in-future`: an item claims to appear in a later release than the one that
//! holds it.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Level, RoutedBuild, Rule, Step};
use crate::registry::Bound;

pub(super) static RULE: Rule = Rule {
    name: "since-in-future",
    level: Level::Deny,
    summary: "an item claims a first release that is later than the one that holds it",
    doc: DOC,
    check: Check::Build(judge),
    words,
};

const DOC: &str = "\
An item of the new release claims to appear in a release that is later than this
one: `since = \"1.6.0\"` in a build of 1.5.0. What is judged by that version, in
the compiler and here, is judged wrongly.

Write the version of this release, or `since = \"next\"` as long as that is not
known: `coexist stamp` fills it in. Or the build states the wrong version: see
`coexist::release!()`, `COEXIST_RELEASE` and `--new-release`.

A pre-release, 1.6.0-rc.1, holds what appears in 1.6.0. Said of the new release
alone.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let release = &side.registry.release.version;
    lifespan::found(
        &RULE,
        side.build(),
        |since, _| matches!(since, Some(Bound::Version(since)) if lifespan::is_before(release, since)),
    )
}

/// The same words for every item, so that they are said once for all of them.
fn words(finding: &Finding<'_>) -> Explanation {
    let version = finding.node_name();
    Explanation {
        headline: format!("{version} holds what by its `since` appears in a later release"),
        answer: "what it would with this version",
        steps: vec![Step::new(
            version,
            "write the version of this release into `since`, or `next` until that is known; or, \
             if the build states the wrong version, let it state the right one",
        )],
    }
}
