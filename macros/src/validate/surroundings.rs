//! Whether a function stands in an `impl` or a trait. Its tokens do not show it, so
//! its file is read: once for all, and only where a function may be in one.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Ident, Span};
use quote::ToTokens as _;
use syn::{Attribute, ImplItem, Item, Meta, TraitItem};

/// A function's name, and the arguments of the `#[handler]` on it.
type Annotated = (String, String);

/// The annotated functions in `impl`s and traits, by file.
static KNOWN: Mutex<Option<HashMap<PathBuf, HashSet<Annotated>>>> = Mutex::new(None);

/// Whether the function of this name, whose `#[handler]` is being expanded, stands
/// in an `impl` or a trait. `false` if that cannot be told.
pub(crate) fn is_associated(name: &Ident, args: &str) -> bool {
    if !proc_macro::is_available() {
        return false;
    }
    let attribute = Span::call_site().unwrap();
    // At the left margin stands what is in nothing.
    let Some(file) = attribute.local_file().filter(|_| attribute.column() > 1) else {
        return false;
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of_file = known
        .get_or_insert_default()
        .entry(file)
        .or_insert_with_key(|file| read(file));
    of_file.contains(&(name.to_string(), args.to_owned()))
}

fn read(file: &Path) -> HashSet<Annotated> {
    let text = std::fs::read_to_string(file).ok();
    let parsed = text.and_then(|text| syn::parse_file(&text).ok());
    let mut found = HashSet::new();
    if let Some(file) = parsed {
        in_items(&file.items, &mut found);
    }
    found
}

fn in_items(items: &[Item], found: &mut HashSet<Annotated>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                in_items(
                    module.content.as_ref().map_or(&[], |(_, items)| items),
                    found,
                );
            }
            Item::Impl(block) => found.extend(block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) => annotated(&function.attrs, &function.sig.ident),
                _ => None,
            })),
            Item::Trait(block) => found.extend(block.items.iter().filter_map(|item| match item {
                TraitItem::Fn(function) => annotated(&function.attrs, &function.sig.ident),
                _ => None,
            })),
            _ => {}
        }
    }
}

fn annotated(attrs: &[Attribute], name: &Ident) -> Option<Annotated> {
    let args = attrs.iter().find_map(|attr| match &attr.meta {
        Meta::List(list) if attr.path().segments.last()?.ident == "handler" => Some(&list.tokens),
        _ => None,
    })?;
    Some((name.to_string(), args.to_token_stream().to_string()))
}
