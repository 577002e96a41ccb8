//! `prefix!(pub Api = "/api", under = Base)`: a type that handlers name in `under`.

use coexist_source::prefix::{Paths, Prefix};
use proc_macro2::TokenStream;
use quote::quote;

use super::joined::Joined;

/// Expands to the type and its implementation. The type is emitted even if its path is invalid, so
/// that code which names it gets no errors.
pub(crate) fn expand(prefix: Prefix) -> TokenStream {
    let Prefix {
        attrs,
        vis,
        name,
        paths,
    } = prefix;
    let (Paths { path, under }, errors) = match paths {
        Ok(paths) => (paths, None),
        Err(errors) => (Paths::default(), Some(errors.to_compile_error())),
    };
    let mut url = Joined::default();
    if let Some(under) = &under {
        url.push_expr(quote!(<#under as ::coexist::Prefix>::URL));
    }
    url.push(&path);
    let url = url.into_expr();
    let doc = format!("The prefix `{path}`.");
    quote! {
        #errors

        #[doc = #doc]
        #(#attrs)*
        #[allow(dead_code, clippy::exhaustive_enums)]
        #vis enum #name {}

        #[allow(dead_code)]
        impl #name {
            /// The prefix by itself, for the router.
            #vis const PATH: &'static str = #path;
        }

        impl ::coexist::Prefix for #name {
            const PATH: &'static str = #path;
            const URL: &'static str = #url;
        }
    }
}
