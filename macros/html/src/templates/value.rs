//! What the variables of a template stand for, as far as the templates tell it: the
//! arguments of macros, what `let` and `set` give a name to.

use std::rc::Rc;

#[cfg(feature = "templates")]
use super::choice::one_of;
use super::expression::{arguments, written, written_before};
use super::heritage::Scope;
use super::locals::Locals;
use super::piece::{Body, LONGEST, Piece, Value, joined, size};
use super::tree::{Definition, Expr, ExprKind, Node};
use crate::rust_literal::{formatted, string};
use crate::value::Part;

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
