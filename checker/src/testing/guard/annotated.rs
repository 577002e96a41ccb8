//! Finds the annotations in an app's sources that must be in every build. Those under a
//! `cfg` are ignored.

use std::path::{Path, PathBuf};

use coexist_source::annotation::find::{FORM, HANDLER, files_name, is_annotation};
use proc_macro2::{Ident, Span};
use syn::Attribute;
use syn::visit::{self, Visit};

use crate::support::parallel::deeply;
use crate::workspace::modules::{each_file, plain};

/// An annotated item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Annotated {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    pub(super) name: String,
}

/// The annotated items of the crate whose root is this file.
pub(super) fn find_in_crate(root: &Path) -> Result<Vec<Annotated>, String> {
    deeply(|| {
        let mut annotated = Vec::new();
        each_file(root, is_conditional, &mut |file, _module, items| {
            let mut found = Finder {
                file,
                annotated: &mut annotated,
            };
            found.visit_file(items);
        })?;
        Ok(annotated)
    })
    .map_err(|error| error.to_string())?
}

/// Finds the annotations of one file.
struct Finder<'f> {
    file: &'f Path,
    annotated: &'f mut Vec<Annotated>,
}

impl Finder<'_> {
    /// Records the item if it is annotated; returns whether to look into it.
    fn enter(&mut self, attrs: &[Attribute], name: &Ident) -> bool {
        if is_conditional(attrs) {
            return false;
        }
        if attrs
            .iter()
            .any(|attr| is_annotation(attr, &[HANDLER, FORM]))
        {
            self.record(name);
        }
        true
    }

    fn record(&mut self, name: &Ident) {
        let span: Span = name.span();
        self.annotated.push(Annotated {
            file: self.file.to_owned(),
            line: span.start().line,
            name: plain(name),
        });
    }
}

impl Finder<'_> {
    /// Records what a call of `files!` declares.
    fn call(&mut self, attrs: &[Attribute], called: &syn::Macro) {
        if !is_conditional(attrs)
            && let Some(name) = files_name(called)
        {
            self.record(&name);
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        self.call(&item.attrs, &item.mac);
    }

    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        self.call(&statement.attrs, &statement.mac);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_conditional(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
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

/// Whether the item is there only in some configurations.
fn is_conditional(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
}

#[cfg(test)]
mod tests {
    use super::find_in_crate;
    use std::fs;

    fn names(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = find_in_crate(&folder.path().join(files[0].0)).unwrap();
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
    fn what_serves_files_is_found() {
        let file = "
            coexist::files!(pub Assets = \"/static\", since = \"1.0.0\");
            fn outer() { files!(#[doc(hidden)] r#Images = \"/images\", until = \"2.0.0\", since = \"1.0.0\"); }
            #[cfg(test)] coexist::files!(pub Hidden = \"/hidden\", since = \"1.0.0\");
            files!(Other = \"/other\");";
        assert_eq!(names(&[("lib.rs", file)]), ["Assets:2", "Images:3"]);
    }

    #[test]
    fn what_is_conditional_or_foreign_is_ignored() {
        let file = "
            #[cfg(test)] mod tests { #[handler(GET \"/\", since = \"1.0.0\")] fn a() {} }
            #[cfg(feature = \"x\")] #[handler(GET \"/\", since = \"1.0.0\")] fn b() {}
            #[cfg_attr(feature = \"x\", handler(GET \"/\", since = \"1.0.0\"))] fn c() {}
            #[handler] fn d() {}
            #[other::form(name = \"x\")] fn e() {}";
        assert_eq!(names(&[("lib.rs", file)]), Vec::<String>::new());
    }
}
