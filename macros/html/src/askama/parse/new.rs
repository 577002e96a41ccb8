//! The tree of what the parser of askama 0.16 reads.

use std::ops::Range;
use std::sync::Arc;

use askama_parser::node::{self, LetValueOrBlock, Lit};
use askama_parser::{
    CharLit, Expr as Parsed, Num, PathOrIdentifier, StrLit, SyntaxBuilder, Target, WithSpan,
};

use super::super::config::Delimiters;
use super::{Refusal, number, string};
use crate::source::Arms;
use crate::templates::tree::{
    Block, Bound, Branch, Call, Definition, Expr, ExprKind, Include, Kind, Macro, Node, Parameter,
};

type Spanned<'a> = WithSpan<Box<Parsed<'a>>>;
type Nodes<'a> = [Box<node::Node<'a>>];

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
    let parsed = askama_parser::Parsed::new(Arc::clone(text), None, &syntax);
    let parsed = parsed.map_err(|error| Refusal {
        message: error.message.map(std::borrow::Cow::into_owned),
        offset: error.offset,
    })?;
    Ok(Tree { text }.nodes(parsed.nodes()))
}

struct Tree<'t> {
    text: &'t str,
}

impl Tree<'_> {
    fn nodes(&self, nodes: &Nodes<'_>) -> Vec<Node> {
        nodes.iter().flat_map(|node| self.node(node)).collect()
    }

    fn node(&self, node: &node::Node<'_>) -> Vec<Node> {
        let kind = match node {
            node::Node::Lit(literal) => Kind::Text(self.written(literal)),
            node::Node::Raw(raw) => Kind::Text(self.written(&raw.lit)),
            node::Node::Expr(_, expression) => Kind::Expr(self.expr(expression)),
            node::Node::If(condition) => self.condition(condition),
            node::Node::Match(choice) => self.choice(choice),
            node::Node::Loop(repeated) => return self.repeated(repeated, at(node.span())),
            node::Node::BlockDef(block) => Kind::Block(Block {
                name: block.name.to_string(),
                nodes: self.nodes(&block.nodes),
            }),
            node::Node::Include(include) => Kind::Include(Include::of(include.path)),
            node::Node::Extends(extends) => Kind::Extends(extends.path.to_owned()),
            node::Node::Import(import) => Kind::Import {
                path: import.path.to_owned(),
                scope: import.scope.to_owned(),
            },
            node::Node::Macro(definition) => Kind::Macro(self.definition(definition)),
            node::Node::Call(call) => {
                let kind = Kind::Call(self.call(call));
                let at = at(call.name.span());
                return vec![Node { kind, at }];
            }
            node::Node::FilterBlock(block) => {
                let filter = self.filter(&block.filters, at(block.span()));
                Kind::Filter(filter, self.nodes(&block.nodes))
            }
            node::Node::Let(definition) => self.defined(definition),
            node::Node::Declare(declared) => {
                Kind::Let(declared.var_name.to_string(), Definition::Unknown)
            }
            node::Node::Comment(comment) => Kind::Comment(comment.content.to_owned()),
            node::Node::Compound(_) | node::Node::Break(_) | node::Node::Continue(_) => {
                return Vec::new();
            }
        };
        let at = at(node.span());
        vec![Node { kind, at }]
    }

    /// Where a literal stands, with the whitespace around it.
    fn written(&self, literal: &WithSpan<Lit<'_>>) -> Range<usize> {
        let range = literal.span().byte_range();
        range
            .filter(|range| self.text.get(range.clone()).is_some())
            .unwrap_or_default()
    }

    fn condition(&self, condition: &node::If<'_>) -> Kind {
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

    fn choice(&self, choice: &node::Match<'_>) -> Kind {
        let branches = choice.arms.iter().map(|arm| Branch {
            bound: self.bound(Some((&arm.target, &choice.expr))),
            nodes: self.nodes(&arm.nodes),
        });
        Kind::Group(Arms::OneOf, branches.collect())
    }

    fn repeated(&self, repeated: &node::Loop<'_>, at: usize) -> Vec<Node> {
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

    fn definition(&self, definition: &node::Macro<'_>) -> Macro {
        let parameters = definition.args.iter().map(|parameter| {
            let default = parameter.default.as_ref().map(|value| self.expr(value));
            Parameter {
                name: parameter.name.to_string(),
                default,
                is_markup: false,
            }
        });
        Macro {
            name: definition.name.to_string(),
            parameters: parameters.collect(),
            nodes: self.nodes(&definition.nodes),
        }
    }

    fn call(&self, call: &node::Call<'_>) -> Call {
        let parameters = call.caller_args.iter().map(|name| (*name).to_owned());
        Call {
            scope: call.scope.as_ref().map(|scope| scope.to_string()),
            name: call.name.to_string(),
            arguments: self.exprs(call.args.as_deref().unwrap_or_default()),
            caller: Some((parameters.collect(), self.nodes(&call.nodes))),
        }
    }

    fn defined(&self, definition: &node::Let<'_>) -> Kind {
        let value = match &definition.val {
            _ if definition.is_mutable => Definition::Unknown,
            LetValueOrBlock::Value(value) => Definition::Value(self.expr(value)),
            LetValueOrBlock::Block { nodes, .. } => Definition::Nodes(self.nodes(nodes)),
        };
        match (&definition.var, value) {
            (Target::Name(name), value) => Kind::Let(name.to_string(), value),
            (target, value) => {
                let mut names = Vec::new();
                names_in(target, &mut names);
                let value = match value {
                    Definition::Value(value) => Some(value),
                    Definition::Nodes(_) | Definition::Unknown => None,
                };
                Kind::Pattern(Bound { names, value })
            }
        }
    }

    fn bound(&self, bound: Option<(&[Target<'_>], &Spanned<'_>)>) -> Bound {
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

    fn exprs(&self, expressions: &[Spanned<'_>]) -> Vec<Expr> {
        expressions.iter().map(|one| self.expr(one)).collect()
    }

    fn expr(&self, expression: &Spanned<'_>) -> Expr {
        let mut expression = expression;
        while let Parsed::Group(inner) = &***expression {
            expression = inner;
        }
        let at = self.start(expression);
        let kind = match &***expression {
            Parsed::Var(name) => ExprKind::Variable((*name).to_owned()),
            Parsed::AssociatedItem(inner, item) if matches!(&***inner, Parsed::Var("self")) => {
                ExprKind::Field(item.name.to_string())
            }
            Parsed::Concat(items) => ExprKind::Concat(self.exprs(items)),
            Parsed::Filter(filter) => {
                let end = expression.span().byte_range();
                let end = end.map_or(self.text.len(), |range| range.start);
                self.filter(filter, end).kind
            }
            Parsed::Call(call) => ExprKind::Call {
                path: match &**call.path {
                    Parsed::Var(name) => vec![(*name).to_owned()],
                    Parsed::Path(path) => path.iter().map(|part| part.name.to_string()).collect(),
                    _ => Vec::new(),
                },
                arguments: self.exprs(&call.args),
                root: root(&call.path).map(str::to_owned),
            },
            Parsed::RustMacro(path, text) if matches!(&**path, [name] if **name == "format") => {
                ExprKind::Format(text.to_string())
            }
            Parsed::NamedArgument(name, value) => {
                ExprKind::Named(name.to_string(), Box::new(self.expr(value)))
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

    fn filter(&self, filter: &askama_parser::Filter<'_>, end: usize) -> Expr {
        let name = match &filter.name {
            PathOrIdentifier::Identifier(name) => Some(name.to_string()),
            PathOrIdentifier::Path(_) => None,
        };
        let arguments = self.exprs(&filter.arguments);
        let at = arguments.first().map_or(end, |source| source.at);
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

    /// Where the first token of an expression begins; the parser's span is that of one in it.
    fn start(&self, expression: &Spanned<'_>) -> usize {
        let mut expression = expression;
        loop {
            let own = expression.span().byte_range().map(|range| range.start);
            expression = match &***expression {
                Parsed::BinOp(operation) => &operation.lhs,
                Parsed::Filter(filter) => match filter.arguments.first() {
                    Some(source) => source,
                    None => return own.unwrap_or_default(),
                },
                Parsed::AssociatedItem(inner, _)
                | Parsed::Index(inner, _)
                | Parsed::As(inner, _)
                | Parsed::Try(inner) => inner,
                Parsed::Call(call) => &call.path,
                Parsed::Struct(value) => &value.path,
                Parsed::RustMacro(path, _) => {
                    let first = path.first().and_then(|first| first.span().byte_range());
                    return first.map_or(0, |range| range.start);
                }
                Parsed::Concat(items) if !items.is_empty() => &items[0],
                Parsed::Range(range) => match &range.lhs {
                    Some(from) => from,
                    None => return own.unwrap_or_default(),
                },
                // The span is that of `is`.
                Parsed::IsDefined(name) | Parsed::IsNotDefined(name) => {
                    let before = own.and_then(|own| self.text.get(..own));
                    return before
                        .and_then(|before| before.rfind(name))
                        .unwrap_or_default();
                }
                _ => return own.unwrap_or_default(),
            };
        }
    }
}

/// The variable of which the expression is a part, or what a method of one returns.
fn root<'e>(expression: &'e Spanned<'_>) -> Option<&'e str> {
    let mut expression = expression;
    loop {
        expression = match &***expression {
            Parsed::Var(name) => return Some(name),
            Parsed::AssociatedItem(inner, item) if matches!(&***inner, Parsed::Var("self")) => {
                return Some(&item.name);
            }
            Parsed::AssociatedItem(inner, _)
            | Parsed::Index(inner, _)
            | Parsed::Try(inner)
            | Parsed::Unary("&" | "*", inner)
            | Parsed::Group(inner) => inner,
            Parsed::Call(call) => &call.path,
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
            ..
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
        Target::Name(name) => names.push(name.to_string()),
        Target::Tuple(inner) => inner.1.iter().for_each(|one| names_in(one, names)),
        Target::Array(inner) | Target::OrChain(inner) => {
            inner.iter().for_each(|one| names_in(one, names));
        }
        Target::Struct(inner) => inner.1.iter().for_each(|one| names_in(&one.dest, names)),
        Target::Rest(name) => names.extend(name.iter().map(|name| name.to_string())),
        Target::NumLit(..)
        | Target::StrLit(_)
        | Target::CharLit(_)
        | Target::BoolLit(_)
        | Target::Path(_)
        | Target::Placeholder(_) => {}
    }
}

fn at(span: askama_parser::Span) -> usize {
    span.byte_range().map_or(0, |range| range.start)
}
