//! `handler-duplicated`: two handlers of one build state the same endpoint.

use super::advice::short;
use crate::model::{Check, Explanation, Finding, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "handler-duplicated",
    level: Level::Deny,
    summary: "two handlers of one release state the same endpoint",
    doc: DOC,
    check: Check::Build(judge),
    words,
};

const DOC: &str = "\
Two handlers of one release state the same endpoint: the same method, and paths
that differ in the names of their parameters at most. A router takes one of
them, or refuses to start; which one serves the forms cannot be told.

Give one of them another path, or take it out. Two versions of one crate in the
build have every handler twice: `cargo tree --duplicates` names them.

Said of the new release alone.
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

fn words(finding: &Finding<'_>) -> Explanation {
    let (method, path) = finding.endpoint;
    let version = finding.node_name();
    let name = |handler: Option<&crate::registry::Handler>| {
        handler.map_or_else(String::new, |handler| short(&handler.id).to_owned())
    };
    let (first, other) = (name(finding.page.handler), name(finding.node.handler));
    Explanation {
        headline: format!("{method} {path} of {version} is served by two handlers, or by neither"),
        answer: "the page of the one or of the other; many routers refuse to start",
        steps: vec![Step::new(
            version,
            format!("keep one of `{first}` and `{other}`, or give one of them another path"),
        )],
    }
}
