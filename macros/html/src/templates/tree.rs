//! A template as a tree: what it renders, as far as that can be told, whichever parser read it.
//! Offsets are those of bytes in the text of its file.

use std::ops::Range;

use crate::source::Arms;

/// A piece of a template.
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands.
    pub(crate) at: usize,
}

/// What a node is. What renders nothing and defines nothing has no node.
pub(crate) enum Kind {
    /// Text, as it stands in the file.
    Text(Range<usize>),
    /// `{{ … }}`.
    Expr(Expr),
    /// `if`, `match`, `for`.
    Group(Arms, Vec<Branch>),
    /// `{% block … %}`.
    Block(Block),
    /// `{% include … %}`.
    Include(Include),
    /// `{% extends … %}`: the path as it is written.
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
    /// What only the readers of `templates` make.
    #[cfg(feature = "templates")]
    More(More),
}

/// What askama's templates do not have.
#[cfg(feature = "templates")]
pub(crate) enum More {
    /// `{% from … import … %}`: the path as it is written, each macro with its name here.
    Names(String, Vec<(String, String)>),
    /// Nodes with variables, or an escaping, of their own.
    Within(Within, Vec<Node>),
    /// The variable may have changed, wherever it is seen from here.
    Forget(String),
    /// What cannot be followed: why. It may render anything.
    Gap(String),
}

/// What is of its own within some nodes.
#[cfg(feature = "templates")]
pub(crate) enum Within {
    /// Variables, each of which sees those before it.
    Variables(Vec<(String, Definition)>),
    /// All variables: those around are not seen.
    Context,
    /// Whether values are escaped.
    Escape(bool),
}

/// An arm of a group.
pub(crate) struct Branch {
    pub(crate) bound: Bound,
    pub(crate) nodes: Vec<Node>,
}

/// The names that a pattern binds to parts of a value.
#[derive(Default)]
pub(crate) struct Bound {
    pub(crate) names: Vec<String>,
    /// The value; `None`: nothing is bound.
    pub(crate) value: Option<Expr>,
}

/// The definition of a block.
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) nodes: Vec<Node>,
}

/// Another template, in the place of a tag.
#[derive(Default)]
pub(crate) struct Include {
    /// Its path as it is written; of several, the first that there is counts.
    pub(crate) paths: Vec<String>,
    /// It need not be there.
    #[cfg(feature = "templates")]
    pub(crate) is_optional: bool,
    /// The name of a variable that holds it; if there is one, no file is asked for.
    pub(crate) variable: Option<String>,
    /// The variables that it gets, by their name or their place.
    pub(crate) arguments: Vec<(Option<String>, Definition)>,
    /// What it gets to put somewhere, under a name. If there is no such template, it stands in its
    /// place.
    pub(crate) body: Option<(&'static str, Vec<Node>)>,
    /// Which variables around it sees.
    pub(crate) seen: Seen,
}

/// What is seen of the variables around.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Everything.
    #[default]
    All,
    /// Only templates, whose names begin with `>`.
    #[cfg(feature = "templates")]
    Templates,
    /// Nothing.
    #[cfg(feature = "templates")]
    Nothing,
}

/// The definition of a macro.
pub(crate) struct Macro {
    pub(crate) name: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) nodes: Vec<Node>,
}

/// A parameter of a macro, or of a template.
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) default: Option<Expr>,
    /// Its value may be markup, as its type says.
    pub(crate) is_markup: bool,
}

/// The call of a macro.
pub(crate) struct Call {
    /// The name under which its file is imported.
    pub(crate) scope: Option<String>,
    pub(crate) name: String,
    pub(crate) arguments: Vec<Expr>,
    /// The arguments of `caller(…)`, and what it renders.
    pub(crate) caller: Option<(Vec<String>, Vec<Node>)>,
}

/// What a name is defined as.
pub(crate) enum Definition {
    Value(Expr),
    Nodes(Vec<Node>),
    /// It may change.
    Unknown,
}

/// An expression. The parentheses around it are left out.
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    /// Where its first token begins.
    pub(crate) at: usize,
    /// Where it ends; `None`: the parser does not say.
    pub(crate) end: Option<usize>,
}

/// What an expression is.
pub(crate) enum ExprKind {
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
    /// Values by their names.
    #[cfg(feature = "templates")]
    Map(Vec<(String, Expr)>),
    /// A value of a variable, by its name.
    #[cfg(feature = "templates")]
    Attribute(String, String),
    /// One of two, or one or nothing.
    #[cfg(feature = "templates")]
    Either(Box<Expr>, Option<Box<Expr>>),
    /// What a filter block holds.
    Source,
    /// Anything else, with the variables of which it may be a part.
    Other(Vec<String>),
}

impl Node {
    /// The nodes between its tags.
    pub(crate) fn inner(&self) -> Vec<&[Self]> {
        match &self.kind {
            Kind::Group(_, branches) => branches.iter().map(|branch| &*branch.nodes).collect(),
            Kind::Block(block) => vec![&block.nodes],
            Kind::Macro(definition) => vec![&definition.nodes],
            Kind::Call(call) => call.caller.iter().map(|(_, nodes)| &**nodes).collect(),
            Kind::Filter(_, nodes) | Kind::Let(_, Definition::Nodes(nodes)) => vec![nodes],
            Kind::Include(include) => include.inner().collect(),
            #[cfg(feature = "templates")]
            Kind::More(More::Within(within, nodes)) => {
                within.inner().chain([nodes.as_slice()]).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(feature = "templates")]
impl Branch {
    /// An arm that binds nothing.
    pub(crate) fn of(nodes: Vec<Node>) -> Self {
        let bound = Bound::default();
        Self { bound, nodes }
    }
}

#[cfg(feature = "templates")]
impl Expr {
    /// The same, not escaped.
    pub(crate) fn into_markup(self) -> Self {
        let (at, end) = (self.at, self.end);
        let kind = ExprKind::Filter {
            name: Some("safe".to_owned()),
            end: end.unwrap_or(at),
            arguments: vec![self],
        };
        Self { kind, at, end }
    }
}

impl Include {
    /// A file by its path.
    pub(crate) fn of(path: &str) -> Self {
        Self {
            paths: vec![path.to_owned()],
            ..Self::default()
        }
    }

    fn inner(&self) -> impl Iterator<Item = &[Node]> {
        let arguments = self.arguments.iter().filter_map(|(_, value)| value.nodes());
        let body = self.body.iter().map(|(_, nodes)| nodes.as_slice());
        arguments.chain(body)
    }
}

#[cfg(feature = "templates")]
impl Within {
    fn inner(&self) -> impl Iterator<Item = &[Node]> {
        let variables = match self {
            Self::Variables(variables) => variables.as_slice(),
            Self::Context | Self::Escape(_) => &[],
        };
        variables.iter().filter_map(|(_, value)| value.nodes())
    }
}

impl Definition {
    fn nodes(&self) -> Option<&[Node]> {
        match self {
            Self::Nodes(nodes) => Some(nodes),
            Self::Value(_) | Self::Unknown => None,
        }
    }
}
