//! The endpoints that an app must serve, and the annotations that say so.

use super::Question;
use crate::endpoint::Pattern;
use crate::registry::{Form, Handler, Registry};

/// An endpoint that must be there.
#[derive(Debug)]
pub(super) struct Wanted<'r> {
    pub(super) question: Question<'r>,
    /// The handlers that are annotated with it.
    pub(super) handlers: Vec<&'r Handler>,
    /// The forms on the page that it shows.
    pub(super) forms: Vec<&'r Form>,
}

/// The endpoints of a registry, each once, in its order; those aside whose paths one
/// of the patterns takes.
pub(super) fn all<'r>(registry: &'r Registry, except: &[Pattern<'_>]) -> Vec<Wanted<'r>> {
    let mut all = Vec::new();
    for handler in &registry.handlers {
        of(&mut all, &handler.method, &handler.path)
            .handlers
            .push(handler);
    }
    for form in &registry.forms {
        for page in &form.pages {
            of(&mut all, &page.method, &page.path).forms.push(form);
        }
    }
    all.retain(|wanted| match Pattern::parse(wanted.question.path) {
        Ok(path) => !except.iter().any(|except| except.takes(&path)),
        Err(_) => true,
    });
    all
}

fn of<'a, 'r>(all: &'a mut Vec<Wanted<'r>>, method: &'r str, path: &'r str) -> &'a mut Wanted<'r> {
    let question = Question { method, path };
    let known = all.iter().position(|wanted| wanted.question == question);
    let at = known.unwrap_or(all.len());
    if known.is_none() {
        all.push(Wanted {
            question,
            handlers: Vec::new(),
            forms: Vec::new(),
        });
    }
    &mut all[at]
}
