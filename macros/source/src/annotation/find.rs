//! Finds coexist's attributes among others: `handler(…)` and `form(…)`, under any path, also inside
//! `cfg_attr(…)`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Meta, MetaList};

/// The name of the annotation of handlers.
pub const HANDLER: &str = "handler";
/// The name of the annotation of forms.
pub const FORM: &str = "form";
/// The name of the macro that declares what serves files.
const FILES: &str = "files";

/// Whether the attribute holds an annotation of one of these names. Other crates have a `handler`
/// as well, but only coexist's has the key `since`.
#[must_use]
pub fn is_annotation(attr: &Attribute, names: &[&str]) -> bool {
    let Meta::List(list) = &attr.meta else {
        return false;
    };
    let mut is_found = false;
    if let Some(last) = list.path.segments.last() {
        each_in_meta(&last.ident, list.tokens.clone(), &mut |name, arguments| {
            is_found |= names.iter().any(|known| name == known) && has_since(arguments);
        });
    }
    is_found
}

/// Calls `take` with the name and the arguments of each annotation among the tokens between the
/// brackets of an attribute.
pub fn each_annotation(tokens: TokenStream, take: &mut dyn FnMut(&Ident, TokenStream)) {
    let mut last = None;
    for token in tokens {
        match (token, last.take()) {
            (TokenTree::Ident(ident), _) => last = Some(ident),
            (TokenTree::Group(group), Some(name)) => each_in_meta(&name, group.stream(), take),
            _ => {}
        }
    }
}

fn each_in_meta(name: &Ident, arguments: TokenStream, take: &mut dyn FnMut(&Ident, TokenStream)) {
    if name == "cfg_attr" {
        each_annotation(arguments, take);
    } else if name == HANDLER || name == FORM {
        take(name, arguments);
    }
}

/// The endpoints that a `handler(…)` states: each method with its path.
#[must_use]
pub fn endpoints(attr: &Attribute) -> Vec<(String, String)> {
    let Meta::List(list) = &attr.meta else {
        return Vec::new();
    };
    let Some(last) = list.path.segments.last() else {
        return Vec::new();
    };
    let mut endpoints = Vec::new();
    each_in_meta(&last.ident, list.tokens.clone(), &mut |name, arguments| {
        if name != HANDLER {
            return;
        }
        let tokens: Vec<TokenTree> = arguments.into_iter().collect();
        let pairs = tokens.windows(2).filter_map(|pair| match pair {
            [TokenTree::Ident(method), TokenTree::Literal(path)] => {
                let path: syn::LitStr =
                    syn::parse2(TokenTree::Literal(path.clone()).into()).ok()?;
                Some((method.to_string(), path.value()))
            }
            _ => None,
        });
        endpoints.extend(pairs);
    });
    endpoints
}

/// The name that a call of `files!` declares, under any path.
#[must_use]
pub fn files_name(called: &syn::Macro) -> Option<Ident> {
    let last = called.path.segments.last()?;
    if last.ident != FILES || !has_since(called.tokens.clone()) {
        return None;
    }
    let tokens: Vec<TokenTree> = called.tokens.clone().into_iter().collect();
    tokens.windows(3).find_map(|declared| match declared {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(equals),
            TokenTree::Literal(_),
        ] if equals.as_char() == '=' => Some(name.clone()),
        _ => None,
    })
}

fn has_since(arguments: TokenStream) -> bool {
    arguments
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(ident) if ident == "since"))
}

/// The attributes of this name, with arguments, among those of an item.
pub fn named<'a>(attrs: &'a [Attribute], name: &str) -> impl Iterator<Item = &'a MetaList> {
    let lists = attrs
        .iter()
        .filter_map(|attr| attr.meta.require_list().ok());
    lists.filter(move |list| {
        let last = list.path.segments.last();
        last.is_some_and(|segment| segment.ident == name)
    })
}
