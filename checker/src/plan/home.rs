//! One of the two builds of a plan, to take single forms with the handlers that they may mean out
//! of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::endpoint::Pattern;
use crate::model::{Build, RoutedBuild};
use crate::registry::{Form, Handler, Registry};

/// One of the two builds.
pub(super) struct Home<'r> {
    pub(super) build: RoutedBuild<'r>,
    /// Its handlers, by their addresses.
    handlers: HashMap<*const Handler, &'r Arc<Handler>>,
    has_redirects: bool,
}

impl<'r> Home<'r> {
    pub(super) fn new(registry: &'r Registry) -> Self {
        let handlers = registry.handlers.iter();
        Self {
            build: RoutedBuild::new(Build::new(0, registry)),
            has_redirects: handlers.clone().any(|handler| handler.redirect.is_some()),
            handlers: handlers
                .map(|handler| (Arc::as_ptr(handler), handler))
                .collect(),
        }
    }

    /// A build of one of its forms and of the handlers that this may mean.
    pub(super) fn page(&self, form: &Arc<Form>) -> Registry {
        let targets: Vec<&str> = form.posts_to.iter().map(|target| &*target.path).collect();
        let arrives = self.redirected(targets.clone());
        let handlers = targets.into_iter().chain(arrives);
        let handlers = handlers.flat_map(|path| self.possible(path));
        let mut handlers: Vec<Arc<Handler>> = handlers.cloned().collect();
        handlers.sort_by(|a, b| a.order(b));
        handlers.dedup();
        small(self.build.registry, handlers, Some(form))
    }

    /// The handlers that a path may mean.
    pub(super) fn possible(&self, path: &str) -> Vec<&'r Arc<Handler>> {
        let Ok(pattern) = Pattern::parse(path) else {
            return Vec::new();
        };
        let handlers = self.build.router.possible(&pattern).into_iter();
        let known = handlers.filter_map(|handler| self.handlers.get(&std::ptr::from_ref(handler)));
        known.copied().collect()
    }

    /// The paths to which redirects may lead from these, in several hops.
    pub(super) fn redirected<'p>(&self, from: Vec<&'p str>) -> Vec<&'p str>
    where
        'r: 'p,
    {
        if !self.has_redirects {
            return Vec::new();
        }
        let mut known: HashSet<&str> = from.iter().copied().collect();
        let mut open = from;
        let mut found = Vec::new();
        while let Some(path) = open.pop() {
            for handler in self.possible(path) {
                if let Some(redirect) = &handler.redirect
                    && known.insert(&redirect.to)
                {
                    found.push(&*redirect.to);
                    open.push(&redirect.to);
                }
            }
        }
        found
    }
}

/// A registry of some handlers and one form, if any, of the release of `home`.
pub(super) fn small(
    home: &Registry,
    handlers: Vec<Arc<Handler>>,
    form: Option<&Arc<Form>>,
) -> Registry {
    Registry {
        release: home.release.clone(),
        routing: home.routing,
        trailing_slash: home.trailing_slash,
        scanned: home.scanned,
        handlers,
        forms: form.into_iter().cloned().collect(),
    }
}
