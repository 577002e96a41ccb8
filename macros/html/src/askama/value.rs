//! What the variables of a template stand for, as far as the templates tell it: the
//! arguments of macros, what `let` and `set` give a name to.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::expression::{arguments, written, written_before};
use super::heritage::Scope;
use super::tree::{Bound, Definition, Expr, ExprKind, Node};
use crate::rust_literal::{formatted, string};
use crate::value::Part;

/// What a variable stands for.
#[derive(Clone)]
pub(super) enum Value<'a> {
    /// Texts and expressions, one behind the other.
    Parts(Vec<Piece>),
    /// Nodes that are rendered where it is used.
    Body(Rc<Body<'a>>),
    /// The templates do not tell.
    Unknown,
    /// The templates do not tell, but it may be a part of what is not escaped.
    Markup,
}

/// A part of what an expression renders.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) part: Part,
    /// It is markup, which is not escaped.
    pub(super) is_markup: bool,
}

impl Piece {
    fn text(text: String) -> Self {
        let part = Part::Text(text);
        let is_markup = false;
        Self { part, is_markup }
    }
}

impl Value<'_> {
    /// How many bytes are kept for it.
    pub(super) fn size(&self) -> usize {
        match self {
            Value::Parts(parts) => size(parts),
            Value::Body(_) | Value::Unknown | Value::Markup => 0,
        }
    }
}

/// The longest value that a variable is known to have, in bytes; the value of a variable
/// whose value is longer is not known.
const LONGEST: usize = 16 << 10;

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
pub(super) fn size(parts: &[Piece]) -> usize {
    let sizes = parts.iter().map(|piece| match &piece.part {
        Part::Text(text) | Part::Hole(text) => text.len() + size_of::<Piece>(),
    });
    sizes.sum()
}

/// The nodes of a `{% call %}` or a `{% set %}`.
pub(super) struct Body<'a> {
    pub(super) nodes: &'a [Node],
    /// The arguments of `caller(…)`.
    pub(super) parameters: &'a [String],
    /// What is seen from them.
    pub(super) scope: Scope<'a>,
}

/// The variables that are seen.
pub(super) struct Locals<'a> {
    /// The innermost last.
    levels: Vec<HashMap<&'a str, Value<'a>>>,
    /// The fields of the template whose values may be markup.
    markup: &'a [String],
    /// How many bytes of values were copied since [`Locals::take_copied`].
    copied: Cell<usize>,
}

impl<'a> Locals<'a> {
    pub(super) fn new(markup: &'a [String]) -> Self {
        Self {
            levels: vec![HashMap::new()],
            markup,
            copied: Cell::new(0),
        }
    }

    /// How many bytes of values were copied since the last call.
    pub(super) fn take_copied(&self) -> usize {
        self.copied.take()
    }

    /// Begins a level: what is set from now on is forgotten when it is left.
    pub(super) fn enter(&mut self) {
        self.levels.push(HashMap::new());
    }

    /// Ends the innermost level.
    pub(super) fn leave(&mut self) {
        self.levels.pop();
    }

    /// Sets a variable of the innermost level.
    pub(super) fn set(&mut self, name: &'a str, value: Value<'a>) {
        if let Some(level) = self.levels.last_mut() {
            level.insert(name, value);
        }
    }

    /// Hides what the names of a pattern meant.
    pub(super) fn hide(&mut self, bound: &'a Bound) {
        let is_markup = bound
            .value
            .as_ref()
            .is_some_and(|value| self.may_be_markup(value));
        for name in &bound.names {
            self.set(
                name,
                if is_markup {
                    Value::Markup
                } else {
                    Value::Unknown
                },
            );
        }
    }

    /// What a name stands for; `None`: it is not a variable of the templates.
    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.levels.iter().rev().find_map(|level| level.get(name))
    }

    /// The nodes that a name stands for.
    pub(super) fn body(&self, name: &str) -> Option<Rc<Body<'a>>> {
        match self.get(name)? {
            Value::Body(body) => Some(Rc::clone(body)),
            _ => None,
        }
    }

    /// Whether the value of a variable may be markup.
    pub(super) fn is_markup(&self, name: &str) -> bool {
        match self.get(name) {
            Some(Value::Parts(parts)) => parts.iter().any(|piece| piece.is_markup),
            Some(Value::Markup) => true,
            Some(Value::Body(_) | Value::Unknown) => false,
            None => self.is_markup_field(name),
        }
    }

    /// Whether the value of a field of the template may be markup.
    pub(super) fn is_markup_field(&self, name: &str) -> bool {
        self.markup.iter().any(|field| field == name)
    }

    /// What an expression stands for.
    pub(super) fn value(&self, expression: &Expr, scope: &Scope<'a>) -> Value<'a> {
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
    pub(super) fn parts(&self, expression: &Expr, scope: &Scope<'a>, limit: usize) -> Vec<Piece> {
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
                ("format", [source, rest @ ..]) => {
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

    fn copy(&self, parts: &[Piece]) -> Vec<Piece> {
        self.copied.set(self.copied.get() + size(parts));
        parts.to_vec()
    }

    /// Sets what a `let`, `set` or `decl` of the scope's file defines. Returns how
    /// many bytes are kept.
    pub(super) fn define(
        &mut self,
        name: &'a str,
        definition: &'a Definition,
        scope: &Scope<'a>,
    ) -> usize {
        let value = match definition {
            Definition::Unknown => Value::Unknown,
            Definition::Value(value) => self.value(value, scope),
            Definition::Nodes(nodes) => Value::Body(Rc::new(Body {
                nodes,
                parameters: &[],
                scope: scope.clone(),
            })),
        };
        let size = value.size();
        self.set(name, value);
        size
    }
}
