//! Lists the items of files.

use coexist_source::frameworks::scope_of;
use syn::{Attribute, Expr, ImplItem, Item, Stmt, TraitItem, UseTree};

use super::{
    Function, Index, MacroItem, Meaning, Owner, Pending, TypeItem, TypeKind, ValueItem, last_name,
};
use crate::scan::program::conditions::is_there;
use crate::workspace::modules::plain;

impl<'a> Index<'a> {
    pub(super) fn items(
        &mut self,
        items: &'a [Item],
        module: &[String],
        at: At,
        prefix: Option<&str>,
    ) {
        let key = module.join("::");
        let scope = self.scopes.entry(key.clone()).or_default();
        scope.krate = at.krate;
        if let Some((name, around)) = module.split_last()
            && !around.is_empty()
        {
            let around = self.scopes.entry(around.join("::")).or_default();
            around.krate = at.krate;
            let meant = Meaning::Module(key.clone());
            let known = around.items.entry(name.clone()).or_default();
            if !known.contains(&meant) {
                known.push(meant);
            }
        }
        for item in items {
            self.item(item, module, &key, at, prefix);
        }
    }

    fn item(&mut self, item: &'a Item, module: &[String], key: &str, at: At, prefix: Option<&str>) {
        let features = &self.crates[at.krate].features;
        if !is_there(attrs_of(item), features) {
            return;
        }
        match item {
            Item::Mod(declared) => {
                let Some((_, items)) = &declared.content else {
                    return;
                };
                let scope = scope_of(&declared.attrs);
                let inner = [module, &[plain(&declared.ident)]].concat();
                self.items(items, &inner, at, scope.as_deref().or(prefix));
            }
            Item::Fn(function) => {
                let name = plain(&function.sig.ident);
                let position = self.function(
                    (&function.attrs, &function.sig, Some(&function.block)),
                    (key, key),
                    None,
                    at,
                    prefix,
                );
                self.declare(key, name, Meaning::Function(position));
            }
            Item::Struct(item) => self.add_type(&item.ident, TypeKind::Struct(item), key, at),
            Item::Enum(item) => self.add_type(&item.ident, TypeKind::Enum(item), key, at),
            Item::Type(item) => {
                let kind = TypeKind::Alias(&item.generics, &item.ty);
                self.add_type(&item.ident, kind, key, at);
            }
            Item::Const(item) => {
                let value = self.value(&item.attrs, &item.ident, &item.expr, (key, key), at);
                self.declare(key, plain(&item.ident), value);
            }
            Item::Static(item) => {
                let value = self.value(&item.attrs, &item.ident, &item.expr, (key, key), at);
                self.declare(key, plain(&item.ident), value);
            }
            Item::Use(item) => self.add_use(key, &item.tree, &[]),
            Item::Impl(block) => {
                let Some(name) = last_name(&block.self_ty) else {
                    return;
                };
                let owner = Owner {
                    attrs: &block.attrs,
                    ty: Some(&block.self_ty),
                    implemented: block.trait_.as_ref().map(|(path, _)| path),
                };
                for item in &block.items {
                    self.impl_item(item, &name, owner, key, at);
                }
            }
            Item::Trait(declared) => {
                let owner = Owner {
                    attrs: &declared.attrs,
                    ty: None,
                    implemented: None,
                };
                let name = plain(&declared.ident);
                for item in &declared.items {
                    let TraitItem::Fn(method) = item else {
                        continue;
                    };
                    let path = format!("{key}::{name}");
                    let parts = (&*method.attrs, &method.sig, method.default.as_ref());
                    self.function(parts, (&path, key), Some(owner), at, None);
                }
            }
            Item::Macro(item) => self.macros.push(MacroItem {
                scope: key.to_owned(),
                called: &item.mac,
                file: at.file,
            }),
            _ => {}
        }
    }

    fn impl_item(&mut self, item: &'a ImplItem, name: &str, owner: Owner<'a>, key: &str, at: At) {
        let path = format!("{key}::{name}");
        match item {
            ImplItem::Fn(method) => {
                if !is_there(&method.attrs, &self.crates[at.krate].features) {
                    return;
                }
                let parts = (&*method.attrs, &method.sig, Some(&method.block));
                let position = self.function(parts, (&path, key), Some(owner), at, None);
                self.add_associated(owner, &method.sig.ident, key, Meaning::Function(position));
            }
            ImplItem::Const(item) => {
                let value = self.value(&item.attrs, &item.ident, &item.expr, (&path, key), at);
                self.add_associated(owner, &item.ident, key, value);
            }
            _ => {}
        }
    }

    fn add_associated(
        &mut self,
        owner: Owner<'a>,
        ident: &proc_macro2::Ident,
        key: &str,
        meant: Meaning,
    ) {
        let Some(ty) = owner.ty else { return };
        self.pending.push(Pending {
            ty,
            scope: key.to_owned(),
            name: plain(ident),
            meant,
        });
    }

    fn function(
        &mut self,
        (attrs, sig, body): (&'a [Attribute], &'a syn::Signature, Option<&'a syn::Block>),
        (path, scope): (&str, &str),
        owner: Option<Owner<'a>>,
        at: At,
        prefix: Option<&str>,
    ) -> usize {
        let position = self.functions.len();
        let name = plain(&sig.ident);
        // What is declared in the body is seen in the body alone.
        let has_own = body.is_some_and(|body| body.stmts.iter().any(is_item));
        let inner = if has_own {
            format!("{scope}::{{{position}}}")
        } else {
            scope.to_owned()
        };
        self.functions.push(Function {
            path: format!("{path}::{name}"),
            name,
            scope: inner.clone(),
            attrs,
            sig,
            body,
            owner,
            file: at.file,
            prefix: prefix.map(str::to_owned),
        });
        if has_own {
            let own = self.scopes.entry(inner.clone()).or_default();
            own.krate = at.krate;
            own.around = Some(scope.to_owned());
            let module: Vec<String> = inner.split("::").map(str::to_owned).collect();
            for statement in body.into_iter().flat_map(|body| &body.stmts) {
                if let Stmt::Item(item) = statement {
                    self.item(item, &module, &inner, at, None);
                }
            }
        }
        position
    }

    fn value(
        &mut self,
        attrs: &'a [Attribute],
        ident: &'a proc_macro2::Ident,
        value: &'a Expr,
        (path, scope): (&str, &str),
        at: At,
    ) -> Meaning {
        self.values.push(ValueItem {
            path: format!("{path}::{}", plain(ident)),
            scope: scope.to_owned(),
            attrs,
            ident,
            value,
            file: at.file,
        });
        Meaning::Value(self.values.len() - 1)
    }

    fn add_type(&mut self, ident: &proc_macro2::Ident, kind: TypeKind<'a>, key: &str, at: At) {
        let name = plain(ident);
        self.types.push(TypeItem {
            path: format!("{key}::{name}"),
            name: name.clone(),
            scope: key.to_owned(),
            kind,
            file: at.file,
        });
        self.declare(key, name, Meaning::Type(self.types.len() - 1));
    }

    fn declare(&mut self, key: &str, name: String, meant: Meaning) {
        let scope = self.scopes.entry(key.to_owned()).or_default();
        scope.items.entry(name).or_default().push(meant);
    }

    fn add_use(&mut self, key: &str, tree: &UseTree, before: &[String]) {
        let after = |name: &proc_macro2::Ident| [before, &[plain(name)]].concat();
        let (name, path) = match tree {
            UseTree::Path(path) => return self.add_use(key, &path.tree, &after(&path.ident)),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(key, tree, before);
                }
                return;
            }
            UseTree::Name(name) if name.ident == "self" => {
                let Some(last) = before.last() else { return };
                (last.clone(), before.to_vec())
            }
            UseTree::Name(name) => (plain(&name.ident), after(&name.ident)),
            UseTree::Rename(rename) if rename.ident == "self" => {
                (plain(&rename.rename), before.to_vec())
            }
            UseTree::Rename(rename) => (plain(&rename.rename), after(&rename.ident)),
            UseTree::Glob(_) => {
                let scope = self.scopes.entry(key.to_owned()).or_default();
                return scope.globs.push(before.to_vec());
            }
        };
        let scope = self.scopes.entry(key.to_owned()).or_default();
        scope.uses.entry(name).or_default().push(path);
    }
}

fn is_item(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Item(_))
}

/// The attributes of an item.
fn attrs_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Where items stand.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) file: usize,
    pub(super) krate: usize,
}
