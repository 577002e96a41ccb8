//! What the variables of a template stand for, as far as the templates tell it: the
//! arguments of macros, what `let` and `set` give a name to.

use std::rc::Rc;

#[cfg(feature = "templates")]
use super::choice::one_of;
use super::expression::{arguments, written, written_before};
use super::heritage::Scope;
use super::locals::Locals;
use super::tree::{Definition, Expr, ExprKind, Node};
use crate::rust_literal::{formatted, string};
use crate::value::Part;

/// What a variable stands for.
#[derive(Clone)]
pub(crate) enum Value<'a> {
    /// Texts and expressions, one behind the other.
    Parts(Vec<Piece>),
    /// Nodes that are rendered where it is used.
    Body(Rc<Body<'a>>),
    /// Values by their names, none of which is a map.
    #[cfg(feature = "templates")]
    Map(Rc<Vec<(String, Value<'a>)>>),
    /// One of several, as a condition chooses.
    #[cfg(feature = "templates")]
    OneOf(Rc<Vec<Vec<Piece>>>),
    /// The templates do not tell.
    Unknown,
    /// The templates do not tell, but it may be a part of what is not escaped.
    Markup,
}

/// A part of what an expression renders.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Piece {
    pub(crate) part: Part,
    /// It is markup, which is not escaped.
    pub(crate) is_markup: bool,
}

impl Piece {
    fn text(text: String) -> Self {
        let part = Part::Text(text);
        let is_markup = false;
        Self { part, is_markup }
    }
}

impl Value<'_> {
    /// Whether it may be markup.
    pub(crate) fn may_be_markup(&self) -> bool {
        match self {
            Value::Parts(parts) => parts.iter().any(|piece| piece.is_markup),
            Value::Markup => true,
            #[cfg(feature = "templates")]
            Value::OneOf(values) => values.iter().flatten().any(|piece| piece.is_markup),
            #[cfg(feature = "templates")]
            Value::Map(values) => values.iter().any(|(_, value)| value.may_be_markup()),
            Value::Body(_) | Value::Unknown => false,
        }
    }

    /// How many bytes are kept for it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Value::Parts(parts) => size(parts),
            #[cfg(feature = "templates")]
            Value::OneOf(values) => values.iter().map(|parts| size(parts)).sum(),
            #[cfg(feature = "templates")]
            Value::Map(values) => {
                let sizes = values.iter();
                sizes.map(|(name, value)| name.len() + value.size()).sum()
            }
            Value::Body(_) | Value::Unknown | Value::Markup => 0,
        }
    }
}

/// The longest value that a variable is known to have, in bytes; the value of a variable
/// whose value is longer is not known.
pub(super) const LONGEST: usize = 16 << 10;

/// Joins parts until they are longer than `limit`.
fn joined(each: impl Iterator<Item = Vec<Piece>>, limit: usize) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut length = 0;
    for parts in each {
        length += size(&parts);
        all.extend(parts);
        if length > limit {
            break;
        }
    }
    all
}

/// How many bytes parts take.
pub(crate) fn size(parts: &[Piece]) -> usize {
    let sizes = parts.iter().map(|piece| match &piece.part {
        Part::Text(text) | Part::Hole(text) => text.len() + size_of::<Piece>(),
    });
    sizes.sum()
}

/// The nodes of a `{% call %}` or a `{% set %}`.
pub(crate) struct Body<'a> {
    pub(crate) nodes: &'a [Node],
    /// The arguments of `caller(…)`.
    pub(crate) parameters: &'a [String],
    /// What is seen from them.
    pub(crate) scope: Scope<'a>,
    /// The variables that are seen from them.
    pub(crate) level: usize,
}

impl<'a> Locals<'a> {
    /// What an expression stands for.
    pub(crate) fn value(&self, expression: &Expr, scope: &Scope<'a>) -> Value<'a> {
        let inner = match &expression.kind {
            ExprKind::Variable(name) => name.as_str(),
            ExprKind::Call {
                path, arguments, ..
            } if arguments.is_empty() => match path.as_slice() {
                [name] => name,
                _ => "",
            },
            _ => "",
        };
        if let Some(body) = self.body(inner) {
            return Value::Body(body);
        }
        #[cfg(feature = "templates")]
        match &expression.kind {
            ExprKind::Map(values) => {
                // A map in a map is not known: each could hold the one before twice.
                let value = |value| match self.value(value, scope) {
                    Value::Map(_) => Value::Unknown,
                    value => value,
                };
                let values = values.iter();
                let values = values.map(|(name, of)| (name.clone(), value(of)));
                return Value::Map(Rc::new(values.collect()));
            }
            ExprKind::Attribute(root, name) => {
                if let Some(value) = self.attribute(root, name) {
                    return value.clone();
                }
            }
            ExprKind::Variable(name) => {
                if let Some(map @ Value::Map(_)) = self.get(name) {
                    return map.clone();
                }
            }
            _ => {}
        }
        #[cfg(feature = "templates")]
        if let Some(values) = self.alternatives(expression, scope) {
            return one_of(values);
        }
        let parts = self.parts(expression, scope, LONGEST);
        if size(&parts) <= LONGEST {
            return Value::Parts(parts);
        }
        if parts.iter().any(|piece| piece.is_markup) {
            Value::Markup
        } else {
            Value::Unknown
        }
    }

    /// What an expression renders: text as far as it is known, expressions as they
    /// are written in the scope's file. What is longer than `limit` is not complete, but
    /// longer than `limit`.
    pub(crate) fn parts(&self, expression: &Expr, scope: &Scope<'a>, limit: usize) -> Vec<Piece> {
        let hole = |text: String| {
            let part = Part::Hole(text);
            let is_markup = self.may_be_markup(expression);
            vec![Piece { part, is_markup }]
        };
        let as_written = || hole(written(expression, scope.file));
        match &expression.kind {
            ExprKind::Literal(text) => vec![Piece::text(text.clone())],
            ExprKind::Variable(name) => match self.get(name) {
                Some(Value::Parts(parts)) => self.copy(parts),
                _ => hole(name.clone()),
            },
            #[cfg(feature = "templates")]
            ExprKind::Attribute(root, name) => match self.attribute(root, name) {
                Some(Value::Parts(parts)) => self.copy(parts),
                _ => as_written(),
            },
            ExprKind::Concat(items) => {
                let parts = items.iter().map(|item| self.parts(item, scope, limit));
                joined(parts, limit)
            }
            ExprKind::Filter {
                name: Some(name),
                arguments,
                end,
            } => match (name.as_str(), arguments.as_slice()) {
                // They decide how a value is written, not which one it is.
                ("safe" | "escape" | "e", [source, ..]) => {
                    let mut parts = match &source.kind {
                        ExprKind::Variable(_) | ExprKind::Concat(_) | ExprKind::Literal(_) => {
                            self.parts(source, scope, limit)
                        }
                        _ => hole(written_before(source, *end, scope.file)),
                    };
                    let is_markup = self.may_be_markup(expression);
                    for piece in &mut parts {
                        piece.is_markup = is_markup;
                    }
                    parts
                }
                // They change nothing of a value that is known.
                #[cfg(feature = "templates")]
                ("default" | "d" | "string" | "trim" | "as_str", [source, ..])
                    if !self.is_strict && self.is_known(source) =>
                {
                    self.parts(source, scope, limit)
                }
                // The app puts something before a path.
                #[cfg(feature = "templates")]
                (name, [source, ..]) if !self.is_strict && makes_address(name) => {
                    let known = self.parts(source, scope, limit);
                    match known.first().map(|piece| &piece.part) {
                        Some(Part::Text(text)) if text.starts_with('/') => {
                            let prefix = Part::Hole(name.to_owned());
                            let is_markup = false;
                            let part = Piece {
                                part: prefix,
                                is_markup,
                            };
                            [vec![part], known].concat()
                        }
                        _ => as_written(),
                    }
                }
                ("format", [source, rest @ ..]) if self.is_strict => {
                    let rest: Vec<_> = rest
                        .iter()
                        .map(|argument| written(argument, scope.file))
                        .collect();
                    match &source.kind {
                        ExprKind::Literal(format) => formatted(format, &rest),
                        _ => None,
                    }
                    .map_or_else(as_written, |parts| self.resolved(parts, limit))
                }
                _ => as_written(),
            },
            ExprKind::Format(text) => {
                let texts = arguments(text);
                texts
                    .split_first()
                    .and_then(|(format, rest)| formatted(&string(format)?, rest))
                    .map_or_else(as_written, |parts| self.resolved(parts, limit))
            }
            _ => as_written(),
        }
    }

    /// Whether an expression is a variable whose value is a text that is known.
    #[cfg(feature = "templates")]
    fn is_known(&self, expression: &Expr) -> bool {
        let ExprKind::Variable(name) = &expression.kind else {
            return false;
        };
        let is_text =
            |piece: &Piece| matches!(&piece.part, Part::Text(text) if text.trim() == text);
        matches!(self.get(name), Some(Value::Parts(parts)) if parts.iter().all(is_text) && !parts.is_empty())
    }

    /// The parts of a text, with what is known of the variables among the holes.
    fn resolved(&self, parts: Vec<Part>, limit: usize) -> Vec<Piece> {
        let known = |part| {
            let mut parts = match part {
                Part::Hole(name) => match self.get(&name) {
                    Some(Value::Parts(parts)) => self.copy(parts),
                    _ => vec![Piece {
                        part: Part::Hole(name),
                        is_markup: false,
                    }],
                },
                Part::Text(text) => vec![Piece::text(text)],
            };
            for piece in &mut parts {
                piece.is_markup = false;
            }
            parts
        };
        joined(parts.into_iter().map(known), limit)
    }

    pub(super) fn copy(&self, parts: &[Piece]) -> Vec<Piece> {
        self.copied.set(self.copied.get() + size(parts));
        parts.to_vec()
    }

    /// Sets what a `let`, `set` or `decl` of the scope's file defines. Returns how
    /// many bytes are kept.
    pub(crate) fn define(
        &mut self,
        name: &'a str,
        definition: &'a Definition,
        scope: &Scope<'a>,
    ) -> usize {
        let value = match definition {
            Definition::Unknown => Value::Unknown,
            Definition::Value(value) => self.value(value, scope),
            Definition::Nodes(nodes) => self.body_of(nodes, &[], scope),
        };
        let size = value.size();
        self.set(name, value);
        size
    }

    /// Nodes that see what is seen here.
    pub(crate) fn body_of(
        &mut self,
        nodes: &'a [Node],
        parameters: &'a [String],
        scope: &Scope<'a>,
    ) -> Value<'a> {
        Value::Body(Rc::new(Body {
            nodes,
            parameters,
            scope: scope.clone(),
            level: self.kept_level(),
        }))
    }
}

/// Whether a filter is called as if it completed an address: `prefix_url`.
#[cfg(feature = "templates")]
fn makes_address(filter: &str) -> bool {
    let mut words = filter.split('_');
    words.any(|word| matches!(word, "url" | "uri" | "href" | "link" | "prefix"))
}
