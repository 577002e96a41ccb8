//! Chooses the handler of a request as a router does: segment by segment, a literal before a
//! parameter, a parameter before the rest of the path. Where the path that fits does not have
//! the method, a router that decides by the path first ends there; one that decides by path
//! and method goes on to the next path that fits. An earlier choice is taken back where it
//! leads nowhere.
//!
//! Whatever the number of handlers, a request costs as many steps as its path
//! has segments, and as many more as there are choices to take back.
//!
//! It does not parse patterns, does not follow redirects, and does not look at the fields of a
//! request.

mod fill;
mod shared;
mod tree;
mod walk;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::registry::pattern::{Pattern, Segment};
use crate::registry::{Handler, Registry, Routing, TrailingSlash};
use crate::support::steps;
use shared::SharedEndpoints;
pub(crate) use shared::declared;
use tree::{Tree, is_empty, serving};
use walk::{Found, Walk};

/// The handlers of one registry, by their paths.
#[derive(Debug)]
pub struct Router<'r> {
    tree: Tree<'r>,
    shared: SharedEndpoints<'r>,
    /// How it goes on where a path does not have the method, unless a handler there says
    /// otherwise.
    routing: Routing,
    trailing_slash: Option<TrailingSlash>,
}

/// Where a request would arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'r> {
    /// At this handler, or at one that [shares its endpoint](Router::sharing).
    Served(&'r Handler),
    /// At a path whose handlers take other methods.
    OtherMethods(Vec<&'r Handler>),
    /// Nowhere.
    NotServed,
    /// At one of these, if a hole of the path holds the right text.
    Undecided(Vec<&'r Handler>),
}

impl<'r> Router<'r> {
    /// Makes the router of a build. Paths that are no patterns are left out: a registry that
    /// was read has none.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        Self::with_routing(registry, Routing::default())
    }

    /// The same, which goes on as `routing` says where the build does not say it.
    #[must_use]
    pub fn with_routing(registry: &'r Registry, routing: Routing) -> Self {
        steps::count(registry.handlers.len());
        let mut tree = Tree::with_capacity(registry.handlers.len());
        for handler in &registry.handlers {
            if let Ok(pattern) = handler.pattern() {
                tree.insert(handler, pattern);
            }
        }
        tree.sort();
        Self {
            shared: SharedEndpoints::new(tree.leaves_mut()),
            tree,
            routing: registry.routing.unwrap_or(routing),
            trailing_slash: registry.trailing_slash,
        }
    }

    /// All handlers that may take a request that arrives at this one, which comes from
    /// [`Outcome::Served`]: a guard decides between them. Empty, if it is the only one.
    #[must_use]
    pub fn sharing(&self, handler: &Handler) -> &[&'r Handler] {
        self.shared.with_first(handler)
    }

    /// The handlers that share one endpoint, for each endpoint that several do. Those
    /// that take only some of its requests share it rightly.
    pub fn duplicates(&self) -> impl Iterator<Item = Vec<&'r Handler>> {
        self.tree
            .leaves()
            .filter(|leaf| leaf.len() > 1)
            .flat_map(|leaf| {
                let mut by_method: HashMap<&str, Vec<&'r Handler>> = HashMap::new();
                for handler in leaf.iter().filter(|handler| !handler.partial) {
                    by_method.entry(&handler.method).or_default().push(handler);
                }
                by_method.into_values().filter(|same| same.len() > 1)
            })
    }

    /// Where a request would arrive.
    #[must_use]
    pub fn resolve(&self, method: &str, pattern: &Pattern<'_>) -> Outcome<'r> {
        let found = self.walk(method, pattern);
        if let Found::Handler(handler) = found {
            return Outcome::Served(handler);
        }
        // Handlers that serve the method at different paths are never equal, so their
        // addresses tell them apart.
        let mut known = HashSet::new();
        let mut meant: Vec<&'r Handler> = Vec::new();
        for (_, handler) in self.meanings(method, pattern) {
            steps::count(1);
            if known.insert(std::ptr::from_ref(handler)) {
                meant.push(handler);
            }
        }
        meant.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
        match found {
            _ if !meant.is_empty() => Outcome::Undecided(meant),
            Found::OtherMethods(leaf) => other_methods(leaf),
            Found::Handler(_) | Found::Unsure(_) | Found::Nothing => Outcome::NotServed,
        }
    }

    /// The handler that surely takes a request.
    pub(crate) fn find_handler(&self, method: &str, pattern: &Pattern<'_>) -> Option<&'r Handler> {
        match self.walk(method, pattern) {
            Found::Handler(handler) => Some(handler),
            _ => None,
        }
    }

    /// Where a request arrives whose holes hold what no literal is and no limit takes.
    pub(crate) fn resolve_other_texts(&self, method: &str, pattern: &Pattern<'_>) -> Outcome<'r> {
        match self.walk(method, pattern) {
            Found::Handler(handler) | Found::Unsure(handler) => Outcome::Served(handler),
            Found::OtherMethods(leaf) => other_methods(leaf),
            Found::Nothing => Outcome::NotServed,
        }
    }

    /// Whether something is at the path, for whatever method and whatever is in its
    /// holes.
    pub(crate) fn has_path(&self, pattern: &Pattern<'_>) -> bool {
        // No handler has this method.
        !matches!(self.walk("", pattern), Found::Nothing)
    }

    /// The handler of this very method and path, whatever its parameters are limited to; one
    /// with the same limits, if there is one.
    pub(crate) fn at(&self, method: &str, pattern: &Pattern<'_>) -> Option<&'r Handler> {
        self.tree.exact(0, &pattern.segments, method)
    }

    /// What a request may mean: its path with the holes filled, and the handler that
    /// takes it then.
    pub(crate) fn meanings(
        &self,
        method: &str,
        pattern: &Pattern<'_>,
    ) -> Vec<(Pattern<'r>, &'r Handler)> {
        let endings = self.endings(method, pattern).into_iter();
        let served = endings.filter_map(|(path, outcome)| match outcome {
            Outcome::Served(handler) => Some((path, handler)),
            _ => None,
        });
        served.collect()
    }

    /// The same, and the paths at which a request ends without a handler, since those there
    /// take other methods.
    pub(crate) fn endings(
        &self,
        method: &str,
        pattern: &Pattern<'_>,
    ) -> Vec<(Pattern<'r>, Outcome<'r>)> {
        let mut endings = Vec::new();
        for (path, leaf) in self.tree.filled(&self.as_routed(pattern).segments) {
            if steps::is_used_up() {
                break;
            }
            // Filled, it may be taken by another path, which comes first.
            let outcome = match Walk::new(&self.tree, self.routing, method).find(&path.segments) {
                Found::Handler(handler) | Found::Unsure(handler) => Outcome::Served(handler),
                Found::OtherMethods(leaf) => other_methods(leaf),
                Found::Nothing => match serving(leaf, method) {
                    Some(handler) => Outcome::Served(handler),
                    None => other_methods(leaf),
                },
            };
            endings.push((path, outcome));
        }
        endings
    }

    fn walk(&self, method: &str, pattern: &Pattern<'_>) -> Found<'_, 'r> {
        Walk::new(&self.tree, self.routing, method).find(&self.as_routed(pattern).segments)
    }

    /// The path that is routed: with or without a slash at its end.
    fn as_routed<'p, 'q>(&self, pattern: &'p Pattern<'q>) -> Cow<'p, Pattern<'q>> {
        let ends_in_slash = pattern.segments.last().is_some_and(is_empty);
        let mut routed = Cow::Borrowed(pattern);
        match self.trailing_slash {
            Some(TrailingSlash::Trim) => {
                // That of the root stays.
                while routed.segments.len() > 1 && routed.segments.last().is_some_and(is_empty) {
                    routed.to_mut().segments.pop();
                }
            }
            Some(TrailingSlash::Append) if !ends_in_slash => {
                let segments = &mut routed.to_mut().segments;
                segments.push(Segment::Literal(Cow::Borrowed("")));
            }
            _ => {}
        }
        routed
    }

    /// The handlers, of whatever method, of the paths that a request may mean.
    pub(crate) fn possible(&self, pattern: &Pattern<'_>) -> Vec<&'r Handler> {
        let filled = self.tree.filled(&self.as_routed(pattern).segments);
        let handlers = filled
            .into_iter()
            .flat_map(|(_, leaf)| leaf.iter().copied());
        handlers.inspect(|_| steps::count(1)).collect()
    }
}

fn other_methods<'r>(leaf: &[&'r Handler]) -> Outcome<'r> {
    steps::count(leaf.len());
    Outcome::OtherMethods(leaf.to_vec())
}

#[cfg(test)]
mod tests;
