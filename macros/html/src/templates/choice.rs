//! Variables of which a condition chooses the value, and values of maps.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::heritage::Scope;
use super::locals::Locals;
use super::piece::{LONGEST, Piece, Value, size};
use super::tree::{Expr, ExprKind};
use crate::value::Part;

impl<'a> Locals<'a> {
    /// The values of which a condition in the expression chooses, if there is one.
    pub(super) fn alternatives(
        &self,
        expression: &Expr,
        scope: &Scope<'a>,
    ) -> Option<Vec<Vec<Piece>>> {
        let of = |expression: &Expr| {
            self.alternatives(expression, scope)
                .unwrap_or_else(|| vec![self.parts(expression, scope, LONGEST)])
        };
        match &expression.kind {
            ExprKind::Either(one, other) => {
                let mut values = of(one);
                match other {
                    Some(other) => values.extend(of(other)),
                    None => values.push(Vec::new()),
                }
                Some(values)
            }
            ExprKind::Variable(name) => match self.get(name)? {
                Value::OneOf(values) => Some(values.iter().map(|parts| self.copy(parts)).collect()),
                _ => None,
            },
            _ => None,
        }
    }

    /// A value of a variable that holds several, by its name.
    pub(crate) fn attribute(&self, root: &str, name: &str) -> Option<&Value<'a>> {
        let Some(Value::Map(values)) = self.get(root) else {
            return None;
        };
        let mut values = values.iter().rev();
        let found = values.find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// The values of a variable of which a condition chose.
    pub(crate) fn choices(&self, name: &str) -> Option<Rc<Vec<Vec<Piece>>>> {
        match self.get(name)? {
            Value::OneOf(values) => Some(Rc::clone(values)),
            _ => None,
        }
    }

    /// Takes the variables that were set on the current level.
    pub(crate) fn take_set(&mut self) -> HashMap<&'a str, Value<'a>> {
        let level = self.levels.get_mut(self.current);
        level.map_or_else(HashMap::new, |level| std::mem::take(&mut level.variables))
    }

    /// Sets the variables that the arms of a condition set, each of which may be taken; `always`: one
    /// of them is.
    pub(crate) fn join(&mut self, arms: Vec<HashMap<&'a str, Value<'a>>>, always: bool) {
        let count = arms.len();
        let mut set: BTreeMap<&'a str, Vec<Value<'a>>> = BTreeMap::new();
        for (name, value) in arms.into_iter().flatten() {
            set.entry(name).or_default().push(value);
        }
        for (name, mut values) in set {
            if values.len() < count || !always {
                values.push(match self.get(name) {
                    Some(value) => value.clone(),
                    None => Value::Parts(vec![Piece {
                        part: Part::Hole(name.to_owned()),
                        is_markup: self.is_markup_field(name),
                    }]),
                });
            }
            let size: usize = values.iter().map(Value::size).sum();
            self.copied.set(self.copied.get() + size);
            self.set(name, joined_values(values));
        }
    }

    /// Forgets what a variable stands for, wherever it is seen from here.
    pub(crate) fn forget(&mut self, name: &'a str) {
        let mut at = self.current;
        while let Some(level) = self.levels.get_mut(at) {
            level.variables.insert(name, Value::Unknown);
            if level.around == at {
                break;
            }
            at = level.around;
        }
    }
}

/// How many values of a variable are told apart.
const CHOICES: usize = 16;

/// One of these values, if they are few and short.
pub(super) fn one_of<'a>(mut values: Vec<Vec<Piece>>) -> Value<'a> {
    let mut seen = HashSet::new();
    values.retain(|parts| seen.insert(parts.clone()));
    let length: usize = values.iter().map(|parts| size(parts)).sum();
    let is_markup = values.iter().flatten().any(|piece| piece.is_markup);
    match values.len() {
        1 if length <= LONGEST => Value::Parts(values.swap_remove(0)),
        2..=CHOICES if length <= LONGEST => Value::OneOf(Rc::new(values)),
        _ if is_markup => Value::Markup,
        _ => Value::Unknown,
    }
}

/// One of these values.
fn joined_values(values: Vec<Value<'_>>) -> Value<'_> {
    let is_markup = |value: &Value<'_>| matches!(value, Value::Markup | Value::Body(_));
    let may_be_markup = values.iter().any(is_markup);
    let mut all = Vec::new();
    for value in values {
        match value {
            Value::Parts(parts) => all.push(parts),
            Value::OneOf(values) => all.extend(values.iter().cloned()),
            Value::Body(_) | Value::Map(_) | Value::Unknown | Value::Markup => {
                return if may_be_markup {
                    Value::Markup
                } else {
                    Value::Unknown
                };
            }
        }
    }
    one_of(all)
}
