//! `form-outlives-handler`: by what the two announce, a form is there without its
//! handler.

use super::advice::{Names, short};
use crate::endpoint::Outcome;
use crate::model::{Check, Explanation, Finding, Level, RoutedBuild, Rule, Step};
use crate::registry::{Form, Handler};

pub(super) static RULE: Rule = Rule {
    name: "form-outlives-handler",
    level: Level::Deny,
    summary: "by what they announce, a form is there before its handler, or as long as it",
    doc: DOC,
    check: Check::Build(judge),
    words,
};

const DOC: &str = "\
By what the two announce, a form of the new release is there before its handler,
or it is not gone a release before it. Pages with the form stay open: when the
handler goes, the form must be gone already.

The form's `since` must not be before that of the handler; a form that is
pointed at another handler appears anew. If the handler has an `until`, the form
needs one, too, and an earlier one.

The compiler says so, too, where the form names its handler. Here it is said of
every form that arrives at a handler of its own release, by whatever path. Said
of the new release alone.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let registry = side.registry;
    let targets = registry
        .forms
        .iter()
        .flat_map(|form| form.posts_to.iter().map(move |target| (form, target)));
    let outliving = targets.filter_map(|(form, target)| {
        // What announces nothing has nothing to resolve for.
        let Outcome::Served(handler) = side.at_home(target) else {
            return None;
        };
        let is_at_fault = begins_before(form, handler) || outlives(form, handler);
        is_at_fault.then(|| {
            let mut finding = Finding::from_form(&RULE, side.build(), form, target);
            finding.node.handler = Some(handler);
            finding
        })
    });
    outliving.collect()
}

fn begins_before(form: &Form, handler: &Handler) -> bool {
    matches!((&form.since, &handler.since), (Some(form), Some(handler)) if form < handler)
}

fn outlives(form: &Form, handler: &Handler) -> bool {
    match (&form.until, &handler.until) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(form), Some(handler)) => form >= handler,
    }
}

fn words(finding: &Finding<'_>) -> Explanation {
    let form = Names::of(finding).form;
    let version = finding.page_name();
    let handler = finding.node.handler;
    let name = handler.map_or("the handler", |handler| short(&handler.id));
    let is_early = finding
        .page
        .form
        .zip(handler)
        .is_some_and(|(form, handler)| begins_before(form, handler));
    let end = handler.and_then(|handler| handler.until.as_ref());
    let (headline, change) = match (is_early, end) {
        (false, Some(end)) => (
            format!("`{form}` stays longer than `{name}`, which is announced to be gone in {end}"),
            format!(
                "announce an end of `{form}` that is before {end}, or let `{name}` stay for longer"
            ),
        ),
        _ => (
            format!("`{form}` claims to be there before `{name}`, which takes its requests"),
            format!(
                "write into `{form}` the release in which it is pointed at `{name}`: `since = \"{}\"`",
                handler
                    .and_then(|handler| handler.since.as_ref())
                    .map_or_else(String::new, ToString::to_string)
            ),
        ),
    };
    Explanation {
        headline,
        answer: "404 Not Found, when the handler is gone",
        steps: vec![Step::new(version, change)],
    }
}
