//! What becomes of a submission whose handler is missing: the node answers 404, or another
//! handler takes it.

use super::headline::Fate;
use crate::endpoint::unnamed;
use crate::model::{Astray, Detail, Finding, Submission};
use crate::support::text::last_segment;

/// What a finding knows of the handler that takes the submission instead.
pub(super) fn detail<'r>(submission: &Submission<'_, 'r>) -> Detail<'r> {
    let method = &submission.target.method;
    let neighbour = || submission.node.slash_neighbour(method, submission.path);
    match submission.astray() {
        Some(astray) => Detail::Astray(astray),
        None => Detail::NotServed(neighbour()),
    }
}

/// What is said of a handler at the same path but for the slash at its end.
pub(super) fn neighbour(finding: &Finding<'_>) -> String {
    match finding.detail {
        Detail::NotServed(Some(handler)) => {
            format!(
                ": only {} is served, and the slash at the end of a path counts",
                handler.path
            )
        }
        _ => String::new(),
    }
}

/// What becomes of it in a headline: "gets 404 Not Found".
pub(super) fn fail(finding: &Finding<'_>) -> Fate {
    match finding.detail {
        Detail::Astray(Astray::Caught(handler)) => {
            let name = last_segment(&handler.id);
            let there = format!(
                "`{name}` ({}), which is there for other paths",
                handler.path
            );
            Fate::new(format!("reaches {there}"))
        }
        Detail::Astray(Astray::Redirected(handler)) => {
            let name = last_segment(&handler.id);
            let redirect = handler.redirect.as_ref();
            let to = redirect.map_or("", |redirect| &redirect.to);
            Fate::new(format!(
                "gets an error: `{name}` redirects to {to}, which nothing serves"
            ))
        }
        _ => {
            let answer = format!("404 Not Found{}", neighbour(finding));
            Fate::answer(&answer, true)
        }
    }
}

/// What the node answers, for the table of pages and nodes.
pub(super) fn answer(finding: &Finding<'_>) -> &'static str {
    match finding.detail {
        Detail::Astray(Astray::Caught(_)) => "reaches another handler",
        Detail::Astray(Astray::Redirected(_)) => "is redirected to nothing",
        _ => "fails with 404",
    }
}

/// What findings that are explained together have in common of it.
pub(super) fn subject(finding: &Finding<'_>) -> Option<String> {
    match finding.detail {
        Detail::Astray(Astray::Caught(handler) | Astray::Redirected(handler)) => {
            Some(format!("{} {}", handler.id, unnamed(&handler.path)))
        }
        Detail::NotServed(Some(handler)) => Some(handler.path.clone()),
        _ => None,
    }
}
