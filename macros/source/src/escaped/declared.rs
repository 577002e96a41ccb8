//! What a file declares: the fields of its types, what its functions return, and which types are
//! displayed as texts.

use std::collections::{HashMap, HashSet};

use syn::{Fields, ImplItem, Item, ItemImpl, Signature, Stmt, TraitItem, Type};

use super::shape::{self, Shape};
use crate::nesting;

/// The text of a file, parsed when somebody asks.
#[derive(Debug)]
pub struct Declarations {
    text: String,
    parsed: Option<Parsed>,
}

/// What stands in the file. Tokens do not outlive the macro that reads them, so none are kept.
#[derive(Debug, Default)]
struct Parsed {
    /// The fields of each struct, by name or number; `None`: several structs have its name.
    fields: HashMap<String, Option<HashMap<String, Shape>>>,
    /// What each function or method returns, whichever of that name is called.
    functions: HashMap<String, Shape>,
    /// The values of constants.
    constants: HashMap<String, Shape>,
    /// The types with an implementation of `Display`.
    displayed: HashSet<String>,
    /// The types with one of `Render`.
    rendered: HashSet<String>,
}

impl Declarations {
    /// Those of a file with this text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let parsed = None;
        Self { text, parsed }
    }

    fn parsed(&mut self) -> &Parsed {
        self.parsed.get_or_insert_with(|| {
            let mut parsed = Parsed::default();
            if let Ok(file) = nesting::parse_file(&self.text) {
                parsed.items(&file.items);
            }
            parsed
        })
    }

    /// The shape of a field of a value of this shape.
    pub(super) fn field(&mut self, of: &Shape, field: &str) -> Shape {
        let owners = of.as_ref()?;
        let parsed = self.parsed();
        shape::all(owners.iter().map(|owner| {
            let fields = parsed.fields.get(owner)?.as_ref()?;
            fields.get(field)?.clone()
        }))
    }

    /// The shape of what a function or method of the file returns.
    pub(super) fn returned(&mut self, name: &str) -> Shape {
        self.parsed().functions.get(name)?.clone()
    }

    /// The shape of a constant of the file.
    pub(super) fn constant(&mut self, name: &str) -> Shape {
        self.parsed().constants.get(name)?.clone()
    }

    /// Whether a value of this shape is a text, or is displayed as one.
    pub(super) fn is_text(&mut self, shape: &Shape) -> bool {
        let Some(names) = shape else { return false };
        names.is_empty() || {
            let parsed = self.parsed();
            let is_text = |name| parsed.displayed.contains(name) && !parsed.rendered.contains(name);
            names.iter().all(is_text)
        }
    }
}

impl Parsed {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.items(items);
                    }
                }
                Item::Struct(item) => self.fields(item.ident.to_string(), &item.fields),
                Item::Const(item) => self.constant(item.ident.to_string(), &item.ty, ""),
                Item::Static(item) => self.constant(item.ident.to_string(), &item.ty, ""),
                Item::Fn(function) => {
                    self.function(&function.sig, "");
                    for statement in &function.block.stmts {
                        if let Stmt::Item(item) = statement {
                            self.items(std::slice::from_ref(item));
                        }
                    }
                }
                Item::Impl(block) => self.block(block),
                Item::Trait(block) => {
                    for item in &block.items {
                        if let TraitItem::Fn(method) = item {
                            self.function(&method.sig, "");
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn block(&mut self, block: &ItemImpl) {
        let owner = match &*block.self_ty {
            Type::Path(ty) => ty.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let owner = owner.unwrap_or_default();
        let implemented = block
            .trait_
            .as_ref()
            .and_then(|(path, _)| path.segments.last());
        match implemented.map(|last| last.ident.to_string()).as_deref() {
            Some("Display") => {
                self.displayed.insert(owner.clone());
            }
            Some("Render") => {
                self.rendered.insert(owner.clone());
            }
            _ => {}
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(method) => self.function(&method.sig, &owner),
                ImplItem::Const(item) => self.constant(item.ident.to_string(), &item.ty, &owner),
                _ => {}
            }
        }
    }

    fn fields(&mut self, owner: String, fields: &Fields) {
        let of_field = |(number, field): (usize, &syn::Field)| {
            let name = field.ident.as_ref().map(ToString::to_string);
            let name = name.unwrap_or_else(|| number.to_string());
            (name, shape::of_type(&field.ty, &owner))
        };
        let fields = fields.iter().enumerate().map(of_field).collect();
        let known = self.fields.entry(owner);
        known
            .and_modify(|known| *known = None)
            .or_insert(Some(fields));
    }

    fn function(&mut self, signature: &Signature, owner: &str) {
        let generics = signature.generics.type_params();
        let generics: Vec<String> = generics.map(|param| param.ident.to_string()).collect();
        let returned = shape::of_output(&signature.output, owner)
            .filter(|names| !names.iter().any(|name| generics.contains(name)));
        add(&mut self.functions, signature.ident.to_string(), returned);
    }

    fn constant(&mut self, name: String, ty: &Type, owner: &str) {
        add(&mut self.constants, name, shape::of_type(ty, owner));
    }
}

/// Adds what a name stands for, beside what it stands for elsewhere in the file.
fn add(known: &mut HashMap<String, Shape>, name: String, shape: Shape) {
    let known = known.entry(name).or_insert_with(shape::text);
    *known = shape::all([known.take(), shape]);
}
