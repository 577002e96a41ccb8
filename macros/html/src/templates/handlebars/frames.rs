//! The blocks that are open, and what stands in them so far.

use crate::source::Arms;
use crate::templates::tree::{Branch, Definition, Include, Kind, More, Node, Within};

/// A block that is open.
pub(super) struct Frame {
    kind: Opened,
    at: usize,
    /// The arms before the current one.
    arms: Vec<Vec<Node>>,
    /// The current arm is taken if no other one is.
    is_last: bool,
    nodes: Vec<Node>,
}

enum Opened {
    /// A helper with a block.
    Block(String),
    /// `{{#*inline "name"}}`.
    Inline(String),
    /// `{{#> name}}`; `None`: an expression names it.
    Partial(Option<Include>),
}

impl Frame {
    fn new(kind: Opened, at: usize) -> Self {
        Self {
            kind,
            at,
            arms: Vec::new(),
            is_last: false,
            nodes: Vec::new(),
        }
    }

    pub(super) fn block(name: String, at: usize) -> Self {
        Self::new(Opened::Block(name), at)
    }

    pub(super) fn inline(name: String, at: usize) -> Self {
        Self::new(Opened::Inline(name), at)
    }

    pub(super) fn partial(include: Option<Include>, at: usize) -> Self {
        Self::new(Opened::Partial(include), at)
    }

    /// What it is, once it is closed.
    fn nodes(self) -> Vec<Node> {
        let Self {
            kind,
            at,
            mut arms,
            is_last,
            nodes,
        } = self;
        let node = |kind| Node { kind, at };
        match kind {
            Opened::Inline(name) => {
                vec![node(Kind::Let(
                    format!(">{name}"),
                    Definition::Nodes(nodes),
                ))]
            }
            Opened::Partial(Some(mut include)) => {
                include.body = Some((">@partial-block", nodes));
                vec![node(Kind::Include(include))]
            }
            Opened::Partial(None) => {
                let why = "the name of the partial is an expression".to_owned();
                let mut all = vec![node(Kind::More(More::Gap(why)))];
                all.extend(nodes);
                all
            }
            Opened::Block(name) => {
                arms.push(nodes);
                let of_its_own = |nodes: Vec<Node>| {
                    let within = More::Within(Within::Context, nodes);
                    vec![node(Kind::More(within))]
                };
                let group = |arms: Arms, nodes: Vec<Vec<Node>>| {
                    let branches = nodes.into_iter().map(Branch::of);
                    node(Kind::Group(arms, branches.collect()))
                };
                let some = if is_last {
                    Arms::OneOf
                } else {
                    Arms::AtMostOne
                };
                match name.as_str() {
                    "if" | "unless" => vec![group(some, arms)],
                    "with" => {
                        let first = of_its_own(arms.remove(0));
                        arms.insert(0, first);
                        vec![group(some, arms)]
                    }
                    "each" => {
                        let body = of_its_own(arms.remove(0));
                        let mut all = vec![group(Arms::AnyNumber, vec![body])];
                        if !arms.is_empty() {
                            all.push(group(Arms::AtMostOne, arms));
                        }
                        all
                    }
                    // What a helper of the app does with them, nobody knows.
                    _ => arms
                        .into_iter()
                        .map(|arm| group(Arms::AnyNumber, vec![of_its_own(arm)]))
                        .collect(),
                }
            }
        }
    }
}

/// The blocks: the outermost first.
#[derive(Default)]
pub(super) struct Frames {
    nodes: Vec<Node>,
    open: Vec<Frame>,
}

impl Frames {
    pub(super) fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(frame) => frame.nodes.push(node),
            None => self.nodes.push(node),
        }
    }

    fn gap(&mut self, why: &str, at: usize) {
        let kind = Kind::More(More::Gap(why.to_owned()));
        self.push(Node { kind, at });
    }

    pub(super) fn open(&mut self, frame: Frame) {
        self.open.push(frame);
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next arm begins: the last one, if nothing is tested.
    pub(super) fn next_arm(&mut self, is_last: bool, at: usize) {
        match self.open.last_mut() {
            Some(frame) if matches!(frame.kind, Opened::Block(_)) => {
                frame.arms.push(std::mem::take(&mut frame.nodes));
                frame.is_last |= is_last;
            }
            _ => self.gap("there is no block to which this tag belongs", at),
        }
    }

    /// Closes the innermost block.
    pub(super) fn close(&mut self, at: usize) {
        match self.open.pop() {
            Some(frame) => {
                for node in frame.nodes() {
                    self.push(node);
                }
            }
            None => self.gap("there is no block that this tag closes", at),
        }
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
