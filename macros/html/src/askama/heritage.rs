//! What a name means at a place in a template: the macros and imports that are
//! seen there, and the definitions of a block, the innermost first.

use std::collections::HashMap;
use std::rc::Rc;

use askama_parser::node::{BlockDef, Macro, Node};

use super::error::Error;
use super::files::{File, Files, inner};

/// What is seen from a place: its own file's macros and imports, and those of the
/// templates that lead to it.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    /// The file that the place is in.
    pub(super) file: &'a File,
    names: Rc<Names<'a>>,
}

/// The names that are seen; a scope is copied often, so they are shared.
#[derive(Clone, Default)]
struct Names<'a> {
    macros: HashMap<&'a str, (&'a Macro<'a>, &'a File)>,
    imports: HashMap<&'a str, &'a File>,
}

impl<'a> Scope<'a> {
    /// What is seen from a file that nothing leads to.
    pub(super) fn new(file: &'a File, files: &'a Files) -> Self {
        let mut names = Names::default();
        for node in file.parsed.nodes() {
            match &**node {
                Node::Macro(definition) => {
                    names.macros.insert(*definition.name, (definition, file));
                }
                Node::Import(import) => {
                    if let Some(imported) = files.linked(file, import.path) {
                        names.imports.insert(import.scope, imported);
                    }
                }
                _ => {}
            }
        }
        let names = Rc::new(names);
        Self { file, names }
    }

    /// The same, with what is seen from `outer` and not defined here.
    pub(super) fn within(mut self, outer: &Self) -> Self {
        if outer.size() == 0 || Rc::ptr_eq(&self.names, &outer.names) {
            return self;
        }
        if self.size() == 0 {
            self.names = Rc::clone(&outer.names);
            return self;
        }
        let names = Rc::make_mut(&mut self.names);
        for (name, definition) in &outer.names.macros {
            names.macros.entry(name).or_insert(*definition);
        }
        for (name, imported) in &outer.names.imports {
            names.imports.entry(name).or_insert(imported);
        }
        self
    }

    /// How many names are seen.
    pub(super) fn size(&self) -> usize {
        self.names.macros.len() + self.names.imports.len()
    }

    /// A macro by its name, and the file it is in.
    pub(super) fn find(&self, name: &str) -> Option<(&'a Macro<'a>, &'a File)> {
        self.names.macros.get(name).copied()
    }

    /// The file that is imported under this name.
    pub(super) fn imported(&self, name: &str) -> Option<&'a File> {
        self.names.imports.get(name).copied()
    }
}

/// A file, and those that it extends.
pub(super) struct Heritage<'a> {
    /// The file that extends nothing: its nodes are what is rendered.
    pub(super) root: &'a File,
    /// The definitions of each block, the innermost first.
    blocks: HashMap<&'a str, Vec<(&'a BlockDef<'a>, &'a File)>>,
}

impl<'a> Heritage<'a> {
    /// Follows the `extends` of a file.
    pub(super) fn new(file: &'a File, files: &'a Files) -> Result<Rc<Self>, Error> {
        let mut chain: Vec<&'a File> = Vec::new();
        let mut blocks: HashMap<_, Vec<_>> = HashMap::new();
        let mut next = Some(file);
        while let Some(file) = next {
            chain.push(file);
            let mut own = Vec::new();
            definitions(file.parsed.nodes(), &mut own);
            for definition in own {
                let name: &'a str = *definition.name;
                blocks.entry(name).or_default().push((definition, file));
            }
            let extends = file.parsed.nodes().iter().find_map(|node| match &**node {
                Node::Extends(extends) => Some(extends),
                _ => None,
            });
            next = extends.and_then(|extends| files.linked(file, extends.path));
            let seen = |next: &File| chain.iter().position(|file| file.path == next.path);
            if let (Some(back), Some(extends), Some(to)) = (next.and_then(seen), extends, next) {
                let names = chain[back..].iter().copied().chain([to]);
                return Err(Error::Loop {
                    names: names.map(|file| file.name.clone()).collect(),
                    at: file.place(extends.span()),
                });
            }
        }
        let root = chain.last().copied().unwrap_or(file);
        Ok(Rc::new(Self { root, blocks }))
    }

    /// The definition of a block, `generation` steps outwards from the innermost.
    pub(super) fn block(
        &self,
        name: &str,
        generation: usize,
    ) -> Option<(&'a BlockDef<'a>, &'a File)> {
        self.blocks.get(name)?.get(generation).copied()
    }
}

/// Every block that is defined in the nodes, also in other blocks; not in macros.
fn definitions<'a>(nodes: &'a [Box<Node<'a>>], found: &mut Vec<&'a BlockDef<'a>>) {
    for node in nodes {
        if let Node::BlockDef(definition) = &**node {
            found.push(definition);
        }
        if !matches!(**node, Node::Macro(_) | Node::Call(_)) {
            for nodes in inner(node) {
                definitions(nodes, found);
            }
        }
    }
}
