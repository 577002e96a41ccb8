//! The items of a program, and which item a path means: through modules, `use`, re-exports and
//! the crates of the workspace.

mod collect;
mod resolve;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use syn::{Attribute, Expr, Generics};

use super::files::{Crate, SourceFile};
use crate::workspace::modules::plain;
use collect::At;

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
