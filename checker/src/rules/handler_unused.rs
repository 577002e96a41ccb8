//! `handler-unused`: no form of any build that is open posts to a handler.

use std::collections::HashSet;
use std::ptr;

use crate::endpoint::Outcome;
use crate::model::{Check, Detail, Explanation, Finding, Level, Open, RoutedBuild, Rule, Step};
use crate::registry::Handler;

pub(super) static RULE: Rule = Rule {
    name: "handler-unused",
    level: Level::Note,
    summary: "no form of any release that is still open posts to the handler: it may go now",
    doc: DOC,
    check: Check::Open(judge),
    words,
};

const DOC: &str = "\
No form of any release that is still open posts to the handler: as far as the
annotations show, it may go now. It is the last step of taking a form out, and
the one that is forgotten.

Before you take it out: is it called by something that is not annotated, such as
a script, a webhook, or another program?

A handler that the old release does not have is there for forms to come. One for
GET is a page, which people reach without any form: it is named only if it
announces its end, with `until`. Nothing is said as long as no release has a
form at all. This is a note: it rejects nothing.
";

fn judge<'r>(old: &RoutedBuild<'r>, new: &RoutedBuild<'r>, open: &Open<'_>) -> Vec<Finding<'r>> {
    let registry = new.registry;
    if open.sent.is_empty() {
        return Vec::new();
    }
    let mut used: HashSet<*const Handler> = HashSet::new();
    for (method, path) in &open.sent {
        match new.resolve(method, path) {
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

/// The same words for every handler, so that they are said once for all of them.
fn words(finding: &Finding<'_>) -> Explanation {
    let releases = match finding.detail {
        Detail::Open(count @ 3..) => format!("any of the {count} releases that are still open"),
        _ => "either release".to_owned(),
    };
    Explanation {
        headline: format!("no form of {releases} posts to it: it may go now"),
        answer: "the same",
        steps: vec![Step::new(
            "a later release",
            "take it out, if nothing that is not annotated calls it",
        )],
    }
}
