//! What the rules about single items share: a finding for each handler and form whose
//! `since` or `until` is wrong.

use std::cmp::Ordering;

use semver::Version;

use crate::model::{Build, Finding, Rule};
use crate::registry::Bound;

/// A finding for each item whose `since` and `until` are of that kind. A form is found
/// once, at the first of its endpoints.
pub(super) fn found<'r>(
    rule: &'static Rule,
    build: Build<'r>,
    is_of_rule: impl Fn(Option<&Bound>, Option<&Version>) -> bool,
) -> Vec<Finding<'r>> {
    let handlers = build.registry.handlers.iter();
    let handlers =
        handlers.filter(|handler| is_of_rule(handler.since.as_ref(), handler.until.as_ref()));
    let handlers = handlers.map(|handler| Finding::from_handler(rule, build, handler));
    let forms = build.registry.forms.iter();
    let forms = forms.filter(|form| is_of_rule(form.since.as_ref(), form.until.as_ref()));
    let forms = forms.filter_map(|form| {
        let target = form.posts_to.first()?;
        Some(Finding::from_form(rule, build, form, target))
    });
    handlers.chain(forms).collect()
}

/// The `since` of the item of a finding.
pub(super) fn since<'r>(finding: &Finding<'r>) -> Option<&'r Bound> {
    match (finding.page.form, finding.node.handler) {
        (Some(form), _) => form.since.as_ref(),
        (None, handler) => handler?.since.as_ref(),
    }
}

/// The `until` of the item of a finding.
pub(super) fn until<'r>(finding: &Finding<'r>) -> Option<&'r Version> {
    match (finding.page.form, finding.node.handler) {
        (Some(form), _) => form.until.as_ref(),
        (None, handler) => handler?.until.as_ref(),
    }
}

/// Whether a release is before another one. A pre-release contains what its release
/// does, so it is not before that; build metadata does not count.
pub(super) fn is_before(release: &Version, other: &Version) -> bool {
    let numbers = |version: &Version| (version.major, version.minor, version.patch);
    let is_pre_release_of = !release.pre.is_empty() && numbers(release) == numbers(other);
    release.cmp_precedence(other) == Ordering::Less && !is_pre_release_of
}
