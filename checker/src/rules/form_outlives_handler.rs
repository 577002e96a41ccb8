//! `form-outlives-handler`: by their annotations, a form is there without its handler.

use semver::Version;

use super::advice::{Names, reached};
use super::included::Included;
use crate::model::{Check, Explanation, Finding, Group, Level, RoutedBuild, Rule, Step};
use crate::registry::{Bound, Form, Handler};

pub(super) static RULE: Rule = Rule {
    name: "form-outlives-handler",
    level: Level::Deny,
    summary: "by their annotations, a form appears before its handler, or outlives it",
    doc: DOC,
    check: Check::Build(judge),
    subject,
    explain,
};

const DOC: &str = "\
By their annotations, a form of the new release appears before its handler, or
is not removed a release before it. Pages with the form stay open: when the
handler is removed, the form must already be gone.

The `since` of a form must not be before that of its handler; a form with a new
handler counts as a new form. If the handler has an `until`, the form needs an
earlier one.

The compiler also reports this where the form names its handler. Here it is
checked for every form that reaches a handler of its own release, by whatever
path. Only the new release is checked. What a page merely includes is left out:
a link, or a form in a template that several pages share, has a first release of
its own.
";

fn judge<'r>(side: &RoutedBuild<'r>) -> Vec<Finding<'r>> {
    let registry = side.registry;
    let included = Included::new(registry);
    let targets = registry
        .forms
        .iter()
        .filter(|form| !included.holds(form))
        .flat_map(|form| form.posts_to.iter().map(move |target| (form, target)));
    let outliving = targets.filter_map(|(form, target)| {
        // What announces nothing has nothing to resolve for.
        let handler = side.find_at_home(target)?;
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

/// What is wrong with the lifespans of a form and its handler.
enum Mistake<'r> {
    /// The form does not end before the handler, which ends in that release.
    EndsLate(&'r Version),
    /// The form appears before the handler, which appears in that release.
    BeginsEarly(Option<&'r Bound>),
}

impl<'r> Mistake<'r> {
    fn new(finding: &Finding<'r>) -> Self {
        let (form, handler) = (finding.page.form, finding.node.handler);
        let both = form.zip(handler);
        let is_early = both.is_some_and(|(form, handler)| begins_before(form, handler));
        match handler.and_then(|handler| handler.until.as_ref()) {
            Some(end) if !is_early => Self::EndsLate(end),
            _ => Self::BeginsEarly(handler.and_then(|handler| handler.since.as_ref())),
        }
    }
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let (bound, version) = match Mistake::new(finding) {
        Mistake::EndsLate(end) => ("until", end.to_string()),
        Mistake::BeginsEarly(since) => ("since", since_text(since)),
    };
    vec![reached(finding), bound.to_owned(), version]
}

fn since_text(since: Option<&Bound>) -> String {
    since.map_or_else(String::new, ToString::to_string)
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let Names { reached, .. } = Names::new(group);
    let forms = group.the_forms();
    let their = group.agree("its", "their");
    let (headline, change) = match Mistake::new(group.first()) {
        Mistake::EndsLate(end) => {
            let outlive = group.agree("outlives", "outlive");
            (
                format!("{forms} {outlive} {their} handler `{reached}`, which is removed in {end}"),
                format!(
                    "give {forms} an `until` before {end}, or the handler `{reached}` a later \
                     `until`"
                ),
            )
        }
        Mistake::BeginsEarly(since) => {
            let appear = group.agree("appears", "appear");
            let they = group.agree("it", "they");
            (
                format!("by `since`, {forms} {appear} before {their} handler `{reached}`"),
                format!(
                    "write into {forms} the release in which {they} first submitted to \
                     `{reached}`: `since = \"{}\"`",
                    since_text(since)
                ),
            )
        }
    };
    Explanation {
        headline,
        answer: None,
        steps: vec![Step::within(group.page(), change)],
    }
}
