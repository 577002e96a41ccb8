//! Walks the sources of a crate, and collects the items that an audit reports.

use std::path::Path;

use coexist_html::Htmx;
use coexist_source::annotation::find::{HANDLER, endpoints, is_annotation};
use coexist_source::files;
use coexist_source::frameworks::{in_scope, scope_of};
use coexist_source::registration::{self, RoutePath};
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, UseTree};

use super::html::htmx_of;
use super::page;
use super::{Item, State, test_code};
use crate::support::parallel::deeply;
use crate::workspace::modules::{each_file, plain};

/// What was collected.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) functions: Vec<Function>,
    pub(super) imports: Vec<Import>,
    pub(super) registrations: Vec<Registration>,
    pub(super) pages: Vec<Item>,
}

/// A place in the sources: where something stands, and in which module.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) file: std::path::PathBuf,
    pub(super) line: usize,
    /// The crate, then the modules, then the type whose method it is.
    pub(super) module: Vec<String>,
}

/// A function that may be a handler.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) at: Place,
    pub(super) name: String,
    pub(super) is_annotated: bool,
    /// The endpoints that its annotation states; none: those of its framework.
    pub(super) endpoints: Vec<(String, String)>,
    /// The method and the path that an attribute of its framework states.
    pub(super) stated: Option<(Option<String>, RoutePath)>,
    /// Files are served, which `files!` declares, and not a function.
    pub(super) is_files: bool,
}

/// `use path as name;`
#[derive(Debug)]
pub(super) struct Import {
    /// Where it is valid.
    pub(super) module: Vec<String>,
    pub(super) name: String,
    pub(super) path: Vec<String>,
}

/// A route and what serves it.
#[derive(Debug)]
pub(super) struct Registration {
    pub(super) at: Place,
    pub(super) method: Option<String>,
    pub(super) path: RoutePath,
    pub(super) served_by: ServedBy,
}

/// What serves a route.
#[derive(Clone, Debug)]
pub(super) enum ServedBy {
    /// What has this name, by the names on the way to it.
    Named(Vec<String>),
    /// A closure.
    Closure,
    /// What serves the files below a path.
    Files,
    /// A service, a call, or anything else without a name to look for.
    Other,
}

impl ServedBy {
    fn from_expr(expr: &Expr) -> Self {
        match registration::bare(expr) {
            Expr::Path(path) => Self::Named(registration::names(&path.path)),
            Expr::Closure(_) | Expr::Async(_) => Self::Closure,
            // `handler.layer(…)`, `handler.with_state(…)`
            Expr::MethodCall(call) => Self::from_expr(&call.receiver),
            _ => Self::Other,
        }
    }
}

/// Collects in the crate `name` with this root; its `Cargo.toml` is in `package`.
pub(super) fn in_crate(
    root: &Path,
    name: &str,
    package: &Path,
    collected: &mut Collected,
) -> Result<(), String> {
    let name = name.replace('-', "_");
    let htmx = htmx_of(package);
    deeply(|| {
        each_file(root, test_code::is_test, &mut |file, module, items| {
            let mut collector = Collector {
                file,
                module: [std::slice::from_ref(&name), module].concat(),
                scope: None,
                package,
                htmx,
                collected,
            };
            collector.visit_file(items);
        })
    })
    .map_err(|error| error.to_string())?
}

/// Looks through one file.
struct Collector<'c> {
    file: &'c Path,
    module: Vec<String>,
    /// What actix-web puts before the paths of the module's own functions.
    scope: Option<String>,
    package: &'c Path,
    /// The htmx that it states.
    htmx: Htmx,
    collected: &'c mut Collected,
}

impl Collector<'_> {
    fn place(&self, name: &Ident) -> Place {
        Place {
            file: self.file.to_owned(),
            line: name.span().start().line,
            module: self.module.clone(),
        }
    }

    fn function(&mut self, attrs: &[Attribute], name: &Ident) {
        let function = Function {
            at: self.place(name),
            name: plain(name),
            is_annotated: attrs.iter().any(|attr| is_annotation(attr, &[HANDLER])),
            endpoints: attrs.iter().flat_map(endpoints).collect(),
            stated: attrs.iter().find_map(|attr| match &self.scope {
                Some(scope) => registration::from_attribute(&in_scope(attr, scope)),
                None => registration::from_attribute(attr),
            }),
            is_files: false,
        };
        self.collected.functions.push(function);
    }

    fn page(&mut self, name: &Ident, state: Option<State>) {
        let Some(state) = state else { return };
        let Place { file, line, .. } = self.place(name);
        self.collected.pages.push(Item {
            file,
            line,
            route: None,
            name: Some(plain(name)),
            state,
        });
    }

    /// Looks at a function, or at a method: `signature` and `body` are parts of it.
    fn code(&mut self, attrs: &[Attribute], name: &Ident, body: &syn::Block) {
        self.function(attrs, name);
        let state = page::of_code(attrs, self.htmx, |code| code.visit_block(body));
        self.page(name, state);
    }

    fn value(&mut self, attrs: &[Attribute], name: &Ident, value: &Expr) {
        let state = page::of_code(attrs, self.htmx, |code| code.visit_expr(value));
        self.page(name, state);
    }

    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let after = |name: &Ident| [before, &[plain(name)]].concat();
        let (name, path) = match tree {
            UseTree::Path(path) => return self.import(&path.tree, &after(&path.ident)),
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|tree| self.import(tree, before));
            }
            // `self` at the end is the module before it.
            UseTree::Name(name) if name.ident == "self" => {
                let Some(last) = before.last() else { return };
                (last.clone(), before.to_vec())
            }
            UseTree::Name(name) => (plain(&name.ident), after(&name.ident)),
            UseTree::Rename(rename) => (plain(&rename.rename), after(&rename.ident)),
            UseTree::Glob(_) => return,
        };
        self.collected.imports.push(Import {
            module: self.module.clone(),
            name,
            path,
        });
    }

    /// Walks an item whose name becomes part of the path of the items inside it.
    fn within(&mut self, name: Option<String>, look: impl FnOnce(&mut Self)) {
        let depth = self.module.len();
        self.module.extend(name);
        look(self);
        self.module.truncate(depth);
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !test_code::is_test(&item.attrs) {
            let scope = scope_of(&item.attrs);
            let around = std::mem::replace(&mut self.scope, scope);
            self.within(Some(plain(&item.ident)), |inner| {
                visit::visit_item_mod(inner, item);
            });
            self.scope = around;
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !test_code::is_test(&item.attrs) {
            let name = match &*item.self_ty {
                syn::Type::Path(path) => registration::names(&path.path).pop(),
                _ => None,
            };
            let around = self.scope.take();
            self.within(name, |inner| visit::visit_item_impl(inner, item));
            self.scope = around;
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, &[]);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !test_code::is_test(&item.attrs) {
            self.code(&item.attrs, &item.sig.ident, &item.block);
            let around = self.scope.take();
            visit::visit_item_fn(self, item);
            self.scope = around;
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !test_code::is_test(&item.attrs) {
            self.code(&item.attrs, &item.sig.ident, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default
            && !test_code::is_test(&item.attrs)
        {
            self.code(&item.attrs, &item.sig.ident, body);
            visit::visit_trait_item_fn(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if !test_code::is_test(&item.attrs) {
            let state = page::of_template(&item.attrs, self.package);
            self.page(&item.ident, state);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if !test_code::is_test(&item.attrs) {
            let state = page::of_template(&item.attrs, self.package);
            self.page(&item.ident, state);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if !test_code::is_test(&item.attrs) {
            self.value(&item.attrs, &item.ident, &item.expr);
            visit::visit_item_const(self, item);
        }
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        if !test_code::is_test(&item.attrs) {
            self.value(&item.attrs, &item.ident, &item.expr);
            visit::visit_item_static(self, item);
        }
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        if !test_code::is_test(&item.attrs) {
            self.value(&item.attrs, &item.ident, &item.expr);
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let last = called.path.segments.last();
        let is_files = last.is_some_and(|last| last.ident == "files");
        if is_files && let Some((name, path)) = files::name_and_path(called.tokens.clone()) {
            let stated = path.trim_end_matches('/').to_owned();
            self.collected.functions.push(Function {
                at: self.place(&name),
                name: plain(&name),
                is_annotated: true,
                endpoints: vec![("GET".to_owned(), stated)],
                stated: None,
                is_files: true,
            });
        }
        visit::visit_macro(self, called);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        for registered in registration::from_call(call) {
            self.collected.registrations.push(Registration {
                at: self.place(&call.method),
                method: registered.method,
                path: registered.path,
                served_by: if registered.is_files {
                    ServedBy::Files
                } else {
                    ServedBy::from_expr(registered.handler)
                },
            });
        }
        visit::visit_expr_method_call(self, call);
    }
}
