//! Reads the source files of the crates that make a program.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use coexist_source::nesting;
use syn::Item;

use super::conditions::{Features, is_there};
use super::manifest::{Package, Target, Workspace};
use crate::scan::gap::{Gap, Gaps};
use crate::scan::tree::{Tree, normal};
use crate::support::visible;
use crate::workspace::modules::{plain, stated_path};

/// How deep modules may be nested in files.
const MAX_DEPTH: usize = 64;

/// The frameworks whose own code makes no routes of an app, also where they are in its workspace.
const FRAMEWORKS: [&str; 8] = [
    "actix-web",
    "axum",
    "cot",
    "loco-rs",
    "poem",
    "poem-openapi",
    "rocket",
    "salvo",
];

/// How many files a program may have.
const MAX_FILES: usize = 50_000;

/// A file that has been parsed.
pub(crate) struct Parsed {
    /// What is in it.
    pub(crate) file: syn::File,
    /// Its text.
    pub(crate) text: String,
}

/// The files that have been parsed, by the names of their contents.
#[derive(Default)]
pub(crate) struct Cache {
    known: RefCell<HashMap<String, Result<Rc<Parsed>, String>>>,
}

impl Cache {
    /// Forgets what is not among the contents that are still needed.
    pub(crate) fn keep(&self, is_needed: impl Fn(&str) -> bool) {
        self.known.borrow_mut().retain(|id, _| is_needed(id));
    }

    fn parse(&self, tree: &dyn Tree, path: &Path) -> Result<Option<Rc<Parsed>>, String> {
        if let Some(id) = tree.id(path)
            && let Some(known) = self.known.borrow().get(&id)
        {
            return known.clone().map(Some);
        }
        let Some(read) = tree.read(path)? else {
            return Ok(None);
        };
        let parsed = match nesting::parse_file(&read.text) {
            Ok(file) => Ok(Rc::new(Parsed {
                file,
                text: read.text,
            })),
            Err(error) => Err(format!("line {}: {error}", error.span().start().line)),
        };
        if let Some(id) = read.id {
            self.known.borrow_mut().insert(id, parsed.clone());
        }
        parsed.map(Some)
    }
}

/// A source file of a program.
pub(crate) struct SourceFile {
    /// Its path in the tree.
    pub(crate) path: PathBuf,
    /// The crate that it belongs to, by its position.
    pub(crate) krate: usize,
    /// The crate, then the modules.
    pub(crate) module: Vec<String>,
    /// What is in it.
    pub(crate) parsed: Rc<Parsed>,
}

/// A crate of a program.
#[derive(Debug)]
pub(crate) struct Crate {
    /// Its name in paths.
    pub(crate) name: String,
    /// The folder of its package.
    pub(crate) folder: PathBuf,
    /// The crates that it names, each with the package that it is of.
    pub(crate) externs: BTreeMap<String, Extern>,
    /// What its build script depends on.
    pub(crate) build_dependencies: Vec<String>,
    /// The features of its package that are on.
    pub(crate) features: Features,
}

/// A crate that another one names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Extern {
    /// One of the program's own, by its position.
    Own(usize),
    /// One of which nothing is read: its name, as its own documentation has it.
    Other(String),
}

/// Reads the crates of a program: its own, and those of the workspace that it names.
pub(crate) struct Reader<'r> {
    pub(crate) workspace: &'r Workspace,
    pub(crate) tree: &'r dyn Tree,
    pub(crate) cache: &'r Cache,
    pub(crate) features: &'r BTreeMap<PathBuf, Features>,
    pub(crate) gaps: &'r Gaps,
    pub(crate) files: Vec<SourceFile>,
    pub(crate) crates: Vec<Crate>,
}

impl Reader<'_> {
    /// Reads a program of a package.
    ///
    /// # Errors
    ///
    /// If its root cannot be read, or there is too much of it.
    pub(crate) fn program(&mut self, package: &Package, program: &Target) -> Result<(), String> {
        let name = program.name.replace('-', "_");
        let root = self.read_crate(package, &name, &program.root)?;
        let mut open = vec![root];
        let mut known: BTreeMap<PathBuf, usize> = BTreeMap::new();
        while let Some(krate) = open.pop() {
            let folder = self.crates[krate].folder.clone();
            let Some(package) = self.workspace.packages.get(&folder).cloned() else {
                continue;
            };
            let mut libraries: Vec<(String, PathBuf)> = Vec::new();
            // A program sees the library of its own package.
            if krate == root
                && let Some(library) = &package.library
            {
                libraries.push((library.name.clone(), folder.clone()));
            }
            for (name, dependency) in &package.dependencies {
                let is_framework = FRAMEWORKS.contains(&&*dependency.package);
                match &dependency.folder {
                    Some(folder) if !is_framework => libraries.push((name.clone(), folder.clone())),
                    _ => {
                        let other = Extern::Other(dependency.package.replace('-', "_"));
                        self.crates[krate].externs.insert(name.clone(), other);
                    }
                }
            }
            for (name, folder) in libraries {
                if !self.is_named(krate, &name) {
                    continue;
                }
                let position = match known.get(&folder) {
                    Some(position) => Some(*position),
                    None => self.library(&folder)?,
                };
                let Some(position) = position else { continue };
                if known.insert(folder, position).is_none() {
                    open.push(position);
                }
                self.crates[krate]
                    .externs
                    .insert(name, Extern::Own(position));
            }
        }
        Ok(())
    }

    /// Whether the text of a crate has this word.
    fn is_named(&self, krate: usize, name: &str) -> bool {
        let mut files = self.files.iter().filter(|file| file.krate == krate);
        files.any(|file| file.parsed.text.contains(name))
    }

    fn library(&mut self, folder: &Path) -> Result<Option<usize>, String> {
        let Some(package) = self.workspace.packages.get(folder).cloned() else {
            return Ok(None);
        };
        let Some(library) = &package.library else {
            return Ok(None);
        };
        self.read_crate(&package, &library.name, &library.root)
            .map(Some)
    }

    fn read_crate(&mut self, package: &Package, name: &str, root: &Path) -> Result<usize, String> {
        let krate = self.crates.len();
        let features = self.features.get(&package.folder).cloned();
        self.crates.push(Crate {
            name: name.to_owned(),
            folder: package.folder.clone(),
            externs: BTreeMap::new(),
            build_dependencies: package.build_dependencies.clone(),
            features: features.unwrap_or_default(),
        });
        let folder = root.parent().unwrap_or(Path::new("")).to_owned();
        self.file(root, &folder, &[name.to_owned()], krate)?;
        Ok(krate)
    }

    /// Reads a file and those of the modules that it declares. `folder`: where these are.
    fn file(
        &mut self,
        path: &Path,
        folder: &Path,
        module: &[String],
        krate: usize,
    ) -> Result<(), String> {
        if self.files.len() >= MAX_FILES {
            return Err(format!("the program has more than {MAX_FILES} files"));
        }
        let shown = visible::path(path);
        let parsed = match self.cache.parse(self.tree, path) {
            Ok(Some(parsed)) => parsed,
            Ok(None) => return Ok(()),
            Err(why) => {
                let why = format!("this file cannot be read: {why}");
                self.gaps.push(Gap::of_route(path, 1, why));
                return Ok(());
            }
        };
        if module.len() > MAX_DEPTH {
            let message = format!("{shown}: modules are nested more than {MAX_DEPTH} levels deep");
            return Err(message);
        }
        if !is_there(&parsed.file.attrs, &self.crates[krate].features) {
            return Ok(());
        }
        self.files.push(SourceFile {
            path: path.to_owned(),
            krate,
            module: module.to_vec(),
            parsed: Rc::clone(&parsed),
        });
        self.modules(&parsed.file.items, path, folder, module, krate)
    }

    fn modules(
        &mut self,
        items: &[Item],
        file: &Path,
        folder: &Path,
        module: &[String],
        krate: usize,
    ) -> Result<(), String> {
        for item in items {
            let Item::Mod(declared) = item else { continue };
            if !is_there(&declared.attrs, &self.crates[krate].features) {
                continue;
            }
            let name = plain(&declared.ident);
            let inner = [module, std::slice::from_ref(&name)].concat();
            if let Some((_, items)) = &declared.content {
                self.modules(items, file, &folder.join(&name), &inner, krate)?;
                continue;
            }
            let beside = file.parent().unwrap_or(Path::new(""));
            let stated = declared.attrs.iter().find_map(stated_path);
            let stated = stated.and_then(|path| normal(&beside.join(path)));
            let usual = [
                folder.join(format!("{name}.rs")),
                folder.join(&name).join("mod.rs"),
            ];
            let mut places = stated.into_iter().chain(usual);
            let Some(path) = places.find(|path| self.tree.is_file(path)) else {
                continue;
            };
            let is_mod_rs = path.file_name().is_some_and(|name| name == "mod.rs");
            let below = if is_mod_rs {
                path.parent().unwrap_or(Path::new("")).to_owned()
            } else {
                folder.join(&name)
            };
            self.file(&path, &below, &inner, krate)?;
        }
        Ok(())
    }
}
