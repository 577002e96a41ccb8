//! Recognises coexist's attributes in sources: `handler(…)` and `form(…)`, by
//! whatever path, in a `cfg_attr(…)`, too.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// The names of the annotations.
pub(crate) const HANDLER: &str = "handler";
pub(crate) const FORM: &str = "form";

/// Whether the attribute holds an annotation of one of these names. Other crates
/// have a `handler`, too; only here it says `since`.
pub(crate) fn is(attr: &Attribute, names: &[&str]) -> bool {
    let Meta::List(list) = &attr.meta else {
        return false;
    };
    let mut is_found = false;
    if let Some(last) = list.path.segments.last() {
        each_in_meta(&last.ident, list.tokens.clone(), &mut |name, arguments| {
            is_found |= names.iter().any(|known| name == known) && says_since(arguments);
        });
    }
    is_found
}

/// Takes the name and the arguments of each annotation among the tokens between the
/// brackets of an attribute.
pub(crate) fn each(tokens: TokenStream, take: &mut dyn FnMut(&Ident, TokenStream)) {
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
        each(arguments, take);
    } else if name == HANDLER || name == FORM {
        take(name, arguments);
    }
}

/// The endpoints that a `handler(…)` states: each method with its path.
#[cfg(feature = "cli")]
pub(crate) fn endpoints(attr: &Attribute) -> Vec<(String, String)> {
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

fn says_since(arguments: TokenStream) -> bool {
    arguments
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(ident) if ident == "since"))
}
