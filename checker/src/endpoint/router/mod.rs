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

mod shared;
mod walk;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use smallvec::SmallVec;

use crate::registry::pattern::{Pattern, Segment, may_take_as_parameter, takes_as_parameter};
use crate::registry::{Handler, Limit, Registry, Routing, TrailingSlash};
use crate::support::steps;
use shared::SharedEndpoints;
pub(crate) use shared::declared;
use walk::{Found, Walk};

/// The handlers of one registry, by their paths.
#[derive(Debug)]
pub struct Router<'r> {
    nodes: Vec<Node<'r>>,
    /// From a node, by a literal, to the next.
    literals: HashMap<(usize, Cow<'r, str>), usize, FixedState>,
    /// From a node, by a parameter, to the next.
    parameters: HashMap<(usize, Segment<'r>), usize, FixedState>,
    shared: SharedEndpoints<'r>,
    /// How it goes on where a path does not have the method, unless a handler there says
    /// otherwise.
    routing: Routing,
    trailing_slash: Option<TrailingSlash>,
}

/// What can come after the segments that lead here.
#[derive(Debug, Default)]
struct Node<'r> {
    /// The nodes that a literal leads to, and that literal.
    literals: Vec<(Cow<'r, str>, usize)>,
    /// The nodes that a parameter leads to; those with more text around it first.
    parameters: Vec<Parameter<'r>>,
    /// The handlers that take the rest of the path.
    rest: Vec<&'r Handler>,
    /// The handlers of the path that ends here.
    here: Vec<&'r Handler>,
}

#[derive(Debug)]
struct Parameter<'r> {
    prefix: Cow<'r, str>,
    suffix: Cow<'r, str>,
    limit: Option<Arc<Limit>>,
    to: usize,
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
        let mut router = Self {
            nodes: vec![Node::default()],
            literals: HashMap::with_capacity_and_hasher(
                registry.handlers.len(),
                FixedState::default(),
            ),
            parameters: HashMap::default(),
            shared: SharedEndpoints::default(),
            routing: registry.routing.unwrap_or(routing),
            trailing_slash: registry.trailing_slash,
        };
        steps::count(registry.handlers.len());
        for handler in &registry.handlers {
            if let Ok(pattern) = handler.pattern() {
                router.insert(handler, pattern);
            }
        }
        for node in &mut router.nodes {
            node.parameters.sort_by(Parameter::order);
        }
        let nodes = router.nodes.iter_mut();
        router.shared =
            SharedEndpoints::new(nodes.flat_map(|node| [&mut node.here, &mut node.rest]));
        router
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
        let leaves = self.nodes.iter().flat_map(|node| [&node.here, &node.rest]);
        leaves.filter(|leaf| leaf.len() > 1).flat_map(|leaf| {
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
        self.exact(0, &pattern.segments, method)
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
        for (path, leaf) in self.filled(pattern) {
            if steps::is_used_up() {
                break;
            }
            // Filled, it may be taken by another path, which comes first.
            let outcome = match Walk::new(self, method).find(&path.segments) {
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
        Walk::new(self, method).find(&self.as_routed(pattern).segments)
    }

    /// The path that is routed: with or without a slash at its end.
    fn as_routed<'p, 'q>(&self, pattern: &'p Pattern<'q>) -> Cow<'p, Pattern<'q>> {
        let ends_in_slash = pattern.segments.last().is_some_and(is_empty);
        let is_root = pattern.segments.len() == 1;
        let mut routed = Cow::Borrowed(pattern);
        match self.trailing_slash {
            Some(TrailingSlash::Trim) if ends_in_slash && !is_root => {
                let segments = &mut routed.to_mut().segments;
                while segments.len() > 1 && segments.last().is_some_and(is_empty) {
                    segments.pop();
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
        let filled = self.filled(pattern).into_iter();
        let handlers = filled.flat_map(|(_, leaf)| leaf.iter().copied());
        handlers.inspect(|_| steps::count(1)).collect()
    }

    /// The ways in which the holes of a path can be filled so that it fits a path of
    /// the router: the path then, and the handlers of that one.
    fn filled(&self, pattern: &Pattern<'_>) -> Vec<(Pattern<'r>, &[&'r Handler])> {
        let mut found = Vec::new();
        let mut path = SmallVec::new();
        let routed = self.as_routed(pattern);
        self.fill(0, &routed.segments, &mut path, &mut found);
        found
    }

    fn insert(&mut self, handler: &'r Handler, pattern: Pattern<'r>) {
        let mut at = 0;
        for segment in pattern.segments {
            at = match segment {
                Segment::Literal(text) => self.literal_node(at, text),
                Segment::Parameter { .. } => self.parameter_node(at, segment),
                Segment::Rest => return self.nodes[at].rest.push(handler),
            };
        }
        self.nodes[at].here.push(handler);
    }

    fn literal_node(&mut self, from: usize, text: Cow<'r, str>) -> usize {
        if let Some(to) = self.literals.get(&(from, text.clone())) {
            return *to;
        }
        let to = self.new_node();
        self.nodes[from].literals.push((text.clone(), to));
        self.literals.insert((from, text), to);
        to
    }

    fn parameter_node(&mut self, from: usize, segment: Segment<'r>) -> usize {
        let key = (from, segment);
        if let Some(to) = self.parameters.get(&key) {
            return *to;
        }
        let to = self.new_node();
        if let Segment::Parameter {
            prefix,
            suffix,
            limit,
        } = key.1.clone()
        {
            self.nodes[from].parameters.push(Parameter {
                prefix,
                suffix,
                limit,
                to,
            });
        }
        self.parameters.insert(key, to);
        to
    }

    fn new_node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Goes on from a node to the one at exactly these segments.
    fn exact(&self, at: usize, segments: &[Segment<'_>], method: &str) -> Option<&'r Handler> {
        let node = &self.nodes[at];
        let handler =
            |leaf: &[&'r Handler]| serving(leaf, method).filter(|handler| handler.method == method);
        let Some((first, others)) = segments.split_first() else {
            return handler(&node.here);
        };
        match first {
            Segment::Literal(text) => {
                let to = self.literals.get(&(at, Cow::Borrowed(text)))?;
                self.exact(*to, others, method)
            }
            Segment::Parameter {
                prefix,
                suffix,
                limit,
            } => {
                let same = node.parameters.iter();
                let same = same.filter(|known| known.prefix == *prefix && known.suffix == *suffix);
                let mut same: Vec<&Parameter<'_>> = same.collect();
                same.sort_by_key(|known| known.limit != *limit);
                same.into_iter()
                    .find_map(|parameter| self.exact(parameter.to, others, method))
            }
            Segment::Rest => handler(&node.rest),
        }
    }

    /// Goes on from a node that `path` leads to.
    fn fill<'s>(
        &'s self,
        at: usize,
        segments: &[Segment<'_>],
        path: &mut SmallVec<[Segment<'r>; 4]>,
        found: &mut Vec<(Pattern<'r>, &'s [&'r Handler])>,
    ) {
        let node = &self.nodes[at];
        steps::count(1 + node.parameters.len());
        if steps::is_used_up() {
            return;
        }
        let Some((first, others)) = segments.split_first() else {
            if !node.here.is_empty() {
                let segments = path.clone();
                found.push((Pattern { segments }, &node.here));
            }
            return;
        };
        let mut go = |segment: Segment<'r>, to: usize| {
            path.push(segment);
            self.fill(to, others, path, found);
            path.pop();
        };
        match first {
            Segment::Literal(text) => {
                if let Some(to) = self.literals.get(&(at, Cow::Borrowed(text))) {
                    go(first.clone().into_owned(), *to);
                }
            }
            Segment::Parameter {
                prefix,
                suffix,
                limit,
            } => {
                steps::count(node.literals.len());
                for (text, to) in &node.literals {
                    let literal = Segment::Literal(text.clone());
                    if takes_as_parameter((prefix, suffix), limit.as_deref(), &literal) {
                        go(literal, *to);
                    }
                }
            }
            Segment::Rest => {}
        }
        for parameter in &node.parameters {
            if parameter.may_take(first) {
                go(parameter.narrowed(first), parameter.to);
            }
        }
        if !node.rest.is_empty() && !is_empty(first) {
            let mut whole = path.clone();
            whole.extend(segments.iter().map(|segment| segment.clone().into_owned()));
            found.push((Pattern { segments: whole }, &node.rest));
        }
    }
}

impl<'r> Parameter<'r> {
    /// What of the segment fits.
    fn narrowed(&self, segment: &Segment<'_>) -> Segment<'r> {
        let longer = |own: &Cow<'r, str>, other: &Cow<'_, str>| {
            if own.len() >= other.len() {
                own.clone()
            } else {
                Cow::Owned(other.clone().into_owned())
            }
        };
        match segment {
            Segment::Parameter {
                prefix,
                suffix,
                limit,
            } => Segment::Parameter {
                prefix: longer(&self.prefix, prefix),
                suffix: longer(&self.suffix, suffix),
                limit: self.limit.clone().or_else(|| limit.clone()),
            },
            other => other.clone().into_owned(),
        }
    }
}

impl Parameter<'_> {
    /// The order in which parameters are tried: those with more text around them first, and
    /// of these those that take only some texts.
    fn order(&self, other: &Self) -> Ordering {
        let key = |parameter: &Self| {
            let length = parameter.prefix.len() + parameter.suffix.len();
            (
                Reverse(length),
                parameter.prefix.clone(),
                parameter.limit.is_none(),
                parameter.limit.as_ref().map(|limit| format!("{limit:?}")),
            )
        };
        key(self).cmp(&key(other))
    }

    /// Whether every text of the segment fits.
    fn takes(&self, segment: &Segment<'_>) -> bool {
        let around = (&*self.prefix, &*self.suffix);
        takes_as_parameter(around, self.limit.as_deref(), segment)
    }

    /// Whether some text of the segment fits.
    fn may_take(&self, segment: &Segment<'_>) -> bool {
        let around = (&*self.prefix, &*self.suffix);
        may_take_as_parameter(around, self.limit.as_deref(), segment)
    }
}

fn other_methods<'r>(leaf: &[&'r Handler]) -> Outcome<'r> {
    steps::count(leaf.len());
    Outcome::OtherMethods(leaf.to_vec())
}

fn is_empty(segment: &Segment<'_>) -> bool {
    matches!(segment, Segment::Literal(text) if text.is_empty())
}

/// The first handler for the method. `HEAD` is served by `GET`, if by nothing of its own.
fn serving<'r>(leaf: &[&'r Handler], method: &str) -> Option<&'r Handler> {
    // A router sorts the handlers of a path by their methods.
    let of = |method: &str| {
        let first = leaf.partition_point(|handler| *handler.method < *method);
        let first = leaf.get(first).copied();
        first.filter(|handler| handler.method == method)
    };
    of(method).or_else(|| if method == "HEAD" { of("GET") } else { None })
}

#[cfg(test)]
mod tests;
