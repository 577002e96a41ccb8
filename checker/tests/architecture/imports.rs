//! Which files of a crate import which: read from its `use` items and from the paths that
//! begin with `crate`, `super` or `self`. Test modules do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// The path of a module in its crate, `["gate", "rollback"]`; empty: the root.
pub(crate) type Module = Vec<String>;

/// The modules of a crate that are files, each with the files that it imports.
pub(crate) type Imports = BTreeMap<Module, BTreeSet<Module>>;

/// Reads the imports of the crate whose root is `src/lib.rs` or `src/main.rs`.
pub(crate) fn of_crate(src: &Path) -> Imports {
    of_sources(&|file| std::fs::read_to_string(src.join(file)).ok())
}

/// Reads the imports of a crate; `read` gives the text of a file of it, if there is one.
pub(crate) fn of_sources(read: &dyn Fn(&str) -> Option<String>) -> Imports {
    let mut roots = ["lib.rs", "main.rs"].into_iter();
    let root = roots.find_map(read).expect("the root of a crate");
    let mut crate_ = Crate {
        read,
        files: BTreeMap::new(),
    };
    crate_.add(&Vec::new(), &root);
    let known: BTreeSet<Module> = crate_.files.keys().cloned().collect();
    let file_of = |path: &[String]| {
        let prefixes = (0..=path.len()).rev().map(|length| path[..length].to_vec());
        prefixes.into_iter().find(|prefix| known.contains(prefix))
    };
    let imports = crate_.files.into_iter().map(|(module, paths)| {
        let targets = paths.iter().filter_map(|path| file_of(path));
        let others = targets.filter(|target| *target != module);
        (module.clone(), others.collect())
    });
    imports.collect()
}

struct Crate<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    /// Per file, the absolute paths in it.
    files: BTreeMap<Module, Vec<Module>>,
}

impl Crate<'_> {
    fn add(&mut self, module: &Module, text: &str) {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{module:?}: {error}"));
        let mut paths = Paths {
            module: module.clone(),
            children: Vec::new(),
            found: Vec::new(),
            inner: 0,
        };
        paths.visit_file(&file);
        let children = paths.children.clone();
        self.files.insert(module.clone(), paths.absolute());
        for child in children {
            let child: Module = module.iter().cloned().chain([child]).collect();
            let path = child.join("/");
            let files = [format!("{path}.rs"), format!("{path}/mod.rs")];
            let text = files.iter().find_map(|file| (self.read)(file));
            self.add(
                &child,
                &text.unwrap_or_else(|| panic!("no file of `{path}`")),
            );
        }
    }
}

/// The paths of one file.
struct Paths {
    /// The module that is read: the file's, or one within it.
    module: Module,
    /// The modules of the file that are files of their own.
    children: Vec<String>,
    /// Each path with the module in which it stands.
    found: Vec<(Module, Vec<String>)>,
    /// How many modules deep this is within the file.
    inner: usize,
}

impl Paths {
    fn push(&mut self, path: Vec<String>) {
        self.found.push((self.module.clone(), path));
    }

    /// The paths from the root of the crate; those into other crates are left out.
    fn absolute(self) -> Vec<Module> {
        let children = self.children;
        let absolute = self.found.into_iter().filter_map(|(mut base, path)| {
            let mut rest = &path[..];
            match &*path[0] {
                "crate" => {
                    base.clear();
                    rest = &rest[1..];
                }
                "self" => rest = &rest[1..],
                "super" => {
                    while rest.first().is_some_and(|part| part == "super") {
                        base.pop();
                        rest = &rest[1..];
                    }
                }
                first if children.iter().any(|child| child == first) => {}
                _ => return None,
            }
            base.extend(rest.iter().cloned());
            Some(base)
        });
        absolute.collect()
    }

    fn push_tree(&mut self, mut path: Vec<String>, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(inner) => {
                path.push(inner.ident.to_string());
                self.push_tree(path, &inner.tree);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.push_tree(path.clone(), tree);
                }
            }
            syn::UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.push(path);
            }
            syn::UseTree::Rename(name) => {
                path.push(name.ident.to_string());
                self.push(path);
            }
            syn::UseTree::Glob(_) if !path.is_empty() => self.push(path),
            syn::UseTree::Glob(_) => {}
        }
    }

    /// Paths in the arguments of a macro, which are not parsed into a syntax tree.
    fn push_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    let goes_on = colons == 2 && !path.is_empty();
                    if !goes_on {
                        self.end(&mut path);
                    }
                    if goes_on || matches!(&*ident, "crate" | "super" | "self") {
                        path.push(ident);
                    }
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.end(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.push_tokens(group.stream());
                    }
                }
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.push(path);
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.attrs.iter().any(is_cfg_test) {
            return;
        }
        let name = item.ident.to_string();
        if item.content.is_none() {
            assert_eq!(self.inner, 0, "`mod {name};` within a module of a file");
            self.children.push(name);
            return;
        }
        self.module.push(name);
        self.inner += 1;
        visit::visit_item_mod(self, item);
        self.inner -= 1;
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !item.attrs.iter().any(is_cfg_test) {
            self.push_tree(Vec::new(), &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter().map(|part| part.ident.to_string());
        let parts: Vec<String> = parts.collect();
        if parts.len() > 1 && matches!(&*parts[0], "crate" | "super" | "self") {
            self.push(parts);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, macro_: &'ast syn::Macro) {
        self.push_tokens(macro_.tokens.clone());
        visit::visit_macro(self, macro_);
    }
}

/// `#[cfg(test)]`.
fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|ident| ident == "test")
}
