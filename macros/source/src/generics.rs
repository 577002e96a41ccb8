//! Names that have a meaning only inside an item.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Type;

/// Whether the type mentions something that has a meaning only inside the item: one of the
/// parameters in `generics`, `Self`, `impl Trait`, or `_`.
#[must_use]
pub fn mentions_any(ty: &Type, generics: &syn::Generics) -> bool {
    fn any(tokens: TokenStream, names: &[String]) -> bool {
        let mut after_quote = false;
        tokens.into_iter().any(|token| {
            let is_lifetime = std::mem::replace(&mut after_quote, false);
            match token {
                TokenTree::Ident(ident) => !is_lifetime && names.contains(&ident.to_string()),
                TokenTree::Group(group) => any(group.stream(), names),
                TokenTree::Punct(punct) => {
                    after_quote = punct.as_char() == '\'';
                    false
                }
                TokenTree::Literal(_) => false,
            }
        })
    }
    let mut names: Vec<String> = generics
        .params
        .iter()
        .filter_map(|param| match param {
            syn::GenericParam::Type(param) => Some(param.ident.to_string()),
            syn::GenericParam::Const(param) => Some(param.ident.to_string()),
            syn::GenericParam::Lifetime(_) => None,
        })
        .collect();
    names.extend(["Self", "impl", "_"].map(str::to_owned));
    any(ty.to_token_stream(), &names)
}
