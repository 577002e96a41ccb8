//! What the variables of a template stand for, as far as the templates tell it: the
//! arguments of macros, what `let` and `set` give a name to.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use askama_parser::node::Node;
use askama_parser::{Expr, LetValueOrBlock, Target};

use super::expression::{Spanned, arguments, bare, filtered, literal, written, written_before};
use super::heritage::Scope;
use crate::rust_literal::{formatted, string};
use crate::value::Part;

/// What a variable stands for.
#[derive(Clone)]
pub(super) enum Value<'a> {
    /// Texts and expressions, one behind the other.
    Parts(Vec<Part>),
    /// Nodes that are rendered where it is used.
    Body(Rc<Body<'a>>),
    /// The templates do not tell.
    Unknown,
}

impl Value<'_> {
    /// How many bytes are kept for it.
    pub(super) fn size(&self) -> usize {
        match self {
            Value::Parts(parts) => size(parts),
            Value::Body(_) | Value::Unknown => 0,
        }
    }
}

/// The longest value that a variable is known to have, in bytes; the value of a variable
/// whose value is longer is not known.
const LONGEST: usize = 16 << 10;

/// Joins parts until they are longer than `limit`.
fn joined(each: impl Iterator<Item = Vec<Part>>, limit: usize) -> Vec<Part> {
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
pub(super) fn size(parts: &[Part]) -> usize {
    let sizes = parts.iter().map(|part| match part {
        Part::Text(text) | Part::Hole(text) => text.len() + size_of::<Part>(),
    });
    sizes.sum()
}

/// The nodes of a `{% call %}` or a `{% set %}`.
pub(super) struct Body<'a> {
    pub(super) nodes: &'a [Box<Node<'a>>],
    /// The arguments of `caller(…)`.
    pub(super) parameters: &'a [&'a str],
    /// What is seen from them.
    pub(super) scope: Scope<'a>,
}

/// The variables that are seen.
pub(super) struct Locals<'a> {
    /// The innermost last.
    levels: Vec<HashMap<&'a str, Value<'a>>>,
    /// How many bytes of values were copied since [`Locals::take_copied`].
    copied: Cell<usize>,
}

impl<'a> Locals<'a> {
    pub(super) fn new() -> Self {
        Self {
            levels: vec![HashMap::new()],
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
    pub(super) fn hide(&mut self, pattern: &'a Target<'a>) {
        match pattern {
            Target::Name(name) => self.set(**name, Value::Unknown),
            Target::Tuple(inner) => inner.1.iter().for_each(|target| self.hide(target)),
            Target::Array(inner) => inner.iter().for_each(|target| self.hide(target)),
            Target::OrChain(inner) => inner.iter().for_each(|target| self.hide(target)),
            Target::Struct(inner) => inner.1.iter().for_each(|field| self.hide(&field.dest)),
            Target::Rest(name) => {
                if let Some(name) = &**name {
                    self.set(**name, Value::Unknown);
                }
            }
            Target::NumLit(..)
            | Target::StrLit(_)
            | Target::CharLit(_)
            | Target::BoolLit(_)
            | Target::Path(_)
            | Target::Placeholder(_) => {}
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

    /// What an expression stands for.
    pub(super) fn value(&self, expression: &Spanned<'_>, scope: &Scope<'a>) -> Value<'a> {
        let inner = match &***bare(expression) {
            Expr::Var(name) => *name,
            Expr::Call(call) if call.args.is_empty() => match &**call.path {
                Expr::Var(name) => *name,
                _ => "",
            },
            _ => "",
        };
        if let Some(body) = self.body(inner) {
            return Value::Body(body);
        }
        let parts = self.parts(expression, scope, LONGEST);
        if size(&parts) > LONGEST {
            return Value::Unknown;
        }
        Value::Parts(parts)
    }

    /// What an expression renders: text as far as it is known, expressions as they
    /// are written in the scope's file. What is longer than `limit` is not complete, but
    /// longer than `limit`.
    pub(super) fn parts(
        &self,
        expression: &Spanned<'_>,
        scope: &Scope<'a>,
        limit: usize,
    ) -> Vec<Part> {
        let expression = bare(expression);
        let as_written = || vec![Part::Hole(written(expression, scope.file))];
        if let Some(text) = literal(expression) {
            return vec![Part::Text(text)];
        }
        match &***expression {
            Expr::Var(name) => match self.get(name) {
                Some(Value::Parts(parts)) => self.copy(parts),
                _ => vec![Part::Hole((*name).to_owned())],
            },
            Expr::Concat(items) => {
                let parts = items.iter().map(|item| self.parts(item, scope, limit));
                joined(parts, limit)
            }
            Expr::Filter(filter) => match filtered(filter) {
                // They decide how a value is written, not which one it is.
                Some(("safe" | "escape" | "e", source)) => match &***bare(source) {
                    Expr::Var(_) | Expr::Concat(_) => self.parts(source, scope, limit),
                    other => match literal(other) {
                        Some(text) => vec![Part::Text(text)],
                        None => vec![Part::Hole(written_before(
                            source,
                            expression.span(),
                            scope.file,
                        ))],
                    },
                },
                Some(("format", source)) => {
                    let rest = filter.arguments.iter().skip(1);
                    let rest: Vec<_> = rest.map(|argument| written(argument, scope.file)).collect();
                    literal(source)
                        .and_then(|format| formatted(&format, &rest))
                        .map_or_else(as_written, |parts| self.resolved(parts, limit))
                }
                _ => as_written(),
            },
            Expr::RustMacro(path, text) if matches!(&**path, [name] if **name == "format") => {
                let texts = arguments(text);
                texts
                    .split_first()
                    .and_then(|(format, rest)| formatted(&string(format)?, rest))
                    .map_or_else(as_written, |parts| self.resolved(parts, limit))
            }
            _ => as_written(),
        }
    }

    /// The same, with what is known of the variables among the holes.
    fn resolved(&self, parts: Vec<Part>, limit: usize) -> Vec<Part> {
        let known = |part| match part {
            Part::Hole(name) => match self.get(&name) {
                Some(Value::Parts(parts)) => self.copy(parts),
                _ => vec![Part::Hole(name)],
            },
            Part::Text(_) => vec![part],
        };
        joined(parts.into_iter().map(known), limit)
    }

    fn copy(&self, parts: &[Part]) -> Vec<Part> {
        self.copied.set(self.copied.get() + size(parts));
        parts.to_vec()
    }

    /// Sets what a `let`, `set` or `declare` of the scope's file defines. Returns how
    /// many bytes are kept.
    pub(super) fn define(&mut self, node: &'a Node<'a>, scope: &Scope<'a>) -> usize {
        match node {
            Node::Let(definition) => {
                let Target::Name(name) = &definition.var else {
                    self.hide(&definition.var);
                    return 0;
                };
                let value = match &definition.val {
                    _ if definition.is_mutable => Value::Unknown,
                    LetValueOrBlock::Value(value) => self.value(value, scope),
                    LetValueOrBlock::Block { nodes, .. } => Value::Body(Rc::new(Body {
                        nodes,
                        parameters: &[],
                        scope: scope.clone(),
                    })),
                };
                let size = value.size();
                self.set(**name, value);
                return size;
            }
            Node::Declare(declared) => self.set(*declared.var_name, Value::Unknown),
            _ => {}
        }
        0
    }
}
