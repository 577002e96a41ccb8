//! Reads the source files of a crate: its root, and the files of the modules that it
//! declares, where rustc looks for them.

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Meta};

/// What is done with a file: its path, the path of its module in the crate, and what
/// is in it.
pub(crate) type Take<'t> = dyn FnMut(&Path, &[String], &syn::File) + 't;

/// Takes every file of the crate whose root this is. A module whose attributes
/// `is_aside` is left out, with its own modules.
///
/// # Errors
///
/// If a file cannot be read. The other files are visited nevertheless.
pub(crate) fn each_file(
    root: &Path,
    is_aside: fn(&[Attribute]) -> bool,
    take: &mut Take<'_>,
) -> Result<(), String> {
    let mut walk = Walk {
        file: root.to_owned(),
        folder: folder(root),
        module: Vec::new(),
        is_aside,
        take,
        error: None,
    };
    walk.read();
    walk.error.map_or(Ok(()), Err)
}

/// Walks one file, and the files of the modules that it declares.
struct Walk<'w, 't> {
    file: PathBuf,
    /// Where the files of this module's modules are.
    folder: PathBuf,
    module: Vec<String>,
    is_aside: fn(&[Attribute]) -> bool,
    take: &'w mut Take<'t>,
    error: Option<String>,
}

impl Walk<'_, '_> {
    fn read(&mut self) {
        match parse(&self.file) {
            Ok(file) if (self.is_aside)(&file.attrs) => {}
            Ok(file) => {
                (self.take)(&self.file, &self.module, &file);
                self.visit_file(&file);
            }
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }

    /// Walks the file of `mod name;`, if it is where it belongs.
    fn module_file(&mut self, attrs: &[Attribute], name: &str) {
        let stated = attrs
            .iter()
            .find_map(stated_path)
            .map(|path| folder(&self.file).join(path));
        let usual = [
            self.folder.join(format!("{name}.rs")),
            self.folder.join(name).join("mod.rs"),
        ];
        let Some(file) = stated.into_iter().chain(usual).find(|file| file.is_file()) else {
            return;
        };
        let is_mod_rs = file.file_name().is_some_and(|name| name == "mod.rs");
        let folder = if is_mod_rs {
            folder(&file)
        } else {
            self.folder.join(name)
        };
        let mut module = Walk {
            file,
            folder,
            module: [&self.module[..], &[name.to_owned()]].concat(),
            is_aside: self.is_aside,
            take: self.take,
            error: None,
        };
        module.read();
        if let Some(error) = module.error {
            self.error.get_or_insert(error);
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_, '_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if (self.is_aside)(&item.attrs) {
            return;
        }
        let name = plain(&item.ident);
        if item.content.is_none() {
            return self.module_file(&item.attrs, &name);
        }
        let inner = self.folder.join(&name);
        let outer = std::mem::replace(&mut self.folder, inner);
        self.module.push(name);
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.folder = outer;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !(self.is_aside)(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }
}

/// The name, without the mark of a raw identifier.
pub(crate) fn plain(name: &proc_macro2::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

fn parse(file: &Path) -> Result<syn::File, String> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
    syn::parse_file(&text).map_err(|error| {
        format!(
            "{shown}:{}: cannot look for annotations here: {error}",
            error.span().start().line
        )
    })
}

fn folder(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).to_owned()
}

/// The value of `#[path = "…"]`.
fn stated_path(attr: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attr.meta else {
        return None;
    };
    let Expr::Lit(value) = &pair.value else {
        return None;
    };
    match &value.lit {
        Lit::Str(path) if pair.path.is_ident("path") => Some(path.value()),
        _ => None,
    }
}
