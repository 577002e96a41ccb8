//! `files!(pub Assets = "/static", since = "1.0.0")`: a type that stands for what serves files, and
//! its record.

use coexist_source::files::Files;
use proc_macro2::TokenStream;
use quote::quote;

use super::handler::knowledge;
use super::joined::Joined;

/// Expands to the type and what it knows. The type is emitted whatever is wrong.
pub(crate) fn expand(files: Files) -> TokenStream {
    let Files {
        attrs,
        vis,
        name,
        path,
        handler,
    } = files;
    let (known, errors) = match handler {
        Ok(handler) => {
            let mut url = Joined::default();
            if let Some(under) = &handler.under {
                url.push_expr(quote!(<#under as ::coexist::Prefix>::URL));
            }
            url.push(&path);
            (knowledge(&handler, &quote!(#vis), url.into_expr()), None)
        }
        Err(errors) => (TokenStream::new(), Some(errors.to_compile_error())),
    };
    let doc = format!("The files below `{path}`.");
    quote! {
        #errors

        #[doc = #doc]
        #(#attrs)*
        #[allow(dead_code, clippy::exhaustive_enums)]
        #vis enum #name {}

        #known
    }
}
