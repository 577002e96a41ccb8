//! `prefix!(pub Api = "/api", under = Base)`: a type that handlers name in `under`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Joined;
use crate::validate::{Paths, Prefix};

/// Expands to the type and what it knows. It is there whatever is wrong with its path:
/// that other code names it is no mistake.
pub(crate) fn prefix(input: TokenStream) -> syn::Result<TokenStream> {
    let Prefix {
        attrs,
        vis,
        name,
        paths,
    } = syn::parse2(input)?;
    let (Paths { path, under }, mistakes) = match paths {
        Ok(paths) => (paths, None),
        Err(mistakes) => (Paths::default(), Some(mistakes.to_compile_error())),
    };
    let mut url = Joined::default();
    if let Some(under) = &under {
        url.push_expr(quote!(<#under as ::coexist::Prefix>::URL));
    }
    url.push(&path);
    let url = url.into_expr();
    let doc = format!("The prefix `{path}`.");
    Ok(quote! {
        #mistakes

        #[doc = #doc]
        #(#attrs)*
        #[allow(dead_code, clippy::exhaustive_enums)]
        #vis enum #name {}

        #[allow(dead_code)]
        impl #name {
            /// The prefix itself, as the router takes it.
            #vis const PATH: &'static str = #path;
        }

        impl ::coexist::Prefix for #name {
            const PATH: &'static str = #path;
            const URL: &'static str = #url;
        }
    })
}
