//! The items of a program, and which item a path means: through modules, `use`, re-exports and
//! the crates of the workspace.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use syn::{Attribute, Expr, Generics, ImplItem, Item, Stmt, TraitItem, UseTree};

use super::conditions::is_there;
use super::files::{Crate, Extern, SourceFile};
use crate::workspace::modules::plain;

/// How many steps lead from a path to its item at most.
const MAX_STEPS: usize = 24;

/// A function, or a method.
pub(crate) struct Function<'a> {
    /// The crate, the modules, perhaps the type, and its name.
    pub(crate) path: String,
    /// Its name.
    pub(crate) name: String,
    /// The scope in which names are looked up in its body.
    pub(crate) scope: String,
    /// Its attributes.
    pub(crate) attrs: &'a [Attribute],
    /// Its signature.
    pub(crate) sig: &'a syn::Signature,
    /// Its body; `None`: it has none.
    pub(crate) body: Option<&'a syn::Block>,
    /// The block that it is a method of.
    pub(crate) owner: Option<Owner<'a>>,
    /// Where it is written: the position of the file.
    pub(crate) file: usize,
    /// The `#[scope("…")]` of the module around it.
    pub(crate) prefix: Option<String>,
}

/// The `impl` or the trait that a method stands in.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    /// Its attributes.
    pub(crate) attrs: &'a [Attribute],
    /// The type; `None`: it is a trait's own.
    pub(crate) ty: Option<&'a syn::Type>,
    /// The trait that is implemented.
    pub(crate) implemented: Option<&'a syn::Path>,
}

/// A struct, an enum, or another name for a type.
pub(crate) struct TypeItem<'a> {
    /// The crate, the modules, and its name.
    pub(crate) path: String,
    /// Its name.
    pub(crate) name: String,
    /// The scope in which names are looked up in it.
    pub(crate) scope: String,
    /// What it is.
    pub(crate) kind: TypeKind<'a>,
    /// Where it is written: the position of the file.
    pub(crate) file: usize,
}

/// What declares a type.
#[derive(Clone, Copy)]
pub(crate) enum TypeKind<'a> {
    Struct(&'a syn::ItemStruct),
    Enum(&'a syn::ItemEnum),
    Alias(&'a Generics, &'a syn::Type),
}

impl<'a> TypeKind<'a> {
    /// The attributes of the declaration.
    pub(crate) fn attrs(self) -> &'a [Attribute] {
        match self {
            Self::Struct(item) => &item.attrs,
            Self::Enum(item) => &item.attrs,
            Self::Alias(..) => &[],
        }
    }

    /// The name.
    pub(crate) fn ident(self) -> Option<&'a proc_macro2::Ident> {
        match self {
            Self::Struct(item) => Some(&item.ident),
            Self::Enum(item) => Some(&item.ident),
            Self::Alias(..) => None,
        }
    }
}

/// A const or a static.
pub(crate) struct ValueItem<'a> {
    /// The crate, the modules, perhaps the type, and its name.
    pub(crate) path: String,
    /// The scope in which names are looked up in it.
    pub(crate) scope: String,
    /// Its attributes.
    pub(crate) attrs: &'a [Attribute],
    /// Its name.
    pub(crate) ident: &'a proc_macro2::Ident,
    /// Its value.
    pub(crate) value: &'a Expr,
    /// Where it is written: the position of the file.
    pub(crate) file: usize,
}

/// A macro that is called where items stand.
pub(crate) struct MacroItem<'a> {
    /// The scope around it.
    pub(crate) scope: String,
    /// The call.
    pub(crate) called: &'a syn::Macro,
    /// Where it is written: the position of the file.
    pub(crate) file: usize,
}

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Function(usize),
    Type(usize),
    Value(usize),
    Module(String),
    /// An item of another crate: its whole path.
    Other(Vec<String>),
}

/// What is being looked up.
#[derive(Default)]
struct Seen {
    /// The names that are, each in its scope: modules may pass on each other's names.
    open: HashSet<(String, String)>,
    steps: usize,
}

/// How many names are looked up for one path at most.
const MAX_LOOKUPS: usize = 5_000;

/// The names in a module, or in the body of a function.
#[derive(Default)]
struct Scope {
    krate: usize,
    /// The scope around the body of a function.
    around: Option<String>,
    items: HashMap<String, Vec<Meaning>>,
    uses: HashMap<String, Vec<Vec<String>>>,
    globs: Vec<Vec<String>>,
}

/// The items of a program.
pub(crate) struct Index<'a> {
    pub(crate) files: &'a [SourceFile],
    pub(crate) crates: &'a [Crate],
    pub(crate) functions: Vec<Function<'a>>,
    pub(crate) types: Vec<TypeItem<'a>>,
    pub(crate) values: Vec<ValueItem<'a>>,
    pub(crate) macros: Vec<MacroItem<'a>>,
    scopes: HashMap<String, Scope>,
    /// The methods and constants of each type, by their names.
    associated: HashMap<(Owned, String), Vec<Meaning>>,
    /// The same, before it is known which types they belong to.
    pending: Vec<Pending<'a>>,
    /// What paths mean that were asked for, each in its scope.
    known: RefCell<HashMap<(String, String), Vec<Meaning>>>,
}

/// The type that something belongs to.
#[derive(PartialEq, Eq, Hash)]
enum Owned {
    /// One of the program's own, by its position.
    Own(usize),
    /// Another one, by its last name.
    Other(String),
}

/// A method or a constant of a type.
struct Pending<'a> {
    ty: &'a syn::Type,
    scope: String,
    name: String,
    meant: Meaning,
}

impl<'a> Index<'a> {
    /// Lists the items in these files.
    pub(crate) fn new(files: &'a [SourceFile], crates: &'a [Crate]) -> Self {
        let mut index = Self {
            files,
            crates,
            functions: Vec::new(),
            types: Vec::new(),
            values: Vec::new(),
            macros: Vec::new(),
            scopes: HashMap::new(),
            associated: HashMap::new(),
            pending: Vec::new(),
            known: RefCell::default(),
        };
        for (position, file) in files.iter().enumerate() {
            let prefix: Option<&str> = None;
            let at = At {
                file: position,
                krate: file.krate,
            };
            index.items(&file.parsed.file.items, &file.module, at, prefix);
        }
        for pending in std::mem::take(&mut index.pending) {
            let owner = index.owner(pending.ty, &pending.scope);
            let known = index.associated.entry((owner, pending.name)).or_default();
            known.push(pending.meant);
        }
        // What was asked for before the methods were known is not all there is.
        index.known.borrow_mut().clear();
        index
    }

    /// The type that a path in a scope stands for, behind other names for it.
    fn owner(&self, ty: &syn::Type, scope: &str) -> Owned {
        let (mut ty, mut scope) = (ty, scope.to_owned());
        for _step in 0..MAX_STEPS {
            let found = names_of(ty).and_then(|names| self.type_at(&names, &scope));
            let Some(found) = found else { break };
            match self.types[found].kind {
                TypeKind::Alias(_, meant) => {
                    ty = meant;
                    scope.clone_from(&self.types[found].scope);
                }
                TypeKind::Struct(_) | TypeKind::Enum(_) => return Owned::Own(found),
            }
        }
        Owned::Other(last_name(ty).unwrap_or_default())
    }

    /// The path of a file.
    pub(crate) fn path(&self, file: usize) -> &'a Path {
        &self.files[file].path
    }

    /// The crate of a scope.
    pub(crate) fn crate_of(&self, scope: &str) -> Option<&'a Crate> {
        let scope = self.scopes.get(scope)?;
        self.crates.get(scope.krate)
    }

    fn items(&mut self, items: &'a [Item], module: &[String], at: At, prefix: Option<&str>) {
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
                let scope = coexist_source::frameworks::scope_of(&declared.attrs);
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

    /// What a path means in a scope: all that it may mean, the best first.
    pub(crate) fn resolve(&self, path: &[String], scope: &str) -> Vec<Meaning> {
        let asked = (scope.to_owned(), path.join("::"));
        if let Some(known) = self.known.borrow().get(&asked) {
            return known.clone();
        }
        let meant = self.resolve_within(path, scope, 0, &mut Seen::default());
        self.known.borrow_mut().insert(asked, meant.clone());
        meant
    }

    /// The function that a path means.
    pub(crate) fn function_at(&self, path: &[String], scope: &str) -> Option<usize> {
        let meant = self.resolve(path, scope).into_iter();
        meant
            .filter_map(|meant| match meant {
                Meaning::Function(position) => Some(position),
                _ => None,
            })
            .next()
    }

    /// The type that a path means.
    pub(crate) fn type_at(&self, path: &[String], scope: &str) -> Option<usize> {
        let meant = self.resolve(path, scope).into_iter();
        meant
            .filter_map(|meant| match meant {
                Meaning::Type(position) => Some(position),
                _ => None,
            })
            .next()
    }

    /// The whole path of an item of another crate.
    pub(crate) fn other_at(&self, path: &[String], scope: &str) -> Option<Vec<String>> {
        let meant = self.resolve(path, scope).into_iter();
        meant
            .filter_map(|meant| match meant {
                Meaning::Other(path) => Some(path),
                _ => None,
            })
            .next()
    }

    /// The methods or constants of this name of a type.
    pub(crate) fn associated(&self, ty: &syn::Type, scope: &str, name: &str) -> Vec<Meaning> {
        let key = (self.owner(ty, scope), name.to_owned());
        self.associated.get(&key).cloned().unwrap_or_default()
    }

    /// The same of a type of the program's own.
    pub(crate) fn associated_with(&self, position: usize, name: &str) -> Vec<Meaning> {
        let ty = &self.types[position];
        if let TypeKind::Alias(_, meant) = ty.kind {
            return self.associated(meant, &ty.scope, name);
        }
        let key = (Owned::Own(position), name.to_owned());
        self.associated.get(&key).cloned().unwrap_or_default()
    }

    fn resolve_within(
        &self,
        path: &[String],
        scope: &str,
        depth: usize,
        seen: &mut Seen,
    ) -> Vec<Meaning> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        if depth > MAX_STEPS {
            return Vec::new();
        }
        let module = self.module_of(scope);
        let mut rest = rest;
        let mut meant = match first.as_str() {
            "crate" => {
                let root = module.split("::").next().unwrap_or(module);
                vec![Meaning::Module(root.to_owned())]
            }
            "self" => vec![Meaning::Module(module.to_owned())],
            "super" => {
                let mut outer = parent(module);
                while let Some((next, others)) = rest.split_first()
                    && next == "super"
                {
                    outer = parent(outer);
                    rest = others;
                }
                vec![Meaning::Module(outer.to_owned())]
            }
            name => {
                let found = self.lookup(scope, name, depth, seen);
                if found.is_empty() {
                    self.krate(scope, name)
                } else {
                    found
                }
            }
        };
        if !rest.is_empty() {
            // A function may have the name of a crate.
            meant.retain(|meant| !matches!(meant, Meaning::Function(_) | Meaning::Value(_)));
            if meant.is_empty() && !matches!(first.as_str(), "crate" | "self" | "super") {
                meant = self.krate(scope, first);
            }
        }
        if meant.is_empty() && !rest.is_empty() {
            meant.push(Meaning::Other(vec![first.clone()]));
        }
        for name in rest {
            let mut next = Vec::new();
            for meant in meant {
                match meant {
                    Meaning::Module(key) => next.extend(self.lookup(&key, name, depth, seen)),
                    Meaning::Type(position) => next.extend(self.associated_with(position, name)),
                    Meaning::Other(path) => {
                        next.push(Meaning::Other([&path[..], &[name.clone()]].concat()));
                    }
                    Meaning::Function(_) | Meaning::Value(_) => {}
                }
            }
            meant = next;
        }
        meant
    }

    /// What a name means in a scope.
    fn lookup(&self, scope: &str, name: &str, depth: usize, seen: &mut Seen) -> Vec<Meaning> {
        let Some(known) = self.scopes.get(scope) else {
            return Vec::new();
        };
        let mut meant: Vec<Meaning> = known.items.get(name).cloned().unwrap_or_default();
        if !meant.is_empty() && !known.uses.contains_key(name) {
            return meant;
        }
        let open = (scope.to_owned(), name.to_owned());
        seen.steps += 1;
        let is_bounded = depth <= MAX_STEPS && seen.steps <= MAX_LOOKUPS;
        if !is_bounded || !seen.open.insert(open.clone()) {
            return meant;
        }
        meant.extend(self.passed_on(known, scope, name, depth, seen));
        if meant.is_empty()
            && let Some(around) = &known.around
        {
            meant = self.lookup(around, name, depth + 1, seen);
        }
        seen.open.remove(&open);
        meant
    }

    /// What a name means in a scope by its `use`s.
    fn passed_on(
        &self,
        known: &Scope,
        scope: &str,
        name: &str,
        depth: usize,
        seen: &mut Seen,
    ) -> Vec<Meaning> {
        let mut meant = Vec::new();
        for path in known.uses.get(name).into_iter().flatten() {
            let is_crate = path.len() == 1 && path[0] == name;
            meant.extend(if is_crate {
                self.krate(scope, name)
            } else {
                self.used(path, scope, depth + 1, seen)
            });
        }
        if !meant.is_empty() || known.items.contains_key(name) {
            return meant;
        }
        let mut others = Vec::new();
        for glob in &known.globs {
            for module in self.used(glob, scope, depth + 1, seen) {
                match module {
                    Meaning::Module(key) if key != scope => {
                        meant.extend(self.lookup(&key, name, depth + 1, seen));
                    }
                    Meaning::Other(path) if is_type_like(name) => {
                        others.push(Meaning::Other([&path[..], &[name.to_owned()]].concat()));
                    }
                    _ => {}
                }
            }
        }
        if meant.is_empty() {
            meant = others;
        }
        meant
    }

    /// What a path in a `use` means: its first name is a crate, or a name of the scope.
    fn used(&self, path: &[String], scope: &str, depth: usize, seen: &mut Seen) -> Vec<Meaning> {
        let is_itself = |known: &Scope| {
            let first = path.first();
            first.is_some_and(|first| {
                known
                    .uses
                    .get(first)
                    .is_some_and(|paths| paths.iter().any(|known| known.first() == Some(first)))
            })
        };
        let known = self.scopes.get(scope);
        if known.is_some_and(is_itself)
            && let Some((first, rest)) = path.split_first()
        {
            // `use a::a;`: the crate, or the module of that name.
            let own = known.and_then(|known| known.items.get(first)).cloned();
            let mut meant = own.unwrap_or_default();
            meant.retain(|meant| matches!(meant, Meaning::Module(_)));
            if meant.is_empty() {
                meant = self.krate(scope, first);
            }
            if meant.is_empty() {
                meant.push(Meaning::Other(vec![first.clone()]));
            }
            let mut found = Vec::new();
            for meant in meant {
                match meant {
                    Meaning::Module(key) if rest.is_empty() => found.push(Meaning::Module(key)),
                    Meaning::Module(key) => {
                        let inner = [&["self".to_owned()], rest].concat();
                        found.extend(self.resolve_within(&inner, &key, depth + 1, seen));
                    }
                    Meaning::Other(path) => {
                        found.push(Meaning::Other([&path[..], rest].concat()));
                    }
                    _ => {}
                }
            }
            return found;
        }
        self.resolve_within(path, scope, depth, seen)
    }

    /// The crate of this name.
    fn krate(&self, scope: &str, name: &str) -> Vec<Meaning> {
        let krate = self.crate_of(scope);
        let found = krate.and_then(|krate| krate.externs.get(name));
        let meant = match found {
            Some(Extern::Own(position)) => {
                let name = self.crates[*position].name.clone();
                Some(Meaning::Module(name))
            }
            Some(Extern::Other(name)) => Some(Meaning::Other(vec![name.clone()])),
            None if matches!(name, "std" | "core" | "alloc") => {
                Some(Meaning::Other(vec![name.to_owned()]))
            }
            None => None,
        };
        meant.into_iter().collect()
    }

    /// The module of a scope, which may be the body of a function.
    fn module_of<'s>(&'s self, scope: &'s str) -> &'s str {
        let around = self
            .scopes
            .get(scope)
            .and_then(|known| known.around.as_deref());
        around.map_or(scope, |around| self.module_of(around))
    }
}

/// Where items stand.
#[derive(Clone, Copy)]
struct At {
    file: usize,
    krate: usize,
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or(module, |(outer, _)| outer)
}

/// Whether a name is written as those of types are: what a glob of another crate may bring.
fn is_type_like(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase())
        || coexist_source::method::from_word(name).is_some()
        || matches!(name, "any" | "web" | "routing" | "on")
}

fn is_item(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Item(_))
}

/// The names of a type's path.
pub(crate) fn names_of(ty: &syn::Type) -> Option<Vec<String>> {
    match ty {
        syn::Type::Path(path) if path.qself.is_none() => {
            Some(coexist_source::registration::names(&path.path))
        }
        syn::Type::Reference(inner) => names_of(&inner.elem),
        syn::Type::Paren(inner) => names_of(&inner.elem),
        syn::Type::Group(inner) => names_of(&inner.elem),
        _ => None,
    }
}

/// The last name of a type's path.
pub(crate) fn last_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| plain(&last.ident)),
        syn::Type::Reference(inner) => last_name(&inner.elem),
        syn::Type::Paren(inner) => last_name(&inner.elem),
        syn::Type::Group(inner) => last_name(&inner.elem),
        _ => None,
    }
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
