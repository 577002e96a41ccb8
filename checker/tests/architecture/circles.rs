//! Circles: files that import each other, directly or through others.

use crate::imports::{Imports, Module};

/// The circles of more than two files, each in order of names: the largest sets of files
/// of which each one reaches each other one.
pub(crate) fn circles(imports: &Imports) -> Vec<Vec<Module>> {
    let mut search = Search {
        imports,
        order: Vec::new(),
        lowest: Vec::new(),
        stack: Vec::new(),
        found: Vec::new(),
    };
    for module in imports.keys() {
        if search.number(module).is_none() {
            search.visit(module);
        }
    }
    search.found
}

/// Tarjan's search for strongly connected components.
struct Search<'a> {
    imports: &'a Imports,
    /// The files in the order in which they are reached.
    order: Vec<&'a Module>,
    /// Per file in that order, the earliest one on the stack that it reaches.
    lowest: Vec<usize>,
    stack: Vec<usize>,
    found: Vec<Vec<Module>>,
}

impl<'a> Search<'a> {
    fn number(&self, module: &Module) -> Option<usize> {
        self.order.iter().position(|known| *known == module)
    }

    fn visit(&mut self, module: &'a Module) -> usize {
        let number = self.order.len();
        self.order.push(module);
        self.lowest.push(number);
        self.stack.push(number);
        for target in &self.imports[module] {
            let reached = match self.number(target) {
                None => {
                    let target = self.visit(target);
                    self.lowest[target]
                }
                Some(target) if self.stack.contains(&target) => target,
                Some(_) => continue,
            };
            self.lowest[number] = self.lowest[number].min(reached);
        }
        if self.lowest[number] == number {
            let begin = self.stack.iter().position(|on| *on == number);
            let members = self.stack.split_off(begin.unwrap_or_default());
            if members.len() > 2 {
                let members = members.iter().map(|number| self.order[*number].clone());
                let mut members: Vec<Module> = members.collect();
                members.sort();
                self.found.push(members);
            }
        }
        number
    }
}
