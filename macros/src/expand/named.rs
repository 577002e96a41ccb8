//! The handlers that an annotation names, and how the compiler finds them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

use super::names::plain_name;

/// The trait that a named handler must implement. Each has messages for items that are not
/// handlers.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    /// The trait of a handler in `posts_to`.
    Handler,
    /// The trait of a handler in `page`.
    PageHandler,
    /// The trait of a handler in `to`.
    RedirectHandler,
}

/// The constant that holds the metadata of the handler that a path names.
///
/// The inner `use` imports the function and, if it is annotated, the type beside it. If
/// there is no such type, `NamedHandler` resolves to the type of the outer `use`, which
/// is not a handler: the message can then say so, where a plain path would give
/// "expected type, found function". If there is not even a function, the failed `use`
/// gets the only message.
///
/// A method has no such type, but a constant of the type whose method it is.
pub(crate) fn constant_of(constant: &Ident, path: &Path, bound: Bound) -> TokenStream {
    if let Some(endpoint) = endpoint_of_method(path) {
        return quote! {
            #[allow(dead_code)]
            const #constant: &::coexist::__private::HandlerMetadata = #endpoint.__metadata;
        };
    }
    let last = last_word(path);
    let target = quote_spanned!(last=> NamedHandler);
    let bound = match bound {
        Bound::Handler => quote!(::coexist::Handler),
        Bound::PageHandler => quote!(::coexist::__private::PageHandler),
        Bound::RedirectHandler => quote!(::coexist::__private::RedirectHandler),
    };
    quote! {
        #[allow(dead_code)]
        const #constant: &::coexist::__private::HandlerMetadata = {
            #[allow(unused_imports)]
            use ::coexist::__private::NotAnnotated as #target;
            {
                #[allow(unused_imports)]
                use #path as #target;
                <#target as #bound>::METADATA
            }
        };
    }
}

/// The constant of a method that is a handler, if the path is one of a method: behind the name of a
/// type.
fn endpoint_of_method(path: &Path) -> Option<Path> {
    let mut segments = path.segments.iter().rev();
    let (method, owner) = (segments.next()?, segments.next()?);
    let begins = |word: &Ident, is: fn(char) -> bool| word.to_string().starts_with(is);
    if !begins(&owner.ident, char::is_uppercase) || begins(&method.ident, char::is_uppercase) {
        return None;
    }
    let constant = endpoint_constant(&method.ident);
    let mut path = path.clone();
    path.segments.last_mut()?.ident = constant;
    Some(path)
}

/// The name of the constant for a method.
pub(crate) fn endpoint_constant(method: &Ident) -> Ident {
    Ident::new(&plain_name(method).to_uppercase(), method.span())
}

fn last_word(path: &Path) -> Span {
    path.segments
        .last()
        .map_or_else(|| path.span(), |segment| segment.ident.span())
}
