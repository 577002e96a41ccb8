//! Fills the holes of a path so that it fits a path of the router.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::tree::{Parameter, Tree, is_empty};
use crate::registry::Handler;
use crate::registry::pattern::{Pattern, Segment, takes_as_parameter};
use crate::support::steps;

impl<'r> Tree<'r> {
    /// The ways in which the holes of a path can be filled: the path then, and the handlers of
    /// the one that it fits.
    pub(super) fn filled(&self, segments: &[Segment<'_>]) -> Vec<(Pattern<'r>, &[&'r Handler])> {
        let mut found = Vec::new();
        self.fill(0, segments, &mut SmallVec::new(), &mut found);
        found
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
                if let Some(to) = self.literal(at, text) {
                    go(first.clone().into_owned(), to);
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
