//! `handler-unused`: the new build takes away the last form that submits to a handler.

use std::collections::HashSet;
use std::ptr;

use crate::endpoint::Pattern;
use crate::model::{
    Check, Detail, Explanation, Finding, Group, Level, Open, RoutedBuild, Rule, Step,
};
use crate::registry::Handler;
use crate::support::steps;

pub(super) static RULE: Rule = Rule {
    name: "handler-unused",
    level: Level::Note,
    summary: "this release takes away the last form that submits to the handler: it can be removed",
    doc: DOC,
    check: Check::Open(judge),
    subject: |_| Vec::new(),
    explain,
};

const DOC: &str = "\
The new release takes away the last form that submits to the handler: as far as
the annotations show, the handler can be removed, once the pages of the old
release have expired. This is the last step of removing a form, and the one that
is forgotten.

Before you remove it: does anything that is not annotated call it, such as a
script, a webhook, or another program?

A handler is reported once, in the release in which its last form goes. Nothing
is reported for a function that also serves an endpoint which is still used, nor
for a handler for GET, unless it has an `until`: it serves a page, which people
reach without a form. This is a note: it rejects nothing.
";

fn judge<'r>(old: &RoutedBuild<'r>, new: &RoutedBuild<'r>, open: &Open<'_>) -> Vec<Finding<'r>> {
    let before = Used::new(old, &open.sent_before);
    let now = Used::new(new, &open.sent_now);
    let unused = new.registry.handlers.iter().filter(|handler| {
        let is_page = matches!(&*handler.method, "GET" | "HEAD" | "OPTIONS");
        let was_used = || before.holds(old.same_endpoint(handler));
        let is_used = || now.ids.contains(&*handler.id) || now.holds(new.same_endpoint(handler));
        (!is_page || handler.until.is_some()) && was_used() && !is_used()
    });
    unused
        .map(|handler| Finding {
            detail: Detail::Previous {
                since: handler.since.as_ref(),
                release: &old.registry.release,
            },
            ..Finding::from_handler(&RULE, new.build(), handler)
        })
        .collect()
}

/// The handlers of a build that something is sent to.
struct Used<'r> {
    handlers: HashSet<*const Handler>,
    /// Their functions, which may serve other endpoints as well.
    ids: HashSet<&'r str>,
}

impl<'r> Used<'r> {
    fn new(build: &RoutedBuild<'r>, sent: &[(&str, &str)]) -> Self {
        let mut used = Self {
            handlers: HashSet::new(),
            ids: HashSet::new(),
        };
        let mut known = HashSet::new();
        for (method, path) in sent {
            let Ok(pattern) = Pattern::parse(path) else {
                continue;
            };
            if steps::is_used_up() || !known.insert((method, pattern.clone())) {
                continue;
            }
            for handler in build.reached(method, &pattern) {
                used.ids.insert(&handler.id);
                used.handlers.insert(ptr::from_ref(handler));
            }
        }
        used
    }

    /// Of several handlers at one endpoint, the form's requests reach one: the one that is
    /// found there.
    fn holds(&self, found: Option<&Handler>) -> bool {
        found.is_some_and(|found| self.handlers.contains(&ptr::from_ref(found)))
    }
}

fn explain(group: &Group<'_, '_>) -> Explanation {
    let release = group.node();
    let handlers = group.handlers();
    let them = group.agree_items("it", "them");
    let old = match group.first().detail {
        Detail::Previous { release, .. } => release.version.to_string(),
        _ => "the old release".to_owned(),
    };
    Explanation {
        headline: format!("no annotated form submits to {handlers} any longer"),
        answer: None,
        steps: vec![Step::within(
            format!("the release after {release}, once the pages of {old} have expired"),
            format!("remove {them}, unless code that is not annotated calls {them}"),
        )],
    }
}
