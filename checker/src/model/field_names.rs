//! The fields of a list by their names, so that none is searched for field by field.

use std::collections::HashMap;

use crate::registry::Field;
use crate::support::steps;

/// The positions of fields in a list, by name.
pub(super) struct NameIndex<'a> {
    positions: HashMap<&'a str, Vec<usize>>,
}

impl<'a> NameIndex<'a> {
    /// The fields of a handler by their names and aliases.
    pub(super) fn new(fields: &'a [Field]) -> Self {
        Self::from_pairs(
            fields
                .iter()
                .enumerate()
                .flat_map(|(position, field)| field.names().map(move |name| (name, position))),
        )
    }

    /// The fields of a form by their names.
    pub(super) fn from_names(fields: &'a [Field]) -> Self {
        let fields = fields.iter().enumerate();
        Self::from_pairs(fields.map(|(position, field)| (&*field.name, position)))
    }

    fn from_pairs(pairs: impl Iterator<Item = (&'a str, usize)>) -> Self {
        let mut index: HashMap<&'a str, Vec<usize>> = HashMap::new();
        for (name, position) in pairs {
            steps::count(1);
            let positions = index.entry(name).or_default();
            // A field may list a name twice.
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
        Self { positions: index }
    }

    /// The positions of the fields that have this name, sorted.
    pub(super) fn by_name(&self, name: &str) -> &[usize] {
        steps::count(1);
        self.positions.get(name).map_or(&[], |positions| positions)
    }

    /// The positions of the fields whose name a handler reads as `read`, sorted.
    pub(super) fn taken_by(&self, read: &Field) -> Vec<usize> {
        let positions = read.names().flat_map(|name| self.by_name(name));
        let mut positions: Vec<usize> = positions.copied().collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}
