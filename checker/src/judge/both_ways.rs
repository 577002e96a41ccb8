//! Which findings are of forms that fail both ways: what they send in either build fails at
//! the nodes of the other.

use std::collections::HashSet;

use crate::model::{Direction, Finding, Level};

/// An app, and the path of one of its forms.
type FormKey<'r> = (&'r str, &'r str);

/// A method and a path.
type Endpoint<'r> = (&'r str, &'r str);

/// Marks the findings. A form that fails both ways changes a release after the handlers. So
/// do the forms that share a handler with it: that handler drops what they send when all of
/// them have changed.
pub(super) fn mark(findings: &mut [Finding<'_>]) {
    let failing = |direction| {
        let certain = findings.iter().filter(|finding| is_certain(finding));
        let failing = certain.filter(move |finding| finding.direction == Some(direction));
        failing.filter_map(form).collect::<HashSet<_>>()
    };
    let new_to_old = failing(Direction::NewToOld);
    let old_to_new = failing(Direction::OldToNew);
    let mut forms: HashSet<FormKey<'_>> = &new_to_old & &old_to_new;
    let mut known = 0;
    while forms.len() > known {
        known = forms.len();
        let of_old = |finding: &&Finding<'_>| finding.direction == Some(Direction::OldToNew);
        let of_old = || findings.iter().filter(of_old);
        let of_forms = of_old().filter(|finding| is_of(finding, &forms));
        let shared: HashSet<Endpoint<'_>> = of_forms.flat_map(endpoints).collect();
        let sharing = of_old()
            .filter(|finding| endpoints(finding).any(|endpoint| shared.contains(&endpoint)));
        forms.extend(sharing.filter_map(form));
    }
    for finding in findings {
        finding.fails_both_ways = is_of(finding, &forms);
    }
}

/// Whether the advice is to change the form and the handler in two releases.
fn is_certain(finding: &Finding<'_>) -> bool {
    finding.rule.level == Level::Deny && !finding.is_undecided
}

/// The form of a submission within one app.
fn form<'r>(finding: &Finding<'r>) -> Option<FormKey<'r>> {
    let is_within_app = finding.direction.is_some() && finding.crossing.is_none();
    let form = finding.page.form.filter(|_| is_within_app)?;
    Some((&finding.page.registry.release.name, &form.id))
}

fn is_of(finding: &Finding<'_>, forms: &HashSet<FormKey<'_>>) -> bool {
    form(finding).is_some_and(|form| forms.contains(&form))
}

/// What is asked for, and the endpoints of the handlers on both sides.
fn endpoints<'r>(finding: &Finding<'r>) -> impl Iterator<Item = Endpoint<'r>> + use<'r> {
    let handlers = [finding.page.handler, finding.node.handler];
    let handlers = handlers.into_iter().flatten();
    let handlers = handlers.map(|handler| (&*handler.method, &*handler.path));
    handlers.chain([finding.endpoint])
}
