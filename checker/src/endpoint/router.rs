//! Chooses the handler of a request as a router does: segment by segment, a
//! literal before a parameter, a parameter before the rest of the path; the
//! first path that fits is taken, and then the method is looked for on it. So
//! do axum and the `matchit` crate below it; an earlier choice is taken back
//! where it leads nowhere.
//!
//! Whatever the number of handlers, a request costs as many steps as its path
//! has segments, and as many more as there are choices to take back.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::pattern::{Pattern, Segment, holds};
use crate::registry::{Handler, Registry};

/// The handlers of one registry, by their paths.
#[derive(Debug)]
pub struct Router<'r> {
    nodes: Vec<Node<'r>>,
    /// From a node, by a literal, to the next.
    literals: HashMap<(usize, Cow<'r, str>), usize, FixedState>,
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
    /// At this handler.
    Served(&'r Handler),
    /// At a path whose handlers take other methods.
    OtherMethods(Vec<&'r Handler>),
    /// Nowhere.
    NotServed,
    /// At one of these, if a hole of the path holds the right text.
    Undecided(Vec<&'r Handler>),
}

impl<'r> Router<'r> {
    /// Makes the router of a build. Paths that are no patterns are left out:
    /// a registry that was read has none.
    #[must_use]
    pub fn new(registry: &'r Registry) -> Self {
        let mut router = Self {
            nodes: vec![Node::default()],
            literals: HashMap::with_capacity_and_hasher(
                registry.handlers.len(),
                FixedState::default(),
            ),
        };
        for handler in &registry.handlers {
            if let Ok(pattern) = Pattern::parse(&handler.path) {
                router.insert(handler, pattern);
            }
        }
        router
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
        if let Some(leaf) = self.find(0, &pattern.segments) {
            return match serving(leaf, method) {
                Some(handler) => Outcome::Served(handler),
                None => Outcome::OtherMethods(leaf.to_vec()),
            };
        }
        let mut possible = Vec::new();
        self.find_possible(0, &pattern.segments, &mut possible);
        let serving: Vec<&Handler> = possible
            .into_iter()
            .filter_map(|leaf| serving(leaf, method))
            .collect();
        if serving.is_empty() {
            Outcome::NotServed
        } else {
            Outcome::Undecided(serving)
        }
    }

    /// The handlers, of whatever method, of the paths that a request may mean.
    pub(crate) fn possible(&self, pattern: &Pattern<'_>) -> Vec<&'r Handler> {
        let mut possible = Vec::new();
        self.find_possible(0, &pattern.segments, &mut possible);
        possible.concat()
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
        let known = self.nodes[from].parameters.iter();
        let mut known = known.filter(|known| known.prefix == prefix && known.suffix == suffix);
        if let Some(known) = known.next() {
            return known.to;
        }
        let to = self.new_node();
        let parameters = &mut self.nodes[from].parameters;
        parameters.push(Parameter { prefix, suffix, to });
        parameters.sort_by_key(|known| {
            (
                usize::MAX - known.prefix.len() - known.suffix.len(),
                known.prefix.clone(),
            )
        });
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

    /// Adds the handlers of the paths that fit if the holes hold the right text.
    fn find_possible<'s>(
        &'s self,
        at: usize,
        segments: &[Segment<'_>],
        found: &mut Vec<&'s [&'r Handler]>,
    ) {
        let node = &self.nodes[at];
        let Some((first, others)) = segments.split_first() else {
            if !node.here.is_empty() {
                found.push(&node.here);
            }
            return;
        };
        match first {
            Segment::Literal(text) => {
                if let Some(to) = self.literals.get(&(at, Cow::Borrowed(text))) {
                    self.find_possible(*to, others, found);
                }
            }
            Segment::Parameter { prefix, suffix } => {
                let fitting = node
                    .literals
                    .iter()
                    .filter(|(text, _)| holds(text, prefix, suffix));
                for (_, to) in fitting {
                    self.find_possible(*to, others, found);
                }
            }
            Segment::Rest => {}
        }
        for parameter in node
            .parameters
            .iter()
            .filter(|parameter| parameter.may_take(first))
        {
            self.find_possible(parameter.to, others, found);
        }
        if !node.rest.is_empty() && !is_empty(first) {
            found.push(&node.rest);
        }
    }
}

impl Parameter<'_> {
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

/// The handler for the method. `HEAD` is served by `GET`, if by nothing of its own.
fn serving<'r>(leaf: &[&'r Handler], method: &str) -> Option<&'r Handler> {
    let of = |method: &str| {
        leaf.iter()
            .find(|handler| handler.method == method)
            .copied()
    };
    of(method).or_else(|| if method == "HEAD" { of("GET") } else { None })
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Router};
    use crate::endpoint::Pattern;
    use crate::registry::{Registry, snapshot};

    fn registry(endpoints: &[&str]) -> Registry {
        let handlers: Vec<String> = endpoints
            .iter()
            .map(|endpoint| {
                let (method, path) = endpoint.split_once(' ').unwrap();
                format!(r#"{{"id":"{endpoint}","method":"{method}","path":"{path}"}}"#)
            })
            .collect();
        let handlers = handlers.join(",");
        let release = r#"{"name":"app","version":"1.0.0"}"#;
        let json = format!(r#"{{"format":1,"release":{release},"handlers":[{handlers}]}}"#);
        snapshot::read(json.as_bytes()).unwrap()
    }

    fn resolve(endpoints: &[&str], endpoint: &str) -> String {
        let registry = registry(endpoints);
        let (method, path) = endpoint.split_once(' ').unwrap();
        match Router::new(&registry).resolve(method, &Pattern::parse(path).unwrap()) {
            Outcome::Served(handler) => handler.id.clone(),
            Outcome::OtherMethods(_) => "405".to_owned(),
            Outcome::NotServed => "404".to_owned(),
            Outcome::Undecided(handlers) => {
                let ids: Vec<&str> = handlers.iter().map(|handler| &*handler.id).collect();
                format!("{}?", ids.join("? "))
            }
        }
    }

    #[test]
    fn a_literal_comes_before_a_parameter_before_the_rest() {
        let all = ["GET /a/{id}", "GET /a/new", "GET /a/{*rest}", "GET /a/v{n}"];
        assert_eq!(resolve(&all, "GET /a/new"), "GET /a/new");
        assert_eq!(resolve(&all, "GET /a/v7"), "GET /a/v{n}");
        assert_eq!(resolve(&all, "GET /a/7"), "GET /a/{id}");
        assert_eq!(resolve(&all, "GET /a/7/b"), "GET /a/{*rest}");
    }

    #[test]
    fn a_choice_that_leads_nowhere_is_taken_back() {
        let all = ["GET /a/new/x", "GET /{any}/{id}/y"];
        assert_eq!(resolve(&all, "GET /a/new/y"), "GET /{any}/{id}/y");
    }

    #[test]
    fn the_path_is_chosen_before_the_method() {
        let all = ["GET /a/new", "POST /a/{id}"];
        assert_eq!(resolve(&all, "POST /a/new"), "405");
        assert_eq!(resolve(&all, "HEAD /a/new"), "GET /a/new");
    }

    #[test]
    fn a_slash_at_the_end_matters() {
        assert_eq!(resolve(&["GET /a"], "GET /a/"), "404");
        assert_eq!(resolve(&["GET /a/"], "GET /a"), "404");
        assert_eq!(
            resolve(&["GET /a/{id}", "GET /b/{*rest}"], "GET /a/"),
            "404"
        );
        assert_eq!(resolve(&["GET /b/{*rest}"], "GET /b/"), "404");
        assert_eq!(resolve(&["GET /b/{*rest}"], "GET /b"), "404");
    }

    #[test]
    fn the_names_of_parameters_do_not_matter() {
        assert_eq!(resolve(&["GET /a/{id}"], "GET /a/{number}"), "GET /a/{id}");
        assert_eq!(
            resolve(&["GET /a/{*rest}"], "GET /a/{*tail}"),
            "GET /a/{*rest}"
        );
    }

    #[test]
    fn a_hole_surely_fits_a_parameter_and_perhaps_a_literal() {
        assert_eq!(
            resolve(&["GET /a/{id}", "GET /a/new"], "GET /a/{hole}"),
            "GET /a/{id}"
        );
        assert_eq!(resolve(&["GET /a/new"], "GET /a/{hole}"), "GET /a/new?");
        assert_eq!(resolve(&["GET /a/new"], "GET /a/x{hole}"), "404");
        assert_eq!(resolve(&["POST /a/new"], "GET /a/{hole}"), "404");
        assert_eq!(resolve(&["GET /a/v{n}"], "GET /a/{hole}"), "GET /a/v{n}?");
    }

    #[test]
    fn an_endpoint_that_two_serve_is_found() {
        let all = registry(&["GET /a/{id}", "GET /a/{other}", "POST /a/{id}", "GET /a/b"]);
        let duplicates: Vec<_> = Router::new(&all).duplicates().collect();
        assert_eq!(duplicates.len(), 1);
        assert_eq!(duplicates[0].len(), 2);
    }
}
