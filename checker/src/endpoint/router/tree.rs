//! The paths of a router as a tree: from node to node, segment by segment.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::registry::pattern::{Pattern, Segment, may_take_as_parameter, takes_as_parameter};
use crate::registry::{Handler, Limit};
use crate::support::steps;

/// The paths, and the handlers at each.
#[derive(Debug)]
pub(super) struct Tree<'r> {
    /// The first one is the root.
    pub(super) nodes: Vec<Node<'r>>,
    /// From a node, by a literal, to the next.
    literals: HashMap<(usize, Cow<'r, str>), usize, FixedState>,
    /// From a node, by a parameter, to the next.
    parameters: HashMap<(usize, Segment<'r>), usize, FixedState>,
    /// From a node, by the text around a parameter, to the next ones, whatever their limits.
    by_text: HashMap<Text<'r>, Vec<usize>, FixedState>,
}

/// A node, and what stands before and behind its parameters.
type Text<'r> = (usize, Cow<'r, str>, Cow<'r, str>);

/// What can come after the segments that lead here.
#[derive(Debug, Default)]
pub(super) struct Node<'r> {
    /// The nodes that a literal leads to, and that literal.
    pub(super) literals: Vec<(Cow<'r, str>, usize)>,
    /// The nodes that a parameter leads to; those with more text around it first.
    pub(super) parameters: Vec<Parameter<'r>>,
    /// The handlers that take the rest of the path.
    pub(super) rest: Vec<&'r Handler>,
    /// The handlers of the path that ends here.
    pub(super) here: Vec<&'r Handler>,
}

/// A parameter, with what is around it and what it is limited to.
#[derive(Debug)]
pub(super) struct Parameter<'r> {
    pub(super) prefix: Cow<'r, str>,
    pub(super) suffix: Cow<'r, str>,
    pub(super) limit: Option<Arc<Limit>>,
    pub(super) to: usize,
}

impl<'r> Tree<'r> {
    /// A tree for about this many handlers.
    pub(super) fn with_capacity(handlers: usize) -> Self {
        Self {
            nodes: vec![Node::default()],
            literals: HashMap::with_capacity_and_hasher(handlers, FixedState::default()),
            parameters: HashMap::default(),
            by_text: HashMap::default(),
        }
    }

    /// The handlers of each path.
    pub(super) fn leaves(&self) -> impl Iterator<Item = &Vec<&'r Handler>> {
        self.nodes.iter().flat_map(|node| [&node.here, &node.rest])
    }

    /// The same, to be sorted.
    pub(super) fn leaves_mut(&mut self) -> impl Iterator<Item = &mut Vec<&'r Handler>> {
        let nodes = self.nodes.iter_mut();
        nodes.flat_map(|node| [&mut node.here, &mut node.rest])
    }

    /// The node that a literal leads to.
    pub(super) fn literal(&self, from: usize, text: &str) -> Option<usize> {
        self.literals.get(&(from, Cow::Borrowed(text))).copied()
    }

    /// Sorts the parameters of each node in the order in which they are tried, once all are there.
    pub(super) fn sort(&mut self) {
        for (from, node) in self.nodes.iter_mut().enumerate() {
            node.parameters.sort_by(Parameter::order);
            for parameter in &node.parameters {
                let key = (from, parameter.prefix.clone(), parameter.suffix.clone());
                self.by_text.entry(key).or_default().push(parameter.to);
            }
        }
    }

    pub(super) fn insert(&mut self, handler: &'r Handler, pattern: Pattern<'r>) {
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
    pub(super) fn exact(
        &self,
        at: usize,
        segments: &[Segment<'_>],
        method: &str,
    ) -> Option<&'r Handler> {
        let node = &self.nodes[at];
        let handler =
            |leaf: &[&'r Handler]| serving(leaf, method).filter(|handler| handler.method == method);
        let Some((first, others)) = segments.split_first() else {
            return handler(&node.here);
        };
        match first {
            Segment::Literal(text) => {
                let to = self.literal(at, text)?;
                self.exact(to, others, method)
            }
            Segment::Parameter { prefix, suffix, .. } => {
                let with_limit = self.parameters.get(&(at, first.clone()));
                let text = (at, prefix.clone(), suffix.clone());
                let others_alike = self.by_text.get(&text).into_iter().flatten();
                let mut candidates = with_limit.into_iter().chain(others_alike);
                candidates.find_map(|to| {
                    steps::count(1);
                    self.exact(*to, others, method)
                })
            }
            Segment::Rest => handler(&node.rest),
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
    pub(super) fn takes(&self, segment: &Segment<'_>) -> bool {
        let around = (&*self.prefix, &*self.suffix);
        takes_as_parameter(around, self.limit.as_deref(), segment)
    }

    /// Whether some text of the segment fits.
    pub(super) fn may_take(&self, segment: &Segment<'_>) -> bool {
        let around = (&*self.prefix, &*self.suffix);
        may_take_as_parameter(around, self.limit.as_deref(), segment)
    }
}

pub(super) fn is_empty(segment: &Segment<'_>) -> bool {
    matches!(segment, Segment::Literal(text) if text.is_empty())
}

/// The first handler for the method. `HEAD` is served by `GET`, if by nothing of its own.
pub(super) fn serving<'r>(leaf: &[&'r Handler], method: &str) -> Option<&'r Handler> {
    // A router sorts the handlers of a path by their methods.
    let of = |method: &str| {
        let first = leaf.partition_point(|handler| *handler.method < *method);
        let first = leaf.get(first).copied();
        first.filter(|handler| handler.method == method)
    };
    of(method).or_else(|| if method == "HEAD" { of("GET") } else { None })
}
