//! Finds annotations in an app's sources: those that must be in the build,
//! whatever is configured. What a `cfg` decides is left aside.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Meta};

/// An annotated item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Annotated {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    pub(super) name: String,
}

/// The annotated items of the crate whose root is this file.
pub(super) fn in_crate(root: &Path) -> Result<Vec<Annotated>, String> {
    let mut found = Finder {
        file: root.to_owned(),
        folder: folder(root),
        ..Finder::default()
    };
    found.read()?;
    match found.error {
        Some(error) => Err(error),
        None => Ok(found.annotated),
    }
}

/// Walks one file, and the files of the modules that it declares.
#[derive(Default)]
struct Finder {
    file: PathBuf,
    /// Where the files of this module's modules are.
    folder: PathBuf,
    annotated: Vec<Annotated>,
    error: Option<String>,
}

impl Finder {
    fn read(&mut self) -> Result<(), String> {
        let shown = self.file.display();
        let text = fs::read_to_string(&self.file).map_err(|error| format!("{shown}: {error}"))?;
        let file = syn::parse_file(&text).map_err(|error| {
            format!(
                "{shown}:{}: cannot look for annotations here: {error}",
                error.span().start().line
            )
        })?;
        if !is_conditional(&file.attrs) {
            self.visit_file(&file);
        }
        Ok(())
    }

    /// Notes the item if it is annotated; says whether to look into it.
    fn enter(&mut self, attrs: &[Attribute], name: &Ident) -> bool {
        if is_conditional(attrs) {
            return false;
        }
        if attrs.iter().any(is_annotation) {
            let span: Span = name.span();
            let name = name.to_string();
            self.annotated.push(Annotated {
                file: self.file.clone(),
                line: span.start().line,
                name: name.trim_start_matches("r#").to_owned(),
            });
        }
        true
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
        let mut module = Self {
            file,
            folder,
            ..Self::default()
        };
        if let Err(error) = module.read() {
            self.error.get_or_insert(error);
        }
        self.annotated.append(&mut module.annotated);
        if let Some(error) = module.error {
            self.error.get_or_insert(error);
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if is_conditional(&item.attrs) {
            return;
        }
        let name = item.ident.to_string();
        let name = name.trim_start_matches("r#");
        if item.content.is_none() {
            return self.module_file(&item.attrs, name);
        }
        let inner = self.folder.join(name);
        let outer = std::mem::replace(&mut self.folder, inner);
        visit::visit_item_mod(self, item);
        self.folder = outer;
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !is_conditional(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if self.enter(&item.attrs, &item.sig.ident) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if self.enter(&item.attrs, &item.sig.ident) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.enter(&item.attrs, &item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.enter(&item.attrs, &item.ident);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.enter(&item.attrs, &item.ident);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.enter(&item.attrs, &item.ident);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.enter(&item.attrs, &item.ident);
    }
}

fn folder(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).to_owned()
}

/// Whether the build's configuration decides if the item is there.
fn is_conditional(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
}

/// Whether the attribute is one of coexist's. Other crates have a `handler`, too;
/// only here it says `since`.
fn is_annotation(attr: &Attribute) -> bool {
    let Meta::List(list) = &attr.meta else {
        return false;
    };
    let last = list.path.segments.last();
    let is_named = last.is_some_and(|last| last.ident == "handler" || last.ident == "form");
    is_named && says_since(&list.tokens)
}

fn says_since(tokens: &TokenStream) -> bool {
    tokens
        .clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(ident) if ident == "since"))
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

#[cfg(test)]
mod tests {
    use super::in_crate;
    use std::fs;

    fn names(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = in_crate(&folder.path().join(files[0].0)).unwrap();
        found
            .into_iter()
            .map(|annotated| format!("{}:{}", annotated.name, annotated.line))
            .collect()
    }

    const A: &str = "#[handler(GET \"/a\", since = \"1.0.0\")]\nfn a() {}";

    #[test]
    fn modules_are_followed_where_rustc_follows_them() {
        let root = "mod one; mod two { mod three; } #[path = \"odd/four.rs\"] mod four;";
        let files = [
            ("lib.rs", root),
            ("one.rs", "mod deep;"),
            ("one/deep.rs", A),
            ("two/three/mod.rs", "mod deeper;"),
            ("two/three/deeper.rs", A),
            ("odd/four.rs", A),
            ("orphan.rs", A),
        ];
        assert_eq!(names(&files), ["a:2", "a:2", "a:2"]);
    }

    #[test]
    fn items_of_every_kind_are_found() {
        let file = "
            #[form(posts_to = a, since = \"1.0.0\")] struct S;
            #[coexist::form(posts_to = a, since = \"1.0.0\")] const C: u8 = 0;
            impl S {
                #[form(posts_to = a, since = \"1.0.0\")] fn m() {}
                #[form(posts_to = a, since = \"1.0.0\")] const D: u8 = 0;
            }
            fn outer() { #[handler(GET \"/\", since = \"1.0.0\")] fn r#inner() {} }";
        assert_eq!(
            names(&[("lib.rs", file)]),
            ["S:2", "C:3", "m:5", "D:6", "inner:8"]
        );
    }

    #[test]
    fn what_is_conditional_or_foreign_is_left_aside() {
        let file = "
            #[cfg(test)] mod tests { #[handler(GET \"/\", since = \"1.0.0\")] fn a() {} }
            #[cfg(feature = \"x\")] #[handler(GET \"/\", since = \"1.0.0\")] fn b() {}
            #[cfg_attr(feature = \"x\", handler(GET \"/\", since = \"1.0.0\"))] fn c() {}
            #[handler] fn d() {}
            #[other::form(name = \"x\")] fn e() {}";
        assert_eq!(names(&[("lib.rs", file)]), Vec::<String>::new());
    }
}
