//! `form-dangling`: a form posts to an endpoint that its own build does not serve.

use super::advice::endpoint;
use super::astray;
use super::headline::who;
use crate::endpoint::Outcome;
use crate::model::{
    Check, Detail, Explanation, Finding, Group, Level, Lookup, Paste, RoutedBuild, Rule, Step,
};
use crate::support::steps;

pub(super) static RULE: Rule = Rule {
    name: "form-dangling",
    level: Level::Deny,
    summary: "a form submits to an endpoint that its own release does not serve",
    doc: DOC,
    check: Check::Regression(judge),
    subject,
    explain,
};

const DOC: &str = "\
A form submits to an endpoint that its own release does not serve: its
submissions fail with 404 Not Found or 405 Method Not Allowed at every node.

Serve the endpoint, or remove the form. If another program serves it, say so: in
an annotation with a string, `posts_to = \"POST /billing/{id}\"`, in a snapshot
with `\"elsewhere\": true`.

If the app takes the slash off the end of a path before it routes the request,
or appends one, state that once: `coexist::release!(trailing_slash = \"trim\")`,
or `\"append\"`.

Only the new release is checked: a release that fixes the old one is not
rejected. If the old release has the same form with the same fault, this is a
warning: the release does not make it worse.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let registry = side.registry;
    let targets = registry.forms.iter().flat_map(|form| {
        form.posts_to
            .iter()
            .filter(|target| !target.elsewhere)
            .map(move |target| (form, target))
    });
    let mut lookup = Lookup::new(side);
    let dangling = targets.filter_map(|(form, target)| {
        let endpoint: [&str; 2] = [&target.method, &target.path];
        if steps::is_used_up_at(&form.id, endpoint) {
            return None;
        }
        let neighbour = || side.slash_neighbour(&target.method, &target.path);
        let (handler, neighbour) = match &*lookup.resolve(&target.method, &target.path) {
            Outcome::Served(_) | Outcome::Undecided(_) => return None,
            Outcome::OtherMethods(handlers) => (handlers.first().copied(), None),
            Outcome::NotServed => (None, neighbour()),
        };
        let mut finding = Finding::from_form(&RULE, side.build(), form, target);
        finding.node.handler = handler;
        finding.detail = Detail::NotServed(neighbour);
        Some(finding)
    });
    dangling.collect()
}

fn answer(finding: &Finding<'_>) -> &'static str {
    match finding.node.handler {
        Some(_) => "405 Method Not Allowed or 404 Not Found",
        None => "404 Not Found",
    }
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let mut subject = vec![endpoint(finding), answer(finding).to_owned()];
    subject.extend(astray::subject(finding));
    subject
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let (page, the_forms) = (group.page(), group.the_forms());
    let who = who(group, &group.some_forms());
    let (method, path) = group.first().endpoint;
    let answer = answer(group.first());
    let as_before = if group.first().was_there {
        ", as in the release before"
    } else {
        ""
    };
    Explanation {
        headline: format!(
            "{who} from pages of {page} gets {answer} at every node{as_before}{}",
            astray::neighbour(group.first())
        ),
        answer: None,
        steps: vec![Step {
            paste: Some(Paste {
                intro: "If another program serves this endpoint, name it in `posts_to` as a string"
                    .to_owned(),
                code: format!("posts_to = \"{method} {path}\""),
            }),
            ..Step::within(
                page,
                format!("serve {method} {path}, or remove {the_forms}"),
            )
        }],
    }
}
