//! The tree of what the parser of askama 0.14 reads.

use std::ops::Range;
use std::sync::Arc;

use askama_parser_14::node::{self, Lit};
use askama_parser_14::{
    CharLit, Expr as Parsed, Filter, Num, Span, StrLit, SyntaxBuilder, Target, WithSpan,
};

use super::super::config::Delimiters;
use super::{Refusal, number, string};
use crate::source::Arms;
use crate::templates::tree::{
    Block, Bound, Branch, Call, Definition, Expr, ExprKind, Include, Kind, Macro, Node, Parameter,
};

type Spanned<'a> = WithSpan<'a, Parsed<'a>>;

/// Parses a text.
pub(super) fn parse(text: &Arc<str>, delimiters: &Delimiters) -> Result<Vec<Node>, Refusal> {
    let builder = SyntaxBuilder {
        name: &delimiters.name,
        block_start: delimiters.block_start.as_deref(),
        block_end: delimiters.block_end.as_deref(),
        expr_start: delimiters.expr_start.as_deref(),
        expr_end: delimiters.expr_end.as_deref(),
        comment_start: delimiters.comment_start.as_deref(),
        comment_end: delimiters.comment_end.as_deref(),
    };
    let syntax = builder.to_syntax().map_err(|message| Refusal {
        message: Some(message),
        offset: 0,
    })?;
    let parsed = askama_parser_14::Parsed::new(Arc::clone(text), None, &syntax);
    let parsed = parsed.map_err(|error| Refusal {
        message: error.message.map(std::borrow::Cow::into_owned),
        offset: error.offset,
    })?;
    let tree = Tree {
        text: parsed.source(),
    };
    Ok(tree.nodes(parsed.nodes()))
}

struct Tree<'t> {
    text: &'t str,
}

impl<'t> Tree<'t> {
    fn nodes(&self, nodes: &[node::Node<'t>]) -> Vec<Node> {
        nodes.iter().flat_map(|node| self.node(node)).collect()
    }

    fn node(&self, node: &node::Node<'t>) -> Vec<Node> {
        let at = self.at(node.span());
        let kind = match node {
            node::Node::Lit(literal) => Kind::Text(self.written(literal)),
            node::Node::Raw(raw) => Kind::Text(self.written(&raw.lit)),
            node::Node::Expr(_, expression) => Kind::Expr(self.expr(expression)),
            node::Node::If(condition) => self.condition(condition),
            node::Node::Match(choice) => self.choice(choice),
            node::Node::Loop(repeated) => return self.repeated(repeated, at),
            node::Node::BlockDef(block) => Kind::Block(Block {
                name: block.name.to_owned(),
                nodes: self.nodes(&block.nodes),
            }),
            node::Node::Include(include) => Kind::Include(Include::of(include.path)),
            node::Node::Extends(extends) => Kind::Extends(extends.path.to_owned()),
            node::Node::Import(import) => Kind::Import {
                path: import.path.to_owned(),
                scope: import.scope.to_owned(),
            },
            node::Node::Macro(definition) => Kind::Macro(self.definition(definition)),
            node::Node::Call(call) => Kind::Call(Call {
                scope: call.scope.map(str::to_owned),
                name: call.name.to_owned(),
                arguments: self.exprs(&call.args),
                // What `{% call %}` holds came with its end.
                caller: None,
            }),
            node::Node::FilterBlock(block) => {
                let filter = self.filter(&block.filters);
                Kind::Filter(filter, self.nodes(&block.nodes))
            }
            node::Node::Let(definition) => self.defined(definition),
            node::Node::Comment(comment) => Kind::Comment(comment.content.to_owned()),
            node::Node::Break(_) | node::Node::Continue(_) => return Vec::new(),
        };
        vec![Node { kind, at }]
    }

    /// Where a literal stands, with the whitespace around it.
    fn written(&self, Lit { lws, val, rws }: &Lit<'t>) -> Range<usize> {
        let parts = [*lws, *val, *rws];
        let first = parts.iter().find(|part| !part.is_empty());
        let start = first.map_or(0, |part| self.at(Span::from(*part)));
        start..start + parts.iter().map(|part| part.len()).sum::<usize>()
    }

    fn condition(&self, condition: &node::If<'t>) -> Kind {
        let always = condition.branches.iter().any(|arm| arm.cond.is_none());
        let branches = condition.branches.iter().map(|arm| {
            let tested = arm.cond.as_ref();
            let bound = tested.and_then(|tested| Some((tested.target.as_ref()?, &tested.expr)));
            Branch {
                bound: self
                    .bound(bound.map(|(target, value)| (std::slice::from_ref(target), value))),
                nodes: self.nodes(&arm.nodes),
            }
        });
        let arms = if always { Arms::OneOf } else { Arms::AtMostOne };
        Kind::Group(arms, branches.collect())
    }

    fn choice(&self, choice: &node::Match<'t>) -> Kind {
        let branches = choice.arms.iter().map(|arm| Branch {
            bound: self.bound(Some((&arm.target, &choice.expr))),
            nodes: self.nodes(&arm.nodes),
        });
        Kind::Group(Arms::OneOf, branches.collect())
    }

    fn repeated(&self, repeated: &node::Loop<'t>, at: usize) -> Vec<Node> {
        let target = std::slice::from_ref(&repeated.var);
        let body = Branch {
            bound: self.bound(Some((target, &repeated.iter))),
            nodes: self.nodes(&repeated.body),
        };
        let kind = Kind::Group(Arms::AnyNumber, vec![body]);
        let mut nodes = vec![Node { kind, at }];
        if !repeated.else_nodes.is_empty() {
            let nothing = Branch {
                bound: Bound::default(),
                nodes: self.nodes(&repeated.else_nodes),
            };
            let kind = Kind::Group(Arms::AtMostOne, vec![nothing]);
            nodes.push(Node { kind, at });
        }
        nodes
    }

    fn definition(&self, definition: &node::Macro<'t>) -> Macro {
        let parameters = definition.args.iter().map(|(name, default)| {
            let default = default.as_ref().map(|value| self.expr(value));
            Parameter {
                name: (*name).to_owned(),
                default,
                is_markup: false,
            }
        });
        Macro {
            name: definition.name.to_owned(),
            parameters: parameters.collect(),
            nodes: self.nodes(&definition.nodes),
        }
    }

    fn defined(&self, definition: &node::Let<'t>) -> Kind {
        let value = definition.val.as_ref().map(|value| self.expr(value));
        if let Target::Name(name) = &definition.var {
            let value = value.map_or(Definition::Unknown, Definition::Value);
            return Kind::Let((*name).to_owned(), value);
        }
        let mut names = Vec::new();
        names_in(&definition.var, &mut names);
        Kind::Pattern(Bound { names, value })
    }

    fn bound(&self, bound: Option<(&[Target<'t>], &Spanned<'t>)>) -> Bound {
        let Some((targets, value)) = bound else {
            return Bound::default();
        };
        let mut names = Vec::new();
        for target in targets {
            names_in(target, &mut names);
        }
        let value = Some(self.expr(value));
        Bound { names, value }
    }

    fn exprs(&self, expressions: &[Spanned<'t>]) -> Vec<Expr> {
        expressions.iter().map(|one| self.expr(one)).collect()
    }

    fn expr(&self, expression: &Spanned<'t>) -> Expr {
        let mut expression = expression;
        while let Parsed::Group(inner) = &**expression {
            expression = inner;
        }
        let at = self.start(expression);
        let kind = match &**expression {
            Parsed::Var(name) => ExprKind::Variable((*name).to_owned()),
            Parsed::Attr(inner, attr) if matches!(&***inner, Parsed::Var("self")) => {
                ExprKind::Field(attr.name.to_owned())
            }
            Parsed::Concat(items) => ExprKind::Concat(self.exprs(items)),
            Parsed::Filter(filter) => self.filter(filter).kind,
            Parsed::Call { path, args, .. } => ExprKind::Call {
                path: match &***path {
                    Parsed::Var(name) => vec![(*name).to_owned()],
                    Parsed::Path(path) => path.iter().map(|part| (*part).to_owned()).collect(),
                    _ => Vec::new(),
                },
                arguments: self.exprs(args),
                root: root(path).map(str::to_owned),
            },
            Parsed::RustMacro(path, text) if matches!(&**path, ["format"]) => {
                ExprKind::Format((*text).to_owned())
            }
            Parsed::NamedArgument(name, value) => {
                ExprKind::Named((*name).to_owned(), Box::new(self.expr(value)))
            }
            Parsed::FilterSource => ExprKind::Source,
            Parsed::Array(items) | Parsed::Tuple(items) => {
                let roots = items.iter().filter_map(root);
                ExprKind::Other(roots.map(str::to_owned).collect())
            }
            other => match literal(other) {
                Some(text) => ExprKind::Literal(text),
                None => ExprKind::Other(root(expression).into_iter().map(str::to_owned).collect()),
            },
        };
        Expr {
            kind,
            at,
            end: None,
        }
    }

    fn filter(&self, filter: &Filter<'t>) -> Expr {
        let end = self.at(Span::from(filter.name));
        let arguments = self.exprs(&filter.arguments);
        let at = arguments.first().map_or(end, |source| source.at);
        let name = Some(filter.name.to_owned());
        let kind = ExprKind::Filter {
            name,
            arguments,
            end,
        };
        Expr {
            kind,
            at,
            end: None,
        }
    }

    /// Where the first token of an expression begins.
    fn start(&self, expression: &Spanned<'t>) -> usize {
        let mut outer = expression;
        loop {
            outer = match &**outer {
                Parsed::BinOp(_, inner, _)
                | Parsed::Attr(inner, _)
                | Parsed::Index(inner, _)
                | Parsed::As(inner, _)
                | Parsed::Try(inner)
                | Parsed::Call { path: inner, .. } => inner,
                Parsed::Filter(filter) if !filter.arguments.is_empty() => &filter.arguments[0],
                Parsed::Concat(items) if !items.is_empty() => &items[0],
                Parsed::RustMacro(path, _) if !path.is_empty() => {
                    return self.at(Span::from(path[0]));
                }
                Parsed::Range(_, Some(from), _) => from,
                _ => break,
            };
        }
        let at = self.at(outer.span());
        let rest = self.text.get(at..).unwrap_or_default();
        at + (rest.len() - rest.trim_start().len())
    }

    fn at(&self, span: Span<'t>) -> usize {
        span.offset_from(self.text).unwrap_or(0)
    }
}

/// The variable of which the expression is a part, or what a method of one returns.
fn root<'e>(expression: &'e Spanned<'_>) -> Option<&'e str> {
    let mut expression = expression;
    loop {
        expression = match &**expression {
            Parsed::Var(name) => return Some(name),
            Parsed::Attr(inner, attr) if matches!(&***inner, Parsed::Var("self")) => {
                return Some(attr.name);
            }
            Parsed::Attr(inner, _)
            | Parsed::Index(inner, _)
            | Parsed::Try(inner)
            | Parsed::Unary("&" | "*", inner)
            | Parsed::Group(inner)
            | Parsed::Call { path: inner, .. } => inner,
            _ => return None,
        };
    }
}

/// The literal's text, as it is rendered.
fn literal(expression: &Parsed<'_>) -> Option<String> {
    match expression {
        Parsed::BoolLit(value) => Some(value.to_string()),
        Parsed::StrLit(StrLit {
            prefix: None,
            content,
        })
        | Parsed::CharLit(CharLit {
            prefix: None,
            content,
        }) => string(content),
        Parsed::NumLit(_, Num::Int(digits, _)) => number(digits),
        _ => None,
    }
}

/// The names that a pattern binds.
fn names_in(pattern: &Target<'_>, names: &mut Vec<String>) {
    match pattern {
        Target::Name(name) => names.push((*name).to_owned()),
        Target::Tuple(_, inner) | Target::Array(_, inner) | Target::OrChain(inner) => {
            for one in inner {
                names_in(one, names);
            }
        }
        Target::Struct(_, inner) => inner.iter().for_each(|(_, one)| names_in(one, names)),
        Target::Rest(name) => names.extend(name.iter().map(|name| (*name).to_owned())),
        Target::NumLit(..)
        | Target::StrLit(_)
        | Target::CharLit(_)
        | Target::BoolLit(_)
        | Target::Path(_)
        | Target::Placeholder(_) => {}
    }
}
