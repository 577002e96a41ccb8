//! Where the requests of many forms arrive in a build: each method and path is looked up once,
//! since what is not decided may be at any handler of the build.

use std::collections::HashMap;
use std::rc::Rc;

use super::passage;
use super::routed::RoutedBuild;
use crate::endpoint::{Outcome, Pattern};

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

    /// Where a request arrives after all redirects. A path that is not a pattern, which no
    /// registry that was read has, arrives nowhere.
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
            let first = router.resolve(method, &pattern);
            Rc::new(passage::arrive(self.build, (method, &pattern), first).outcome)
        });
        Rc::clone(outcome)
    }
}
