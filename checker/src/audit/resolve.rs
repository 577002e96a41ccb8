//! Finds the function that a registration names: by its last name, and by as much of
//! its path as tells functions of the same name apart.

use std::collections::HashMap;

use super::collect::{Collected, Function, Import};

/// The functions of a workspace, by name.
pub(super) struct Functions<'c> {
    all: &'c [Function],
    by_name: HashMap<&'c str, Vec<usize>>,
    imports: HashMap<(&'c [String], &'c str), &'c Import>,
}

impl<'c> Functions<'c> {
    pub(super) fn new(collected: &'c Collected) -> Self {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, function) in collected.functions.iter().enumerate() {
            by_name.entry(&function.name).or_default().push(position);
        }
        let imports = collected.imports.iter();
        Self {
            all: &collected.functions,
            by_name,
            imports: imports
                .map(|import| ((&*import.module, &*import.name), import))
                .collect(),
        }
    }

    /// The function that these names lead to, from code in `module`: its position
    /// among all functions.
    ///
    /// Where several may be meant, it is one that is not annotated, if there is one:
    /// a function that may not be annotated is not reported as annotated.
    pub(super) fn find(&self, names: &[String], module: &[String]) -> Option<usize> {
        let path = self.absolute(names, module);
        let (name, way) = path.split_last()?;
        let named = self.by_name.get(name.as_str())?;
        let same_crate = |function: &Function| function.at.module.first() == module.first();
        let ways: [&dyn Fn(&Function) -> bool; 5] = [
            &|function| function.at.module == way,
            &|function| function.at.module == [module, way].concat(),
            &|function| {
                !way.is_empty() && same_crate(function) && function.at.module.ends_with(way)
            },
            &|function| !way.is_empty() && function.at.module.ends_with(way),
            // Under a name that a glob or another module passes on.
            &same_crate,
        ];
        let found = ways.into_iter().find_map(|is_meant| {
            let meant = named.iter().copied();
            meant
                .filter(|position| is_meant(&self.all[*position]))
                .min_by_key(|position| self.all[*position].is_annotated)
        });
        found.or_else(|| {
            let named = named.iter().copied();
            named.min_by_key(|position| self.all[*position].is_annotated)
        })
    }

    /// The names with what `use`, `crate`, `self` and `super` stand for, as far as
    /// that is known.
    fn absolute(&self, names: &[String], module: &[String]) -> Vec<String> {
        let Some((first, rest)) = names.split_first() else {
            return Vec::new();
        };
        match self.imports.get(&(module, first.as_str())) {
            Some(import) => [&absolute(&import.path, module)[..], rest].concat(),
            None => absolute(names, module),
        }
    }
}

/// The names with what `crate`, `self` and `super` stand for.
fn absolute(names: &[String], module: &[String]) -> Vec<String> {
    let (mut from, mut rest) = (module, names);
    match names.first().map(String::as_str) {
        Some("crate") => {
            from = module.get(..1).unwrap_or_default();
            rest = &rest[1..];
        }
        Some("self") => rest = &rest[1..],
        Some("super") => {}
        _ => return names.to_vec(),
    }
    while let Some((first, others)) = rest.split_first()
        && first == "super"
    {
        from = from.split_last().map_or(from, |(_, outer)| outer);
        rest = others;
    }
    [from, rest].concat()
}
