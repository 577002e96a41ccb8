//! What a name means at a place in a template: the macros and imports that are
//! seen there, and the definitions of a block, the innermost first.

use std::collections::HashMap;
use std::rc::Rc;

use super::error::Error;
use super::files::{File, Files};
use super::tree::{Block, Kind, Macro, Node};

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
    macros: HashMap<&'a str, (&'a Macro, &'a File)>,
    imports: HashMap<&'a str, &'a File>,
}

impl<'a> Scope<'a> {
    /// What is seen from a file that nothing leads to.
    pub(super) fn new(file: &'a File, files: &'a Files) -> Self {
        let mut names = Names::default();
        for node in &file.nodes {
            match &node.kind {
                Kind::Macro(definition) => {
                    names.macros.insert(&definition.name, (definition, file));
                }
                Kind::Import { path, scope } => {
                    if let Some(imported) = files.linked(file, path) {
                        names.imports.insert(scope, imported);
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
    pub(super) fn find(&self, name: &str) -> Option<(&'a Macro, &'a File)> {
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
    blocks: HashMap<&'a str, Vec<(&'a Block, &'a File)>>,
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
            definitions(&file.nodes, &mut own);
            for definition in own {
                let name = definition.name.as_str();
                blocks.entry(name).or_default().push((definition, file));
            }
            let extends = file.nodes.iter().find_map(|node| match &node.kind {
                Kind::Extends(path) => Some((path, node.at)),
                _ => None,
            });
            next = extends.and_then(|(path, _)| files.linked(file, path));
            let seen = |next: &File| chain.iter().position(|file| file.path == next.path);
            if let (Some(back), Some((_, at)), Some(to)) = (next.and_then(seen), extends, next) {
                let names = chain[back..].iter().copied().chain([to]);
                return Err(Error::Loop {
                    names: names.map(|file| file.name.clone()).collect(),
                    at: file.place(at),
                });
            }
        }
        let root = chain.last().copied().unwrap_or(file);
        Ok(Rc::new(Self { root, blocks }))
    }

    /// The definition of a block, `generation` steps outwards from the innermost.
    pub(super) fn block(&self, name: &str, generation: usize) -> Option<(&'a Block, &'a File)> {
        self.blocks.get(name)?.get(generation).copied()
    }
}

/// Every block that is defined in the nodes, also in other blocks; not in macros.
fn definitions<'a>(nodes: &'a [Node], found: &mut Vec<&'a Block>) {
    for node in nodes {
        if let Kind::Block(definition) = &node.kind {
            found.push(definition);
        }
        if !matches!(node.kind, Kind::Macro(_) | Kind::Call(_)) {
            for nodes in node.inner() {
                definitions(nodes, found);
            }
        }
    }
}
