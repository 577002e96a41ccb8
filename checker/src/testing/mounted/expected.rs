//! The endpoints that an app must serve, and the annotations that say so.

use super::routes::Question;
use crate::endpoint::Pattern;
use crate::registry::{Form, Handler, Registry};

/// An endpoint that must be there.
#[derive(Debug)]
pub(super) struct Expected<'r> {
    pub(super) question: Question<'r>,
    /// The handlers that are annotated with it.
    pub(super) handlers: Vec<&'r Handler>,
    /// The forms on the page that it shows.
    pub(super) forms: Vec<&'r Form>,
}

/// The endpoints of a registry, each once, in its order, without those whose paths one of
/// the patterns takes.
pub(super) fn endpoints<'r>(registry: &'r Registry, except: &[Pattern<'_>]) -> Vec<Expected<'r>> {
    let mut all = Vec::new();
    for handler in &registry.handlers {
        entry(&mut all, &handler.method, &handler.path)
            .handlers
            .push(handler);
    }
    for form in &registry.forms {
        for page in &form.pages {
            entry(&mut all, &page.method, &page.path).forms.push(form);
        }
    }
    all.retain(|expected| match Pattern::parse(expected.question.path) {
        Ok(path) => !except.iter().any(|except| except.takes(&path)),
        Err(_) => true,
    });
    all
}

/// The entry of an endpoint, which is added if it is not there.
fn entry<'a, 'r>(
    all: &'a mut Vec<Expected<'r>>,
    method: &'r str,
    path: &'r str,
) -> &'a mut Expected<'r> {
    let question = Question { method, path };
    let known = all
        .iter()
        .position(|expected| expected.question == question);
    let at = known.unwrap_or(all.len());
    if known.is_none() {
        all.push(Expected {
            question,
            handlers: Vec::new(),
            forms: Vec::new(),
        });
    }
    &mut all[at]
}
