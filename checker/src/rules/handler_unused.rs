//! `handler-unused`: no form of any build that is open submits to a handler.

use std::collections::HashSet;
use std::ptr;

use crate::endpoint::{Outcome, Pattern};
use crate::model::{
    Check, Detail, Explanation, Finding, Group, Level, Open, RoutedBuild, Rule, Step,
};
use crate::registry::Handler;
use crate::support::steps;

pub(super) static RULE: Rule = Rule {
    name: "handler-unused",
    level: Level::Note,
    summary: "no form of any release that is still open submits to the handler: it can be removed",
    doc: DOC,
    check: Check::Open(judge),
    subject: |finding| vec![releases(finding)],
    explain,
};

const DOC: &str = "\
No form of any release that is still open submits to the handler: as far as the
annotations show, it can be removed. This is the last step of removing a form,
and the one that is forgotten.

Before you remove it: does anything that is not annotated call it, such as a
script, a webhook, or another program?

A handler that the old release does not have is there for forms to come. A
handler for GET serves a page, which people reach without a form: it is reported
only if it has an `until`. Nothing is reported as long as no
release has any form. This is a note: it rejects nothing.
";

fn judge<'r>(old: &RoutedBuild<'r>, new: &RoutedBuild<'r>, open: &Open<'_>) -> Vec<Finding<'r>> {
    let registry = new.registry;
    if open.sent.is_empty() {
        return Vec::new();
    }
    let mut used: HashSet<*const Handler> = HashSet::new();
    let mut known = HashSet::new();
    for (method, path) in &open.sent {
        let Ok(pattern) = Pattern::parse(path) else {
            continue;
        };
        if steps::is_used_up() || !known.insert((method, pattern.clone())) {
            continue;
        }
        match new.router.resolve(method, &pattern) {
            Outcome::Served(handler) => {
                used.insert(ptr::from_ref(handler));
            }
            Outcome::Undecided(handlers) => used.extend(handlers.into_iter().map(ptr::from_ref)),
            Outcome::OtherMethods(_) | Outcome::NotServed => {}
        }
    }
    let unused = registry.handlers.iter().filter(|handler| {
        let is_page = matches!(&*handler.method, "GET" | "HEAD" | "OPTIONS");
        // Of several at one endpoint, the form's requests reach one.
        let is_used = || {
            let reached = new.same_endpoint(handler);
            reached.is_some_and(|reached| used.contains(&ptr::from_ref(reached)))
        };
        (!is_page || handler.until.is_some()) && !is_used() && old.same_endpoint(handler).is_some()
    });
    unused
        .map(|handler| Finding {
            detail: Detail::Open(open.builds),
            ..Finding::from_handler(&RULE, new.build(), handler)
        })
        .collect()
}

fn releases(finding: &Finding<'_>) -> String {
    match finding.detail {
        Detail::Open(count @ 3..) => format!("any of the {count} releases that are still open"),
        _ => "either release".to_owned(),
    }
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let releases = releases(group.first());
    let handlers = group.handlers();
    let them = group.agree_items("it", "them");
    Explanation {
        headline: format!("no annotated form of {releases} submits to {handlers}"),
        answer: None,
        steps: vec![Step::within(
            "a later release",
            format!("remove {them}, unless code that is not annotated calls {them}"),
        )],
    }
}
