//! Where the requests of many forms arrive in a build: each method and path is looked up once,
//! since what is not decided may be at any handler of the build.

use std::collections::HashMap;
use std::rc::Rc;

use super::passage;
use super::routed::RoutedBuild;
use crate::endpoint::{Outcome, Pattern};
use crate::registry::Handler;

/// Where requests arrive in a build.
pub(crate) struct Lookup<'a, 'k, 'r> {
    build: &'a RoutedBuild<'r>,
    /// By method and path. Names of parameters do not matter.
    known: HashMap<(&'k str, Pattern<'k>), Rc<Outcome<'r>>>,
}

impl<'a, 'k, 'r> Lookup<'a, 'k, 'r> {
    pub(crate) fn new(build: &'a RoutedBuild<'r>) -> Self {
        Self {
            build,
            known: HashMap::new(),
        }
    }

    /// Where a request arrives after all redirects; nowhere, if that is so whatever its holes
    /// mean. A path that is not a pattern, which no registry that was read has, arrives nowhere.
    pub(crate) fn resolve(&mut self, method: &'k str, path: &'k str) -> Rc<Outcome<'r>> {
        let Ok(pattern) = Pattern::parse(path) else {
            return Rc::new(Outcome::NotServed);
        };
        let router = &self.build.router;
        if let Some(handler) = router.find_handler(method, &pattern)
            && handler.redirect.is_none()
        {
            return Rc::new(Outcome::Served(handler));
        }
        let known = self.known.entry((method, pattern));
        let (method, pattern) = known.key();
        let (method, pattern) = (*method, pattern.clone());
        let outcome = known.or_insert_with(|| {
            let request = (method, &pattern);
            Rc::new(match router.resolve(method, &pattern) {
                Outcome::Undecided(handlers)
                    if !leads_somewhere(self.build, request, &handlers) =>
                {
                    Outcome::NotServed
                }
                first => passage::arrive(self.build, request, first).outcome,
            })
        });
        Rc::clone(outcome)
    }
}

/// Whether a request that may mean any of these handlers is served by one of them in the end.
fn leads_somewhere(
    build: &RoutedBuild<'_>,
    (method, pattern): (&str, &Pattern<'_>),
    handlers: &[&Handler],
) -> bool {
    if handlers.iter().any(|handler| handler.redirect.is_none()) {
        return true;
    }
    let mut meanings = build.router.meanings(method, pattern).into_iter();
    meanings.any(|(path, handler)| {
        let passage = passage::follow(build, (method, &path), handler);
        matches!(passage.outcome, Outcome::Served(_) | Outcome::Undecided(_))
    })
}
