//! Reads the source files of a crate: its root, and the files of the modules that it
//! declares, where rustc looks for them.

use std::path::{Path, PathBuf};

use coexist_source::nesting;
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Meta};

use crate::support::{bounded_file, visible};

/// What is done with a file: its path, the path of its module in the crate, and what
/// is in it.
pub(crate) type Take<'t> = dyn FnMut(&Path, &[String], &syn::File) + 't;

/// Takes every file of the crate whose root this is. A module whose attributes
/// `is_aside` is left out, with its own modules.
///
/// # Errors
///
/// If a file cannot be read, or contains itself as a module. The other files are visited
/// nevertheless.
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
        progress: &mut Progress::default(),
        error: None,
    };
    walk.read();
    walk.error.map_or(Ok(()), Err)
}

/// How deep modules may be nested in files. Each is a level of the walk.
const MAX_DEPTH: usize = 64;

/// How many files a crate may have, with those that are several modules.
const MAX_FILES: usize = 100_000;

/// The most bytes of a source file: 16 MiB.
const MAX_BYTES: u64 = 16 << 20;

/// Which files are read.
#[derive(Default)]
struct Progress {
    /// The files whose modules are being read, from the root on.
    open: Vec<PathBuf>,
    /// How many files have been read.
    files: usize,
}

/// Walks one file, and the files of the modules that it declares.
struct Walk<'w, 't> {
    file: PathBuf,
    /// Where the files of this module's modules are.
    folder: PathBuf,
    module: Vec<String>,
    is_aside: fn(&[Attribute]) -> bool,
    take: &'w mut Take<'t>,
    progress: &'w mut Progress,
    error: Option<String>,
}

impl Walk<'_, '_> {
    fn read(&mut self) {
        match parse(&self.file) {
            Ok(file) if (self.is_aside)(&file.attrs) => {}
            Ok(file) => {
                (self.take)(&self.file, &self.module, &file);
                // The real path of a file that was just read is known.
                let path = self.file.canonicalize();
                let path = path.unwrap_or_else(|_| self.file.clone());
                self.progress.open.push(path);
                self.visit_file(&file);
                self.progress.open.pop();
            }
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }

    /// Whether the file of a module may be read.
    fn check(&mut self, file: &Path) -> Result<(), String> {
        let path = file.canonicalize().map_err(|error| error.to_string())?;
        if self.progress.open.contains(&path) {
            return Err(format!(
                "{} contains itself as a module",
                visible::path(file)
            ));
        }
        if self.progress.open.len() >= MAX_DEPTH {
            return Err(format!(
                "modules are nested more than {MAX_DEPTH} files deep"
            ));
        }
        self.progress.files += 1;
        if self.progress.files > MAX_FILES {
            return Err(format!("the crate has more than {MAX_FILES} files"));
        }
        Ok(())
    }

    /// Walks the file of `mod name;`, if it is where it belongs.
    fn module_file(&mut self, attrs: &[Attribute], ident: &Ident) {
        let name = &*plain(ident);
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
        if let Err(error) = self.check(&file) {
            let line = ident.span().start().line;
            let error = format!(
                "{}:{line}: `mod {name}`: {error}",
                visible::path(&self.file)
            );
            self.error.get_or_insert(error);
            return;
        }
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
            progress: self.progress,
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
        if item.content.is_none() {
            return self.module_file(&item.attrs, &item.ident);
        }
        let name = plain(&item.ident);
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
pub(crate) fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

fn parse(file: &Path) -> Result<syn::File, String> {
    let shown = visible::path(file);
    let text = bounded_file::read(file, MAX_BYTES).map_err(|error| format!("{shown}: {error}"))?;
    let text = String::from_utf8(text).map_err(|_| format!("{shown}: this is not UTF-8 text"))?;
    nesting::parse_file(&text).map_err(|error| {
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
pub(crate) fn stated_path(attr: &Attribute) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::each_file;
    use crate::support::parallel::deeply;

    /// The error for a crate of these files, without the path of its folder, and how many
    /// files were taken.
    fn read(files: &[(&str, &str)]) -> (String, usize) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let root = folder.path().join(files[0].0);
        let count = |root: &Path| {
            let mut count = 0;
            let read = each_file(root, |_| false, &mut |_, _, _| count += 1);
            (read.err().unwrap_or_default(), count)
        };
        let (error, count) = deeply(|| count(&root)).unwrap();
        let folder = format!("{}/", folder.path().display());
        (error.replace(&folder, ""), count)
    }

    #[test]
    fn a_module_that_contains_itself_is_an_error() {
        let itself = [
            ("lib.rs", "\n#[path = \"lib.rs\"] mod a;\nmod b;"),
            ("b.rs", ""),
        ];
        let expected = "lib.rs:2: `mod a`: lib.rs contains itself as a module";
        assert_eq!(read(&itself), (expected.to_owned(), 2));
        let circle = [
            ("lib.rs", "mod a;"),
            ("a.rs", "#[path = \"b.rs\"] mod b;"),
            ("b.rs", "#[path = \"a.rs\"] mod a;"),
        ];
        let expected = "b.rs:1: `mod a`: a.rs contains itself as a module";
        assert_eq!(read(&circle), (expected.to_owned(), 3));
        // A file may be two modules.
        let twice = "#[path = \"a.rs\"] mod b; mod a;";
        assert_eq!(read(&[("lib.rs", twice), ("a.rs", "")]), (String::new(), 3));
    }

    #[test]
    fn files_are_modules_of_each_other_to_a_limited_depth() {
        let name = |number| format!("m{number}.rs");
        let files: Vec<(String, String)> = (0..70)
            .map(|number| {
                let next = number + 1;
                (name(number), format!("#[path = \"m{next}.rs\"] mod a;"))
            })
            .collect();
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        let expected = "m63.rs:1: `mod a`: modules are nested more than 64 files deep";
        assert_eq!(read(&files), (expected.to_owned(), 64));
    }

    #[test]
    fn code_that_is_nested_too_deeply_is_an_error_at_its_line() {
        for depth in [5_000, 500_000] {
            let nested = format!(
                "\n\nconst A: () = {}{};",
                "(".repeat(depth),
                ")".repeat(depth)
            );
            let (error, count) = read(&[("lib.rs", "mod a;"), ("a.rs", &nested)]);
            assert_eq!(
                error,
                "a.rs:3: cannot look for annotations here: the brackets are nested more than 128 \
                 levels deep, which is not read"
            );
            assert_eq!(count, 1);
        }
    }

    #[test]
    fn code_at_the_limits_fits_on_the_stack() {
        let nested = format!("const A: () = {}{};", "(".repeat(128), ")".repeat(128));
        let chain = format!("const B: bool = {}true;", "!".repeat(3_990));
        let calls = format!("fn c() {{ a(){}; }}", ".b(1)".repeat(3_000));
        let (error, count) = read(&[("lib.rs", &format!("{nested}{chain}{calls}"))]);
        assert_eq!((&*error, count), ("", 1));
    }
}
