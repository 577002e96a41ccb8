//! The tags that are open, and what stands in them so far.

use crate::source::Arms;
use crate::templates::tree::{
    Block, Bound, Branch, Call, Definition, Expr, Kind, Macro, More, Node, Parameter, Within,
};

/// How many tags may be open at once.
const DEPTH: usize = 100;

/// A tag that is open.
pub(super) struct Frame {
    opened: Opened,
    at: usize,
    nodes: Vec<Node>,
}

/// What a tag opens.
pub(super) enum Opened {
    /// The arms before the current one; whether that is taken if no other one is.
    Condition(Vec<Branch>, bool),
    /// What it binds, and, behind an `else`, the nodes before it.
    Repeated(Bound, Option<Vec<Node>>),
    Block(String),
    Macro(String, Vec<Parameter>),
    /// The tag's name, the call, and the parameters of its caller.
    Call(&'static str, Call, Vec<String>),
    Filter(Expr),
    Set(String, Option<Expr>),
    Within(Within),
    /// It could not be read.
    Unknown(&'static str),
}

impl Opened {
    pub(super) fn condition() -> Self {
        Self::Condition(Vec::new(), false)
    }

    pub(super) fn repeated(bound: Bound) -> Self {
        Self::Repeated(bound, None)
    }

    /// The word that closes it, behind `end`.
    fn is_closed_by(&self, word: &str) -> bool {
        match self {
            Self::Condition(..) => word == "if",
            Self::Repeated(..) => word == "for",
            Self::Block(_) => word == "block",
            Self::Macro(..) => matches!(word, "macro" | "component"),
            Self::Call(name, ..) | Self::Unknown(name) => word == *name,
            Self::Filter(_) => word == "filter",
            Self::Set(..) => matches!(word, "set" | "let" | "set_global"),
            Self::Within(Within::Variables(_)) => word == "with",
            Self::Within(_) => word == "autoescape",
        }
    }
}

impl Frame {
    pub(super) fn new(opened: Opened, at: usize) -> Self {
        Self {
            opened,
            at,
            nodes: Vec::new(),
        }
    }

    /// What it is, once it is closed.
    fn nodes(self) -> Vec<Node> {
        let Self { opened, at, nodes } = self;
        let kind = match opened {
            Opened::Condition(mut arms, is_last) => {
                arms.push(Branch::of(nodes));
                let kind = if is_last {
                    Arms::OneOf
                } else {
                    Arms::AtMostOne
                };
                Kind::Group(kind, arms)
            }
            Opened::Repeated(bound, None) => {
                Kind::Group(Arms::AnyNumber, vec![Branch { bound, nodes }])
            }
            Opened::Repeated(bound, Some(body)) => {
                let body = Branch { bound, nodes: body };
                let nothing = Branch::of(nodes);
                let body = Kind::Group(Arms::AnyNumber, vec![body]);
                let nothing = Kind::Group(Arms::AtMostOne, vec![nothing]);
                return vec![Node { kind: body, at }, Node { kind: nothing, at }];
            }
            Opened::Block(name) => Kind::Block(Block { name, nodes }),
            Opened::Macro(name, parameters) => Kind::Macro(Macro {
                name,
                parameters,
                nodes,
            }),
            Opened::Call(_, mut call, parameters) => {
                call.caller = Some((parameters, nodes));
                Kind::Call(call)
            }
            Opened::Filter(filters) => Kind::Filter(filters, nodes),
            Opened::Set(name, None) => Kind::Let(name, Definition::Nodes(nodes)),
            Opened::Set(name, Some(filters)) => {
                let kind = Kind::Filter(filters, nodes);
                Kind::Let(name, Definition::Nodes(vec![Node { kind, at }]))
            }
            Opened::Within(within) => Kind::More(More::Within(within, nodes)),
            Opened::Unknown(_) => {
                let why = "what it calls is not a macro by its name".to_owned();
                let kind = Kind::More(More::Gap(why));
                let mut all = vec![Node { kind, at }];
                all.extend(nodes);
                return all;
            }
        };
        vec![Node { kind, at }]
    }
}

/// The frames: the outermost first.
pub(super) struct Frames {
    nodes: Vec<Node>,
    open: Vec<Frame>,
}

impl Frames {
    pub(super) fn new() -> Self {
        Self {
            nodes: Vec::new(),
            open: Vec::new(),
        }
    }

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

    pub(super) fn is_too_deep(&self) -> bool {
        self.open.len() > DEPTH
    }

    /// The next arm of a condition or a loop begins: the last one, if nothing is tested.
    pub(super) fn next_arm(&mut self, last: bool, at: usize) {
        match self.open.last_mut() {
            Some(Frame {
                opened: Opened::Condition(arms, is_last),
                nodes,
                ..
            }) => {
                arms.push(Branch::of(std::mem::take(nodes)));
                *is_last |= last;
            }
            Some(Frame {
                opened: Opened::Repeated(_, body @ None),
                nodes,
                ..
            }) => *body = Some(std::mem::take(nodes)),
            _ => self.gap("there is no condition to which this tag belongs", at),
        }
    }

    /// Closes the innermost tag of this kind, with what is open in it.
    pub(super) fn close(&mut self, word: &str, at: usize) {
        let is_meant = |frame: &Frame| frame.opened.is_closed_by(word);
        let Some(from) = self.open.iter().rposition(is_meant) else {
            // The tag that opened it was not known.
            return;
        };
        while self.open.len() > from {
            let is_torn = self.open.len() > from + 1;
            self.close_last();
            if is_torn {
                self.gap("a tag before it has no end", at);
            }
        }
    }

    fn close_last(&mut self) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        for node in frame.nodes() {
            self.push(node);
        }
    }

    /// All nodes; the text ends here.
    pub(super) fn finish(mut self, end: usize) -> Vec<Node> {
        while !self.open.is_empty() {
            self.close_last();
            self.gap("a tag has no end", end);
        }
        self.nodes
    }
}
