//! The blocks that are open, and what stands in them so far.

use std::ops::Range;

use crate::source::Arms;
use crate::templates::tree::{Bound, Branch, Kind, More, Node, Within};

/// What a brace opens.
pub(super) enum Opened {
    If(Bound),
    /// The next arm of the condition that is open, and whether it is the last one.
    Else(Bound, bool),
    Loop(Bound),
    Match,
    /// An arm of a `match`.
    Arm(Bound),
    /// A block, or the fields of a value.
    Plain,
    /// A closure: how often it is called, nobody knows.
    Unknown,
}

/// A block that is open.
struct Frame {
    kind: FrameKind,
    at: usize,
    /// The arms that are complete.
    arms: Vec<Branch>,
    bound: Bound,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    /// Whether the current arm is taken if no other one is, and whether the next brace begins
    /// another one.
    If {
        is_last: bool,
        goes_on: bool,
    },
    Loop,
    Match,
    Arm,
    Plain,
    Unknown,
}

/// The frames: the outermost first.
#[derive(Default)]
pub(super) struct Frames {
    nodes: Vec<Node>,
    open: Vec<Frame>,
}

impl Frames {
    pub(super) fn push(&mut self, kind: Kind, at: usize) {
        let node = Node { kind, at };
        match self.open.last_mut() {
            Some(frame) => frame.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    pub(super) fn text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let at = range.start;
            self.push(Kind::Text(range), at);
        }
    }

    pub(super) fn gap(&mut self, why: &str, at: usize) {
        self.push(Kind::More(More::Gap(why.to_owned())), at);
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn open(&mut self, opened: Opened, at: usize) {
        let (kind, bound) = match opened {
            Opened::Else(bound, is_last) => {
                if let Some(frame) = self.open.last_mut()
                    && let FrameKind::If { goes_on: true, .. } = frame.kind
                {
                    let goes_on = false;
                    frame.kind = FrameKind::If { is_last, goes_on };
                    frame.bound = bound;
                    return;
                }
                (FrameKind::Plain, Bound::default())
            }
            Opened::If(bound) => {
                let (is_last, goes_on) = (false, false);
                (FrameKind::If { is_last, goes_on }, bound)
            }
            Opened::Loop(bound) => (FrameKind::Loop, bound),
            Opened::Match => (FrameKind::Match, Bound::default()),
            Opened::Arm(bound) => (FrameKind::Arm, bound),
            Opened::Plain => (FrameKind::Plain, Bound::default()),
            Opened::Unknown => (FrameKind::Unknown, Bound::default()),
        };
        self.open.push(Frame {
            kind,
            at,
            arms: Vec::new(),
            bound,
            nodes: Vec::new(),
        });
    }

    /// The arm of a condition ends, and an `else` follows. Returns whether a condition is open.
    pub(super) fn next_arm(&mut self) -> bool {
        let Some(frame) = self.open.last_mut() else {
            return false;
        };
        let FrameKind::If { is_last, goes_on } = &mut frame.kind else {
            return false;
        };
        if *is_last {
            return false;
        }
        *goes_on = true;
        frame.arms.push(Branch {
            bound: std::mem::take(&mut frame.bound),
            nodes: std::mem::take(&mut frame.nodes),
        });
        true
    }

    /// Closes the innermost block.
    pub(super) fn close(&mut self, at: usize) {
        let Some(frame) = self.open.pop() else {
            return self.gap("there is no block that this brace closes", at);
        };
        let Frame {
            kind,
            at,
            mut arms,
            bound,
            nodes,
        } = frame;
        let kind = match kind {
            FrameKind::If { is_last, .. } => {
                arms.push(Branch { bound, nodes });
                let kind = if is_last {
                    Arms::OneOf
                } else {
                    Arms::AtMostOne
                };
                Kind::Group(kind, arms)
            }
            FrameKind::Loop | FrameKind::Unknown => {
                Kind::Group(Arms::AnyNumber, vec![Branch { bound, nodes }])
            }
            // Between its arms, there is only white space.
            FrameKind::Match => Kind::Group(Arms::OneOf, arms),
            FrameKind::Arm => {
                let arm = Branch { bound, nodes };
                match self.open.last_mut() {
                    Some(frame) if frame.kind == FrameKind::Match => frame.arms.push(arm),
                    _ => self.push(Kind::Group(Arms::AtMostOne, vec![arm]), at),
                }
                return;
            }
            FrameKind::Plain => {
                let own = Within::Variables(Vec::new());
                Kind::More(More::Within(own, nodes))
            }
        };
        self.push(kind, at);
    }

    /// All nodes; the text ends here.
    pub(super) fn finish(mut self, end: usize) -> Vec<Node> {
        while !self.open.is_empty() {
            self.close(end);
            self.gap("a block has no end", end);
        }
        self.nodes
    }
}
