//! Walks through a router to the paths that surely fit a request, from the most to the least
//! specific one.

use std::ops::ControlFlow;

use super::tree::{Tree, is_empty, serving};
use crate::registry::pattern::Segment;
use crate::registry::{Handler, Routing};
use crate::support::steps;

/// What a walk leads to.
pub(super) enum Found<'s, 'r> {
    /// To a handler that surely takes the request.
    Handler(&'r Handler),
    /// To a handler that takes it unless a more specific one does: a parameter of that takes
    /// some of the texts that a hole may hold.
    Unsure(&'r Handler),
    /// To paths whose handlers take other methods; these are those of the first one.
    OtherMethods(&'s [&'r Handler]),
    /// Nowhere.
    Nothing,
}

/// A walk for one method.
pub(super) struct Walk<'s, 'r, 'm> {
    tree: &'s Tree<'r>,
    /// How it goes on where a path does not have the method, unless a handler there says
    /// otherwise.
    routing: Routing,
    method: &'m str,
    /// The handlers of the first path that fits and does not have the method.
    other_methods: Option<&'s [&'r Handler]>,
    is_unsure: bool,
}

/// How a walk goes on; `Break(None)`: it ends at a path that does not have the method.
type Go<'r> = ControlFlow<Option<&'r Handler>>;

impl<'s, 'r, 'm> Walk<'s, 'r, 'm> {
    pub(super) fn new(tree: &'s Tree<'r>, routing: Routing, method: &'m str) -> Self {
        Self {
            tree,
            routing,
            method,
            other_methods: None,
            is_unsure: false,
        }
    }

    /// Walks through the whole path.
    pub(super) fn find(mut self, segments: &[Segment<'_>]) -> Found<'s, 'r> {
        match (self.go(0, segments), self.other_methods) {
            (ControlFlow::Break(Some(handler)), _) if self.is_unsure => Found::Unsure(handler),
            (ControlFlow::Break(Some(handler)), _) => Found::Handler(handler),
            (_, Some(leaf)) => Found::OtherMethods(leaf),
            (_, None) => Found::Nothing,
        }
    }

    /// Goes on from a node. A hole fits a parameter that takes every text, since that takes
    /// whatever the hole holds.
    fn go(&mut self, at: usize, segments: &[Segment<'_>]) -> Go<'r> {
        let tree = self.tree;
        let node = &tree.nodes[at];
        steps::count(1 + node.parameters.len());
        if steps::is_used_up() {
            return ControlFlow::Break(None);
        }
        let Some((first, others)) = segments.split_first() else {
            return self.arrive(&node.here);
        };
        if let Segment::Literal(text) = first
            && let Some(to) = tree.literal(at, text)
        {
            self.go(to, others)?;
        }
        for parameter in &node.parameters {
            if parameter.takes(first) {
                self.go(parameter.to, others)?;
            } else if parameter.limit.is_some() && parameter.may_take(first) {
                let mut walk = Walk::new(tree, self.routing, self.method);
                let ends = walk.go(parameter.to, others).is_break();
                self.is_unsure |= ends || walk.is_unsure;
            }
        }
        if is_empty(first) {
            ControlFlow::Continue(())
        } else {
            self.arrive(&node.rest)
        }
    }

    /// Looks for the method at a path that fits.
    fn arrive(&mut self, leaf: &'s [&'r Handler]) -> Go<'r> {
        if leaf.is_empty() {
            return ControlFlow::Continue(());
        }
        if let Some(handler) = serving(leaf, self.method) {
            return ControlFlow::Break(Some(handler));
        }
        self.other_methods.get_or_insert(leaf);
        let routing = |handler: &&Handler| handler.routing.unwrap_or(self.routing);
        if leaf
            .iter()
            .any(|handler| routing(handler) == Routing::PathFirst)
        {
            ControlFlow::Break(None)
        } else {
            ControlFlow::Continue(())
        }
    }
}
