//! What a name means at a place in a template: the macros and imports that are
//! seen there, and the definitions of a block, the innermost first.

use std::collections::HashMap;
use std::rc::Rc;

use super::budget::DEPTH;
use super::error::Error;
use super::loaded::{File, Loaded};
#[cfg(feature = "templates")]
use super::tree::More;
use super::tree::{Block, Kind, Macro, Node};
use crate::form::Place;
use crate::printable::Printable;

/// What is seen from a place: its own file's macros and imports, and those of the
/// templates that lead to it.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    /// The file that the place is in.
    pub(crate) file: &'a File,
    names: Rc<Names<'a>>,
}

/// The names that are seen; a scope is copied often, so they are shared.
#[derive(Clone, Default)]
struct Names<'a> {
    macros: HashMap<&'a str, (&'a Macro, &'a File)>,
    /// `None`: there is no such file.
    imports: HashMap<&'a str, Option<&'a File>>,
}

impl<'a> Names<'a> {
    /// Adds what nodes define, wherever among them it stands.
    fn add(&mut self, nodes: &'a [Node], file: &'a File, files: &'a Loaded) {
        for node in nodes {
            match &node.kind {
                Kind::Macro(definition) => {
                    self.macros.insert(&definition.name, (definition, file));
                }
                Kind::Import { path, scope } => {
                    self.imports.insert(scope, files.linked(file, path));
                }
                #[cfg(feature = "templates")]
                Kind::More(More::Names(path, names)) => {
                    let imported = files.linked(file, path);
                    for (name, own) in names {
                        match imported.and_then(|imported| imported.find(name)) {
                            Some(found) => {
                                self.macros.insert(own, found);
                            }
                            None => {
                                self.imports.insert(own, None);
                            }
                        }
                    }
                }
                _ => {
                    for nodes in node.inner() {
                        self.add(nodes, file, files);
                    }
                }
            }
        }
    }
}

impl<'a> Scope<'a> {
    /// What is seen from a file that nothing leads to.
    pub(crate) fn new(file: &'a File, files: &'a Loaded) -> Self {
        let mut names = Names::default();
        names.add(&file.nodes, file, files);
        let names = Rc::new(names);
        Self { file, names }
    }

    /// The same, with what is seen from `outer` and not defined here.
    pub(crate) fn within(mut self, outer: &Self) -> Self {
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
            names.imports.entry(name).or_insert(*imported);
        }
        self
    }

    /// How many names are seen.
    pub(crate) fn size(&self) -> usize {
        self.names.macros.len() + self.names.imports.len()
    }

    /// A macro by its name, and the file it is in.
    pub(crate) fn find(&self, name: &str) -> Option<(&'a Macro, &'a File)> {
        self.names.macros.get(name).copied()
    }

    /// The file that is imported under this name.
    pub(crate) fn imported(&self, name: &str) -> Option<&'a File> {
        self.names.imports.get(name).copied().flatten()
    }

    /// Whether something is imported under this name, be it there or not.
    #[cfg(feature = "templates")]
    pub(crate) fn is_imported(&self, name: &str) -> bool {
        self.names.imports.contains_key(name)
    }
}

/// A file, and those that it extends.
pub(crate) struct Heritage<'a> {
    /// The file that extends nothing: its nodes are what is rendered.
    pub(crate) root: &'a File,
    /// The files that extend it, the outermost last.
    pub(crate) heirs: Vec<&'a File>,
    /// What could not be followed, and where.
    pub(crate) gaps: Vec<(String, Place)>,
    /// The definitions of each block, the innermost first.
    blocks: HashMap<&'a str, Vec<(&'a Block, &'a File)>>,
}

impl<'a> Heritage<'a> {
    /// Follows the `extends` of a file.
    pub(crate) fn new(file: &'a File, files: &'a Loaded) -> Result<Rc<Self>, Error> {
        let mut chain: Vec<&'a File> = Vec::new();
        let mut blocks: HashMap<_, Vec<_>> = HashMap::new();
        let mut gaps = Vec::new();
        let mut file = file;
        loop {
            chain.push(file);
            let mut own = Vec::new();
            definitions(&file.nodes, &mut own);
            for definition in own {
                let name = definition.name.as_str();
                blocks.entry(name).or_default().push((definition, file));
            }
            let mut all = Vec::new();
            extended(&file.nodes, &mut all, !files.is_strict);
            let found = all.iter().enumerate().find_map(|(index, (path, at))| {
                let to = files.linked(file, path)?;
                Some((index, to, *at))
            });
            for (index, (path, at)) in all.iter().enumerate() {
                if found.is_some_and(|(used, ..)| used != index) {
                    let why = format!("it may extend `{}` as well", Printable(path));
                    gaps.push((why, file.place(*at)));
                }
            }
            let Some((_, to, at)) = found else {
                break;
            };
            if chain.len() == DEPTH {
                return Err(Error::TooDeep { at: file.place(at) });
            }
            if let Some(back) = chain.iter().position(|file| file.path == to.path) {
                let names = chain[back..].iter().copied().chain([to]);
                let error = Error::Loop {
                    names: names.map(|file| file.name.clone()).collect(),
                    at: file.place(at),
                };
                if files.is_strict {
                    return Err(error);
                }
                gaps.push((error.to_string(), file.place(at)));
                break;
            }
            file = to;
        }
        let root = chain.pop().unwrap_or(file);
        Ok(Rc::new(Self {
            root,
            heirs: chain,
            gaps,
            blocks,
        }))
    }

    /// The definition of a block, `generation` steps outwards from the innermost.
    pub(crate) fn block(&self, name: &str, generation: usize) -> Option<(&'a Block, &'a File)> {
        self.blocks.get(name)?.get(generation).copied()
    }
}

/// What the nodes extend, and where; `everywhere`: also under conditions.
fn extended<'a>(nodes: &'a [Node], found: &mut Vec<(&'a str, usize)>, everywhere: bool) {
    for node in nodes {
        match &node.kind {
            Kind::Extends(path) => found.push((path, node.at)),
            Kind::Group(_, branches) if everywhere => {
                for branch in branches {
                    extended(&branch.nodes, found, everywhere);
                }
            }
            _ => {}
        }
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
