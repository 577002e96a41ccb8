//! Chooses the handler of a request as a router does: segment by segment, a
//! literal before a parameter, a parameter before the rest of the path; the
//! first path that fits is taken, and then the method is looked for on it. So
//! do axum and the `matchit` crate below it; an earlier choice is taken back
//! where it leads nowhere.
//!
//! Whatever the number of handlers, a request costs as many steps as its path
//! has segments, and as many more as there are choices to take back.
//!
//! It does not parse patterns, and does not look at the fields of a request.

mod shared;

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use smallvec::SmallVec;

use crate::registry::pattern::{Pattern, Segment, holds};
use crate::registry::{Handler, Registry};
use crate::support::steps;
use shared::SharedEndpoints;
pub(crate) use shared::declared;

/// The handlers of one registry, by their paths.
#[derive(Debug)]
pub struct Router<'r> {
    nodes: Vec<Node<'r>>,
    /// From a node, by a literal, to the next.
    literals: HashMap<(usize, Cow<'r, str>), usize, FixedState>,
    /// From a node, by the texts around a parameter, to the next.
    parameters: HashMap<(usize, Cow<'r, str>, Cow<'r, str>), usize, FixedState>,
    shared: SharedEndpoints<'r>,
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
    /// Makes the router of a build. Paths that are not valid patterns are left out:
    /// a registry that was read has none.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        let mut router = Self {
            nodes: vec![Node::default()],
            literals: HashMap::with_capacity_and_hasher(
                registry.handlers.len(),
                FixedState::default(),
            ),
            parameters: HashMap::default(),
            shared: SharedEndpoints::default(),
        };
        steps::count(registry.handlers.len());
        for handler in &registry.handlers {
            if let Ok(pattern) = Pattern::parse(&handler.path) {
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
        if let Some(handler) = self.find_handler(method, pattern) {
            return Outcome::Served(handler);
        }
        let sure = self.find(0, &pattern.segments);
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
        match sure {
            _ if !meant.is_empty() => Outcome::Undecided(meant),
            Some(leaf) => {
                steps::count(leaf.len());
                Outcome::OtherMethods(leaf.to_vec())
            }
            None => Outcome::NotServed,
        }
    }

    /// The handler that surely takes a request.
    pub(crate) fn find_handler(&self, method: &str, pattern: &Pattern<'_>) -> Option<&'r Handler> {
        let leaf = self.find(0, &pattern.segments)?;
        serving(leaf, method)
    }

    /// Whether something is at the path, for whatever method and whatever is in its
    /// holes.
    pub(crate) fn has_path(&self, pattern: &Pattern<'_>) -> bool {
        self.find(0, &pattern.segments).is_some()
    }

    /// What a request may mean: its path with the holes filled, and the handler that
    /// takes it then.
    pub(crate) fn meanings(
        &self,
        method: &str,
        pattern: &Pattern<'_>,
    ) -> Vec<(Pattern<'r>, &'r Handler)> {
        let mut meanings = Vec::new();
        for (path, leaf) in self.filled(pattern) {
            if steps::is_used_up() {
                break;
            }
            // Filled, it may be taken by another path, which comes first.
            let leaf = self.find(0, &path.segments).unwrap_or(leaf);
            meanings.extend(serving(leaf, method).map(|handler| (path, handler)));
        }
        meanings
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
        self.fill(0, &pattern.segments, &mut path, &mut found);
        found
    }

    fn insert(&mut self, handler: &'r Handler, pattern: Pattern<'r>) {
        let mut at = 0;
        for segment in pattern.segments {
            at = match segment {
                Segment::Literal(text) => self.literal_node(at, text),
                Segment::Parameter { prefix, suffix } => self.parameter_node(at, prefix, suffix),
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

    fn parameter_node(&mut self, from: usize, prefix: Cow<'r, str>, suffix: Cow<'r, str>) -> usize {
        let key = (from, prefix.clone(), suffix.clone());
        if let Some(to) = self.parameters.get(&key) {
            return *to;
        }
        let to = self.new_node();
        self.parameters.insert(key, to);
        let parameters = &mut self.nodes[from].parameters;
        parameters.push(Parameter { prefix, suffix, to });
        to
    }

    fn new_node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// The handlers of the path that surely fits. A hole fits a parameter, since
    /// that takes whatever the hole holds.
    fn find(&self, at: usize, segments: &[Segment<'_>]) -> Option<&[&'r Handler]> {
        let node = &self.nodes[at];
        steps::count(1 + node.parameters.len());
        if steps::is_used_up() {
            return None;
        }
        let Some((first, others)) = segments.split_first() else {
            return (!node.here.is_empty()).then_some(&node.here);
        };
        if let Segment::Literal(text) = first
            && let Some(to) = self.literals.get(&(at, Cow::Borrowed(text)))
            && let Some(found) = self.find(*to, others)
        {
            return Some(found);
        }
        let mut parameters = node
            .parameters
            .iter()
            .filter(|parameter| parameter.takes(first));
        if let Some(found) = parameters.find_map(|parameter| self.find(parameter.to, others)) {
            return Some(found);
        }
        let takes_rest = !node.rest.is_empty() && !is_empty(first);
        takes_rest.then_some(&node.rest)
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
            Segment::Parameter { prefix, suffix } => {
                steps::count(node.literals.len());
                for (text, to) in &node.literals {
                    if holds(text, prefix, suffix) {
                        go(Segment::Literal(text.clone()), *to);
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
            Segment::Parameter { prefix, suffix } => Segment::Parameter {
                prefix: longer(&self.prefix, prefix),
                suffix: longer(&self.suffix, suffix),
            },
            other => other.clone().into_owned(),
        }
    }
}

impl Parameter<'_> {
    /// The order in which parameters are tried: those with more text around them first.
    fn order(&self, other: &Self) -> Ordering {
        let key = |parameter: &Self| {
            let length = parameter.prefix.len() + parameter.suffix.len();
            (Reverse(length), parameter.prefix.clone())
        };
        key(self).cmp(&key(other))
    }

    /// Whether every text of the segment fits.
    fn takes(&self, segment: &Segment<'_>) -> bool {
        match segment {
            Segment::Literal(text) => holds(text, &self.prefix, &self.suffix),
            Segment::Parameter { prefix, suffix } => {
                prefix.starts_with(&*self.prefix) && suffix.ends_with(&*self.suffix)
            }
            Segment::Rest => false,
        }
    }

    /// Whether some text of the segment fits.
    fn may_take(&self, segment: &Segment<'_>) -> bool {
        match segment {
            Segment::Literal(text) => holds(text, &self.prefix, &self.suffix),
            Segment::Parameter { prefix, suffix } => {
                let prefixes =
                    prefix.starts_with(&*self.prefix) || self.prefix.starts_with(&**prefix);
                let suffixes = suffix.ends_with(&*self.suffix) || self.suffix.ends_with(&**suffix);
                prefixes && suffixes
            }
            Segment::Rest => false,
        }
    }
}

fn is_empty(segment: &Segment<'_>) -> bool {
    matches!(segment, Segment::Literal(text) if text.is_empty())
}

/// The first handler for the method. `HEAD` is served by `GET`, if by nothing of its own.
fn serving<'r>(leaf: &[&'r Handler], method: &str) -> Option<&'r Handler> {
    // A router sorts the handlers of a path by their methods.
    let find = |method: &str| {
        let first = leaf.partition_point(|handler| *handler.method < *method);
        let first = leaf.get(first).copied();
        first.filter(|handler| handler.method == method)
    };
    find(method).or_else(|| if method == "HEAD" { find("GET") } else { None })
}

#[cfg(test)]
mod tests;
