//! `form-dangling`: a form posts to what its own build does not serve.

use super::advice::Names;
use crate::endpoint::Outcome;
use crate::model::{Check, Detail, Explanation, Finding, Level, RoutedBuild, Rule, Step};

pub(super) static RULE: Rule = Rule {
    name: "form-dangling",
    level: Level::Deny,
    summary: "a form posts to an endpoint that its own release does not serve",
    doc: DOC,
    check: Check::Build(judge),
    words,
};

const DOC: &str = "\
A form posts to an endpoint that its own release does not serve: whoever
submits it gets 404 Not Found, or 405 Method Not Allowed, from every node.

Serve the endpoint, or take the form out. If another program serves it, say so:
in an annotation by a string, `posts_to = \"POST /billing/{id}\"`, in a
snapshot by `\"elsewhere\": true`.

Said of the new release alone: a release that mends the old one is not refused.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let registry = side.registry;
    let targets = registry.forms.iter().flat_map(|form| {
        form.posts_to
            .iter()
            .filter(|target| !target.elsewhere)
            .map(move |target| (form, target))
    });
    let dangling = targets.filter_map(|(form, target)| {
        let handler = match side.resolve(&target.method, &target.path) {
            Outcome::Served(_) | Outcome::Undecided(_) => return None,
            Outcome::OtherMethods(handlers) => handlers.first().copied(),
            Outcome::NotServed => None,
        };
        let mut finding = Finding::from_form(&RULE, side.build(), form, target);
        finding.node.handler = handler;
        finding.detail = Detail::NotServed;
        Some(finding)
    });
    dangling.collect()
}

fn words(finding: &Finding<'_>) -> Explanation {
    let form = Names::of(finding).form;
    let version = finding.page_name();
    let (method, path) = finding.endpoint;
    let answer = match finding.node.handler {
        Some(_) => "405 Method Not Allowed, or 404,",
        None => "404 Not Found",
    };
    Explanation {
        headline: format!("whoever submits `{form}` of {version} gets {answer} from every node"),
        answer,
        steps: vec![Step::new(
            version,
            format!(
                "serve {method} {path}, or take the form `{form}` out; if another program serves \
                 it, name it by a string"
            ),
        )
        .with_paste(format!("posts_to = \"{method} {path}\""))],
    }
}
