//! A template as a tree: what it renders, as far as that can be told, whichever parser read it.
//! Offsets are those of bytes in the text of its file.

use std::ops::Range;

use crate::source::Arms;

/// A piece of a template.
pub(super) struct Node {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) at: usize,
}

/// What a node is. What renders nothing and defines nothing has no node.
pub(super) enum Kind {
    /// Text, as it stands in the file.
    Text(Range<usize>),
    /// `{{ … }}`.
    Expr(Expr),
    /// `if`, `match`, `for`.
    Group(Arms, Vec<Branch>),
    /// `{% block … %}`.
    Block(Block),
    /// `{% include … %}`: the path as it is written.
    Include(String),
    /// `{% extends … %}`.
    Extends(String),
    /// `{% import … %}`.
    Import {
        /// The path as it is written.
        path: String,
        /// The name that it gets.
        scope: String,
    },
    /// `{% macro … %}`.
    Macro(Macro),
    /// `{% call … %}`.
    Call(Call),
    /// `{% filter … %}`: the filters, around [`ExprKind::Source`], and what they filter.
    Filter(Expr, Vec<Node>),
    /// `let`, `set` or `decl` of one name.
    Let(String, Definition),
    /// `let` of a pattern.
    Pattern(Bound),
    /// A comment, without its delimiters.
    Comment(String),
}

/// An arm of a group.
pub(super) struct Branch {
    pub(super) bound: Bound,
    pub(super) nodes: Vec<Node>,
}

/// The names that a pattern binds to parts of a value.
#[derive(Default)]
pub(super) struct Bound {
    pub(super) names: Vec<String>,
    /// The value; `None`: nothing is bound.
    pub(super) value: Option<Expr>,
}

/// The definition of a block.
pub(super) struct Block {
    pub(super) name: String,
    pub(super) nodes: Vec<Node>,
}

/// The definition of a macro.
pub(super) struct Macro {
    pub(super) name: String,
    /// Its parameters, with their defaults.
    pub(super) parameters: Vec<(String, Option<Expr>)>,
    pub(super) nodes: Vec<Node>,
}

/// The call of a macro.
pub(super) struct Call {
    /// The name under which its file is imported.
    pub(super) scope: Option<String>,
    pub(super) name: String,
    pub(super) arguments: Vec<Expr>,
    /// The arguments of `caller(…)`, and what it renders.
    pub(super) caller: Option<(Vec<String>, Vec<Node>)>,
}

/// What a name is defined as.
pub(super) enum Definition {
    Value(Expr),
    Nodes(Vec<Node>),
    /// It may change.
    Unknown,
}

/// An expression. The parentheses around it are left out.
pub(super) struct Expr {
    pub(super) kind: ExprKind,
    /// Where its first token begins.
    pub(super) at: usize,
}

/// What an expression is.
pub(super) enum ExprKind {
    /// A literal: its text, as it is rendered.
    Literal(String),
    /// A variable.
    Variable(String),
    /// `self.name`.
    Field(String),
    /// Several, joined by `~`.
    Concat(Vec<Expr>),
    /// What is filtered, and the other arguments.
    Filter {
        /// `None`: it is a path.
        name: Option<String>,
        arguments: Vec<Expr>,
        /// Where what is filtered ends.
        end: usize,
    },
    /// A call of a function or a macro; the path is empty for a method.
    Call {
        path: Vec<String>,
        arguments: Vec<Expr>,
        /// The variable that a method is called on.
        root: Option<String>,
    },
    /// `format!(…)`: its arguments, as they are written.
    Format(String),
    /// An argument with its name.
    Named(String, Box<Expr>),
    /// What a filter block holds.
    Source,
    /// Anything else, with the variables of which it may be a part.
    Other(Vec<String>),
}

impl Node {
    /// The nodes between its tags.
    pub(super) fn inner(&self) -> Vec<&[Self]> {
        match &self.kind {
            Kind::Group(_, branches) => branches.iter().map(|branch| &*branch.nodes).collect(),
            Kind::Block(block) => vec![&block.nodes],
            Kind::Macro(definition) => vec![&definition.nodes],
            Kind::Call(call) => call.caller.iter().map(|(_, nodes)| &**nodes).collect(),
            Kind::Filter(_, nodes) | Kind::Let(_, Definition::Nodes(nodes)) => vec![nodes],
            _ => Vec::new(),
        }
    }
}
