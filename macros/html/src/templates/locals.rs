//! Which variables are seen at a place in a template.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::piece::{Body, Value};
use super::tree::{Bound, Seen};

/// The variables that are seen.
pub(crate) struct Locals<'a> {
    pub(super) levels: Vec<Level<'a>>,
    /// The level on which variables are set.
    pub(super) current: usize,
    /// Levels below this one are still needed when they are left.
    kept: usize,
    /// The fields of the template whose values may be markup.
    markup: &'a [String],
    /// How many bytes of values were copied since [`Locals::take_copied`].
    pub(super) copied: Cell<usize>,
    /// The engine is askama.
    pub(crate) is_strict: bool,
}

/// The variables between two tags.
pub(super) struct Level<'a> {
    pub(super) variables: HashMap<&'a str, Value<'a>>,
    /// The level around; the outermost is its own.
    pub(super) around: usize,
    /// What is seen of the levels around.
    seen: Seen,
}

impl<'a> Locals<'a> {
    pub(crate) fn new(markup: &'a [String], is_strict: bool) -> Self {
        Self {
            levels: vec![Level {
                variables: HashMap::new(),
                around: 0,
                seen: Seen::All,
            }],
            current: 0,
            kept: 0,
            markup,
            copied: Cell::new(0),
            is_strict,
        }
    }

    /// How many bytes of values were copied since the last call.
    pub(crate) fn take_copied(&self) -> usize {
        self.copied.take()
    }

    /// Begins a level: what is set from now on is forgotten when it is left.
    pub(crate) fn enter(&mut self, around: usize, seen: Seen) {
        self.levels.push(Level {
            variables: HashMap::new(),
            around,
            seen,
        });
        self.current = self.levels.len() - 1;
    }

    /// Ends the current level, and goes on with this one.
    pub(crate) fn leave(&mut self, level: usize) {
        if self.current >= self.kept {
            self.levels.truncate(self.current);
        }
        self.current = level;
    }

    /// The current level.
    pub(crate) fn level(&self) -> usize {
        self.current
    }

    /// The current level, which is needed as long as something refers to it.
    pub(crate) fn kept_level(&mut self) -> usize {
        self.kept = self.levels.len();
        self.current
    }

    /// Sets a variable of the current level.
    pub(crate) fn set(&mut self, name: &'a str, value: Value<'a>) {
        if let Some(level) = self.levels.get_mut(self.current) {
            level.variables.insert(name, value);
        }
    }

    /// Hides what the names of a pattern meant.
    pub(crate) fn hide(&mut self, bound: &'a Bound) {
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
    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        let mut at = self.current;
        loop {
            let level = self.levels.get(at)?;
            if let Some(value) = level.variables.get(name) {
                return Some(value);
            }
            let is_seen = match level.seen {
                Seen::All => true,
                #[cfg(feature = "templates")]
                Seen::Templates => name.starts_with('>'),
                #[cfg(feature = "templates")]
                Seen::Nothing => false,
            };
            if !is_seen || level.around == at {
                return None;
            }
            at = level.around;
        }
    }

    /// The nodes that a name stands for.
    pub(crate) fn body(&self, name: &str) -> Option<Rc<Body<'a>>> {
        match self.get(name)? {
            Value::Body(body) => Some(Rc::clone(body)),
            _ => None,
        }
    }

    /// Whether the value of a variable may be markup.
    pub(crate) fn is_markup(&self, name: &str) -> bool {
        match self.get(name) {
            Some(value) => value.may_be_markup(),
            None => self.is_markup_field(name),
        }
    }

    /// Whether the value of a field of the template may be markup.
    pub(crate) fn is_markup_field(&self, name: &str) -> bool {
        self.markup.iter().any(|field| field == name)
    }
}
