//! `until-passed`: an item is still there in the release in which it is announced to be
//! gone.

use super::lifespan;
use crate::model::{Check, Explanation, Finding, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "until-passed",
    level: Level::Deny,
    summary: "an item is still there in the release in which it is announced to be gone",
    doc: DOC,
    check: Check::Build(judge),
    words,
};

const DOC: &str = "\
An item of the new release is announced to be gone in this release, or in one
before it: `until = \"1.5.0\"` in a build of 1.5.0. An item is there in
`[since, until)`.

Take the item out, if nothing needs it any longer: `coexist check` says whether.
Otherwise announce a later end.

The compiler says so, too, where it knows the version of the build. Said of the
new release alone.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let release = &side.registry.release.version;
    lifespan::found(&RULE, side.build(), |_, until| {
        until.is_some_and(|until| release.cmp_precedence(until).is_ge())
    })
}

/// The same words for every item, so that they are said once for all of them.
fn words(finding: &Finding<'_>) -> Explanation {
    let version = finding.node_name();
    Explanation {
        headline: format!("{version} still holds what is announced to be gone by now"),
        answer: "what it always did",
        steps: vec![Step::new(
            version,
            "take it out, if no page that is still open needs it; otherwise announce a later \
             end in its `until`",
        )],
    }
}
