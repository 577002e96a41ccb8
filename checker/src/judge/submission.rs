//! A submission: a form of one release arriving at a node of another.

use super::Direction;
use crate::endpoint::{Outcome, Pattern, Router};
use crate::registry::{Form, Handler, Registry, Target};

/// One of the two builds.
#[derive(Debug)]
pub struct Side<'r> {
    /// Its items.
    pub registry: &'r Registry,
    /// Its handlers, by path.
    pub router: Router<'r>,
}

impl<'r> Side<'r> {
    /// Makes the router of a build.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        Self {
            registry,
            router: Router::new(registry),
        }
    }

    /// Where a request would arrive. A path that is no pattern, which no registry
    /// that was read has, arrives nowhere.
    #[must_use]
    pub fn resolve(&self, method: &str, path: &str) -> Outcome<'r> {
        match Pattern::parse(path) {
            Ok(pattern) => self.router.resolve(method, &pattern),
            Err(_) => Outcome::NotServed,
        }
    }
}

/// A form of `page` that is sent to `node`.
#[derive(Debug)]
pub struct Submission<'a, 'r> {
    /// The build that made the page.
    pub page: &'a Side<'r>,
    /// The build that gets the request.
    pub node: &'a Side<'r>,
    /// What is sent.
    pub form: &'r Form,
    /// Where to.
    pub target: &'r Target,
    /// Where it arrives in the page's own build: somewhere.
    pub own: Outcome<'r>,
    /// Where it arrives in the node's build.
    pub there: Outcome<'r>,
    /// Which of the two is the page's.
    pub direction: Direction,
}

/// Whether some of the endpoints that a form may mean are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// Every one is.
    All,
    /// Some are, some are not.
    Some,
    /// None is, and nothing else is at their paths.
    None,
    /// None is, but their paths are served for other methods.
    OtherMethods,
}

impl<'r> Submission<'_, 'r> {
    /// The handler that takes it in the page's own build, if that is sure.
    #[must_use]
    pub fn own_handler(&self) -> Option<&'r Handler> {
        match &self.own {
            Outcome::Served(handler) => Some(handler),
            Outcome::Undecided(handlers) => handlers.first().copied(),
            Outcome::OtherMethods(_) | Outcome::NotServed => None,
        }
    }

    /// Whether the node serves what the page's own build serves.
    ///
    /// If a parameter takes the holes there, any text may be in them: literals of
    /// the node do not take their place. If only literals take them, the form
    /// means these, and each is looked for.
    #[must_use]
    pub fn served(&self) -> Served {
        match (&self.own, &self.there) {
            (_, Outcome::Served(_)) => Served::All,
            (Outcome::Undecided(meant), _) => self.served_of(meant),
            (_, Outcome::OtherMethods(_)) => Served::OtherMethods,
            (_, Outcome::NotServed | Outcome::Undecided(_)) => Served::None,
        }
    }

    fn served_of(&self, meant: &[&Handler]) -> Served {
        let outcomes = meant
            .iter()
            .map(|handler| self.node.resolve(&self.target.method, &handler.path));
        let outcomes: Vec<Outcome<'_>> = outcomes.collect();
        let served = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::Served(_)));
        match served.count() {
            0 if outcomes
                .iter()
                .any(|outcome| matches!(outcome, Outcome::OtherMethods(_))) =>
            {
                Served::OtherMethods
            }
            0 => Served::None,
            count if count == outcomes.len() => Served::All,
            _ => Served::Some,
        }
    }
}
