//! Gives each parameter of a path a name of its own.

use std::collections::{HashMap, HashSet};

/// The names that the parameters of a path have so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashSet<String>,
    /// For each name that was asked for, the number to try next.
    next: HashMap<String, u32>,
}

impl Names {
    /// Returns this name, or with a number behind it if it is taken: `id`, `id_2`.
    ///
    /// A number is tried once, so that a path takes time in proportion to its length.
    pub(super) fn give(&mut self, name: &str) -> String {
        if self.given.insert(name.to_owned()) {
            return name.to_owned();
        }
        let next = self.next.entry(name.to_owned()).or_insert(2);
        loop {
            let numbered = format!("{name}_{next}");
            *next += 1;
            if self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}
