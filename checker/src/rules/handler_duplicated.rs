//! `handler-duplicated`: two handlers of one build serve the same endpoint.

use super::advice::{endpoint, handler, reached};
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "handler-duplicated",
    level: Level::Deny,
    summary: "two handlers of one release serve the same endpoint",
    doc: DOC,
    check: Check::Build(judge),
    subject,
    explain,
};

const DOC: &str = "\
Two handlers of one release serve the same endpoint: the same method, and paths
that differ at most in the names of their parameters. The router either uses
only one of them or fails at startup; which one serves the forms cannot be
determined.

Give one of them another path or method, or remove it. Two versions of one crate
in the build contain every handler twice: `cargo tree --duplicates` lists such
crates.

Only the new release is checked.
";

/// One finding for each handler but the first of those that share an endpoint.
fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let shared = side.router.duplicates().flat_map(|same| {
        let first = same[0];
        same.into_iter().skip(1).map(move |other| {
            let mut finding = Finding::from_handler(&RULE, side.build(), other);
            finding.page.handler = Some(first);
            finding
        })
    });
    shared.collect()
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    vec![handler(finding), reached(finding), endpoint(finding)]
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let finding = group.first();
    let (method, path) = finding.endpoint;
    let version = group.node();
    let (first, other) = (handler(finding), reached(finding));
    Explanation {
        headline: format!(
            "{method} {path} has two handlers in {version}: the router either uses only one of \
             them or fails at startup"
        ),
        answer: None,
        steps: vec![Step::within(
            version,
            format!("remove `{first}` or `{other}`, or give one of them another path or method"),
        )],
    }
}
