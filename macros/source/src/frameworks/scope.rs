//! actix-web's `#[scope("/x")]` on a module: it puts the prefix before the paths of the attributes
//! of the module's own functions, as far as these are written without a path (`#[get("/y")]`).

use quote::quote;
use syn::{Attribute, LitStr, Meta};

use super::arguments::{arguments, first_text};
use crate::method;

/// The prefix of the functions of a module with these attributes.
#[must_use]
pub fn of_module(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().find_map(|attr| {
        let Meta::List(list) = &attr.meta else {
            return None;
        };
        let is_scope = list.path.segments.last()?.ident == "scope";
        let prefix: LitStr = is_scope.then(|| attr.parse_args().ok()).flatten()?;
        Some(prefix.value())
    })
}

/// The attribute of a function in a module with this prefix, as actix-web rewrites it.
#[must_use]
pub fn rewritten(attr: &Attribute, prefix: &str) -> Attribute {
    let mut rewritten = attr.clone();
    if let Meta::List(list) = &mut rewritten.meta {
        let is_route = list.path.get_ident().is_some_and(|word| {
            let word = word.to_string();
            matches!(word.as_str(), "route" | "ROUTE") || method::from_word(&word).is_some()
        });
        let all = arguments(&list.tokens);
        if let Some(path) = first_text(&all).filter(|_| is_route) {
            let path = LitStr::new(&format!("{prefix}{}", path.value()), path.span());
            let rest = list.tokens.clone().into_iter().skip(1);
            let rest: proc_macro2::TokenStream = rest.collect();
            list.tokens = quote!(#path #rest);
        }
    }
    rewritten
}
