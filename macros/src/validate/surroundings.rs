//! What stands around a function and is not among its tokens: the `impl` or trait that
//! it is in, and attributes that were expanded before `#[handler]`. So its file is
//! read: once for all, and only where there may be something.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens as _;
use syn::{Attribute, ImplItem, Item, Meta, TraitItem};

/// A function's name, and the arguments of the `#[handler]` on it.
type Annotated = (String, String);

/// What stands around an annotated function.
#[derive(Clone, Default)]
pub(crate) struct Surroundings {
    /// It stands in an `impl` or a trait.
    pub(crate) is_associated: bool,
    /// All its attributes, each with its `#` and brackets.
    attrs: String,
}

impl Surroundings {
    /// All attributes of the function, as they are written.
    pub(crate) fn attrs(&self) -> Vec<Attribute> {
        let tokens: Option<TokenStream> = self.attrs.parse().ok();
        let parser = Attribute::parse_outer;
        tokens
            .and_then(|tokens| syn::parse::Parser::parse2(parser, tokens).ok())
            .unwrap_or_default()
    }
}

/// The annotated functions of files. Tokens do not outlive the macro that reads them,
/// so these are kept as text.
static KNOWN: Mutex<Option<HashMap<PathBuf, HashMap<Annotated, Surroundings>>>> = Mutex::new(None);

/// What stands around the function of this name, whose `#[handler]` is being expanded;
/// nothing if that cannot be told.
pub(crate) fn around(name: &Ident, args: &str) -> Surroundings {
    if !proc_macro::is_available() {
        return Surroundings::default();
    }
    let Some(file) = Span::call_site().unwrap().local_file() else {
        return Surroundings::default();
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of_file = known
        .get_or_insert_default()
        .entry(file)
        .or_insert_with_key(|file| read(file));
    let found = of_file.get(&(name.to_string(), args.to_owned()));
    found.cloned().unwrap_or_default()
}

/// Whether the attribute that is being expanded stands at the left margin, where what
/// is annotated is in nothing.
pub(crate) fn is_at_margin() -> bool {
    proc_macro::is_available() && Span::call_site().unwrap().column() == 1
}

fn read(file: &Path) -> HashMap<Annotated, Surroundings> {
    let text = std::fs::read_to_string(file).ok();
    let parsed = text.and_then(|text| syn::parse_file(&text).ok());
    let mut found = HashMap::new();
    if let Some(file) = parsed {
        in_items(&file.items, &mut found);
    }
    found
}

fn in_items(items: &[Item], found: &mut HashMap<Annotated, Surroundings>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                in_items(
                    module.content.as_ref().map_or(&[], |(_, items)| items),
                    found,
                );
            }
            Item::Fn(function) => {
                found.extend(annotated(&function.attrs, &function.sig.ident, false));
            }
            Item::Impl(block) => found.extend(block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) => annotated(&function.attrs, &function.sig.ident, true),
                _ => None,
            })),
            Item::Trait(block) => found.extend(block.items.iter().filter_map(|item| match item {
                TraitItem::Fn(function) => annotated(&function.attrs, &function.sig.ident, true),
                _ => None,
            })),
            _ => {}
        }
    }
}

fn annotated(
    attrs: &[Attribute],
    name: &Ident,
    is_associated: bool,
) -> Option<(Annotated, Surroundings)> {
    let args = attrs.iter().find_map(|attr| match &attr.meta {
        Meta::List(list) if attr.path().segments.last()?.ident == "handler" => Some(&list.tokens),
        _ => None,
    })?;
    let written = attrs.iter().map(|attr| attr.to_token_stream().to_string());
    let surroundings = Surroundings {
        is_associated,
        attrs: written.collect::<Vec<String>>().join("\n"),
    };
    Some(((name.to_string(), args.to_string()), surroundings))
}
